//! The frame around every page: head, who is signed in, ways to other places, foot; and small pieces that
//! places share. Vietnamese first, English second in small print.

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};
use school::dossier::Period;
use school::roster::{Person, Roster};

use super::house::House;
use super::languages::{Languages, shown};
use super::sessions::Session;
use super::visitor::Visitor;
use crate::accounts::Role;
use crate::clerk::given_name_first;
pub use crate::wording::documents::{called, kind, kind_en, named, named_by};
use crate::wording::{self, NO_LEGAL_VALUE, NO_LEGAL_VALUE_EN, both};

/// Title of a page in both languages.
pub type Title<'t> = (&'t str, &'t str);

/// A place that the menu leads to: path, words, and who sees it.
struct Way {
    path: &'static str,
    vi: &'static str,
    en: &'static str,
    roles: &'static [Role],
}

use Role::{Admin, Inspector, Office, Principal, Teacher};

const WAYS: [Way; 11] = [
    Way {
        path: "/",
        vi: "Tổng quan",
        en: "Overview",
        roles: &[Teacher, Principal, Office, Admin, Inspector],
    },
    Way { path: "/ky", vi: "Ký", en: "Sign", roles: &[Teacher, Principal, Office] },
    Way { path: "/soat", vi: "Soát trước", en: "Review", roles: &[Teacher, Principal] },
    Way { path: "/khoa-so", vi: "Khóa sổ", en: "Lock", roles: &[Principal, Office, Admin, Inspector] },
    Way { path: "/dot-ky", vi: "Đợt ký", en: "Rounds", roles: &[Principal, Office, Admin] },
    Way { path: "/luu-tru", vi: "Lưu trữ", en: "Archive", roles: &[Principal, Office, Admin, Inspector] },
    Way { path: "/tra-cuu", vi: "Tra cứu", en: "Search", roles: &[Principal, Office, Inspector] },
    Way {
        path: "/kiem-tra",
        vi: "Kiểm tra",
        en: "Verify",
        roles: &[Teacher, Principal, Office, Admin, Inspector],
    },
    Way { path: "/luot-xem", vi: "Lượt xem", en: "Accesses", roles: &[Inspector] },
    Way { path: "/cau-hinh", vi: "Cấu hình", en: "Set up", roles: &[Admin] },
    Way {
        path: "/tro-giup",
        vi: "Trợ giúp",
        en: "Help",
        roles: &[Teacher, Principal, Office, Admin, Inspector],
    },
];

/// A whole page.
pub fn page(house: &House, visitor: &Visitor, title: Title<'_>, content: &Markup) -> Html<String> {
    let (school, sample) = house.school();
    let here = visitor.path();
    Html(
        document(title, &school, Some(visitor), &html! {
            header {
                @if sample { p.sample { (NO_LEGAL_VALUE) (en(NO_LEGAL_VALUE_EN)) } }
                div.top {
                p.school translate="no" { a href="/" { (school) } }
                (who(house, visitor))
                nav aria-label=(plain("Các trang", "Places")) {
                    ul {
                        @for way in WAYS.iter().filter(|way| sees(way, visitor)) {
                            li {
                                a href=(way.path) aria-current=[is_here(way.path, here).then_some("page")] {
                                    (way.vi) (en(way.en))
                                }
                            }
                        }
                    }
                }
                }
            }
            main #noi-dung tabindex="-1" {
                h1 { (title.0) (en(title.1)) }
                (content)
            }
        })
        .into_string(),
    )
}

fn sees(way: &Way, visitor: &Visitor) -> bool {
    match visitor.role() {
        Some(role) => way.roles.contains(&role),
        // Who has not signed in comes to sign, to check a document, or for help.
        None => {
            ["/ky", "/kiem-tra", "/tro-giup"].contains(&way.path)
                && (way.path != "/ky" || visitor.screen.is_some())
        }
    }
}

/// Pages that lie under the path of no place, and the place that leads to them.
const BELONG: [(&str, &str); 3] = [("/ho-so", "/"), ("/van-ban", "/dot-ky"), ("/dien-tap", "/cau-hinh")];

fn is_here(path: &str, here: &str) -> bool {
    let under = |path: &str| here == path || here.starts_with(&format!("{path}/"));
    let belongs = BELONG.iter().any(|(page, place)| *place == path && under(page));
    belongs || if path == "/" { here == "/" } else { under(path) }
}

