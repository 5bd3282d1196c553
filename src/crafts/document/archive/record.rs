//! Biên bản about a copy of a medium: sealed, opened, sealed again, handed over. Printed and signed by hand by
//! those who were there; a scan of it goes into the next deposit.
//! Source: NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.8 (biên bản).

use school::digest::Sha256;
use school::moment::Moment;

use super::super::painting::{Print, paint};
use super::super::paper::{Align, Column, ElementId, Format, Ink, LEADING, MM, Paper, Style};
use super::super::plain_text::printable;
use super::super::table::{Cell, Table};
use super::super::{DocumentFault, letterhead, printed_words as words};
use super::CopyOnPaper;

/// Everything that a record is made of.
#[derive(Debug, Clone, Copy)]
pub struct MediumRecord<'a> {
    /// The copy.
    pub copy: CopyOnPaper<'a>,
    /// Number of the record, as the school counts them.
    pub number: &'a str,
    /// When it happened.
    pub at: Moment,
    /// Digest of the image, or of the list of files, that was read back.
    pub read_back: Sha256,
    /// Names of the deposits on it.
    pub deposits: &'a [String],
    /// What happened.
    pub occasion: Occasion<'a>,
    /// Who was there, in the order in which they sign.
    pub people: &'a [Attendee],
}

/// What a record tells of.
#[derive(Debug, Clone, Copy)]
pub enum Occasion<'a> {
    /// The copy was put under a paper seal.
    Sealed {
        /// Number of the paper seal.
        sticker: &'a str,
        /// Where the copy is kept.
        storage: &'a str,
    },
    /// The paper seal was broken.
    Opened {
        /// Number of the paper seal that was found whole and broken.
        sticker: &'a str,
        /// Why.
        reason: &'a str,
    },
    /// The copy was put under another paper seal.
    Resealed {
        /// Number of the broken one.
        old: &'a str,
        /// Number of the new one.
        new: &'a str,
        /// Why it had been opened.
        reason: &'a str,
        /// Where the copy is kept.
        storage: &'a str,
    },
    /// The copy, or an extract of it, was given to somebody.
    HandedOver {
        /// Who ordered it, with number and date of the order.
        ordered: &'a str,
        /// What for.
        purpose: &'a str,
        /// Who receives it.
        recipient: &'a str,
        /// What is given: the copy, or which files of it.
        what: &'a str,
        /// When it comes back; empty when it does not.
        until: &'a str,
    },
}

/// Somebody who was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Full name.
    pub name: String,
    /// Title.
    pub title: String,
    /// As what.
    pub part: Part,
}

/// As what somebody was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Who did it.
    Performer,
    /// Who watched.
    Witness,
    /// Who gave.
    Giver,
    /// Who received.
    Receiver,
}

impl Part {
    const fn called(self) -> &'static str {
        match self {
            Self::Performer => "Người thực hiện",
            Self::Witness => "Người chứng kiến",
            Self::Giver => "Bên giao",
            Self::Receiver => "Bên nhận",
        }
    }
}

pub(super) const BODY: f32 = 13.0;
pub(super) const INDENT: f32 = 28.0;
const SIGNING_HEIGHT: f32 = 92.0;
const SIGNERS_IN_ROW: usize = 4;
const NAME_CHARACTERS: usize = 80;
pub(super) const TEXT_CHARACTERS: usize = 400;

