//! What a copy of a medium holds: the list that is written to a stick or disk, and what reading it back must
//! give.

use school::medium::{MediumId, MediumKind};
use school::records::media_frame::PlacedFile;

use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::medium::{Content, Stage};

/// Every file of a sealed medium, in the order of their names.
///
/// Errors: `medium.not_sealed`; a file of the store cannot be read.
pub fn files_of_medium(office: &Office, id: &MediumId) -> Result<Vec<PlacedFile>, ClerkFault> {
    let medium = office.ledger().media.get(id);
    let Some(medium) = medium.filter(|one| matches!(one.stage, Stage::Sealed { .. })) else {
        return Err(ClerkFault::NotNow { code: "medium.not_sealed", what: id.to_string() });
    };
    let own = std::iter::once((names::medium(id), String::new()));
    let deposits =
        medium.deposits.iter().map(|deposit| (names::deposit(deposit), format!("data/{deposit}/")));
    let mut files = Vec::new();
    for (folder, above) in own.chain(deposits) {
        for (name, file) in office.store.measure(&folder)? {
            files.push(PlacedFile {
                name: format!("{above}{name}"),
                place: format!("{folder}/{name}"),
                bytes: file.size_bytes,
                sha256: file.sha256,
            });
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

/// What a copy on this kind of medium must give when it is read back.
///
/// Errors: as [`files_of_medium`].
pub fn expected_of_copy(office: &Office, id: &MediumId, on: MediumKind) -> Result<Content, ClerkFault> {
    match (on, office.ledger().media.get(id).map(|medium| &medium.stage)) {
        (MediumKind::Optical, Some(Stage::Sealed { image, bytes, .. })) => {
            Ok(Content::Image { sha256: *image, bytes: *bytes })
        }
        _ => {
            let files = files_of_medium(office, id)?.into_iter();
            Ok(Content::Files(files.map(|file| (file.name, (file.sha256, file.bytes))).collect()))
        }
    }
}
