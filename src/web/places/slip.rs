//! A one-time slip: drawn by the administrator, or by whoever has just rehearsed; the sheet to print, and what its page
//! says when it is gone.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::identifier::PersonId;
use school::limits::SLIP_VALID_DAYS;
use school::moment::Moment;
use serde::Deserialize;

use super::setup::people;
use super::sign_in::SLIP_BROWSER_DAYS;
use super::staff_accounts;
use crate::accounts::{Role, Slip};
use crate::clerk::{AccountDeed, Actor};
use crate::clock;
use crate::lifecycle::accounts::AccountChange;
use crate::web::fault::Fault;
use crate::web::frame::{back, below, en, page};
use crate::web::guard::shared_address;
use crate::web::house::House;
use crate::web::sessions::random_key;
use crate::web::slips::{Drawer, Drawn};
use crate::web::visitor::Visitor;

const MAY: &[Role] = &[Role::Admin];

/// Whose slip, and the mark of the form, under which it is shown.
#[derive(Deserialize)]
pub struct SlipForm {
    nguoi: PersonId,
    lan: String,
}

/// Draws a slip for somebody, once for each form, and leads to it.
pub async fn draw(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Form(SlipForm { nguoi: person, lan: mark }): Form<SlipForm>,
) -> Result<Response, Fault> {
    let session = visitor.needs(MAY)?;
    let is_mark = mark.len() == 64 && mark.bytes().all(|digit| digit.is_ascii_hexdigit());
    if !is_mark || !people(&house).await?.iter().any(|(id, ..)| *id == person) {
        return Err(Fault::form());
    }
    let _turn = house.slip_turn.lock().await;
    // A second slip would open the pages as well, and be in nobody's hand.
    let page = format!("/cau-hinh/phieu/{person}/{mark}");
    if house.sent_forms.led_to(&mark).is_none() {
        recorded(&house, session.actor(), &person).await?;
        draw_and_show(&house, (&person, &mark), Drawer::Session(session.number))?;
        house.sent_forms.done(&mark, &page);
    }
    Ok(Redirect::to(&page).into_response())
}

/// The slip that the administrator has drawn.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((person, mark)): Path<(PersonId, String)>,
) -> Result<Response, Fault> {
    let drawer = Drawer::Session(visitor.needs(MAY)?.number);
    let another = html! {
        form method="post" action="/cau-hinh/phieu" {
            input type="hidden" name="nguoi" value=(person);
            input type="hidden" name="lan" value=(random_key().ok_or_else(Fault::busy)?);
            div.row { button type="submit" { "Lấy phiếu mới của " span translate="no" { (house.called(&person)) } (en("A new slip")) } }
        }
    };
    let shown = house.slips.shown(&mark, &drawer);
    let is_shown = shown.is_some();
    let content = html! {
        @match shown {
            Some(slip) => (sheet(&house, &headers, &person, slip)),
            None => (gone(&another)),
        }
        (back("/cau-hinh", "Cấu hình", "Set up"))
    };
    Ok(answer(&house, &visitor, &content, is_shown))
}

/// Draws the slip of whoever has just rehearsed here, and leads to it.
pub async fn draw_own(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(person): Path<PersonId>,
) -> Result<Response, Fault> {
    let screen = visitor.at_screen()?;
    let drawer = Drawer::Screen(screen.clone());
    let not_earned = || Fault::of(StatusCode::FORBIDDEN, "web.slip_not_earned");
    let _turn = house.slip_turn.lock().await;
    // Sent twice, the form leads to the slip of the first time.
    let mark = match house.slips.mark_of(&person, &drawer) {
        Some(mark) => mark,
        None if house.offers.stands(screen, &person) => {
            let mark = random_key().ok_or_else(Fault::busy)?;
            let own = Actor::new(screen.as_str(), visitor.actor().role.as_str(), Some(person.clone()));
            recorded(&house, own, &person).await?;
            // Somebody else may stand here by now, who is shown no slip of theirs.
            if !house.offers.take(screen, &person) {
                return Err(not_earned());
            }
            draw_and_show(&house, (&person, &mark), drawer)?;
            mark
        }
        None => return Err(not_earned()),
    };
    Ok(Redirect::to(&format!("/dien-tap/phieu/{person}/{mark}")).into_response())
}

