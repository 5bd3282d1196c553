//! Every form of the invented school, and what the tests ask of one.

use crafts::document::Rendered;
use lopdf::{Document, Object};
use school::gradebook::{Gradebook, SubjectResults};
use school::limits::PDF_STREAM_SIZE_BYTES;

use super::support::{self, FIRST_TERM, FULL_YEAR};

/// Keeps a form for the eye when `NIEMPHONG_FORMS_DIR` names a folder.
pub fn keep(name: &str, rendered: &Rendered) {
    if let Some(folder) = std::env::var_os("NIEMPHONG_FORMS_DIR") {
        let path = std::path::Path::new(&folder).join(name);
        std::fs::write(path, &rendered.pdf).expect("the folder can be written");
    }
}

pub fn every_form() -> Vec<(&'static str, Rendered)> {
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

pub fn pages(rendered: &Rendered) -> usize {
    Document::load_mem(&rendered.pdf).expect("a PDF").get_pages().len()
}

/// Words in order, whatever the line breaks.
pub fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The bytes of an embedded file, found through the name tree's file specifications.
pub fn attachment(rendered: &Rendered, name: &str) -> Vec<u8> {
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

/// Every form, and the classes that strain them.
pub fn strained_forms() -> Vec<(&'static str, Rendered)> {
    let mut forms = every_form();
    let fifty = support::class_of(50);
    let fourteen = support::class_with_subjects(14);
    let most = support::class_with_subjects(40);
    forms.push(("class-book-50.pdf", support::render_class_book(&fifty, FULL_YEAR)));
    forms.push(("class-book-14-subjects.pdf", support::render_class_book(&fourteen, FULL_YEAR)));
    forms.push(("transcript-14-subjects.pdf", support::render_transcript(&fourteen, 3)));
    forms.push(("class-book-40-subjects.pdf", support::render_class_book(&most, FULL_YEAR)));
    for pupils in [20, 21, 22, 27, 28, 29, 30, 31, 41, 43, 45, 46, 56, 57, 58, 100] {
        forms.push(("class-book-n.pdf", support::render_class_book(&support::class_of(pupils), FULL_YEAR)));
    }
    forms
}

/// The rows of a subject's sheets as they must come back: number, name, marks of the term.
pub fn expected_rows(book: &Gradebook, subject: usize) -> Vec<String> {
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
