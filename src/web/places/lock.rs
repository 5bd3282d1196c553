//! Khóa sổ: exports that wait, what the rules and the teachers say of them, and the decision that ban quản trị
//! proposes and the principal signs.

use std::sync::Arc;

use axum::Form;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::identifier::{DecisionNumber, PersonId, SchoolYear};

use super::dossier::{FRAMED, ReasonForm};
use super::fields::Fields;
use super::stages::{self, Colour, Said};
use crate::accounts::Role;
use crate::clerk::{self, YearInForce};
use crate::clock;
use crate::lifecycle::check::{NotSound, sound};
use crate::lifecycle::dossier::Dossier;
use crate::lifecycle::export::{Accepted, Kept};
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::review::{NotReviewed, Part};
use crate::web::fault::Fault;
use crate::web::frame::{self, Title, en, page, plain, th};
use crate::web::house::House;
use crate::web::places::subjects;
use crate::web::visitor::Visitor;
use crate::wording::{self, Both, both};

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Admin];
/// Who looks at what was locked, and why.
const LOOK: &[Role] = &[Role::Principal, Role::Office, Role::Admin, Role::Inspector];

/// Who may propose: ban quản trị, in their own name.
pub(super) fn may_propose(visitor: &Visitor, year: &YearInForce) -> bool {
    let person = visitor.session.as_ref().and_then(|one| one.person.as_ref());
    person == Some(&year.roster.1.admin_board) && visitor.needs(MAY).is_ok()
}

fn is_principal(visitor: &Visitor, year: &YearInForce) -> bool {
    let head = year.people().principal(clock::now()).map(|head| &head.id);
    head.is_some_and(|head| visitor.is(head)) && visitor.role() == Some(Role::Principal)
}

