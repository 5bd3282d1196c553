//! Ghi vật mang: what, where, confirm; then the phases, and at the end a copy that was read back. Nothing says
//! "xong" before it was.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::medium::{CopyId, MediumId, MediumKind};
use school::records::media_frame::{Device, Format};
use serde::Deserialize;

use crate::accounts::Role;
use crate::lifecycle::medium::Stage;
use crate::web::burns::{Burn, Task};
use crate::web::fault::Fault;
use crate::web::frame::{self, back, below, en, page, plain};
use crate::web::house::House;
use crate::web::places::how_far::{HowFar, follow};
use crate::web::visitor::Visitor;
use crate::wording::{Both, amounts, both, burning as said, media};

const MAY: &[Role] = &[Role::Office];
/// The code of what somebody stopped.
const CANCELLED: &str = "medium.cancelled";
const TITLE: (&str, &str) = ("Ghi vật mang", "Write a medium");

/// A sealed medium: how many bytes its copies take, and its deposits.
fn sealed(house: &House, medium: &MediumId) -> Result<(u64, Vec<String>), Fault> {
    let found = house.reading.look(|ledger| {
        let one = ledger.media.get(medium)?;
        let Stage::Sealed { bytes, .. } = one.stage else { return None };
        Some((bytes, one.deposits.iter().map(ToString::to_string).collect()))
    });
    found.ok_or_else(Fault::not_found)
}

/// Steps one and two: what, and where.
pub async fn choose(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(medium): Path<MediumId>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (bytes, deposits) = sealed(&house, &medium)?;
    let devices = house.devices().await?;
    let content = html! {
        (under_way(&house))
        section.card aria-labelledby="gi" {
            h2 #gi { "1. Ghi gì" (en("What")) }
            p { strong { (medium) } ", khoảng " (amounts::bytes(bytes).vi) ", gồm " (deposits.join(", ")) ". Bản ghi đã được niêm phong và kiểm tra trước khi ghi." (en("Sealed, and checked before it is written.")) }
        }
        h2 { "2. Ghi vào đâu" (en("Where")) }
        (device_list(&devices, &format!("/luu-tru/ghi/{medium}")))
        details {
            summary { "Không thấy thiết bị của mình?" (en("Your device is not here?")) }
            p { "Cắm ổ ghi đĩa, USB hoặc ổ cứng rời vào máy chủ rồi tải lại trang. Nếu phải ghi bằng máy khác: " a href=(format!("/luu-tru/bang-tay/{medium}")) { "chép bằng tay" } ", hoặc tại máy chủ:" (en("Plug a drive, stick or disk into the server and reload. From another computer: copy by hand, or at the server:")) }
            pre tabindex="0" { "niemphong archive media files " (medium) "\nniemphong archive media begin " (medium) " --on stick --device \"tên thiết bị\"\nniemphong archive media read-back " (medium) "-1 /duong-dan" }
        }
        (back("/luu-tru", "Lưu trữ", "Archive"))
    };
    Ok(page(&house, &visitor, TITLE, &content).into_response())
}

fn under_way(house: &House) -> Markup {
    html! {
        @if let Some(number) = house.burns.under_way() {
            div.notice.open role="note" { p { strong { "Đang có một lần ghi hoặc đọc lại. " } a href=(format!("/luu-tru/lan-ghi/{number}")) { "Xem tiến độ" (en("Something is being written or read: how far it is")) } } }
        }
    }
}

fn device_list(devices: &[Device], ahead: &str) -> Markup {
    html! {
        @if devices.is_empty() { p { (said::no_devices()) } }
        div.cards { @for one in devices {
            section.card aria-label=(named(one)) {
                p.big { (media::kind(one.kind)) }
                p translate="no" { (one.identity.vendor) " " (one.identity.model) " " (one.identity.serial) " " code { (one.node) } }
                @match &one.unusable {
                    None => {
                        p { "ghi được " (amounts::bytes(one.room_bytes).vi) (en(&format!("room for {}", amounts::bytes(one.room_bytes).en))) }
                        p { a.button href=(format!("{ahead}/{}", one.identity.sha256())) { "Chọn" (en("Choose")) } }
                    }
                    Some(refused) => { (frame::words(&refused.code)) @if !refused.names.is_empty() { ul { @for name in &refused.names { li { code { (name) } } } } } }
                }
            }
        } }
    }
}

/// Its name for a screen reader; several may be of one model.
fn named(device: &Device) -> String {
    let name = format!("{} {}", device.identity.model, device.identity.serial);
    plain(format!("Thiết bị: {name}"), format!("Device: {name}"))
}

async fn chosen(house: &House, device: Sha256) -> Result<Device, Fault> {
    let gone = || Fault::of(StatusCode::CONFLICT, "medium.no_device");
    house.devices().await?.into_iter().find(|one| one.identity.sha256() == device).ok_or_else(gone)
}

