//! Sổ theo dõi và đánh giá học sinh (theo lớp học): cover, one sheet per subject with the place of
//! its teacher below the list, summary, confirmation. Source: TT 22/2021/TT-BGDĐT, phụ lục.

use school::dossier::{DossierKey, DossierOf, Period};
use school::gradebook::{Assessment, Gradebook, Pupil, Results, Subject, SubjectResults, Term};
use school::moment::Moment;
use school::plan::Plan;
use school::records::canonical;
use school::roster::{Roster, RosterFault};

use super::painting::{Attachment, Publication, Relation, publish};
use super::paper::{Align, Column, ElementId, Format, Paper, Style};
use super::table::{Cell, Table};
use super::{DocumentFault, Rendered, printed_words as words, signing_places};

/// Everything that a class book is made of.
#[derive(Debug, Clone, Copy)]
pub struct ClassBook<'a> {
    /// The class and its marks.
    pub gradebook: &'a Gradebook,
    /// The bytes of the export from which the gradebook was read, embedded as they came.
    pub export: &'a [u8],
    /// School, homeroom teacher, subject teachers.
    pub roster: &'a Roster,
    /// The plan of this dossier; its boxes are the places of the document.
    pub plan: &'a Plan,
    /// When the lock was decided: the date of the document.
    pub decided: Moment,
}

/// Renders the class book of a class for one period.
///
/// Errors: see [`DocumentFault`].
pub fn class_book(input: &ClassBook) -> Result<Rendered, DocumentFault> {
    let ClassBook { gradebook, roster, plan, .. } = *input;
    let expected = DossierKey {
        year: gradebook.year,
        of: DossierOf::SoDiem(gradebook.class.clone()),
        period: gradebook.period,
    };
    if plan.dossier != expected.id() || roster.year != gradebook.year {
        return Err(DocumentFault::OtherDossier(plan.dossier.clone()));
    }
    let mut paper = Paper::new(Format::LANDSCAPE);
    cover(&mut paper, input)?;
    for subject in &gradebook.subjects {
        paper.turn();
        sheet(&mut paper, input, subject)?;
    }
    paper.turn();
    summary(&mut paper, input)?;
    let attachments = vec![
        Attachment {
            name: "du-lieu.json",
            description: words::ATTACHED_GRADEBOOK,
            relation: Relation::Data,
            bytes: canonical::to_bytes(gradebook)?,
        },
        Attachment {
            name: "ban-goc.json",
            description: words::ATTACHED_EXPORT,
            relation: Relation::Source,
            bytes: input.export.to_vec(),
        },
    ];
    let title = words::book_document_title(gradebook.class.as_str(), gradebook.year, gradebook.period);
    publish(paper, Publication { title, school: &roster.school, plan, decided: input.decided, attachments })
}

fn cover(paper: &mut Paper, input: &ClassBook) -> Result<(), DocumentFault> {
    let ClassBook { gradebook, roster, .. } = *input;
    let section = paper.section(words::COVER);
    let column = paper.format().column();
    let centre = Align::Centre;
    paper.cover_frame();
    // What is left over on the page stands above the title and above the particulars.
    let table = 24.0 + TEACHER_ROW * gradebook.subjects.len() as f32;
    let spare = (paper.room() - 262.0 - table).max(0.0);
    paper.y += 12.0;
    paper.paragraph(section, Style::regular(13.0), column, centre, &roster.school.authority.to_uppercase());
    paper.paragraph(section, Style::bold(15.0), column, centre, &roster.school.name.to_uppercase());
    paper.y += 16.0 + spare * 0.42;
    paper.heading(section, 1, Style::bold(28.0), centre, words::BOOK_TITLE);
    paper.paragraph(section, Style::italic(14.0), column, centre, words::BOOK_BY_CLASS);
    paper.y += 2.0;
    paper.paragraph(section, Style::bold(16.0), column, centre, words::SCHOOL_LEVEL);
    paper.paragraph(section, Style::bold(14.0), column, centre, &words::school_year(gradebook.year));
    paper.y += 14.0 + spare * 0.3;
    let homeroom = roster
        .homerooms
        .get(&gradebook.class)
        .ok_or_else(|| RosterFault::NoHomeroom(gradebook.class.clone()))?;
    let homeroom = &roster.person(homeroom)?.name;
    let facts = column.inset(column.width * 0.1);
    let left = Column { x: facts.x, width: facts.width * 0.58 };
    let right = Column { x: facts.x + facts.width * 0.66, width: facts.width * 0.34 };
    let top = paper.y;
    paper.labelled(section, 14.0, left, 0.0, (words::CLASS, gradebook.class.as_str()));
    paper.labelled(section, 14.0, left, 0.0, (words::HOMEROOM, homeroom));
    let left_end = paper.y;
    paper.y = top;
    paper.labelled(section, 14.0, right, 0.0, (words::HEADCOUNT, &words::headcount(gradebook.pupils.len())));
    paper.labelled(section, 14.0, right, 0.0, (words::PERIOD, &words::period(gradebook.period)));
    paper.y = paper.y.max(left_end) + 12.0;
    teachers(paper, section, input, facts)
}

