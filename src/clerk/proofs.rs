//! Proofs of time for what is sealed already: a timestamp authority is asked again, over the timestamp of the seal,
//! and the answer goes on the next medium, beside the deposit and never into it (invariant 13). Where the machine
//! has no way out, the request leaves on a stick and the answer comes back on one.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crafts::cms;
use crafts::signature::RevocationEvidence;
use school::deposit::DepositId;
use school::digest::Sha256;
use school::moment::Moment;

use crate::clerk::standing::look_up;
use crate::clerk::timestamps::stamp_time;
use crate::clerk::{ClerkFault, Office, checkpoint_signatures, names};
use crate::lifecycle::deposit::Stage;
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::ProvenTime;
use crate::lifecycle::medium::Medium;

/// What a proof lies beside: statement, signature, and the timestamp that it is over.
const SEAL: [&str; 3] = ["niem-phong.txt", "niem-phong.txt.p7s", "niem-phong.txt.p7s.tsr"];

/// Asks the authority about a sealed deposit and keeps the answer.
///
/// Errors: the authority is away or refuses; the judge does not confirm its answer.
pub fn prove_time(office: &mut Office, deposit: &DepositId) -> Result<Moment, ClerkFault> {
    let over = over(office, deposit)?;
    let (_, answer) = stamp_time(office, &Sha256::of(&over))?;
    keep(office, deposit, &over, &answer)
}

/// The request about a sealed deposit, to be taken to the authority by hand.
///
/// Errors: the deposit is not sealed.
pub fn time_request(office: &Office, deposit: &DepositId) -> Result<Vec<u8>, ClerkFault> {
    let imprint = Sha256::of(&over(office, deposit)?);
    Ok(cms::timestamp_request(&imprint, number_of(&imprint))?)
}

/// Keeps an answer that somebody brought, and says whose it is.
///
/// Errors: `timestamp.not_asked` when it is about no sealed deposit of this school; the judge does not confirm it.
pub fn take_time_answer(office: &mut Office, answer: &[u8]) -> Result<(DepositId, Moment), ClerkFault> {
    for deposit in sealed(office) {
        let over = over(office, &deposit)?;
        let imprint = Sha256::of(&over);
        if cms::timestamp_token(answer, &imprint, number_of(&imprint)).is_ok() {
            let time = keep(office, &deposit, &over, answer)?;
            return Ok((deposit, time));
        }
    }
    Err(ClerkFault::NotNow { code: "timestamp.not_asked", what: "answer".into() })
}

/// Every sealed deposit.
pub fn sealed(office: &Office) -> Vec<DepositId> {
    let deposits = office.ledger().deposits.iter();
    deposits.filter(|(_, one)| matches!(one.stage, Stage::Sealed { .. })).map(|(id, _)| id.clone()).collect()
}

/// An old answer proves an older time and does no harm, so that the request needs no chance; a number that comes
/// from what is asked about tells whose answer it is.
fn number_of(imprint: &Sha256) -> u64 {
    imprint.as_bytes().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn over(office: &Office, deposit: &DepositId) -> Result<Vec<u8>, ClerkFault> {
    if !sealed(office).contains(deposit) {
        return Err(ClerkFault::NotNow { code: "deposit.not_sealed", what: deposit.to_string() });
    }
    Ok(office.store.read(&paper(deposit, SEAL[2]))?)
}

fn paper(deposit: &DepositId, name: &str) -> String {
    format!("{}/niem-phong/{name}", names::deposit(deposit))
}

fn keep(office: &mut Office, deposit: &DepositId, over: &[u8], answer: &[u8]) -> Result<Moment, ClerkFault> {
    let evidence = look_up(office, &cms::timestamp_signer_of_answer(answer)?)?.evidence;
    let mut circumstances = office.circumstances(None)?;
    circumstances.crls.extend(evidence.crls.iter().map(|one| STANDARD.encode(one)));
    circumstances.ocsps.extend(evidence.ocsps.iter().map(|one| STANDARD.encode(one)));
    let stamp = office.reader.timestamp(&circumstances, answer, over)?;
    let proven = ProvenTime::of((stamp.trusted && stamp.unrevoked).then_some(stamp.time))?;
    let sha256 = Sha256::of(answer);
    office.publish(&names::proof(deposit, &sha256), answer)?;
    if !office.ledger().proofs.get(deposit).is_some_and(|kept| kept.contains(&sha256)) {
        office.record(Event::TimeProven { deposit: deposit.clone(), answer: sha256, record: None })?;
    }
    Ok(proven.time())
}

/// What a medium carries of proofs and of the checkpoints that people signed at the end of their sittings, by its
/// name on the medium.
pub(super) fn carried(office: &Office, medium: &Medium) -> Result<BTreeMap<String, Vec<u8>>, ClerkFault> {
    let mut files = BTreeMap::new();
    for (deposit, answers) in &office.ledger().proofs {
        let folder = format!("bang-chung/{deposit}");
        for name in SEAL {
            files.insert(format!("{folder}/{name}"), office.store.read(&paper(deposit, name))?);
        }
        for answer in answers {
            let bytes = office.store.read_verified(&names::proof(deposit, answer), *answer)?;
            files.insert(format!("{folder}/{:.32}.tsr", answer.to_string()), bytes);
        }
    }
    for signed in checkpoint_signatures(office).into_iter().filter(|one| one.size <= medium.register_size) {
        let folder = format!("niem-phong/diem-chot/{}", signed.size);
        let signature = office.store.read(&signed.signature)?;
        files.insert(format!("{folder}/checkpoint.txt"), office.store.read(&signed.text)?);
        files.insert(format!("{folder}/{:.32}.p7s", Sha256::of(&signature).to_string()), signature);
    }
    Ok(files)
}

/// Fresh revocation data for every authority that stamped a deposit of the medium or a proof: with them an old
/// timestamp can be judged as of today.
pub(super) fn of_earlier_authorities(
    office: &mut Office,
    medium: &Medium,
) -> Result<Vec<RevocationEvidence>, ClerkFault> {
    let mut answers = Vec::new();
    for deposit in medium.deposits.iter().chain(office.ledger().proofs.keys()) {
        answers.push(office.store.read(&paper(deposit, SEAL[2]))?);
    }
    for (deposit, kept) in &office.ledger().proofs {
        for answer in kept {
            answers.push(office.store.read_verified(&names::proof(deposit, answer), *answer)?);
        }
    }
    let mut signers = Vec::new();
    for answer in answers {
        let signer = cms::timestamp_signer_of_answer(&answer)?;
        // The present one is asked about anyway.
        if !signers.contains(&signer) && office.timestamps.signer.as_ref() != Some(&signer) {
            signers.push(signer);
        }
    }
    signers.iter().map(|signer| Ok(look_up(office, signer)?.evidence)).collect()
}
