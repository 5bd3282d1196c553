//! Lưu trữ: what comes next, deposits, the cupboard of media with what is due, papers to print.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::deposit::{DepositId, DepositKind};
use school::dossier::Period;
use school::identifier::{PersonId, StickerNumber};
use school::limits::ROWS_SHOWN;
use school::medium::{CopyId, Disc, MediumId};
use school::roster::Roster;
use serde::Deserialize;

use super::desk::{pin_form, plugged, read_pin};
use super::dossier::FRAMED;
use crate::accounts::Role;
use crate::clerk::{self, ClerkFault, Handling, Signer};
use crate::clock;
use crate::lifecycle::deposit::{Late, Next, next};
use crate::lifecycle::medium::{CopyStage, Stage, due, standing};
use crate::process::token_host::PinEnvelope;
use crate::web::fault::Fault;
use crate::web::frame::{en, page};
use crate::web::house::House;
use crate::web::visitor::Visitor;
use crate::wording::{archive as said, media};

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Admin, Role::Inspector];
/// How far ahead the calendar looks.
const DUE_DAYS: i64 = 60;

/// A medium of the cupboard, with a line for each of its copies.
struct MediumShown {
    id: MediumId,
    is_planned: bool,
    waits_for_copies: bool,
    line: String,
    copies: Vec<(CopyId, String)>,
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (year, _) = house.this_year().await?;
    let missing = house.orders.ask(move |office, _| clerk::missing(office, year, Period::FullYear)).await??;
    let acts = visitor.role() == Some(Role::Office);
    let (step, deposits, media_lines, due_lines) = house.reading.look(|ledger| {
        let step = next(ledger, year, &missing);
        let regulation = ledger.own_rules.regulation(&house.settings.regulation);
        let check_days = ledger.own_rules.check_days(house.settings.check_days);
        let deposits: Vec<(String, String)> = ledger
            .deposits
            .iter()
            .map(|(id, one)| {
                (said::deposit(id, one), media::standing(id, &standing(&ledger.media, id, regulation)))
            })
            .collect();
        let media_lines: Vec<MediumShown> = ledger
            .media
            .iter()
            .map(|(id, one)| {
                let copies = ledger.media.copies().filter(|(copy, _)| copy.medium == *id);
                MediumShown {
                    id: id.clone(),
                    is_planned: matches!(one.stage, Stage::Planned),
                    waits_for_copies: matches!(one.stage, Stage::Sealed { .. })
                        && one
                            .deposits
                            .iter()
                            .any(|deposit| !standing(&ledger.media, deposit, regulation).is_archived()),
                    line: media::medium(id, one),
                    copies: copies.map(|(copy, of)| (copy.clone(), media::copy(&copy, of))).collect(),
                }
            })
            .collect();
        let until = clock::now().plus_seconds(DUE_DAYS * 24 * 60 * 60);
        let due_lines: Vec<String> = due(&ledger.media, until, check_days).iter().map(media::due).collect();
        (step, deposits, media_lines, due_lines)
    });
    let content = html! {
        section.card aria-labelledby="tiep" {
            h2 #tiep { "Việc tiếp theo" (en("Next")) }
            (next_step(&step, acts))
        }
        @if !missing.is_empty() {
            details { summary { "Còn thiếu " (missing.len()) " mục để hoàn tất năm học" }
                ul { @for one in missing.iter().take(ROWS_SHOWN) { li { (said::missing(one)) } } } }
        }
        h2 { "Lưu trữ" (en("Deposits")) }
        @if deposits.is_empty() { p { "Chưa có lưu trữ nào." } }
        ul { @for (line, stands) in &deposits { li { p { (line) } p.hint { (stands) } } } }
        h2 { "Tủ vật mang" (en("Media")) }
        @if media_lines.is_empty() { p { "Chưa có vật mang nào." } }
        @if let Some(number) = house.burns.under_way() { p { a.button href=(format!("/luu-tru/lan-ghi/{number}")) { "Đang ghi hoặc đọc lại: xem tiến độ" (en("Progress")) } } }
        @for MediumShown { id, is_planned, waits_for_copies, line, copies } in &media_lines {
            section.card aria-label=(id) {
                p { (line) }
                @if *is_planned && acts { p { a.button href=(format!("/luu-tru/vat-mang/{id}/niem-phong")) { "Niêm phong bằng con dấu" (en("Seal")) } } }
                @if *waits_for_copies && acts { p { a.button href=(format!("/luu-tru/ghi/{id}")) { "Ghi rồi đọc lại" (en("Write and read back")) } } }
                ul { @for (copy, words) in copies { li { (words) " " a href=(format!("/luu-tru/ban-sao/{copy}")) { "giấy tờ và niêm phong của " (copy) } } } }
            }
        }
        @if !due_lines.is_empty() { h2 { "Đến hạn đọc lại" (en("Due")) } ul { @for line in &due_lines { li { (line) } } } }
        h2 { "Sổ theo dõi lưu trữ" (en("Register")) }
        p { a.button.quiet href="/luu-tru/so-theo-doi.pdf" target="_blank" rel="noopener" { "Mở để in" (en("Print")) } }
    };
    Ok(page(&house, &visitor, ("Lưu trữ", "Archive"), &content).into_response())
}

