//! Seals a deposit in one login of the stamp: its box on the record, read-back, register entry,
//! checkpoint, statement, signatures, timestamp (DESIGN, section 8). Then the whole folder is judged,
//! and only a valid one is published.

use std::collections::BTreeSet;
use std::fs::File;

use crafts::seal::Statement;
use crafts::signature::RevocationEvidence;
use school::deposit::DepositId;
use school::digest::{Sha256, Sha512};
use school::dossier::DossierId;
use school::identifier::SchoolYear;
use school::plan::BoxName;
use school::records::reader_frame::Subject;
use school::records::token_frame::Hash;
use school::role::Role;

use crate::clerk::deposit::ask_step;
use crate::clerk::elsewhere::evidence_of;
use crate::clerk::signer::{AtToken, Signer};
use crate::clerk::standing::{look_up, of_timestamp_authority, revocation_files};
use crate::clerk::timestamps::stamp_time;
use crate::clerk::turns::Turns;
use crate::clerk::{ClerkFault, Office, bag, names};
use crate::clock;
use crate::lifecycle::deposit::{Command, DepositRefusal, Stage, Step, sealing_record};
use crate::lifecycle::dossier::Dossier;
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::SealedDeposit;
use crate::lifecycle::to_sign::ToSign;
use crate::store::{Scratch, StoreRefusal};

/// How long the judgement of a whole deposit may take.
const JUDGEMENT_WAIT_MS: u64 = 600_000;

/// Who signs next on the way to a seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextSigner {
    /// The box of the sealing record; none for a seal of the stamp alone.
    pub signing_box: Option<BoxName>,
    /// In which capacity.
    pub role: Role,
    /// The certificate.
    pub certificate: Sha256,
    /// Name of its holder.
    pub name: String,
    /// Title of its holder.
    pub title: String,
}

impl NextSigner {
    /// What they sign of this deposit: a place of its record, or the seal.
    pub fn to_sign(&self, id: &DepositId) -> ToSign {
        match &self.signing_box {
            Some(name) if self.role != Role::ConDau => ToSign::place(&sealing_record(id).id(), name),
            _ => ToSign::Deposit { deposit: id.clone() },
        }
    }
}

/// Who signs next; nobody once the deposit is sealed.
///
/// Errors: `deposit.unknown`, `deposit.not_built`.
pub fn next_signer(office: &mut Office, id: &DepositId) -> Result<Option<NextSigner>, ClerkFault> {
    match ask_step(office, id, Command::Seal) {
        Ok(Step::Taken) => return Ok(None),
        Ok(Step::Take) | Err(DepositRefusal::RecordOpen(_)) => {}
        Err(refusal) => return Err(refusal.into()),
    }
    let in_force = office.year(id.year())?;
    let (people, at) = (in_force.people(), clock::now());
    let roster = &in_force.roster.1;
    let record = office.ledger().dossiers.get(&sealing_record(id).id());
    let open = record.and_then(|record| record.open_boxes().first());
    let holder = match open {
        Some(open) => match people.holder(open, at) {
            Some(holder) => holder,
            None => roster.holder(open)?,
        },
        None => roster.person(&roster.stamp)?,
    };
    Ok(Some(NextSigner {
        signing_box: open.map(|open| open.name.clone()),
        role: open.map_or(Role::ConDau, |open| open.role),
        certificate: people.certificate(&holder.id, at).unwrap_or(holder.certificate),
        name: holder.name.clone(),
        title: holder.title.clone(),
    }))
}

/// Signs the next place of the sealing record, in one login.
///
/// Errors: a refusal comes before C_Login.
pub fn sign_record<N: Turns>(
    turns: &mut N,
    at: AtToken<'_>,
    name: &BoxName,
    id: &DepositId,
) -> Result<(), ClerkFault> {
    let record = sealing_record(id).id();
    let to_sign = ToSign::place(&record, name);
    Signer::sits_for(turns, at, (&record, name), &to_sign, |turns, signer| {
        signer.sign_box(turns, &record, name)
    })
}

