//! What a pupil who leaves was given: recorded with who received it, and printed as a record that both sides sign.

use crafts::document::{Attendee, GivenPaper, Part, PupilPapers, pupil_papers};
use school::digest::Sha256;
use school::dossier::{DossierKey, DossierOf};
use school::records::canonical;
use school::records::handover::{FORMAT, GivenAs, Handover, Recipient};
use school::roster::Roster;

use crate::clerk::{Actor, ClerkFault, Office, ReadingRoom, names};
use crate::lifecycle::event::{Event, PrintedRevision};
use crate::lifecycle::handover::ask_to_hand_over;
use crate::wording::handover as wording;

/// Records that everything was given that the pupil of this transcript takes along, each document as it stands now: the
/// number of the entry.
///
/// Errors: see [`crate::lifecycle::handover::HandoverRefusal`].
pub fn record_handover(
    office: &mut Office,
    own: &DossierKey,
    by: &Actor,
    (recipient, given_as): (Recipient, GivenAs),
) -> Result<u64, ClerkFault> {
    let given = ask_to_hand_over(office.ledger(), own)?;
    let digests: Vec<&[u8]> = given.iter().map(|one| one.sha256.as_bytes().as_slice()).collect();
    let words = Handover {
        format: FORMAT.into(),
        about: Sha256::of_parts(&digests),
        person: by.person.clone(),
        account: by.person.is_none().then(|| by.account.clone()),
        recipient,
        given_as,
    };
    let bytes = canonical::to_bytes(&words).map_err(|_| ClerkFault::Form { what: "handover" })?;
    let record = Sha256::of(&bytes);
    office.publish(&names::record(&record), &bytes)?;
    Ok(office.record(Event::LeaverHandedOver { given, by: by.person.clone(), record })?.seq)
}

/// The words of a handing over.
///
/// Errors: they are not there, or not what their name says.
pub fn handover_words(room: &ReadingRoom, record: &Sha256) -> Result<Handover, ClerkFault> {
    serde_json::from_slice(&room.record(record)?).map_err(|_| ClerkFault::Form { what: "handover" })
}

/// The record of a handing over, to be printed and signed by hand; the roster names who gave.
///
/// Errors: nobody recorded one under this number; its words or the gradebook of the pupil cannot be read.
pub fn handover_record(room: &ReadingRoom, roster: &Roster, entry: u64) -> Result<Vec<u8>, ClerkFault> {
    let unknown = || ClerkFault::NotNow { code: "dossier.unknown", what: format!("handover {entry}") };
    let (handover, given, export) = room
        .look(|ledger| {
            let handover = ledger.handovers.get(entry)?.clone();
            let known =
                |one: &PrintedRevision| Some((ledger.dossiers.get(&one.dossier)?.key.clone(), one.clone()));
            let given = handover.given.iter().map(known).collect::<Option<Vec<_>>>()?;
            let export = *ledger.dossiers.get(&given.last()?.1.dossier)?.exports.first()?;
            Some((handover, given, export))
        })
        .ok_or_else(unknown)?;
    let words = handover_words(room, &handover.record)?;
    let book = room.gradebook(&export)?;
    let DossierOf::HocBa(id) = &given.last().ok_or_else(unknown)?.0.of else { return Err(unknown()) };
    let pupil = book.pupils.iter().find(|one| one.id == *id).ok_or_else(unknown)?;
    let documents: Vec<GivenPaper> = given
        .iter()
        .map(|(key, one)| GivenPaper {
            name: wording::transcript(key.period),
            year: key.year.to_string(),
            sha256: one.sha256,
        })
        .collect();
    let giver = handover.by.as_ref().and_then(|by| roster.person(by).ok());
    let account = words.account.clone().unwrap_or_default();
    let people = [
        Attendee {
            name: giver.map_or(account, |one| one.name.clone()),
            title: giver.map_or_else(String::new, |one| one.title.clone()),
            part: Part::Giver,
        },
        Attendee {
            name: words.recipient.name.clone(),
            title: wording::standing(words.recipient.standing).vi,
            part: Part::Receiver,
        },
    ];
    Ok(pupil_papers(&PupilPapers {
        school: &roster.school,
        number: &entry.to_string(),
        at: handover.at,
        pupil: &format!("{} ({})", pupil.name, pupil.id),
        class: &book.class.to_string(),
        given_as: &wording::given_as(words.given_as).vi,
        documents: &documents,
        people: &people,
    })?)
}
