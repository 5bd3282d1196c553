//! One dossier: its pages in the browser's own viewer, where it stands, everything that happened to it, its
//! versions, and the forms to refuse it or to answer a refusal.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierOf};
use school::identifier::PersonId;
use school::limits::REASON_CHARACTERS;
use serde::Deserialize;

use super::lock::{decided, found_wrong};
use crate::accounts::Role;
use crate::clerk::{self, ClerkFault, Remarked, YearInForce};
use crate::clock;
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page, plain, th};
use crate::web::house::{House, holder};
use crate::web::places::overview::sees;
use crate::web::places::{acts, changed, refused, stages, subjects};
use crate::web::visitor::Visitor;
use crate::wording;

/// A dossier that the visitor may see, with the year it is of.
async fn known(
    house: &Arc<House>,
    visitor: &Visitor,
    id: &DossierId,
) -> Result<(Dossier, Arc<YearInForce>), Fault> {
    visitor.needs_session()?;
    let dossier =
        house.reading.look(|ledger| ledger.dossiers.get(id).cloned()).ok_or_else(Fault::not_found)?;
    let year = house.year(dossier.key.year).await?;
    if sees(visitor, &year, &dossier, clock::now()) { Ok((dossier, year)) } else { Err(Fault::not_allowed()) }
}

/// Who answers a refusal. Whoever refused, or shares the work with them, waits for the answer.
const ANSWERS: &[Role] = &[Role::Admin];

/// Whether the role may read the pages, and not only where it stands.
pub(super) fn reads(visitor: &Visitor) -> bool {
    visitor.role().is_some_and(|role| role != Role::Admin)
}

