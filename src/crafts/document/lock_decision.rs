//! Quyết định khóa sổ, quyết định mở sổ: the principal locks exports, each named by its digest, or opens
//! them again. What is rendered from an export may be signed only if a signed decision lists it
//! (DESIGN, section 6).
//! Source: NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.2.

use school::digest::Sha256;
use school::dossier::{DossierKey, DossierOf, Period};
use school::identifier::{ClassName, DecisionNumber, PupilId, SchoolYear};
use school::moment::Moment;
use school::plan::Plan;
use school::records::canonical;
use school::roster::Roster;
use school::scoring::Scheme;
use serde::Serialize;

use super::faces::Weight;
use super::painting::{Attachment, Publication, Relation, publish};
use super::paper::{Align, Column, Element, ElementId, Format, Paper, Style};
use super::table::{Cell, Table};
use super::{DocumentFault, Rendered, letterhead, printed_words as words, signing_places};

/// An export that the decision locks or opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LockedExport {
    /// Its class.
    pub class: ClassName,
    /// Its period.
    pub period: Period,
    /// The only pupil whose part is meant: one who leaves in mid-year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pupil: Option<PupilId>,
    /// Digest of the bytes of the export.
    pub sha256: Sha256,
}

/// Everything that a decision is made of. Whether it locks or opens, and its number, are those of the
/// plan's dossier.
#[derive(Debug, Clone, Copy)]
pub struct LockDecision<'a> {
    /// What is locked or opened, in printing order.
    pub exports: &'a [LockedExport],
    /// Why, in the words of those who propose it; a decision that opens has one.
    pub reason: Option<&'a str>,
    /// The school.
    pub roster: &'a Roster,
    /// The plan of this dossier; its boxes are the places of the document.
    pub plan: &'a Plan,
    /// When the decision was made: its date.
    pub decided: Moment,
}

/// The attached data, `niemphong-lock/1` or `niemphong-reopening/1`.
#[derive(Serialize)]
struct LockData<'a> {
    format: &'static str,
    number: &'a DecisionNumber,
    year: SchoolYear,
    exports: &'a [LockedExport],
}

const BODY: f32 = 13.0;
const INDENT: f32 = 28.0;

/// Renders a lock decision.
///
/// Errors: see [`DocumentFault`].
pub fn lock_decision(input: &LockDecision) -> Result<Rendered, DocumentFault> {
    let LockDecision { roster, plan, decided, .. } = *input;
    let other = || DocumentFault::OtherDossier(plan.dossier.clone());
    let key = DossierKey::from_id(plan.dossier.as_str()).map_err(|_| other())?;
    let (number, format, wording) = match &key.of {
        DossierOf::QuyetDinhKhoa(number) => (number, "niemphong-lock/1", words::LOCKING),
        DossierOf::QuyetDinhMo(number) => (number, "niemphong-reopening/1", words::REOPENING),
        _ => return Err(other()),
    };
    if roster.year != key.year {
        return Err(other());
    }
    let mut paper = Paper::of_roster(Format::PORTRAIT, roster);
    let section = paper.section(words::DECISION);
    let printed_number = words::decision_number(number.as_str(), roster.school.code.as_str());
    letterhead::draw(&mut paper, section, &roster.school, &printed_number, Some(decided));
    opening(&mut paper, section, input, key.year, &wording);
    articles(&mut paper, section, input, key.year, &wording);
    paper.y += 8.0;
    let column = paper.format().column();
    signing_places::draw(&mut paper, section, column, &signing_places::of_document(plan), None);
    recipients(&mut paper, section, column);
    let data = LockData { format, number, year: key.year, exports: input.exports };
    let attachments = vec![Attachment {
        name: "du-lieu.json",
        description: wording.attached,
        relation: Relation::Data,
        bytes: canonical::to_bytes(&data)?,
    }];
    let title = wording.title(number.as_str(), key.year);
    publish(paper, Publication { title, school: &roster.school, plan, decided, attachments })
}

