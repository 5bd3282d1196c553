//! What remains to be signed in a round, for whom, and who should come now.

use std::collections::{BTreeMap, BTreeSet};

use school::dossier::{DocumentKind, Period};
use school::identifier::PersonId;
use school::moment::Moment;

use crate::lifecycle::act::InForce;
use crate::lifecycle::dossier::{Dossier, Stage};

/// Dossiers of one kind that wait for the same people in the same order: the transcripts of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Alike {
    kind: DocumentKind,
    period: Period,
    /// How many turns were there at first.
    turns: usize,
    /// Who still signs, turn by turn; the first is due.
    left: Vec<BTreeSet<PersonId>>,
    dossiers: usize,
    /// Since when the oldest of them waits for the turn that is due.
    since: Moment,
}

impl Alike {
    fn due(&self) -> Option<&BTreeSet<PersonId>> {
        self.left.first()
    }

    /// The place of the turn that is due among all turns.
    fn turn(&self, later: usize) -> (DocumentKind, usize) {
        (self.kind, self.turns - self.left.len() + later)
    }

    /// `person` signs what is due, and goes on while the next turn is theirs alone.
    fn sign(&mut self, person: &PersonId) {
        while let Some(due) = self.left.first_mut() {
            if !due.remove(person) || !due.is_empty() {
                return;
            }
            self.left.remove(0);
        }
    }
}

/// What one person has to do in a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remaining {
    /// Dossiers that wait for them now, by kind.
    pub ready: BTreeMap<DocumentKind, usize>,
    /// Dossiers that they sign when others have signed.
    pub later: usize,
    /// Dossiers that wait for them and after them for others.
    pub blocks: usize,
    /// Since when the oldest of those that are ready waits.
    pub since: Option<Moment>,
    /// The periods of all of these dossiers: they say by when.
    pub periods: BTreeSet<Period>,
}

impl Remaining {
    /// How many dossiers wait for them now.
    pub fn ready(&self) -> usize {
        self.ready.values().sum()
    }
}

/// All that is to be signed in a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work(Vec<Alike>);

