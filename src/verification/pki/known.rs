//! What a batch of judgements shares, owned by whoever asks: what one file made us read and check is not
//! read and checked again for the next. A verdict is the same with it, without it, and in any order.

use std::sync::{Arc, Mutex, PoisonError};

use crate::circumstances::Circumstances;
use crate::pki::checked::Checked;
use crate::pki::path::Pool;
use crate::pki::revocation::RevocationData;

/// Most different surroundings: those of a bag's papers alternate.
const SURROUNDINGS: usize = 4;

/// Certificates, lists and paths that were read and checked, and the surroundings in which files are
/// judged. A clone shares them. Empty at first, and bounded.
#[derive(Debug, Clone, Default)]
pub struct Known {
    checked: Checked,
    surroundings: Arc<Mutex<Vec<Arc<Surroundings>>>>,
}

/// The certificates, lists and answers of circumstances, read.
#[derive(Debug)]
pub(crate) struct Surroundings {
    anchors: Vec<Vec<u8>>,
    intermediates: Vec<Vec<u8>>,
    pub pool: Pool,
    pub data: RevocationData,
}

impl Surroundings {
    fn are_of(&self, circumstances: &Circumstances) -> bool {
        self.anchors == circumstances.anchors
            && self.intermediates == circumstances.intermediates
            && self.data.is_of(&circumstances.crls, &circumstances.ocsps)
    }
}

impl Known {
    /// What was read and checked.
    pub(crate) const fn checked(&self) -> &Checked {
        &self.checked
    }

    /// What the asker gave, read.
    pub(crate) fn surroundings(&self, circumstances: &Circumstances) -> Arc<Surroundings> {
        let mut all = self.surroundings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = all.iter().find(|one| one.are_of(circumstances)) {
            return found.clone();
        }
        let new = Arc::new(Surroundings {
            anchors: circumstances.anchors.clone(),
            intermediates: circumstances.intermediates.clone(),
            pool: Pool::new(circumstances, &self.checked),
            data: RevocationData::read(&circumstances.crls, &circumstances.ocsps),
        });
        if all.len() == SURROUNDINGS {
            all.remove(0);
        }
        all.push(new.clone());
        new
    }
}