fn names(year: &YearInForce, parts: &[Part], accepted: &Accepted) -> String {
    let roster = &year.roster.1;
    let name = |id: Option<&PersonId>| {
        id.and_then(|id| roster.person(id).ok()).map_or_else(String::new, |person| person.name.clone())
    };
    let one = |part: &Part| match part {
        Part::Homeroom => format!("chủ nhiệm ({})", name(roster.homerooms.get(&accepted.class))),
        Part::Subject(subject) => {
            let teacher = roster.subjects(&accepted.class).find(|one| one.subject == *subject);
            format!("{} ({})", subjects::name(roster, subject), name(teacher.map(|one| &one.teacher)))
        }
    };
    parts.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What teachers found wrong since a decision was proposed, so that nobody signs it: class, period, subjects and names.
pub(super) fn found_wrong(ledger: &Ledger, year: &YearInForce, decision: &Dossier) -> Vec<Both> {
    if ledger.found_wrong(decision).is_none() {
        return Vec::new();
    }
    let of = ledger.exports.accepted().filter(|(export, _)| decision.exports.contains(export));
    let wrong = of.filter_map(|(_, accepted)| {
        let parts: Vec<Part> = accepted.review.wrong().cloned().collect();
        let class = of_class(accepted);
        (!parts.is_empty()).then(|| {
            let names = names(year, &parts, accepted);
            both(format!("{}: {names}", class.vi), format!("{}: {names}", class.en))
        })
    });
    wrong.collect()
}

/// What the rules say, and what the teachers say.
fn said(year: &YearInForce, accepted: &Accepted) -> (Said, Said) {
    let by_rules = match sound(accepted.check.as_ref(), None) {
        Ok(()) => {
            let differing = accepted.check.as_ref().map_or(0, |check| check.differing.len());
            let words = match differing {
                0 => ("đủ và khớp quy định".to_owned(), "complete, by the rules"),
                many => (format!("{many} học sinh khác quy định, đã có lý do"), "differs, with a reason"),
            };
            Said::new(Colour::Good, (&words.0, words.1))
        }
        Err(NotSound::NotChecked) => Said::new(Colour::Open, ("chưa tính lại", "not computed")),
        Err(NotSound::Incomplete(many)) => {
            Said::new(Colour::Bad, (&format!("thiếu {many} ô"), "cells are empty"))
        }
        Err(NotSound::Differs(many)) => {
            Said::new(Colour::Bad, (&format!("{many} học sinh khác quy định"), "differ from the rules"))
        }
    };
    let by_teachers = match accepted.review.check(&year.roster.1, &accepted.class) {
        Ok(()) => Said::new(Colour::Good, ("giáo viên đã soát", "reviewed by teachers")),
        Err(NotReviewed::Wrong(parts)) => Said::new(
            Colour::Bad,
            (&format!("có sai: {}", names(year, &parts, accepted)), "something is wrong"),
        ),
        Err(NotReviewed::UnknownClass) => stages::no_class_of_the_year(),
        Err(NotReviewed::Missing(parts)) => {
            Said::new(Colour::Open, (&format!("{} phần chưa soát", parts.len()), "reviews are missing"))
        }
    };
    (by_rules, by_teachers)
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(LOOK)?;
    let (number, year) = house.this_year().await?;
    let at = clock::now();
    let (open, locked, decisions, kept) = house.reading.look(|ledger| {
        let own = |(export, one): (&Sha256, &Accepted)| (*export, one.clone());
        let in_order = |mut exports: Vec<(Sha256, Accepted)>| {
            exports.sort_by_key(|(_, one)| (one.class.clone(), one.period));
            exports
        };
        let open = in_order(ledger.exports.waiting(number).map(own).collect());
        let of_year = ledger.exports.accepted().filter(|(_, one)| one.year == number && one.is_locked());
        let locked = in_order(of_year.map(own).collect());
        let decides = |kind| matches!(kind, DocumentKind::QuyetDinhKhoa | DocumentKind::QuyetDinhMo);
        let decisions =
            ledger.dossiers.iter().filter(|(_, one)| one.key.year == number && decides(one.key.kind()));
        let regulation = &house.settings.regulation;
        let mut decisions: Vec<_> = decisions
            .map(|(id, one)| {
                (
                    one.key.clone(),
                    id.clone(),
                    one.made(),
                    stages::of(ledger, regulation, (&year, at), (id, one)),
                    decided(ledger, one),
                )
            })
            .collect();
        decisions.sort_by(|(one, ..), (other, ..)| stages::by_number(one, other));
        let kept: Vec<Kept> = ledger.exports.kept(number).into_iter().map(|(_, one)| *one).collect();
        (open, locked, decisions, kept)
    });
    let proposes = may_propose(&visitor, &year);
    let content = html! {
        p.way { a href="/sua-chua" { "Sửa chữa dữ liệu đã khóa" (en("Corrections of locked data")) } }
        // Everybody else comes to the acts from the rounds.
        @if visitor.role() == Some(Role::Inspector) { p.way { a href="/van-ban" { "Văn bản: ủy quyền, ký thay, token, con dấu" (en("Acts: proxies, tokens, stamp")) } } }
        @if open.is_empty() { p { "Không có tệp xuất nào đang chờ khóa sổ." (en("No export waits for the lock.")) } }
        @else {
            form method="post" action="/khoa-so/de-nghi" {
                div.wide tabindex="0" { table.stack {
                    caption { "Tệp xuất đang chờ khóa sổ" (en("Exports that wait")) }
                    thead { tr { @if proposes { (th("Khóa", "Lock")) } (th("Lớp", "Class")) (th("Kỳ", "Period")) (th("Theo quy định", "By the rules")) (th("Soát trước", "Review")) (th("Chi tiết", "Details")) } }
                    tbody { @for (export, accepted) in &open {
                        @let (rules, teachers) = said(&year, accepted);
                        tr {
                            @if proposes { td { label.tick { input type="checkbox" name="tep" value=(export) aria-label=(plain(format!("Khóa lớp {}, {}", accepted.class, frame::period(accepted.period)), format!("Lock class {}", accepted.class))); } } }
                            td data-as="Lớp" { (accepted.class) } td data-as="Kỳ" { (wording::period(accepted.period)) }
                            td data-as="Theo quy định" { (rules.label()) } td data-as="Soát trước" { (teachers.label()) }
                            td { a href=(format!("/khoa-so/{export}")) { "Xem " (accepted.class) (en("Look")) } }
                        }
                    } }
                } }
                @if proposes {
                    label for="so" { "Số quyết định" (en("Number of the decision")) }
                    input #so type="text" name="so" required pattern="[A-Za-z0-9\\-]{1,20}" autocomplete="off";
                    div.row { button type="submit" { "Đề nghị khóa sổ" (en("Propose the lock")) } }
                    p.hint { "Sau đó Ban quản trị và Hiệu trưởng ký quyết định ở trang Ký." (en("Board and principal then sign the decision.")) }
                }
            }
        }
        @if !proposes { p.hint { "Ban quản trị đề nghị khóa sổ trong phiên của mình; Hiệu trưởng ký quyết định." (en("The board proposes the lock in its own session; the principal signs.")) } }
        @if !decisions.is_empty() {
            h2 { "Quyết định" (en("Decisions")) }
            ul { @for (_, id, made, said, of) in &decisions { li { a translate="no" href=(format!("/ho-so/{id}")) { (frame::named_by(id)) } ", " (made.date().vietnamese()) " " (said.label()) @for one in of { br; (one) } } } }
        }
        @if !locked.is_empty() {
            h2 { "Đã khóa" (en("Locked")) }
            form method="post" action="/khoa-so/mo" {
                ul { @for (export, accepted) in &locked { li {
                    @if proposes { label.tick { input type="checkbox" name="tep" value=(export); span { (of_class(accepted)) } } }
                    @else { (of_class(accepted)) }
                    @if accepted.locked_by.is_none() { " – chỉ phần của " (accepted.pupils_locked.len()) " học sinh chuyển đi" (en("only pupils who left")) }
                    " " a href=(format!("/khoa-so/{export}")) { "xem lớp " (accepted.class) (en("look")) }
                } } }
                @if proposes {
                    label for="so-mo" { "Số quyết định mở sổ" (en("Number of the decision")) } input #so-mo type="text" name="so" required pattern="[A-Za-z0-9\\-]{1,20}" autocomplete="off";
                    label for="ly-do-mo" { "Lý do mở sổ" (en("Why it is opened again")) } textarea #ly-do-mo name="ly_do" required {}
                    div.row { button.quiet type="submit" { "Đề nghị mở sổ" (en("Propose to reopen")) } }
                }
            }
        }
        @if !kept.is_empty() {
            h2 { "Báo cáo không có điểm" (en("Reports without marks")) }
            ul { @for one in kept.iter().rev().take(school::limits::ROWS_SHOWN) {
                @let (vi, english) = wording::report_kept(one.report.kind);
                li { (vi) " Nhận lúc " (one.taken.vietnamese()) "." (en(english)) }
            } }
        }
    };
    Ok(page(&house, &visitor, ("Khóa sổ", "Lock"), &content).into_response())
}

/// An export that was accepted.
pub(super) async fn accepted(house: &House, export: Sha256) -> Result<Accepted, Fault> {
    let found = house.reading.look(|ledger| {
        ledger.exports.accepted().find(|(sha256, _)| **sha256 == export).map(|(_, one)| one.clone())
    });
    found.ok_or_else(Fault::not_found)
}

/// One export: every difference and gap, and the answers of the teachers.
pub async fn export(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(export): Path<Sha256>,
) -> Result<Response, Fault> {
    visitor.needs(LOOK)?;
    let accepted = accepted(&house, export).await?;
    let year = house.year(accepted.year).await?;
    let reading = Arc::clone(&house.reading);
    let words = tokio::task::spawn_blocking(move || {
        let checked = reading.check(&export)?;
        let book = reading.gradebook(&export)?;
        Ok::<_, crate::clerk::ClerkFault>(checked.map(|checked| wording::check_words(&checked, &book)))
    });
    let words = words.await.map_err(|_| Fault::busy())??;
    let (rules, teachers) = said(&year, &accepted);
    // An administrator never sees marks.
    let marks = visitor.role() != Some(Role::Admin);
    if marks {
        house.note(&visitor, "view", format!("tep-xuat/{export}"))?;
    }
    // They may name pupils and marks.
    let notes = if marks { notes(&house, &year, &accepted)? } else { Vec::new() };
    let head = is_principal(&visitor, &year) && !accepted.is_locked();
    let differs = matches!(sound(accepted.check.as_ref(), None), Err(NotSound::Differs(_)));
    let reviewed = accepted.review.check(&year.roster.1, &accepted.class);
    let is_unknown = reviewed == Err(NotReviewed::UnknownClass);
    let missing = match reviewed {
        Err(NotReviewed::Missing(parts)) => parts,
        _ => Vec::new(),
    };
    let content = html! {
        p.way { a href="/khoa-so" { "← Khóa sổ" (en("Lock")) } }
        p { (rules.label()) " " (teachers.label()) }
        @if is_unknown { (frame::words("export.class_unknown")) }
        @if let Some(words) = &words {
            p { strong { (words.conclusion.vi) } (en(&words.conclusion.en)) }
            @if marks {
                p { a.button.quiet href=(format!("/khoa-so/{export}/bao-cao.pdf")) target="_blank" rel="noopener" { "Báo cáo để in" (en("Report to print")) } }
                @if !words.differences.is_empty() { (table(("Khác quy định", "Otherwise than by the rules"), &[PUPIL, SUBJECT, CELL, ("Theo quy định", "By the rules"), ("Trong tệp", "In the file")], words.differences.iter().map(|row| &row[..]))) }
                @if !words.gaps.is_empty() { (table(("Còn thiếu", "Missing"), &[PUPIL, SUBJECT, CELL, ("Ai nhập", "Who enters it")], words.gaps.iter().map(|row| &row[..]))) }
            }
        }
        @if head && differs {
            section.card { h2 { "Giá trị khác quy định vẫn đúng?" (en("Do the differences stand?")) }
                form method="post" action=(format!("/khoa-so/{export}/chap-nhan")) {
                    label for="ly-do" { "Lý do của Hiệu trưởng" (en("The principal's reason")) } textarea #ly-do name="ly_do" required {}
                    div.row { button type="submit" { "Ghi lý do chấp nhận" (en("Record the reason")) } }
                } }
        }
        @if !missing.is_empty() {
            p { "Chưa soát: " span translate="no" { (names(&year, &missing, &accepted)) } "." (en("They have not reviewed yet.")) }
            @if head {
                section.card { h2 { "Không chờ người chưa soát?" (en("Go on without those reviews?")) }
                    form method="post" action=(format!("/khoa-so/{export}/bo-qua")) {
                        label for="ly-do-2" { "Lý do của Hiệu trưởng" (en("The principal's reason")) } textarea #ly-do-2 name="ly_do" required {}
                        div.row { button type="submit" { "Ghi lý do tiếp tục" (en("Record the reason")) } }
                    } }
            }
        }
        @if !notes.is_empty() {
            h2 { "Giáo viên ghi chú khi soát" (en("Notes of teachers")) }
            ul { @for (who, said) in &notes { li { span translate="no" { (who) ": " (said) } } } }
        }
        p.way { a href=(format!("/khoa-so/{export}/chuyen-di")) { "Học sinh chuyển đi giữa năm" (en("A pupil who leaves in mid-year")) } }
        dl { dt { "SHA-256 của tệp" (en("of the file")) } dd { code { (export) } } }
    };
    let title = format!("Lớp {}, {}", accepted.class, frame::period(accepted.period));
    Ok(page(&house, &visitor, (&title, "Export of a class"), &content).into_response())
}

/// What teachers wrote beside their answers: the part with who answered and how, and their words.
fn notes(house: &House, year: &YearInForce, accepted: &Accepted) -> Result<Vec<(String, String)>, Fault> {
    let answers = accepted.review.answers().iter();
    let noted = answers.filter_map(|(part, answer)| Some((part, answer, answer.words?)));
    noted
        .map(|(part, answer, words)| {
            let of = match part {
                Part::Homeroom => "chủ nhiệm".to_owned(),
                Part::Subject(subject) => subjects::name(&year.roster.1, subject).to_owned(),
            };
            let found = if answer.right { "đúng" } else { "có sai" };
            let who = format!("{of}, {} ({found})", house.called(&answer.person));
            Ok((who, house.reading.reason(&words)?.reason))
        })
        .collect()
}

const PUPIL: Title<'_> = ("Học sinh", "Pupil");
const SUBJECT: Title<'_> = ("Môn", "Subject");
const CELL: Title<'_> = ("Ô", "Cell");

/// A class and its period.
fn of_class(accepted: &Accepted) -> Both {
    let period = wording::period(accepted.period);
    let english = format!("Class {}, {}", accepted.class, wording::period_within(accepted.period).en);
    both(format!("Lớp {}, {}", accepted.class, period.vi), english)
}

/// Of which classes and periods a decision locks or opens the data, in the order in which it lists them.
pub(super) fn decided(ledger: &Ledger, decision: &Dossier) -> Vec<Both> {
    let of = ledger.exports.accepted().filter(|(export, _)| decision.exports.contains(export));
    let mut of: Vec<&Accepted> = of.map(|(_, accepted)| accepted).collect();
    of.sort_by_key(|one| (&one.class, one.period));
    of.into_iter().map(of_class).collect()
}

fn table<'r>(caption: Title<'_>, heads: &[Title<'_>], rows: impl Iterator<Item = &'r [String]>) -> Markup {
    html! {
        div.wide tabindex="0" { table.stack {
            caption { (caption.0) (en(caption.1)) }
            thead { tr { @for (vi, english) in heads { (th(vi, english)) } } }
            tbody { @for row in rows.take(school::limits::ROWS_SHOWN) { tr { @for ((vi, _), cell) in heads.iter().zip(row) { td translate="no" data-as=(vi) { (cell) } } } } }
        } }
    }
}

/// The printed report on an export.
pub async fn report(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(export): Path<Sha256>,
) -> Result<Response, Fault> {
    visitor.needs(&[Role::Principal, Role::Office, Role::Inspector])?;
    house.note(&visitor, "view", format!("tep-xuat/{export}"))?;
    let reading = Arc::clone(&house.reading);
    let pdf = tokio::task::spawn_blocking(move || reading.check_report(&export))
        .await
        .map_err(|_| Fault::busy())??;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMED)),
    ];
    Ok((headers, pdf).into_response())
}

