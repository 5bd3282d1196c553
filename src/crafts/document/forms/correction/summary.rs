//! Bảng tổng hợp sửa chữa: every correction case of a year, also those that were refused or taken back
//! (S2, Đ.7.4 and Đ.9: mẫu thống nhất).

use school::dossier::{DossierId, DossierOf};
use school::gradebook::{Change, Gradebook};
use school::identifier::DecisionNumber;
use school::moment::Moment;
use school::plan::Plan;
use school::records::canonical;
use school::roster::Roster;
use serde::Serialize;

use super::super::super::layout::{Grid, Rows, col, share};
use super::super::super::letterhead;
use super::super::super::look::Format;
use super::super::super::painting::{Attachment, Publication, Relation, publish};
use super::super::super::paper::Paper;
use super::super::super::table::Cell;
use super::super::super::{DocumentFault, Rendered, printed_words as words, signing_places};
use super::{changed_values, remark, title};

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SummedOutcome {
    /// Its record is signed.
    CarriedOut,
    /// The principal refused it.
    Refused,
    /// It was taken back.
    Withdrawn,
    /// It goes on.
    UnderWay,
}

/// A case in the summary.
#[derive(Debug, Clone, Copy)]
pub struct SummedCase<'a> {
    /// Its number.
    pub number: &'a DecisionNumber,
    /// How it ended.
    pub outcome: SummedOutcome,
    /// When it was opened, for one that ended when it did.
    pub at: Moment,
    /// Its record, where it was carried out.
    pub record: Option<&'a DossierId>,
    /// As locked and as asked for.
    pub gradebooks: [&'a Gradebook; 2],
    /// The changed values.
    pub changes: &'a [Change],
}

/// Everything that a summary is made of.
#[derive(Debug, Clone, Copy)]
pub struct CorrectionSummary<'a> {
    /// The cases of the year.
    pub cases: &'a [SummedCase<'a>],
    /// The school.
    pub roster: &'a Roster,
    /// The plan of this dossier; its boxes are the places of the document.
    pub plan: &'a Plan,
    /// When it was made: its date.
    pub decided: Moment,
}

/// The attached data, `niemphong-correction-summary/1`.
#[derive(Serialize)]
struct SummaryData<'a> {
    format: &'static str,
    number: &'a DecisionNumber,
    year: school::identifier::SchoolYear,
    cases: Vec<CaseData<'a>>,
}

#[derive(Serialize)]
struct CaseData<'a> {
    number: &'a DecisionNumber,
    outcome: SummedOutcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a DossierId>,
    changes: &'a [Change],
}

/// A row: one changed value of a case.
struct Line {
    case: String,
    at: String,
    class: String,
    pupil: String,
    what: String,
    old: String,
    new: String,
    outcome: &'static str,
}

/// Renders a summary.
///
/// Errors: see [`DocumentFault`].
pub fn correction_summary(input: &CorrectionSummary) -> Result<Rendered, DocumentFault> {
    let CorrectionSummary { cases, roster, plan, decided } = *input;
    let other = || DocumentFault::OtherDossier(plan.dossier.clone());
    let key = school::dossier::DossierKey::from_id(plan.dossier.as_str()).map_err(|_| other())?;
    let DossierOf::TongHopSuaChua(number) = &key.of else { return Err(other()) };
    if key.year != roster.year {
        return Err(other());
    }
    let text = "BẢNG TỔNG HỢP SỬA CHỮA DỮ LIỆU";
    let mut paper = Paper::of_school(Format::LANDSCAPE, &roster.school);
    let section = paper.section(text);
    letterhead::draw(&mut paper, section, &roster.school, "", Some(decided));
    title(&mut paper, section, text, &format!("Năm học {}", key.year));
    let rows: Vec<Line> = cases.iter().flat_map(lines).collect();
    let columns = vec![
        col("Số", 38.0, |row: &Line| row.case.clone()).heads_rows(),
        col("Ngày", 58.0, |row: &Line| row.at.clone()),
        col("Lớp, kì", 74.0, |row: &Line| row.class.clone()),
        col("Học sinh", 128.0, |row: &Line| row.pupil.clone()).left(),
        col("Nội dung", share(1.3), |row: &Line| row.what.clone()).left(),
        col("Giá trị cũ", share(0.8), |row: &Line| Cell::new(row.old.clone()).struck()),
        col("Giá trị mới", share(0.8), |row: &Line| row.new.clone()).bold(),
        col("Kết quả", 84.0, |row: &Line| row.outcome),
    ];
    let looks = Rows { size: 10.5, ..Rows::WIDE };
    Grid { title: text.to_owned(), columns, rows: looks, followed_by: 0.0 }.draw(&mut paper, section, &rows);
    paper.gap(4.0);
    let count = |outcome| cases.iter().filter(|case| case.outcome == outcome).count();
    let counted = format!(
        "Tổng số: {} trường hợp; đã sửa {}, không đồng ý {}, rút đề nghị {}, đang giải quyết {}. Giá trị mới của trường hợp \
         chưa sửa là giá trị được đề nghị.",
        cases.len(),
        count(SummedOutcome::CarriedOut),
        count(SummedOutcome::Refused),
        count(SummedOutcome::Withdrawn),
        count(SummedOutcome::UnderWay),
    );
    remark(&mut paper, section, &counted);
    paper.gap(8.0);
    let column = paper.format().column();
    signing_places::draw(&mut paper, section, column, &signing_places::of_document(plan), None);
    let cases = cases.iter().map(|case| CaseData {
        number: case.number,
        outcome: case.outcome,
        record: case.record,
        changes: case.changes,
    });
    let format = "niemphong-correction-summary/1";
    let data = SummaryData { format, number, year: key.year, cases: cases.collect() };
    let attachments = vec![Attachment {
        name: "du-lieu.json",
        description: words::ATTACHED_CORRECTION,
        relation: Relation::Data,
        bytes: canonical::to_bytes(&data)?,
    }];
    let title = format!("Bảng tổng hợp sửa chữa dữ liệu năm học {}, số {number}", key.year);
    publish(paper, Publication { title, school: &roster.school, plan, decided, attachments })
}

fn lines(case: &SummedCase) -> Vec<Line> {
    let [before, after] = case.gradebooks;
    let outcome = match case.outcome {
        SummedOutcome::CarriedOut => "Đã sửa, có biên bản",
        SummedOutcome::Refused => "Không đồng ý sửa",
        SummedOutcome::Withdrawn => "Đã rút đề nghị",
        SummedOutcome::UnderWay => "Đang giải quyết",
    };
    let line = |value: super::ChangedValue| Line {
        case: case.number.to_string(),
        at: case.at.date().vietnamese(),
        class: format!("{}, {}", after.class, words::period(after.period).to_lowercase()),
        pupil: value.pupil,
        what: value.what,
        old: value.old,
        new: value.new,
        outcome,
    };
    changed_values(case.changes, before, after).into_iter().map(line).collect()
}