fn opening(
    paper: &mut Paper,
    section: ElementId,
    input: &LockDecision,
    year: SchoolYear,
    wording: &words::Decision,
) {
    let column = paper.format().column();
    paper.y += 12.0;
    paper.heading(section, 1, Style::bold(14.0), Align::Centre, words::DECISION);
    let about = wording.about(year);
    paper.paragraph(section, Style::bold(BODY), column, Align::Centre, &about);
    rule(paper, column);
    paper.y += 8.0;
    let issuer = words::issuer(&paper.head, &input.roster.school.name);
    paper.paragraph(section, Style::bold(BODY), column, Align::Centre, &issuer);
    paper.y += 6.0;
    let schemes: Vec<Scheme> =
        input.exports.iter().filter_map(|export| Scheme::of(year, &export.class).ok()).collect();
    for base in words::bases(&schemes) {
        paper.indented(section, Style::italic(BODY), column, Align::Justified, INDENT, base);
        paper.y += 3.0;
    }
    if let Some(reason) = input.reason {
        let text = words::reason(reason);
        paper.indented(section, Style::italic(BODY), column, Align::Justified, INDENT, &text);
        paper.y += 3.0;
    }
    paper.y += 6.0;
    paper.heading(section, 2, Style::bold(BODY), Align::Centre, words::DECIDES);
    paper.y += 4.0;
}

/// Nơi nhận, below the places at the left (NĐ 30, Phụ lục I, II.9).
fn recipients(paper: &mut Paper, section: ElementId, column: Column) {
    paper.paragraph(section, Style::italic(12.0), column, Align::Left, words::SENT_TO);
    for recipient in words::RECIPIENTS {
        paper.paragraph(section, Style::regular(11.0), column, Align::Left, recipient);
    }
}

fn rule(paper: &mut Paper, column: Column) {
    let (middle, half) = (column.x + column.width / 2.0, column.width * 0.14);
    paper.lines(
        super::paper::Ink::Black,
        0.6,
        vec![[middle - half, paper.y + 2.0, middle + half, paper.y + 2.0]],
    );
    paper.y += 4.0;
}

fn articles(
    paper: &mut Paper,
    section: ElementId,
    input: &LockDecision,
    year: SchoolYear,
    wording: &words::Decision,
) {
    let column = paper.format().column();
    for (index, text) in wording.articles(year).iter().enumerate() {
        let number = words::article(index + 1);
        let paragraph = paper.open(section, Element::Paragraph);
        let taken = INDENT + paper.faces.width(Weight::Bold, BODY, &number);
        if paper.room() < 2.0 * BODY * 1.3 {
            paper.turn();
        }
        let strip = Column { x: column.x + INDENT, width: column.width - INDENT };
        paper.line(paragraph, Style::bold(BODY), strip, Align::Left, paper.y + BODY, &number);
        paper.flow(paragraph, Style::regular(BODY), column, Align::Justified, taken, text);
        paper.y += 5.0;
        if index == 0 {
            table_of_exports(input, column, wording.named).draw(paper, section);
            paper.y += 8.0;
        }
    }
}

fn table_of_exports(input: &LockDecision, column: Column, named: &str) -> Table {
    let row = |(index, export): (usize, &LockedExport)| {
        vec![
            Cell::new((index + 1).to_string()),
            Cell::new(words::class_or_pupil(&export.class, export.pupil.as_ref())).heading_row(),
            Cell::new(words::period(export.period)),
            Cell::new(words::grouped_hex(&export.sha256.to_string())),
        ]
    };
    let (number, period) = (36.0, 88.0);
    let class = if input.exports.iter().any(|export| export.pupil.is_some()) { 96.0 } else { 46.0 };
    Table {
        summary: named.into(),
        continued: words::continued(named),
        x: column.x,
        widths: vec![number, class, period, column.width - number - class - period],
        size: 11.5,
        padding: 4.0,
        air: 4.0,
        row_height: 24.0,
        followed_by: 0.0,
        header: vec![vec![
            Cell::head(words::NUMBER),
            Cell::head(words::CLASS),
            Cell::head(words::PERIOD),
            Cell::head(words::DATA_DIGEST),
        ]],
        rows: input.exports.iter().enumerate().map(row).collect(),
    }
}
