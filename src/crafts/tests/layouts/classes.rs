//! Files of one class put together: several subjects over several files make one gradebook.

use crafts::export::{
    Assembled, Layouts, Missing, StoredPart, Taken, Wanted, When, assemble, parse, take, template,
};
use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::{Conduct, Gradebook, Outcome, Study, SubjectResults, changes};
use school::identifier::{SchoolCode, SubjectId};
use school::moment::Moment;

use super::kinds::{mau_1, teachers_book};
use super::sheets::{Typed, sheet, xlsx};

fn stored(at: i64, bytes: &[u8], file: &str) -> Vec<StoredPart> {
    let Ok(Taken::Parts(parts)) = take(bytes, file, &Layouts::shipped()) else {
        panic!("{file}: {:?}", take(bytes, file, &Layouts::shipped()))
    };
    let taken = Moment::from_unix(at);
    parts.into_iter().map(|part| StoredPart { file: Sha256::of(bytes), taken, part }).collect()
}

fn put_together(parts: &[StoredPart], period: Period, subjects: Option<&[&str]>) -> Assembled {
    let school: SchoolCode = "HOAPHUONG".parse().expect("a code");
    let subjects: Option<Vec<SubjectId>> =
        subjects.map(|ids| ids.iter().map(|id| id.parse().expect("an id")).collect());
    assemble(parts, &Wanted { school: &school, period, subjects: subjects.as_deref(), parts: &[] })
}

fn book(assembled: Assembled) -> Gradebook {
    match assembled {
        Assembled::Whole { gradebook, differences } if differences.is_empty() => *gradebook,
        other => panic!("{other:#?}"),
    }
}

fn list() -> Typed<'static> {
    sheet(
        "DS",
        "DANH SÁCH HỌC SINH LỚP 6A1\nNăm học: 2025-2026\n\nSTT|Mã định danh Bộ GD&ĐT|Mã học sinh|Họ tên|Ngày sinh|Giới tính|Dân tộc\n\
         1|#123456789|HP6001|Nguyễn Thị Ánh Dương|05/03/2014|Nữ|Kinh\n2|1234567891|HP6002|Đặng Quốc Bảo|12/11/2014|Nam|Kinh\n",
    )
}

fn summary() -> Typed<'static> {
    sheet(
        "Tổng kết",
        "BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ\nLớp: 6A1\nNăm học: 2025-2026\nHọc kỳ: I\n\nSTT|Mã định danh Bộ GD&ĐT|Họ và tên|Học tập|Rèn luyện|Nghỉ có phép|Nghỉ không phép|Nhận xét của GVCN\n\
         1|0123456789|Nguyễn Thị Ánh Dương|Tốt|Tốt|1|0|Chăm ngoan\n2|1234567891|Đặng Quốc Bảo|Đạt|Khá|0|2|\n",
    )
}

