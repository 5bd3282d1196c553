//! Appending to files of strangers: where a signature goes, what forbids it, and that what stands stays.

#![allow(clippy::unwrap_used, missing_docs)]

use crafts::pdf::{
    ForeignEntries, PdfFault, append_foreign_dss, append_foreign_signature, append_foreign_timestamp,
};
use lopdf::xref::XrefType;
use lopdf::{Dictionary, Document, Object, dictionary};
use school::moment::Moment;

const AT: Moment = Moment::from_unix(1_780_103_700);
const ROOM: usize = 2_000;

fn entries(field: Option<&str>) -> ForeignEntries<'_> {
    ForeignEntries { field, signer_name: "Trịnh Thị Thu Hường", at: AT }
}

/// One page; `form` becomes the AcroForm, as an object of its own when it is one.
fn file(kind: XrefType, form: impl FnOnce(&mut Document, Object) -> Option<Object>) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    document.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 });
    let form = form(&mut document, page.into());
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => pages };
    if let Some(form) = form {
        catalog.set("AcroForm", form);
    }
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    document.reference_table.cross_reference_type = kind;
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn plain(kind: XrefType) -> Vec<u8> {
    file(kind, |_, _| None)
}

fn field(page: Object, name: &str) -> Dictionary {
    dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "F" => 132, "P" => page,
        "T" => Object::string_literal(name), "Rect" => vec![0.into(), 0.into(), 0.into(), 0.into()],
    }
}

/// A form whose only field is `change(field)`.
fn with_field(change: impl FnOnce(&mut Dictionary)) -> Vec<u8> {
    file(XrefType::CrossReferenceTable, |document, page| {
        let mut field = field(page, "GiamDoc");
        change(&mut field);
        let field = document.add_object(field);
        Some(document.add_object(dictionary! { "Fields" => vec![field.into()] }).into())
    })
}

/// A form with a signed field, whose signature has `reference`, and an empty one.
fn signed_with(reference: Dictionary) -> Vec<u8> {
    file(XrefType::CrossReferenceTable, |document, page| {
        let value = document.add_object(dictionary! {
            "Type" => "Sig", "Filter" => "Adobe.PPKLite", "Reference" => vec![Object::Dictionary(reference)],
        });
        let mut first = field(page.clone(), "Truoc");
        first.set("V", value);
        let fields = vec![document.add_object(first).into(), document.add_object(field(page, "Sau")).into()];
        Some(dictionary! { "Fields" => fields, "SigFlags" => 3 }.into())
    })
}

fn transform(method: &str, parameters: Dictionary) -> Dictionary {
    dictionary! { "Type" => "SigRef", "TransformMethod" => method, "TransformParams" => parameters }
}

fn signed(bytes: &[u8], name: Option<&str>) -> Document {
    let unfilled = append_foreign_signature(bytes, &entries(name), ROOM).unwrap();
    let whole = unfilled.fill(b"\x30\x00").unwrap();
    assert!(whole.starts_with(bytes), "what stands stays");
    Document::load_mem(&whole).unwrap()
}

/// Names of signed fields with their dictionaries.
fn values(document: &Document) -> Vec<(String, Dictionary)> {
    let mut found = Vec::new();
    for object in document.objects.values() {
        let Ok(field) = object.as_dict() else { continue };
        let Ok(value) = field.get(b"V").and_then(Object::as_reference) else { continue };
        let name = String::from_utf8(field.get(b"T").unwrap().as_str().unwrap().to_vec()).unwrap();
        found.push((name, document.get_dictionary(value).unwrap().clone()));
    }
    found
}

fn refusal(bytes: &[u8], name: Option<&str>) -> &'static str {
    append_foreign_signature(bytes, &entries(name), ROOM).expect_err("refused").code()
}

#[test]
fn a_file_without_fields_gets_an_invisible_one_and_keeps_its_kind_of_cross_references() {
    for kind in [XrefType::CrossReferenceTable, XrefType::CrossReferenceStream] {
        let document = signed(&plain(kind), None);
        assert_eq!(format!("{:?}", document.reference_table.cross_reference_type), format!("{kind:?}"));
        let [(name, value)] = &values(&document)[..] else { panic!("one signature") };
        assert_eq!(name, "ChuKySo");
        assert_eq!(value.get(b"SubFilter").unwrap().as_name().unwrap(), b"ETSI.CAdES.detached");
        let catalog = document.catalog().unwrap();
        let form = document.dereference(catalog.get(b"AcroForm").unwrap()).unwrap().1.as_dict().unwrap();
        assert_eq!(form.get(b"SigFlags").unwrap().as_i64().unwrap(), 3);
        let page = document.page_iter().next().unwrap();
        let annotations = document.get_dictionary(page).unwrap().get(b"Annots").unwrap().as_array().unwrap();
        assert_eq!(annotations.len(), 1, "the page shows the widget");
    }
}

