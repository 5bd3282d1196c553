//! What a screen reader and a later program find: language, tags, bookmarks, and the same bytes every time.

use std::collections::BTreeSet;

use crafts::pdf::{Packing, signing_base};
use lopdf::{Document, Object};

use super::every_form::{every_form, keep};
use super::support::{self, FULL_YEAR, text_of};

/// Who hears a form is told its language, its sheets, and of every cell which row and column it belongs to.
#[test]
fn every_form_says_its_language_its_sheets_and_the_heads_of_its_tables() {
    for (name, rendered) in every_form() {
        let document = Document::load_mem(&rendered.pdf).expect("a PDF");
        let catalog = document.catalog().expect("a catalog");
        assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).expect("a language"), b"vi-VN", "{name}");
        let outlines = catalog.get(b"Outlines").and_then(Object::as_reference).expect("bookmarks");
        assert!(document.get_dictionary(outlines).expect("bookmarks").has(b"First"), "{name}");
        let elements = |kind: &'static [u8]| {
            document.objects.values().filter_map(|object| object.as_dict().ok()).filter(move |one| {
                one.has_type(b"StructElem")
                    && one.get(b"S").and_then(Object::as_name).is_ok_and(|is| is == kind)
            })
        };
        let scope = |head: &lopdf::Dictionary| {
            let first = |object: &Object| object.as_array().ok().and_then(|all| all.first().cloned());
            let attributes = head.get(b"A").ok()?.clone();
            let attributes = first(&attributes).unwrap_or(attributes);
            let (_, attributes) = document.dereference(&attributes).ok()?;
            let scope = attributes.as_dict().ok()?.get(b"Scope").and_then(Object::as_name).ok()?;
            Some(String::from_utf8_lossy(scope).into_owned())
        };
        let scopes: BTreeSet<_> = elements(b"TH").map(scope).collect();
        let expected = ["Column", "Row"].map(|scope| Some(scope.to_owned()));
        if elements(b"Table").next().is_none() {
            assert_eq!(name, "review-lists.pdf", "of the forms only lists of nobody have no table");
            continue;
        }
        assert!(
            scopes.contains(&expected[0]) && scopes.iter().all(|one| expected.contains(one)),
            "{name}: {scopes:?}"
        );
        assert!(elements(b"TD").next().is_some() && elements(b"Sect").next().is_some(), "{name}");
    }
}

#[test]
fn nothing_is_drawn_outside_of_marked_content() {
    for (name, rendered) in every_form() {
        let document = Document::load_mem(&rendered.pdf).expect("a PDF");
        for id in document.page_iter() {
            let content = document.get_and_decode_page_content(id).expect("page content");
            let mut depth = 0_u32;
            for operation in &content.operations {
                match operation.operator.as_str() {
                    "BDC" | "BMC" => depth += 1,
                    "EMC" => depth -= 1,
                    "Tj" | "TJ" | "S" | "s" | "f" | "f*" | "B" | "Do" => {
                        assert!(depth == 1, "{name}: {} at depth {depth}", operation.operator);
                    }
                    _ => {}
                }
            }
            assert_eq!(depth, 0, "{name}");
        }
    }
}

#[test]
fn rendering_twice_gives_the_same_bytes() {
    for ((name, first), (_, second)) in every_form().iter().zip(every_form().iter()) {
        assert!(first == second, "{name}");
    }
}

/// Faces are parsed once in a process and serve every document: none may leave a trace in another.
#[test]
fn a_document_is_the_same_first_and_after_others_and_beside_others() {
    let book = support::gradebook(FULL_YEAR);
    let first = support::render_transcript(&book, 3).pdf;
    every_form();
    assert!(first == support::render_transcript(&book, 3).pdf);
    std::thread::scope(|scope| {
        let beside: Vec<_> = (0..4)
            .map(|at| scope.spawn(move || support::render_transcript(&support::gradebook(FULL_YEAR), at).pdf))
            .collect();
        let beside: Vec<_> = beside.into_iter().map(|one| one.join().expect("rendered")).collect();
        assert!(beside[3] == first && beside[2] != first);
    });
}

/// Making a base reads only the skeleton of the rendered file; what it did not read must still be there.
#[test]
fn a_base_keeps_every_element_and_adds_one_per_field() {
    let book = support::gradebook(FULL_YEAR);
    let dossier = format!("{}_{}_so-diem_{}", book.year, book.period, book.class);
    let plan = support::plan(&book, &dossier);
    let mut rendered = support::render_class_book(&book, FULL_YEAR);
    let elements = |pdf: &[u8]| {
        let read = Document::load_mem(pdf).expect("a PDF");
        let typed =
            |object: &&Object| object.as_dict().is_ok_and(|dictionary| dictionary.has_type(b"StructElem"));
        read.objects.values().filter(typed).count()
    };
    let before = elements(&rendered.pdf);
    for packing in [Packing::ObjectStreams, Packing::Classic] {
        let base = signing_base(&rendered, &plan, packing).expect("a base");
        assert_eq!(elements(&base.pdf), before + plan.boxes().count() + 1, "{packing:?}");
        assert_eq!(text_of(&base.pdf), text_of(&rendered.pdf));
    }
    rendered.pdf = signing_base(&rendered, &plan, Packing::ObjectStreams).expect("a base").pdf;
    keep("class-book-base.pdf", &rendered);
}

#[test]
fn a_base_is_one_classic_section_and_ends_with_a_whole_line() {
    for (name, rendered) in every_form() {
        assert!(rendered.pdf.starts_with(b"%PDF-1.7"), "{name}");
        assert!(rendered.pdf.ends_with(b"%%EOF\n"), "{name}");
        let text = String::from_utf8_lossy(&rendered.pdf);
        assert_eq!(text.matches("startxref").count(), 1, "{name}");
        assert!(!text.contains("/ObjStm"), "{name}");
    }
}
