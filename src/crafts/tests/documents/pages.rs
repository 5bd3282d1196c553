//! Pages: how many, what stands at the head and foot of each, and where a list breaks.

use crafts::document::{ClassBook, class_book};
use school::gradebook::Gradebook;

use super::every_form::{every_form, keep, pages, words};
use super::support::{self, FULL_YEAR, text_of};

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
            assert!(words(leaf).contains("Dấu giáp lai"), "{name} page {index}: a place for the stamp");
        }
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

/// The common large class: its lists stand above the place where the teacher signs, on one page.
#[test]
fn a_class_of_45_keeps_each_subject_on_one_page_and_a_larger_one_goes_on_below_a_repeated_header() {
    let sheets = |pupils: usize| {
        let mut book = support::class_of(pupils);
        // Names of five words take two lines.
        for pupil in book.pupils.iter_mut().step_by(15) {
            pupil.name = "Nguyễn Hoàng Quỳnh Thuỵ Khánh Phương".into();
        }
        let rendered = support::render_class_book(&book, FULL_YEAR);
        keep(&format!("class-book-{pupils}.pdf"), &rendered);
        let text = text_of(&rendered.pdf);
        let is_list = |page: &String| {
            page.contains("Ghi chú") && (page.contains("ĐĐGgk") || page.contains("Thường xuyên"))
        };
        let sheets: Vec<String> = text.split('\u{c}').map(words).filter(is_list).collect();
        (sheets, book.subjects.len() * 2)
    };
    let (whole, expected) = sheets(45);
    assert_eq!(whole.len(), expected, "a page for each subject and term");
    assert!(whole.iter().all(|sheet| sheet.contains("45 ") && !sheet.contains("tiếp theo")));
    let (broken, expected) = sheets(55);
    assert_eq!(broken.len(), expected * 2, "two pages, both with their header");
    assert_eq!(broken.iter().filter(|sheet| sheet.contains("tiếp theo")).count(), expected);
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
