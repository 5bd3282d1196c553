//! Chép bằng tay: where the server has no drive, somebody copies the files of a medium elsewhere. The copy is begun in
//! the register first, and counts only when what was brought back is read here from its beginning to its end.

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use school::digest::Sha256;
use school::limits::ROWS_SHOWN;
use school::medium::{CopyId, MediumId, MediumKind};
use serde::Deserialize;

use crate::accounts::Role;
use crate::clerk;
use crate::lifecycle::medium::{CopyStage, Stage};
use crate::web::fault::Fault;
use crate::web::frame::{back, below, en, page, plain};
use crate::web::house::House;
use crate::web::places::copies::can_be_read;
use crate::web::visitor::Visitor;
use crate::wording::{amounts, media};

const MAY: &[Role] = &[Role::Office];
/// What lies in the root of every medium.
const BAG: &str = "bagit.txt";
/// Folders below a place where sticks are mounted: by user, then by label.
const DEEPEST: usize = 3;

/// Folders on mounted sticks and disks that hold a bag. Nobody types a path: only what is listed is read.
fn bags(places: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut looked: Vec<(PathBuf, usize)> = places.iter().map(|place| (place.clone(), 0)).collect();
    while let Some((folder, depth)) = looked.pop() {
        if folder.join(BAG).is_file() {
            found.push(folder);
        } else if depth < DEEPEST && found.len() < ROWS_SHOWN {
            let inside = std::fs::read_dir(&folder).into_iter().flatten().flatten();
            // A link would lead to somewhere else than the stick.
            let folders = inside.filter(|one| one.file_type().is_ok_and(|kind| kind.is_dir()));
            looked.extend(folders.map(|one| (one.path(), depth + 1)));
        }
    }
    found.sort();
    found
}

/// The page.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(medium): Path<MediumId>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (bytes, copies) = house
        .reading
        .look(|ledger| {
            let one = ledger.media.get(&medium)?;
            let Stage::Sealed { bytes, .. } = one.stage else { return None };
            let copies = ledger
                .media
                .copies()
                .filter(|(id, copy)| id.medium == medium && may_be_read(copy.on, &copy.stage));
            Some((bytes, copies.map(|(id, copy)| (media::copy(&id, copy), id)).collect::<Vec<_>>()))
        })
        .ok_or_else(Fault::not_found)?;
    let mounts = house.settings.mounts.clone();
    let seen = tokio::task::spawn_blocking(move || bags(&mounts)).await.map_err(|_| Fault::busy())?;
    let content = html! {
        p { "Dùng khi máy chủ không có ổ ghi hoặc phải ghi bằng máy khác. Bản chép chỉ được tính khi đã đọc lại ở đây từ đầu đến cuối và khớp từng tệp." }
        (below("For a copy that is made elsewhere: it counts once it was read back here, every file of it."))
        section.card aria-labelledby="tep" {
            h2 #tep { "1. Danh sách tệp" (en("Files")) }
            p { strong { (medium) } ", khoảng " (amounts::bytes(bytes).vi) ". Chép đúng mọi tệp với đúng tên vào thư mục gốc của USB trống (hoặc thư mục " code { "lan-1" } ", " code { "lan-2" } "… của ổ cứng chuyên dụng)." (en("Copy every file with its name to the root of an empty stick, or to such a folder of the dedicated disk.")) }
            p { a.button.quiet href=(format!("/luu-tru/bang-tay/{medium}/danh-sach.txt")) { "Tải danh sách: SHA-256, tên, nơi lấy" (en("List of files")) } }
        }
        section.card aria-labelledby="bat-dau" {
            h2 #bat-dau { "2. Ghi vào sổ trước khi chép" (en("Begin in the register")) }
            form method="post" action=(format!("/luu-tru/bang-tay/{medium}")) {
                label for="loai" { "Chép vào" (en("Onto")) }
                select #loai name="loai" { @for kind in [MediumKind::Stick, MediumKind::Disk] { option value=(kind) { (plain(media::kind(kind).vi, media::kind(kind).en)) } } }
                label for="thiet-bi" { "Hãng, kiểu và số máy ghi trên vật mang" (en("Make, model and serial")) }
                input #thiet-bi type="text" name="thiet_bi" required maxlength="100" autocomplete="off";
                div.row { button type="submit" { "Bắt đầu một bản sao" (en("Begin a copy")) } }
            }
        }
        section.card aria-labelledby="doc-lai" {
            h2 #doc-lai { "3. Cắm lại vào máy chủ và đọc lại" (en("Read it back")) }
            @if copies.is_empty() { p { "Chưa có bản sao USB hay ổ cứng nào của vật mang này." (en("There is no copy on a stick or disk yet.")) } }
            @else if seen.is_empty() {
                ul { @for (words, _) in &copies { li { (words) } } }
                p { "Chưa thấy USB hay ổ cứng nào đã gắn có " code { (BAG) } " ở máy chủ. Cắm vào, đợi hệ thống gắn rồi tải lại trang." (en("No mounted stick or disk holds one. Plug it in, wait, and reload.")) }
            } @else {
                form method="post" action=(format!("/luu-tru/bang-tay/{medium}/doc-lai")) {
                    // Both are told apart by their last words, which a list that folds up would cut.
                    fieldset { legend { "Bản sao" (en("Copy")) }
                        @for (words, id) in &copies { label.tick { input type="radio" name="ban_sao" value=(id) required checked[copies.len() == 1]; span { (words) } } }
                    }
                    fieldset { legend { "Thư mục đang gắn" (en("Mounted folder")) }
                        @for folder in &seen { label.tick { input type="radio" name="thu_muc" value=(folder.display()) required checked[seen.len() == 1]; code translate="no" { (folder.display()) } } }
                    }
                    p.hint { "Bản chép khác một tệp là hỏng: sổ theo dõi ghi lại, bản đó không dùng nữa." (en("One file that differs spoils the copy: the register says so, and it is used no more.")) }
                    div.row { button type="submit" { "Đọc lại từ đầu đến cuối" (en("Read it back")) } }
                }
            }
        }
        (back("/luu-tru", "Lưu trữ", "Archive"))
    };
    Ok(page(&house, &visitor, ("Chép bằng tay", "Copy by hand"), &content).into_response())
}

