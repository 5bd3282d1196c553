//! Tra cứu: any pupil of any year, by name without marks or by code, or a whole class; every document, where it
//! stands and on which medium, and what is printed of it.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use school::identifier::{ClassName, SchoolYear};
use school::limits::ROWS_SHOWN;
use serde::Deserialize;

use super::extracts;
use super::folded::folded;
use super::found::{self, ClassOfYear, Document};
use super::stages::Colour;
use crate::accounts::Role;
use crate::clerk::{self, ClerkFault, GivenExtract, YearInForce};
use crate::lifecycle::print::Print;
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page, plain, th};
use crate::web::house::House;
use crate::web::sessions::random_key;
use crate::web::visitor::Visitor;

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Inspector];
/// How many of the latest prints are listed.
const PRINTS_SHOWN: usize = 20;
/// Of so many pupils every document is shown at once; of more, one is chosen first.
const PUPILS_IN_FULL: usize = 5;

/// What is looked for: a name or a part of it, the code of one pupil, or a class with its year.
#[derive(Debug, Deserialize)]
pub struct Asked {
    ten: Option<String>,
    ma: Option<String>,
    lop: Option<String>,
}

/// A pupil or a class, with documents.
struct Found {
    name: String,
    of: String,
    documents: Vec<Document>,
    /// Everything that is signed is chosen for the printer at first.
    whole: bool,
}

impl Found {
    fn pupil(house: &House, year: &YearInForce, one: &found::Pupil) -> Self {
        let of = format!("{}. {}", one.id, classes_of(one));
        Self { name: one.name.clone(), of, documents: one.documents(house, year), whole: false }
    }
}

/// What is shown.
enum Shown {
    Documents(Vec<Found>),
    /// Too many pupils for that.
    Choice(Vec<found::Pupil>),
}

fn pupils(house: &House, year: &YearInForce, wanted: &str, exact: bool) -> Result<Shown, ClerkFault> {
    let found = found::pupils(house, wanted, exact)?;
    Ok(match found.len() > PUPILS_IN_FULL {
        true => Shown::Choice(found),
        false => Shown::Documents(found.iter().map(|one| Found::pupil(house, year, one)).collect()),
    })
}

fn classes_of(pupil: &found::Pupil) -> String {
    let of = pupil.classes.iter().map(|Reverse((year, class))| format!("Lớp {class}, năm học {year}."));
    of.collect::<Vec<_>>().join(" ")
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
    let code = asked.ma.filter(|code| !code.is_empty());
    let of_class = asked.lop.as_deref().and_then(class_of_year);
    let asks = !wanted.is_empty() || code.is_some() || of_class.is_some();
    if asks {
        let words = asked.lop.as_deref().or(code.as_deref()).unwrap_or(&typed);
        house.note(&visitor, "view", format!("tra-cuu/{words}"))?;
    }
    let chosen = match &of_class {
        Some(of) => Some((of.clone(), house.year(of.0).await?)),
        None => None,
    };
    let latest = house.this_year().await.ok().map(|(_, year)| year);
    let looking = Arc::clone(&house);
    let found = tokio::task::spawn_blocking(move || match (&chosen, &code, &latest) {
        (Some((of, year)), ..) => {
            let (name, year_of) = (format!("Lớp {}", of.1), format!("Năm học {}.", of.0));
            let documents = found::of_class(&looking, year, of)?;
            Ok(Shown::Documents(vec![Found { name, of: year_of, documents, whole: true }]))
        }
        (None, Some(code), Some(latest)) => pupils(&looking, latest, code, true),
        (None, None, Some(latest)) if !wanted.is_empty() => pupils(&looking, latest, &wanted, false),
        // Nothing is looked for, or no year was ever open.
        (None, ..) => Ok(Shown::Documents(Vec::new())),
    });
    let found = found.await.map_err(|_| Fault::busy())?.map_err(|fault: ClerkFault| fault)?;
    let mark = random_key().ok_or_else(Fault::busy)?;
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
        @match &found {
            _ if !asks => { (latest_prints(&house)) (latest_extracts(&house)?) }
            Shown::Choice(pupils) => (choice(pupils)),
            Shown::Documents(found) => (results(found, &mark, extracts::may_give(&visitor))),
        }
    };
    Ok(page(&house, &visitor, ("Tra cứu", "Search"), &content).into_response())
}

