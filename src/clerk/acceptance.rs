//! Records that media were tried on real hardware: what no imitated device can show.

use school::digest::Sha256;
use school::identifier::PersonId;
use school::records::canonical;
use school::records::media_frame::Device;
use school::records::reason::Reason;

use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::event::Event;

/// Records that the lines of the acceptance sheet were tried with this device, in somebody's words.
///
/// Errors: the roster has no such person.
pub fn accept_device(
    office: &mut Office,
    device: &Device,
    by: &PersonId,
    witnesses: &[PersonId],
    words: &str,
) -> Result<(), ClerkFault> {
    let mut people = vec![by.clone()];
    people.extend_from_slice(witnesses);
    let year = office.latest_year()?;
    for person in &people {
        year.roster.1.person(person)?;
    }
    let (on, model) = (device.kind, device.identity.of_model());
    let reason = Reason::of(by, model, words);
    let bytes = canonical::to_bytes(&reason).map_err(|_| ClerkFault::Form { what: "reason" })?;
    let record = Sha256::of(&bytes);
    office.publish(&names::record(&record), &bytes)?;
    office.record(Event::MediumAccepted { on, model, people, record })?;
    Ok(())
}
