//! Which files a deposit has, and which names every system can store. Names are ASCII because no
//! two systems agree on how to store or percent-encode anything else, and short because Joliet cuts
//! longer ones without a word.

use std::collections::BTreeSet;

use school::digest::Sha256;
use school::dossier::{DossierId, Period};
use school::identifier::ClassName;
use school::limits;

use super::code::Code;
use super::findings::Findings;

/// The bag declaration.
pub(super) const BAGIT: &str = "bagit.txt";
/// The bag's metadata.
pub(super) const BAG_INFO: &str = "bag-info.txt";
/// Payload manifests.
pub(super) const MANIFESTS: [&str; 2] = ["manifest-sha256.txt", "manifest-sha512.txt"];
/// Tagmanifests, which list [`LISTED_TAGS`] and nothing else.
pub(super) const TAGMANIFESTS: [&str; 2] = ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"];
/// The tag files that both tagmanifests list.
pub(super) const LISTED_TAGS: [&str; 4] = [BAGIT, BAG_INFO, MANIFESTS[0], MANIFESTS[1]];
/// The sealing record.
pub(super) const RECORD: &str = "niem-phong/bien-ban.pdf";
/// The copy of the register.
pub(super) const REGISTER: &str = "niem-phong/so-theo-doi.jsonl";
/// The checkpoint and its signature.
pub(super) const CHECKPOINT: [&str; 2] = ["niem-phong/checkpoint.txt", "niem-phong/checkpoint.txt.p7s"];
/// The seal statement and its signature.
pub(super) const STATEMENT: [&str; 2] = ["niem-phong/niem-phong.txt", "niem-phong/niem-phong.txt.p7s"];
/// The timestamp over the seal's signature.
pub(super) const TIMESTAMP: &str = "niem-phong/niem-phong.txt.p7s.tsr";
/// Revocation data for the signers of record and seal, each file named by its digest. Lists and answers
/// prove themselves by their issuer's signature, so the seal need not cover them.
const REVOCATION_DATA: &str = "niem-phong/thu-hoi/";
/// Acts, each named by the first half of its SHA-256, with its signatures by principal and stamp beside it.
pub(super) const ACTS: &str = "data/van-kien/";
/// Reasons in words, each named by the first half of its SHA-256, which the register names whole.
const REASONS: &str = "data/ly-do/";
/// The roster, then its signatures by principal and stamp.
pub(super) const ROSTER: [&str; 3] = [
    "data/nhan-su/roster.json",
    "data/nhan-su/roster.json.HieuTruong.p7s",
    "data/nhan-su/roster.json.ConDau.p7s",
];
/// The plans, then their signatures by principal and stamp.
pub(super) const PLANS: [&str; 3] = [
    "data/nhan-su/plans.json",
    "data/nhan-su/plans.json.HieuTruong.p7s",
    "data/nhan-su/plans.json.ConDau.p7s",
];

/// Longest name of one file or folder: what Joliet keeps whole.
const NAME_CHARACTERS: usize = 64;

/// What a payload file is, read from its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// `data/ho-so/<dossier id>.pdf`
    Document(DossierId),
    /// `data/ban-goc/<sha256>`: the digest alone fills the 64 characters of a Joliet name
    Export(Sha256),
    /// `data/du-lieu/<class>_<period>.json`, or with `_<16 hex>` of the export behind the period where a
    /// deposit holds several exports of one class and period
    Gradebook(ClassName, Period),
    /// `data/kiem-tra-diem/` with the name of a gradebook, `.json` and `.pdf`: what the school's own program
    /// said of the marks before the lock. Kept as evidence, not judged: marks are no matter of seals.
    Check,
    /// `data/kiem-tra/<dossier id>.json`
    ClosingReport(DossierId),
    /// `data/mo-ta/<dossier id>.json`
    Description(DossierId),
    /// `data/ly-do/<first half of its SHA-256>.json`
    Reason,
    /// A file of `data/nhan-su/`.
    Staff,
    /// A file of `data/van-kien/`.
    Act,
}

