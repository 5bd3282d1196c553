//! What the roster asks of a period, compared with what is closed (DESIGN, section 8): class books, every
//! transcript, teachers' books and what else the plans of the year name.

use std::collections::{BTreeMap, HashMap};

use school::archive;
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey, DossierOf, Period};
use school::identifier::{ClassName, PupilId, SchoolYear};
use school::plan::Templates;
use school::roster::Roster;

use crate::lifecycle::correction::Standing;
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::export::{self, Accepted};
use crate::lifecycle::ledger::Ledger;

/// What is asked of a year: by the roster, the plans, and the pupils of each class whose data are locked.
pub struct Expected<'a> {
    /// The roster in force.
    pub roster: &'a Roster,
    /// The plans in force.
    pub plans: &'a Templates,
    /// Pupils of the locked gradebook of each class.
    pub pupils: &'a BTreeMap<ClassName, Vec<PupilId>>,
}

/// Something that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The class; none for what is the school's.
    pub class: Option<ClassName>,
    /// What of it.
    pub what: Absent,
}

/// What of a class is not there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absent {
    /// No decision locks its data.
    LockedData,
    /// This document is not made.
    NotMade(DossierId),
    /// This document is made and not closed.
    NotClosed(DossierId),
    /// No summary lists this correction.
    NotSummed(DossierId),
}

impl Absent {
    /// The document that is missing.
    pub const fn document(&self) -> Option<&DossierId> {
        match self {
            Self::LockedData => None,
            Self::NotMade(id) | Self::NotClosed(id) | Self::NotSummed(id) => Some(id),
        }
    }
}

impl Expected<'_> {
    /// Everything of `period` that is not closed, class by class. A class is late as long as it stands here.
    pub fn missing(&self, ledger: &Ledger, period: Period) -> Vec<Missing> {
        let classes = archive::classes(self.roster);
        let open = not_closed(ledger);
        let of_classes = classes.into_iter().flat_map(|class| self.missing_of(ledger, &open, &class, period));
        of_classes.chain(self.not_summed(ledger, period)).collect()
    }

    /// Corrections of the year that no closed summary lists (S2, Đ.7.4 and Đ.9).
    fn not_summed<'l>(&self, ledger: &'l Ledger, period: Period) -> impl Iterator<Item = Missing> + use<'l> {
        let (year, summed) = (self.roster.year, self.plans.provide(DocumentKind::TongHopSuaChua));
        let asked = summed && period == Period::FullYear;
        let cases = ledger.corrections.of_year(year).filter(move |_| asked);
        let carried_out = cases.filter(|case| case.standing(ledger) == Standing::CarriedOut);
        let listed: Vec<&DossierId> = ledger
            .dossiers
            .values()
            .filter(|one| one.key.kind() == DocumentKind::TongHopSuaChua)
            .filter(|one| one.key.year == year && matches!(one.stage, Stage::Closed(_)))
            .flat_map(|one| &one.corrects)
            .collect();
        let records = carried_out.map(|case| case.record().id());
        let missing = records.filter(move |record| !listed.contains(&record));
        missing.map(|record| Missing { class: None, what: Absent::NotSummed(record) })
    }

    fn missing_of(
        &self,
        ledger: &Ledger,
        open: &HashMap<&Sha256, Vec<&DossierId>>,
        class: &ClassName,
        period: Period,
    ) -> Vec<Missing> {
        let of = |what| Missing { class: Some(class.clone()), what };
        let locked = ledger.exports.accepted().find(|(_, accepted)| {
            (&accepted.class, accepted.period, accepted.year) == (class, period, self.roster.year)
                && accepted.locked_by.is_some()
                && accepted.counts()
        });
        let Some((export, _)) = locked else { return vec![of(Absent::LockedData)] };
        let pupils = self.pupils.get(class).into_iter().flatten();
        let asked = archive::documents_of(self.roster, self.plans, class, period);
        let asked = asked.into_iter().chain(
            pupils.filter(|_| archive::provides_transcripts(self.plans)).cloned().map(DossierOf::HocBa),
        );
        let mut missing: Vec<Missing> = asked
            .filter_map(|asked| {
                let key = DossierKey::new(self.roster.year, asked, period);
                match ledger.current(&key) {
                    None => Some(of(Absent::NotMade(key.id()))),
                    Some((_, current)) if current.corrected_by.is_some() => {
                        Some(of(Absent::NotMade(current.key.next_version().id())))
                    }
                    Some((_, current)) if matches!(current.stage, Stage::Closed(_)) => None,
                    Some((id, _)) => Some(of(Absent::NotClosed(id.clone()))),
                }
            })
            .collect();
        // What was made beside the roster's list is waited for too.
        for id in open.get(export).into_iter().flatten() {
            let what = of(Absent::NotClosed((*id).clone()));
            if !missing.contains(&what) {
                missing.push(what);
            }
        }
        missing
    }
}

/// Documents of classes that are made and not closed, by the data they were made from: one look at all that a school
/// ever made, and not one for each class.
fn not_closed(ledger: &Ledger) -> HashMap<&Sha256, Vec<&DossierId>> {
    let mut open: HashMap<&Sha256, Vec<&DossierId>> = HashMap::new();
    for (id, made) in ledger.made().filter(|(_, made)| !matches!(made.stage, Stage::Closed(_))) {
        for export in &made.exports {
            open.entry(export).or_default().push(id);
        }
    }
    open
}

/// The pupils of each class of `year` whose data are locked; `listed` are those of an export.
///
/// Errors: those of `listed`.
pub fn pupils_of_year<E>(
    ledger: &Ledger,
    year: SchoolYear,
    mut listed: impl FnMut(&Sha256, &Accepted) -> Result<Vec<PupilId>, E>,
) -> Result<BTreeMap<ClassName, Vec<PupilId>>, E> {
    let of_year = ledger.exports.accepted().filter(|(_, one)| one.year == year);
    let mut pupils: BTreeMap<ClassName, Vec<PupilId>> = BTreeMap::new();
    for (export, accepted) in of_year.filter(|(_, one)| one.locked_by.is_some() && one.counts()) {
        // A class has the same pupils in every period, but for those who came or left.
        let of_class = pupils.entry(accepted.class.clone()).or_default();
        if accepted.period == Period::FullYear || of_class.is_empty() {
            *of_class = listed(export, accepted)?;
        }
    }
    Ok(pupils)
}

/// The class that a dossier belongs to; none for documents of the school.
pub(super) fn class_of(ledger: &Ledger, dossier: &DossierId) -> Option<ClassName> {
    let known = ledger.dossiers.get(dossier)?;
    match &known.key.of {
        DossierOf::SoDiem(class)
        | DossierOf::BangTongHop(class)
        | DossierOf::DanhSachXetDuyet(class)
        | DossierOf::SoDangBo(class) => Some(class.clone()),
        DossierOf::SoDiemGv(book) => Some(book.class.clone()),
        DossierOf::HocBa(_) => known.exports.iter().find_map(|export| match ledger.exports.stage(export) {
            Some(export::Stage::Accepted(accepted)) => Some(accepted.class.clone()),
            _ => None,
        }),
        _ => None,
    }
}
