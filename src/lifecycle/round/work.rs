//! What remains to be signed in a round, for whom, and who should come now.

use std::collections::{BTreeMap, BTreeSet};

use school::dossier::{DocumentKind, Period};
use school::identifier::{ClassName, PersonId};
use school::moment::{Date, Moment};
use school::plan::{SigningBox, Templates};

use super::Round;
use super::unmade::{self, Awaited, Unmade};
use crate::lifecycle::act::InForce;
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::lifecycle::ledger::Ledger;

/// Who is expected to sign these boxes.
pub(super) fn expected(
    people: &InForce<'_>,
    kind: DocumentKind,
    boxes: &[SigningBox],
    at: Moment,
) -> BTreeSet<PersonId> {
    boxes.iter().filter_map(|one| people.expected(kind, one, at)).cloned().collect()
}

/// Who still signs a dossier, turn by turn.
pub(super) fn left_of(dossier: &Dossier, people: &InForce<'_>, at: Moment) -> Vec<BTreeSet<PersonId>> {
    let signed = dossier.signed_boxes();
    let turns = dossier.plan.turns.iter().map(|turn| {
        let open: Vec<SigningBox> =
            turn.boxes.iter().filter(|one| !signed.contains(&one.name)).cloned().collect();
        expected(people, dossier.key.kind(), &open, at)
    });
    turns.collect()
}

/// Of documents that are not made yet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ToMake {
    class: ClassName,
    /// How many turns are their own, at the end; those before are of the document that they cite.
    own: usize,
    awaits: Option<Awaited>,
}

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
    /// On which day the first of them was made, or is looked for.
    made: Date,
    /// Where they are not made yet.
    to_make: Option<ToMake>,
}

impl Alike {
    /// Whether the turn that is due can be signed: the document is there.
    fn is_there(&self) -> bool {
        self.to_make.as_ref().is_none_or(|one| one.awaits.is_none() && self.left.len() <= one.own)
    }

    /// Whether `person` can sign it now.
    fn is_ready_for(&self, person: &PersonId) -> bool {
        self.is_there() && self.due().is_some_and(|due| due.contains(person))
    }

    /// The turns in which documents that are not there are signed themselves.
    fn own(&self) -> &[BTreeSet<PersonId>] {
        let own = self.to_make.as_ref().map_or(self.left.len(), |one| one.own);
        &self.left[self.left.len().saturating_sub(own)..]
    }

    fn due(&self) -> Option<&BTreeSet<PersonId>> {
        self.left.first()
    }

    /// The place of the turn that is due among all turns.
    fn turn(&self, later: usize) -> (DocumentKind, usize) {
        (self.kind, self.turns - self.left.len() + later)
    }

    /// Whether nothing of it is left for `person` once they have signed what they can now.
    fn is_finished_by(&self, person: &PersonId) -> bool {
        let alone = |turn: &&BTreeSet<PersonId>| turn.len() == 1 && turn.contains(person);
        let signed_whole = self.left.iter().take_while(alone).count();
        let rest = &self.left[signed_whole..];
        let beside_others = usize::from(rest.first().is_some_and(|turn| turn.contains(person)));
        !rest[beside_others..].iter().any(|turn| turn.contains(person))
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
    /// Classes whose documents they sign and that are not all made yet.
    pub unmade: BTreeSet<ClassName>,
    /// The periods of all gradebooks and transcripts among them, each with the day on which the first was made: they say
    /// by when.
    pub periods: BTreeMap<Period, Date>,
}

impl Remaining {
    fn has_to_be_signed_by(&mut self, alike: &Alike) {
        use DocumentKind::{BangTongHop, DanhSachXetDuyet, HocBa, SoDangBo, SoDiem, SoDiemGv};
        // Decisions, papers of corrections and records of sealing come when they come.
        let books = [SoDiem, HocBa, SoDiemGv, BangTongHop, DanhSachXetDuyet, SoDangBo];
        if books.contains(&alike.kind) {
            let made = self.periods.entry(alike.period).or_insert(alike.made);
            *made = alike.made.min(*made);
        }
    }

