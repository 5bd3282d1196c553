//! What an export may say, and everything that is refused, each with its code and path.

use std::collections::BTreeSet;

use crafts::export::{ProblemCode, parse};
use school::digest::Sha256;
use school::gradebook::Gradebook;
use school::records::canonical;
use serde_json::{Value, json};

const FULL_YEAR: &[u8] = include_bytes!("../../../tests/fixtures/exports/6A1_ca-nam.json");
const FIRST_TERM: &[u8] = include_bytes!("../../../tests/fixtures/exports/6A1_HK1.json");
const SCHEMA: &str = include_str!("../../../docs/schema/niemphong-export-1.schema.json");

fn sample() -> Value {
    serde_json::from_slice(FULL_YEAR).expect("JSON")
}

/// Codes and paths of the problems of `bytes`.
fn problems(bytes: &[u8]) -> Vec<(String, String)> {
    match parse(bytes) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.into_iter().map(|problem| (problem.code, problem.path)).collect(),
    }
}

/// Changes the sample at JSON pointer `at` and expects exactly these problems.
fn check(at: &str, value: Value, expected: &[(&str, &str)]) {
    let mut export = sample();
    *export.pointer_mut(at).unwrap_or_else(|| panic!("{at} is in the sample")) = value;
    expect(&export, expected);
}

fn expect(export: &Value, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> =
        expected.iter().map(|(code, path)| ((*code).to_owned(), (*path).to_owned())).collect();
    assert_eq!(problems(export.to_string().as_bytes()), expected);
}

fn without(pointer: &str, key: &str) -> Value {
    let mut export = sample();
    let object = export.pointer_mut(pointer).and_then(Value::as_object_mut).expect("an object");
    object.remove(key).expect("the key is in the sample");
    export
}

#[test]
fn a_complete_export_becomes_the_gradebook_that_it_says() {
    for export in [FULL_YEAR, FIRST_TERM] {
        let read = parse(export).expect("the fixture is sound");
        let plain: Gradebook = serde_json::from_slice(export).expect("a gradebook");
        assert_eq!(read, plain);
        let canonical = canonical::to_bytes(&read).expect("canonical");
        assert_eq!(parse(&canonical).expect("canonical is an export too"), read);
    }
}

#[test]
fn names_in_nfd_and_a_byte_order_mark_are_tolerated_and_leave_in_nfc() {
    let mut export = sample();
    export["pupils"][0]["name"] = json!("Nguye\u{302}\u{303}n  Thi\u{323} A\u{301}nh ");
    let bytes = [b"\xEF\xBB\xBF".as_slice(), export.to_string().as_bytes()].concat();
    assert_eq!(parse(&bytes).expect("tolerated").pupils[0].name, "Nguyễn Thị Ánh");
}

#[test]
fn a_mark_that_is_not_an_integer_of_tenths_is_refused() {
    for wrong in [json!(8.5), json!(85.0), json!(101), json!(-1), json!("85"), json!("8,5"), json!(null)] {
        check(
            "/pupils/3/subjects/TOAN/results/marks/hk1/gk",
            wrong,
            &[("export.mark_not_tenths", "$.pupils[3].subjects.TOAN.results.marks.hk1.gk")],
        );
    }
}

#[test]
fn a_term_has_at_most_five_regular_marks() {
    let at = "/pupils/0/subjects/VAN/results/marks/hk2/tx";
    let path = "$.pupils[0].subjects.VAN.results.marks.hk2.tx";
    check(at, json!([]), &[]);
    check(at, json!([50, 50, 50, 50, 50, 50]), &[("export.tx_count", path)]);
    check(at, json!([50, 50, 50, 50, 50]), &[]);
}

#[test]
fn every_problem_is_told_at_once() {
    let mut export = sample();
    export["class"] = json!("6 A1");
    export["year"] = json!("2025-2027");
    export["exported"] = json!("hôm qua");
    export["pupils"][0]["born"] = json!("05/03/2014");
    export["pupils"][1]["gender"] = json!("Nữ");
    export["pupils"][2]["absence"]["excused"] = json!(-1);
    export["pupils"][4]["subjects"]["GDTC"]["results"]["levels"]["year"] = json!("Đạt");
    export["pupils"][5]["nickname"] = json!("Tí");
    expect(
        &export,
        &[
            ("export.not_a_school_year", "$.year"),
            ("export.not_an_identifier", "$.class"),
            ("export.not_a_moment", "$.exported"),
            ("export.not_a_date", "$.pupils[0].born"),
            ("export.not_a_choice", "$.pupils[1].gender"),
            ("export.not_a_count", "$.pupils[2].absence.excused"),
            ("export.not_a_choice", "$.pupils[4].subjects.GDTC.results.levels.year"),
            ("export.unknown_key", "$.pupils[5].nickname"),
        ],
    );
}

