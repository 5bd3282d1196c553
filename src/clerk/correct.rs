//! Corrections: a changed export opens a case, whoever made the entries asks, the principal agrees, and the
//! signed record locks the corrected data (DOMAIN, 1.4, R3 to R7). The new versions come from
//! [`super::make_bases`]. Everything that a face needs of a case is [`CorrectionCase`].

use crafts::document::{
    self, ChangedValue, Corrected, CorrectionRecord, CorrectionRequest, PaperWitness, changed_values,
    printed_changes,
};
use crafts::pdf::Packing;
use school::correction::Concerned;
use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey};
use school::gradebook::{Change, Gradebook, changes};
use school::identifier::{DecisionNumber, PersonId, SchoolYear};
use school::plan::{Plan, PlanFault};
use school::records::canonical;
use school::records::reason::Reason;
use school::role::Role;

use crate::clerk::check::check_once;
use crate::clerk::refuse::keep_reason;
use crate::clerk::render::{BaseOf, documents_of, register_base};
use crate::clerk::{ClerkFault, Office, names};
use crate::clock;
use crate::lifecycle::check;
use crate::lifecycle::correction::{
    Case, CaseId, Command, CorrectionRefusal, Standing, Step, ask, ask_to_open,
};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::Event;
use crate::lifecycle::export::{self, Accepted};

/// A case with everything that is told about it.
#[derive(Debug, Clone)]
pub struct CorrectionCase {
    /// The case.
    pub case: Case,
    /// Where it stands.
    pub standing: Standing,
    /// As locked.
    pub before: Gradebook,
    /// As it is to be.
    pub after: Gradebook,
    /// The values that differ.
    pub changes: Vec<Change>,
    /// The same in the words of the form.
    pub in_words: Vec<ChangedValue>,
}

/// A case with its values.
///
/// Errors: `correction.unknown`.
pub fn correction(office: &Office, id: &CaseId) -> Result<CorrectionCase, ClerkFault> {
    let case = office.ledger().corrections.get(id).cloned();
    let case = case.ok_or_else(|| CorrectionRefusal::Unknown(id.clone()))?;
    let standing = case.standing(office.ledger());
    let read = |export: &Sha256| office.gradebook(export, accepted(office, export)?);
    let (before, after) = (read(&case.before)?, read(&case.after)?);
    let changes = changes(&before, &after, None);
    let in_words = changed_values(&changes, &before, &after);
    Ok(CorrectionCase { case, standing, before, after, changes, in_words })
}

/// Opens a case for an accepted export that says signed data otherwise, also again after another one about it
/// was refused or taken back.
///
/// Errors: see [`CorrectionRefusal`].
pub fn open_correction(office: &mut Office, export: Sha256) -> Result<CaseId, ClerkFault> {
    let (before, changes) = against(office, export)?.ok_or(CorrectionRefusal::NothingChanged(export))?;
    open(office, before, export, &changes)
}

/// As [`open_correction`], unless there ever was a case about the export, or nothing to correct.
pub(super) fn open_once(office: &mut Office, export: Sha256) -> Result<Option<CaseId>, ClerkFault> {
    let year = accepted(office, &export)?.year;
    if office.ledger().corrections.of_year(year).any(|case| case.after == export) {
        return Ok(None);
    }
    let Some((before, changes)) = against(office, export)? else { return Ok(None) };
    let plans = office.year(year)?;
    if ask_to_open(office.ledger(), &plans.plans.1, &before).is_err() {
        return Ok(None);
    }
    Ok(Some(open(office, before, export, &changes)?))
}

pub(super) fn open(
    office: &mut Office,
    before: Sha256,
    after: Sha256,
    changes: &[Change],
) -> Result<CaseId, ClerkFault> {
    let year = accepted(office, &before)?.year;
    let in_force = office.year(year)?;
    ask_to_open(office.ledger(), &in_force.plans.1, &before)?;
    let number = next_number(office.ledger().corrections.of_year(year).count())?;
    let list = canonical::to_bytes(&changes).map_err(|_| ClerkFault::Form { what: "changes" })?;
    let mut pupils: Vec<_> = changes.iter().filter_map(Change::pupil).collect();
    pupils.sort();
    pupils.dedup();
    let id = CaseId { year, number: number.clone() };
    let changes = Sha256::of(&list);
    office.record(Event::CorrectionOpened { year, number, before, after, changes, pupils, record: None })?;
    Ok(id)
}

