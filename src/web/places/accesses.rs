//! Who looked at data of pupils, downloaded or printed them, and who signed in and out: for the administrator below
//! everything else, for an inspector as a page of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey};
use school::identifier::{DecisionNumber, PersonId, SchoolYear};

use super::pupils::Names;
use super::setup;
use super::staff_accounts::nobody_of_the_roster;
use crate::accounts::{Access, Account, Role};
use crate::lifecycle::correction::CaseId;
use crate::lifecycle::export::{Accepted, Stage};
use crate::web::fault::Fault;
use crate::web::frame::{self, Title, en, page, th};
use crate::web::house::House;
use crate::web::places::{review_tasks, subjects};
use crate::web::sessions::{Ending, Way};
use crate::web::visitor::Visitor;
use crate::wording::{self, Both, both};

const MAY: &[Role] = &[Role::Admin, Role::Inspector];
/// How many are shown.
const SHOWN: u32 = 100;

/// The latest ones.
pub async fn latest(house: &Arc<House>, visitor: &Visitor) -> Result<Markup, Fault> {
    let accesses = house.accounts.accesses(SHOWN)?;
    let known = Known::of(house, visitor, &accesses).await?;
    let mut rows = Vec::new();
    for one in &accesses {
        rows.push((one, known.who(house, one), known.about(house, visitor, one).await?));
    }
    Ok(html! {
        @if rows.is_empty() { p { "Chưa có ai." (en("Nobody has yet.")) } } @else {
            div.wide tabindex="0" { table.stack {
                thead { tr { (th("Lúc", "When")) (th("Ai", "Who")) (th("Vai trò", "Role")) (th("Việc", "Did")) (th("Của", "Of")) (th("Từ máy", "From")) } }
                tbody { @for (one, who, of) in &rows { tr {
                    td { (one.at.vietnamese()) } td.whole data-as="Ai" { (who) }
                    td data-as="Vai trò" { @match one.role { Some(role) => { @let (vi, english) = known.role(house, one, role); (vi) (en(english)) }, None => (frame::nothing()) } }
                    td data-as="Việc" { (did(one)) @if one.times > 1 { ", " (one.times) " lần trong một giờ" (en("times within an hour")) } }
                    td data-as="Của" { @match of { Some(of) => (of), None => (frame::nothing()) } }
                    td data-as="Từ máy" { @if one.address.is_empty() { (frame::nothing()) } @else { (one.address) } }
                } } }
            } }
        }
    })
}

fn did(one: &Access) -> Both {
    let sign_in = match Way::from_code(&one.of).map(setup::way) {
        Some(way) => both(format!("đăng nhập bằng {}", way.vi), format!("signed in by {}", way.en)),
        None => both("đăng nhập", "signed in"),
    };
    match one.what.as_str() {
        "check" => both("kiểm tra chữ ký", "verified"),
        "download" => both("tải về", "downloaded"),
        "print" => both("in", "printed"),
        "sign-in" => sign_in,
        "sign-in-failed" => both(format!("{}: không được", sign_in.vi), "sign-in failed"),
        "sign-in-waits" => both("đăng nhập sai nhiều lần, phải chờ", "too many wrong sign-ins, has to wait"),
        "sign-out" => both("đăng xuất", "signed out"),
        "session-ended" => match Ending::from_code(&one.of) {
            Some(Ending::Lapsed) => both("phiên tự hết hạn", "session lapsed"),
            Some(Ending::Revoked) => both("phiên bị quản trị kết thúc", "session ended by the administrator"),
            Some(Ending::Replaced) => {
                both("phiên nhường cho lần đăng nhập mới", "session replaced by a new one")
            }
            Some(Ending::SignedOut) | None => both("phiên kết thúc", "session ended"),
        },
        _ => both("xem", "read"),
    }
}

/// A file of an act, or of the roster and plans of a year.
fn signed_file(house: &House, name: &str) -> Markup {
    let act = name.split('.').next().and_then(|digest| digest.parse::<Sha256>().ok());
    html! {
        @match act.and_then(|act| Some((act, house.reading.act(&act).ok()?.number))) {
            Some((act, number)) => a href=(format!("/van-ban/{act}")) { "văn bản " span translate="no" { (number) } (en("an act")) },
            None => { "danh sách nhân sự, kế hoạch ký" (en("roster, plans")) },
        }
    }
}

/// Whose the accounts are, and what the documents are called for whoever reads the list.
struct Known {
    accounts: Vec<Account>,
    names: Names,
    documents: BTreeMap<DossierId, DossierKey>,
}

impl Known {
    async fn of(house: &Arc<House>, visitor: &Visitor, accesses: &[Access]) -> Result<Self, Fault> {
        let documents: BTreeMap<DossierId, DossierKey> = house.reading.look(|ledger| {
            let named = accesses.iter().filter_map(|one| one.of.parse::<DossierId>().ok());
            named.filter_map(|id| Some((id.clone(), ledger.dossiers.get(&id)?.key.clone()))).collect()
        });
        let ids: Vec<DossierId> = documents.keys().cloned().collect();
        Ok(Self { accounts: house.accounts.all()?, names: Names::of(house, visitor, &ids).await?, documents })
    }

