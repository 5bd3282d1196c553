//! What happens to the copies of a medium: begun, read back, put under a paper seal, opened, checked again,
//! replaced. Reasons and places are words of people and lie in records beside the register.

use std::path::Path;

use school::digest::Sha256;
use school::identifier::PersonId;
use school::medium::{CopyId, CopyNumber, MediumId, MediumKind};
use school::records::canonical;
use school::records::reason::Reason;

use crate::clerk::custody::performer;
use crate::clerk::medium_content::expected_of_copy;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::evidence::CopyReadBack;
use crate::lifecycle::medium::{Command, Content, CopyRefusal, CopyStage, decide};
use crate::medium;

/// Begins the next copy of a medium, before the first byte of it is written: a thing that was begun is never
/// again taken for blank.
///
/// Errors: the rules refuse.
pub fn begin_copy(
    office: &mut Office,
    medium: &MediumId,
    on: MediumKind,
    what: (Sha256, Option<Sha256>),
) -> Result<CopyId, ClerkFault> {
    let (copy, begin) = beginning(office, medium, on, what)?;
    act_on_copy(office, &copy, begin)?;
    Ok(copy)
}

/// Whether a copy could be begun now: asked before anything takes minutes.
///
/// Errors: the rules refuse.
pub(super) fn may_begin(
    office: &Office,
    medium: &MediumId,
    on: MediumKind,
    what: (Sha256, Option<Sha256>),
) -> Result<(), ClerkFault> {
    let (copy, begin) = beginning(office, medium, on, what)?;
    decide(&office.ledger().media, &copy, begin)?;
    Ok(())
}

/// The next copy of a medium, and the wish to begin it.
fn beginning(
    office: &Office,
    medium: &MediumId,
    on: MediumKind,
    (device, drive): (Sha256, Option<Sha256>),
) -> Result<(CopyId, Command), ClerkFault> {
    let known = office.ledger().media.get(medium);
    let last = known.and_then(|one| one.copies.keys().next_back()).map_or(0, |last| last.number());
    let number = CopyNumber::new(last.saturating_add(1))
        .ok_or_else(|| ClerkFault::NotNow { code: "medium.not_next", what: medium.to_string() })?;
    Ok((CopyId { medium: medium.clone(), number }, Command::Begin { on, device, drive }))
}

/// Reads a copy on a mounted stick or disk back from `folder`, which is its root or its folder `lan-<n>`: after
/// writing, or again after some time. What differs is spoiled, and recorded as that.
///
/// Errors: `medium.needs_drive` for a disc, which is read through its drive; `medium.differs`.
pub fn read_copy_back(
    office: &mut Office,
    copy: &CopyId,
    folder: &Path,
    by: Option<PersonId>,
) -> Result<(), ClerkFault> {
    let found = read_folder(folder)?;
    settle_folder(office, copy, &found, by)
}

/// Reads everything on a mounted stick or disk, without the office: it takes minutes, and nobody waits for it.
///
/// Errors: a file cannot be read.
pub fn read_folder(folder: &Path) -> Result<Content, ClerkFault> {
    Ok(Content::Files(medium::read_mounted(folder)?))
}

/// Records what reading a copy gave.
///
/// Errors: as [`read_copy_back`].
pub fn settle_folder(
    office: &mut Office,
    copy: &CopyId,
    found: &Content,
    by: Option<PersonId>,
) -> Result<(), ClerkFault> {
    let by = performer(office, by)?;
    let Some(known) = office.ledger().media.copy(copy).cloned() else {
        return Err(CopyRefusal::NoCopy(copy.clone()).into());
    };
    if known.on == MediumKind::Optical {
        return Err(ClerkFault::NotNow { code: "medium.needs_drive", what: copy.to_string() });
    }
    let expected = expected_of_copy(office, &copy.medium, known.on)?;
    let Ok(read_back) = CopyReadBack::compare(&expected, found) else {
        let code = "medium.differs";
        act_on_copy(office, copy, Command::Spoil { code: code.into() })?;
        return Err(ClerkFault::NotNow { code, what: format!("{copy}: {}", expected.differences(found)) });
    };
    confirm_or_check(office, copy, read_back, (None, &by))
}

/// A copy was read from its beginning to its end by somebody and is what it should be: for the first time, or
/// again. Of a disc `drive` read it.
///
/// Errors: the rules refuse.
pub(super) fn confirm_or_check(
    office: &mut Office,
    copy: &CopyId,
    read_back: CopyReadBack,
    (drive, by): (Option<Sha256>, &PersonId),
) -> Result<(), ClerkFault> {
    let by = by.clone();
    let stage = office.ledger().media.copy(copy).map(|known| &known.stage);
    let first = stage == Some(&CopyStage::Writing);
    let command =
        if first { Command::Confirm { read_back, by } } else { Command::Check { read_back, drive, by } };
    act_on_copy(office, copy, command)
}

/// Carries out a command about a copy.
///
/// Errors: the rules refuse.
pub fn act_on_copy(office: &mut Office, copy: &CopyId, command: Command) -> Result<(), ClerkFault> {
    let event = decide(&office.ledger().media, copy, command)?;
    office.record(event)?;
    Ok(())
}

/// Keeps somebody's words about a copy, a reason or a place of storage, and returns the digest that names
/// them.
pub fn keep_words(
    office: &mut Office,
    copy: &CopyId,
    person: &PersonId,
    words: &str,
) -> Result<Sha256, ClerkFault> {
    let about = Sha256::of(copy.to_string().as_bytes());
    let reason = Reason::of(person, about, words);
    let bytes = canonical::to_bytes(&reason).map_err(|_| ClerkFault::Form { what: "reason" })?;
    let record = Sha256::of(&bytes);
    office.publish(&names::record(&record), &bytes)?;
    Ok(record)
}