const TEACHER_ROW: f32 = 19.0;

/// Subject, teacher, form of assessment; in the order of the gradebook.
fn teachers(
    paper: &mut Paper,
    section: ElementId,
    input: &ClassBook,
    column: Column,
) -> Result<(), DocumentFault> {
    let mut rows = Vec::new();
    for (index, subject) in input.gradebook.subjects.iter().enumerate() {
        let teacher = teacher_of(input, subject)?;
        rows.push(vec![
            Cell::new((index + 1).to_string()),
            Cell::new(&subject.name).left().heading_row(),
            Cell::new(teacher).left(),
            Cell::new(words::assessment(subject.assessment)).left(),
        ]);
    }
    let numbers = 42.0;
    let rest = column.width - numbers;
    let table = Table {
        summary: words::TEACHERS_SUMMARY.into(),
        continued: words::continued(words::TEACHERS_SUMMARY),
        x: column.x,
        widths: vec![numbers, rest * 0.34, rest * 0.36, rest * 0.30],
        size: 12.0,
        padding: 5.0,
        air: 2.0,
        row_height: TEACHER_ROW,
        followed_by: 0.0,
        header: vec![vec![
            Cell::head(words::NUMBER),
            Cell::head(words::SUBJECT),
            Cell::head(words::TEACHER),
            Cell::head(words::ASSESSED_BY),
        ]],
        rows,
    };
    table.draw(paper, section);
    Ok(())
}

fn teacher_of<'a>(input: &ClassBook<'a>, subject: &Subject) -> Result<&'a str, DocumentFault> {
    let class = &input.gradebook.class;
    let assignment = input
        .roster
        .subjects(class)
        .find(|assignment| assignment.subject == subject.id)
        .ok_or_else(|| RosterFault::NoTeacher { class: class.clone(), subject: subject.id.clone() })?;
    Ok(&input.roster.person(&assignment.teacher)?.name)
}

fn sheet(paper: &mut Paper, input: &ClassBook, subject: &Subject) -> Result<(), DocumentFault> {
    let gradebook = input.gradebook;
    let title = words::subject_title(&subject.name);
    let section = paper.section(&title);
    let column = paper.format().column();
    paper.heading(section, 1, Style::bold(15.0), Align::Centre, &title);
    let line = words::sheet_line(gradebook.class.as_str(), gradebook.year, gradebook.period);
    paper.paragraph(section, Style::regular(12.0), column, Align::Centre, &line);
    if subject.assessment == Assessment::Levels {
        paper.paragraph(section, Style::italic(12.0), column, Align::Centre, words::LEVEL_NOTE);
    }
    paper.y += 6.0;
    let mut rows = Vec::with_capacity(gradebook.pupils.len());
    for pupil in &gradebook.pupils {
        rows.push(printed(pupil, subject)?);
    }
    let table = subject_table(gradebook, subject, &title, rows, column);
    table.draw(paper, section);
    paper.y += 8.0;
    below_list(paper, input, subject, section, table.column());
    Ok(())
}

/// The legend at the left, the place of the subject's teacher at the right.
fn below_list(paper: &mut Paper, input: &ClassBook, subject: &Subject, section: ElementId, column: Column) {
    let boxes = signing_places::of_subject(input.plan, subject);
    if paper.room() < signing_places::height(boxes.len().max(1)) {
        paper.turn();
    }
    let top = paper.y;
    let width = (signing_places::PLACE_WIDTH + 10.0) * boxes.len().clamp(1, 3) as f32;
    if subject.assessment == Assessment::Marks {
        let left = Column { x: column.x, width: column.width - width - 40.0 };
        paper.paragraph(section, Style::italic(10.0), left, Align::Left, words::LEGEND_MARKS);
    }
    let below_legend = paper.y;
    paper.y = top;
    let right = Column { x: column.x + column.width - width, width };
    signing_places::draw(paper, section, right, &boxes, Some(subject));
    paper.y = paper.y.max(below_legend);
}

