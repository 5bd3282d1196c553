//! The six tag files of a bag (RFC 8493, 2.1.1 to 2.2.4), in the order in which they are made: manifests
//! of the payload, bag-info, then the tag manifests, which are what the seal names.

use std::collections::BTreeMap;
use std::fmt::Write;

use school::moment::Date;

use school::deposit::{DepositId, DepositKind, RETENTION};

use super::{Algorithm, BagFault, Fixity, Payload};

/// The bytes of `bagit.txt` (RFC 8493, 2.1.1).
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// The profile that our bags keep, published as `docs/bagit-profile.json`.
pub const PROFILE_IDENTIFIER: &str = "https://niemphong.example/bagit-profile/1";
/// That profile, as it lies on media.
pub const DEPOSIT_PROFILE: &[u8] = include_bytes!("../../../docs/bagit-profile.json");
/// This program, for [`BagInfo::software_agent`].
pub const SOFTWARE_AGENT: &str = concat!("niemphong ", env!("CARGO_PKG_VERSION"));

/// What `bag-info.txt` says beside what follows from the payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagInfo {
    /// School, school year and number.
    pub deposit: DepositId,
    /// What the deposit is for.
    pub kind: DepositKind,
    /// Place in the register of the entry that fixed its content.
    pub register_number: u64,
    /// Deposits that hold what is corrected in it.
    pub corrects: Vec<DepositId>,
    /// Whether with it everything that the roster asks of the year is in deposits.
    pub completeness: Completeness,
    /// The day on which the bag was made, in Vietnam.
    pub bagging_date: Date,
    /// The program that planned the deposit: an upgrade between packing and sealing must not change the bag.
    pub software_agent: String,
}

/// Whether everything that the roster asks of the year is in deposits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// It is, with this deposit: `hoan-tat`.
    Complete,
    /// Something follows: `con-thieu`.
    Partial,
}

impl Completeness {
    /// As `bag-info.txt` writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "hoan-tat",
            Self::Partial => "con-thieu",
        }
    }
}

/// The tag files that the tag manifests cover, and these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagFiles {
    /// `tagmanifest-sha256.txt`: its SHA-256 stands in the seal statement.
    pub tagmanifest_sha256: String,
    /// `tagmanifest-sha512.txt`: its SHA-512 stands in the seal statement.
    pub tagmanifest_sha512: String,
    pub(super) covered: BTreeMap<&'static str, String>,
}

impl TagFiles {
    /// Name and content of all six, sorted by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let tagmanifests = [
            ("tagmanifest-sha256.txt", &self.tagmanifest_sha256),
            ("tagmanifest-sha512.txt", &self.tagmanifest_sha512),
        ];
        let covered = self.covered.iter().map(|(name, text)| (*name, text));
        covered.chain(tagmanifests).map(|(name, text)| (name, text.as_bytes()))
    }
}

/// The tag files of the bag with this payload.
///
/// Errors: [`BagFault::Empty`].
pub fn tag_files(payload: &Payload, info: &BagInfo) -> Result<TagFiles, BagFault> {
    if payload.count() == 0 {
        return Err(BagFault::Empty);
    }
    let covered = BTreeMap::from([
        ("bag-info.txt", bag_info(info, payload)),
        ("bagit.txt", DECLARATION.to_owned()),
        ("manifest-sha256.txt", manifest(payload, Algorithm::Sha256)),
        ("manifest-sha512.txt", manifest(payload, Algorithm::Sha512)),
    ]);
    let bytes = || covered.iter().map(|(name, text)| (*name, text.as_bytes()));
    Ok(TagFiles {
        tagmanifest_sha256: tagmanifest(bytes(), Algorithm::Sha256),
        tagmanifest_sha512: tagmanifest(bytes(), Algorithm::Sha512),
        covered,
    })
}

/// A payload manifest: a line per file, sorted bytewise by path; two spaces between digest and path, as
/// `sha256sum -c` reads it.
pub fn manifest(payload: &Payload, algorithm: Algorithm) -> String {
    lines(payload.files().map(|(path, fixity)| (path, fixity.digest(algorithm))))
}

/// A tag manifest over these tag files.
pub fn tagmanifest<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>, algorithm: Algorithm) -> String {
    let sorted: BTreeMap<&str, &[u8]> = files.into_iter().collect();
    lines(sorted.into_iter().map(|(name, bytes)| (name, Fixity::of(bytes).digest(algorithm))))
}

pub(super) fn lines<'a>(entries: impl Iterator<Item = (&'a str, String)>) -> String {
    entries.fold(String::new(), |mut text, (path, digest)| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{digest}  {path}");
        text
    })
}

