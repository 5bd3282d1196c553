//! Pages before and after a change, as an inspector sees them in the page of `niemphong verify --html`.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/signed_fixture.rs"]
mod signed_fixture;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use signed_fixture::{drawn_over, signed};

/// A yellow field over the middle of the page, as a shadow attack shows another amount.
const COVER: &str = "q 1 1 0.6 rg 100 300 300 100 re f Q";

fn house(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn verify(place: &Path, bytes: &[u8], more: &[&str]) -> (Output, String) {
    let (pdf, page) = (place.join("a.pdf"), place.join("a.html"));
    fs::write(&pdf, bytes).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_niemphong"))
        .args(["verify", "--at", "2026-11-30T05:00:00+07:00", "--trust"])
        .args([&house("certs/test"), &pdf])
        .arg("--html")
        .arg(&page)
        .args(more)
        .output()
        .unwrap();
    (output, fs::read_to_string(page).unwrap())
}

/// The pictures of a page, in their order.
fn pictures(page: &str) -> Vec<Vec<u8>> {
    let mark = "src=\"data:image/png;base64,";
    page.split(mark).skip(1).map(|rest| STANDARD.decode(rest.split('"').next().unwrap()).unwrap()).collect()
}

#[test]
fn a_page_that_was_covered_after_signing_is_shown_before_and_after() {
    let place = tempfile::tempdir().unwrap();
    let (output, page) = verify(place.path(), &drawn_over(&signed("hoc-ba.pdf"), COVER), &[]);
    assert_eq!(output.status.code(), Some(3));
    let pictures = pictures(&page);
    assert_eq!(pictures.len(), 2, "one page, twice");
    assert!(pictures.iter().all(|one| one.starts_with(b"\x89PNG")));
    assert_ne!(pictures[0], pictures[1]);
    // 842 pt high: the cover reaches from 442 to 542 pt below the upper edge.
    assert!(page.contains("Trang 1 khác với bản đã có dấu thời gian"), "{page}");
    assert!(page.contains("từ 52 % đến 65 % chiều cao trang"), "{page}");
    assert!(page.contains("Trang khác với bản đã ký"), "the facts name the page");
}

#[test]
fn honest_documents_and_unsigned_ones_show_no_picture() {
    for name in ["hoc-ba.pdf", "so-diem.pdf", "hoc-ba__waits-for-principal.pdf"] {
        let place = tempfile::tempdir().unwrap();
        let (_, page) = verify(place.path(), &signed(name), &[]);
        assert!(pictures(&page).is_empty() && !page.contains("trước và sau"), "{name}");
    }
}

#[test]
fn what_is_appended_without_an_end_is_looked_for_with_other_eyes() {
    // No %%EOF: the update belongs to no revision, so no object tells which page it changes.
    let place = tempfile::tempdir().unwrap();
    let mut bytes = drawn_over(&signed("hoc-ba.pdf"), COVER);
    bytes.truncate(bytes.windows(5).rposition(|window| window == b"%%EOF").unwrap());
    let (output, page) = verify(place.path(), &bytes, &[]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(pictures(&page).len(), 2, "{page}");
}

#[test]
fn where_no_earlier_state_is_left_the_page_says_so() {
    let place = tempfile::tempdir().unwrap();
    let mut bytes = signed("hoc-ba.pdf");
    let at = bytes.windows(7).position(|window| window == b"stream\n").unwrap() + 40;
    bytes[at] ^= 1;
    let (output, page) = verify(place.path(), &bytes, &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(pictures(&page).is_empty() && page.contains("bị sửa tại chỗ"), "{page}");
}
