//! The forms of acts, all of one shape: who or what first where that is a question of its own, then the form, then
//! the act that waits for its signatures. Nobody types a certificate: it comes from a rehearsal that was green, or
//! from a token that stands at this screen.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::act::{self, Act, Deed, TeachingPlace};
use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::identifier::PersonId;
use school::limits::REASON_CHARACTERS;
use school::moment::Moment;
use school::roster::{Person, Roster};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::act_text::{name, place};
use super::acts::MAY;
use super::desk::{Shown, certificates_here};
use super::fields::{Fields, day_input};
use crate::clerk::{self, YearInForce, given_name_first};
use crate::clock;
use crate::web::fault::Fault;
use crate::web::frame::{self, Title, back, below, en, page, plain};
use crate::web::house::House;
use crate::web::visitor::Visitor;

/// Kinds that a principal may have a vice-principal sign, the usual ones first.
const SCOPE: [DocumentKind; 6] = [
    DocumentKind::SoDiem,
    DocumentKind::HocBa,
    DocumentKind::SoDiemGv,
    DocumentKind::BangTongHop,
    DocumentKind::DanhSachXetDuyet,
    DocumentKind::SoDangBo,
];
/// Those that are ticked at first.
const USUAL: [DocumentKind; 2] = [DocumentKind::SoDiem, DocumentKind::HocBa];
/// The longest number of an act, and the longest name and title.
const LINE_CHARACTERS: usize = 100;
/// The value of a choice for somebody whom the roster does not have.
const NEWCOMER: &str = "moi";

/// What is to be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A vice-principal signs for the principal.
    Delegation,
    /// A colleague signs for an absent teacher.
    KyThay,
    /// A person has another token.
    Token,
    /// The school has another principal, or the principal another token.
    Principal,
    /// The school has another stamp.
    Stamp,
}

impl Wanted {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Delegation, Self::KyThay, Self::Token, Self::Principal, Self::Stamp];

    const fn code(self) -> &'static str {
        match self {
            Self::Delegation => "uy-quyen",
            Self::KyThay => "ky-thay",
            Self::Token => "thay-token",
            Self::Principal => "hieu-truong-moi",
            Self::Stamp => "con-dau-moi",
        }
    }

    /// Where its form is.
    pub fn path(self) -> String {
        format!("/van-ban/lap/{}", self.code())
    }

    /// What its page is called.
    pub const fn title(self) -> Title<'static> {
        match self {
            Self::Delegation => ("Ủy quyền cho Phó Hiệu trưởng", "Delegation to a vice-principal"),
            Self::KyThay => ("Ký thay giáo viên vắng mặt", "Signing for an absent teacher"),
            Self::Token => ("Thay USB token của một người", "Replaced token"),
            Self::Principal => ("Hiệu trưởng mới", "New principal"),
            Self::Stamp => ("Con dấu mới", "New stamp"),
        }
    }

    /// What leads to it.
    pub const fn asks(self) -> &'static str {
        match self {
            Self::Delegation => "Lập ủy quyền cho Phó Hiệu trưởng",
            Self::KyThay => "Lập văn bản ký thay",
            Self::Token => "Thay USB token",
            Self::Principal => "Hiệu trưởng mới",
            Self::Stamp => "Con dấu mới",
        }
    }

    /// Whose signatures it needs, in words.
    const fn signed_by(self) -> Title<'static> {
        match self {
            Self::Delegation | Self::KyThay | Self::Token => {
                ("Lập văn bản, chờ Hiệu trưởng ký", "Propose; the principal signs")
            }
            Self::Principal => (
                "Lập văn bản, chờ Hiệu trưởng mới và con dấu ký",
                "Propose; the new principal and the stamp sign",
            ),
            Self::Stamp => (
                "Lập văn bản, chờ Hiệu trưởng và con dấu mới ký",
                "Propose; the principal and the new stamp sign",
            ),
        }
    }
}

impl FromStr for Wanted {
    type Err = Fault;

    fn from_str(code: &str) -> Result<Self, Fault> {
        Self::ALL.into_iter().find(|one| one.code() == code).ok_or_else(Fault::not_found)
    }
}

/// Who it is about, where that is asked first.
#[derive(Deserialize)]
pub struct Asked {
    ai: Option<String>,
}