/// The page.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<DossierId>,
) -> Result<Response, Fault> {
    let (dossier, year) = known(&house, &visitor, &id).await?;
    let at = clock::now();
    if reads(&visitor) {
        house.note(&visitor, "view", &id)?;
    }
    let (said, versions, class) = house.reading.look(|ledger| {
        let versions = ledger.dossiers.keys().filter(|other| other.is_version_of(&dossier.key));
        (
            stages::of(ledger, &house.settings.regulation, (&year, at), (&id, &dossier)),
            versions.cloned().collect::<Vec<_>>(),
            stages::class_of(ledger, &dossier),
        )
    });
    let of = match &dossier.key.of {
        DossierOf::SoDiemGv(book) => Some(subjects::name(&year.roster.1, &book.subject).to_owned()),
        // An administrator sees where it stands, and not of whom it is.
        _ if reads(&visitor) => pupil_name(&house, &dossier).await,
        _ => None,
    };
    let (latest, _) = dossier.latest();
    let open: Vec<((String, String), String)> = dossier
        .open_boxes()
        .iter()
        .map(|one| {
            let who = stages::expected(&year, dossier.key.kind(), one, at)
                .map(|(_, name)| name)
                .unwrap_or_default();
            (stages::awaited_as(&year, dossier.key.kind(), one, at), who)
        })
        .collect();
    let history = history(&house, &visitor, (&id, &dossier), &year);
    let changed = changed::since_before(&house, &visitor, [&id]).await?;
    let may_refuse = refuser(&visitor, &dossier, &year);
    let halted = matches!(dossier.stage, Stage::Halted(_));
    let title = frame::called(&dossier.key, of.as_deref());
    let kind = dossier.key.kind();
    // A decision bears the whole year in its key, whatever periods it names.
    let english = if kind.names_exports() {
        frame::kind_en(kind).to_owned()
    } else {
        format!("{}, {}", frame::kind_en(kind), wording::period_within(dossier.key.period).en)
    };
    let decided = match kind {
        DocumentKind::QuyetDinhKhoa | DocumentKind::QuyetDinhMo => {
            house.reading.look(|ledger| decided(ledger, &dossier))
        }
        _ => Vec::new(),
    };
    let wrong = house.reading.look(|ledger| found_wrong(ledger, &year, &dossier));
    let at_reader = own_token(&house, &visitor, &year);
    let opens_at = {
        let (reading, id) = (Arc::clone(&house.reading), id.clone());
        let first = tokio::task::spawn_blocking(move || reading.first_page_with_a_place(&id)).await;
        first.map_err(|_| Fault::busy())??
    };
    let content = html! {
        @if let Some(class) = &class {
            p.way {
                @if let Some(certificate) = at_reader { a href=(format!("/ky/{certificate}/lop/{class}")) { "← Về trang ký của lớp " (class) (en("Back to signing the class")) } " · " }
                a href=(format!("/ho-so?lop={class}&loai={}&ky={}", kind.code(), dossier.key.period)) { "← " (frame::kind(kind)) " của lớp " (class) (en(&format!("{} of the class", frame::kind_en(kind)))) }
            }
        }
        @if !wrong.is_empty() {
            (frame::words("signing.found_wrong"))
            ul { @for one in &wrong { li { (one) } } }
        }
        p { (said.label()) @if let Some(class) = &class { " · lớp " (class) } @if !dossier.key.kind().names_exports() { " · " (frame::period(dossier.key.period)) } " · năm học " (dossier.key.year) (en(&format!("School year {}", dossier.key.year))) }
        @if !decided.is_empty() { ul { @for one in &decided { li { (one) } } } }
        @if !open.is_empty() {
            p { "Đang chờ: " @for (at, (role, who)) in open.iter().enumerate() { @if at > 0 { ", " } strong translate="no" { (who) } " (" (role.0) ")" }
                (en(&format!("Waits for: {}", open.iter().map(|(role, _)| role.1.as_str()).collect::<Vec<_>>().join(", ")))) }
        }
        @if halted { (why_it_stands(&history)) }
        @if halted && visitor.needs(ANSWERS).is_ok() { (answers(&id)) }
        @else if halted { p { "Hồ sơ dừng ở đây chờ ban quản trị trả lời; các hồ sơ khác vẫn ký." (en("It stops here until the administrator answers; everything else goes on.")) } }
        (changed)
        @if reads(&visitor) {
            div.row {
                a.button.quiet href=(format!("/ho-so/{id}/{latest}.pdf")) target="_blank" rel="noopener" { "Mở riêng" (en("Open")) }
                a.button.quiet href=(format!("/ho-so/{id}/{latest}.pdf?tai=1")) download=(format!("{id}.pdf")) { "Tải về" (en("Download")) }
                @if may_refuse.is_some() { a.button.quiet href="#tu-choi" { "Từ chối ký hồ sơ này ↓" (en("Refuse this one")) } }
                @if matches!(dossier.stage, Stage::Closed(_)) {
                    form method="post" action=(format!("/kiem-tra/ho-so/{id}")) { button.quiet type="submit" { "Kiểm tra chữ ký" (en("Verify")) } }
                }
            }
            // The viewer has a good dozen places to tab through.
            a.skip href="#sau-cac-trang" { "Bỏ qua các trang của hồ sơ" (en("Skip its pages")) }
            iframe src=(format!("/ho-so/{id}/{latest}.pdf#page={opens_at}")) title=(plain(format!("Các trang của {title}"), "Pages")) {}
            span #sau-cac-trang tabindex="-1" {}
        } @else {
            p.hint { "Phiên quản trị không xem nội dung hồ sơ, chỉ xem nơi hồ sơ đang dừng." (en("An administrator sees where it stands and not what it says.")) }
        }
        @if may_refuse.is_some() {
            section aria-labelledby="tu-choi" {
                h2 #tu-choi { "Từ chối ký hồ sơ này: " span translate="no" { (title) } (en("Refuse this one")) }
                p { "Chỉ hồ sơ này dừng lại chờ ban quản trị trả lời; các hồ sơ khác vẫn ký. Lý do được ghi vào sổ theo dõi và không rút lại được." (en("This one alone stops and waits for an answer of the administrator; the reason is recorded and cannot be taken back.")) }
                form method="post" action=(format!("/ho-so/{id}/tu-choi")) {
                    label for="ly-do" { "Lý do" (en("Reason")) }
                    textarea #ly-do name="ly_do" maxlength=(REASON_CHARACTERS) required {}
                    div.row { button.danger type="submit" { "Từ chối ký, ghi lý do" (en("Refuse with a reason")) } }
                }
            }
        }
        h2 { "Đã xảy ra" (en("History")) }
        div.wide tabindex="0" { table.stack {
            thead { tr { (th("Lúc", "When")) (th("Việc", "What")) (th("Ai", "Who")) @if reads(&visitor) { (th("Bản", "Revision")) } } }
            tbody { @for line in &history { tr {
                td { (line.at.vietnamese()) } td.whole data-as="Việc" { (line.what) }
                td data-as="Ai" { @match line.who.as_deref() { None => { "chương trình" (en("the program")) }, Some("") => (frame::nothing()), Some(who) => span translate="no" { (who) } } }
                @if reads(&visitor) { td data-as="Bản" { @if let Some(number) = line.revision { a href=(format!("/ho-so/{id}/{number}.pdf")) { (format!("{number:02}.pdf")) } } @else { (frame::nothing()) } } }
            } } }
        } }
        @if versions.len() > 1 {
            h2 { "Các bản" (en("Versions")) }
            ul { @for version in &versions { li { a translate="no" href=(format!("/ho-so/{version}")) { (frame::named_by(version)) } @if *version == id { " (đang xem)" (en("shown here")) } } } }
        }
        h2 { "Số liệu" (en("Facts")) }
        dl {
            dt { "Mã hồ sơ" (en("Name")) } dd { code { (id) } @if kind.names_exports() { p.hint { "Mã của quyết định và giấy tờ sửa chữa luôn có “ca-nam”: một văn bản có thể nói về nhiều kỳ. Kỳ nào thì xem trong văn bản." (en("Such a paper bears the whole year in its name; which periods it is about stands in it.")) } } }
            dt { "SHA-256 của bản mới nhất" (en("of the last revision")) } dd { code { (dossier.latest().1.sha256) } }
            @for export in &dossier.exports { dt { "Tệp xuất" (en("Export")) } dd { code { (export) } @if matches!(visitor.role(), Some(Role::Principal | Role::Office | Role::Inspector)) { p.way { a href=(format!("/khoa-so/{export}")) { "Số liệu và báo cáo kiểm tra" (en("Data and check report")) } } } } }
        }
    };
    Ok(page(&house, &visitor, (&title, &english), &content).into_response())
}

