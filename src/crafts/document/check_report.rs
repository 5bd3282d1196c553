//! Biên bản kiểm tra dữ liệu điểm: what the rules of the school year say of one export before its lock.
//! The conclusion first, then every value that differs and every entry that is missing. Nobody signs it
//! here: it is kept with the export that it judges. Source: DESIGN, section 6; NĐ 30/2020/NĐ-CP, Phụ lục
//! III, mẫu 1.8 (biên bản).

use school::digest::Sha256;
use school::moment::Moment;

use super::painting::{Attachment, Print, Relation, paint};
use super::paper::{Align, Column, ElementId, Format, Paper, Style};
use super::plain_text::printable;
use super::table::{Cell, Table};
use super::{DocumentFault, printed_words as words};

/// Everything that a report is made of, in words for people (Vietnamese).
#[derive(Debug, Clone, Copy)]
pub struct CheckReport<'a> {
    /// When the rules were applied: the date of the report.
    pub checked: Moment,
    /// The school, by name or code.
    pub school: &'a str,
    /// True for the invented school of the demo: every page says so.
    pub sample: bool,
    /// The conclusion, one sentence.
    pub conclusion: &'a str,
    /// What was checked and by which rules: label and value.
    pub grounds: &'a [(String, String)],
    /// Per difference: pupil, subject, cell, expected, found.
    pub differences: &'a [[String; 5]],
    /// Per missing entry: pupil, subject, cell, who enters it.
    pub gaps: &'a [[String; 4]],
    /// The whole list as canonical JSON, attached as `kiem-tra.json`.
    pub list: &'a [u8],
}

const BODY: f32 = 12.0;
/// Longest text of a cell.
const CELL_CHARACTERS: usize = 160;
/// Most rows of a table; the attachment holds all of them.
const ROWS: usize = 1500;

/// Renders a report: PDF/A-3a and PDF/UA-1, the same bytes for the same input.
///
/// Errors: see [`DocumentFault`].
pub fn check_report(input: &CheckReport) -> Result<Vec<u8>, DocumentFault> {
    let mut paper = Paper::new(Format::PORTRAIT);
    let section = paper.section(words::CHECK_TITLE);
    let column = paper.format().column();
    let school = printable(input.school, CELL_CHARACTERS).to_uppercase();
    paper.paragraph(section, Style::bold(BODY), column, Align::Left, &school);
    paper.y += 14.0;
    paper.heading(section, 1, Style::bold(15.0), Align::Centre, words::CHECK_TITLE);
    paper.y += 8.0;
    for (label, value) in input.grounds {
        let value = printable(value, CELL_CHARACTERS);
        paper.labelled(section, BODY, column, 150.0, (&printable(label, CELL_CHARACTERS), &value));
    }
    paper.y += 8.0;
    paper.paragraph(section, Style::bold(13.0), column, Align::Left, input.conclusion);
    paper.y += 8.0;
    listed(
        &mut paper,
        section,
        words::CHECK_DIFFERENCES,
        &words::DIFFERENCE_HEADS,
        &DIFFERENCE_SHARES,
        input.differences,
    );
    listed(&mut paper, section, words::CHECK_GAPS, &words::GAP_HEADS, &GAP_SHARES, input.gaps);
    paper.paragraph(section, Style::italic(11.0), column, Align::Justified, words::CHECK_CLOSING);
    let digest = Sha256::of(input.list).to_string();
    let id = words::check_id(&digest);
    let attachments = vec![Attachment {
        name: "kiem-tra.json",
        description: words::ATTACHED_CHECK,
        relation: Relation::Data,
        bytes: input.list.to_vec(),
    }];
    let title = words::check_document_title(&input.checked.vietnamese());
    let notices = if input.sample { vec![words::SAMPLE] } else { Vec::new() };
    let (author, made, is_stamped) = ("niemphong", input.checked, false);
    let print = Print { title, author, id: &id, notices, made, is_stamped, attachments };
    paint(&mut paper, print)
}

const DIFFERENCE_SHARES: [f32; 6] = [7.0, 30.0, 18.0, 19.0, 13.0, 13.0];
const GAP_SHARES: [f32; 5] = [7.0, 33.0, 20.0, 22.0, 18.0];

fn listed<const N: usize, const M: usize>(
    paper: &mut Paper,
    section: ElementId,
    title: &str,
    heads: &[&str; M],
    shares: &[f32; M],
    rows: &[[String; N]],
) {
    if rows.is_empty() {
        return;
    }
    if paper.room() < 90.0 {
        paper.turn();
    }
    let column = paper.format().column();
    paper.heading(section, 2, Style::bold(BODY), Align::Left, &words::check_heading(title, rows.len()));
    paper.y += 3.0;
    table(column, title, heads, shares, rows).draw(paper, section);
    if rows.len() > ROWS {
        let more = words::check_more(rows.len() - ROWS);
        paper.paragraph(section, Style::italic(11.0), column, Align::Left, &more);
    }
    paper.y += 10.0;
}

fn table<const N: usize, const M: usize>(
    column: Column,
    title: &str,
    heads: &[&str; M],
    shares: &[f32; M],
    rows: &[[String; N]],
) -> Table {
    let whole: f32 = shares.iter().sum();
    let row = |(index, texts): (usize, &[String; N])| {
        let mut cells = vec![Cell::new((index + 1).to_string())];
        for (number, text) in texts.iter().enumerate() {
            let cell = Cell::new(printable(text, CELL_CHARACTERS)).left();
            cells.push(if number == 0 { cell.heading_row() } else { cell });
        }
        cells
    };
    Table {
        summary: title.into(),
        continued: words::continued(title),
        x: column.x,
        widths: shares.iter().map(|share| column.width * share / whole).collect(),
        size: 10.0,
        padding: 4.0,
        air: 2.0,
        row_height: 16.0,
        followed_by: 0.0,
        header: vec![heads.iter().map(|head| Cell::head(*head)).collect()],
        rows: rows.iter().take(ROWS).enumerate().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(differences: &[[String; 5]], gaps: &[[String; 4]]) -> Vec<u8> {
        let report = CheckReport {
            checked: Moment::from_unix(1_780_103_700),
            school: "Trường THCS Hoa Phượng",
            sample: true,
            conclusion: "Có 1 giá trị khác quy định.",
            grounds: &[("Lớp".into(), "6A1".into())],
            differences,
            gaps,
            list: b"{}",
        };
        check_report(&report).expect("renders")
    }

    #[test]
    fn a_report_without_and_with_many_findings_renders_the_same_every_time() {
        let difference = ["Lâm Gia Hân", "Toán", "ĐTBmcn", "8,4", "8,5"].map(String::from);
        let gap = ["漢\u{202E}\n", "", "ĐĐGgk học kì I", "Giáo viên bộ môn"].map(String::from);
        for rows in [0, 1, 2000] {
            let (differences, gaps) = (vec![difference.clone(); rows], vec![gap.clone(); rows]);
            let first = render(&differences, &gaps);
            assert_eq!(first, render(&differences, &gaps));
            assert!(first.starts_with(b"%PDF-1.7"));
        }
    }
}