fn classes(house: &House, chosen: Option<&ClassOfYear>) -> Markup {
    let all: BTreeSet<(Reverse<SchoolYear>, ClassName)> = house.reading.look(|ledger| {
        let locked = ledger.exports.accepted().filter(|(_, one)| one.is_locked());
        locked.map(|(_, one)| (Reverse(one.year), one.class.clone())).collect()
    });
    html! {
        select #lop name="lop" required {
            @if all.len() > 1 { (frame::to_choose()) }
            @for (Reverse(year), class) in &all {
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

fn latest_extracts(house: &House) -> Result<Markup, Fault> {
    let latest = clerk::latest_extracts(&house.reading, PRINTS_SHOWN)?;
    let words = |one: &GivenExtract| {
        let documents = plain(format!("{} hồ sơ", one.order.documents.len()), "documents");
        let who = one.people.first().map(|id| house.called(id)).unwrap_or_default();
        format!("{} · {documents} · {who}", one.at.vietnamese())
    };
    Ok(html! {
        @if !latest.is_empty() {
            h2 { "Các lần trích xuất gần đây" (en("Latest extracts")) }
            ul { @for one in &latest { li translate="no" { a href=(format!("/tra-cuu/trich-xuat/{}", one.entry)) { (words(one)) } } } }
        }
    })
}

/// Pupils of whom one is chosen.
fn choice(pupils: &[found::Pupil]) -> Markup {
    let all = pupils.len() <= ROWS_SHOWN;
    html! {
        p role="status" { (pupils.len()) " học sinh" @if !all { " (chỉ hiện " (ROWS_SHOWN) " em đầu)" } ", chọn một em để xem hồ sơ" (en(if all { "pupils; choose one" } else { "pupils; only the first ones are shown; choose one" })) }
        div.wide tabindex="0" { table.stack {
            thead { tr { (th("Học sinh", "Pupil")) (th("Mã", "Code")) (th("Lớp", "Class")) } }
            tbody { @for one in pupils.iter().take(ROWS_SHOWN) { tr {
                th.whole translate="no" scope="row" { a href=(format!("/tra-cuu?ma={}", one.id)) { (one.name) } }
                td translate="no" data-as="Mã" { (one.id) }
                td.whole translate="no" data-as="Lớp" { (classes_of(one)) }
            } } }
        } }
    }
}

/// What was found.
fn results(found: &[Found], mark: &str, gives: bool) -> Markup {
    html! {
        p role="status" { @if found.iter().any(|one| one.whole) { (found.iter().map(|one| one.documents.len()).sum::<usize>()) " hồ sơ" (en("documents")) } @else { (found.len()) " học sinh" (en("pupils")) } }
        form method="post" action="/tra-cuu/in" {
            input type="hidden" name="lan" value=(mark);
            @for one in found {
                section.card aria-label=(plain(format!("Hồ sơ của {}", one.name), "Documents")) {
                    h2 translate="no" { (one.name) " " small { (one.of) } }
                    @for documents in one.documents.chunk_by(|one, next| one.year == next.year) {
                        @if !one.whole { h3 { "Năm học " (documents[0].year) (en("School year")) } }
                        (listed(documents, one.whole))
                    }
                }
            }
            @if !found.is_empty() {
                section.card aria-labelledby="in" {
                    h2 #in { "In bản giấy" (en("Print")) }
                    @if found.iter().any(|one| one.whole) { p { "Mọi hồ sơ đã ký của lớp được chọn sẵn để in cả lớp; hồ sơ nào không in thì bỏ chọn." (en("Everything that is signed is chosen, to print the whole class; take the tick from what is not printed.")) } }
                    p { "Các hồ sơ đã chọn thành một tệp PDF cho máy in, mỗi trang mang mã của bản giấy." (en("One PDF for the printer; every page carries the code of the paper copy.")) }
                    label for="muc-dich" { "Mục đích, ghi vào sổ theo dõi" (en("What for")) }
                    input #muc-dich type="text" name="muc_dich" maxlength="200";
                    div.row {
                        button type="submit" { "In các hồ sơ đã chọn" (en("Print the chosen ones")) }
                        @if gives { button.quiet type="submit" formmethod="get" formaction="/tra-cuu/trich-xuat" { "Trích xuất từ kho lưu trữ" (en("Extract them from the archive")) } }
                    }
                    @if gives { p.hint { "Trích xuất: giao tệp đã ký số cho người khác theo lệnh, có người chứng kiến và biên bản." (en("An extract gives the signed files to somebody on an order, before a witness, with a record.")) } }
                }
            }
        }
    }
}

fn listed(documents: &[Document], chosen: bool) -> Markup {
    html! {
        div.wide tabindex="0" { table.stack {
            thead { tr { (th("In", "Print")) (th("Hồ sơ", "Document")) (th("Nơi dừng", "Stands at")) (th("Lưu trữ, vật mang", "Deposit, media")) } }
            tbody { @for Document { id, called, said, medium, .. } in documents { tr {
                td { @if said.colour == Colour::Good { label.tick { input type="checkbox" name="ho_so" value=(id) checked[chosen] aria-label=(plain(format!("In {called}"), "Print")); span.narrow { "In" (en("Print")) } } } }
                td translate="no" data-as="Hồ sơ" { a href=(format!("/ho-so/{id}")) { (called) } small { (id) } }
                td data-as="Nơi dừng" { (said.label()) }
                td data-as="Lưu trữ, vật mang" { (medium.as_deref().unwrap_or("–")) }
            } } }
        } }
    }
}
