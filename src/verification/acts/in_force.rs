//! Who may sign a box at a moment, by the roster and the acts in force.

use std::collections::BTreeMap;

use school::act::Deed;
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId};
use school::identifier::PersonId;
use school::moment::Moment;
use school::plan::{BoxName, SigningBox};
use school::role::Role;
use school::roster::Roster;
use serde::{Deserialize, Serialize};

use crate::pki::revocation::SKEW_SECONDS;
use crate::report::Code;

/// The act by which a signature is right, for the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByAct {
    /// `delegation`, `ky-thay`, `token-replaced`, `principal-changed` or `stamp-changed`.
    pub kind: String,
    /// Number of the decision.
    pub number: String,
    /// SHA-256 of the act.
    pub sha256: Sha256,
    /// `register` or `claimed`: by which moment of signing the act was found to be in force.
    pub time: String,
}

/// What all acts have in common once they are in force.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub sha256: Sha256,
    pub number: String,
    /// The act cannot be relied on for anything signed before.
    pub since: Moment,
    /// Its signers' certificates are proven.
    pub proven: bool,
}

/// The certificates of one person, oldest first; each but that of the roster with the act that brought it.
#[derive(Debug, Clone)]
pub(super) struct Certificates(Vec<(Option<(Moment, Grant)>, Sha256)>);

impl Certificates {
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    pub fn push(&mut self, from: Moment, certificate: Sha256, grant: Grant) {
        self.0.push((Some((from, grant)), certificate));
    }

    /// The one in force; without a moment the last.
    fn at(&self, at: Option<Moment>) -> Option<&(Option<(Moment, Grant)>, Sha256)> {
        let begun = |from: &Option<(Moment, Grant)>| match (from, at) {
            (Some((from, _)), Some(at)) => *from <= at,
            _ => true,
        };
        self.0.iter().rev().find(|(from, _)| begun(from))
    }
}

/// Roster and acts in force.
#[derive(Debug, Clone)]
pub struct InForce {
    stamp: PersonId,
    /// Who was principal from when on, oldest first.
    pub(super) principals: Vec<(Option<Moment>, PersonId)>,
    pub(super) certificates: BTreeMap<PersonId, Certificates>,
    /// Names of those whom acts brought and the roster does not have.
    pub(crate) newcomers: BTreeMap<PersonId, String>,
    /// Delegations and ký thay.
    pub(super) grants: Vec<(Grant, Deed)>,
    /// Certificates of principals and stamps: before, after.
    pub(super) successors: Vec<(Sha256, Sha256)>,
    /// When each box was signed, by a register at hand.
    pub(crate) signings: Option<BTreeMap<(DossierId, BoxName), Moment>>,
}

/// What is asked: a certificate in a box.
pub(crate) struct Signing<'a> {
    pub dossier: &'a DossierId,
    pub kind: DocumentKind,
    pub signing_box: &'a SigningBox,
    pub certificate: Sha256,
    /// The moment that the signer claims.
    pub claimed: Option<Moment>,
    /// The signature is proven to have existed at this moment.
    pub proven: Option<Moment>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The right person by the roster alone.
    ByRoster,
    /// Right by an act; `proven`: the act's own signers are.
    ByAct { act: ByAct, proven: bool },
    /// Not right.
    Wrong(Code),
    /// The roster has nobody for the box.
    Nobody,
}

/// The moment of signing as far as it is known.
struct When {
    at: Option<Moment>,
    proven: Option<Moment>,
    source: &'static str,
}

impl When {
    /// `Err` says what is wrong about an act that was made at `since` and holds over these moments.
    fn within(&self, since: Moment, from: Moment, until: Option<Moment>) -> Result<(), Misses> {
        let before = |moment: Moment, bound: Moment| moment.plus_seconds(SKEW_SECONDS) < bound;
        let Some(at) = self.at else { return Err(Misses::Dates) };
        if before(at, from) || self.proven.is_some_and(|proven| before(proven, from)) {
            return Err(Misses::Dates);
        }
        if until.is_some_and(|until| at > until) {
            return Err(Misses::Dates);
        }
        if before(at, since) || self.proven.is_some_and(|proven| before(proven, since)) {
            return Err(Misses::Later);
        }
        Ok(())
    }
}

