//! Chưa thực hiện được: the page on which a form ends that was refused. It says by the code alone what happened, why and
//! what to do now, so that it can be loaded again, opened in another browser and read in the other language, and nothing
//! is sent by that.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;

use super::sign_in::local;
use crate::web::fault::{Fault, in_query};
use crate::web::frame;
use crate::web::house::House;
use crate::web::visitor::Visitor;
use crate::wording;

/// Where the page says that a form, sent to this path from the page on which it stood, was refused.
pub fn address(code: &str, path: &str, stood_on: Option<&str>) -> String {
    let again = stood_on.map(|page| format!("&lai={}", in_query(page))).unwrap_or_default();
    format!("/chua-thuc-hien/{code}?o={}{again}", in_query(path))
}

/// Where the form was sent, and where it can be filled in again.
#[derive(Deserialize)]
pub struct Asked {
    o: Option<String>,
    lai: Option<String>,
}

/// The page. Its status is that of any page: it was asked what a code means, and says it. What the form met with stands
/// in its address, for people and programs.
///
/// Errors: `web.not_found` for what is no code.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(Asked { o: sent_to, lai }): Query<Asked>,
) -> Result<Html<String>, Fault> {
    if wording::words_of(&code).is_none() {
        return Err(Fault::not_found());
    }
    let visitor = visitor.in_place(local(sent_to.as_deref().unwrap_or("/")));
    Ok(frame::refusal(&house, Some(&visitor), &code, lai.as_deref().map(local)))
}
