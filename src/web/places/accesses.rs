//! Who looked at data of pupils, downloaded or printed them: for the administrator below everything else, for an
//! inspector as a page of its own.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::accounts::Role;
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page, th};
use crate::web::house::House;
use crate::web::visitor::Visitor;
use crate::wording::{Both, both};

const MAY: &[Role] = &[Role::Admin, Role::Inspector];
/// How many are shown.
const SHOWN: u32 = 100;

/// The latest ones.
pub fn latest(house: &House) -> Result<Markup, Fault> {
    let accesses = house.accounts.accesses(SHOWN)?;
    Ok(html! {
        @if accesses.is_empty() { p { "Chưa có ai xem." (en("Nobody has yet.")) } } @else {
            div.wide tabindex="0" { table.stack {
                thead { tr { (th("Lúc", "When")) (th("Ai", "Who")) (th("Vai trò", "Role")) (th("Việc", "Did")) (th("Của", "Of")) } }
                tbody { @for one in &accesses { tr { td { (one.at.vietnamese()) } td translate="no" { (one.who) } td { (frame::role(one.role).0) (en(frame::role(one.role).1)) } td { (did(&one.what)) } td { code { (one.of) } } } } }
            } }
        }
    })
}

fn did(what: &str) -> Both {
    match what {
        "check" => both("kiểm tra chữ ký", "verified"),
        "download" => both("tải về", "downloaded"),
        "print" => both("in", "printed"),
        _ => both("xem", "read"),
    }
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let content = html! {
        p { "Mỗi lần xem, tải về hoặc in dữ liệu học sinh được ghi lại; dưới đây là các lần gần nhất." (en("Whoever reads, downloads or prints data of pupils is noted; these are the latest.")) }
        (latest(&house)?)
    };
    Ok(page(&house, &visitor, ("Lượt xem", "Accesses"), &content).into_response())
}
