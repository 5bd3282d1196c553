//! Data within the documents: plan, gradebook, original export, what a supplement names.

use crafts::document::{ClassBook, FromGradebook, Supplemented, class_book, transcript};
use school::digest::Sha256;
use serde_json::Value;

use super::every_form::{attachment, every_form, keep, words};
use super::support::{self, FULL_YEAR, LOWER_SECONDARY, text_of};

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
        assert!(text.contains("Sau kì nghỉ hè"), "{text}");
        let data: Value = serde_json::from_slice(&attachment(&rendered, "bo-sung.json")).expect("JSON");
        assert_eq!(data["supplements"], of_year.as_str());
        assert_eq!(data["sha256"], closed.to_string());
    }
}