/// Ticked exports, a number, and a reason where one is asked for.
struct Ticked {
    exports: Vec<Sha256>,
    number: DecisionNumber,
    reason: String,
}

impl Ticked {
    fn read(body: &Bytes) -> Result<Self, Fault> {
        let fields = Fields::read(body)?;
        let exports: Vec<Sha256> = fields.all("tep").filter_map(|text| text.parse().ok()).collect();
        let number = fields.one("so").and_then(|text| text.trim().parse().ok()).ok_or_else(Fault::form)?;
        let reason = fields.one("ly_do").unwrap_or_default().trim().to_owned();
        if exports.is_empty() {
            return Err(Fault::form());
        }
        Ok(Self { exports, number, reason })
    }
}

/// What ban quản trị ticked.
async fn by_board(
    house: &Arc<House>,
    visitor: &Visitor,
    body: &Bytes,
) -> Result<(SchoolYear, Ticked), Fault> {
    visitor.needs(MAY)?;
    let (number, year) = house.this_year().await?;
    if may_propose(visitor, &year) { Ok((number, Ticked::read(body)?)) } else { Err(Fault::not_allowed()) }
}

/// Proposes a lock.
pub async fn propose(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Fault> {
    let (year, ticked) = by_board(&house, &visitor, &body).await?;
    let made = house.orders.ask_for(visitor.actor(), move |office, _| {
        clerk::propose_lock(office, year, ticked.number, &ticked.exports, None)
    });
    Ok(Redirect::to(&format!("/ho-so/{}", made.await??)).into_response())
}

/// Proposes to open again.
pub async fn propose_opening(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Fault> {
    let (year, ticked) = by_board(&house, &visitor, &body).await?;
    if ticked.reason.is_empty() {
        return Err(Fault::of(StatusCode::UNPROCESSABLE_ENTITY, "web.reason_missing"));
    }
    let made = house.orders.ask_for(visitor.actor(), move |office, _| {
        clerk::propose_reopening(office, year, ticked.number, &ticked.exports, &ticked.reason)
    });
    Ok(Redirect::to(&format!("/ho-so/{}", made.await??)).into_response())
}

/// The principal lets differences stand.
pub async fn accept(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(export): Path<Sha256>,
    Form(form): Form<ReasonForm>,
) -> Result<Response, Fault> {
    let words = by_principal(&house, &visitor, export, &form).await?;
    house.orders.ask(move |office, _| clerk::accept_differences(office, export, &words)).await??;
    Ok(Redirect::to(&format!("/khoa-so/{export}")).into_response())
}

/// The principal does without the answers that are missing.
pub async fn waive(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(export): Path<Sha256>,
    Form(form): Form<ReasonForm>,
) -> Result<Response, Fault> {
    let words = by_principal(&house, &visitor, export, &form).await?;
    house.orders.ask(move |office, _| clerk::waive_review(office, export, &words)).await??;
    Ok(Redirect::to(&format!("/khoa-so/{export}")).into_response())
}

async fn by_principal(
    house: &Arc<House>,
    visitor: &Visitor,
    export: Sha256,
    form: &ReasonForm,
) -> Result<String, Fault> {
    visitor.needs(&[Role::Principal])?;
    let of = accepted(house, export).await?;
    let year = house.year(of.year).await?;
    if is_principal(visitor, &year) { form.words() } else { Err(Fault::not_allowed()) }
}
