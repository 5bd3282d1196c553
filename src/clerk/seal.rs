//! Seals a deposit in one login of the stamp: its box on the record, read-back, register entry,
//! checkpoint, statement, signatures, timestamp (DESIGN, section 8). Then the whole folder is judged,
//! and only a valid one is published.

use std::fs::File;

use crafts::seal::Statement;
use school::deposit::DepositId;
use school::digest::{Sha256, Sha512};
use school::dossier::DossierId;
use school::plan::BoxName;
use school::records::reader_frame::Subject;
use school::records::token_frame::Hash;
use school::role::Role;

use crate::clerk::close::stamp_time;
use crate::clerk::sign::{Signer, sign_box};
use crate::clerk::standing::{look_up, of_timestamp_authority, revocation_files};
use crate::clerk::{ClerkFault, Office, bag, names};
use crate::lifecycle::deposit::{Stage, sealing_record};
use crate::lifecycle::dossier;
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::SealedDeposit;
use crate::store::{Scratch, StoreRefusal};

/// How long the judgement of a whole deposit may take.
const JUDGEMENT_WAIT_MS: u64 = 600_000;

/// True when the record of a built deposit waits for nothing but the stamp.
fn seal_is_due(office: &Office, id: &DepositId) -> bool {
    let built = office.ledger().deposits.get(id).is_some_and(|one| matches!(one.stage, Stage::Built { .. }));
    let record = office.ledger().dossiers.get(&sealing_record(id).id());
    built
        && record.is_some_and(|record| match &record.stage {
            dossier::Stage::AwaitingTurn(awaiting) => {
                awaiting.open.iter().all(|one| one.role == Role::ConDau)
            }
            dossier::Stage::Signed(_) => true,
            dossier::Stage::Closed(_) | dossier::Stage::Withdrawn(_) => false,
        })
}

/// Seals and publishes the deposit; `stamp` is the stamp's one login for it.
///
/// Errors: `deposit.record_open` while văn phòng or principal have not signed; any problem that the
/// judge finds in the folder.
pub fn seal(office: &mut Office, stamp: &mut Signer<'_>, id: &DepositId) -> Result<(), ClerkFault> {
    if !seal_is_due(office, id) {
        return Err(ClerkFault::NotNow { code: "deposit.record_open", what: id.to_string() });
    }
    if office.ledger().commissioned.is_none_or(|(_, known)| known != stamp.certificate()) {
        return Err(ClerkFault::NotNow { code: "school.other_signers", what: id.to_string() });
    }
    let record = sealing_record(id).id();
    let open: Vec<BoxName> =
        office.ledger().dossiers[&record].open_boxes().iter().map(|one| one.name.clone()).collect();
    for name in open {
        sign_box(office, stamp, &record, &name)?;
    }
    let scratch = office.store.scratch()?;
    let statement = pack_sealed(office, stamp, id, &scratch)?;
    let key = names::staged_deposit(id, &statement);
    office.store.stage_folder(&scratch, &key)?;
    let path = office.store.staged_folder(&key)?;
    let folder = File::open(&path).map_err(|source| StoreRefusal::Io { path, source })?;
    let circumstances = office.circumstances(None)?;
    let reports = office.reader.judge_file(Subject::Folder, &circumstances, &folder, JUDGEMENT_WAIT_MS)?;
    let sealed = SealedDeposit::from_reports(&reports, statement)?;
    let event = Event::DepositSealed { deposit: id.clone(), seal: sealed.seal() };
    office.commit_folder(event, &key, &names::deposit(id), &[])
}

/// Packs the bag with its `niem-phong/` and returns the digest of the statement.
fn pack_sealed(
    office: &mut Office,
    stamp: &mut Signer<'_>,
    id: &DepositId,
    scratch: &Scratch,
) -> Result<Sha256, ClerkFault> {
    let packed = bag::pack(office, id, scratch)?;
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
    let (number, latest) = office.ledger().dossiers[&record_id].latest();
    let record = office.store.read_verified(&names::revision(&record_id, number), latest.sha256)?;
    let (register_size, register_root) = office.tree_head();
    let statement = Statement {
        deposit: id.clone(),
        tagmanifest_sha256,
        tagmanifest_sha512,
        bien_ban_sha512: Sha512::of(&record),
        roster_sha256: in_force.roster.0,
        plans_sha256: in_force.plans.0,
        previous_seal,
        register_size,
        register_root,
    };
    let (text, checkpoint) = (statement.text(), statement.checkpoint());
    let text_signature = stamp.sign_detached(text.as_bytes(), Hash::Sha512)?;
    let checkpoint_signature = stamp.sign_detached(checkpoint.as_bytes(), Hash::Sha512)?;
    let (_, response) = stamp_time(office, &Sha256::of(&text_signature))?;
    let register = office.register_lines(register_size)?;
    let files: [(&str, &[u8]); 7] = [
        ("bien-ban.pdf", &record),
        ("so-theo-doi.jsonl", &register),
        ("checkpoint.txt", checkpoint.as_bytes()),
        ("checkpoint.txt.p7s", &checkpoint_signature),
        ("niem-phong.txt", text.as_bytes()),
        ("niem-phong.txt.p7s", &text_signature),
        ("niem-phong.txt.p7s.tsr", &response),
    ];
    for (name, bytes) in files {
        scratch.write(&format!("niem-phong/{name}"), bytes)?;
    }
    write_revocation_data(office, &record_id, scratch)?;
    Ok(statement.digest())
}

/// Lays revocation data of everyone who signed the record beside the seal, asked for after the last
/// signature: an inspector without a network needs it, and the record itself gets no DSS.
fn write_revocation_data(
    office: &mut Office,
    record: &DossierId,
    scratch: &Scratch,
) -> Result<(), ClerkFault> {
    let mut all = vec![of_timestamp_authority(office)?];
    for signer in office.ledger().dossiers[record].signers() {
        let certificate = office.store.read_verified(&names::certificate(&signer), signer)?;
        all.push(look_up(office, &certificate)?.evidence);
    }
    for (name, bytes) in revocation_files(&all) {
        scratch.write(&format!("niem-phong/{name}"), &bytes)?;
    }
    Ok(())
}
