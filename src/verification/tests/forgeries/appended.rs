//! Incremental saving and its kin: what is appended to a signed file.

use crate::file::{Update, stream, with, write_object, written};
use crate::victims::{Expected, Forgery, Victim, judge_all};

const FORGED: &[u8] = b"BT /F1 12 Tf 50 700 Td (FORGED) Tj ET";

/// The first page's content replaced.
fn forged(victim: &Victim) -> Update {
    Update::of([(victim.file.contents(), stream("", FORGED))])
}

fn catalog(victim: &Victim, entries: &[(&str, &str)]) -> Option<Vec<u8>> {
    let file = &victim.file;
    Some(file.append(&Update::of([(file.root(), with(&file.catalog(), entries))])))
}

fn with_annotation(victim: &Victim, annotation: &str) -> Option<Vec<u8>> {
    let file = &victim.file;
    let (page, dictionary) = file.page();
    let mut list = match dictionary.get(b"Annots").unwrap() {
        lopdf::Object::Reference(id) => file.document.get_object(*id).unwrap().as_array().unwrap().clone(),
        list => list.as_array().unwrap().clone(),
    };
    list.push(lopdf::Object::Reference((file.next(), 0)));
    let list = String::from_utf8(written(&lopdf::Object::Array(list))).unwrap();
    Some(file.append(&Update::of([
        (file.next(), annotation.as_bytes().to_vec()),
        (page, with(&dictionary, &[("Annots", &list)])),
    ])))
}

fn tail(victim: &Victim, bytes: &[u8]) -> Option<Vec<u8>> {
    Some([&victim.file.bytes, bytes].concat())
}

const UNSIGNED: &[&str] = &["UNSIGNED_BYTES"];
const CHANGED: &[&str] =
    &["REVISION_KIND", "REVISION_ORDER", "UNEXPLAINED_OBJECT", "CATALOG_CHANGED", "TRAILER_CHANGED"];

const fn both(codes: &'static [&'static str]) -> Expected {
    Expected { school: codes, foreign: codes }
}

const fn change(foreign: &'static [&'static str]) -> Expected {
    Expected { school: CHANGED, foreign }
}

const BYTES: &[Forgery] = &[
    ("words after the end of the file", |v| tail(v, b"junk"), both(UNSIGNED)),
    ("an object after the end, in no section", |v| tail(v, b"4 0 obj\nnull\nendobj\n"), both(UNSIGNED)),
    ("a section without objects and without end marker", no_marker_empty, both(UNSIGNED)),
    ("an update that lacks only its end marker", no_marker, both(UNSIGNED)),
    ("an object again, and the end of the old revision again", old_end_again, both(UNSIGNED)),
    ("an update whose startxref leads nowhere", nowhere, both(&["UNSIGNED_BYTES", "PDF_STRUCTURE"])),
    ("bytes before the header", |v| Some([b"junk\n", &v.file.bytes[..]].concat()), both(&["PDF_HEADER"])),
    ("a second header after the first", second_header, both(&["CMS_DIGEST", "PDF_STRUCTURE"])),
    (
        "an end marker in a string of the trailer",
        marker_in_string,
        change(&["UNEXPLAINED_OBJECT", "PDF_STRUCTURE", "UNSIGNED_BYTES"]),
    ),
    (
        "an end marker in a comment of the trailer",
        marker_in_comment,
        both(&["PDF_STRUCTURE", "UNSIGNED_BYTES"]),
    ),
    ("an update whose first object says it is linearized", linearized, change(&["UNEXPLAINED_OBJECT"])),
    ("bytes between the objects of an update", hidden, both(&["HIDDEN_BYTES"])),
    ("one object twice in an update", twice, both(&["DUPLICATE_OBJECT"])),
    ("one entry twice in a section", entry_twice, both(&["DUPLICATE_OBJECT"])),
];

