//! Báo sự cố: what did not go as it should, in somebody's own words; and for the administrator what was
//! reported.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use school::records::reason::Reason;

use super::dossier::ReasonForm;
use crate::accounts::Role;
use crate::clerk;
use crate::web::fault::Fault;
use crate::web::frame::{below, en, page, th};
use crate::web::house::House;
use crate::web::visitor::Visitor;

/// How many of the latest reports are shown.
const SHOWN: usize = 20;
/// Who sees what others reported.
const MAY_READ: &[Role] = &[Role::Admin, Role::Principal];

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    let session = visitor.needs_session()?;
    let reads = MAY_READ.contains(&session.role);
    let is_own = |words: &Reason| match &words.person {
        Some(person) => session.person.as_ref() == Some(person),
        None => session.account.is_some() && words.account == session.account,
    };
    let mut reported = Vec::new();
    for one in house.reading.look(|ledger| ledger.troubles.latest().cloned().collect::<Vec<_>>()) {
        let words = house.reading.reason(&one.record)?;
        if reads || is_own(&words) {
            reported.push((one.at, house.teller(&words), words.reason));
        }
        if reported.len() == SHOWN {
            break;
        }
    }
    let content = html! {
        p { "Ghi điều đã xảy ra, ở trang nào, lúc nào, mã lỗi nếu có. Sổ theo dõi giữ lại nguyên văn; không ghi mã PIN hay mật khẩu." }
        (below("Say what happened, where, when, and the code if there was one. The register keeps it; no PIN, no password."))
        form method="post" action="/su-co" {
            label for="ly-do" { "Điều đã xảy ra" (en("What happened")) }
            textarea #ly-do name="ly_do" required maxlength="1000" {}
            div.row { button type="submit" { "Báo sự cố" (en("Report")) } }
        }
        @if !reported.is_empty() {
            h2 { "Đã báo" (en("Reported")) }
            div.wide tabindex="0" { table {
                thead { tr { (th("Lúc", "When")) (th("Ai", "Who")) (th("Điều đã xảy ra", "What happened")) } }
                tbody { @for (at, who, words) in &reported { tr { td { (at.vietnamese()) } td translate="no" { (who) } td translate="no" { (words) } } } }
            } }
        }
    };
    Ok(page(&house, &visitor, ("Báo sự cố", "Report trouble"), &content).into_response())
}

/// Records a report.
pub async fn report(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Form(form): Form<ReasonForm>,
) -> Result<Response, Fault> {
    let by = visitor.needs_session()?.actor();
    let words = form.words()?;
    house.orders.ask(move |office, _| clerk::report_trouble(office, &by, &words)).await??;
    Ok(Redirect::to("/su-co").into_response())
}
