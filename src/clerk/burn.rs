//! Writes the copies of a medium through the media worker, and reads them again: begun in the register before
//! the first byte, written, closed, read back from its beginning to its end, and only then confirmed. What a
//! kill, a pulled stick or a person stopped goes on from there; a disc that was begun does not.

use std::fs::File;
use std::path::Path;

use school::digest::Sha256;
use school::identifier::PersonId;
use school::medium::{CopyId, MediumId, MediumKind};
use school::records::media_frame::{Device, Format, Place, PlacedFile, Refused};

use crate::clerk::custody::performer;
use crate::clerk::medium_content::{content_of_files, expected_of_copy, files_of_medium};
use crate::clerk::medium_copies::{act_on_copy, begin_copy, confirm_or_check, may_begin};
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::evidence::CopyReadBack;
use crate::lifecycle::medium::{Command, Content, CopyRefusal, CopyStage, Media, Stage};
use crate::medium::{VolumeId, room_needed};
use crate::process::media_host::{Found, MediaFault, MediaHost, OnProgress};
use crate::process::worker::Program;
use crate::store::StoreRefusal;

/// After these a stick, a disk or a closed disc lies there as it was, and what was begun on it goes on. Everything else
/// ends it.
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

/// The media worker of this office, or another program that speaks as it does: it takes no device on which
/// the data or the inbox lie.
///
/// Errors: a folder cannot be opened; the worker does not start.
pub fn media_host(
    office: &Office,
    inbox: Option<&Path>,
    program: Option<Program>,
) -> Result<MediaHost, ClerkFault> {
    let store = office.store.folder()?;
    // One that is not there yet lies on no device.
    let inbox = inbox.and_then(|inbox| File::open(inbox).ok());
    let own: Vec<&File> = [Some(&store), inbox.as_ref()].into_iter().flatten().collect();
    Ok(match program {
        Some(program) => MediaHost::start_program(program, &own)?,
        None => MediaHost::start(&own)?,
    })
}

/// Every drive, stick and disk; beside what the worker says, one that the register knows and one that holds
/// another school's medium cannot be used.
///
/// Errors: the worker fails.
pub fn devices(office: &Office, host: &mut MediaHost) -> Result<Vec<Device>, ClerkFault> {
    Ok(devices_known(office, host.devices()?))
}

/// The same of devices that the worker has looked at already.
pub fn devices_known(office: &Office, mut devices: Vec<Device>) -> Vec<Device> {
    for device in &mut devices {
        device.unusable = whose(office, device).or(device.unusable.take());
    }
    devices
}

/// Writes the next copy of a sealed medium and reads it back; or goes on with the one that was begun on this
/// very device. When this returns the copy is recorded as read back, by the office unless somebody else is named.
///
/// Errors: the device cannot be used; the rules refuse; what stopped it. What cannot go on is recorded as spoiled.
pub fn write_copy(
    office: &mut Office,
    host: &mut MediaHost,
    medium: &MediumId,
    (device, format): (&Device, Format),
    by: Option<PersonId>,
    progress: OnProgress<'_>,
) -> Result<CopyId, ClerkFault> {
    let mut writing = Writing::plan(office, medium, (device, format), by)?;
    for reading in writing.take_earlier() {
        let found = reading.carry_out(host, progress)?;
        reading.end(office, &found)?;
    }
    writing.begin(office)?;
    let carried = writing.carry_out(host, progress);
    writing.end(office, carried)
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
    by: Option<PersonId>,
    progress: OnProgress<'_>,
) -> Result<(), ClerkFault> {
    let reading = Reading::plan(office, copy, device, by)?;
    let found = reading.carry_out(host, progress)?;
    reading.end(office, &found)
}

/// A copy that is to be written. What takes minutes is carried out without the office, so that other people's
/// steps need not wait for a drive: plan, begin and end are brief.
pub struct Writing {
    medium: MediumId,
    device: Device,
    format: Format,
    what: What,
    by: PersonId,
    /// The copy, once it is begun in the register.
    copy: Option<CopyId>,
    /// Where it lies already, when only the reading back is missing.
    place: Option<Place>,
    earlier: Vec<Reading>,
    source: Source,
}

/// Where the bytes come from, opened before anything is begun.
enum Source {
    /// Of a disc.
    Image(File),
    /// Of a stick or disk, the folder of the store.
    Folder(File),
}

