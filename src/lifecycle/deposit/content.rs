//! What goes into a deposit of a kind.

use std::collections::BTreeSet;

use school::deposit::{DepositId, DepositKind};
use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey, Period};
use school::identifier::{ClassName, SchoolYear};
use school::limits::DEPOSIT_DOSSIERS;

use super::completeness::class_of;
use super::{DepositRefusal, Expected, Stage};
use crate::lifecycle::dossier;
use crate::lifecycle::ledger::Ledger;

/// What the entry that plans a deposit fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Closed dossiers.
    pub dossiers: Vec<DossierId>,
    /// Exports that no document was made of.
    pub exports: Vec<Sha256>,
    /// Deposits that hold what is corrected here.
    pub corrects: Vec<DepositId>,
    /// With it everything that the roster asks of the year is in deposits.
    pub complete: bool,
}

/// What becomes of classes that are late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// They are waited for: the deposit is refused, with the list of what is missing.
    WaitedFor,
    /// They follow in a supplement; what is complete goes in.
    Follow,
}

/// How much one deposit may hold, so that it fits on a disc and can be sealed and read alone.
#[derive(Clone, Copy)]
pub struct Room<'a> {
    /// What its documents may take.
    pub bytes: u64,
    /// What a document takes, with everything that is written about it.
    pub taken_by: &'a dyn Fn(&DossierId) -> u64,
}

impl Room<'_> {
    fn holds(&self, dossiers: &BTreeSet<DossierId>) -> bool {
        let bytes = dossiers.iter().map(self.taken_by).fold(0_u64, u64::saturating_add);
        dossiers.len() <= DEPOSIT_DOSSIERS && bytes <= self.bytes
    }
}

/// What a deposit of this kind would hold now. While one of the same kind is under way, that one is it, and
/// this is not asked.
///
/// Errors: [`DepositRefusal::UnderWay`], [`DepositRefusal::Incomplete`], [`DepositRefusal::Nothing`],
/// [`DepositRefusal::NoRoom`].
pub fn ask_to_plan(
    ledger: &Ledger,
    year: SchoolYear,
    kind: DepositKind,
    expected: &Expected,
    late: Late,
    room: Room<'_>,
) -> Result<Content, DepositRefusal> {
    let of_year = ledger.deposits.iter().filter(|(id, _)| id.year() == year);
    if let Some((id, _)) = of_year.clone().find(|(_, one)| !matches!(one.stage, Stage::Sealed { .. })) {
        return Err(DepositRefusal::UnderWay(id.clone()));
    }
    let waiting: Vec<DossierId> =
        ledger.awaiting_deposit().into_iter().filter(|id| ledger.dossiers[id].key.year == year).collect();
    let missing = kind.closes().map(|period| expected.missing(ledger, period)).unwrap_or_default();
    if late == Late::WaitedFor && !missing.is_empty() {
        return Err(DepositRefusal::Incomplete(missing));
    }
    let late_classes: BTreeSet<&ClassName> = missing.iter().filter_map(|one| one.class.as_ref()).collect();
    let chosen: Vec<DossierId> = waiting
        .into_iter()
        .filter(|id| {
            let corrected = corrected_in(ledger, id).is_some();
            let class = class_of(ledger, id);
            let in_time = class.as_ref().is_none_or(|class| !late_classes.contains(class));
            match kind {
                DepositKind::Snapshot(_) => false,
                DepositKind::Correction => corrected || class.is_none() && !decides(ledger, id),
                DepositKind::Supplement => !corrected,
                DepositKind::Year => !corrected && in_time && !decides_late(ledger, id, &late_classes),
                DepositKind::FirstTerm => {
                    !corrected && in_time && ledger.dossiers[id].key.period == Period::FirstTerm
                }
            }
        })
        .collect();
    let exports = match kind {
        DepositKind::Snapshot(n) => unlocked(ledger, year, Period::Snapshot(n)),
        _ => Vec::new(),
    };
    let no_document =
        chosen.iter().all(|id| class_of(ledger, id).is_none() && kind != DepositKind::Correction);
    if exports.is_empty() && (chosen.is_empty() || (no_document && kind.closes().is_some())) {
        return Err(DepositRefusal::Nothing(kind));
    }
    let none_chosen = chosen.is_empty();
    let dossiers = within(ledger, room, chosen);
    if dossiers.is_empty() && !none_chosen {
        return Err(DepositRefusal::NoRoom { bytes: room.bytes });
    }
    let corrects: BTreeSet<DepositId> =
        dossiers.iter().filter_map(|id| corrected_in(ledger, id)).cloned().collect();
    // Unlocked marks complete nothing.
    let documents = !kind.is_sealed_by_stamp_alone();
    let complete = documents && expected.missing(ledger, Period::FullYear).is_empty() && {
        let rest = ledger.awaiting_deposit().into_iter();
        let mut rest = rest.filter(|id| ledger.dossiers[id].key.year == year && !dossiers.contains(id));
        !rest.any(|id| class_of(ledger, &id).is_some())
    };
    Ok(Content { dossiers, exports, corrects: corrects.into_iter().collect(), complete })
}

