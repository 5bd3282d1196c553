//! Acts: what a school decides beside its roster, during the year or between two years (DESIGN,
//! section 5). Canonical JSON with a detached CMS; its identity is the SHA-256 of the bytes.
//!
//! | act | signed by |
//! |---|---|
//! | delegation, ký thay, replacement of a token | the principal |
//! | a new principal's certificate | that certificate and the stamp |
//! | a new stamp | the principal and the new stamp |

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;
use crate::dossier::DocumentKind;
use crate::identifier::{ClassName, PersonId, SchoolCode, SubjectId};
use crate::moment::Moment;
use crate::roster::{Person, Roster};

/// The `format` of an act.
pub const FORMAT: &str = "niemphong-act/1";

/// One act as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Always [`FORMAT`].
    pub format: String,
    /// The school.
    pub school: SchoolCode,
    /// The roster that was in force: what is said of persons, classes and subjects is said in its terms.
    pub roster: Sha256,
    /// Number of the decision as printed, for instance `12/QĐ-THCSHP`.
    pub number: String,
    /// When it was decided. Nothing signed before is covered by it, whatever its dates say.
    pub decided: Moment,
    /// What is decided.
    pub deed: Deed,
}

/// What an act decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Deed {
    /// A vice-principal signs in the principal's boxes.
    Delegation {
        /// The vice-principal.
        to: PersonId,
        /// From this moment on.
        from: Moment,
        /// Up to and with this moment.
        until: Moment,
        /// Kinds of document; by default class books and transcripts.
        #[serde(default = "default_scope")]
        scope: Vec<DocumentKind>,
    },
    /// A colleague fills the unsigned boxes of an absent teacher (ký thay).
    KyThay {
        /// Whose boxes.
        absent: PersonId,
        /// Who signs.
        colleague: PersonId,
        /// From this moment on.
        from: Moment,
        /// Up to and with this moment.
        until: Moment,
        /// Why, in words.
        reason: String,
        /// Which boxes.
        places: Vec<TeachingPlace>,
    },
    /// A person other than principal and stamp signs with another token.
    TokenReplaced {
        /// Whose.
        person: PersonId,
        /// The certificate before.
        old: Sha256,
        /// The certificate from then on.
        new: Sha256,
        /// From this moment on.
        from: Moment,
    },
    /// Another principal, or another certificate of the same.
    PrincipalChanged {
        /// The principal from then on; the certificate is the new one.
        person: Person,
        /// The principal's certificate before.
        old: Sha256,
        /// From this moment on.
        from: Moment,
    },
    /// Another stamp.
    StampChanged {
        /// The stamp's certificate before.
        old: Sha256,
        /// The stamp's certificate from then on.
        new: Sha256,
        /// From this moment on.
        from: Moment,
    },
}

/// The boxes of a teacher in one class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeachingPlace {
    /// The class.
    pub class: ClassName,
    /// The subject; none for the homeroom teacher's own box.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<SubjectId>,
}

/// What a vice-principal signs unless the act says otherwise.
fn default_scope() -> Vec<DocumentKind> {
    vec![DocumentKind::SoDiem, DocumentKind::HocBa]
}

/// Why an act cannot be in force.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActFault {
    /// The `format` is another one.
    #[error("not an act of format {FORMAT}")]
    OtherFormat,
    /// A date, number, reason or scope is empty, or an end lies before its beginning.
    #[error("the act is empty or ends before it begins")]
    Empty,
    /// A person is named whom the roster does not have, or in two places that exclude each other.
    #[error("the act names a person who cannot be meant: {0}")]
    Person(PersonId),
}

impl Act {
    /// Checks what the act says in itself.
    pub fn check(&self) -> Result<(), ActFault> {
        if self.format != FORMAT {
            return Err(ActFault::OtherFormat);
        }
        let lasts = |from: &Moment, until: &Moment| from <= until;
        let whole = match &self.deed {
            Deed::Delegation { from, until, scope, .. } => lasts(from, until) && !scope.is_empty(),
            Deed::KyThay { from, until, reason, places, .. } => {
                lasts(from, until) && !reason.trim().is_empty() && !places.is_empty()
            }
            Deed::TokenReplaced { old, new, .. } | Deed::StampChanged { old, new, .. } => old != new,
            Deed::PrincipalChanged { person, old, .. } => person.certificate != *old,
        };
        if whole && !self.number.trim().is_empty() { Ok(()) } else { Err(ActFault::Empty) }
    }

    /// Checks the persons of an act that is said in the terms of `roster`. Nobody stands in for the stamp or
    /// by it, and principal and stamp get a new certificate only by the acts that the other one signs.
    pub fn check_persons(&self, roster: &Roster) -> Result<(), ActFault> {
        let known = |id: &PersonId| {
            let fits = roster.person(id).is_ok() && *id != roster.stamp;
            if fits { Ok(()) } else { Err(ActFault::Person(id.clone())) }
        };
        let two = |one: &PersonId, other: &PersonId| {
            known(one)?;
            known(other)?;
            if one == other { Err(ActFault::Person(one.clone())) } else { Ok(()) }
        };
        match &self.deed {
            Deed::Delegation { to, .. } => two(to, &roster.principal),
            Deed::KyThay { absent, colleague, .. } => two(colleague, absent),
            Deed::TokenReplaced { person, .. } => two(person, &roster.principal),
            Deed::PrincipalChanged { person, .. } if person.id == roster.stamp => {
                Err(ActFault::Person(person.id.clone()))
            }
            Deed::PrincipalChanged { .. } | Deed::StampChanged { .. } => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::canonical;

    const DELEGATION: &str = r#"{"decided":"2026-05-02T08:00:00+07:00","deed":{"from":"2026-05-04T00:00:00+07:00","kind":"delegation","to":"PHT","until":"2026-06-30T00:00:00+07:00"},"format":"niemphong-act/1","number":"12/QĐ-THCSHP","roster":"0000000000000000000000000000000000000000000000000000000000000000","school":"HOAPHUONG"}"#;

    #[test]
    fn a_delegation_is_for_class_books_and_transcripts_unless_it_says_otherwise() {
        assert!(canonical::is_canonical(DELEGATION.as_bytes()));
        let act: Act = serde_json::from_str(DELEGATION).expect("an act");
        assert_eq!(act.check(), Ok(()));
        let Deed::Delegation { scope, .. } = &act.deed else { panic!("a delegation") };
        assert_eq!(scope, &[DocumentKind::SoDiem, DocumentKind::HocBa]);
        let stored = canonical::to_bytes(&act).expect("canonical");
        assert_eq!(serde_json::from_slice::<Act>(&stored).expect("the same act"), act);
    }

    #[test]
    fn an_act_with_unknown_words_or_turned_dates_is_none() {
        for wrong in [
            DELEGATION.replace("niemphong-act/1", "niemphong-act/2"),
            DELEGATION.replace("2026-06-30", "2026-05-01"),
            DELEGATION.replace("12/QĐ-THCSHP", " "),
        ] {
            let act: Act = serde_json::from_str(&wrong).expect("an act");
            assert!(act.check().is_err(), "{wrong}");
        }
        for wrong in [
            DELEGATION.replace("\"to\"", "\"for\""),
            DELEGATION.replace("delegation", "favour"),
            DELEGATION.replace("\"number\"", "\"more\":1,\"number\""),
        ] {
            assert!(serde_json::from_str::<Act>(&wrong).is_err(), "{wrong}");
        }
    }
}
