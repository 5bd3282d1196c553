//! Updates that leave the drawn page alone and change what it means: letters behind glyphs, structure, files
//! inside, labels, layers, form data, permissions, and values written so that two readers read two things.

use lopdf::{Dictionary, Object};

use crate::file::{Update, of_dictionary, stream, with, write_object};
use crate::victims::{Expected, Forgery, Victim, judge_all};

const CHANGED: &[&str] = &["REVISION_KIND", "REVISION_ORDER"];

const fn change(foreign: &'static [&'static str]) -> Expected {
    Expected { school: CHANGED, foreign }
}

/// By both policies for the same reasons.
const fn both(codes: &'static [&'static str]) -> Expected {
    Expected { school: codes, foreign: codes }
}

fn catalog(victim: &Victim, entries: &[(&str, &str)]) -> Option<Vec<u8>> {
    let file = &victim.file;
    Some(file.append(&Update::of([(file.root(), with(&file.catalog(), entries))])))
}

/// Writes the object anew that the first dictionary with `key` refers to under it.
fn referred(victim: &Victim, key: &[u8], value: Vec<u8>) -> Option<Vec<u8>> {
    let (_, found) = victim.file.find(|one| one.get(key).is_ok_and(|to| to.as_reference().is_ok()))?;
    let (number, _) = found.get(key).unwrap().as_reference().unwrap();
    Some(victim.file.append(&Update::of([(number, value)])))
}

/// The first dictionary that fits, with other entries.
fn changed(victim: &Victim, fits: impl Fn(&Dictionary) -> bool, entries: &[(&str, &str)]) -> Option<Vec<u8>> {
    let (number, dictionary) = victim.file.find(fits)?;
    Some(victim.file.append(&Update::of([(number, with(&dictionary, entries))])))
}

/// The first stream of this type, with other octets.
fn replaced(victim: &Victim, kind: &str, octets: &[u8]) -> Option<Vec<u8>> {
    let mut streams = victim.file.document.objects.iter();
    let is_kind = |one: &Object| matches!(one, Object::Stream(one) if one.dict.has_type(kind.as_bytes()));
    let (id, _) = streams.find(|(_, one)| is_kind(one))?;
    Some(victim.file.append(&Update::of([(id.0, stream(&format!("/Type /{kind}"), octets))])))
}

/// The page written so that its first entry can be read in two ways.
fn page_with(victim: &Victim, words: &str) -> Option<Vec<u8>> {
    let (page, dictionary) = victim.file.page();
    let mut text = of_dictionary(&dictionary);
    text.splice(2..2, words.bytes());
    Some(victim.file.append(&Update::of([(page, text)])))
}

/// An update that writes the page in these words, header included.
fn page_as(victim: &Victim, before: &str, behind: &str) -> Option<Vec<u8>> {
    let file = &victim.file;
    let (page, dictionary) = file.page();
    let mut bytes = file.bytes.clone();
    let at = bytes.len();
    bytes.extend(format!("{page}{before}").bytes());
    bytes.extend(with(&dictionary, &[("MediaBox", "[0 0 10 10]")]));
    bytes.extend(behind.bytes());
    let update = Update { entries: vec![(page, at)], ..Update::default() };
    let offset = file.body(&mut bytes, &update);
    bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    Some(bytes)
}

