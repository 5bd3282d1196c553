//! What BagIt says of itself: declaration, metadata, manifests, tagmanifests (RFC 8493, section 2).

use std::str::FromStr;

use school::deposit::{DepositKind, RETENTION};
use school::digest::{Sha256, Sha512};
use school::limits;
use school::moment::Date;

use super::code::Code;
use super::identity::DepositId;
use super::judgement::Bag;
use super::layout;
use super::manifest::{self, Manifest};

/// The bag declaration of BagIt 1.0, the only bytes accepted.
pub(crate) const DECLARATION: &[u8] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// The BagIt profile that our bags follow.
const PROFILE: &str = "https://niemphong.example/bagit-profile/1";

/// What the tag files say, as far as they can be read.
#[derive(Default)]
pub(super) struct Tags {
    pub sha256: Option<Manifest<Sha256>>,
    pub sha512: Option<Manifest<Sha512>>,
    /// Digests of the two tagmanifests, which the seal names.
    pub tagmanifest_sha256: Option<Sha256>,
    pub tagmanifest_sha512: Option<Sha512>,
    /// The deposit by `External-Identifier`.
    pub deposit: Option<DepositId>,
    /// Bytes and files of the payload by `Payload-Oxum`.
    pub oxum: Option<(u64, u64)>,
    /// What the deposit is for.
    pub kind: Option<DepositKind>,
    /// The register's entry that fixed its content.
    pub register_number: Option<u64>,
    /// Whether it says that the year is complete with it.
    pub complete: Option<bool>,
    /// Deposits that it corrects.
    pub corrects: Vec<String>,
}

/// Reads and compares the tag files.
pub(super) fn read(bag: &mut Bag) -> Tags {
    let mut tags = Tags::default();
    let mut listed = Vec::new();
    for name in layout::LISTED_TAGS {
        let (limit, missing) = match name {
            layout::BAGIT => (limits::DEPOSIT_PAPER_SIZE_BYTES, Code::NotABag),
            layout::BAG_INFO => (limits::DEPOSIT_PAPER_SIZE_BYTES, Code::TagFileMissing),
            _ => (limits::MANIFEST_SIZE_BYTES, Code::TagFileMissing),
        };
        let Some(bytes) = bag.paper(name, limit, missing) else { continue };
        match name {
            layout::BAGIT if bytes != DECLARATION => bag.findings.add(Code::NotABag, name),
            layout::BAG_INFO => read_info(bag, &bytes, &mut tags),
            name if name == layout::MANIFESTS[0] => tags.sha256 = read_manifest(bag, name, &bytes),
            name if name == layout::MANIFESTS[1] => tags.sha512 = read_manifest(bag, name, &bytes),
            _ => {}
        }
        listed.push((name, Sha256::of(&bytes), Sha512::of(&bytes)));
    }
    let [name_256, name_512] = layout::TAGMANIFESTS;
    if let Some(bytes) = bag.paper(name_256, limits::MANIFEST_SIZE_BYTES, Code::TagFileMissing) {
        tags.tagmanifest_sha256 = Some(Sha256::of(&bytes));
        let digests: Vec<_> = listed.iter().map(|(name, sha256, _)| (*name, *sha256)).collect();
        compare(bag, name_256, &bytes, &digests);
    }
    if let Some(bytes) = bag.paper(name_512, limits::MANIFEST_SIZE_BYTES, Code::TagFileMissing) {
        tags.tagmanifest_sha512 = Some(Sha512::of(&bytes));
        let digests: Vec<_> = listed.iter().map(|(name, _, sha512)| (*name, *sha512)).collect();
        compare(bag, name_512, &bytes, &digests);
    }
    tags
}

fn read_manifest<D: FromStr>(bag: &mut Bag, name: &str, bytes: &[u8]) -> Option<Manifest<D>> {
    let read = manifest::parse(bytes);
    if read.is_none() {
        bag.findings.add(Code::ManifestMalformed, name);
    }
    read
}

/// Compares a tagmanifest with the tag files that were read.
fn compare<D: FromStr + PartialEq>(bag: &mut Bag, name: &str, bytes: &[u8], found: &[(&str, D)]) {
    let Some(manifest) = read_manifest::<D>(bag, name, bytes) else { return };
    if !manifest.keys().map(String::as_str).eq(sorted(&layout::LISTED_TAGS)) {
        bag.findings.add(Code::TagmanifestList, name);
    }
    for (file, digest) in found {
        if manifest.get(*file).is_some_and(|listed| listed != digest) {
            bag.findings.add(Code::TagAltered, *file);
        }
    }
}

