//! The label of a copy: what a person compares before believing anything on the medium, for the eye and as a
//! QR code. One page for each size, to be cut out.

use school::digest::Sha256;

use super::super::painting::{Print, paint};
use super::super::paper::{Align, Column, ElementId, Format, Ink, MM, Paper, Style};
use super::super::{DocumentFault, printed_words as words};
use super::CopyOnPaper;
use super::qr_code::{self, Run};

/// Everything that a label is made of.
#[derive(Debug, Clone, Copy)]
pub struct MediumLabel<'a> {
    /// The copy.
    pub copy: CopyOnPaper<'a>,
    /// Number of the register entry that planned the medium.
    pub entry: u64,
    /// The stamp's certificate: the school's identity.
    pub certificate: Sha256,
    /// Digest of the checking page on the medium.
    pub checking_page: Sha256,
    /// Number of the paper seal, when it is known already.
    pub sticker: Option<&'a str>,
    /// Number of this disc and how many there are, where the deposits are split over several.
    pub of_set: Option<(u16, u16)>,
}

/// What the label is stuck on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelSize {
    /// Front of a CD case, 120 × 120 mm.
    CdCase,
    /// Front of a DVD case, 129 × 183 mm.
    DvdCase,
    /// Bag or tag of a stick, one field of a sheet of 24: 70 × 37 mm.
    Stick,
    /// A disk or its box, one field of a sheet of 8: 105 × 74 mm.
    Disk,
}

impl LabelSize {
    /// Width and height in millimetres.
    const fn size(self) -> (f32, f32) {
        match self {
            Self::CdCase => (120.0, 120.0),
            Self::DvdCase => (129.0, 183.0),
            Self::Stick => (70.0, 37.0),
            Self::Disk => (105.0, 74.0),
        }
    }

    const fn called(self) -> &'static str {
        match self {
            Self::CdCase => "Nhãn hộp đĩa CD (120 × 120 mm)",
            Self::DvdCase => "Nhãn hộp đĩa DVD (129 × 183 mm)",
            Self::Stick => "Nhãn USB (70 × 37 mm)",
            Self::Disk => "Nhãn ổ cứng (105 × 74 mm)",
        }
    }

    /// Sizes that fit a kind of medium.
    pub const fn of(kind: school::medium::MediumKind) -> &'static [Self] {
        match kind {
            school::medium::MediumKind::Optical => &[Self::CdCase, Self::DvdCase],
            school::medium::MediumKind::Stick => &[Self::Stick],
            school::medium::MediumKind::Disk => &[Self::Disk],
        }
    }
}

/// What the QR code says, `niemphong-label/1`: a line each, digests in upper case.
pub fn label_code(label: &MediumLabel) -> String {
    let text = |run| match run {
        Run::Text(text) | Run::Digits(text) => text,
    };
    runs(label).into_iter().map(text).collect()
}

fn runs(label: &MediumLabel) -> Vec<Run> {
    let hex = |digest: Sha256| Run::Digits(digest.to_string().to_uppercase());
    let copy = &label.copy;
    vec![
        Run::Text(format!(
            "niemphong-label/1\nmedium {}\nyears {}\nentry {}\nbytes {}\nseal ",
            copy.name(),
            copy.years,
            label.entry,
            copy.bytes
        )),
        hex(copy.seal),
        Run::Text("\nschool ".into()),
        hex(label.certificate),
        Run::Text("\npage ".into()),
        hex(label.checking_page),
    ]
}