/// A pupil's row in one subject as printed text: first term, second term, year.
struct PrintedRow<'a> {
    pupil: &'a Pupil,
    first: PrintedTerm,
    second: Option<PrintedTerm>,
    year: Option<String>,
}

struct PrintedTerm {
    regular: Vec<String>,
    mid: String,
    last: String,
    result: String,
}

fn printed<'a>(pupil: &'a Pupil, subject: &Subject) -> Result<PrintedRow<'a>, DocumentFault> {
    let results = pupil.subjects.get(&subject.id).map(|row| &row.results);
    match (results, subject.assessment) {
        (Some(SubjectResults::Marks(results)), Assessment::Marks) => Ok(printed_results(pupil, results)),
        (Some(SubjectResults::Levels(results)), Assessment::Levels) => Ok(printed_results(pupil, results)),
        _ => Err(DocumentFault::NoRow { pupil: pupil.id.to_string(), subject: subject.id.to_string() }),
    }
}

fn printed_results<'a, T: ToString>(pupil: &'a Pupil, results: &Results<T>) -> PrintedRow<'a> {
    PrintedRow {
        pupil,
        first: printed_term(&results.hk1),
        second: results.hk2.as_ref().map(printed_term),
        year: results.year.as_ref().map(ToString::to_string),
    }
}

fn printed_term<T: ToString>(term: &Term<T>) -> PrintedTerm {
    PrintedTerm {
        regular: term.tx.iter().map(ToString::to_string).collect(),
        mid: term.gk.to_string(),
        last: term.ck.to_string(),
        result: term.result.to_string(),
    }
}

const NUMBER_WIDTH: f32 = 30.0;
const NAME_WIDTH: f32 = 156.0;
const NAME_WIDTH_MOST: f32 = 240.0;
const TEST_WIDTH: f32 = 41.0;
const RESULT_WIDTH: f32 = 56.0;
const REGULAR_WIDTH_LEAST: f32 = 21.0;
const REGULAR_WIDTH_MOST: f32 = 52.0;
/// From this many pupils on rows are set closer, so that a class of 50 fits two pages.
const LARGE_CLASS: usize = 20;

/// Size of text, air and height of a row.
fn row_measures(pupils: usize) -> (f32, f32, f32) {
    if pupils > LARGE_CLASS { (10.5, 0.9, 14.0) } else { (11.0, 2.5, 18.0) }
}

fn subject_table(
    gradebook: &Gradebook,
    subject: &Subject,
    title: &str,
    rows: Vec<PrintedRow>,
    column: Column,
) -> Table {
    let regular = |term: fn(&PrintedRow) -> usize| rows.iter().map(term).max().unwrap_or(1).max(1);
    let first = regular(|row| row.first.regular.len());
    let with_year = gradebook.period != Period::FirstTerm && rows.iter().any(|row| row.second.is_some());
    let second =
        if with_year { regular(|row| row.second.as_ref().map_or(0, |term| term.regular.len())) } else { 0 };
    let counts: Vec<usize> = [first, second].into_iter().filter(|count| *count > 0).collect();
    let regular_count: usize = counts.iter().sum();
    let year_width = if with_year { RESULT_WIDTH } else { 0.0 };
    let fixed = counts.len() as f32 * (2.0 * TEST_WIDTH + RESULT_WIDTH) + year_width;
    let rest = column.width - NUMBER_WIDTH - NAME_WIDTH - fixed;
    let regular_width = (rest / regular_count as f32).clamp(REGULAR_WIDTH_LEAST, REGULAR_WIDTH_MOST);
    let name = column.width - NUMBER_WIDTH - fixed - regular_width * regular_count as f32;
    let mut widths = vec![NUMBER_WIDTH, name.min(NAME_WIDTH_MOST)];
    for count in &counts {
        widths.extend(std::iter::repeat_n(regular_width, *count));
        widths.extend([TEST_WIDTH, TEST_WIDTH, RESULT_WIDTH]);
    }
    widths.extend(with_year.then_some(RESULT_WIDTH));
    let width: f32 = widths.iter().sum();
    let body = rows.iter().enumerate().map(|(index, row)| body_row(index + 1, row, first, second)).collect();
    let (size, air, row_height) = row_measures(gradebook.pupils.len());
    Table {
        summary: words::sheet_summary(&subject.name),
        continued: words::continued(title),
        x: column.x + (column.width - width) / 2.0,
        widths,
        size,
        padding: 3.0,
        air,
        row_height,
        followed_by: signing_places::height(1) + 8.0,
        header: sheet_header(subject.assessment, &counts, with_year),
        rows: body,
    }
}