impl Writing {
    /// Everything that can be known before the register says that a copy is begun.
    ///
    /// Errors: the device cannot be used; another medium was begun on it.
    pub fn plan(
        office: &mut Office,
        medium: &MediumId,
        (device, format): (&Device, Format),
        by: Option<PersonId>,
    ) -> Result<Self, ClerkFault> {
        let by = performer(office, by)?;
        let what = What::of(office, medium, device.kind)?;
        let copy = begun_on(&office.ledger().media, device, medium);
        if let Some(other) = copy.as_ref().filter(|copy| copy.medium != *medium) {
            return Err(ClerkFault::NotNow { code: "medium.interrupted", what: other.to_string() });
        }
        let mut earlier = Vec::new();
        let place = match (&copy, lies_there(office, medium, device)) {
            (Some(_), Some(place)) => Some(place),
            // What the drive says of a disc that was begun does not count; its bytes do.
            (Some(_), None) if device.kind == MediumKind::Optical => Some(what.place_on_disc()),
            (Some(_), None) => None,
            (None, _) => {
                what.may_go_on(office, device)?;
                may_begin(office, medium, device.kind, begun_as(device))?;
                earlier = the_old_ones(office, device, &by)?;
                None
            }
        };
        let source = match what.content {
            Content::Image { .. } => {
                let path = office.store.path(&names::image(medium))?;
                Source::Image(File::open(&path).map_err(StoreRefusal::at(&path))?)
            }
            Content::Files(_) => Source::Folder(office.store.folder()?),
        };
        let (medium, device) = (medium.clone(), device.clone());
        Ok(Self { medium, device, format, what, by, copy, place, earlier, source })
    }

    /// The earlier writings of a dedicated disk: they are read before anything is added to it.
    pub fn take_earlier(&mut self) -> Vec<Reading> {
        std::mem::take(&mut self.earlier)
    }

    /// Begins the copy in the register, before the first byte.
    ///
    /// Errors: the rules refuse.
    pub fn begin(&mut self, office: &mut Office) -> Result<(), ClerkFault> {
        if self.copy.is_none() {
            let kind = self.device.kind;
            self.copy = Some(begin_copy(office, &self.medium, kind, begun_as(&self.device))?);
        }
        Ok(())
    }

    /// Writes, closes and reads back; what was read.
    ///
    /// Errors: the worker's, and whether all of it was written before.
    pub fn carry_out(&self, host: &mut MediaHost, progress: OnProgress<'_>) -> Result<Content, Halted> {
        let place = match self.place {
            Some(place) => place,
            None => match self.put(host, progress) {
                // Everything lies there already; what was missing is the reading back.
                Err(fault) if fault.code() == "medium.holds_files" => Place::Root,
                put => put.map_err(|fault| Halted { fault, at: Halt::Writing })?,
            },
        };
        let found = host.read_back(&self.device.identity, place, self.what.bytes(), progress);
        found.map(content_of).map_err(|fault| Halted { fault, at: Halt::ReadingBack })
    }

    fn put(&self, host: &mut MediaHost, progress: OnProgress<'_>) -> Result<Place, MediaFault> {
        let identity = &self.device.identity;
        match (&self.source, &self.what.content) {
            (Source::Image(image), Content::Image { sha256, bytes }) => {
                host.write_image(identity, image, *sha256, *bytes, progress)
            }
            (Source::Image(folder) | Source::Folder(folder), _) => {
                let label = VolumeId::of(&self.medium).to_string();
                let on = (self.device.kind, self.format, label.as_str());
                host.write_files(identity, on, folder, &self.what.files, progress)
            }
        }
    }

    /// Records what came of it: read back and equal, or spoiled where it cannot go on.
    ///
    /// Errors: what stopped it; `medium.differs`, `medium.not_kept`.
    pub fn end(self, office: &mut Office, carried: Result<Content, Halted>) -> Result<CopyId, ClerkFault> {
        let not_begun = || ClerkFault::NotNow { code: "medium.not_next", what: self.medium.to_string() };
        let copy = self.copy.clone().ok_or_else(not_begun)?;
        match carried {
            Ok(found) => settle(office, &copy, &self.what.content, &found, (None, &self.by))?,
            Err(halted) => return Err(spoiled_by(office, &copy, self.device.kind, halted)),
        }
        Ok(copy)
    }
}