/// Why it stands still, where it is answered: the last that was said of it.
fn why_it_stands(history: &[Line]) -> Markup {
    html! {
        @if let Some(line) = history.iter().rfind(|line| line.revision.is_none()) {
            div.notice.bad role="note" {
                p { strong translate="no" { (line.who.as_deref().unwrap_or_default()) } " · " (line.at.vietnamese()) }
                div { (line.what) }
            }
        }
    }
}

fn answers(id: &DossierId) -> Markup {
    html! {
        section aria-labelledby="tra-loi" {
            h2 #tra-loi { "Trả lời để hồ sơ tiếp tục" (en("Answer the refusal")) }
            form method="post" action=(format!("/ho-so/{id}/tra-loi")) {
                label for="tra-loi-o" { "Câu trả lời" (en("Answer")) }
                textarea #tra-loi-o name="ly_do" maxlength=(REASON_CHARACTERS) required {}
                div.row { button type="submit" { "Gửi trả lời" (en("Answer")) } }
            }
        }
    }
}

struct Line {
    at: school::moment::Moment,
    what: Markup,
    /// Nobody where the program did it.
    who: Option<String>,
    revision: Option<usize>,
}

fn history(
    house: &House,
    visitor: &Visitor,
    (id, dossier): (&DossierId, &Dossier),
    year: &YearInForce,
) -> Vec<Line> {
    let reads = reads(visitor);
    let mut lines = Vec::new();
    for (number, revision) in dossier.revisions.iter().enumerate() {
        let (what, who) = match &revision.signed {
            Some((name, certificate)) => {
                let signed = dossier.plan.find(name).map(|(_, one)| one);
                let role = signed.map_or(("", ""), |one| stages::role(one.role));
                let subject = signed.and_then(|one| one.subject.as_ref());
                let subject = subject.map(|id| subjects::name(&year.roster.1, id));
                let who = holder(year, *certificate, revision.recorded);
                let people = year.people();
                let own = signed.and_then(|one| people.holder(one, revision.recorded));
                let stands_in = own.filter(|own| who.as_ref().is_some_and(|(id, ..)| own.id != *id));
                let kind = dossier.key.kind();
                let act =
                    signed.and_then(|one| people.act_behind(kind, one, *certificate, revision.recorded));
                let act = act.filter(|act| acts::reads(visitor, &act.act.deed).is_ok());
                let what = html! {
                    "Ký ở ô " (role.0) @if let Some(subject) = subject { " môn " span translate="no" { (subject) } }
                    @if let Some(own) = stands_in { ", ký thay " (own.name) }
                    @if let Some(act) = act { ", theo văn bản " a href=(format!("/van-ban/{}", act.sha256)) translate="no" { (act.act.number) } }
                    @match stands_in {
                        Some(own) => (en(&format!("Signed as {} for {}", role.1, own.name))),
                        None => (en(&format!("Signed as {}", role.1))),
                    }
                };
                (what, Some(who.map(|(_, name, _)| name).unwrap_or_default()))
            }
            None if number == 0 => (html! { "Lập hồ sơ có sẵn ô ký" (en("Made, with its boxes")) }, None),
            None => {
                let vi = "Đóng hồ sơ: dữ liệu thu hồi và dấu thời gian";
                (html! { (vi) (en("Closed: revocation data and a timestamp")) }, None)
            }
        };
        lines.push(Line { at: revision.recorded, what, who, revision: Some(number) });
    }
    for remark in house.reading.remarks(id) {
        let (what, who) = match &remark.what {
            Remarked::Refused(record) => said(house, year, ("Từ chối ký, lý do", "Refused"), record),
            Remarked::Resumed(record) => said(house, year, ("Trả lời", "Answered"), record),
            Remarked::NotAllowed(code) => {
                let words = wording::fault(code);
                (html! { "Không được ký: " (words.what_and_why_vi()) (en(words.en)) }, None)
            }
            Remarked::Lost(code) => {
                let words = wording::fault(code);
                (html! { "Lần ký dở không để lại gì: " (words.what_and_why_vi()) (en(words.en)) }, None)
            }
            Remarked::HandedOver(entry, record) => handed_over(house, (*entry, record), reads),
        };
        lines.push(Line { at: remark.at, what, who, revision: None });
    }
    lines.sort_by_key(|line| line.at);
    lines
}

