//! The lock decision: ban quản trị proposes, the principal signs; only what a closed decision lists
//! by digest may be made into documents (DESIGN, section 6).

use std::collections::BTreeSet;

use crafts::document::{self, LockDecision, LockedExport};
use crafts::pdf::Packing;
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey, DossierOf, Period};
use school::identifier::{ClassName, DecisionNumber, SchoolYear};
use school::moment::Moment;

use crate::clerk::render::register_base;
use crate::clerk::{ClerkFault, Office};
use crate::clock;
use crate::lifecycle::export::Stage;

/// Makes the base of a decision over `exports`, all accepted and of one year. Proposing the same
/// number again changes nothing.
///
/// Errors: `export.not_accepted` for an export that was refused, is unknown or of another year;
/// `export.period_decided` when this or another decision lists the same class and period already: its
/// documents exist, and a changed mark in them is a matter of correction, not of a second lock.
pub fn propose_lock(
    office: &mut Office,
    year: SchoolYear,
    number: DecisionNumber,
    exports: &[Sha256],
) -> Result<DossierId, ClerkFault> {
    let key = DossierKey { year, of: DossierOf::QuyetDinhKhoa(number), period: Period::FullYear };
    if office.ledger().dossiers.contains_key(&key.id()) {
        return Ok(key.id());
    }
    let mut decided: BTreeSet<_> = office.decided_periods(year).collect();
    let mut locked = Vec::new();
    for export in exports {
        let not_now = |code| ClerkFault::NotNow { code, what: export.to_string() };
        let accepted = match office.ledger().exports.stage(export) {
            Some(Stage::Accepted(accepted)) if accepted.year == year => accepted,
            _ => return Err(not_now("export.not_accepted")),
        };
        let (class, period) = (accepted.class.clone(), accepted.period);
        if !decided.insert((class.clone(), period)) {
            return Err(not_now("export.period_decided"));
        }
        locked.push(LockedExport { class, period, sha256: *export });
    }
    let in_force = office.year(year)?;
    let plan = in_force.plans.1.expand(&key, None, &[], in_force.roster.0, in_force.plans.0)?;
    let decision =
        LockDecision { exports: &locked, roster: &in_force.roster.1, plan: &plan, decided: clock::now() };
    let rendered = document::lock_decision(&decision)?;
    register_base(office, &key, &rendered, plan, Packing::Classic, exports.to_vec())?;
    Ok(key.id())
}

impl Office {
    /// Classes and periods that lock decisions of `year` list, closed or not.
    fn decided_periods(&self, year: SchoolYear) -> impl Iterator<Item = (ClassName, Period)> {
        let decisions = self.ledger().dossiers.values().filter(move |dossier| {
            dossier.key.kind() == DocumentKind::QuyetDinhKhoa && dossier.key.year == year
        });
        decisions.flat_map(|decision| &decision.exports).filter_map(|export| {
            match self.ledger().exports.stage(export) {
                Some(Stage::Accepted(accepted)) => Some((accepted.class.clone(), accepted.period)),
                _ => None,
            }
        })
    }

    /// When the decision that locks `export` was closed: the date of everything made from it.
    pub(super) fn lock_moment(&self, export: Sha256) -> Result<Moment, ClerkFault> {
        let accepted = match self.ledger().exports.stage(&export) {
            Some(Stage::Accepted(accepted)) => accepted.locked_by.as_ref(),
            _ => None,
        };
        accepted
            .and_then(|decision| self.ledger().dossiers.get(decision))
            .map(|decision| decision.latest().1.recorded)
            .ok_or_else(|| ClerkFault::NotNow { code: "export.not_locked", what: export.to_string() })
    }
}
