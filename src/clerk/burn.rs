//! Writes the copies of a medium through the media worker, and reads them again: begun in the register before
//! the first byte, written, closed, read back from its beginning to its end, and only then confirmed. What a
//! kill, a pulled stick or a person stopped goes on from there; a disc that was begun does not.

use std::fs::File;
use std::path::Path;

use school::digest::Sha256;
use school::medium::{CopyId, MediumId, MediumKind};
use school::records::media_frame::{Device, Format, Place, PlacedFile, Refused};

use crate::clerk::medium_content::{content_of_files, expected_of_copy, files_of_medium};
use crate::clerk::medium_copies::{act_on_copy, begin_copy, confirm_or_check};
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::evidence::CopyReadBack;
use crate::lifecycle::medium::{Command, Content, CopyRefusal, CopyStage, Media, Stage};
use crate::medium::{VolumeId, room_needed};
use crate::process::media_host::{Found, MediaFault, MediaHost, OnProgress};
use crate::store::StoreRefusal;

/// After these a stick or disk lies there as it was, and what was begun on it goes on. Everything else ends it.
const GOES_ON: [&str; 10] = [
    "medium.cancelled",
    "medium.in_use",
    "medium.no_device",
    "medium.no_permission",
    "medium.no_program",
    "medium.source_differs",
    "medium.unplugged",
    "medium.worker_hung",
    "medium.worker_lost",
    "medium.worker_start",
];

/// The media worker of this office: it takes no device on which the data or the inbox lie.
///
/// Errors: a folder cannot be opened; the worker does not start.
pub fn media_host(office: &Office, inbox: Option<&Path>) -> Result<MediaHost, ClerkFault> {
    let store = office.store.folder()?;
    // One that is not there yet lies on no device.
    let inbox = inbox.and_then(|inbox| File::open(inbox).ok());
    let own: Vec<&File> = [Some(&store), inbox.as_ref()].into_iter().flatten().collect();
    Ok(MediaHost::start(&own)?)
}

/// Every drive, stick and disk; beside what the worker says, one that the register knows and one that holds
/// another school's medium cannot be used.
///
/// Errors: the worker fails.
pub fn devices(office: &Office, host: &mut MediaHost) -> Result<Vec<Device>, ClerkFault> {
    let mut devices = host.devices()?;
    for device in &mut devices {
        device.unusable = whose(office, device).or(device.unusable.take());
    }
    Ok(devices)
}

/// Writes the next copy of a sealed medium and reads it back; or goes on with the one that was begun on this
/// very device. When this returns the copy is recorded as read back.
///
/// Errors: the device cannot be used; the rules refuse; what stopped it. What cannot go on is recorded as spoiled.
pub fn write_copy(
    office: &mut Office,
    host: &mut MediaHost,
    medium: &MediumId,
    (device, format): (&Device, Format),
    progress: OnProgress<'_>,
) -> Result<CopyId, ClerkFault> {
    let what = What::of(office, medium, device.kind)?;
    let begun = begun_on(&office.ledger().media, device, medium);
    if let Some(other) = begun.as_ref().filter(|copy| copy.medium != *medium) {
        return Err(ClerkFault::NotNow { code: "medium.interrupted", what: other.to_string() });
    }
    let lying = lies_there(office, medium, device);
    let (copy, written) = match (begun, lying) {
        (Some(copy), Some(place)) => (copy, Ok(place)),
        // What the drive says of a disc that was begun does not count; its bytes do.
        (Some(copy), None) if device.kind == MediumKind::Optical => (copy, Ok(what.place_on_disc())),
        (Some(copy), None) => (copy, what.put(office, host, medium, (device, format), progress)),
        (None, _) => {
            what.may_go_on(office, device)?;
            the_old_ones_stand(office, host, device, progress)?;
            let drive = (device.kind == MediumKind::Optical).then(|| device.identity.drive());
            let copy = begin_copy(office, medium, device.kind, (device.identity.sha256(), drive))?;
            (copy, what.put(office, host, medium, (device, format), progress))
        }
    };
    let place = match written {
        Ok(place) => place,
        // Everything lies there already; what was missing is the reading back.
        Err(ClerkFault::Media(fault)) if fault.code() == "medium.holds_files" => Place::Root,
        Err(fault) => return Err(spoiled_by(office, &copy, device.kind, fault)),
    };
    let found = host.read_back(&device.identity, place, what.bytes(), progress).map_err(ClerkFault::from);
    let found = found.map_err(|fault| spoiled_by(office, &copy, device.kind, fault))?;
    settle(office, &copy, &what.content, &content_of(found), None)?;
    Ok(copy)
}

