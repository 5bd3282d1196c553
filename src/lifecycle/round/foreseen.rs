//! How often people come in a year's closing, by plan: foreseen from roster and plans, before any document is made.

use std::collections::{BTreeMap, BTreeSet};

use school::dossier::{DocumentKind, DossierKey, DossierOf, Period};
use school::identifier::{ClassName, PersonId, PupilId, SubjectId};
use school::moment::Moment;
use school::plan::{Plan, Templates, Turn};
use school::plan_choice::PlanChoice;

use super::work::Work;
use crate::lifecycle::act::InForce;

/// The visits under one plan that ships, beside the school's plans for all other kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreseen {
    /// The plan.
    pub choice: PlanChoice,
    /// The school signs by it.
    pub in_force: bool,
    /// How often each person comes.
    pub visits: BTreeMap<PersonId, usize>,
}

impl Foreseen {
    /// All visits together.
    pub fn sum(&self) -> usize {
        self.visits.values().sum()
    }

    /// How many people come more than once.
    pub fn again(&self) -> usize {
        self.visits.values().filter(|count| **count > 1).count()
    }
}

/// The visits under each plan that ships for a kind that the school keeps: when the documents of all classes are
/// made at once and everybody comes as they are called.
pub fn foreseen(plans: &Templates, people: &InForce<'_>, at: Moment) -> Vec<Foreseen> {
    let kept = PlanChoice::ALL.into_iter().filter(|choice| plans.provide(choice.kind()));
    let under = |choice| {
        let chosen = plans.clone().choose(choice);
        Foreseen { choice, in_force: chosen == *plans, visits: everything(&chosen, people, at).visits() }
    };
    kept.map(under).collect()
}

/// The documents of all classes at the end of the year. One transcript stands for those of its class: they wait for
/// the same people.
fn everything(plans: &Templates, people: &InForce<'_>, at: Moment) -> Work {
    let roster = people.roster();
    let mut work = Work::default();
    for class in roster.homerooms.keys() {
        let mut subjects: Vec<SubjectId> = Vec::new();
        for one in roster.subjects(class) {
            if !subjects.contains(&one.subject) {
                subjects.push(one.subject.clone());
            }
        }
        for of in documents(people, class, &subjects) {
            let key = DossierKey::new(roster.year, of, Period::FullYear);
            if let Some(turns) = turns(plans, people, (&key, class, &subjects), at) {
                work.add((key.kind(), key.period), turns, at);
            }
        }
    }
    work
}

fn documents(people: &InForce<'_>, class: &ClassName, subjects: &[SubjectId]) -> Vec<DossierOf> {
    let of_class =
        [DossierOf::SoDiem, DossierOf::BangTongHop, DossierOf::DanhSachXetDuyet, DossierOf::SoDangBo];
    let books = subjects.iter().flat_map(|subject| people.roster().teacher_books(class, subject));
    let transcript = "MAU".parse::<PupilId>().ok().map(DossierOf::HocBa);
    of_class
        .map(|of| of(class.clone()))
        .into_iter()
        .chain(books.map(DossierOf::SoDiemGv))
        .chain(transcript)
        .collect()
}

/// Who signs a document, turn by turn; nothing where the school does not keep it or another program makes it. What
/// cites another document is made when that one is closed: its turns come after all of the other's.
fn turns(
    plans: &Templates,
    people: &InForce<'_>,
    (key, class, subjects): (&DossierKey, &ClassName, &[SubjectId]),
    at: Moment,
) -> Option<Vec<BTreeSet<PersonId>>> {
    if plans.come_signed(key.kind()) {
        return None;
    }
    let expanded = |key: &DossierKey| -> Option<Plan> {
        let signing = people.roster().signing_subjects(&key.of, class, subjects);
        // The digests stand in a plan and not in who signs by it.
        plans.expand(key, Some(class), &signing, people.digest(), people.digest()).ok()
    };
    let signers = |kind: DocumentKind, plan: Plan| {
        let turn = |turn: &Turn| {
            turn.boxes.iter().filter_map(|one| people.expected(kind, one, at)).cloned().collect()
        };
        plan.turns.iter().map(turn).collect::<Vec<_>>()
    };
    let own = signers(key.kind(), expanded(key)?);
    let cited = plans.cited_by(key, class);
    let before = cited.and_then(|cited| Some(signers(cited.kind(), expanded(&cited)?))).unwrap_or_default();
    Some([before, own].concat())
}