impl Place {
    /// The place of a payload file; `None` for a name that no agreed file has.
    pub fn of(name: &str) -> Option<Self> {
        if ROSTER.contains(&name) || PLANS.contains(&name) {
            return Some(Self::Staff);
        }
        let (folder, file) = name.strip_prefix("data/")?.split_once('/')?;
        let stem = |extension: &str| file.strip_suffix(extension);
        match folder {
            "ho-so" => Some(Self::Document(exactly(stem(".pdf")?)?)),
            "van-kien" => act(ACTS, name).map(|_| Self::Act),
            "ban-goc" => Some(Self::Export(file.parse().ok()?)),
            "du-lieu" => {
                let (class, period) = class_and_period(stem(".json")?)?;
                Some(Self::Gradebook(class, period))
            }
            "kiem-tra-diem" => class_and_period(stem(".json").or_else(|| stem(".pdf"))?).map(|_| Self::Check),
            "kiem-tra" => Some(Self::ClosingReport(exactly(stem(".json")?)?)),
            "mo-ta" => Some(Self::Description(exactly(stem(".json")?)?)),
            "ly-do" => is_half_a_digest(stem(".json")?).then_some(Self::Reason),
            _ => None,
        }
    }
}

/// `<class>_<period>`, with `_<16 hex>` behind it where there are several of one class and period.
fn class_and_period(name: &str) -> Option<(ClassName, Period)> {
    let (class, rest) = name.split_once('_')?;
    let (period, export) = rest.split_once('_').map_or((rest, None), |(a, b)| (a, Some(b)));
    let hex = |c: u8| matches!(c, b'0'..=b'9' | b'a'..=b'f');
    let named = export.is_none_or(|export| export.len() == 16 && export.bytes().all(hex));
    let (class, period) = (class.parse().ok()?, period.parse().ok()?);
    named.then_some((class, period))
}

/// Where the gradebook of an export lies: alone of its class and period, or beside others of them.
pub(super) fn gradebook_names(class: &ClassName, period: Period, export: Sha256) -> [String; 2] {
    let alone = format!("data/du-lieu/{class}_{period}");
    [format!("{alone}.json"), format!("{alone}_{}.json", &export.to_string()[..16])]
}

fn exactly(id: &str) -> Option<DossierId> {
    id.parse().ok().filter(|parsed: &DossierId| parsed.as_str() == id)
}

/// What a file of a folder of acts is: the first half of the act's digest, and which signature over it.
pub(crate) fn act<'n>(folder: &str, name: &'n str) -> Option<(&'n str, Option<&'n str>)> {
    let (digest, rest) = name.strip_prefix(folder)?.split_once('.')?;
    let signer = match rest {
        "json" => None,
        "json.HieuTruong.p7s" | "json.ConDau.p7s" => Some(rest),
        _ => return None,
    };
    is_half_a_digest(digest).then_some((digest, signer))
}

/// The first half of a SHA-256: with an extension a whole one is longer than a Joliet name.
fn is_half_a_digest(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'))
}

/// The file of a reason.
pub(super) fn reason_name(record: &Sha256) -> String {
    format!("{REASONS}{}.json", &record.to_string()[..32])
}

/// The file of an act.
pub(super) fn act_name(act: &Sha256) -> String {
    format!("{ACTS}{}.json", &act.to_string()[..32])
}

/// Judges all names: that every system can store them, and that each file has an agreed place.
pub(super) fn judge_names<'a>(names: impl Iterator<Item = &'a str>, findings: &mut Findings) {
    let mut folded = BTreeSet::new();
    for name in names {
        if let Some(folder) = name.strip_suffix('/') {
            findings.add(Code::EmptyFolder, folder);
            continue;
        }
        if !can_be_stored(name) {
            findings.add(Code::NameRefused, name);
        }
        if !folded.insert(name.to_ascii_lowercase()) {
            findings.add(Code::NameTwice, name);
        }
        if name.starts_with("data/") {
            if Place::of(name).is_none() {
                findings.add(Code::UnknownPlace, name);
            }
        } else if !is_agreed(name) {
            findings.add(Code::UnlistedFile, name);
        }
    }
}

