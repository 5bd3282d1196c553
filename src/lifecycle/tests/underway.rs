//! A school that signs in one round, whose people come as they are called.

use std::collections::{BTreeMap, BTreeSet};

use school::dossier::{DocumentKind, DossierId, Period};
use school::identifier::{ClassName, PersonId};
use school::plan::{BoxName, SigningBox, Templates};
use school::roster::Roster;

use super::large_school::{class, documents, made};
use super::locking::decide;
use super::sample::{Story, by_roster, certificate, digest, now, roster_digest, year};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::Event;
use crate::lifecycle::round::{RoundNumber, Scope, Work};

pub const ROUND: RoundNumber = RoundNumber(1);

/// A school that signs in one round, in which classes become ready one after the other.
pub struct Underway {
    pub roster: Roster,
    plans: Templates,
    pub story: Story,
    pub visits: BTreeMap<PersonId, usize>,
}

impl Underway {
    pub fn with(roster: Roster, plans: Templates) -> Self {
        let mut story = Story::default();
        let classes = roster.homerooms.keys().cloned().collect();
        let scope = Scope { year: year(), classes, periods: [Period::FullYear].into() };
        story.happens(Event::RoundOpened { round: ROUND, scope, record: None });
        Self { roster, plans, story, visits: BTreeMap::new() }
    }

    pub fn work(&self) -> Work {
        let people = by_roster(roster_digest(), &self.roster);
        let round = self.story.ledger.rounds.round(ROUND).expect("the round");
        Work::of_round(round, &self.story.ledger, &self.plans, &people, now())
    }

    /// The data of a class come in and are locked.
    pub fn locks(&mut self, number: usize) {
        let export = export(number);
        self.story.happens(Event::ExportAccepted {
            export: digest(&export),
            gradebook: digest("gradebook"),
            year: year(),
            class: class(number),
            period: Period::FullYear,
        });
        decide(&mut self.story, &format!("2025-2026_ca-nam_quyet-dinh-khoa_{number:04}"), &[&export]);
    }

    /// A class is locked, and its documents are made.
    pub fn is_ready(&mut self, number: usize) {
        self.locks(number);
        self.makes(number, |_| true);
    }

    pub fn makes(&mut self, number: usize, which: impl Fn(DocumentKind) -> bool) {
        // One transcript waits for the same people as forty-five.
        for (key, plan) in documents(&self.roster, &self.plans, number, 1) {
            if which(key.kind()) {
                made(&mut self.story, &key, plan, vec![digest(&export(number))]);
            }
        }
    }

    /// A person signs whatever waits for them.
    pub fn comes(&mut self, person: &PersonId) {
        let all: Vec<DossierId> = self.story.ledger.dossiers.keys().cloned().collect();
        for dossier in all {
            while let Some((revision, signing_box)) = self.waits_for(&dossier, person) {
                let certificate = certificate(person.as_str());
                let sha256 = digest(&format!("{dossier} {revision}"));
                let dossier = dossier.clone();
                self.story.happens(Event::DossierSigned {
                    dossier,
                    signing_box,
                    revision,
                    certificate,
                    sha256,
                });
            }
        }
        *self.visits.entry(person.clone()).or_default() += 1;
    }

    fn waits_for(&self, dossier: &DossierId, person: &PersonId) -> Option<(u32, BoxName)> {
        let known = &self.story.ledger.dossiers[dossier];
        let people = by_roster(roster_digest(), &self.roster);
        let kind = known.key.kind();
        let theirs = |one: &&SigningBox| people.expected(kind, one, now()) == Some(person);
        let open = known.open_boxes().iter().find(theirs)?;
        Some((known.latest().0 + 1, open.name.clone()))
    }

    /// People come as they are called, until nobody is.
    pub fn signs(&mut self) {
        loop {
            let work = self.work();
            let (called, remaining) = (work.calls(), work.remaining());
            if called.is_empty() {
                return;
            }
            let late: BTreeSet<ClassName> = work.late().into_keys().map(|(class, ..)| class).collect();
            for person in called {
                let theirs = &remaining[&person];
                assert!(theirs.ready() > 0, "{person} is called for nothing");
                assert!(theirs.unmade.is_disjoint(&late), "{person} is called while {late:?} are expected");
                self.comes(&person);
            }
        }
    }

    pub fn leaves_out(&mut self, number: usize) {
        let (class, period) = (class(number), Period::FullYear);
        self.story.happens(Event::RoundClassLeftOut { round: ROUND, class, period, record: None });
    }

    /// Not signed whole, and no decision.
    pub fn open(&self) -> usize {
        let all = self.story.ledger.dossiers.values();
        all.filter(|one| matches!(one.stage, Stage::AwaitingTurn(_))).count()
    }

    pub fn came(&self, person: &PersonId) -> usize {
        self.visits.get(person).copied().unwrap_or_default()
    }
}

pub fn export(number: usize) -> String {
    format!("export {number}")
}
