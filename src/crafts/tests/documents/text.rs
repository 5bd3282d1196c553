//! What was put in comes back: every name, mark and remark, read by poppler.

use school::digest::{Sha256, Sha512};
use school::gradebook::SubjectResults;
use serde_json::{Value, json};

use super::every_form::{attachment, expected_rows, keep, words};
use super::support::{self, FIRST_TERM, FULL_YEAR, UPPER_SECONDARY, text_of};

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
