//! Writes the image of a sealed deposit and reads it back. The image lies on the server's own disk:
//! it is what a medium will be burned from, and counts as no medium itself.

use school::deposit::DepositId;

use crate::clerk::deposit::ask_step;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::deposit::{Command, Image};
use crate::lifecycle::event::Event;
use crate::medium::{self, Content, ImageMade, VolumeId, Xorriso};
use crate::wording;

/// Makes the image once and reads it back once. Doing it again changes nothing.
///
/// Errors: `medium.exists` when another image lies under the name; `medium.differs` when what is read
/// back is not what was sealed.
pub fn write_image(office: &mut Office, id: &DepositId) -> Result<Image, ClerkFault> {
    ask_step(office, id, Command::Write)?;
    let deposit = &office.ledger().deposits[id];
    let (at, known) = (deposit.planned, deposit.image().cloned());
    let folder = office.store.path(&names::deposit(id))?;
    let letter = wording::read_me_first(&id.to_string());
    let content = Content {
        deposit: &folder,
        beside: &[("DOC-TRUOC.txt", letter.as_bytes())],
        volume: VolumeId::of(id),
        at,
    };
    let (xorriso, name) = (Xorriso::default(), names::image(id));
    let image = match known {
        Some(image) => image,
        None => {
            let made = medium::make(&xorriso, &office.store, &content, &name)?;
            let (sha256, bytes) = (made.sha256, made.size_bytes);
            let event = Event::ImageMade { deposit: id.clone(), sha256, bytes };
            office.commit(event, &[(sha256, name.clone())])?;
            Image { sha256, bytes, read_back: false }
        }
    };
    if image.read_back {
        return Ok(image);
    }
    let expected = ImageMade { sha256: image.sha256, size_bytes: image.bytes };
    let found = medium::read_back(&xorriso, &office.store, &content, &name, &expected)?;
    if !found.differences.is_empty() {
        return Err(ClerkFault::NotNow { code: "medium.differs", what: format!("{:?}", found.differences) });
    }
    office.record(Event::ImageReadBack { deposit: id.clone(), sha256: found.sha256 })?;
    Ok(Image { read_back: true, ..image })
}
