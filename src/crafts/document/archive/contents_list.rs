//! `MUC-LUC.pdf`: the list of contents of a medium as paper, the same rows as `MUC-LUC.html`.

use super::super::painting::{Print, paint};
use super::super::paper::{Align, Column, ElementId, Format, Paper, Style};
use super::super::plain_text::printable;
use super::super::table::{Cell, Table};
use super::super::{DocumentFault, printed_words as words};
use crate::guide::{
    CORRECTED, CORRECTED_STAYS, Contents, ListedClass, ListedCorrection, ListedDeposit, ListedFile,
};

const TITLE: &str = "MỤC LỤC VẬT MANG LƯU TRỮ";
const NAME_CHARACTERS: usize = 80;

/// Renders the list.
///
/// Errors: see [`DocumentFault`].
pub fn contents_list(contents: &Contents) -> Result<Vec<u8>, DocumentFault> {
    let mut paper = Paper::new(Format::BOOK);
    let section = paper.section(TITLE);
    let column = paper.format().column();
    paper.paragraph(section, Style::bold(12.0), column, Align::Centre, &contents.school.name.to_uppercase());
    paper.heading(section, 1, Style::bold(15.0), Align::Centre, TITLE);
    let of = format!("{}, lập {}", contents.medium, contents.planned.vietnamese());
    paper.paragraph(section, Style::regular(12.0), column, Align::Centre, &of);
    paper.y += 8.0;
    if !contents.corrected.is_empty() {
        let row = |one: &ListedCorrection| {
            let [older, newer] = one.in_words();
            vec![Cell::new(older).left().heading_row(), Cell::new(newer).left()]
        };
        let rows = contents.corrected.iter().map(row).collect();
        paper.heading(section, 2, Style::bold(13.0), Align::Left, CORRECTED);
        let heads = ["Bản cũ", "Được thay bằng"];
        draw(&mut paper, section, column, CORRECTED_STAYS, &[0.5, 0.5], &heads, rows);
    }
    for deposit in contents.deposits {
        of_deposit(&mut paper, section, column, deposit);
    }
    let print = Print {
        title: format!("Mục lục vật mang {}", contents.medium),
        author: &contents.school.name,
        id: contents.medium,
        notices: if contents.school.sample { vec![words::SAMPLE] } else { Vec::new() },
        made: contents.planned,
        is_stamped: false,
        attachments: Vec::new(),
    };
    paint(&mut paper, print)
}

fn of_deposit(paper: &mut Paper, section: ElementId, column: Column, deposit: &ListedDeposit) {
    paper.keep(120.0);
    let heading = format!("Gói lưu trữ {}", deposit.deposit);
    paper.heading(section, 2, Style::bold(13.0), Align::Left, &heading);
    let seal = format!(
        "Thư mục {}; {}; mã niêm phong {}",
        deposit.folder,
        words::files(deposit.count() as u64),
        words::grouped_hex(&deposit.seal.to_string())
    );
    paper.paragraph(section, Style::regular(10.5), column, Align::Left, &seal);
    if let Some(earlier) = &deposit.corrects {
        let corrects = format!("Gói sửa chữa của gói {earlier} (gói cũ vẫn được lưu).");
        paper.paragraph(section, Style::bold(10.5), column, Align::Left, &corrects);
    }
    paper.y += 6.0;
    if !deposit.files.is_empty() {
        files(paper, section, column, "Chung cả gói", &deposit.files);
    }
    for class in &deposit.classes {
        of_class(paper, section, column, class);
    }
    paper.y += 8.0;
}

fn of_class(paper: &mut Paper, section: ElementId, column: Column, class: &ListedClass) {
    let title = format!("Lớp {}", class.class);
    if !class.files.is_empty() {
        files(paper, section, column, &title, &class.files);
    }
    if class.pupils.is_empty() {
        return;
    }
    let mut rows = Vec::new();
    for (index, pupil) in class.by_given_name().into_iter().enumerate() {
        for (which, file) in pupil.files.iter().enumerate() {
            let of_pupil = |text: String| Cell::new(if which == 0 { text } else { String::new() });
            rows.push(vec![
                of_pupil((index + 1).to_string()),
                Cell::new(printable(&pupil.name, NAME_CHARACTERS)).left().heading_row(),
                Cell::new(pupil.pupil.to_string()).left(),
                Cell::new(described(file)).left(),
                Cell::new(file.place.as_str()).left(),
            ]);
        }
    }
    let heads = ["STT", "Họ và tên", "Mã", "Hồ sơ", "Tệp trong gói"];
    let title = format!("{title}: hồ sơ của từng học sinh");
    draw(paper, section, column, &title, &[0.06, 0.22, 0.1, 0.2, 0.42], &heads, rows);
}

fn files(paper: &mut Paper, section: ElementId, column: Column, title: &str, files: &[ListedFile]) {
    let row = |file: &ListedFile| {
        vec![Cell::new(described(file)).left().heading_row(), Cell::new(file.place.as_str()).left()]
    };
    let rows = files.iter().map(row).collect();
    draw(paper, section, column, title, &[0.48, 0.52], &["Hồ sơ", "Tệp trong gói"], rows);
}

fn described(file: &ListedFile) -> String {
    match file.what.correction() {
        Some(correction) => format!("{} ({correction})", file.what.title()),
        None => file.what.title(),
    }
}

fn draw(
    paper: &mut Paper,
    section: ElementId,
    column: Column,
    title: &str,
    shares: &[f32],
    heads: &[&str],
    rows: Vec<Vec<Cell>>,
) {
    paper.keep(90.0);
    paper.heading(section, 3, Style::bold(11.5), Align::Left, title);
    paper.y += 2.0;
    Table {
        summary: title.into(),
        continued: words::continued(title),
        x: column.x,
        widths: shares.iter().map(|share| column.width * share).collect(),
        size: 9.5,
        padding: 4.0,
        air: 2.5,
        row_height: 16.0,
        followed_by: 0.0,
        header: vec![heads.iter().map(|head| Cell::head(*head)).collect()],
        rows,
    }
    .draw(paper, section);
    paper.y += 8.0;
}
