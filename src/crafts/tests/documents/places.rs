//! Places for signatures: one for each box, apart from words and from each other.

use std::collections::BTreeSet;

use crafts::document::{ClassBook, class_book};
use lopdf::{Document, Object};

use super::every_form::{every_form, keep, strained_forms, words};
use super::support::{self, FULL_YEAR, text_of};

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
fn the_title_of_the_head_is_the_schools_own() {
    let book = support::gradebook(FULL_YEAR);
    let mut roster = support::roster(&book);
    roster.school.head_title = "Giám đốc trung tâm".into();
    let summary = support::render_of_class(&book, &roster, "bang-tong-hop", "6A1");
    let text = words(&text_of(&summary.pdf));
    assert!(text.contains("GIÁM ĐỐC TRUNG TÂM") && !text.contains("HIỆU TRƯỞNG"), "{text}");
    assert_eq!(summary.places[1].label, "Chữ ký số của Giám đốc trung tâm");
}

/// Who signs is said by the signature; only covers name teachers, because their forms ask for it.
#[test]
fn no_form_names_a_signer_before_the_signature_but_its_cover() {
    let staff = support::roster(&support::gradebook(FULL_YEAR)).people;
    let signers = staff.iter().filter(|person| person.id.as_str() != "DAU");
    let names: Vec<&str> = signers.map(|person| person.name.as_str()).collect();
    assert_eq!(names.len(), 6);
    for (form, rendered) in every_form() {
        let text = text_of(&rendered.pdf);
        let (mut on_covers, mut elsewhere) = (0, Vec::new());
        for (page, leaf) in text.split('\u{c}').map(words).enumerate() {
            let named = names.iter().filter(|name| leaf.contains(**name)).count();
            let is_cover = form.contains("-book") && page < 3;
            if is_cover {
                on_covers += named
            } else if named > 0 {
                elsewhere.push(page)
            }
        }
        assert!(elsewhere.is_empty(), "{form} names a signer on pages {elsewhere:?}");
        assert_eq!(on_covers > 0, form.contains("-book"), "{form}");
    }
}