#[test]
fn an_export_with_gaps_is_taken_because_completeness_is_asked_by_the_lock() {
    let marks = "/pupils/0/subjects/TOAN/results/marks";
    for (object, key) in [
        (marks, "hk2"),
        (marks, "year"),
        ("/pupils/0/subjects/TOAN/results/marks/hk1", "gk"),
        ("/pupils/0/subjects/GDTC/results/levels/hk2", "tx"),
        ("/pupils/0/conduct", "year"),
    ] {
        expect(&without(object, key), &[]);
    }
}

#[test]
fn the_first_term_has_nothing_that_comes_after_it() {
    let mut first_term: Value = serde_json::from_slice(FIRST_TERM).expect("JSON");
    first_term["pupils"][0]["conduct"]["hk2"] = json!("tot");
    first_term["pupils"][1]["study"] = json!({"hk1": "kha", "retest": "dat"});
    first_term["pupils"][2]["subjects"]["VAN"]["results"]["marks"]["year"] = json!(80);
    expect(
        &first_term,
        &[
            ("export.term_surplus", "$.pupils[0].conduct.hk2"),
            ("export.term_surplus", "$.pupils[1].study.retest"),
            ("export.term_surplus", "$.pupils[2].subjects.VAN.results.marks.year"),
        ],
    );
}

#[test]
fn every_pupil_has_a_row_for_every_subject_and_no_other() {
    let mut export = without("/pupils/7/subjects", "VAN");
    let row = export["pupils"][7]["subjects"]["TOAN"].clone();
    export["pupils"][7]["subjects"]["HOA"] = row;
    expect(
        &export,
        &[
            ("export.subject_unknown", "$.pupils[7].subjects.HOA"),
            ("export.subject_missing", "$.pupils[7].subjects.VAN"),
        ],
    );
}

#[test]
fn a_class_is_of_a_secondary_grade_and_of_a_year_with_rules() {
    check("/class", json!("5A"), &[("export.primary_level", "$.class")]);
    check("/class", json!("A1"), &[("export.no_grade", "$.class")]);
    check("/year", json!("2019-2020"), &[("export.year_too_old", "$.year")]);
    check("/year", json!("2020-2021"), &[]);
}

#[test]
fn a_pupil_may_be_excused_from_a_subject() {
    check("/pupils/3/subjects/GDTC/results", json!("exempt"), &[]);
    let at = "$.pupils[3].subjects.GDTC.results";
    check("/pupils/3/subjects/GDTC/results", json!("miễn"), &[("export.not_a_choice", at)]);
}

/// The sample with every key of the format.
fn with_everything() -> Value {
    let mut export = sample();
    export["head_remarks"] = json!([{"month": "2025-09", "text": "Sổ ghi đúng tiến độ."}]);
    export["parts"] = json!(["0".repeat(64), "f".repeat(64)]);
    export["subjects"][0]["periods"] = json!(140);
    export["subjects"][1]["parts"] = json!(["Văn học", "Tiếng Việt"]);
    let pupil = &mut export["pupils"][0];
    pupil["subjects"]["TOAN"]["results"]["marks"]["retest"] = json!(70);
    pupil["subjects"]["GDTC"]["results"]["levels"]["retest"] = json!("D");
    pupil["subjects"]["VAN"]["parts"] = json!({"Văn học": {"marks": {"hk1": {"tx": [80, 75], "gk": 70}}}});
    pupil["study"] = json!({"hk1": "kha", "hk2": "tot", "year": "tot", "retest": "tot"});
    pupil["conduct"]["retest"] = json!("dat");
    pupil["averages"] = json!({"hk1": 70, "hk2": 75, "year": 73, "retest": 73});
    pupil["outcome"] = json!("promoted-after-summer");
    pupil["honour"] = json!("xuat-sac");
    pupil["awards"] = json!("Giải Nhì cuộc thi Toán cấp thành phố");
    pupil["certificates"] = json!("Chứng chỉ bơi an toàn");
    pupil["summer"] = json!("Hoàn thành nhiệm vụ rèn luyện trong hè.");
    pupil["attendance"] = json!([{"month": "2026-02", "days": {"5": "P", "28": "K"}}]);
    let parent = json!({"name": "Nguyễn Văn Sơn", "occupation": "Thợ mộc", "phone": "0900000000", "email": "son@example.vn"});
    pupil["personal"] = json!({
        "ethnicity": "Kinh", "nationality": "Việt Nam", "address": "Tổ 3, phường Hoa Phượng", "priority": "Hộ cận nghèo",
        "register_number": "123/2025", "national_id": "031214000001", "father": parent, "mother": parent, "guardian": parent,
        "notes": "Chuyển nhà từ tháng 10.", "entered": "2025-09-05", "from_school": "Tiểu học Cau Vua",
        "history": [{"year": "2024-2025", "class": "5A", "school": "Tiểu học Cau Vua", "province": "Hải Phòng"}],
    });
    export
}

