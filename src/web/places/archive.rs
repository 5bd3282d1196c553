//! Lưu trữ: what comes next, deposits, the cupboard of media with what is due, papers to print.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::deposit::{DepositId, DepositKind};
use school::digest::Sha256;
use school::dossier::Period;
use school::limits::ROWS_SHOWN;
use school::medium::{CopyId, Disc, MediumId};
use serde::Deserialize;

use super::desk::{SignForm, Typed, pin_form, plugged, signs, with_checkpoint};
use super::dossier::FRAMED;
use crate::accounts::Role;
use crate::clerk::{self, AtToken, ClerkFault, YearInForce};
use crate::clock;
use crate::lifecycle::deposit::{Expected, Late, Missing, Next, next, pupils_of_year};
use crate::lifecycle::medium::{Stage, due, standing};
use crate::lifecycle::to_sign::ToSign;
use crate::web::fault::Fault;
use crate::web::frame::{back, en, page};
use crate::web::house::House;
use crate::web::owner::StepsFor;
use crate::web::places::pupil_index::Listed;
use crate::web::places::pupils::Names;
use crate::web::places::stages::{Colour, Said};
use crate::web::visitor::Visitor;
use crate::wording::{Both, archive as said, media};

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Admin, Role::Inspector];
/// How far ahead the calendar looks.
const DUE_DAYS: i64 = 60;

