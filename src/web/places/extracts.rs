//! Trích xuất: documents that lie in the archive, given to somebody on an order. The order is an entry of the register
//! with a record for both sides to sign; its page leads to the files as they stood then.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::PersonId;
use school::medium::CopyId;
use school::roster::Roster;

use super::copies::{order_lines, ordered, who_watched, witness};
use super::fields::Fields;
use super::printing::chosen;
use super::pupils::Names;
use crate::accounts::Role;
use crate::clerk::{self, ClerkFault, Office};
use crate::web::fault::Fault;
use crate::web::frame::{self, back, below, en, page, th};
use crate::web::house::House;
use crate::web::sessions::random_key;
use crate::web::visitor::Visitor;

const LOOK: &[Role] = &[Role::Principal, Role::Office, Role::Inspector];
const GIVE: &[Role] = &[Role::Office];
/// In the ids of the fields.
const CODE: &str = "trich-xuat";

/// Whether somebody is offered it.
pub fn may_give(visitor: &Visitor) -> bool {
    visitor.needs_person(GIVE).is_ok()
}

/// Asks on whose order the chosen documents are given, and for whom.
pub async fn ask(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    visitor.needs_person(GIVE)?;
    let fields = Fields::read(&Bytes::from(query.unwrap_or_default()))?;
    let documents = chosen(&fields)?;
    let names = Names::of(&house, &visitor, &documents).await?;
    let copies = house.reading.look(|ledger| clerk::copies_holding(ledger, &documents));
    let (_, year) = house.this_year().await?;
    let mark = random_key().ok_or_else(Fault::busy)?;
    let purpose = fields.one("muc_dich").unwrap_or_default().trim();
    let content = html! {
        p { (documents.len()) " hồ sơ đã chọn" (en("Documents chosen")) }
        ul { @for id in &documents { li.way translate="no" { a href=(format!("/ho-so/{id}")) { (names.get(id)) } } } }
        @if copies.is_empty() {
            (frame::words("extract.not_on_copy"))
        } @else {
            (form(&documents, &copies, &year.roster.1, (purpose, &mark)))
        }
        (back("/tra-cuu", "Tra cứu", "Search"))
    };
    Ok(page(&house, &visitor, ("Trích xuất hồ sơ lưu trữ", "Extract from the archive"), &content)
        .into_response())
}

fn form(
    documents: &[DossierId],
    copies: &[CopyId],
    roster: &Roster,
    (purpose, mark): (&str, &str),
) -> Markup {
    html! {
        section.card aria-labelledby=(CODE) {
            h2 id=(CODE) { "Lệnh trích xuất" (en("The order")) }
            form method="post" action="/tra-cuu/trich-xuat" {
                input type="hidden" name="lan" value=(mark);
                @for id in documents { input type="hidden" name="ho_so" value=(id); }
                label for="ban-sao" { "Trích từ bản sao" (en("Out of the copy")) }
                select #ban-sao name="ban_sao" required translate="no" { @if copies.len() > 1 { (frame::to_choose()) } @for copy in copies { option value=(copy) { (copy) } } }
                (order_lines(CODE, purpose))
                (witness(CODE, roster))
                div.row { button type="submit" { "Ghi sổ và trích xuất" (en("Record and extract")) } }
            }
        }
    }
}

/// Records the order and leads to what is given by it.
pub async fn give(State(house): State<Arc<House>>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    let by = visitor.needs_person(GIVE)?;
    let fields = Fields::read(&body)?;
    let documents = chosen(&fields)?;
    let copy: CopyId = fields.one("ban_sao").and_then(|id| id.parse().ok()).ok_or_else(Fault::form)?;
    let (order, watched) = (ordered(&fields, String::new())?, who_watched(&fields)?);
    let mark = fields.one("lan").ok_or_else(Fault::form)?.to_owned();
    let keeping = Arc::clone(&house);
    let given = house.orders.ask_for(visitor.actor(), move |office: &mut Office, _: &mut _| {
        // Sent twice it is ordered once.
        if let Some(page) = keeping.sent_forms.led_to(&mark) {
            return Ok::<_, ClerkFault>(page);
        }
        let extract = clerk::extract(office, &copy, &documents, order, (Some(by), &[watched]))?;
        let page = format!("/tra-cuu/trich-xuat/{}", extract.entry);
        keeping.sent_forms.done(&mark, &page);
        Ok(page)
    });
    Ok(Redirect::to(&given.await??).into_response())
}

