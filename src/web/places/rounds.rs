//! Đợt ký: a round over classes and periods, who should come now, and the message to copy.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::dossier::Period;
use school::identifier::ClassName;
use school::moment::Moment;

use super::fields::Fields;
use super::new_year::plan_words;
use crate::accounts::Role;
use crate::clerk;
use crate::clock;
use crate::lifecycle::round::{Foreseen, Remaining, RoundNumber, Scope, Work, foreseen};
use crate::web::fault::Fault;
use crate::web::frame::{self, below, en, page, plain, th, th_number};
use crate::web::house::House;
use crate::web::places::stages::{Colour, Said};
use crate::web::visitor::Visitor;
use crate::wording::{self, Called};

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Admin];
const PERIODS: [Period; 3] = [Period::FirstTerm, Period::FullYear, Period::AfterSummer];

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (_, year) = house.this_year().await?;
    let roster = &year.roster.1;
    let at = clock::now();
    let (open, rehearsed) = house.reading.look(|ledger| {
        let open: Vec<_> = ledger
            .rounds
            .open()
            .map(|(number, round)| {
                let dossiers = ledger.dossiers.values().filter(|dossier| round.scope.covers(dossier));
                (number, round.clone(), Work::of(dossiers, &year.people(), at))
            })
            .collect();
        let without: Vec<String> = ledger
            .enrolment
            .without_green_rehearsal(&roster.people, at)
            .into_iter()
            .map(|one| one.name.clone())
            .collect();
        (open, without)
    });
    let admin = visitor.role() == Some(Role::Admin);
    let name = |id: &school::identifier::PersonId| {
        roster.person(id).map_or_else(|_| id.to_string(), |person| person.name.clone())
    };
    let message = |person: &school::identifier::PersonId, one: &Remaining| {
        let name = name(person);
        let called = if *person == roster.stamp { Called::Stamp } else { Called::Person(&name) };
        wording::ready_message(called, one)
    };
    let by_plan = foreseen(&year.plans.1, &year.people(), at);
    let content = html! {
        div.row {
            a.button.quiet href="/dot-ky/gan-ket" { "Gắn kết, diễn tập" (en("Bindings and rehearsals")) }
            a.button.quiet href="/van-ban" { "Văn bản: ủy quyền, ký thay, token, con dấu" (en("Acts: proxies, tokens, stamp")) }
        }
        @if !rehearsed.is_empty() {
            div.notice.open role="note" { p { strong { "Chưa diễn tập trong 30 ngày qua: " } span translate="no" { (rehearsed.join(", ")) } "." } p { "Nên diễn tập bằng USB token của mình trước khi mở đợt." } (below("They have not rehearsed for 30 days and should before a round is opened.")) }
        }
        @if open.is_empty() { p { "Không có đợt ký nào đang mở." (en("No round is open.")) } }
        @for (number, round, work) in &open {
            @let remaining = work.remaining();
            @let calls = work.calls();
            @let visits: usize = work.visits().values().sum();
            section.card aria-label=(plain(format!("Đợt {number}"), format!("Round {number}"))) {
                h2 { "Đợt " (number) (en("Round")) }
                p { "Lớp " (round.scope.classes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) "; "
                    (round.scope.periods.iter().map(|one| frame::period(*one)).collect::<Vec<_>>().join(", ")) "; mở lúc " (round.opened.vietnamese()) "."
                    @if visits > 0 { " Còn dự kiến " strong { (visits) " lượt đến" } " văn phòng." }
                    (en(&format!("Classes and periods of the round; {visits} visits to the office are expected."))) }
                @if calls.is_empty() { p { "Mọi hồ sơ của đợt đã ký hoặc đang chờ trả lời." (en("All is signed or waits for an answer.")) } } @else {
                    h3 { "Mời đến ký ngay bây giờ" (en("Call now")) }
                    @for person in &calls {
                        @if let Some(one) = remaining.get(person) {
                            @let id = format!("moi-{number}-{person}");
                            label for=(id) { (name(person)) ": " (one.ready()) " hồ sơ" @if one.blocks > 0 { ", sau đó " (one.blocks) " hồ sơ còn người khác ký" } (en("documents ready, and those that others sign after")) }
                            textarea.message #(id) readonly rows="4" { (message(person, one)) }
                        }
                    }
                }
                h3 { "Còn lại" (en("Remaining")) }
                div.wide tabindex="0" { table.stack {
                    thead { tr { (th("Người", "Person")) (th_number("Ký được ngay", "Ready")) (th_number("Chờ người khác trước", "After others")) (th("Chờ từ", "Since")) } }
                    tbody { @for (person, one) in &remaining { tr { td.whole translate="no" { (name(person)) } td.number data-as="Ký được ngay" { (one.ready()) } td.number data-as="Chờ người khác trước" { (one.later) } td data-as="Chờ từ" { (one.since.map(Moment::vietnamese).unwrap_or_else(|| "–".into())) } } } }
                } }
                @if admin { form method="post" action=(format!("/dot-ky/{number}/dong")) { button.quiet type="submit" { "Đóng đợt " (number) (en("Close the round")) } } }
            }
        }
        (visits_by_plan(&by_plan))
        @if admin {
            section.card aria-labelledby="mo-dot" {
                h2 #mo-dot { "Mở đợt ký" (en("Open a round")) }
                form method="post" action="/dot-ky" {
                    fieldset { legend { "Lớp" (en("Classes")) } @for class in roster.homerooms.keys() { label.tick { input type="checkbox" name="lop" value=(class); (class) } } }
                    fieldset { legend { "Kỳ" (en("Periods")) } @for period in PERIODS { label.tick { input type="checkbox" name="ky" value=(period); span { (frame::period(period)) (en(&wording::period(period).en)) } } } }
                    div.row { button type="submit" { "Mở đợt" (en("Open")) } }
                }
            }
        }
    };
    Ok(page(&house, &visitor, ("Đợt ký", "Rounds"), &content).into_response())
}

