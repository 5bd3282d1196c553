//! Trang DIỄN TẬP: the one page on which a person tries their token. It looks like a document of the
//! school, so that appearance and readers are tried as well, and says on every page what it is.

use school::digest::Sha256;
use school::moment::Moment;
use school::plan::SigningBox;
use school::roster::{Person, School};

use super::leaders::Leaders;
use super::painting::{Print, rehearse};
use super::paper::{Align, Column, Format, Paper, Style};
use super::table::{Cell, Table};
use super::{DocumentFault, Rendered, printed_words as words, signing_places};

/// Everything that the page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Rehearsal<'a> {
    /// The school.
    pub school: &'a School,
    /// Who rehearses.
    pub person: &'a Person,
    /// What names the token: model and serial.
    pub token: &'a str,
    /// The one place to sign.
    pub signing_box: &'a SigningBox,
    /// When: the date of the page.
    pub at: Moment,
}

const BODY: f32 = 13.0;
const LARGE: f32 = 54.0;
const TITLE: f32 = 15.0;

/// Renders the page: PDF/A-3a and PDF/UA-1.
///
/// Errors: see [`DocumentFault`].
pub fn rehearsal(input: &Rehearsal) -> Result<Rendered, DocumentFault> {
    let Rehearsal { school, person, token, signing_box, at } = *input;
    let mut paper = Paper::of_school(Format::PORTRAIT, school);
    paper.leaders = Leaders::alone(person, signing_box.role);
    let section = paper.section(words::REHEARSAL_TITLE);
    let column = paper.format().column();
    paper.paragraph(section, Style::bold(BODY), column, Align::Centre, &school.name);
    paper.y += 40.0;
    paper.paragraph(section, Style::bold(LARGE), column, Align::Centre, words::REHEARSAL);
    paper.y += 10.0;
    paper.heading(section, 1, Style::bold(TITLE), Align::Centre, words::REHEARSAL_TITLE);
    paper.y += 14.0;
    paper.paragraph(section, Style::regular(BODY), column, Align::Justified, words::REHEARSAL_ABOUT);
    paper.y += 12.0;
    facts(column, [&person.name, &person.title, &printed(person.certificate), token, &at.vietnamese()])
        .draw(&mut paper, section);
    paper.y += 24.0;
    signing_places::draw(&mut paper, section, column, &[signing_box], None);
    let id = format!("dien-tap_{}_{}", person.id, at.unix());
    let notices = std::iter::once(words::REHEARSAL_NOTICE).chain(school.sample.then_some(words::SAMPLE));
    rehearse(
        paper,
        Print {
            title: words::REHEARSAL_TITLE.to_owned(),
            author: &school.name,
            id: &id,
            notices: notices.collect(),
            made: at,
            is_stamped: false,
            attachments: Vec::new(),
        },
    )
}

/// In groups that an eye can compare.
fn printed(certificate: Sha256) -> String {
    let hex = certificate.to_string();
    let groups: Vec<&str> = (0..hex.len()).step_by(8).filter_map(|at| hex.get(at..at + 8)).collect();
    groups.join(" ")
}

fn facts(column: Column, values: [&str; 5]) -> Table {
    let rows = words::REHEARSAL_LABELS.iter().zip(values);
    Table {
        summary: words::REHEARSAL_TITLE.into(),
        continued: words::continued(words::REHEARSAL_TITLE),
        x: column.x,
        widths: vec![column.width * 0.36, column.width * 0.64],
        size: 12.0,
        padding: 5.0,
        air: 3.0,
        row_height: 21.0,
        followed_by: 0.0,
        header: vec![vec![Cell::head(words::ITEM), Cell::head(words::VALUE)]],
        rows: rows
            .map(|(label, value)| {
                vec![Cell::new(*label).left().heading_row(), Cell::new(value).left().bold()]
            })
            .collect(),
    }
}
