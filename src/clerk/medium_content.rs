//! What a copy of a medium holds: the list that is written to a stick or disk, and what reading it back must
//! give.

use std::collections::BTreeMap;

use school::digest::Sha256;
use school::medium::{MediumId, MediumKind};
use school::records::media_frame::PlacedFile;

use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::medium::{Content, Stage};

const STATEMENT: &str = "niem-phong/niem-phong.txt";
const MANIFEST: &str = "manifest-sha256.txt";
const TAGMANIFEST: &str = "tagmanifest-sha256.txt";
/// What signs the tag manifests cannot be listed by them.
const OVER_THE_TAGS: [&str; 5] = [
    STATEMENT,
    "niem-phong/niem-phong.txt.p7s",
    "niem-phong/niem-phong.txt.p7s.tsr",
    TAGMANIFEST,
    "tagmanifest-sha512.txt",
];

/// Every file of a sealed medium, in the order of their names.
///
/// Errors: `medium.not_sealed`; `medium.source_differs` when the store holds something else than was sealed; a
/// file of it cannot be read.
pub fn files_of_medium(office: &Office, id: &MediumId) -> Result<Vec<PlacedFile>, ClerkFault> {
    let not_sealed = || ClerkFault::NotNow { code: "medium.not_sealed", what: id.to_string() };
    let medium = office.ledger().media.get(id).ok_or_else(not_sealed)?;
    let Stage::Sealed { seal, .. } = medium.stage else { return Err(not_sealed()) };
    let own = std::iter::once((names::medium(id), String::new()));
    let deposits =
        medium.deposits.iter().map(|deposit| (names::deposit(deposit), format!("data/{deposit}/")));
    let mut files = Vec::new();
    for (folder, above) in own.chain(deposits) {
        for (name, file) in office.store.measure(&folder)? {
            files.push(PlacedFile {
                name: format!("{above}{name}"),
                place: format!("{folder}/{name}"),
                bytes: file.size_bytes,
                sha256: file.sha256,
            });
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    if is_as_sealed(office, id, seal, &files)? {
        Ok(files)
    } else {
        Err(ClerkFault::NotNow { code: "medium.source_differs", what: id.to_string() })
    }
}

/// What a copy on this kind of medium must give when it is read back.
///
/// Errors: as [`files_of_medium`].
pub fn expected_of_copy(office: &Office, id: &MediumId, on: MediumKind) -> Result<Content, ClerkFault> {
    match (on, office.ledger().media.get(id).map(|medium| &medium.stage)) {
        (MediumKind::Optical, Some(Stage::Sealed { image, bytes, .. })) => {
            Ok(Content::Image { sha256: *image, bytes: *bytes })
        }
        _ => Ok(content_of_files(&files_of_medium(office, id)?)),
    }
}

/// What these files are when they are read back.
pub(super) fn content_of_files(files: &[PlacedFile]) -> Content {
    Content::Files(files.iter().map(|file| (file.name.clone(), (file.sha256, file.bytes))).collect())
}

/// Follows the digests from the register's entry down to every file: what has changed in the store since the
/// medium was sealed never gets onto a copy.
fn is_as_sealed(
    office: &Office,
    id: &MediumId,
    seal: Sha256,
    files: &[PlacedFile],
) -> Result<bool, ClerkFault> {
    let found: BTreeMap<&str, Sha256> = files.iter().map(|file| (file.name.as_str(), file.sha256)).collect();
    let read = |name: &str| -> Result<Option<String>, ClerkFault> {
        let Some(sha256) = found.get(name) else { return Ok(None) };
        let bytes = office.store.read_verified(&format!("{}/{name}", names::medium(id)), *sha256)?;
        Ok(String::from_utf8(bytes).ok())
    };
    let (Some(statement), Some(tags), Some(payload)) =
        (read(STATEMENT)?, read(TAGMANIFEST)?, read(MANIFEST)?)
    else {
        return Ok(false);
    };
    let stated = format!("\ntagmanifest-sha256: {}\n", Sha256::of(tags.as_bytes()));
    let listed: BTreeMap<&str, &str> = tags
        .lines()
        .chain(payload.lines())
        .filter_map(|line| line.split_once("  "))
        .map(|(digest, name)| (name, digest))
        .collect();
    let stands =
        |(name, digest): (&&str, &&str)| found.get(name).is_some_and(|found| found.to_string() == **digest);
    let more = found.keys().filter(|name| !listed.contains_key(*name) && !OVER_THE_TAGS.contains(name));
    Ok(Sha256::of(statement.as_bytes()) == seal
        && statement.contains(&stated)
        && listed.iter().all(stands)
        && more.count() == 0)
}
