//! Every form, judged from outside: by poppler for their text, by lopdf for their objects.

mod support;

use std::collections::BTreeSet;

use crafts::document::{ClassBook, FromGradebook, Rendered, Supplemented, class_book, transcript};
use crafts::pdf::{Packing, signing_base};
use lopdf::{Document, Object};
use school::digest::{Sha256, Sha512};
use school::gradebook::{Gradebook, SubjectResults};
use school::limits::PDF_STREAM_SIZE_BYTES;
use serde_json::{Value, json};

use support::{FIRST_TERM, FULL_YEAR, LOWER_SECONDARY, OLD_FORM, UPPER_SECONDARY, text_of};

/// Keeps a form for the eye when `NIEMPHONG_FORMS_DIR` names a folder.
fn keep(name: &str, rendered: &Rendered) {
    if let Some(folder) = std::env::var_os("NIEMPHONG_FORMS_DIR") {
        let path = std::path::Path::new(&folder).join(name);
        std::fs::write(path, &rendered.pdf).expect("the folder can be written");
    }
}

fn every_form() -> Vec<(&'static str, Rendered)> {
    let book = support::gradebook(FULL_YEAR);
    let first_term = support::gradebook(FIRST_TERM);
    let roster = support::roster(&book);
    vec![
        ("class-book.pdf", support::render_class_book(&book, FULL_YEAR)),
        ("class-book-hk1.pdf", support::render_class_book(&first_term, FIRST_TERM)),
        ("transcript.pdf", support::render_transcript(&book, 3)),
        ("transcript-hk1.pdf", support::render_transcript(&first_term, 3)),
        ("lock-decision.pdf", support::render_lock_decision()),
        ("reopening-decision.pdf", support::render_reopening_decision()),
        ("sealing-record.pdf", support::render_sealing_record()),
        ("teacher-book.pdf", support::render_of_class(&book, &roster, "so-diem-gv", "6A1_TOAN")),
        ("teacher-book-levels.pdf", support::render_of_class(&book, &roster, "so-diem-gv", "6A1_GDTC")),
        ("results-summary.pdf", support::render_of_class(&book, &roster, "bang-tong-hop", "6A1")),
        ("review-lists.pdf", support::render_of_class(&book, &roster, "danh-sach-xet-duyet", "6A1")),
        ("enrolment-register.pdf", support::render_of_class(&book, &roster, "so-dang-bo", "6A1")),
    ]
}

fn pages(rendered: &Rendered) -> usize {
    Document::load_mem(&rendered.pdf).expect("a PDF").get_pages().len()
}

/// Words in order, whatever the line breaks.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_form_has_the_pages_that_a_school_expects() {
    let counts: Vec<(&str, usize)> = every_form()
        .iter()
        .map(|(name, rendered)| {
            keep(name, rendered);
            (*name, pages(rendered))
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("class-book.pdf", 20),
            ("class-book-hk1.pdf", 12),
            ("transcript.pdf", 5),
            ("transcript-hk1.pdf", 5),
            ("lock-decision.pdf", 1),
            ("reopening-decision.pdf", 1),
            ("sealing-record.pdf", 1),
            ("teacher-book.pdf", 6),
            ("teacher-book-levels.pdf", 6),
            ("results-summary.pdf", 2),
            ("review-lists.pdf", 1),
            ("enrolment-register.pdf", 2),
        ]
    );
}

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
fn every_page_of_an_invented_school_says_so_and_names_its_dossier() {
    for (name, rendered) in every_form() {
        let text = text_of(&rendered.pdf);
        let total = pages(&rendered);
        let leaves: Vec<&str> = text.split('\x0c').filter(|leaf| !leaf.trim().is_empty()).collect();
        assert_eq!(leaves.len(), total, "{name}");
        for (index, leaf) in leaves.iter().enumerate() {
            assert!(leaf.contains("DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"), "{name} page {index}");
            let foot = format!("Trang {}/{total} – 2025-2026_", index + 1);
            assert!(leaf.contains(&foot), "{name} page {index}");
        }
    }
}

