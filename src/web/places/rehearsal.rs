//! Diễn tập: at the screen beside the reader, one PIN. The token signs who it is bound to and a page "DIỄN TẬP"
//! through everything that a real signature goes through, long before the whole school waits for it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::identifier::PersonId;
use school::limits::REHEARSAL_VALID_DAYS;
use school::role::Role;
use school::roster::{Person, Roster};

use super::desk::{pin_form, plugged, read_pin};
use crate::clerk::{self, ClerkFault, Rehearsing, YearInForce};
use crate::clock;
use crate::lifecycle::enrolment::Rehearsal;
use crate::process::token_host::PinEnvelope;
use crate::process::token_watch::Plugged;
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page};
use crate::web::house::{House, holder};
use crate::web::places::stages::{Colour, Said};
use crate::web::visitor::Visitor;

/// In which capacity a person signs most: the page shows the box that they will see.
fn role(roster: &Roster, person: &PersonId) -> Role {
    if *person == roster.principal {
        Role::HieuTruong
    } else if *person == roster.stamp {
        Role::ConDau
    } else if *person == roster.admin_board {
        Role::BanQuanTri
    } else if *person == roster.office {
        Role::VanPhong
    } else if roster.homerooms.values().any(|teacher| teacher == person) {
        Role::Gvcn
    } else {
        Role::Gvbm
    }
}

/// Who has a certificate, as the rehearsal binds them: with the certificate on the token before them.
fn whose(year: &YearInForce, certificate: Sha256) -> Option<Person> {
    let (id, ..) = holder(year, certificate, clock::now())?;
    let known = year.roster.1.people.iter().chain(year.people().principal(clock::now()));
    known.into_iter().find(|one| one.id == id).map(|one| Person { certificate, ..one.clone() })
}

/// The last rehearsal in a few words.
pub fn said(last: Option<&Rehearsal>, certificate: Sha256) -> Said {
    let since = clock::now().plus_seconds(-REHEARSAL_VALID_DAYS * 24 * 60 * 60);
    match last {
        None => Said::new(Colour::Open, "chưa diễn tập"),
        Some(last) if !last.is_green() => Said::new(Colour::Bad, "chưa đạt"),
        Some(last) if last.certificate != certificate => Said::new(Colour::Open, "token khác"),
        Some(last) if last.at < since => Said::new(Colour::Open, format!("quá {REHEARSAL_VALID_DAYS} ngày")),
        Some(_) => Said::new(Colour::Good, "đạt"),
    }
}

/// Who is plugged in here.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    let screen = visitor.needs_screen()?;
    let (_, year) = house.this_year().await?;
    let mut known = Vec::new();
    let mut strangers = 0;
    for one in house.tokens_at(screen) {
        let people: Vec<Person> =
            one.token.certificates.iter().filter_map(|on| whose(&year, on.sha256)).collect();
        strangers += usize::from(people.is_empty());
        known.extend(people);
    }
    let last = |person: &Person| house.reading.look(|ledger| ledger.enrolment.latest(&person.id).cloned());
    let version = house.tokens.sight().version;
    let content = html! {
        div data-cam=(format!("/ky/cam/{version}")) {
            p { "Một lần đến, một mã PIN: USB token ký thử một trang " strong { "DIỄN TẬP" } " qua đủ các bước của một chữ ký thật. Chưa đạt thì biết ngay phải làm gì, trước ngày cả trường chờ." }
            p.en lang="en" { "One visit, one PIN: the token signs a rehearsal page through every step of a real signature." }
            @if known.is_empty() { p.big { "Mời thầy cô cắm USB token vào đầu đọc của màn hình này." } }
            @if strangers > 0 { (frame::words("web.unknown_holder")) }
            div.cards { @for person in &known {
                @let last = last(person);
                section.card aria-label=(person.name) {
                    p.big { (person.name) }
                    p.hint { (person.title) }
                    p { (said(last.as_ref(), person.certificate).label()) @if let Some(last) = &last { " " (frame::moment(last.at)) } }
                    p { a.button href=(format!("/dien-tap/{}", person.certificate)) { "Diễn tập" (en("Rehearse")) } }
                }
            } }
            p { a href="/ky" { "← Trang ký" } }
        }
    };
    Ok(page(&house, &visitor, ("Diễn tập", "Rehearsal"), &content).into_response())
}

