//! Mở năm học: principal and stamp read the roster and the plans of the year and sign them, one after the
//! other at the same reader if there is one. With the second signature the year is open.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::identifier::PersonId;
use school::plan::Templates;
use school::roster::Roster;

use super::desk::{SignForm, Typed, pin_form, plugged, question, signs, with_checkpoint};
use super::own_rules::InForce;
use super::pictures;
use super::signed_papers;
use super::subjects;
use crate::accounts::Role;
use crate::clerk::{self, AtToken};
use crate::web::draft::Draft;
use crate::web::fault::Fault;
use crate::web::frame::{self, Title, below, done, en, page, plain, th};
use crate::web::house::House;
use crate::web::owner::StepsFor;
use crate::web::places::stages::{Colour, Said};
use crate::web::visitor::Visitor;

/// Roster and plans as they wait for their signatures: the administrator has confirmed exactly these bindings.
struct Waiting {
    draft: Draft,
    roster: Roster,
    plans: Templates,
    principal: Sha256,
    stamp: Sha256,
}

fn waiting(house: &House) -> Result<Waiting, Fault> {
    let not_ready = || Fault::of(StatusCode::CONFLICT, "web.year_not_ready");
    let draft = house.draft()?.ok_or_else(not_ready)?;
    let roster = draft.roster().map_err(|_| not_ready())?;
    let (confirmed, commissioned) = house.reading.look(|ledger| {
        let stands = clerk::bindings(&ledger.enrolment, &roster).map(|(_, sha256)| sha256);
        (stands.is_ok_and(|stands| ledger.enrolment.bindings == Some(stands)), ledger.commissioned)
    });
    let (principal, stamp) = commissioned.filter(|_| confirmed).ok_or_else(not_ready)?;
    Ok(Waiting { plans: draft.templates(), draft, roster, principal, stamp })
}

/// Who reads what waits here: principal and office in a session of theirs, and whoever has plugged in one of the two
/// tokens that sign it, because before its first year a school may have no accounts of theirs.
fn may_read(house: &House, visitor: &Visitor, of: &Waiting) -> Result<(), Fault> {
    let screen = visitor.needs_screen()?;
    let signs = [of.principal, of.stamp].into_iter().any(|one| plugged(house, screen, one).is_ok());
    if signs { Ok(()) } else { visitor.needs(&[Role::Principal, Role::Office]).map(drop) }
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs_screen()?;
    let waiting = waiting(&house)?;
    let reads = may_read(&house, &visitor, &waiting).is_ok();
    let Waiting { draft, roster, plans, principal, stamp } = waiting;
    let (of_roster, of_plans) = (roster.clone(), plans.clone());
    let signed =
        house.orders.ask(move |office, _| clerk::year_signed(office, &of_roster, &of_plans)).await??;
    let is_open = house.reading.look(|ledger| ledger.years.contains_key(&draft.year))
        && signed.principal
        && signed.stamp;
    let mut pictures = Vec::new();
    for person in &roster.people {
        if let Some(picture) = &person.picture {
            pictures.push((&person.name, pictures::shown(&house, picture, &person.name)?));
        }
    }
    let content = html! {
        @if is_open { (done("Năm học đã mở. Nhà trường sẵn sàng nhận sổ điểm và ký.", "The year is open.")) }
        p { "Hiệu trưởng và con dấu ký danh sách nhân sự, phân công và kế hoạch ký của năm học " strong { (draft.year) } ". Ký xong, mọi hồ sơ của năm được ký theo đúng bản này." }
        (below("Principal and stamp sign roster and plans of the year; every document of the year is signed by them."))
        div.cards {
            (signer(("Hiệu trưởng", "Principal"), principal, signed.principal, &house, &visitor))
            (signer(("Con dấu", "Stamp"), stamp, signed.stamp, &house, &visitor))
        }
        @if reads {
        h2 translate="no" { (roster.school.name) }
        p translate="no" { (roster.school.authority) ", " (roster.school.place) ". Mã " (roster.school.code) "." }
        (people_table(&roster))
        h2 { "Phân công" (en("Who teaches what")) }
        (teaching_table(&roster))
        @if !pictures.is_empty() {
            h2 { "Hình chữ ký và hình dấu" (en("Signatures and stamp")) }
            div.cards { @for (name, picture) in &pictures { section.card aria-label=(name) { p translate="no" { strong { (name) } } (picture) } } }
        }
        h2 { "Quy chế lưu trữ và dấu thời gian" (en("Regulation and timestamps")) }
        (InForce::of(&house)?.shown())
        h2 { "Kế hoạch ký" (en("Plans")) }
        (plans_table(&plans))
        (signed_papers::section(&house.reading.year_to_sign(&roster, &plans)?, "/nam-hoc/tep"))
        } @else {
            p { "Danh sách nhân sự và kế hoạch ký hiện ra khi một trong hai USB token được cắm ở màn hình này, hoặc khi Hiệu trưởng hay văn phòng " a href="/dang-nhap?tiep=/nam-hoc" { "đăng nhập" } "." (en("Roster and plans are shown when one of the two tokens is plugged in here, or principal or office sign in.")) }
        }
    };
    Ok(page(&house, &visitor, ("Mở năm học", "Open the year"), &content).into_response())
}

