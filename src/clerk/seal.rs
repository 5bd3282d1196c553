//! Seals a deposit in one login of the stamp: its box on the record, read-back, register entry,
//! checkpoint, statement, signatures, timestamp (DESIGN, section 8). Then the whole folder is judged,
//! and only a valid one is published.

use std::fs::File;
use std::time::Duration;

use crafts::seal::Statement;
use crafts::tlog;
use school::digest::{Sha256, Sha512};
use school::identifier::SchoolYear;
use school::plan::BoxName;
use school::records::reader_frame::Subject;
use school::records::token_frame::Hash;
use school::role::Role;

use crate::clerk::close::stamp_time;
use crate::clerk::sign::{Signer, sign_box};
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::deposit::{DepositId, Stage};
use crate::lifecycle::dossier;
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::SealedDeposit;

/// How long the judgement of a whole deposit may take.
const JUDGEMENT_WAIT: Duration = Duration::from_secs(600);

/// True when the record of a built deposit waits for nothing but the stamp.
pub fn seal_is_due(office: &Office, id: &DepositId) -> bool {
    let built = office.ledger().deposits.get(id).is_some_and(|one| matches!(one.stage, Stage::Built { .. }));
    let record = office.ledger().dossiers.get(&id.sealing_record().id());
    built
        && record.is_some_and(|record| match &record.stage {
            dossier::Stage::AwaitingTurn(awaiting) => awaiting.open.iter().all(|one| one.role == Role::ConDau),
            dossier::Stage::Signed(_) => true,
            dossier::Stage::Closed(_) => false,
        })
}

/// Seals and publishes the deposit; `stamp` is the stamp's one login for it.
///
/// Errors: `deposit.record_open` while văn phòng or principal have not signed; any problem that the
/// judge finds in the folder.
pub fn seal(office: &mut Office, stamp: &mut Signer, id: &DepositId) -> Result<(), ClerkFault> {
    if !seal_is_due(office, id) {
        return Err(ClerkFault::NotNow { code: "deposit.record_open", what: id.to_string() });
    }
    let record = id.sealing_record().id();
    let open: Vec<BoxName> =
        office.ledger().dossiers[&record].open_boxes().iter().map(|one| one.name.clone()).collect();
    for name in open {
        sign_box(office, stamp, &record, &name)?;
    }
    let statement = write_seal(office, stamp, id)?;
    let folder = File::open(office.store.packing(id)).map_err(crate::store::StoreRefusal::from)?;
    let circumstances = office.circumstances(None)?;
    let reports = office.reader.judge_file(Subject::Folder, &circumstances, &folder, JUDGEMENT_WAIT)?;
    let sealed = SealedDeposit::from_reports(&reports, statement)?;
    office.record(Event::DepositSealed { deposit: id.clone(), seal: sealed.seal() })?;
    office.store.publish_deposit(id)?;
    Ok(())
}

/// Writes `niem-phong/` and returns the digest of the statement.
fn write_seal(office: &mut Office, stamp: &mut Signer, id: &DepositId) -> Result<Sha256, ClerkFault> {
    let (size, root) = office.tree_head();
    let school = office.year(id.year())?.roster.1.school.code;
    let checkpoint = tlog::checkpoint(&format!("niemphong/{school}"), size, &root);
    let record_id = id.sealing_record().id();
    let (number, latest) = office.ledger().dossiers[&record_id].latest();
    let record = office.store.read_verified(&names::revision(&record_id, number), latest.sha256)?;
    let statement = statement(office, id, &record, &checkpoint)?.text();
    let digest = Sha256::of(statement.as_bytes());
    let statement_signature = stamp.sign_detached(statement.as_bytes(), Hash::Sha512)?;
    let checkpoint_signature = stamp.sign_detached(checkpoint.as_bytes(), Hash::Sha512)?;
    let (_, response) = stamp_time(office, &Sha256::of(&statement_signature))?;
    let register = office.register_lines(size)?;
    let packing = office.store.packing(id).join("niem-phong");
    let files: [(&str, &[u8]); 7] = [
        ("bien-ban.pdf", &record),
        ("so-theo-doi.jsonl", &register),
        ("checkpoint.txt", checkpoint.as_bytes()),
        ("checkpoint.txt.p7s", &checkpoint_signature),
        ("niem-phong.txt", statement.as_bytes()),
        ("niem-phong.txt.p7s", &statement_signature),
        ("niem-phong.txt.p7s.tsr", &response),
    ];
    office.store.write_unpublished(&packing, &files)?;
    Ok(digest)
}

fn statement(
    office: &mut Office,
    id: &DepositId,
    record: &[u8],
    checkpoint: &str,
) -> Result<Statement, ClerkFault> {
    let year: SchoolYear = id.year();
    let in_force = office.year(year)?;
    let deposits = &office.ledger().deposits;
    let Some(Stage::Built { tagmanifest_sha256, tagmanifest_sha512 }) = deposits.get(id).map(|one| one.stage.clone())
    else {
        return Err(ClerkFault::NotNow { code: "deposit.not_built", what: id.to_string() });
    };
    let previous_seal = deposits.range(..id).rev().find_map(|(_, earlier)| match earlier.stage {
        Stage::Sealed { seal, .. } => Some(seal),
        Stage::Planned | Stage::Built { .. } => None,
    });
    Ok(Statement {
        deposit: id.to_string(),
        tagmanifest_sha256,
        tagmanifest_sha512,
        bien_ban_sha512: Sha512::of(record),
        roster: in_force.roster.0,
        plans: in_force.plans.0,
        previous_seal,
        checkpoint: checkpoint.to_owned(),
    })
}
