//! Signing in: account and password, a printed one-time slip, or a token that answers a challenge. A session
//! is of one role; its key is new with every sign-in.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use openssl::rand::rand_bytes;
use school::digest::Sha256;
use school::identifier::PersonId;
use school::limits::{ACCOUNT_NAME_CHARACTERS, SESSION_IDLE_S};
use school::records::token_frame::Hash;
use serde::Deserialize;

use crate::accounts::Role;
use crate::clerk::{AccountDeed, YearInForce};
use crate::clock;
use crate::lifecycle::accounts::AccountChange;
use crate::process::token_host::TokenRefusal;
use crate::web::attempts::Wait;
use crate::web::fault::{Fault, in_query};
use crate::web::frame::{self, below, en, page, plain};
use crate::web::house::{House, Settings, holder};
use crate::web::places::desk::{Typed, plugged};
use crate::web::places::staff_accounts;
use crate::web::sessions::{Ending, Entering, Way};
use crate::web::sign_ins::Tried;
use crate::web::visitor::{SESSION, Visitor, cookie, set_cookie};

/// The longest address of a page to go on to after a refusal: none of ours is longer.
const WAY_ON_BYTES: usize = 1_000;
/// How every challenge begins.
const CHALLENGE: &[u8] = b"niemphong sign-in challenge\n";
/// For so long a browser of one's own that used a slip stays signed in: people rehearse at least that often.
pub(super) const SLIP_BROWSER_DAYS: i64 = 30;
const SLIP_BROWSER_S: i64 = SLIP_BROWSER_DAYS * 24 * 60 * 60;

/// Where to go on after, and which refusal is shown.
#[derive(Debug, Deserialize)]
pub struct Asked {
    tiep: Option<String>,
    #[serde(rename = "tra-lai")]
    again: Option<String>,
}

/// Why somebody was not let in, and what stays typed: neither the password nor the code of a slip.
#[derive(Debug, Clone)]
pub struct RefusedSignIn {
    code: &'static str,
    name: String,
    role: Option<Role>,
}

impl RefusedSignIn {
    /// Of an account, where they typed its name and chose a role.
    fn of_account(code: &'static str, form: &AccountForm, role: Option<Role>) -> Self {
        // No account has a longer name, and whoever types has not signed in.
        let name = form.ten.trim().chars().take(ACCOUNT_NAME_CHARACTERS).collect();
        Self { code, name, role }
    }

    /// Of a slip, of which nothing stays.
    const fn of_slip(code: &'static str) -> Self {
        Self { code, name: String::new(), role: None }
    }

