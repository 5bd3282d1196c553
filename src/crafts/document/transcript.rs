//! Học bạ of one pupil for one school year: cover with the pupil's particulars, then results,
//! conduct, remark and places. Holds that pupil's data only (invariant 11).
//! Source: TT 22/2021/TT-BGDĐT, phụ lục.

use school::digest::Sha256;
use school::dossier::{DossierKey, DossierOf, Period};
use school::gradebook::{Gradebook, Pupil, Results, Subject, SubjectResults};
use school::identifier::{ClassName, SchoolCode, SchoolYear};
use school::moment::Moment;
use school::plan::Plan;
use school::records::canonical;
use school::roster::Roster;
use serde::Serialize;

use super::painting::{Attachment, Publication, Relation, publish};
use super::paper::{Align, ElementId, Format, MM, Paper, Style};
use super::table::{Cell, Table};
use super::{DocumentFault, Rendered, Supplemented, letterhead, printed_words as words, signing_places};

/// Everything that a transcript is made of. The pupil is the one whom the plan's dossier names.
#[derive(Debug, Clone, Copy)]
pub struct Transcript<'a> {
    /// The class; of its pupils only one is printed and embedded.
    pub gradebook: &'a Gradebook,
    /// Digest of the bytes of the original export.
    pub export: Sha256,
    /// The school.
    pub roster: &'a Roster,
    /// The plan of this dossier; its boxes are the places of the document.
    pub plan: &'a Plan,
    /// When the lock was decided: the date of the document.
    pub decided: Moment,
    /// The closed document of the year, for results after the summer.
    pub supplements: Option<Supplemented<'a>>,
}

/// The attached data, `niemphong-transcript/1`.
#[derive(Serialize)]
struct TranscriptData<'a> {
    format: &'static str,
    export: Sha256,
    school: &'a SchoolCode,
    year: SchoolYear,
    period: Period,
    class: &'a ClassName,
    subjects: &'a [Subject],
    pupil: &'a Pupil,
}

/// Renders the transcript of one pupil.
///
/// Errors: see [`DocumentFault`].
pub fn transcript(input: &Transcript) -> Result<Rendered, DocumentFault> {
    let Transcript { gradebook, roster, plan, .. } = *input;
    letterhead::same_school(gradebook, roster)?;
    let of_pupil = |pupil: &&Pupil| {
        let of = DossierOf::HocBa(pupil.id.clone());
        plan.dossier.is_version_of(&DossierKey::new(gradebook.year, of, gradebook.period))
    };
    let pupil = gradebook
        .pupils
        .iter()
        .find(of_pupil)
        .ok_or_else(|| DocumentFault::NoSuchPupil(plan.dossier.clone()))?;
    let mut paper = Paper::new(Format::PORTRAIT);
    cover(&mut paper, input, pupil);
    paper.turn();
    results(&mut paper, input, pupil)?;
    conduct(&mut paper, input, pupil);
    closing(&mut paper, input, pupil);
    let data = TranscriptData {
        format: "niemphong-transcript/1",
        export: input.export,
        school: &gradebook.school,
        year: gradebook.year,
        period: gradebook.period,
        class: &gradebook.class,
        subjects: &gradebook.subjects,
        pupil,
    };
    let mut attachments = vec![Attachment {
        name: "du-lieu.json",
        description: words::ATTACHED_PUPIL,
        relation: Relation::Data,
        bytes: canonical::to_bytes(&data)?,
    }];
    if let Some(supplemented) = &input.supplements {
        attachments.push(supplemented.attachment()?);
    }
    let title = words::transcript_document_title(&pupil.name, pupil.id.as_str(), gradebook.year);
    publish(paper, Publication { title, school: &roster.school, plan, decided: input.decided, attachments })
}

