//! Tra cứu: any pupil of any year, by name without marks or by code, or a whole class; every document, where it
//! stands and on which medium, and what is printed of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use school::dossier::{DocumentKind, DossierId, DossierOf};
use school::gradebook::Gradebook;
use school::identifier::{ClassName, PupilId, SchoolYear};
use school::limits::ROWS_SHOWN;
use school::roster::Roster;
use serde::Deserialize;

use super::folded::folded;
use super::stages::{self, Colour, Said};
use super::subjects;
use crate::accounts::Role;
use crate::clerk::{ClerkFault, given_name_first};
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::print::Print;
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page, plain, th};
use crate::web::house::House;
use crate::web::visitor::Visitor;

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Inspector];
/// How many of the latest prints are listed.
const PRINTS_SHOWN: usize = 20;

/// What is looked for: a name, or a class with its year.
#[derive(Debug, Deserialize)]
pub struct Asked {
    ten: Option<String>,
    lop: Option<String>,
}

/// A class of a school year.
type ClassOfYear = (SchoolYear, ClassName);

/// A document that was found.
struct Document {
    id: DossierId,
    called: String,
    said: Said,
    medium: Option<String>,
}

impl Document {
    /// With the name of the pupil or subject, where it is of one.
    fn of(house: &House, ledger: &Ledger, (id, one): (&DossierId, &Dossier), of: Option<&str>) -> Self {
        let medium = ledger.deposit_of(id).map(|deposit| {
            let on = ledger.media.iter().filter(|(_, one)| one.deposits.contains(deposit));
            let media: Vec<String> = on.map(|(id, _)| id.to_string()).collect();
            if media.is_empty() { deposit.to_string() } else { format!("{deposit}, {}", media.join(", ")) }
        });
        let said = stages::of(ledger, &house.settings.regulation, id, one);
        Self { id: id.clone(), called: frame::named(&one.key, of), said, medium }
    }
}

/// A pupil or a class, with documents.
struct Found {
    name: String,
    of: String,
    documents: Vec<Document>,
    /// Everything that is signed is chosen for the printer at first.
    whole: bool,
}

/// Locked gradebooks, each class of a year once: the latest period counts.
fn books(house: &House) -> Result<Vec<Arc<Gradebook>>, ClerkFault> {
    let exports = house.reading.look(|ledger| {
        let locked = ledger.exports.accepted().filter(|(_, one)| one.is_locked());
        locked.map(|(export, _)| *export).collect::<Vec<_>>()
    });
    exports.iter().map(|export| house.reading.gradebook(export)).collect()
}

fn pupils(house: &House, wanted: &str) -> Result<Vec<Found>, ClerkFault> {
    let mut known: BTreeMap<PupilId, (String, BTreeSet<ClassOfYear>)> = BTreeMap::new();
    for book in books(house)? {
        for pupil in &book.pupils {
            if !folded(&pupil.name).contains(wanted) && !folded(pupil.id.as_str()).contains(wanted) {
                continue;
            }
            let (_, classes) =
                known.entry(pupil.id.clone()).or_insert_with(|| (pupil.name.clone(), BTreeSet::new()));
            classes.insert((book.year, book.class.clone()));
        }
    }
    let mut known: Vec<_> = known.into_iter().collect();
    known.sort_by_cached_key(|(_, (name, _))| given_name_first(name));
    known.truncate(ROWS_SHOWN);
    let found = known.into_iter().map(|(id, (name, classes))| {
        let documents = house.reading.look(|ledger| {
            let wanted = ledger.dossiers.iter().filter(|(_, one)| match &one.key.of {
                DossierOf::HocBa(of) => *of == id,
                DossierOf::SoDiem(class) => classes.contains(&(one.key.year, class.clone())),
                _ => false,
            });
            wanted.map(|one| Document::of(house, ledger, one, Some(&name))).collect()
        });
        let of = classes.iter().map(|(year, class)| format!("Lớp {class}, năm học {year}."));
        Found { of: format!("{id}. {}", of.collect::<Vec<_>>().join(" ")), name, documents, whole: false }
    });
    Ok(found.collect())
}

/// Every document of a class: those of the class itself, then the transcripts in the order of the class.
fn class(house: &House, roster: &Roster, (year, class): &ClassOfYear) -> Result<Found, ClerkFault> {
    let mut order: BTreeMap<PupilId, (usize, String)> = BTreeMap::new();
    for book in books(house)?.iter().filter(|book| book.year == *year && book.class == *class) {
        let pupils = book.pupils.iter().enumerate();
        order.extend(pupils.map(|(at, pupil)| (pupil.id.clone(), (at, pupil.name.clone()))));
    }
    let documents = house.reading.look(|ledger| {
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
        all.into_iter().map(|found| Document::of(house, ledger, found, name(found.1).as_deref())).collect()
    });
    Ok(Found { name: format!("Lớp {class}"), of: format!("Năm học {year}."), documents, whole: true })
}

fn class_of_year(text: &str) -> Option<ClassOfYear> {
    let (year, class) = text.split_once('/')?;
    Some((year.parse().ok()?, class.parse().ok()?))
}

