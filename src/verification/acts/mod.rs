//! The acts of a school beside its roster: which of them are signed as they must be, and who may sign a
//! box because of them (DESIGN, section 5). `reading` takes acts from strangers' hands; `in_force` answers
//! for a box, a certificate and a moment.

mod in_force;
mod reading;

pub(crate) use in_force::{Answer, Signing};
pub use in_force::{ByAct, InForce};
pub(crate) use reading::{Fault, Signer, read};

use std::collections::BTreeMap;
use std::sync::Arc;

use school::digest::Sha256;
use school::moment::Moment;

use crate::circumstances::SignedAct;

/// Acts that changed principal or stamp after a deposit was sealed. They travel beside it on a later medium, where
/// their signers were proven; they lead from a certificate of the deposit to that of today, and allow nothing in it.
#[derive(Debug, Clone, Default)]
pub struct Later {
    /// The acts.
    pub acts: Vec<SignedAct>,
    /// When the register of that medium says that each act was signed.
    pub registered: BTreeMap<Sha256, Moment>,
}

/// Acts at hand.
#[derive(Debug, Clone)]
pub enum Acts {
    /// As they were given: still to be judged.
    Given(Vec<SignedAct>),
    /// Judged once for all the documents of a deposit.
    Judged(Arc<InForce>),
}

impl Default for Acts {
    fn default() -> Self {
        Self::Given(Vec::new())
    }
}