/// A form.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(wanted): Path<String>,
    Query(Asked { ai }): Query<Asked>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let wanted: Wanted = wanted.parse()?;
    let (_, year) = house.this_year().await?;
    let roster = &year.roster.1;
    // The fields, or what has to come first where nobody can be chosen yet.
    let body = match wanted {
        Wanted::Delegation => Ok(html! {
            (days())
            (people("nguoi", ("Ủy quyền cho", "Delegated to"), roster, &[&roster.principal], |title| title.starts_with("Phó")))
            fieldset { legend { "Hồ sơ được ký thay Hiệu trưởng" (en("Documents signed for the principal")) } @for kind in SCOPE { label.tick { input type="checkbox" name="loai" value=(kind.code()) checked[USUAL.contains(&kind)]; (frame::kind(kind)) (en(frame::kind_en(kind))) } } }
        }),
        Wanted::KyThay => match ai {
            None => {
                return Ok(asked_first(
                    &house,
                    &visitor,
                    wanted,
                    &people("ai", ("Giáo viên vắng mặt", "Absent teacher"), roster, &[], |title| {
                        title == "Giáo viên"
                    }),
                ));
            }
            Some(absent) => Ok(of_absent(roster, &absent.parse().map_err(|_| Fault::form())?)),
        },
        Wanted::Token => new_tokens(&house, &year),
        Wanted::Principal => match ai {
            None => {
                let known = with_newcomer(roster);
                return Ok(asked_first(&house, &visitor, wanted, &known));
            }
            Some(who) => of_principal(&year, &who, &certificates_here(&house, &visitor).await?)?,
        },
        Wanted::Stamp => {
            let here = certificates_here(&house, &visitor).await?;
            certificates(&here.iter().filter(|one| is_free(&year, one.sha256)).collect::<Vec<_>>())
        }
    };
    let content = html! {
        (back("/van-ban", "Các văn bản", "Acts"))
        @match body {
            Err(first) => (first),
            Ok(fields) => form method="post" action=(wanted.path()) {
                label for="so" { "Số văn bản" (en("Number")) } input #so type="text" name="so" required maxlength=(LINE_CHARACTERS) translate="no" autocomplete="off" aria-describedby="so-nao"; p.hint #so-nao { "Ghi như trên văn bản giấy, ví dụ “12/QĐ-THCS”." (en("As the paper has it.")) }
                (fields)
                div.row { button type="submit" { (wanted.signed_by().0) (en(wanted.signed_by().1)) } }
            }
        }
    };
    Ok(page(&house, &visitor, wanted.title(), &content).into_response())
}

/// A page that asks who it is about before the form itself.
fn asked_first(house: &House, visitor: &Visitor, wanted: Wanted, choice: &Markup) -> Response {
    let content = html! {
        (back("/van-ban", "Các văn bản", "Acts"))
        form method="get" action=(wanted.path()) { (choice) div.row { button type="submit" { "Tiếp tục" (en("Go on")) } } }
    };
    page(house, visitor, wanted.title(), &content).into_response()
}

fn people(
    id: &str,
    label: Title<'_>,
    roster: &Roster,
    but: &[&PersonId],
    first: impl Fn(&str) -> bool,
) -> Markup {
    let mut known: Vec<_> =
        roster.people.iter().filter(|one| one.id != roster.stamp && !but.contains(&&one.id)).collect();
    known.sort_by_cached_key(|one| (!first(&one.title), given_name_first(&one.name)));
    html! {
        label for=(id) { (label.0) (en(label.1)) }
        select id=(id) name=(id) required translate="no" {
            (frame::to_choose())
            @for one in &known { option value=(one.id) { (one.name) " – " (one.title) } }
        }
    }
}

fn with_newcomer(roster: &Roster) -> Markup {
    html! {
        label for="ai" { "Ai là Hiệu trưởng từ nay" (en("Who is principal from now on")) }
        select #ai name="ai" required translate="no" {
            (frame::to_choose())
            @for one in frame::by_given_name(roster.people.iter().filter(|one| one.id != roster.stamp), |one| &one.name) { option value=(one.id) { (one.name) " – " (one.title) } }
            option value=(NEWCOMER) { (plain("Người chưa có trong danh sách", "Somebody new")) }
        }
        p.hint { "Hiệu trưởng vẫn là người cũ nhưng đổi USB token: chọn chính người đó." (en("The same principal with another token: choose that person.")) }
    }
}

/// From when to when, of acts that end.
fn days() -> Markup {
    let today = clock::now().date();
    html! {
        label for="tu" { "Từ ngày" (en("From")) } (day_input("tu", Some(today), None))
        label for="den" { "Đến hết ngày" (en("Until")) } (day_input("den", None, None))
    }
}