/// Makes the request, with the reason in the words of `person`, who made one of the entries. Asking again
/// changes nothing.
///
/// Errors: see [`CorrectionRefusal`].
pub fn request_correction(
    office: &mut Office,
    id: &CaseId,
    person: &PersonId,
    reason: &str,
) -> Result<DossierId, ClerkFault> {
    let known = known(office, id, Command::Request)?;
    let CorrectionCase { case, before, after, changes, .. } = &known.0;
    let key = case.request();
    if known.1 == Step::Taken {
        return Ok(key.id());
    }
    let plan = plan(office, &key, &known.0)?;
    if !proposers(office, id.year, &plan)?.contains(person) {
        return Err(CorrectionRefusal::NotYours(person.clone()).into());
    }
    // Asked for before a kill: the words that were recorded then stand.
    let reason = match &case.requested {
        Some((_, record)) => read_reason(office, *record)?,
        None => reason.to_owned(),
    };
    let in_force = office.year(id.year)?;
    let rendered = document::correction_request(&CorrectionRequest {
        corrected: Corrected { before: (before, case.before), after: (after, case.after), changes },
        reason: &reason,
        roster: &in_force.roster.1,
        plan: &plan,
        decided: clock::now(),
    })?;
    // Words that cannot be printed are refused before they are recorded.
    if case.requested.is_none() {
        let record = keep_reason(office, case.after, person, &reason)?;
        let (year, number, person) = (id.year, id.number.clone(), person.clone());
        office.record(Event::CorrectionRequested { year, number, person, record })?;
    }
    register_base(office, &key, &rendered, plan, Packing::Classic, naming(case, Vec::new()))?;
    Ok(key.id())
}

/// Makes the record, once the principal agreed. `on_paper`: witnesses without a token, with the scan of what
/// they signed. Asking again changes nothing.
///
/// Errors: see [`CorrectionRefusal`]; the rules must find the corrected data sound, as before a lock.
pub fn record_correction(
    office: &mut Office,
    id: &CaseId,
    on_paper: &[PaperWitness],
) -> Result<DossierId, ClerkFault> {
    let known = known(office, id, Command::Record)?;
    let CorrectionCase { case, before, after, changes, .. } = &known.0;
    let key = case.record();
    if known.1 == Step::Taken {
        return Ok(key.id());
    }
    check_once(office, case.after)?;
    let of_after = accepted(office, &case.after)?;
    check::sound(of_after.check.as_ref(), None).map_err(CorrectionRefusal::NotSound)?;
    let plan = plan(office, &key, &known.0)?;
    let corrects = printed_otherwise(office, &known.0)?;
    let in_force = office.year(id.year)?;
    let rendered = document::correction_record(&CorrectionRecord {
        corrected: Corrected { before: (before, case.before), after: (after, case.after), changes },
        request: &case.request().id(),
        corrects: &corrects,
        on_paper,
        roster: &in_force.roster.1,
        plan: &plan,
        decided: clock::now(),
    })?;
    register_base(office, &key, &rendered, plan, Packing::Classic, naming(case, corrects))?;
    Ok(key.id())
}

/// The principal refuses the correction, with a reason: what was signed stays.
///
/// Errors: see [`CorrectionRefusal`].
pub fn refuse_correction(
    office: &mut Office,
    id: &CaseId,
    person: &PersonId,
    reason: &str,
) -> Result<(), ClerkFault> {
    let (known, step) = known(office, id, Command::Refuse)?;
    if step == Step::Taken {
        return Ok(());
    }
    let in_force = office.year(id.year)?;
    let principal = in_force.people().principal(clock::now()).map(|principal| &principal.id);
    if principal != Some(person) {
        return Err(CorrectionRefusal::NotYours(person.clone()).into());
    }
    let record = keep_reason(office, known.case.after, person, reason)?;
    let (year, number, person) = (id.year, id.number.clone(), person.clone());
    office.record(Event::CorrectionRefused { year, number, person, record }).map(drop)
}

/// Those who would ask for it, or ban quản trị, take the case back, with a reason: what was signed stays.
///
/// Errors: see [`CorrectionRefusal`].
pub fn withdraw_correction(
    office: &mut Office,
    id: &CaseId,
    person: &PersonId,
    reason: &str,
) -> Result<(), ClerkFault> {
    let (known, step) = known(office, id, Command::Withdraw)?;
    if step == Step::Taken {
        return Ok(());
    }
    let plan = plan(office, &known.case.request(), &known)?;
    let board = office.year(id.year)?.roster.1.admin_board.clone();
    if *person != board && !proposers(office, id.year, &plan)?.contains(person) {
        return Err(CorrectionRefusal::NotYours(person.clone()).into());
    }
    let record = keep_reason(office, known.case.after, person, reason)?;
    let (year, number, person) = (id.year, id.number.clone(), person.clone());
    office.record(Event::CorrectionWithdrawn { year, number, person, record }).map(drop)
}