/// Reads a copy again from its beginning to its end: in its own drive, in another, or after a kill for the
/// first time. A copy that differs is recorded as spoiled; one that cannot be read may be readable elsewhere.
///
/// Errors: `medium.copy_not_here` when something else lies there; `medium.differs`; the worker's.
pub fn check_copy(
    office: &mut Office,
    host: &mut MediaHost,
    copy: &CopyId,
    device: &Device,
    progress: OnProgress<'_>,
) -> Result<(), ClerkFault> {
    let media = &office.ledger().media;
    let known = media.copy(copy).ok_or_else(|| CopyRefusal::NoCopy(copy.clone()))?;
    let not_here = || ClerkFault::NotNow { code: "medium.copy_not_here", what: copy.to_string() };
    let digest = device.identity.sha256();
    // Two sticks of one medium hold the same bytes.
    let is_another = media.copies().any(|(id, one)| {
        id != *copy && id.medium == copy.medium && one.device == digest && known.on != MediumKind::Optical
    });
    if known.on != device.kind || is_another {
        return Err(not_here());
    }
    let what = What::of(office, &copy.medium, device.kind)?;
    // Of a disc that was burned since the tray was last open the kernel shows nothing, but it is that very disc.
    let burned_here = known.on == MediumKind::Optical && known.device == digest;
    let place = burned_here.then(|| what.place_on_disc());
    let place = place.or_else(|| lies_there(office, &copy.medium, device)).ok_or_else(not_here)?;
    let drive = (device.kind == MediumKind::Optical).then(|| device.identity.drive());
    let found = host.read_back(&device.identity, place, what.bytes(), progress)?;
    settle(office, copy, &what.content, &content_of(found), drive)
}

/// Compares what was read with what should be there, and records which it is.
fn settle(
    office: &mut Office,
    copy: &CopyId,
    expected: &Content,
    found: &Content,
    drive: Option<Sha256>,
) -> Result<(), ClerkFault> {
    if let Ok(read_back) = CopyReadBack::compare(expected, found) {
        return confirm_or_check(office, copy, read_back, drive);
    }
    let known = office.ledger().media.copy(copy);
    let fresh = known.is_some_and(|one| one.stage == CopyStage::Writing && one.on != MediumKind::Optical);
    // A stick that takes everything and keeps a part of it is smaller than it says, or dying.
    let code = if fresh { "medium.not_kept" } else { "medium.differs" };
    act_on_copy(office, copy, Command::Spoil { code: code.into() })?;
    Err(ClerkFault::NotNow { code, what: copy.to_string() })
}

/// Records a copy that cannot go on as spoiled, and hands the fault on.
fn spoiled_by(office: &mut Office, copy: &CopyId, on: MediumKind, fault: ClerkFault) -> ClerkFault {
    if on != MediumKind::Optical && GOES_ON.contains(&fault.code()) {
        return fault;
    }
    let spoil = Command::Spoil { code: fault.code().to_owned() };
    act_on_copy(office, copy, spoil).err().unwrap_or(fault)
}

/// The copy that was begun on this device and not read back. On a dedicated disk several may be.
fn begun_on(media: &Media, device: &Device, medium: &MediumId) -> Option<CopyId> {
    let digest = device.identity.sha256();
    let begun = media.copies().filter(|(_, one)| one.device == digest && one.stage == CopyStage::Writing);
    let mut begun = begun.map(|(id, _)| id);
    if device.kind == MediumKind::Disk { begun.find(|id| id.medium == *medium) } else { begun.next() }
}

/// Where on the device this medium lies, by the seal that is to be seen there.
fn lies_there(office: &Office, medium: &MediumId, device: &Device) -> Option<Place> {
    let Stage::Sealed { seal, bytes, .. } = office.ledger().media.get(medium)?.stage else { return None };
    let found = device.holds.seals.iter().find(|one| Sha256::of(one.statement.as_bytes()) == seal)?;
    Some(match (device.kind, found.writing) {
        (MediumKind::Optical, _) => Place::Disc { bytes },
        (_, Some(number)) => Place::Writing { number },
        (_, None) => Place::Root,
    })
}