/// Seals and publishes the deposit in one login of the stamp. Doing it again changes nothing.
///
/// Errors: `deposit.record_open` while văn phòng or principal have not signed; any problem that the
/// judge finds in the folder.
pub fn seal<N: Turns>(turns: &mut N, at: AtToken<'_>, id: &DepositId) -> Result<(), ClerkFault> {
    let to_sign = ToSign::Deposit { deposit: id.clone() };
    Signer::sits(turns, at, &to_sign, |turns, stamp| seal_with(turns, stamp, id))
}

fn seal_with(turns: &mut impl Turns, stamp: &mut Signer<'_>, id: &DepositId) -> Result<(), ClerkFault> {
    let (deposit, certificate) = (id.clone(), stamp.certificate());
    let Some(open) = turns.take(move |office| boxes_of_stamp(office, &deposit, certificate))? else {
        return Ok(());
    };
    for name in open {
        stamp.sign_box(turns, &sealing_record(id).id(), &name)?;
    }
    let deposit = id.clone();
    let packed = turns.take(move |office| pack(office, &deposit))?;
    let text_signature = stamp.sign_detached(packed.statement.text().as_bytes(), Hash::Sha512)?;
    let checkpoint_signature = stamp.sign_detached(packed.statement.checkpoint().as_bytes(), Hash::Sha512)?;
    turns.take(move |office| publish(office, &packed, certificate, (&text_signature, &checkpoint_signature)))
}

/// The boxes of the sealing record that are left for the stamp; nothing for a deposit that is sealed.
fn boxes_of_stamp(
    office: &mut Office,
    id: &DepositId,
    stamp: Sha256,
) -> Result<Option<Vec<BoxName>>, ClerkFault> {
    if ask_step(office, id, Command::Seal)? == Step::Taken {
        return Ok(None);
    }
    if office.ledger().commissioned.is_none_or(|(_, known)| known != stamp) {
        return Err(ClerkFault::NotNow { code: "school.other_signers", what: id.to_string() });
    }
    let record = office.ledger().dossiers.get(&sealing_record(id).id());
    let open = record.map(|one| one.open_boxes().iter().map(|one| one.name.clone()).collect());
    Ok(Some(open.unwrap_or_default()))
}

/// A bag that lacks what the stamp's signatures are for.
struct Packed {
    scratch: Scratch,
    statement: Statement,
    record: Option<Vec<u8>>,
}

/// Packs the bag as it was built, and says in a statement what is sealed.
fn pack(office: &mut Office, id: &DepositId) -> Result<Packed, ClerkFault> {
    let scratch = office.store.scratch()?;
    let packed = bag::pack(office, id, Some(&scratch))?;
    let tagmanifest_sha256 = Sha256::of(packed.tag_files.tagmanifest_sha256.as_bytes());
    let tagmanifest_sha512 = Sha512::of(packed.tag_files.tagmanifest_sha512.as_bytes());
    let deposits = &office.ledger().deposits;
    // What people signed on the record is what must be sealed now.
    if deposits.get(id).map(|one| &one.stage)
        != Some(&Stage::Built { tagmanifest_sha256, tagmanifest_sha512 })
    {
        return Err(ClerkFault::NotNow { code: "deposit.changed", what: id.to_string() });
    }
    let previous_seal = deposits.range(..id).rev().find_map(|(_, earlier)| match earlier.stage {
        Stage::Sealed { seal, .. } => Some(seal),
        Stage::Planned | Stage::Built { .. } => None,
    });
    let in_force = office.year(id.year())?;
    let record_id = sealing_record(id).id();
    let record = match office.ledger().dossiers.get(&record_id).map(Dossier::latest) {
        Some((number, latest)) => {
            Some(office.store.read_verified(&names::revision(&record_id, number), latest.sha256)?)
        }
        None => None,
    };
    let (register_size, register_root) = office.tree_head();
    let statement = Statement {
        deposit: id.clone(),
        tagmanifest_sha256,
        tagmanifest_sha512,
        bien_ban_sha512: record.as_deref().map(Sha512::of),
        roster_sha256: in_force.roster.0,
        plans_sha256: in_force.plans.0,
        previous_seal,
        register_size,
        register_root,
    };
    Ok(Packed { scratch, statement, record })
}

