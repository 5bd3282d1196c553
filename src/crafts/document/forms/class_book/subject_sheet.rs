//! Sheets 7 and 8: the list of one subject in one term, and below it who teaches the subject.

use school::gradebook::{Assessment, Subject};

use super::super::super::layout::{Col, Grid, REST, Rows, col, group};
use super::super::super::look::{Align, Column, Format, Style};
use super::super::super::paper::{ElementId, Paper};
use super::super::super::{DocumentFault, printed_words as words, signing_places};
use super::super::regulation::Regulation;
use super::super::row::{self, Row};
use super::super::source::{Line, Source, TermOf};

/// A line of the list with what is printed in it.
struct Marked<'a> {
    line: Line<'a>,
    row: Row,
}

/// Least columns of regular assessments: the form has four.
const REGULAR: usize = 4;
const REGULAR_LEVELS: usize = 4;

/// The sheet of one subject in one term.
pub(super) fn draw(
    paper: &mut Paper,
    source: &Source,
    subject: &Subject,
    term: TermOf,
) -> Result<(), DocumentFault> {
    let name = words::subject_title(&subject.name);
    let section = paper.leaf(Format::BOOK, &format!("{} – {name}", term.title()));
    paper.centred(section, Style::bold(13.0), term.title());
    paper.title(section, &name);
    paper.centred(section, Style::regular(12.0), &source.sheet_line());
    paper.gap(5.0);
    let mut rows = Vec::new();
    for line in source.lines() {
        rows.push(Marked { line, row: row::of(line.pupil, subject)? });
    }
    let least = if subject.assessment == Assessment::Marks { REGULAR } else { REGULAR_LEVELS };
    let regular = rows.iter().map(|one| one.row.term(term).regular.len()).max().unwrap_or(0).max(least);
    let year = term == TermOf::Second && source.has_year();
    let columns = match subject.assessment {
        Assessment::Marks => by_marks(source.regulation, term, regular, year),
        Assessment::Levels => by_levels(source.regulation, term, regular, year),
    };
    let rest = signing_places::ROW_HEIGHT + 8.0;
    let grid = Grid {
        title: format!("{} {name}", term.title()),
        columns,
        rows: Rows::of_class(rows.len()),
        followed_by: rest,
    };
    let strip = grid.draw(paper, section, &rows);
    paper.gap(6.0);
    below_list(paper, source, subject, term, section, strip);
    Ok(())
}

fn first_columns<'a>() -> Vec<Col<'a, Marked<'a>>> {
    vec![
        col("Số TT", 26.0, |one: &Marked| one.line.number.to_string()),
        col("Họ và tên học sinh", 138.0, |one: &Marked| one.line.name()).heads_rows(),
    ]
}

fn by_marks<'a>(
    regulation: Regulation,
    term: TermOf,
    regular: usize,
    year: bool,
) -> Vec<Col<'a, Marked<'a>>> {
    let again = match regulation {
        Regulation::Tt22 => "Đánh giá lại",
        Regulation::Tt58 => "Kiểm tra lại",
    };
    let (average, of_year) = match (regulation, term) {
        (Regulation::Tt22, TermOf::First) => ("ĐTBmhkI", "ĐTBmcn"),
        (Regulation::Tt22, TermOf::Second) => ("ĐTBmhkII", "ĐTBmcn"),
        (Regulation::Tt58, TermOf::First) => ("TBHKI", "TBcn"),
        (Regulation::Tt58, TermOf::Second) => ("TBHKII", "TBcn"),
    };
    let mut columns = first_columns();
    columns.extend([
        group("ĐĐGtx", (0..regular).map(|n| col(n + 1, 24.5, move |one: &Marked| nth(one, term, n)))),
        col("ĐĐGgk", 38.0, move |one: &Marked| one.row.term(term).mid.clone()),
        col("ĐĐGck", 38.0, move |one: &Marked| one.row.term(term).last.clone()),
        col(average, 50.0, move |one: &Marked| one.row.term(term).result.clone()).bold(),
    ]);
    if year {
        columns.extend([
            col(of_year, 43.0, |one: &Marked| one.row.year.clone()).bold(),
            col(again, 34.0, |one: &Marked| one.row.retest.clone()),
        ]);
    }
    columns.push(col("Ghi chú", REST, |one: &Marked| one.row.note));
    columns
}

