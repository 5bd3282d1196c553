//! Every path of the pages. What only looks is a GET; what changes something is a POST and leads on to the
//! page that shows it.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use school::limits::{FORM_SIZE_BYTES, UPLOAD_SIZE_BYTES};

use super::fault::Fault;
use super::house::House;
use super::places::{checks, dossier, overview, sign_in, signing, visit};
use super::{assets, guard};

/// All places behind the guard.
pub fn router(house: Arc<House>) -> Router {
    // The body of a form has a margin for what surrounds its files.
    let uploads = Router::new()
        .route("/kiem-tra", get(checks::show).post(checks::upload))
        .layer(DefaultBodyLimit::max(UPLOAD_SIZE_BYTES + FORM_SIZE_BYTES));
    let places = Router::new()
        .route("/", get(overview::show))
        .route("/ho-so", get(overview::list))
        .route("/ho-so/{id}", get(dossier::show))
        .route("/ho-so/{id}/{file}", get(dossier::pdf))
        .route("/ho-so/{id}/tu-choi", post(dossier::refuse))
        .route("/ho-so/{id}/tra-loi", post(dossier::answer))
        .route("/dang-nhap", get(sign_in::show).post(sign_in::with_account))
        .route("/dang-nhap/phieu", post(sign_in::with_slip))
        .route("/dang-nhap/token/{certificate}", get(sign_in::token))
        .route("/dang-nhap/token/{certificate}/pin", post(sign_in::with_token))
        .route("/dang-nhap/token/{certificate}/lan-cuoi", post(sign_in::with_token_at_last_try))
        .route("/dang-xuat", post(sign_in::sign_out))
        .route("/chung-thu-trang", get(sign_in::guide))
        .route("/chung-thu-trang/ca.crt", get(sign_in::authority))
        .route("/ky", get(signing::show))
        .route("/ky/cam/{version}", get(signing::plugs))
        .route("/ky/{certificate}", get(signing::person))
        .route("/ky/{certificate}/pin", post(signing::sign_all))
        .route("/ky/{certificate}/lan-cuoi", post(signing::sign_all_at_last_try))
        .route("/ky/{certificate}/lop/{class}", get(signing::class))
        .route("/ky/{certificate}/chon", post(signing::choose))
        .route("/ky/{certificate}/da-chon/{number}", get(signing::chosen))
        .route("/ky/{certificate}/da-chon/{number}/pin", post(signing::sign_chosen))
        .route("/ky/{certificate}/da-chon/{number}/lan-cuoi", post(signing::sign_chosen_at_last_try))
        .route("/ky/lan/{number}", get(visit::show))
        .route("/ky/lan/{number}/tien-do", get(visit::progress))
        .route("/ky/lan/{number}/dung", post(visit::stop))
        .route("/kiem-tra/ho-so/{id}", post(checks::of_dossier))
        .route("/kiem-tra/{key}", get(checks::result))
        .route("/kiem-tra/{key}/bien-ban", get(checks::record))
        .layer(DefaultBodyLimit::max(FORM_SIZE_BYTES));
    let files = Router::new()
        .route("/tinh/trang.css", get(assets::style))
        .route("/tinh/tien-do.js", get(assets::script));
    places
        .merge(uploads)
        .merge(files)
        .fallback(|| async { Fault::not_found() })
        .layer(from_fn_with_state(Arc::clone(&house), guard::guard))
        .with_state(house)
}
