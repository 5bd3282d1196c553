//! What forms say, and what they leave open: places for what a period does not know yet, books of September, words of
//! the circular by which a class is assessed.

#[allow(dead_code)]
mod support;

use crafts::document::{
    Form, FromGradebook, LockDecision, LockedExport, Purpose, is_blank, lock_decision, preview,
};
use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::{Absence, Results, SubjectResults};

use support::{FIRST_TERM, FULL_YEAR, OLD_FORM, UPPER_SECONDARY, text_of};

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_decision_rests_on_the_circular_of_each_class_that_it_names() {
    let book = support::gradebook(OLD_FORM);
    let plan = support::plan(&book, "2022-2023_ca-nam_quyet-dinh-khoa_0001");
    let roster = support::roster(&book);
    let bases = |classes: &[&str]| {
        let one = |class: &&str| LockedExport {
            class: class.parse().expect("a class"),
            period: book.period,
            pupil: None,
            sha256: Sha256::of(OLD_FORM),
        };
        let exports: Vec<_> = classes.iter().map(one).collect();
        let (roster, plan, decided) = (&roster, &plan, support::DECIDED);
        let decision = LockDecision { exports: &exports, reason: None, roster, plan, decided };
        let text = words(&text_of(&lock_decision(&decision).expect("a decision").pdf));
        ["58/2011/TT-BGDĐT", "22/2021/TT-BGDĐT"].map(|circular| text.contains(circular))
    };
    assert_eq!(bases(&["9B"]), [true, false], "grade 9 came under TT 22 in 2024-2025");
    assert_eq!(bases(&["6A1"]), [false, true]);
    assert_eq!(bases(&["6A1", "9B"]), [true, true]);
}

/// The paper has its columns and rows whatever a period knows of them.
#[test]
fn a_first_term_leaves_open_what_only_the_year_decides() {
    let book = support::gradebook(FIRST_TERM);
    let transcript = words(&text_of(&support::render_transcript(&book, 0).pdf));
    assert!(transcript.contains("Học kì I Học kì II Cả năm"), "{transcript}");
    assert!(transcript.contains("Tổng số buổi nghỉ học") && !transcript.contains("buổi nghỉ học cả năm"));
    let levels = transcript.split("Rèn luyện Học tập").nth(1).expect("the table of levels");
    let rows = levels.split("Được lên lớp/").next().expect("before the facts");
    assert_eq!(rows.trim(), "Học kì I Tốt 0 Học kì II Cả năm");
    let roster = support::roster(&book);
    let of = |kind: &str| words(&text_of(&support::render_of_class(&book, &roster, kind, "6A1").pdf));
    let lists = of("danh-sach-xet-duyet");
    assert_eq!(lists.matches("Xét duyệt khi kết thúc năm học.").count(), 4, "{lists}");
    assert_eq!(lists.matches("Không có học sinh.").count(), 1, "titles can be given: {lists}");
    // Too few subjects for a level of study: nobody reached none of them.
    let summary = of("bang-tong-hop");
    assert!(summary.contains("Toàn lớp 12 7 4 1 0 Trong đó nữ"), "{summary}");
}

#[test]
fn a_register_is_of_the_first_class_of_its_level_only_where_it_is_one() {
    for (export, label) in [(FULL_YEAR, "Lớp đầu cấp: 6A1"), (UPPER_SECONDARY, "Lớp: 11A2")] {
        let book = support::gradebook(export);
        let roster = support::roster(&book);
        let register = support::render_of_class(&book, &roster, "so-dang-bo", book.class.as_str());
        let text = words(&text_of(&register.pdf));
        assert!(text.contains(label), "{label}: {text}");
    }
}

#[test]
fn every_cover_of_a_snapshot_says_which_point_in_time_it_shows() {
    let mut book = support::gradebook(FULL_YEAR);
    book.period = Period::Snapshot(2);
    let text = words(&text_of(&support::render_class_book(&book, FULL_YEAR).pdf));
    assert_eq!(
        text.matches("NĂM HỌC 2025-2026 Thời điểm ghi điểm 2").count(),
        2,
        "cover and inner cover: {text}"
    );
    assert_eq!(text.matches("NĂM HỌC 2025-2026 (Sổ thời điểm ghi điểm 2)").count(), 2, "part II, both terms");
}

#[test]
fn totals_of_absence_say_what_their_letters_mean() {
    let book = support::gradebook(FULL_YEAR);
    let text = words(&text_of(&support::render_class_book(&book, FULL_YEAR).pdf));
    assert!(text.contains("TỔNG SỐ BUỔI NGHỈ HỌC") && text.contains("P: nghỉ có phép; K: nghỉ không phép"));
}

#[test]
fn an_empty_transcript_says_nothing_that_nobody_recorded() {
    let mut book = support::gradebook(FULL_YEAR);
    let plan = support::plan(&book, "2025-2026_ca-nam_hoc-ba_HP6001");
    let roster = support::roster(&book);
    for pupil in &mut book.pupils {
        (pupil.absence, pupil.remark) = (Absence { excused: 0, unexcused: 0 }, String::new());
        (pupil.conduct, pupil.study) = (Default::default(), Default::default());
        for row in pupil.subjects.values_mut() {
            row.remark.clear();
            match &mut row.results {
                SubjectResults::Marks(results) => *results = Results::default(),
                SubjectResults::Levels(results) => *results = Results::default(),
                SubjectResults::Exempt => {}
            }
        }
    }
    let input = FromGradebook {
        gradebook: &book,
        export: Sha256::of(FULL_YEAR),
        roster: &roster,
        plan: &plan,
        decided: support::DECIDED,
        supplements: None,
        corrects: None,
    };
    assert!(is_blank(&book) && !is_blank(&support::gradebook(FULL_YEAR)));
    let text = words(&text_of(&preview(&Form::Transcript(input), Purpose::Blank).expect("a preview")));
    assert!(text.contains("Nguyễn Thị Ánh Dương") && text.contains("NHẬN XÉT CỦA GIÁO VIÊN CHỦ NHIỆM"));
    assert!(!text.contains("Không có nhận xét") && !text.contains("Cả năm 0"), "{text}");
    assert_eq!(text.matches("ngày …… tháng …… năm 20……").count(), 2, "{text}");
    assert!(
        text.contains("HIỆU TRƯỞNG (Ký, ghi rõ họ tên và đóng dấu)") && !text.contains("Chữ ký số"),
        "{text}"
    );
}
