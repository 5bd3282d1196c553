//! Gắn kết: who signs with which certificate and token, confirmed by ban quản trị on one screen; and authorities
//! that nobody knew, whose fingerprints ban quản trị and principal compare, each for themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use openssl::x509::{X509, X509NameRef};
use school::digest::Sha256;
use school::identifier::PersonId;
use school::limits::FORM_SIZE_BYTES;
use serde::Deserialize;

use super::rehearsal;
use crate::accounts::Role;
use crate::clerk::{self, YearInForce};
use crate::clock;
use crate::lifecycle::enrolment::{ProposedAuthority, Rehearsal};
use crate::lifecycle::event::Capacity;
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page};
use crate::web::house::House;
use crate::web::places::stages::{Colour, Said};
use crate::web::visitor::Visitor;

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Admin];

/// Groups of four, as fingerprints are compared aloud.
fn grouped(fingerprint: Sha256) -> String {
    let digits: Vec<char> = fingerprint.to_string().chars().collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (_, year) = house.this_year().await?;
    let roster = &year.roster.1;
    let at = clock::now();
    let (last, confirmed, missing, authorities) = house.reading.look(|ledger| {
        let enrolment = &ledger.enrolment;
        let last: BTreeMap<PersonId, Rehearsal> = roster
            .people
            .iter()
            .filter_map(|person| Some((person.id.clone(), enrolment.latest(&person.id)?.clone())))
            .collect();
        let missing = enrolment.without_green_rehearsal(&roster.people, at).len();
        let confirmed =
            clerk::bindings_now(enrolment, roster).ok().map(|(sha256, _)| sha256) == enrolment.bindings;
        (last, confirmed, missing, enrolment.authorities.clone())
    });
    let people = year.people();
    let confirms = capacity(&visitor, &year) == Some(Capacity::Admin);
    let content = html! {
        p { "Mỗi người ký bằng đúng một chứng thư; bảng này là điều được gắn kết. " @if missing > 0 { strong { (missing) " người chưa diễn tập đạt" } " trong 30 ngày qua." } @else { "Mọi người đã diễn tập đạt." } }
        p { @if confirmed { (Said::new(Colour::Good, "đã xác nhận").label()) } @else { (Said::new(Colour::Open, "có thay đổi, chưa xác nhận").label()) } " " a.button.quiet href="/dien-tap" { "Diễn tập" (en("Rehearse")) } }
        div.wide tabindex="0" { table {
            caption { (roster.people.len().saturating_sub(1)) " người và con dấu" (en("Who signs with which certificate")) }
            thead { tr { th scope="col" { "Người" } th scope="col" { "Chức danh" } th scope="col" { "Dấu vân tay chứng thư (SHA-256)" } th scope="col" { "Diễn tập gần nhất" } } }
            tbody { @for person in &roster.people {
                @let certificate = people.certificate(&person.id, at).unwrap_or(person.certificate);
                @let latest = last.get(&person.id);
                tr {
                    td { (person.name) } td { (person.title) }
                    td { code { (grouped(certificate)) } }
                    td { (rehearsal::said(latest, certificate).label()) @if let Some(latest) = latest { " " (frame::moment(latest.at)) } }
                }
            } }
        } }
        @if confirms {
            form method="post" action="/dot-ky/gan-ket" { div.row { button type="submit" { "Xác nhận mọi gắn kết" (en("Confirm all")) } } }
        } @else { p.hint { "Ban quản trị xác nhận mọi gắn kết trong phiên quản trị của mình." } }
        (unknown_authorities(&house, &visitor, &year, &authorities))
    };
    Ok(page(&house, &visitor, ("Gắn kết người ký và USB token", "Bindings"), &content).into_response())
}

/// As whom the visitor may confirm: ban quản trị in an administrator's session, the principal in their own.
fn capacity(visitor: &Visitor, year: &YearInForce) -> Option<Capacity> {
    let session = visitor.session.as_ref()?;
    let person = session.person.as_ref()?;
    let principal = year.people().principal(clock::now()).map(|one| &one.id);
    match session.role {
        Role::Admin if *person == year.roster.1.admin_board => Some(Capacity::Admin),
        Role::Principal if Some(person) == principal => Some(Capacity::Principal),
        _ => None,
    }
}

