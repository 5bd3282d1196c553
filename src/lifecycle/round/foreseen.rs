//! How often people come in a year's closing, by plan: foreseen from roster and plans, before any document is made.

use std::collections::BTreeMap;

use school::dossier::Period;
use school::identifier::PersonId;
use school::moment::Moment;
use school::plan::Templates;
use school::plan_choice::PlanChoice;

use super::unmade;
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

/// The documents of all classes at the end of the year.
fn everything(plans: &Templates, people: &InForce<'_>, at: Moment) -> Work {
    let classes = people.roster().homerooms.keys();
    let all = classes.flat_map(|class| unmade::of_class(plans, people, (class, Period::FullYear), at));
    Work::to_be_made(all, at)
}