fn physical_education(name: &'static str) -> Typed<'static> {
    sheet(
        name,
        "STT|Mã định danh Bộ GD&ĐT|Họ và tên|Ngày sinh|Đánh giá|Nội dung nhận xét\n\
         1|0123456789|Nguyễn Thị Ánh Dương|05/03/2014|Đạt|Nhanh nhẹn\n2|1234567891|Đặng Quốc Bảo|12/11/2014|CĐ|\n",
    )
}

fn csdl_set() -> Vec<StoredPart> {
    let mut parts = stored(10, &xlsx(&[list()]), "ds.xlsx");
    parts.extend(stored(20, &xlsx(&[mau_1()]), "6A1_Toán_HK1_2025-2026.xlsx"));
    parts.extend(stored(30, &xlsx(&[physical_education("GDTC_6A1_HK1")]), "nx_6A1_2025-2026.xlsx"));
    parts.extend(stored(40, &xlsx(&[summary()]), "tong-ket.xlsx"));
    parts
}

const SUBJECTS: Option<&[&str]> = Some(&["TOAN", "GDTC"]);

#[test]
fn a_csdl_set_of_four_files_makes_one_gradebook_that_names_them() {
    let parts = csdl_set();
    let book = book(put_together(&parts, Period::FirstTerm, SUBJECTS));
    assert_eq!((book.class.as_str(), book.pupils.len(), book.parts.len()), ("6A1", 2, 4));
    assert_eq!(book.exported, Moment::from_unix(40));
    assert!(!book.lock.locked);
    assert_eq!(book.pupils[0].id.as_str(), "0123456789");
    assert_eq!((book.pupils[0].absence.excused, book.pupils[1].absence.unexcused), (1, 2));
    assert_eq!(book.pupils[0].remark, "Chăm ngoan");
    let SubjectResults::Marks(marks) = &book.pupils[1].subjects[&"TOAN".parse().expect("an id")].results
    else {
        panic!()
    };
    assert_eq!(marks.hk1.gk, None, "vắng is no mark");
    assert_eq!(marks.hk1.tx.len(), 2);
}

#[test]
fn what_is_missing_is_named_and_the_parts_wait() {
    let parts = csdl_set();
    let waiting = |parts: &[StoredPart], subjects| match put_together(parts, Period::FirstTerm, subjects) {
        Assembled::Waiting(missing) => missing,
        other => panic!("{other:#?}"),
    };
    assert_eq!(waiting(&parts, None), [Missing::Roster]);
    let more: Option<&[&str]> = Some(&["TOAN", "GDTC", "VAN"]);
    assert_eq!(waiting(&parts, more), [Missing::Subject("VAN".parse().expect("an id"), When::Hk1)]);
    assert_eq!(waiting(&parts, Some(&["TOAN"])), [Missing::Unassigned("GDTC".parse().expect("an id"))]);
    assert_eq!(waiting(&parts[..3], SUBJECTS), [Missing::Absence]);
    assert!(waiting(&parts[1..], SUBJECTS).contains(&Missing::ClassList));
}

#[test]
fn the_second_term_leaves_the_first_as_it_was() {
    let mut parts = csdl_set();
    let first = book(put_together(&parts, Period::FirstTerm, SUBJECTS));
    assert_eq!(put_together(&parts, Period::FullYear, SUBJECTS), Assembled::Nothing);
    parts.extend(stored(50, &xlsx(&[mau_1()]), "6A1_Toán_HK2_2025-2026.xlsx"));
    assert_eq!(book(put_together(&parts, Period::FirstTerm, SUBJECTS)), first);
    assert!(matches!(put_together(&parts, Period::FullYear, SUBJECTS), Assembled::Waiting(_)));
    parts.extend(stored(60, &xlsx(&[physical_education("GDTC_6A1_HK2")]), "nx_6A1_2025-2026.xlsx"));
    let year = book(put_together(&parts, Period::FullYear, SUBJECTS));
    assert_eq!(year.parts.len(), 6);
    assert_eq!(book(put_together(&parts, Period::FirstTerm, SUBJECTS)), first);
}

#[test]
fn a_later_version_of_a_file_takes_the_place_of_the_earlier_one() {
    let mut parts = csdl_set();
    let mut corrected = mau_1();
    corrected.rows[1][11] = "#7.5".into();
    parts.extend(stored(70, &xlsx(&[corrected]), "6A1_Toán_HK1_2025-2026.xlsx"));
    let book = book(put_together(&parts, Period::FirstTerm, SUBJECTS));
    let SubjectResults::Marks(marks) = &book.pupils[0].subjects[&"TOAN".parse().expect("an id")].results
    else {
        panic!()
    };
    assert_eq!(marks.hk1.ck.map(|mark| mark.tenths()), Some(75));
    assert_eq!(book.parts.len(), 4);
}

#[test]
fn a_file_of_a_school_that_has_not_closed_can_never_be_locked() {
    let mut parts = csdl_set();
    parts[1].part.is_final = false;
    let Assembled::Waiting(missing) = put_together(&parts, Period::FirstTerm, SUBJECTS) else {
        panic!("it waits")
    };
    assert_eq!(missing, [Missing::NotFinal("6A1_Toán_HK1_2025-2026.xlsx".into())]);
}

#[test]
fn class_export_and_teachers_book_are_compared_cell_by_cell() {
    let mut parts = csdl_set();
    parts.extend(stored(80, &teachers_book(false), "SO_DIEM_BO_MON__NguyenVanA_HKI_2025-2026.xlsx"));
    let Assembled::Whole { differences, .. } = put_together(&parts, Period::FirstTerm, SUBJECTS) else {
        panic!("whole")
    };
    let found: Vec<_> = differences
        .iter()
        .map(|one| {
            let value = |side: &Option<(String, String)>| {
                side.as_ref().map_or("-".to_owned(), |(value, _)| value.clone())
            };
            format!("{} {} {} {}", one.pupil, one.cell, value(&one.class), value(&one.teacher))
        })
        .collect();
    // The class export has no averages, so the teacher's are no difference.
    assert_eq!(found, ["0123456789 tx 1 8,5 8,0", "0123456789 tx 3 7,0 9,0", "1234567891 gk V 6,0"]);
    let place = differences[0].teacher.as_ref().map(|(_, place)| place.as_str());
    assert_eq!(place, Some("SO_DIEM_BO_MON__NguyenVanA_HKI_2025-2026.xlsx 'Toán_6A1_HKI'!E4"));
}

#[test]
fn a_teachers_book_stands_in_where_the_class_has_no_export() {
    let mut parts = csdl_set();
    parts.remove(1);
    parts.extend(stored(80, &teachers_book(false), "SO_DIEM_BO_MON__NguyenVanA_HKI_2025-2026.xlsx"));
    let book = book(put_together(&parts, Period::FirstTerm, SUBJECTS));
    let SubjectResults::Marks(marks) = &book.pupils[0].subjects[&"TOAN".parse().expect("an id")].results
    else {
        panic!()
    };
    assert_eq!(marks.hk1.result.map(|mark| mark.tenths()), Some(86));
}

#[test]
fn contradictions_name_both_places() {
    let mut parts = csdl_set();
    let mut other = list();
    other.rows[5][5] = "Nữ".into();
    other.rows[4][3] = "Nguyễn Thị Ánh Hồng".into();
    let bytes = xlsx(&[other]);
    let mut second = stored(90, &bytes, "ds-2.xlsx");
    // Another kind of file about the same pupils.
    second[0].part.layout = "another".into();
    parts.extend(second);
    let Assembled::Contradictory(problems) = put_together(&parts, Period::FirstTerm, SUBJECTS) else {
        panic!("refused")
    };
    let one = problems.iter().find(|problem| problem.code == "sheet.contradiction").expect("named");
    assert!(one.path.contains("ds-2.xlsx") && one.found.contains("ds.xlsx"), "{one:?}");
}

#[test]
fn pupils_are_matched_by_code_then_name_and_birth_and_strangers_are_named() {
    let mut parts = csdl_set();
    let stranger = sheet(
        "VAN_6A1_HK1",
        "STT|Mã định danh Bộ GD&ĐT|Họ và tên|Ngày sinh|Đánh giá|Nội dung nhận xét\n\
         1||nguyễn thị ánh dương|5/3/2014|8|\n2|9999999999|Người Lạ|01/01/2014|7|\n",
    );
    parts.extend(stored(95, &xlsx(&[stranger]), "nx_6A1_2025-2026.xlsx"));
    let Assembled::Contradictory(problems) = put_together(&parts, Period::FirstTerm, SUBJECTS) else {
        panic!("refused")
    };
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].code.as_str(), problems[0].found.as_str()), ("sheet.unknown_pupil", "Người Lạ"));
}

