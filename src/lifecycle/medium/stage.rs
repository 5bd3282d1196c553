//! Where media and their copies stand.
//!
//! ```text
//! medium: planned -> sealed
//! copy:   (blank) -> writing -> verified -> stickered <-> opened
//!         writing, verified, stickered, opened -> spoiled | lost
//!         verified, stickered, opened, lost, spoiled -> migrated      lost -> verified (found and read again)
//! ```

use std::collections::BTreeMap;
use std::ops::Deref;

use school::deposit::DepositId;
use school::digest::Sha256;
use school::identifier::StickerNumber;
use school::medium::{CopyId, CopyNumber, MediumId, MediumKind};
use school::moment::Moment;

use crate::lifecycle::event::{Entry, Event};

/// A medium: one sealed bag of deposits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medium {
    /// When its content was fixed; the date of the bag.
    pub planned: Moment,
    /// How many register entries it holds: the last one is its own planning.
    pub register_size: u64,
    /// The deposits on it.
    pub deposits: Vec<DepositId>,
    /// The first medium of its set, which names the set.
    pub set: MediumId,
    /// Its place in the set, from 1, and how many the set has.
    pub part: (usize, usize),
    /// The program that planned it.
    pub software_agent: String,
    /// Where it stands.
    pub stage: Stage,
    /// Its copies.
    pub copies: BTreeMap<CopyNumber, MediumCopy>,
}

/// Where a medium stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Its content is fixed; the stamp seals it next.
    Planned,
    /// Sealed, judged whole and published.
    Sealed {
        /// SHA-256 of its statement.
        seal: Sha256,
        /// SHA-256 of its image.
        image: Sha256,
        /// Length of the image.
        bytes: u64,
    },
}

/// One copy: a disc, a stick, or a folder of a dedicated disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediumCopy {
    /// What it is written on.
    pub on: MediumKind,
    /// What identifies the stick or disk; of a disc, which disc in which drive.
    pub device: Sha256,
    /// Of a disc, the drive that wrote it.
    pub drive: Option<Sha256>,
    /// When writing began.
    pub begun: Moment,
    /// When it was last read from beginning to end and found equal.
    pub read_back: Option<Moment>,
    /// Of a disc, when another drive than the one that wrote it last read it and found it equal.
    pub second_drive: Option<Moment>,
    /// Where it stands.
    pub stage: CopyStage,
}

/// Where a copy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyStage {
    /// Begun and not read back. Never again taken for blank.
    Writing,
    /// Closed and read back equal; no paper seal yet.
    Verified,
    /// Under a paper seal.
    Stickered {
        /// The number on it.
        sticker: StickerNumber,
    },
    /// The paper seal is broken.
    Opened {
        /// The number on the broken one.
        sticker: StickerNumber,
    },
    /// Another copy took its place.
    Migrated {
        /// Which one.
        to: CopyId,
    },
    /// Not written to its end, or damaged since.
    Spoiled,
    /// Cannot be found.
    Lost,
}

impl CopyStage {
    /// True while the copy, or an extract of it, can be given to somebody: read back, and not lost or replaced since.
    pub const fn may_be_handed_over(&self) -> bool {
        matches!(self, Self::Verified | Self::Stickered { .. } | Self::Opened { .. })
    }

    /// True while the copy counts for the archive: read back, and in nobody's hands.
    pub const fn counts(&self) -> bool {
        matches!(self, Self::Verified | Self::Stickered { .. })
    }
}

/// All media.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Media {
    media: BTreeMap<MediumId, Medium>,
    /// Every paper seal there ever was, broken ones too, and the copy it was on.
    stickers: BTreeMap<StickerNumber, CopyId>,
}

impl Deref for Media {
    type Target = BTreeMap<MediumId, Medium>;

    fn deref(&self) -> &Self::Target {
        &self.media
    }
}

impl Media {
    /// A copy, if there is one.
    pub fn copy(&self, id: &CopyId) -> Option<&MediumCopy> {
        self.media.get(&id.medium)?.copies.get(&id.number)
    }

