//! Lịch năm học: days that a school moves, because its department has other ones. They remind and refuse nothing.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::moment::Date;

use super::fields::{Fields, day_input};
use super::stages::{Colour, Said};
use crate::accounts::Role;
use crate::clerk;
use crate::lifecycle::calendar::{Deadline, Rhythm, deadlines};
use crate::web::fault::Fault;
use crate::web::frame::{self, back, below, en, page, plain, th};
use crate::web::house::House;
use crate::web::visitor::Visitor;
use crate::wording::calendar::{due, rhythm as in_words};

const MAY: &[Role] = &[Role::Admin, Role::Principal, Role::Office];
/// Who reads it: everybody whom the overview reminds of it.
const LOOK: &[Role] = &[Role::Admin, Role::Principal, Role::Office, Role::Inspector];
const HERE: &str = "/cau-hinh/lich";

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    let moves = MAY.contains(&visitor.needs(LOOK)?.role);
    let (year, _) = house.this_year().await?;
    let (own, rhythm) =
        house.reading.look(|ledger| (ledger.own_rules.deadlines(year), ledger.own_rules.rhythm(year)));
    let usual = deadlines(year, rhythm, &[]);
    let content = html! {
        p { "Các mốc của năm học " strong { (year) } ", dùng để nhắc việc trên trang tổng quan; không mốc nào chặn việc gì." @if moves { " Đổi theo lịch của Sở rồi lưu một lần." } }
        (below("Days of the school year; they remind and refuse nothing."))
        @if !moves {
            p { "Nhập điểm đánh giá thường xuyên: " (in_words(rhythm).vi) "." (en(&format!("Regular marks are entered: {}.", in_words(rhythm).en))) }
            (days(&own, &usual, false))
        } @else {
        @if visitor.needs_person(MAY).is_err() { (frame::words("account.no_person")) }
        form method="post" action=(HERE) {
            fieldset {
                legend { "Điểm đánh giá thường xuyên được nhập" (en("Regular marks are entered")) }
                @for one in Rhythm::ALL { label.tick { input type="radio" name="nhip" value=(one.code()) checked[one == rhythm]; span { (in_words(one).vi) (en(&in_words(one).en)) } } }
                p.hint { "Mỗi trường theo quy chế của mình; đổi cách nhập thì bảng dưới đây đổi theo sau khi ghi." (en("By the school's own regulation; the table follows once it is recorded.")) }
            }
            (days(&own, &usual, true))
            p.hint { "Điểm giữa kỳ, cuối kỳ: trường nào quy định nhập trong một tuần sau kiểm tra thì ghi ngày kiểm tra cộng bảy ngày." (en("Where mid-term and end-of-term marks are entered within a week after the test, write that day.")) }
            div.row { button type="submit" { "Ghi vào sổ theo dõi" (en("Record")) } }
        }
        }
        (back("/", "Tổng quan", "Overview"))
    };
    Ok(page(&house, &visitor, ("Lịch năm học", "School calendar"), &content).into_response())
}

/// The days of the school beside the usual ones, to be moved or to be read.
fn days(own: &[Deadline], usual: &[Deadline], moves: bool) -> Markup {
    let day = |name: String, day: Option<Date>, label: String| {
        html! { @if moves { (day_input(&name, day, Some(&label))) } @else if let Some(day) = day { (day.vietnamese()) } }
    };
    html! {
        div.wide tabindex="0" { table.stack {
            thead { tr { (th("Mốc", "Due")) (th("Từ ngày", "From")) (th("Đến ngày", "Until")) (th("Mốc thường gặp", "Usual days")) } }
            tbody { @for one in own {
                @let code = one.due.code();
                @let before = usual.iter().find(|other| other.due == one.due);
                tr {
                    th.whole scope="row" { (due(one.due).vi) (en(&due(one.due).en)) }
                    td data-as="Từ ngày" { @if before.is_some_and(|before| before.from.is_some()) { (day(format!("tu-{code}"), one.from, plain(format!("Từ ngày: {}", due(one.due).vi), "From"))) } }
                    td data-as="Đến ngày" { (day(format!("den-{code}"), Some(one.until), plain(format!("Đến ngày: {}", due(one.due).vi), "Until"))) }
                    td data-as="Mốc thường gặp" { @if let Some(before) = before { @if before != one { (Said::new(Colour::Open, ("đã đổi", "changed")).label()) " " } @if let Some(from) = before.from { (from.vietnamese()) " – " } (before.until.vietnamese()) } }
                }
            } }
        } }
    }
}

/// Records the days.
pub async fn record(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(MAY)?;
    let (year, _) = house.this_year().await?;
    let fields = Fields::read(&body)?;
    let chosen = Rhythm::ALL.into_iter().find(|one| fields.one("nhip") == Some(one.code()));
    let rhythm = chosen.ok_or_else(Fault::form)?;
    let wished = deadlines(year, rhythm, &[]).into_iter().map(|usual| {
        let code = usual.due.code();
        let last = format!("den-{code}");
        // Days of the rhythm that was just chosen were not on the page yet.
        if fields.one(&last).is_none() {
            return Ok(usual);
        }
        let from = usual.from.map(|_| fields.day(&format!("tu-{code}"))).transpose()?;
        Ok(Deadline { from, until: fields.day(&last)?, due: usual.due })
    });
    let wished: Vec<Deadline> = wished.collect::<Result<_, Fault>>()?;
    house.orders.ask(move |office, _| clerk::move_calendar(office, (year, rhythm), &wished, &by)).await??;
    Ok(Redirect::to(HERE).into_response())
}
