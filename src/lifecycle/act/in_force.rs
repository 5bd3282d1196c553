//! Who may sign a box at a moment, by the roster and the acts in force then.

use school::act::{Act, Deed};
use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::identifier::PersonId;
use school::moment::Moment;
use school::plan::SigningBox;
use school::role::Role;
use school::roster::{Person, Roster};

use crate::lifecycle::dossier::Refusal;

/// An act with the moment from which on it can be relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedAct {
    /// SHA-256 of its bytes.
    pub sha256: Sha256,
    /// What it says.
    pub act: Act,
    /// When the register recorded it.
    pub since: Moment,
}

/// In which capacity somebody signs a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// Their own box.
    Own,
    /// A vice-principal in the principal's box (KT.).
    ForPrincipal,
    /// A colleague in the box of an absent teacher (ký thay).
    InPlace,
}

/// A certificate that may sign a box now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound<'a> {
    /// Whose it is; the `certificate` in it is that of the roster, which an act may have replaced.
    pub person: &'a Person,
    /// In which capacity they sign.
    pub capacity: Capacity,
}

/// Roster and acts in force.
#[derive(Debug)]
pub struct InForce<'a> {
    digest: Sha256,
    roster: &'a Roster,
    acts: &'a [SignedAct],
}

impl<'a> InForce<'a> {
    /// Shape: `acts` oldest first, those of this roster and every change of principal or stamp.
    pub const fn new(digest: Sha256, roster: &'a Roster, acts: &'a [SignedAct]) -> Self {
        Self { digest, roster, acts }
    }

    /// SHA-256 of the roster.
    pub const fn digest(&self) -> Sha256 {
        self.digest
    }

