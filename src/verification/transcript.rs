//! The data that a transcript embeds: what it says of a pupil. In a deposit they are compared with the gradebook of
//! their export (the marks that were signed for the class are those that were signed for the pupil), everywhere
//! with what the pages print.

use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::{Gradebook, Pupil, Subject};
use school::identifier::{ClassName, SchoolCode, SchoolYear};
use serde::Deserialize;

/// The form of the data that a transcript embeds.
const FORMAT: &str = "niemphong-transcript/1";

/// The data that a transcript embeds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Transcript {
    format: String,
    pub export: Sha256,
    school: SchoolCode,
    pub year: SchoolYear,
    pub period: Period,
    pub class: ClassName,
    pub subjects: Vec<Subject>,
    pub pupil: Pupil,
}

impl Transcript {
    /// Reads the data.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|data: &Self| data.format == FORMAT)
    }

    /// True where `book` is of the same school, year, class and period, has the same subjects and holds
    /// exactly this pupil, mark by mark.
    pub fn is_part_of(&self, book: &Gradebook) -> bool {
        let of_same = self.school == book.school
            && self.year == book.year
            && self.class == book.class
            && self.period == book.period;
        let mut alike = book.pupils.iter().filter(|pupil| pupil.id == self.pupil.id);
        of_same
            && self.subjects == book.subjects
            && alike.next() == Some(&self.pupil)
            && alike.next().is_none()
    }
}
