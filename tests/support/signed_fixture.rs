//! A signed fixture with an update behind its last signature, as a forger appends it.

use std::path::Path;

use lopdf::{Document, IncrementalDocument, Object, Stream, dictionary};

/// Bytes of a signed fixture.
pub fn signed(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/signed").join(name);
    std::fs::read(path).unwrap()
}

/// `bytes` with one more drawing on the first page.
pub fn drawn_over(bytes: &[u8], drawing: &str) -> Vec<u8> {
    let document = Document::load_mem(bytes).unwrap();
    let page = document.get_pages()[&1];
    let mut update = IncrementalDocument::create_from(bytes.to_vec(), document);
    update.opt_clone_object_to_new_document(page).unwrap();
    let drawing = Stream::new(dictionary! {}, drawing.as_bytes().to_vec());
    let drawing = Object::Reference(update.new_document.add_object(drawing));
    let page = update.new_document.get_object_mut(page).unwrap().as_dict_mut().unwrap();
    let contents = page.get(b"Contents").unwrap().clone();
    assert!(matches!(contents, Object::Reference(_)), "contents of the fixture: {contents:?}");
    page.set("Contents", vec![contents, drawing]);
    let mut out = Vec::new();
    update.save_to(&mut out).unwrap();
    assert!(out.starts_with(bytes), "nothing before the update has changed");
    out
}