/// Every place of a teacher, as the plans may name it.
fn places_of(roster: &Roster, person: &PersonId) -> Vec<TeachingPlace> {
    let homerooms = roster.homerooms.iter().filter(|(_, teacher)| *teacher == person);
    let homerooms = homerooms.map(|(class, _)| TeachingPlace { class: class.clone(), subject: None });
    let taught =
        roster.assignments.iter().filter(|one| one.teachers().chain([&one.presiding]).any(|id| id == person));
    let mut taught: Vec<_> = taught
        .map(|one| TeachingPlace { class: one.class.clone(), subject: Some(one.subject.clone()) })
        .collect();
    taught.sort_by_key(|one| one.class.clone());
    homerooms.chain(taught).collect()
}

fn of_absent(roster: &Roster, absent: &PersonId) -> Markup {
    let places = places_of(roster, absent);
    html! {
        input type="hidden" name="ai" value=(absent);
        p { "Giáo viên vắng mặt: " strong translate="no" { (name(roster, absent)) } (en("Absent teacher")) }
        @if places.is_empty() { p { "Người này không chủ nhiệm, không dạy lớp nào." (en("Has no class of their own and teaches none.")) } }
        (days())
        (people("nguoi", ("Người ký thay", "Colleague who signs"), roster, &[absent], |title| title == "Giáo viên"))
        fieldset { legend { "Ô ký" (en("Boxes to sign")) } @for (at, one) in places.iter().enumerate() { label.tick { input type="checkbox" name="o" value=(at) checked; span translate="no" { (place(roster, one)) } } } }
        label for="ly-do" { "Lý do" (en("Reason")) } textarea #ly-do name="ly_do" maxlength=(REASON_CHARACTERS) required {}
    }
}

/// Whether a certificate is nobody's yet.
fn is_free(year: &YearInForce, certificate: Sha256) -> bool {
    !year.people().is_somebodys(certificate)
}

/// Who rehearsed with a certificate that is not the one they sign with: the person, the old one, the new one.
fn rehearsed_anew(house: &House, year: &YearInForce) -> Vec<(PersonId, Sha256, Sha256)> {
    let (roster, people, now) = (&year.roster.1, year.people(), clock::now());
    let head = people.principal(now).map(|one| one.id.clone());
    house.reading.look(|ledger| {
        // Whoever stood at the screen chose the name: the administrator has to have confirmed that it was theirs.
        let stands = clerk::bindings(&ledger.enrolment, roster).ok().map(|(_, sha256)| sha256);
        if stands.is_none() || stands != ledger.enrolment.bindings {
            return Vec::new();
        }
        let others =
            roster.people.iter().filter(|one| one.id != roster.stamp && Some(&one.id) != head.as_ref());
        let anew = |one: &Person| {
            let latest = ledger.enrolment.latest(&one.id)?;
            let old = people.certificate(&one.id, now)?;
            let is_new = latest.is_green() && latest.certificate != old && is_free(year, latest.certificate);
            is_new.then(|| (one.id.clone(), old, latest.certificate))
        };
        others.filter_map(anew).collect()
    })
}

fn new_tokens(house: &House, year: &YearInForce) -> Result<Markup, Markup> {
    let anew = rehearsed_anew(house, year);
    let how = html! {
        p { "Người đổi USB token diễn tập với token mới trước, rồi ban quản trị xác nhận gắn kết: chứng thư mới lấy từ lần diễn tập đạt gần nhất, không ai gõ tay." (en("Rehearse with the new token first; the administrator confirms the binding. Nobody types a certificate.")) }
    };
    if anew.is_empty() {
        return Err(html! {
            (how)
            div.notice.open role="note" { p { "Chưa có ai diễn tập đạt với một token khác token đang dùng, hoặc ban quản trị chưa xác nhận gắn kết mới." } (below("Nobody has rehearsed with another token, or the binding is not confirmed yet.")) p.way { a href="/dien-tap" { "Đến trang diễn tập" (en("Rehearse")) } a href="/dot-ky/gan-ket" { "Gắn kết" (en("Bindings")) } } }
        });
    }
    Ok(html! {
        (how)
        label for="nguoi" { "Ai, với chứng thư nào" (en("Who, with which certificate")) }
        select #nguoi name="nguoi" required translate="no" { @if anew.len() > 1 { (frame::to_choose()) } @for (person, _, new) in &anew { option value=(format!("{person}:{new}")) { (name(&year.roster.1, person)) ", chứng thư " (&new.to_string()[..16]) "…" } } }
    })
}

