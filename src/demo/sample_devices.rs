//! `niemphong worker sample-media`: a burner, sticks and a dedicated disk of the invented school, made of files in a
//! folder, for a computer that has none. It speaks as the media worker does; what is written there lies
//! there, is read back from there, and differs if somebody changes it. Nothing of it opens a device.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use school::digest::{Digests, Sha256};
use school::medium::MediumKind;
use school::records::media_frame::{
    Answer, Content, Device, DeviceIdentity, FoundFile, Holds, Order, Phase, Place, PlacedFile, Progress,
    Refused, SealFound,
};

use crate::process::frame::{Channel, Frame, FrameFault};
use crate::process::worker;

/// What fits on the sample disc.
const DISC_SIZE_BYTES: u64 = 4_700_000_000;
/// What fits on the sample disk.
const DISK_SIZE_BYTES: u64 = 32_000_000_000;
/// What fits on a sample stick.
const STICK_SIZE_BYTES: u64 = 8_000_000_000;
/// How much is written between two words about progress.
const PIECE_SIZE_BYTES: usize = 256 * 1024;
/// The burner takes its time as a real one at three times the speed of a DVD: its phases can be seen, and a stop in the
/// middle of one.
const PIECE_WAIT: Duration = Duration::from_millis(60);
/// Where the statement of a medium lies in its bag.
const STATEMENT: &str = "niem-phong/niem-phong.txt";

/// Serves until the other side closes.
///
/// Errors: the channel broke.
pub fn run(folder: &Path) -> Result<(), FrameFault> {
    fs::create_dir_all(folder)?;
    let mut channel = worker::own_channel()?;
    loop {
        let frame = match channel.receive(None) {
            Err(FrameFault::Closed) => return Ok(()),
            frame => frame?,
        };
        let mut devices = SampleDevices { folder, channel: &mut channel };
        let (answer, part) =
            devices.carry_out(frame).unwrap_or_else(|refused| (Answer::Refused(refused), None));
        channel.send(&answer, part.as_deref(), None, None)?;
    }
}

struct SampleDevices<'a> {
    folder: &'a Path,
    channel: &'a mut Channel,
}

fn refused(code: &str, detail: impl ToString) -> Refused {
    Refused { code: code.into(), names: Vec::new(), detail: detail.to_string() }
}

fn io_refused(error: io::Error) -> Refused {
    refused("medium.read_error", error)
}

