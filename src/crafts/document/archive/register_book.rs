//! Sổ theo dõi lưu trữ: the register as a school reads it, one row for every time that something was put away
//! or taken out. The entries themselves travel on every medium; the book names the state that it was printed of.

use school::digest::Sha256;
use school::moment::Moment;
use school::roster::School;

use super::super::painting::{Print, paint};
use super::super::paper::{Align, Format, Paper, Style};
use super::super::plain_text::printable;
use super::super::table::{Cell, Table};
use super::super::{DocumentFault, letterhead, printed_words as words};

/// Everything that the book is made of.
#[derive(Debug, Clone, Copy)]
pub struct RegisterBook<'a> {
    /// Whose register it is.
    pub school: &'a School,
    /// When it was printed.
    pub printed: Moment,
    /// Number of entries that it rests on, and the root of their tree: the state that can be proven.
    pub state: (u64, Sha256),
    /// Its rows, oldest first.
    pub rows: &'a [RegisterRow],
}

/// One row. What is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterRow {
    /// When.
    pub time: Option<Moment>,
    /// The files: name of the deposit, and how many.
    pub files: String,
    /// Seal digest or digest of what was read back.
    pub sha256: Option<Sha256>,
    /// The copy and what it is written on.
    pub medium: String,
    /// Number of the paper seal.
    pub sticker: String,
    /// Who did it.
    pub performer: String,
    /// Who watched.
    pub witnesses: String,
    /// What was done and why.
    pub reason: String,
    /// Where it is kept.
    pub storage: String,
}

const TITLE: &str = "SỔ THEO DÕI LƯU TRỮ";
const HEADS: [&str; 10] = [
    "Lần",
    "Thời điểm",
    "Tập tin",
    "SHA-256",
    "Vật mang",
    "Số niêm phong",
    "Người thực hiện",
    "Người chứng kiến",
    "Việc, lý do",
    "Nơi cất",
];
const SHARES: [f32; 10] = [3.5, 8.5, 16.0, 16.5, 13.0, 7.0, 9.0, 10.5, 9.5, 6.5];
const CELL_CHARACTERS: usize = 200;

/// Renders the book.
///
/// Errors: see [`DocumentFault`].
pub fn register_book(book: &RegisterBook) -> Result<Vec<u8>, DocumentFault> {
    let mut paper = Paper::of_school(Format::LANDSCAPE, book.school);
    let section = paper.section(TITLE);
    let column = paper.format().column();
    letterhead::draw(&mut paper, section, book.school, "", None);
    paper.heading(section, 1, Style::bold(15.0), Align::Centre, TITLE);
    let (entries, root) = book.state;
    let state = format!(
        "In lúc {} từ {} mục của sổ điện tử; gốc cây băm: {}",
        book.printed.vietnamese(),
        words::count(entries),
        words::grouped_hex(&root.to_string())
    );
    paper.paragraph(section, Style::italic(10.0), column, Align::Centre, &state);
    paper.y += 8.0;
    let cell = |text: &str| Cell::new(printable(text, CELL_CHARACTERS)).left();
    let row = |(index, one): (usize, &RegisterRow)| {
        let sha256 = one.sha256.map(|digest| words::grouped_hex(&digest.to_string())).unwrap_or_default();
        vec![
            Cell::new((index + 1).to_string()).heading_row(),
            cell(&one.time.map(Moment::vietnamese).unwrap_or_default()),
            cell(&one.files),
            cell(&sha256),
            cell(&one.medium),
            cell(&one.sticker),
            cell(&one.performer),
            cell(&one.witnesses),
            cell(&one.reason),
            cell(&one.storage),
        ]
    };
    let whole: f32 = SHARES.iter().sum();
    let table = Table {
        summary: TITLE.into(),
        continued: words::continued(TITLE),
        x: column.x,
        widths: SHARES.iter().map(|share| column.width * share / whole).collect(),
        size: 8.0,
        padding: 3.0,
        air: 2.5,
        row_height: 18.0,
        followed_by: 0.0,
        header: vec![HEADS.iter().map(|head| Cell::head(*head)).collect()],
        rows: book.rows.iter().enumerate().map(row).collect(),
    };
    if book.rows.is_empty() {
        paper.paragraph(section, Style::regular(12.0), column, Align::Left, "Chưa có lần lưu trữ nào.");
    } else {
        table.draw(&mut paper, section);
    }
    let id = format!("Sổ theo dõi lưu trữ – {entries} mục");
    let print = Print {
        title: format!("Sổ theo dõi lưu trữ, {}", book.school.name),
        author: &book.school.name,
        id: &id,
        notices: if book.school.sample { vec![words::SAMPLE] } else { Vec::new() },
        made: book.printed,
        is_stamped: true,
        attachments: Vec::new(),
    };
    paint(&mut paper, print)
}