fn no_marker_empty(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let mut bytes = file.bytes.clone();
    write_object(&mut bytes, file.contents(), &stream("", FORGED));
    let offset = bytes.len();
    bytes.extend(
        format!("xref\n0 0\ntrailer\n<< /Root {} 0 R >>\nstartxref\n{offset}\n", file.root()).bytes(),
    );
    Some(bytes)
}

fn no_marker(victim: &Victim) -> Option<Vec<u8>> {
    let mut bytes = victim.file.append(&forged(victim));
    bytes.truncate(bytes.len() - b"%%EOF\n".len());
    Some(bytes)
}

fn old_end_again(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let mut bytes = file.bytes.clone();
    write_object(&mut bytes, file.contents(), &stream("", FORGED));
    bytes.extend(format!("startxref\n{}\n%%EOF\n", file.startxref()).bytes());
    Some(bytes)
}

fn nowhere(victim: &Victim) -> Option<Vec<u8>> {
    let mut bytes = victim.file.bytes.clone();
    victim.file.body(&mut bytes, &forged(victim));
    bytes.extend(b"startxref\n999999\n%%EOF\n");
    Some(bytes)
}

fn second_header(victim: &Victim) -> Option<Vec<u8>> {
    let (head, rest) = victim.file.bytes.split_at(9);
    Some([head, b"%PDF-1.4\n", rest].concat())
}

fn marker_in_string(victim: &Victim) -> Option<Vec<u8>> {
    let update = Update { extra: "/Note (\n%%EOF\n) ".into(), ..forged(victim) };
    Some(victim.file.append(&update))
}

fn marker_in_comment(victim: &Victim) -> Option<Vec<u8>> {
    let update = Update { before_startxref: "%%EOF\n".into(), ..forged(victim) };
    Some(victim.file.append(&update))
}

fn linearized(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let mut update = forged(victim);
    let length = file.bytes.len();
    let dictionary =
        format!("<< /Linearized 1 /L {length} /H [0 0] /O 3 /E {length} /N 1 /T {} >>", file.startxref());
    update.objects.insert(0, (file.next(), dictionary.into_bytes()));
    Some(file.append(&update))
}

fn hidden(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let mut bytes = file.bytes.clone();
    bytes.extend(b"% hidden\n");
    let offset = file.body(&mut bytes, &forged(victim));
    bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    Some(bytes)
}

fn twice(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let mut bytes = file.bytes.clone();
    write_object(&mut bytes, file.contents(), b"null");
    let offset = file.body(&mut bytes, &forged(victim));
    bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    Some(bytes)
}

fn entry_twice(victim: &Victim) -> Option<Vec<u8>> {
    let mut update = forged(victim);
    update.entries.push((victim.file.contents(), victim.file.bytes.len()));
    Some(victim.file.append(&update))
}

const SECTIONS: &[Forgery] = &[
    (
        "a whole update that replaces the page",
        |v| Some(v.file.append(&forged(v))),
        change(&["UNEXPLAINED_OBJECT"]),
    ),
    ("a hybrid section", hybrid, both(&["HYBRID_XREF"])),
    ("an object replaced from inside an object stream", packed_page, change(&["UNEXPLAINED_OBJECT"])),
    ("an old object stream overwritten", overwritten_container, change(&["UNEXPLAINED_OBJECT"])),
    ("a freed object", freed, Expected { school: &["FREED_OBJECT"], foreign: &["FREED_OBJECT"] }),
    ("an entry that points into signed bytes", repointed, both(&["XREF_ENTRY_OUTSIDE"])),
    (
        "an object under another generation",
        generation,
        both(&["UNEXPLAINED_OBJECT", "TRAILER_CHANGED", "REVISION_KIND"]),
    ),
    ("an object where the section's own stream stands", at_the_section, both(&["XREF_ENTRY_OUTSIDE"])),
    ("a trailer with a smaller size", shrunk, both(&["TRAILER_CHANGED"])),
    ("a trailer with another root", new_root, both(&["TRAILER_CHANGED", "SIGNATURE_REMOVED"])),
    ("a trailer that encrypts", encrypted, both(&["ENCRYPTED"])),
];