    /// Who it was in the roster. Older lines do not say whose the account was then.
    fn person(&self, one: &Access) -> Option<PersonId> {
        let account = || self.accounts.iter().find(|account| account.name.as_str() == one.who);
        let person = one.person.clone().or_else(|| account()?.person.clone());
        person.or_else(|| one.who.parse().ok())
    }

    /// The role, by the title of its person.
    fn role(&self, house: &House, one: &Access, held: Role) -> Title<'static> {
        let title = self.person(one).and_then(|id| house.title_of(&id));
        frame::role_under(held, title.as_deref())
    }

    /// The person with title, and the account where somebody came with one.
    fn who(&self, house: &House, one: &Access) -> Markup {
        html! {
            @match self.person(one).and_then(|id| Some((house.titled(&id)?, id))) {
                Some((name, id)) => { span translate="no" { (name) } @if one.who != id.as_str() { " " small translate="no" { (one.who) } } }
                None if one.who.is_empty() => { "không rõ ai" (en("not known")) }
                None => (nobody_of_the_roster(&self.accounts, &one.who)),
            }
        }
    }

    /// What it was about, led to where the reader may open it. An administrator reads no name of a pupil here either:
    /// not in a document's name, and not in what somebody typed to find one.
    async fn about(&self, house: &House, visitor: &Visitor, one: &Access) -> Result<Option<Markup>, Fault> {
        if !["view", "check", "download", "print"].contains(&one.what.as_str()) {
            return Ok(None);
        }
        let (first, rest) = one.of.split_once('/').unwrap_or((&one.of, ""));
        let words = match first {
            "danh-sach" => {
                let count = rest.split(' ').next().unwrap_or_default();
                html! { "danh sách " (count) " học bạ" (en("a list of transcripts")) }
            }
            "tra-cuu" if visitor.role() == Some(Role::Admin) => {
                html! { "tra cứu học sinh, hồ sơ" (en("a search for a pupil or a document")) }
            }
            "tra-cuu" => html! { "tra cứu “" span translate="no" { (rest) } "”" (en("a search")) },
            "lop" => html! { "lớp " (rest) (en("the class")) },
            "tep-xuat" => return self.data(house, rest).await.map(Some),
            "van-ban" => signed_file(house, rest),
            _ => self.document(house, one),
        };
        Ok(Some(words))
    }

    fn document(&self, house: &House, one: &Access) -> Markup {
        let id = one.of.parse::<DossierId>().ok();
        if let Some((id, key)) = id.and_then(|id| self.documents.get_key_value(&id)) {
            return html! {
                a translate="no" href=(format!("/ho-so/{id}")) { (self.names.get(id)) }
                p.hint { "năm học " (key.year) (en("school year")) }
            };
        }
        let case = || {
            let (number, year) = one.of.split_once('/')?;
            Some(CaseId {
                year: year.parse::<SchoolYear>().ok()?,
                number: number.parse::<DecisionNumber>().ok()?,
            })
        };
        match case().filter(|id| house.reading.look(|ledger| ledger.corrections.get(id).is_some())) {
            Some(CaseId { year, number }) => html! {
                a href=(format!("/sua-chua/{year}/{number}")) { "vụ sửa chữa số " (number) (en("correction")) }
                p.hint { "năm học " (year) (en("school year")) }
            },
            None => html! { code { (one.of) } },
        }
    }

    /// Data of a class as they came in, or one part of them.
    async fn data(&self, house: &House, rest: &str) -> Result<Markup, Fault> {
        let (export, part) = rest.split_once('/').map_or((rest, None), |(export, part)| (export, Some(part)));
        let accepted = |export: &Sha256| {
            house.reading.look(|ledger| match ledger.exports.stage(export) {
                Some(Stage::Accepted(accepted)) => Some((**accepted).clone()),
                _ => None,
            })
        };
        let found = export.parse::<Sha256>().ok().and_then(|export| Some((export, accepted(&export)?)));
        let Some((export, Accepted { class, year, period, .. })) = found else {
            return Ok(html! { code { (rest) } });
        };
        let roster = house.year(year).await?;
        let part = part.map(|part| match part.parse() {
            Ok(subject) if part != review_tasks::HOMEROOM => {
                both(format!("môn {}", subjects::name(&roster.roster.1, &subject)), "a subject")
            }
            _ => both("phần chủ nhiệm", "homeroom"),
        });
        let period = wording::period(period);
        Ok(html! {
            a href=(format!("/khoa-so/{export}")) { "số liệu lớp " (class) (en("data of the class")) }
            p.hint { @if let Some(part) = part { (part) ", " } (period) ", năm học " (year) (en("school year")) }
        })
    }
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let content = html! {
        p { "Mỗi lần xem, tải về hoặc in dữ liệu học sinh, mỗi lần đăng nhập, đăng xuất được ghi lại; dưới đây là các lần gần nhất." (en("Whoever reads, downloads or prints data of pupils, signs in or out is noted; these are the latest.")) }
        (latest(&house, &visitor).await?)
    };
    Ok(page(&house, &visitor, ("Lượt xem", "Accesses"), &content).into_response())
}