/// What stopped the writing of a copy, or its reading back.
#[derive(Debug)]
pub struct Halted {
    fault: MediaFault,
    at: Halt,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Halt {
    /// Not everything is written, or the disc is not closed.
    Writing,
    /// Everything is written; it was not read to its end.
    ReadingBack,
}

/// A copy that is to be read again.
pub struct Reading {
    copy: CopyId,
    device: Device,
    what: What,
    place: Place,
    by: PersonId,
}

impl Reading {
    /// Finds the copy on a device.
    ///
    /// Errors: `medium.copy_not_here` when something else lies there.
    pub fn plan(
        office: &mut Office,
        copy: &CopyId,
        device: &Device,
        by: Option<PersonId>,
    ) -> Result<Self, ClerkFault> {
        let by = performer(office, by)?;
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
        Ok(Self { copy: copy.clone(), device: device.clone(), what, place, by })
    }

    /// Reads it from its beginning to its end.
    ///
    /// Errors: the worker's.
    pub fn carry_out(&self, host: &mut MediaHost, progress: OnProgress<'_>) -> Result<Content, MediaFault> {
        host.read_back(&self.device.identity, self.place, self.what.bytes(), progress).map(content_of)
    }

    /// Records what was found.
    ///
    /// Errors: `medium.differs`.
    pub fn end(&self, office: &mut Office, found: &Content) -> Result<(), ClerkFault> {
        let drive = (self.device.kind == MediumKind::Optical).then(|| self.device.identity.drive());
        settle(office, &self.copy, &self.what.content, found, (drive, &self.by))
    }
}

/// Compares what was read with what should be there, and records which it is.
fn settle(
    office: &mut Office,
    copy: &CopyId,
    expected: &Content,
    found: &Content,
    reader: (Option<Sha256>, &PersonId),
) -> Result<(), ClerkFault> {
    if let Ok(read_back) = CopyReadBack::compare(expected, found) {
        return confirm_or_check(office, copy, read_back, reader);
    }
    let known = office.ledger().media.copy(copy);
    let fresh = known.is_some_and(|one| one.stage == CopyStage::Writing && one.on != MediumKind::Optical);
    // A stick that takes everything and keeps a part of it is smaller than it says, or dying.
    let code = if fresh { "medium.not_kept" } else { "medium.differs" };
    act_on_copy(office, copy, Command::Spoil { code: code.into() })?;
    Err(ClerkFault::NotNow { code, what: format!("{copy}: {}", expected.differences(found)) })
}

/// Records a copy that cannot go on as spoiled, and hands the fault on. A disc is lost by what stops its writing; one
/// that was closed stays written and not read back, and can be read again.
fn spoiled_by(
    office: &mut Office,
    copy: &CopyId,
    on: MediumKind,
    Halted { fault, at }: Halted,
) -> ClerkFault {
    let is_lost = on == MediumKind::Optical && at == Halt::Writing;
    if !is_lost && GOES_ON.contains(&fault.code()) {
        return fault.into();
    }
    let spoil = Command::Spoil { code: fault.code().to_owned() };
    act_on_copy(office, copy, spoil).err().unwrap_or_else(|| fault.into())
}

/// As what a device stands in the entry of a copy that is begun on it.
fn begun_as(device: &Device) -> (Sha256, Option<Sha256>) {
    let drive = (device.kind == MediumKind::Optical).then(|| device.identity.drive());
    (device.identity.sha256(), drive)
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

/// Every earlier writing of a dedicated disk, which is read before anything is added to it.
fn the_old_ones(office: &mut Office, device: &Device, by: &PersonId) -> Result<Vec<Reading>, ClerkFault> {
    if device.kind != MediumKind::Disk {
        return Ok(Vec::new());
    }
    let digest = device.identity.sha256();
    let on_it = office.ledger().media.copies();
    let on_it = on_it.filter(|(_, one)| {
        one.device == digest && !matches!(one.stage, CopyStage::Writing | CopyStage::Spoiled)
    });
    let on_it: Vec<CopyId> = on_it.map(|(copy, _)| copy).collect();
    on_it.iter().map(|copy| Reading::plan(office, copy, device, Some(by.clone()))).collect()
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
}

fn content_of(found: Found) -> Content {
    match found {
        Found::Image { sha256, bytes } => Content::Image { sha256, bytes },
        Found::Files(files) => {
            Content::Files(files.into_iter().map(|file| (file.name, (file.sha256, file.bytes))).collect())
        }
    }
}
