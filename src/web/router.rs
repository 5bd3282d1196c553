//! Every path of the pages. What only looks is a GET; what changes something is a POST and leads on to the
//! page that shows it.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use school::limits::{FORM_SIZE_BYTES, SCAN_FILE_SIZE_BYTES, UPLOAD_SIZE_BYTES};

use super::fault::Fault;
use super::house::House;
use super::places::{
    act_forms, acts, archive, authorities, bindings, burning, by_hand, checks, class, copies, corrections,
    dossier, drawing_up, health, help, lock, new_year, opening, overview, own_rules, pictures, printing,
    rehearsal, review, rounds, school_calendar, search, setup, sign_in, signing, staff_accounts, trouble,
    visit,
};
use super::{assets, guard};

/// All places behind the guard.
pub fn router(house: Arc<House>) -> Router {
    // The body of a form has a margin for what surrounds its files.
    let uploads = Router::new()
        .route("/kiem-tra", get(checks::show).post(checks::upload))
        .layer(DefaultBodyLimit::max(UPLOAD_SIZE_BYTES + FORM_SIZE_BYTES));
    let pictures = Router::new()
        .route("/cau-hinh/hinh", get(pictures::show).post(pictures::take))
        .layer(DefaultBodyLimit::max(SCAN_FILE_SIZE_BYTES + FORM_SIZE_BYTES));
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
        .route("/ky/{certificate}/lop/{class}", get(class::show))
        .route("/ky/{certificate}/lop/{class}/tu-choi", post(class::refuse))
        .route("/ky/{certificate}/chon", post(signing::choose))
        .route("/ky/{certificate}/da-chon/{number}", get(signing::chosen))
        .route("/ky/{certificate}/da-chon/{number}/pin", post(signing::sign_chosen))
        .route("/ky/{certificate}/da-chon/{number}/lan-cuoi", post(signing::sign_chosen_at_last_try))
        .route("/ky/{certificate}/da-chon/{number}/chua-kiem-tra", get(signing::undecided))
        .route("/ky/{certificate}/da-chon/{number}/chua-kiem-tra/pin", post(signing::sign_unchecked))
        .route(
            "/ky/{certificate}/da-chon/{number}/chua-kiem-tra/lan-cuoi",
            post(signing::sign_unchecked_at_last_try),
        )
        .route("/ky/lan/{number}", get(visit::show))
        .route("/ky/lan/{number}/tien-do", get(visit::progress))
        .route("/ky/lan/{number}/dung", post(visit::stop))
        .route("/soat", get(review::show))
        .route("/soat/{export}/{part}", get(review::part).post(review::answer))
        .route("/khoa-so", get(lock::show))
        .route("/khoa-so/de-nghi", post(lock::propose))
        .route("/khoa-so/mo", post(lock::propose_opening))
        .route("/khoa-so/{export}", get(lock::export))
        .route("/khoa-so/{export}/bao-cao.pdf", get(lock::report))
        .route("/khoa-so/{export}/chap-nhan", post(lock::accept))
        .route("/khoa-so/{export}/bo-qua", post(lock::waive))
        .route("/sua-chua", get(corrections::list))
        .route("/sua-chua/tong-hop", post(corrections::sum))
        .route("/sua-chua/{year}/{number}", get(corrections::show))
        .route("/sua-chua/{year}/{number}/{step}", post(corrections::act))
        .route("/dot-ky", get(rounds::show).post(rounds::open))
        .route("/dot-ky/{number}/dong", post(rounds::close))
        .route("/dot-ky/gan-ket", get(bindings::show).post(bindings::confirm))
        .route("/van-ban", get(acts::show))
        .route("/van-ban/lap/{wanted}", get(act_forms::show).post(act_forms::propose))
        .route("/van-ban/{act}", get(acts::one))
        .route("/van-ban/{act}/rut", post(acts::withdraw))
        .route("/van-ban/{act}/ky/{certificate}/pin", post(acts::sign))
        .route("/van-ban/{act}/ky/{certificate}/lan-cuoi", post(acts::sign_at_last_try))
        .route("/luu-tru", get(archive::show))
        .route("/luu-tru/so-theo-doi.pdf", get(archive::book))
        .route("/luu-tru/lap", post(archive::plan))
        .route("/luu-tru/vat-mang", post(archive::plan_media))
        .route("/luu-tru/{deposit}/dong-goi", post(archive::build))
        .route("/luu-tru/{deposit}/niem-phong", get(archive::deposit_pin))
        .route("/luu-tru/{deposit}/niem-phong/pin", post(archive::seal_deposit))
        .route("/luu-tru/vat-mang/{medium}/niem-phong", get(archive::medium_pin))
        .route("/luu-tru/vat-mang/{medium}/niem-phong/pin", post(archive::seal_medium))
        .route("/luu-tru/ghi/{medium}", get(burning::choose))
        .route("/luu-tru/ghi/{medium}/{device}", get(burning::confirm).post(burning::write))
        .route("/luu-tru/doc-lai/{copy}", get(burning::choose_to_check))
        .route("/luu-tru/doc-lai/{copy}/{device}", post(burning::check))
        .route("/luu-tru/lan-ghi/{number}", get(burning::show))
        .route("/luu-tru/lan-ghi/{number}/tien-do", get(burning::progress))
        .route("/luu-tru/lan-ghi/{number}/dung", post(burning::stop))
        .route("/luu-tru/ban-sao/{copy}", get(copies::show).post(copies::act))
        .route("/luu-tru/ban-sao/{copy}/{paper}", get(copies::paper))
        .route("/luu-tru/bang-tay/{medium}", get(by_hand::show).post(by_hand::begin))
        .route("/luu-tru/bang-tay/{medium}/danh-sach.txt", get(by_hand::list))
        .route("/luu-tru/bang-tay/{medium}/doc-lai", post(by_hand::read_back))
        .route("/tra-cuu", get(search::show))
        .route("/tra-cuu/in", post(printing::record))
        .route("/tra-cuu/in/{entry}", get(printing::show))
        .route("/tra-cuu/in/{entry}/ban-in.pdf", get(printing::copy))
        .route("/tro-giup", get(help::show))
        .route("/su-co", get(trouble::show).post(trouble::report))
        .route("/khoi-dau", get(setup::first).post(setup::make_first))
        .route("/cau-hinh", get(setup::show))
        .route("/cau-hinh/nam-hoc", get(new_year::show))
        .route("/cau-hinh/nam-hoc/sau", post(drawing_up::next))
        .route("/cau-hinh/nam-hoc/truong", post(drawing_up::school))
        .route("/cau-hinh/nam-hoc/nguoi", post(drawing_up::people))
        .route("/cau-hinh/nam-hoc/phan-cong", post(drawing_up::teaching))
        .route("/cau-hinh/nam-hoc/ke-hoach", post(drawing_up::plans))
        .route("/cau-hinh/nam-hoc/toi-la", post(drawing_up::me))
        .route("/cau-hinh/nam-hoc/xac-nhan", post(drawing_up::confirm))
        .route("/cau-hinh/hinh/{person}/bo", post(pictures::leave_out))
        .route("/cau-hinh/quy-che", get(own_rules::show))
        .route("/cau-hinh/quy-che/luu-tru", post(own_rules::regulate))
        .route("/cau-hinh/quy-che/thoi-gian", post(own_rules::choose_authority))
        .route("/cau-hinh/lich", get(school_calendar::show).post(school_calendar::record))
        .route("/cau-hinh/suc-khoe", get(health::show))
        .route("/cau-hinh/ca", get(authorities::show).post(authorities::load))
        .route("/cau-hinh/ca/{certificate}/xac-nhan", post(authorities::confirm))
        .route("/dien-tap", get(rehearsal::show))
        .route("/dien-tap/{certificate}", get(rehearsal::ask))
        .route("/dien-tap/{certificate}/{person}/pin", post(rehearsal::rehearse))
        .route("/dien-tap/{certificate}/{person}/lan-cuoi", post(rehearsal::rehearse_at_last_try))
        .route("/nam-hoc", get(opening::show))
        .route("/nam-hoc/{certificate}", get(opening::ask))
        .route("/nam-hoc/{certificate}/pin", post(opening::sign))
        .route("/nam-hoc/{certificate}/lan-cuoi", post(opening::sign_at_last_try))
        .route("/cau-hinh/tai-khoan", post(staff_accounts::make))
        .route("/cau-hinh/tai-khoan/{name}/mat-khau", post(staff_accounts::set_password))
        .route("/cau-hinh/tai-khoan/{name}/doi", post(staff_accounts::change))
        .route("/cau-hinh/tai-khoan/{name}/dong", post(staff_accounts::close))
        .route("/cau-hinh/phien/{number}/thu-hoi", post(setup::revoke))
        .route("/cau-hinh/phieu", post(setup::slip))
        .route("/cau-hinh/man-hinh", post(setup::screen))
        .route("/cau-hinh/dau-doc", post(setup::reader))
        .route("/kiem-tra/ho-so/{id}", post(checks::of_dossier))
        .route("/kiem-tra/{key}", get(checks::result))
        .route("/kiem-tra/{key}/bien-ban", get(checks::record))
        .layer(DefaultBodyLimit::max(FORM_SIZE_BYTES));
    let files = Router::new()
        .route("/tinh/trang.css", get(assets::style))
        .route("/tinh/tien-do.js", get(assets::script));
    places
        .merge(uploads)
        .merge(pictures)
        .merge(files)
        .fallback(|| async { Fault::not_found() })
        .layer(from_fn_with_state(Arc::clone(&house), guard::guard))
        .with_state(house)
}