/// The rows of a subject's sheets as they must come back: number, name, marks of the term.
fn expected_rows(book: &Gradebook, subject: usize) -> Vec<String> {
    fn cells<T: ToString>(results: &school::gradebook::Results<T>) -> Vec<Vec<String>> {
        let text = |value: Option<&T>| value.map(ToString::to_string);
        let term = |term: &school::gradebook::Term<T>| -> Vec<String> {
            let ends = [term.gk.as_ref(), term.ck.as_ref(), term.result.as_ref()];
            term.tx.iter().map(ToString::to_string).chain(ends.into_iter().filter_map(text)).collect()
        };
        let mut terms = vec![term(&results.hk1)];
        if let Some(second) = &results.hk2 {
            let year = [results.year.as_ref(), results.retest.as_ref()].into_iter().filter_map(text);
            terms.push(term(second).into_iter().chain(year).collect());
        }
        terms
    }
    let id = &book.subjects[subject].id;
    let rows = |(index, pupil): (usize, &school::gradebook::Pupil)| {
        let terms = match &pupil.subjects[id].results {
            SubjectResults::Marks(results) => cells(results),
            SubjectResults::Levels(results) => cells(results),
            SubjectResults::Exempt => vec![vec!["Miễn học".to_owned()]],
        };
        let name = pupil.name.clone();
        terms.into_iter().map(move |cells| format!("{} {name} {}", index + 1, cells.join(" ")))
    };
    book.pupils.iter().enumerate().flat_map(rows).collect()
}

#[test]
fn every_name_and_mark_of_the_class_book_comes_back_exactly() {
    let long = support::class_of(50);
    for (book, export) in [
        (support::gradebook(FULL_YEAR), FULL_YEAR),
        (support::gradebook(FIRST_TERM), FIRST_TERM),
        (long, FULL_YEAR),
    ] {
        let text = words(&text_of(&support::render_class_book(&book, export).pdf));
        for subject in 0..book.subjects.len() {
            for row in expected_rows(&book, subject) {
                assert!(text.contains(&row), "missing {row}\nin {text}");
            }
        }
    }
}

#[test]
fn the_transcript_holds_its_pupil_and_no_other() {
    let book = support::gradebook(FULL_YEAR);
    let rendered = support::render_transcript(&book, 3);
    let text = words(&text_of(&rendered.pdf));
    let data = attachment(&rendered, "du-lieu.json");
    let data = String::from_utf8(data).expect("UTF-8");
    for (index, pupil) in book.pupils.iter().enumerate() {
        assert_eq!(text.contains(&pupil.name), index == 3, "{}", pupil.name);
        assert_eq!(data.contains(&pupil.name), index == 3, "{}", pupil.name);
        assert_eq!(data.contains(pupil.id.as_str()), index == 3, "{}", pupil.id);
    }
    assert!(text.contains(&book.pupils[3].remark));
    for subject in &book.subjects {
        let row = &book.pupils[3].subjects[&subject.id];
        let results = match &row.results {
            SubjectResults::Marks(results) => results_of(results),
            SubjectResults::Levels(results) => results_of(results),
            SubjectResults::Exempt => String::new(),
        };
        let printed = format!("{} {results} {}", subject.name, row.remark);
        assert!(text.contains(&printed), "missing {printed}\nin {text}");
    }
}

