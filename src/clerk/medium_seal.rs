//! Seals a medium in one login of the stamp: checkpoint, tag files, statement, signatures, timestamp, image.
//! The image is judged whole and read back before anything is published; what is published are its own
//! files and the image, because the deposits on it are those of the store, byte for byte.

use std::collections::BTreeMap;
use std::fs::File;

use crafts::bagit::{self, Fixity, MediumInfo, Payload, TagFiles};
use crafts::seal::MediumStatement;
use crafts::tlog;
use school::deposit::DepositId;
use school::digest::Sha256;
use school::medium::MediumId;
use school::records::reader_frame::Subject;
use school::records::token_frame::Hash;

use crate::clerk::act::StoredAct;
use crate::clerk::medium_acts::{acts_after_deposits, evidence_of, files_of};
use crate::clerk::medium_pages::pages;
use crate::clerk::proofs::{carried, of_earlier_authorities};
use crate::clerk::signer::{AtToken, Signer};
use crate::clerk::standing::{look_up, of_timestamp_authority, revocation_files};
use crate::clerk::timestamps::stamp_time;
use crate::clerk::turns::Turns;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::deposit::{self, Step};
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::SealedMedium;
use crate::lifecycle::medium::{Content, Medium, Stage, ask_to_seal};
use crate::lifecycle::to_sign::ToSign;
use crate::medium::{self, ImageMade, VolumeId, Xorriso};
use crate::store::{Scratch, StoreRefusal};

/// How long the judgement of a whole image may take.
const JUDGEMENT_WAIT_MS: u64 = 1_800_000;

/// Seals and publishes the medium in one login of the stamp. Doing it again changes nothing.
///
/// Errors: see [`ask_to_seal`]; any problem that the judge finds on the image; `medium.differs` when the image read back is another.
pub fn seal_medium<N: Turns>(turns: &mut N, at: AtToken<'_>, id: &MediumId) -> Result<(), ClerkFault> {
    let to_sign = ToSign::Medium { medium: id.clone() };
    Signer::sits(turns, at, &to_sign, |turns, stamp| seal_with(turns, stamp, id))
}

fn seal_with(turns: &mut impl Turns, stamp: &mut Signer<'_>, id: &MediumId) -> Result<(), ClerkFault> {
    let (medium, certificate) = (id.clone(), stamp.certificate());
    let Some(inside) = turns.take(move |office| inside(office, &medium, certificate))? else {
        return Ok(());
    };
    let checkpoint_signature = stamp.sign_detached(inside.checkpoint.as_bytes(), Hash::Sha512)?;
    let id = id.clone();
    let packed = turns.take(move |office| pack(office, &id, inside, checkpoint_signature))?;
    let signature = stamp.sign_detached(packed.statement.text().as_bytes(), Hash::Sha512)?;
    turns.take(move |office| publish(office, &packed, (&signature, certificate)))
}

/// The medium that this certificate is to seal, unless it is sealed.
fn to_seal(office: &Office, id: &MediumId, certificate: Sha256) -> Result<Option<Medium>, ClerkFault> {
    let ledger = office.ledger();
    let stamp = ledger.commissioned.map(|(_, stamp)| stamp);
    match ask_to_seal(&ledger.media, id, (certificate, stamp))? {
        Step::Taken => Ok(None),
        Step::Take => Ok(ledger.media.get(id).cloned()),
    }
}

/// Has the time stamped, makes the image, has it judged and read back, and publishes it.
fn publish(
    office: &mut Office,
    packed: &Packed,
    (signature, stamp): (&[u8], Sha256),
) -> Result<(), ClerkFault> {
    let (scratch, id) = (office.store.scratch()?, &packed.statement.medium);
    let Some(medium) = to_seal(office, id, stamp)? else { return Ok(()) };
    write(office, packed, signature, &scratch)?;
    let seal = packed.statement.digest();
    let key = names::staged_medium(id, &seal);
    office.store.stage_folder(&scratch, &key)?;
    let mut folders = vec![(office.store.staged_folder(&key)?, String::new())];
    for deposit in &medium.deposits {
        folders.push((office.store.path(&names::deposit(deposit))?, format!("data/{deposit}")));
    }
    let content = medium::Content { folders: &folders, volume: VolumeId::of(id), at: medium.planned };
    let (xorriso, name) = (Xorriso::default(), names::image(id));
    let made = medium::make(&xorriso, &office.store, &content, &name)?;
    let path = office.store.staged_file(made.sha256)?;
    let found = medium::read_back(&xorriso, &office.store, &content, &path, &made)?;
    if !found.differences.is_empty() {
        return Err(ClerkFault::NotNow { code: "medium.differs", what: format!("{:?}", found.differences) });
    }
    let image = File::open(&path).map_err(|source| StoreRefusal::Io { path, source })?;
    let circumstances = office.circumstances(None)?;
    let reports = office.reader.judge_file(Subject::Image, &circumstances, &image, JUDGEMENT_WAIT_MS)?;
    let read_back = Content::Image { sha256: found.sha256, bytes: found.size_bytes };
    let sealed = SealedMedium::from_reports(&reports, seal, &content_of(&made), &read_back)?;
    let event = Event::MediumSealed {
        medium: id.clone(),
        seal: sealed.seal(),
        image: sealed.image().sha256(),
        bytes: made.size_bytes,
        record: None,
    };
    office.commit_folder(event, &key, &names::medium(id), seal, &[(made.sha256, name)])
}

const fn content_of(made: &ImageMade) -> Content {
    Content::Image { sha256: made.sha256, bytes: made.size_bytes }
}

/// What lies on the medium, but for what the stamp signs.
struct Inside {
    medium: Medium,
    payload: Payload,
    deposits: Vec<(DepositId, Sha256)>,
    tags: BTreeMap<String, Vec<u8>>,
    checkpoint: String,
    tree: tlog::Tree,
}

