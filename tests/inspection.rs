//! What an inspector gets from `niemphong verify`: text, a page, a printed record, and each revision as
//! its signer left it. Judged documents are those of `tests/fixtures/signed`.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const AT: &str = "2026-11-30T05:00:00+07:00";
/// Whose the transcript of the fixtures is.
const NAME: &str = "Đặng Hữu Chiến";
const CODE: &str = "HS0003";

fn house(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn signed(name: &str) -> PathBuf {
    house("tests/fixtures/signed").join(name)
}

fn verify(arguments: &[&dyn AsRef<std::ffi::OsStr>]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niemphong"));
    command.arg("verify").arg("--trust").arg(house("certs/test")).args(["--at", AT]);
    command.args(arguments.iter().map(|argument| argument.as_ref()));
    command.output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The objects of `--json` without what every line says of the check itself.
fn reports(output: &Output) -> Vec<Value> {
    let line = |line: &str| {
        let mut report: Value = serde_json::from_str(line).unwrap();
        let checked = report.as_object_mut().unwrap().remove("checked").expect("each line says by what");
        assert!(checked["program"].as_str().unwrap().starts_with("niemphong "), "{checked}");
        assert_eq!(checked["judged_at"], AT);
        report
    };
    stdout(output).lines().map(line).collect()
}

#[test]
fn a_folder_says_how_many_are_valid_and_then_shows_only_the_others() {
    let folder = house("tests/fixtures/signed");
    let brief = verify(&[&folder]);
    assert_eq!(brief.status.code(), Some(4));
    let text = stdout(&brief);
    let second = text.lines().nth(1).unwrap();
    assert_eq!(second.trim(), "2/3 hồ sơ hợp lệ, 1 chưa kết luận được");
    assert!(text.contains("waits-for-principal.pdf") && !text.contains("so-diem.pdf"), "{text}");
    let full = stdout(&verify(&[&folder, &"--details"]));
    assert!(full.contains("so-diem.pdf") && full.contains("hoc-ba.pdf"), "{full}");
}

#[test]
fn of_one_file_the_verdict_stands_first() {
    let text = stdout(&verify(&[&signed("hoc-ba.pdf")]));
    assert!(text.lines().nth(1).unwrap().trim().starts_with("HỢP LỆ – 10/10 chữ ký, đúng thứ tự"), "{text}");
}

#[test]
fn order_of_arguments_is_order_of_results_and_changes_no_verdict() {
    let names = ["so-diem.pdf", "hoc-ba__waits-for-principal.pdf", "hoc-ba.pdf"].map(signed);
    let there = verify(&[&"--json", &names[0], &names[1], &names[2]]);
    let back = verify(&[&"--json", &names[2], &names[1], &names[0]]);
    let (there, mut back) = (reports(&there), reports(&back));
    back.reverse();
    assert_eq!(there, back);
    let paths: Vec<_> = there.iter().map(|report| report["path"].as_str().unwrap()).collect();
    assert_eq!(paths, names.each_ref().map(|name| name.to_str().unwrap()));
}

#[test]
fn the_page_says_of_every_signature_what_the_circular_demands() {
    let place = tempfile::tempdir().unwrap();
    let page = place.path().join("a.html");
    assert_eq!(verify(&[&signed("hoc-ba.pdf"), &"--html", &page]).status.code(), Some(0));
    let page = fs::read_to_string(page).unwrap();
    // TT 15/2025/TT-BKHCN, 6.4: the heads of the columns, and values that stand in them.
    for expected in [
        "Cơ quan cấp chứng thư",
        "Chủ thể ký",
        "Đơn vị quản lý chứng thư",
        "Thời điểm ký hoặc dấu thời gian",
        "Toàn vẹn",
        "Hợp lệ tại thời điểm ký",
        "Thời hạn hiệu lực chứng thư",
        "Số chứng thư (serial)",
        "Đặng Thị Ỷ Nhi",
        "CA MẪU",
        "Nguyên vẹn",
        "dấu thời gian chứng minh",
        "Có: còn hạn, chưa bị thu hồi",
        "SHA-256 của chứng thư",
        "30/11/2026 05:00:00 (UTC+7)",
        concat!("niemphong ", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(page.contains(expected), "{expected} is missing");
    }
    let (verdict, table) = (page.find("HỢP LỆ – 10/10 chữ ký").unwrap(), page.find("<table").unwrap());
    assert!(verdict < table);
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    assert_eq!(page.matches("Nguyên vẹn").count(), 11, "ten signatures and the timestamp");
}

#[test]
fn the_record_carries_the_whole_report() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.pdf");
    let judged = verify(&[&house("tests/fixtures/signed"), &"--json", &"--pdf", &path]);
    let record = lopdf::Document::load(&path).unwrap();
    let attached = record.objects.values().find_map(|object| {
        let dictionary = object.as_dict().ok()?;
        let name = dictionary.get(b"F").ok()?.as_str().ok()?;
        let stream = dictionary.get(b"EF").ok()?.as_dict().ok()?.get(b"F").ok()?.as_reference().ok()?;
        (name == b"ket-qua.json").then(|| record.get_object(stream).unwrap().as_stream().unwrap())
    });
    let attached = attached.unwrap().decompressed_content_with_limit(64 * 1024 * 1024).unwrap();
    let attached: Value = serde_json::from_slice(&attached).unwrap();
    assert_eq!(attached["format"], "niemphong-inspection/1");
    assert_eq!(attached["judged_at"], AT);
    assert_eq!(attached["reports"], Value::from(reports(&judged)));
    assert_eq!(attached["anchors"].as_array().unwrap().len(), 1);
}

/// TT 15/2025/TT-BKHCN, Điều 6, 6.4: what is shown of a signature at least, with a value of the fixture.
const DEMANDED: [(&str, &str); 7] = [
    ("Chủ thể ký", "Hồ Thị Ngọc Quyên"),
    ("Cơ quan cấp chứng thư", "CA MẪU"),
    ("Đơn vị quản lý chứng thư", "Tổ chức"),
    ("Thời điểm ký hoặc dấu thời gian", "30/11/2026"),
    ("Toàn vẹn", "Nguyên vẹn"),
    ("Hợp lệ tại thời điểm ký", "Có: còn hạn, chưa bị thu hồi"),
    ("Thời hạn hiệu lực chứng thư", "/2026 – "),
];

/// By what, by which version, with which anchors and when it was checked.
const GROUNDS: [&str; 5] =
    ["Thời điểm kiểm tra", "Xét hiệu lực tại thời điểm", "niemphong 0.", "Chứng thư gốc", "SHA-256"];

#[test]
fn the_text_says_of_every_signature_what_the_circular_demands_and_ends_with_its_grounds() {
    let text = stdout(&verify(&[&signed("hoc-ba.pdf")]));
    for (label, value) in DEMANDED {
        let rows: Vec<_> =
            text.lines().filter(|line| line.trim().starts_with(&format!("{label}:"))).collect();
        assert_eq!(rows.len(), 11, "ten signatures and the timestamp: {label} in {text}");
        assert!(
            rows.iter().any(|row| row.to_lowercase().contains(&value.to_lowercase())),
            "{label}: {rows:?}"
        );
    }
    let grounds = &text[text.find("Căn cứ kiểm tra").unwrap()..];
    assert!(GROUNDS.iter().all(|one| grounds.contains(one)), "{grounds}");
}

#[test]
fn the_json_says_of_every_signature_what_the_circular_demands_and_by_what_it_was_checked() {
    let output = verify(&[&signed("hoc-ba.pdf"), &"--json"]);
    for signature in reports(&output)[0]["signatures"].as_array().unwrap() {
        for key in ["signer", "issuer", "issuer_organization", "signed_at", "time_source", "integrity"] {
            assert!(!signature[key].as_str().unwrap().is_empty(), "{key}: {signature}");
        }
        assert_eq!(signature["cert_validity"].as_array().unwrap().len(), 2);
        assert_eq!((&signature["trust"], &signature["revocation"]), (&"trusted".into(), &"good".into()));
    }
    let line: Value = serde_json::from_str(stdout(&output).lines().next().unwrap()).unwrap();
    assert_eq!(line["checked"]["anchors"][0]["sha256"].as_str().unwrap().len(), 64);
    assert!(line["checked"]["checked_at"].as_str().unwrap().starts_with("20"));
}

#[test]
fn every_problem_says_where_what_it_means_why_it_probably_is_so_and_what_to_do() {
    let place = tempfile::tempdir().unwrap();
    let [pdf, page, record] = ["a.pdf", "a.html", "b.pdf"].map(|name| place.path().join(name));
    let mut bytes = fs::read(signed("hoc-ba.pdf")).unwrap();
    bytes.extend_from_slice(b"more");
    fs::write(&pdf, bytes).unwrap();
    let text = stdout(&verify(&[&pdf, &"--html", &page, &"--pdf", &record]));
    let (page, record) = (fs::read_to_string(page).unwrap(), printed(&record));
    // An accident and a forgery look alike: the cause names both.
    let (accident, forgery) = ("lần lưu bị dở dang", "cũng có thể do cố ý thêm nội dung sau khi ký");
    for expected in
        ["phiên bản ", "UNSIGNED_BYTES", "Nguyên nhân có thể có", accident, forgery, "Việc cần làm"]
    {
        for told in [&text, &page, &record] {
            assert!(told.contains(expected), "{expected} in {told}");
        }
    }
    for expected in ["perhaps content was added on purpose", "Please use the original from the archive"] {
        assert!(text.contains(expected) && page.contains(expected), "{expected} in {text}");
    }
    let (words, code) =
        (text.find("không được chữ ký nào bảo vệ").unwrap(), text.find("UNSIGNED_BYTES").unwrap());
    assert!(words < code, "words first: {text}");
}

/// What a PDF prints, on one line.
fn printed(pdf: &Path) -> String {
    let output = Command::new("pdftotext").arg("-raw").arg(pdf).arg("-").output().unwrap();
    stdout(&output).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_transcript_bears_its_pupil_s_name_while_its_data_can_be_believed() {
    let place = tempfile::tempdir().unwrap();
    let told = |pdf: &Path, number: usize| {
        let [page, record] = ["html", "pdf"].map(|end| place.path().join(format!("{number}.{end}")));
        let text = stdout(&verify(&[&pdf, &"--html", &page, &"--pdf", &record]));
        let named = reports(&verify(&[&pdf, &"--json"]))[0].get("pupil").cloned();
        ([text, fs::read_to_string(page).unwrap(), printed(&record)], named)
    };
    // A name of the file says nothing: both copies are called otherwise.
    let (good, forged) = (place.path().join("good.pdf"), place.path().join("forged.pdf"));
    let mut bytes = fs::read(signed("hoc-ba.pdf")).unwrap();
    fs::write(&good, &bytes).unwrap();
    bytes.extend_from_slice(b"more");
    fs::write(&forged, &bytes).unwrap();
    let (shown, named) = told(&good, 1);
    assert_eq!(named, Some(NAME.into()));
    for told in &shown {
        assert!(told.contains(&format!("Học bạ {NAME} ({CODE}), 2025-2026")), "{told}");
    }
    let (shown, named) = told(&forged, 2);
    assert_eq!(named, None);
    for told in &shown {
        assert!(told.contains(&format!("Học bạ {CODE}, 2025-2026")) && !told.contains(NAME), "{told}");
    }
}

#[test]
fn progress_is_for_people_at_a_terminal_and_never_among_the_data() {
    let files = ["hoc-ba.pdf", "so-diem.pdf", "hoc-ba__waits-for-principal.pdf", "hoc-ba.pdf"].map(signed);
    let output = verify(&[&"--json", &files[0], &files[1], &files[2], &files[3]]);
    assert_eq!(reports(&output).len(), 4);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let place = tempfile::tempdir().unwrap();
    let kept = place.path().join("kept");
    fs::write(&kept, "mine").unwrap();
    for option in ["--html", "--pdf"] {
        let refused = verify(&[&signed("hoc-ba.pdf"), &option, &kept]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(stdout(&refused).is_empty(), "refused before anything is judged");
        assert!(String::from_utf8_lossy(&refused.stderr).contains("inspection.exists"));
        assert_eq!(fs::read_to_string(&kept).unwrap(), "mine");
    }
}

#[test]
fn what_could_not_be_checked_stands_in_the_report() {
    let place = tempfile::tempdir().unwrap();
    let page = place.path().join("a.html");
    let empty = place.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let missing = place.path().join("missing.pdf");
    let output = verify(&[&missing, &signed("hoc-ba.pdf"), &empty, &"--html", &page]);
    assert_eq!(output.status.code(), Some(1));
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("1/3 hồ sơ hợp lệ, 2 chưa kết luận được"), "{page}");
    assert!(page.contains("inspection.unreadable") && page.contains("inspection.nothing"));
    assert!(!page.contains("verdict good\"><span aria-hidden=\"true\">✓ </span>1/3"));
    let text = stdout(&output);
    assert!(text.find("missing.pdf").unwrap() < text.find("hoc-ba.pdf").unwrap(), "{text}");
}

#[test]
fn every_revision_comes_out_as_its_signer_left_it() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let path = signed("hoc-ba.pdf");
    assert_eq!(verify(&[&path, &"--extract", &out]).status.code(), Some(0));
    let whole = fs::read(&path).unwrap();
    let mut names: Vec<_> =
        fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 11, "{names:?}");
    let fourth = names.iter().find(|name| name.starts_with("hoc-ba.rev4.")).unwrap();
    assert_eq!(fourth, "hoc-ba.rev4.GVBM_LSDL.pdf");
    for name in &names {
        assert!(whole.starts_with(&fs::read(out.join(name)).unwrap()), "{name}");
    }
    let fourth = reports(&verify(&[&"--json", &out.join(fourth)]));
    assert_eq!(fourth[0]["signatures"].as_array().unwrap().len(), 4);
    assert_eq!(fourth[0]["integrity"], "intact");
    assert_eq!(verify(&[&path, &"--extract", &out]).status.code(), Some(0), "the same again is no fault");
    fs::write(out.join(&names[0]), "other").unwrap();
    assert_eq!(verify(&[&path, &"--extract", &out]).status.code(), Some(1));
    assert_eq!(fs::read_to_string(out.join(&names[0])).unwrap(), "other");
}

#[test]
fn a_checkpoint_is_compared_with_a_register_and_a_lone_file_says_that_it_has_none() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("checkpoint.txt");
    fs::write(&file, "niemphong/HOAPHUONG\n8\nXcnaeacGWamtVZy3Ad7Zoqudgjqtj01gr8XnDv9GQyg=\n").unwrap();
    let judged = verify(&[&signed("hoc-ba.pdf"), &"--json", &"--checkpoint", &file]);
    assert_eq!(judged.status.code(), Some(0));
    assert!(stdout(&judged).contains("CHECKPOINT_NOT_COMPARED"));
    fs::write(&file, "no checkpoint").unwrap();
    let refused = verify(&[&signed("hoc-ba.pdf"), &"--checkpoint", &file]);
    assert_eq!((refused.status.code(), stdout(&refused).as_str()), (Some(1), ""));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("[inspection.checkpoint]"));
}

