//! Biên bản niêm phong of a deposit: what it holds and the digests that hold it.
//! Source: NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.8 (biên bản).

use school::digest::{Sha256, Sha512};
use school::dossier::{DossierKey, DossierOf};
use school::moment::Moment;
use school::plan::Plan;
use school::records::canonical;
use school::roster::Roster;
use serde::Serialize;

use super::painting::{Attachment, Publication, Relation, publish};
use super::paper::{Align, Column, Element, ElementId, Format, LEADING, Paper, Style};
use super::table::{Cell, Table};
use super::{DocumentFault, Rendered, letterhead, printed_words as words, signing_places};

/// Everything that a sealing record is made of.
#[derive(Debug, Clone, Copy)]
pub struct SealingRecord<'a> {
    /// The deposit, such as `HOAPHUONG_2025-2026_0001`; ends with the number of the plan's dossier.
    pub deposit: &'a str,
    /// Digest of the bytes of `tagmanifest-sha256.txt`.
    pub tagmanifest_sha256: Sha256,
    /// Digest of the bytes of `tagmanifest-sha512.txt`.
    pub tagmanifest_sha512: Sha512,
    /// Files in the payload of the deposit.
    pub files: u64,
    /// Bytes in the payload of the deposit.
    pub bytes: u64,
    /// Class books among them.
    pub class_books: u64,
    /// Transcripts among them.
    pub transcripts: u64,
    /// Decisions that lock or reopen among them.
    pub lock_decisions: u64,
    /// Requests, records and summaries of corrections among them.
    pub corrections: u64,
    /// Other documents of classes among them: teachers' books, summaries, lists, enrolment registers.
    pub further: u64,
    /// The school.
    pub roster: &'a Roster,
    /// The plan of this dossier; its boxes are the places of the document.
    pub plan: &'a Plan,
    /// When the deposit was packed: date and time of the record.
    pub decided: Moment,
}

/// The attached data, `niemphong-sealing/1`.
#[derive(Serialize)]
struct SealingData<'a> {
    format: &'static str,
    deposit: &'a str,
    tagmanifest_sha256: Sha256,
    tagmanifest_sha512: Sha512,
    files: u64,
    bytes: u64,
}

const BODY: f32 = 13.0;
const INDENT: f32 = 28.0;
/// Two lines of closing words and the air below them.
const CLOSING_HEIGHT: f32 = 2.0 * BODY * LEADING + 6.0;

/// Renders the sealing record of a deposit.
///
/// Errors: see [`DocumentFault`].
pub fn sealing_record(input: &SealingRecord) -> Result<Rendered, DocumentFault> {
    let SealingRecord { roster, plan, decided, .. } = *input;
    let other = || DocumentFault::OtherDossier(plan.dossier.clone());
    let key = DossierKey::from_id(plan.dossier.as_str()).map_err(|_| other())?;
    let DossierOf::BienBanNiemPhong(number) = &key.of else { return Err(other()) };
    let deposit = format!("{}_{}_{number}", roster.school.code, key.year);
    if roster.year != key.year || deposit != input.deposit {
        return Err(other());
    }
    let mut paper = Paper::of_roster(Format::PORTRAIT, roster);
    let section = paper.section(words::RECORD);
    let column = paper.format().column();
    let printed_number = words::record_number(number.as_str(), roster.school.code.as_str());
    letterhead::draw(&mut paper, section, &roster.school, &printed_number, None);
    paper.y += 8.0;
    paper.heading(section, 1, Style::bold(14.0), Align::Centre, words::RECORD);
    let about = words::record_about(key.year);
    paper.paragraph(section, Style::bold(BODY), column, Align::Centre, &about);
    paper.y += 8.0;
    let opening = words::record_opening(decided.time_of_day(), decided.date().parts(), &roster.school.name);
    paper.indented(section, Style::regular(BODY), column, Align::Justified, INDENT, &opening);
    paper.y += 6.0;
    contents(input, column).draw(&mut paper, section);
    paper.y += 6.0;
    digests(&mut paper, section, input, column);
    paper.y += 6.0;
    let places = signing_places::of_document(plan);
    // Places that need another page take the closing words along: nobody signs a page of places alone.
    if paper.room() < CLOSING_HEIGHT + signing_places::height(&paper.leaders, &places) {
        paper.turn();
    }
    paper.indented(section, Style::regular(BODY), column, Align::Justified, INDENT, words::RECORD_CLOSING);
    paper.y += 6.0;
    signing_places::draw(&mut paper, section, column, &places, None);
    let data = SealingData {
        format: "niemphong-sealing/1",
        deposit: input.deposit,
        tagmanifest_sha256: input.tagmanifest_sha256,
        tagmanifest_sha512: input.tagmanifest_sha512,
        files: input.files,
        bytes: input.bytes,
    };
    let attachments = vec![Attachment {
        name: "du-lieu.json",
        description: words::ATTACHED_SEALING,
        relation: Relation::Data,
        bytes: canonical::to_bytes(&data)?,
    }];
    let title = words::record_document_title(input.deposit);
    publish(paper, Publication { title, school: &roster.school, plan, decided, attachments })
}