/// A medium of the cupboard, with a line for each of its copies.
struct MediumShown {
    id: MediumId,
    /// What lies on it.
    deposits: Vec<String>,
    /// Which one it is, of how many that hold a deposit too large for one.
    part: (usize, usize),
    /// The digest of its seal; none before it is sealed.
    seal: Option<String>,
    waits_for_copies: bool,
    copies: Vec<(CopyId, Both)>,
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (year, in_force) = house.this_year().await?;
    let missing = missing(&house, &in_force).await?;
    let listed = missing.iter().take(ROWS_SHOWN).filter_map(|one| one.what.document().cloned());
    let names = Names::of(&house, &visitor, &listed.collect::<Vec<_>>()).await?;
    let acts = visitor.role() == Some(Role::Office);
    let (step, deposits, media_lines, due_lines) = house.reading.look(|ledger| {
        let step = next(ledger, year, &missing);
        let regulation = ledger.own_rules.regulation(&house.settings.regulation);
        let check_days = ledger.own_rules.check_days(house.settings.check_days);
        let deposits: Vec<(Both, Both)> = ledger
            .deposits
            .iter()
            .map(|(id, one)| {
                (said::deposit(id, one), media::standing(&standing(&ledger.media, id, regulation)))
            })
            .collect();
        let media_lines: Vec<MediumShown> = ledger
            .media
            .iter()
            .map(|(id, one)| {
                let copies = ledger.media.copies().filter(|(copy, _)| copy.medium == *id);
                MediumShown {
                    id: id.clone(),
                    deposits: one.deposits.iter().map(ToString::to_string).collect(),
                    part: one.part,
                    seal: match &one.stage {
                        Stage::Planned => None,
                        Stage::Sealed { seal, .. } => Some(seal.to_string()),
                    },
                    waits_for_copies: matches!(one.stage, Stage::Sealed { .. })
                        && one
                            .deposits
                            .iter()
                            .any(|deposit| !standing(&ledger.media, deposit, regulation).is_archived()),
                    copies: copies.map(|(copy, of)| (copy.clone(), media::copy(&copy, of))).collect(),
                }
            })
            .collect();
        let until = clock::now().plus_seconds(DUE_DAYS * 24 * 60 * 60);
        let due_lines: Vec<Both> = due(&ledger.media, until, check_days).iter().map(media::due).collect();
        (step, deposits, media_lines, due_lines)
    });
    let content = html! {
        section.card aria-labelledby="tiep" {
            h2 #tiep { "Việc tiếp theo" (en("Next")) }
            (next_step(&step, acts))
            @for one in media_lines.iter().filter(|one| one.waits_for_copies && acts) {
                p { "Ghi bản sao của " (one.id) " rồi đọc lại." (en("Write copies of it and read them back.")) }
                p { a.button href=(format!("/luu-tru/ghi/{}", one.id)) { "Ghi rồi đọc lại" (en("Write and read back")) } }
            }
        }
        @if !missing.is_empty() {
            details { summary { "Còn thiếu " (missing.len()) " mục để hoàn tất năm học" (en("Missing until the year is complete")) }
                ul { @for one in missing.iter().take(ROWS_SHOWN) { li { (said::missing(one, |id| names.get(id))) } } } }
        }
        h2 { "Gói lưu trữ" (en("Deposits")) }
        @if deposits.is_empty() { p { "Chưa có gói lưu trữ nào." (en("No deposit yet.")) } }
        ul { @for (line, stands) in &deposits { li { p { (line) } p.hint { (stands) } } } }
        h2 { "Tủ vật mang" (en("Media")) }
        @if media_lines.is_empty() { p { "Chưa có vật mang nào." (en("No medium yet.")) } }
        @if let Some(number) = house.burns.under_way() { p { a.button href=(format!("/luu-tru/lan-ghi/{number}")) { "Đang ghi hoặc đọc lại: xem tiến độ" (en("Progress")) } } }
        @for MediumShown { id, deposits, part, seal, waits_for_copies, copies } in &media_lines {
            section.card aria-labelledby=(id) {
                h3 id=(id) translate="no" { (id) }
                p { @if seal.is_some() { (Said::new(Colour::Good, ("đã niêm phong", "sealed")).label()) } @else { (Said::new(Colour::Open, ("chờ niêm phong", "waits for its seal")).label()) }
                    " Gói lưu trữ " span translate="no" { (deposits.join(", ")) } @if part.1 > 1 { ", phần " (part.0) "/" (part.1) } "." (en(&format!("Deposit, part {} of {}.", part.0, part.1))) }
                @if let Some(seal) = seal { p.hint { "Mã băm niêm phong: " code { (seal) } (en("Digest of the seal")) } }
                @if seal.is_none() && acts { p { a.button href=(format!("/luu-tru/vat-mang/{id}/niem-phong")) { "Niêm phong bằng con dấu" (en("Seal")) } } }
                @if *waits_for_copies && acts { div.row { a.button.quiet href=(format!("/luu-tru/ghi/{id}")) { "Ghi rồi đọc lại" (en("Write and read back")) } a.button.quiet href=(format!("/luu-tru/bang-tay/{id}")) { "Chép bằng tay" (en("Copy by hand")) } } }
                ul { @for (copy, words) in copies { li { (words) " " a href=(format!("/luu-tru/ban-sao/{copy}")) { "giấy tờ và niêm phong của " (copy) (en("papers and seal")) } } } }
            }
        }
        @if !due_lines.is_empty() { h2 { "Đến hạn đọc lại" (en("Due")) } ul { @for line in &due_lines { li { (line) } } } }
        h2 { "Sổ theo dõi lưu trữ" (en("Register")) }
        p { a.button.quiet href="/luu-tru/so-theo-doi.pdf" target="_blank" rel="noopener" { "Mở để in" (en("Print")) } }
    };
    Ok(page(&house, &visitor, ("Lưu trữ", "Archive"), &content).into_response())
}

/// What the roster asks of the year and is not closed yet. The pupils are those of the lists that are in memory
/// already: reading forty gradebooks takes four times as long as everything else on the page.
async fn missing(house: &Arc<House>, year: &Arc<YearInForce>) -> Result<Vec<Missing>, Fault> {
    let (house, year) = (Arc::clone(house), Arc::clone(year));
    let found = tokio::task::spawn_blocking(move || {
        let lists = house.pupils.lists(&house.reading)?;
        let of_export: HashMap<Sha256, &Listed> = lists.iter().map(|one| (one.export, &**one)).collect();
        let (roster, plans) = (&year.roster.1, &year.plans.1);
        house.reading.look(|ledger| {
            let pupils = pupils_of_year(ledger, roster.year, |export, _| {
                // Locked since the lists were looked at: the next look finds it.
                let list = of_export.get(export).ok_or_else(Fault::busy)?;
                Ok::<_, Fault>(list.pupils.iter().map(|pupil| pupil.id.clone()).collect())
            })?;
            Ok::<_, Fault>(Expected { roster, plans, pupils: &pupils }.missing(ledger, Period::FullYear))
        })
    });
    found.await.map_err(|_| Fault::busy())?
}

