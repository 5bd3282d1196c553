//! Sheet 4: sơ yếu lý lịch học sinh, the left page and the right page.

use school::gradebook::{Guardian, Personal, Pupil};

use super::super::super::layout::{Grid, Rows, col, share};
use super::super::super::look::{Format, Style};
use super::super::super::paper::{ElementId, Paper};
use super::super::super::printed_words as words;
use super::super::source::{Line, Source};
use super::{name, number};

const TITLE: &str = "SƠ YẾU LÝ LỊCH HỌC SINH";

fn particular(line: &Line, pick: impl Fn(&Personal) -> String) -> String {
    line.text(|pupil| pupil.personal.as_ref().map(&pick).unwrap_or_default())
}

fn opened(paper: &mut Paper, source: &Source, title: &str) -> ElementId {
    let section = paper.sheet(Format::LANDSCAPE, title);
    paper.centred(section, Style::regular(12.0), &source.sheet_line());
    paper.gap(6.0);
    section
}

/// The left page: the pupils.
pub(super) fn pupils(paper: &mut Paper, source: &Source) {
    let section = opened(paper, source, TITLE);
    let lines = source.lines();
    let columns = vec![
        number(),
        name(150.0),
        col("Ngày, tháng, năm sinh", 66.0, Line::born),
        col("Nơi sinh", share(1.2), |line: &Line| line.text(|pupil| pupil.birthplace.clone())).left(),
        col("Nam, nữ", 36.0, |line: &Line| line.text(|pupil| words::gender(pupil.gender).into())),
        col("Dân tộc", 52.0, |line: &Line| particular(line, |one| one.ethnicity.clone())),
        col("Đối tượng ưu tiên", share(0.9), |line: &Line| {
            particular(line, |one| one.priority.clone())
        })
        .left(),
        col("Địa chỉ gia đình", share(2.0), |line: &Line| particular(line, |one| one.address.clone())).left(),
    ];
    let rows = Rows::of_class(lines.len());
    Grid { title: TITLE.into(), columns, rows, followed_by: 0.0 }.draw(paper, section, &lines);
}

/// The right page: parents or guardian, and changes in the year.
pub(super) fn parents(paper: &mut Paper, source: &Source) {
    let title = format!("{TITLE} (trang bên phải)");
    let section = opened(paper, source, &title);
    let lines = source.lines();
    let columns = vec![
        number(),
        col(
            "Họ và tên cha, nghề nghiệp, điện thoại, email (hoặc người giám hộ)",
            share(1.2),
            |line: &Line| line.text(father_or_guardian),
        )
        .left(),
        col(
            "Họ và tên mẹ, nghề nghiệp, điện thoại, email (hoặc người giám hộ)",
            share(1.2),
            |line: &Line| particular(line, |one| described(&one.mother)),
        )
        .left(),
        col(
            "Những thay đổi cần chú ý trong năm học (gia đình, sức khỏe, nơi ở…)",
            share(1.0),
            |line: &Line| particular(line, |one| one.notes.clone()),
        )
        .left(),
    ];
    let rows = Rows::of_class(lines.len());
    Grid { title, columns, rows, followed_by: 0.0 }.draw(paper, section, &lines);
}

fn father_or_guardian(pupil: &Pupil) -> String {
    let Some(personal) = &pupil.personal else { return String::new() };
    let father = described(&personal.father);
    if personal.guardian.is_empty() {
        return father;
    }
    let guardian = format!("Người giám hộ: {}", described(&personal.guardian));
    if father.is_empty() { guardian } else { format!("{father}. {guardian}") }
}

/// Name, occupation, telephone, email; what is known of them.
pub(in super::super) fn described(person: &Guardian) -> String {
    let parts = [&person.name, &person.occupation, &person.phone, &person.email];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}