fn cover(paper: &mut Paper, input: &Transcript, pupil: &Pupil) {
    let (school, gradebook) = (&input.roster.school, input.gradebook);
    let section = paper.section(words::COVER);
    let format = paper.format();
    let column = format.column();
    paper.cover_frame();
    let centre = Align::Centre;
    paper.y += 26.0;
    paper.paragraph(section, Style::regular(13.0), column, centre, &school.authority.to_uppercase());
    paper.paragraph(section, Style::bold(15.0), column, centre, &school.name.to_uppercase());
    paper.y += 92.0;
    paper.heading(section, 1, Style::bold(40.0), centre, words::TRANSCRIPT_TITLE);
    paper.paragraph(section, Style::bold(20.0), column, centre, words::TRANSCRIPT_LEVEL);
    paper.y += 8.0;
    let year = words::school_year(gradebook.year);
    paper.paragraph(section, Style::bold(14.0), column, centre, &year);
    paper.y += 60.0;
    let facts = column.inset(16.0 * MM);
    let mut fact = |label: &str, value: &str| {
        if !value.is_empty() {
            paper.labelled(section, 14.0, facts, 140.0, (label, value));
            paper.y += 7.0;
        }
    };
    fact(words::PUPIL_NAME, &pupil.name);
    fact(words::PUPIL_CODE, pupil.id.as_str());
    fact(words::BORN, &pupil.born.vietnamese());
    fact(words::GENDER, words::gender(pupil.gender));
    fact(words::BIRTHPLACE, &pupil.birthplace);
    fact(words::CLASS, gradebook.class.as_str());
    fact(words::PERIOD, &words::period(gradebook.period));
    if let Some(supplemented) = &input.supplements {
        supplemented.draw(paper, section, facts);
    }
    paper.y = (format.end() - 120.0).max(paper.y + 10.0);
    let date = words::place_and_date(&school.place, input.decided.date().parts());
    let half = column.part(1, 2, 0.0);
    paper.paragraph(section, Style::italic(13.0), half, centre, &date);
    paper.y += 2.0;
    let confirming = signing_places::of_document(input.plan);
    let confirming: Vec<_> =
        confirming.into_iter().filter(|one| one.role == school::role::Role::HieuTruong).collect();
    signing_places::refer(paper, section, half, &confirming);
}

const SUBJECT_WIDTH: f32 = 80.0;
/// Width of all columns of results, however many the period has.
const RESULTS_WIDTH: f32 = 102.0;
const SIGNATURE_WIDTH: f32 = 174.0;

fn results(paper: &mut Paper, input: &Transcript, pupil: &Pupil) -> Result<(), DocumentFault> {
    let gradebook = input.gradebook;
    let section = paper.section(words::RESULTS);
    let column = paper.format().column();
    paper.heading(section, 1, Style::bold(14.0), Align::Centre, words::RESULTS);
    paper.y += 2.0;
    paper.labelled(section, 12.0, column, 0.0, (words::FULL_NAME, &pupil.name));
    let line = words::sheet_line(gradebook.class.as_str(), gradebook.year, gradebook.period);
    paper.paragraph(section, Style::regular(12.0), column, Align::Left, &line);
    paper.y += 6.0;
    let terms: &[&str] = if gradebook.period == Period::FirstTerm {
        &[words::HK1]
    } else {
        &[words::HK1, words::HK2, words::WHOLE_YEAR]
    };
    let mut rows = Vec::with_capacity(gradebook.subjects.len());
    for subject in &gradebook.subjects {
        rows.push(subject_row(input.plan, pupil, subject, terms.len())?);
    }
    let remark = column.width - SUBJECT_WIDTH - RESULTS_WIDTH - SIGNATURE_WIDTH;
    let mut widths = vec![SUBJECT_WIDTH];
    widths.extend(std::iter::repeat_n(RESULTS_WIDTH / terms.len() as f32, terms.len()));
    widths.extend([remark, SIGNATURE_WIDTH]);
    let table = Table {
        summary: words::RESULTS_SUMMARY.into(),
        continued: words::continued(words::RESULTS),
        x: column.x,
        widths,
        size: 11.0,
        padding: 4.0,
        air: 4.0,
        row_height: 26.0,
        followed_by: 0.0,
        header: vec![
            vec![
                Cell::head(words::SUBJECT).spanning(1, 2),
                Cell::head(words::RESULT_COLUMNS).spanning(terms.len(), 1),
                Cell::head(words::SUBJECT_REMARK).spanning(1, 2),
                Cell::head(words::TEACHER_SIGNATURE).spanning(1, 2),
            ],
            terms.iter().map(|term| Cell::head(*term)).collect(),
        ],
        rows,
    };
    table.draw(paper, section);
    paper.y += 12.0;
    Ok(())
}

