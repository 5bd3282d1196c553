//! Gắn kết: who signs with which certificate and token, and how their last rehearsal went, confirmed by ban quản trị
//! on one screen.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use school::digest::Sha256;
use school::identifier::PersonId;
use school::limits::REHEARSAL_VALID_DAYS;

use crate::accounts::Role;
use crate::clerk;
use crate::clock;
use crate::lifecycle::enrolment::Rehearsal;
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page, th};
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
    let (last, confirmed, missing) = house.reading.look(|ledger| {
        let enrolment = &ledger.enrolment;
        let last: BTreeMap<PersonId, Rehearsal> = roster
            .people
            .iter()
            .filter_map(|person| Some((person.id.clone(), enrolment.latest(&person.id)?.clone())))
            .collect();
        let missing = enrolment.without_green_rehearsal(&roster.people, at).len();
        let confirmed =
            clerk::bindings(enrolment, roster).ok().map(|(_, sha256)| sha256) == enrolment.bindings;
        (last, confirmed, missing)
    });
    let people = year.people();
    let session = visitor.session.as_ref();
    let confirms = session
        .is_some_and(|one| one.role == Role::Admin && one.person.as_ref() == Some(&roster.admin_board));
    let content = html! {
        p { "Mỗi người ký bằng đúng một chứng thư; bảng này là điều được gắn kết. " @if missing > 0 { strong { (missing) " người cần diễn tập" } ": lần gần nhất chưa đạt, đã quá 30 ngày, hoặc chưa có." } @else { "Mọi người đã diễn tập đạt." }
            (en(&format!("Everybody signs with one certificate, bound here. Whose last rehearsal failed, is older than 30 days, or is missing: {missing}."))) }
        p.row { @if confirmed { (Said::new(Colour::Good, ("đã xác nhận", "confirmed")).label()) } @else { (Said::new(Colour::Open, ("có thay đổi, chưa xác nhận", "changed, unconfirmed")).label()) } a.button.quiet href="/dien-tap" { "Diễn tập" (en("Rehearse")) } }
        div.wide tabindex="0" { table.stack {
            caption { (roster.people.len().saturating_sub(1)) " người và con dấu" (en("Who signs with which certificate")) }
            thead { tr { (th("Người", "Person")) (th("Chức danh", "Title")) (th("Dấu vân tay chứng thư (SHA-256)", "Fingerprint of the certificate")) (th("Diễn tập gần nhất", "Last rehearsal")) } }
            tbody { @for person in frame::in_order(roster) {
                @let certificate = people.certificate(&person.id, at).unwrap_or(person.certificate);
                @let latest = last.get(&person.id);
                tr {
                    td translate="no" { strong { (person.name) } } td translate="no" data-as="Chức danh" { (person.title) }
                    td.whole data-as="Dấu vân tay chứng thư (SHA-256)" { code { (grouped(certificate)) } }
                    td data-as="Diễn tập gần nhất" { (said(latest, certificate).label()) @if let Some(latest) = latest { br; (latest.at.vietnamese()) } }
                }
            } }
        } }
        @if confirms && !confirmed {
            form method="post" action="/dot-ky/gan-ket" { div.row { button type="submit" { "Xác nhận mọi gắn kết" (en("Confirm all")) } } }
        } @else if !confirmed { p.hint { "Ban quản trị xác nhận mọi gắn kết trong phiên quản trị của mình." (en("The board confirms all bindings in its own session.")) } }
        p.way { a href="/cau-hinh/ca" { "Cơ quan cấp chứng thư (CA) chưa biết" (en("Unknown authorities")) } }
    };
    Ok(page(&house, &visitor, ("Gắn kết người ký và USB token", "Bindings of signers and tokens"), &content)
        .into_response())
}

/// The last rehearsal in a few words.
fn said(last: Option<&Rehearsal>, certificate: Sha256) -> Said {
    let since = clock::now().plus_seconds(-REHEARSAL_VALID_DAYS * 24 * 60 * 60);
    match last {
        None => Said::new(Colour::Open, ("chưa diễn tập", "not rehearsed")),
        Some(last) if !last.is_green() => Said::new(Colour::Bad, ("chưa đạt", "not passed")),
        Some(last) if last.certificate != certificate => {
            Said::new(Colour::Open, ("token khác", "another token"))
        }
        Some(last) if last.at < since => {
            let days = REHEARSAL_VALID_DAYS;
            Said::new(Colour::Open, (&format!("quá {days} ngày"), &format!("older than {days} days")))
        }
        Some(_) => Said::new(Colour::Good, ("đạt", "passed")),
    }
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
