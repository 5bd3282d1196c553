//! Tra cứu: any pupil of any year, by name without marks or by code, and every document of theirs.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::html;
use school::dossier::{DossierId, DossierKey, DossierOf};
use school::identifier::{ClassName, PupilId, SchoolYear};
use school::limits::ROWS_SHOWN;
use serde::Deserialize;

use super::folded::folded;
use super::stages::{self, Colour, Said};
use crate::accounts::Role;
use crate::clerk::ClerkFault;
use crate::lifecycle::print::Print;
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page};
use crate::web::house::House;
use crate::web::visitor::Visitor;

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Inspector];
/// How many of the latest prints are listed.
const PRINTS_SHOWN: usize = 20;

/// What is looked for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    ten: Option<String>,
}

struct Pupil {
    id: PupilId,
    name: String,
    classes: Vec<(SchoolYear, ClassName)>,
    documents: Vec<(DossierId, Said, Option<String>)>,
}

fn find(house: &House, wanted: &str) -> Result<Vec<Pupil>, ClerkFault> {
    let exports = house.reading.look(|ledger| {
        ledger
            .exports
            .accepted()
            .filter(|(_, one)| one.is_locked())
            .map(|(export, _)| *export)
            .collect::<Vec<_>>()
    });
    let mut found: Vec<Pupil> = Vec::new();
    for export in exports {
        let book = house.reading.gradebook(&export)?;
        for pupil in &book.pupils {
            if !folded(&pupil.name).contains(wanted) && !folded(pupil.id.as_str()).contains(wanted) {
                continue;
            }
            let place = (book.year, book.class.clone());
            match found.iter_mut().find(|one| one.id == pupil.id) {
                Some(known) if known.classes.contains(&place) => {}
                Some(known) => known.classes.push(place),
                None => found.push(Pupil {
                    id: pupil.id.clone(),
                    name: pupil.name.clone(),
                    classes: vec![place],
                    documents: Vec::new(),
                }),
            }
        }
        if found.len() >= ROWS_SHOWN {
            break;
        }
    }
    house.reading.look(|ledger| {
        for pupil in &mut found {
            for (id, one) in &ledger.dossiers {
                let own = matches!(&one.key.of, DossierOf::HocBa(of) if *of == pupil.id);
                let of_class = matches!(&one.key.of, DossierOf::SoDiem(class) if pupil.classes.contains(&(one.key.year, class.clone())));
                if own || of_class {
                    let medium = ledger.deposit_of(id).map(|deposit| {
                        let on = ledger.media.iter().filter(|(_, one)| one.deposits.contains(deposit));
                        let media: Vec<String> = on.map(|(id, _)| id.to_string()).collect();
                        if media.is_empty() { deposit.to_string() } else { format!("{deposit}, {}", media.join(", ")) }
                    });
                    pupil.documents.push((id.clone(), stages::of(ledger, &house.settings.regulation, id, one), medium));
                }
            }
        }
    });
    Ok(found)
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
    let found = if wanted.is_empty() {
        Vec::new()
    } else {
        house.note(&visitor, "view", format!("tra-cuu/{typed}"))?;
        let (looking, text) = (Arc::clone(&house), wanted.clone());
        tokio::task::spawn_blocking(move || find(&looking, &text)).await.map_err(|_| Fault::busy())??
    };
    // The entry names who printed: an account that is nobody of the roster prints nothing.
    let prints = visitor.needs_person(MAY).is_ok();
    let latest: Vec<(u64, String)> = house.reading.look(|ledger| {
        let words = |print: &Print| {
            format!("{}: {} hồ sơ, {}", frame::moment(print.at), print.printed.len(), print.by)
        };
        ledger.prints.latest().take(PRINTS_SHOWN).map(|(entry, print)| (entry, words(print))).collect()
    });
    let content = html! {
        form method="get" action="/tra-cuu" role="search" {
            label for="ten" { "Tên học sinh, không cần dấu, hoặc mã" (en("Name without marks, or code")) }
            div.row { input #ten type="search" name="ten" value=(typed) required; button type="submit" { "Tìm" (en("Search")) } }
        }
        @if wanted.is_empty() && !latest.is_empty() {
            h2 { "Các lần in gần đây" (en("Latest prints")) }
            ul { @for (entry, words) in &latest { li { a href=(format!("/tra-cuu/in/{entry}")) { (words) } } } }
        }
        @if !wanted.is_empty() { p role="status" { (found.len()) " học sinh" } }
        form method="post" action="/tra-cuu/in" {
        @for pupil in &found {
            section.card aria-label=(pupil.name) {
                h2 { (pupil.name) " " span.en { (pupil.id) } }
                p { @for (year, class) in &pupil.classes { "Lớp " (class) ", năm học " (year) ". " } }
                div.wide tabindex="0" { table {
                    thead { tr { th scope="col" { "In" } th scope="col" { "Hồ sơ" } th scope="col" { "Nơi dừng" } th scope="col" { "Lưu trữ, vật mang" } } }
                    tbody { @for (id, said, medium) in &pupil.documents { tr { td { @if prints && said.colour == Colour::Good { input type="checkbox" name="ho_so" value=(id) aria-label=(format!("In {}", frame::named_by(id))); } }
                    td { a href=(format!("/ho-so/{id}")) { (frame::named_by(id)) @if let Ok(key) = DossierKey::from_id(id.as_str()) { ", " (key.year) } } } td { (said.label()) } td { (medium.as_deref().unwrap_or("–")) } } } }
                } }
            }
        }
        @if !found.is_empty() && prints {
            section.card aria-labelledby="in" {
                h2 #in { "In bản giấy" (en("Print")) }
                label for="muc-dich" { "Mục đích, ghi vào sổ theo dõi" (en("What for")) }
                input #muc-dich type="text" name="muc_dich" maxlength="200";
                div.row { button type="submit" { "In các hồ sơ đã chọn" (en("Print the chosen ones")) } }
            }
        }
        }
    };
    Ok(page(&house, &visitor, ("Tra cứu", "Search"), &content).into_response())
}
