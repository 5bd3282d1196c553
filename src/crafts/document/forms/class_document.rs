//! What a document of a class carries besides its pages: the export it was made from, and of the
//! gradebook what the document prints and nothing else (least data per document; DOMAIN, 3.7).

use school::digest::Sha256;
use school::gradebook::Gradebook;
use school::identifier::SubjectId;
use school::records::canonical;
use serde::Serialize;

use super::super::DocumentFault;
use super::super::painting::{Attachment, Relation};
use super::super::printed_words as words;
use super::source::FromGradebook;

/// The attached data, `niemphong-class-document/1`.
#[derive(Serialize)]
struct ClassDocument<'a> {
    format: &'static str,
    export: Sha256,
    gradebook: &'a Gradebook,
}

/// What a document keeps of the gradebook.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kept<'a> {
    /// One subject of every pupil.
    Subject(&'a SubjectId),
    /// Results of all subjects, without particulars and days.
    Results,
    /// Particulars, without any result.
    Particulars,
}

pub(super) fn attached(input: &FromGradebook, kept: Kept) -> Result<Vec<Attachment>, DocumentFault> {
    let gradebook = reduced(input.gradebook, kept);
    let document =
        ClassDocument { format: "niemphong-class-document/1", export: input.export, gradebook: &gradebook };
    Ok(vec![Attachment {
        name: "du-lieu.json",
        description: words::ATTACHED_CLASS_DOCUMENT,
        relation: Relation::Data,
        bytes: canonical::to_bytes(&document)?,
    }])
}

/// What a document that keeps this much carries.
pub(super) fn reduced(gradebook: &Gradebook, kept: Kept) -> Gradebook {
    let mut gradebook = gradebook.clone();
    gradebook.head_remarks.clear();
    match kept {
        Kept::Subject(subject) => gradebook.subjects.retain(|one| one.id == *subject),
        Kept::Results => {}
        Kept::Particulars => gradebook.subjects.clear(),
    }
    for pupil in &mut gradebook.pupils {
        pupil.attendance.clear();
        if !matches!(kept, Kept::Particulars) {
            pupil.personal = None;
            pupil.birthplace.clear();
        }
        if !matches!(kept, Kept::Results) {
            pupil.study = Default::default();
            pupil.conduct = Default::default();
            pupil.averages = Default::default();
            (pupil.outcome, pupil.honour) = (None, None);
            for text in [&mut pupil.awards, &mut pupil.certificates, &mut pupil.summer, &mut pupil.remark] {
                text.clear();
            }
        }
        match kept {
            Kept::Subject(subject) => pupil.subjects.retain(|id, _| id == subject),
            Kept::Results => pupil.subjects.values_mut().for_each(|row| row.remark.clear()),
            Kept::Particulars => pupil.subjects.clear(),
        }
    }
    gradebook
}