fn who(house: &House, visitor: &Visitor) -> Markup {
    html! {
        div.who {
            @match &visitor.session {
                Some(session) => {
                    span { span translate="no" { (house.name_of(session)) } " – " (role_of(house, session).0) (en(role_of(house, session).1)) }
                    form method="post" action="/dang-xuat" { button.quiet type="submit" { "Thoát" (en("Sign out")) } }
                }
                None => { a.button.quiet href="/dang-nhap" { "Đăng nhập" (en("Sign in")) } }
            }
        }
    }
}

fn document(title: Title<'_>, school: &str, visitor: Option<&Visitor>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (plain(title.0, title.1)) " – " (school) }
                link rel="stylesheet" href="/tinh/trang.css";
                link rel="icon" href="data:,";
            }
            body {
                a.skip href="#noi-dung" { "Đến nội dung chính" (en("Skip to the content")) }
                (body)
                footer {
                    p { "niemphong " (env!("CARGO_PKG_VERSION"))
                        @for (path, vi, english) in FOOT { " · " a href=(path) { (vi) (en(english)) } }
                    }
                    (switch(shown(), visitor.map_or("/", Visitor::again)))
                }
            }
        }
    }
}

/// What the foot of every page leads to.
const FOOT: [(&str, &str, &str); 4] = [
    ("/kiem-tra", "Kiểm tra chữ ký số", "Verify"),
    ("/tro-giup", "Trợ giúp", "Help"),
    ("/su-co", "Báo sự cố", "Report trouble"),
    ("/chung-thu-trang", "Cài chứng chỉ của trang", "Trust these pages"),
];

/// The switch between both languages and Vietnamese alone. Who reads English finds the way back in English.
fn switch(shown: Languages, here: &str) -> Markup {
    let (other, words) = match shown {
        Languages::Both => (Languages::Vietnamese, html! { "Chỉ tiếng Việt" (en("Vietnamese only")) }),
        Languages::Vietnamese => (Languages::Both, html! { "Song ngữ " span lang="en" { "(English)" } }),
    };
    html! {
        form method="post" action="/ngon-ngu" {
            input type="hidden" name="tiep" value=(here);
            button.plain type="submit" name="hien" value=(other.code()) { (words) }
        }
    }
}

/// A page that says what happened, what to do now, and the code; with the way back to the form that was refused.
pub fn refusal(house: &House, visitor: Option<&Visitor>, code: &str, form: Option<&str>) -> Html<String> {
    let title = ("Chưa thực hiện được", "Not done");
    let content = html! {
        (words(code))
        p {
            @if let Some(form) = form { a.button href=(form) { "Về trang vừa rồi" (en("Back to that page")) } " " }
            @if let Some(place) = visitor.and_then(place_of) { a.button.quiet[form.is_some()] href=(place.path) { "Về trang " (place.vi) (en(place.en)) } " " }
            a.button.quiet href="/" { "Về trang tổng quan" (en("Overview")) }
        }
    };
    match visitor {
        Some(visitor) => page(house, visitor, title, &content),
        None => {
            let body = html! { main #noi-dung tabindex="-1" { h1 { (title.0) (en(title.1)) } (content) } };
            Html(document(title, "niemphong", None, &body).into_string())
        }
    }
}

/// The place in which something was asked for, where the way back leads; not from that place to itself.
fn place_of(visitor: &Visitor) -> Option<&'static Way> {
    let (here, shown) = (visitor.path(), visitor.again().split('?').next().unwrap_or_default());
    WAYS.iter().find(|way| !["/", shown].contains(&way.path) && sees(way, visitor) && is_here(way.path, here))
}

/// What happened, why and what to do now, with the code.
pub fn words(code: &str) -> Markup {
    words_about(code, "")
}

/// The same, with what it happened to: names and labels, which no language changes.
pub fn words_about(code: &str, what: &str) -> Markup {
    notice(("notice bad", "alert"), code, what)
}

/// The same of what somebody did on purpose: nothing went wrong.
pub fn on_purpose(code: &str) -> Markup {
    notice(("notice open", "note"), code, "")
}

