//! Cấu hình: the first administrator, accounts, sessions, one-time slips, screens and readers, who looked at what, and
//! how tokens are seen.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::identifier::{PersonId, ScreenId};
use serde::Deserialize;

use super::{accesses, health, staff_accounts};
use crate::accounts::{Account, Role};
use crate::clerk::{self, AccountDeed};
use crate::lifecycle::accounts::AccountChange;
use crate::web::fault::Fault;
use crate::web::frame::{self, below, en, page, plain, th};
use crate::web::house::House;
use crate::web::sessions::{Way, random_key};
use crate::web::visitor::{SCREEN, Visitor, set_cookie};
use crate::wording::{Both, both};

const MAY: &[Role] = &[Role::Admin];
/// How long a browser stays a screen.
const SCREEN_S: u64 = 400 * 24 * 60 * 60;

/// The first start: only on this computer, only until there is an administrator.
pub async fn first(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    only_first(&house, &visitor)?;
    let content = html! {
        p { "Chào mừng. Trang chỉ mở trên chính máy này cho đến khi có tài khoản quản trị." }
        (below("Welcome. The pages are open on this computer only until there is an administrator."))
        form method="post" action="/khoi-dau" {
            label for="ten" { "Tên tài khoản quản trị" (en("Name of the account")) }
            input #ten type="text" name="ten" autocomplete="username" autocapitalize="none" spellcheck="false" pattern="[a-z0-9.\\-]{1,40}" required;
            p.hint { "Chữ thường không dấu, chữ số, dấu chấm, gạch nối." (en("Plain small letters, digits, dots, hyphens.")) }
            label for="mat-khau" { "Mật khẩu, ít nhất 10 ký tự" (en("Password, 10 characters")) }
            input #mat-khau type="password" name="mat_khau" autocomplete="new-password" minlength="10" required;
            div.row { button type="submit" { "Tạo tài khoản quản trị" (en("Create")) } }
        }
    };
    Ok(page(&house, &visitor, ("Lần đầu sử dụng", "First start"), &content).into_response())
}

fn only_first(house: &House, visitor: &Visitor) -> Result<(), Fault> {
    if visitor.address.is_loopback() && !house.accounts.has_admin()? {
        Ok(())
    } else {
        Err(Fault::not_found())
    }
}

/// Name and password of a new account.
#[derive(Deserialize)]
pub struct FirstForm {
    ten: String,
    mat_khau: String,
}

