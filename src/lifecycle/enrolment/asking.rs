//! What may be done at enrolment, and the events of what is.

use school::digest::Sha256;
use school::identifier::{PersonId, ScreenId};
use school::limits::READER_NAME_SIZE_BYTES;

use crate::lifecycle::enrolment::{Enrolment, EnrolmentRefusal};
use crate::lifecycle::event::{Capacity, Event};

/// A screen asks for a reader that no other has. Nothing is to be recorded when it has it already.
///
/// Errors: [`EnrolmentRefusal::ReaderOfOtherScreen`]: the admin takes it from there first.
pub fn ask_to_take_reader(
    state: &Enrolment,
    reader: &str,
    screen: &ScreenId,
) -> Result<Option<Event>, EnrolmentRefusal> {
    if reader.trim().is_empty() || reader.len() > READER_NAME_SIZE_BYTES {
        return Err(EnrolmentRefusal::ReaderUnnamed);
    }
    match check_reader(state, reader, screen) {
        Ok(()) => Ok(None),
        Err(EnrolmentRefusal::ReaderOfNoScreen(reader)) => {
            Ok(Some(Event::ReaderAssigned { reader, screen: Some(screen.clone()), record: None }))
        }
        Err(refusal) => Err(refusal),
    }
}

/// Whether this screen may greet whoever plugs in at `reader`, and take their PIN.
///
/// Errors: it belongs to another screen, or to none.
pub fn check_reader(state: &Enrolment, reader: &str, screen: &ScreenId) -> Result<(), EnrolmentRefusal> {
    match state.readers.get(reader) {
        Some(owner) if owner == screen => Ok(()),
        Some(owner) => {
            Err(EnrolmentRefusal::ReaderOfOtherScreen { reader: reader.to_owned(), screen: owner.clone() })
        }
        None => Err(EnrolmentRefusal::ReaderOfNoScreen(reader.to_owned())),
    }
}

/// An authority is proposed; nothing is to be recorded when it is already.
pub fn propose_authority(state: &Enrolment, certificate: Sha256, self_issued: bool) -> Option<Event> {
    let known = state.authorities.contains_key(&certificate);
    (!known).then_some(Event::AuthorityProposed { certificate, self_issued, record: None })
}

/// A person confirms a proposed authority by the fingerprint they read elsewhere: typed, not clicked.
///
/// Errors: not proposed, another fingerprint, or the same person in both capacities.
pub fn ask_to_confirm_authority(
    state: &Enrolment,
    certificate: Sha256,
    typed: &str,
    (by, capacity): (&PersonId, Capacity),
) -> Result<Option<Event>, EnrolmentRefusal> {
    let proposed = state.authorities.get(&certificate);
    let confirmed = &proposed.ok_or(EnrolmentRefusal::NotProposed(certificate))?.confirmed;
    // Published with colons, spaces or capitals, and only the digits count.
    let digits: String = typed.chars().filter(char::is_ascii_hexdigit).collect();
    if digits.to_ascii_lowercase() != certificate.to_string() {
        return Err(EnrolmentRefusal::OtherFingerprint(certificate));
    }
    if confirmed.iter().any(|(other, person)| *other != capacity && person == by) {
        return Err(EnrolmentRefusal::SamePerson(by.clone()));
    }
    if confirmed.get(&capacity) == Some(by) {
        return Ok(None);
    }
    Ok(Some(Event::AuthorityConfirmed { certificate, by: by.clone(), capacity }))
}

/// Admin or principal trusts a confirmed authority no longer. One of the two is enough: whoever has read that
/// an authority was broken into must not wait for a second person, while its signatures still count. `record`
/// names why.
///
/// Errors: [`EnrolmentRefusal::NotConfirmed`].
pub fn ask_to_withdraw_authority(
    state: &Enrolment,
    certificate: Sha256,
    (by, capacity): (&PersonId, Capacity),
    record: Sha256,
) -> Result<Event, EnrolmentRefusal> {
    if !state.confirmed_authorities().any(|(confirmed, _)| confirmed == certificate) {
        return Err(EnrolmentRefusal::NotConfirmed(certificate));
    }
    Ok(Event::AuthorityWithdrawn { certificate, by: by.clone(), capacity, record })
}