/// Gathers it; nothing for a medium that is sealed.
fn inside(office: &mut Office, id: &MediumId, stamp: Sha256) -> Result<Option<Inside>, ClerkFault> {
    let Some(medium) = to_seal(office, id, stamp)? else { return Ok(None) };
    let mut payload = Payload::default();
    let mut deposits = Vec::new();
    for deposit in &medium.deposits {
        for (name, file) in office.store.measure(&names::deposit(deposit))? {
            let fixity = Fixity { sha256: file.sha256, sha512: file.sha512, size_bytes: file.size_bytes };
            payload.add(&format!("data/{deposit}/{name}"), fixity)?;
        }
        deposits.push((deposit.clone(), seal_of(office, deposit)?));
    }
    let register = office.register_lines(medium.register_size)?;
    let mut tree = tlog::Tree::default();
    let lines = register.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.for_each(|line| tree.append(tlog::leaf_hash(line)));
    let checkpoint = tlog::checkpoint(&tlog::origin(id.school()), tree.size(), &tree.root());
    let mut tags = pages(office, id, &medium)?;
    let acts = acts_after_deposits(office, &medium)?;
    tags.extend(around(office, stamp, &medium, &acts)?);
    tags.extend(files_of(&acts));
    tags.extend(carried(office, &medium)?);
    tags.insert("niem-phong/so-theo-doi.jsonl".into(), register);
    Ok(Some(Inside { medium, payload, deposits, tags, checkpoint, tree }))
}

/// Everything on the medium but the deposits, the last signature of the stamp and its time.
struct Packed {
    tags: BTreeMap<String, Vec<u8>>,
    tag_files: TagFiles,
    statement: MediumStatement,
}

/// Lists what lies inside, and says in a statement what is sealed.
fn pack(
    office: &Office,
    id: &MediumId,
    inside: Inside,
    checkpoint_signature: Vec<u8>,
) -> Result<Packed, ClerkFault> {
    let Inside { medium, payload, deposits, mut tags, checkpoint, tree } = inside;
    tags.insert("niem-phong/checkpoint.txt".into(), checkpoint.into_bytes());
    tags.insert("niem-phong/checkpoint.txt.p7s".into(), checkpoint_signature);
    let info = MediumInfo {
        medium: id.clone(),
        set: medium.set.clone(),
        part: medium.part,
        bagging_date: medium.planned.date(),
        software_agent: medium.software_agent,
    };
    let listed = tags.iter().map(|(name, bytes)| (name.clone(), Fixity::of(bytes))).collect();
    let tag_files = bagit::medium_tag_files(&payload, &info, &listed)?;
    let statement = MediumStatement {
        medium: id.clone(),
        tagmanifest_sha256: Sha256::of(tag_files.tagmanifest_sha256.as_bytes()),
        tagmanifest_sha512: school::digest::Sha512::of(tag_files.tagmanifest_sha512.as_bytes()),
        deposits,
        previous_medium: previous(office, id),
        register_size: tree.size(),
        register_root: tree.root(),
    };
    Ok(Packed { tags, tag_files, statement })
}

/// Writes it all, with the time over the stamp's signature.
fn write(
    office: &mut Office,
    packed: &Packed,
    signature: &[u8],
    scratch: &Scratch,
) -> Result<(), ClerkFault> {
    let Packed { tags, tag_files, statement } = packed;
    let text = statement.text();
    let (_, response) = stamp_time(office, &Sha256::of(signature))?;
    let tags = tags.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    let seal = [
        ("niem-phong/niem-phong.txt", text.as_bytes()),
        ("niem-phong/niem-phong.txt.p7s", signature),
        ("niem-phong/niem-phong.txt.p7s.tsr", response.as_slice()),
    ];
    for (name, bytes) in tags.chain(tag_files.files()).chain(seal) {
        scratch.write(name, bytes)?;
    }
    Ok(())
}

fn seal_of(office: &Office, deposit: &DepositId) -> Result<Sha256, ClerkFault> {
    match office.ledger().deposits.get(deposit).map(|one| &one.stage) {
        Some(deposit::Stage::Sealed { seal, .. }) => Ok(*seal),
        _ => Err(ClerkFault::NotNow { code: "deposit.not_sealed", what: deposit.to_string() }),
    }
}

/// The seal of the medium before this one.
fn previous(office: &Office, id: &MediumId) -> Option<Sha256> {
    office.ledger().media.range(..id).rev().find_map(|(_, earlier)| match earlier.stage {
        Stage::Sealed { seal, .. } => Some(seal),
        Stage::Planned => None,
    })
}

/// What an inspector without a network needs: revocation data of the stamp and of the timestamp authority,
/// and the anchors, which are there to be looked at and compared, and which our judge never reads.
fn around(
    office: &mut Office,
    stamp: Sha256,
    medium: &Medium,
    acts: &[StoredAct],
) -> Result<BTreeMap<String, Vec<u8>>, ClerkFault> {
    let der = office.store.read_verified(&names::certificate(&stamp), stamp)?;
    let mut evidence = vec![of_timestamp_authority(office)?, look_up(office, &der)?.evidence];
    evidence.extend(of_earlier_authorities(office, medium)?);
    evidence.extend(evidence_of(office, acts)?);
    let revocation = revocation_files(&evidence);
    let anchors =
        office.authorities.anchors.iter().map(|anchor| {
            (format!("neo-tin-cay/{:.32}.der", Sha256::of(anchor).to_string()), anchor.clone())
        });
    Ok(revocation
        .into_iter()
        .map(|(name, bytes)| (format!("niem-phong/{name}"), bytes))
        .chain(anchors)
        .collect())
}