fn next_step(step: &Next, acts: bool) -> Markup {
    html! {
        @match step {
            Next::Plan(kind) => {
                p { "Lập danh mục lưu trữ " strong { (said::kind(*kind)) } "." }
                @if acts { form method="post" action="/luu-tru/lap" { input type="hidden" name="loai" value=(kind); button type="submit" { "Lập danh mục" (en("Plan the deposit")) } } }
            }
            Next::Build(id) => {
                p { "Đóng gói " (id) " và lập biên bản niêm phong." }
                @if acts { form method="post" action=(format!("/luu-tru/{id}/dong-goi")) { button type="submit" { "Đóng gói" (en("Pack")) } } }
            }
            Next::SignRecord(id) => { p { "Văn phòng rồi Hiệu trưởng ký biên bản niêm phong của " (id) " tại trang Ký." } p { a.button href="/ky" { "Đến trang ký" (en("Sign")) } } }
            Next::Seal(id) => {
                p { "Đóng dấu niêm phong " (id) "." }
                @if acts { p { a.button href=(format!("/luu-tru/{id}/niem-phong")) { "Niêm phong" (en("Seal")) } } }
            }
            Next::Complete => { p { "Hoàn tất các hồ sơ còn thiếu." } }
            Next::Media => {
                p { "Lập vật mang, niêm phong, ghi rồi đọc lại." }
                @if acts { form method="post" action="/luu-tru/vat-mang" { button type="submit" { "Lập vật mang" (en("Plan media")) } } }
            }
            Next::Nothing => { p { "Chưa có hồ sơ nào để lưu trữ." } }
        }
        @if !acts { p.hint { "Văn phòng thực hiện việc này trong phiên của mình." } }
    }
}

/// The kind of a deposit.
#[derive(Deserialize)]
pub struct PlanForm {
    loai: String,
}

/// Plans a deposit.
pub async fn plan(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    axum::Form(form): axum::Form<PlanForm>,
) -> Result<Response, Fault> {
    visitor.needs(&[Role::Office])?;
    let kind: DepositKind = form.loai.parse().map_err(|_| Fault::form())?;
    let (year, _) = house.this_year().await?;
    let plan =
        move |office: &mut _| clerk::plan_deposit(office, year, kind, Late::WaitedFor, Disc::Dvd.bytes());
    house.orders.ask(move |office, _| plan(office)).await??;
    Ok(Redirect::to("/luu-tru").into_response())
}

/// Packs a deposit.
pub async fn build(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<DepositId>,
) -> Result<Response, Fault> {
    visitor.needs(&[Role::Office])?;
    house.orders.ask(move |office, _| clerk::build_deposit(office, &id)).await??;
    Ok(Redirect::to("/luu-tru").into_response())
}

/// Plans media.
pub async fn plan_media(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(&[Role::Office])?;
    house.orders.ask(move |office, _| clerk::plan_media(office, &[], Disc::Dvd.bytes())).await??;
    Ok(Redirect::to("/luu-tru").into_response())
}

