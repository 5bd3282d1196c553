//! Discs that are written once: blank, burned in one go through libburn's tools, closed, and read back through
//! SG_IO, because the kernel's own idea of the size of a fresh disc is wrong until the tray was open.

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::Stdio;

use openssl::sha::Sha256 as Hasher;
use rustix::fs::{FlockOperation, OFlags, flock};
use school::digest::Sha256;
use school::records::media_frame::{Holds, Phase, Refused, SealFound};

use super::device::Seen;
use super::mounted::{Access, Mounted};
use super::refusing::{not_read, not_written, refused};
use super::statement::seal;
use super::tool::{CDRSKIN, XORRISO};
use super::watch::Watch;

const SECTOR_SIZE_BYTES: u64 = 2_048;
/// What discs are written in, and images padded to.
const BLOCK_SIZE_BYTES: u64 = 32 * 1024;
const PIECE_SIZE_BYTES: usize = 64 * 1024;

/// What the drive says of the disc in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Disc {
    kind: String,
    status: String,
    writable_bytes: u64,
}

impl Disc {
    fn of_toc(said: &str) -> Option<Self> {
        let value = |key: &str| {
            let line = said.lines().find(|line| line.trim_start().starts_with(key))?;
            line.split_once(':').map(|(_, value)| value.trim().to_owned())
        };
        let blocks = value("Media blocks");
        let writable = blocks
            .as_deref()
            .into_iter()
            .flat_map(|blocks| blocks.split(','))
            .find_map(|part| part.trim().strip_suffix("writable")?.trim().parse::<u64>().ok());
        Some(Self {
            kind: value("Media current")?,
            status: value("Media status").unwrap_or_default(),
            writable_bytes: writable.unwrap_or_default() * SECTOR_SIZE_BYTES,
        })
    }

    /// Bytes that a writing may take; only a blank disc that can be written once is one.
    fn room(&self) -> Result<u64, Refused> {
        let told = || format!("{}, {}", self.kind, self.status);
        if self.kind.contains("not present") {
            return Err(refused("medium.no_disc", told()));
        }
        // Until it is burned a DVD+RW says that it is blank, and afterwards it can be blanked again.
        if ["RW", "RAM", "BD-RE"].iter().any(|kind| self.kind.contains(kind)) {
            return Err(refused("medium.rewritable", told()));
        }
        if !self.status.starts_with("is blank") {
            return Err(refused("medium.not_blank", told()));
        }
        Ok(self.writable_bytes)
    }

    fn is_closed(&self) -> bool {
        self.status.contains("is closed")
    }
}

/// Bytes that a writing may take, or why it may not, and whose medium a disc is that is not blank.
pub(super) fn probe(seen: &Seen) -> (Result<u64, Refused>, Holds) {
    let room = disc(seen).and_then(|disc| disc.room());
    let room = room.and_then(|room| CDRSKIN.run(&["--version"]).map(|_| room));
    let written = matches!(&room, Err(refusal) if refusal.code == "medium.not_blank");
    (
        room,
        Holds { seals: written.then(|| seal_on(seen)).flatten().into_iter().collect(), ..Holds::default() },
    )
}

/// The seal that the disc shows, as far as the kernel can: enough to know whose it is, and never a proof.
fn seal_on(seen: &Seen) -> Option<SealFound> {
    let mounted = Mounted::attach(&seen.path(), "iso9660", Access::Read).ok()?;
    let found = seal(mounted.folder(), None);
    mounted.detach().ok()?;
    found
}

/// Burns and closes. What was begun and came to no end is lost, and no second try is made on it.
pub(super) fn write(
    seen: &Seen,
    image: File,
    (sha256, bytes): (Sha256, u64),
    watch: &mut Watch<'_>,
) -> Result<(), Refused> {
    if bytes == 0 || bytes % BLOCK_SIZE_BYTES != 0 {
        return Err(refused("medium.order", format!("an image of {bytes} bytes")));
    }
    let length = image.metadata().map_err(|error| refused("medium.source_differs", error))?.len();
    if length != bytes {
        return Err(refused("medium.source_differs", format!("{length} bytes, not {bytes}")));
    }
    let room = disc(seen)?.room()?;
    if room < bytes {
        return Err(refused("medium.device_too_small", format!("{room} bytes")));
    }
    // Held while burning: programs that look at every new disc would empty the drive's buffer.
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let node = rustix::fs::open(seen.path(), flags, rustix::fs::Mode::empty())
        .map_err(|error| not_written(&error.into(), &seen.node))?;
    flock(&node, FlockOperation::NonBlockingLockExclusive)
        .map_err(|error| refused("medium.in_use", error))?;
    burn(seen, image, (sha256, bytes), watch)?;
    drop(node);
    watch.enter(Phase::Flushing, 0)?;
    let disc = disc(seen)?;
    if disc.is_closed() {
        Ok(())
    } else {
        Err(refused("medium.not_closed", format!("{}, {}", disc.kind, disc.status)))
    }
}

