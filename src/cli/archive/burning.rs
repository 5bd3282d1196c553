//! The verbs that go to drives, sticks and disks: `devices`, `write`, `check`. Ctrl-C stops in order: what can
//! go on later is left so that it can.

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use school::identifier::PersonId;
use school::medium::{CopyId, MediumId};
use school::records::media_frame::{Device, Format, Phase, Progress};

use crate::clerk::{self, ClerkFault, Office};
use crate::cli::archive::media::Rules;
use crate::cli::archive::{ArchiveFault, standing};
use crate::cli::exit::Exit;
use crate::process::media_host::MediaHost;
use crate::{daemon, terminal, wording};

/// Every device on a line, with the reason where it cannot be used.
pub fn devices(office: &Office, rules: &Rules) -> Result<Exit, ArchiveFault> {
    let mut host = clerk::media_host(office, rules.inbox.as_deref(), None)?;
    let devices = clerk::devices(office, &mut host)?;
    if devices.is_empty() {
        terminal::data(&wording::burning::no_devices().to_string());
    }
    for device in &devices {
        terminal::data(&wording::burning::device(device).to_string());
    }
    Ok(Exit::Ok)
}

/// Writes the next copy of a medium and reads it back.
pub fn write(
    office: &mut Office,
    rules: &Rules,
    medium: &MediumId,
    (named, format): (&str, Format),
    by: Option<&PersonId>,
) -> Result<Exit, ArchiveFault> {
    let (mut host, device) = chosen(office, rules, named)?;
    let by = by.cloned();
    let copy = watched(|progress| {
        Ok(clerk::write_copy(office, &mut host, medium, (&device, format), by, progress)?)
    });
    let copy = copy.inspect_err(list_names)?;
    terminal::data(&copy.to_string());
    terminal::note(&wording::burning::written(&copy, device.kind).to_string());
    standing::note_next_of_media(office, rules)
}

/// Reads a copy again.
pub fn check(
    office: &mut Office,
    rules: &Rules,
    copy: &CopyId,
    named: &str,
    by: Option<&PersonId>,
) -> Result<Exit, ArchiveFault> {
    let (mut host, device) = chosen(office, rules, named)?;
    let by = by.cloned();
    watched(|progress| Ok(clerk::check_copy(office, &mut host, copy, &device, by, progress)?))
        .inspect_err(list_names)?;
    let known = office.ledger().media.copy(copy);
    let second = known.is_some_and(|one| one.second_drive.is_some() && one.second_drive == one.read_back);
    terminal::data(&wording::burning::checked(copy, second).to_string());
    standing::note_next_of_media(office, rules)
}

/// Records that a device was tried.
pub fn accept(
    office: &mut Office,
    rules: &Rules,
    named: &str,
    (by, witnesses): (&PersonId, &[PersonId]),
    words: &str,
) -> Result<Exit, ArchiveFault> {
    let (_, device) = chosen(office, rules, named)?;
    clerk::accept_device(office, &device, by, witnesses, words)?;
    Ok(Exit::Ok)
}

/// The device that somebody named: as the kernel calls it, with or without /dev/, or by its serial number.
fn chosen(office: &Office, rules: &Rules, named: &str) -> Result<(MediaHost, Device), ArchiveFault> {
    let mut host = clerk::media_host(office, rules.inbox.as_deref(), None)?;
    let node = named.strip_prefix("/dev/").unwrap_or(named);
    let devices = clerk::devices(office, &mut host)?.into_iter();
    let mut found = devices.filter(|one| one.node == node || one.identity.serial == named);
    match (found.next(), found.next()) {
        (Some(device), None) => Ok((host, device)),
        _ => Err(ArchiveFault::NoDevice(named.to_owned())),
    }
}

/// What a refusal is about, where the worker says so: the files on a stick, those that cannot be read.
fn list_names(fault: &ArchiveFault) {
    if let ArchiveFault::Clerk(ClerkFault::Media(fault)) = fault {
        fault.names().iter().for_each(|name| terminal::note(&format!("  {name}")));
    }
}

/// Does a long work that says how far it is, and that a signal stops.
fn watched<T>(
    work: impl FnOnce(&mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<T, ArchiveFault>,
) -> Result<T, ArchiveFault> {
    let (_runtime, stop) = daemon::stop_on_signal().map_err(ArchiveFault::Runtime)?;
    let mut phase: Option<Phase> = None;
    work(&mut |progress| {
        if phase != Some(progress.phase) {
            phase = Some(progress.phase);
            terminal::note(&format!("{}…", wording::burning::phase(progress.phase)));
        }
        // One line of a terminal has no room for both languages; the note above has them.
        terminal::progress(&wording::burning::progress(&progress).vi);
        if stop.load(Ordering::SeqCst) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}
