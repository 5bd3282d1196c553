//! A document of somebody else: a page, a note to fill in, two fields to sign; and its signer.

use lopdf::{Dictionary, Object};
use school::moment::Moment;

use crate::file::{File, Update, places, stream, with, write_object, written};
use crate::rig::pki::{Authority, Holder};
use crate::rig::{SCHOOL, cms};

const HOLE_OCTETS: usize = 3000;
pub const FIRST: &str = "Nguoi ky 1";
pub const SECOND: &str = "Nguoi ky 2";
pub const NOTE: &str = "Ghi chu";
/// The rectangle of a field that nobody sees.
const NOWHERE: &str = "[0 0 0 0]";

/// Who signs what, and how.
#[derive(Clone, Copy)]
pub struct Signing<'a> {
    pub field: &'a str,
    pub holder: &'a Holder,
    pub authority: &'a Authority,
    /// P of DocMDP.
    pub certifies: Option<u8>,
    /// Locks every field.
    pub locks: bool,
    /// A field that is made for it, with this rectangle.
    pub new: Option<&'a str>,
    pub time: Option<Moment>,
}

impl<'a> Signing<'a> {
    pub fn of(field: &'a str, holder: &'a Holder) -> Self {
        let authority = &SCHOOL.authority;
        Self { field, holder, authority, certifies: None, locks: false, new: None, time: None }
    }

    pub fn timestamp(field: &'a str, time: Moment) -> Self {
        Self { new: Some(NOWHERE), time: Some(time), ..Self::of(field, &SCHOOL.tsa) }
    }
}

/// The document before anyone signs. `extra`: further objects, which a shadow attacker prepares.
pub fn unsigned(page: &str, extra: &[(u32, Vec<u8>)]) -> File {
    let widget = |name: &str, kind: &str, rect: &str, more: &str| {
        let text = format!(
            "<< /Type /Annot /Subtype /Widget /FT /{kind} /T ({name}) /F 4 /P 3 0 R /Rect {rect} {more} >>"
        );
        text.into_bytes()
    };
    let mut objects: Vec<(u32, Vec<u8>)> = vec![
        (1, b"<< /Type /Catalog /Pages 2 0 R /AcroForm 8 0 R >>".to_vec()),
        (2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec()),
        (
            3,
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
                 /Resources << /Font << /F1 5 0 R >> {page} >> /Annots [10 0 R 11 0 R 12 0 R] >>"
            )
            .into_bytes(),
        ),
        (4, stream("", b"BT /F1 12 Tf 50 700 Td (Thanh toan 1000 dong) Tj ET\n/Cover Do\n")),
        (5, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec()),
        (6, b"<< /Producer (another program) >>".to_vec()),
        (
            8,
            b"<< /Fields [10 0 R 11 0 R 12 0 R] /SigFlags 3 /DR << /Font << /F1 5 0 R >> >> /DA (/F1 12 Tf 0 g) >>"
                .to_vec(),
        ),
        (10, widget(FIRST, "Sig", "[50 100 200 150]", "")),
        (11, widget(SECOND, "Sig", "[250 100 400 150]", "")),
        (12, widget(NOTE, "Tx", "[50 200 400 220]", "/DA (/F1 12 Tf 0 g) /AP << /N 13 0 R >>")),
        (13, stream("/Type /XObject /Subtype /Form /BBox [0 0 350 20]", b"")),
    ];
    objects.extend(extra.iter().cloned());
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = String::from("xref\n0 1\n0000000000 65535 f \n");
    for (number, value) in &objects {
        table.push_str(&format!("{number} 1\n{:010} 00000 n \n", bytes.len()));
        write_object(&mut bytes, *number, value);
    }
    let offset = bytes.len();
    let size = objects.iter().map(|(number, _)| number + 1).max().unwrap();
    table.push_str(&format!(
        "trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R /ID [<6e69> <6e69>] >>\nstartxref\n{offset}\n%%EOF\n"
    ));
    bytes.extend(table.bytes());
    File::read(&bytes)
}

/// Signed by one person in the first field.
pub fn signed() -> File {
    unsigned("", &[]).sign(&Signing::of(FIRST, &SCHOOL.holders[0]))
}

/// The array of references under `key`, with one more.
fn longer(dictionary: &Dictionary, key: &[u8], number: u32) -> String {
    let mut items = match dictionary.get(key) {
        Ok(Object::Array(items)) => items.clone(),
        _ => Vec::new(),
    };
    items.push(Object::Reference((number, 0)));
    String::from_utf8(written(&Object::Array(items))).unwrap()
}

impl File {
    /// Objects that add a field with a widget on the first page; its number is the next one.
    pub fn with_field(&self, number: u32, name: &str, entries: &str) -> Vec<(u32, Vec<u8>)> {
        let (page, page_dictionary) = self.page();
        let (form, form_dictionary) = self.form();
        let field =
            format!("<< /Type /Annot /Subtype /Widget /FT /Sig /T ({name}) /P {page} 0 R {entries} >>");
        let fields = longer(&form_dictionary, b"Fields", number);
        let form_text = with(&form_dictionary, &[("Fields", &fields)]);
        let annotations = longer(&page_dictionary, b"Annots", number);
        let mut objects =
            vec![(number, field.into_bytes()), (page, with(&page_dictionary, &[("Annots", &annotations)]))];
        objects.push(match form {
            Some(form) => (form, form_text),
            None => {
                let form_text = String::from_utf8(form_text).unwrap();
                (self.root(), with(&self.catalog(), &[("AcroForm", &form_text)]))
            }
        });
        objects
    }