impl Occasion<'_> {
    const fn about(&self) -> &'static str {
        match self {
            Self::Sealed { .. } => "Niêm phong vật mang lưu trữ hồ sơ điện tử",
            Self::Opened { .. } => "Mở niêm phong vật mang lưu trữ hồ sơ điện tử",
            Self::Resealed { .. } => "Niêm phong lại vật mang lưu trữ hồ sơ điện tử",
            Self::HandedOver { .. } => "Giao nhận dữ liệu lưu trữ hồ sơ điện tử",
        }
    }

    const fn did(&self) -> &'static str {
        match self {
            Self::Sealed { .. } => {
                "đã niêm phong vật mang sau đây, sau khi vật mang được ghi xong, đóng và đọc lại:"
            }
            Self::Opened { .. } => {
                "đã kiểm tra phiếu niêm phong còn nguyên và mở niêm phong vật mang sau đây:"
            }
            Self::Resealed { .. } => "đã niêm phong lại vật mang sau đây, sau khi sử dụng xong:",
            Self::HandedOver { .. } => "đã giao nhận dữ liệu lưu trữ sau đây:",
        }
    }

    fn facts(&self) -> Vec<(&'static str, &str)> {
        match *self {
            Self::Sealed { sticker, storage } => {
                vec![("Số niêm phong", sticker), ("Nơi cất giữ", storage)]
            }
            Self::Opened { sticker, reason } => vec![("Số niêm phong đã mở", sticker), ("Lý do mở", reason)],
            Self::Resealed { old, new, reason, storage } => vec![
                ("Số niêm phong đã mở", old),
                ("Số niêm phong mới", new),
                ("Lý do đã mở", reason),
                ("Nơi cất giữ", storage),
            ],
            Self::HandedOver { ordered, purpose, recipient, what, until } => {
                let mut facts = vec![
                    ("Theo lệnh của", ordered),
                    ("Mục đích", purpose),
                    ("Bên nhận", recipient),
                    ("Nội dung giao", what),
                ];
                if !until.is_empty() {
                    facts.push(("Hạn trả", until));
                }
                facts
            }
        }
    }

    const fn closing(&self) -> &'static str {
        match self {
            Self::Sealed { .. } | Self::Resealed { .. } => {
                "Mã niêm phong nêu trên bằng mã in trên nhãn. Từ thời điểm này, mọi lần mở niêm phong phải có lý do, có người \
                 chứng kiến và được lập biên bản. Không ai được ghi thêm, sửa hoặc xóa dữ liệu trên vật mang."
            }
            Self::Opened { .. } => {
                "Vật mang chỉ được đọc, không được ghi. Sử dụng xong, vật mang được kiểm tra lại và niêm phong bằng phiếu \
                 mới, có biên bản."
            }
            Self::HandedOver { .. } => {
                "Bên nhận chỉ sử dụng dữ liệu đúng mục đích nêu trên, bảo vệ dữ liệu cá nhân của học sinh theo quy định của \
                 pháp luật và không cung cấp lại cho người khác."
            }
        }
    }
}

/// Renders a record.
///
/// Errors: see [`DocumentFault`].
pub fn medium_record(record: &MediumRecord) -> Result<Vec<u8>, DocumentFault> {
    let MediumRecord { copy, number, at, .. } = *record;
    let mut paper = Paper::of_school(Format::PORTRAIT, copy.school);
    let section = paper.section(words::RECORD);
    let column = paper.format().column();
    let printed_number = words::record_number(number, copy.school.code.as_str());
    letterhead::draw(&mut paper, section, copy.school, &printed_number, None);
    paper.y += 12.0;
    paper.heading(section, 1, Style::bold(14.0), Align::Centre, words::RECORD);
    let about = record.occasion.about();
    paper.paragraph(section, Style::bold(BODY), column, Align::Centre, about);
    paper.y += 8.0;
    let (hour, minute, _) = at.time_of_day();
    let opening = format!(
        "Hôm nay, hồi {hour} giờ {minute:02} phút, {}, tại {}, những người có tên dưới đây {}",
        words::date_in_words(at.date().parts()),
        copy.school.name,
        record.occasion.did()
    );
    paper.indented(section, Style::regular(BODY), column, Align::Justified, INDENT, &opening);
    paper.y += 6.0;
    facts(record, column).draw(&mut paper, section);
    paper.y += 10.0;
    people(record.people, column).draw(&mut paper, section);
    paper.y += 10.0;
    closing(&mut paper, section, column, (record.occasion.closing(), record.people));
    let id = format!("{} – {}", words::RECORD.to_lowercase(), copy.name());
    let print = Print {
        title: format!("{about}: {}", copy.name()),
        author: &copy.school.name,
        id: &id,
        notices: if copy.school.sample { vec![words::SAMPLE] } else { Vec::new() },
        made: at,
        is_stamped: true,
        attachments: Vec::new(),
    };
    paint(&mut paper, print)
}