    /// Leads back to the page, which says it.
    fn leads_back(self, house: &House, visitor: &Visitor, next: Option<&str>) -> Result<Response, Fault> {
        let key = house.refused_sign_ins.keep(visitor, self)?;
        let next = next.map(local).filter(|next| next.len() <= WAY_ON_BYTES).map(in_query);
        let next = next.map(|next| format!("tiep={next}&")).unwrap_or_default();
        Ok(Redirect::to(&format!("/dang-nhap?{next}tra-lai={key}")).into_response())
    }
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor, Query(asked): Query<Asked>) -> Response {
    let refused = asked.again.and_then(|key| house.refused_sign_ins.shown(&visitor, &key));
    let (name, chosen) = refused.as_ref().map_or(("", None), |one| (one.name.as_str(), one.role));
    let next = asked.tiep.as_deref().map_or("/", local);
    let tokens = match &visitor.screen {
        Some(screen) => holders_at(&house, screen).await,
        None => Vec::new(),
    };
    let content = html! {
        @if let Some(refused) = &refused { (frame::words(refused.code)) }
        div.cards {
            section.card aria-labelledby="tai-khoan" {
                h2 #tai-khoan { "Tài khoản" (en("Account")) }
                form method="post" action="/dang-nhap" {
                    input type="hidden" name="tiep" value=(next);
                    label for="ten" { "Tên tài khoản" (en("Name")) }
                    input #ten type="text" name="ten" value=(name) autocomplete="username" autocapitalize="none" spellcheck="false" required;
                    label for="mat-khau" { "Mật khẩu" (en("Password")) }
                    input #mat-khau type="password" name="mat_khau" autocomplete="current-password" required;
                    label for="vai-tro" { "Làm việc với vai trò" (en("In the role of")) }
                    select #vai-tro name="vai_tro" {
                        option value="" { (plain("Vai trò của tài khoản", "Its own role")) }
                        @for role in Role::ALL { option value=(role.code()) selected[chosen == Some(role)] { (plain(frame::role(role).0, frame::role(role).1)) } }
                    }
                    p.hint { "Chỉ cần chọn khi tài khoản có nhiều vai trò." (en("To be chosen only where an account has several roles.")) }
                    div.row { button type="submit" { "Đăng nhập" (en("Sign in")) } }
                }
            }
            section.card aria-labelledby="phieu" {
                h2 #phieu { "Phiếu một lần" (en("One-time slip")) }
                p.hint { "Giáo viên nhận phiếu in khi diễn tập; mỗi phiếu dùng được một lần." (en("Teachers get it when they rehearse; it opens once.")) }
                form method="post" action="/dang-nhap/phieu" {
                    input type="hidden" name="tiep" value=(next);
                    label for="ma" { "Mã trên phiếu" (en("Code")) }
                    input #ma type="text" name="ma" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="XXXXX-XXXXX-XXXXX" required;
                    fieldset {
                        legend { "Máy này là" (en("This is")) }
                        label.tick { input type="radio" name="may" value=(Device::Shared.code()) checked; "Máy dùng chung: tự thoát khi đóng trình duyệt, hoặc sau " (SESSION_IDLE_S / 60) " phút không dùng" (en("A shared computer: signed out when the browser is closed, or after that many minutes without use")) }
                        label.tick { input type="radio" name="may" value=(Device::Own.code()); "Điện thoại, máy của riêng tôi: giữ đăng nhập " (SLIP_BROWSER_DAYS) " ngày" (en("My own phone or computer: it stays signed in for that many days")) }
                    }
                    div.row { button type="submit" { "Vào bằng phiếu" (en("Use the slip")) } }
                }
            }
            @if visitor.screen.is_some() {
                section.card aria-labelledby="token" {
                    h2 #token { "USB token đang cắm" (en("Plugged tokens")) }
                    @if tokens.is_empty() {
                        p { "Chưa thấy USB token của thầy cô nào ở đầu đọc của màn hình này." (en("No token is seen at this screen.")) }
                    }
                    @else { p.hint { "Chọn tên mình, rồi nhập mã PIN." (en("Choose your name, then type the PIN.")) } }
                    ul.plain.ways {
                        @for one in frame::by_given_name(&tokens, |one| &one.name) {
                            li translate="no" { a href=(format!("/dang-nhap/token/{}", one.certificate)) { (one.name) ", " (one.title) } }
                        }
                    }
                }
            }
        }
    };
    page(&house, &visitor, ("Đăng nhập", "Sign in"), &content).into_response()
}

/// Whose token is plugged in.
struct Holder {
    certificate: Sha256,
    name: String,
    title: String,
}

async fn holders_at(house: &Arc<House>, screen: &school::identifier::ScreenId) -> Vec<Holder> {
    let Ok((_, year)) = house.this_year().await else { return Vec::new() };
    let at = clock::now();
    let tokens = house.tokens_at(screen);
    let certificates = tokens.iter().flat_map(|one| &one.token.certificates).map(|one| one.sha256);
    let holders = certificates.filter_map(|one| {
        holder(&year, one, at).map(|(_, name, title)| Holder { certificate: one, name, title })
    });
    holders.collect()
}

/// Only paths of this server are gone on to.
pub fn local(next: &str) -> &str {
    let is_odd = |one: char| one.is_control() || one == '\\' || one == ':';
    let plain = next.starts_with('/') && !next.starts_with("//") && !next.contains(is_odd);
    if plain { next } else { "/" }
}

/// The form of an account.
#[derive(Deserialize)]
pub struct AccountForm {
    ten: String,
    mat_khau: String,
    vai_tro: String,
    tiep: Option<String>,
}