/// True for the agreed files outside the payload.
fn is_agreed(name: &str) -> bool {
    LISTED_TAGS.contains(&name)
        || TAGMANIFESTS.contains(&name)
        || CHECKPOINT.contains(&name)
        || STATEMENT.contains(&name)
        || [RECORD, REGISTER, TIMESTAMP].contains(&name)
        || revocation_data(name).is_some()
}

/// A kind of revocation data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RevocationData {
    /// A CRL.
    List,
    /// An OCSP response.
    Answer,
}

/// What kind of revocation data a file is; `None` for every other name.
pub(crate) fn revocation_data(name: &str) -> Option<RevocationData> {
    let (digest, extension) = name.strip_prefix(REVOCATION_DATA)?.split_once('.')?;
    let named = is_half_a_digest(digest);
    match extension {
        "crl" if named => Some(RevocationData::List),
        "ocsp" if named => Some(RevocationData::Answer),
        _ => None,
    }
}

/// True for a relative name with `/` that Windows, Joliet and every manifest reader can hold.
pub(crate) fn can_be_stored(name: &str) -> bool {
    name.split('/').count() <= limits::IMAGE_DEPTH && name.split('/').all(part_can_be_stored)
}

fn part_can_be_stored(part: &str) -> bool {
    let plain = |c: u8| c.is_ascii_graphic() && !br#"%\:*?"<>|"#.contains(&c);
    let device = part.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let numbered = |kind: &str| {
        device.strip_prefix(kind).is_some_and(|n| n.len() == 1 && n.bytes().all(|c| c.is_ascii_digit()))
    };
    !part.is_empty()
        && part.len() <= NAME_CHARACTERS
        && part.bytes().all(plain)
        && !part.ends_with('.')
        && !["CON", "PRN", "AUX", "NUL"].contains(&device.as_str())
        && !numbered("COM")
        && !numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_system_cannot_store_are_refused() {
        for fine in ["bagit.txt", "data/ho-so/2025-2026_ca-nam_so-diem_6A1.pdf", &"x".repeat(64)] {
            assert!(can_be_stored(fine), "{fine}");
        }
        for wrong in [
            "",
            "/etc/passwd",
            "data/../x",
            "data/./x",
            "data//x",
            "data/x ",
            "data/x.",
            "data/a b",
            "data/sổ.pdf",
            "data/a%41",
            "data/a\\b",
            "c:x",
            "data/aux.txt",
            "data/COM1.json",
            "data/x\n",
            &"x".repeat(65),
            &"a/".repeat(40),
        ] {
            assert!(!can_be_stored(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn a_payload_file_is_what_its_name_says_or_nothing() {
        let id = "2025-2026_ca-nam_so-diem_6A1";
        assert_eq!(
            Place::of(&format!("data/ho-so/{id}.pdf")),
            Some(Place::Document(id.parse().expect("an id")))
        );
        for wrong in [
            "data/ho-so/x.pdf",
            "data/x.pdf",
            "data/ho-so/a/2025-2026_ca-nam_so-diem_6A1.pdf",
            "data/ban-goc/00",
            "data/du-lieu/6A1.json",
            "data/nhan-su/other.json",
            "data/van-kien/0123456789abcdef0123456789abcdef.txt",
            "data/van-kien/0123.json",
            "data/ly-do/0123.json",
            "data/mo-ta/x.json",
            "data/ho-so/2025-2026_ca-nam_so-diem_6A1.PDF",
        ] {
            assert_eq!(Place::of(wrong), None, "{wrong}");
        }
    }
}
