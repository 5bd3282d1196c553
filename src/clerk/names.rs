//! Where things lie in the store.
//!
//! ```text
//! goc/<sha256>.json           original exports, by the digest of their bytes
//! phan/<sha256>.json          parts of classes that a file holds, by the digest of the part
//! du-lieu/<sha256>.json       their canonical gradebooks, by the digest of the original
//! kiem-tra-diem/<sha256>.json what the rules said of an export, by the digest of the original; .pdf the report
//! nhan-su/<year>/<sha256>/    roster or plans with their signatures, by digest: one that was corrected
//!                             before it came into force lies beside the first attempt
//! hinh/<sha256>               pictures of signatures and of the stamp that a roster names
//! van-kien/<sha256>.json      acts with their signatures, by the digest of the act
//! ly-do/<sha256>.json         reasons in words, by their digest, which the register names
//! dien-tap/<sha256>.pdf       pages of rehearsals; .json what was bound, .json.p7s its signature
//! dong-ho/<sha256>.tsr        timestamps that confirmed the clock, by their digest
//! gan-ket/<sha256>.json       lists of bindings that the admin confirmed
//! chung-thu-ca/<sha256>.der   certificates of authorities that were proposed
//! chung-thu/<sha256>.der      certificates of everyone who signed
//! ho-so/<dossier>/            box table, and every published revision: 00.pdf is the signing base
//! kiem-tra/                   reports of the judge at closing
//! diem-chot/<sha256>.txt      checkpoints of the register that signers signed, by digest; .p7s, by its own
//!                             digest, each signature
//! luu-tru/<deposit>/          sealed deposits
//! vat-mang/<medium>/          what a sealed medium holds beside its deposits
//! anh-dia/<medium>.iso        images of sealed media
//! ```

use school::deposit::DepositId;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::SchoolYear;
use school::medium::MediumId;

pub use crate::lifecycle::event::revision_name as revision;

/// Original bytes of an export.
pub fn original(export: &Sha256) -> String {
    format!("goc/{export}.json")
}

/// A part of a class.
pub fn part(part: &Sha256) -> String {
    format!("phan/{part}.json")
}

/// Canonical gradebook of an export.
pub fn gradebook(export: &Sha256) -> String {
    format!("du-lieu/{export}.json")
}

/// What the rules said of an export: list (`json`) or printed report (`pdf`).
pub fn check(export: &Sha256, extension: &str) -> String {
    format!("kiem-tra-diem/{export}.{extension}")
}

/// Roster or plans of a school year with this digest.
pub fn of_year(year: SchoolYear, digest: Sha256, file: &str) -> String {
    format!("nhan-su/{year}/{digest}/{file}")
}

/// A picture of a signature or of the stamp.
pub fn picture(picture: &Sha256) -> String {
    format!("hinh/{picture}")
}

/// An act.
pub fn act(act: &Sha256) -> String {
    format!("van-kien/{act}.json")
}

/// A reason in words.
pub fn record(record: &Sha256) -> String {
    format!("ly-do/{record}.json")
}

/// A certificate.
pub fn certificate(certificate: &Sha256) -> String {
    format!("chung-thu/{certificate}.der")
}

/// What a rehearsal left: the page (`pdf`), what was bound (`json`), its signature (`json.p7s`).
pub fn rehearsal(sha256: &Sha256, extension: &str) -> String {
    format!("dien-tap/{sha256}.{extension}")
}

/// A timestamp that confirmed the clock.
pub fn clock_token(token: &Sha256) -> String {
    format!("dong-ho/{token}.tsr")
}

/// A list of bindings.
pub fn bindings(bindings: &Sha256) -> String {
    format!("gan-ket/{bindings}.json")
}

/// The certificate of an authority.
pub fn authority(certificate: &Sha256) -> String {
    format!("chung-thu-ca/{certificate}.der")
}

/// The box table of a dossier.
pub fn boxes(dossier: &DossierId) -> String {
    format!("ho-so/{dossier}/boxes.json")
}

/// The judge's report on a closed file.
pub fn report(dossier: &DossierId, file: &Sha256) -> String {
    format!("kiem-tra/{dossier}.{file}.json")
}

/// A checkpoint of the register that signers signed.
pub fn checkpoint(checkpoint: &Sha256) -> String {
    format!("diem-chot/{checkpoint}.txt")
}

/// A signature over a checkpoint.
pub fn checkpoint_signature(signature: &Sha256) -> String {
    format!("diem-chot/{signature}.p7s")
}

/// A sealed deposit.
pub fn deposit(deposit: &DepositId) -> String {
    format!("luu-tru/{deposit}")
}

/// The staging key of a deposit. It carries the seal's digest, so that no later attempt can take the
/// place of the folder that the register committed to.
pub fn staged_deposit(deposit: &DepositId, seal: &Sha256) -> String {
    format!("{deposit}.{seal}")
}

/// A later answer of a timestamp authority about a deposit.
pub fn proof(deposit: &DepositId, answer: &Sha256) -> String {
    format!("bang-chung/{deposit}/{answer}.tsr")
}

/// What a sealed medium holds beside its deposits.
pub fn medium(medium: &MediumId) -> String {
    format!("vat-mang/{medium}")
}

/// The staging key of a medium, as [`staged_deposit`].
pub fn staged_medium(medium: &MediumId, seal: &Sha256) -> String {
    format!("{medium}.{seal}")
}

/// The image of a medium.
pub fn image(medium: &MediumId) -> String {
    format!("anh-dia/{medium}.iso")
}