/// Certificates to choose from, or what has to be done before there is one.
fn certificates(here: &[&Shown]) -> Result<Markup, Markup> {
    if here.is_empty() {
        return Err(html! {
            div.notice.open role="note" { p { strong { "Chưa thấy chứng thư nào chọn được ở màn hình này." } } p { "Cắm USB token mới vào đầu đọc rồi tải lại trang; nếu cơ quan cấp còn lạ, nạp chứng thư CA trước." } (below("No certificate here can be chosen. Plug the new token in and reload; load its authority first if it is unknown.")) }
        });
    }
    Ok(html! {
        label for="chung-thu" { "Chứng thư từ nay, trên USB token đang cắm" (en("Certificate from now on")) }
        select #chung-thu name="chung_thu" required translate="no" { @if here.len() > 1 { (frame::to_choose()) } @for one in here { option value=(one.sha256) { (one.subject) " – " (one.token) } } }
    })
}

/// The certificates that somebody may become principal with: free ones that are here, and the one they have.
fn of_principal(year: &YearInForce, who: &str, here: &[Shown]) -> Result<Result<Markup, Markup>, Fault> {
    let roster = &year.roster.1;
    if who == NEWCOMER {
        let free: Vec<_> = here.iter().filter(|one| is_free(year, one.sha256)).collect();
        let line = |id: &str, field: &str, words: &str, english: &str, value: &str| {
            html! { label for=(id) { (words) (en(english)) } input id=(id) type="text" name=(field) value=(value) required maxlength=(LINE_CHARACTERS) autocomplete="off"; }
        };
        return Ok(certificates(&free).map(|certificates| html! {
            input type="hidden" name="ai" value=(NEWCOMER);
            (line("ma", "ma", "Mã nhân sự, chữ không dấu và chữ số", "Code, plain letters and digits", ""))
            (line("ho-ten", "ho_ten", "Họ và tên, đúng như trên chứng thư", "Name as on the certificate", ""))
            (line("chuc-danh", "chuc_danh", "Chức danh", "Title", head_title(roster)))
            (certificates)
            (consequences())
        }));
    }
    let person = who.parse().ok().and_then(|id: PersonId| roster.person(&id).ok()).ok_or_else(Fault::form)?;
    let own = year.people().certificate(&person.id, clock::now());
    let is_head = year.people().principal(clock::now()).is_some_and(|head| head.id == person.id);
    let free: Vec<_> = here
        .iter()
        .filter(|one| is_free(year, one.sha256) || (!is_head && Some(one.sha256) == own))
        .collect();
    Ok(certificates(&free).map(|certificates| {
        html! {
            input type="hidden" name="ai" value=(person.id);
            p { "Hiệu trưởng từ nay: " strong translate="no" { (person.name) } (en("Principal from now on")) }
            (certificates)
            (consequences())
        }
    }))
}

fn consequences() -> Markup {
    html! {
        p.hint { "Có hiệu lực khi Hiệu trưởng mới và con dấu đã ký. Từ lúc đó token cũ không ký được ô của Hiệu trưởng; nhớ đóng tài khoản của người cũ ở trang Cấu hình." (en("In force once the new principal and the stamp have signed; the old token signs for the principal no longer. Close the old account under Set up.")) }
    }
}

fn head_title(roster: &Roster) -> &str {
    if roster.school.head_title.is_empty() { "Hiệu trưởng" } else { &roster.school.head_title }
}

