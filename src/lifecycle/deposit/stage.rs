//! A deposit and where it stands.

use std::collections::BTreeMap;

use school::deposit::{DepositId, DepositKind};
use school::digest::{Sha256, Sha512};
use school::dossier::{DossierId, DossierKey, DossierOf, Period};
use school::moment::Moment;

/// The key of the sealing record of a deposit.
pub fn sealing_record(deposit: &DepositId) -> DossierKey {
    let number = format!("{:04}", deposit.number()).parse().expect("four digits are a decision number");
    DossierKey::new(deposit.year(), DossierOf::BienBanNiemPhong(number), Period::FullYear)
}

/// A deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// When its content was fixed; the date of the bag.
    pub planned: Moment,
    /// Place in the register of the entry that fixed it: its register number.
    pub entry: u64,
    /// What it is for.
    pub kind: DepositKind,
    /// The closed dossiers in it.
    pub dossiers: Vec<DossierId>,
    /// Exports in it that no document was made of.
    pub exports: Vec<Sha256>,
    /// Deposits that hold what is corrected here.
    pub corrects: Vec<DepositId>,
    /// With it everything that the roster asks of the year is in deposits.
    pub complete: bool,
    /// The program that planned it.
    pub software_agent: String,
    /// Where it stands.
    pub stage: Stage,
}

/// Where a deposit stands. "Archived" is not a stage: it is computed from media that were read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Its content is fixed.
    Planned,
    /// The bag is packed; văn phòng, principal and stamp sign its record next.
    Built {
        /// SHA-256 of `tagmanifest-sha256.txt`.
        tagmanifest_sha256: Sha256,
        /// SHA-512 of `tagmanifest-sha512.txt`.
        tagmanifest_sha512: Sha512,
    },
    /// Sealed, judged whole and published.
    Sealed {
        /// SHA-256 of the seal statement.
        seal: Sha256,
    },
}

/// All deposits.
pub type Deposits = BTreeMap<DepositId, Deposit>;
