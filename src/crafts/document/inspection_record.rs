//! Biên bản kiểm tra chữ ký số: what an inspector takes away from `niemphong verify`. The conclusion
//! stands first, then what was checked and by what, then one sheet per object with a row per signature.
//! Nobody signs it here; two lines wait for signatures by hand.
//! Source: TT 15/2025/TT-BKHCN, Điều 6, 6.4 (the least that a row says); NĐ 30/2020/NĐ-CP, Phụ lục III,
//! mẫu 1.8 (biên bản).

use school::digest::Sha256;
use school::moment::Moment;

use super::painting::{Attachment, Print, Relation, paint};
use super::paper::{Align, Column, ElementId, Format, Ink, LEADING, Paper, Style};
use super::plain_text::printable;
use super::table::{Cell, Table};
use super::{DocumentFault, printed_words as words};

/// Everything that a record is made of, in words for people (Vietnamese).
#[derive(Debug, Clone, Copy)]
pub struct InspectionRecord<'a> {
    /// When the check was made: the date of the record.
    pub checked: Moment,
    /// The conclusion over all objects, one sentence.
    pub conclusion: &'a str,
    /// By what was checked: label and value of each row, such as program, rules, moment of judgement.
    pub grounds: &'a [(String, String)],
    /// Trust anchors: name and SHA-256 of each certificate.
    pub anchors: &'a [(String, Sha256)],
    /// True when an anchor is one of an invented authority: every page says so.
    pub sample: bool,
    /// What was checked, in the order asked.
    pub objects: &'a [InspectedObject],
    /// The whole report as canonical JSON, attached as `ket-qua.json`.
    pub report: &'a [u8],
}

/// One file, deposit, register or medium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectedObject {
    /// Its path as given.
    pub name: String,
    /// What it says that it is, as papers are called.
    pub called: Option<String>,
    /// The verdict sentence.
    pub sentence: String,
    /// Label and value of each technical fact.
    pub facts: Vec<(String, String)>,
    /// Its signatures.
    pub signatures: Vec<InspectedSignature>,
    /// Its problems.
    pub problems: Vec<InspectedProblem>,
    /// False when it stands only in the table of objects and in the attachment.
    pub detailed: bool,
}

/// One signature: the row that Điều 6, 6.4 demands, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectedSignature {
    /// Field or file, and role.
    pub place: String,
    /// Chủ thể ký.
    pub signer: String,
    /// Cơ quan cấp chứng thư.
    pub issuer: String,
    /// Đơn vị quản lý chứng thư.
    pub managed_by: String,
    /// Thời điểm ký hoặc dấu thời gian.
    pub time: String,
    /// Toàn vẹn.
    pub integrity: String,
    /// Tính hợp lệ tại thời điểm ký.
    pub valid_then: String,
    /// Thời hạn hiệu lực chứng thư.
    pub validity: String,
    /// Serial of the certificate.
    pub serial: String,
    /// Kết luận.
    pub conclusion: String,
    /// Algorithm and PAdES level.
    pub technique: String,
    /// What of the file it covers.
    pub covers: String,
    /// SHA-256 of the certificate, hex.
    pub certificate: String,
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectedProblem {
    /// Where.
    pub place: String,
    /// What it means.
    pub meaning: String,
    /// Why it probably is so.
    pub cause: String,
    /// What to do now.
    pub action: String,
    /// The stable code.
    pub code: String,
}

const BODY: f32 = 12.5;
const INDENT: f32 = 28.0;
/// Longest value of a cell; a hostile name must not outgrow a page.
const CELL_CHARACTERS: usize = 160;
const SENTENCE_CHARACTERS: usize = 600;
/// The longest that a problem says has 280; more in a narrow column would be taller than a page.
const PROBLEM_CHARACTERS: usize = 320;
/// Height that a heading keeps together with what follows it.
const TOGETHER: f32 = 90.0;
/// The same for the heading of a sheet: verdict, heads of the table and its first row.
const SHEET_TOGETHER: f32 = 180.0;