#[test]
fn a_phan_mon_has_marks_of_its_own_only_where_its_subject_lists_it() {
    let mut export = with_everything();
    export["pupils"][0]["subjects"]["VAN"]["parts"]["Ngữ pháp"] = json!({"marks": {"hk1": {}}});
    export["pupils"][0]["subjects"]["VAN"]["parts"]["Văn học"]["marks"]["hk1"]["gk"] = json!(101);
    let problems = parse(export.to_string().as_bytes()).expect_err("refused");
    let found: Vec<_> = problems.iter().map(|one| (one.code.as_str(), one.path.as_str())).collect();
    let at = "$.pupils[0].subjects.VAN.parts";
    let (unknown, mark) = (format!("{at}[\"Ngữ pháp\"]"), format!("{at}[\"Văn học\"].marks.hk1.gk"));
    let expected = [("export.subject_unknown", unknown.as_str()), ("export.mark_not_tenths", mark.as_str())];
    assert!(expected.iter().all(|one| found.contains(one)), "{found:?}");
}

#[test]
fn everything_that_the_forms_ask_of_a_pupil_comes_through() {
    let export = with_everything();
    let read = parse(export.to_string().as_bytes()).expect("sound");
    let plain: Gradebook = serde_json::from_value(export).expect("a gradebook");
    assert_eq!(read, plain);
    let canonical = canonical::to_bytes(&read).expect("canonical");
    assert_eq!(parse(&canonical).expect("canonical is an export too"), read);
}

#[test]
fn particulars_are_read_as_strictly_as_marks() {
    let wrong = |change: fn(&mut Value), expected: &[(&str, &str)]| {
        let mut export = with_everything();
        change(&mut export);
        expect(&export, expected);
    };
    let days = "$.pupils[0].attendance[0].days";
    for day in ["29", "0", "05", "x"] {
        let mut export = with_everything();
        export["pupils"][0]["attendance"][0]["days"] = json!({day: "P"});
        let path = format!("{days}.{day}");
        expect(&export, &[("export.not_a_day", path.as_str())]);
    }
    wrong(
        |export| export["pupils"][0]["attendance"][0]["month"] = json!("02/2026"),
        &[("export.not_a_month", "$.pupils[0].attendance[0].month")],
    );
    wrong(
        |export| export["pupils"][0]["personal"]["father"]["name"] = json!("Nguyễn\u{0}"),
        &[("export.control_character", "$.pupils[0].personal.father.name")],
    );
    wrong(
        |export| export["pupils"][0]["personal"]["history"][0]["year"] = json!("2024"),
        &[("export.not_a_school_year", "$.pupils[0].personal.history[0].year")],
    );
    wrong(
        |export| export["pupils"][0]["personal"]["cousin"] = json!({}),
        &[("export.unknown_key", "$.pupils[0].personal.cousin")],
    );
    wrong(
        |export| export["head_remarks"] = json!(vec![json!({"month": "2025-09", "text": ""}); 25]),
        &[("export.list_too_long", "$.head_remarks")],
    );
    wrong(
        |export| export["pupils"][0]["outcome"] = json!("lên lớp"),
        &[("export.not_a_choice", "$.pupils[0].outcome")],
    );
}