/// Why the register keeps a device from being written, if it does.
fn whose(office: &Office, device: &Device) -> Option<Refused> {
    let (media, digest) = (&office.ledger().media, device.identity.sha256());
    let about =
        |code: &str, what: String| Refused { code: code.into(), names: vec![what], detail: String::new() };
    let of_this = |stage: fn(&CopyStage) -> bool| {
        media.copies().find(|(_, one)| one.device == digest && stage(&one.stage)).map(|(id, _)| id)
    };
    if device.kind != MediumKind::Disk {
        if of_this(|stage| *stage == CopyStage::Writing).is_some() {
            return None;
        }
        if let Some(copy) = of_this(|_| true) {
            return Some(about("medium.device_known", copy.to_string()));
        }
    }
    let school = office.ledger().school.as_ref();
    for found in &device.holds.seals {
        let named: Option<MediumId> =
            found.statement.lines().find_map(|line| line.strip_prefix("medium: ")?.parse().ok());
        let ours = named.as_ref().and_then(|id| match media.get(id)?.stage {
            Stage::Sealed { seal, .. } => Some(seal == Sha256::of(found.statement.as_bytes())),
            Stage::Planned => None,
        });
        let name = named.as_ref().map(ToString::to_string).unwrap_or_default();
        match ours {
            Some(true) if device.kind == MediumKind::Disk => {}
            Some(true) => return Some(about("medium.device_known", name)),
            _ if named.is_some_and(|id| Some(id.school()) == school) => {
                return Some(about("medium.not_in_register", name));
            }
            _ => return Some(about("medium.other_school", name)),
        }
    }
    None
}

/// Reads every earlier writing of a dedicated disk before anything is added to it.
fn the_old_ones_stand(
    office: &mut Office,
    host: &mut MediaHost,
    device: &Device,
    progress: OnProgress<'_>,
) -> Result<(), ClerkFault> {
    if device.kind != MediumKind::Disk {
        return Ok(());
    }
    let digest = device.identity.sha256();
    let on_it = office.ledger().media.copies();
    let on_it: Vec<CopyId> = on_it
        .filter(|(_, one)| {
            one.device == digest && !matches!(one.stage, CopyStage::Writing | CopyStage::Spoiled)
        })
        .map(|(id, _)| id)
        .collect();
    for copy in on_it {
        check_copy(office, host, &copy, device, progress)?;
    }
    Ok(())
}

/// What a copy must hold, and how it gets there.
struct What {
    content: Content,
    /// Of a stick or disk.
    files: Vec<PlacedFile>,
}

impl What {
    fn of(office: &Office, medium: &MediumId, on: MediumKind) -> Result<Self, ClerkFault> {
        if on == MediumKind::Optical {
            return Ok(Self { content: expected_of_copy(office, medium, on)?, files: Vec::new() });
        }
        let files = files_of_medium(office, medium)?;
        Ok(Self { content: content_of_files(&files), files })
    }

    fn bytes(&self) -> u64 {
        match &self.content {
            Content::Image { bytes, .. } => *bytes,
            Content::Files(files) => files.values().map(|(_, bytes)| bytes).sum(),
        }
    }

    fn place_on_disc(&self) -> Place {
        Place::Disc { bytes: self.bytes() }
    }

    /// Everything that can be known before the register says that a copy is begun.
    fn may_go_on(&self, office: &Office, device: &Device) -> Result<(), ClerkFault> {
        if let Some(refusal) = whose(office, device).or_else(|| device.unusable.clone()) {
            return Err(MediaFault::from(refusal).into());
        }
        let needed = if self.files.is_empty() { self.bytes() } else { room_needed(&self.files) };
        if needed > device.room_bytes {
            let detail = format!("{needed} bytes, there is room for {}", device.room_bytes);
            let code = "medium.device_too_small".into();
            return Err(MediaFault::from(Refused { code, names: Vec::new(), detail }).into());
        }
        Ok(())
    }

    fn put(
        &self,
        office: &Office,
        host: &mut MediaHost,
        medium: &MediumId,
        (device, format): (&Device, Format),
        progress: OnProgress<'_>,
    ) -> Result<Place, ClerkFault> {
        let Content::Image { sha256, bytes } = self.content else {
            let label = VolumeId::of(medium).to_string();
            let (kind, folder) = (device.kind, office.store.folder()?);
            return Ok(host.write_files(
                &device.identity,
                (kind, format, &label),
                &folder,
                &self.files,
                progress,
            )?);
        };
        let path = office.store.path(&names::image(medium))?;
        let image = File::open(&path).map_err(StoreRefusal::at(&path))?;
        Ok(host.write_image(&device.identity, &image, sha256, bytes, progress)?)
    }
}

fn content_of(found: Found) -> Content {
    match found {
        Found::Image { sha256, bytes } => Content::Image { sha256, bytes },
        Found::Files(files) => {
            Content::Files(files.into_iter().map(|file| (file.name, (file.sha256, file.bytes))).collect())
        }
    }
}
