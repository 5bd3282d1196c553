//! Levels, circulars and habits of schools: the same forms with other columns, names and sheets.

use crafts::document::ClassBook;
use school::digest::Sha256;
use school::gradebook::Gradebook;

use super::every_form::{expected_rows, keep, words};
use super::support::{self, FULL_YEAR, OLD_FORM, UPPER_SECONDARY, text_of};

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