#[test]
fn the_first_half_of_the_id_of_a_file_stays_and_the_second_half_is_new() {
    let halves = [b"never changed ..".to_vec(), b"of this revision".to_vec()];
    let strings = || halves.iter().cloned().map(Object::string_literal).collect::<Vec<_>>();
    // In the trailer, as an object of its own, and with each half as one.
    let written: [fn(&mut Document, Vec<Object>) -> Object; 3] = [
        |_, halves| halves.into(),
        |document, halves| document.add_object(halves).into(),
        |document, halves| {
            let halves: Vec<Object> =
                halves.into_iter().map(|half| document.add_object(half).into()).collect();
            document.add_object(halves).into()
        },
    ];
    let id_of = |document: &Document| {
        let id = document.trailer.get(b"ID").unwrap().as_array().unwrap().clone();
        id.iter().map(|half| half.as_str().unwrap().to_vec()).collect::<Vec<_>>()
    };
    for kind in [XrefType::CrossReferenceTable, XrefType::CrossReferenceStream] {
        for write in written {
            let bytes = file(kind, |document, _| {
                let id = write(document, strings());
                document.trailer.set("ID", id);
                None
            });
            let id = id_of(&signed(&bytes, None));
            assert_eq!((id.len(), &id[0]), (2, &halves[0]));
            assert_ne!(id[1], halves[1]);
            let dss = append_foreign_dss(&bytes, &[b"one".to_vec()], &[], &[]).unwrap();
            assert_eq!(id_of(&Document::load_mem(&dss).unwrap())[0], halves[0]);
        }
    }
}