/// Roster or plans as they are signed, or a signature that is there already.
pub async fn file(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Response, Fault> {
    visitor.needs_screen()?;
    let waiting = waiting(&house)?;
    may_read(&house, &visitor, &waiting)?;
    let Waiting { roster, plans, .. } = waiting;
    signed_papers::send(&house, &visitor, house.reading.year_to_sign(&roster, &plans)?, &name)
}

/// Everyone of the roster.
pub fn people_table(roster: &Roster) -> Markup {
    html! {
        div.wide tabindex="0" { table.stack {
            caption { "Danh sách nhân sự" (en("Staff")) }
            thead { tr { (th("Mã", "Code")) (th("Họ và tên", "Name")) (th("Chức danh", "Title")) (th("Chứng thư", "Certificate")) } }
            tbody { @for person in frame::in_order(roster) { tr { td { (person.id) } td translate="no" data-as="Họ và tên" { (person.name) } td translate="no" data-as="Chức danh" { (person.title) } td data-as="Chứng thư" { code { (&person.certificate.to_string()[..16]) "…" } } } } }
        } }
    }
}

/// Who has which class and teaches what there, by name: this is what the principal reads before signing it.
pub fn teaching_table(roster: &Roster) -> Markup {
    let named = |id: &PersonId| roster.person(id).map_or_else(|_| id.to_string(), |one| one.name.clone());
    html! {
        div.wide tabindex="0" { table.stack {
            thead { tr { (th("Lớp", "Class")) (th("Giáo viên chủ nhiệm", "Homeroom teacher")) (th("Môn và giáo viên", "Subjects and teachers")) } }
            tbody { @for (class, homeroom) in &roster.homerooms { tr {
                th scope="row" { (class) } td translate="no" data-as="Giáo viên chủ nhiệm" { (named(homeroom)) }
                td.whole data-as="Môn và giáo viên" { ul.plain translate="no" { @for one in roster.subjects(class) { li {
                    strong { (subjects::name(roster, &one.subject)) } ": " (one.teachers().map(named).collect::<Vec<_>>().join(", "))
                    @if one.presiding != one.teacher { ", ký học bạ: " (named(&one.presiding)) (en("who signs the transcripts")) }
                } } } }
            } } }
        } }
    }
}

/// Kinds of documents and who signs them, in order.
pub fn plans_table(plans: &Templates) -> Markup {
    html! {
        div.wide tabindex="0" { table {
            thead { tr { (th("Hồ sơ", "Document")) (th("Thứ tự ký", "Order of signing")) } }
            tbody { @for one in &plans.templates { tr {
                td { (frame::kind(one.kind)) (en(frame::kind_en(one.kind))) }
                td { (crate::wording::turns(&one.turns)) }
            } } }
        } }
    }
}

fn signer(
    (who, english): Title<'_>,
    certificate: Sha256,
    signed: bool,
    house: &House,
    visitor: &Visitor,
) -> Markup {
    let here = visitor.screen.as_ref().is_some_and(|screen| plugged(house, screen, certificate).is_ok());
    html! {
        section.card aria-label=(plain(who, english)) {
            p.big { (who) (en(english)) }
            @if signed { (Said::new(Colour::Good, ("đã ký", "signed")).label()) }
            @else if here { p { a.button href=(format!("/nam-hoc/{certificate}")) { "Ký với tư cách " (who) (en(&format!("Sign as {}", english.to_lowercase()))) } } }
            @else { p { "Cắm USB token của " (who) " vào màn hình này rồi tải lại trang." (en("Plug the token in here and load the page again.")) } }
        }
    }
}

/// Asks for the PIN.
pub async fn ask(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
) -> Result<Response, Fault> {
    let one = plugged(&house, visitor.needs_screen()?, certificate)?;
    let Waiting { roster, .. } = waiting(&house)?;
    let name = roster.holder_of_certificate(&certificate).map(|one| one.name.as_str()).unwrap_or_default();
    let content = html! {
        p { strong { (name) } " ký danh sách nhân sự, phân công và kế hoạch ký của năm học " strong { (roster.year) } "." (en("signs staff, teaching and plans of the school year.")) }
        (with_checkpoint())
        (pin_form(&order(certificate), &one, "Ký", "Sign"))
        p.way { a href="/nam-hoc" { "← Mở năm học" (en("Open the year")) } }
    };
    Ok(page(&house, &visitor, ("Mở năm học", "Open the year"), &content).into_response())
}

/// Signs.
pub async fn sign(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    typed: Typed,
) -> Result<Response, Fault> {
    let Waiting { roster, plans, .. } = waiting(&house)?;
    let to_sign = clerk::year_to_sign(&roster, &plans)?;
    let sign = move |steps: &mut StepsFor, at: AtToken<'_>| clerk::sign_year(steps, at, &roster, &plans);
    let form = SignForm { certificate, to_sign, may: &[], order: &order(certificate), done: YEAR };
    signs(&house, &visitor, form, typed, sign).await
}

/// The page of the year that is being opened.
const YEAR: &str = "/nam-hoc";

/// Where the form for the PIN is sent.
fn order(certificate: Sha256) -> String {
    format!("{YEAR}/{certificate}")
}

/// Nobody can say whether the certificate was revoked, and the school lets the signer decide.
pub async fn undecided(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
) -> Result<Response, Fault> {
    let one = plugged(&house, visitor.needs_screen()?, certificate)?;
    let Waiting { roster, .. } = waiting(&house)?;
    let follows = html! {
        p { "Danh sách nhân sự và kế hoạch ký của năm học " strong { (roster.year) } ". Lựa chọn của người ký được ghi vào sổ theo dõi." (en("Staff and plans of the school year. The signer's choice is recorded.")) }
    };
    let content = question((&order(certificate), YEAR), &one, &follows, ("Vẫn ký", "Sign unchecked"));
    Ok(page(&house, &visitor, ("Chưa kiểm tra được thu hồi", "Revocation unchecked"), &content)
        .into_response())
}
