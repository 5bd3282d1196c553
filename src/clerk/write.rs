//! Writes the image of a sealed deposit and reads it back. The image lies on the server's own disk:
//! it is what a medium will be burned from, and counts as no medium itself.

use crate::clerk::{ClerkFault, Office};
use crate::lifecycle::deposit::{DepositId, Image};
use crate::lifecycle::event::Event;
use crate::medium;
use crate::wording;

/// Makes the image once and reads it back once. Doing it again changes nothing.
///
/// Errors: `medium.exists` when another image lies under the name; differences found on reading back.
pub fn write_image(office: &mut Office, id: &DepositId) -> Result<Image, ClerkFault> {
    let Some(deposit) = office.ledger().deposits.get(id) else {
        return Err(ClerkFault::NotNow { code: "deposit.unknown", what: id.to_string() });
    };
    if !matches!(deposit.stage, crate::lifecycle::deposit::Stage::Sealed { .. }) {
        return Err(ClerkFault::NotNow { code: "deposit.not_sealed", what: id.to_string() });
    }
    let (at, known) = (deposit.planned, deposit.image().cloned());
    let (folder, path) = (office.store.deposit(id), office.store.image(id));
    let image = match known {
        Some(image) => image,
        None => {
            let letter = wording::read_me_first(&id.to_string());
            let extra = [("DOC-TRUOC.txt", letter.as_bytes())];
            let made = medium::make(&folder, &extra, &volume_id(id), &path, at)?;
            office.record(Event::ImageMade { deposit: id.clone(), sha256: made.sha256, bytes: made.bytes })?;
            Image { sha256: made.sha256, bytes: made.bytes, read_back: false }
        }
    };
    if image.read_back {
        return Ok(image);
    }
    medium::read_back(&path, image.sha256, &folder)?;
    office.record(Event::ImageReadBack { deposit: id.clone(), sha256: image.sha256 })?;
    Ok(Image { read_back: true, ..image })
}

/// At most 16 characters, because Joliet holds no more: `NP20252026_0001`.
fn volume_id(id: &DepositId) -> String {
    let year = id.year().begins();
    format!("NP{year}{}_{:04}", year + 1, id.number())
}
