//! Which roots are trusted is part of the school's record: what the configuration names is compared with
//! what the register knows, and every difference becomes an entry (TT 15/2025/TT-BKHCN, Điều 5, 5.5).

use std::collections::BTreeSet;

use school::digest::Sha256;

use crate::clerk::{ClerkFault, Office};
use crate::lifecycle::event::{AnchorSource, Event};

/// Records roots that came and roots that went since the last start. Before the school is commissioned there
/// is nothing to record in: the first entry of a register is the commissioning.
pub fn record_anchors(office: &mut Office) -> Result<(), ClerkFault> {
    if office.ledger().commissioned.is_none() {
        return Ok(());
    }
    let configured: BTreeSet<Sha256> = office.authorities.anchors.iter().map(|der| Sha256::of(der)).collect();
    let known = office.ledger().anchors.clone();
    let by = AnchorSource::Configuration;
    for certificate in configured.difference(&known) {
        office.record(Event::AnchorAdded { certificate: *certificate, by })?;
    }
    for certificate in known.difference(&configured) {
        office.record(Event::AnchorRemoved { certificate: *certificate, by })?;
    }
    Ok(())
}