/// Signs in with an account.
pub async fn with_account(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<AccountForm>,
) -> Result<Response, Fault> {
    // Whoever chooses none works in the one role of the account.
    let chosen = match form.vai_tro.as_str() {
        "" => None,
        code => Some(Role::from_code(code).ok_or_else(Fault::form)?),
    };
    let refused = |code| {
        RefusedSignIn::of_account(code, &form, chosen).leads_back(&house, &visitor, form.tiep.as_deref())
    };
    let address = visitor.address.to_string();
    let (of_account, of_address) = (format!("tk:{}", form.ten), format!("ip:{address}"));
    let known = house.accounts.all()?.into_iter().find(|one| one.name.as_str() == form.ten);
    let tried = Tried {
        account: known.as_ref().map(|one| one.name.to_string()),
        person: known.and_then(|one| one.person),
        way: Way::Password,
        address: visitor.address,
    };
    // Asked in turn: whoever tries many at once meets the failures of the first.
    let _turn = house.hashing.acquire().await.map_err(|_| Fault::busy())?;
    let wait = house.attempts.must_wait(&[&of_account, &of_address]);
    if wait != Wait::No {
        house.note_failed_sign_in(tried, wait)?;
        return refused("account.wait");
    }
    let (checking, name, password) = (Arc::clone(&house), form.ten.clone(), form.mat_khau.clone());
    let checked = tokio::task::spawn_blocking(move || checking.accounts.check(&name, &password)).await;
    let found = checked.map_err(|_| Fault::busy())??;
    let Some(account) = found else {
        house.attempts.failed(&[&of_account, &of_address]);
        house.note_failed_sign_in(tried, wait)?;
        return refused("account.refused");
    };
    house.attempts.succeeded(&of_account);
    house.attempts.forgive(&of_address);
    let mut held = account.roles.iter().copied();
    let role = match chosen {
        Some(role) => held.find(|one| *one == role),
        None if account.roles.len() > 1 => return refused("account.several_roles"),
        None => held.next(),
    };
    let Some(role) = role else {
        house.note_failed_sign_in(tried, wait)?;
        return refused("account.role");
    };
    let entering = Entering {
        account: Some(account.name.to_string()),
        person: account.person,
        role,
        way: Way::Password,
        address: visitor.address,
        until: None,
    };
    enter(&house, &headers, entering, form.tiep.as_deref())
}

/// Whose the computer is at which a slip is used: whoever says nothing may have left it to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
enum Device {
    /// Others use it as well: signed out soon.
    #[default]
    #[serde(rename = "chung")]
    Shared,
    /// One's own: it stays signed in.
    #[serde(rename = "rieng")]
    Own,
}

impl Device {
    const fn code(self) -> &'static str {
        match self {
            Self::Shared => "chung",
            Self::Own => "rieng",
        }
    }
}

/// The form of a slip.
#[derive(Deserialize)]
pub struct SlipForm {
    ma: String,
    tiep: Option<String>,
    #[serde(default)]
    may: Device,
}

/// Signs in with a one-time slip.
pub async fn with_slip(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<SlipForm>,
) -> Result<Response, Fault> {
    let of_address = format!("ip:{}", visitor.address);
    let refused = |code| RefusedSignIn::of_slip(code).leads_back(&house, &visitor, form.tiep.as_deref());
    let tried = Tried { account: None, person: None, way: Way::Slip, address: visitor.address };
    // One after the other: of two browsers with the same slip one gets in.
    let _turn = house.slip_turn.lock().await;
    let wait = house.attempts.must_wait(&[&of_address]);
    if wait != Wait::No {
        house.note_failed_sign_in(tried, wait)?;
        return refused("account.wait");
    }
    let Some(person) = house.accounts.whose_slip(&form.ma, clock::now())? else {
        house.attempts.failed(&[&of_address]);
        house.note_failed_sign_in(tried, wait)?;
        return refused("account.slip_refused");
    };
    house.attempts.forgive(&of_address);
    let deed = AccountDeed {
        change: AccountChange::SlipUsed,
        account: person.to_string(),
        person: Some(person.clone()),
        roles: vec![Role::Teacher.code().to_owned()],
    };
    // Recorded first: where the office has no time for that, the slip still opens.
    staff_accounts::recorded(&house, &visitor, deed).await?;
    let used = house.accounts.use_slip(&form.ma, clock::now())?;
    if used.is_none() {
        return refused("account.slip_refused");
    }
    house.slips.used(&person);
    let entering = Entering {
        account: None,
        person: Some(person),
        role: Role::Teacher,
        way: Way::Slip,
        address: visitor.address,
        until: (form.may == Device::Own).then(|| clock::now().plus_seconds(SLIP_BROWSER_S)),
    };
    // A teacher with a slip comes to review, unless another page sent them here.
    let next = form.tiep.as_deref().filter(|next| *next != "/").unwrap_or("/soat");
    enter(&house, &headers, entering, Some(next))
}

