//! What a transcript prints against the data that it embeds: a real transcript of ours, taken apart, changed and put
//! together again before anybody signs it.

use std::path::Path;

use lopdf::{Document, Object};
use serde_json::Value;

use crate::rig::{SCHOOL, judge};

const CODES: [&str; 4] = ["PRINTED_OTHERWISE", "PRINTED_NOT_READ", "FONT_LETTERS", "EMBEDDED_DATA"];

/// The base of a transcript that our writers made, with every stream unpacked.
fn base() -> Document {
    let golden = "tests/golden/0.1.0/HOAPHUONG_2025-2026_0001/data/ho-so/2025-2026_ca-nam_hoc-ba_HS0001.pdf";
    let signed = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(golden)).unwrap();
    let end = signed.windows(5).position(|window| window == b"%%EOF").unwrap() + 6;
    let mut document = Document::load_mem(&signed[..end]).unwrap();
    // A golden file of ours, not a stranger's.
    #[allow(clippy::disallowed_methods)]
    document.decompress();
    document
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// Places of what was told about print and data, by their codes.
fn told(pdf: &[u8]) -> Vec<(String, String)> {
    let report = judge(pdf, &SCHOOL.circumstances());
    let found = report.problems.into_iter().filter(|one| CODES.contains(&one.code.as_str()));
    found.map(|one| (one.code, one.place)).collect()
}

#[track_caller]
fn check(document: Document, code: &str, place: &str) {
    let told = told(&saved(document));
    assert!(told.iter().any(|(found, at)| found == code && at.contains(place)), "{told:?}");
}

/// Changes every stream that holds `mark`.
fn change(document: &mut Document, mark: &str, act: impl Fn(String) -> String) {
    let mut changed = 0;
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let Ok(text) = String::from_utf8(stream.content.clone()) else { continue };
        if text.contains(mark) {
            stream.set_plain_content(act(text).into_bytes());
            changed += 1;
        }
    }
    assert!(changed > 0, "{mark} stands nowhere");
}

fn with_data(act: impl Fn(&mut Value)) -> Document {
    let mut document = base();
    change(&mut document, "niemphong-transcript/1", |text| {
        let mut data: Value = serde_json::from_str(&text).unwrap();
        act(&mut data);
        data.to_string()
    });
    document
}

fn swap(text: &str) -> String {
    text.chars()
        .map(|one| match one {
            '8' => '9',
            '9' => '8',
            other => other,
        })
        .collect()
}

/// 8 for 9 and 9 for 8 in every number below `value`.
fn swap_marks(value: &mut Value) {
    match value {
        Value::Number(number) => *value = swap(&number.to_string()).parse::<u64>().unwrap().into(),
        Value::Array(items) => items.iter_mut().for_each(swap_marks),
        Value::Object(entries) => entries.values_mut().for_each(swap_marks),
        _ => {}
    }
}

#[test]
fn a_transcript_that_prints_its_data_is_not_spoken_of() {
    assert_eq!(told(&saved(base())), []);
    assert_eq!(told(&saved(with_data(|_| {}))), []);
}

#[test]
fn a_mark_a_level_a_remark_or_a_name_that_the_page_prints_otherwise_is_wrong() {
    let subject = |data: &Value| data["subjects"][0]["id"].as_str().unwrap().to_owned();
    let first = |data: &mut Value, act: fn(&mut Value)| {
        let id = subject(data);
        act(&mut data["pupil"]["subjects"][id]);
    };
    check(
        with_data(|data| first(data, |row| row["results"]["marks"]["hk1"]["result"] = 12.into())),
        "PRINTED_OTHERWISE",
        "column 2",
    );
    check(
        with_data(|data| first(data, |row| row["results"]["marks"]["retest"] = 50.into())),
        "PRINTED_OTHERWISE",
        "column 5",
    );
    check(
        with_data(|data| first(data, |row| row["results"] = "exempt".into())),
        "PRINTED_OTHERWISE",
        "column",
    );
    check(
        with_data(|data| first(data, |row| row["remark"] = "Khác.".into())),
        "PRINTED_OTHERWISE",
        "column 6",
    );
    check(with_data(|data| data["pupil"]["conduct"]["year"] = "dat".into()), "PRINTED_OTHERWISE", "Cả năm");
    check(with_data(|data| data["pupil"]["study"]["hk1"] = "dat".into()), "PRINTED_OTHERWISE", "Học kì I");
    check(with_data(|data| data["pupil"]["name"] = "Lê Văn Khác".into()), "PRINTED_OTHERWISE", "Họ và tên");
    check(
        with_data(|data| data["pupil"]["outcome"] = "retained".into()),
        "PRINTED_OTHERWISE",
        "Được lên lớp",
    );
    check(
        with_data(|data| {
            data["subjects"].as_array_mut().unwrap().remove(0);
        }),
        "PRINTED_OTHERWISE",
        ",",
    );
}

#[test]
fn data_of_another_pupil_or_without_their_form_are_wrong() {
    check(with_data(|data| data["pupil"]["id"] = "HS9999".into()), "EMBEDDED_DATA", "du-lieu.json");
    check(with_data(|data| data["more"] = 1.into()), "EMBEDDED_DATA", "du-lieu.json");
}

#[test]
fn letters_that_nobody_sees_or_that_are_drawn_by_other_means_are_not_read() {
    let mut white = base();
    change(&mut white, "/Span<</MCID 20>>BDC", |text| text.replacen("0 0 0 scn", "1 1 1 scn", 20));
    check(white, "PRINTED_NOT_READ", "pages");
    for other in ["/x0 Do\n", "q 3 Tr Q\n", "(9,0)'\n"] {
        let mut drawn = base();
        change(&mut drawn, "/Span<</MCID 20>>BDC", |text| format!("{text}\n{other}"));
        check(drawn, "PRINTED_NOT_READ", "pages");
    }
}

#[test]
fn a_font_whose_table_says_another_digit_than_it_draws_is_told() {
    // The page shows 9 where the table of letters and the data say 8.
    let mut lying = with_data(|data| {
        for row in data["pupil"]["subjects"].as_object_mut().unwrap().values_mut() {
            swap_marks(&mut row["results"]);
        }
    });
    change(&mut lying, "begincmap", |text| {
        text.replace("> <0038>", "> <eight>").replace("> <0039>", "> <0038>").replace("> <eight>", "> <0039>")
    });
    let pdf = saved(lying);
    let told = told(&pdf);
    assert!(told.iter().any(|(code, _)| code == "FONT_LETTERS"), "{told:?}");
    assert!(
        !told.iter().any(|(code, place)| code == "PRINTED_OTHERWISE" && place.contains("subject")),
        "{told:?}"
    );
}