/// Renders a label in the sizes given: PDF/A-3a and PDF/UA-1, the same bytes for the same input.
///
/// Errors: see [`DocumentFault`].
pub fn medium_label(label: &MediumLabel, sizes: &[LabelSize]) -> Result<Vec<u8>, DocumentFault> {
    let mut paper = Paper::new(Format::PORTRAIT);
    for size in sizes {
        let section = paper.leaf(Format::PORTRAIT, size.called());
        paper.heading(section, 1, Style::bold(12.0), Align::Left, size.called());
        let column = paper.format().column();
        paper.paragraph(section, Style::italic(10.5), column, Align::Left, CUT);
        paper.y += 14.0;
        let (width, height) = size.size();
        let area = [column.x, paper.y, column.x + width * MM, paper.y + height * MM];
        paper.frame(Ink::Grey, 0.4, area);
        match size {
            LabelSize::Stick => narrow(&mut paper, section, label, area, &SMALL),
            LabelSize::Disk => narrow(&mut paper, section, label, area, &MIDDLE),
            LabelSize::CdCase => case(&mut paper, section, label, area, &CD),
            LabelSize::DvdCase => case(&mut paper, section, label, area, &DVD),
        }
    }
    let name = label.copy.name();
    let print = Print {
        title: format!("Nhãn vật mang {name}"),
        author: &label.copy.school.name,
        id: &name,
        notices: if label.copy.school.sample { vec![words::SAMPLE] } else { Vec::new() },
        made: label.copy.verified,
        is_stamped: false,
        attachments: Vec::new(),
    };
    paint(&mut paper, print)
}

const CUT: &str = "In đúng cỡ (100 %), cắt theo khung. Không dán nhãn lên mặt đĩa, không che cổng cắm.";

/// Letters and code of a label of two columns.
struct Narrow {
    title: f32,
    text: f32,
    code: f32,
    digests: bool,
}

/// Smaller letters are not read off a stick.
const LEAST: f32 = 5.0;
const SMALL: Narrow = Narrow { title: 8.0, text: 6.5, code: 28.0 * MM, digests: false };
const MIDDLE: Narrow = Narrow { title: 11.0, text: 8.0, code: 37.0 * MM, digests: true };

/// Letters and code of the label of a case.
struct Case {
    title: f32,
    name: f32,
    fact: f32,
    digest: f32,
    code: f32,
    air: f32,
}

const CD: Case = Case { title: 12.0, name: 17.0, fact: 9.5, digest: 9.0, code: 42.0 * MM, air: 1.5 * MM };
const DVD: Case = Case { title: 15.0, name: 20.0, fact: 11.0, digest: 11.0, code: 52.0 * MM, air: 5.0 * MM };

fn case(
    paper: &mut Paper,
    section: ElementId,
    label: &MediumLabel,
    [left, top, right, bottom]: [f32; 4],
    look: &Case,
) {
    let copy = &label.copy;
    let column = Column { x: left, width: right - left }.inset(7.0 * MM);
    paper.y = top + 3.0 * MM + look.air;
    let title = Style::bold(look.title);
    paper.paragraph(section, title, column, Align::Centre, &copy.school.name.to_uppercase());
    paper.paragraph(section, title, column, Align::Centre, "LƯU TRỮ HỒ SƠ ĐIỆN TỬ");
    paper.paragraph(section, title, column, Align::Centre, &format!("NĂM HỌC {}", copy.years));
    paper.y += look.air;
    paper.paragraph(section, Style::bold(look.name), column, Align::Centre, &copy.name());
    paper.y += look.air;
    let beside = Column { x: column.x, width: column.width - look.code - 2.0 * MM };
    let begun = paper.y;
    for (name, value) in facts(label) {
        paper.labelled(section, look.fact, beside, 0.0, (name, &value));
    }
    let lowest = paper.y.max(begun + look.code);
    let corner = [column.x + column.width - look.code, begun];
    qr_code::draw(paper, section, corner, look.code, &runs(label), spoken(label));
    paper.y = lowest + look.air;
    for (name, digest) in digests(label) {
        paper.paragraph(section, Style::regular(look.digest - 1.0), column, Align::Left, name);
        let hex = words::grouped_hex(&digest.to_string());
        let size = paper.faces.size_for_line(Style::bold(1.0).weight, look.digest, column.width, &hex);
        paper.paragraph(section, Style::bold(size), column, Align::Left, &hex);
        paper.y += look.air / 2.0;
    }
    keep_within(paper, bottom);
}