/// The page that asks for the PIN of a plugged token.
pub async fn token(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
) -> Result<Response, Fault> {
    let screen = visitor.needs_screen()?;
    let one = plugged(&house, screen, certificate)?;
    let (_, year) = house.this_year().await?;
    let (_, name, _) = holder(&year, certificate, clock::now()).ok_or_else(unknown_holder)?;
    let content = html! {
        p { "Nhập mã PIN để mở danh sách hồ sơ của " strong { (name) } ". Lần này USB token chỉ xác nhận người, không ký hồ sơ nào." (en("The PIN opens your list. The token says who you are and signs no document.")) }
        (super::desk::pin_form(&format!("/dang-nhap/token/{certificate}"), &one, "Mở danh sách", "Open the list"))
    };
    Ok(page(&house, &visitor, ("Đăng nhập bằng USB token", "Sign in with a token"), &content).into_response())
}

/// Signs in with a token, which signs a random challenge that is used once. It begins with words, so that it can
/// never be the attributes of a signature, which are DER.
pub async fn with_token(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    headers: HeaderMap,
    typed: Typed,
) -> Result<Response, Fault> {
    let one = plugged(&house, visitor.needs_screen()?, certificate)?;
    let pin = typed.for_token(&one)?;
    let unplugged = || Fault::of(StatusCode::CONFLICT, "web.unplugged");
    let module = house.tokens.module(&one).cloned().ok_or_else(unplugged)?;
    let mut challenge = CHALLENGE.to_vec();
    challenge.resize(CHALLENGE.len() + 32, 0);
    rand_bytes(&mut challenge[CHALLENGE.len()..]).map_err(|_| Fault::busy())?;
    let (_, year) = house.this_year().await?;
    let (person, ..) = holder(&year, certificate, clock::now()).ok_or_else(unknown_holder)?;
    let role = role_of(&year, &person);
    let answered = tokio::task::spawn_blocking(move || -> Result<(), TokenRefusal> {
        let mut host = module.start()?;
        let mut token = host.open(&one.token.identity, certificate, pin)?;
        // The worker verifies the value with the certificate's key before it answers.
        token.sign(Hash::Sha256, &challenge)?;
        token.close()
    });
    match answered.await.map_err(|_| Fault::busy())? {
        Ok(()) => {}
        Err(refusal) => {
            let tried =
                Tried { account: None, person: Some(person), way: Way::Token, address: visitor.address };
            house.note_failed_sign_in(tried, Wait::No)?;
            return Err(Fault::of(StatusCode::CONFLICT, refusal.code()));
        }
    }
    let entering = Entering {
        account: None,
        person: Some(person),
        role,
        way: Way::Token,
        address: visitor.address,
        until: None,
    };
    enter(&house, &headers, entering, Some(&format!("/ky/{certificate}")))
}

fn unknown_holder() -> Fault {
    Fault::of(StatusCode::FORBIDDEN, "web.unknown_holder")
}

/// The role in which somebody comes with their token.
fn role_of(year: &YearInForce, person: &PersonId) -> Role {
    let roster = &year.roster.1;
    let heads = |one: &&PersonId| year.people().principal(clock::now()).is_some_and(|head| head.id == **one);
    if heads(&person) {
        Role::Principal
    } else if [&roster.office, &roster.stamp, &roster.admin_board].contains(&person) {
        Role::Office
    } else {
        Role::Teacher
    }
}

/// Begins the session. Whatever key the browser had before opens nothing any more.
fn enter(
    house: &House,
    headers: &HeaderMap,
    entering: Entering,
    next: Option<&str>,
) -> Result<Response, Fault> {
    if let Some(old) = cookie(headers, SESSION) {
        house.end_session(old, Ending::Replaced)?;
    }
    // Only a browser that stays signed in keeps its key when it is closed.
    let stays_s = entering.until.and_then(|until| u64::try_from(until.unix() - clock::now().unix()).ok());
    let key = house.begin_session(entering)?;
    let next = next.map_or("/", local);
    Ok(([(header::SET_COOKIE, set_cookie(SESSION, &key, stays_s))], Redirect::to(next)).into_response())
}

/// Ends the session.
pub async fn sign_out(State(house): State<Arc<House>>, headers: HeaderMap) -> Result<Response, Fault> {
    if let Some(key) = cookie(&headers, SESSION) {
        house.end_session(key, Ending::SignedOut)?;
    }
    let gone = set_cookie(SESSION, "", Some(0));
    Ok(([(header::SET_COOKIE, gone)], Redirect::to("/dang-nhap")).into_response())
}