/// The slip of whoever stands at this screen.
pub async fn show_own(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((person, mark)): Path<(PersonId, String)>,
) -> Result<Response, Fault> {
    let drawer = Drawer::Screen(visitor.at_screen()?.clone());
    let shown = house.slips.shown(&mark, &drawer);
    let is_shown = shown.is_some();
    let another = html! {
        p { a.button href="/dien-tap" { "Diễn tập lại để lấy phiếu mới" (en("Rehearse again for a new one")) } }
    };
    let content = html! {
        @match shown {
            Some(slip) => {
                (sheet(&house, &headers, &person, slip))
                form method="post" action=(format!("/dien-tap/phieu/{person}/{mark}/cat")) { div.row { button.quiet type="submit" { "Đã in xong, cất phiếu" (en("Printed: put it away")) } } }
            }
            None => (gone(&another)),
        }
        (back("/dien-tap", "Diễn tập", "Rehearsal"))
    };
    Ok(answer(&house, &visitor, &content, is_shown))
}

/// Puts a slip away, so that whoever comes to this screen next does not see it.
pub async fn put_away(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((_, mark)): Path<(PersonId, String)>,
) -> Result<Response, Fault> {
    house.slips.put_away(&mark, &Drawer::Screen(visitor.at_screen()?.clone()));
    Ok(Redirect::to("/dien-tap").into_response())
}

fn answer(house: &House, visitor: &Visitor, content: &Markup, is_shown: bool) -> Response {
    let status = if is_shown { StatusCode::OK } else { StatusCode::GONE };
    (status, page(house, visitor, ("Phiếu một lần", "One-time slip"), content)).into_response()
}

/// Records that a slip is drawn for a person on the order of somebody. Where that fails nothing was taken from anybody.
async fn recorded(house: &House, actor: Actor, person: &PersonId) -> Result<(), Fault> {
    let deed = AccountDeed {
        change: AccountChange::SlipDrawn,
        account: person.to_string(),
        person: Some(person.clone()),
        roles: Vec::new(),
    };
    staff_accounts::recorded_by(house, actor, deed).await
}

/// Draws the slip that was recorded, and shows it under this mark.
fn draw_and_show(house: &House, (person, mark): (&PersonId, &str), drawer: Drawer) -> Result<(), Fault> {
    let now = clock::now();
    let slip = house.accounts.draw_slip(person, now)?;
    let until = now.plus_seconds(SLIP_VALID_DAYS * 24 * 60 * 60);
    house.slips.show(mark, Drawn { person: person.clone(), drawer, slip, until });
    Ok(())
}

/// The sheet to print.
fn sheet(house: &House, headers: &HeaderMap, person: &PersonId, (slip, until): (Slip, Moment)) -> Markup {
    let address = shared_address(headers).or_else(|| house.settings.shared_address());
    html! {
        div.card {
            p translate="no" { "Kính gửi thầy/cô " strong { (house.called(person)) } }
            p.big { code { (slip.printed()) } }
            p { "Mã dùng một lần, đến " (until.vietnamese()) ": mở trang của trường" @if let Some(address) = &address { " " strong { (address) } } ", chọn Đăng nhập, nhập mã vào ô Phiếu một lần." (en("For one use, until then: open the school’s page, choose Sign in, type the code under One-time slip.")) }
            p { "Chọn “Điện thoại, máy của riêng tôi” thì máy giữ đăng nhập " (SLIP_BROWSER_DAYS) " ngày để soát trước, không cần mật khẩu. Mất máy: báo quản trị, hoặc dùng phiếu mới, máy cũ tự thoát." (en("Chosen as your own, the phone or computer stays signed in for that many days. Lost it? Tell the administrator, or use a new slip: the old one is signed out.")) }
        }
        @if address.is_none() {
            p.hint { "Trang chưa mở ra mạng nội bộ của trường: phiếu chỉ dùng được trên chính máy chủ này." (en("The pages are open on this computer only, and so the slip opens nothing elsewhere.")) }
        }
        p.hint { "In trang này rồi trao tận tay. Phiếu còn hiện ở đây đến khi được dùng, lâu nhất 10 phút." (en("Print the page and hand it over. It is shown here until it is used, for ten minutes at most.")) }
    }
}

/// What is left of it.
fn gone(another: &Markup) -> Markup {
    html! {
        p.big { "Phiếu này không còn hiện nữa." (en("The slip is shown no longer.")) }
        p { "Phiếu đã được dùng, đã cất, hoặc đã quá 10 phút kể từ lúc lấy; phiếu không được lưu lại ở đâu cả. Phiếu đã in mà chưa dùng thì vẫn dùng được." }
        (below("It was used or put away, or ten minutes have gone by; it is stored nowhere. A printed slip that nobody used still opens."))
        (another)
    }
}