/// An extract: its order, and the files.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(entry): Path<u64>,
) -> Result<Response, Fault> {
    visitor.needs(LOOK)?;
    let given = clerk::given_extract(&house.reading, entry)?;
    let order = &given.order;
    let ids: Vec<DossierId> = order.documents.iter().map(|one| one.dossier.clone()).collect();
    let names = Names::of(&house, &visitor, &ids).await?;
    let files: Vec<(&DossierId, Sha256, Option<usize>)> = house.reading.look(|ledger| {
        let revision = |id: &DossierId, sha256: Sha256| {
            ledger.dossiers.get(id)?.revisions.iter().position(|one| one.sha256 == sha256)
        };
        let documents = order.documents.iter();
        documents.map(|one| (&one.dossier, one.sha256, revision(&one.dossier, one.sha256))).collect()
    });
    let called =
        |people: &[PersonId]| people.iter().map(|id| house.called(id)).collect::<Vec<_>>().join(", ");
    let (gave, watched) = given.people.split_at(given.people.len().min(1));
    let mark = random_key().ok_or_else(Fault::busy)?;
    let content = html! {
        p { "Mục " strong { (entry) } " của sổ theo dõi, " (given.at.vietnamese()) ", do " span translate="no" { (called(gave)) } " trích, " span translate="no" { (called(watched)) } " chứng kiến" (en("Entry of the register: when, by whom, who watched")) }
        dl {
            dt { "Lệnh" (en("Ordered by")) } dd translate="no" { (order.ordered) }
            dt { "Mục đích" (en("What for")) } dd translate="no" { (order.purpose) }
            dt { "Người nhận" (en("Recipient")) } dd translate="no" { (order.recipient) }
            @if !order.until.is_empty() { dt { "Ngày trả lại" (en("Comes back")) } dd translate="no" { (order.until) } }
            dt { "Trích từ bản sao" (en("Out of the copy")) } dd.way translate="no" { a href=(format!("/luu-tru/ban-sao/{}", given.copy)) { (given.copy) } }
        }
        p { a.button href=(format!("/luu-tru/ban-sao/{}/{}", given.copy, clerk::hand_over_record(entry))) target="_blank" rel="noopener" { "Mở biên bản giao nhận để in" (en("Open the record, to print")) } }
        p { "Tệp giao là tệp đã ký số, đúng từng byte như trong gói lưu trữ; người nhận kiểm tra được bằng bất kỳ chương trình nào đọc chữ ký số." }
        (below("What is given are the signed files, byte by byte as in the archive; whoever receives them can check them with any program that reads signatures."))
        div.wide tabindex="0" { table.stack {
            thead { tr { (th("Hồ sơ", "Document")) (th("Tệp", "File")) (th("SHA-256 của tệp", "SHA-256 of the file")) } }
            tbody { @for (id, sha256, revision) in &files { tr {
                td.whole translate="no" data-as="Hồ sơ" { a href=(format!("/ho-so/{id}")) { (names.get(id)) } p.hint { (id) } }
                td.whole data-as="Tệp" { @if let Some(revision) = revision {
                    div.row {
                        a.button.quiet href=(format!("/ho-so/{id}/{revision}.pdf")) target="_blank" rel="noopener" { "Xem" (en("View")) }
                        a.button.quiet href=(format!("/ho-so/{id}/{revision}.pdf?tai=1")) { "Tải về" (en("Download")) }
                    }
                } }
                td.whole data-as="SHA-256 của tệp" { code { (sha256) } }
            } } }
        } }
        form method="post" action="/tra-cuu/in" {
            @for id in &ids { input type="hidden" name="ho_so" value=(id); }
            input type="hidden" name="lan" value=(mark);
            input type="hidden" name="muc_dich" value=(format!("Trích xuất, mục {entry} của sổ theo dõi: {}", order.purpose));
            div.row { button.quiet type="submit" { "In bản giấy, mỗi trang mang mã" (en("Print on paper, with a code on every page")) } }
        }
        (back("/tra-cuu", "Tra cứu", "Search"))
    };
    Ok(page(&house, &visitor, ("Trích xuất", "Extract"), &content).into_response())
}
