//! The judge reads documents as our forms really draw them: what a class book prints, and what the sheet of a
//! corrected version shows, must be what their data say.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

#[path = "../src/crafts/tests/support/mod.rs"]
mod support;

use crafts::document::{
    ClassBook, CorrectedVersion, FromGradebook, Rendered, class_book, printed_changes, transcript,
};
use crafts::pdf::{Packing, signing_base};
use lopdf::{Document, Object};
use school::digest::Sha256;
use school::dossier::DossierKey;
use school::gradebook::{Absence, Change, Conduct, Gradebook, SubjectResults};
use school::moment::Moment;
use school::plan::Plan;
use serde_json::Value;
use verification::circumstances::{Circumstances, Policy};
use verification::pdf;

const PUPIL: usize = 3;

/// The class as it was signed, and with values of one pupil corrected in each kind of place.
fn before_and_after() -> (Gradebook, Gradebook) {
    let before = support::gradebook(support::FULL_YEAR);
    let mut after = before.clone();
    let pupil = &mut after.pupils[PUPIL];
    let row = pupil.subjects.get_mut(&"TOAN".parse().unwrap()).unwrap();
    let SubjectResults::Marks(marks) = &mut row.results else { panic!("assessed by marks") };
    marks.hk1.gk = Some(96.try_into().unwrap());
    marks.hk1.tx.pop();
    marks.hk1.result = Some(64.try_into().unwrap());
    marks.year = Some(59.try_into().unwrap());
    row.remark = "Tiến bộ  rõ rệt ở học kì II.".into();
    pupil.conduct.hk2 = Some(Conduct::Kha);
    pupil.absence = Absence { excused: 2, unexcused: 0 };
    pupil.birthplace = String::new();
    pupil.remark = "Chăm ngoan.".into();
    (before, after)
}

/// Codes and places of what is told about the second version, whose sheet shows these changes.
fn told(changes: &[Change], before: &Gradebook, after: &Gradebook) -> Vec<String> {
    let first =
        DossierKey::from_id(&format!("{}_ca-nam_hoc-ba_{}", after.year, after.pupils[PUPIL].id)).unwrap();
    let plan = support::plan(after, first.next_version().id().as_str());
    let record = DossierKey::from_id(&format!("{}_ca-nam_bien-ban-sua-chua_0001", after.year)).unwrap().id();
    let rendered = transcript(&FromGradebook {
        gradebook: after,
        export: Sha256::of(b"the corrected export"),
        roster: &support::roster(after),
        plan: &plan,
        decided: support::DECIDED,
        supplements: None,
        corrects: Some(CorrectedVersion {
            dossier: &first.id(),
            sha256: Sha256::of(b"the first version"),
            record: &record,
            before,
            changes,
        }),
    })
    .unwrap();
    told_of(&base(&rendered, &plan))
}

fn base(rendered: &Rendered, plan: &Plan) -> Vec<u8> {
    signing_base(rendered, plan, Packing::Classic).unwrap().pdf
}

/// Codes and places of what is told about print and data.
fn told_of(pdf: &[u8]) -> Vec<String> {
    let report = pdf::judge(pdf, &nothing_at_hand(), None);
    let of_print = ["PRINTED_OTHERWISE", "PRINTED_NOT_READ", "FONT_LETTERS", "EMBEDDED_DATA"];
    let found = report.problems.into_iter().filter(|one| of_print.contains(&one.code.as_str()));
    found.map(|one| format!("{} {}", one.code, one.place)).collect()
}

fn nothing_at_hand() -> Circumstances {
    Circumstances::alone(Policy::School, Moment::from_unix(1_780_200_000))
}

fn changed(before: &Gradebook, after: &Gradebook) -> Vec<Change> {
    let of =
        DossierKey::from_id(&format!("{}_ca-nam_hoc-ba_{}", after.year, after.pupils[PUPIL].id)).unwrap().of;
    printed_changes(&of, before, after)
}

#[test]
fn a_sheet_that_says_what_was_corrected_is_not_spoken_of() {
    let (before, after) = before_and_after();
    let changes = changed(&before, &after);
    assert!(changes.len() >= 8, "{changes:?}");
    assert_eq!(told(&changes, &before, &after), [""; 0]);
}