fn said(
    house: &House,
    year: &YearInForce,
    (what, english): (&str, &str),
    record: &Sha256,
) -> (Markup, Option<String>) {
    match house.reading.reason(record) {
        Ok(reason) => {
            let name = refused::who(house, year, &reason);
            (html! { (what) (en(english)) ": “" span translate="no" { (reason.reason) } "”" }, Some(name))
        }
        Err(_) => (html! { (what) (en(english)) }, Some(String::new())),
    }
}

/// What a pupil who left was given; to whom reads whoever may read the pupil's name.
fn handed_over(house: &House, (entry, record): (u64, &Sha256), reads: bool) -> (Markup, Option<String>) {
    let what = ("Giao cho học sinh chuyển đi", "Given to a pupil who left");
    let Ok(words) = clerk::handover_words(&house.reading, record) else {
        return (html! { (what.0) (en(what.1)) }, Some(String::new()));
    };
    let giver = words.person.as_ref().map(|id| house.called(id)).or(words.account).unwrap_or_default();
    let told = html! {
        (what.0) ", " (wording::handover::given_as(words.given_as)) (en(what.1))
        @if reads {
            p { "Người nhận: " span translate="no" { (words.recipient.name) } ", " (wording::handover::standing(words.recipient.standing)) }
            p.way { a href=(format!("/bien-ban-giao/{entry}")) target="_blank" rel="noopener" { "Biên bản giao nhận" (en("Its record")) } }
        }
    };
    (told, Some(giver))
}

/// The name of the pupil of a transcript.
async fn pupil_name(house: &Arc<House>, dossier: &Dossier) -> Option<String> {
    let DossierOf::HocBa(pupil) = dossier.key.of.clone() else { return None };
    let export = *dossier.exports.first()?;
    let house = Arc::clone(house);
    let read = tokio::task::spawn_blocking(move || house.reading.gradebook(&export)).await.ok()?.ok()?;
    read.pupils.iter().find(|one| one.id == pupil).map(|one| one.name.clone())
}

