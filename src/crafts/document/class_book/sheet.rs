//! Sheet of one subject: the list with both terms, and below it the place of the subject's teacher.

use school::dossier::Period;
use school::gradebook::{Assessment, Gradebook, Subject};

use super::super::paper::{Align, Column, ElementId, Paper, Style};
use super::super::table::{Cell, Table};
use super::super::{DocumentFault, printed_words as words, signing_places};
use super::printed_row::{PrintedRow, PrintedTerm, printed};
use super::{ClassBook, NAME_WIDTH, NUMBER_WIDTH, row_measures};

const NAME_WIDTH_MOST: f32 = 240.0;
const TEST_WIDTH: f32 = 41.0;
const RESULT_WIDTH: f32 = 56.0;
const REGULAR_WIDTH_LEAST: f32 = 21.0;
const REGULAR_WIDTH_MOST: f32 = 52.0;

/// The sheet of one subject.
pub(super) fn draw(paper: &mut Paper, input: &ClassBook, subject: &Subject) -> Result<(), DocumentFault> {
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
