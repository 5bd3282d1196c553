//! Biên bản giao nhận of what a pupil takes along who leaves in mid-year: printed and signed by hand by both sides.
//! Source: NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.8 (biên bản); TT 22/2021/TT-BGDĐT, Điều 10.

use school::digest::Sha256;
use school::moment::Moment;
use school::roster::School;

use super::super::painting::{Print, paint};
use super::super::paper::{Align, Column, Format, Paper, Style};
use super::super::plain_text::printable;
use super::super::table::{Cell, Table};
use super::super::{DocumentFault, letterhead, printed_words as words};
use super::record::{self, Attendee, BODY, INDENT, TEXT_CHARACTERS};

/// Everything that the record is made of.
#[derive(Debug, Clone, Copy)]
pub struct PupilPapers<'a> {
    /// The school that gives.
    pub school: &'a School,
    /// Number of the record: the entry of the register.
    pub number: &'a str,
    /// When it was given.
    pub at: Moment,
    /// Name and code of the pupil.
    pub pupil: &'a str,
    /// The class that the pupil leaves.
    pub class: &'a str,
    /// How it was given.
    pub given_as: &'a str,
    /// What was given.
    pub documents: &'a [GivenPaper],
    /// Who gave and who received, in the order in which they sign.
    pub people: &'a [Attendee],
}

/// A document that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenPaper {
    /// What it is called.
    pub name: String,
    /// Its school year.
    pub year: String,
    /// Digest of the file.
    pub sha256: Sha256,
}

const ABOUT: &str = "Giao nhận hồ sơ của học sinh chuyển đi";
const CLOSING: &str = "Hai bên đã đối chiếu từng hồ sơ với mã băm SHA-256 nêu trên. Biên bản được lập thành hai bản, \
     mỗi bên giữ một bản; việc giao nhận đã được ghi vào sổ theo dõi của nhà trường.";

/// Renders it.
///
/// Errors: see [`DocumentFault`].
pub fn pupil_papers(given: &PupilPapers) -> Result<Vec<u8>, DocumentFault> {
    let PupilPapers { school, number, at, .. } = *given;
    let mut paper = Paper::of_school(Format::PORTRAIT, school);
    let section = paper.section(words::RECORD);
    let column = paper.format().column();
    let printed_number = words::record_number(number, school.code.as_str());
    letterhead::draw(&mut paper, section, school, &printed_number, None);
    paper.y += 12.0;
    paper.heading(section, 1, Style::bold(14.0), Align::Centre, words::RECORD);
    paper.paragraph(section, Style::bold(BODY), column, Align::Centre, ABOUT);
    paper.y += 8.0;
    let (hour, minute, _) = at.time_of_day();
    let opening = format!(
        "Hôm nay, hồi {hour} giờ {minute:02} phút, {}, tại {}, những người có tên dưới đây đã giao nhận hồ sơ sau đây:",
        words::date_in_words(at.date().parts()),
        school.name,
    );
    paper.indented(section, Style::regular(BODY), column, Align::Justified, INDENT, &opening);
    paper.y += 6.0;
    facts(given, column).draw(&mut paper, section);
    paper.y += 10.0;
    documents(given, column).draw(&mut paper, section);
    paper.y += 10.0;
    record::people(given.people, column).draw(&mut paper, section);
    paper.y += 10.0;
    record::closing(&mut paper, section, column, (CLOSING, given.people));
    let id = format!("{} – {number}", words::RECORD.to_lowercase());
    let print = Print {
        title: format!("{ABOUT}: {number}"),
        author: &school.name,
        id: &id,
        notices: if school.sample { vec![words::SAMPLE] } else { Vec::new() },
        made: at,
        is_stamped: true,
        attachments: Vec::new(),
    };
    paint(&mut paper, print)
}

fn facts(given: &PupilPapers, column: Column) -> Table {
    let row = |label: &str, value: &str| {
        vec![Cell::new(label).left().heading_row(), Cell::new(printable(value, TEXT_CHARACTERS)).left()]
    };
    let rows = vec![
        row("Học sinh", given.pupil),
        row("Lớp", given.class),
        row("Hình thức giao", given.given_as),
        row("Mục của sổ theo dõi", given.number),
    ];
    record::table(column, "Học sinh", &[0.36, 0.64], &[words::ITEM, words::VALUE], rows)
}

fn documents(given: &PupilPapers, column: Column) -> Table {
    let row = |(index, one): (usize, &GivenPaper)| {
        vec![
            Cell::new((index + 1).to_string()),
            Cell::new(printable(&one.name, TEXT_CHARACTERS)).left().heading_row(),
            Cell::new(printable(&one.year, TEXT_CHARACTERS)),
            Cell::new(words::grouped_hex(&one.sha256.to_string())).left(),
        ]
    };
    let rows = given.documents.iter().enumerate().map(row).collect();
    let heads = [words::NUMBER, "Hồ sơ", "Năm học", "SHA-256"];
    record::table(column, "Hồ sơ", &[0.1, 0.22, 0.18, 0.5], &heads, rows)
}
