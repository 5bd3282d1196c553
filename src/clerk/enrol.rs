//! What is recorded at enrolment beside rehearsals: authorities that were unknown, all bindings at once,
//! and which screen a reader belongs to.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use school::identifier::{PersonId, ScreenId};
use school::records::canonical;
use school::roster::Roster;
use serde::Serialize;

use crate::clerk::refuse::keep_reason;
use crate::clerk::{Authorities, ClerkFault, Office, names};
use crate::lifecycle::enrolment::{
    Enrolment, EnrolmentRefusal, ask_to_confirm_authority, ask_to_take_reader, ask_to_withdraw_authority,
    propose_authority,
};
use crate::lifecycle::event::{AnchorSource, Capacity, Event};
use crate::wording::NO_LEGAL_VALUE;

/// A list of bindings, `niemphong-bindings/1`.
#[derive(Serialize)]
struct Bindings {
    format: &'static str,
    bindings: Vec<Binding>,
}

#[derive(Serialize)]
struct Binding {
    person: PersonId,
    certificate: Sha256,
    /// SHA-256 of the identity of the token that the last green rehearsal was with.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<Sha256>,
}

/// Nạp chứng thư CA: keeps the authorities in what a person or a token brought (DER, PEM or .p7b) and
/// proposes them. Nothing is trusted by that.
///
/// Errors: `enrolment.no_authority` when there is none in it.
pub fn propose_authorities(office: &mut Office, file: &[u8]) -> Result<Vec<Sha256>, ClerkFault> {
    let mut proposed = Vec::new();
    for authority in office.reader.authorities(file)? {
        let form = |_| ClerkFault::Form { what: "authority" };
        let der = STANDARD.decode(&authority.certificate).map_err(form)?;
        let sha256 = Sha256::of(&der);
        // Its bytes lie there before the register names them.
        office.publish(&names::authority(&sha256), &der)?;
        let event = propose_authority(&office.ledger().enrolment, sha256, authority.self_issued);
        event.map(|event| office.record(event)).transpose()?;
        proposed.push(sha256);
    }
    if proposed.is_empty() { Err(EnrolmentRefusal::NoAuthority.into()) } else { Ok(proposed) }
}

/// Admin or principal confirms a proposed authority by its fingerprint. With the second of them it is
/// trusted: one that signed itself as an anchor, another as a link to one.
pub fn confirm_authority(
    office: &mut Office,
    certificate: Sha256,
    typed: &str,
    by: (&PersonId, Capacity),
) -> Result<(), ClerkFault> {
    let Some(event) = ask_to_confirm_authority(&office.ledger().enrolment, certificate, typed, by)? else {
        return Ok(());
    };
    refuse_sample(office, certificate)?;
    office.record(event)?;
    trust_confirmed(office)
}

/// An authority that says of itself that it is a sample is trusted only by the demo, which trusts a sample's
/// root from the beginning; the configuration of a school refuses those.
fn refuse_sample(office: &Office, certificate: Sha256) -> Result<(), ClerkFault> {
    let says_sample = |der: &Vec<u8>| {
        let words = NO_LEGAL_VALUE.as_bytes();
        der.windows(words.len()).any(|window| window == words)
    };
    let der = office.store.read_verified(&names::authority(&certificate), certificate)?;
    if says_sample(&der) && !office.authorities.anchors.iter().any(says_sample) {
        return Err(ClerkFault::NotNow { code: "config.test_anchor", what: certificate.to_string() });
    }
    Ok(())
}

/// Admin or principal trusts a confirmed authority no longer. From this entry on nobody signs with what it
/// issued, and the judge finds no path that leads through it: also in what a sitting has just begun.
///
/// Errors: `enrolment.authority_not_confirmed`.
pub fn withdraw_authority(
    office: &mut Office,
    certificate: Sha256,
    by: (&PersonId, Capacity),
    reason: &str,
) -> Result<(), ClerkFault> {
    let record = keep_reason(office, certificate, by.0, reason)?;
    let mut events = vec![ask_to_withdraw_authority(&office.ledger().enrolment, certificate, by, record)?];
    if office.ledger().anchors.contains(&certificate) {
        events.push(Event::AnchorRemoved { certificate, by: AnchorSource::Confirmed });
    }
    office.record_all(events)?;
    trust_confirmed(office)
}

/// Trusts what is configured and what is confirmed, and nothing that was withdrawn, whoever names it: at every
/// start, after every confirmation and withdrawal.
pub(super) fn trust_confirmed(office: &mut Office) -> Result<(), ClerkFault> {
    let distrusted: BTreeSet<Sha256> = office.ledger().enrolment.distrusted_authorities().collect();
    let Authorities { anchors, intermediates, .. } = &mut office.authorities;
    for all in [anchors, intermediates] {
        all.retain(|der| !distrusted.contains(&Sha256::of(der)));
    }
    let confirmed: Vec<(Sha256, bool)> = office.ledger().enrolment.confirmed_authorities().collect();
    for (certificate, self_issued) in confirmed {
        let der = office.store.read_verified(&names::authority(&certificate), certificate)?;
        let Authorities { anchors, intermediates, .. } = &mut office.authorities;
        let trusted = if self_issued { anchors } else { intermediates };
        if !trusted.contains(&der) {
            trusted.push(der);
        }
        if self_issued && !office.ledger().anchors.contains(&certificate) {
            office.record(Event::AnchorAdded { certificate, by: AnchorSource::Confirmed })?;
        }
    }
    Ok(())
}

/// The list of who signs with which certificate and token, as it stands: its stored form and its digest.
///
/// Errors: it cannot be written in that form.
pub fn bindings(enrolment: &Enrolment, roster: &Roster) -> Result<(Vec<u8>, Sha256), ClerkFault> {
    let token = |person: &PersonId| {
        let green = enrolment.rehearsals.get(person)?.iter().rev().find(|one| one.is_green());
        green.map(|rehearsal| rehearsal.token)
    };
    let bindings = roster.people.iter().map(|person| Binding {
        person: person.id.clone(),
        certificate: person.certificate,
        token: token(&person.id),
    });
    let list = Bindings { format: "niemphong-bindings/1", bindings: bindings.collect() };
    let bytes = canonical::to_bytes(&list).map_err(|_| ClerkFault::Form { what: "bindings" })?;
    let sha256 = Sha256::of(&bytes);
    Ok((bytes, sha256))
}

/// The admin confirms on one screen who signs with which certificate and token. The list is kept under
/// its digest, which the event names.
pub fn confirm_bindings(office: &mut Office, roster: &Roster, by: &PersonId) -> Result<Sha256, ClerkFault> {
    let (bytes, sha256) = bindings(&office.ledger().enrolment, roster)?;
    if office.ledger().enrolment.bindings != Some(sha256) {
        office.publish(&names::bindings(&sha256), &bytes)?;
        office.record(Event::BindingsConfirmed { bindings: sha256, by: by.clone() })?;
    }
    Ok(sha256)
}

/// A screen takes a reader: only that screen greets whoever plugs in there, and takes their PIN.
///
/// Errors: `enrolment.reader_of_other_screen`.
pub fn take_reader(office: &mut Office, reader: &str, screen: &ScreenId) -> Result<(), ClerkFault> {
    if let Some(event) = ask_to_take_reader(&office.ledger().enrolment, reader, screen)? {
        office.record(event)?;
    }
    Ok(())
}