enum Misses {
    /// The signature lies outside of the dates.
    Dates,
    /// The act was made after the signature.
    Later,
}

impl InForce {
    /// The roster alone.
    pub(super) fn of(roster: &Roster) -> Self {
        let known = |person: &school::roster::Person| {
            (person.id.clone(), Certificates(vec![(None, person.certificate)]))
        };
        Self {
            stamp: roster.stamp.clone(),
            principals: vec![(None, roster.principal.clone())],
            certificates: roster.people.iter().map(known).collect(),
            newcomers: BTreeMap::new(),
            grants: Vec::new(),
            successors: Vec::new(),
            signings: None,
        }
    }

    /// A person's certificate from then on; `None` where `old` is not the one that was in force.
    pub(super) fn replace(
        &mut self,
        person: &PersonId,
        old: Sha256,
        new: Sha256,
        from: Moment,
        grant: Grant,
    ) -> Option<()> {
        let taken = self.certificates.values().any(|all| all.0.iter().any(|(_, one)| *one == new));
        let known = self.certificates.get_mut(person)?;
        let before = known.0.last()?;
        let follows = before.0.as_ref().is_none_or(|(earlier, _)| *earlier < from);
        if before.1 != old || !follows || taken {
            return None;
        }
        known.push(from, new, grant);
        Some(())
    }

    fn principal(&self, at: Option<Moment>) -> Option<&PersonId> {
        let begun = |from: &Option<Moment>| match (from, at) {
            (Some(from), Some(at)) => *from <= at,
            _ => true,
        };
        self.principals.iter().rev().find(|(from, _)| begun(from)).map(|(_, id)| id)
    }

    /// The principal's certificate; without a moment the last.
    pub(crate) fn principal_certificate(&self, at: Option<Moment>) -> Option<Sha256> {
        self.certificates.get(self.principal(at)?)?.at(at).map(|(_, one)| *one)
    }

    /// The stamp's certificate; without a moment the last.
    pub(crate) fn stamp_certificate(&self, at: Option<Moment>) -> Option<Sha256> {
        self.certificates.get(&self.stamp)?.at(at).map(|(_, one)| *one)
    }

    /// True where acts lead from one certificate of principal or stamp to the other, however many.
    pub(crate) fn succeeds(&self, earlier: Sha256, later: Sha256) -> bool {
        let mut reached = vec![earlier];
        let mut index = 0;
        while let Some(from) = reached.get(index).copied() {
            let next = self.successors.iter().filter(|(old, _)| *old == from).map(|(_, new)| *new);
            let next: Vec<Sha256> = next.filter(|new| !reached.contains(new)).collect();
            reached.extend(next);
            index += 1;
        }
        reached.contains(&later)
    }

    /// Takes over who followed whom as principal and stamp, and nothing else, from what is known later.
    pub(crate) fn learn_successors(&mut self, later: Self) {
        self.successors = later.successors;
    }

    /// The certificates of the same office that acts lead to from this one.
    pub(crate) fn successors_of(&self, certificate: Sha256) -> Vec<Sha256> {
        let all: std::collections::BTreeSet<Sha256> = self.successors.iter().map(|(_, new)| *new).collect();
        all.into_iter().filter(|new| *new != certificate && self.succeeds(certificate, *new)).collect()
    }

    /// Whose certificate it is or was.
    pub(crate) fn owners(&self, certificate: Sha256) -> impl Iterator<Item = &PersonId> {
        let owns = move |all: &Certificates| all.0.iter().any(|(_, one)| *one == certificate);
        self.certificates.iter().filter(move |(_, all)| owns(all)).map(|(id, _)| id)
    }

