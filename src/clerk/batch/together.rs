//! Sittings from their beginning to their end, for callers that have nothing else to do meanwhile.

use std::time::Duration;

use school::digest::Sha256;
use school::records::token_frame::TokenSeen;

use super::{Left, NotAdmitted, Room, Seat, Watch};
use crate::clerk::{ClerkFault, Office};
use crate::lifecycle::dossier::SignersWord;
use crate::lifecycle::sitting::Sitting;
use crate::process::token_host::{PinEnvelope, TokenHost};

/// How long the room waits for news before it looks whether somebody wants to stop.
const WAIT: Duration = Duration::from_millis(100);

/// Signs everything that waits for the people of `seats`, all at the same time, until the last one is done;
/// `begun` gets the watch of each who was let in. Returns everyone, in the order of leaving.
///
/// Errors: register or store failed; see [`Room::step`].
pub fn sit_together(
    office: &mut Office,
    seats: Vec<Seat>,
    mut begun: impl FnMut(Watch),
) -> Result<Vec<Left>, ClerkFault> {
    let mut room = office.room.take().unwrap_or_else(|| Room::open(office));
    let mut left = Vec::new();
    for seat in seats {
        let certificate = seat.certificate;
        match room.admit(office, seat) {
            Ok(watch) => begun(watch),
            Err(refused) => {
                let NotAdmitted { host, fault } = *refused;
                left.push(Left { host, sitting: Sitting::of(certificate), refused: fault });
            }
        }
    }
    while !room.is_empty() {
        left.extend(room.step(office, WAIT)?);
    }
    office.room = Some(room);
    Ok(left)
}

/// Has what waits for the holder of `certificate` read to its end, as while a person looks at the list and types
/// the PIN.
#[cfg(test)]
pub fn read_ahead(office: &mut Office, certificate: Sha256) -> Result<(), ClerkFault> {
    let mut room = office.room.take().unwrap_or_else(|| Room::open(office));
    room.expect_visit(office, certificate)?;
    while room.is_reading_ahead() {
        room.step(office, WAIT)?;
    }
    office.room = Some(room);
    Ok(())
}

/// Signs everything that waits for the holder of `certificate`, with one login. Without anything waiting
/// there is no login at all.
///
/// Errors: a refusal before the login, or of it; register or store failed. What was signed stays signed, and
/// what could not be is in the [`Sitting`].
pub fn sit(
    office: &mut Office,
    host: &mut TokenHost,
    seen: &TokenSeen,
    certificate: Sha256,
    pin: PinEnvelope,
) -> Result<Sitting, ClerkFault> {
    let seat = Seat { host: host.hand_over(), seen: seen.clone(), certificate, pin, word: SignersWord::None };
    let mut sitting = Sitting::of(certificate);
    for one in sit_together(office, vec![seat], drop)? {
        *host = one.host;
        if let Some(fault) = one.refused {
            return Err(fault);
        }
        sitting = one.sitting;
    }
    Ok(sitting)
}
