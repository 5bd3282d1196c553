//! Where things lie below the data folder.
//!
//! ```text
//! so-theo-doi.sqlite          the register
//! kho/goc/<sha256>.json       original exports, by the digest of their bytes
//! kho/du-lieu/<sha256>.json   their canonical gradebooks, by the digest of the original
//! kho/nhan-su/<year>/         roster and plans with their signatures
//! kho/chung-thu/<sha256>.der  certificates of everyone who signed
//! kho/ho-so/<dossier>/        box table, and every published revision: 00.pdf is the signing base
//! kho/kiem-tra/               reports of the judge at closing
//! kho/dang-lam/<deposit>/     a bag while it is packed; not published yet
//! kho/luu-tru/<deposit>/      sealed deposits
//! kho/anh-dia/<deposit>.iso   images
//! tam/                        staged bytes, named by digest
//! ```

use std::path::{Path, PathBuf};

use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::SchoolYear;

use crate::lifecycle::deposit::DepositId;

/// The store below one data folder. Names are relative to `kho/`.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    pub(super) fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The register's file.
    pub fn register(&self) -> PathBuf {
        self.root.join("so-theo-doi.sqlite")
    }

    /// The path of a published name.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join("kho").join(name)
    }

    /// The staging folder.
    pub(super) fn staging(&self) -> PathBuf {
        self.root.join("tam")
    }

    /// Where a deposit is packed.
    pub fn packing(&self, deposit: &DepositId) -> PathBuf {
        self.path(&format!("dang-lam/{deposit}"))
    }

    /// Where a sealed deposit lies.
    pub fn deposit(&self, deposit: &DepositId) -> PathBuf {
        self.path(&format!("luu-tru/{deposit}"))
    }

    /// Where the image of a deposit lies.
    pub fn image(&self, deposit: &DepositId) -> PathBuf {
        self.path(&format!("anh-dia/{deposit}.iso"))
    }

    /// Name of the original bytes of an export.
    pub fn original_name(export: &Sha256) -> String {
        format!("goc/{export}.json")
    }

    /// Name of the canonical gradebook of an export.
    pub fn gradebook_name(export: &Sha256) -> String {
        format!("du-lieu/{export}.json")
    }

    /// Name of a file of a school year.
    pub fn year_name(year: SchoolYear, file: &str) -> String {
        format!("nhan-su/{year}/{file}")
    }

    /// Name of a certificate.
    pub fn certificate_name(certificate: &Sha256) -> String {
        format!("chung-thu/{certificate}.der")
    }

    /// Name of a dossier's box table.
    pub fn boxes_name(dossier: &DossierId) -> String {
        format!("ho-so/{dossier}/boxes.json")
    }

    /// Name of the judge's report on a closed file.
    pub fn report_name(dossier: &DossierId, file: &Sha256) -> String {
        format!("kiem-tra/{dossier}.{file}.json")
    }
}