/// As many dossiers as there is room for and as one entry of the register can name: whole classes, each with the
/// decisions that it rests on, because a deposit is judged by what lies in it, whatever other deposits hold. Only
/// a class that is too large for a deposit of its own is cut.
fn within(ledger: &Ledger, room: Room<'_>, chosen: Vec<DossierId>) -> Vec<DossierId> {
    let mut chosen: Vec<_> = chosen.into_iter().map(|id| (class_of(ledger, &id), id)).collect();
    chosen.sort();
    let mut taken = BTreeSet::new();
    let mut holds_a_class = false;
    for class in chosen.chunk_by(|(one, _), (other, _)| one == other) {
        if add(ledger, room, &mut taken, class) {
            holds_a_class |= class[0].0.is_some();
            continue;
        }
        if !holds_a_class {
            class.chunks(1).take_while(|one| add(ledger, room, &mut taken, one)).for_each(drop);
        }
        break;
    }
    taken.into_iter().collect()
}

/// Adds dossiers with what they rest on, all or none.
fn add(
    ledger: &Ledger,
    room: Room<'_>,
    taken: &mut BTreeSet<DossierId>,
    dossiers: &[(Option<ClassName>, DossierId)],
) -> bool {
    let mut all = taken.clone();
    all.extend(dossiers.iter().flat_map(|(_, id)| with_what_it_rests_on(ledger, id.clone())));
    let fits = room.holds(&all);
    if fits {
        *taken = all;
    }
    fits
}

/// A dossier with everything that it rests on: a corrected version on its record, and that one on the
/// decision that locked what was corrected.
fn with_what_it_rests_on(ledger: &Ledger, dossier: DossierId) -> BTreeSet<DossierId> {
    let mut all = BTreeSet::new();
    let mut waiting = vec![dossier];
    while let Some(id) = waiting.pop() {
        if all.insert(id.clone()) {
            waiting.extend(rests_on(ledger, &id).cloned());
        }
    }
    all
}

/// Closed decisions and papers of corrections that name an export of the dossier.
fn rests_on<'l>(ledger: &'l Ledger, dossier: &DossierId) -> impl Iterator<Item = &'l DossierId> {
    let exports = &ledger.dossiers[dossier].exports;
    let closed = ledger.dossiers.iter().filter(|(_, one)| matches!(one.stage, dossier::Stage::Closed(_)));
    closed
        .filter(|(id, one)| decides(ledger, id) && one.exports.iter().any(|export| exports.contains(export)))
        .map(|(id, _)| id)
        .collect::<Vec<_>>()
        .into_iter()
}

fn decides(ledger: &Ledger, id: &DossierId) -> bool {
    ledger.dossiers[id].key.kind().names_exports()
}

/// A decision that names nothing but data of late classes waits with them.
fn decides_late(ledger: &Ledger, id: &DossierId, late: &BTreeSet<&ClassName>) -> bool {
    let named = &ledger.dossiers[id].exports;
    let of_late = |export: &Sha256| {
        let accepted = ledger.exports.accepted().find(|(known, _)| *known == export);
        accepted.is_some_and(|(_, accepted)| late.contains(&accepted.class))
    };
    decides(ledger, id) && !named.is_empty() && named.iter().all(of_late)
}

/// The deposit that holds the closed version which this one corrects. What was only withdrawn corrects
/// nothing.
pub(super) fn corrected_in<'l>(ledger: &'l Ledger, id: &DossierId) -> Option<&'l DepositId> {
    let key = &ledger.dossiers[id].key;
    let earlier = (1..key.version).rev().map(|version| DossierKey { version, ..key.clone() }.id());
    let closed = |id: &DossierId| {
        ledger.dossiers.get(id).is_some_and(|one| matches!(one.stage, dossier::Stage::Closed(_)))
    };
    earlier.into_iter().find(closed).and_then(|id| ledger.deposit_of(&id))
}

/// Accepted exports of a period that no deposit holds.
pub(super) fn unlocked(ledger: &Ledger, year: SchoolYear, period: Period) -> Vec<Sha256> {
    let deposited: BTreeSet<&Sha256> = ledger.deposits.values().flat_map(|one| &one.exports).collect();
    let accepted = ledger.exports.accepted().filter(|(_, one)| (one.year, one.period) == (year, period));
    accepted.map(|(export, _)| *export).filter(|export| !deposited.contains(export)).collect()
}