#[test]
fn the_name_of_a_signer_keeps_its_diacritics() {
    let document = signed(&plain(XrefType::CrossReferenceTable), None);
    let name = values(&document)[0].1.get(b"Name").unwrap().as_str().unwrap().to_vec();
    let units: Vec<u16> = name[2..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    assert_eq!(String::from_utf16(&units).unwrap(), "Trịnh Thị Thu Hường");
}

#[test]
fn an_empty_field_is_filled_before_one_is_made_and_only_it_changes() {
    let bytes = with_field(|_| {});
    let document = signed(&bytes, None);
    assert_eq!(values(&document).iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["GiamDoc"]);
    // A field of another name is made only when that name is asked for.
    let document = signed(&bytes, Some("KeToan"));
    assert_eq!(values(&document)[0].0, "KeToan");
}

#[test]
fn a_second_signature_gets_a_name_of_its_own() {
    let first =
        append_foreign_signature(&plain(XrefType::CrossReferenceTable), &entries(None), ROOM).unwrap();
    let first = first.fill(b"\x30\x00").unwrap();
    let mut names: Vec<String> = values(&signed(&first, None)).into_iter().map(|(name, _)| name).collect();
    names.sort();
    assert_eq!(names, ["ChuKySo", "ChuKySo2"]);
}

#[test]
fn fields_that_are_filled_or_of_another_kind_are_refused_by_name() {
    let filled = with_field(|field| field.set("V", dictionary! { "Type" => "Sig" }));
    assert_eq!(refusal(&filled, Some("GiamDoc")), "signature.field_filled");
    let text = with_field(|field| field.set("FT", "Tx"));
    assert_eq!(refusal(&text, Some("GiamDoc")), "signature.no_field");
    assert_eq!(refusal(&text, Some("a.b")), "signature.no_field", "nothing is made below another field");
}

#[test]
fn what_docmdp_or_fieldmdp_of_an_earlier_signature_forbids_is_refused() {
    let none = signed_with(transform("DocMDP", dictionary! { "P" => 1 }));
    assert_eq!(refusal(&none, None), "signature.forbidden");
    let forms = signed_with(transform("DocMDP", dictionary! { "P" => 2 }));
    assert_eq!(values(&signed(&forms, None)).len(), 2, "P 2 lets the empty field be signed");
    let names = |names: &[&str]| names.iter().map(|one| Object::string_literal(*one)).collect::<Vec<_>>();
    let lock = |action: &str, fields: &[&str]| {
        signed_with(transform("FieldMDP", dictionary! { "Action" => action, "Fields" => names(fields) }))
    };
    assert_eq!(refusal(&lock("All", &[]), None), "signature.forbidden");
    assert_eq!(refusal(&lock("Include", &["Sau"]), None), "signature.forbidden");
    assert_eq!(refusal(&lock("Exclude", &["Truoc"]), None), "signature.forbidden");
    assert_eq!(values(&signed(&lock("Include", &["Truoc"]), None)).len(), 2);
    assert_eq!(values(&signed(&lock("Exclude", &["Sau"]), None)).len(), 2);
}

#[test]
fn the_lock_of_a_field_is_repeated_by_its_signature() {
    let bytes = with_field(|field| {
        let names = vec![Object::string_literal("GiamDoc")];
        field.set("Lock", dictionary! { "Type" => "SigFieldLock", "Action" => "Include", "Fields" => names });
    });
    let document = signed(&bytes, None);
    let reference = values(&document)[0].1.get(b"Reference").unwrap().as_array().unwrap()[0].clone();
    let reference = reference.as_dict().unwrap();
    assert_eq!(reference.get(b"TransformMethod").unwrap().as_name().unwrap(), b"FieldMDP");
    let parameters = reference.get(b"TransformParams").unwrap().as_dict().unwrap();
    assert_eq!(parameters.get(b"Action").unwrap().as_name().unwrap(), b"Include");
}

#[test]
fn seed_values_that_cannot_be_kept_are_refused_and_those_that_can_are_kept() {
    let seed = |flags: i64, filter: &str| {
        with_field(|field| {
            let sub = vec![Object::Name(filter.as_bytes().to_vec())];
            field.set("SV", dictionary! { "Type" => "SV", "Ff" => flags, "SubFilter" => sub });
        })
    };
    assert_eq!(refusal(&seed(2, "adbe.pkcs7.detached"), None), "signature.seed_value");
    assert_eq!(
        refusal(&seed(8, "ETSI.CAdES.detached"), None),
        "signature.seed_value",
        "a reason is demanded"
    );
    assert_eq!(values(&signed(&seed(2, "ETSI.CAdES.detached"), None)).len(), 1);
    assert_eq!(values(&signed(&seed(0, "adbe.pkcs7.detached"), None)).len(), 1, "a wish is no demand");
}

#[test]
fn encrypted_repaired_and_unfinished_files_are_not_appended_to() {
    let mut encrypted = Document::load_mem(&plain(XrefType::CrossReferenceTable)).unwrap();
    let filter = dictionary! { "Filter" => "Standard", "V" => 1, "R" => 2, "P" => -4,
    "O" => Object::string_literal([0u8; 32].to_vec()), "U" => Object::string_literal([0u8; 32].to_vec()) };
    encrypted.trailer.set("Encrypt", filter);
    let mut bytes = Vec::new();
    encrypted.save_to(&mut bytes).unwrap();
    assert!(["pdf.encrypted", "pdf.unreadable"].contains(&refusal(&bytes, None)));
    let whole = plain(XrefType::CrossReferenceTable);
    let cut = &whole[..whole.len() - 20];
    assert_eq!(refusal(cut, None), "pdf.unreadable");
    let moved = [b"%PDF-1.7\n".as_slice(), &whole].concat();
    assert_ne!(refusal(&moved, None), "signature.forbidden");
    let junk = [&whole, b"junk".as_slice()].concat();
    assert_eq!(refusal(&junk, None), "pdf.shape");
}

#[test]
fn a_file_may_end_without_a_line_end() {
    let whole = plain(XrefType::CrossReferenceTable);
    let bare = whole.trim_ascii_end();
    assert_eq!(values(&signed(bare, None)).len(), 1);
}

#[test]
fn a_dss_grows_and_no_value_stands_in_it_twice() {
    let bytes = plain(XrefType::CrossReferenceStream);
    let first = append_foreign_dss(&bytes, &[b"one".to_vec()], &[], &[b"list".to_vec()]).unwrap();
    let second =
        append_foreign_dss(&first, &[b"one".to_vec(), b"two".to_vec()], &[b"answer".to_vec()], &[]).unwrap();
    assert!(second.starts_with(&first));
    let document = Document::load_mem(&second).unwrap();
    let dss = document.catalog().unwrap().get(b"DSS").unwrap().as_dict().unwrap().clone();
    let count = |key: &[u8]| dss.get(key).unwrap().as_array().unwrap().len();
    assert_eq!([count(b"Certs"), count(b"OCSPs"), count(b"CRLs")], [2, 1, 1]);
}

#[test]
fn a_document_timestamp_has_a_field_of_its_own_also_the_second_one() {
    let bytes = plain(XrefType::CrossReferenceTable);
    let first = append_foreign_timestamp(&bytes, ROOM).unwrap().fill(b"\x30\x00").unwrap();
    let second = append_foreign_timestamp(&first, ROOM).unwrap().fill(b"\x30\x00").unwrap();
    let found = values(&Document::load_mem(&second).unwrap());
    assert_eq!(found.len(), 2);
    for (_, value) in found {
        assert_eq!(value.get(b"SubFilter").unwrap().as_name().unwrap(), b"ETSI.RFC3161");
    }
}

#[test]
fn a_revision_that_another_process_made_must_begin_with_the_file_and_wait_for_its_cms() {
    let bytes = plain(XrefType::CrossReferenceTable);
    let unfilled = append_foreign_signature(&bytes, &entries(None), ROOM).unwrap();
    let digest = unfilled.digest();
    let (whole, contents) = unfilled.into_parts();
    let received = crafts::pdf::Unfilled::received(&bytes, whole.clone(), contents.clone()).unwrap();
    assert_eq!(received.digest(), digest);
    let mut other = whole.clone();
    other[20] ^= 1;
    let refused = [
        crafts::pdf::Unfilled::received(&bytes, other, contents.clone()),
        crafts::pdf::Unfilled::received(&bytes, whole.clone(), contents.start - 1..contents.end),
        crafts::pdf::Unfilled::received(&bytes, whole, 0..bytes.len()),
    ];
    assert!(refused.iter().all(|one| matches!(one, Err(PdfFault::Shape { .. }))));
}