/// Step three: confirm.
pub async fn confirm(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((medium, device)): Path<(MediumId, Sha256)>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (bytes, _) = sealed(&house, &medium)?;
    let one = chosen(&house, device).await?;
    let content = html! {
        (under_way(&house))
        h2 { "3. Xác nhận" (en("Confirm")) }
        dl {
            dt { "Ghi" (en("Write")) } dd { (medium) ", khoảng " (amounts::bytes(bytes).vi) (en(&format!("about {}", amounts::bytes(bytes).en))) }
            dt { "Vào" (en("Onto")) } dd { (media::kind(one.kind)) " " span translate="no" { (one.identity.vendor) " " (one.identity.model) " " (one.identity.serial) } }
        }
        p { (what_happens(one.kind)) }
        form method="post" action=(format!("/luu-tru/ghi/{medium}/{device}")) {
            @if one.kind == MediumKind::Optical { input type="hidden" name="dinh_dang" value="udf"; }
            @else {
                label for="dinh-dang" { "Định dạng của vật mang còn trống" (en("Format of an empty one")) }
                select #dinh-dang name="dinh_dang" { option value="udf" { (plain("UDF – khóa chống ghi được", "can be locked"))  } option value="fat" { (plain("FAT32 – cho máy cũ", "for old computers")) } }
            }
            label.tick { input type="checkbox" required; "Tôi đã đối chiếu tên thiết bị với vật đang cắm" (en("I have compared the device with what is plugged in")) }
            div.row { button type="submit" { "Ghi rồi đọc lại" (en("Write and read back")) } a.button.quiet href=(format!("/luu-tru/ghi/{medium}")) { "← Chọn thiết bị khác" (en("Another device")) } }
        }
    };
    Ok(page(&house, &visitor, TITLE, &content).into_response())
}

/// What writing does to it, and what stopping would.
fn what_happens(kind: MediumKind) -> Both {
    match kind {
        MediumKind::Optical => both(
            "Đĩa được ghi một lần rồi đóng lại, không ghi thêm được nữa. Dừng giữa chừng là hỏng đĩa.",
            "The disc is written once and closed. Stopping half-way spoils it.",
        ),
        MediumKind::Stick => both(
            "USB được định dạng, ghi, rồi khóa chống ghi. Dừng giữa chừng thì lần sau ghi tiếp.",
            "The stick is formatted, written, then locked. Stopped half-way, it is gone on with.",
        ),
        MediumKind::Disk => both(
            "Ổ cứng chuyên dụng nhận thêm một thư mục; các lần ghi trước được đọc lại trước và không bị đụng tới.",
            "The disk gets one more folder; what was written before is read back first and left alone.",
        ),
    }
}

/// The format of a medium that is still empty.
#[derive(Deserialize)]
pub struct FormatForm {
    dinh_dang: String,
}

/// Begins to write.
pub async fn write(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((medium, device)): Path<(MediumId, Sha256)>,
    Form(form): Form<FormatForm>,
) -> Result<Response, Fault> {
    let by = visitor.needs(MAY)?.person.clone();
    sealed(&house, &medium)?;
    let format: Format = form.dinh_dang.parse().map_err(|_| Fault::form())?;
    let device = chosen(&house, device).await?;
    let number = house.begin_burn(Task::Write(medium, format, by), device, visitor.actor())?;
    Ok(Redirect::to(&format!("/luu-tru/lan-ghi/{number}")).into_response())
}

/// Where a copy is to be read again.
pub async fn choose_to_check(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(copy): Path<CopyId>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let on = house
        .reading
        .look(|ledger| ledger.media.copy(&copy).map(|one| one.on))
        .ok_or_else(Fault::not_found)?;
    let devices: Vec<Device> = house.devices().await?.into_iter().filter(|one| one.kind == on).collect();
    let content = html! {
        (under_way(&house))
        p { "Đặt " strong { (copy) } " vào thiết bị rồi chọn. Đọc lại từ đầu đến cuối, so với sổ theo dõi; không ghi gì vào vật mang." (en("Put it into a device and choose. It is read from beginning to end and compared with the register; nothing is written.")) }
        @if devices.is_empty() { p { "Chưa thấy thiết bị loại " (media::kind(on).vi) " nào ở máy chủ." (en("No device of this kind is plugged in.")) } }
        @for one in &devices {
            section.card aria-label=(named(one)) {
                p translate="no" { (one.identity.vendor) " " (one.identity.model) " " (one.identity.serial) " " code { (one.node) } }
                form method="post" action=(format!("/luu-tru/doc-lai/{copy}/{}", one.identity.sha256())) { button type="submit" { "Đọc lại ở đây" (en("Read it here")) } }
            }
        }
        p.way { a href=(format!("/luu-tru/ban-sao/{copy}")) { "← " (copy) } }
    };
    Ok(page(&house, &visitor, ("Đọc lại", "Read again"), &content).into_response())
}

