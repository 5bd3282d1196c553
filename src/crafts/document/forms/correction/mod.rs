//! Papers of a correction (DOMAIN, 1.1, D9, D10 and D13): phiếu đề nghị sửa, biên bản sửa chữa, bảng tổng hợp
//! sửa chữa. Each embeds the list of changed values and the digests of both exports.
//! Source: NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.8 (biên bản) and 1.12 (phiếu).

mod changed_value;
mod record;
mod request;
mod summary;

use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey, Period};
use school::gradebook::{Change, Gradebook};
use school::identifier::{ClassName, DecisionNumber, SchoolYear};
use school::moment::Moment;
use school::plan::{Plan, SigningBox};
use school::records::canonical;
use school::role::Role;
use school::roster::Roster;
use serde::Serialize;

use super::super::look::{Align, Column, Style};
use super::super::painting::{Attachment, Relation};
use super::super::paper::{Element, ElementId, Paper};
use super::super::{DocumentFault, printed_words as words, signing_places};

pub use changed_value::{ChangedValue, changed_values};
pub use record::{CorrectionRecord, PaperWitness, correction_record};
pub use request::{CorrectionRequest, correction_request};
pub use summary::{CorrectionSummary, SummedCase, SummedOutcome, correction_summary};

pub(super) use changed_value::table;

const BODY: f32 = 13.0;
const INDENT: f32 = 28.0;

/// What is corrected: two gradebooks of one class and period, and what the later one says otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Corrected<'a> {
    /// As locked, with the digest of its export.
    pub before: (&'a Gradebook, Sha256),
    /// As corrected, with the digest of its export.
    pub after: (&'a Gradebook, Sha256),
    /// The values that differ.
    pub changes: &'a [Change],
}

/// The attached data of request and record.
#[derive(Serialize)]
struct CorrectionData<'a> {
    format: &'static str,
    number: &'a DecisionNumber,
    year: SchoolYear,
    class: &'a ClassName,
    period: Period,
    before: Sha256,
    after: Sha256,
    changes: &'a [Change],
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<&'a DossierId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects: Option<&'a [DossierId]>,
}

impl<'a> Corrected<'a> {
    /// The key of the plan's dossier; both gradebooks are of the roster's school and year.
    fn key(&self, plan: &Plan, roster: &Roster) -> Result<DossierKey, DocumentFault> {
        let other = || DocumentFault::OtherDossier(plan.dossier.clone());
        let key = DossierKey::from_id(plan.dossier.as_str()).map_err(|_| other())?;
        let (before, after) = (self.before.0, self.after.0);
        for gradebook in [before, after] {
            super::super::letterhead::same_school(gradebook, roster)?;
        }
        let alike = (&before.class, before.period) == (&after.class, after.period);
        if alike && key.year == roster.year { Ok(key) } else { Err(other()) }
    }

    fn data(
        &self,
        format: &'static str,
        number: &'a DecisionNumber,
        request: Option<&'a DossierId>,
        corrects: Option<&'a [DossierId]>,
    ) -> Result<Attachment, DocumentFault> {
        let (gradebook, after) = self.after;
        let data = CorrectionData {
            format,
            number,
            year: gradebook.year,
            class: &gradebook.class,
            period: gradebook.period,
            before: self.before.1,
            after,
            changes: self.changes,
            request,
            corrects,
        };
        Ok(Attachment {
            name: "du-lieu.json",
            description: words::ATTACHED_CORRECTION,
            relation: Relation::Data,
            bytes: canonical::to_bytes(&data)?,
        })
    }

    /// `lớp 6A1, cả năm học, năm học 2025-2026`.
    fn of(&self) -> String {
        let book = self.after.0;
        format!("lớp {}, {}, năm học {}", book.class, words::period(book.period).to_lowercase(), book.year)
    }

    /// The changed values, and which data they stand in.
    fn draw(&self, paper: &mut Paper, section: ElementId) {
        let rows = changed_values(self.changes, self.before.0, self.after.0);
        table("Nội dung sửa", &rows).draw(paper, section, &rows);
        paper.gap(6.0);
        let column = paper.format().column();
        let digests = [
            ("Bản dữ liệu trước khi sửa (bài sai), SHA-256:", self.before.1),
            ("Bản dữ liệu sau khi sửa (bài đã sửa), SHA-256:", self.after.1),
        ];
        for (label, digest) in digests {
            paper.indented(section, Style::regular(12.0), column, Align::Left, INDENT, label);
            let hex = words::grouped_hex(&digest.to_string());
            paper.paragraph(section, Style::regular(11.0), column, Align::Centre, &hex);
        }
        paper.gap(4.0);
    }
}

