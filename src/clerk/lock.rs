//! Decisions that lock and reopen: ban quản trị proposes, the principal signs; only what a closed
//! decision lists by digest may be made into documents (DESIGN, section 6).

use crafts::document::{self, LockDecision, LockedExport};
use crafts::pdf::Packing;
use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey, DossierOf, Period};
use school::identifier::{DecisionNumber, PupilId, SchoolYear};
use school::moment::Moment;

use crate::clerk::check::check_once;
use crate::clerk::render::{BaseOf, register_base};
use crate::clerk::{ClerkFault, Office};
use crate::clock;
use crate::lifecycle::export::{Accepted, Stage};
use crate::lifecycle::lock::{ask_to_lock, ask_to_reopen};

/// Makes the base of a decision that locks `exports`, whole, or only the part of `pupil`, who leaves in
/// mid-year. Proposing the same number again changes nothing.
///
/// Errors: see [`crate::lifecycle::lock::LockRefusal`].
pub fn propose_lock(
    office: &mut Office,
    year: SchoolYear,
    number: DecisionNumber,
    exports: &[Sha256],
    pupil: Option<&PupilId>,
) -> Result<DossierId, ClerkFault> {
    let key = DossierKey::new(year, DossierOf::QuyetDinhKhoa(number), Period::FullYear);
    if office.ledger().dossiers.contains_key(&key.id()) {
        return Ok(key.id());
    }
    let in_force = office.year(year)?;
    for export in exports {
        // Accepted before a kill or by an earlier version that had no rules.
        check_once(office, *export)?;
    }
    let allowed = ask_to_lock(office.ledger(), &in_force.roster.1, year, exports, pupil)?;
    let named = named(&allowed, pupil);
    decide(office, &key, &named, None)
}

/// Makes the base of a decision that opens `exports` again, for the reason given. Proposing the same
/// number again changes nothing.
///
/// Errors: see [`crate::lifecycle::lock::LockRefusal`].
pub fn propose_reopening(
    office: &mut Office,
    year: SchoolYear,
    number: DecisionNumber,
    exports: &[Sha256],
    reason: &str,
) -> Result<DossierId, ClerkFault> {
    let key = DossierKey::new(year, DossierOf::QuyetDinhMo(number), Period::FullYear);
    if office.ledger().dossiers.contains_key(&key.id()) {
        return Ok(key.id());
    }
    let named = named(&ask_to_reopen(office.ledger(), year, exports)?, None);
    decide(office, &key, &named, Some(reason))
}

fn named(exports: &[(Sha256, &Accepted)], pupil: Option<&PupilId>) -> Vec<LockedExport> {
    let one = |(sha256, accepted): &(Sha256, &Accepted)| LockedExport {
        class: accepted.class.clone(),
        period: accepted.period,
        pupil: pupil.cloned(),
        sha256: *sha256,
    };
    let mut named: Vec<LockedExport> = exports.iter().map(one).collect();
    // As a decision lists them, whatever order they were ticked in.
    named.sort_by_key(|one| (one.class.clone(), one.period));
    named
}

fn decide(
    office: &mut Office,
    key: &DossierKey,
    named: &[LockedExport],
    reason: Option<&str>,
) -> Result<DossierId, ClerkFault> {
    let in_force = office.year(key.year)?;
    let plan = in_force.plans.1.expand(key, None, &[], in_force.roster.0, in_force.plans.0)?;
    let roster = &in_force.roster.1;
    let decision = LockDecision { exports: named, reason, roster, plan: &plan, decided: clock::now() };
    let rendered = document::lock_decision(&decision)?;
    let of = BaseOf {
        exports: named.iter().map(|export| export.sha256).collect(),
        pupil: named.iter().find_map(|export| export.pupil.clone()),
        supplements: None,
        corrects: Vec::new(),
    };
    register_base(office, key, &rendered, plan, Packing::Classic, of)?;
    Ok(key.id())
}

impl Office {
    /// When the decision that locks `export`, or the part of `pupil`, was closed: the date of everything
    /// made from it.
    pub(super) fn lock_moment(&self, export: Sha256, pupil: Option<&PupilId>) -> Result<Moment, ClerkFault> {
        let decision = match self.ledger().exports.stage(&export) {
            Some(Stage::Accepted(accepted)) => match pupil {
                Some(pupil) => accepted.lock_of(pupil),
                None => accepted.locked_by.as_ref(),
            },
            _ => None,
        };
        decision
            .and_then(|decision| self.ledger().dossiers.get(decision))
            .map(|decision| decision.latest().1.recorded)
            .ok_or_else(|| ClerkFault::NotNow { code: "export.not_locked", what: export.to_string() })
    }
}