#[test]
fn papers_of_an_inspector_are_what_persons_are_judged_by() {
    let papers = tempfile::tempdir().unwrap();
    let without = verify(&[&signed("hoc-ba.pdf"), &"--papers", &papers.path()]);
    assert_eq!(without.status.code(), Some(1), "no roster, no papers");
    fs::create_dir(papers.path().join("nhan-su")).unwrap();
    // A roster that the document does not name.
    let person = |id: &str| serde_json::json!({"id": id, "name": "Đỗ Thị Ngọc", "title": "Giáo viên", "certificate": "0".repeat(64)});
    let roster = serde_json::json!({
        "format": "niemphong-roster/1",
        "school": {"code": "HOAPHUONG", "name": "Trường THCS Hoa Phượng", "authority": "UBND phường Hoa Phượng",
            "place": "Hải Phòng", "sample": true},
        "year": "2025-2026", "people": [person("GV01")],
        "principal": "GV01", "admin_board": "GV01", "office": "GV01", "stamp": "GV01",
        "homerooms": {}, "assignments": [],
    });
    fs::write(papers.path().join("nhan-su/roster.json"), roster.to_string()).unwrap();
    let other = verify(&[&signed("hoc-ba.pdf"), &"--papers", &papers.path(), &"--json"]);
    assert_eq!(other.status.code(), Some(3));
    let report = &reports(&other)[0];
    let codes: Vec<&str> =
        report["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"ROSTER_OTHER"), "{codes:?}");
}