/// Makes the first administrator.
pub async fn make_first(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Form(form): Form<FirstForm>,
) -> Result<Response, Fault> {
    only_first(&house, &visitor)?;
    let account =
        Account { name: form.ten.trim().parse()?, person: None, roles: [Role::Admin].into(), closed: false };
    staff_accounts::create(&house, &visitor, account, form.mat_khau).await?;
    Ok(Redirect::to("/dang-nhap?tiep=/cau-hinh/nam-hoc").into_response())
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let people = people(&house).await?;
    let people = people.as_slice();
    let mark = random_key().ok_or_else(Fault::busy)?;
    let content = html! {
        (standing(&house))
        p { a.button href="/cau-hinh/nam-hoc" { "Chuẩn bị năm học" (en("Prepare the year")) } " " a.button.quiet href="/cau-hinh/ca" { "Chứng thư CA" (en("Authorities")) } " " a.button.quiet href="/cau-hinh/quy-che" { "Quy chế lưu trữ, dấu thời gian" (en("Regulation, timestamps")) } " " a.button.quiet href="/cau-hinh/lich" { "Lịch năm học" (en("Calendar")) } " " a.button.quiet href="/van-ban" { "Ủy quyền, ký thay" (en("Delegation, proxies")) } " " a.button.quiet href="/dien-tap" { "Diễn tập" (en("Rehearsals")) } " " a.button.quiet href="/cau-hinh/suc-khoe" { "Sức khỏe máy chủ" (en("Health")) } }
        (staff_accounts::section(&house, people)?)
        section.card aria-labelledby="phieu" {
            h3 #phieu { "Phiếu một lần cho giáo viên" (en("One-time slip")) }
            form method="post" action="/cau-hinh/phieu" { input type="hidden" name="lan" value=(mark); label for="phieu-nguoi" { "Giáo viên" (en("Teacher")) } (who("phieu-nguoi", people, false)) div.row { button type="submit" { "In phiếu" (en("Make a slip")) } } }
        }
        h2 { "Phiên đang mở" (en("Sessions")) }
        div.wide tabindex="0" { table.stack {
            thead { tr { (th("Ai", "Who")) (th("Vai trò", "Role")) (th("Cách vào", "By")) (th("Từ lúc", "Since")) (th("Từ máy", "From")) (th("Việc", "Do")) } }
            tbody { @for one in house.sessions.list() { tr {
                td { span translate="no" { (house.name_of(&one)) } @if let (Some(account), Some(_)) = (&one.account, &one.person) { " " small { (account) } } } td data-as="Vai trò" { (frame::role_of(&house, &one).0) (en(frame::role_of(&house, &one).1)) } td data-as="Cách vào" { (way(one.way)) @if let Some(until) = one.until { ", đến " (until.date().vietnamese()) (en("until then")) } } td data-as="Từ lúc" { (one.begun.vietnamese()) } td data-as="Từ máy" { (one.address) }
                td { form method="post" action=(format!("/cau-hinh/phien/{}/thu-hoi", one.number)) { button.quiet type="submit" { "Thu hồi phiên " (one.number) (en("End it")) } } }
            } } }
        } }
        (screens(&house, &visitor))
        (staff_accounts::book(&house)?)
        h2 { "Ai đã đăng nhập, đã xem dữ liệu học sinh" (en("Who signed in, who looked at pupils' data")) }
        (accesses::latest(&house, &visitor).await?)
    };
    Ok(page(&house, &visitor, ("Cấu hình", "Set up"), &content).into_response())
}

pub(super) fn way(way: Way) -> Both {
    match way {
        Way::Password => both("mật khẩu", "password"),
        Way::Token => Both::same("USB token"),
        Way::Slip => both("phiếu một lần", "one-time slip"),
    }
}

/// Code, name and title of everyone of the roster in force and of the draft.
pub type Known = (PersonId, String, String);

pub(super) async fn people(house: &Arc<House>) -> Result<Vec<Known>, Fault> {
    let mut known: Vec<Known> = match house.this_year().await {
        Ok((_, year)) => {
            let people = frame::in_order(&year.roster.1).into_iter();
            people.map(|one| (one.id.clone(), one.name.clone(), one.title.clone())).collect()
        }
        Err(_) => Vec::new(),
    };
    let drafted = house.draft()?.map(|draft| draft.people).unwrap_or_default();
    for one in frame::by_given_name(drafted, |one| &one.name) {
        if !known.iter().any(|(id, ..)| *id == one.id) {
            known.push((one.id, one.name, one.title));
        }
    }
    Ok(known)
}

/// Whose it is.
pub(super) fn who(id: &str, people: &[Known], or_nobody: bool) -> Markup {
    html! {
        select id=(id) name="nguoi" required[!or_nobody] translate="no" {
            @if or_nobody { option value="" { (plain("Không gắn với ai", "Nobody")) } } @else { (frame::to_choose()) }
            @for (id, name, title) in people { option value=(id) { (name) " – " (title) } }
        }
    }
}

/// What of the school is in force already.
fn standing(house: &House) -> Markup {
    let (commissioned, years, untrusted) = house.reading.look(|ledger| {
        let trusted: BTreeSet<Sha256> =
            ledger.enrolment.confirmed_authorities().map(|(one, _)| one).collect();
        let untrusted = ledger.enrolment.authorities.keys().filter(|one| !trusted.contains(*one)).count();
        (
            ledger.commissioned.is_some(),
            ledger.years.keys().map(ToString::to_string).collect::<Vec<_>>(),
            untrusted,
        )
    });
    let sight = house.tokens.sight();
    html! {
        h2 { "Tình trạng" (en("Health")) }
        dl {
            dt { "Chứng thư Hiệu trưởng và con dấu" (en("Principal and stamp")) } dd { @if commissioned { "đã xác nhận" (en("confirmed")) } @else { "chưa xác nhận" (en("not confirmed")) } }
            dt { "Năm học đã mở" (en("Open years")) } dd { @if years.is_empty() { "chưa có" (en("none")) } @else { (years.join(", ")) } }
            dt { "Chứng thư CA chờ xác nhận" (en("Authorities to confirm")) } dd { (untrusted) }
            dt { "USB token đang cắm" (en("Tokens plugged in")) } dd { (sight.tokens.len()) }
        }
        @for (module, fault) in &sight.faults {
            (health::of_module(module, fault.code()))
        }
    }
}