/// Proposes an act.
pub async fn propose(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(wanted): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (_, year) = house.this_year().await?;
    let fields = Fields::read(&body)?;
    let now = clock::now();
    let deed = match wanted.parse()? {
        Wanted::Delegation => delegation(&fields)?,
        Wanted::KyThay => ky_thay(&year.roster.1, &fields)?,
        Wanted::Token => {
            let chosen = fields.one("nguoi").unwrap_or_default();
            let anew = rehearsed_anew(&house, &year).into_iter();
            let mut anew = anew.filter(|(person, _, new)| format!("{person}:{new}") == chosen);
            let (person, old, new) = anew.next().ok_or_else(Fault::form)?;
            Deed::TokenReplaced { person, old, new, from: now }
        }
        Wanted::Principal => {
            let certificate = chosen_here(&house, &visitor, &fields).await?;
            let head = year.people().principal(now).map(|head| head.id.clone());
            let old = head.and_then(|id| year.people().certificate(&id, now)).ok_or_else(Fault::form)?;
            Deed::PrincipalChanged {
                person: new_principal(&year.roster.1, &fields, certificate)?,
                old,
                from: now,
            }
        }
        Wanted::Stamp => {
            let new = chosen_here(&house, &visitor, &fields).await?;
            let old = year.people().certificate(&year.roster.1.stamp, now).ok_or_else(Fault::form)?;
            Deed::StampChanged { old, new, from: now }
        }
    };
    let act = Act {
        format: act::FORMAT.into(),
        school: year.roster.1.school.code.clone(),
        roster: year.roster.0,
        number: line(&fields, "so")?,
        decided: now,
        deed,
    };
    let of = year.roster.1.year;
    let digest = house
        .orders
        .ask_for(visitor.actor(), move |office, _| clerk::propose_act(office, of, &act))
        .await??;
    Ok(Redirect::to(&format!("/van-ban/{digest}")).into_response())
}

/// A line of words.
fn line(fields: &Fields, name: &str) -> Result<String, Fault> {
    let typed = fields.one(name).unwrap_or_default().trim().nfc();
    let words: String = typed.filter(|one| !one.is_control()).take(LINE_CHARACTERS).collect();
    if words.is_empty() { Err(Fault::form()) } else { Ok(words) }
}

/// Dates of a form: whole days in Vietnam.
fn span(fields: &Fields) -> Result<(Moment, Moment), Fault> {
    let moment = |name, time| -> Result<Moment, Fault> {
        let day = fields.day(name)?;
        format!("{day}T{time}+07:00").parse().map_err(|_| Fault::form())
    };
    Ok((moment("tu", "00:00:00")?, moment("den", "23:59:59")?))
}

fn person(fields: &Fields, name: &str) -> Result<PersonId, Fault> {
    fields.one(name).and_then(|text| text.parse().ok()).ok_or_else(Fault::form)
}

fn delegation(fields: &Fields) -> Result<Deed, Fault> {
    let (from, until) = span(fields)?;
    let ticked: BTreeSet<DocumentKind> = fields.all("loai").filter_map(DocumentKind::from_code).collect();
    let scope = SCOPE.into_iter().filter(|kind| ticked.contains(kind)).collect();
    Ok(Deed::Delegation { to: person(fields, "nguoi")?, from, until, scope })
}

fn ky_thay(roster: &Roster, fields: &Fields) -> Result<Deed, Fault> {
    let (from, until) = span(fields)?;
    let absent = person(fields, "ai")?;
    let ticked: BTreeSet<usize> = fields.all("o").filter_map(|at| at.parse().ok()).collect();
    let places = places_of(roster, &absent).into_iter().enumerate();
    let places = places.filter(|(at, _)| ticked.contains(at)).map(|(_, one)| one).collect();
    let (colleague, reason) = (person(fields, "nguoi")?, fields.words("ly_do")?);
    Ok(Deed::KyThay { absent, colleague, from, until, reason, places })
}

/// The certificate that was chosen, which still stands at this screen.
async fn chosen_here(house: &Arc<House>, visitor: &Visitor, fields: &Fields) -> Result<Sha256, Fault> {
    let chosen: Sha256 =
        fields.one("chung_thu").and_then(|text| text.parse().ok()).ok_or_else(Fault::form)?;
    let here = certificates_here(house, visitor).await?;
    let unplugged = || Fault::of(axum::http::StatusCode::CONFLICT, "web.unplugged");
    here.iter().any(|one| one.sha256 == chosen).then_some(chosen).ok_or_else(unplugged)
}

/// Somebody of the roster with the title of the head, or a newcomer, who is nobody of it.
fn new_principal(roster: &Roster, fields: &Fields, certificate: Sha256) -> Result<Person, Fault> {
    if fields.one("ai") == Some(NEWCOMER) {
        let (name, title) = (line(fields, "ho_ten")?, line(fields, "chuc_danh")?);
        let newcomer = Person { id: person(fields, "ma")?, name, title, certificate, picture: None };
        return if roster.person(&newcomer.id).is_err() { Ok(newcomer) } else { Err(Fault::form()) };
    }
    let known = roster.person(&person(fields, "ai")?).map_err(|_| Fault::form())?;
    Ok(Person { title: head_title(roster).to_owned(), certificate, ..known.clone() })
}