/// Renders a record: PDF/A-3a and PDF/UA-1, the same bytes for the same input.
///
/// Errors: see [`DocumentFault`].
pub fn inspection_record(input: &InspectionRecord) -> Result<Vec<u8>, DocumentFault> {
    let mut paper = Paper::new(Format::PORTRAIT);
    let section = paper.section(words::RECORD);
    head(&mut paper, section, input);
    objects(&mut paper, section, input);
    grounds(&mut paper, section, input);
    closing(&mut paper, section);
    let detailed: Vec<_> = input.objects.iter().enumerate().filter(|(_, object)| object.detailed).collect();
    if !detailed.is_empty() {
        paper.start_page(Format::LANDSCAPE);
        let annex = paper.section(words::INSPECTION_ANNEX);
        paper.heading(annex, 2, Style::bold(13.0), Align::Centre, words::INSPECTION_ANNEX);
        for (index, object) in detailed {
            sheet(&mut paper, annex, index + 1, object);
        }
    }
    let id = words::inspection_id(&Sha256::of(input.report).to_string());
    let attachments = vec![Attachment {
        name: "ket-qua.json",
        description: words::ATTACHED_INSPECTION,
        relation: Relation::Data,
        bytes: input.report.to_vec(),
    }];
    let title = words::inspection_document_title(&input.checked.vietnamese());
    let notices = if input.sample { vec![words::SAMPLE] } else { Vec::new() };
    let (author, made, is_stamped) = ("niemphong", input.checked, false);
    let print = Print { title, author, id: &id, notices, made, is_stamped, attachments };
    paint(&mut paper, print)
}

impl InspectedObject {
    /// Its path, behind what it says that it is.
    fn title(&self) -> String {
        let name = printable(&self.name, CELL_CHARACTERS);
        match &self.called {
            Some(called) => format!("{} – {name}", printable(called, CELL_CHARACTERS)),
            None => name,
        }
    }
}

fn cell(text: &str) -> Cell {
    Cell::new(printable(text, CELL_CHARACTERS)).left()
}

fn head(paper: &mut Paper, section: ElementId, input: &InspectionRecord) {
    let column = paper.format().column();
    paper.paragraph(section, Style::bold(12.0), column, Align::Centre, words::STATE);
    paper.paragraph(section, Style::bold(13.0), column, Align::Centre, words::MOTTO);
    let width = paper.faces.width(Style::bold(13.0).weight, 13.0, words::MOTTO);
    let middle = column.x + column.width / 2.0;
    let y = paper.y + 1.5;
    paper.lines(Ink::Black, 0.6, vec![[middle - width / 2.0, y, middle + width / 2.0, y]]);
    paper.y += 18.0;
    paper.heading(section, 1, Style::bold(15.0), Align::Centre, words::INSPECTION_TITLE);
    paper.y += 6.0;
    let opening = words::inspection_opening(input.checked.time_of_day(), input.checked.date().parts());
    paper.indented(section, Style::regular(BODY), column, Align::Justified, INDENT, &opening);
    paper.y += 8.0;
    let top = paper.y;
    paper.y += 5.0;
    let inner = column.inset(10.0);
    let conclusion = words::inspection_conclusion(&printable(input.conclusion, SENTENCE_CHARACTERS));
    paper.paragraph(section, Style::bold(13.0), inner, Align::Centre, &conclusion);
    paper.y += 5.0;
    paper.frame(Ink::Black, 1.0, [column.x, top, column.x + column.width, paper.y]);
    paper.y += 10.0;
}

fn objects(paper: &mut Paper, section: ElementId, input: &InspectionRecord) {
    let column = paper.format().column();
    heading(paper, section, 2, words::INSPECTED_OBJECTS);
    let row = |(index, object): (usize, &InspectedObject)| {
        vec![
            Cell::new((index + 1).to_string()),
            Cell::new(object.title()).left().heading_row(),
            Cell::new(printable(&object.sentence, SENTENCE_CHARACTERS)).left(),
        ]
    };
    let (number, name) = (30.0, column.width * 0.42);
    table(
        column,
        words::INSPECTED_OBJECTS,
        10.0,
        vec![number, name, column.width - number - name],
        &[words::NUMBER, words::INSPECTED_OBJECT, words::CONCLUSION],
        input.objects.iter().enumerate().map(row).collect(),
    )
    .draw(paper, section);
    paper.y += 10.0;
}