const FORGERIES: &[Forgery] = &[
    (
        "letters behind the glyphs exchanged",
        |v| referred(v, b"ToUnicode", stream("", b"beginbfchar <01> <0039> endbfchar")),
        change(&["UNEXPLAINED_OBJECT"]),
    ),
    (
        "glyphs of a font exchanged",
        |v| referred(v, b"FontFile2", stream("", b"another font")),
        change(&["UNEXPLAINED_OBJECT"]),
    ),
    (
        "a font that is drawn by hand",
        |v| changed(v, |one| one.has_type(b"Font"), &[("Subtype", "/Type3"), ("CharProcs", "<< >>")]),
        change(&["UNEXPLAINED_OBJECT", "FIELD_CHANGED"]),
    ),
    (
        "other words for those who cannot see",
        |v| changed(v, |one| one.has_type(b"StructElem"), &[("ActualText", "(10)"), ("Alt", "(10)")]),
        change(&["UNEXPLAINED_OBJECT"]),
    ),
    ("a file inside exchanged", |v| replaced(v, "EmbeddedFile", b"{}"), change(&["UNEXPLAINED_OBJECT"])),
    (
        "a file inside under another name",
        |v| changed(v, |one| one.has_type(b"Filespec"), &[("F", "(khac)"), ("UF", "(khac)")]),
        change(&["UNEXPLAINED_OBJECT"]),
    ),
    (
        "other files inside",
        |v| catalog(v, &[("Names", "<< /EmbeddedFiles << /Names [] >> >>")]),
        change(&["CATALOG_CHANGED"]),
    ),
    (
        "other labels of pages",
        |v| catalog(v, &[("PageLabels", "<< /Nums [0 << /S /r /St 9 >>] >>")]),
        change(&["CATALOG_CHANGED"]),
    ),
    ("another language", |v| catalog(v, &[("Lang", "(xx)")]), change(&["CATALOG_CHANGED"])),
    ("permissions taken away", |v| catalog(v, &[("Perms", "<< >>")]), change(&["CATALOG_CHANGED"])),
    (
        "permissions by usage rights",
        |v| catalog(v, &[("Perms", "<< /UR3 << /Type /Sig >> >>")]),
        change(&["CATALOG_CHANGED"]),
    ),
    (
        "structure taken away",
        |v| catalog(v, &[("StructTreeRoot", "<< /Type /StructTreeRoot >>")]),
        change(&["CATALOG_CHANGED"]),
    ),
    (
        "a form in another language of forms",
        |v| {
            let (form, dictionary) = v.file.form();
            let form_text = with(&dictionary, &[("XFA", "[]")]);
            match form {
                Some(form) => Some(v.file.append(&Update::of([(form, form_text)]))),
                None => catalog(v, &[("AcroForm", &String::from_utf8(form_text).unwrap())]),
            }
        },
        change(&["FIELD_CHANGED"]),
    ),
    (
        "a form that counts itself among its fields",
        |v| {
            let (form, dictionary) = v.file.form();
            let form_text = with(&dictionary, &[("Fields", &format!("[{} 0 R]", v.file.next()))]);
            let ring = format!("<< /T (vong) /Kids [{0} 0 R] >>", v.file.next()).into_bytes();
            let form = match form {
                Some(form) => (form, form_text),
                None => {
                    let form_text = String::from_utf8(form_text).unwrap();
                    (v.file.root(), with(&v.file.catalog(), &[("AcroForm", &form_text)]))
                }
            };
            Some(v.file.append(&Update::of([form, (v.file.next(), ring)])))
        },
        both(&["SIGNATURE_MALFORMED", "SIGNATURE_REMOVED"]),
    ),
    ("a key twice", |v| page_with(v, "/MediaBox [0 0 10 10] "), both(&["OBJECT_MALFORMED"])),
    (
        "a key twice, once with its letters as numbers",
        |v| page_with(v, "/Media#42ox [0 0 10 10] "),
        both(&["OBJECT_MALFORMED"]),
    ),
    (
        "a key that has an end inside",
        |v| page_with(v, "/Media#00Box [0 0 10 10] "),
        both(&["OBJECT_MALFORMED"]),
    ),
    (
        "an object that ends nowhere",
        |v| page_as(v, " 0 obj ", " "),
        both(&["OBJECT_MALFORMED", "HIDDEN_BYTES"]),
    ),
    ("an object with two values", |v| page_as(v, " 0 obj null ", " endobj\n"), both(&["OBJECT_MALFORMED"])),
    (
        "an object whose words a remark parts",
        |v| page_as(v, " 0 %remark\n obj ", " %%EOF\n endobj\n"),
        change(&["UNEXPLAINED_OBJECT"]),
    ),
    (
        "an object under another number",
        |v| {
            let file = &v.file;
            let mut bytes = file.bytes.clone();
            let at = bytes.len();
            write_object(&mut bytes, file.next(), b"null");
            let update = Update { entries: vec![(file.page().0, at)], ..Update::default() };
            let offset = file.body(&mut bytes, &update);
            bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
            Some(bytes)
        },
        both(&["OBJECT_MALFORMED", "DUPLICATE_OBJECT"]),
    ),
    (
        "a stream longer than it says",
        |v| {
            let page = b"<< /Length 2 >>\nstream\nBT (FORGED) Tj ET\nendstream".to_vec();
            Some(v.file.append(&Update::of([(v.file.contents(), page)])))
        },
        both(&["OBJECT_MALFORMED"]),
    ),
    ("metadata written anew", |v| replaced(v, "Metadata", b"<x/>"), change(&[])),
];

#[test]
fn updates_that_change_what_a_page_means_are_refused() {
    judge_all(FORGERIES);
}