#[test]
fn a_row_is_assessed_as_its_subject() {
    let paths: Vec<String> =
        (0..12).map(|pupil| format!("$.pupils[{pupil}].subjects.GDTC.results.levels")).collect();
    let expected: Vec<(&str, &str)> =
        paths.iter().map(|path| ("export.assessment_mismatch", path.as_str())).collect();
    check("/subjects/2/assessment", json!("marks"), &expected);
}

#[test]
fn pupils_and_subjects_stand_once() {
    check("/pupils/4/id", json!("HP6001"), &[("export.duplicate_pupil", "$.pupils[4].id")]);
    let mut export = sample();
    let again = export["subjects"][0].clone();
    export["subjects"].as_array_mut().expect("a list").push(again);
    expect(&export, &[("export.duplicate_subject", "$.subjects[3].id")]);
}

#[test]
fn names_are_printable_and_of_bounded_length() {
    let name = "/pupils/0/name";
    let path = "$.pupils[0].name";
    check(name, json!("Nguyễn ☑ An"), &[("export.unprintable", path)]);
    check(name, json!("Nguyễn\nAn"), &[("export.control_character", path)]);
    check(name, json!("Nguyễn\u{202E}An"), &[("export.control_character", path)]);
    check(name, json!("  "), &[("export.text_empty", path)]);
    check(name, json!("a".repeat(101)), &[("export.text_too_long", path)]);
    check("/pupils/0/remark", json!("a".repeat(601)), &[("export.text_too_long", "$.pupils[0].remark")]);
    check("/pupils/0/remark", json!(""), &[]);
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let text = String::from_utf8(FULL_YEAR.to_vec()).expect("UTF-8");
    let twice = text.replacen("\"class\":", "\"class\": \"6A2\", \"class\":", 1);
    let expected = vec![("export.duplicate_key".to_owned(), "$.class".to_owned())];
    assert_eq!(problems(twice.as_bytes()), expected);
}

#[test]
fn what_is_no_export_at_all_is_refused_by_one_word() {
    let one = |bytes: &[u8]| -> String {
        let found = problems(bytes);
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].0.clone()
    };
    assert_eq!(one(b""), "export.not_json");
    assert_eq!(one(b"{\"format\":"), "export.not_json");
    assert_eq!(one(b"[]"), "export.wrong_type");
    assert_eq!(one(b"\xFF\xFE{\0}\0"), "export.not_utf8");
    assert_eq!(one("[".repeat(40).as_bytes()), "export.too_deep");
    assert_eq!(one("[".repeat(4_000_000).as_bytes()), "export.too_deep");
    assert_eq!(one(&vec![b' '; 16 * 1024 * 1024 + 1]), "export.too_large");
    assert_eq!(one(format!("[{}0]", "0,".repeat(1_000_001)).as_bytes()), "export.too_large");
    assert_eq!(one(br#"{"format":"niemphong-export/2","x":1}"#), "export.other_format");
}

#[test]
fn a_flood_of_problems_is_cut_off_and_says_so() {
    let flood: serde_json::Map<String, Value> =
        (0..5_000).map(|index| (format!("k{index}"), json!(0))).collect();
    let found = problems(Value::Object(flood).to_string().as_bytes());
    assert_eq!(found.len(), 501);
    assert_eq!(found[500].0, ProblemCode::TooManyProblems.as_str());
}

#[test]
fn no_cut_of_a_sound_export_is_accepted_or_panics() {
    for end in (0..FULL_YEAR.len() - 1).step_by(97) {
        assert!(parse(&FULL_YEAR[..end]).is_err(), "{end}");
    }
}

#[test]
fn no_damaged_byte_makes_it_panic() {
    for at in (0..FULL_YEAR.len()).step_by(61) {
        for damage in [0x00, 0x22, 0x5B, 0x7D, 0xFF] {
            let mut export = FULL_YEAR.to_vec();
            export[at] = damage;
            if let Err(problems) = parse(&export) {
                assert!(!problems.is_empty());
            }
        }
    }
}

/// Checks `value` against the part of JSON Schema that our schema uses, noting every property used.
fn conforms(value: &Value, schema: &Value, root: &Value, at: &str, used: &mut BTreeSet<String>) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let pointer = reference.strip_prefix('#').expect("a local reference");
        conforms(value, root.pointer(pointer).expect("the definition exists"), root, at, used);
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        let fits = |choice: &&Value| choice.get("const").map_or(value.is_object(), |word| word == value);
        let choice = choices.iter().find(fits).unwrap_or_else(|| panic!("{at}: {value} fits no choice"));
        return conforms(value, choice, root, at, used);
    }
    if let Some(constant) = schema.get("const") {
        assert_eq!(value, constant, "{at}");
    }
    if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
        assert!(choices.contains(value), "{at}: {value} is none of {choices:?}");
    }
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::Null => "null",
    };
    if let Some(expected) = schema.get("type") {
        assert_eq!(expected, kind, "{at}");
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
        list.iter().for_each(|item| conforms(item, items, root, at, used));
    }
    let Some(object) = value.as_object().filter(|_| schema.get("type").is_some()) else { return };
    for required in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
        assert!(object.contains_key(required.as_str().expect("a key")), "{at} lacks {required}");
    }
    for (key, value) in object {
        let at = format!("{at}.{key}");
        match schema.pointer(&format!("/properties/{key}")) {
            Some(property) => {
                used.insert(key.clone());
                conforms(value, property, root, &at, used);
            }
            None => {
                let other = schema.get("additionalProperties").expect("closed or described");
                assert!(other.is_object(), "{at} is not in the schema");
                conforms(value, other, root, &at, used);
            }
        }
    }
}