fn grounds(paper: &mut Paper, section: ElementId, input: &InspectionRecord) {
    let column = paper.format().column();
    heading(paper, section, 2, words::INSPECTION_GROUNDS);
    let rows = input.grounds.iter().map(|(label, value)| vec![cell(label).heading_row(), cell(value)]);
    let widths = vec![column.width * 0.38, column.width * 0.62];
    let head = [words::ITEM, words::VALUE];
    table(column, words::INSPECTION_GROUNDS, 11.0, widths, &head, rows.collect()).draw(paper, section);
    paper.y += 8.0;
    let rows = input.anchors.iter().map(|(name, digest)| {
        vec![cell(name).heading_row(), Cell::new(words::grouped_hex(&digest.to_string())).left()]
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        paper.paragraph(section, Style::regular(BODY), column, Align::Left, words::NO_ANCHORS);
    } else {
        heading(paper, section, 2, words::INSPECTION_ANCHORS);
        let widths = vec![column.width * 0.38, column.width * 0.62];
        let head = [words::ANCHOR, words::ANCHOR_DIGEST];
        table(column, words::INSPECTION_ANCHORS, 11.0, widths, &head, rows).draw(paper, section);
    }
    paper.y += 10.0;
}

/// What the record is and is not, and two lines for signatures by hand.
fn closing(paper: &mut Paper, section: ElementId) {
    const SIGNING_HEIGHT: f32 = 70.0;
    let column = paper.format().column();
    let style = Style::regular(BODY);
    // Two lines alone on a page would be signatures under nothing.
    let lines = paper.faces.wrap(style.weight, style.size, column.width, INDENT, words::INSPECTION_CLOSING);
    if paper.room() < lines.len() as f32 * style.size * LEADING + 12.0 + SIGNING_HEIGHT {
        paper.turn();
    }
    paper.indented(section, style, column, Align::Justified, INDENT, words::INSPECTION_CLOSING);
    paper.y += 12.0;
    let top = paper.y;
    for (index, caption) in words::INSPECTION_SIGNERS.iter().enumerate() {
        paper.y = top;
        let strip = column.part(index, words::INSPECTION_SIGNERS.len(), 20.0);
        paper.paragraph(section, Style::bold(BODY), strip, Align::Centre, caption);
        paper.paragraph(section, Style::italic(11.0), strip, Align::Centre, words::SIGN_BY_HAND);
        let (line, middle) = (top + SIGNING_HEIGHT - 8.0, strip.x + strip.width / 2.0);
        paper.lines(Ink::Grey, 0.5, vec![[middle - 80.0, line, middle + 80.0, line]]);
    }
    paper.y = top + SIGNING_HEIGHT;
}

fn sheet(paper: &mut Paper, annex: ElementId, number: usize, object: &InspectedObject) {
    let column = paper.format().column();
    paper.y += 8.0;
    heading(paper, annex, 3, &format!("{number}. {}", object.title()));
    let sentence = printable(&object.sentence, SENTENCE_CHARACTERS);
    paper.paragraph(annex, Style::bold(11.5), column, Align::Left, &sentence);
    paper.y += 5.0;
    if !object.signatures.is_empty() {
        signatures(object, column).draw(paper, annex);
        paper.y += 8.0;
    }
    if !object.problems.is_empty() {
        heading(paper, annex, 4, words::PROBLEMS);
        problems(object, column).draw(paper, annex);
        paper.y += 8.0;
    }
    if !object.signatures.is_empty() {
        heading(paper, annex, 4, words::TECHNIQUES);
        techniques(object, column).draw(paper, annex);
        paper.y += 8.0;
    }
    for (label, value) in &object.facts {
        let value = printable(value, SENTENCE_CHARACTERS);
        paper.labelled(annex, 10.5, column, 150.0, (&printable(label, CELL_CHARACTERS), &value));
    }
}

/// A row per signature, in the order of Điều 6, 6.4.
fn signatures(object: &InspectedObject, column: Column) -> Table {
    let row = |one: &InspectedSignature| {
        vec![
            cell(&one.place).bold().heading_row(),
            cell(&one.signer),
            cell(&one.issuer),
            cell(&one.managed_by),
            cell(&one.time),
            cell(&one.integrity),
            cell(&one.valid_then),
            cell(&one.validity),
            cell(&one.serial),
            cell(&one.conclusion).bold(),
        ]
    };
    let shares = [11.0, 12.0, 11.0, 11.0, 9.5, 7.0, 13.5, 8.5, 8.5, 8.0];
    let rows = object.signatures.iter().map(row).collect();
    table(column, words::SIGNATURES, 9.0, of_width(column, &shares), &words::SIGNATURE_HEADS, rows)
}

fn techniques(object: &InspectedObject, column: Column) -> Table {
    let row = |one: &InspectedSignature| {
        vec![
            cell(&one.place).heading_row(),
            cell(&one.technique),
            cell(&one.covers),
            cell(&words::grouped_hex(&one.certificate)),
        ]
    };
    let rows = object.signatures.iter().map(row).collect();
    let widths = of_width(column, &[14.0, 24.0, 20.0, 42.0]);
    table(column, words::TECHNIQUES, 9.0, widths, &words::TECHNIQUE_HEADS, rows)
}

fn problems(object: &InspectedObject, column: Column) -> Table {
    let said = |text: &str| Cell::new(printable(text, PROBLEM_CHARACTERS)).left();
    let row = |one: &InspectedProblem| {
        vec![
            said(&one.place).heading_row(),
            said(&one.meaning),
            said(&one.cause),
            said(&one.action),
            cell(&one.code),
        ]
    };
    let rows = object.problems.iter().map(row).collect();
    let widths = of_width(column, &[17.0, 23.0, 24.0, 22.0, 14.0]);
    table(column, words::PROBLEMS, 9.5, widths, &words::PROBLEM_HEADS, rows)
}

fn of_width(column: Column, shares: &[f32]) -> Vec<f32> {
    let whole: f32 = shares.iter().sum();
    shares.iter().map(|share| column.width * share / whole).collect()
}

fn heading(paper: &mut Paper, section: ElementId, level: u16, text: &str) {
    let together = if level == 3 { SHEET_TOGETHER } else { TOGETHER };
    if paper.room() < together {
        paper.turn();
    }
    let size = if level < 4 { BODY } else { 10.5 };
    paper.heading(section, level, Style::bold(size), Align::Left, text);
    paper.y += 3.0;
}

fn table(
    column: Column,
    title: &str,
    size: f32,
    widths: Vec<f32>,
    heads: &[&str],
    rows: Vec<Vec<Cell>>,
) -> Table {
    Table {
        summary: title.into(),
        continued: words::continued(title),
        x: column.x,
        widths,
        size,
        padding: 4.0,
        air: 3.0,
        row_height: 18.0,
        followed_by: 0.0,
        header: vec![heads.iter().map(|head| Cell::head(*head)).collect()],
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(signer: &str) -> InspectedSignature {
        InspectedSignature {
            place: "HieuTruong – Hiệu trưởng".into(),
            signer: signer.into(),
            issuer: "CA MẪU".into(),
            managed_by: "Tổ chức chứng thực MẪU".into(),
            time: "23/11/2026 09:26:26 (UTC+7) (dấu thời gian)".into(),
            integrity: "Nguyên vẹn".into(),
            valid_then: "Có".into(),
            validity: "23/11/2026 – 23/11/2029".into(),
            serial: "5A3F 0001".into(),
            conclusion: "Hợp lệ".into(),
            technique: "sha256WithRSAEncryption, B-LTA".into(),
            covers: "một phiên bản".into(),
            certificate: "ab".repeat(32),
        }
    }

    fn render(objects: &[InspectedObject]) -> Result<Vec<u8>, DocumentFault> {
        inspection_record(&InspectionRecord {
            checked: Moment::from_unix(1_795_402_800),
            conclusion: "1/1 hồ sơ hợp lệ",
            grounds: &[("Chương trình".into(), "niemphong 0.1.0".into())],
            anchors: &[("CA GỐC MẪU".into(), Sha256::of(b"anchor"))],
            sample: true,
            objects,
            report: b"{}",
        })
    }

    fn object(name: &str, signatures: Vec<InspectedSignature>) -> InspectedObject {
        InspectedObject {
            name: name.into(),
            called: None,
            sentence: "HỢP LỆ – 1/1 chữ ký".into(),
            facts: vec![("SHA-256".into(), "00".repeat(32))],
            signatures,
            problems: Vec::new(),
            detailed: true,
        }
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        let objects = [object("hoc-ba.pdf", vec![signature("Nguyễn Thị Mơ")])];
        let first = render(&objects).expect("renders");
        assert_eq!(first, render(&objects).expect("renders"));
        assert!(first.starts_with(b"%PDF-1.7"));
    }

    #[test]
    fn hostile_names_of_any_length_still_give_a_record() {
        let name = "\u{202E}漢😀\u{1b}[2J\n".repeat(400);
        let mut many = vec![signature(&name); 30];
        many[0].place = name.clone();
        let problem = InspectedProblem {
            place: name.clone(),
            meaning: name.clone(),
            cause: name.clone(),
            action: name.clone(),
            code: name.clone(),
        };
        let mut hostile = object(&name, many);
        hostile.sentence = name;
        hostile.problems = vec![problem; 3];
        render(&[hostile]).expect("renders");
    }

    #[test]
    fn nothing_checked_is_a_record_too() {
        render(&[]).expect("renders");
    }
}