impl SampleDevices<'_> {
    fn carry_out(&mut self, frame: Frame<Order>) -> Result<(Answer, Option<Vec<u8>>), Refused> {
        let Frame { message, part, file } = frame;
        match message {
            Order::Devices { .. } => {
                let devices = [self.burner(), self.disk()].into_iter().chain(self.sticks());
                Ok((Answer::Devices { devices: devices.collect() }, None))
            }
            Order::Write { device, content, .. } => {
                let from = file.ok_or_else(|| refused("medium.order", "nothing to read from"))?;
                let list = part.as_ref().map_or(&[][..], |part| part.as_slice());
                let place = self.write(&device, content, from, list)?;
                Ok((Answer::Written { place }, None))
            }
            Order::ReadBack { device, place, expected_bytes } => {
                self.read_back(&device, place, expected_bytes)
            }
            Order::Go | Order::Cancel => Err(refused("medium.order", "nothing is being done")),
        }
    }

    /// A burner in which a blank disc lies: the one after the last that was written.
    fn burner(&self) -> Device {
        let written = (1..).take_while(|number| self.disc(&number.to_string()).exists()).count();
        let identity = identity("Ổ ghi đĩa mẫu", "MAU-DIA", 0, &(written + 1).to_string());
        let (kind, node) = (MediumKind::Optical, "sr-mau".into());
        Device { kind, identity, node, room_bytes: DISC_SIZE_BYTES, holds: Holds::default(), unusable: None }
    }

    fn disk(&self) -> Device {
        let identity = identity("Ổ cứng rời mẫu", "MAU-O-CUNG", DISK_SIZE_BYTES, "");
        let writings: Vec<u32> = (1..).take_while(|number| self.writing(*number).exists()).collect();
        let seals =
            writings.iter().filter_map(|number| seal(&self.writing(*number), Some(*number))).collect();
        let holds = Holds { writings, interrupted: None, seals };
        let (kind, node) = (MediumKind::Disk, "sd-mau".into());
        Device { kind, identity, node, room_bytes: DISK_SIZE_BYTES, holds, unusable: None }
    }

    /// Every stick that was written, all of them still plugged in, and one that is new.
    fn sticks(&self) -> Vec<Device> {
        let written = (1..).take_while(|number| self.stick(&serial(*number)).exists()).count();
        let stick = |number: usize| {
            let identity = identity("USB mẫu", &serial(number), STICK_SIZE_BYTES, "");
            let seals = seal(&self.stick(&identity.serial), None).into_iter().collect();
            let holds = Holds { writings: Vec::new(), interrupted: None, seals };
            let (kind, node) = (MediumKind::Stick, format!("usb-mau-{number}"));
            Device { kind, identity, node, room_bytes: STICK_SIZE_BYTES, holds, unusable: None }
        };
        (1..=written + 1).map(stick).collect()
    }

    fn stick(&self, serial: &str) -> PathBuf {
        self.folder.join(serial.to_lowercase())
    }

    fn disc(&self, number: &str) -> PathBuf {
        self.folder.join(format!("dia-{number}.iso"))
    }

    fn writing(&self, number: u32) -> PathBuf {
        self.folder.join(format!("o-cung/lan-{number}"))
    }

    fn write(
        &mut self,
        device: &DeviceIdentity,
        content: Content,
        from: OwnedFd,
        list: &[u8],
    ) -> Result<Place, Refused> {
        match content {
            Content::Image { bytes, .. } => {
                let mut meter = Meter::begin(self.channel, Phase::Writing, bytes)?;
                let target = self.folder.join(format!("dia-{}.iso", device.disc));
                copy(&mut File::from(from), &target, meter.as_slow_as_a_burner())?;
                meter.enter(Phase::Closing, 0)?;
                Ok(Place::Disc { bytes })
            }
            Content::Files { on: MediumKind::Stick, .. } => {
                let stick = self.stick(&device.serial);
                // What was stopped half-way lies beside it and is begun again: a stick is whole or new.
                let half = stick.with_extension("do-dang");
                if half.exists() {
                    fs::remove_dir_all(&half).map_err(io_refused)?;
                }
                self.write_files(&half, from, list)?;
                fs::rename(&half, &stick).map_err(io_refused)?;
                Ok(Place::Root)
            }
            Content::Files { .. } => {
                let number = (1..).find(|number| !self.writing(*number).exists()).unwrap_or(1);
                let root = self.writing(number);
                self.write_files(&root, from, list)?;
                Ok(Place::Writing { number })
            }
        }
    }

    fn write_files(&mut self, root: &Path, from: OwnedFd, list: &[u8]) -> Result<(), Refused> {
        let files: Vec<PlacedFile> =
            serde_json::from_slice(list).map_err(|error| refused("medium.order", error))?;
        // The folder that was sent along, as this process sees it.
        let source = PathBuf::from(format!("/proc/self/fd/{}", from.as_raw_fd()));
        let all = files.iter().map(|file| file.bytes).sum();
        let mut meter = Meter::begin(self.channel, Phase::Writing, all)?;
        for file in &files {
            let mut read = File::open(source.join(&file.place)).map_err(io_refused)?;
            copy(&mut read, &root.join(&file.name), &mut meter)?;
        }
        meter.enter(Phase::Closing, 0)
    }

    fn read_back(
        &mut self,
        device: &DeviceIdentity,
        place: Place,
        expected_bytes: u64,
    ) -> Result<(Answer, Option<Vec<u8>>), Refused> {
        let (disc, writing) = (self.disc(&device.disc), |number| self.writing(number));
        let root = match place {
            Place::Disc { .. } => disc.clone(),
            Place::Writing { number } => writing(number),
            Place::Root => self.stick(&device.serial),
        };
        let mut meter = Meter::begin(self.channel, Phase::ReadingBack, expected_bytes)?;
        if matches!(place, Place::Disc { .. }) {
            let (sha256, bytes) = digest(&disc, meter.as_slow_as_a_burner())?;
            return Ok((Answer::ReadBack { image: Some(sha256), bytes }, None));
        }
        let mut names = Vec::new();
        walk(&root, "", &mut names).map_err(io_refused)?;
        names.sort();
        let lengths = names.iter().filter_map(|name| root.join(name).metadata().ok());
        meter.enter(Phase::ReadingBack, lengths.map(|found| found.len()).sum())?;
        let mut found = Vec::new();
        for name in names {
            let (sha256, bytes) = digest(&root.join(&name), &mut meter)?;
            found.push(FoundFile { name, bytes, sha256 });
        }
        let list = serde_json::to_vec(&found).map_err(|error| refused("medium.order", error))?;
        let bytes = found.iter().map(|file| file.bytes).sum();
        Ok((Answer::ReadBack { image: None, bytes }, Some(list)))
    }
}

