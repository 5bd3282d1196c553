//! Pictures of signatures and of the stamp: a school's own files, kept under their digest before a roster names
//! them.

use crafts::pdf::PackedPicture;
use crafts::signature::{Ground, read_picture};
use school::limits::{SCAN_WIDTH_LEAST_MM, SCAN_WIDTH_MM};
use school::records::picture::Picture;
use school::roster::{PersonPicture, Roster};

use crate::clerk::{ClerkFault, Office, names};

/// Takes a PNG with a transparent ground and keeps it. What is returned stands in the roster at its person; the
/// roster, signed by head and stamp, is what puts it in force.
///
/// Shape: `width_mm` is the width of the ink on paper; of a stamp its true size.
/// Errors: `picture.*`.
pub fn keep_picture(office: &mut Office, file: &[u8], width_mm: u16) -> Result<PersonPicture, ClerkFault> {
    let picture = read_picture(file, Ground::Transparent)?;
    let (sha256, width, height) = (picture.sha256(), picture.width(), picture.height());
    let kept = PersonPicture { sha256, width, height, width_mm };
    let (_, height_mm) = kept.size_mm();
    if !(SCAN_WIDTH_LEAST_MM..=SCAN_WIDTH_MM).contains(&width_mm) || height_mm > f32::from(SCAN_WIDTH_MM) {
        return Err(ClerkFault::NotNow {
            code: "picture.size_on_paper",
            what: format!("{width_mm} mm wide, {height_mm} mm high"),
        });
    }
    office.publish(&names::picture(&sha256), &picture.to_bytes())?;
    Ok(kept)
}

/// The pictures that a roster names, packed once for all documents of its year.
///
/// Errors: `picture.missing` when one is not kept, or has other sides than the roster says.
pub(super) fn pictures_of(office: &Office, roster: &Roster) -> Result<Vec<PackedPicture>, ClerkFault> {
    let named = roster.people.iter().filter_map(|person| Some((&person.id, person.picture?)));
    let packed = named.map(|(person, named)| {
        let missing = || ClerkFault::NotNow { code: "picture.missing", what: person.to_string() };
        let name = names::picture(&named.sha256);
        if !office.store.has(&name) {
            return Err(missing());
        }
        let bytes = office.store.read_verified(&name, named.sha256)?;
        let picture = Picture::from_bytes(&bytes).map_err(|_| ClerkFault::Form { what: "picture" })?;
        let same = (picture.width(), picture.height()) == (named.width, named.height);
        if same { Ok(PackedPicture::new(&picture)) } else { Err(missing()) }
    });
    packed.collect()
}