async fn guest(
    house: &Arc<House>,
    visitor: &Visitor,
    certificate: Sha256,
) -> Result<(Plugged, Person, Arc<YearInForce>), Fault> {
    let one = plugged(house, visitor.needs_screen()?, certificate)?;
    let (_, year) = house.this_year().await?;
    let unknown = || Fault::of(StatusCode::FORBIDDEN, "web.unknown_holder");
    let person = whose(&year, certificate).ok_or_else(unknown)?;
    Ok((one, person, year))
}

/// One person: what came of the last rehearsal, and the PIN for the next.
pub async fn person(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
) -> Result<Response, Fault> {
    let (one, person, _) = guest(&house, &visitor, certificate).await?;
    let last = house.reading.look(|ledger| ledger.enrolment.latest(&person.id).cloned());
    let content = html! {
        p.big { (person.name) }
        p.hint { (person.title) " · USB token " (one.token.label) }
        @if let Some(last) = &last { (outcome(last)) }
        section.card aria-labelledby="ky-thu" {
            h2 #ky-thu { @if last.is_some() { "Diễn tập lại" (en("Rehearse again")) } @else { "Diễn tập" (en("Rehearse")) } }
            (pin_form(&format!("/dien-tap/{certificate}"), &one, "Ký thử trang diễn tập", "Sign the rehearsal page"))
        }
        p { a href="/dien-tap" { "← Người khác" } }
    };
    Ok(page(&house, &visitor, ("Diễn tập", "Rehearsal"), &content).into_response())
}

/// What came of a rehearsal, everything at once.
fn outcome(last: &Rehearsal) -> Markup {
    html! {
        @if last.is_green() {
            div.notice.good role="status" {
                p { strong { "Diễn tập đạt" } " lúc " (frame::moment(last.at)) ". Có thể rút USB token." }
                p { "Module, chứng thư, thu hồi, trang ký và bộ kiểm tra đều đạt; ngày ký không phải làm gì thêm." }
                p.en lang="en" { "The rehearsal is green: module, chain, revocation, appearance and verifier." }
            }
        } @else {
            p { "Lần diễn tập lúc " (frame::moment(last.at)) " chưa đạt:" }
            @for code in &last.codes { (frame::words(code)) }
        }
    }
}

/// Rehearses.
pub async fn rehearse(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    body: Body,
) -> Result<Response, Fault> {
    let pin = read_pin(body).await?;
    rehearsed(house, visitor, certificate, |pin, _| pin, pin).await
}

/// The same when the token has one try left and its holder said that they know.
pub async fn rehearse_at_last_try(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    body: Body,
) -> Result<Response, Fault> {
    let pin = read_pin(body).await?;
    rehearsed(house, visitor, certificate, PinEnvelope::at_final_try_of, pin).await
}

async fn rehearsed(
    house: Arc<House>,
    visitor: Visitor,
    certificate: Sha256,
    named: impl FnOnce(PinEnvelope, &str) -> PinEnvelope,
    pin: PinEnvelope,
) -> Result<Response, Fault> {
    let (one, person, year) = guest(&house, &visitor, certificate).await?;
    let screen = visitor.needs_screen()?.clone();
    let unplugged = || Fault::of(StatusCode::CONFLICT, "web.unplugged");
    let module = house.tokens.module(&one).cloned().ok_or_else(unplugged)?;
    let pin = named(pin, &one.token.identity.serial);
    let rehearsing = house.orders.ask(move |office, _| -> Result<(), ClerkFault> {
        // A reader that no screen has taken belongs to this one, where the person stands.
        clerk::take_reader(office, &one.token.reader, &screen)?;
        let roster = &year.roster.1;
        let role = role(roster, &person.id);
        let who = Rehearsing { school: &roster.school, person: &person, role, screen: &screen };
        clerk::rehearse(office, &mut module.start()?, &one.token, who, pin).map(drop)
    });
    rehearsing.await??;
    Ok(Redirect::to(&format!("/dien-tap/{certificate}")).into_response())
}
