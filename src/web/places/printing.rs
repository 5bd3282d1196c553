//! Prints of signed documents: chosen in the search, recorded with what they are for, then one file for the
//! printer with a code on every page.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use school::dossier::DossierId;
use school::limits::{REASON_CHARACTERS, ROWS_SHOWN};

use super::dossier::FRAMED;
use super::fields::Fields;
use super::pupils::Names;
use crate::accounts::Role;
use crate::clerk::{self, ClerkFault};
use crate::web::fault::Fault;
use crate::web::frame::{back, below, en, page, th};
use crate::web::house::House;
use crate::web::visitor::Visitor;

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Inspector];

/// Records a print and leads to it.
pub async fn record(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Fault> {
    let by = visitor.needs(MAY)?.actor();
    let fields = Fields::read(&body)?;
    let chosen = chosen(&fields)?;
    let purpose: String =
        fields.one("muc_dich").unwrap_or_default().trim().chars().take(REASON_CHARACTERS).collect();
    if purpose.is_empty() {
        return Err(Fault::of(StatusCode::UNPROCESSABLE_ENTITY, "web.reason_missing"));
    }
    let mark = fields.one("lan").ok_or_else(Fault::form)?.to_owned();
    let keeping = Arc::clone(&house);
    let printed = house.orders.ask(move |office, _| {
        // Sent twice it is printed once.
        if let Some(page) = keeping.sent_forms.led_to(&mark) {
            return Ok::<_, ClerkFault>(page);
        }
        let page = format!("/tra-cuu/in/{}", clerk::record_print(office, &chosen, &by, &purpose)?);
        keeping.sent_forms.done(&mark, &page);
        Ok(page)
    });
    Ok(Redirect::to(&printed.await??).into_response())
}

/// The documents that a form of the search chose.
///
/// Errors: none, or more than one page shows.
pub(super) fn chosen(fields: &Fields) -> Result<Vec<DossierId>, Fault> {
    let chosen: Result<Vec<DossierId>, _> = fields.all("ho_so").map(str::parse).collect();
    let chosen = chosen.map_err(|_| Fault::form())?;
    if (1..=ROWS_SHOWN).contains(&chosen.len()) { Ok(chosen) } else { Err(Fault::form()) }
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
    let purpose = house.reading.reason(&print.record)?;
    let of = print.printed.len();
    let ids: Vec<DossierId> = print.printed.iter().map(|one| one.dossier.clone()).collect();
    let names = Names::of(&house, &visitor, &ids).await?;
    let content = html! {
        p { "Mục " strong { (entry) } " của sổ theo dõi, " (print.at.vietnamese()) ", do " span translate="no" { (house.teller(&purpose)) } " in. Mục đích: " span translate="no" { (purpose.reason) } (en("Entry of the register: when, by whom, what for")) }
        p { a.button href=(format!("/tra-cuu/in/{entry}/ban-in.pdf")) target="_blank" rel="noopener" { "Mở bản in: một tệp PDF, " (of) " hồ sơ" (en("Open the copy for the printer")) } }
        p { "Mỗi trang mang mã của bản giấy ở chân trang; mã dẫn về đúng mục, hồ sơ và bản đã in. In xong thì đóng dấu lên bản giấy. Tệp này chỉ để in, không mang chữ ký số; hồ sơ ký số không bị đụng đến." }
        (below("Every page carries the code of the paper copy. The file is for the printer only and holds no signature."))
        div.wide tabindex="0" { table.stack {
            thead { tr { (th("Mã bản giấy", "Code of the paper copy")) (th("Hồ sơ", "Document")) (th("SHA-256 của bản được in", "SHA-256 of what is printed")) } }
            tbody { @for (place, one) in (1..).zip(&print.printed) { tr {
                td { strong { (clerk::paper_code(entry, place, of)) } }
                td translate="no" data-as="Hồ sơ" { a href=(format!("/ho-so/{}", one.dossier)) { (names.get(&one.dossier)) } p.hint { (one.dossier) } }
                td data-as="SHA-256 của bản được in" { code { (one.sha256) } }
            } } }
        } }
        (back("/tra-cuu", "Tra cứu", "Search"))
    };
    Ok(page(&house, &visitor, ("Bản in", "Print"), &content).into_response())
}

/// The copy for the printer.
pub async fn copy(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(entry): Path<u64>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let print =
        house.reading.look(|ledger| ledger.prints.get(entry).cloned()).ok_or_else(Fault::not_found)?;
    for one in &print.printed {
        house.note(&visitor, "print", &one.dossier)?;
    }
    let reading = Arc::clone(&house.reading);
    let made = tokio::task::spawn_blocking(move || clerk::print_copy(&reading, entry)).await;
    let pdf = made.map_err(|_| Fault::busy())??;
    let name = HeaderValue::from_str(&format!("inline; filename=\"ban-in-{entry}.pdf\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_DISPOSITION, name.map_err(|_| Fault::not_found())?),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMED)),
    ];
    Ok((headers, pdf).into_response())
}
