//! Who says or decides what an entry states.

use school::digest::Sha256;
use school::identifier::PersonId;
use serde::{Deserialize, Serialize};

/// Where a change of the trusted roots came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnchorSource {
    /// The configuration, found changed at a start: which person changed it is not known.
    Configuration,
    /// Admin and principal, who compared its fingerprint; or one of them, who withdrew it.
    Confirmed,
}

/// As whom a person confirms something at enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// The admin.
    Admin,
    /// The principal.
    Principal,
}

/// Who decided to sign although revocation could not be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UncheckedBy {
    /// The school's configuration.
    Policy,
    /// The signer, who was told.
    Signer,
}

/// Who says that the clock is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "witness", deny_unknown_fields)]
pub enum ClockWitness {
    /// A timestamp authority that is trusted.
    Timestamp {
        /// SHA-256 of its token, which is kept.
        token: Sha256,
    },
    /// The time service of the machine, which asks NTP servers.
    Ntp,
    /// Two people, by their own watches.
    People {
        /// Who.
        people: Vec<PersonId>,
    },
}