/// Begins to read a copy again.
pub async fn check(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((copy, device)): Path<(CopyId, Sha256)>,
) -> Result<Response, Fault> {
    let by = visitor.needs(MAY)?.person.clone();
    let device = chosen(&house, device).await?;
    let number = house.begin_burn(Task::Check(copy, by), device, visitor.actor())?;
    Ok(Redirect::to(&format!("/luu-tru/lan-ghi/{number}")).into_response())
}

fn burn(house: &House, visitor: &Visitor, number: u64) -> Result<Arc<Burn>, Fault> {
    visitor.needs(MAY)?;
    house.burns.get(number).ok_or_else(Fault::not_found)
}

fn how_far(burn: &Burn) -> HowFar {
    let now = burn.progress();
    HowFar {
        done: now.map_or(0, |now| now.done_bytes.min(now.of_bytes)),
        of: now.map_or(1, |now| now.of_bytes),
        state: now.map_or_else(|| both("Đang chuẩn bị", "Preparing"), |now| said::phase(now.phase)),
        figures: now.as_ref().and_then(said::figures),
        over: burn.outcome().is_some(),
    }
}

/// How far it is, then what came of it.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(number): Path<u64>,
) -> Result<Response, Fault> {
    let burn = burn(&house, &visitor, number)?;
    let (of, is_writing) = match &burn.task {
        Task::Write(medium, ..) => (medium.to_string(), true),
        Task::Check(copy, _) => (copy.to_string(), false),
    };
    let content = match burn.outcome() {
        None => {
            html! {
                div data-tien-do=(format!("/luu-tru/lan-ghi/{number}/tien-do")) {
                    p { span translate="no" { strong { (of) } " – " (burn.device.identity.vendor) " " (burn.device.identity.model) } ", từ " (burn.begun.vietnamese()) (en("since")) }
                    (how_far(&burn).place())
                    noscript { meta http-equiv="refresh" content="3"; }
                    p { "Đừng rút thiết bị. Đóng trang này không dừng việc; mọi người vẫn ký được." (en("Leave the device in. Closing this page stops nothing, and people go on signing.")) }
                    form method="post" action=(format!("/luu-tru/lan-ghi/{number}/dung")) {
                        @if is_writing && burn.device.kind == MediumKind::Optical { p.hint { "Dừng bây giờ là hỏng đĩa." (en("Stopping now spoils the disc.")) } }
                        button.danger type="submit" { "Dừng" (en("Stop")) }
                    }
                }
            }
        }
        Some(Ok(copy)) => html! {
            p.signing.over role="status" { "RÚT ĐƯỢC RỒI" (en("It may be taken out")) }
            p { @if is_writing { (said::written(&copy, burn.device.kind)) } @else { (said::checked(&copy, false)) } }
            div.row { a.button href=(format!("/luu-tru/ban-sao/{copy}")) { "Giấy tờ và dán niêm phong" (en("Papers and seal")) } a.button.quiet href="/luu-tru" { "Lưu trữ" (en("Archive")) } }
        },
        // Whoever stops a reading has done nothing wrong, and nothing came of it.
        Some(Err(stopped)) if !is_writing && stopped.code == CANCELLED => html! {
            div.notice.open role="status" { p { strong { "Đã dừng đọc lại theo yêu cầu." } " Bản sao vẫn như trước; lần sau đọc lại từ đầu." } (below("Reading was stopped as asked. The copy stands as before; the next reading begins anew.")) }
            div.row { a.button href=(format!("/luu-tru/ban-sao/{of}")) { "Trang của bản sao" (en("The copy")) } a.button.quiet href="/luu-tru" { "Về trang Lưu trữ" (en("Archive")) } }
        },
        Some(Err(stopped)) => html! {
            (frame::words(&stopped.code))
            @if !stopped.names.is_empty() { ul { @for name in &stopped.names { li { code { (name) } } } } }
            p { "Bản sao này không được tính là đã lưu trữ." (en("This copy does not count as archived.")) }
            div.row {
                @if let Task::Check(copy, _) = &burn.task { a.button.quiet href=(format!("/luu-tru/ban-sao/{copy}")) { "Trang của bản sao" (en("The copy")) } }
                a.button href="/luu-tru" { "Về trang Lưu trữ" (en("Archive")) }
            }
        },
    };
    let title = if is_writing { format!("{} {of}", TITLE.0) } else { format!("Đọc lại {of}") };
    let english = if is_writing { TITLE.1 } else { "Read again" };
    Ok(page(&house, &visitor, (&title, english), &content).into_response())
}

/// How far it is, as events.
pub async fn progress(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(number): Path<u64>,
) -> Result<Response, Fault> {
    let burn = burn(&house, &visitor, number)?;
    Ok(follow(move || Some(how_far(&burn))))
}

/// Stops it.
pub async fn stop(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(number): Path<u64>,
) -> Result<Response, Fault> {
    burn(&house, &visitor, number)?.stop(visitor.actor());
    Ok(Redirect::to(&format!("/luu-tru/lan-ghi/{number}")).into_response())
}
