//! Documents that are not made yet, foreseen from roster and plans: whoever signs them would come once more for them.

use std::collections::BTreeSet;

use school::archive;
use school::dossier::{DocumentKind, DossierKey, DossierOf, Period};
use school::identifier::{ClassName, PersonId, PupilId, SubjectId};
use school::moment::Moment;
use school::plan::{Plan, SigningBox, Templates};

use super::{Round, work};
use crate::lifecycle::act::InForce;
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::export;
use crate::lifecycle::ledger::Ledger;

/// What documents of a class wait for before they are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Awaited {
    /// No decision locks the data of the class.
    Lock,
    /// The program: their data are locked, and what they cite is signed whole and not closed yet.
    Making,
}

/// Documents of a class that wait for the same people; one transcript stands for those of its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unmade {
    /// The class.
    pub class: ClassName,
    /// What they are.
    pub kind: DocumentKind,
    /// Of which period.
    pub period: Period,
    /// The document that they cite: they are made when it is closed.
    pub cites: Option<DossierKey>,
    /// Who signs that one, turn by turn.
    pub before: Vec<BTreeSet<PersonId>>,
    /// Who signs them, turn by turn.
    pub own: Vec<BTreeSet<PersonId>>,
    /// What they wait for besides these signatures.
    pub awaits: Option<Awaited>,
}

/// The documents of a class in a period, as if none of them were made.
pub(super) fn of_class(
    plans: &Templates,
    people: &InForce<'_>,
    (class, period): (&ClassName, Period),
    at: Moment,
) -> Vec<Unmade> {
    let roster = people.roster();
    let mut subjects: Vec<SubjectId> = Vec::new();
    for one in roster.subjects(class) {
        if !subjects.contains(&one.subject) {
            subjects.push(one.subject.clone());
        }
    }
    let turns = |key: &DossierKey| -> Option<Vec<BTreeSet<PersonId>>> {
        let signing = roster.signing_subjects(&key.of, class, &subjects);
        // The digests stand in a plan and not in who signs by it.
        let plan: Plan = plans.expand(key, Some(class), &signing, people.digest(), people.digest()).ok()?;
        let turn = |boxes: &[SigningBox]| work::expected(people, key.kind(), boxes, at);
        Some(plan.turns.iter().map(|one| turn(&one.boxes)).collect())
    };
    let transcript = "MAU".parse::<PupilId>().ok().map(DossierOf::HocBa);
    let all = archive::documents_of(roster, plans, class, period).into_iter().chain(transcript);
    // Results after the summer are added to class book and transcripts alone.
    let added_to = |of: &DossierOf| matches!(of, DossierOf::SoDiem(_) | DossierOf::HocBa(_));
    all.filter(|of| period != Period::AfterSummer || added_to(of))
        .map(|of| DossierKey::new(roster.year, of, period))
        .filter(|key| !plans.come_signed(key.kind()))
        .filter_map(|key| {
            let cites = plans.cited_by(&key, class);
            let before = cites.as_ref().and_then(&turns).unwrap_or_default();
            let (class, own) = (class.clone(), turns(&key)?);
            Some(Unmade { class, kind: key.kind(), period, cites, before, own, awaits: None })
        })
        .collect()
}

/// What is still to be made in a round.
pub(super) fn in_round(
    round: &Round,
    ledger: &Ledger,
    plans: &Templates,
    people: &InForce<'_>,
    at: Moment,
) -> Vec<Unmade> {
    let year = round.scope.year;
    let of_year = ledger.exports.accepted().filter(|(_, one)| one.year == year && one.locked_by.is_some());
    let locked: BTreeSet<(&ClassName, Period)> = of_year.map(|(_, one)| (&one.class, one.period)).collect();
    let made = made(round, ledger);
    let mut unmade = Vec::new();
    for (class, period) in round.parts() {
        let is_locked = locked.contains(&(class, period));
        if !is_locked && !is_to_be_locked(round, ledger, (class, period)) {
            continue;
        }
        // Results after the summer are added to closed documents of the year: nobody is kept from signing those.
        if is_locked && period == Period::AfterSummer {
            continue;
        }
        let absent = |one: &Unmade| !made.contains(&(class, period, one.kind));
        for mut one in of_class(plans, people, (class, period), at).into_iter().filter(absent) {
            if !is_locked {
                one.awaits = Some(Awaited::Lock);
            } else if !waits(&mut one, ledger, people, at) {
                continue;
            }
            unmade.push(one);
        }
    }
    unmade
}

/// The kinds of documents that there are of each locked class. They are made kind by kind, so that one stands for all.
fn made<'l>(round: &Round, ledger: &'l Ledger) -> BTreeSet<(&'l ClassName, Period, DocumentKind)> {
    let of_year = ledger.dossiers.values().filter(|one| one.key.year == round.scope.year);
    let standing = of_year.filter(|one| !matches!(one.stage, Stage::Withdrawn(_)));
    let of_a_class = standing.filter(|one| !one.key.kind().names_exports());
    let from = of_a_class.flat_map(|one| one.exports.iter().map(|export| (one.key.kind(), export)));
    from.filter_map(|(kind, export)| match ledger.exports.stage(export) {
        // Who left in mid-year has a transcript before the class has any.
        Some(export::Stage::Accepted(accepted)) if accepted.locked_by.is_some() => {
            Some((&accepted.class, accepted.period, kind))
        }
        _ => None,
    })
    .collect()
}

/// Whether a class will be locked. Only who is named for it comes back after the summer, so a class has results of
/// that time when they have come in.
fn is_to_be_locked(round: &Round, ledger: &Ledger, (class, period): (&ClassName, Period)) -> bool {
    match period {
        Period::FirstTerm | Period::FullYear => true,
        Period::AfterSummer => {
            let mut waiting = ledger.exports.waiting(round.scope.year);
            waiting.any(|(_, one)| (&one.class, one.period) == (class, period))
        }
        Period::Snapshot(_) => false,
    }
}

/// Of a locked class: what its documents wait for. False where they wait for nobody of the round, because what they
/// cite is halted.
fn waits(unmade: &mut Unmade, ledger: &Ledger, people: &InForce<'_>, at: Moment) -> bool {
    unmade.awaits = Some(Awaited::Making);
    let cited = unmade.cites.as_ref().and_then(|cited| ledger.current(cited));
    match cited.map(|(_, cited)| (cited, &cited.stage)) {
        Some((cited, Stage::AwaitingTurn(_))) => {
            unmade.before = work::left_of(cited, people, at);
            unmade.awaits = None;
        }
        Some((_, Stage::Signed(_) | Stage::Closed(_))) => unmade.before.clear(),
        Some((_, Stage::Halted(_))) => return false,
        Some((_, Stage::Withdrawn(_))) | None => {}
    }
    true
}