fn subject_row(
    plan: &Plan,
    pupil: &Pupil,
    subject: &Subject,
    terms: usize,
) -> Result<Vec<Cell>, DocumentFault> {
    let row = pupil.subjects.get(&subject.id).ok_or_else(|| DocumentFault::NoRow {
        pupil: pupil.id.to_string(),
        subject: subject.id.to_string(),
    })?;
    let printed = match &row.results {
        SubjectResults::Marks(results) => by_term(results),
        SubjectResults::Levels(results) => by_term(results),
        SubjectResults::Exempt => <[String; 3]>::default(),
    };
    let mut cells = vec![Cell::new(&subject.name).left().heading_row()];
    cells.extend(printed.into_iter().take(terms).map(Cell::new));
    cells.push(Cell::new(&row.remark).left());
    cells.push(Cell::new("").with_place(signing_places::in_cell(plan, subject)));
    Ok(cells)
}

/// Results of both terms and the year; what is missing prints as nothing.
fn by_term<T: ToString>(results: &Results<T>) -> [String; 3] {
    let written = |value: Option<&T>| value.map(ToString::to_string).unwrap_or_default();
    [
        written(results.hk1.result.as_ref()),
        written(results.hk2.as_ref().and_then(|term| term.result.as_ref())),
        written(results.year.as_ref()),
    ]
}

fn conduct(paper: &mut Paper, input: &Transcript, pupil: &Pupil) {
    let column = paper.format().column();
    let row = pupil.conduct;
    let text = |conduct: Option<_>| conduct.map(words::conduct).unwrap_or_default();
    let mut heads = vec![Cell::head(words::FIRST_TERM_SHORT)];
    let mut values = vec![Cell::new(text(row.hk1)).bold()];
    if input.gradebook.period != Period::FirstTerm {
        heads.extend([Cell::head(words::SECOND_TERM_SHORT), Cell::head(words::WHOLE_YEAR)]);
        values.extend([Cell::new(text(row.hk2)).bold(), Cell::new(text(row.year)).bold()]);
    }
    let terms = heads.len();
    heads.extend([Cell::head(words::EXCUSED), Cell::head(words::UNEXCUSED)]);
    values.push(Cell::new(pupil.absence.excused.to_string()));
    values.push(Cell::new(pupil.absence.unexcused.to_string()));
    let table = Table {
        summary: words::CONDUCT_SUMMARY.into(),
        continued: words::continued(words::CONDUCT_AND_ABSENCE),
        x: column.x,
        widths: vec![column.width / (terms + 2) as f32; terms + 2],
        size: 11.0,
        padding: 4.0,
        air: 3.0,
        row_height: 20.0,
        followed_by: 0.0,
        header: vec![
            vec![
                Cell::head(words::CONDUCT).spanning(terms, 1),
                Cell::head(words::DAYS_ABSENT).spanning(2, 1),
            ],
            heads,
        ],
        rows: vec![values],
    };
    if paper.room() < 100.0 {
        paper.turn();
    }
    let section = paper.section(words::CONDUCT_AND_ABSENCE);
    paper.heading(section, 1, Style::bold(12.5), Align::Left, words::CONDUCT_AND_ABSENCE);
    paper.y += 2.0;
    table.draw(paper, section);
    paper.y += 12.0;
}

/// Remark of the homeroom teacher and the places of the document, kept together where they fit a page.
fn closing(paper: &mut Paper, input: &Transcript, pupil: &Pupil) {
    let column = paper.format().column();
    let boxes = signing_places::of_document(input.plan);
    let remark = if pupil.remark.is_empty() { words::NO_REMARK } else { &pupil.remark };
    let style = if pupil.remark.is_empty() { Style::italic(12.0) } else { Style::regular(12.0) };
    let lines = paper.faces.wrap(style.weight, style.size, column.width, 0.0, remark).len() as f32;
    let needed = (lines + 3.0) * style.size * 1.3 + 20.0 + signing_places::height(boxes.len());
    if paper.room() < needed {
        paper.turn();
    }
    let section = paper.section(words::HOMEROOM_REMARK);
    paper.heading(section, 1, Style::bold(12.5), Align::Left, words::HOMEROOM_REMARK);
    paper.paragraph(section, style, column, Align::Justified, remark);
    paper.y += 10.0;
    date_line(paper, section, input);
    signing_places::draw(paper, section, column, &boxes, None);
}

fn date_line(paper: &mut Paper, section: ElementId, input: &Transcript) {
    let column = paper.format().column();
    let date = words::place_and_date(&input.roster.school.place, input.decided.date().parts());
    paper.paragraph(section, Style::italic(12.0), column, Align::Right, &date);
    paper.y += 2.0;
}