#[test]
fn a_sheet_that_gives_another_value_than_the_data_is_wrong_wherever_it_stands() {
    let (before, after) = before_and_after();
    let honest = changed(&before, &after);
    for (path, lie, place) in [
        (".marks.hk1.gk", "9,9", "học kì I, ĐĐGgk: 9,9"),
        (".marks.hk1.gk", "", "học kì I, ĐĐGgk: (để trống)"),
        (".marks.hk1.tx[3]", "10,0", "học kì I, ĐĐGtx lần 4: 10,0"),
        (".marks.year", "5,8", "ĐTBmcn: 5,8"),
        ("TOAN.remark", "Giỏi.", "nhận xét: Giỏi."),
        (".conduct.hk2", "tot", "Kết quả rèn luyện, học kì II: Tốt"),
        (".absence.excused", "0", "Số buổi nghỉ có phép: 0"),
        (".birthplace", "Huế", "Nơi sinh: Huế"),
        ("].remark", "Xuất sắc.", "Nhận xét của giáo viên chủ nhiệm: Xuất sắc."),
    ] {
        let mut changes = honest.clone();
        changes.iter_mut().find(|change| change.path.ends_with(path)).expect(path).found = lie.into();
        let told = told(&changes, &before, &after);
        assert!(
            told.len() == 1 && told[0].starts_with("PRINTED_OTHERWISE") && told[0].ends_with(place),
            "{path}: {told:?}"
        );
    }
    // A level that was never corrected, shown as if it had been.
    let mut more = honest;
    let promoted = |pupil: &str| format!("$.pupils[{pupil}].honour");
    more.push(Change {
        path: promoted(after.pupils[PUPIL].id.as_str()),
        locked: String::new(),
        found: "gioi".into(),
    });
    let told = told(&more, &before, &after);
    assert!(told.iter().any(|one| one.contains("Danh hiệu: Học sinh Giỏi")), "{told:?}");
}

fn class_book_of(book: &Gradebook, export: &[u8]) -> Vec<u8> {
    let plan = support::plan(book, &format!("{}_{}_so-diem_{}", book.year, book.period, book.class));
    base(&support::render_class_book(book, export), &plan)
}

#[test]
fn class_books_of_every_stage_and_regulation_print_their_data() {
    for export in [
        support::FULL_YEAR,
        support::FIRST_TERM,
        support::LOWER_SECONDARY,
        support::UPPER_SECONDARY,
        support::OLD_FORM,
    ] {
        let book = support::gradebook(export);
        assert_eq!(told_of(&class_book_of(&book, export)), [""; 0], "{} {}", book.class, book.year);
    }
    // The same forms after the summer, and with what stood there at a point in time.
    for period in ["sau-he", "thoi-diem-1"] {
        let mut book = support::gradebook(support::FULL_YEAR);
        book.period = period.parse().unwrap();
        assert_eq!(told_of(&class_book_of(&book, support::FULL_YEAR)), [""; 0], "{period}");
    }
}

#[test]
fn transcripts_of_every_stage_regulation_and_period_print_their_data() {
    for export in [
        support::FULL_YEAR,
        support::FIRST_TERM,
        support::LOWER_SECONDARY,
        support::UPPER_SECONDARY,
        support::OLD_FORM,
    ] {
        let book = support::gradebook(export);
        for (index, pupil) in book.pupils.iter().enumerate() {
            let plan = support::plan(&book, &format!("{}_{}_hoc-ba_{}", book.year, book.period, pupil.id));
            let told = told_of(&base(&support::render_transcript(&book, index), &plan));
            assert_eq!(told, [""; 0], "{} {} {}", book.class, book.period, pupil.id);
        }
    }
}

