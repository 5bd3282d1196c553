//! What the events of enrolment add up to.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::identifier::{PersonId, ScreenId};
use school::limits::REHEARSAL_VALID_DAYS;
use school::moment::Moment;
use school::roster::Person;

use crate::lifecycle::event::{Capacity, Entry, Event};

/// A rehearsal, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// When.
    pub at: Moment,
    /// With which certificate.
    pub certificate: Sha256,
    /// SHA-256 of the token's identity.
    pub token: Sha256,
    /// What was wrong; none means green.
    pub codes: Vec<String>,
}

impl Rehearsal {
    /// Everything went the whole way.
    pub fn is_green(&self) -> bool {
        self.codes.is_empty()
    }
}

/// Who trusts an authority no longer, since when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Who.
    pub by: PersonId,
    /// As whom.
    pub capacity: Capacity,
    /// When.
    pub at: Moment,
    /// Their reason.
    pub record: Sha256,
}

/// An authority that nobody knew, and who confirmed it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct ProposedAuthority {
    /// A path may end there.
    pub self_issued: bool,
    /// Who compared its fingerprint, and as whom; nobody after it was withdrawn, so that two have to do so anew.
    pub confirmed: BTreeMap<Capacity, PersonId>,
    /// The latest withdrawal.
    pub withdrawn: Option<Withdrawal>,
}

impl ProposedAuthority {
    fn is_confirmed(&self) -> bool {
        self.confirmed.values().collect::<BTreeSet<_>>().len() == 2
    }
}

/// Rehearsals, authorities, bindings, readers.
#[derive(Debug, Default)]
pub struct Enrolment {
    /// Each person's rehearsals, oldest first.
    pub rehearsals: BTreeMap<PersonId, Vec<Rehearsal>>,
    /// Proposed authorities and who confirmed them.
    pub authorities: BTreeMap<Sha256, ProposedAuthority>,
    /// The list of bindings in force.
    pub bindings: Option<Sha256>,
    /// Which screen a reader belongs to.
    pub readers: BTreeMap<String, ScreenId>,
}

impl Enrolment {
    /// Moves to what `entry` says.
    pub(in crate::lifecycle) fn apply(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Rehearsed { person, certificate, token, codes, .. } => {
                let (certificate, token, codes) = (*certificate, *token, codes.clone());
                let rehearsal = Rehearsal { at: entry.time, certificate, token, codes };
                self.rehearsals.entry(person.clone()).or_default().push(rehearsal);
            }
            Event::AuthorityProposed { certificate, self_issued, .. } => {
                self.authorities.entry(*certificate).or_default().self_issued = *self_issued;
            }
            Event::AuthorityConfirmed { certificate, by, capacity } => {
                self.authorities.entry(*certificate).or_default().confirmed.insert(*capacity, by.clone());
            }
            Event::AuthorityWithdrawn { certificate, by, capacity, record } => {
                let authority = self.authorities.entry(*certificate).or_default();
                authority.confirmed.clear();
                let (by, capacity, record) = (by.clone(), *capacity, *record);
                authority.withdrawn = Some(Withdrawal { by, capacity, at: entry.time, record });
            }
            Event::BindingsConfirmed { bindings, .. } => self.bindings = Some(*bindings),
            Event::ReaderAssigned { reader, screen: Some(screen), .. } => {
                self.readers.insert(reader.clone(), screen.clone());
            }
            Event::ReaderAssigned { reader, screen: None, .. } => {
                self.readers.remove(reader);
            }
            _ => {}
        }
    }

    /// Authorities that admin and principal confirmed, two different people; and whether a path may end there.
    pub fn confirmed_authorities(&self) -> impl Iterator<Item = (Sha256, bool)> {
        let confirmed = self.authorities.iter().filter(|(_, one)| one.is_confirmed());
        confirmed.map(|(certificate, one)| (*certificate, one.self_issued))
    }

    /// Authorities that were withdrawn and not confirmed by two since: a signed file carries its authorities along,
    /// so that not to name one is not enough.
    pub fn distrusted_authorities(&self) -> impl Iterator<Item = Sha256> {
        let distrusted =
            self.authorities.iter().filter(|(_, one)| one.withdrawn.is_some() && !one.is_confirmed());
        distrusted.map(|(certificate, _)| *certificate)
    }

    /// The latest rehearsal of a person.
    pub fn latest(&self, person: &PersonId) -> Option<&Rehearsal> {
        self.rehearsals.get(person).and_then(|all| all.last())
    }

    /// Who of these has no green rehearsal within the last days, with the certificate that binds them: a
    /// later red one counts, because what failed last will fail in the round.
    pub fn without_green_rehearsal<'p>(
        &self,
        people: impl IntoIterator<Item = &'p Person>,
        now: Moment,
    ) -> Vec<&'p Person> {
        let since = now.plus_seconds(-REHEARSAL_VALID_DAYS * 24 * 60 * 60);
        let green = |person: &Person| {
            self.latest(&person.id).is_some_and(|latest| {
                latest.is_green() && latest.certificate == person.certificate && latest.at >= since
            })
        };
        people.into_iter().filter(|person| !green(person)).collect()
    }
}