fn hybrid(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let mut bytes = file.bytes.clone();
    let contents = bytes.len();
    write_object(&mut bytes, file.contents(), &stream("", FORGED));
    let update = Update::default();
    let hidden = file.section_of_rows(&mut bytes, &update, vec![(file.contents(), 1, contents)]);
    let update = Update { extra: format!("/XRefStm {hidden} "), ..Update::default() };
    let offset = file.table(&mut bytes, &update, &[]);
    bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    Some(bytes)
}

fn packed_page(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let (page, dictionary) = file.page();
    let value = with(&dictionary, &[("MediaBox", "[0 0 100 100]")]);
    let head = format!("{page} 0 ");
    let octets = [head.as_bytes(), &value].concat();
    let mut bytes = file.bytes.clone();
    let (container, at) = (file.next(), bytes.len());
    write_object(
        &mut bytes,
        container,
        &stream(&format!("/Type /ObjStm /N 1 /First {}", head.len()), &octets),
    );
    let rows = vec![(container, 1, at), (page, 2, container as usize)];
    let offset = file.section_of_rows(&mut bytes, &Update::default(), rows);
    bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    Some(bytes)
}

fn overwritten_container(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let text = String::from_utf8_lossy(&file.bytes);
    let at = text.find("/ObjStm")?;
    let header = text[..at].rfind(" 0 obj")?;
    let digits = text[..header].rfind(|c: char| !c.is_ascii_digit())?;
    let container: u32 = text[digits + 1..header].parse().ok()?;
    Some(file.append(&Update::of([(container, stream("/Type /ObjStm /N 0 /First 0", b""))])))
}

fn at_the_section(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let mut bytes = file.bytes.clone();
    let rows = vec![(file.contents(), 1, bytes.len())];
    let offset = file.section_of_rows(&mut bytes, &Update::default(), rows);
    bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    Some(bytes)
}

fn freed(victim: &Victim) -> Option<Vec<u8>> {
    let update = Update { freed: vec![victim.file.contents()], ..Update::default() };
    Some(victim.file.append(&update))
}

fn repointed(victim: &Victim) -> Option<Vec<u8>> {
    let update = Update { entries: vec![(victim.file.contents(), 9)], ..Update::default() };
    Some(victim.file.append(&update))
}

fn generation(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let mut bytes = file.bytes.clone();
    let at = bytes.len();
    bytes.extend(format!("{} 1 obj\nnull\nendobj\n", file.contents()).bytes());
    let offset = file.table(&mut bytes, &Update::default(), &[(file.contents(), at)]);
    let entry = crate::file::last(&bytes, b" 00000 n");
    bytes[entry..entry + 6].copy_from_slice(b" 00001");
    bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    Some(bytes)
}

fn shrunk(victim: &Victim) -> Option<Vec<u8>> {
    let update = Update { size: Some(5), ..Update::default() };
    Some(victim.file.append(&update)).filter(|_| !victim.file.is_packed())
}

fn new_root(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let number = file.next();
    let update = Update { root: Some(number), ..Update::of([(number, with(&file.catalog(), &[]))]) };
    Some(file.append(&update))
}

fn encrypted(victim: &Victim) -> Option<Vec<u8>> {
    let update = Update { extra: "/Encrypt << /Filter /Standard /V 1 >> ".into(), ..forged(victim) };
    Some(victim.file.append(&update))
}

