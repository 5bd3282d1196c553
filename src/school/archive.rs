//! What the archive of a period holds of a class, derived from roster and plans: the list that a yearly
//! deposit is compared with, by whoever makes it and by whoever judges it.

use std::collections::BTreeSet;

use crate::dossier::{DocumentKind, DossierKey, DossierOf, Period};
use crate::identifier::ClassName;
use crate::plan::Templates;
use crate::roster::Roster;

/// Every class of the roster: those with a homeroom teacher and those that somebody teaches.
pub fn classes(roster: &Roster) -> BTreeSet<ClassName> {
    let taught = roster.assignments.iter().map(|assignment| &assignment.class);
    roster.homerooms.keys().chain(taught).cloned().collect()
}

/// The documents of a class that the school's plans provide, but for the transcripts, whose pupils the
/// roster does not know. The enrolment register is made once a year.
pub fn documents_of(roster: &Roster, plans: &Templates, class: &ClassName, period: Period) -> Vec<DossierOf> {
    let books = roster.subjects(class).flat_map(|one| roster.teacher_books(class, &one.subject));
    let of_class =
        [DossierOf::SoDiem, DossierOf::BangTongHop, DossierOf::DanhSachXetDuyet, DossierOf::SoDangBo];
    let all = of_class.into_iter().map(|of| of(class.clone())).chain(books.map(DossierOf::SoDiemGv));
    let due = |of: &DossierOf| period == Period::FullYear || !matches!(of, DossierOf::SoDangBo(_));
    all.filter(due)
        .filter(|of| plans.provide(DossierKey::new(roster.year, of.clone(), Period::FullYear).kind()))
        .collect()
}

/// Whether every pupil of a class has a transcript.
pub fn provides_transcripts(plans: &Templates) -> bool {
    plans.provide(DocumentKind::HocBa)
}
