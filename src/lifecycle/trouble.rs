//! Sự cố: what people reported when something did not go as it should.

use school::digest::Sha256;
use school::identifier::PersonId;
use school::moment::Moment;

use super::event::{Entry, Event};

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// When.
    pub at: Moment,
    /// Who reported it, where they are somebody of the roster.
    pub by: Option<PersonId>,
    /// Digest of their words.
    pub record: Sha256,
}

/// All reports, oldest first.
#[derive(Debug, Default)]
pub struct Troubles(Vec<Trouble>);

impl Troubles {
    /// The latest ones first.
    pub fn latest(&self) -> impl Iterator<Item = &Trouble> {
        self.0.iter().rev()
    }

    pub(super) fn apply(&mut self, entry: &Entry) {
        if let Event::TroubleReported { by, record } = &entry.event {
            self.0.push(Trouble { at: entry.time, by: by.clone(), record: *record });
        }
    }
}