/// First and second term of the class as its files give them.
fn whole_year() -> Vec<StoredPart> {
    let mut parts = csdl_set();
    parts.extend(stored(50, &xlsx(&[mau_1()]), "6A1_Toán_HK2_2025-2026.xlsx"));
    parts.extend(stored(60, &xlsx(&[physical_education("GDTC_6A1_HK2")]), "nx_6A1_2025-2026.xlsx"));
    parts
}

#[test]
fn files_declared_as_a_point_in_time_make_a_snapshot_and_touch_no_term() {
    let mut parts = whole_year();
    let before = [Period::FirstTerm, Period::FullYear].map(|period| put_together(&parts, period, SUBJECTS));
    // In October: not final, one mark so far, nothing at all in the second subject.
    let mut early = mau_1();
    for row in &mut early.rows[1..] {
        row[5..].iter_mut().for_each(String::clear);
    }
    early.rows[1][5] = "#9".into();
    let mut nothing_yet = teachers_book_of_physical_education();
    nothing_yet.rows[0][0] =
        "Nhà trường chưa Hoàn thành tổng kết, kết quả có thể sẽ không được chính xác và đầy đủ.".into();
    parts.extend(stored(70, &xlsx(&[early]), "thoi-diem-2_6A1_Toán_HK1_2025-2026.xlsx"));
    assert_eq!(
        put_together(&parts, Period::Snapshot(2), SUBJECTS),
        Assembled::Waiting(vec![Missing::Subject("GDTC".parse().expect("an id"), When::Hk1)])
    );
    parts.extend(stored(71, &xlsx(&[nothing_yet]), "Thời điểm 2 - SO_DIEM_BO_MON__X_HKI_2025-2026.xlsx"));
    let snapshot = book(put_together(&parts, Period::Snapshot(2), SUBJECTS));
    assert_eq!(
        (snapshot.period, snapshot.pupils.len(), snapshot.lock.locked),
        (Period::Snapshot(2), 2, false)
    );
    let SubjectResults::Marks(marks) = &snapshot.pupils[0].subjects[&"TOAN".parse().expect("an id")].results
    else {
        panic!()
    };
    assert_eq!((marks.hk1.tx.len(), marks.hk1.gk, marks.hk2.is_none()), (1, None, true), "as it stood then");
    assert_eq!(snapshot.pupils[0].absence.excused, 0, "what other files say of the year is no part of it");
    assert_eq!(snapshot.pupils[0].id.as_str(), "0123456789", "who they are, the class list says");
    let after = [Period::FirstTerm, Period::FullYear].map(|period| put_together(&parts, period, SUBJECTS));
    assert_eq!(after, before);
    assert_eq!(put_together(&parts, Period::Snapshot(3), SUBJECTS), Assembled::Nothing);
}

