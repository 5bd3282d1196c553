//! Messages between core and media worker, version 2. The worker is the only process that opens a block
//! device; it gets one open folder or file and a list of names, never a path of the core, and answers
//! with codes, never with words.
//!
//! While it works it sends [`Answer::Progress`], and goes on when it is told [`Order::Go`]: so a core
//! that is gone, or a person who cancels, stops it at the next piece.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;
use crate::medium::MediumKind;

/// Version of these messages.
pub const VERSION: u16 = 2;

/// A drive, stick or disk as its own electronics call it. Never its kernel name: those are dealt anew
/// at every start.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DeviceIdentity {
    /// Who made it, as it says itself.
    pub vendor: String,
    /// Model.
    pub model: String,
    /// Serial number; empty when it has none.
    pub serial: String,
    /// Of a stick or disk, its size; of a drive 0, since a disc is not the drive.
    pub size_bytes: u64,
    /// Of a drive, which disc has been lying in it since when: changes with every disc put in and every
    /// start of the machine. Of a stick or disk empty.
    pub disc: String,
}

impl DeviceIdentity {
    /// One digest of it, for the register.
    pub fn sha256(&self) -> Sha256 {
        let Self { vendor, model, serial, size_bytes, disc } = self;
        Sha256::of(format!("{vendor}\n{model}\n{serial}\n{size_bytes}\n{disc}\n").as_bytes())
    }

    /// One digest of what all devices of its model share.
    pub fn of_model(&self) -> Sha256 {
        Sha256::of(format!("{}\n{}\n", self.vendor, self.model).as_bytes())
    }

    /// One digest of a drive, whatever disc lies in it.
    pub fn drive(&self) -> Sha256 {
        Self { disc: String::new(), ..self.clone() }.sha256()
    }
}

/// A device and whether it can be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// What it is. A stick and a disk differ in what the drive says of itself (removable or not).
    pub kind: MediumKind,
    /// What identifies it.
    pub identity: DeviceIdentity,
    /// How the kernel calls it now, such as `sr0`: for people who choose one.
    pub node: String,
    /// Bytes that a writing may take at most; 0 when it cannot be written.
    pub room_bytes: u64,
    /// What lies on it.
    pub holds: Holds,
    /// Why it cannot be written.
    pub unusable: Option<Refused>,
}

/// What lies on a device.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holds {
    /// Folders `lan-<n>` in the root of a dedicated disk, by number, that were written to their end.
    pub writings: Vec<u32>,
    /// The plan whose writing came to no end here and may be continued.
    pub interrupted: Option<Sha256>,
    /// The seals found in the root and in each writing: whose medium this is.
    pub seals: Vec<SealFound>,
}

/// The seal statement of a medium that lies there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealFound {
    /// The number of the writing of a dedicated disk.
    pub writing: Option<u32>,
    /// The statement, at most a few KB.
    pub statement: String,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Such as `medium.not_blank`. It never changes and has words in `wording`.
    pub code: String,
    /// The names that it is about, the first ones of many: what lies on a stick, which files cannot be read.
    pub names: Vec<String>,
    /// For the log.
    pub detail: String,
}

/// One file of a copy. The list of them is the binary part of a frame, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedFile {
    /// Its name on the medium, with `/` between folders.
    pub name: String,
    /// Where it lies, relative to the folder that is sent along.
    pub place: String,
    /// Its length.
    pub bytes: u64,
    /// Its digest.
    pub sha256: Sha256,
}

/// A file that was read back. The list of them is the binary part of a frame, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundFile {
    /// Its name on the medium.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its digest.
    pub sha256: Sha256,
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "content")]
pub enum Content {
    /// To a disc: the image, sent along as an open file.
    Image {
        /// Its digest.
        sha256: Sha256,
        /// Its length, a multiple of 32 KiB.
        bytes: u64,
    },
    /// To a stick, or into the next folder of a disk: the files listed in the binary part, read below the
    /// folder that is sent along.
    Files {
        /// The kind of medium; a disc holds an image.
        on: MediumKind,
        /// What the stick, or a disk that is still empty, is formatted with.
        format: Format,
        /// The name that Windows shows for it: at most 11 of A to Z, 0 to 9 and _.
        label: String,
    },
}

