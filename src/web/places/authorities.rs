//! Chứng thư CA: authorities that nobody knew are loaded from a file, and trusted once administrator and
//! principal, two people in two sessions, have each typed the fingerprint that they read elsewhere.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use school::digest::Sha256;
use serde::Deserialize;

use crate::accounts::Role;
use crate::clerk;
use crate::lifecycle::event::Capacity;
use crate::web::fault::Fault;
use crate::web::frame::{en, page};
use crate::web::house::House;
use crate::web::visitor::Visitor;

const MAY: &[Role] = &[Role::Admin, Role::Principal];

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    let session = visitor.needs(MAY)?;
    let own = capacity(session.role);
    let (proposed, trusted) = house.reading.look(|ledger| {
        let trusted: Vec<Sha256> =
            ledger.enrolment.confirmed_authorities().map(|(certificate, _)| certificate).collect();
        let all: Vec<_> = ledger.enrolment.authorities.iter().map(|(id, one)| (*id, one.clone())).collect();
        (all, trusted)
    });
    let content = html! {
        p { "Chương trình chỉ tin cơ quan cấp chứng thư mà nhà trường đã đối chiếu. Người quản trị và Hiệu trưởng, hai người khác nhau, mỗi người trong phiên của mình gõ lại dấu vân tay SHA-256 lấy từ trang chính thức của cơ quan đó." }
        p.en lang="en" { "An authority is trusted once administrator and principal have each typed its SHA-256 fingerprint, read from its official site." }
        section.card aria-labelledby="nap" {
            h2 #nap { "Nạp chứng thư CA" (en("Load a certificate")) }
            form method="post" action="/cau-hinh/ca" enctype="multipart/form-data" {
                label for="tep" { "Tệp .crt, .pem hoặc .p7b" (en("File")) }
                input #tep type="file" name="tep" accept=".crt,.cer,.pem,.der,.p7b,.p7c" required;
                div.row { button type="submit" { "Nạp" (en("Load")) } }
            }
        }
        @if proposed.is_empty() { p { "Chưa có chứng thư CA nào được nạp. Những CA đi kèm chương trình luôn có sẵn." } }
        @for (certificate, one) in &proposed {
            section.card aria-label=(certificate) {
                p { @if one.self_issued { "CA gốc" } @else { "CA trung gian" } ", được nạp từ tệp hoặc từ USB token." }
                p { "Xác nhận: "
                    @if one.confirmed.is_empty() { "chưa có ai" }
                    @for (capacity, person) in &one.confirmed { (capacity_words(*capacity)) " " (person) ". " }
                    @if trusted.contains(certificate) { span.stage.good { "được tin cậy" } } @else { span.stage.open { "chưa được tin cậy" } }
                }
                @if !one.confirmed.contains_key(&own) {
                    form method="post" action=(format!("/cau-hinh/ca/{certificate}/xac-nhan")) {
                        label for=(format!("dau-{certificate}")) { "Dấu vân tay SHA-256, gõ lại từ nguồn chính thức" (en("Fingerprint from its official site")) }
                        input id=(format!("dau-{certificate}")) type="text" name="dau" required autocomplete="off" spellcheck="false" maxlength="200";
                        p.hint { "Chứng thư này kết thúc bằng …" code { (&certificate.to_string()[56..]) } "; phần còn lại lấy từ nguồn chính thức, không lấy từ trang này." }
                        div.row { button type="submit" { "Xác nhận với tư cách " (capacity_words(own)) (en("Confirm")) } }
                    }
                }
            }
        }
        p { a href="/cau-hinh/nam-hoc" { "← Chuẩn bị năm học" } }
    };
    Ok(page(&house, &visitor, ("Chứng thư CA", "Authorities"), &content).into_response())
}

const fn capacity(role: Role) -> Capacity {
    match role {
        Role::Principal => Capacity::Principal,
        _ => Capacity::Admin,
    }
}

const fn capacity_words(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Principal => "Hiệu trưởng",
        Capacity::Admin => "quản trị",
    }
}

/// Proposes the authorities of a file.
pub async fn load(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    mut parts: Multipart,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let part = parts.next_field().await.map_err(|_| Fault::form())?.ok_or_else(Fault::form)?;
    let file = part.bytes().await.map_err(|_| Fault::form())?;
    house.orders.ask(move |office, _| clerk::propose_authorities(office, &file)).await??;
    Ok(Redirect::to("/cau-hinh/ca").into_response())
}

/// A fingerprint.
#[derive(Deserialize)]
pub struct Typed {
    dau: String,
}

/// Confirms an authority in the capacity of the session.
pub async fn confirm(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    Form(form): Form<Typed>,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(MAY)?;
    let capacity = capacity(visitor.needs(MAY)?.role);
    let confirmed = house
        .orders
        .ask(move |office, _| clerk::confirm_authority(office, certificate, &form.dau, (&by, capacity)));
    confirmed.await??;
    Ok(Redirect::to("/cau-hinh/ca").into_response())
}
