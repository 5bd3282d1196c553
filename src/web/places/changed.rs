//! Changed values of a correction as its readers see them: whose, which cell of the form, the value before and the
//! one now. A later version of a document shows them where it is read and before it is signed.

use std::collections::BTreeSet;
use std::sync::Arc;

use maud::{Markup, html};
use school::dossier::{DossierId, DossierKey};
use school::gradebook::Change;
use school::identifier::{ClassName, SubjectId};
use school::limits::ROWS_SHOWN;
use school::roster::Roster;

use super::corrections;
use crate::accounts::Role;
use crate::clerk::{ChangedValue, VersionChanges};
use crate::web::fault::Fault;
use crate::web::frame::{Title, en, th};
use crate::web::house::House;
use crate::web::places::pupils::Names;
use crate::web::visitor::Visitor;

/// Which changed values of a class somebody reads.
pub enum Reads {
    /// Every one.
    All,
    /// Those of these subjects.
    Subjects(BTreeSet<SubjectId>),
}

impl Reads {
    /// By the rule for marks: a teacher reads those of their own subjects, the homeroom teacher all of the own class, an
    /// administrator none.
    pub fn of(visitor: &Visitor, roster: &Roster, class: &ClassName) -> Self {
        let person = match (visitor.role(), visitor.session.as_ref().and_then(|one| one.person.as_ref())) {
            (Some(Role::Teacher), Some(person)) => person,
            (Some(Role::Principal | Role::Office | Role::Inspector), _) => return Self::All,
            _ => return Self::Subjects(BTreeSet::new()),
        };
        if roster.homerooms.get(class) == Some(person) {
            return Self::All;
        }
        let own = roster
            .subjects(class)
            .filter(|one| one.teachers().chain([&one.presiding]).any(|id| id == person));
        Self::Subjects(own.map(|one| one.subject.clone()).collect())
    }

    /// Whether this one is among them.
    pub fn shows(&self, change: &Change) -> bool {
        match self {
            Self::All => true,
            Self::Subjects(own) => change.subject().is_some_and(|subject| own.contains(&subject)),
        }
    }
}

/// The values as a table, under the words for what was and what is now.
pub fn table<'v>(
    caption: &Markup,
    (before, now): (Title<'_>, Title<'_>),
    values: impl IntoIterator<Item = &'v ChangedValue>,
) -> Markup {
    html! {
        div.wide tabindex="0" { table.stack {
            caption { (caption) }
            thead { tr { (th("Học sinh", "Pupil")) (th("Nội dung", "What")) (th(before.0, before.1)) (th(now.0, now.1)) } }
            tbody { @for value in values.into_iter().take(ROWS_SHOWN) { tr {
                th.whole scope="row" { @if value.pupil.is_empty() { "Cả lớp" (en("Class")) } @else { span translate="no" { (value.pupil) } } }
                td.whole translate="no" data-as="Nội dung" { (value.what) } td translate="no" data-as=(before.0) { (value.old) } td translate="no" data-as=(now.0) { (value.new) }
            } } }
        } }
    }
}

/// What later versions among these documents say otherwise, each with the version before it and the case; nothing
/// where none is a later version.
///
/// Errors: `web.busy`; a gradebook is not what the register names.
pub async fn since_before(
    house: &Arc<House>,
    visitor: &Visitor,
    ids: impl IntoIterator<Item = &DossierId>,
) -> Result<Markup, Fault> {
    let later = |id: &&DossierId| DossierKey::from_id(id.as_str()).is_ok_and(|key| key.version > 1);
    let later: Vec<DossierId> = ids.into_iter().filter(later).take(ROWS_SHOWN).cloned().collect();
    let reading = Arc::clone(&house.reading);
    let read = tokio::task::spawn_blocking(move || {
        let of = |id: DossierId| Ok(reading.version_changes(&id)?.map(|changes| (id, changes)));
        later.into_iter().filter_map(|id| of(id).transpose()).collect::<Result<Vec<_>, Fault>>()
    });
    let versions = read.await.map_err(|_| Fault::busy())??;
    let mut parts = Vec::new();
    let named: Vec<DossierId> =
        versions.iter().flat_map(|(id, version)| [id.clone(), version.before.clone()]).collect();
    let names = if named.is_empty() { Names::default() } else { Names::of(house, visitor, &named).await? };
    for (id, version) in &versions {
        let key = DossierKey::from_id(id.as_str()).map_err(|_| Fault::not_found())?;
        let year = house.year(key.year).await?;
        let reads = Reads::of(visitor, &year.roster.1, &version.class);
        let own = version.values.iter().filter(|(change, _)| reads.shows(change));
        parts.push(one(&names, id, version, own.map(|(_, value)| value).collect()));
    }
    Ok(html! { @if !parts.is_empty() {
        section aria-labelledby="da-sua" {
            h2 #da-sua { "Đã sửa so với bản trước" (en("Changed since the version before")) }
            @for part in &parts { (part) }
        }
    } })
}

fn one(names: &Names, id: &DossierId, version: &VersionChanges, own: Vec<&ChangedValue>) -> Markup {
    let others = version.values.len() - own.len();
    let caption = html! { span translate="no" { (names.get(id)) } ": " (own.len()) " giá trị đã sửa" (en("changed values")) };
    html! {
        @if !own.is_empty() { (table(&caption, (("Bản trước", "Before"), ("Bản này", "Now")), own)) }
        @if others > 0 { p.hint { (others) " giá trị đã sửa thuộc môn khác, thầy/cô không xem ở đây." (en("Changed values of other subjects are not shown to you.")) } }
        p.way { a href=(format!("/ho-so/{}", version.before)) { "Bản trước: " span translate="no" { (names.get(&version.before)) } (en("the version before")) }
            @if let Some(case) = &version.case { " " a href=(corrections::path(case)) { "Hồ sơ sửa chữa " (case.number) (en("correction case")) } } }
    }
}
