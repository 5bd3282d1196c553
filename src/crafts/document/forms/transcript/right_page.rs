//! The right page of a school year: levels, absence, promotion, certificates, awards, summer, the remark
//! of the homeroom teacher and the places of the document.

use school::gradebook::{Conduct, Pupil, Study, YearOf};
use school::role::Role;

use super::super::super::layout::{Col, Grid, REST, Rows, col, group};
use super::super::super::look::{Align, Format, Style};
use super::super::super::paper::{ElementId, Paper};
use super::super::super::{printed_words as words, signing_places};
use super::super::regulation::Regulation;
use super::super::row;
use super::super::source::Source;

/// What stands in the table: one row for each term, or for the year.
struct Levels {
    of: &'static str,
    conduct: &'static str,
    study: &'static str,
    average: String,
    absence: String,
    conduct_again: &'static str,
    study_again: &'static str,
}

/// The right page.
pub(super) fn draw(paper: &mut Paper, source: &Source, pupil: &Pupil) {
    let year = source.gradebook.year;
    let section = paper.leaf(Format::PORTRAIT, &format!("Kết quả rèn luyện và học tập năm học {year}"));
    let title = "KẾT QUẢ RÈN LUYỆN VÀ HỌC TẬP";
    paper.heading(section, 1, Style::bold(14.0), Align::Centre, title);
    let column = paper.format().column();
    let school = source.school();
    paper.dotted(section, 12.0, column, "Trường", &school.name);
    paper.dotted_row(
        section,
        12.0,
        column,
        &[(1.0, "Xã/Phường", &school.ward), (1.0, "Tỉnh/Thành phố", &school.province)],
    );
    paper.gap(4.0);
    let rows = levels(source, pupil);
    let look = Rows { size: 11.0, height: 21.0, ..Rows::WIDE };
    Grid { title: title.into(), columns: columns(source), rows: look, followed_by: 0.0 }
        .draw(paper, section, &rows);
    paper.gap(6.0);
    let outcome = pupil.outcome.map_or("", row::outcome);
    let certificates = match source.regulation {
        Regulation::Tt22 => "Chứng chỉ (nếu có)",
        Regulation::Tt58 => "Chứng chỉ nghề (nếu có)",
    };
    let mut facts = vec![
        ("Được lên lớp/Không được lên lớp", outcome),
        (certificates, pupil.certificates.as_str()),
        ("Kết quả tham gia các cuộc thi, khen thưởng", pupil.awards.as_str()),
        ("Danh hiệu", pupil.honour.map_or("", row::honour)),
        ("Kết quả rèn luyện trong kì nghỉ hè (nếu có)", pupil.summer.as_str()),
    ];
    if source.ends_the_upper_level() {
        let completed = pupil.outcome.map_or("", row::completed);
        facts.insert(1, ("Hoàn thành chương trình trung học phổ thông", completed));
    }
    for (label, value) in facts {
        paper.dotted(section, 12.0, column, label, value);
    }
    paper.gap(8.0);
    closing(paper, source, pupil);
}

fn levels(source: &Source, pupil: &Pupil) -> Vec<Levels> {
    let of = |of, pick: Pick, absence: String, again: bool| Levels {
        of,
        conduct: (pick.conduct)(&pupil.conduct).map_or("", row::conduct),
        study: (pick.study)(&pupil.study).map_or("", row::study),
        average: row::text((pick.average)(&pupil.averages)),
        absence,
        conduct_again: pupil.conduct.retest.filter(|_| again).map_or("", row::conduct),
        study_again: pupil.study.retest.filter(|_| again).map_or("", row::study),
    };
    let total = if source.is_blank() { String::new() } else { pupil.absence.total().to_string() };
    let first = Pick { conduct: |all| all.hk1, study: |all| all.hk1, average: |all| all.hk1 };
    let second = Pick { conduct: |all| all.hk2, study: |all| all.hk2, average: |all| all.hk2 };
    let year = Pick { conduct: |all| all.year, study: |all| all.year, average: |all| all.year };
    let (of_first, of_year) = if source.has_year() { (String::new(), total) } else { (total, String::new()) };
    vec![
        of("Học kì I", first, of_first, false),
        of("Học kì II", second, String::new(), false),
        of("Cả năm", year, of_year, true),
    ]
}

