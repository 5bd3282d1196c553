//! Tài khoản: accounts of the people who work on the pages. Whatever is done with one is an entry of the register,
//! with who did it, before it is done.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Form;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::identifier::PersonId;
use serde::Deserialize;

use super::fields::Fields;
use super::setup::{Known, who};
use crate::accounts::{Account, AccountFault, AccountName, Role};
use crate::clerk::{self, AccountDeed, Actor};
use crate::lifecycle::accounts::AccountChange;
use crate::web::fault::Fault;
use crate::web::frame::{self, en, plain, th};
use crate::web::house::House;
use crate::web::sessions::Session;
use crate::web::visitor::Visitor;
use crate::wording::{Both, both};

const MAY: &[Role] = &[Role::Admin];
/// How many of the latest changes are listed.
const CHANGES_SHOWN: usize = 30;
/// Who acts where nobody has signed in yet: the first start, a slip.
const NOBODY_YET: &str = "niemphong";

/// Records what is about to be done, with who does it.
pub(super) async fn recorded(house: &House, visitor: &Visitor, deed: AccountDeed) -> Result<(), Fault> {
    let nobody = || Actor::new(NOBODY_YET, "", None);
    recorded_by(house, visitor.session.as_ref().map_or_else(nobody, Session::actor), deed).await
}

/// As [`recorded`], where it is known otherwise who acts.
pub(super) async fn recorded_by(house: &House, actor: Actor, deed: AccountDeed) -> Result<(), Fault> {
    let Actor { account, person, .. } = actor;
    house.orders.ask(move |office, _| clerk::record_account(office, deed, (&account, person))).await??;
    Ok(())
}

/// What is done with an account, as it stands from now on.
pub(super) fn deed(change: AccountChange, account: &Account) -> AccountDeed {
    AccountDeed {
        change,
        account: account.name.to_string(),
        person: account.person.clone(),
        roles: account.roles.iter().map(|role| role.code().to_owned()).collect(),
    }
}

/// Hashing takes a processor for a while: it has its turn, and never on a thread that answers pages.
async fn slowly<T: Send + 'static>(
    house: &Arc<House>,
    work: impl FnOnce(&House) -> Result<T, AccountFault> + Send + 'static,
) -> Result<T, Fault> {
    let _turn = house.hashing.acquire().await.map_err(|_| Fault::busy())?;
    let working = Arc::clone(house);
    let done = tokio::task::spawn_blocking(move || work(&working)).await;
    Ok(done.map_err(|_| Fault::busy())??)
}

/// Makes an account that was recorded.
pub(super) async fn create(
    house: &Arc<House>,
    visitor: &Visitor,
    account: Account,
    password: String,
) -> Result<(), Fault> {
    house.accounts.may_create(&account.name, &password)?;
    recorded(house, visitor, deed(AccountChange::Made, &account)).await?;
    slowly(house, move |house| house.accounts.create(&account, &password)).await
}

/// Accounts, and the form of a new one.
pub(super) fn section(house: &House, people: &[Known]) -> Result<Markup, Fault> {
    let accounts = house.accounts.all()?;
    Ok(html! {
        h2 { "Tài khoản" (en("Accounts")) }
        div.wide tabindex="0" { table.stack {
            thead { tr { (th("Tên", "Name")) (th("Người", "Person")) (th("Vai trò", "Roles")) (th("Việc", "Do")) } }
            tbody { @for one in accounts.iter().filter(|one| !one.closed) { tr {
                td translate="no" { (one.name) }
                td translate="no" data-as="Người" { @match &one.person { Some(id) => (titled(house, id)), None => (frame::nothing()) } }
                td data-as="Vai trò" { (roles(house, one.person.as_ref(), one.roles.iter().copied())) }
                td.whole { (what_may_be_done(one, people)) }
            } } }
        } }
        section.card aria-labelledby="moi" {
            h3 #moi { "Tài khoản mới" (en("New account")) }
            form method="post" action="/cau-hinh/tai-khoan" {
                label for="ten" { "Tên tài khoản" (en("Name of the account")) } input #ten type="text" name="ten" required pattern="[a-z0-9.\\-]{1,40}" autocapitalize="none" spellcheck="false" autocomplete="off";
                label for="nguoi" { "Người trong danh sách nhân sự" (en("Person of the roster")) } (who("nguoi", people, true))
                fieldset { legend { "Vai trò" (en("Roles")) } @for role in Role::ALL { label.tick { input type="checkbox" name="vai_tro" value=(role.code()); (frame::role_given(role).0) (en(frame::role_given(role).1)) } } }
                label for="mat-khau-moi" { "Mật khẩu đầu tiên" (en("First password")) } input #mat-khau-moi type="password" name="mat_khau" minlength="10" required autocomplete="new-password";
                div.row { button type="submit" { "Tạo tài khoản" (en("Create")) } }
            }
        }
    })
}