/// How the certificate of the pages is trusted on the computers of the school.
pub async fn guide(State(house): State<Arc<House>>, visitor: Visitor) -> Response {
    let fingerprint = crate::web::tls::fingerprint(&house.settings);
    let content: Markup = html! {
        p { "Trang này chạy trong mạng nội bộ của nhà trường nên có một chứng chỉ riêng của trường. Mỗi máy cài một lần, sau đó trình duyệt không còn cảnh báo." (en("The pages have a certificate of the school's own, installed once on each computer; it is used for nothing but these pages.")) }
        @match fingerprint {
            Some(fingerprint) => {
                // Whoever holds the guide as a paper stands at another computer.
                @let Settings { names, addresses, .. } = &house.settings;
                @let known: Vec<String> = names.iter().cloned().chain(addresses.iter().map(ToString::to_string)).collect();
                @if !known.is_empty() { p { "Máy chủ của các trang trong mạng nội bộ: " code { (known.join(", ")) } (en("The server of the pages in the school’s network.")) } }
                ol {
                    li { "Tải chứng chỉ: " a href="/chung-thu-trang/ca.crt" download="niemphong-ca.crt" { "niemphong-ca.crt" } "." (en("Download it.")) }
                    li { "So dấu vân tay SHA-256 của tệp với dòng dưới đây, xem hoặc in tại máy chủ. Khác một ký tự thì không cài." (en("Compare its fingerprint with the one shown or printed at the server; if one character differs, do not install it.")) br; code { (fingerprint) } br;
                        "Lệnh in ra đúng dòng trên: Windows " code { "certutil -hashfile niemphong-ca.crt SHA256" } "; Linux " code { "sha256sum niemphong-ca.crt" } "; Mac " code { "shasum -a 256 niemphong-ca.crt" } "." (en("These commands print the line above.")) br;
                        "Cửa sổ chứng chỉ của trình duyệt và điện thoại hiện cùng dấu ấy bằng chữ hoa, theo từng cặp:" (en("A browser or a phone shows the same in capitals and pairs.")) br; code { (crate::web::tls::in_groups(fingerprint)) } }
                    li { strong { "Windows: " } "mở tệp, chọn Install Certificate → Local Machine → Trusted Root Certification Authorities." (en("Open the file and install it there.")) }
                    li { strong { "Firefox: " } "Settings → Privacy & Security → View Certificates → Authorities → Import, chọn “Trust this CA to identify websites”." (en("Import it there and tick what is quoted.")) }
                    li { strong { "Điện thoại Android: " } "Cài đặt → Bảo mật → Mã hóa và thông tin xác thực → Cài đặt chứng chỉ → Chứng chỉ CA." (en("Settings → Security → Encryption and credentials → Install a certificate → CA certificate.")) }
                    li { strong { "iPhone, iPad: " } "mở tệp bằng Safari, cài hồ sơ ở Cài đặt → Đã tải về hồ sơ, rồi bật ở Cài đặt → Cài đặt chung → Giới thiệu → Cài đặt tin cậy chứng nhận." (en("Open it in Safari, install the profile, then switch it on under Settings → General → About → Certificate Trust Settings.")) }
                    li { strong { "Mac: " } "mở tệp bằng Truy cập chuỗi khóa, rồi chọn Luôn tin cậy cho SSL." (en("Open it with Keychain Access and choose Always Trust for SSL.")) }
                    li { "Đóng và mở lại trình duyệt." (en("Close the browser and open it again.")) }
                }
            }
            None => { p { "Trang đang chỉ mở trên chính máy chủ, chưa mở ra mạng nội bộ nên chưa cần chứng chỉ." } (below("The pages are open on this computer only and need no certificate.")) }
        }
    };
    page(&house, &visitor, ("Cài chứng chỉ của trang", "Trust these pages"), &content).into_response()
}

/// The certificate itself, in DER: the digest of the file is then the fingerprint that everybody shows.
pub async fn authority(State(house): State<Arc<House>>) -> Result<Response, Fault> {
    let der = crate::web::tls::authority_der(&house.settings).ok_or_else(Fault::not_found)?;
    Ok(([(header::CONTENT_TYPE, "application/x-x509-ca-cert")], der).into_response())
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn nobody_is_led_to_another_site_after_signing_in() {
        assert_eq!(local("/ho-so/2025-2026_ca-nam_hoc-ba_HS0001"), "/ho-so/2025-2026_ca-nam_hoc-ba_HS0001");
        for other in [
            "//evil.example",
            "/\t/evil.example",
            "https://evil.example",
            "/\\evil.example",
            "evil",
            "/a\r\nSet-Cookie: x",
        ] {
            assert_eq!(local(other), "/", "{other:?}");
        }
    }
}