/// Title of the paper with a line below it that says of what it is.
fn title(paper: &mut Paper, section: ElementId, text: &str, about: &str) {
    paper.gap(12.0);
    paper.heading(section, 1, Style::bold(14.0), Align::Centre, text);
    paper.centred(section, Style::bold(BODY), about);
    paper.gap(8.0);
}

fn say(paper: &mut Paper, section: ElementId, text: &str) {
    let column = paper.format().column();
    paper.indented(section, Style::regular(BODY), column, Align::Justified, INDENT, text);
    paper.gap(4.0);
}

/// Who holds a box by the roster: `Giáo viên môn Toán: Phạm Hữu Nghiệp (Giáo viên)`.
fn holder(roster: &Roster, gradebook: &Gradebook, signing_box: &SigningBox) -> Result<String, DocumentFault> {
    let person = roster.holder(signing_box)?;
    let subject = gradebook.subjects.iter().find(|one| Some(&one.id) == signing_box.subject.as_ref());
    let place = match (signing_box.role, subject) {
        (Role::NguoiDeNghi, Some(subject)) => format!("Người đề nghị sửa, giáo viên môn {}", subject.name),
        (Role::NguoiDeNghi, None) => "Người đề nghị sửa, giáo viên chủ nhiệm".to_owned(),
        (Role::BanQuanTri, _) => "Đại diện Ban quản trị, người chứng kiến".to_owned(),
        (Role::Gvcn, _) => "Giáo viên chủ nhiệm, người chứng kiến".to_owned(),
        (Role::HieuTruong, _) => "Lãnh đạo nhà trường".to_owned(),
        (Role::Gvbm | Role::GvbmChuTri | Role::ConDau | Role::VanPhong, _) => "Người chứng kiến".to_owned(),
    };
    Ok(format!("{place}: {} ({})", person.name, person.title))
}

/// A list, one line each.
fn list(paper: &mut Paper, section: ElementId, lines: &[String]) {
    let column = paper.format().column();
    for line in lines {
        paper.indented(section, Style::regular(BODY), column, Align::Left, INDENT, &format!("- {line}"));
    }
    paper.gap(4.0);
}

/// Height of [`places`].
fn places_height(paper: &Paper, plan: &Plan) -> f32 {
    let boxes: Vec<&SigningBox> = plan.boxes().map(|(_, one)| one).collect();
    signing_places::height(&paper.leaders, &boxes) + 6.0
}

/// Every place of the plan, turn by turn: who proposes, who witnesses, who agrees.
fn places(paper: &mut Paper, section: ElementId, plan: &Plan, gradebook: &Gradebook, consents: &str) {
    let boxes: Vec<&SigningBox> = plan.boxes().map(|(_, one)| one).collect();
    let subject = |one: &SigningBox| {
        gradebook.subjects.iter().find(|subject| Some(&subject.id) == one.subject.as_ref())
    };
    paper.gap(6.0);
    let column: Column = paper.format().column();
    let head = paper.head.clone();
    let captioned = |one: &SigningBox| {
        let (caption, _) = words::place_caption(one.role, &head);
        let note = match (one.role, subject(one)) {
            (Role::NguoiDeNghi, Some(subject)) => format!("(Môn {}, ký số)", subject.name),
            (Role::NguoiDeNghi, None) => "(Giáo viên chủ nhiệm, ký số)".to_owned(),
            (Role::HieuTruong, _) => consents.to_owned(),
            _ => "(Người chứng kiến, ký số)".to_owned(),
        };
        (caption, note)
    };
    signing_places::draw_as(paper, section, column, &boxes, captioned, subject);
}

/// A heading within the paper.
fn heading(paper: &mut Paper, section: ElementId, text: &str) {
    paper.keep(60.0);
    paper.heading(section, 2, Style::bold(BODY), Align::Left, text);
    paper.gap(2.0);
}

/// A remark below a table.
fn remark(paper: &mut Paper, section: ElementId, text: &str) {
    let column = paper.format().column();
    let paragraph = paper.open(section, Element::Paragraph);
    paper.flow(paragraph, Style::italic(11.0), column, Align::Left, 0.0, text);
    paper.gap(2.0);
}

fn decided_at(decided: Moment) -> String {
    let (hour, minute, _) = decided.time_of_day();
    format!("hồi {hour} giờ {minute:02} phút, {}", words::date_in_words(decided.date().parts()))
}
