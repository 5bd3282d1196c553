//! Sheet 11: xếp loại cả năm học, with tổng hợp chung and the places of the class.

use school::gradebook::Outcome;

use super::super::super::layout::{Grid, REST, Rows, col, group};
use super::super::super::look::{Align, Format, Style};
use super::super::super::paper::{ElementId, Paper};
use super::super::regulation::Regulation;
use super::super::row;
use super::super::source::{Line, Source};
use super::{name, number, summary};

/// Height of the totals below the table.
const TOTALS: f32 = 78.0;

/// The classification of the year.
pub(super) fn draw(paper: &mut Paper, source: &Source) {
    let title = "XẾP LOẠI CẢ NĂM HỌC";
    let section = paper.sheet(Format::LANDSCAPE, title);
    paper.centred(section, Style::regular(12.0), &source.sheet_line());
    paper.gap(6.0);
    let lines = source.lines();
    let (study, conduct) = (source.regulation.study(), source.regulation.conduct());
    let (levels, after, again) = match source.regulation {
        Regulation::Tt22 => (
            "Mức đánh giá",
            "Mức đánh giá sau khi rèn luyện trong kì nghỉ hè; kiểm tra, đánh giá lại",
            ("Rèn luyện", "Học tập"),
        ),
        Regulation::Tt58 => (
            "Kết quả xếp loại",
            "Xếp loại sau khi kiểm tra lại các môn học hoặc rèn luyện thêm về hạnh kiểm",
            (conduct, study),
        ),
    };
    let columns = vec![
        number(),
        name(142.0),
        group(
            levels,
            [
                col(conduct, 56.0, |line: &Line| level(line, |pupil| pupil.conduct.year.map(row::conduct))),
                col(study, 56.0, |line: &Line| level(line, |pupil| pupil.study.year.map(row::study))),
            ],
        ),
        group(
            after,
            [
                col(again.0, 62.0, |line: &Line| level(line, |pupil| pupil.conduct.retest.map(row::conduct))),
                col(again.1, 62.0, |line: &Line| level(line, |pupil| pupil.study.retest.map(row::study))),
            ],
        ),
        col("Tổng số buổi nghỉ học", 50.0, |line: &Line| {
            line.text(|pupil| pupil.absence.total().to_string())
        }),
        col("Được lên lớp", 50.0, |line: &Line| crossed(line, is_promoted)),
        col("Không được lên lớp", 54.0, |line: &Line| {
            crossed(line, |outcome| outcome == Outcome::Retained)
        }),
        col("Khen thưởng", REST, |line: &Line| line.text(honours)).left(),
    ];
    let rows = Rows::of_class(lines.len());
    Grid { title: title.into(), columns, rows, followed_by: TOTALS + summary::closing_height(paper, source) }
        .draw(paper, section, &lines);
    paper.gap(8.0);
    totals(paper, section, source);
    summary::closing(paper, section, source);
}

fn level(line: &Line, pick: impl Fn(&school::gradebook::Pupil) -> Option<&'static str>) -> &'static str {
    line.pupil.and_then(pick).unwrap_or_default()
}

const fn is_promoted(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Promoted | Outcome::PromotedAfterSummer)
}

fn crossed(line: &Line, is: impl Fn(Outcome) -> bool) -> &'static str {
    if line.pupil.and_then(|pupil| pupil.outcome).is_some_and(is) { "x" } else { "" }
}

/// Title and awards.
fn honours(pupil: &school::gradebook::Pupil) -> String {
    let title = pupil.honour.map(row::honour).map(str::to_owned);
    let awards = (!pupil.awards.is_empty()).then(|| pupil.awards.clone());
    title.into_iter().chain(awards).collect::<Vec<_>>().join("; ")
}

/// Tổng hợp chung; numbers stay open while the export says nothing of promotion.
fn totals(paper: &mut Paper, section: ElementId, source: &Source) {
    let pupils = &source.gradebook.pupils;
    let known = pupils.iter().any(|pupil| pupil.outcome.is_some());
    let count = |is: &dyn Fn(Outcome) -> bool| {
        let number = pupils.iter().filter(|pupil| pupil.outcome.is_some_and(is)).count();
        if known { number.to_string() } else { String::new() }
    };
    let whole = if pupils.is_empty() { String::new() } else { pupils.len().to_string() };
    paper.keep(TOTALS);
    paper.heading(section, 2, Style::bold(12.5), Align::Left, "Tổng hợp chung");
    let column = paper.format().column();
    let promoted = count(&is_promoted);
    let after_summer = count(&|outcome| outcome == Outcome::PromotedAfterSummer);
    let retained = count(&|outcome| outcome == Outcome::Retained);
    paper.dotted_row(
        section,
        12.0,
        column,
        &[(1.0, "Tổng số học sinh", &whole), (1.0, "Được lên lớp", &promoted)],
    );
    paper.dotted_row(
        section,
        12.0,
        column,
        &[
            (1.6, "Trong đó được lên lớp sau khi học tập, rèn luyện thêm trong hè", &after_summer),
            (1.0, "Không được lên lớp", &retained),
        ],
    );
    paper.gap(6.0);
}
