//! What a search finds: pupils by name, and every document in which one of them stands, or every document of a class.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey, DossierOf, Period};
use school::identifier::{ClassName, PupilId, SchoolYear};

use super::pupil_index::Listed;
use super::stages::{self, Said};
use super::subjects;
use crate::clerk::{ClerkFault, YearInForce, given_name_first};
use crate::clock;
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::lifecycle::ledger::Ledger;
use crate::web::frame;
use crate::web::house::House;

/// A class of a school year.
pub type ClassOfYear = (SchoolYear, ClassName);

/// A document that was found.
pub struct Document {
    /// Which one.
    pub id: DossierId,
    /// Its year.
    pub year: SchoolYear,
    /// What it is called.
    pub called: String,
    /// Where it stands.
    pub said: Said,
    /// The deposit that holds it, and the media that hold that.
    pub medium: Option<String>,
}

impl Document {
    /// With the name of the pupil or subject, where it is of one.
    fn of(
        house: &House,
        (ledger, year): (&Ledger, &YearInForce),
        (id, one): (&DossierId, &Dossier),
        of: Option<&str>,
    ) -> Self {
        let medium = ledger.deposit_of(id).map(|deposit| {
            let on = ledger.media.iter().filter(|(_, one)| one.deposits.contains(deposit));
            let media: Vec<String> = on.map(|(id, _)| id.to_string()).collect();
            if media.is_empty() { deposit.to_string() } else { format!("{deposit}, {}", media.join(", ")) }
        });
        let said = stages::of(ledger, &house.settings.regulation, (year, clock::now()), (id, one));
        Self { id: id.clone(), year: one.key.year, called: frame::named(&one.key, of), said, medium }
    }
}

/// A pupil whose name or code is what was looked for.
pub struct Pupil {
    /// The code.
    pub id: PupilId,
    /// The name in the latest gradebook.
    pub name: String,
    /// Every class, latest first.
    pub classes: BTreeSet<Reverse<ClassOfYear>>,
    lists: Vec<Arc<Listed>>,
}

/// Whoever has this in their name or code, folded, in any gradebook; `exact`: the code is this one.
///
/// Errors: a gradebook cannot be read.
pub fn pupils(house: &House, wanted: &str, exact: bool) -> Result<Vec<Pupil>, ClerkFault> {
    let mut lists = house.pupils.lists(&house.reading)?;
    lists.sort_by_key(|list| (list.year, list.period));
    let is = |one: &super::pupil_index::Pupil| {
        if exact { one.id.as_str() == wanted } else { one.is_called(wanted) }
    };
    let ids: BTreeSet<&PupilId> =
        lists.iter().flat_map(|list| &list.pupils).filter(|one| is(one)).map(|one| &one.id).collect();
    // Also where they stand under another name: one that was corrected, or as the letters were written then.
    let mut found: BTreeMap<&PupilId, Pupil> = BTreeMap::new();
    for list in &lists {
        for one in list.pupils.iter().filter(|one| ids.contains(&one.id)) {
            let pupil = found.entry(&one.id).or_insert_with(|| Pupil {
                id: one.id.clone(),
                name: String::new(),
                classes: BTreeSet::new(),
                lists: Vec::new(),
            });
            pupil.name.clone_from(&one.name);
            pupil.classes.insert(Reverse((list.year, list.class.clone())));
            pupil.lists.push(Arc::clone(list));
        }
    }
    let mut found: Vec<Pupil> = found.into_values().collect();
    found.sort_by_cached_key(|one| given_name_first(&one.name));
    Ok(found)
}