    /// Whether the certificate may stand in the box.
    pub(crate) fn answer(&self, roster: &Roster, signing: &Signing<'_>) -> Answer {
        let when = self.when(signing);
        let holder = match signing.signing_box.role {
            Role::HieuTruong => self.principal(when.at).cloned(),
            _ => roster.holder(signing.signing_box).ok().map(|person| person.id.clone()),
        };
        let Some(holder) = holder else { return Answer::Nobody };
        if let Some(answer) = self.by_own_certificate(&holder, signing.certificate, &when) {
            return answer;
        }
        let mut worst = Code::WrongPerson;
        for (grant, deed) in &self.grants {
            match self.by_grant(grant, deed, &holder, signing, &when) {
                None => {}
                Some(Err(code)) => worst = code,
                Some(Ok(kind)) => return Self::granted(grant, kind, &when),
            }
        }
        Answer::Wrong(worst)
    }

    fn when(&self, signing: &Signing<'_>) -> When {
        let key = (signing.dossier.clone(), signing.signing_box.name.clone());
        let registered = self.signings.as_ref().and_then(|all| all.get(&key).copied());
        match registered {
            Some(at) => When { at: Some(at), proven: signing.proven, source: "register" },
            None => When { at: signing.claimed, proven: signing.proven, source: "claimed" },
        }
    }

    fn granted(grant: &Grant, kind: &str, when: &When) -> Answer {
        let act = ByAct {
            kind: kind.to_owned(),
            number: grant.number.clone(),
            sha256: grant.sha256,
            time: when.source.to_owned(),
        };
        Answer::ByAct { act, proven: grant.proven }
    }

    /// The holder's own certificate: right while it is in force, told where it is not.
    fn by_own_certificate(&self, holder: &PersonId, certificate: Sha256, when: &When) -> Option<Answer> {
        let all = self.certificates.get(holder)?;
        let owned = all.0.iter().any(|(_, one)| *one == certificate);
        let in_force = all.at(when.at)?;
        if !owned {
            return None;
        }
        Some(match in_force {
            (_, one) if *one != certificate => Answer::Wrong(Code::TokenNotInForce),
            (None, _) => Answer::ByRoster,
            (Some((from, grant)), _) => match when.within(grant.since, *from, None) {
                Ok(()) => Self::granted(grant, self.kind_of_replacement(holder), when),
                Err(Misses::Dates) => Answer::Wrong(Code::TokenNotInForce),
                Err(Misses::Later) => Answer::Wrong(Code::ActLater),
            },
        })
    }

    fn kind_of_replacement(&self, holder: &PersonId) -> &'static str {
        let was_principal = self.principals.iter().any(|(from, id)| from.is_some() && id == holder);
        match (*holder == self.stamp, was_principal) {
            (true, _) => "stamp-changed",
            (false, true) => "principal-changed",
            (false, false) => "token-replaced",
        }
    }

    /// `None` where the act is about somebody else or another box.
    fn by_grant(
        &self,
        grant: &Grant,
        deed: &Deed,
        holder: &PersonId,
        signing: &Signing<'_>,
        when: &When,
    ) -> Option<Result<&'static str, Code>> {
        let holds = |person: &PersonId| {
            let in_force = self.certificates.get(person).and_then(|all| all.at(when.at));
            in_force.is_some_and(|(_, one)| *one == signing.certificate)
        };
        let signing_box = signing.signing_box;
        let (kind, outside, from, until, covers) = match deed {
            Deed::Delegation { to, from, until, scope } => {
                if signing_box.role != Role::HieuTruong || !holds(to) {
                    return None;
                }
                ("delegation", Code::DelegationOutside, *from, *until, scope.contains(&signing.kind))
            }
            Deed::KyThay { absent, colleague, from, until, places, .. } => {
                let of_a_teacher = matches!(signing_box.role, Role::Gvcn | Role::Gvbm | Role::GvbmChuTri)
                    && absent == holder;
                if !of_a_teacher || !holds(colleague) {
                    return None;
                }
                let covers = places.iter().any(|place| {
                    Some(&place.class) == signing_box.class.as_ref() && place.subject == signing_box.subject
                });
                ("ky-thay", Code::KyThayOutside, *from, *until, covers)
            }
            _ => return None,
        };
        Some(match (covers, when.within(grant.since, from, Some(until))) {
            (false, _) | (_, Err(Misses::Dates)) => Err(outside),
            (true, Err(Misses::Later)) => Err(Code::ActLater),
            (true, Ok(())) => Ok(kind),
        })
    }
}
