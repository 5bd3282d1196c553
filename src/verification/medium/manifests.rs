//! Manifests and tag manifests of a medium against what is there. A payload file that a deposit's own
//! manifests list is not read a second time: that deposit is judged with every byte of it, and here it is
//! enough that both manifests name the same digests.

use std::collections::BTreeMap;
use std::str::FromStr;

use school::digest::{Digests, Sha256, Sha512};
use school::limits;
use school::medium::MediumId;
use school::moment::Date;

use super::layout::{self, Layout};
use crate::deposit::{Bag, Code, DECLARATION, Manifest, info_lines, parse_manifest, read_oxum};

/// The BagIt profile of media.
const PROFILE: &str = "https://niemphong.example/bagit-profile/medium/1";

/// What the tag files say.
#[derive(Default)]
pub(super) struct Tags {
    pub tagmanifest_sha256: Option<Sha256>,
    pub tagmanifest_sha512: Option<Sha512>,
    pub medium: Option<MediumId>,
    /// The first medium of the set, place in it, number of its media.
    pub set: Option<(MediumId, u64, u64)>,
    pub files: u64,
    pub bytes: u64,
}

struct Digested {
    sha256: BTreeMap<String, Sha256>,
    sha512: BTreeMap<String, Sha512>,
}

/// Reads the tag files and compares them with the files.
pub(super) fn judge(bag: &mut Bag, layout: &Layout) -> Tags {
    let mut tags = Tags::default();
    if bag
        .paper(layout::BAGIT, limits::DEPOSIT_PAPER_SIZE_BYTES, Code::NotABag)
        .is_some_and(|it| it != DECLARATION)
    {
        bag.findings.add(Code::NotABag, layout::BAGIT);
    }
    let payload: Vec<String> = bag.present.keys().filter(|name| name.starts_with("data/")).cloned().collect();
    tags.files = payload.len() as u64;
    tags.bytes = payload.iter().map(|name| bag.present[name]).sum();
    read_info(bag, &mut tags);
    let found = digests(bag, &payload);
    let [name_256, name_512] = layout::MANIFESTS;
    let lists =
        Lists { missing: Code::PayloadMissing, extra: Code::PayloadExtra, altered: Code::PayloadAltered };
    lists.compare(bag, name_256, &found.sha256);
    lists.compare(bag, name_512, &found.sha512);
    let found = hashed(bag, layout.listed.iter());
    let lists =
        Lists { missing: Code::TagmanifestList, extra: Code::TagmanifestList, altered: Code::TagAltered };
    let [name_256, name_512] = layout::TAGMANIFESTS;
    tags.tagmanifest_sha256 = lists.compare(bag, name_256, &found.sha256).map(|bytes| Sha256::of(&bytes));
    tags.tagmanifest_sha512 = lists.compare(bag, name_512, &found.sha512).map(|bytes| Sha512::of(&bytes));
    tags
}

/// Which finding stands for what in a comparison.
struct Lists {
    missing: Code,
    extra: Code,
    altered: Code,
}

impl Lists {
    /// Compares a manifest with the digests of the files; its bytes, where it could be read.
    fn compare<D: FromStr + PartialEq>(
        &self,
        bag: &mut Bag,
        manifest: &str,
        found: &BTreeMap<String, D>,
    ) -> Option<Vec<u8>> {
        let bytes = bag.paper(manifest, limits::MANIFEST_SIZE_BYTES, Code::TagFileMissing)?;
        let Some(listed) = parse_manifest::<D>(&bytes) else {
            bag.findings.add(Code::ManifestMalformed, manifest);
            return Some(bytes);
        };
        for (name, digest) in &listed {
            match found.get(name) {
                None => bag.findings.add(self.missing, format!("{manifest}: {name}")),
                Some(other) if other != digest => bag.findings.add(self.altered, name.as_str()),
                Some(_) => {}
            }
        }
        for name in found.keys().filter(|name| !listed.contains_key(*name)) {
            bag.findings.add(self.extra, format!("{manifest}: {name}"));
        }
        Some(bytes)
    }
}