fn by_levels<'a>(
    regulation: Regulation,
    term: TermOf,
    regular: usize,
    year: bool,
) -> Vec<Col<'a, Marked<'a>>> {
    let mut levels = vec![
        group("Thường xuyên", (0..regular).map(|n| col(n + 1, 23.0, move |one: &Marked| nth(one, term, n)))),
        col("Giữa kì", 33.0, move |one: &Marked| one.row.term(term).mid.clone()),
        col("Cuối kì", 33.0, move |one: &Marked| one.row.term(term).last.clone()),
        col("Học kì", 36.0, move |one: &Marked| one.row.term(term).result.clone()).bold(),
    ];
    if year {
        levels.push(col("Cả năm", 36.0, |one: &Marked| one.row.year.clone()).bold());
    }
    let mut columns = first_columns();
    columns.push(group("Mức đánh giá: Đạt (Đ), Chưa đạt (CĐ)", levels));
    if year {
        let again = match regulation {
            Regulation::Tt22 => "Mức đánh giá lại",
            Regulation::Tt58 => "Kiểm tra lại",
        };
        columns.push(col(again, 40.0, |one: &Marked| one.row.retest.clone()));
    }
    columns.push(col("Ghi chú", REST, |one: &Marked| one.row.note));
    columns
}

fn nth(one: &Marked, term: TermOf, n: usize) -> String {
    one.row.term(term).regular.get(n).cloned().unwrap_or_default()
}

/// The legend at the left, who teaches the subject at the right: places below the last list, before it
/// the page on which they are.
fn below_list(
    paper: &mut Paper,
    source: &Source,
    subject: &Subject,
    term: TermOf,
    section: ElementId,
    strip: Column,
) {
    let boxes = signing_places::of_subject(source.plan, subject);
    let is_last = source.terms().last() == Some(&term);
    let height = if is_last {
        signing_places::height(&paper.leaders, &boxes).max(signing_places::ROW_HEIGHT)
    } else {
        signing_places::reference_height(paper)
    };
    paper.keep(height);
    let top = paper.y;
    let width = (signing_places::PLACE_WIDTH + 10.0) * boxes.len().clamp(1, 2) as f32;
    if subject.assessment == Assessment::Marks && boxes.len() < 2 {
        let left = Column { x: strip.x, width: strip.width - width - 24.0 };
        paper.paragraph(section, Style::italic(9.5), left, Align::Left, legend(source.regulation));
    }
    let below_legend = paper.y;
    paper.y = top;
    let right = Column { x: strip.x + strip.width - width, width };
    if is_last {
        signing_places::draw(paper, section, right, &boxes, Some(subject));
    } else {
        signing_places::refer(paper, section, right, &boxes);
    }
    paper.y = paper.y.max(below_legend);
}

const fn legend(regulation: Regulation) -> &'static str {
    match regulation {
        Regulation::Tt22 => {
            "ĐĐGtx, ĐĐGgk, ĐĐGck: điểm đánh giá thường xuyên, giữa kì, cuối kì; ĐTBmhk, ĐTBmcn: điểm trung bình môn \
             học kì, cả năm."
        }
        Regulation::Tt58 => {
            "ĐĐGtx, ĐĐGgk, ĐĐGck: điểm đánh giá thường xuyên, giữa kì, cuối kì; TBHKI, TBHKII, TBcn: điểm trung bình \
             môn học kì, cả năm."
        }
    }
}
