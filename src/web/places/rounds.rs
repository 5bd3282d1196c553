//! Đợt ký: a round over classes and periods, who should come now, and the message to copy.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::dossier::Period;
use school::identifier::{ClassName, PersonId};
use school::moment::Moment;
use school::roster::Roster;

use super::fields::Fields;
use super::new_year::plan_words;
use crate::accounts::Role;
use crate::clerk::{self, given_name_first};
use crate::clock;
use crate::lifecycle::round::{
    Awaited, Foreseen, Late, Remaining, Round, RoundNumber, Scope, Work, foreseen,
};
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
                let work = Work::of_round(round, ledger, &year.plans.1, &year.people(), at);
                (number, round.clone(), work)
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
    let rehearsed = frame::by_given_name(rehearsed, |one| one);
    let admin = visitor.role() == Some(Role::Admin);
    let message = |person: &PersonId, one: &Remaining| {
        let name = name(roster, person);
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
        @if open.is_empty() { p { "Không có đợt ký nào đang mở. Hồ sơ đang chờ vẫn ký được ở trang Ký: đợt chỉ để mời mọi người đến đúng lúc." (en("No round is open. What waits can be signed all the same; a round calls people when coming is worth while.")) } }
        @for (number, round, work) in &open {
            @let remaining = work.remaining();
            @let calls = work.calls();
            @let late = work.late();
            @let visits: usize = work.visits().values().sum();
            section.card aria-label=(plain(format!("Đợt {number}"), format!("Round {number}"))) {
                h2 { "Đợt " (number) (en("Round")) }
                p { "Lớp " (round.scope.classes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) "; "
                    (round.scope.periods.iter().map(|one| frame::period(*one)).collect::<Vec<_>>().join(", ")) "; mở lúc " (round.opened.vietnamese()) "."
                    @if visits > 0 { " Còn dự kiến " strong { (visits) " lượt đến" } " văn phòng." }
                    (en(&format!("Classes and periods of the round; {visits} visits to the office are expected."))) }
                @if calls.is_empty() && !late.is_empty() { p { "Chưa mời ai: còn chờ các lớp dưới đây." (en("Nobody is called: the classes below are waited for.")) } } @else if calls.is_empty() { p { "Mọi hồ sơ của đợt đã ký hoặc đang chờ trả lời." (en("All is signed or waits for an answer.")) } } @else {
                    h3 { "Mời đến ký ngay bây giờ" (en("Call now")) }
                    @for person in &calls {
                        @if let Some(one) = remaining.get(person) {
                            @let id = format!("moi-{number}-{person}");
                            label for=(id) { (name(roster, person)) ": " (one.ready()) " hồ sơ" @if one.blocks > 0 { ", sau đó " (one.blocks) " hồ sơ còn người khác ký" } (en("documents ready, and those that others sign after")) }
                            textarea.message #(id) readonly rows="4" { (message(person, one)) }
                        }
                    }
                }
                @if !late.is_empty() { (not_ready(*number, &late, roster, admin)) }
                (left_out(round))
                h3 { "Còn lại" (en("Remaining")) }
                p.hint { "Mỗi dòng đếm số hồ sơ của đợt chờ một người; cột lớp đếm số lớp có phần của người đó mà hồ sơ chưa lập xong." (en("Each row counts the documents of the round that wait for a person; the column of classes those whose documents are not all made.")) }
                div.wide tabindex="0" { table.stack {
                    thead { tr { (th("Người", "Person")) (th_number("Ký được ngay", "Ready")) (th_number("Chờ người khác trước", "After others")) (th_number("Lớp chưa lập đủ hồ sơ", "Classes not all made")) (th("Chờ từ", "Since")) } }
                    tbody { @for (person, one) in in_order(&remaining, roster) { tr { td.whole translate="no" { (name(roster, person)) } td.number data-as="Ký được ngay" { (one.ready()) } td.number data-as="Chờ người khác trước" { (one.later) } td.number data-as="Lớp chưa lập đủ hồ sơ" { (one.unmade.len()) } td data-as="Chờ từ" { (one.since.map(Moment::vietnamese).unwrap_or_else(|| "–".into())) } } } }
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

fn name(roster: &Roster, id: &PersonId) -> String {
    roster.person(id).map_or_else(|_| id.to_string(), |person| person.name.clone())
}

/// What remains for each person, by name; the stamp, which is nobody, stands last.
fn in_order<'r>(
    remaining: &'r BTreeMap<PersonId, Remaining>,
    roster: &Roster,
) -> Vec<(&'r PersonId, &'r Remaining)> {
    let mut all: Vec<_> = remaining.iter().collect();
    all.sort_by_cached_key(|(id, _)| (**id == roster.stamp, given_name_first(&name(roster, id))));
    all
}

/// The field of a class in a period: `ca-nam_6A5`.
const PART: &str = "phan";

/// The classes that keep people from being called, and whom; the administrator may leave them to a later round.
fn not_ready(
    number: RoundNumber,
    late: &BTreeMap<Late, BTreeSet<PersonId>>,
    roster: &Roster,
    admin: bool,
) -> Markup {
    let said = |(class, period, awaits): &Late| {
        let (vi, english) = match awaits {
            Awaited::Lock => ("chưa khóa sổ", "not locked"),
            Awaited::Making => ("đã khóa sổ, hồ sơ còn chờ lập", "locked, documents still to be made"),
        };
        html! { (class) ", " (frame::period(*period)) ": " (vi) (en(english)) }
    };
    let waiting = |people: &BTreeSet<PersonId>| {
        let names = frame::by_given_name(people.iter().map(|id| name(roster, id)), |one| one).join(", ");
        html! { @if !people.is_empty() { " – đang chờ lớp này: " (en("waiting for it:")) " " span translate="no" { (names) } } }
    };
    html! {
        h3 { "Lớp chưa sẵn sàng" (en("Classes that are not ready")) }
        p { "Ai có phần trong các lớp này thì chưa được mời, để mỗi người chỉ đến một lần. Lớp nào còn chậm lâu, quản trị để lại đợt sau: những người khác được mời ngay, và khi lớp đó xong thì mở cho lớp đó một đợt riêng." }
        (below("Whoever signs in these classes is not called yet, so that nobody comes twice. A class that is late for long may be left to a later round: the others are called at once, and the class gets a round of its own when it is ready."))
        @if admin {
            form method="post" action=(format!("/dot-ky/{number}/de-lai")) {
                fieldset { legend { "Để lại đợt sau" (en("Leave to a later round")) }
                    @for (one, people) in late { label.tick { input type="checkbox" name=(PART) value=(format!("{}_{}", one.1, one.0)); span { (said(one)) (waiting(people)) } } }
                }
                button.quiet type="submit" { "Để lại các lớp đã chọn" (en("Leave out what is ticked")) }
            }
        } @else {
            ul { @for (one, people) in late { li { (said(one)) (waiting(people)) } } }
        }
    }
}

fn left_out(round: &Round) -> Markup {
    let said = |(class, period): &(ClassName, Period)| format!("{class} ({})", frame::period(*period));
    let all = round.left_out.iter().map(said).collect::<Vec<_>>().join(", ");
    html! { @if !all.is_empty() { p { "Đã để lại đợt sau: " (all) "." (en("Left to a later round.")) } } }
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

/// Leaves classes to a later round.
pub async fn leave_out(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(number): Path<u32>,
    body: Bytes,
) -> Result<Response, Fault> {
    visitor.needs(&[Role::Admin])?;
    let fields = Fields::read(&body)?;
    let part = |text: &str| {
        let (period, class) = text.split_once('_')?;
        Some((class.parse().ok()?, period.parse().ok()?))
    };
    let classes: Vec<(ClassName, Period)> = fields.all(PART).filter_map(part).collect();
    house
        .orders
        .ask_for(visitor.actor(), move |office, _| clerk::leave_out(office, RoundNumber(number), &classes))
        .await??;
    Ok(Redirect::to("/dot-ky").into_response())
}