/// Asks for the PIN of the stamp.
async fn ask_stamp(
    house: &Arc<House>,
    visitor: &Visitor,
    what: &str,
    action: &str,
) -> Result<Response, Fault> {
    visitor.needs(&[Role::Office])?;
    let certificate = stamp(house)?;
    let one = plugged(house, visitor.needs_screen()?, certificate)?;
    let content = html! {
        p { "Con dấu của nhà trường niêm phong " strong { (what) } " trong một lần nhập mã PIN; sau đó chương trình đọc lại và kiểm tra toàn bộ." }
        (pin_form(action, &one, "Niêm phong", "Seal"))
        p { a href="/luu-tru" { "← Lưu trữ" } }
    };
    Ok(page(house, visitor, ("Niêm phong", "Seal"), &content).into_response())
}

fn stamp(house: &House) -> Result<school::digest::Sha256, Fault> {
    let found = house.reading.look(|ledger| ledger.commissioned.map(|(_, stamp)| stamp));
    found.ok_or_else(|| Fault::of(StatusCode::CONFLICT, "school.not_commissioned"))
}

/// The PIN page of a deposit.
pub async fn deposit_pin(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<DepositId>,
) -> Result<Response, Fault> {
    ask_stamp(&house, &visitor, id.to_string().as_str(), &format!("/luu-tru/{id}/niem-phong")).await
}

/// The PIN page of a medium.
pub async fn medium_pin(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<MediumId>,
) -> Result<Response, Fault> {
    ask_stamp(&house, &visitor, id.to_string().as_str(), &format!("/luu-tru/vat-mang/{id}/niem-phong")).await
}

/// Has the owner log in to the stamp's token once and do one thing with it.
async fn with_stamp(
    house: &Arc<House>,
    visitor: &Visitor,
    pin: PinEnvelope,
    seal: impl FnOnce(&mut crate::clerk::Office, &mut Signer<'_>) -> Result<(), ClerkFault> + Send + 'static,
) -> Result<Response, Fault> {
    visitor.needs(&[Role::Office])?;
    let certificate = stamp(house)?;
    let one = plugged(house, visitor.needs_screen()?, certificate)?;
    let unplugged = || Fault::of(StatusCode::CONFLICT, "web.unplugged");
    let module = house.tokens.module(&one).cloned().ok_or_else(unplugged)?;
    let sealed = house.orders.ask(move |office, _| -> Result<(), ClerkFault> {
        let mut host = module.start()?;
        let mut signer = Signer::log_in(office, &mut host, &one.token, certificate, pin)?;
        seal(office, &mut signer)?;
        signer.log_out()
    });
    sealed.await??;
    Ok(Redirect::to("/luu-tru").into_response())
}

/// Seals a deposit.
pub async fn seal_deposit(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<DepositId>,
    body: Body,
) -> Result<Response, Fault> {
    let pin = read_pin(body).await?;
    with_stamp(&house, &visitor, pin, move |office, stamp| clerk::seal(office, stamp, &id)).await
}

/// Seals a medium.
pub async fn seal_medium(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<MediumId>,
    body: Body,
) -> Result<Response, Fault> {
    let pin = read_pin(body).await?;
    with_stamp(&house, &visitor, pin, move |office, stamp| clerk::seal_medium(office, stamp, &id)).await
}

fn shown(pdf: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMED)),
    ];
    (headers, pdf).into_response()
}

/// The printed book of the archive.
pub async fn book(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    Ok(shown(house.orders.ask(|office, _| clerk::register_book(office)).await??))
}

/// The papers of a copy.
pub async fn papers(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(copy): Path<CopyId>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let of = copy.clone();
    let papers = house.orders.ask(move |office, _| clerk::papers_of(office, &of)).await??;
    let known =
        house.reading.look(|ledger| ledger.media.copy(&copy).cloned()).ok_or_else(Fault::not_found)?;
    let acts = visitor.role() == Some(Role::Office);
    let (_, year) = house.this_year().await?;
    let content = html! {
        p { (media::copy(&copy, &known)) }
        @if acts { (custody_form(&copy, &known.stage, &year.roster.1)) }
        h2 { "Giấy tờ để in" (en("Papers")) }
        ul { @for paper in &papers { li { a href=(format!("/luu-tru/ban-sao/{copy}/{}", paper.name)) target="_blank" rel="noopener" { (paper_in_words(&paper.name)) } } } }
        p { a href="/luu-tru" { "← Lưu trữ" } }
    };
    Ok(page(&house, &visitor, (&format!("Giấy tờ của {copy}"), "Papers"), &content).into_response())
}

