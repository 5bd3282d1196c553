//! The switch in the foot of every page: both languages, or Vietnamese alone.

use axum::Form;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::sign_in::local;
use crate::web::fault::Fault;
use crate::web::languages::Languages;

/// What is to be shown, and on which page it was asked for.
#[derive(Deserialize)]
pub struct Wish {
    hien: String,
    tiep: String,
}

/// Keeps the choice in the browser and goes back to where it was made.
pub async fn choose(Form(wish): Form<Wish>) -> Result<Response, Fault> {
    let languages = Languages::from_code(&wish.hien).ok_or_else(Fault::form)?;
    Ok(([(header::SET_COOKIE, languages.cookie())], Redirect::to(local(&wish.tiep))).into_response())
}