/// Which of the levels a row shows.
#[derive(Clone, Copy)]
struct Pick {
    conduct: fn(&YearOf<Conduct>) -> Option<Conduct>,
    study: fn(&YearOf<Study>) -> Option<Study>,
    average: fn(&YearOf<school::gradebook::Mark>) -> Option<school::gradebook::Mark>,
}

fn columns<'a>(source: &Source) -> Vec<Col<'a, Levels>> {
    let first = col("Học kì", 58.0, |one: &Levels| one.of).heads_rows();
    let head = if source.has_year() {
        "Tổng số buổi nghỉ học cả năm"
    } else {
        "Tổng số buổi nghỉ học"
    };
    let absence = col(head, 70.0, |one: &Levels| one.absence.clone());
    let (conduct, study) = (source.regulation.conduct(), source.regulation.study());
    match source.regulation {
        Regulation::Tt22 => vec![
            first,
            group(
                "Mức đánh giá",
                [
                    col(conduct, REST, |one: &Levels| one.conduct).bold(),
                    col(study, REST, |one: &Levels| one.study).bold(),
                ],
            ),
            absence,
            group(
                "Mức đánh giá sau rèn luyện trong kì nghỉ hè, đánh giá lại (nếu có)",
                [
                    col("Rèn luyện", REST, |one: &Levels| one.conduct_again),
                    col("Học tập", REST, |one: &Levels| one.study_again),
                ],
            ),
        ],
        Regulation::Tt58 => vec![
            first,
            col("ĐTB các môn", 50.0, |one: &Levels| one.average.clone()).bold(),
            group(
                "Kết quả xếp loại",
                [
                    col(study, REST, |one: &Levels| one.study).bold(),
                    col(conduct, REST, |one: &Levels| one.conduct).bold(),
                ],
            ),
            absence,
            group(
                "Xếp loại sau khi kiểm tra lại các môn học hoặc rèn luyện thêm về hạnh kiểm",
                [
                    col(study, REST, |one: &Levels| one.study_again),
                    col(conduct, REST, |one: &Levels| one.conduct_again),
                ],
            ),
        ],
    }
}

/// Remark of the homeroom teacher and the places, kept together where they fit a page.
fn closing(paper: &mut Paper, source: &Source, pupil: &Pupil) {
    let boxes = signing_places::of_document(source.plan);
    let remark = match pupil.remark.as_str() {
        "" if source.is_blank() => "",
        "" => words::NO_REMARK,
        remark => remark,
    };
    let style = if pupil.remark.is_empty() { Style::italic(12.0) } else { Style::regular(12.0) };
    let height = paper.height_of(style, remark);
    let (teacher, leaders): (Vec<_>, Vec<_>) = boxes.into_iter().partition(|one| one.role == Role::Gvcn);
    let places = [&teacher, &leaders].map(|boxes| signing_places::height(&paper.leaders, boxes));
    paper.keep(height + 66.0 + places[0] + places[1]);
    let title = "NHẬN XÉT CỦA GIÁO VIÊN CHỦ NHIỆM";
    let section = paper.section(title);
    paper.heading(section, 1, Style::bold(12.5), Align::Left, title);
    let column = paper.format().column();
    if remark.is_empty() {
        (0..3).for_each(|_| paper.dots_to_write_on(12.0, column));
    } else {
        paper.paragraph(section, style, column, Align::Justified, remark);
    }
    paper.gap(6.0);
    if !teacher.is_empty() {
        let half = column.part(1, 2, 0.0);
        signing_places::draw(paper, section, half, &teacher, None);
    }
    approval(paper, source, &leaders);
}

fn approval(paper: &mut Paper, source: &Source, leaders: &[&school::plan::SigningBox]) {
    let title = format!("PHÊ DUYỆT CỦA {}", paper.head.to_uppercase());
    paper.keep(signing_places::height(&paper.leaders, leaders) + 40.0);
    let section: ElementId = paper.section(&title);
    let column = paper.format().column();
    paper.heading(section, 1, Style::bold(12.5), Align::Left, &title);
    if paper.signed_in.is_none() {
        paper.paragraph(section, Style::italic(12.0), column, Align::Right, &source.dated());
    }
    paper.gap(2.0);
    signing_places::draw(paper, section, column, leaders, None);
}
