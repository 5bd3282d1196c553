//! The style of every page, and the script of those that follow what goes on by itself; built into the program.

use axum::http::header;
use axum::response::{IntoResponse, Response};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("progress.js");

/// The stylesheet.
pub async fn style() -> Response {
    with_type("text/css; charset=utf-8", STYLE)
}

/// The script that follows a sitting.
pub async fn script() -> Response {
    with_type("text/javascript; charset=utf-8", SCRIPT)
}

fn with_type(kind: &'static str, text: &'static str) -> Response {
    // An hour: an upgrade of the program is seen soon, a page costs one request.
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, max-age=3600")], text).into_response()
}
