//! A medium as a bag: its payload are deposits, whole and unchanged, each a bag of its own below `data/`.
//! Its tag manifests list every other file but the seal itself, which signs them.

use std::collections::BTreeMap;

use school::medium::MediumId;
use school::moment::Date;

use super::tag_files::lines;
use super::{Algorithm, BagFault, DECLARATION, Fixity, Payload, TagFiles, manifest};

/// The profile that media keep, published as `docs/bagit-profile-medium.json`.
pub const MEDIUM_PROFILE_IDENTIFIER: &str = "https://niemphong.example/bagit-profile/medium/1";

/// That profile, as it lies on media.
pub const MEDIUM_PROFILE: &[u8] = include_bytes!("../../../docs/bagit-profile-medium.json");

/// What `bag-info.txt` of a medium says beside what follows from the payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediumInfo {
    /// The medium.
    pub medium: MediumId,
    /// The first medium of its set.
    pub set: MediumId,
    /// Its place in the set, from 1, and how many the set has.
    pub part: (usize, usize),
    /// The day on which it was planned, in Vietnam.
    pub bagging_date: Date,
    /// The program that planned it.
    pub software_agent: String,
}

/// The tag files of a medium with this payload; `more` are the tag files that the tag manifests list beside
/// the four that every bag has.
///
/// Errors: [`BagFault::Empty`].
pub fn medium_tag_files(
    payload: &Payload,
    info: &MediumInfo,
    more: &BTreeMap<String, Fixity>,
) -> Result<TagFiles, BagFault> {
    if payload.count() == 0 {
        return Err(BagFault::Empty);
    }
    let covered = BTreeMap::from([
        ("bag-info.txt", bag_info(info, payload)),
        ("bagit.txt", DECLARATION.to_owned()),
        ("manifest-sha256.txt", manifest(payload, Algorithm::Sha256)),
        ("manifest-sha512.txt", manifest(payload, Algorithm::Sha512)),
    ]);
    let mut listed = more.clone();
    listed.extend(covered.iter().map(|(name, text)| ((*name).to_owned(), Fixity::of(text.as_bytes()))));
    let tagmanifest =
        |algorithm| lines(listed.iter().map(|(name, fixity)| (name.as_str(), fixity.digest(algorithm))));
    Ok(TagFiles {
        tagmanifest_sha256: tagmanifest(Algorithm::Sha256),
        tagmanifest_sha512: tagmanifest(Algorithm::Sha512),
        covered,
    })
}

/// `bag-info.txt`; the group is the set of discs over which deposits were spread (RFC 8493, 2.2.2).
fn bag_info(info: &MediumInfo, payload: &Payload) -> String {
    format!(
        "Source-Organization: {}\n\
         External-Identifier: {}\n\
         Bagging-Date: {}\n\
         Payload-Oxum: {}.{}\n\
         Bag-Group-Identifier: {}\n\
         Bag-Count: {} of {}\n\
         BagIt-Profile-Identifier: {MEDIUM_PROFILE_IDENTIFIER}\n\
         Bag-Software-Agent: {}\n",
        info.medium.school(),
        info.medium,
        info.bagging_date,
        payload.size_bytes(),
        payload.count(),
        info.set,
        info.part.0,
        info.part.1,
        info.software_agent,
    )
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn info() -> MediumInfo {
        MediumInfo {
            medium: "HOAPHUONG_VM_0002".parse().expect("a medium"),
            set: "HOAPHUONG_VM_0001".parse().expect("a medium"),
            part: (2, 3),
            bagging_date: "2026-05-30".parse().expect("a date"),
            software_agent: "niemphong 0.1.0".into(),
        }
    }

    fn payload() -> Payload {
        let mut payload = Payload::default();
        payload.add("data/HOAPHUONG_2025-2026_0001/bagit.txt", Fixity::of(b"x")).expect("a path");
        payload
    }

    #[test]
    fn the_tag_manifests_of_a_medium_list_its_pages_too() {
        let more = BTreeMap::from([("DOC-TRUOC.txt".to_owned(), Fixity::of(b"read me"))]);
        let made = medium_tag_files(&payload(), &info(), &more).expect("a payload");
        let listed: Vec<&str> = made
            .tagmanifest_sha256
            .lines()
            .filter_map(|line| line.split_once("  "))
            .map(|(_, name)| name)
            .collect();
        let names =
            ["DOC-TRUOC.txt", "bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt"];
        assert_eq!(listed, names);
        assert!(made.tagmanifest_sha512.lines().all(|line| line.find("  ") == Some(128)));
    }

    #[test]
    fn bag_info_names_the_set_and_the_place_in_it() {
        let text = bag_info(&info(), &payload());
        assert!(text.contains("Bag-Group-Identifier: HOAPHUONG_VM_0001\nBag-Count: 2 of 3\n"), "{text}");
    }

    #[test]
    fn the_published_profile_asks_for_exactly_what_bag_info_says() {
        let profile: Value = serde_json::from_slice(MEDIUM_PROFILE).expect("JSON");
        assert_eq!(profile["BagIt-Profile-Info"]["BagIt-Profile-Identifier"], MEDIUM_PROFILE_IDENTIFIER);
        let text = bag_info(&info(), &payload());
        let mut written: Vec<&str> =
            text.lines().filter_map(|line| line.split_once(": ")).map(|(key, _)| key).collect();
        written.sort_unstable();
        let asked = profile["Bag-Info"].as_object().expect("an object");
        assert!(asked.values().all(|rule| rule["required"] == true));
        assert_eq!(asked.keys().map(String::as_str).collect::<Vec<_>>(), written);
    }
}