fn sheet_header(assessment: Assessment, counts: &[usize], with_year: bool) -> Vec<Vec<Cell>> {
    let mut upper =
        vec![Cell::head(words::NUMBER).spanning(1, 3), Cell::head(words::FULL_NAME).spanning(1, 3)];
    let (mut middle, mut lower) = (Vec::new(), Vec::new());
    for (index, count) in counts.iter().enumerate() {
        let (term, second) =
            if index == 0 { (words::FIRST_TERM, None) } else { (words::SECOND_TERM, Some(())) };
        upper.push(Cell::head(term).spanning(count + 3, 1));
        let [regular, mid, last, result] = words::term_heads(assessment, second);
        middle.push(Cell::head(regular).spanning(*count, 1));
        middle.extend([mid, last, result].map(|head| Cell::head(head).spanning(1, 2)));
        lower.extend((1..=*count).map(|n| Cell::head(n.to_string())));
    }
    if with_year {
        upper.push(Cell::head(words::year_head(assessment)).spanning(1, 3));
    }
    vec![upper, middle, lower]
}

fn body_row(number: usize, row: &PrintedRow, first: usize, second: usize) -> Vec<Cell> {
    let mut cells = vec![Cell::new(number.to_string()), Cell::new(&row.pupil.name).left().heading_row()];
    let mut term = |printed: Option<&PrintedTerm>, count: usize| {
        let text = |pick: fn(&PrintedTerm) -> &String| printed.map(pick).cloned().unwrap_or_default();
        let regular = |n: usize| printed.and_then(|term| term.regular.get(n)).cloned().unwrap_or_default();
        cells.extend((0..count).map(|n| Cell::new(regular(n))));
        cells.push(Cell::new(text(|term| &term.mid)));
        cells.push(Cell::new(text(|term| &term.last)));
        cells.push(Cell::new(text(|term| &term.result)).bold());
    };
    term(Some(&row.first), first);
    if second > 0 {
        term(row.second.as_ref(), second);
        cells.push(Cell::new(row.year.clone().unwrap_or_default()).bold());
    }
    cells
}

fn summary(paper: &mut Paper, input: &ClassBook) -> Result<(), DocumentFault> {
    let gradebook = input.gradebook;
    let title =
        if gradebook.period == Period::FirstTerm { words::SUMMARY_FIRST_TERM } else { words::SUMMARY_YEAR };
    let section = paper.section(title);
    let column = paper.format().column();
    paper.heading(section, 1, Style::bold(15.0), Align::Centre, title);
    let line = words::sheet_line(gradebook.class.as_str(), gradebook.year, gradebook.period);
    paper.paragraph(section, Style::regular(12.0), column, Align::Centre, &line);
    paper.y += 6.0;
    let by = |assessment: Assessment| {
        gradebook.subjects.iter().filter(move |subject| subject.assessment == assessment)
    };
    let subjects: Vec<&Subject> = by(Assessment::Levels).chain(by(Assessment::Marks)).collect();
    let parts = subjects.len().div_ceil(SUMMARY_SUBJECTS).max(1);
    let per_part = subjects.len().div_ceil(parts).max(1);
    for (index, part) in subjects.chunks(per_part).enumerate() {
        if index > 0 {
            paper.turn();
        }
        let last = (index + 1 == parts).then_some(());
        summary_table(gradebook, title, column, part, last)?.draw(paper, section);
    }
    paper.y += 10.0;
    closing(paper, input, section);
    Ok(())
}