fn screens(house: &House, visitor: &Visitor) -> Markup {
    let readers = house.reading.look(|ledger| ledger.enrolment.readers.clone());
    let plugged: BTreeSet<String> =
        house.tokens.sight().tokens.into_iter().map(|one| one.token.reader).collect();
    html! {
        h2 { "Màn hình ký và đầu đọc" (en("Screens and readers")) }
        p { "Máy này: " @match &visitor.screen { Some(screen) => strong { (screen) }, None => "chưa là màn hình ký" } (en(if visitor.screen.is_some() { "This computer is that screen" } else { "This computer is no screen yet" })) }
        form.row method="post" action="/cau-hinh/man-hinh" {
            label for="man-hinh" { "Đặt trình duyệt này làm màn hình" (en("Make this browser a screen")) } input #man-hinh type="text" name="man_hinh" required pattern="[A-Za-z0-9\\-]{1,20}" autocomplete="off"; button.quiet type="submit" { "Đặt" (en("Make")) }
        }
        @if !plugged.is_empty() {
            form method="post" action="/cau-hinh/dau-doc" {
                label for="dau-doc" { "Đầu đọc đang có USB token" (en("Reader with a token in it")) } select #dau-doc name="dau_doc" translate="no" { @for one in &plugged { option value=(one) { (one) @if let Some(screen) = readers.get(one) { " (" (screen) ")" } } } }
                label for="cua" { "Thuộc màn hình" (en("Screen")) } input #cua type="text" name="man_hinh" required pattern="[A-Za-z0-9\\-]{1,20}" autocomplete="off";
                div.row { button.quiet type="submit" { "Gắn đầu đọc với màn hình" (en("Take the reader")) } }
            }
        }
    }
}

/// Ends a session.
pub async fn revoke(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(number): Path<u64>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    // One that has ended by itself in the meantime is nobody's deed.
    if let Some(session) = house.sessions.get(number) {
        let deed = AccountDeed {
            change: AccountChange::SessionEnded,
            account: session.who(),
            person: session.person.clone(),
            roles: vec![session.role.code().to_owned()],
        };
        staff_accounts::recorded(&house, &visitor, deed).await?;
        house.sessions.revoke(number);
        if let (Some(_), Some(person)) = (session.until, &session.person) {
            house.forget_browser(person)?;
        }
    }
    Ok(Redirect::to("/cau-hinh").into_response())
}

/// A screen.
#[derive(Deserialize)]
pub struct ScreenForm {
    man_hinh: ScreenId,
}

/// Makes this browser a screen.
pub async fn screen(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Form(form): Form<ScreenForm>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let key = random_key().ok_or_else(Fault::busy)?;
    let deed = AccountDeed {
        change: AccountChange::ScreenMade,
        account: form.man_hinh.to_string(),
        person: None,
        roles: Vec::new(),
    };
    staff_accounts::recorded(&house, &visitor, deed).await?;
    house.accounts.set_screen(&Sha256::of(key.as_bytes()).to_string(), &form.man_hinh)?;
    let cookie = set_cookie(SCREEN, &key, Some(SCREEN_S));
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/cau-hinh")).into_response())
}

/// A reader and its screen.
#[derive(Deserialize)]
pub struct ReaderForm {
    dau_doc: String,
    man_hinh: ScreenId,
}

/// Takes a reader for a screen.
pub async fn reader(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Form(form): Form<ReaderForm>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let take = move |office: &mut _, _: &mut _| clerk::take_reader(office, &form.dau_doc, &form.man_hinh);
    house.orders.ask_for(visitor.actor(), take).await??;
    Ok(Redirect::to("/cau-hinh").into_response())
}
