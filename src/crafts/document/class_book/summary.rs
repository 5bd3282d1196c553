//! Summary of all subjects, conduct and absence, with the confirmation of the whole book.

use school::dossier::Period;
use school::gradebook::{Assessment, Gradebook, Subject};

use super::super::paper::{Align, Column, ElementId, Paper, Style};
use super::super::table::{Cell, Table};
use super::super::{DocumentFault, printed_words as words, signing_places};
use super::printed_row::printed;
use super::{ClassBook, NAME_WIDTH, NUMBER_WIDTH, row_measures};

/// The summary and, where it fits below, the confirmation.
pub(super) fn draw(paper: &mut Paper, input: &ClassBook) -> Result<(), DocumentFault> {
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
        let last = (index + 1 == parts).then_some(());
        let table = summary_table(gradebook, title, column, part, last)?;
        if index > 0 {
            paper.turn();
            table.running_title(paper);
        }
        table.draw(paper, section);
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

/// From this many subjects on the names of pupils give way.
const MANY_SUBJECTS: usize = 8;
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
    // Many subjects need the width more than names do, which can wrap.
    let many = subjects > MANY_SUBJECTS;
    let (name, conduct, absence) =
        if many { (NAME_WIDTH - 22.0, 54.0, 36.0) } else { (NAME_WIDTH, 72.0, 52.0) };
    let (conduct, absence) = if last.is_some() { (conduct, absence) } else { (0.0, 0.0) };
    let rest = column.width - NUMBER_WIDTH - name - conduct - 2.0 * absence;
    let unit = (rest / subjects.max(1) as f32).min(120.0);
    let mut widths = vec![NUMBER_WIDTH, name + rest - unit * subjects as f32];
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
    let first_term = gradebook.period == Period::FirstTerm;
    for (index, pupil) in gradebook.pupils.iter().enumerate() {
        let mut row = vec![Cell::new((index + 1).to_string()), Cell::new(&pupil.name).left().heading_row()];
        for subject in levels.iter().chain(marks) {
            let printed = printed(pupil, subject)?;
            row.push(Cell::new(if first_term {
                printed.first.result
            } else {
                printed.year.unwrap_or_default()
            }));
        }
        if last.is_some() {
            let conduct = if first_term { pupil.conduct.hk1 } else { pupil.conduct.year };
            row.push(Cell::new(conduct.map(words::conduct).unwrap_or_default()));
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
        padding: if many { 2.0 } else { 3.0 },
        air,
        row_height,
        followed_by: 0.0,
        header: vec![upper, lower],
        rows,
    })
}