fn properties_of(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(entries) => {
            // Only closed objects define names; conditions repeat them.
            if schema.get("additionalProperties") == Some(&json!(false)) {
                let defined = schema.get("properties").and_then(Value::as_object).expect("properties");
                names.extend(defined.keys().cloned());
            }
            entries.values().for_each(|entry| properties_of(entry, names));
        }
        Value::Array(items) => items.iter().for_each(|item| properties_of(item, names)),
        _ => {}
    }
}

#[test]
fn the_published_schema_and_the_types_know_the_same_keys_and_words() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    let mut used = BTreeSet::new();
    let everything = with_everything().to_string();
    for export in [FULL_YEAR, FIRST_TERM, everything.as_bytes()] {
        // Through the types, so that a field added there is missed in the schema.
        let typed = serde_json::to_value(parse(export).expect("sound")).expect("JSON");
        conforms(&typed, &schema, &schema, "$", &mut used);
    }
    let mut known = BTreeSet::new();
    properties_of(&schema, &mut known);
    assert_eq!(known, used);
    let words = |pointer: &str| schema.pointer(pointer).and_then(Value::as_array).expect("words").clone();
    for word in words("/$defs/conductLevel/enum") {
        check("/pupils/0/conduct/year", word, &[]);
    }
    for word in words("/$defs/studyLevel/enum") {
        let mut export = with_everything();
        export["pupils"][0]["study"]["hk1"] = word;
        expect(&export, &[]);
    }
    for key in ["outcome", "honour"] {
        for word in words(&format!("/$defs/pupil/properties/{key}/enum")) {
            let mut export = with_everything();
            export["pupils"][0][key] = word;
            expect(&export, &[]);
        }
    }
    for word in words("/$defs/level/enum") {
        check("/pupils/0/subjects/GDTC/results/levels/year", word, &[]);
    }
    for word in words("/$defs/pupil/properties/gender/enum") {
        check("/pupils/0/gender", word, &[]);
    }
}

/// Classes from which forms are shown: a reader would take a title that the marks do not give for a fault of the form.
#[test]
fn the_classes_that_forms_are_shown_from_agree_with_the_rules_of_their_year() {
    const CLASSES: [(&str, &[u8]); 3] = [
        ("7A3", include_bytes!("../../../tests/fixtures/exports/7A3_ca-nam.json")),
        ("11A2", include_bytes!("../../../tests/fixtures/exports/11A2_ca-nam.json")),
        ("9B", include_bytes!("../../../tests/fixtures/exports/9B_ca-nam_2022.json")),
    ];
    for (class, export) in CLASSES {
        let book = parse(export).expect("a gradebook");
        let checked = school::scoring::check(&book, Sha256::of(export)).expect("rules");
        assert!(checked.is_clean(), "{class}: {:#?} {:#?}", checked.differences, checked.gaps);
    }
}