    /// The roster.
    pub const fn roster(&self) -> &'a Roster {
        self.roster
    }

    /// What was decided and recorded up to `at`.
    fn decided(&self, at: Moment) -> impl DoubleEndedIterator<Item = &'a Deed> {
        let known = move |one: &&SignedAct| one.since <= at && one.act.decided <= at;
        self.acts.iter().filter(known).map(|one| &one.act.deed)
    }

    /// Who is principal.
    pub fn principal(&self, at: Moment) -> Option<&'a Person> {
        let changed = self.decided(at).rev().find_map(|deed| match deed {
            Deed::PrincipalChanged { person, from, .. } if *from <= at => Some(person),
            _ => None,
        });
        changed.or_else(|| self.roster.person(&self.roster.principal).ok())
    }

    /// With which certificate a person signs.
    pub fn certificate(&self, person: &PersonId, at: Moment) -> Option<Sha256> {
        let replaced = self.decided(at).rev().find_map(|deed| match deed {
            Deed::TokenReplaced { person: of, new, from, .. } if of == person && *from <= at => Some(*new),
            Deed::PrincipalChanged { person: of, from, .. } if of.id == *person && *from <= at => {
                Some(of.certificate)
            }
            Deed::StampChanged { new, from, .. } if self.roster.stamp == *person && *from <= at => Some(*new),
            _ => None,
        });
        replaced.or_else(|| self.roster.person(person).ok().map(|person| person.certificate))
    }

    /// Whether a certificate is or was somebody's: nobody else may have it.
    pub fn is_somebodys(&self, certificate: Sha256) -> bool {
        self.certificates().any(|(_, one)| one == certificate)
    }

    /// Every certificate that was ever somebody's, with whose it is or was.
    fn certificates(&self) -> impl Iterator<Item = (&'a PersonId, Sha256)> {
        let of_acts = self.acts.iter().filter_map(|one| self.brings(&one.act.deed));
        self.roster.people.iter().map(|person| (&person.id, person.certificate)).chain(of_acts)
    }

    /// The certificate that a deed brings, with whose it becomes.
    fn brings<'d>(&self, deed: &'d Deed) -> Option<(&'d PersonId, Sha256)>
    where
        'a: 'd,
    {
        match deed {
            Deed::TokenReplaced { person, new, .. } => Some((person, *new)),
            Deed::PrincipalChanged { person, .. } => Some((&person.id, person.certificate)),
            Deed::StampChanged { new, .. } => Some((&self.roster.stamp, *new)),
            Deed::Delegation { .. } | Deed::KyThay { .. } => None,
        }
    }

    /// Whether a later act took the place of the certificate that this deed brought.
    pub fn is_replaced(&self, deed: &Deed, at: Moment) -> bool {
        let Some((_, brought)) = self.brings(deed) else { return false };
        self.decided(at).any(|later| match later {
            Deed::TokenReplaced { old, from, .. }
            | Deed::PrincipalChanged { old, from, .. }
            | Deed::StampChanged { old, from, .. } => *old == brought && *from <= at,
            Deed::Delegation { .. } | Deed::KyThay { .. } => false,
        })
    }

    /// The act by which a certificate stood in a box: one that let its holder stand in for somebody, else the one
    /// that brought the certificate. Nothing where the roster alone says it.
    pub fn act_behind(
        &self,
        kind: DocumentKind,
        signing_box: &SigningBox,
        certificate: Sha256,
        at: Moment,
    ) -> Option<&'a SignedAct> {
        let holder = &self.holder(signing_box, at)?.id;
        let known = || self.acts.iter().rev().filter(|one| one.since <= at && one.act.decided <= at);
        let lets = |one: &&SignedAct| {
            let stands_in = stands_in(&one.act.deed, signing_box, holder);
            covers(&one.act.deed, kind, signing_box, at)
                && stands_in.is_some_and(|(person, _)| self.certificate(person, at) == Some(certificate))
        };
        let brings =
            |one: &&SignedAct| self.brings(&one.act.deed).is_some_and(|(_, brought)| brought == certificate);
        known().find(lets).or_else(|| known().find(brings))
    }

    /// Whether the certificate may stand in the box of a document of `kind` now.
    ///
    /// Errors: the reason why not; an act that names its holder but for other dates or documents is a reason
    /// of its own, as is a certificate that an act took the place of.
    pub fn bound(
        &self,
        kind: DocumentKind,
        signing_box: &SigningBox,
        certificate: Sha256,
        at: Moment,
    ) -> Result<Bound<'a>, Refusal> {
        let wrong = || Refusal::WrongPerson(signing_box.name.clone());
        let holder = self.holder(signing_box, at).ok_or_else(wrong)?;
        if self.certificate(&holder.id, at) == Some(certificate) {
            return Ok(Bound { person: holder, capacity: Capacity::Own });
        }
        if self.certificates().any(|(person, one)| *person == holder.id && one == certificate) {
            return Err(Refusal::CertificateReplaced);
        }
        let mut refusal = wrong();
        for deed in self.decided(at) {
            let Some((person, capacity)) = stands_in(deed, signing_box, &holder.id) else { continue };
            if self.certificate(person, at) != Some(certificate) {
                continue;
            }
            match self.roster.person(person) {
                Ok(person) if covers(deed, kind, signing_box, at) => return Ok(Bound { person, capacity }),
                _ => refusal = Refusal::OutsideAct(signing_box.name.clone()),
            }
        }
        Err(refusal)
    }

    /// Who is expected to sign a box now: whoever stands in for its holder, else the holder.
    pub fn expected(&self, kind: DocumentKind, signing_box: &SigningBox, at: Moment) -> Option<&'a PersonId> {
        let holder = &self.holder(signing_box, at)?.id;
        let mut deeds = self.decided(at).filter(|deed| covers(deed, kind, signing_box, at));
        let stands_in = deeds.find_map(|deed| stands_in(deed, signing_box, holder));
        Some(stands_in.map_or(holder, |(person, _)| person))
    }

    /// Whether a box is offered to whoever has this certificate: they may sign it, and are who is expected to.
    pub fn is_offered(
        &self,
        kind: DocumentKind,
        signing_box: &SigningBox,
        certificate: Sha256,
        at: Moment,
    ) -> bool {
        let bound = self.bound(kind, signing_box, certificate, at);
        bound.is_ok_and(|bound| self.expected(kind, signing_box, at) == Some(&bound.person.id))
    }

    /// Whose box it is.
    pub fn holder(&self, signing_box: &SigningBox, at: Moment) -> Option<&'a Person> {
        match signing_box.role {
            Role::HieuTruong => self.principal(at),
            _ => self.roster.holder(signing_box).ok(),
        }
    }
}

/// Who stands in for `holder` in such a box by `deed`, at some time and in some documents.
fn stands_in<'d>(
    deed: &'d Deed,
    signing_box: &SigningBox,
    holder: &PersonId,
) -> Option<(&'d PersonId, Capacity)> {
    match deed {
        Deed::Delegation { to, .. } if signing_box.role == Role::HieuTruong => {
            Some((to, Capacity::ForPrincipal))
        }
        Deed::KyThay { absent, colleague, .. } if absent == holder && is_a_teachers(signing_box.role) => {
            Some((colleague, Capacity::InPlace))
        }
        _ => None,
    }
}

const fn is_a_teachers(role: Role) -> bool {
    matches!(role, Role::Gvcn | Role::Gvbm | Role::GvbmChuTri)
}

fn covers(deed: &Deed, kind: DocumentKind, signing_box: &SigningBox, at: Moment) -> bool {
    match deed {
        Deed::Delegation { from, until, scope, .. } => {
            (*from..=*until).contains(&at) && scope.contains(&kind)
        }
        Deed::KyThay { from, until, places, .. } => {
            let is_place = |place: &school::act::TeachingPlace| {
                signing_box.class.as_ref() == Some(&place.class) && signing_box.subject == place.subject
            };
            (*from..=*until).contains(&at) && places.iter().any(is_place)
        }
        Deed::TokenReplaced { .. } | Deed::PrincipalChanged { .. } | Deed::StampChanged { .. } => false,
    }
}
