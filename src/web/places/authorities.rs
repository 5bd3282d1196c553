//! Chứng thư CA: authorities that nobody knew are loaded from a file, and trusted once administrator and
//! principal, two people in two sessions, have each typed the fingerprint that they read elsewhere. Either of
//! them ends that trust with a reason.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::identifier::PersonId;
use school::moment::Moment;
use serde::Deserialize;

use super::checks::name_of;
use super::dossier::ReasonForm;
use super::stages::{Colour, Said};
use crate::accounts::Role;
use crate::clerk;
use crate::lifecycle::event::Capacity;
use crate::web::fault::Fault;
use crate::web::frame::{back, below, en, page};
use crate::web::house::House;
use crate::web::visitor::Visitor;

const MAY: &[Role] = &[Role::Admin, Role::Principal];

/// An authority as the page shows it.
struct Known {
    certificate: Sha256,
    name: String,
    self_issued: bool,
    confirmed: Vec<(Capacity, PersonId)>,
    is_trusted: bool,
    /// Who trusts it no longer, since when, and their words.
    withdrawn: Option<(Capacity, PersonId, Moment, String)>,
}

fn known(house: &House) -> Result<Vec<Known>, Fault> {
    let (all, trusted) = house.reading.look(|ledger| {
        let trusted: Vec<Sha256> =
            ledger.enrolment.confirmed_authorities().map(|(certificate, _)| certificate).collect();
        (ledger.enrolment.authorities.clone(), trusted)
    });
    let shown = all.into_iter().map(|(certificate, one)| {
        let withdrawn = one.withdrawn.map(|one| -> Result<_, Fault> {
            Ok((one.capacity, one.by, one.at, house.reading.reason(&one.record)?.reason))
        });
        Ok(Known {
            certificate,
            name: name_of(&house.reading.authority(&certificate)?),
            self_issued: one.self_issued,
            confirmed: one.confirmed.into_iter().collect(),
            is_trusted: trusted.contains(&certificate),
            withdrawn: withdrawn.transpose()?,
        })
    });
    shown.collect()
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    let session = visitor.needs(MAY)?;
    let own = capacity(session.role);
    let known = known(&house)?;
    let content = html! {
        p { "Chương trình chỉ tin cơ quan cấp chứng thư mà nhà trường đã đối chiếu. Người quản trị và Hiệu trưởng, hai người khác nhau, mỗi người trong phiên của mình gõ lại dấu vân tay SHA-256 lấy từ trang chính thức của cơ quan đó. Một trong hai người thôi tin cậy thì CA đó hết hiệu lực ngay; muốn tin lại, cả hai đối chiếu lại từ đầu." }
        (below("An authority is trusted once administrator and principal have each typed its SHA-256 fingerprint, read from its official site. Either of them ends that trust at once; to trust it again both compare anew."))
        section.card aria-labelledby="nap" {
            h2 #nap { "Nạp chứng thư CA" (en("Load a certificate")) }
            form method="post" action="/cau-hinh/ca" enctype="multipart/form-data" {
                label for="tep" { "Tệp .crt, .pem hoặc .p7b" (en("File")) }
                input #tep type="file" name="tep" accept=".crt,.cer,.pem,.der,.p7b,.p7c" required;
                div.row { button type="submit" { "Nạp" (en("Load")) } }
            }
        }
        @if known.is_empty() { p { "Chưa có chứng thư CA nào được nạp. Những CA đi kèm chương trình luôn có sẵn." (en("No authority was loaded; those shipped with the program are always there.")) } }
        @for one in &known { (card(&house, one, own)) }
        (back("/cau-hinh/nam-hoc", "Chuẩn bị năm học", "Prepare the year"))
    };
    Ok(page(&house, &visitor, ("Chứng thư CA", "Authorities"), &content).into_response())
}

