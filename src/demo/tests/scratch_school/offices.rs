//! The office of a folder, opened with the authorities of its surroundings.

use std::path::Path;

use super::built_program;
use crate::clerk::{Authorities, Office, TimestampLimit};
use crate::demo::surroundings::Surroundings;
use crate::process::reader_host::ReaderHost;
use crate::process::worker::Program;

/// Whether an office has a timestamp authority.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stamped {
    Yes,
    No,
}

/// The office of a folder, with the authorities of its surroundings.
pub fn open_office(surroundings: &Surroundings, folder: &Path, stamped: Stamped) -> Office {
    open_office_with(folder, authorities(surroundings, stamped))
}

pub(super) fn authorities(surroundings: &Surroundings, stamped: Stamped) -> Authorities {
    let authority = &surroundings.authority;
    Authorities {
        anchors: vec![authority.root().der.clone()],
        intermediates: vec![authority.issuing().expect("the issuing CA").der],
        crls: Vec::new(),
        timestamp_url: (stamped == Stamped::Yes).then(|| authority.tsa_url()),
    }
}

pub(super) fn open_office_with(folder: &Path, authorities: Authorities) -> Office {
    let reader = Program::at(built_program(), ["worker", "reader"].map(Into::into));
    let mut office = Office::open(folder, ReaderHost::start_program(reader), authorities).expect("an office");
    // The invented authority gives as many as are asked for.
    office.limit_timestamps(TimestampLimit { count: 10_000, ..TimestampLimit::default() });
    office
}