fn narrow(
    paper: &mut Paper,
    section: ElementId,
    label: &MediumLabel,
    [left, top, right, bottom]: [f32; 4],
    look: &Narrow,
) {
    let copy = &label.copy;
    let code = look.code;
    let text = Column { x: left + 2.0 * MM, width: right - left - code - 4.5 * MM };
    paper.y = top + 1.5 * MM;
    for (size, line) in [(look.title, &copy.school.name), (look.title + 1.0, &copy.name())] {
        let size = paper.faces.size_for_line(Style::bold(size).weight, size, text.width, line);
        paper.paragraph(section, Style::bold(size.max(LEAST)), text, Align::Left, line);
    }
    let facts = if look.digests { facts(label) } else { few_facts(label) };
    for (name, value) in facts {
        paper.labelled(section, look.text, text, 0.0, (name, &value));
    }
    let corner = [right - code - 1.5 * MM, top + 1.5 * MM];
    qr_code::draw(paper, section, corner, code, &runs(label), spoken(label));
    let below = Column { x: left + 2.0 * MM, width: right - left - 4.0 * MM };
    if look.digests {
        paper.y = paper.y.max(top + code + 1.5 * MM);
        for (name, digest) in digests(label) {
            paper.paragraph(section, Style::regular(6.5), below, Align::Left, name);
            let hex = words::grouped_hex(&digest.to_string());
            paper.paragraph(section, Style::bold(7.5), below, Align::Left, &hex);
        }
    } else {
        paper.paragraph(section, Style::regular(look.text), text, Align::Left, SEAL);
        let hex = words::grouped_hex(&copy.seal.to_string());
        paper.paragraph(section, Style::bold(5.5), text, Align::Left, &hex);
    }
    keep_within(paper, bottom);
}

/// A label that outgrew its frame would be cut off.
fn keep_within(paper: &mut Paper, bottom: f32) {
    if paper.y > bottom {
        paper.fail(DocumentFault::TooTall("label".into()));
    }
}

const SEAL: &str = "Mã niêm phong (SHA-256)";

fn facts(label: &MediumLabel) -> Vec<(&'static str, String)> {
    let copy = &label.copy;
    let mut facts = vec![("Vật mang", copy.called().to_owned()), ("Bản số", copy.copy.to_string())];
    facts.extend(few_facts(label));
    facts.push(("Đọc lại", copy.verified.vietnamese()));
    facts
}

/// What has room on the tag of a stick.
fn few_facts(label: &MediumLabel) -> Vec<(&'static str, String)> {
    let copy = &label.copy;
    let mut facts = vec![("Năm học", copy.years.to_owned())];
    if let Some((number, all)) = label.of_set {
        facts.push(("Phần", format!("{number}/{all}")));
    }
    facts.extend([
        ("Số niêm phong", label.sticker.unwrap_or("....................").to_owned()),
        ("Số trong sổ theo dõi", label.entry.to_string()),
        ("Dung lượng", words::bytes(copy.bytes)),
    ]);
    facts
}

fn digests(label: &MediumLabel) -> [(&'static str, Sha256); 3] {
    [
        (SEAL, label.copy.seal),
        ("Chứng thư của nhà trường (SHA-256)", label.certificate),
        ("KIEM-TRA.html (SHA-256)", label.checking_page),
    ]
}

fn spoken(label: &MediumLabel) -> String {
    format!(
        "Mã QR của vật mang {}: số trong sổ theo dõi {}, mã niêm phong, dung lượng, chứng thư của nhà trường và mã của \
         trang kiểm tra, như in bằng chữ bên cạnh",
        label.copy.name(),
        label.entry
    )
}
