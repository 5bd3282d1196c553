//! Whole books: every claim is compared, every gap is listed with who fills it, and nothing is said twice.

use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::{
    AbsenceKind, Conduct, Day, Gradebook, Honour, Level, MonthAttendance, Outcome, Study, SubjectResults,
    Term, YearOf,
};
use school::scoring::{Checked, check};

use crate::books::{class, levels, mark, marks_of};

fn checked(book: &Gradebook) -> Checked {
    check(book, Sha256::of(b"export")).expect("a class with rules")
}

/// Differences as `subject cell expected found`, gaps as `subject cell role`, through their stored form.
fn said(book: &Gradebook) -> Vec<String> {
    let checked = serde_json::to_value(checked(book)).expect("JSON");
    let plain = |value: &serde_json::Value| match value {
        serde_json::Value::Null => "-".to_owned(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string().replace(['"', '{', '}'], ""),
    };
    let cell = |at: &serde_json::Value| {
        let of = if at["of"].is_null() { String::new() } else { format!(" {}", plain(&at["of"])) };
        format!("{}{of}", plain(&at["cell"]))
    };
    let mut said = Vec::new();
    for one in checked["differences"].as_array().expect("a list") {
        let (expected, found) = (plain(&one["expected"]), plain(&one["found"]));
        said.push(format!("{} {}: {expected}, found {found}", plain(&one["subject"]), cell(&one["at"])));
    }
    for one in checked["gaps"].as_array().expect("a list") {
        let missing = match &one["missing"]["cell"] {
            serde_json::Value::Null => plain(&one["missing"]),
            at => cell(at),
        };
        said.push(format!("{} {missing} missing, {}", plain(&one["subject"]), plain(&one["by"])));
    }
    said
}

/// A class of TT 22 whose levels, outcome and title are right.
fn right(tenths: &[u16], study: Study, outcome: Outcome, honour: Option<Honour>) -> Gradebook {
    let mut book = class("2025-2026", "6A1", tenths);
    let level = Some(study);
    let pupil = &mut book.pupils[0];
    pupil.study = YearOf { hk1: level, hk2: level, year: level, retest: None };
    (pupil.outcome, pupil.honour) = (Some(outcome), honour);
    book
}

fn good() -> Gradebook {
    right(&[85; 8], Study::Tot, Outcome::Promoted, Some(Honour::Gioi))
}

#[test]
fn a_right_book_has_nothing_to_say() {
    for book in [
        good(),
        right(&[92; 8], Study::Tot, Outcome::Promoted, Some(Honour::XuatSac)),
        right(&[60; 8], Study::Dat, Outcome::Promoted, None),
        right(&[40; 8], Study::ChuaDat, Outcome::ToRetest, None),
    ] {
        assert!(checked(&book).is_clean(), "{:?}", said(&book));
    }
}

#[test]
fn a_wrong_average_is_named_with_its_cell_and_both_values() {
    let mut book = good();
    marks_of(&mut book, 0).hk1.result = Some(mark(86));
    assert_eq!(said(&book), ["M0 result hk1: mark:85, found mark:86"]);
    // A mark changed after the averages were made spoils the average of the year with that of the term.
    let mut book = good();
    marks_of(&mut book, 2).hk2.as_mut().expect("a term").ck = Some(mark(55));
    assert_eq!(
        said(&book),
        ["M2 result hk2: mark:72, found mark:85", "M2 result year: mark:76, found mark:85"]
    );
}

#[test]
fn wrong_levels_outcome_and_title_are_named() {
    let mut book = good();
    let pupil = &mut book.pupils[0];
    pupil.study.year = Some(Study::Kha);
    pupil.conduct.hk2 = Some(Conduct::Kha);
    pupil.honour = Some(Honour::XuatSac);
    pupil.outcome = Some(Outcome::Retained);
    assert_eq!(
        said(&book),
        [
            "- study year: study:tot, found study:kha",
            "- conduct year: conduct:kha, found conduct:tot",
            "- outcome: outcome:promoted, found outcome:retained",
            "- honour: -, found honour:xuat-sac",
        ]
    );
}

#[test]
fn too_many_days_of_absence_keep_a_pupil_back_and_totals_are_sums() {
    let mut book = good();
    book.pupils[0].absence.unexcused = 46;
    assert_eq!(said(&book), ["- outcome: outcome:retained, found outcome:promoted"]);
    let mut book = good();
    let day = |day: u8| Day::try_from(day).expect("a day");
    let days = [(day(5), AbsenceKind::Excused), (day(6), AbsenceKind::Unexcused)].into();
    book.pupils[0].attendance = vec![MonthAttendance { month: "2025-10".parse().expect("a month"), days }];
    assert_eq!(said(&book), ["- excused: count:1, found count:0", "- unexcused: count:1, found count:0"]);
}

#[test]
fn what_is_missing_is_listed_with_who_enters_it() {
    let mut book = good();
    let results = marks_of(&mut book, 1);
    results.hk1.tx.truncate(1);
    results.hk2.as_mut().expect("a term").gk = None;
    results.year = None;
    book.pupils[0].conduct.hk1 = None;
    book.pupils[0].outcome = None;
    assert_eq!(
        said(&book),
        [
            "M1 regular [hk1,2] missing, gvbm",
            "M1 mid hk2 missing, gvbm",
            "M1 result year missing, gvbm",
            "- conduct hk1 missing, gvcn",
            "- outcome missing, gvcn",
        ]
    );
}

#[test]
fn the_first_term_asks_for_the_first_term_only() {
    let mut book = good();
    book.period = Period::FirstTerm;
    let pupil = &mut book.pupils[0];
    pupil.study = YearOf { hk1: Some(Study::Tot), ..YearOf::EMPTY };
    pupil.conduct = YearOf { hk1: Some(Conduct::Tot), ..YearOf::EMPTY };
    (pupil.outcome, pupil.honour) = (None, None);
    assert!(checked(&book).is_clean(), "{:?}", said(&book));
    book.pupils[0].honour = Some(Honour::Gioi);
    assert_eq!(said(&book), ["- honour: -, found honour:gioi"]);
}

#[test]
fn a_snapshot_has_gaps_by_nature_and_still_adds_up() {
    let mut book = good();
    book.period = Period::Snapshot(2);
    let results = marks_of(&mut book, 0);
    results.hk2 = None;
    results.year = None;
    let pupil = &mut book.pupils[0];
    (pupil.outcome, pupil.honour, pupil.study) = (None, None, YearOf::EMPTY);
    assert!(checked(&book).is_clean(), "{:?}", said(&book));
    marks_of(&mut book, 0).hk1.result = Some(mark(90));
    assert_eq!(said(&book), ["M0 result hk1: mark:85, found mark:90"]);
}

#[test]
fn the_summer_replaces_the_result_of_its_subject() {
    // Two subjects below 3,5: Chưa đạt, and no single subject is to blame.
    let mut book = right(&[60, 60, 60, 60, 60, 60, 30, 30], Study::ChuaDat, Outcome::ToRetest, None);
    assert!(checked(&book).is_clean(), "{:?}", said(&book));
    book.period = Period::AfterSummer;
    assert_eq!(said(&book), ["- outcome: outcome:retained, found outcome:to-retest"], "nobody came again");
    for index in [6, 7] {
        marks_of(&mut book, index).retest = Some(mark(50));
    }
    book.pupils[0].outcome = Some(Outcome::PromotedAfterSummer);
    assert_eq!(said(&book), ["- study retest missing, gvcn"]);
    book.pupils[0].study.retest = Some(Study::Dat);
    assert!(checked(&book).is_clean(), "{:?}", said(&book));
}

#[test]
fn a_class_of_fewer_than_six_marked_subjects_is_not_judged_but_incomplete() {
    let book = right(&[85; 5], Study::Tot, Outcome::Promoted, Some(Honour::Gioi));
    assert_eq!(said(&book), ["- subjects:found:5 missing, ban-quan-tri"]);
}

#[test]
fn a_subject_that_a_pupil_is_excused_from_is_neither_missing_nor_counted() {
    let mut book = good();
    let id = book.subjects[8].id.clone();
    book.pupils[0].subjects.get_mut(&id).expect("GDTC").results = SubjectResults::Exempt;
    assert!(checked(&book).is_clean(), "{:?}", said(&book));
}

#[test]
fn one_subject_by_comments_that_is_not_passed_costs_one_level() {
    let mut book = good();
    let id = book.subjects[8].id.clone();
    book.pupils[0].subjects.get_mut(&id).expect("GDTC").results = levels(Level::NotYet);
    let kha = "study:kha, found study:tot";
    assert_eq!(
        said(&book),
        [
            format!("- study hk1: {kha}"),
            format!("- study hk2: {kha}"),
            format!("- study year: {kha}"),
            "- honour: -, found honour:gioi".into(),
        ]
    );
}

#[test]
fn more_regular_marks_than_the_periods_allow_are_a_difference() {
    let mut book = good();
    marks_of(&mut book, 0).hk1.tx = vec![mark(85); 4];
    assert_eq!(said(&book), ["M0 regular-count hk1: count:2, found count:4"]);
    // One more for a chuyên đề of the upper level.
    let mut book = good();
    book.class = "10A1".parse().expect("a class");
    marks_of(&mut book, 0).hk1.tx = vec![mark(85); 3];
    assert!(checked(&book).is_clean(), "{:?}", said(&book));
}

#[test]
fn old_years_are_judged_by_their_own_circular() {
    let mut book = class("2020-2021", "9B", &[85; 8]);
    let (gioi, average) = (Some(Study::Gioi), Some(mark(85)));
    let pupil = &mut book.pupils[0];
    pupil.study = YearOf { hk1: gioi, hk2: gioi, year: gioi, retest: None };
    pupil.averages = YearOf { hk1: average, hk2: average, year: average, retest: None };
    (pupil.outcome, pupil.honour) = (Some(Outcome::Promoted), Some(Honour::Gioi));
    assert!(checked(&book).is_clean(), "{:?}", said(&book));
    book.pupils[0].conduct.year = Some(Conduct::Dat);
    book.pupils[0].averages.year = Some(mark(86));
    let found = said(&book);
    assert!(found.contains(&"- average year: mark:85, found mark:86".to_owned()), "{found:?}");
    assert!(found.contains(&"- conduct year: -, found conduct:dat".to_owned()), "{found:?}");
    // The same book a few years later has averages and levels that no longer exist.
    let mut later = class("2025-2026", "9B", &[85; 8]);
    later.pupils[0].averages.hk1 = average;
    later.pupils[0].study.hk1 = gioi;
    let found = said(&later);
    assert!(found.contains(&"- average hk1: -, found mark:85".to_owned()), "{found:?}");
    assert!(found.contains(&"- study hk1: study:tot, found study:gioi".to_owned()), "{found:?}");
}

#[test]
fn a_book_without_a_single_entry_lists_every_entry() {
    let mut book = good();
    for index in 0..8 {
        *marks_of(&mut book, index) = Default::default();
    }
    let gaps = checked(&book).gaps.len();
    // Each subject: two regular, mid-term, final, result in two terms, and the year.
    assert_eq!(gaps, 8 * 11);
    marks_of(&mut book, 0).hk2 = Some(Term::default());
    assert_eq!(checked(&book).gaps.len(), gaps, "an empty term is an absent one");
}
