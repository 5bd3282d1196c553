//! Đồng hồ máy chủ: while nobody believes the clock nothing is signed. Two people, each in their own session, write the
//! time that their own watches show; the page does not show what the clock says, so that nobody copies it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::identifier::PersonId;
use school::moment::{Date, Moment};

use super::fields::{Fields, day_input};
use super::stages::{Colour, Said};
use crate::accounts::Role;
use crate::clerk;
use crate::clock;
use crate::web::fault::Fault;
use crate::web::frame::{self, below, en, page, plain};
use crate::web::house::House;
use crate::web::visitor::Visitor;

/// Whoever has a place in the roster may say what time it is; who looks from outside has none.
const MAY: &[Role] = &[Role::Admin, Role::Principal, Role::Office, Role::Teacher];
const HERE: &str = "/dong-ho";

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    let session = visitor.needs(MAY)?;
    let read_by = house.orders.ask(|office, _| clerk::clock_read_by(office)).await?;
    let content = html! {
        p { (standing(&house).label()) }
        (compared(&house))
        @if is_doubted(&house) {
            p { "Việc ký đang tạm dừng vì giờ máy chủ lùi so với sổ theo dõi hoặc lệch hơn một ngày so với dự kiến. Ký tiếp được khi dịch vụ giờ của máy hoặc máy chủ dấu thời gian trả lời, hoặc khi hai người của trường, mỗi người trong phiên của mình, ghi giờ đọc trên đồng hồ riêng và giờ ấy khớp với máy chủ." }
            (below("Nothing is signed until NTP or a timestamp answers, or until two people, each in their own session, have written the time of their own watches and the server shows the same."))
            @match (&read_by, &session.person) {
                (Some(first), own) if own.as_ref() == Some(first) => p role="status" { (Said::new(Colour::Good, ("thầy/cô đã ghi giờ", "you wrote the time")).label()) " Chờ một người khác ghi giờ trong phiên của họ." (en("Another person writes it in their own session.")) },
                (Some(first), Some(_)) => { (waits_for_second(&house, first)) (form()) }
                (None, Some(_)) => { p { "Chưa có ai ghi giờ." (en("Nobody has written the time yet.")) } (form()) }
                (_, None) => { (frame::words("account.no_person")) }
            }
        } @else {
            p { "Đồng hồ được xem trước mỗi chữ ký. Nếu máy chủ vừa tắt lâu hoặc vừa chỉnh giờ, có thể xem ngay bây giờ." (en("It is looked at before every signature, and can be looked at now.")) }
        }
        form method="post" action=(format!("{HERE}/xem")) {
            div.row { button.quiet type="submit" { "Xem đồng hồ như trước khi ký" (en("Look as before a signature")) } }
        }
    };
    Ok(page(&house, &visitor, ("Đồng hồ máy chủ", "Clock of the server"), &content).into_response())
}

/// The times that are compared. None of them is shown beside a doubted clock: whoever writes the time of their own watch
/// should not copy it.
fn compared(house: &House) -> Markup {
    if is_doubted(house) {
        return html! { p { "Giờ của máy chủ không hiện ở đây, để không ai chép lại." (en("The server's time is not shown here, so that nobody copies it.")) } };
    }
    let reached = house.reading.look(|ledger| ledger.clock.mark());
    html! {
        dl {
            dt { "Đồng hồ máy chủ" (en("Clock of the server")) }
            dd { (clock::now().vietnamese()) }
            @if let Some(reached) = reached {
                dt { "Giờ đã biết chắc gần nhất, theo sổ theo dõi" (en("The latest time that is known for certain, by the register")) }
                dd { (reached.vietnamese()) }
            }
        }
    }
}

/// Whether signing waits for somebody to say what time it is.
pub fn is_doubted(house: &House) -> bool {
    house.reading.look(|ledger| ledger.clock.is_doubted())
}

fn standing(house: &House) -> Said {
    if is_doubted(house) {
        Said::new(Colour::Bad, ("chưa được tin cậy, việc ký tạm dừng", "not believed, signing waits"))
    } else {
        Said::new(Colour::Good, ("được tin cậy", "believed"))
    }
}

/// How the clock stands, and the way here, for other pages.
pub fn notice(house: &House) -> Markup {
    html! {
        p { "Đồng hồ máy chủ: " (standing(house).label()) " " a href=(HERE) { "Xem hoặc xác nhận giờ" } (en("The clock that signatures are dated by")) }
    }
}

fn waits_for_second(house: &House, first: &PersonId) -> Markup {
    html! {
        p { span translate="no" { (house.called(first)) } " đã ghi giờ. Người thứ hai ghi giờ của mình thì việc ký tiếp tục." (en("wrote the time. With the word of a second person signing goes on.")) }
    }
}

fn form() -> Markup {
    html! {
        section.card aria-labelledby="gio-cua-toi" {
            h2 #gio-cua-toi { "Giờ trên đồng hồ của tôi" (en("The time of my own watch")) }
            form method="post" action=(HERE) {
                label for="ngay" { "Hôm nay là ngày" (en("Today")) }
                (day_input("ngay", None, None))
                label for="gio" { "Bây giờ là" (en("The time now")) }
                input.day #gio type="text" name="gio" required autocomplete="off" inputmode="numeric" pattern="[0-9]{1,2}[:.hg][0-9]{2}" title=(plain("giờ:phút, 24 giờ", "hour:minute, 24 hours"));
                span.hint { " giờ:phút, ví dụ 14:05" (en("hour:minute")) }
                p.hint { "Đọc từ đồng hồ đeo tay hoặc điện thoại, không phải từ máy chủ. Tên người ghi được giữ trong sổ theo dõi." (en("From a watch or a phone, not from the server. The register keeps who wrote it.")) }
                div.row { button type="submit" { "Ghi giờ của tôi" (en("Write my time")) } }
            }
        }
    }
}

/// Takes the word of the person of the session.
pub async fn read(State(house): State<Arc<House>>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    let by = visitor.needs_person(MAY)?;
    let fields = Fields::read(&body)?;
    let unread = || Fault::of(StatusCode::UNPROCESSABLE_ENTITY, "web.time_of_day");
    let told = moment(fields.day("ngay")?, fields.one("gio").unwrap_or_default()).ok_or_else(unread)?;
    house.orders.ask(move |office, _| clerk::read_clock(office, &by, told)).await??;
    Ok(Redirect::to(HERE).into_response())
}

/// Looks at the clock as a signature would: a doubt, and a witness that ends it, are recorded. How it stands then is on
/// the page.
pub async fn look(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let looked = house.orders.ask(|office, _| clerk::look_at_clock(office)).await?;
    match looked {
        Err(fault) if !is_doubted(&house) => Err(fault.into()),
        _ => Ok(Redirect::to(HERE).into_response()),
    }
}

/// Day and time of day as people write them, in Vietnam.
fn moment(day: Date, written: &str) -> Option<Moment> {
    let (hour, minute) = written.trim().split_once([':', '.', 'h', 'g'])?;
    format!("{day}T{hour:0>2}:{minute:0>2}:00+07:00").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        let day: Date = "2026-05-25".parse().expect("a day");
        for written in ["8:05", "08:05", " 8h05 ", "8g05", "8.05"] {
            let read = moment(day, written).map(|read| read.to_string());
            assert_eq!(read.as_deref(), Some("2026-05-25T08:05:00+07:00"), "{written}");
        }
        for written in ["", "8", "24:00", "8:60", "tám giờ", "8:05:00", "-8:05"] {
            assert_eq!(moment(day, written), None, "{written}");
        }
    }
}
