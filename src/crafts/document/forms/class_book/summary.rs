//! Sheets 9 and 10: tổng hợp học kì, tổng hợp cả năm học.

use school::gradebook::{Assessment, Pupil, Subject};

use super::super::super::layout::{Col, Grid, REST, Rows, col, group};
use super::super::super::look::{Align, Format, Style};
use super::super::super::paper::{ElementId, Paper};
use super::super::super::{DocumentFault, signing_places};
use super::super::regulation::Regulation;
use super::super::row;
use super::super::source::{Line, Source, TermOf};

/// Most subjects that stand side by side; more are continued in a further table.
const SUBJECTS: usize = 15;

/// A line of the summary: the result of each subject, then of all.
pub(in super::super) struct SummaryLine<'a> {
    pub line: Line<'a>,
    subjects: Vec<String>,
    average: String,
    study: &'static str,
    conduct: &'static str,
}

/// What of the year is summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Of {
    Term(TermOf),
    Year,
}

/// Subjects as the form groups them: those assessed by comments first.
fn in_order<'a>(source: &Source<'a>) -> Vec<&'a Subject> {
    let by = |assessment| source.gradebook.subjects.iter().filter(move |one| one.assessment == assessment);
    by(Assessment::Levels).chain(by(Assessment::Marks)).collect()
}

/// Lines of the summary.
pub(in super::super) fn summary_lines<'a>(
    source: &Source<'a>,
    of: Of,
) -> Result<Vec<SummaryLine<'a>>, DocumentFault> {
    let subjects = in_order(source);
    let mut lines = Vec::new();
    for line in source.lines() {
        let mut results = Vec::with_capacity(subjects.len());
        for subject in &subjects {
            let row = row::of(line.pupil, subject)?;
            let result = match of {
                Of::Term(term) => row.term(term).result.clone(),
                Of::Year => row.year.clone(),
            };
            results.push(if row.note.is_empty() { result } else { "Miễn".to_owned() });
        }
        let level = |pick: &dyn Fn(&'a Pupil) -> &'static str| line.pupil.map(pick).unwrap_or_default();
        lines.push(SummaryLine {
            line,
            subjects: results,
            average: line.text(|pupil| row::text(of.pick(&pupil.averages))),
            study: level(&|pupil| of.pick(&pupil.study).map_or("", row::study)),
            conduct: level(&|pupil| of.pick(&pupil.conduct).map_or("", row::conduct)),
        });
    }
    Ok(lines)
}

impl Of {
    fn pick<T: Copy>(self, of: &school::gradebook::YearOf<T>) -> Option<T> {
        match self {
            Self::Term(TermOf::First) => of.hk1,
            Self::Term(TermOf::Second) => of.hk2,
            Self::Year => of.year,
        }
    }
}

/// The tables of the summary: names and a run of subjects each, the levels over all in the last.
pub(in super::super) fn results_columns<'a>(source: &Source<'a>) -> Vec<Vec<Col<'a, SummaryLine<'a>>>> {
    let subjects = in_order(source);
    let parts = subjects.len().div_ceil(SUBJECTS).max(1);
    let per_part = subjects.len().div_ceil(parts).max(1);
    let mut tables = Vec::new();
    for part in 0..parts {
        let range = part * per_part..subjects.len().min((part + 1) * per_part);
        let mut columns = vec![
            col("Số TT", 26.0, |one: &SummaryLine| one.line.number.to_string()),
            col("Họ và tên học sinh", 124.0, |one: &SummaryLine| one.line.name()).heads_rows(),
        ];
        let of = |assessment| {
            let within = subjects.iter().enumerate().filter(|(at, _)| range.contains(at));
            within.filter(move |(_, subject)| subject.assessment == assessment).map(|(at, subject)| {
                col(&subject.name, REST, move |one: &SummaryLine| one.subjects[at].clone())
            })
        };
        let levels: Vec<_> = of(Assessment::Levels).collect();
        let marks: Vec<_> = of(Assessment::Marks).collect();
        if !levels.is_empty() {
            columns.push(group("Môn học đánh giá bằng nhận xét", levels));
        }
        if !marks.is_empty() {
            columns.push(group("Môn học đánh giá bằng nhận xét kết hợp đánh giá bằng điểm số", marks));
        }
        if part + 1 == parts {
            if source.regulation == Regulation::Tt58 {
                columns.push(col("ĐTB các môn", 40.0, |one: &SummaryLine| one.average.clone()).bold());
            }
            columns.push(col(source.regulation.study(), 50.0, |one: &SummaryLine| one.study).bold());
            columns.push(col(source.regulation.conduct(), 50.0, |one: &SummaryLine| one.conduct).bold());
        }
        tables.push(columns);
    }
    tables
}

/// Sheet 9; of a book that ends with the first term it carries the places of the class.
pub(super) fn of_term(paper: &mut Paper, source: &Source, term: TermOf) -> Result<(), DocumentFault> {
    let title = format!("TỔNG HỢP {}", term.title());
    if source.has_year() || source.terms().last() != Some(&term) {
        let below = signing_places::reference_height(paper);
        let section = draw(paper, source, &title, Of::Term(term), below)?;
        refer(paper, section, source);
    } else {
        let below = closing_height(paper, source);
        let section = draw(paper, source, &title, Of::Term(term), below)?;
        closing(paper, section, source);
    }
    Ok(())
}

/// Sheet 10.
pub(super) fn of_year(paper: &mut Paper, source: &Source) -> Result<(), DocumentFault> {
    let below = signing_places::reference_height(paper);
    let section = draw(paper, source, "TỔNG HỢP CẢ NĂM HỌC", Of::Year, below)?;
    refer(paper, section, source);
    Ok(())
}

/// The summary; its last rows share a page with the `below` points that follow.
fn draw(
    paper: &mut Paper,
    source: &Source,
    title: &str,
    of: Of,
    below: f32,
) -> Result<ElementId, DocumentFault> {
    let section = paper.sheet(Format::LANDSCAPE, title);
    paper.centred(section, Style::regular(12.0), &source.sheet_line());
    paper.gap(6.0);
    let lines = summary_lines(source, of)?;
    for (index, columns) in results_columns(source).into_iter().enumerate() {
        if index > 0 {
            paper.turn();
        }
        let rows = Rows { padding: 2.0, ..Rows::of_class(lines.len()) };
        Grid { title: title.into(), columns, rows, followed_by: below + 8.0 }.draw(paper, section, &lines);
    }
    paper.gap(8.0);
    Ok(section)
}

/// Who confirms the class, by the page of their signature.
fn refer(paper: &mut Paper, section: ElementId, source: &Source) {
    paper.keep(signing_places::reference_height(paper));
    let column = paper.format().column();
    signing_places::refer(paper, section, column, &signing_places::of_document(source.plan));
}

/// Height of [`closing`].
pub(in super::super) fn closing_height(paper: &Paper, source: &Source) -> f32 {
    signing_places::height(&paper.leaders, &signing_places::of_document(source.plan)) + 20.0
}

/// Date and places of homeroom teacher, head and stamp.
pub(in super::super) fn closing(paper: &mut Paper, section: ElementId, source: &Source) {
    let boxes = signing_places::of_document(source.plan);
    paper.keep(closing_height(paper, source));
    let column = paper.format().column();
    paper.paragraph(section, Style::italic(12.0), column, Align::Right, &source.dated());
    paper.gap(2.0);
    signing_places::draw(paper, section, column, &boxes, None);
}
