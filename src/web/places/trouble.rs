//! Báo sự cố: what did not go as it should, in somebody's own words; and for the administrator what was
//! reported.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

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
    let own = session.person.clone();
    let reads = MAY_READ.contains(&session.role);
    let latest: Vec<_> = house.reading.look(|ledger| {
        let seen = ledger.troubles.latest().filter(|one| reads || own.as_ref() == Some(&one.by));
        seen.take(SHOWN).cloned().collect()
    });
    let mut reported = Vec::new();
    for one in latest {
        let words = house.reading.reason(&one.record)?.reason;
        reported.push((one, words));
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
                tbody { @for (one, words) in &reported { tr { td { (one.at.vietnamese()) } td translate="no" { (house.called(&one.by)) } td translate="no" { (words) } } } }
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
    let by = visitor.needs_person(&Role::ALL)?;
    let words = form.words()?;
    house.orders.ask(move |office, _| clerk::report_trouble(office, &by, &words)).await??;
    Ok(Redirect::to("/su-co").into_response())
}
