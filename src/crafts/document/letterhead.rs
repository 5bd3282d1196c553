//! The head of administrative papers: authority and school at the left, the state's name and motto
//! at the right, number, place and date below. Source: NĐ 30/2020/NĐ-CP, Phụ lục I, II.1 to II.4.

use school::gradebook::Gradebook;
use school::moment::Moment;
use school::roster::{Roster, School};

use super::paper::{Align, Column, ElementId, Ink, LEADING, Paper, Style};
use super::{DocumentFault, printed_words as words};

/// The strip of the issuing school takes two fifths of the width.
const LEFT_SHARE: f32 = 0.42;

/// Draws the head. A decision is dated here; a record (biên bản) says its time in its text.
pub(super) fn draw(
    paper: &mut Paper,
    parent: ElementId,
    school: &School,
    number: &str,
    decided: Option<Moment>,
) {
    let column = paper.format().column();
    let left = Column { x: column.x, width: column.width * LEFT_SHARE };
    let right = Column { x: left.x + left.width + 6.0, width: column.width - left.width - 6.0 };
    let top = paper.y;

    let authority = school.authority.to_uppercase();
    paper.paragraph(parent, Style::regular(12.0), left, Align::Centre, &authority);
    paper.paragraph(parent, Style::bold(12.0), left, Align::Centre, &school.name.to_uppercase());
    underline(paper, left, left.width * 0.36);
    let left_end = paper.y;

    paper.y = top;
    paper.paragraph(parent, Style::bold(12.0), right, Align::Centre, words::STATE);
    paper.paragraph(parent, Style::bold(13.0), right, Align::Centre, words::MOTTO);
    let motto = paper.faces.width(Style::bold(13.0).weight, 13.0, words::MOTTO);
    underline(paper, right, motto);

    paper.y = paper.y.max(left_end) + 8.0;
    let row = paper.y;
    paper.paragraph(parent, Style::regular(13.0), left, Align::Centre, number);
    paper.y = row;
    if let Some(decided) = decided {
        let dated = words::place_and_date(&school.place, decided.date().parts());
        paper.paragraph(parent, Style::italic(13.0), right, Align::Centre, &dated);
    }
    paper.y = row + 13.0 * LEADING;
}

/// The line below school and motto, centred.
fn underline(paper: &mut Paper, column: Column, width: f32) {
    let y = paper.y + 1.5;
    let middle = column.x + column.width / 2.0;
    paper.lines(Ink::Black, 0.6, vec![[middle - width / 2.0, y, middle + width / 2.0, y]]);
    paper.y += 4.0;
}

/// The roster whose head stands on the paper must be the one of the gradebook's school and year.
pub(super) fn same_school(gradebook: &Gradebook, roster: &Roster) -> Result<(), DocumentFault> {
    if gradebook.school == roster.school.code && gradebook.year == roster.year {
        Ok(())
    } else {
        Err(DocumentFault::OtherSchool { school: gradebook.school.clone(), year: gradebook.year })
    }
}