/// `Biên bản niêm phong, mục 710 của sổ theo dõi`.
fn paper_in_words(name: &str) -> String {
    let record = name.strip_prefix("bien-ban_").and_then(|rest| rest.split_once('_'));
    match (name, record) {
        ("nhan", _) => "Nhãn dán".into(),
        ("phieu-niem-phong", _) => "Phiếu niêm phong".into(),
        (_, Some((entry, kind))) => {
            let of = match kind {
                "niem-phong" => " niêm phong",
                "mo-niem-phong" => " mở niêm phong",
                "niem-phong-lai" => " niêm phong lại",
                "ban-giao" => " bàn giao",
                _ => "",
            };
            format!("Biên bản{of}, mục {entry} của sổ theo dõi")
        }
        _ => name.to_owned(),
    }
}

/// What may be done next with a copy, and who sees it done.
fn custody_form(copy: &CopyId, stage: &CopyStage, roster: &Roster) -> Markup {
    let (kind, words) = match stage {
        CopyStage::Verified => ("dan", "Dán niêm phong và cất"),
        CopyStage::Stickered { .. } => ("mo", "Mở niêm phong"),
        CopyStage::Opened { .. } => ("dan-lai", "Dán niêm phong lại và cất"),
        _ => return html! {},
    };
    html! {
        section.card aria-labelledby="niem-phong" {
            h2 #niem-phong { (words) (en("Custody")) }
            form method="post" action=(format!("/luu-tru/ban-sao/{copy}")) {
                input type="hidden" name="viec" value=(kind);
                @if kind == "mo" {
                    label for="loi" { "Lý do mở" (en("Why")) } input #loi type="text" name="loi" required maxlength="200";
                } @else {
                    label for="so" { "Số trên tem niêm phong" (en("Number on the seal")) } input #so type="text" name="so" required maxlength="20" autocomplete="off";
                    label for="loi" { "Cất ở đâu" (en("Where it is kept")) } input #loi type="text" name="loi" required maxlength="200";
                }
                label for="chung-kien" { "Người chứng kiến" (en("Witness")) }
                select #chung-kien name="chung_kien" required { @for person in roster.people.iter().filter(|one| one.id != roster.stamp && one.id != roster.office) { option value=(person.id) { (person.name) " – " (person.title) } } }
                div.row { button type="submit" { (words) } }
            }
            p { a href=(format!("/luu-tru/doc-lai/{copy}")) { "Đọc lại bản sao này" (en("Read it again")) } }
        }
    }
}

/// What was done with a copy.
#[derive(Deserialize)]
pub struct CustodyForm {
    viec: String,
    so: Option<StickerNumber>,
    loi: String,
    chung_kien: PersonId,
}

/// Records that a copy was put under a paper seal, opened, or sealed again.
pub async fn keep(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(copy): Path<CopyId>,
    axum::Form(form): axum::Form<CustodyForm>,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(&[Role::Office])?;
    let words = form.loi.trim().to_owned();
    if words.is_empty() {
        return Err(Fault::of(StatusCode::UNPROCESSABLE_ENTITY, "web.reason_missing"));
    }
    let sticker = form.so.ok_or_else(Fault::form);
    let handling = match form.viec.as_str() {
        "dan" => Handling::Sticker { sticker: sticker?, storage: words },
        "mo" => Handling::Open { reason: words },
        "dan-lai" => Handling::Reseal { sticker: sticker?, storage: words },
        _ => return Err(Fault::form()),
    };
    let (of, witness) = (copy.clone(), form.chung_kien);
    let done = house.orders.ask(move |office, _| clerk::handle(office, &of, handling, Some(by), &[witness]));
    done.await??;
    Ok(Redirect::to(&format!("/luu-tru/ban-sao/{copy}")).into_response())
}

/// One paper of a copy.
pub async fn paper(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((copy, name)): Path<(CopyId, String)>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let papers = house.orders.ask(move |office, _| clerk::papers_of(office, &copy)).await??;
    let found = papers.into_iter().find(|paper| paper.name == name);
    found.map(|paper| shown(paper.pdf)).ok_or_else(Fault::not_found)
}