/// A teacher's book of a subject in which nobody has a mark yet.
fn teachers_book_of_physical_education() -> Typed<'static> {
    sheet(
        "GDTC_6A1_HKI",
        "\nLỚP: 6A1|||Môn: Giáo dục thể chất||||||HKI\nSố TT|Mã học sinh|Họ và tên học sinh|Ngày sinh|ĐĐGtx||||ĐĐG\\ngk|ĐĐG\\nck|ĐTB\\nmhk\n\
         #1|HP6001|Nguyễn Thị Ánh Dương|05/03/2014||||||||\n#2|HP6002|Đặng Quốc Bảo|12/11/2014||||||||\n",
    )
    .merged(&[(2, 4, 2, 7)])
}

#[test]
fn files_declared_to_come_after_the_summer_supplement_the_year_for_who_was_assessed_again() {
    let mut parts = whole_year();
    let year = book(put_together(&parts, Period::FullYear, SUBJECTS));
    assert_eq!(put_together(&parts, Period::AfterSummer, SUBJECTS), Assembled::Nothing);
    let again = sheet(
        "Sheet1",
        "STT|Mã định danh Bộ GD&ĐT|Họ và tên|Ngày sinh|Đánh giá|Nội dung nhận xét\n\
         1|1234567891|Đặng Quốc Bảo|12/11/2014|#6|Đã cố gắng\n",
    );
    parts.extend(stored(80, &xlsx(&[again]), "sau-he_6A1_Toán_2025-2026.xlsx"));
    let ending = sheet(
        "Tổng kết",
        "BẢNG TỔNG HỢP\nLớp: 6A1\nNăm học: 2025-2026\n\nSTT|Mã định danh Bộ GD&ĐT|Họ và tên|Học tập|Rèn luyện|Nghỉ có phép|Nghỉ không phép|Kết quả lên lớp\n\
         1|1234567891|Đặng Quốc Bảo|Đạt|Khá|0|2|Được lên lớp\n",
    );
    parts.extend(stored(81, &xlsx(&[ending]), "sau-he_tong-ket_6A1_2025-2026.xlsx"));
    let summer = book(put_together(&parts, Period::AfterSummer, SUBJECTS));
    assert_eq!(summer.pupils.len(), 1, "the other pupil has nothing to add");
    let pupil = &summer.pupils[0];
    assert_eq!((pupil.name.as_str(), pupil.outcome), ("Đặng Quốc Bảo", Some(Outcome::PromotedAfterSummer)));
    let SubjectResults::Marks(marks) = &pupil.subjects[&"TOAN".parse().expect("an id")].results else {
        panic!()
    };
    assert_eq!(marks.retest.map(|mark| mark.tenths()), Some(60));
    assert_eq!(
        marks.hk2.as_ref().and_then(|term| term.ck).map(|mark| mark.tenths()),
        Some(65),
        "the year stays"
    );
    assert_eq!((pupil.study.retest, pupil.conduct.retest), (Some(Study::Dat), Some(Conduct::Kha)));
    assert_eq!(changes(&year, &summer, None), [], "and nothing of the year is said otherwise");
    assert_eq!(book(put_together(&parts, Period::FullYear, SUBJECTS)), year);
}