fn contents(input: &SealingRecord, column: Column) -> Table {
    let row = |label: &str, value: String| {
        vec![Cell::new(label).left().heading_row(), Cell::new(value).left().bold()]
    };
    Table {
        summary: words::CONTENTS_OF_DEPOSIT.into(),
        continued: words::continued(words::CONTENTS_OF_DEPOSIT),
        x: column.x,
        widths: vec![column.width * 0.52, column.width * 0.48],
        size: 12.0,
        padding: 5.0,
        air: 1.5,
        row_height: 18.0,
        followed_by: 0.0,
        header: vec![vec![Cell::head(words::ITEM), Cell::head(words::VALUE)]],
        rows: vec![
            row(words::DEPOSIT_ID, input.deposit.to_owned()),
            row(words::CLASS_BOOKS, words::books(input.class_books)),
            row(words::TRANSCRIPTS, words::volumes(input.transcripts)),
            row(words::LOCK_DECISIONS, words::decisions(input.lock_decisions)),
            row(words::CORRECTIONS, words::papers(input.corrections)),
            row(words::FURTHER_DOCUMENTS, words::books(input.further)),
            row(words::FILES, words::files(input.files)),
            row(words::BYTES, words::bytes(input.bytes)),
            row(words::SEALED_AT, input.decided.vietnamese()),
        ],
    }
}

fn digests(paper: &mut Paper, section: ElementId, input: &SealingRecord, column: Column) {
    paper.indented(section, Style::regular(BODY), column, Align::Left, INDENT, words::DIGESTS_INTRO);
    paper.y += 2.0;
    let digests = [
        (words::DIGEST_256, input.tagmanifest_sha256.to_string()),
        (words::DIGEST_512, input.tagmanifest_sha512.to_string()),
    ];
    for (name, hex) in digests {
        paper.indented(section, Style::bold(12.0), column, Align::Left, INDENT, name);
        let paragraph = paper.open(section, Element::Paragraph);
        blocks(paper, paragraph, column, &hex);
        paper.y += 4.0;
    }
}

/// Eight digits a block in columns that stand below each other, so that two people can compare.
fn blocks(paper: &mut Paper, paragraph: ElementId, column: Column, hex: &str) {
    const PER_LINE: usize = 8;
    const STYLE: Style = Style::regular(11.0);
    let area = Column { x: column.x + INDENT, width: column.width - INDENT };
    let blocks: Vec<&str> = (0..hex.len()).step_by(8).filter_map(|at| hex.get(at..at + 8)).collect();
    for line in blocks.chunks(PER_LINE) {
        for (index, block) in line.iter().enumerate() {
            let strip = area.part(index, PER_LINE, 10.0);
            let text = format!("{block} ");
            paper.line(paragraph, STYLE, strip, Align::Left, paper.y + STYLE.size, &text);
        }
        paper.y += STYLE.size * 1.35;
    }
}