impl Work {
    /// What remains in `dossiers`; one that is halted waits for the administrator and not for a signer.
    pub fn of<'d>(dossiers: impl IntoIterator<Item = &'d Dossier>, people: &InForce<'_>, at: Moment) -> Self {
        let mut work = Self::default();
        for dossier in dossiers {
            if matches!(dossier.stage, Stage::AwaitingTurn(_)) {
                let signed = dossier.signed_boxes();
                let turns = dossier.plan.turns.iter().map(|turn| {
                    let open = turn.boxes.iter().filter(|one| !signed.contains(&one.name));
                    open.filter_map(|one| people.expected(dossier.key.kind(), one, at)).cloned().collect()
                });
                let turns: Vec<BTreeSet<PersonId>> = turns.collect();
                work.add((dossier.key.kind(), dossier.key.period), turns, dossier.latest().1.recorded);
            }
        }
        work
    }

    pub(super) fn add(
        &mut self,
        (kind, period): (DocumentKind, Period),
        turns: Vec<BTreeSet<PersonId>>,
        since: Moment,
    ) {
        let count = turns.len();
        let left: Vec<_> = turns.into_iter().filter(|turn| !turn.is_empty()).collect();
        match self.0.iter_mut().find(|one| (one.kind, one.period) == (kind, period) && one.left == left) {
            Some(alike) => {
                alike.dossiers += 1;
                alike.since = alike.since.min(since);
            }
            None => self.0.push(Alike { kind, period, turns: count, left, dossiers: 1, since }),
        }
    }

    /// What remains for each person.
    pub fn remaining(&self) -> BTreeMap<PersonId, Remaining> {
        let mut all: BTreeMap<PersonId, Remaining> = BTreeMap::new();
        for alike in &self.0 {
            for person in alike.due().into_iter().flatten() {
                let one = all.entry(person.clone()).or_default();
                *one.ready.entry(alike.kind).or_default() += alike.dossiers;
                one.periods.insert(alike.period);
                one.blocks += if alike.left.len() > 1 { alike.dossiers } else { 0 };
                one.since = Some(one.since.map_or(alike.since, |since| since.min(alike.since)));
            }
            let due = alike.due();
            let later: BTreeSet<_> = alike.left.iter().skip(1).flatten().collect();
            for person in later.into_iter().filter(|person| !due.is_some_and(|due| due.contains(*person))) {
                let one = all.entry(person.clone()).or_default();
                one.later += alike.dossiers;
                one.periods.insert(alike.period);
            }
        }
        all
    }

    /// Who should come now, those first for whom most dossiers wait.
    ///
    /// Whoever can sign everything of theirs in one visit is called, and nobody else as long as there is such
    /// a person. Where people wait for each other, somebody has to come twice: then those are called without
    /// whom the others could not finish in one visit.
    pub fn calls(&self) -> Vec<PersonId> {
        let remaining = self.remaining();
        let ready = |(_, one): &(&PersonId, &Remaining)| one.ready() > 0;
        let ready: BTreeSet<PersonId> = remaining.iter().filter(ready).map(|(id, _)| id.clone()).collect();
        let finishers: BTreeSet<_> = ready.iter().filter(|id| self.finishes(id)).cloned().collect();
        let called = if finishers.is_empty() { self.twice(ready) } else { finishers };
        let mut called: Vec<PersonId> = called.into_iter().collect();
        called.sort_by_key(|id| (std::cmp::Reverse(remaining[id].blocks), id.clone()));
        called
    }

    /// Whether everything that remains for `person` is done with one visit now.
    fn finishes(&self, person: &PersonId) -> bool {
        let mut after = self.clone();
        after.sign(person);
        !after.0.iter().any(|alike| alike.left.iter().any(|turn| turn.contains(person)))
    }

    fn sign(&mut self, person: &PersonId) {
        self.0.iter_mut().for_each(|alike| alike.sign(person));
    }

    /// Of people who wait for each other those who come twice. Whoever stands in the fewest different turns
    /// is spared first, as long as one visit after the others is enough for them.
    fn twice(&self, ready: BTreeSet<PersonId>) -> BTreeSet<PersonId> {
        let mut spared: Vec<&PersonId> = ready.iter().collect();
        spared.sort_by_key(|id| (self.turns_of(id), (*id).clone()));
        let mut come = ready.clone();
        for person in spared {
            let mut after = self.clone();
            // Each signs what is ready when all come: nobody is made to wait for a colleague in the room.
            for other in come.iter().filter(|other| *other != person) {
                for (now, before) in after.0.iter_mut().zip(&self.0) {
                    if before.due().is_some_and(|due| due.contains(other)) {
                        now.sign(other);
                    }
                }
            }
            if come.len() > 1 && after.finishes(person) {
                come.remove(person);
            }
        }
        come
    }

    fn turns_of(&self, person: &PersonId) -> usize {
        let places = self.0.iter().flat_map(|alike| {
            let held = alike.left.iter().enumerate().filter(|(_, turn)| turn.contains(person));
            held.map(|(later, _)| alike.turn(later))
        });
        places.collect::<BTreeSet<_>>().len()
    }

    /// How often each person comes from here on, when everybody comes as they are called.
    pub fn visits(&self) -> BTreeMap<PersonId, usize> {
        let mut work = self.clone();
        let mut visits: BTreeMap<PersonId, usize> = BTreeMap::new();
        loop {
            let called = work.calls();
            if called.is_empty() {
                return visits;
            }
            let before = work.clone();
            for person in called {
                for (now, before) in work.0.iter_mut().zip(&before.0) {
                    if before.due().is_some_and(|due| due.contains(&person)) {
                        now.sign(&person);
                    }
                }
                *visits.entry(person).or_default() += 1;
            }
            work.0.retain(|alike| !alike.left.is_empty());
        }
    }
}
