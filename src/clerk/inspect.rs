//! What a judgement of a stranger's file by this school is made with. The judge itself runs beside the
//! clerk, in a reader of its own, and nothing of it is recorded.

use school::records::reader_frame::{Circumstances, Policy};

use crate::clerk::{ClerkFault, Office};
use crate::process::reader_host::ReaderHost;

impl Office {
    /// A reader to judge with beside this office.
    pub fn reader_beside(&self) -> ReaderHost {
        self.reader.beside()
    }

    /// The school's own anchors, certificate, roster, plans and acts, now. Nothing of it comes from what is
    /// judged.
    pub fn circumstances_of_inspection(&mut self) -> Result<Circumstances, ClerkFault> {
        let latest = self.ledger().years.keys().next_back().copied();
        let circumstances = self.circumstances(latest)?;
        Ok(Circumstances { policy: Policy::ByContent, ..circumstances })
    }
}
