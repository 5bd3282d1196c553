//! Finishes what a kill left between the commit point and the published name.

use crate::clerk::{ClerkFault, Office, assemble, names};
use crate::lifecycle::{deposit, medium};

/// Publishes every staged file that the register already knows, then empties the staging folder.
/// Running it again changes nothing.
///
/// Errors: a file that the register knows is neither published nor staged. Then bytes were taken
/// from the store by something else, and a person must look.
pub fn resume(office: &mut Office) -> Result<(), ClerkFault> {
    for (_, file) in office.ledger().exports.parts() {
        for part in &file.parts {
            office.store.publish_staged(part.part, &names::part(&part.part))?;
        }
    }
    for (export, accepted) in office.ledger().exports.accepted() {
        office.store.publish_staged(accepted.gradebook, &names::gradebook(export))?;
        if let Some(check) = &accepted.check {
            office.store.publish_staged(check.record, &names::check(export, "json"))?;
            office.store.publish_staged(check.report, &names::check(export, "pdf"))?;
        }
    }
    for (id, dossier) in &office.ledger().dossiers {
        office.store.publish_staged(dossier.boxes, &names::boxes(id))?;
        for (number, revision) in (0..).zip(&dossier.revisions) {
            office.store.publish_staged(revision.sha256, &names::revision(id, number))?;
        }
    }
    for (id, deposit) in &office.ledger().deposits {
        if let deposit::Stage::Sealed { seal, .. } = &deposit.stage {
            office.store.publish_staged_folder(&names::staged_deposit(id, seal), &names::deposit(id))?;
        }
    }
    for (id, medium) in office.ledger().media.iter() {
        if let medium::Stage::Sealed { seal, image, .. } = &medium.stage {
            office.store.publish_staged(*image, &names::image(id))?;
            office.store.publish_staged_folder(&names::staged_medium(id, seal), &names::medium(id))?;
        }
    }
    office.store.empty_staging()?;
    // A kill between a part and the class that it completed.
    assemble::waiting_classes(office)
}
