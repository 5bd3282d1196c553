//! Phiếu niêm phong: the slip that is glued over the opening of case or bag, signed across its edge.

use super::super::painting::{Print, paint};
use super::super::paper::{Align, Column, Format, Ink, MM, Paper, Style};
use super::super::{DocumentFault, printed_words as words};
use super::CopyOnPaper;

/// Everything that a slip is made of.
#[derive(Debug, Clone, Copy)]
pub struct SealSlip<'a> {
    /// The copy.
    pub copy: CopyOnPaper<'a>,
    /// Number of the paper seal; an empty line without it.
    pub sticker: Option<&'a str>,
    /// Who signs, at most four: title or part of each. Nobody named: office, head and a witness.
    pub signers: &'a [String],
}

const WIDTH: f32 = 150.0 * MM;
const HEIGHT: f32 = 75.0 * MM;
/// Two on a sheet: the second waits for the next opening.
const SLIPS: usize = 2;

/// Renders a sheet of slips.
///
/// Errors: see [`DocumentFault`].
pub fn seal_slip(slip: &SealSlip) -> Result<Vec<u8>, DocumentFault> {
    let mut paper = Paper::new(Format::PORTRAIT);
    let title = "Phiếu niêm phong";
    let section = paper.section(title);
    let column = paper.format().column();
    paper.heading(section, 1, Style::bold(13.0), Align::Left, title);
    paper.paragraph(section, Style::italic(10.5), column, Align::Left, USE);
    for number in 0..SLIPS {
        paper.y += 16.0;
        let top = paper.y;
        one(&mut paper, section, slip, number, top);
        paper.y = top + HEIGHT;
    }
    let name = slip.copy.name();
    let print = Print {
        title: format!("{title} vật mang {name}"),
        author: &slip.copy.school.name,
        id: &name,
        notices: if slip.copy.school.sample { vec![words::SAMPLE] } else { Vec::new() },
        made: slip.copy.verified,
        is_stamped: false,
        attachments: Vec::new(),
    };
    paint(&mut paper, print)
}

const SIGNERS: [&str; 3] = ["Văn phòng", "Hiệu trưởng", "Người chứng kiến"];
const USE: &str = "Cắt theo khung, dán qua miệng hộp hoặc túi, ký và đóng dấu trùm lên mép phiếu. Phiếu thứ hai để dùng \
     khi niêm phong lại.";

fn one(paper: &mut Paper, section: super::super::paper::ElementId, slip: &SealSlip, number: usize, top: f32) {
    let copy = &slip.copy;
    let left = paper.format().column().x;
    paper.frame(Ink::Black, 0.8, [left, top, left + WIDTH, top + HEIGHT]);
    let column = Column { x: left, width: WIDTH }.inset(5.0 * MM);
    paper.y = top + 3.0 * MM;
    let heading = format!("NIÊM PHONG – {}", copy.name());
    paper.paragraph(section, Style::bold(14.0), column, Align::Centre, &heading);
    let school = format!("{}, năm học {}", copy.school.name, copy.years);
    paper.paragraph(section, Style::regular(11.0), column, Align::Centre, &school);
    paper.y += 1.5 * MM;
    let sticker = if number == 0 { slip.sticker.unwrap_or_default() } else { "" };
    let half = |index| column.part(index, 2, 6.0 * MM);
    let row = paper.y;
    paper.dotted(section, 11.0, half(0), "Số niêm phong", sticker);
    let below = paper.y;
    paper.y = row;
    paper.dotted(section, 11.0, half(1), "Ngày niêm phong", "");
    paper.y = paper.y.max(below) + 1.0 * MM;
    let seal = format!("Mã niêm phong: {}", words::grouped_hex(&copy.seal.to_string()));
    paper.paragraph(section, Style::regular(8.5), column, Align::Left, &seal);
    paper.y += 2.0 * MM;
    let row = paper.y;
    let named: Vec<&str> = match slip.signers {
        [] => SIGNERS.to_vec(),
        signers => signers.iter().map(String::as_str).collect(),
    };
    for (index, signer) in named.iter().enumerate() {
        let strip = column.part(index, named.len(), 4.0 * MM);
        paper.y = row;
        paper.paragraph(section, Style::bold(10.0), strip, Align::Centre, signer);
        paper.paragraph(section, Style::italic(9.0), strip, Align::Centre, words::SIGN_BY_HAND);
        paper.dots(
            Ink::Grey,
            [strip.x, top + HEIGHT - 5.0 * MM, strip.x + strip.width, top + HEIGHT - 5.0 * MM],
        );
    }
    if paper.y > top + HEIGHT - 12.0 * MM {
        paper.fail(DocumentFault::TooTall("slip".into()));
    }
}
