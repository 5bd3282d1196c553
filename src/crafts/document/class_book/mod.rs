//! Sổ theo dõi và đánh giá học sinh (theo lớp học): cover, one sheet per subject with the place of
//! its teacher below the list, summary, confirmation. Source: TT 22/2021/TT-BGDĐT, phụ lục.

mod cover;
mod printed_row;
mod sheet;
mod summary;

use school::dossier::{DossierKey, DossierOf};
use school::gradebook::Gradebook;
use school::moment::Moment;
use school::plan::Plan;
use school::records::canonical;
use school::roster::Roster;

use super::painting::{Attachment, Publication, Relation, publish};
use super::paper::{Format, Paper};
use super::{DocumentFault, Rendered, Supplemented, letterhead, printed_words as words};

/// Everything that a class book is made of.
#[derive(Debug, Clone, Copy)]
pub struct ClassBook<'a> {
    /// The class and its marks.
    pub gradebook: &'a Gradebook,
    /// The bytes of the export from which the gradebook was read, embedded as they came.
    pub export: &'a [u8],
    /// School, homeroom teacher, subject teachers.
    pub roster: &'a Roster,
    /// The plan of this dossier; its boxes are the places of the document.
    pub plan: &'a Plan,
    /// When the lock was decided: the date of the document.
    pub decided: Moment,
    /// The closed document of the year, for results after the summer.
    pub supplements: Option<Supplemented<'a>>,
}

/// Renders the class book of a class for one period.
///
/// Errors: see [`DocumentFault`].
pub fn class_book(input: &ClassBook) -> Result<Rendered, DocumentFault> {
    let ClassBook { gradebook, roster, plan, .. } = *input;
    let of = DossierOf::SoDiem(gradebook.class.clone());
    letterhead::same_school(gradebook, roster)?;
    if !plan.dossier.is_version_of(&DossierKey::new(gradebook.year, of, gradebook.period)) {
        return Err(DocumentFault::OtherDossier(plan.dossier.clone()));
    }
    let mut paper = Paper::new(Format::LANDSCAPE);
    cover::draw(&mut paper, input)?;
    for subject in &gradebook.subjects {
        paper.turn();
        sheet::draw(&mut paper, input, subject)?;
    }
    paper.turn();
    summary::draw(&mut paper, input)?;
    let mut attachments = vec![
        Attachment {
            name: "du-lieu.json",
            description: words::ATTACHED_GRADEBOOK,
            relation: Relation::Data,
            bytes: canonical::to_bytes(gradebook)?,
        },
        Attachment {
            name: "ban-goc.json",
            description: words::ATTACHED_EXPORT,
            relation: Relation::Source,
            bytes: input.export.to_vec(),
        },
    ];
    if let Some(supplemented) = &input.supplements {
        attachments.push(supplemented.attachment()?);
    }
    let title = words::book_document_title(gradebook.class.as_str(), gradebook.year, gradebook.period);
    publish(paper, Publication { title, school: &roster.school, plan, decided: input.decided, attachments })
}

const NUMBER_WIDTH: f32 = 30.0;
const NAME_WIDTH: f32 = 156.0;
/// From this many pupils on rows are set closer, so that a class of 50 fits two pages.
const LARGE_CLASS: usize = 20;

/// Size of text, air and height of a row.
fn row_measures(pupils: usize) -> (f32, f32, f32) {
    if pupils > LARGE_CLASS { (10.5, 0.9, 14.0) } else { (11.0, 2.5, 18.0) }
}