#[test]
fn a_declared_period_that_the_file_contradicts_is_named() {
    let year = school_year_workbook();
    let problems = take(&year, "sau-he_so.xlsx", &Layouts::shipped()).expect_err("it says ca-nam");
    assert!(problems.iter().any(|one| one.code == "sheet.fact_contradicts"), "{problems:?}");
    assert!(take(&year, "so.xlsx", &Layouts::shipped()).is_ok());
}

fn school_year_workbook() -> Vec<u8> {
    let export = include_bytes!("../../../../tests/fixtures/exports/6A1_ca-nam.json");
    template(Some(&parse(export).expect("the fixture")), &["guidance"]).expect("a workbook")
}

/// A teacher's book of three sheets (S0 4.1): both phân môn and the subject itself.
fn teachers_book_of_three_sheets() -> Vec<u8> {
    let sheet_of = |name: &'static str, subject: &str, marks: &str| {
        let text = format!(
            "\nLỚP: 6A1|||Môn: {subject}||||||HKI\nSố TT|Mã học sinh|Họ và tên học sinh|Ngày sinh|ĐĐGtx||||ĐĐG\\ngk|ĐĐG\\nck|ĐTB\\nmhk\n\
             #1|HP6001|Nguyễn Thị Ánh Dương|05/03/2014|{marks}\n#2|HP6002|Đặng Quốc Bảo|12/11/2014|#6|#7|||#6|#6.5|#6.4\n"
        );
        sheet(name, &text).merged(&[(2, 4, 2, 7)])
    };
    xlsx(&[
        sheet_of("Lịch sử_6A1_HKI", "Lịch sử", "#9|#9|||#9|#9|#9"),
        sheet_of("Địa lí_6A1_HKI", "Địa lí", "#8|||||"),
        sheet_of("Lịch sử và Địa lí_6A1_HKI", "Lịch sử và Địa lí", "#8|#9|||#8|#9|#8.6"),
    ])
}

#[test]
fn sheets_of_a_phan_mon_stand_in_the_row_of_the_subject_that_the_class_has() {
    let mut parts = csdl_set();
    let book_of = |parts: &[StoredPart], named: &[(String, SubjectId)]| {
        let school: SchoolCode = "HOAPHUONG".parse().expect("a code");
        let subjects = ["TOAN", "GDTC", "LSDL"].map(|id| id.parse().expect("an id"));
        let period = Period::FirstTerm;
        assemble(parts, &Wanted { school: &school, period, subjects: Some(&subjects), parts: named })
    };
    parts.extend(stored(
        80,
        &teachers_book_of_three_sheets(),
        "SO_DIEM_BO_MON__NguyenVanA_HKI_2025-2026.xlsx",
    ));
    let Assembled::Waiting(missing) = book_of(&parts, &[]) else { panic!("nobody knows these subjects") };
    assert!(missing.contains(&Missing::Unassigned("SU".parse().expect("an id"))), "{missing:?}");
    let lsdl: SubjectId = "LSDL".parse().expect("an id");
    let named = ["Lịch sử", "Địa lí"].map(|part| (part.to_owned(), lsdl.clone()));
    let book = book(book_of(&parts, &named));
    let subject = book.subjects.iter().find(|subject| subject.id == lsdl).expect("the subject");
    assert_eq!(subject.parts, ["Lịch sử", "Địa lí"]);
    assert_eq!(book.subjects.len(), 3, "a phân môn is no subject of the class");
    let row = &book.pupils[0].subjects[&lsdl];
    let terms = |results: &SubjectResults| match results {
        SubjectResults::Marks(marks) => (marks.hk1.tx.len(), marks.hk1.result.map(|mark| mark.tenths())),
        other => panic!("{other:?}"),
    };
    assert_eq!(terms(&row.results), (2, Some(86)));
    assert_eq!(terms(&row.parts["Lịch sử"]), (2, Some(90)));
    assert_eq!(terms(&row.parts["Địa lí"]), (1, None), "whatever its teacher has so far");
}