#[test]
fn a_corrected_class_book_prints_its_data_and_what_was_corrected() {
    let (before, after) = before_and_after();
    let of = DossierKey::from_id("2025-2026_ca-nam_so-diem_6A1").unwrap();
    let plan = support::plan(&after, of.next_version().id().as_str());
    let record = DossierKey::from_id("2025-2026_ca-nam_bien-ban-sua-chua_0001").unwrap().id();
    let render = |changes: &[Change]| {
        let rendered = class_book(&ClassBook {
            gradebook: &after,
            export: b"the corrected export",
            roster: &support::roster(&after),
            plan: &plan,
            decided: support::DECIDED,
            supplements: None,
            corrects: Some(CorrectedVersion {
                dossier: &of.id(),
                sha256: Sha256::of(b"the first version"),
                record: &record,
                before: &before,
                changes,
            }),
        });
        told_of(&base(&rendered.unwrap(), &plan))
    };
    let mut changes = printed_changes(&of.of, &before, &after);
    assert_eq!(render(&changes), [""; 0]);
    changes.iter_mut().find(|change| change.path.ends_with(".gk")).unwrap().found = "9,9".into();
    let told = render(&changes);
    assert!(told.len() == 1 && told[0].ends_with("ĐĐGgk: 9,9"), "{told:?}");
}

/// The class book of the year with other data than it prints.
fn with_data(act: impl Fn(&mut Value)) -> Vec<u8> {
    let book = support::gradebook(support::FULL_YEAR);
    let mut document = Document::load_mem(&class_book_of(&book, b"the export")).unwrap();
    // A file of ours, not a stranger's.
    #[allow(clippy::disallowed_methods)]
    document.decompress();
    let mut changed = 0;
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let Ok(mut data) = serde_json::from_slice::<Value>(&stream.content) else { continue };
        if data["pupils"].is_array() {
            act(&mut data);
            stream.set_plain_content(data.to_string().into_bytes());
            changed += 1;
        }
    }
    assert_eq!(changed, 1, "one attachment holds the data");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn any_result_that_a_class_book_prints_otherwise_is_wrong() {
    assert_eq!(told_of(&with_data(|_| {})), [""; 0]);
    let id = support::gradebook(support::FULL_YEAR).pupils[PUPIL].id.to_string();
    let cases: [(&str, Value, &[&str]); 8] = [
        ("/subjects/TOAN/results/marks/hk1/tx/1", 99.into(), &["TOAN, term 1"]),
        ("/subjects/TOAN/results/marks/hk2/gk", 99.into(), &["TOAN, term 2"]),
        ("/subjects/TOAN/results/marks/hk2/result", 99.into(), &["TOAN, term 2", "summary of term 2"]),
        ("/subjects/TOAN/results/marks/year", 99.into(), &["TOAN, term 2", "summary of year"]),
        ("/subjects/GDTC/results/levels/year", "CD".into(), &["GDTC, term 2", "summary of year"]),
        ("/conduct/hk1", "kha".into(), &["summary of term 1"]),
        ("/conduct/year", "kha".into(), &["summary of year", "classification"]),
        ("/absence/excused", 7.into(), &["classification"]),
    ];
    for (path, value, places) in cases {
        let told =
            told_of(&with_data(|data| *data["pupils"][PUPIL].pointer_mut(path).expect(path) = value.clone()));
        assert_eq!(told.len(), places.len(), "{path}: {told:?}");
        for place in places {
            let wanted = format!("PRINTED_OTHERWISE pupil {id}, ");
            assert!(
                told.iter().any(|one| one.starts_with(&wanted) && one.contains(place)),
                "{path}: {told:?}"
            );
        }
    }
    // Another outcome is another cross; another name is a row that nobody can find.
    let retained = told_of(&with_data(|data| data["pupils"][PUPIL]["outcome"] = "retained".into()));
    assert!(retained.iter().any(|one| one.contains("classification")), "{retained:?}");
    let renamed = told_of(&with_data(|data| data["pupils"][PUPIL]["name"] = "Lê Văn Khác".into()));
    assert_eq!(renamed, [format!("PRINTED_NOT_READ pupil {id}")]);
}

#[test]
fn two_subjects_whose_lists_were_exchanged_are_found_by_their_titles() {
    let exchanged = with_data(|data| {
        let subjects = data["subjects"].as_array_mut().unwrap();
        subjects.swap(0, 1);
    });
    let told = told_of(&exchanged);
    assert!(!told.is_empty() && told.iter().any(|one| one.starts_with("PRINTED_NOT_READ")), "{told:?}");
}

#[test]
fn data_of_another_class_or_period_are_wrong() {
    for (key, value) in [("class", "6A2"), ("period", "HK1"), ("year", "2024-2025")] {
        assert_eq!(told_of(&with_data(|data| data[key] = value.into())), ["EMBEDDED_DATA du-lieu.json"]);
    }
}