    /// The copy that a paper seal with this number is or was on.
    pub fn sticker(&self, sticker: &StickerNumber) -> Option<&CopyId> {
        self.stickers.get(sticker)
    }

    /// Every copy with its name.
    pub fn copies(&self) -> impl Iterator<Item = (CopyId, &MediumCopy)> {
        self.media.iter().flat_map(|(medium, one)| {
            let id = |number: &CopyNumber| CopyId { medium: medium.clone(), number: *number };
            one.copies.iter().map(move |(number, copy)| (id(number), copy))
        })
    }

    /// Moves to what `entry` says; events of other things change nothing.
    pub fn apply(&mut self, entry: &Entry) {
        match &entry.event {
            Event::MediumPlanned { set, software_agent, .. } => {
                for (index, one) in set.iter().enumerate() {
                    let planned = Medium {
                        planned: entry.time,
                        register_size: entry.seq + 1,
                        deposits: one.deposits.clone(),
                        set: set[0].medium.clone(),
                        part: (index + 1, set.len()),
                        software_agent: software_agent.clone(),
                        stage: Stage::Planned,
                        copies: BTreeMap::new(),
                    };
                    self.media.insert(one.medium.clone(), planned);
                }
            }
            Event::MediumSealed { medium, seal, image, bytes, .. } => {
                if let Some(medium) = self.media.get_mut(medium) {
                    medium.stage = Stage::Sealed { seal: *seal, image: *image, bytes: *bytes };
                }
            }
            Event::MediumWriting { copy, on, device, drive, .. } => {
                if let Some(medium) = self.media.get_mut(&copy.medium) {
                    let begun = MediumCopy {
                        on: *on,
                        device: *device,
                        drive: *drive,
                        begun: entry.time,
                        read_back: None,
                        second_drive: None,
                        stage: CopyStage::Writing,
                    };
                    medium.copies.insert(copy.number, begun);
                }
            }
            event => self.apply_to_copy(event, entry.time),
        }
    }

    fn apply_to_copy(&mut self, event: &Event, at: Moment) {
        let (id, stage) = match event {
            Event::MediumVerified { copy, .. } => (copy, Some(CopyStage::Verified)),
            Event::MediumStickered { copy, sticker, .. } => {
                (copy, Some(CopyStage::Stickered { sticker: sticker.clone() }))
            }
            Event::MediumResealed { copy, new, .. } => {
                (copy, Some(CopyStage::Stickered { sticker: new.clone() }))
            }
            Event::MediumOpened { copy, .. } => (copy, None),
            Event::MediumChecked { copy, .. } => (copy, None),
            Event::MediumMigrated { copy, to, .. } => (copy, Some(CopyStage::Migrated { to: to.clone() })),
            Event::MediumSpoiled { copy, .. } => (copy, Some(CopyStage::Spoiled)),
            Event::MediumLost { copy, .. } => (copy, Some(CopyStage::Lost)),
            _ => return,
        };
        if let Some(CopyStage::Stickered { sticker }) = &stage {
            self.stickers.insert(sticker.clone(), id.clone());
        }
        let medium = self.media.get_mut(&id.medium);
        let Some(copy) = medium.and_then(|medium| medium.copies.get_mut(&id.number)) else { return };
        if matches!(event, Event::MediumVerified { .. } | Event::MediumChecked { .. }) {
            copy.read_back = Some(at);
        }
        if let Event::MediumChecked { drive: Some(read_by), .. } = event
            && copy.drive.is_some_and(|written_by| written_by != *read_by)
        {
            copy.second_drive = Some(at);
        }
        copy.stage = match (stage, std::mem::replace(&mut copy.stage, CopyStage::Lost)) {
            (Some(next), _) => next,
            (None, CopyStage::Stickered { sticker }) if matches!(event, Event::MediumOpened { .. }) => {
                CopyStage::Opened { sticker }
            }
            // Found again: where it was in the meantime is not known, so it needs a paper seal.
            (None, CopyStage::Lost) if matches!(event, Event::MediumChecked { .. }) => CopyStage::Verified,
            (None, same) => same,
        };
    }
}