/// A file system that a stick or disk is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// UDF 2.01: a stick can be closed, so that Windows and Linux refuse to write to it.
    #[default]
    Udf,
    /// FAT32 for old PCs: every file has the read-only attribute, and anybody can take it away.
    Fat,
}

impl FromStr for Format {
    type Err = NotAFormat;

    fn from_str(text: &str) -> Result<Self, NotAFormat> {
        match text {
            "udf" => Ok(Self::Udf),
            "fat" => Ok(Self::Fat),
            _ => Err(NotAFormat),
        }
    }
}

/// Not a file system that sticks and disks are given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a file system is one of udf and fat")]
pub struct NotAFormat;

/// Where a copy lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "place")]
pub enum Place {
    /// The first bytes of a disc.
    Disc {
        /// How many.
        bytes: u64,
    },
    /// Every file of a stick.
    Root,
    /// A folder `lan-<n>` of a dedicated disk.
    Writing {
        /// Its number.
        number: u32,
    },
}

/// A file system that the core itself needs, by the number of its device (stat(2), `st_dev`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFileSystem {
    /// The number.
    pub device: u64,
}

/// What the core asks of the media worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "order")]
pub enum Order {
    /// List drives, sticks and disks.
    Devices {
        /// Where data folder and inbox are.
        own: Vec<OwnFileSystem>,
    },
    /// Write, close and detach. Answered with progress, then [`Answer::Written`].
    Write {
        /// To this device and no other.
        device: DeviceIdentity,
        /// Where data folder and inbox are.
        own: Vec<OwnFileSystem>,
        /// What.
        content: Content,
    },
    /// Read from beginning to end, from the medium itself. Answered with progress, then [`Answer::ReadBack`].
    ReadBack {
        /// This device and no other; the disc in a drive may be another than when it was written.
        device: DeviceIdentity,
        /// Where on it.
        place: Place,
        /// How many bytes are expected, for the progress.
        expected_bytes: u64,
    },
    /// After progress: go on.
    Go,
    /// After progress: stop. A disc that is being written is lost by it.
    Cancel,
}

/// What the worker does just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Looks whether the medium may be written.
    Checking,
    /// Writes.
    Writing,
    /// Closes the disc, or protects the stick.
    Closing,
    /// Waits until everything has left the caches.
    Flushing,
    /// Reads it back.
    ReadingBack,
}

/// How far the worker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What it does.
    pub phase: Phase,
    /// Bytes done in this phase.
    pub done_bytes: u64,
    /// Of how many.
    pub of_bytes: u64,
    /// Bytes a second in this phase so far.
    pub bytes_per_second: u64,
}

/// What the media worker answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub enum Answer {
    /// To [`Order::Devices`].
    Devices {
        /// Every drive, stick and disk.
        devices: Vec<Device>,
    },
    /// While writing or reading; waits for [`Order::Go`] or [`Order::Cancel`].
    Progress(Progress),
    /// Written, closed, flushed and detached; not yet read back, and so not archived.
    Written {
        /// Where.
        place: Place,
    },
    /// Of a disc the digest of its image; of files the binary part is the list of what was found.
    ReadBack {
        /// Of a disc.
        image: Option<Sha256>,
        /// How many bytes were read.
        bytes: u64,
    },
    /// Not done.
    Refused(Refused),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_disc_in_the_same_drive_has_another_digest() {
        let drive = |disc: &str| DeviceIdentity {
            vendor: "HL-DT-ST".into(),
            model: "DVDRAM".into(),
            serial: "K1".into(),
            size_bytes: 0,
            disc: disc.into(),
        };
        assert_ne!(drive("a/1").sha256(), drive("a/2").sha256());
        assert_eq!(drive("a/1").sha256(), drive("a/1").sha256());
        assert_eq!(drive("a/1").drive(), drive("a/2").drive());
    }

    #[test]
    fn an_answer_keeps_its_stored_form() {
        let progress =
            Progress { phase: Phase::ReadingBack, done_bytes: 1, of_bytes: 2, bytes_per_second: 3 };
        let json = serde_json::to_string(&Answer::Progress(progress)).expect("JSON");
        assert_eq!(
            json,
            r#"{"answer":"progress","phase":"reading-back","done_bytes":1,"of_bytes":2,"bytes_per_second":3}"#
        );
    }
}
