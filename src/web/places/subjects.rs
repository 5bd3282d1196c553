//! Subjects as people know them: by name, in the order in which the roster has them printed.

use school::dossier::{DocumentKind, DossierKey, DossierOf};
use school::identifier::{ClassName, SubjectId};
use school::roster::Roster;

use crate::web::frame;

/// What a subject is called; its code, where the roster tells no name.
pub fn name<'r>(roster: &'r Roster, id: &'r SubjectId) -> &'r str {
    roster.curriculum.iter().find(|one| one.id == *id).map_or(id.as_str(), |one| one.name.as_str())
}

/// Every subject that is taught, once.
pub fn taught(roster: &Roster) -> Vec<&SubjectId> {
    let mut all = Vec::new();
    for one in &roster.assignments {
        if !all.contains(&&one.subject) {
            all.push(&one.subject);
        }
    }
    all
}

/// What lists of documents are sorted by: kinds together, each class by class, a teacher's books in the order of
/// their subjects. Documents of which nothing else is said keep the order they have.
pub fn place<'k>(
    roster: &Roster,
    key: &'k DossierKey,
) -> (String, DocumentKind, Option<(&'k ClassName, usize)>) {
    let of_class = match &key.of {
        DossierOf::SoDiemGv(book) => {
            let before = roster.subjects(&book.class).take_while(|one| one.subject != book.subject);
            Some((&book.class, before.count()))
        }
        DossierOf::SoDiem(class)
        | DossierOf::BangTongHop(class)
        | DossierOf::DanhSachXetDuyet(class)
        | DossierOf::SoDangBo(class) => Some((class, 0)),
        _ => None,
    };
    (key.period.to_string(), key.kind(), of_class)
}

/// What a document is called, its subject by name.
pub fn named(roster: &Roster, key: &DossierKey) -> String {
    match &key.of {
        DossierOf::SoDiemGv(book) => frame::named(key, Some(name(roster, &book.subject))),
        _ => frame::named(key, None),
    }
}