fn sorted(names: &[&'static str]) -> impl Iterator<Item = &'static str> {
    let mut names = names.to_vec();
    names.sort_unstable();
    names.into_iter()
}

/// Reads `bag-info.txt`. Each agreed line once; further lines are allowed, the seal covers them.
fn read_info(bag: &mut Bag, bytes: &[u8], tags: &mut Tags) {
    let Some(lines) = info_lines(bytes) else {
        return bag.findings.add(Code::BagInfo, layout::BAG_INFO);
    };
    let mut agreed = |key: &str| {
        let mut found = lines.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
        match (found.next(), found.next()) {
            (Some((_, value)), None) => Some(*value),
            _ => {
                bag.findings.add(Code::BagInfo, format!("{}: {key}", layout::BAG_INFO));
                None
            }
        }
    };
    let deposit = agreed("External-Identifier");
    let school = agreed("Source-Organization");
    let year = agreed("School-Year");
    let date = agreed("Bagging-Date");
    let oxum = agreed("Payload-Oxum");
    let profile = agreed("BagIt-Profile-Identifier");
    let agent = agreed("Bag-Software-Agent");
    let kind = agreed("Deposit-Kind");
    let number = agreed("Register-Number");
    let completeness = agreed("Completeness");
    let retention = agreed("Retention");
    tags.kind = kind.and_then(|text| text.parse().ok());
    tags.register_number =
        number.and_then(|text| text.parse().ok().filter(|number: &u64| number.to_string() == text));
    tags.complete = completeness.and_then(|text| match text {
        "hoan-tat" => Some(true),
        "con-thieu" => Some(false),
        _ => None,
    });
    let corrects = lines.iter().filter(|(name, _)| name.eq_ignore_ascii_case("Corrects"));
    tags.corrects = corrects.map(|(_, value)| (*value).to_owned()).collect();
    tags.deposit = deposit.and_then(|text| text.parse().ok());
    tags.oxum = oxum.and_then(read_oxum);
    let named = tags.deposit.as_ref();
    let wrong = [
        ("External-Identifier", deposit.is_some() && named.is_none()),
        ("Source-Organization", differs(school, named.map(|id| id.school.to_string()))),
        ("School-Year", differs(year, named.map(|id| id.year.to_string()))),
        ("Bagging-Date", date.is_some_and(|text| text.parse::<Date>().is_err())),
        ("Payload-Oxum", oxum.is_some() && tags.oxum.is_none()),
        ("BagIt-Profile-Identifier", profile.is_some_and(|text| text != PROFILE)),
        ("Deposit-Kind", kind.is_some() && tags.kind.is_none()),
        ("Register-Number", number.is_some() && tags.register_number.is_none()),
        ("Completeness", completeness.is_some() && tags.complete.is_none()),
        ("Retention", retention.is_some_and(|text| text != RETENTION)),
        ("Bag-Software-Agent", agent.is_some_and(|text| !text.starts_with("niemphong "))),
    ];
    for (key, _) in wrong.into_iter().filter(|(_, wrong)| *wrong) {
        bag.findings.add(Code::BagInfo, format!("{}: {key}", layout::BAG_INFO));
    }
}

fn differs(found: Option<&str>, named: Option<String>) -> bool {
    matches!((found, named), (Some(found), Some(named)) if found != named)
}

/// Lines `Key: value`; continuation lines are refused because two readers join them differently.
pub(crate) fn info_lines(bytes: &[u8]) -> Option<Vec<(&str, &str)>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let line = |line: &'_ str| -> Option<(usize, usize)> {
        let line = line.strip_suffix('\n')?;
        let (key, value) = line.split_once(": ")?;
        let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
        let whole = !key.is_empty() && key.bytes().all(plain) && !value.is_empty() && !value.contains('\r');
        whole.then_some((key.len(), line.len()))
    };
    text.split_inclusive('\n')
        .map(|one| line(one).map(|(key, end)| (&one[..key], &one[key + 2..end])))
        .collect()
}

/// Bytes and files as `Payload-Oxum` states them.
pub(crate) fn read_oxum(text: &str) -> Option<(u64, u64)> {
    let (bytes, files) = text.split_once('.')?;
    let (bytes, files): (u64, u64) = (bytes.parse().ok()?, files.parse().ok()?);
    (format!("{bytes}.{files}") == text).then_some((bytes, files))
}
