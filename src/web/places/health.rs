//! Sức khỏe máy chủ: what `niemphong doctor` says, on a page. It looks at drives and asks the timestamp authority
//! anew each time it is opened, and changes nothing.

use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use school::digest::Sha256;

use super::server_clock;
use super::stages::{Colour, Said};
use crate::accounts::Role;
use crate::clerk::{Examined, Finding, Stands, examine};
use crate::clock;
use crate::web::fault::Fault;
use crate::web::frame::{below, en, page, th};
use crate::web::house::House;
use crate::web::visitor::Visitor;
use crate::wording;

const MAY: &[Role] = &[Role::Admin, Role::Principal];

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let anchors = anchors(&house).await?;
    let sight = house.tokens.sight();
    let looking = Arc::clone(&house);
    let tokens = (house.tokens.modules(), sight.tokens.len());
    let findings = tokio::task::spawn_blocking(move || {
        let settings = &looking.settings;
        let inbox = settings.inbox.as_deref().unwrap_or(&looking.data);
        let of = Examined {
            folders: Some((&looking.data, inbox)),
            media: settings.media.clone(),
            tokens,
            anchors: Some(Ok(anchors)),
            timestamp_url: settings.timestamp_url.clone(),
        };
        let mut all = Vec::new();
        examine(of, &mut |finding| all.push(finding));
        all
    });
    let findings = findings.await.map_err(|_| Fault::busy())?;
    let wrong =
        findings.iter().filter(|one| matches!(one.stands, Stands::Wrong(_))).count() + sight.faults.len();
    let untried = findings.iter().filter(|one| matches!(one.stands, Stands::Untried(_))).count();
    let content = html! {
        p role="status" {
            @if wrong == 0 { (Said::new(Colour::Good, ("không có gì hỏng", "nothing is wrong")).label()) } @else { (Said::new(Colour::Bad, (&format!("{wrong} mục cần xem"), "to be looked at")).label()) }
            @if untried > 0 { " " (Said::new(Colour::Open, (&format!("{untried} mục chưa thử"), "not tried yet")).label()) }
            " lúc " (clock::now().vietnamese()) ". Trang này chỉ xem, không đổi gì; trên máy chủ, lệnh " code { "niemphong doctor" } " cho cùng kết quả."
        }
        (below("What niemphong doctor says. Nothing is changed by looking."))
        @for (module, fault) in &sight.faults {
            (of_module(module, fault.code()))
        }
        div.wide tabindex="0" { table.stack {
            caption { (findings.len()) " mục đã xem" (en("What was looked at")) }
            thead { tr { (th("Mục", "What")) (th("Kết quả", "Standing")) (th("Chi tiết", "Details")) } }
            tbody { @for Finding { check, stands } in &findings { tr {
                th scope="row" { (wording::doctor::name(check)) }
                @let (standing, said) = match stands {
                    Stands::Well(said) => (Said::new(Colour::Good, ("ổn", "well")), said),
                    Stands::Untried(said) => (Said::new(Colour::Open, ("chưa thử", "not tried")), said),
                    Stands::Wrong(said) => (Said::new(Colour::Bad, ("cần xem", "to be looked at")), said),
                };
                // What reads the same in every language is a name or a figure.
                td data-as="Kết quả" { (standing.label()) } td.whole data-as="Chi tiết" translate=[said.english().is_none().then_some("no")] { (said) }
            } } }
        } }
        (server_clock::notice(&house))
        div.row { a.button href="/cau-hinh/suc-khoe" { "Xem lại" (en("Look again")) } a.button.quiet href="/cau-hinh" { "← Cấu hình" (en("Set up")) } }
    };
    Ok(page(&house, &visitor, ("Sức khỏe máy chủ", "Health"), &content).into_response())
}

/// Name and fingerprint of each trusted root, read by the reader.
async fn anchors(house: &Arc<House>) -> Result<Vec<(String, Sha256)>, Fault> {
    let circumstances = house.orders.ask(|office, _| office.circumstances_of_inspection()).await??;
    let mut reader = house.checks.reader();
    let named = tokio::task::spawn_blocking(move || {
        let roots = circumstances.anchors.iter().filter_map(|root| STANDARD.decode(root).ok());
        roots
            .map(|root| {
                let standing = reader.standing(&circumstances, &root);
                (standing.map(|one| one.subject).unwrap_or_default(), Sha256::of(&root))
            })
            .collect()
    });
    named.await.map_err(|_| Fault::busy())
}

/// A module of the tokens that does not work, and what to do.
pub(super) fn of_module(module: &Path, code: &str) -> Markup {
    let words = wording::fault(code);
    html! {
        div.notice.open role="note" {
            p translate="no" { strong { (module.display()) } }
            p { (words.vi()) }
            (below(words.en))
            p.code { code { (code) } }
        }
    }
}