/// The certificate of the visitor's own token, where it is plugged in at this screen.
fn own_token(house: &House, visitor: &Visitor, year: &YearInForce) -> Option<Sha256> {
    let tokens = house.tokens_at(visitor.needs_screen().ok()?);
    let mut certificates = tokens.iter().flat_map(|one| &one.token.certificates).map(|one| one.sha256);
    certificates.find(|one| holder(year, *one, clock::now()).is_some_and(|(person, ..)| visitor.is(&person)))
}

/// The visitor, where a box of the dossier waits for them.
fn refuser(visitor: &Visitor, dossier: &Dossier, year: &YearInForce) -> Option<PersonId> {
    let person = visitor.session.as_ref().filter(|one| one.role != Role::Admin)?.person.clone()?;
    let (people, at) = (year.people(), clock::now());
    let mut open = dossier.open_boxes().iter();
    open.any(|one| people.expected(dossier.key.kind(), one, at) == Some(&person)).then_some(person)
}

/// Download instead of view.
#[derive(Debug, Deserialize)]
pub struct Download {
    tai: Option<u8>,
}

/// A revision as it is.
pub async fn pdf(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((id, file)): Path<(DossierId, String)>,
    axum::extract::Query(download): axum::extract::Query<Download>,
) -> Result<Response, Fault> {
    if !reads(&visitor) {
        visitor.needs_session()?;
        return Err(Fault::not_allowed());
    }
    known(&house, &visitor, &id).await?;
    let number: u32 =
        file.strip_suffix(".pdf").and_then(|number| number.parse().ok()).ok_or_else(Fault::not_found)?;
    let downloads = download.tai.is_some();
    house.note(&visitor, if downloads { "download" } else { "view" }, &id)?;
    let (reading, of) = (Arc::clone(&house.reading), id.clone());
    let bytes = tokio::task::spawn_blocking(move || reading.revision(&of, number)).await;
    let bytes = bytes.map_err(|_| Fault::busy())??;
    let kind = if downloads { "attachment" } else { "inline" };
    let disposition =
        HeaderValue::from_str(&format!("{kind}; filename=\"{id}.pdf\"")).map_err(|_| Fault::not_found())?;
    Ok((
        [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
            (header::CONTENT_DISPOSITION, disposition),
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMED)),
        ],
        bytes,
    )
        .into_response())
}

/// A document may stand in a frame of our own pages, and loads nothing.
pub const FRAMED: &str = "default-src 'none'; object-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; frame-ancestors 'self'; base-uri 'none'";

/// Words for a refusal or its answer.
#[derive(Deserialize)]
pub struct ReasonForm {
    ly_do: String,
}

impl ReasonForm {
    /// The words, where there are any.
    pub fn words(&self) -> Result<String, Fault> {
        let words: String = self.ly_do.trim().chars().take(REASON_CHARACTERS).collect();
        if words.is_empty() {
            Err(Fault::of(StatusCode::UNPROCESSABLE_ENTITY, "web.reason_missing"))
        } else {
            Ok(words)
        }
    }
}

/// Refuses a dossier.
pub async fn refuse(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<DossierId>,
    Form(form): Form<ReasonForm>,
) -> Result<Response, Fault> {
    let (dossier, year) = known(&house, &visitor, &id).await?;
    let person = refuser(&visitor, &dossier, &year).ok_or_else(Fault::not_allowed)?;
    let (words, of) = (form.words()?, id.clone());
    house.orders.ask(move |office, _| clerk::refuse(office, &of, &person, &words)).await??;
    Ok(Redirect::to(&format!("/ho-so/{id}")).into_response())
}

/// Answers a refusal.
pub async fn answer(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<DossierId>,
    Form(form): Form<ReasonForm>,
) -> Result<Response, Fault> {
    // In their own name: an account that is nobody of the roster answers for nobody.
    let person = visitor.needs_person(ANSWERS)?;
    known(&house, &visitor, &id).await?;
    let (words, of) = (form.words()?, id.clone());
    house
        .orders
        .ask(move |office, _| -> Result<(), ClerkFault> {
            clerk::resume_refused(office, &of, &person, &words)
        })
        .await??;
    Ok(Redirect::to(&format!("/ho-so/{id}")).into_response())
}
