//! Pictures of the invented school: two signatures that are nobody's hand and a stamp that says MẪU. They were
//! drawn for it (`pictures/*.svg`), and go through the door that every school uses.

use school::roster::Roster;

use super::staff::{DEPUTY, PRINCIPAL, STAMP, StaffMember};
use crate::clerk::{self, ClerkFault, Office};

/// Whose picture, and how wide it is on paper in millimetres; a stamp of a school measures 36.
const PICTURES: [(StaffMember, &[u8], u16); 3] = [
    (PRINCIPAL, include_bytes!("pictures/chu-ky-hieu-truong.png"), 38),
    (DEPUTY, include_bytes!("pictures/chu-ky-pho-hieu-truong.png"), 38),
    (STAMP, include_bytes!("pictures/con-dau.png"), 36),
];

/// Keeps the pictures and names them in the roster.
pub(super) fn name_in(office: &mut Office, roster: &mut Roster) -> Result<(), ClerkFault> {
    for (member, file, width_mm) in PICTURES {
        let kept = clerk::keep_picture(office, file, width_mm)?;
        let named = roster.people.iter_mut().filter(|person| person.id.as_str() == member.id);
        named.for_each(|person| person.picture = Some(kept));
    }
    Ok(())
}
