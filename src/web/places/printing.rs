//! Prints of signed documents: chosen in the search, recorded with what they are for, then printed one after
//! the other. Every document gets a code that is written or stamped on its paper copy.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use school::dossier::DossierId;
use school::limits::{REASON_CHARACTERS, ROWS_SHOWN};

use super::fields::Fields;
use crate::accounts::Role;
use crate::clerk;
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page};
use crate::web::house::House;
use crate::web::visitor::Visitor;

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Inspector];

/// Records a print and leads to it.
pub async fn record(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(MAY)?;
    let fields = Fields::read(&body)?;
    let chosen: Result<Vec<DossierId>, _> = fields.all("ho_so").map(str::parse).collect();
    let chosen = chosen.map_err(|_| Fault::form())?;
    if chosen.is_empty() || chosen.len() > ROWS_SHOWN {
        return Err(Fault::form());
    }
    let purpose: String =
        fields.one("muc_dich").unwrap_or_default().trim().chars().take(REASON_CHARACTERS).collect();
    if purpose.is_empty() {
        return Err(Fault::of(StatusCode::UNPROCESSABLE_ENTITY, "web.reason_missing"));
    }
    let entry =
        house.orders.ask(move |office, _| clerk::record_print(office, &chosen, &by, &purpose)).await??;
    Ok(Redirect::to(&format!("/tra-cuu/in/{entry}")).into_response())
}

/// A print: its documents in their order, each with its code.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(entry): Path<u64>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let print =
        house.reading.look(|ledger| ledger.prints.get(entry).cloned()).ok_or_else(Fault::not_found)?;
    let purpose = house.reading.reason(&print.record)?.reason;
    let numbers = house.reading.look(|ledger| {
        let number = |one: &crate::lifecycle::event::PrintedRevision| {
            let revisions = &ledger.dossiers.get(&one.dossier)?.revisions;
            revisions.iter().position(|revision| revision.sha256 == one.sha256)
        };
        print.printed.iter().map(number).collect::<Vec<_>>()
    });
    let of = print.printed.len();
    let content = html! {
        p { "Mục " strong { (entry) } " của sổ theo dõi, " (frame::moment(print.at)) ", do " (print.by) " in. Mục đích: " (purpose) }
        p { "In từng hồ sơ theo thứ tự, ghi hoặc đóng mã của nó lên từng trang bản giấy rồi đóng dấu. Mã dẫn về đúng bản đã in." }
        p.en lang="en" { "Print each document in order and put its code on every page of the stamped paper copy." }
        div.wide tabindex="0" { table {
            thead { tr { th scope="col" { "Mã bản giấy" } th scope="col" { "Hồ sơ" } th scope="col" { "SHA-256 của bản được in" } th scope="col" { "In" } } }
            tbody { @for (place, (one, number)) in print.printed.iter().zip(&numbers).enumerate() { tr {
                td { strong { "IN-" (entry) "-" (place + 1) "/" (of) } }
                td { (frame::kind_of(&one.dossier)) " " (one.dossier) }
                td { code { (one.sha256) } }
                td { @if let Some(number) = number { a href=(format!("/ho-so/{}/{number}.pdf?in={entry}", one.dossier)) target="_blank" rel="noopener" { "Mở để in" (en("Print")) } } }
            } } }
        } }
        p { a href="/tra-cuu" { "← Tra cứu" } }
    };
    Ok(page(&house, &visitor, ("Bản in", "Print"), &content).into_response())
}