fn facts(record: &MediumRecord, column: Column) -> Table {
    let copy = &record.copy;
    let row = |label: &str, value: &str| {
        vec![Cell::new(label).left().heading_row(), Cell::new(printable(value, TEXT_CHARACTERS)).left()]
    };
    let mut rows = vec![
        row("Vật mang", &format!("{} ({})", copy.name(), copy.called())),
        row("Năm học", copy.years),
        row("Gói lưu trữ trên vật mang", &record.deposits.join(", ")),
        row("Dung lượng", &words::bytes(copy.bytes)),
        row("Đọc lại, khớp lúc", &copy.verified.vietnamese()),
        row("Mã niêm phong (SHA-256)", &words::grouped_hex(&copy.seal.to_string())),
        row("SHA-256 của nội dung đã đọc lại", &words::grouped_hex(&record.read_back.to_string())),
    ];
    rows.extend(record.occasion.facts().into_iter().map(|(label, value)| row(label, value)));
    table(column, "Vật mang", &[0.36, 0.64], &[words::ITEM, words::VALUE], rows)
}

pub(super) fn people(people: &[Attendee], column: Column) -> Table {
    let row = |(index, one): (usize, &Attendee)| {
        vec![
            Cell::new((index + 1).to_string()),
            Cell::new(printable(&one.name, NAME_CHARACTERS)).left().heading_row(),
            Cell::new(printable(&one.title, NAME_CHARACTERS)).left(),
            Cell::new(one.part.called()).left(),
        ]
    };
    let rows = people.iter().enumerate().map(row).collect();
    let heads = [words::NUMBER, "Họ và tên", "Chức vụ", "Tham gia với tư cách"];
    table(column, "Thành phần", &[0.1, 0.36, 0.29, 0.25], &heads, rows)
}

pub(super) fn table(
    column: Column,
    title: &str,
    shares: &[f32],
    heads: &[&str],
    rows: Vec<Vec<Cell>>,
) -> Table {
    Table {
        summary: title.into(),
        continued: words::continued(title),
        x: column.x,
        widths: shares.iter().map(|share| column.width * share).collect(),
        size: 11.5,
        padding: 5.0,
        air: 2.5,
        row_height: 18.0,
        followed_by: 0.0,
        header: vec![heads.iter().map(|head| Cell::head(*head)).collect()],
        rows,
    }
}

/// Signatures never stand alone on a page: the closing sentence goes with them.
pub(super) fn closing(
    paper: &mut Paper,
    section: ElementId,
    column: Column,
    (text, people): (&str, &[Attendee]),
) {
    let style = Style::regular(BODY);
    let lines = paper.faces.wrap(style.weight, style.size, column.width, INDENT, text).len();
    let rows = people.len().div_ceil(SIGNERS_IN_ROW).max(1);
    // Five people sign as three and two, not as four and one.
    let in_row = people.len().div_ceil(rows).max(1);
    paper.keep(lines as f32 * style.size * LEADING + 12.0 + rows as f32 * SIGNING_HEIGHT);
    paper.indented(section, style, column, Align::Justified, INDENT, text);
    paper.y += 12.0;
    for row in people.chunks(in_row) {
        let top = paper.y;
        for (index, one) in row.iter().enumerate() {
            let strip = column.part(index, row.len(), 5.0 * MM);
            paper.y = top;
            paper.paragraph(
                section,
                Style::bold(10.5),
                strip,
                Align::Centre,
                &one.part.called().to_uppercase(),
            );
            paper.paragraph(section, Style::italic(11.0), strip, Align::Centre, words::SIGN_BY_HAND);
            paper.y = top + SIGNING_HEIGHT - 26.0;
            let (left, right) = (strip.x + 8.0, strip.x + strip.width - 8.0);
            paper.dots(Ink::Grey, [left, paper.y, right, paper.y]);
            paper.y += 3.0;
            let name = printable(&one.name, NAME_CHARACTERS);
            paper.paragraph(section, Style::bold(12.0), strip, Align::Centre, &name);
        }
        paper.y = top + SIGNING_HEIGHT;
    }
}