fn unknown_authorities(
    house: &House,
    visitor: &Visitor,
    year: &YearInForce,
    authorities: &BTreeMap<Sha256, ProposedAuthority>,
) -> Markup {
    let capacity = capacity(visitor, year);
    html! {
        h2 { "Cơ quan cấp chứng thư (CA) chưa biết" (en("Unknown authorities")) }
        p { "Nạp chứng thư CA từ trang chính thức của cơ quan cấp (.p7b, .crt, .pem). Chỉ khi Ban quản trị và Hiệu trưởng, mỗi người tự đối chiếu và gõ dấu vân tay, CA mới được tin." }
        @for (certificate, one) in authorities {
            section.card aria-label=(format!("CA {certificate}")) {
                h3 { (subject(house, certificate)) }
                p { @if one.self_issued { "Chứng thư gốc (tự ký)" } @else { "Chứng thư trung gian" } " · " (trusted(one).label()) }
                @if confirmed_by(one, Capacity::Admin) { p { "Ban quản trị đã xác nhận." } }
                @if confirmed_by(one, Capacity::Principal) { p { "Hiệu trưởng đã xác nhận." } }
                @if let Some(capacity) = capacity && !confirmed_by(one, capacity) {
                    // The fingerprint is not shown: who confirms reads it elsewhere and types it.
                    form method="post" action=(format!("/dot-ky/ca/{certificate}")) {
                        label for=(format!("van-tay-{certificate}")) { "Dấu vân tay SHA-256, đọc từ nguồn chính thức" (en("Fingerprint, read elsewhere")) }
                        input id=(format!("van-tay-{certificate}")) type="text" name="van_tay" required autocomplete="off" spellcheck="false" maxlength="200";
                        div.row { button type="submit" { "Xác nhận CA" (en("Confirm")) } }
                    }
                }
            }
        }
        @if visitor.session.as_ref().is_some_and(|one| one.role != Role::Office) {
            form method="post" action="/dot-ky/ca" enctype="multipart/form-data" {
                label for="tep-ca" { "Nạp chứng thư CA" (en("Load a certificate")) }
                input #tep-ca type="file" name="tep" accept=".p7b,.p7c,.crt,.cer,.pem,.der" required;
                div.row { button.quiet type="submit" { "Nạp" (en("Load")) } }
            }
        }
    }
}

fn confirmed_by(one: &ProposedAuthority, capacity: Capacity) -> bool {
    one.confirmed.contains_key(&capacity)
}

fn trusted(one: &ProposedAuthority) -> Said {
    if one.is_confirmed() {
        Said::new(Colour::Good, "được tin")
    } else {
        Said::new(Colour::Open, "chờ xác nhận")
    }
}

/// The subject of a certificate as people know the authority.
fn subject(house: &House, certificate: &Sha256) -> String {
    let read = house.reading.authority(certificate).ok().and_then(|der| X509::from_der(&der).ok());
    read.map_or_else(|| certificate.to_string(), |one| in_words(one.subject_name()))
}

fn in_words(name: &X509NameRef) -> String {
    let parts = name.entries().filter_map(|entry| entry.data().to_string().ok());
    parts.collect::<Vec<_>>().join(", ")
}

/// Confirms all bindings.
pub async fn confirm(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    let by = visitor.needs_person(&[Role::Admin])?;
    let (_, year) = house.this_year().await?;
    if by != year.roster.1.admin_board {
        return Err(Fault::not_allowed());
    }
    house.orders.ask(move |office, _| clerk::confirm_bindings(office, &year.roster.1, &by)).await??;
    Ok(Redirect::to("/dot-ky/gan-ket").into_response())
}

/// Loads the certificate of an authority.
pub async fn load(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    mut parts: Multipart,
) -> Result<Response, Fault> {
    visitor.needs(&[Role::Admin, Role::Principal])?;
    let field = parts.next_field().await.map_err(|_| Fault::form())?.ok_or_else(Fault::form)?;
    let file = field.bytes().await.map_err(|_| Fault::of(StatusCode::PAYLOAD_TOO_LARGE, "web.too_large"))?;
    if file.is_empty() || file.len() > FORM_SIZE_BYTES {
        return Err(Fault::form());
    }
    house.orders.ask(move |office, _| clerk::propose_authorities(office, &file)).await??;
    Ok(Redirect::to("/dot-ky/gan-ket").into_response())
}

/// A fingerprint that somebody typed.
#[derive(Deserialize)]
pub struct Typed {
    van_tay: String,
}

/// Confirms an authority in the visitor's own capacity.
pub async fn confirm_authority(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(&[Role::Admin, Role::Principal])?;
    let (_, year) = house.this_year().await?;
    let capacity = capacity(&visitor, &year).ok_or_else(Fault::not_allowed)?;
    let confirming = house
        .orders
        .ask(move |office, _| clerk::confirm_authority(office, certificate, &typed.van_tay, (&by, capacity)));
    confirming.await??;
    Ok(Redirect::to("/dot-ky/gan-ket").into_response())
}