/// A disc is read through its drive.
fn may_be_read(on: MediumKind, stage: &CopyStage) -> bool {
    on != MediumKind::Optical && can_be_read(stage)
}

/// The list of files, as `sha256sum` writes it, each with where it is taken from.
pub async fn list(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(medium): Path<MediumId>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let of = medium.clone();
    let files = house.orders.ask(move |office, _| clerk::files_of_medium(office, &of)).await??;
    let store = house.data.join("kho");
    let line = |file: &school::records::media_frame::PlacedFile| {
        format!("{}  {}  {}\n", file.sha256, file.name, store.join(&file.place).display())
    };
    let text: String = files.iter().map(line).collect();
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{medium}.txt\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CONTENT_DISPOSITION, name.map_err(|_| Fault::not_found())?),
    ];
    Ok((headers, text).into_response())
}

/// What is copied onto.
#[derive(Deserialize)]
pub struct BeginForm {
    loai: String,
    thiet_bi: String,
}

/// Begins a copy.
pub async fn begin(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(medium): Path<MediumId>,
    Form(form): Form<BeginForm>,
) -> Result<Response, Fault> {
    visitor.needs_person(MAY)?;
    let on: MediumKind = form.loai.parse().map_err(|_| Fault::form())?;
    let device = form.thiet_bi.trim().to_owned();
    if device.is_empty() || on == MediumKind::Optical {
        return Err(Fault::form());
    }
    let of = medium.clone();
    let begun = house.orders.ask_for(visitor.actor(), move |office, _| {
        clerk::begin_copy(office, &of, on, (Sha256::of(device.as_bytes()), None))
    });
    begun.await??;
    Ok(Redirect::to(&format!("/luu-tru/bang-tay/{medium}")).into_response())
}

/// What is read back, and where it lies.
#[derive(Deserialize)]
pub struct ReadBackForm {
    ban_sao: CopyId,
    thu_muc: String,
}

/// Reads a copy back.
pub async fn read_back(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(medium): Path<MediumId>,
    Form(form): Form<ReadBackForm>,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(MAY)?;
    let wanted = PathBuf::from(form.thu_muc);
    if form.ban_sao.medium != medium || !is_listed(&house.settings.mounts, &wanted) {
        return Err(Fault::form());
    }
    let copy = form.ban_sao.clone();
    // Beside the owner of the office: people sign meanwhile.
    let found = tokio::task::spawn_blocking(move || clerk::read_folder(&wanted)).await;
    let found = found.map_err(|_| Fault::busy())??;
    let settled =
        house.orders.ask_to_the_end(move |office, _| clerk::settle_folder(office, &copy, &found, Some(by)));
    settled.await??;
    Ok(Redirect::to(&format!("/luu-tru/ban-sao/{}", form.ban_sao)).into_response())
}

fn is_listed(mounts: &[PathBuf], wanted: &FilePath) -> bool {
    bags(mounts).iter().any(|folder| folder == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bags_on_what_is_mounted_are_read_and_no_link_leads_elsewhere() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (mounts, elsewhere) = (folder.path().join("media"), folder.path().join("kho"));
        let (stick, disk) = (mounts.join("an/USB-1"), mounts.join("an/O-CUNG/lan-2"));
        for bag in [&stick, &disk, &elsewhere] {
            std::fs::create_dir_all(bag).expect("a folder");
            std::fs::write(bag.join(BAG), "BagIt-Version: 1.0\n").expect("a file");
        }
        std::fs::create_dir_all(mounts.join("an/TRONG")).expect("a folder without a bag");
        std::os::unix::fs::symlink(&elsewhere, mounts.join("an/LINK")).expect("a link");
        let places = [mounts.clone()];
        assert_eq!(bags(&places), [disk, stick.clone()]);
        assert!(is_listed(&places, &stick));
        for other in [elsewhere, mounts.join("an/LINK"), mounts.join("an/../an/USB-1"), mounts] {
            assert!(!is_listed(&places, &other), "{}", other.display());
        }
    }
}