const MEANINGS: &[Forgery] = &[
    (
        "a note laid over the page",
        |v| {
            with_annotation(
                v,
                "<< /Type /Annot /Subtype /FreeText /F 4 /Rect [0 0 600 800] /Contents (FORGED) /DA (/F1 12 Tf) >>",
            )
        },
        change(&["UNEXPLAINED_OBJECT"]),
    ),
    (
        "a stamp laid over the page",
        |v| with_annotation(v, "<< /Type /Annot /Subtype /Stamp /F 4 /Rect [0 0 600 800] >>"),
        change(&["UNEXPLAINED_OBJECT"]),
    ),
    (
        "a link to elsewhere",
        |v| {
            with_annotation(
                v,
                "<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A << /S /URI /URI (http://example.invalid) >> >>",
            )
        },
        change(&["UNEXPLAINED_OBJECT"]),
    ),
    (
        "a signature field over the page that nobody signed",
        visible_field,
        change(&["VISIBLE_UNSIGNED_FIELD"]),
    ),
    (
        "a field whose rectangle is referred to",
        |v| new_field(v, &format!("/F 4 /Rect [0 0 {0} 0 R {0} 0 R]", v.file.next() + 2)),
        change(&["VISIBLE_UNSIGNED_FIELD"]),
    ),
    (
        "a field whose rectangle has five numbers",
        |v| new_field(v, "/F 4 /Rect [0 0 600 800 0]"),
        change(&["VISIBLE_UNSIGNED_FIELD"]),
    ),
    (
        "a field over the page that is hidden for now",
        |v| new_field(v, "/F 2 /Rect [0 0 600 800]"),
        change(&["VISIBLE_UNSIGNED_FIELD"]),
    ),
    (
        "a new field that acts",
        |v| new_field(v, "/F 132 /Rect [0 0 0 0] /AA << /PV << /S /JavaScript /JS (1) >> >>"),
        change(&["FIELD_CHANGED"]),
    ),
    (
        "a store whose certificate is a page",
        |v| catalog(v, &[("DSS", &format!("<< /Certs [{} 0 R] >>", v.file.contents()))]),
        Expected { school: CHANGED, foreign: &["DSS_STRUCTURE"] },
    ),
    (
        "a script that runs when the file opens",
        |v| catalog(v, &[("OpenAction", "<< /S /JavaScript /JS (app.alert(1)) >>")]),
        change(&["CATALOG_CHANGED"]),
    ),
    (
        "further actions of the document",
        |v| catalog(v, &[("AA", "<< /WC << /S /JavaScript /JS (1) >> >>")]),
        change(&["CATALOG_CHANGED"]),
    ),
    (
        "layers that can be switched",
        |v| catalog(v, &[("OCProperties", "<< /OCGs [] /D << >> >>")]),
        change(&["CATALOG_CHANGED"]),
    ),
    ("other pages in the catalog", |v| catalog(v, &[("Pages", "99 0 R")]), change(&["CATALOG_CHANGED"])),
    (
        "a form that is gone",
        |v| catalog(v, &[("AcroForm", "")]),
        change(&["SIGNATURE_REMOVED", "FIELD_CHANGED"]),
    ),
    (
        "a store with something else in it",
        |v| catalog(v, &[("DSS", "<< /Type /DSS /Junk (more) >>")]),
        Expected { school: CHANGED, foreign: &["DSS_STRUCTURE"] },
    ),
    ("a page of another size", |v| page(v, &[("MediaBox", "[0 0 10 10]")]), change(&["UNEXPLAINED_OBJECT"])),
    (
        "a page with another content besides",
        |v| page(v, &[("Contents", "[4 0 R 4 0 R]")]),
        change(&["UNEXPLAINED_OBJECT"]),
    ),
    ("a page that lost its annotations", |v| page(v, &[("Annots", "[]")]), change(&["UNEXPLAINED_OBJECT"])),
    ("another font", font, change(&["UNEXPLAINED_OBJECT", "FIELD_CHANGED"])),
    ("a signed field whose value is gone", |v| first_field(v, &[("V", "")]), change(&["SIGNATURE_REMOVED"])),
    (
        "a signed field of another name",
        |v| first_field(v, &[("T", "(Khac)")]),
        change(&["SIGNATURE_REMOVED"]),
    ),
    (
        "a signed field with another appearance",
        |v| first_field(v, &[("AP", "<< >>")]),
        change(&["FIELD_CHANGED"]),
    ),
    (
        "a signed field in another place",
        |v| first_field(v, &[("Rect", "[0 0 600 800]")]),
        change(&["FIELD_CHANGED"]),
    ),
    (
        "a signature dictionary written anew",
        signature_again,
        change(&["SIGNATURE_REMOVED", "UNEXPLAINED_OBJECT"]),
    ),
    ("an appearance of a signature replaced", appearance, change(&["UNEXPLAINED_OBJECT"])),
    (
        "other words in the info dictionary",
        |v| Some(v.file.append(&Update::of([(info(v), b"<< /Producer (x) >>".to_vec())]))),
        Expected { school: CHANGED, foreign: &[] },
    ),
    (
        "another info dictionary",
        |v| {
            Some(v.file.append(&Update {
                info: Some(v.file.next()),
                ..Update::of([(v.file.next(), b"<< >>".to_vec())])
            }))
        },
        Expected { school: &["TRAILER_CHANGED"], foreign: &[] },
    ),
    (
        "extensions of the developer",
        |v| catalog(v, &[("Extensions", "<< /ESIC << /BaseVersion /1.7 /ExtensionLevel 5 >> >>")]),
        Expected { school: CHANGED, foreign: &[] },
    ),
    (
        "an object that nothing refers to",
        |v| Some(v.file.append(&Update::of([(v.file.next(), b"null".to_vec())]))),
        Expected { school: CHANGED, foreign: &[] },
    ),
];