fn notice((class, role): (&str, &str), code: &str, what: &str) -> Markup {
    let words = wording::fault(code);
    html! {
        div class=(class) role=(role) {
            @if !what.is_empty() { p translate="no" { (what) } }
            p { strong { (words.what_vi) } }
            p { (words.why_vi) }
            p { (words.do_vi) }
            (below(words.en))
            p.code { "Mã lỗi" (en("Code")) ": " code { (code) } }
        }
    }
}

/// Something that went well.
pub fn done(vi: &str, en: &str) -> Markup {
    html! { div.notice.good role="status" { p { strong { (vi) } } (below(en)) } }
}

/// English beside Vietnamese, where English is shown.
pub fn en(text: &str) -> Markup {
    html! { @if shown() == Languages::Both { " " span.en lang="en" { (text) } } }
}

/// A paragraph of English below one of Vietnamese, where English is shown.
pub fn below(text: &str) -> Markup {
    html! { @if shown() == Languages::Both { p.en lang="en" { (text) } } }
}

/// Where no markup can stand, in choices and names for screen readers: `Tất cả / All`.
pub fn plain(vi: impl Into<String>, en: impl Into<String>) -> String {
    shown().line(&both(vi, en))
}

/// The head of a column.
pub fn th(vi: &str, english: &str) -> Markup {
    html! { th scope="col" { (vi) (en(english)) } }
}

/// The head of a column of numbers.
pub fn th_number(vi: &str, english: &str) -> Markup {
    html! { th.number scope="col" { (vi) (en(english)) } }
}

/// Where a table has nothing in a cell.
pub fn nothing() -> Markup {
    html! { span aria-label=(plain("không có", "none")) { "–" } }
}

/// The script of the pages, where one follows what goes on by itself. Every other page has none, so that it works in
/// a browser that runs none.
pub fn follower() -> Markup {
    html! { script src="/tinh/tien-do.js" defer {} }
}

/// The way back to the page above.
pub fn back(path: &str, vi: &str, english: &str) -> Markup {
    html! { p.way { a href=(path) { "← " (vi) (en(english)) } } }
}

/// People, and whatever bears their names, in the order of a Vietnamese list: by given name.
pub fn by_given_name<T>(all: impl IntoIterator<Item = T>, name: impl Fn(&T) -> &str) -> Vec<T> {
    let mut all: Vec<T> = all.into_iter().collect();
    all.sort_by_cached_key(|one| given_name_first(name(one)));
    all
}

/// Everyone of a roster in that order; the stamp, which is nobody, stands last.
pub fn in_order(roster: &Roster) -> Vec<&Person> {
    let mut all = by_given_name(&roster.people, |one| &one.name);
    all.sort_by_key(|one| one.id == roster.stamp);
    all
}

/// Where a list to choose from begins, so that nobody is chosen by standing first.
pub fn to_choose() -> Markup {
    html! { option value="" { (plain("Chọn", "Choose")) } }
}

/// A role in words.
pub const fn role(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Admin => ("Quản trị", "Administrator"),
        Role::Office => ("Văn phòng", "Office"),
        Role::Teacher => ("Giáo viên", "Teacher"),
        Role::Principal => ("Hiệu trưởng", "Principal"),
        Role::Inspector => ("Thanh tra", "Inspector"),
    }
}

/// A role as it is given to an account: what it is called follows from the title of whoever has it.
pub const fn role_given(held: Role) -> (&'static str, &'static str) {
    match held {
        Role::Principal => ("Hiệu trưởng, Phó Hiệu trưởng", "Principal, deputy head"),
        Role::Admin | Role::Office | Role::Teacher | Role::Inspector => role(held),
    }
}

/// In which role somebody is signed in, in words: a deputy shares the principal's pages and not the title.
pub fn role_of(house: &House, session: &Session) -> Title<'static> {
    role_under(session.role, session.person.as_ref().and_then(|id| house.title_of(id)).as_deref())
}

/// A role of whoever bears this title in the roster.
pub fn role_under(held: Role, title: Option<&str>) -> Title<'static> {
    let is_deputy = |title: &str| title.to_lowercase().starts_with("phó hiệu trưởng");
    if held == Role::Principal && title.is_some_and(is_deputy) {
        ("Phó Hiệu trưởng", "Deputy head")
    } else {
        role(held)
    }
}

/// A period in words.
pub fn period(period: Period) -> String {
    wording::period(period).vi
}