    /// The objects of a signature revision, without the bytes that are filled in at the end.
    fn signature_objects(&self, how: &Signing<'_>) -> Vec<(u32, Vec<u8>)> {
        let number = self.next();
        let mut references = String::new();
        if let Some(p) = how.certifies {
            references.push_str(&format!(
                "<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P {p} /V /1.2 >> >> "
            ));
        }
        if how.locks {
            references.push_str(
                "<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams << /Type /TransformParams /Action /All /V /1.2 >> >>",
            );
        }
        let kind = match how.time {
            None => "/Type /Sig /SubFilter /ETSI.CAdES.detached",
            Some(_) => "/Type /DocTimeStamp /SubFilter /ETSI.RFC3161",
        };
        let references =
            if references.is_empty() { String::new() } else { format!("/Reference [{references}]") };
        let dictionary = format!(
            "<< {kind} /Filter /Adobe.PPKLite /ByteRange [0 AAAAAAAAAA BBBBBBBBBB CCCCCCCCCC] /Contents <{}> {references} >>",
            "0".repeat(2 * HOLE_OCTETS)
        );
        let mut objects = vec![(number, dictionary.into_bytes())];
        let mut entries = format!("/V {number} 0 R");
        // A timestamp shows nothing, unless it stands where it is seen.
        if how.time.is_none() || how.new != Some(NOWHERE) {
            let form = "/Type /XObject /Subtype /Form /BBox [0 0 150 50]";
            objects.push((number + 1, stream(form, b"0 0 150 50 re S")));
            entries.push_str(&format!(" /AP << /N {} 0 R >>", number + 1));
        }
        match how.new {
            Some(rectangle) => {
                objects.extend(self.with_field(
                    number + 2,
                    how.field,
                    &format!("/F 132 /Rect {rectangle} {entries}"),
                ));
            }
            None => {
                let (field, dictionary) = self.field(how.field);
                let mut text = with(&dictionary, &[]);
                text.truncate(text.len() - 2);
                objects.push((field, [&text, entries.as_bytes(), b">>"].concat()));
            }
        }
        if how.certifies.is_some() {
            let perms = format!("<< /DocMDP {number} 0 R >>");
            objects.push((self.root(), with(&self.catalog(), &[("Perms", &perms)])));
        }
        objects
    }

    /// Signs as `how` says; the objects of `beside` ride along in the same revision.
    pub fn sign_with(&self, how: &Signing<'_>, beside: &[(u32, Vec<u8>)]) -> Self {
        self.sign_by(how, beside, |content| match how.time {
            None => cms::detached(content, how.holder, how.authority),
            Some(time) => cms::token(content, time, how.holder, how.authority),
        })
    }

    /// As [`Self::sign_with`]; the CMS is what `make` makes of the signed bytes.
    pub fn sign_by(
        &self,
        how: &Signing<'_>,
        beside: &[(u32, Vec<u8>)],
        make: impl FnOnce(&[u8]) -> Vec<u8>,
    ) -> Self {
        let mut objects = self.signature_objects(how);
        objects.extend(beside.iter().cloned());
        let mut bytes = self.append(&Update::of(objects));
        fill(&mut bytes, self.bytes.len(), make);
        Self::read(&bytes)
    }

    pub fn sign(&self, how: &Signing<'_>) -> Self {
        self.sign_with(how, &[])
    }

    /// Adds a DSS with these CRLs and further entries.
    pub fn dss(&self, crls: &[Vec<u8>], further: &str) -> Self {
        let number = self.next();
        let mut objects = Vec::new();
        let mut references = String::new();
        for (index, crl) in crls.iter().enumerate() {
            objects.push((number + index as u32, stream("", crl)));
            references.push_str(&format!("{} 0 R ", number + index as u32));
        }
        let store = format!("<< /CRLs [{references}] {further} >>");
        objects.push((self.root(), with(&self.catalog(), &[("DSS", &store)])));
        Self::read(&self.append(&Update::of(objects)))
    }
}

/// Writes ByteRange and Contents of the last revision, which begins at `start`.
pub fn fill(bytes: &mut [u8], start: usize, sign: impl FnOnce(&[u8]) -> Vec<u8>) {
    let find = |bytes: &[u8], needle: &[u8]| {
        start + bytes[start..].windows(needle.len()).position(|window| window == needle).unwrap()
    };
    let opens = find(bytes, b"/Contents <") + b"/Contents ".len();
    let closes = opens + 2 * HOLE_OCTETS + 2;
    for (word, number) in
        [("AAAAAAAAAA", opens), ("BBBBBBBBBB", closes), ("CCCCCCCCCC", bytes.len() - closes)]
    {
        let at = find(bytes, word.as_bytes());
        bytes[at..at + 10].copy_from_slice(format!("{number:010}").as_bytes());
    }
    let signature = sign(&[&bytes[..opens], &bytes[closes..]].concat());
    write_hex(bytes, opens + 1, &signature);
    assert!(places(bytes).iter().any(|place| place.hole == (opens, closes)));
}

pub fn write_hex(bytes: &mut [u8], at: usize, octets: &[u8]) {
    for (index, octet) in octets.iter().enumerate() {
        bytes[at + 2 * index..at + 2 * index + 2].copy_from_slice(format!("{octet:02x}").as_bytes());
    }
}