fn info(victim: &Victim) -> u32 {
    victim.file.document.trailer.get(b"Info").unwrap().as_reference().unwrap().0
}

fn visible_field(victim: &Victim) -> Option<Vec<u8>> {
    new_field(victim, "/F 4 /Rect [0 0 600 800]")
}

fn new_field(victim: &Victim, entries: &str) -> Option<Vec<u8>> {
    let file = &victim.file;
    let number = file.next();
    let form = stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800]", FORGED);
    let entries = format!("{entries} /AP << /N {} 0 R >>", number + 1);
    let mut objects = file.with_field(number, "Them", &entries);
    objects.push((number + 1, form));
    objects.push((number + 2, b"600".to_vec()));
    Some(file.append(&Update::of(objects)))
}

fn page(victim: &Victim, entries: &[(&str, &str)]) -> Option<Vec<u8>> {
    let (page, dictionary) = victim.file.page();
    Some(victim.file.append(&Update::of([(page, with(&dictionary, entries))])))
}

fn font(victim: &Victim) -> Option<Vec<u8>> {
    let (number, _) = victim.file.find(|one| one.has_type(b"Font"))?;
    let other = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>".to_vec();
    Some(victim.file.append(&Update::of([(number, other)])))
}

/// The first signed field with other entries.
fn first_field(victim: &Victim, entries: &[(&str, &str)]) -> Option<Vec<u8>> {
    let (field, dictionary) = signed_field(victim)?;
    Some(victim.file.append(&Update::of([(field, with(&dictionary, entries))])))
}

fn signed_field(victim: &Victim) -> Option<(u32, lopdf::Dictionary)> {
    victim.file.find(|one| one.get(b"FT").is_ok() && one.get(b"V").is_ok() && one.get(b"AP").is_ok())
}

fn signature_again(victim: &Victim) -> Option<Vec<u8>> {
    let (number, dictionary) = victim.file.find(|one| one.get(b"ByteRange").is_ok())?;
    Some(victim.file.append(&Update::of([(number, with(&dictionary, &[("Reason", "(Khac)")]))])))
}

fn appearance(victim: &Victim) -> Option<Vec<u8>> {
    let (_, field) = signed_field(victim)?;
    let shown = field.get(b"AP").unwrap().as_dict().unwrap().get(b"N").unwrap().as_reference().unwrap().0;
    let form = stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800]", FORGED);
    Some(victim.file.append(&Update::of([(shown, form)])))
}

#[test]
fn bytes_that_readers_disagree_about_are_refused() {
    judge_all(BYTES);
}

#[test]
fn sections_that_point_elsewhere_are_refused() {
    judge_all(SECTIONS);
}

#[test]
fn updates_that_change_what_was_signed_are_refused() {
    judge_all(MEANINGS);
}
