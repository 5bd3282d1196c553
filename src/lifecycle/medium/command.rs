//! What may be asked of a copy.

use school::digest::Sha256;
use school::identifier::{PersonId, StickerNumber};
use school::medium::{CopyId, MediumKind};

use crate::lifecycle::evidence::CopyReadBack;

/// A wish; [`super::decide()`] makes an event or a refusal of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Begin to write the copy.
    Begin {
        /// On what.
        on: MediumKind,
        /// What identifies the stick or disk; for a disc, which disc in which drive.
        device: Sha256,
        /// For a disc, the drive alone.
        drive: Option<Sha256>,
    },
    /// The copy was closed and read back.
    Confirm {
        /// What was read back.
        read_back: CopyReadBack,
        /// Who wrote it.
        by: PersonId,
    },
    /// It goes under a paper seal.
    Sticker {
        /// The number on it.
        sticker: StickerNumber,
        /// Who does it and who is witness.
        people: Vec<PersonId>,
        /// The record that holds the place of storage.
        record: Sha256,
    },
    /// The paper seal is broken.
    Open {
        /// Who does it and who is witness.
        people: Vec<PersonId>,
        /// The record that holds the reason.
        record: Sha256,
    },
    /// It goes under another paper seal.
    Reseal {
        /// The number on the new one.
        sticker: StickerNumber,
        /// Who does it and who is witness.
        people: Vec<PersonId>,
        /// The record that holds the place of storage.
        record: Sha256,
    },
    /// It, or an extract of it, is given to somebody.
    HandOver {
        /// Who gives it and who is witness.
        people: Vec<PersonId>,
        /// The record that holds order, purpose and recipient.
        record: Sha256,
    },
    /// It was read again.
    Check {
        /// What was read back.
        read_back: CopyReadBack,
        /// For a disc, the drive that read it.
        drive: Option<Sha256>,
        /// Who read it.
        by: PersonId,
    },
    /// Another copy takes its place.
    Migrate {
        /// Which one.
        to: CopyId,
        /// The record that holds the reason.
        record: Sha256,
    },
    /// It is spoiled.
    Spoil {
        /// Why, as a stable code.
        code: String,
    },
    /// It cannot be found.
    Lose {
        /// The record that holds who looked for it.
        record: Sha256,
    },
}