fn what_may_be_done(one: &Account, people: &[Known]) -> Markup {
    let password = format!("mat-khau-{}", one.name);
    html! {
        details { summary { "Mật khẩu, vai trò, đóng " (one.name) (en("Password, roles, close")) }
            form method="post" action=(format!("/cau-hinh/tai-khoan/{}/mat-khau", one.name)) {
                input type="text" name="ten" value=(one.name) autocomplete="username" hidden;
                label for=(password) { "Mật khẩu mới" (en("New password")) }
                input id=(password) type="password" name="mat_khau" minlength="10" required autocomplete="new-password";
                div.row { button.quiet type="submit" { "Đặt mật khẩu của " (one.name) (en("Set")) } }
            }
            form method="post" action=(format!("/cau-hinh/tai-khoan/{}/doi", one.name)) {
                fieldset { legend { "Vai trò" (en("Roles")) } @for role in Role::ALL { label.tick { input type="checkbox" name="vai_tro" value=(role.code()) checked[one.roles.contains(&role)]; (frame::role_given(role).0) (en(frame::role_given(role).1)) } } }
                label for=(format!("nguoi-{}", one.name)) { "Người" (en("Person")) }
                select id=(format!("nguoi-{}", one.name)) name="nguoi" translate="no" {
                    option value="" { (plain("Không gắn với ai", "Nobody")) }
                    @for (id, name, title) in people { option value=(id) selected[one.person.as_ref() == Some(id)] { (name) " – " (title) } }
                }
                div.row { button.quiet type="submit" { "Lưu thay đổi của " (one.name) (en("Save")) } }
            }
            form method="post" action=(format!("/cau-hinh/tai-khoan/{}/dong", one.name)) { button.danger type="submit" { "Đóng tài khoản " (one.name) (en("Close")) } }
        }
    }
}

fn done(change: AccountChange) -> Both {
    match change {
        AccountChange::Made => both("tạo tài khoản", "account made"),
        AccountChange::Changed => both("đổi vai trò, người", "roles or person changed"),
        AccountChange::PasswordSet => both("đặt mật khẩu", "password set"),
        AccountChange::Closed => both("đóng tài khoản", "account closed"),
        AccountChange::SlipDrawn => both("in phiếu một lần", "slip made"),
        AccountChange::SlipUsed => both("dùng phiếu một lần", "slip used"),
        AccountChange::SessionEnded => both("thu hồi phiên", "session ended"),
        AccountChange::ScreenMade => both("đặt màn hình ký", "screen made"),
    }
}

/// The roles of an account, by the title of its person.
fn roles(house: &House, person: Option<&PersonId>, all: impl Iterator<Item = Role>) -> Both {
    let title = person.and_then(|id| house.title_of(id));
    let said = |role| frame::role_under(role, title.as_deref());
    Both::list(all.map(said).map(|(vi, english)| both(vi, english)))
}

fn titled(house: &House, id: &PersonId) -> String {
    house.titled(id).unwrap_or_else(|| id.to_string())
}

/// Whoever has an account and no place in the roster: by what the account is for, an inspector for instance.
pub(super) fn nobody_of_the_roster(accounts: &[Account], name: &str) -> Markup {
    let known = accounts.iter().find(|one| one.name.as_str() == name);
    let roles = known
        .map(|one| Both::list(one.roles.iter().map(|held| frame::role(*held)).map(|(vi, en)| both(vi, en))));
    html! {
        @match roles.filter(|roles| !roles.vi.is_empty()) {
            Some(roles) => { (roles) " " small translate="no" { (name) } },
            None => span translate="no" { (name) },
        }
    }
}

