//! Sheet 5: điểm danh, one page for each month of which the export knows the days. An export that
//! carries totals only gives one page of totals: an empty month would say that nobody was absent. An empty book has every
//! month of its year.

use std::collections::BTreeSet;

use school::gradebook::{AbsenceKind, Day, Month, MonthAttendance};

use super::super::super::layout::{Col, Grid, Rows, col, group};
use super::super::super::look::{Format, Style};
use super::super::super::paper::{ElementId, Paper};
use super::super::source::{Line, Source};
use super::{name, number};

/// The months in order, or the totals.
pub(super) fn draw(paper: &mut Paper, source: &Source) {
    let months: BTreeSet<Month> = source
        .gradebook
        .pupils
        .iter()
        .flat_map(|pupil| pupil.attendance.iter().map(|attendance| attendance.month))
        .collect();
    let months = if source.is_blank() { of_school_year(source) } else { months };
    if months.is_empty() {
        totals(paper, source);
    }
    for month in months {
        one_month(paper, source, month);
    }
}

/// September to May, for a book that is kept by hand.
fn of_school_year(source: &Source) -> BTreeSet<Month> {
    let begins = source.gradebook.year.begins();
    let months = (9..=12).map(|month| (begins, month)).chain((1..=5).map(|month| (begins + 1, month)));
    months.filter_map(|(year, month)| format!("{year}-{month:02}").parse().ok()).collect()
}

fn one_month(paper: &mut Paper, source: &Source, month: Month) {
    let title = format!("ĐIỂM DANH THÁNG {} NĂM {}", month.month(), month.year());
    let section = paper.sheet(Format::LANDSCAPE, &title);
    let class = source.gradebook.class.as_str();
    let count = match source.gradebook.pupils.len() {
        0 => "……".to_owned(),
        count => count.to_string(),
    };
    let count = format!("Tổng số học sinh của lớp {class}: {count}");
    paper.centred(section, Style::regular(12.0), &count);
    paper.gap(6.0);
    let lines = source.lines();
    let days = (1..=31).map(|day| {
        let weekday = if day <= month.days() { weekday(month, day) } else { "" };
        group(day, [col(weekday, 16.4, move |line: &Line| letter(line, month, day))])
    });
    let columns = vec![
        number(),
        group("Ngày", [col("Thứ / Họ và tên", 128.0, |line: &Line| line.name()).heads_rows()]),
        group("Ngày trong tháng, thứ trong tuần", days),
        group(
            "Tổng số buổi nghỉ",
            [
                col("TS", 24.0, move |line: &Line| of_month(line, month, [true, true])),
                col("P", 24.0, move |line: &Line| of_month(line, month, [true, false])),
                col("K", 24.0, move |line: &Line| of_month(line, month, [false, true])),
            ],
        ),
    ];
    let rows = Rows { padding: 1.2, size: 9.5, ..Rows::of_class(lines.len()) };
    Grid { title, columns, rows, followed_by: 0.0 }.draw(paper, section, &lines);
    legend(paper, section);
}

fn legend(paper: &mut Paper, section: ElementId) {
    paper.gap(4.0);
    let text = "P: nghỉ có phép; K: nghỉ không phép; TS: tổng số buổi nghỉ.";
    paper.centred(section, Style::italic(10.0), text);
}

fn totals(paper: &mut Paper, source: &Source) {
    let title = "ĐIỂM DANH – TỔNG SỐ BUỔI NGHỈ HỌC";
    let section = paper.sheet(Format::BOOK, title);
    paper.centred(section, Style::regular(12.0), &source.sheet_line());
    paper.gap(6.0);
    let lines = source.lines();
    let total = |line: &Line| line.text(|pupil| pupil.absence.total().to_string());
    let columns: Vec<Col<Line>> = vec![
        number(),
        name(220.0),
        group(
            "Tổng số buổi nghỉ",
            [
                col("TS", 50.0, total),
                col("P", 50.0, |line: &Line| line.text(|pupil| pupil.absence.excused.to_string())),
                col("K", 50.0, |line: &Line| line.text(|pupil| pupil.absence.unexcused.to_string())),
            ],
        ),
    ];
    let rows = Rows::of_class(lines.len());
    Grid { title: title.into(), columns, rows, followed_by: 20.0 }.draw(paper, section, &lines);
    legend(paper, section);
}

fn month_of<'a>(line: &Line<'a>, month: Month) -> Option<&'a MonthAttendance> {
    line.pupil?.attendance.iter().find(|attendance| attendance.month == month)
}

fn letter(line: &Line, month: Month, day: u8) -> &'static str {
    let kind = month_of(line, month)
        .and_then(|attendance| Day::try_from(day).ok().and_then(|day| attendance.days.get(&day)));
    match kind {
        Some(AbsenceKind::Excused) => "P",
        Some(AbsenceKind::Unexcused) => "K",
        None => "",
    }
}

/// How often absent in the month: with leave, without leave, or both.
fn of_month(line: &Line, month: Month, [excused, unexcused]: [bool; 2]) -> String {
    let Some(attendance) = month_of(line, month) else { return String::new() };
    let counts = attendance.days.values().filter(|kind| match kind {
        AbsenceKind::Excused => excused,
        AbsenceKind::Unexcused => unexcused,
    });
    counts.count().to_string()
}

/// `2` to `7` and `CN` (Zeller's congruence).
fn weekday(month: Month, day: u8) -> &'static str {
    let (mut year, mut m) = (i32::from(month.year()), i32::from(month.month()));
    if m < 3 {
        (year, m) = (year - 1, m + 12);
    }
    let at = (i32::from(day) + 13 * (m + 1) / 5 + year + year / 4 - year / 100 + year / 400).rem_euclid(7);
    ["7", "CN", "2", "3", "4", "5", "6"][at as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        let of = |month: &str, day| weekday(month.parse().expect("a month"), day);
        assert_eq!((of("2025-09", 5), of("2026-02", 1), of("2024-02", 29)), ("6", "CN", "5"));
    }
}
