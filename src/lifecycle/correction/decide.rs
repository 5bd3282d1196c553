//! Which step may a case take now? One table over standing and command.

use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::plan::Templates;

use super::{Case, CaseId, CorrectionRefusal, Standing};
use crate::lifecycle::export;
use crate::lifecycle::ledger::Ledger;

/// What is asked of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Make the request (phiếu đề nghị sửa).
    Request,
    /// Make the record (biên bản sửa chữa).
    Record,
    /// The principal refuses it.
    Refuse,
    /// It is taken back.
    Withdraw,
}

/// What the command comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is to be done now.
    Take,
    /// It was done before; asking again changes nothing.
    Taken,
}

/// Whether the step may be taken.
///
/// Errors: see [`CorrectionRefusal`]; no pair of standing and command is left out.
pub fn ask(id: &CaseId, standing: Option<Standing>, command: Command) -> Result<Step, CorrectionRefusal> {
    use Standing::{CarriedOut, Consented, Opened, RecordSigned, Recorded, Refused, Requested, Withdrawn};
    let refused = |refusal: fn(CaseId) -> CorrectionRefusal| Err(refusal(id.clone()));
    match (standing, command) {
        (None, _) => refused(CorrectionRefusal::Unknown),
        (Some(Opened), Command::Request) => Ok(Step::Take),
        (Some(Requested | Consented | Recorded | RecordSigned | CarriedOut), Command::Request) => {
            Ok(Step::Taken)
        }
        (Some(Opened | Requested), Command::Record) => refused(CorrectionRefusal::NotConsented),
        (Some(Consented), Command::Record) => Ok(Step::Take),
        (Some(Recorded | RecordSigned | CarriedOut), Command::Record) => Ok(Step::Taken),
        (Some(Refused | Withdrawn), Command::Request | Command::Record) => refused(CorrectionRefusal::Ended),
        (Some(Opened), Command::Refuse) => refused(CorrectionRefusal::NotRequested),
        (Some(Requested | Consented | Recorded), Command::Refuse) => Ok(Step::Take),
        (Some(Opened | Requested | Consented | Recorded), Command::Withdraw) => Ok(Step::Take),
        (Some(Refused), Command::Refuse) | (Some(Withdrawn), Command::Withdraw) => Ok(Step::Taken),
        (Some(Refused), Command::Withdraw) | (Some(Withdrawn), Command::Refuse) => {
            refused(CorrectionRefusal::Ended)
        }
        // From the last signature on it is carried out: what it corrects may be under way already.
        (Some(RecordSigned | CarriedOut), Command::Refuse | Command::Withdraw) => {
            refused(CorrectionRefusal::CarriedOut)
        }
    }
}

/// Whether `after` may open a case against `before`, which is the locked export of its class and period.
///
/// Errors: [`CorrectionRefusal::NotProvided`] where the plans of the year know no correction,
/// [`CorrectionRefusal::UnderWay`], [`CorrectionRefusal::NothingSigned`].
pub fn ask_to_open(ledger: &Ledger, plans: &Templates, before: &Sha256) -> Result<(), CorrectionRefusal> {
    let papers = [DocumentKind::PhieuDeNghiSua, DocumentKind::BienBanSuaChua];
    if !papers.iter().all(|kind| plans.provide(*kind)) {
        return Err(CorrectionRefusal::NotProvided);
    }
    if let Some(Case { id, .. }) = ledger.corrections.under_way(ledger, before) {
        return Err(CorrectionRefusal::UnderWay(id.clone()));
    }
    if is_signed(ledger, before) { Ok(()) } else { Err(CorrectionRefusal::NothingSigned(*before)) }
}

/// Somebody signed what was made of it, or it was locked by a correction: it cannot be opened again.
fn is_signed(ledger: &Ledger, export: &Sha256) -> bool {
    let Some(export::Stage::Accepted(accepted)) = ledger.exports.stage(export) else { return false };
    let lock = accepted.locked_by.as_ref();
    lock.is_some_and(|lock| ledger.corrections.of_record(lock).is_some())
        || lock.is_some() && ledger.made_from(export).any(|(_, made)| !made.signers().is_empty())
}
