//! Who stands in a gradebook and what its subjects are called: as much of it as a search needs, which keeps it of
//! every class of every year.

use school::identifier::{PupilId, SubjectId};
use serde::Deserialize;

/// The pupils and subjects of a class, in the order of its gradebook.
#[derive(Debug, Deserialize)]
pub struct ClassList {
    /// Everyone who stands in it.
    pub pupils: Vec<ListedPupil>,
    /// What is taught.
    pub subjects: Vec<ListedSubject>,
}

/// A pupil by code and name.
#[derive(Debug, Deserialize)]
pub struct ListedPupil {
    /// The code.
    pub id: PupilId,
    /// Full name.
    pub name: String,
}

/// A subject by code and name.
#[derive(Debug, Deserialize)]
pub struct ListedSubject {
    /// The code.
    pub id: SubjectId,
    /// Its name as printed.
    pub name: String,
}
