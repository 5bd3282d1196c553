//! Trang 1: lý lịch, place for the photograph, quá trình học tập.

use school::gradebook::{Guardian, Pupil, Schooling};
use school::role::Role;

use super::super::super::layout::{Grid, REST, Rows, col};
use super::super::super::look::{Align, Column, Format, Ink, MM, Style};
use super::super::super::paper::{ElementId, Paper};
use super::super::super::{printed_words as words, signing_places};
use super::super::source::Source;

/// Rows for the years of a level, and some to spare for pupils who move.
const HISTORY_ROWS: usize = 5;

/// The personal page; `own` are the years that this transcript holds.
pub(super) fn draw(paper: &mut Paper, source: &Source, pupil: &Pupil, own: Vec<Schooling>) {
    let section = paper.leaf(Format::PORTRAIT, "Lý lịch học sinh");
    let column = paper.format().column();
    let (top, photo) = (paper.y, [column.x, paper.y, column.x + 30.0 * MM, paper.y + 40.0 * MM]);
    paper.frame(Ink::Black, 0.6, photo);
    let within = Column { x: photo[0], width: 30.0 * MM };
    paper.y = top + 17.0 * MM;
    paper.paragraph(section, Style::italic(10.0), within, Align::Centre, "Ảnh 3×4");
    paper.y = top;
    let beside = Column { x: column.x + 36.0 * MM, width: column.width - 36.0 * MM };
    paper.paragraph(section, Style::bold(13.0), beside, Align::Centre, words::STATE);
    paper.paragraph(section, Style::bold(13.0), beside, Align::Centre, words::MOTTO);
    paper.gap(14.0);
    let heading = format!("HỌC BẠ {}", source.stage.name());
    let title = paper
        .open(section, super::super::super::paper::Element::Heading { level: 1, title: heading.clone() });
    paper.flow(title, Style::bold(17.0), beside, Align::Centre, 0.0, &heading);
    paper.y = photo[3] + 10.0;
    particulars(paper, section, column, pupil);
    paper.gap(8.0);
    let half = column.part(1, 2, 0.0);
    if paper.signed_in.is_none() {
        paper.paragraph(section, Style::italic(12.0), half, Align::Centre, &source.dated());
    }
    let confirms: Vec<_> = signing_places::of_role(source.plan, Role::HieuTruong).into_iter().collect();
    signing_places::refer(paper, section, half, &confirms);
    paper.gap(8.0);
    history(paper, section, pupil, own);
}

fn particulars(paper: &mut Paper, section: ElementId, column: Column, pupil: &Pupil) {
    let none = school::gradebook::Personal::default();
    let personal = pupil.personal.as_ref().unwrap_or(&none);
    let size = 12.0;
    paper.dotted_row(
        section,
        size,
        column,
        &[(2.0, "Họ và tên", &pupil.name), (1.0, "Giới tính", words::gender(pupil.gender))],
    );
    paper.dotted_row(
        section,
        size,
        column,
        &[(1.0, "Ngày, tháng, năm sinh", &pupil.born.vietnamese()), (1.0, "Nơi sinh", &pupil.birthplace)],
    );
    paper.dotted_row(
        section,
        size,
        column,
        &[(1.0, "Dân tộc", &personal.ethnicity), (1.0, "Quốc tịch", &personal.nationality)],
    );
    paper.dotted_row(
        section,
        size,
        column,
        &[(1.0, "Số đăng bộ", &personal.register_number), (1.2, "Số định danh", &personal.national_id)],
    );
    paper.dotted(
        section,
        size,
        column,
        "Con liệt sĩ, con thương binh (đối tượng ưu tiên)",
        &personal.priority,
    );
    paper.dotted(section, size, column, "Nơi ở hiện nay", &personal.address);
    let parents = [
        ("Họ và tên cha", &personal.father),
        ("Họ và tên mẹ", &personal.mother),
        ("Họ và tên người giám hộ", &personal.guardian),
    ];
    for (label, Guardian { name, occupation, .. }) in parents {
        paper.dotted_row(section, size, column, &[(3.0, label, name), (2.0, "Nghề nghiệp", occupation)]);
    }
}

/// A year of this transcript, as the list of years names it.
pub(super) fn schooling(source: &Source) -> Schooling {
    Schooling {
        year: source.gradebook.year,
        class: source.gradebook.class.to_string(),
        school: source.school().name.clone(),
        province: source.school().province.clone(),
    }
}

/// Earlier years as the export knows them, and the years of this transcript.
fn history(paper: &mut Paper, section: ElementId, pupil: &Pupil, own: Vec<Schooling>) {
    let title = "QUÁ TRÌNH HỌC TẬP";
    paper.heading(section, 2, Style::bold(13.0), Align::Centre, title);
    paper.gap(3.0);
    let mut years: Vec<Schooling> =
        pupil.personal.as_ref().map(|one| one.history.clone()).unwrap_or_default();
    for year in own {
        if years.iter().all(|one| one.year != year.year) {
            years.push(year);
        }
    }
    years.sort_by_key(|one| one.year);
    let count = years.len().max(HISTORY_ROWS);
    let rows: Vec<Option<Schooling>> =
        years.into_iter().map(Some).chain(std::iter::repeat(None)).take(count).collect();
    let text = |pick: fn(&Schooling) -> String| {
        move |row: &Option<Schooling>| row.as_ref().map(pick).unwrap_or_default()
    };
    let columns = vec![
        col("Năm học", 70.0, text(|one| one.year.to_string())),
        col("Lớp", 46.0, text(|one| one.class.clone())),
        col("Tên trường, huyện (quận, thị xã), tỉnh (thành phố)", REST, text(place)).left(),
    ];
    let look = Rows { size: 11.0, height: 19.0, ..Rows::WIDE };
    Grid { title: title.into(), columns, rows: look, followed_by: 0.0 }.draw(paper, section, &rows);
}

fn place(one: &Schooling) -> String {
    if one.province.is_empty() { one.school.clone() } else { format!("{}, {}", one.school, one.province) }
}
