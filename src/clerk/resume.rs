//! Finishes what a kill left between the commit point and the published name.

use crate::clerk::{ClerkFault, Office, assemble, names, reconcile};
use crate::lifecycle::{deposit, medium};

/// Publishes every staged file that the register already knows, then empties the staging folder.
/// Running it again changes nothing.
///
/// Errors: a file that the register knows is neither published nor staged. Then bytes were taken
/// from the store by something else, and a person must look.
pub fn resume(office: &mut Office) -> Result<(), ClerkFault> {
    let mut files = Vec::new();
    let mut folders = Vec::new();
    for (_, file) in office.ledger().exports.parts() {
        files.extend(file.parts.iter().map(|part| (part.part, names::part(&part.part))));
    }
    for act in office.ledger().acts.digests() {
        office.store.publish_staged(*act, &names::act(act))?;
    }
    for (export, accepted) in office.ledger().exports.accepted() {
        files.push((accepted.gradebook, names::gradebook(export)));
        if let Some(check) = &accepted.check {
            files.push((check.record, names::check(export, "json")));
            files.push((check.report, names::check(export, "pdf")));
        }
    }
    for (id, dossier) in &office.ledger().dossiers {
        files.extend(dossier.boxes.map(|boxes| (boxes, names::boxes(id))));
        let revisions = (0..).zip(&dossier.revisions);
        files.extend(revisions.map(|(number, revision)| (revision.sha256, names::revision(id, number))));
    }
    for (id, deposit) in &office.ledger().deposits {
        if let deposit::Stage::Sealed { seal } = &deposit.stage {
            folders.push((*seal, names::staged_deposit(id, seal), names::deposit(id)));
        }
    }
    for (id, medium) in office.ledger().media.iter() {
        if let medium::Stage::Sealed { seal, image, .. } = &medium.stage {
            files.push((*image, names::image(id)));
            folders.push((*seal, names::staged_medium(id, seal), names::medium(id)));
        }
    }
    for (staged, name) in files {
        office.publish_staged(staged, &name)?;
    }
    for (seal, key, name) in folders {
        office.publish_staged_folder(seal, &key, &name)?;
    }
    reconcile::open_attempts(office)?;
    office.store.empty_staging()?;
    // A kill between a part and the class that it completed.
    assemble::waiting_classes(office)
}