/// What each plan that ships costs this school in visits: what people give, whatever a signature takes.
fn visits_by_plan(by_plan: &[Foreseen]) -> Markup {
    html! {
        section aria-labelledby="luot-den" {
            h2 #luot-den { "Lượt đến theo kế hoạch ký" (en("Visits by plan")) }
            p { "Dự kiến cho danh sách nhân sự này: hồ sơ cuối năm của mọi lớp cùng sẵn sàng, mỗi người đến khi được mời. Không tính quyết định và biên bản." }
            (below("Foreseen for this roster: the documents of all classes at the end of the year, made at once, and everybody comes as they are called. Decisions and records are not counted."))
            div.wide tabindex="0" { table.stack {
                thead { tr { (th("Hồ sơ", "Document")) (th("Thứ tự ký", "Order of signing")) (th_number("Lượt đến", "Visits")) (th_number("Người đến hơn một lần", "People who come again")) } }
                tbody { @for one in by_plan {
                    @let kind = one.choice.kind();
                    tr {
                        th.whole scope="row" { (frame::kind(kind)) (en(frame::kind_en(kind))) @if one.in_force { " " (Said::new(Colour::Good, ("đang dùng", "in force")).label()) } }
                        td.whole data-as="Thứ tự ký" { (plan_words(one.choice)) }
                        td.number data-as="Lượt đến" { (one.sum()) }
                        td.number data-as="Người đến hơn một lần" { (one.again()) }
                    }
                } }
            } }
        }
    }
}

/// Opens a round.
pub async fn open(State(house): State<Arc<House>>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    visitor.needs(&[Role::Admin])?;
    let (year, _) = house.this_year().await?;
    let fields = Fields::read(&body)?;
    let classes: BTreeSet<ClassName> = fields.all("lop").filter_map(|value| value.parse().ok()).collect();
    let periods: BTreeSet<Period> = fields.all("ky").filter_map(|value| value.parse().ok()).collect();
    let scope = Scope { year, classes, periods };
    house.orders.ask_for(visitor.actor(), move |office, _| clerk::open_round(office, scope)).await??;
    Ok(Redirect::to("/dot-ky").into_response())
}

/// Closes a round.
pub async fn close(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(number): Path<u32>,
) -> Result<Response, Fault> {
    visitor.needs(&[Role::Admin])?;
    house
        .orders
        .ask_for(visitor.actor(), move |office, _| clerk::close_round(office, RoundNumber(number)))
        .await??;
    Ok(Redirect::to("/dot-ky").into_response())
}
