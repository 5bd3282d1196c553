//! A signed fixture with an update behind its last signature, as a forger appends it.

use std::path::Path;

use lopdf::{Document, Object};

/// Bytes of a signed fixture.
pub fn signed(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/signed").join(name);
    std::fs::read(path).unwrap()
}

/// `bytes` with one more drawing on the first page.
pub fn drawn_over(bytes: &[u8], drawing: &str) -> Vec<u8> {
    let document = Document::load_mem(bytes).unwrap();
    let page = document.get_pages()[&1];
    let contents = match document.get_dictionary(page).unwrap().get(b"Contents").unwrap() {
        Object::Reference(id) => format!("{} 0 R", id.0),
        other => panic!("contents of the fixture: {other:?}"),
    };
    let written = after(bytes, &format!("\n{} 0 obj\n", page.0));
    let end = written.find("endobj").unwrap();
    let number = document.trailer.get(b"Size").unwrap().as_i64().unwrap();
    let changed = written[..end]
        .replace(&format!("/Contents {contents}"), &format!("/Contents [{contents} {number} 0 R]"));
    assert!(changed.contains(&format!("{number} 0 R]")), "the page has been changed");
    let mut out = bytes.to_vec();
    let page_at = out.len();
    out.extend(format!("{} 0 obj\n{changed}endobj\n", page.0).bytes());
    let drawing_at = out.len();
    out.extend(
        format!("{number} 0 obj\n<< /Length {} >>\nstream\n{drawing}\nendstream\nendobj\n", drawing.len())
            .bytes(),
    );
    let section = out.len();
    let root = document.trailer.get(b"Root").unwrap().as_reference().unwrap().0;
    out.extend(
        format!(
            "xref\n{} 1\n{page_at:010} 00000 n \n{number} 1\n{drawing_at:010} 00000 n \ntrailer\n\
             << /Size {} /Root {root} 0 R /Prev {} >>\nstartxref\n{section}\n%%EOF\n",
            page.0,
            number + 1,
            startxref(bytes)
        )
        .bytes(),
    );
    out
}

fn after<'a>(bytes: &'a [u8], mark: &str) -> std::borrow::Cow<'a, str> {
    let at = bytes.windows(mark.len()).position(|window| window == mark.as_bytes()).unwrap();
    String::from_utf8_lossy(&bytes[at + mark.len()..])
}

fn startxref(bytes: &[u8]) -> usize {
    let mark = b"startxref\n";
    let at = bytes.windows(mark.len()).rposition(|window| window == mark).unwrap() + mark.len();
    String::from_utf8_lossy(&bytes[at..]).lines().next().unwrap().parse().unwrap()
}
