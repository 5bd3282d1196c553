//! Papers of the archive, printed after a medium was read back and signed by hand: its label and seal slip,
//! the records of sealing, opening, sealing again and handing over, its list of contents, the archive's
//! register. What they say stands where it is printed.
//!
//! Source: NĐ 30/2020/NĐ-CP, Phụ lục III, mẫu 1.8 (biên bản); the regulations of schools on archiving
//! (two sets, paper seals, sổ theo dõi).

mod contents_list;
mod label;
mod pupil_papers;
mod qr_code;
mod record;
mod register_book;
mod slip;

use school::digest::Sha256;
use school::medium::MediumKind;
use school::moment::Moment;
use school::roster::School;

pub use contents_list::contents_list;
pub use label::{LabelSize, MediumLabel, label_code, medium_label};
pub use pupil_papers::{GivenPaper, PupilPapers, pupil_papers};
pub use record::{Attendee, MediumRecord, Occasion, Part, medium_record};
pub use register_book::{RegisterBook, RegisterRow, register_book};
pub use slip::{SealSlip, seal_slip};

/// A copy of a medium, as every paper about it names it.
#[derive(Debug, Clone, Copy)]
pub struct CopyOnPaper<'a> {
    /// Whose it is.
    pub school: &'a School,
    /// Name of the medium, as its statement has it.
    pub medium: &'a str,
    /// Which copy of it, from 1.
    pub copy: u16,
    /// What it is written on.
    pub kind: MediumKind,
    /// School years of its deposits, such as `2025-2026`.
    pub years: &'a str,
    /// Its seal digest.
    pub seal: Sha256,
    /// Length of what was written and read back.
    pub bytes: u64,
    /// When the read-back found it equal.
    pub verified: Moment,
}

impl CopyOnPaper<'_> {
    /// `HOAPHUONG_VM_0001-2`.
    pub fn name(&self) -> String {
        format!("{}-{}", self.medium, self.copy)
    }

    const fn called(&self) -> &'static str {
        match self.kind {
            MediumKind::Optical => "Đĩa CD/DVD/BD ghi một lần",
            MediumKind::Stick => "USB ghi một lần",
            MediumKind::Disk => "Ổ cứng rời chuyên dụng",
        }
    }
}
