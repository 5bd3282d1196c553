//! What may happen to a copy, decided from what has happened.

use std::collections::BTreeSet;

use school::digest::Sha256;
use school::identifier::{PersonId, StickerNumber};
use school::medium::{CopyId, CopyNumber, MediumKind};

use super::{Command, CopyRefusal, CopyStage, Media, MediumCopy, Stage};
use crate::lifecycle::event::Event;

/// Decides a command about the copy `id`.
///
/// Errors: see [`CopyRefusal`].
pub fn decide(media: &Media, id: &CopyId, command: Command) -> Result<Event, CopyRefusal> {
    let copy = id.clone();
    if let Command::Begin { on, device, drive } = command {
        begin(media, id, on, device)?;
        return Ok(Event::MediumWriting { copy, on, device, drive, record: None });
    }
    let known = media.copy(id).ok_or_else(|| CopyRefusal::NoCopy(id.clone()))?;
    let stands = |allowed: bool| allowed.then_some(()).ok_or_else(|| CopyRefusal::WrongStage(id.clone()));
    use CopyStage::{Lost, Migrated, Opened, Spoiled, Stickered, Verified, Writing};
    match command {
        Command::Begin { .. } => Err(CopyRefusal::WrongStage(copy)),
        Command::Confirm { read_back, by } => {
            stands(known.stage == Writing)?;
            Ok(Event::MediumVerified { copy, sha256: read_back.sha256(), by: Some(by) })
        }
        Command::Sticker { sticker, people, record } => {
            stands(known.stage == Verified)?;
            by_somebody(&people)?;
            is_new(media, &sticker)?;
            Ok(Event::MediumStickered { copy, sticker, people, record })
        }
        Command::Open { people, record } => {
            stands(matches!(known.stage, Stickered { .. }))?;
            by_somebody(&people)?;
            Ok(Event::MediumOpened { copy, people, record })
        }
        Command::Reseal { sticker: new, people, record } => {
            let Opened { sticker: old } = known.stage.clone() else {
                return Err(CopyRefusal::WrongStage(copy));
            };
            by_somebody(&people)?;
            is_new(media, &new)?;
            Ok(Event::MediumResealed { copy, old, new, people, record })
        }
        Command::HandOver { people, record } => {
            stands(known.stage.may_be_handed_over())?;
            by_somebody(&people)?;
            Ok(Event::MediumHandedOver { copy, people, record })
        }
        Command::Check { read_back, drive, by } => {
            stands(matches!(known.stage, Verified | Stickered { .. } | Opened { .. } | Lost))?;
            Ok(Event::MediumChecked { copy, sha256: read_back.sha256(), drive, by: Some(by) })
        }
        Command::Migrate { to, record } => {
            stands(!matches!(known.stage, Writing | Migrated { .. }))?;
            can_replace(media, id, &to)?;
            Ok(Event::MediumMigrated { copy, to, record })
        }
        Command::Spoil { code } => {
            stands(!matches!(known.stage, Spoiled | Migrated { .. }))?;
            Ok(Event::MediumSpoiled { copy, code, record: None })
        }
        Command::Lose { record } => {
            stands(!matches!(known.stage, Spoiled | Migrated { .. } | Lost))?;
            Ok(Event::MediumLost { copy, record })
        }
    }
}

fn begin(media: &Media, id: &CopyId, on: MediumKind, device: Sha256) -> Result<(), CopyRefusal> {
    let medium = media.get(&id.medium).ok_or_else(|| CopyRefusal::Unknown(id.medium.clone()))?;
    if !matches!(medium.stage, Stage::Sealed { .. }) {
        return Err(CopyRefusal::NotSealed(id.medium.clone()));
    }
    let last = medium.copies.keys().next_back().map_or(0, |last| last.number());
    if CopyNumber::new(last.saturating_add(1)) != Some(id.number) {
        return Err(CopyRefusal::NotNext(id.clone()));
    }
    // A disc or stick that was begun is never begun again, whatever it says of itself; a dedicated disk takes
    // each medium once, and the folder of a writing that came to no end stays where it is.
    let taken = |(other, copy): &(CopyId, &MediumCopy)| {
        copy.device == device
            && match (on, copy.on) {
                (MediumKind::Disk, MediumKind::Disk) => {
                    other.medium == id.medium && copy.stage != CopyStage::Spoiled
                }
                _ => true,
            }
    };
    media.copies().find(taken).map_or(Ok(()), |(holds, _)| Err(CopyRefusal::DeviceKnown(holds)))
}

fn by_somebody(people: &[PersonId]) -> Result<(), CopyRefusal> {
    if people.is_empty() { Err(CopyRefusal::Nobody) } else { Ok(()) }
}

fn is_new(media: &Media, sticker: &StickerNumber) -> Result<(), CopyRefusal> {
    let on = media.sticker(sticker);
    on.map_or(Ok(()), |on| Err(CopyRefusal::StickerUsed(on.clone())))
}

fn can_replace(media: &Media, old: &CopyId, new: &CopyId) -> Result<(), CopyRefusal> {
    let deposits = |id: &CopyId| -> BTreeSet<_> {
        media.get(&id.medium).into_iter().flat_map(|medium| &medium.deposits).collect()
    };
    let stands = media.copy(new).is_some_and(|copy| copy.stage.counts());
    if old != new && stands && deposits(new).is_superset(&deposits(old)) {
        Ok(())
    } else {
        Err(CopyRefusal::NoReplacement(new.clone()))
    }
}
