//! Báo sự cố: somebody says in their own words what did not go as it should, and the register keeps it.

use school::digest::Sha256;

use crate::clerk::refuse::keep_words_of;
use crate::clerk::{Actor, ClerkFault, Office};
use crate::lifecycle::event::Event;

/// Records a report; it is about the register as it stood at that moment.
pub fn report_trouble(office: &mut Office, by: &Actor, words: &str) -> Result<(), ClerkFault> {
    let (_, head): (u64, Sha256) = office.tree_head();
    let record = keep_words_of(office, head, by, words)?;
    office.record(Event::TroubleReported { by: by.person.clone(), record }).map(drop)
}