fn card(house: &House, one: &Known, own: Capacity) -> Markup {
    let Known { certificate, confirmed, .. } = one;
    let digest = certificate.to_string();
    html! {
        section.card aria-labelledby=(format!("ca-{digest}")) data-ca=(digest) {
            h2 id=(format!("ca-{digest}")) translate="no" { (one.name) }
            p { @if one.self_issued { "CA gốc" } @else { "CA trung gian" } ", được nạp từ tệp hoặc từ USB token." (en(if one.self_issued { "Root, loaded from a file or a token" } else { "Intermediate, loaded from a file or a token" })) }
            p { "Đã xác nhận: "
                @if confirmed.is_empty() { "chưa có ai. " }
                @for (capacity, person) in confirmed { span translate="no" { (house.called(person)) } " (" (capacity_words(*capacity)) "). " }
                (en(if confirmed.is_empty() { "Confirmed by nobody yet" } else { "Confirmed by them" }))
                @if one.is_trusted { (Said::new(Colour::Good, ("được tin cậy", "trusted")).label()) } @else { (Said::new(Colour::Open, ("chưa được tin cậy", "not trusted yet")).label()) }
            }
            @if let Some((capacity, by, at, why)) = &one.withdrawn {
                p { @if one.is_trusted { "Trước đây " } span translate="no" { (house.called(by)) } " (" (capacity_words(*capacity)) ") đã thôi tin cậy lúc " (at.vietnamese()) ": “" span translate="no" { (why) } "”"
                    (en("Withdrawn, by whom and why")) }
            }
            @if !confirmed.iter().any(|(capacity, _)| *capacity == own) {
                form method="post" action=(format!("/cau-hinh/ca/{digest}/xac-nhan")) {
                    label for=(format!("dau-{digest}")) { "Dấu vân tay SHA-256, gõ lại từ nguồn chính thức" (en("Fingerprint from its official site")) }
                    input id=(format!("dau-{digest}")) type="text" name="dau" required autocomplete="off" spellcheck="false" maxlength="200";
                    p.hint { "Chứng thư này kết thúc bằng …" code { (&digest[56..]) } "; phần còn lại lấy từ nguồn chính thức, không lấy từ trang này." (en("It ends so; read the rest from the official source, not from this page.")) }
                    div.row { button type="submit" { "Xác nhận với tư cách " (capacity_words(own)) (en("Confirm in this capacity")) } }
                }
            }
            @if one.is_trusted {
                details { summary { "Thôi tin cậy CA này" (en("Trust it no longer")) }
                    p { "Có hiệu lực ngay, chỉ cần một trong hai người: ai có chứng thư do CA này cấp không ký được nữa; chữ ký đã có của họ được kiểm tra là không còn nguồn tin cậy." (en("At once, by either of the two: holders of its certificates sign no longer, and what they signed is judged as without a trusted source.")) }
                    form method="post" action=(format!("/cau-hinh/ca/{digest}/thoi-tin-cay")) {
                        label for=(format!("ly-do-{digest}")) { "Lý do, ghi vào sổ theo dõi" (en("Reason, recorded")) }
                        textarea id=(format!("ly-do-{digest}")) name="ly_do" required maxlength="1000" {}
                        div.row { button type="submit" { "Thôi tin cậy với tư cách " (capacity_words(own)) (en("Withdraw in this capacity")) } }
                    }
                }
            }
        }
    }
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
    house
        .orders
        .ask_for(visitor.actor(), move |office, _| clerk::propose_authorities(office, &file))
        .await??;
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

/// Ends the trust in an authority, with a reason.
pub async fn withdraw(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    Form(form): Form<ReasonForm>,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(MAY)?;
    let capacity = capacity(visitor.needs(MAY)?.role);
    let reason = form.words()?;
    let withdrawn = house
        .orders
        .ask(move |office, _| clerk::withdraw_authority(office, certificate, (&by, capacity), &reason));
    withdrawn.await??;
    Ok(Redirect::to("/cau-hinh/ca").into_response())
}