/// What the register says of accounts, the latest first.
pub(super) fn book(house: &House) -> Result<Markup, Fault> {
    let accounts = house.accounts.all()?;
    let latest: Vec<_> =
        house.reading.look(|ledger| ledger.accounts.latest().take(CHANGES_SHOWN).cloned().collect());
    let mut rows = Vec::new();
    for one in latest {
        let words = clerk::account_words(&house.reading, &one.record)?;
        let whose = one.person.as_ref().map(|id| titled(house, id));
        let by = one.by.as_ref().map(|id| titled(house, id));
        // A slip belongs to a person and to no account, and so does what came of it.
        let account =
            Some(words.account).filter(|account| one.person.as_ref().is_none_or(|id| id.as_str() != account));
        rows.push((one, (by, words.actor), account, whose));
    }
    Ok(html! {
        h2 { "Sổ theo dõi ghi gì về tài khoản" (en("Accounts in the register")) }
        @if rows.is_empty() { p { "Chưa có mục nào." (en("No entry yet.")) } } @else {
            div.wide tabindex="0" { table.stack {
                thead { tr { (th("Lúc", "When")) (th("Ai làm", "By")) (th("Việc", "Did")) (th("Tài khoản, màn hình", "Account, screen")) (th("Người", "Person")) (th("Vai trò", "Roles")) } }
                tbody { @for (one, (by, actor), account, whose) in &rows { tr {
                    td { (one.at.vietnamese()) }
                    td.whole data-as="Ai làm" { @match by {
                        Some(by) => { span translate="no" { (by) } " " small translate="no" { (actor) } }
                        None if actor == NOBODY_YET => { "chưa ai đăng nhập" (en("nobody was signed in")) }
                        None => (nobody_of_the_roster(&accounts, actor)),
                    } }
                    td data-as="Việc" { (done(one.change)) }
                    td translate="no" data-as="Tài khoản, màn hình" { @match account { Some(account) => (account), None => (frame::nothing()) } }
                    td translate="no" data-as="Người" { @match whose { Some(whose) => (whose), None => (frame::nothing()) } }
                    td data-as="Vai trò" { (roles(house, one.person.as_ref(), one.roles.iter().filter_map(|code| Role::from_code(code)))) }
                } } }
            } }
        }
    })
}

/// Roles and person, as a form has them.
fn roles_and_person(fields: &Fields) -> Result<(BTreeSet<Role>, Option<PersonId>), Fault> {
    let roles: BTreeSet<Role> = fields.all("vai_tro").filter_map(Role::from_code).collect();
    let person = fields.one("nguoi").filter(|text| !text.is_empty()).map(str::parse::<PersonId>);
    let person = person.transpose().map_err(|_| Fault::form())?;
    if roles.is_empty() { Err(Fault::form()) } else { Ok((roles, person)) }
}

fn back() -> Response {
    Redirect::to("/cau-hinh").into_response()
}

/// Makes an account.
pub async fn make(State(house): State<Arc<House>>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let fields = Fields::read(&body)?;
    let (roles, person) = roles_and_person(&fields)?;
    let name = fields.one("ten").ok_or_else(Fault::form)?.trim().parse()?;
    let password = fields.one("mat_khau").ok_or_else(Fault::form)?.to_owned();
    create(&house, &visitor, Account { name, person, roles, closed: false }, password).await?;
    Ok(back())
}

/// Gives an account other roles, or to somebody else; its sessions end.
pub async fn change(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let name: AccountName = name.parse()?;
    let (roles, person) = roles_and_person(&Fields::read(&body)?)?;
    let account =
        Account { roles, person, ..house.accounts.may_have(&name, &BTreeSet::from([Role::Admin]))? };
    house.accounts.may_have(&name, &account.roles)?;
    recorded(&house, &visitor, deed(AccountChange::Changed, &account)).await?;
    house.accounts.set_roles(&name, &account.roles)?;
    house.accounts.set_person(&name, account.person.as_ref())?;
    house.sessions.revoke_account(name.as_str());
    Ok(back())
}

/// A password.
#[derive(Deserialize)]
pub struct PasswordForm {
    mat_khau: String,
}

/// Sets another password; sessions of the account end.
pub async fn set_password(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(name): Path<String>,
    Form(form): Form<PasswordForm>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let name: AccountName = name.parse()?;
    let account = house.accounts.may_set_password(&name, &form.mat_khau)?;
    recorded(&house, &visitor, deed(AccountChange::PasswordSet, &account)).await?;
    let of = name.clone();
    slowly(&house, move |house| house.accounts.set_password(&of, &form.mat_khau)).await?;
    house.sessions.revoke_account(name.as_str());
    Ok(back())
}

/// Closes an account; its sessions end, and that of a slip which its person used.
pub async fn close(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let name: AccountName = name.parse()?;
    let known = house.accounts.may_have(&name, &BTreeSet::new())?;
    let account = Account { roles: BTreeSet::new(), ..known };
    recorded(&house, &visitor, deed(AccountChange::Closed, &account)).await?;
    house.accounts.close(&name)?;
    house.sessions.revoke_account(name.as_str());
    // Who has no account any more has no browser that stays signed in either.
    if let Some(person) = &account.person {
        house.forget_browser(person)?;
    }
    Ok(back())
}