/// Lays `niem-phong/` beside what was packed, has the whole folder judged and publishes it.
///
/// Errors: `deposit.changed` where it was built anew or sealed while the token signed.
fn publish(
    office: &mut Office,
    packed: &Packed,
    stamp: Sha256,
    signatures: (&[u8], &[u8]),
) -> Result<(), ClerkFault> {
    let Packed { scratch, statement, .. } = packed;
    let Statement { deposit: id, tagmanifest_sha256, tagmanifest_sha512, .. } = statement;
    let built =
        Stage::Built { tagmanifest_sha256: *tagmanifest_sha256, tagmanifest_sha512: *tagmanifest_sha512 };
    if office.ledger().deposits.get(id).is_none_or(|one| one.stage != built) {
        return Err(ClerkFault::NotNow { code: "deposit.changed", what: id.to_string() });
    }
    write_seal(office, packed, stamp, signatures)?;
    let statement = statement.digest();
    let key = names::staged_deposit(id, &statement);
    office.store.stage_folder(scratch, &key)?;
    let path = office.store.staged_folder(&key)?;
    let folder = File::open(&path).map_err(|source| StoreRefusal::Io { path, source })?;
    let circumstances = office.circumstances(None)?;
    let reports = office.reader.judge_file(Subject::Folder, &circumstances, &folder, JUDGEMENT_WAIT_MS)?;
    let sealed = SealedDeposit::from_reports(&reports, statement)?;
    let event = Event::DepositSealed { deposit: id.clone(), seal: sealed.seal(), record: None };
    office.commit_folder(event, &key, &names::deposit(id), statement, &[])
}

/// Writes `niem-phong/`, with the time over the stamp's signature.
fn write_seal(
    office: &mut Office,
    packed: &Packed,
    stamp: Sha256,
    (text_signature, checkpoint_signature): (&[u8], &[u8]),
) -> Result<(), ClerkFault> {
    let Packed { scratch, statement, record } = packed;
    let id = &statement.deposit;
    let (text, checkpoint) = (statement.text(), statement.checkpoint());
    let (_, response) = stamp_time(office, &Sha256::of(text_signature))?;
    let register = office.register_lines(statement.register_size)?;
    if let Some(record) = record {
        scratch.write("niem-phong/bien-ban.pdf", record)?;
    }
    let files: [(&str, &[u8]); 6] = [
        ("so-theo-doi.jsonl", &register),
        ("checkpoint.txt", checkpoint.as_bytes()),
        ("checkpoint.txt.p7s", checkpoint_signature),
        ("niem-phong.txt", text.as_bytes()),
        ("niem-phong.txt.p7s", text_signature),
        ("niem-phong.txt.p7s.tsr", &response),
    ];
    for (name, bytes) in files {
        scratch.write(&format!("niem-phong/{name}"), bytes)?;
    }
    let elsewhere = evidence_of(office, &office.ledger().deposits[id].dossiers.clone())?;
    let signers = (&sealing_record(id).id(), stamp, id.year());
    write_revocation_data(office, signers, elsewhere, scratch)
}

/// Lays revocation data of everyone who signed the record or an act, and of what was signed elsewhere, beside the
/// seal, asked for after the last signature: an inspector without a network needs it, and the record itself gets no
/// DSS.
fn write_revocation_data(
    office: &mut Office,
    (record, stamp, year): (&DossierId, Sha256, SchoolYear),
    elsewhere: RevocationEvidence,
    scratch: &Scratch,
) -> Result<(), ClerkFault> {
    let mut all = vec![of_timestamp_authority(office)?, elsewhere];
    let of_record = office.ledger().dossiers.get(record).map(Dossier::signers).unwrap_or_default();
    let mut signers: BTreeSet<Sha256> = of_record.into_iter().chain([stamp]).collect();
    signers.extend(office.ledger().acts.signers(year));
    // Who signed roster and plans; a snapshot has no record that the principal signs too.
    let in_force = office.year(year)?;
    let roster = &in_force.roster.1;
    for person in [&roster.principal, &roster.stamp] {
        signers.insert(roster.person(person)?.certificate);
    }
    for signer in signers {
        let certificate = office.store.read_verified(&names::certificate(&signer), signer)?;
        all.push(look_up(office, &certificate)?.evidence);
    }
    for (name, bytes) in revocation_files(&all) {
        scratch.write(&format!("niem-phong/{name}"), &bytes)?;
    }
    Ok(())
}