    /// How many dossiers wait for them now.
    pub fn ready(&self) -> usize {
        self.ready.values().sum()
    }
}

/// A class of which something is not made yet, in a period, and what that waits for.
pub type Late = (ClassName, Period, Awaited);

/// How people come when every class is ready now.
#[derive(Debug, Default)]
struct Course {
    visits: BTreeMap<PersonId, usize>,
    /// What each signs in the first visit, by its place in the work.
    first: BTreeMap<PersonId, Vec<usize>>,
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
                let of = (dossier.key.kind(), dossier.key.period);
                let dates = (dossier.made().date(), dossier.latest().1.recorded);
                work.add(of, left_of(dossier, people, at), dates, None);
            }
        }
        work
    }

    /// What remains in a round: its documents, and those of its classes that are not made yet.
    pub fn of_round(
        round: &Round,
        ledger: &Ledger,
        plans: &Templates,
        people: &InForce<'_>,
        at: Moment,
    ) -> Self {
        let mut work = Self::of(ledger.dossiers.values().filter(|one| round.covers(one)), people, at);
        work.foresee(unmade::in_round(round, ledger, plans, people, at), at);
        work
    }

    /// Documents none of which is made.
    pub(super) fn to_be_made(all: impl IntoIterator<Item = Unmade>, at: Moment) -> Self {
        let mut work = Self::default();
        work.foresee(all, at);
        work
    }

    fn foresee(&mut self, all: impl IntoIterator<Item = Unmade>, at: Moment) {
        for Unmade { class, kind, period, before, own, awaits, .. } in all {
            let count = own.iter().filter(|turn| !turn.is_empty()).count();
            let to_make = ToMake { class, own: count, awaits };
            self.add((kind, period), [before, own].concat(), (at.date(), at), Some(to_make));
        }
    }

    fn add(
        &mut self,
        (kind, period): (DocumentKind, Period),
        turns: Vec<BTreeSet<PersonId>>,
        (made, since): (Date, Moment),
        to_make: Option<ToMake>,
    ) {
        let count = turns.len();
        let left: Vec<_> = turns.into_iter().filter(|turn| !turn.is_empty()).collect();
        let same = |one: &&mut Alike| {
            (one.kind, one.period) == (kind, period) && one.left == left && one.to_make == to_make
        };
        match self.0.iter_mut().find(same) {
            Some(alike) => {
                alike.dossiers += 1;
                alike.since = alike.since.min(since);
                alike.made = alike.made.min(made);
            }
            None => {
                self.0.push(Alike { kind, period, turns: count, left, dossiers: 1, since, made, to_make })
            }
        }
    }

    /// What remains for each person.
    pub fn remaining(&self) -> BTreeMap<PersonId, Remaining> {
        let mut all: BTreeMap<PersonId, Remaining> = BTreeMap::new();
        for alike in &self.0 {
            if let Some(to_make) = alike.to_make.as_ref().filter(|_| !alike.is_there()) {
                for person in alike.own().iter().flatten() {
                    let one = all.entry(person.clone()).or_default();
                    one.unmade.insert(to_make.class.clone());
                    one.has_to_be_signed_by(alike);
                }
                continue;
            }
            for person in alike.due().into_iter().flatten() {
                let one = all.entry(person.clone()).or_default();
                *one.ready.entry(alike.kind).or_default() += alike.dossiers;
                one.has_to_be_signed_by(alike);
                one.blocks += if alike.left.len() > 1 { alike.dossiers } else { 0 };
                one.since = Some(one.since.map_or(alike.since, |since| since.min(alike.since)));
            }
            let due = alike.due();
            let later: BTreeSet<_> = alike.left.iter().skip(1).flatten().collect();
            for person in later.into_iter().filter(|person| !due.is_some_and(|due| due.contains(*person))) {
                let one = all.entry(person.clone()).or_default();
                one.later += alike.dossiers;
                one.has_to_be_signed_by(alike);
            }
        }
        all
    }

    /// Who should come now, those first for whom most dossiers wait: whoever finds everything ready that they would
    /// sign in one visit if every class of the round were ready. Whose visit lacks a class waits for it, so that the
    /// visit stays one.
    pub fn calls(&self) -> Vec<PersonId> {
        let remaining = self.remaining();
        let ready = |person: &PersonId, first: &[usize]| {
            first.iter().all(|place| self.0[*place].is_ready_for(person))
        };
        let first = self.course().first.into_iter();
        let mut called: Vec<PersonId> =
            first.filter(|(person, first)| ready(person, first)).map(|(person, _)| person).collect();
        called
            .sort_by_key(|id| (std::cmp::Reverse(remaining.get(id).map_or(0, |one| one.blocks)), id.clone()));
        called
    }

    /// The classes that are not ready, and who could sign something now and is not called because of them.
    pub fn late(&self) -> BTreeMap<Late, BTreeSet<PersonId>> {
        let mut late: BTreeMap<Late, BTreeSet<PersonId>> = BTreeMap::new();
        let remaining = self.remaining();
        let first = self.course().first;
        for (place, alike) in self.0.iter().enumerate() {
            let Some((class, awaits)) =
                alike.to_make.as_ref().and_then(|one| Some((&one.class, one.awaits?)))
            else {
                continue;
            };
            let waiting = late.entry((class.clone(), alike.period, awaits)).or_default();
            let in_vain = first.iter().filter(|(_, first)| first.contains(&place)).map(|(person, _)| person);
            let could = in_vain.filter(|person| remaining.get(*person).is_some_and(|one| one.ready() > 0));
            waiting.extend(could.cloned());
        }
        late
    }

    /// Who comes next when every class is ready.
    ///
    /// Whoever can sign everything of theirs in one visit comes, and nobody else as long as there is such
    /// a person. Where people wait for each other, somebody has to come twice: then those come without
    /// whom the others could not finish in one visit.
    fn next(&self) -> BTreeSet<PersonId> {
        let there = self.0.iter().filter(|alike| alike.is_there());
        let ready: BTreeSet<PersonId> = there.filter_map(Alike::due).flatten().cloned().collect();
        let finishers: BTreeSet<_> = ready.iter().filter(|id| self.finishes(id)).cloned().collect();
        if finishers.is_empty() { self.twice(ready) } else { finishers }
    }

    /// Whether everything that remains for `person` is done with one visit now.
    fn finishes(&self, person: &PersonId) -> bool {
        self.0.iter().all(|alike| alike.is_finished_by(person))
    }

    /// Of people who wait for each other those who come twice. Whoever stands in the fewest different turns
    /// is spared first, as long as one visit after the others is enough for them.
    fn twice(&self, mut ready: BTreeSet<PersonId>) -> BTreeSet<PersonId> {
        let order = self.order();
        ready.retain(|person| waits_for_themselves(person, &order));
        let mut spared: Vec<&PersonId> = ready.iter().collect();
        spared.sort_by_key(|id| (self.turns_of(id), (*id).clone()));
        let mut come = ready.clone();
        for person in spared {
            let theirs = |alike: &&Alike| alike.left.iter().any(|turn| turn.contains(person));
            let before: Vec<&Alike> = self.0.iter().filter(theirs).collect();
            let mut after = Self(before.iter().copied().cloned().collect());
            // Each signs what is ready when all come: nobody is made to wait for a colleague in the room.
            for other in come.iter().filter(|other| *other != person) {
                for (now, before) in after.0.iter_mut().zip(&before) {
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

    /// Who signs something right after whom.
    fn order(&self) -> BTreeMap<&PersonId, BTreeSet<&PersonId>> {
        let mut order: BTreeMap<&PersonId, BTreeSet<&PersonId>> = BTreeMap::new();
        for turns in self.0.iter().flat_map(|alike| alike.left.windows(2)) {
            if let [turn, next] = turns {
                turn.iter().for_each(|person| order.entry(person).or_default().extend(next));
            }
        }
        order
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
        self.course().visits
    }

    fn course(&self) -> Course {
        let mut work = self.clone();
        work.0.iter_mut().filter_map(|alike| alike.to_make.as_mut()).for_each(|one| one.awaits = None);
        let mut course = Course::default();
        loop {
            let coming = work.next();
            if coming.is_empty() {
                return course;
            }
            let before = work.clone();
            for person in coming {
                let mut signed = Vec::new();
                for (place, (now, before)) in work.0.iter_mut().zip(&before.0).enumerate() {
                    if before.due().is_some_and(|due| due.contains(&person)) {
                        now.sign(&person);
                        signed.extend(before.is_there().then_some(place));
                    }
                }
                course.first.entry(person.clone()).or_insert(signed);
                *course.visits.entry(person).or_default() += 1;
            }
        }
    }
}

/// Whether somebody who signs after `person` signs before them elsewhere, also through others. Nobody else ever has to
/// come twice: the principal can wait until everybody else is done.
fn waits_for_themselves(person: &PersonId, order: &BTreeMap<&PersonId, BTreeSet<&PersonId>>) -> bool {
    let (mut reached, mut next) = (BTreeSet::new(), vec![person]);
    while let Some(one) = next.pop() {
        let later = order.get(one).into_iter().flatten().copied();
        next.extend(later.filter(|later| reached.insert(*later)));
    }
    reached.contains(person)
}