fn next_step(step: &Next, acts: bool) -> Markup {
    html! {
        p { (said::step(step, None)) }
        @match step {
            Next::Plan(kind) if acts => form method="post" action="/luu-tru/lap" { input type="hidden" name="loai" value=(kind); button type="submit" { "Lập danh mục" (en("Plan the deposit")) } },
            Next::Build(id) if acts => form method="post" action=(format!("/luu-tru/{id}/dong-goi")) { button type="submit" { "Đóng gói" (en("Pack")) } },
            Next::SignRecord(_) => p { a.button href="/ky" { "Đến trang ký" (en("Sign")) } },
            Next::Seal(id) if acts => p { a.button href=(format!("/luu-tru/{id}/niem-phong")) { "Niêm phong" (en("Seal")) } },
            Next::Media if acts => form method="post" action="/luu-tru/vat-mang" { button type="submit" { "Lập vật mang" (en("Plan media")) } },
            _ => {}
        }
        @if !acts { p.hint { "Văn phòng thực hiện việc này trong phiên của mình." (en("The office does this in its own session.")) } }
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
    house.orders.ask_for(visitor.actor(), move |office, _| plan(office)).await??;
    Ok(Redirect::to("/luu-tru").into_response())
}

/// Packs a deposit.
pub async fn build(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<DepositId>,
) -> Result<Response, Fault> {
    visitor.needs(&[Role::Office])?;
    house.orders.ask_for(visitor.actor(), move |office, _| clerk::build_deposit(office, &id)).await??;
    Ok(Redirect::to("/luu-tru").into_response())
}

/// Plans media.
pub async fn plan_media(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(&[Role::Office])?;
    let plan = move |office: &mut _, _: &mut _| clerk::plan_media(office, &[], Disc::Dvd.bytes());
    house.orders.ask_for(visitor.actor(), plan).await??;
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
        p { "Con dấu của nhà trường niêm phong " strong { (what) } " trong một lần nhập mã PIN; sau đó chương trình đọc lại và kiểm tra toàn bộ." (en("The stamp seals it with one PIN; then everything is read back and checked.")) }
        (with_checkpoint())
        (pin_form(action, &one, "Niêm phong", "Seal"))
        (back("/luu-tru", "Lưu trữ", "Archive"))
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
    ask_stamp(&house, &visitor, id.to_string().as_str(), &order_of_deposit(&id)).await
}

/// The PIN page of a medium.
pub async fn medium_pin(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<MediumId>,
) -> Result<Response, Fault> {
    ask_stamp(&house, &visitor, id.to_string().as_str(), &order_of_medium(&id)).await
}

/// Logs in to the stamp's token once and seals.
async fn with_stamp(
    house: &House,
    visitor: &Visitor,
    (to_sign, order): (ToSign, &str),
    typed: Typed,
    seal: impl FnOnce(&mut StepsFor, AtToken<'_>) -> Result<(), ClerkFault> + Send + 'static,
) -> Result<Response, Fault> {
    let form =
        SignForm { certificate: stamp(house)?, to_sign, may: &[Role::Office], order, done: "/luu-tru" };
    signs(house, visitor, form, typed, seal).await
}

/// Seals a deposit.
pub async fn seal_deposit(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<DepositId>,
    typed: Typed,
) -> Result<Response, Fault> {
    let (to_sign, order) = (ToSign::Deposit { deposit: id.clone() }, order_of_deposit(&id));
    with_stamp(&house, &visitor, (to_sign, &order), typed, move |steps, at| clerk::seal(steps, at, &id)).await
}

/// Seals a medium.
pub async fn seal_medium(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<MediumId>,
    typed: Typed,
) -> Result<Response, Fault> {
    let (to_sign, order) = (ToSign::Medium { medium: id.clone() }, order_of_medium(&id));
    let seal = move |steps: &mut StepsFor, at: AtToken<'_>| clerk::seal_medium(steps, at, &id);
    with_stamp(&house, &visitor, (to_sign, &order), typed, seal).await
}

/// Where the form for the PIN of the stamp is sent.
fn order_of_deposit(id: &DepositId) -> String {
    format!("/luu-tru/{id}/niem-phong")
}

fn order_of_medium(id: &MediumId) -> String {
    format!("/luu-tru/vat-mang/{id}/niem-phong")
}

/// A PDF in its own window.
pub(super) fn shown(pdf: Vec<u8>) -> Response {
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
