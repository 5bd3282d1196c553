//! Bảng tổng hợp sửa chữa: the summary of a year's corrections, which the yearly archive asks for (S2, Đ.9).

use crafts::document::{self, CorrectionSummary, SummedCase, SummedOutcome};
use crafts::pdf::Packing;
use school::dossier::{DocumentKind, DossierId, DossierKey, DossierOf, Period};
use school::identifier::SchoolYear;

use crate::clerk::correct::{CorrectionCase, correction, next_number};
use crate::clerk::render::{BaseOf, register_base};
use crate::clerk::{ClerkFault, Office};
use crate::clock;
use crate::lifecycle::correction::{CaseId, CorrectionRefusal, Standing};
use crate::lifecycle::dossier::{Dossier, Stage};

/// Makes the summary of all cases of a year. While one is not closed it is that one; a later one lists all
/// cases anew.
///
/// Errors: `correction.nothing_to_sum` where there is no case, or the closed summary lists all that ended.
pub fn sum_corrections(office: &mut Office, year: SchoolYear) -> Result<DossierId, ClerkFault> {
    let summaries: Vec<(DossierId, Dossier)> = office
        .ledger()
        .dossiers
        .iter()
        .filter(|(_, one)| one.key.kind() == DocumentKind::TongHopSuaChua && one.key.year == year)
        .map(|(id, one)| (id.clone(), one.clone()))
        .collect();
    if let Some((open, _)) = summaries.iter().find(|(_, one)| !matches!(one.stage, Stage::Closed(_))) {
        return Ok(open.clone());
    }
    let ids: Vec<CaseId> = office.ledger().corrections.of_year(year).map(|case| case.id.clone()).collect();
    let cases = ids.iter().map(|id| correction(office, id)).collect::<Result<Vec<_>, _>>()?;
    let latest = summaries.last().map(|(_, one)| one);
    if cases.iter().all(|known| latest.is_some_and(|latest| lists(latest, known))) {
        return Err(CorrectionRefusal::NothingToSum.into());
    }
    let number = next_number(summaries.len())?;
    let key = DossierKey::new(year, DossierOf::TongHopSuaChua(number), Period::FullYear);
    let in_force = office.year(year)?;
    let plan = in_force.plans.1.expand(&key, None, &[], in_force.roster.0, in_force.plans.0)?;
    let records: Vec<Option<DossierId>> = cases
        .iter()
        .map(|known| (known.standing == Standing::CarriedOut).then(|| known.case.record().id()))
        .collect();
    let summed: Vec<SummedCase> =
        cases.iter().zip(&records).map(|(known, record)| summed(office, known, record.as_ref())).collect();
    let rendered = document::correction_summary(&CorrectionSummary {
        cases: &summed,
        roster: &in_force.roster.1,
        plan: &plan,
        decided: clock::now(),
    })?;
    let corrects = records.into_iter().flatten().collect();
    let of = BaseOf { exports: Vec::new(), pupil: None, supplements: None, corrects };
    register_base(office, &key, &rendered, plan, Packing::Classic, of)?;
    Ok(key.id())
}

/// Whether a closed summary lists the case as it stands now.
fn lists(summary: &Dossier, known: &CorrectionCase) -> bool {
    let made = summary.revisions[0].recorded;
    match (&known.case.ended, known.standing) {
        (Some(ended), _) => ended.at <= made,
        (None, Standing::CarriedOut) => summary.corrects.contains(&known.case.record().id()),
        // What goes on is listed when it has ended.
        (None, _) => known.case.opened <= made,
    }
}

fn summed<'a>(office: &Office, known: &'a CorrectionCase, record: Option<&'a DossierId>) -> SummedCase<'a> {
    let closed = record.and_then(|record| office.ledger().dossiers.get(record));
    let closed = closed.map(|record| record.latest().1.recorded);
    let ended = known.case.ended.as_ref().map(|ended| ended.at);
    SummedCase {
        number: &known.case.id.number,
        outcome: match known.standing {
            Standing::CarriedOut => SummedOutcome::CarriedOut,
            Standing::Refused => SummedOutcome::Refused,
            Standing::Withdrawn => SummedOutcome::Withdrawn,
            Standing::Opened
            | Standing::Requested
            | Standing::Consented
            | Standing::Recorded
            | Standing::RecordSigned => SummedOutcome::UnderWay,
        },
        at: closed.or(ended).unwrap_or(known.case.opened),
        record,
        gradebooks: [&known.before, &known.after],
        changes: &known.changes,
    }
}
