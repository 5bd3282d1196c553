//! Sổ theo dõi và đánh giá học sinh (theo lớp học), before TT 22 Sổ gọi tên và ghi điểm: the twelve
//! sheets of the form in their order (DOMAIN, 2.1). Each subject is signed once, at the end of its last
//! list; the class once, below the last summary; elsewhere the form says on which page.

mod attendance;
mod classification;
pub(super) mod covers;
mod family;
mod guide;
mod head_remarks;
mod subject_sheet;
mod summary;

use school::dossier::DossierOf;
use school::gradebook::Gradebook;
use school::moment::Moment;
use school::plan::Plan;
use school::records::canonical;
use school::roster::Roster;

use super::super::layout::{Col, col};
use super::super::painting::{Attachment, Relation};
use super::super::{DocumentFault, Rendered, Supplemented, printed_words as words};
use super::corrected_version::CorrectedVersion;
use super::source::{Composed, Line, Source};

pub(super) use family::described;
pub(super) use summary::{Of, closing, closing_height, results_columns, summary_lines};

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
    /// The version that this one corrects.
    pub corrects: Option<CorrectedVersion<'a>>,
}

/// Renders the class book of a class for one period.
///
/// Errors: see [`DocumentFault`].
pub fn class_book(input: &ClassBook) -> Result<Rendered, DocumentFault> {
    compose(input)?.publish()
}

pub(super) fn compose<'a>(input: &ClassBook<'a>) -> Result<Composed<'a>, DocumentFault> {
    let ClassBook { gradebook, roster, plan, decided, supplements, corrects, .. } = *input;
    let (source, of) = Source::of(gradebook, roster, plan, decided, (supplements, corrects))?;
    if of != DossierOf::SoDiem(gradebook.class.clone()) {
        return Err(source.other_dossier());
    }
    let mut paper = source.paper();
    covers::cover(&mut paper, &source);
    guide::draw(&mut paper, source.regulation);
    covers::inner_cover(&mut paper, &source);
    family::pupils(&mut paper, &source);
    family::parents(&mut paper, &source);
    attendance::draw(&mut paper, &source);
    for term in source.terms() {
        covers::part_two(&mut paper, &source, term);
        for subject in &gradebook.subjects {
            subject_sheet::draw(&mut paper, &source, subject, term)?;
        }
        summary::of_term(&mut paper, &source, term)?;
    }
    if source.has_year() {
        summary::of_year(&mut paper, &source)?;
        classification::draw(&mut paper, &source);
    }
    head_remarks::draw(&mut paper, &source);
    let attachments = vec![
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
    let title = words::book_document_title(
        source.regulation.book_title(),
        gradebook.class.as_str(),
        gradebook.year,
        gradebook.period,
    );
    Ok(Composed { paper, title, source, attachments })
}

/// Column `Số TT`.
pub(super) fn number<'a>() -> Col<'a, Line<'a>> {
    col("Số TT", 26.0, |line: &Line| line.number.to_string())
}

/// Column `Họ và tên học sinh`, which heads the rows.
pub(super) fn name<'a>(width: f32) -> Col<'a, Line<'a>> {
    col("Họ và tên học sinh", width, |line: &Line| line.name()).heads_rows()
}