/// `bag-info.txt` (RFC 8493, 2.2.2). No value can hold a line feed: all are identifiers, dates,
/// numbers, and one fixed word.
pub fn bag_info(info: &BagInfo, payload: &Payload) -> String {
    let BagInfo { deposit, kind, register_number, corrects, completeness, bagging_date, software_agent } =
        info;
    let corrects: String = corrects.iter().map(|corrected| format!("Corrects: {corrected}\n")).collect();
    format!(
        "Source-Organization: {}\n\
         External-Identifier: {deposit}\n\
         Bagging-Date: {bagging_date}\n\
         Payload-Oxum: {}.{}\n\
         BagIt-Profile-Identifier: {PROFILE_IDENTIFIER}\n\
         Bag-Software-Agent: {software_agent}\n\
         School-Year: {}\n\
         Deposit-Kind: {kind}\n\
         Register-Number: {register_number}\n\
         Completeness: {}\n\
         Retention: {RETENTION}\n\
         {corrects}",
        deposit.school(),
        payload.size_bytes(),
        payload.count(),
        deposit.year(),
        completeness.as_str(),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    const PROFILE: &str = include_str!("../../../docs/bagit-profile.json");

    fn bag() -> (Payload, BagInfo) {
        let mut payload = Payload::default();
        for (path, content) in [("data/ho-so/b.pdf", "hello\n"), ("data/ho-so-cu/a.pdf", "")] {
            payload.add(path, Fixity::of(content.as_bytes())).expect("a path");
        }
        let info = BagInfo {
            deposit: "HOAPHUONG_2025-2026_0001".parse().expect("a deposit"),
            kind: DepositKind::Correction,
            register_number: 57,
            corrects: vec!["HOAPHUONG_2024-2025_0003".parse().expect("a deposit")],
            completeness: Completeness::Partial,
            bagging_date: "2026-05-30".parse().expect("a date"),
            software_agent: SOFTWARE_AGENT.to_owned(),
        };
        (payload, info)
    }

    #[test]
    fn manifests_are_sorted_bytewise_with_two_spaces() {
        let (payload, _) = bag();
        assert_eq!(
            manifest(&payload, Algorithm::Sha256),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  data/ho-so-cu/a.pdf\n\
             5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03  data/ho-so/b.pdf\n"
        );
        let sha512 = manifest(&payload, Algorithm::Sha512);
        assert!(sha512.lines().all(|line| line.find("  ") == Some(128)), "{sha512}");
    }

    #[test]
    fn bag_info_says_what_the_deposit_is() {
        let (payload, info) = bag();
        let agent = format!("Bag-Software-Agent: niemphong {}\n", env!("CARGO_PKG_VERSION"));
        let text = bag_info(&info, &payload);
        assert_eq!(
            text.replace(&agent, ""),
            "Source-Organization: HOAPHUONG\n\
             External-Identifier: HOAPHUONG_2025-2026_0001\n\
             Bagging-Date: 2026-05-30\n\
             Payload-Oxum: 6.2\n\
             BagIt-Profile-Identifier: https://niemphong.example/bagit-profile/1\n\
             School-Year: 2025-2026\n\
             Deposit-Kind: sua-chua\n\
             Register-Number: 57\n\
             Completeness: con-thieu\n\
             Retention: vĩnh viễn\n\
             Corrects: HOAPHUONG_2024-2025_0003\n"
        );
        assert_ne!(text.replace(&agent, ""), text);
    }

    #[test]
    fn the_tag_manifests_cover_every_other_tag_file_and_not_each_other() {
        let (payload, info) = bag();
        let made = tag_files(&payload, &info).expect("a payload");
        let all: BTreeMap<&str, &[u8]> = made.files().collect();
        let names: Vec<&str> = all.keys().copied().collect();
        assert_eq!(
            names,
            [
                "bag-info.txt",
                "bagit.txt",
                "manifest-sha256.txt",
                "manifest-sha512.txt",
                "tagmanifest-sha256.txt",
                "tagmanifest-sha512.txt"
            ]
        );
        for (text, algorithm) in
            [(&made.tagmanifest_sha256, Algorithm::Sha256), (&made.tagmanifest_sha512, Algorithm::Sha512)]
        {
            let listed: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once("  ")).collect();
            assert_eq!(listed.iter().map(|(_, name)| *name).collect::<Vec<_>>(), names[..4]);
            for (digest, name) in listed {
                assert_eq!(digest, Fixity::of(all[name]).digest(algorithm), "{name}");
            }
        }
    }

    #[test]
    fn a_bag_without_payload_is_not_made() {
        let (_, info) = bag();
        assert_eq!(tag_files(&Payload::default(), &info), Err(BagFault::Empty));
    }

    #[test]
    fn the_published_profile_asks_for_exactly_what_bag_info_says() {
        let profile: Value = serde_json::from_str(PROFILE).expect("JSON");
        assert_eq!(profile["BagIt-Profile-Info"]["BagIt-Profile-Identifier"], PROFILE_IDENTIFIER);
        let (payload, info) = bag();
        let text = bag_info(&info, &payload);
        let written: std::collections::BTreeSet<&str> =
            text.lines().filter_map(|line| line.split_once(": ")).map(|(key, _)| key).collect();
        let asked = profile["Bag-Info"].as_object().expect("an object");
        for (key, rule) in asked {
            assert_eq!(rule["required"], key != "Corrects", "{key}");
            assert!(written.contains(key.as_str()), "{key}");
        }
        assert_eq!(asked.len(), written.len());
    }
}