/// The number after `count` others.
pub(super) fn next_number(count: usize) -> Result<DecisionNumber, ClerkFault> {
    format!("{:04}", count + 1).parse().map_err(|_| ClerkFault::Form { what: "number" })
}

fn known(office: &Office, id: &CaseId, command: Command) -> Result<(CorrectionCase, Step), ClerkFault> {
    let standing = office.ledger().corrections.get(id).map(|case| case.standing(office.ledger()));
    let step = ask(id, standing, command)?;
    Ok((correction(office, id)?, step))
}

/// The locked export of the same class and period, and what `export` says otherwise.
fn against(office: &Office, export: Sha256) -> Result<Option<(Sha256, Vec<Change>)>, ClerkFault> {
    let of_after = accepted(office, &export)?;
    let alike = |one: &Accepted| {
        (one.year, &one.class, one.period) == (of_after.year, &of_after.class, of_after.period)
    };
    let mut locked = office
        .ledger()
        .exports
        .accepted()
        .filter(|(_, one)| alike(one) && one.counts() && one.locked_by.is_some());
    let Some((before, of_before)) = locked.next().filter(|(before, _)| **before != export) else {
        return Ok(None);
    };
    let (locked, found) = (office.gradebook(before, of_before)?, office.gradebook(&export, of_after)?);
    let changes = changes(&locked, &found, None);
    Ok((!changes.is_empty()).then_some((*before, changes)))
}

/// Current documents that print a changed value: each gets another version.
fn printed_otherwise(office: &mut Office, known: &CorrectionCase) -> Result<Vec<DossierId>, ClerkFault> {
    let CorrectionCase { case, before, after, .. } = known;
    let in_force = office.year(case.id.year)?;
    let of_before = accepted(office, &case.before)?;
    let mut printed = Vec::new();
    for of in documents_of(of_before, before, &in_force.roster.1) {
        let first = DossierKey::new(case.id.year, of, before.period);
        if let Some((id, current)) = office.ledger().current(&first)
            && !matches!(current.stage, Stage::Withdrawn(_))
            && !printed_changes(&first.of, before, after).is_empty()
        {
            printed.push(id.clone());
        }
    }
    Ok(printed)
}

/// The plan of one of its papers: those propose whose entries are changed.
fn plan(office: &mut Office, key: &DossierKey, known: &CorrectionCase) -> Result<Plan, ClerkFault> {
    let in_force = office.year(key.year)?;
    let (roster, plans) = (&in_force.roster, &in_force.plans);
    let class = &known.after.class;
    let concerned = Concerned::of(&known.changes, &roster.1, &key.of, class);
    let expanded: Result<Plan, PlanFault> =
        plans.1.expand_for(key, Some(class), &concerned, roster.0, plans.0);
    Ok(expanded?)
}

fn proposers(office: &mut Office, year: SchoolYear, plan: &Plan) -> Result<Vec<PersonId>, ClerkFault> {
    let in_force = office.year(year)?;
    let boxes = plan.boxes().map(|(_, one)| one).filter(|one| one.role == Role::NguoiDeNghi);
    let holders = boxes.map(|one| in_force.roster.1.holder(one).map(|person| person.id.clone()));
    Ok(holders.collect::<Result<_, _>>()?)
}

fn naming(case: &Case, corrects: Vec<DossierId>) -> BaseOf {
    BaseOf { exports: vec![case.before, case.after], pupil: None, supplements: None, corrects }
}

fn read_reason(office: &Office, record: Sha256) -> Result<String, ClerkFault> {
    let bytes = office.store.read_verified(&names::record(&record), record)?;
    let read: Reason = serde_json::from_slice(&bytes).map_err(|_| ClerkFault::Form { what: "reason" })?;
    Ok(read.reason)
}

fn accepted<'o>(office: &'o Office, export: &Sha256) -> Result<&'o Accepted, ClerkFault> {
    match office.ledger().exports.stage(export) {
        Some(export::Stage::Accepted(accepted)) => Ok(accepted),
        _ => Err(ClerkFault::NotNow { code: "export.not_accepted", what: export.to_string() }),
    }
}
