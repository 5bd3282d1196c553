//! The left page of a school year: each subject with its results, remark and the place of its teacher.

use std::collections::BTreeSet;

use school::gradebook::{Change, Pupil, Subject};
use school::role::Role;

use super::super::super::layout::{Col, Grid, REST, Rows, col, group};
use super::super::super::look::{Align, Format, Style};
use super::super::super::paper::{ElementId, Paper};
use super::super::super::table::Cell;
use super::super::super::{DocumentFault, signing_places};
use super::super::regulation::{Regulation, Stage};
use super::super::row::{self, Row};
use super::super::source::{Source, TermOf};

/// A row of the table.
struct Line<'a> {
    /// None in the row of ĐTB các môn.
    subject: Option<&'a Subject>,
    row: Row,
    remark: &'a str,
}

impl Line<'_> {
    fn name(&self) -> String {
        self.subject.map_or("ĐTB các môn", |subject| subject.name.as_str()).to_owned()
    }
}

/// Height that the table may take, so that the confirmations below it stay on this page.
const TABLE_HEIGHT: f32 = 490.0;
const PLACE_WIDTH: f32 = 112.0;
/// Height of a teacher's place: as high as the number of subjects allows.
const PLACE_LEAST: f32 = 27.0;
const PLACE_MOST: f32 = 46.0;

/// The left page.
pub(super) fn draw(paper: &mut Paper, source: &Source, pupil: &Pupil) -> Result<(), DocumentFault> {
    let gradebook = source.gradebook;
    let section = paper.leaf(Format::PORTRAIT, &format!("Kết quả học tập năm học {}", gradebook.year));
    let column = paper.format().column();
    let (class, year) = (gradebook.class.to_string(), gradebook.year.to_string());
    let title = "KẾT QUẢ HỌC TẬP";
    paper.heading(section, 1, Style::bold(14.0), Align::Centre, title);
    paper.dotted_row(
        section,
        12.0,
        column,
        &[(5.0, "Họ và tên", &pupil.name), (1.6, "Lớp", &class), (2.8, "Năm học", &year)],
    );
    let of_old_upper = source.regulation == Regulation::Tt58 && source.stage == Stage::Upper;
    if of_old_upper {
        // No export names them: they stay to be written.
        paper.dotted_row(section, 12.0, column, &[(1.0, "Ban", ""), (1.0, "Môn học nâng cao", "")]);
    }
    paper.gap(4.0);
    let mut rows = Vec::with_capacity(gradebook.subjects.len() + 1);
    for subject in &gradebook.subjects {
        let remark = pupil.subjects.get(&subject.id).map_or("", |row| &row.remark);
        rows.push(Line { subject: Some(subject), row: row::of(Some(pupil), subject)?, remark });
    }
    if source.regulation == Regulation::Tt58 {
        rows.push(Line { subject: None, row: row::of_averages(&pupil.averages), remark: "" });
    }
    let height = (TABLE_HEIGHT / rows.len().max(1) as f32 - 4.0).clamp(PLACE_LEAST, PLACE_MOST);
    let look = Rows { size: 10.0, air: 1.0, height: height + 4.0, padding: 2.5, yielding: false };
    let columns = columns(source, height);
    Grid { title: title.into(), columns, rows: look, followed_by: 0.0 }.draw(paper, section, &rows);
    below(paper, section, source);
    Ok(())
}

fn columns<'a>(source: &Source<'a>, height: f32) -> Vec<Col<'a, Line<'a>>> {
    let plan = source.plan;
    let signed = move |one: &Line| {
        let place = one.subject.and_then(|subject| signing_places::in_cell(plan, subject, height));
        Cell::from(one.row.note).with_place(place)
    };
    // The form has all three, whatever the period knows of them.
    let terms = [
        col("Học kì I", 32.0, |one: &Line| one.row.term(TermOf::First).result.clone()),
        col("Học kì II", 32.0, |one: &Line| one.row.term(TermOf::Second).result.clone()),
        col("Cả năm", 32.0, |one: &Line| one.row.year.clone()).bold(),
    ];
    match source.regulation {
        Regulation::Tt22 => vec![
            col("Môn học/Hoạt động giáo dục", 78.0, Line::name).heads_rows(),
            group("Điểm trung bình môn học hoặc mức đánh giá", terms),
            col("Điểm hoặc mức đánh giá sau đánh giá lại (nếu có)", 54.0, |one: &Line| {
                one.row.retest.clone()
            }),
            group(
                "Nhận xét sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu (nếu có) và chữ kí của giáo viên môn học",
                [
                    col("Nhận xét", REST, |one: &Line| one.remark.to_owned()).left(),
                    col("Chữ kí", PLACE_WIDTH + 5.0, signed),
                ],
            ),
        ],
        Regulation::Tt58 => vec![
            col("Môn học", 100.0, Line::name).heads_rows(),
            group("Điểm trung bình hoặc xếp loại các môn học", terms),
            col("Điểm kiểm tra lại (nếu có)", 60.0, |one: &Line| one.row.retest.clone()),
            group(
                "Giáo viên bộ môn",
                [
                    col("Nhận xét", REST, |one: &Line| one.remark.to_owned()).left(),
                    col("Xác nhận, chữ kí", PLACE_WIDTH + 5.0, signed),
                ],
            ),
        ],
    }
}

/// How many results were corrected, and of which subjects; nothing in a first version.
fn corrected(source: &Source) -> (String, String) {
    let Some(corrected) = &source.corrects else { return Default::default() };
    let shown = |change: &&Change| {
        [".result", ".year", ".retest", ".remark"].iter().any(|cell| change.path.ends_with(cell))
    };
    let of_subjects = corrected.changes.iter().filter(shown).filter_map(Change::subject);
    let subjects: BTreeSet<_> = of_subjects.clone().collect();
    let named = source.gradebook.subjects.iter().filter(|subject| subjects.contains(&subject.id));
    let names: Vec<&str> = named.map(|subject| subject.name.as_str()).collect();
    (of_subjects.count().to_string(), names.join(", "))
}

/// Corrections, and the two confirmations, which are signed once on the right page.
fn below(paper: &mut Paper, section: ElementId, source: &Source) {
    let column = paper.format().column();
    paper.keep(70.0);
    paper.gap(5.0);
    let (places, subjects) = corrected(source);
    paper.dotted_row(
        section,
        11.0,
        column,
        &[(1.0, "Trong bảng này có sửa chữa ở (số chỗ)", &places), (1.0, "thuộc các môn học", &subjects)],
    );
    let confirms: Vec<_> = [Role::Gvcn, Role::HieuTruong]
        .into_iter()
        .filter_map(|role| signing_places::of_role(source.plan, role))
        .collect();
    signing_places::refer_as(paper, section, column, &confirms, |title| format!("Xác nhận của {title}"));
}