/// Places of homeroom teacher, principal and stamp: below the summary, or on a page of their own.
fn closing(paper: &mut Paper, input: &ClassBook, section: ElementId) {
    let boxes = signing_places::of_document(input.plan);
    let date = words::place_and_date(&input.roster.school.place, input.decided.date().parts());
    let column = paper.format().column();
    if paper.room() < signing_places::height(boxes.len()) + 26.0 {
        if paper.room() > 44.0 {
            signing_places::refer(paper, section, column, &boxes);
        }
        paper.turn();
        let section = paper.section(words::CLOSING);
        paper.heading(section, 1, Style::bold(15.0), Align::Centre, words::CLOSING_OF_BOOK);
        let gradebook = input.gradebook;
        let line = words::sheet_line(gradebook.class.as_str(), gradebook.year, gradebook.period);
        paper.paragraph(section, Style::regular(12.0), column, Align::Centre, &line);
        paper.y += 24.0;
        paper.paragraph(section, Style::italic(12.0), column, Align::Right, &date);
        paper.y += 6.0;
        signing_places::draw(paper, section, column, &boxes, None);
        return;
    }
    paper.paragraph(section, Style::italic(12.0), column, Align::Right, &date);
    paper.y += 2.0;
    signing_places::draw(paper, section, column, &boxes, None);
}

/// Most subjects that stand side by side in a summary; more are continued on further pages.
const SUMMARY_SUBJECTS: usize = 16;

/// Results of `subjects`, those assessed by levels first; conduct and absence in the last part.
fn summary_table(
    gradebook: &Gradebook,
    title: &str,
    column: Column,
    subjects: &[&Subject],
    last: Option<()>,
) -> Result<Table, DocumentFault> {
    let split = subjects.partition_point(|subject| subject.assessment == Assessment::Levels);
    let (levels, marks) = subjects.split_at(split);
    let subjects = subjects.len();
    let (conduct, absence) = if last.is_some() { (64.0, 46.0) } else { (0.0, 0.0) };
    let rest = column.width - NUMBER_WIDTH - NAME_WIDTH - conduct - 2.0 * absence;
    let unit = (rest / subjects.max(1) as f32).min(110.0);
    let mut widths = vec![NUMBER_WIDTH, NAME_WIDTH + (rest - unit * subjects as f32).min(80.0)];
    widths.extend(std::iter::repeat_n(unit, subjects));
    if last.is_some() {
        widths.extend([conduct, absence, absence]);
    }
    let width: f32 = widths.iter().sum();
    let mut upper =
        vec![Cell::head(words::NUMBER).spanning(1, 2), Cell::head(words::FULL_NAME).spanning(1, 2)];
    for (group, head) in [(levels, words::BY_LEVELS), (marks, words::BY_MARKS)] {
        if !group.is_empty() {
            upper.push(Cell::head(head).spanning(group.len(), 1));
        }
    }
    if last.is_some() {
        upper.push(Cell::head(words::CONDUCT).spanning(1, 2));
        upper.push(Cell::head(words::DAYS_ABSENT).spanning(2, 1));
    }
    let mut lower: Vec<Cell> = levels.iter().chain(marks).map(|subject| Cell::head(&subject.name)).collect();
    if last.is_some() {
        lower.extend([words::EXCUSED, words::UNEXCUSED].map(Cell::head));
    }
    let mut rows = Vec::with_capacity(gradebook.pupils.len());
    for (index, pupil) in gradebook.pupils.iter().enumerate() {
        let mut row = vec![Cell::new((index + 1).to_string()), Cell::new(&pupil.name).left().heading_row()];
        for subject in levels.iter().chain(marks) {
            let printed = printed(pupil, subject)?;
            row.push(Cell::new(printed.year.unwrap_or(printed.first.result)));
        }
        if last.is_some() {
            let conduct = pupil.conduct.year.unwrap_or(pupil.conduct.hk1);
            row.push(Cell::new(words::conduct(conduct)));
            row.push(Cell::new(pupil.absence.excused.to_string()));
            row.push(Cell::new(pupil.absence.unexcused.to_string()));
        }
        rows.push(row);
    }
    let (size, air, row_height) = row_measures(gradebook.pupils.len());
    Ok(Table {
        summary: title.to_owned(),
        continued: words::continued(title),
        x: column.x + (column.width - width) / 2.0,
        widths,
        size,
        padding: 3.0,
        air,
        row_height,
        followed_by: 0.0,
        header: vec![upper, lower],
        rows,
    })
}