impl Pupil {
    /// Every document and version in which the pupil stands, the latest year first; `year` is the one under way.
    pub fn documents(&self, house: &House, year: &YearInForce) -> Vec<Document> {
        let lists: BTreeMap<&Sha256, &Listed> = self.lists.iter().map(|one| (&one.export, &**one)).collect();
        house.reading.look(|ledger| {
            let cases: Vec<_> = ledger.corrections.of_pupil(&self.id).collect();
            let records: BTreeSet<DossierId> = cases.iter().map(|case| case.record().id()).collect();
            let requests: BTreeSet<DossierId> = cases.iter().map(|case| case.request().id()).collect();
            let stands_in = |(id, one): &(&DossierId, &Dossier)| match one.key.kind() {
                DocumentKind::HocBa => one.key.of == DossierOf::HocBa(self.id.clone()),
                DocumentKind::PhieuDeNghiSua => requests.contains(*id),
                DocumentKind::BienBanSuaChua => records.contains(*id),
                // It lists every case of its year, however far each was.
                DocumentKind::TongHopSuaChua => cases
                    .iter()
                    .any(|case| case.id.year == one.key.year && case.opened <= one.revisions[0].recorded),
                // A decision over a whole class names nobody.
                DocumentKind::QuyetDinhKhoa => one.pupil.as_ref() == Some(&self.id),
                DocumentKind::QuyetDinhMo | DocumentKind::BienBanNiemPhong => false,
                DocumentKind::SoDiem
                | DocumentKind::SoDiemGv
                | DocumentKind::BangTongHop
                | DocumentKind::DanhSachXetDuyet
                | DocumentKind::SoDangBo => one.exports.iter().any(|export| lists.contains_key(export)),
            };
            let mut all: Vec<_> = ledger.dossiers.iter().filter(stands_in).collect();
            all.sort_by_key(|(_, one)| place(&one.key));
            let named = |one: &Dossier| match &one.key.of {
                DossierOf::HocBa(_) => Some(self.name.clone()),
                DossierOf::SoDiemGv(book) => {
                    let list = one.exports.iter().find_map(|export| lists.get(export));
                    list.and_then(|list| list.subject(&book.subject)).map(str::to_owned)
                }
                _ => None,
            };
            let found = all.into_iter();
            found.map(|one| Document::of(house, (ledger, year), one, named(one.1).as_deref())).collect()
        })
    }
}

/// The own transcript first, then what is of the class, then papers of corrections; versions one after the other.
fn place(key: &DossierKey) -> (Reverse<SchoolYear>, bool, Period, DocumentKind, DossierId) {
    (Reverse(key.year), key.kind() != DocumentKind::HocBa, key.period, key.kind(), key.id())
}

/// Every document of a class: those of the class itself, then the transcripts in the order of the class.
///
/// Errors: a gradebook cannot be read.
pub fn of_class(
    house: &House,
    in_force: &YearInForce,
    (year, class): &ClassOfYear,
) -> Result<Vec<Document>, ClerkFault> {
    let roster = &in_force.roster.1;
    let mut order: BTreeMap<PupilId, (usize, String)> = BTreeMap::new();
    for list in house.pupils.lists(&house.reading)? {
        if list.year == *year && list.class == *class {
            let pupils = list.pupils.iter().enumerate();
            order.extend(pupils.map(|(at, pupil)| (pupil.id.clone(), (at, pupil.name.clone()))));
        }
    }
    Ok(house.reading.look(|ledger| {
        let of_class = |(_, one): &(&DossierId, &Dossier)| {
            one.key.year == *year
                && !matches!(one.stage, Stage::Withdrawn(_))
                && stages::class_of(ledger, one).as_ref() == Some(class)
        };
        let mut all: Vec<_> = ledger.dossiers.iter().filter(of_class).collect();
        let place = |one: &Dossier| match &one.key.of {
            DossierOf::HocBa(pupil) => order.get(pupil).map(|(at, _)| *at),
            _ => None,
        };
        all.sort_by_cached_key(|(_, one)| {
            (one.key.kind() == DocumentKind::HocBa, place(one), subjects::place(roster, &one.key))
        });
        let name = |one: &Dossier| match &one.key.of {
            DossierOf::HocBa(pupil) => order.get(pupil).map(|(_, name)| name.clone()),
            DossierOf::SoDiemGv(book) => Some(subjects::name(roster, &book.subject).to_owned()),
            _ => None,
        };
        let found = all.into_iter();
        found.map(|one| Document::of(house, (ledger, in_force), one, name(one.1).as_deref())).collect()
    }))
}