/// The page.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let typed = asked.ten.unwrap_or_default();
    let wanted = folded(&typed);
    let of_class = asked.lop.as_deref().and_then(class_of_year);
    let asks = !wanted.is_empty() || of_class.is_some();
    if asks {
        house.note(&visitor, "view", format!("tra-cuu/{}", asked.lop.as_deref().unwrap_or(&typed)))?;
    }
    let chosen = match &of_class {
        Some(of) => Some((of.clone(), house.year(of.0).await?)),
        None => None,
    };
    let looking = Arc::clone(&house);
    let found = tokio::task::spawn_blocking(move || match &chosen {
        Some((chosen, year)) => class(&looking, &year.roster.1, chosen).map(|one| vec![one]),
        None if wanted.is_empty() => Ok(Vec::new()),
        None => pupils(&looking, &wanted),
    });
    let found = found.await.map_err(|_| Fault::busy())??;
    let content = html! {
        div.cards {
            section.card aria-labelledby="theo-ten" {
                h2 #theo-ten { "Một học sinh" (en("A pupil")) }
                form method="get" action="/tra-cuu" role="search" aria-label=(plain("Theo tên", "By name")) {
                    label for="ten" { "Tên học sinh, không cần dấu, hoặc mã" (en("Name without marks, or code")) }
                    div.row { input #ten type="search" name="ten" value=(typed) required; button type="submit" { "Tìm" (en("Search")) } }
                }
            }
            section.card aria-labelledby="theo-lop" {
                h2 #theo-lop { "Cả lớp" (en("A class")) }
                form method="get" action="/tra-cuu" role="search" aria-label=(plain("Theo lớp", "By class")) {
                    label for="lop" { "Lớp và năm học" (en("Class and year")) }
                    div.row { (classes(&house, of_class.as_ref())) button type="submit" { "Mở" (en("Open")) } }
                }
            }
        }
        @if asks { (results(&found)) } @else { (latest_prints(&house)) }
    };
    Ok(page(&house, &visitor, ("Tra cứu", "Search"), &content).into_response())
}

fn classes(house: &House, chosen: Option<&ClassOfYear>) -> Markup {
    let all: BTreeSet<(std::cmp::Reverse<SchoolYear>, ClassName)> = house.reading.look(|ledger| {
        let locked = ledger.exports.accepted().filter(|(_, one)| one.is_locked());
        locked.map(|(_, one)| (std::cmp::Reverse(one.year), one.class.clone())).collect()
    });
    html! {
        select #lop name="lop" required {
            @for (std::cmp::Reverse(year), class) in &all {
                option value=(format!("{year}/{class}")) selected[chosen.is_some_and(|(y, c)| y == year && c == class)] { (class) ", " (year) }
            }
        }
    }
}

fn latest_prints(house: &House) -> Markup {
    let latest: Vec<(u64, Print)> = house.reading.look(|ledger| {
        ledger.prints.latest().take(PRINTS_SHOWN).map(|(entry, print)| (entry, print.clone())).collect()
    });
    let words = |print: &Print| {
        let documents = plain(format!("{} hồ sơ", print.printed.len()), "documents");
        let who = house.reading.reason(&print.record).map(|words| house.teller(&words)).unwrap_or_default();
        format!("{} · {documents} · {who}", print.at.vietnamese())
    };
    html! {
        @if !latest.is_empty() {
            h2 { "Các lần in gần đây" (en("Latest prints")) }
            ul { @for (entry, print) in &latest { li translate="no" { a href=(format!("/tra-cuu/in/{entry}")) { (words(print)) } } } }
        }
    }
}

/// What was found.
fn results(found: &[Found]) -> Markup {
    html! {
        p role="status" { @if found.iter().any(|one| one.whole) { (found.iter().map(|one| one.documents.len()).sum::<usize>()) " hồ sơ" (en("documents")) } @else { (found.len()) " học sinh" @if found.len() == ROWS_SHOWN { " (chỉ hiện " (ROWS_SHOWN) " em đầu)" } (en(if found.len() == ROWS_SHOWN { "pupils; only the first ones are shown" } else { "pupils" })) } }
        form method="post" action="/tra-cuu/in" {
            @for one in found {
                section.card aria-label=(plain(format!("Hồ sơ của {}", one.name), "Documents")) {
                    h2 translate="no" { (one.name) " " small { (one.of) } }
                    div.wide tabindex="0" { table.stack {
                        thead { tr { (th("In", "Print")) (th("Hồ sơ", "Document")) (th("Nơi dừng", "Stands at")) (th("Lưu trữ, vật mang", "Deposit, media")) } }
                        tbody { @for Document { id, called, said, medium } in &one.documents { tr {
                            td { @if said.colour == Colour::Good { label.tick { input type="checkbox" name="ho_so" value=(id) checked[one.whole] aria-label=(plain(format!("In {called}"), "Print")); span.narrow { "In" (en("Print")) } } } }
                            td translate="no" { a href=(format!("/ho-so/{id}")) { (called) } small { (id) } }
                            td { (said.label()) }
                            td data-as="Lưu trữ" { (medium.as_deref().unwrap_or("–")) }
                        } } }
                    } }
                }
            }
            @if !found.is_empty() {
                section.card aria-labelledby="in" {
                    h2 #in { "In bản giấy" (en("Print")) }
                    p { "Các hồ sơ đã chọn thành một tệp PDF cho máy in, mỗi trang mang mã của bản giấy." (en("One PDF for the printer; every page carries the code of the paper copy.")) }
                    label for="muc-dich" { "Mục đích, ghi vào sổ theo dõi" (en("What for")) }
                    input #muc-dich type="text" name="muc_dich" maxlength="200";
                    div.row { button type="submit" { "In các hồ sơ đã chọn" (en("Print the chosen ones")) } }
                }
            }
        }
    }
}
