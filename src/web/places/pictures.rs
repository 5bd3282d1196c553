//! Hình chữ ký và hình dấu: pictures that head and stamp sign with (NĐ 30/2020/NĐ-CP), taken in while a year is
//! prepared. They stand in the roster, so principal and stamp put them in force with their signatures.

use std::sync::Arc;

use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use school::identifier::PersonId;
use school::limits::{SCAN_WIDTH_LEAST_MM, SCAN_WIDTH_MM};
use school::roster::PersonPicture;

use super::drawing_up::changeable;
use crate::accounts::Role;
use crate::clerk;
use crate::web::draft::Duty;
use crate::web::fault::Fault;
use crate::web::frame::{self, back, below, en, page, plain};
use crate::web::house::House;
use crate::web::visitor::Visitor;

const MAY: &[Role] = &[Role::Admin];
const HERE: &str = "/cau-hinh/hinh";
/// The round stamp of a school usually measures so much across.
const STAMP_WIDTH_MM: u16 = 36;

/// A picture as it is drawn into documents, in its size on paper.
///
/// Errors: it is not kept.
pub fn shown(house: &House, picture: &PersonPicture, whose: &str) -> Result<Markup, Fault> {
    let png = house.reading.picture(&picture.sha256)?;
    let (width_mm, height_mm) = picture.size_mm();
    let mm = |size: f32| format!("{size:.1}").trim_end_matches(".0").to_owned();
    let (width, height) = (mm(width_mm), mm(height_mm));
    Ok(html! {
        img.picture src=(format!("data:image/png;base64,{}", STANDARD.encode(png))) width=(picture.width / 2) height=(picture.height / 2) alt=(plain(format!("Hình của {whose}"), "Picture"));
        p.hint { "Trên giấy rộng " (width.replace('.', ",")) " mm, cao " (height.replace('.', ",")) " mm." (en(&format!("On paper {width} mm wide, {height} mm high."))) }
        p.hint { "SHA-256 " code { (picture.sha256) } }
    })
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let draft = changeable(&house)?;
    let mut with = Vec::new();
    for one in &draft.people {
        if let Some(picture) = &one.picture {
            with.push((one, shown(&house, picture, &one.name)?));
        }
    }
    // Whoever signs for the school comes first in the list; nobody is chosen by that.
    let mut people = frame::by_given_name(&draft.people, |one| &one.name);
    people.sort_by_key(|one| {
        (
            !one.duties.contains(&Duty::Stamp),
            !one.duties.contains(&Duty::Principal),
            !one.title.starts_with("Phó"),
        )
    });
    let content = html! {
        p { "Chữ ký của người đứng đầu và con dấu hiện bằng hình trên hồ sơ, theo Nghị định 30/2020/NĐ-CP: tệp PNG nền trong suốt, dấu màu đỏ, chữ ký màu xanh. Không có hình thì ô ký ghi họ tên và thời gian. Hình nằm trong danh sách nhân sự mà Hiệu trưởng và con dấu sẽ ký." }
        (below("Pictures of signatures and of the stamp: PNG with a transparent ground. Principal and stamp put them in force by signing the roster."))
        @for (one, picture) in &with {
            section.card aria-label=(plain(format!("Hình của {}", one.name), "Picture")) {
                h2 translate="no" { (one.name) " " small { (one.title) } }
                (picture)
                form method="post" action=(format!("{HERE}/{}/bo", one.id)) { button.danger type="submit" { "Bỏ hình của " span translate="no" { (one.name) } (en("Leave it out")) } }
            }
        }
        @if with.is_empty() { p { "Chưa có hình nào." (en("No picture yet.")) } }
        @if people.is_empty() { p { "Bảng người còn trống: lưu bảng người trước." (en("Save the table of people first.")) } } @else {
            section.card aria-labelledby="nap" {
                h2 #nap { "Nạp hình" (en("Take a picture in")) }
                form method="post" action=(HERE) enctype="multipart/form-data" {
                    label for="nguoi" { "Của ai" (en("Whose")) }
                    select #nguoi name="nguoi" required translate="no" { (frame::to_choose()) @for one in &people { option value=(one.id) { (one.name) " – " (one.title) } } }
                    label for="rong" { "Rộng bao nhiêu milimét trên giấy" (en("Width on paper, mm")) }
                    input #rong type="number" name="rong" min=(SCAN_WIDTH_LEAST_MM) max=(SCAN_WIDTH_MM) value=(STAMP_WIDTH_MM) required;
                    p.hint { "Con dấu: đúng cỡ thật, dấu tròn của trường thường 36 mm. Chữ ký: 30 đến 45 mm." (en("The stamp in its true size, usually 36 mm; signatures 30 to 45 mm.")) }
                    label for="tep" { "Tệp .png nền trong suốt, không quá 512 KB" (en("File, at most 512 KB")) }
                    input #tep type="file" name="tep" accept="image/png" required;
                    div.row { button type="submit" { "Nạp hình" (en("Take it in")) } }
                }
            }
        }
        (back("/cau-hinh/nam-hoc", "Chuẩn bị năm học", "Prepare the year"))
    };
    Ok(page(&house, &visitor, ("Hình chữ ký và hình dấu", "Signatures and stamp"), &content).into_response())
}

fn broken(error: MultipartError) -> Fault {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::of(StatusCode::PAYLOAD_TOO_LARGE, "picture.too_large"),
        _ => Fault::form(),
    }
}

/// Takes a picture in.
pub async fn take(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    mut parts: Multipart,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    changeable(&house)?;
    let (mut person, mut width_mm, mut file) = (None, None, None);
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        match part.name() {
            Some("nguoi") => person = part.text().await.map_err(broken)?.parse::<PersonId>().ok(),
            Some("rong") => width_mm = part.text().await.map_err(broken)?.trim().parse::<u16>().ok(),
            Some("tep") => file = Some(part.bytes().await.map_err(broken)?),
            _ => return Err(Fault::form()),
        }
    }
    let (Some(person), Some(width_mm), Some(file)) = (person, width_mm, file) else {
        return Err(Fault::form());
    };
    let kept = house.orders.ask(move |office, _| clerk::keep_picture(office, &file, width_mm)).await??;
    set(&house, &person, Some(kept))
}

/// Does without the picture of a person. What was kept stays: a roster that was signed may name it.
pub async fn leave_out(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(person): Path<PersonId>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    set(&house, &person, None)
}

fn set(house: &House, person: &PersonId, picture: Option<PersonPicture>) -> Result<Response, Fault> {
    // Read again: somebody may have saved another table meanwhile.
    let mut draft = changeable(house)?;
    let drafted = draft.people.iter_mut().find(|one| one.id == *person).ok_or_else(Fault::form)?;
    drafted.picture = picture;
    house.keep_draft(&draft)?;
    Ok(Redirect::to(HERE).into_response())
}