fn results_of<T: ToString + Copy>(results: &school::gradebook::Results<T>) -> String {
    let terms =
        [results.hk1.result, results.hk2.as_ref().and_then(|term| term.result), results.year, results.retest];
    terms.into_iter().flatten().map(|result| result.to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn decision_and_record_print_and_carry_their_digests() {
    let blocks = |hex: &str| {
        let block = |at: usize| hex[at..at + 8].to_owned();
        (0..hex.len()).step_by(8).map(block).collect::<Vec<_>>().join(" ")
    };
    let decision = support::render_lock_decision();
    let export = Sha256::of(FULL_YEAR).to_string();
    assert!(words(&text_of(&decision.pdf)).contains(&blocks(&export)));
    let data: Value = serde_json::from_slice(&attachment(&decision, "du-lieu.json")).expect("JSON");
    let expected = json!({
        "format": "niemphong-lock/1",
        "number": "0001",
        "year": "2025-2026",
        "exports": [{"class": "6A1", "period": "ca-nam", "sha256": export}],
    });
    assert_eq!(data, expected);

    let record = support::render_sealing_record();
    let short = Sha256::of(b"tagmanifest").to_string();
    let long = Sha512::of(b"tagmanifest").to_string();
    let text = words(&text_of(&record.pdf));
    assert!(text.contains(&blocks(&short)) && text.contains(&blocks(&long)), "{text}");
    assert!(text.contains("HOAPHUONG_2025-2026_0001") && text.contains("12.345.678 byte"));
    let signed_page = record.places.iter().map(|place| place.page).max().expect("places");
    let pages = text_of(&record.pdf);
    let signed_page = words(pages.split('\u{c}').nth(signed_page).expect("a page"));
    assert!(signed_page.contains("không còn khớp"), "nobody signs a page of places alone: {signed_page}");
    let data: Value = serde_json::from_slice(&attachment(&record, "du-lieu.json")).expect("JSON");
    let expected = json!({
        "format": "niemphong-sealing/1",
        "deposit": "HOAPHUONG_2025-2026_0001",
        "tagmanifest_sha256": short,
        "tagmanifest_sha512": long,
        "files": 47,
        "bytes": 12_345_678,
    });
    assert_eq!(data, expected);
}

#[test]
fn a_remark_of_600_letters_and_a_name_of_100_are_printed_whole() {
    let mut book = support::gradebook(FULL_YEAR);
    let remark: String = "Em có nhiều tiến bộ trong học tập và rèn luyện, biết giúp đỡ bạn. "
        .chars()
        .cycle()
        .take(599)
        .collect();
    let remark = remark.trim_end().to_owned();
    let name = "Công Tằng Tôn Nữ Hoàng Ngọc Quỳnh Thuỵ Khánh Trường Phương Thảo Nguyên Ánh Tuyết Nhung";
    let pupil = &mut book.pupils[0];
    pupil.name = name.into();
    pupil.remark = remark.clone();
    for row in pupil.subjects.values_mut() {
        row.remark = remark.clone();
    }
    let transcript = support::render_transcript(&book, 0);
    keep("transcript-long.pdf", &transcript);
    let text = words(&text_of(&transcript.pdf));
    assert_eq!(text.matches(&remark).count(), book.subjects.len() + 1);
    assert!(text.contains(name));
    let class_book = support::render_class_book(&book, FULL_YEAR);
    keep("class-book-long.pdf", &class_book);
    assert!(words(&text_of(&class_book.pdf)).contains(name));
}

/// Letters that no cut of the faces has, marks that are set over a letter, a space that is no space.
#[test]
fn letters_beyond_the_vietnamese_ones_are_printed_and_come_back() {
    let mut book = support::gradebook(FULL_YEAR);
    let names = ["Bơ\u{306}n Ư\u{306}k", "Müller Ωμέγα", "Lê\u{a0}Hải Yến", "Trần Văn Bảo"];
    for (pupil, name) in names.into_iter().enumerate() {
        book.pupils[pupil].name = name.into();
        let transcript = support::render_transcript(&book, pupil);
        keep(&format!("transcript-letters-{pupil}.pdf"), &transcript);
        let text = words(&text_of(&transcript.pdf));
        assert!(text.matches(&words(name)).count() >= 2, "{name}: {text}");
        // A map of its own only where a glyph stands behind the cut; the italic face has one for U+00A0.
        let widened = String::from_utf8_lossy(&transcript.pdf).contains("/CIDToGIDMap ");
        assert_eq!(widened, pupil < 3, "{name}");
    }
}

#[test]
fn a_class_of_fifty_repeats_the_header_rows_on_every_page() {
    let rendered = support::render_class_book(&support::class_of(50), FULL_YEAR);
    keep("class-book-50.pdf", &rendered);
    let text = text_of(&rendered.pdf);
    let sheets: Vec<&str> = text.split('\x0c').filter(|leaf| leaf.contains("MÔN TOÁN")).collect();
    assert!(sheets.len() >= 2);
    assert!(sheets.iter().filter(|leaf| leaf.contains("Họ và tên")).count() >= 2);
}

#[test]
fn every_box_has_one_place_on_its_page_and_places_are_apart() {
    for (name, rendered) in every_form() {
        let document = Document::load_mem(&rendered.pdf).expect("a PDF");
        let names: BTreeSet<_> = rendered.places.iter().map(|place| place.name.clone()).collect();
        assert_eq!(names.len(), rendered.places.len(), "{name}");
        let sizes: Vec<[f32; 4]> = document
            .page_iter()
            .map(|id| {
                let page = document.get_dictionary(id).expect("a page");
                let media = page.get(b"MediaBox").and_then(Object::as_array).expect("a media box");
                [0, 1, 2, 3].map(|index| media[index].as_float().expect("a number"))
            })
            .collect();
        for (index, place) in rendered.places.iter().enumerate() {
            let [left, bottom, right, top] = place.rect;
            let page = sizes[place.page];
            assert!(left > page[0] + 20.0 && right < page[2] - 20.0, "{name} {}", place.name);
            assert!(bottom > page[1] + 40.0 && top < page[3] - 40.0, "{name} {}", place.name);
            // Teachers' places in a transcript share a page with the results of every subject.
            let (least_width, least_height) =
                if name.starts_with("transcript") { (110.0, 27.0) } else { (145.0, 62.0) };
            let (width, height) = (right - left, top - bottom);
            assert!((least_width..=171.0).contains(&width), "{name} {}: {width}", place.name);
            assert!((least_height..=62.1).contains(&height), "{name} {}: {height}", place.name);
            for other in &rendered.places[index + 1..] {
                let apart = other.page != place.page
                    || other.rect[0] >= right
                    || other.rect[2] <= left
                    || other.rect[1] >= top
                    || other.rect[3] <= bottom;
                assert!(apart, "{name}: {} and {}", place.name, other.name);
            }
        }
    }
}

/// Every form, and the classes that strain them.
fn strained_forms() -> Vec<(&'static str, Rendered)> {
    let mut forms = every_form();
    let fifty = support::class_of(50);
    let fourteen = support::class_with_subjects(14);
    let most = support::class_with_subjects(40);
    forms.push(("class-book-50.pdf", support::render_class_book(&fifty, FULL_YEAR)));
    forms.push(("class-book-14-subjects.pdf", support::render_class_book(&fourteen, FULL_YEAR)));
    forms.push(("transcript-14-subjects.pdf", support::render_transcript(&fourteen, 3)));
    forms.push(("class-book-40-subjects.pdf", support::render_class_book(&most, FULL_YEAR)));
    for pupils in [20, 21, 22, 27, 28, 29, 30, 31, 43, 56, 57, 58, 100] {
        forms.push(("class-book-n.pdf", support::render_class_book(&support::class_of(pupils), FULL_YEAR)));
    }
    forms
}

fn overlap(one: [f32; 4], other: [f32; 4]) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

#[test]
fn words_stand_within_the_margins_apart_from_each_other_and_from_every_place() {
    for (name, rendered) in strained_forms() {
        keep(name, &rendered);
        for (number, page) in support::words_of(&rendered.pdf).iter().enumerate() {
            let ([width, height], page) = (page.0, &page.1);
            let places: Vec<[f32; 4]> = rendered
                .places
                .iter()
                .filter(|place| place.page == number)
                .map(|place| [place.rect[0], height - place.rect[3], place.rect[2], height - place.rect[1]])
                .collect();
            // Boxes of words are as high as the font's ascent and descent: the ink is less.
            let ink = |word: &support::Word| {
                let [left, top, right, bottom] = word.rect;
                let less = (bottom - top) * 0.2;
                [left + 0.2, top + less, right - 0.2, bottom - less]
            };
            for (index, word) in page.iter().enumerate() {
                let rect = ink(word);
                let edge = if ["Dấu", "giáp", "lai"].contains(&word.text.as_str()) && rect[0] > width - 40.0
                {
                    0.0
                } else {
                    41.5
                };
                let inside = rect[0] > 41.5 && rect[2] < width - edge && rect[3] < height - 15.0;
                assert!(inside, "{name} page {number}: {} at {:?}", word.text, word.rect);
                for place in &places {
                    assert!(!overlap(rect, *place), "{name} page {number}: {} in a place", word.text);
                }
                for other in &page[index + 1..] {
                    assert!(
                        !overlap(rect, ink(other)),
                        "{name} page {number}: {} on {}",
                        word.text,
                        other.text
                    );
                }
            }
        }
    }
}

#[test]
fn a_place_stands_on_a_page_with_what_is_signed() {
    for (name, rendered) in strained_forms() {
        let pages = support::words_of(&rendered.pdf);
        for place in rendered.places.iter().filter(|place| place.name.as_str().starts_with("GVBM")) {
            assert!(pages[place.page].1.len() > 45, "{name}: {} stands alone", place.name);
        }
    }
}

#[test]
fn a_plan_that_does_not_fit_the_form_is_refused() {
    let book = support::gradebook(FULL_YEAR);
    let roster = support::roster(&book);
    let render = |plan: &school::plan::Plan| {
        let input = ClassBook {
            gradebook: &book,
            export: FULL_YEAR,
            roster: &roster,
            plan,
            decided: support::DECIDED,
            supplements: None,
            corrects: None,
        };
        class_book(&input).map_err(|fault| fault.code())
    };
    let sound = support::plan(&book, "2025-2026_ca-nam_so-diem_6A1");
    let other = support::plan(&book, "2025-2026_ca-nam_so-diem_6A2");
    assert_eq!(render(&other).err(), Some("document.other_dossier"));
    let mut foreign = book.clone();
    foreign.school = "HOASEN".parse().expect("a code");
    let input = ClassBook {
        gradebook: &foreign,
        export: FULL_YEAR,
        roster: &roster,
        plan: &sound,
        decided: support::DECIDED,
        supplements: None,
        corrects: None,
    };
    assert_eq!(class_book(&input).err().map(|fault| fault.code()), Some("document.other_school"));
    let mut unknown_subject = sound.clone();
    unknown_subject.turns[1].boxes[0].subject = Some("HOA".parse().expect("an id"));
    assert_eq!(render(&unknown_subject).err(), Some("document.no_place"));
    let mut without_teachers = sound;
    without_teachers.turns.remove(1);
    let places = render(&without_teachers).expect("a plan without subject teachers").places;
    assert_eq!(places.len(), 3);
}

#[test]
fn a_real_school_carries_no_notice_and_a_letter_without_a_glyph_is_refused() {
    let mut book = support::gradebook(FULL_YEAR);
    let mut roster = support::roster(&book);
    roster.school.sample = false;
    let plan = support::plan(&book, "2025-2026_ca-nam_so-diem_6A1");
    let render = |book: &Gradebook| {
        class_book(&ClassBook {
            gradebook: book,
            export: FULL_YEAR,
            roster: &roster,
            plan: &plan,
            decided: support::DECIDED,
            supplements: None,
            corrects: None,
        })
    };
    let rendered = render(&book).expect("a class book");
    assert!(!text_of(&rendered.pdf).contains("DỮ LIỆU MẪU"));
    book.pupils[0].name = "Nguyễn 漢".into();
    assert_eq!(render(&book).err().map(|fault| fault.code()), Some("document.unprintable"));
}

#[test]
fn the_class_book_carries_plan_data_and_the_original_export() {
    let book = support::gradebook(FULL_YEAR);
    let rendered = support::render_class_book(&book, FULL_YEAR);
    assert_eq!(attachment(&rendered, "ban-goc.json"), FULL_YEAR);
    let canonical = school::records::canonical::to_bytes(&book).expect("canonical");
    assert_eq!(attachment(&rendered, "du-lieu.json"), canonical);
    for (name, rendered) in every_form() {
        let plan: school::plan::Plan =
            serde_json::from_slice(&attachment(&rendered, school::plan::ATTACHMENT)).expect("a plan");
        let boxes: Vec<_> = plan.boxes().map(|(_, one)| one.name.clone()).collect();
        let places: Vec<_> = rendered.places.iter().map(|place| place.name.clone()).collect();
        assert_eq!(boxes, places, "{name}");
    }
}

/// S2, Đ.4: what is decided after the summer is a document of its own, and the closed one of the year stays.
#[test]
fn results_after_the_summer_name_the_closed_document_on_paper_and_in_their_data() {
    let mut book = support::gradebook(LOWER_SECONDARY);
    book.period = "sau-he".parse().expect("a period");
    let (roster, id) = (support::roster(&book), &book.pupils[4].id);
    let closed = Sha256::of(b"the closed file of the year");
    let decided = support::DECIDED;
    for of in ["so-diem_7A3".to_owned(), format!("hoc-ba_{id}")] {
        let plan = support::plan(&book, &format!("2025-2026_sau-he_{of}"));
        let of_year = format!("2025-2026_ca-nam_{of}").parse().expect("an id");
        let supplements = Some(Supplemented { dossier: &of_year, sha256: closed });
        let (gradebook, roster, plan) = (&book, &roster, &plan);
        let rendered = if of.starts_with("so-diem") {
            let export = LOWER_SECONDARY;
            class_book(&ClassBook { gradebook, export, roster, plan, decided, supplements, corrects: None })
        } else {
            let export = Sha256::of(LOWER_SECONDARY);
            transcript(&FromGradebook {
                gradebook,
                export,
                roster,
                plan,
                decided,
                supplements,
                corrects: None,
            })
        };
        let rendered = rendered.expect("a supplement");
        keep(&format!("supplement-{}.pdf", &of[..6]), &rendered);
        let text = words(&text_of(&rendered.pdf));
        let hex = closed.to_string();
        let digest = (0..64).step_by(8).map(|at| &hex[at..at + 8]).collect::<Vec<_>>().join(" ");
        let line =
            format!("Bổ sung kết quả sau hè cho hồ sơ của năm học (mã hồ sơ {of_year}), SHA-256: {digest}");
        assert!(text.contains(&line), "{line}\n{text}");
        assert!(text.contains("Sau đánh giá lại trong hè"), "{text}");
        let data: Value = serde_json::from_slice(&attachment(&rendered, "bo-sung.json")).expect("JSON");
        assert_eq!(data["supplements"], of_year.as_str());
        assert_eq!(data["sha256"], closed.to_string());
    }
}

/// The bytes of an embedded file, found through the name tree's file specifications.
fn attachment(rendered: &Rendered, name: &str) -> Vec<u8> {
    let document = Document::load_mem(&rendered.pdf).expect("a PDF");
    for object in document.objects.values() {
        let Ok(dictionary) = object.as_dict() else { continue };
        let named = dictionary.get(b"F").and_then(Object::as_str).is_ok_and(|file| file == name.as_bytes());
        if named && dictionary.has(b"AFRelationship") {
            let stream = dictionary
                .get(b"EF")
                .and_then(Object::as_dict)
                .and_then(|files| files.get(b"F"))
                .and_then(Object::as_reference)
                .and_then(|id| document.get_object(id))
                .and_then(Object::as_stream)
                .expect("an embedded file");
            return stream
                .decompressed_content_with_limit(PDF_STREAM_SIZE_BYTES)
                .unwrap_or_else(|_| stream.content.clone());
        }
    }
    panic!("no attachment {name}");
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
fn a_base_is_one_classic_section_and_ends_with_a_whole_line() {
    for (name, rendered) in every_form() {
        assert!(rendered.pdf.starts_with(b"%PDF-1.7"), "{name}");
        assert!(rendered.pdf.ends_with(b"%%EOF\n"), "{name}");
        let text = String::from_utf8_lossy(&rendered.pdf);
        assert_eq!(text.matches("startxref").count(), 1, "{name}");
        assert!(!text.contains("/ObjStm"), "{name}");
    }
}

#[test]
fn a_school_with_its_own_subjects_prints_them_by_the_forms_of_its_level() {
    let book = support::gradebook(UPPER_SECONDARY);
    let text = words(&text_of(&support::render_class_book(&book, UPPER_SECONDARY).pdf));
    assert!(text.contains("CẤP TRUNG HỌC PHỔ THÔNG"));
    for subject in &book.subjects {
        assert!(text.contains(&format!("HỌC KÌ II MÔN {}", subject.name.to_uppercase())), "{}", subject.name);
    }
    for subject in 0..book.subjects.len() {
        for row in expected_rows(&book, subject) {
            assert!(text.contains(&row), "missing {row}");
        }
    }
    let transcript = words(&text_of(&support::render_transcript(&book, 1).pdf));
    assert!(transcript.contains("HỌC BẠ TRUNG HỌC PHỔ THÔNG"));
}

#[test]
fn what_the_gradebook_knows_of_a_pupil_stands_on_the_forms_that_ask_for_it() {
    let book = support::gradebook(UPPER_SECONDARY);
    let roster = support::roster(&book);
    let pupil = &book.pupils[4];
    let personal = pupil.personal.as_ref().expect("particulars");
    let class_book = words(&text_of(&support::render_class_book(&book, UPPER_SECONDARY).pdf));
    let register = words(&text_of(&support::render_of_class(&book, &roster, "so-dang-bo", "11A2").pdf));
    let transcript = words(&text_of(&support::render_transcript(&book, 4).pdf));
    // A name with the syntax of HTML and of PDF is text everywhere.
    for text in [&class_book, &register, &transcript] {
        assert!(text.contains(&pupil.name), "{}", pupil.name);
        assert!(text.contains(&personal.address), "{}", personal.address);
        assert!(text.contains(&personal.father.name));
    }
    assert!(class_book.contains(&personal.father.phone) && !register.contains(&personal.father.phone));
    for line in
        ["ĐIỂM DANH THÁNG 10 NĂM 2025", "Trong đó được lên lớp sau khi học tập, rèn luyện thêm trong hè: 1"]
    {
        assert!(class_book.contains(line), "{line}");
    }
    assert!(class_book.contains("Ghi đầy đủ, đúng tiến độ."));
    assert!(transcript.contains("Được lên lớp sau khi học tập, rèn luyện thêm trong hè"));
    assert!(transcript.contains(&pupil.summer));
    let lists = words(&text_of(&support::render_of_class(&book, &roster, "danh-sach-xet-duyet", "11A2").pdf));
    let retained = lists.split("không được lên lớp").nth(1).expect("the second list");
    assert!(retained.contains(&book.pupils[5].name), "{lists}");
    let summary = words(&text_of(&support::render_of_class(&book, &roster, "bang-tong-hop", "11A2").pdf));
    assert!(summary.contains("Toàn lớp 6"), "{summary}");
}

#[test]
fn years_before_the_new_circular_keep_their_columns() {
    let book = support::gradebook(OLD_FORM);
    let class_book = words(&text_of(&support::render_class_book(&book, OLD_FORM).pdf));
    let transcript = words(&text_of(&support::render_transcript(&book, 0).pdf));
    for head in ["ĐTB các môn", "Học lực", "Hạnh kiểm"] {
        assert!(class_book.contains(head) && transcript.contains(head), "{head}");
    }
    assert!(class_book.contains("SỔ GỌI TÊN VÀ GHI ĐIỂM") && class_book.contains("TBHKII"));
    let averages = book.pupils[0].averages;
    let row = [averages.hk1, averages.hk2, averages.year].map(|mark| mark.expect("an average").to_string());
    let row = format!("ĐTB các môn {}", row.join(" "));
    assert!(transcript.contains(&row), "below the subjects: {row}\n{transcript}");
    assert!(transcript.contains("Chứng chỉ nghề (nếu có)") && !transcript.contains("Môn học nâng cao"));
    // Guide, remarks and legend speak of the book and the columns that they stand in.
    assert!(class_book.contains("HƯỚNG DẪN SỬ DỤNG SỔ GỌI TÊN VÀ GHI ĐIỂM"));
    assert!(
        class_book.contains("VỀ SỬ DỤNG SỔ GỌI TÊN VÀ GHI ĐIỂM")
            && class_book.contains("TBHKI, TBHKII, TBcn:")
    );
    assert!(!class_book.contains("SỔ THEO DÕI") && !class_book.contains("ĐTBmhk"), "{class_book}");
    assert!(
        transcript.contains("phải khớp với sổ gọi tên và ghi điểm") && !transcript.contains("đánh giá lại")
    );
}

#[test]
fn the_last_year_of_the_upper_level_says_that_the_programme_is_completed_and_an_old_one_its_stream() {
    let mut book = support::gradebook(UPPER_SECONDARY);
    let shown = |book: &Gradebook| words(&text_of(&support::render_transcript(book, 0).pdf));
    assert!(!shown(&book).contains("Hoàn thành chương trình"));
    book.class = "12A2".parse().expect("a class");
    assert!(
        shown(&book).contains("Hoàn thành chương trình trung học phổ thông: Hoàn thành"),
        "{}",
        shown(&book)
    );
    book.year = "2022-2023".parse().expect("a year");
    let old = shown(&book);
    assert!(old.contains("Ban:") && old.contains("Môn học nâng cao:"), "{old}");
}

/// Who signs a list signs below it: a page with nothing but places proves nothing.
#[test]
fn lists_of_any_length_leave_no_page_to_the_places_alone() {
    for pupils in (0..60).step_by(4) {
        let mut book = support::class_of(60);
        book.pupils.truncate(pupils + 1);
        let roster = support::roster(&book);
        let lists = support::render_of_class(&book, &roster, "danh-sach-xet-duyet", book.class.as_str());
        let last = support::words_of(&lists.pdf).len() - 1;
        let text = text_of(&lists.pdf);
        let last_page = text.split('\u{c}').rfind(|page| !page.trim().is_empty()).expect("a page");
        assert!(lists.places.iter().all(|place| place.page == last), "{pupils}");
        assert!(last_page.contains("học sinh."), "{pupils} pupils: {last_page}");
    }
}

#[test]
fn teachers_who_share_a_subject_have_a_place_each_and_books_as_the_school_keeps_them() {
    let book = support::gradebook(support::LOWER_SECONDARY);
    let mut roster = support::roster(&book);
    let shared =
        roster.assignments.iter_mut().find(|one| one.subject.as_str() == "LSDL").expect("the subject");
    let (first, second) = ("GV01".parse().expect("an id"), "GV02".parse().expect("an id"));
    shared.teacher = first;
    shared.colleagues = vec![second];
    let of_part = |part: &str, teacher: &str| school::roster::PartTeacher {
        part: part.into(),
        teacher: teacher.parse().expect("an id"),
    };
    shared.parts = vec![of_part("Lịch sử", "GV01"), of_part("Địa lí", "GV02")];
    let rendered = support::render_of_class(&book, &roster, "so-diem-gv", "7A3_LSDL");
    keep("teacher-book-shared.pdf", &rendered);
    let text = words(&text_of(&rendered.pdf));
    for sheet in ["PHÂN MÔN LỊCH SỬ", "PHÂN MÔN ĐỊA LÍ", "MÔN LỊCH SỬ VÀ ĐỊA LÍ Lớp: 7A3 – HỌC KÌ II"]
    {
        assert!(text.contains(sheet), "{sheet}");
    }
    let names: Vec<_> = rendered.places.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(names, ["GVBM_LSDL", "GVBM_LSDL_2", "HieuTruong", "ConDau"]);
    let assignment = roster.assignments.iter_mut().find(|one| one.subject.as_str() == "LSDL");
    assignment.expect("the subject").books = school::roster::TeacherBooks::Own;
    let own = support::render_of_class(&book, &roster, "so-diem-gv", "7A3_LSDL_2");
    keep("teacher-book-own.pdf", &own);
    let text = words(&text_of(&own.pdf));
    assert!(text.contains("PHÂN MÔN ĐỊA LÍ") && !text.contains("PHÂN MÔN LỊCH SỬ"));
    assert_eq!(own.places[0].name.as_str(), "GVBM_LSDL_2");
}

#[test]
fn a_preview_says_what_it_is_and_carries_nothing_and_an_empty_book_can_be_written_on() {
    use crafts::document::{Form, Purpose, preview};
    let mut book = support::gradebook(FULL_YEAR);
    let roster = support::roster(&book);
    let plan = support::plan(&book, "2025-2026_ca-nam_so-diem_6A1");
    let show = |book: &Gradebook, purpose| {
        let input = ClassBook {
            gradebook: book,
            export: FULL_YEAR,
            roster: &roster,
            plan: &plan,
            decided: support::DECIDED,
            supplements: None,
            corrects: None,
        };
        preview(&Form::ClassBook(input), purpose).expect("a preview")
    };
    let shown = show(&book, Purpose::Preview);
    assert!(text_of(&shown).contains("BẢN XEM TRƯỚC"));
    assert!(!String::from_utf8_lossy(&shown).contains("/EmbeddedFile"));
    book.pupils.clear();
    let text = text_of(&show(&book, Purpose::Blank));
    assert!(
        !text.contains("BẢN XEM TRƯỚC") && text.contains("MÔN TOÁN") && text.contains("\n45\n"),
        "{text}"
    );
    assert!(text.contains("ngày …… tháng …… năm 20……"), "{text}");
    for month in ["ĐIỂM DANH THÁNG 9 NĂM 2025", "ĐIỂM DANH THÁNG 1 NĂM 2026", "ĐIỂM DANH THÁNG 5 NĂM 2026"]
    {
        assert!(text.contains(month), "{month}: {text}");
    }
    assert!(text.contains("Tổng số học sinh của lớp 6A1: ……"), "{text}");
    // It is signed with a pen, at every place.
    assert!(text.contains("(Ký và ghi rõ họ tên)") && text.contains("(Ký, ghi rõ họ tên và đóng dấu)"));
    assert!(!text.contains("Ký số") && !text.contains("Chữ ký số") && !text.contains("CON DẤU"), "{text}");
}

#[test]
fn the_years_of_a_level_are_put_together_and_name_where_each_was_signed() {
    let book = support::gradebook(FULL_YEAR);
    let mut earlier = book.clone();
    earlier.year = "2024-2025".parse().expect("a year");
    let mut former = support::roster(&book);
    former.year = earlier.year;
    let roster = support::roster(&book);
    let id = &book.pupils[3].id;
    let plans =
        [&earlier, &book].map(|book| support::plan(book, &format!("{}_ca-nam_hoc-ba_{id}", book.year)));
    let year = |book, roster, plan| crafts::document::FromGradebook {
        gradebook: book,
        export: Sha256::of(FULL_YEAR),
        roster,
        plan,
        decided: support::DECIDED,
        supplements: None,
        corrects: None,
    };
    let years = [year(&earlier, &former, &plans[0]), year(&book, &roster, &plans[1])];
    let text = words(&text_of(&crafts::document::whole_transcript(&years).expect("a transcript")));
    for year in ["2024-2025", "2025-2026"] {
        assert!(text.contains(&format!("xem hồ sơ {year}_ca-nam_hoc-ba_{id}")), "{text}");
    }
    assert!(text.contains("Trang 7/7") && !text.contains("xem trang"));
    assert!(text.contains("CÁC NĂM HỌC 2024-2025 ĐẾN 2025-2026"), "{text}");
    let passed = text.split("QUÁ TRÌNH HỌC TẬP").nth(1).expect("the list of years");
    let passed = passed.split("Trang 3/7").next().expect("its page");
    assert!(passed.contains("2024-2025 6A1") && passed.contains("2025-2026 6A1"), "{passed}");
    assert!(!text.contains(", ngày "), "no day but those of the dossiers: {text}");
    assert!(text.contains(&format!("Trang 7/7 – Học bạ {id} – Các năm học 2024-2025 đến 2025-2026")));
    assert_eq!(
        crafts::document::whole_transcript(&[]).err().map(|fault| fault.code()),
        Some("document.nothing_to_show")
    );
}

#[test]
fn the_title_of_the_head_is_the_schools_own() {
    let book = support::gradebook(FULL_YEAR);
    let mut roster = support::roster(&book);
    roster.school.head_title = "Giám đốc trung tâm".into();
    let summary = support::render_of_class(&book, &roster, "bang-tong-hop", "6A1");
    let text = words(&text_of(&summary.pdf));
    assert!(text.contains("GIÁM ĐỐC TRUNG TÂM") && !text.contains("HIỆU TRƯỞNG"), "{text}");
    assert_eq!(summary.places[1].label, "Chữ ký số của Giám đốc trung tâm");
}