fn burn(
    seen: &Seen,
    mut image: File,
    (sha256, bytes): (Sha256, u64),
    watch: &mut Watch<'_>,
) -> Result<(), Refused> {
    watch.enter(Phase::Writing, bytes)?;
    let device = format!("dev={}", seen.path().display());
    let mut burner = CDRSKIN.start(&["-v", device.as_str(), "-"], Stdio::piped(), Stdio::null())?;
    let mut entrance = burner.child.stdin.take();
    let (mut hasher, mut left, mut piece) = (Hasher::new(), bytes, vec![0; PIECE_SIZE_BYTES]);
    let mut broken = false;
    while left > 0 && !broken {
        let most = piece.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        image.read_exact(&mut piece[..most]).map_err(|error| refused("medium.source_differs", error))?;
        hasher.update(&piece[..most]);
        // The burner says on its way out why it takes no more.
        broken = entrance.as_mut().is_none_or(|entrance| entrance.write_all(&piece[..most]).is_err());
        left -= most as u64;
        watch.advance(most as u64)?;
    }
    if !broken && Sha256::from_bytes(hasher.finish()) != sha256 {
        return Err(refused("medium.source_differs", "the image has another digest"));
    }
    drop(entrance);
    watch.enter(Phase::Closing, 0)?;
    let (status, words) = burner.wait(&mut || watch.advance(0))?;
    if status.success() && !broken {
        Ok(())
    } else {
        let end: String = words.lines().rev().take(8).collect::<Vec<_>>().join(" | ");
        Err(refused("medium.write_error", format!("{status}: {end}")))
    }
}

/// Reads exactly the first `bytes` bytes and returns their digest and how many there were.
pub(super) fn read_back(seen: &Seen, bytes: u64, watch: &mut Watch<'_>) -> Result<(Sha256, u64), Refused> {
    watch.enter(Phase::ReadingBack, bytes)?;
    let last = (bytes / SECTOR_SIZE_BYTES).saturating_sub(1).to_string();
    let device = seen.path();
    let arguments = [
        "-return_with".as_ref(),
        "SORRY".as_ref(),
        "32".as_ref(),
        "-outdev".as_ref(),
        device.as_os_str(),
        "-check_media".as_ref(),
        "data_to=-".as_ref(),
        "use=outdev".as_ref(),
        "what=disc".as_ref(),
        "min_lba=0".as_ref(),
        "max_lba=".as_ref(),
        "--".as_ref(),
    ];
    let until = format!("max_lba={last}");
    let arguments = arguments.map(
        |argument: &std::ffi::OsStr| {
            if argument == "max_lba=" { until.as_ref() } else { argument }
        },
    );
    let mut reader = XORRISO.start(&arguments, Stdio::null(), Stdio::piped())?;
    let Some(mut data) = reader.child.stdout.take() else {
        return Err(refused("medium.program_failed", "no output"));
    };
    let (mut hasher, mut total, mut piece) = (Hasher::new(), 0, vec![0; PIECE_SIZE_BYTES]);
    loop {
        match data.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => {
                hasher.update(&piece[..length]);
                total += length as u64;
                watch.advance(length as u64)?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(not_read(&error, &seen.node)),
        }
    }
    let (status, words) = reader.wait(&mut || watch.advance(0))?;
    if !status.success() || total < bytes {
        let end: String = words.lines().rev().take(8).collect::<Vec<_>>().join(" | ");
        let refusal = refused("medium.read_error", format!("{total} of {bytes} bytes, {status}: {end}"));
        return Err(refusal);
    }
    Ok((Sha256::from_bytes(hasher.finish()), total))
}

fn disc(seen: &Seen) -> Result<Disc, Refused> {
    let device = seen.path();
    let (_, said) = XORRISO.run(&["-outdev".as_ref(), device.as_os_str(), "-toc".as_ref()])?;
    Disc::of_toc(&said).ok_or_else(|| refused("medium.read_error", said.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLANK: &str = "Drive current: -outdev '/dev/sr0'\nMedia current: DVD+R\nMedia status : is blank\n\
        Media blocks : 0 readable , 2295104 writable , 2295104 overall\n";

    #[test]
    fn only_a_blank_disc_that_is_written_once_has_room() {
        let blank = Disc::of_toc(BLANK).expect("a disc");
        assert_eq!(blank.room().expect("room"), 2_295_104 * 2_048);
        let code = |said: String| Disc::of_toc(&said).expect("a disc").room().expect_err("refused").code;
        assert_eq!(code(BLANK.replace("is blank", "is written , is closed")), "medium.not_blank");
        assert_eq!(code(BLANK.replace("is blank", "is written , is appendable")), "medium.not_blank");
        assert_eq!(code(BLANK.replace("DVD+R", "DVD+RW")), "medium.rewritable");
        assert_eq!(code(BLANK.replace("DVD+R", "BD-RE")), "medium.rewritable");
        assert_eq!(code(BLANK.replace("DVD+R", "is not present")), "medium.no_disc");
        assert_eq!(Disc::of_toc("libburn : SORRY : no drive"), None);
    }
}
