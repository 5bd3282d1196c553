//! Quyết định khóa sổ, quyết định mở sổ: the principal locks exports or opens them again, each named by
//! its digest. What is rendered from an export may be signed only if a signed decision lists it (DESIGN,
//! section 6).
//! Source: NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.2.

use school::digest::Sha256;
use school::dossier::{DossierKey, DossierOf, Period};
use school::identifier::{ClassName, DecisionNumber, SchoolYear};
use school::moment::Moment;
use school::plan::Plan;
use school::records::canonical;
use school::roster::Roster;
use serde::Serialize;

use super::faces::Weight;
use super::painting::{Attachment, Publication, Relation, publish};
use super::paper::{Align, Column, Element, ElementId, Format, Paper, Style};
use super::table::{Cell, Table};
use super::printed_words::DecisionWords;
use super::{DocumentFault, Rendered, letterhead, printed_words as words, signing_places};

/// An export that the decision locks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LockedExport {
    /// Its class.
    pub class: ClassName,
    /// Its period.
    pub period: Period,
    /// Digest of the bytes of the export.
    pub sha256: Sha256,
}

/// Everything that a lock decision is made of. Its number is the one of the plan's dossier.
#[derive(Debug, Clone, Copy)]
pub struct LockDecision<'a> {
    /// What is locked, in printing order.
    pub exports: &'a [LockedExport],
    /// The school.
    pub roster: &'a Roster,
    /// The plan of this dossier; its boxes are the places of the document.
    pub plan: &'a Plan,
    /// When the decision was made: its date.
    pub decided: Moment,
}

/// Everything that a decision to open what was locked is made of.
#[derive(Debug, Clone, Copy)]
pub struct OpeningDecision<'a> {
    /// What is opened again, in printing order.
    pub exports: &'a [LockedExport],
    /// Why, as the proposal says it.
    pub reason: &'a str,
    /// The school.
    pub roster: &'a Roster,
    /// The plan of this dossier; its boxes are the places of the document.
    pub plan: &'a Plan,
    /// When the decision was made: its date.
    pub decided: Moment,
}

/// The attached data, `niemphong-lock/1` or `niemphong-opening/1`.
#[derive(Serialize)]
struct DecisionData<'a> {
    format: &'static str,
    number: &'a DecisionNumber,
    year: SchoolYear,
    exports: &'a [LockedExport],
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// What both decisions are drawn from.
struct Decision<'a> {
    number: &'a DecisionNumber,
    year: SchoolYear,
    exports: &'a [LockedExport],
    roster: &'a Roster,
    plan: &'a Plan,
    decided: Moment,
    words: DecisionWords,
}

const BODY: f32 = 13.0;
const INDENT: f32 = 28.0;

/// Renders a lock decision.
///
/// Errors: see [`DocumentFault`].
pub fn lock_decision(input: &LockDecision) -> Result<Rendered, DocumentFault> {
    let LockDecision { exports, roster, plan, decided } = *input;
    let key = key_of(plan, roster)?;
    let DossierOf::QuyetDinhKhoa(number) = &key.of else { return Err(other(plan)) };
    let words = words::locking(key.year);
    let decision = Decision { number, year: key.year, exports, roster, plan, decided, words };
    let format = "niemphong-lock/1";
    draw(&decision, &DecisionData { format, number, year: key.year, exports, reason: None })
}

/// Renders a decision to open what was locked.
///
/// Errors: see [`DocumentFault`].
pub fn opening_decision(input: &OpeningDecision) -> Result<Rendered, DocumentFault> {
    let OpeningDecision { exports, reason, roster, plan, decided } = *input;
    let key = key_of(plan, roster)?;
    let DossierOf::QuyetDinhMo(number) = &key.of else { return Err(other(plan)) };
    let words = words::opening(key.year, reason);
    let decision = Decision { number, year: key.year, exports, roster, plan, decided, words };
    let format = "niemphong-opening/1";
    draw(&decision, &DecisionData { format, number, year: key.year, exports, reason: Some(reason) })
}

fn other(plan: &Plan) -> DocumentFault {
    DocumentFault::OtherDossier(plan.dossier.clone())
}

fn key_of(plan: &Plan, roster: &Roster) -> Result<DossierKey, DocumentFault> {
    let key = DossierKey::from_id(plan.dossier.as_str()).map_err(|_| other(plan))?;
    if roster.year == key.year { Ok(key) } else { Err(other(plan)) }
}

fn draw(decision: &Decision, data: &DecisionData) -> Result<Rendered, DocumentFault> {
    let Decision { roster, plan, decided, .. } = *decision;
    let school = &roster.school;
    let mut paper = Paper::of_school(Format::PORTRAIT, school);
    let section = paper.section(words::DECISION);
    let printed_number = words::decision_number(decision.number.as_str(), school.code.as_str());
    letterhead::draw(&mut paper, section, school, &printed_number, Some(decided));
    beginning(&mut paper, section, decision);
    articles(&mut paper, section, decision);
    paper.y += 8.0;
    let column = paper.format().column();
    signing_places::draw(&mut paper, section, column, &signing_places::of_document(plan), None);
    recipients(&mut paper, section, column);
    let attachments = vec![Attachment {
        name: "du-lieu.json",
        description: decision.words.attached,
        relation: Relation::Data,
        bytes: canonical::to_bytes(data)?,
    }];
    let title = words::decision_document_title(decision.words.kind, decision.number.as_str(), decision.year);
    publish(paper, Publication { title, school, plan, decided, attachments })
}

fn beginning(paper: &mut Paper, section: ElementId, decision: &Decision) {
    let column = paper.format().column();
    paper.y += 12.0;
    paper.heading(section, 1, Style::bold(14.0), Align::Centre, words::DECISION);
    paper.paragraph(section, Style::bold(BODY), column, Align::Centre, &decision.words.about);
    rule(paper, column);
    paper.y += 8.0;
    let issuer = words::issuer(&paper.head, &decision.roster.school.name);
    paper.paragraph(section, Style::bold(BODY), column, Align::Centre, &issuer);
    paper.y += 6.0;
    for base in words::bases(decision.year) {
        paper.indented(section, Style::italic(BODY), column, Align::Justified, INDENT, base);
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

fn articles(paper: &mut Paper, section: ElementId, decision: &Decision) {
    let column = paper.format().column();
    for (index, text) in decision.words.articles.iter().enumerate() {
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
            table_of_exports(decision, column).draw(paper, section);
            paper.y += 8.0;
        }
    }
}

fn table_of_exports(decision: &Decision, column: Column) -> Table {
    let row = |(index, export): (usize, &LockedExport)| {
        vec![
            Cell::new((index + 1).to_string()),
            Cell::new(export.class.as_str()).heading_row(),
            Cell::new(words::period(export.period)),
            Cell::new(words::grouped_hex(&export.sha256.to_string())),
        ]
    };
    let (number, class, period) = (36.0, 46.0, 88.0);
    Table {
        summary: decision.words.exports.into(),
        continued: words::continued(decision.words.exports),
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
        rows: decision.exports.iter().enumerate().map(row).collect(),
    }
}