fn serial(stick: usize) -> String {
    format!("MAU-USB-{stick}")
}

/// The statement of a bag that lies there.
fn seal(bag: &Path, writing: Option<u32>) -> Option<SealFound> {
    let statement = fs::read_to_string(bag.join(STATEMENT)).ok()?;
    Some(SealFound { writing, statement })
}

fn identity(model: &str, serial: &str, size_bytes: u64, disc: &str) -> DeviceIdentity {
    let (vendor, model, serial) = ("niemphong".into(), model.into(), serial.into());
    DeviceIdentity { vendor, model, serial, size_bytes, disc: disc.into() }
}

/// Says how far it is, and stops when the core does not say to go on.
struct Meter<'a> {
    channel: &'a mut Channel,
    now: Progress,
    begun: Instant,
    /// How long each piece takes.
    wait: Duration,
}

impl<'a> Meter<'a> {
    fn begin(channel: &'a mut Channel, phase: Phase, of_bytes: u64) -> Result<Self, Refused> {
        let now = Progress { phase, done_bytes: 0, of_bytes, bytes_per_second: 0 };
        let mut meter = Self { channel, now, begun: Instant::now(), wait: Duration::ZERO };
        meter.tell()?;
        Ok(meter)
    }

    fn as_slow_as_a_burner(&mut self) -> &mut Self {
        self.wait = PIECE_WAIT;
        self
    }

    fn enter(&mut self, phase: Phase, of_bytes: u64) -> Result<(), Refused> {
        self.now = Progress { phase, done_bytes: 0, of_bytes, bytes_per_second: 0 };
        self.begun = Instant::now();
        self.tell()
    }

    fn advance(&mut self, bytes: usize) -> Result<(), Refused> {
        self.now.done_bytes += bytes as u64;
        std::thread::sleep(self.wait);
        let elapsed_ms = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        self.now.bytes_per_second = self.now.done_bytes.saturating_mul(1_000) / elapsed_ms;
        self.tell()
    }

    fn tell(&mut self) -> Result<(), Refused> {
        let stopped = |fault: FrameFault| refused("medium.cancelled", fault);
        self.channel.send(&Answer::Progress(self.now), None, None, None).map_err(stopped)?;
        match self.channel.receive::<Order>(None).map_err(stopped)?.message {
            Order::Go => Ok(()),
            _ => Err(refused("medium.cancelled", "the core says so")),
        }
    }
}

fn copy(from: &mut File, to: &Path, meter: &mut Meter<'_>) -> Result<(), Refused> {
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent).map_err(io_refused)?;
    }
    let mut target = File::create_new(to).map_err(io_refused)?;
    pieces(from, meter, |piece| target.write_all(piece))?;
    target.sync_all().map_err(io_refused)
}

fn digest(path: &Path, meter: &mut Meter<'_>) -> Result<(Sha256, u64), Refused> {
    let (mut stream, mut bytes) = (Digests::default(), 0);
    let mut file = File::open(path).map_err(io_refused)?;
    pieces(&mut file, meter, |piece| {
        stream.update(piece);
        bytes += piece.len() as u64;
        Ok(())
    })?;
    Ok((stream.finish().0, bytes))
}

fn pieces(
    from: &mut File,
    meter: &mut Meter<'_>,
    mut take: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<(), Refused> {
    let mut piece = vec![0; PIECE_SIZE_BYTES];
    loop {
        let read = from.read(&mut piece).map_err(io_refused)?;
        if read == 0 {
            return Ok(());
        }
        take(&piece[..read]).map_err(io_refused)?;
        meter.advance(read)?;
    }
}

fn walk(root: &Path, below: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() { walk(root, &name, names)? } else { names.push(name) }
    }
    Ok(())
}
