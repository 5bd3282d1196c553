//! The workbook template says what the JSON says.

use crafts::export::{Layouts, Taken, parse, take, template};
use school::gradebook::Gradebook;
use serde_json::{Value, json};

const FULL_YEAR: &[u8] = include_bytes!("../../../../tests/fixtures/exports/6A1_ca-nam.json");
const FIRST_TERM: &[u8] = include_bytes!("../../../../tests/fixtures/exports/6A1_HK1.json");

fn back(book: &Gradebook) -> Gradebook {
    let bytes = template(Some(book), &["guidance"]).expect("a workbook");
    match take(&bytes, "so.xlsx", &Layouts::shipped()) {
        Ok(Taken::Gradebook(read)) => *read,
        other => panic!("{other:#?}"),
    }
}

#[test]
fn a_filled_workbook_reads_back_into_the_gradebook_of_the_json() {
    for export in [FULL_YEAR, FIRST_TERM] {
        let book = parse(export).expect("the fixture");
        assert_eq!(back(&book), book);
    }
}

#[test]
fn everything_that_the_forms_ask_of_a_pupil_fits_into_the_workbook() {
    let mut export: Value = serde_json::from_slice(FULL_YEAR).expect("JSON");
    export["lock"] = json!({"locked": true, "at": "2026-05-30T08:15:00+07:00"});
    export["head_remarks"] = json!([{"month": "2025-09", "text": "Sổ ghi đúng tiến độ."}]);
    export["subjects"][0]["periods"] = json!(140);
    export["subjects"][1]["parts"] = json!(["Văn học", "Tiếng Việt"]);
    let parent = json!({"name": "Nguyễn Văn Sơn", "occupation": "Thợ mộc", "phone": "0900000000", "email": "son@example.vn"});
    let pupil = &mut export["pupils"][0];
    pupil["subjects"]["TOAN"]["results"]["marks"]["retest"] = json!(70);
    pupil["subjects"]["GDTC"]["results"] = json!("exempt");
    pupil["subjects"]["VAN"]["parts"] = json!({
        "Văn học": {"marks": {"hk1": {"tx": [80, 75], "gk": 70, "ck": 85, "result": 79}, "hk2": {"tx": [90]}}},
        "Tiếng Việt": {"marks": {"hk1": {"tx": [60]}}},
    });
    pupil["study"] = json!({"hk1": "kha", "hk2": "tot", "year": "tot", "retest": "chua-dat"});
    pupil["conduct"]["retest"] = json!("dat");
    pupil["averages"] = json!({"hk1": 70, "hk2": 75, "year": 73, "retest": 100});
    pupil["outcome"] = json!("promoted-after-summer");
    pupil["honour"] = json!("xuat-sac");
    pupil["awards"] = json!("Giải Nhì cuộc thi Toán");
    pupil["certificates"] = json!("Chứng chỉ bơi an toàn");
    pupil["summer"] = json!("Hoàn thành nhiệm vụ rèn luyện trong hè.");
    pupil["attendance"] = json!([{"month": "2025-10", "days": {"7": "K"}}, {"month": "2026-02", "days": {"5": "P", "28": "K"}}]);
    pupil["personal"] = json!({
        "ethnicity": "Kinh", "nationality": "Việt Nam", "address": "Tổ 3, phường Hoa Phượng", "priority": "Hộ cận nghèo",
        "register_number": "123/2025", "national_id": "031214000001", "father": parent, "mother": parent, "guardian": parent,
        "notes": "Chuyển nhà từ tháng 10.", "entered": "2025-09-05", "from_school": "Tiểu học Cau Vua",
        "history": [
            {"year": "2023-2024", "class": "4A", "school": "Tiểu học Cau Vua", "province": "Hải Phòng"},
            {"year": "2024-2025", "class": "5A", "school": "Tiểu học Cau Vua"},
        ],
    });
    let book = parse(export.to_string().as_bytes()).expect("sound");
    assert_eq!(back(&book), book);
}

#[test]
fn an_upper_secondary_school_with_subjects_of_its_own_needs_nothing_but_the_file() {
    let mut export: Value = serde_json::from_slice(FIRST_TERM).expect("JSON");
    export["class"] = json!("10A2");
    export["subjects"][0]["id"] = json!("NHAT");
    export["subjects"][0]["name"] = json!("Tiếng Nhật");
    for pupil in export["pupils"].as_array_mut().expect("pupils") {
        let rows = pupil["subjects"].as_object_mut().expect("rows");
        let first = rows.remove("TOAN").expect("a row");
        rows.insert("NHAT".into(), first);
    }
    let book = parse(export.to_string().as_bytes()).expect("sound");
    assert_eq!(back(&book), book);
}

#[test]
fn an_empty_template_is_a_workbook_that_names_what_it_lacks() {
    let bytes = template(None, &["guidance"]).expect("a workbook");
    let problems = take(&bytes, "mau.xlsx", &Layouts::shipped()).expect_err("nothing is filled in");
    assert!(!problems.is_empty());
}