/// Digests of the payload: as the deposits' own manifests state them, and hashed where they state none.
fn digests(bag: &mut Bag, payload: &[String]) -> Digested {
    let mut stated = Digested { sha256: BTreeMap::new(), sha512: BTreeMap::new() };
    let manifests: Vec<(String, bool)> = payload
        .iter()
        .filter_map(|name| {
            let (_, file) = name.strip_prefix("data/")?.split_once('/')?;
            let which = layout::MANIFESTS.iter().position(|manifest| *manifest == file)?;
            Some((name.clone(), which == 0))
        })
        .collect();
    for (name, is_sha256) in manifests {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let Some(bytes) = bag.paper(&name, limits::MANIFEST_SIZE_BYTES, Code::TagFileMissing) else {
            continue;
        };
        if is_sha256 {
            stated.sha256.extend(below(&folder, parse_manifest(&bytes)));
        } else {
            stated.sha512.extend(below(&folder, parse_manifest(&bytes)));
        }
    }
    // A name that a manifest states and nobody has is no file.
    stated.sha256.retain(|name, _| bag.present.contains_key(name));
    stated.sha512.retain(|name, _| bag.present.contains_key(name));
    let both = |name: &&String| stated.sha256.contains_key(*name) && stated.sha512.contains_key(*name);
    let rest: Vec<&String> = payload.iter().filter(|name| !both(name)).collect();
    let hashed = hashed(bag, rest);
    stated.sha256.extend(hashed.sha256);
    stated.sha512.extend(hashed.sha512);
    stated
}

fn below<D>(folder: &str, manifest: Option<Manifest<D>>) -> impl Iterator<Item = (String, D)> {
    manifest.into_iter().flatten().map(move |(name, digest)| (format!("{folder}/{name}"), digest))
}

fn hashed<'n>(bag: &mut Bag, names: impl IntoIterator<Item = &'n String>) -> Digested {
    let mut found = Digested { sha256: BTreeMap::new(), sha512: BTreeMap::new() };
    for name in names {
        let mut digests = Digests::default();
        if bag.files.stream(name, &mut |piece| digests.update(piece)).is_err() {
            bag.findings.add(Code::Unreadable, name.as_str());
            continue;
        }
        let (sha256, sha512) = digests.finish();
        found.sha256.insert(name.clone(), sha256);
        found.sha512.insert(name.clone(), sha512);
    }
    found
}

/// Reads `bag-info.txt`: exactly the agreed lines.
fn read_info(bag: &mut Bag, tags: &mut Tags) {
    let name = layout::BAG_INFO;
    let Some(bytes) = bag.paper(name, limits::DEPOSIT_PAPER_SIZE_BYTES, Code::TagFileMissing) else { return };
    let Some(lines) = info_lines(&bytes) else { return bag.findings.add(Code::BagInfo, name) };
    let [school, medium, date, oxum, set, count, profile, agent] = [
        "Source-Organization",
        "External-Identifier",
        "Bagging-Date",
        "Payload-Oxum",
        "Bag-Group-Identifier",
        "Bag-Count",
        "BagIt-Profile-Identifier",
        "Bag-Software-Agent",
    ]
    .map(|key| lines.iter().find(|(found, _)| *found == key).map_or("", |(_, value)| *value));
    tags.medium = medium.parse().ok();
    let (part, of) = count.split_once(" of ").unwrap_or_default();
    let numbers = part.parse().ok().zip(of.parse().ok());
    tags.set = set.parse().ok().zip(numbers).map(|(set, (part, of))| (set, part, of));
    let of_school = |id: &MediumId| id.school().to_string() == school;
    let wrong = [
        ("lines", lines.len() != 8),
        ("External-Identifier", !tags.medium.as_ref().is_some_and(of_school)),
        ("Bagging-Date", date.parse::<Date>().is_err()),
        (
            "Bag-Count",
            !tags.set.as_ref().is_some_and(|(set, part, of)| of_school(set) && (1..=*of).contains(part)),
        ),
        ("BagIt-Profile-Identifier", profile != PROFILE),
        ("Bag-Software-Agent", !agent.starts_with("niemphong ")),
    ];
    for (key, _) in wrong.into_iter().filter(|(_, wrong)| *wrong) {
        bag.findings.add(Code::BagInfo, format!("{name}: {key}"));
    }
    if read_oxum(oxum) != Some((tags.bytes, tags.files)) {
        bag.findings.add(Code::PayloadOxum, name);
    }
}
