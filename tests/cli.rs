//! The command line as a contract (DESIGN, section 9): exit codes, keys of `--json`, and that data goes
//! to stdout and words to stderr. The signed fixtures are judged at a fixed moment under `certs/test`.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// When the fixtures were fresh.
const AT: &str = "2026-11-30T05:00:00+07:00";

fn house(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn fixture(name: &str) -> String {
    house("tests/fixtures/signed").join(name).to_str().unwrap().to_owned()
}

fn niemphong(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_niemphong")).args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {output:?}"))
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// `verify` at the fixed moment under the test CA.
fn verify(arguments: &[&str]) -> Output {
    let trust = house("certs/test");
    let fixed = ["verify", "--at", AT, "--trust", trust.to_str().unwrap()];
    niemphong(&[&fixed[..], arguments].concat())
}

fn reports(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).expect("one object per line")).collect()
}

fn codes(report: &Value) -> Vec<&str> {
    report["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

/// A copy of a fixture with one byte changed.
fn flipped(folder: &Path, name: &str, at: usize) -> String {
    let mut bytes = std::fs::read(fixture(name)).unwrap();
    bytes[at] ^= 0x01;
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Where the text of the first content stream begins to be data.
fn inside_first_stream(name: &str) -> usize {
    let bytes = std::fs::read(fixture(name)).unwrap();
    bytes.windows(7).position(|seven| seven == b"stream\n").expect("a stream") + 40
}

#[test]
fn a_signed_and_closed_document_is_valid_under_its_ca() {
    for name in ["hoc-ba.pdf", "so-diem.pdf"] {
        let judged = verify(&[&fixture(name)]);
        assert_eq!(code(&judged), 0, "{name}: {}{}", stdout(&judged), stderr(&judged));
        assert!(stdout(&judged).contains("HỢP LỆ"), "{}", stdout(&judged));
    }
}

#[test]
fn the_same_document_without_its_ca_cannot_be_verified_but_is_intact() {
    let judged = niemphong(&["verify", "--at", AT, "--json", &fixture("hoc-ba.pdf")]);
    let report = &reports(&judged)[0];
    assert_eq!((code(&judged), &report["verdict"]), (4, &"indeterminate".into()));
    assert_eq!(report["integrity"], "intact");
    assert!(codes(report).contains(&"NO_CERTIFICATE_CHAIN_FOUND"), "{report:#}");
}

#[test]
fn a_document_that_waits_for_the_principal_is_not_finished() {
    let judged = verify(&["--json", &fixture("hoc-ba__waits-for-principal.pdf")]);
    let report = &reports(&judged)[0];
    assert_ne!(code(&judged), 0);
    assert_eq!(report["plan"]["complete"], false);
    assert_eq!(report["plan"]["missing"], serde_json::json!(["HieuTruong", "ConDau"]));
    assert_eq!(report["integrity"], "intact");
}

#[test]
fn one_changed_byte_is_found_and_located() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["hoc-ba.pdf", "so-diem.pdf"] {
        let path = flipped(folder.path(), name, inside_first_stream(name));
        let judged = verify(&["--json", &path]);
        let report = &reports(&judged)[0];
        assert_eq!(code(&judged), 3, "{name}");
        assert_eq!(report["integrity"], "broken", "{name}");
        let places = report["problems"].as_array().unwrap();
        assert!(places.iter().any(|one| !one["where"].as_str().unwrap().is_empty()), "{report:#}");
    }
}

#[test]
fn bytes_after_the_end_of_a_signed_document_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    let mut bytes = std::fs::read(fixture("hoc-ba.pdf")).unwrap();
    bytes.extend_from_slice("thêm một dòng\n".as_bytes());
    std::fs::write(&path, bytes).unwrap();
    let judged = verify(&["--json", path.to_str().unwrap()]);
    assert_eq!(code(&judged), 3);
    assert_ne!(reports(&judged)[0]["verdict"], "valid");
}

#[test]
fn a_document_cut_back_to_its_signing_base_is_unsigned() {
    let bytes = std::fs::read(fixture("hoc-ba.pdf")).unwrap();
    let end = bytes.windows(6).position(|six| six == b"%%EOF\n").expect("the base ends") + 6;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("base.pdf");
    std::fs::write(&path, &bytes[..end]).unwrap();
    let judged = verify(&["--json", path.to_str().unwrap()]);
    assert_eq!((code(&judged), &reports(&judged)[0]["verdict"]), (3, &"unsigned".into()));
}

#[test]
fn what_is_no_pdf_is_malformed_and_what_is_not_there_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, "không phải PDF").unwrap();
    let judged = verify(&["--json", path.to_str().unwrap()]);
    assert_eq!((code(&judged), &reports(&judged)[0]["verdict"]), (3, &"malformed".into()));
    let missing = verify(&["--json", folder.path().join("b.pdf").to_str().unwrap()]);
    assert_eq!((code(&missing), stdout(&missing).as_str()), (1, ""));
    assert!(stderr(&missing).contains("b.pdf"), "{}", stderr(&missing));
}

#[test]
fn over_several_files_the_worst_verdict_wins_and_every_file_is_judged() {
    let folder = tempfile::tempdir().unwrap();
    let good = fixture("hoc-ba.pdf");
    let bad = flipped(folder.path(), "so-diem.pdf", inside_first_stream("so-diem.pdf"));
    let missing = folder.path().join("b.pdf").to_str().unwrap().to_owned();
    let ended = |paths: &[&str]| {
        let judged = verify(&[&["--json"], paths].concat());
        (code(&judged), reports(&judged).len())
    };
    assert_eq!(ended(&[&good, &fixture("so-diem.pdf")]), (0, 2));
    assert_eq!(ended(&[&bad, &good]), (3, 2));
    assert_eq!(ended(&[&missing, &bad, &good]), (1, 2));
    assert_eq!(ended(&[&good, &bad, &missing]), (1, 2));
    let untrusted = niemphong(&["verify", "--at", AT, &good, &bad]);
    assert_eq!(code(&untrusted), 3, "invalid is worse than not verifiable");
}

#[test]
fn a_folder_is_judged_with_everything_in_it() {
    let judged = verify(&["--json", house("tests/fixtures/signed").to_str().unwrap()]);
    let mut names: Vec<String> = reports(&judged)
        .iter()
        .map(|report| {
            Path::new(report["path"].as_str().unwrap()).file_name().unwrap().to_str().unwrap().into()
        })
        .collect();
    names.sort();
    assert_eq!(names, ["hoc-ba.pdf", "hoc-ba__waits-for-principal.pdf", "so-diem.pdf"]);
}

/// The type of a JSON value in one word; `a|b` in the tables below lists what is allowed.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn has_keys(object: &Value, table: &[(&str, &str)]) {
    for (key, allowed) in table {
        let value = object.get(key).unwrap_or_else(|| panic!("key {key} is missing in {object:#}"));
        assert!(allowed.split('|').any(|one| one == kind(value)), "{key} is {value}");
    }
}

#[test]
fn the_json_of_a_pdf_has_every_key_of_the_contract_with_its_type() {
    let folder = tempfile::tempdir().unwrap();
    let bad = flipped(folder.path(), "so-diem.pdf", inside_first_stream("so-diem.pdf"));
    let judged =
        verify(&["--json", &fixture("hoc-ba.pdf"), &fixture("hoc-ba__waits-for-principal.pdf"), &bad]);
    for report in reports(&judged) {
        has_keys(
            &report,
            &[
                ("type", "string"),
                ("path", "string"),
                ("verdict", "string"),
                ("sentence", "string"),
                ("indication", "string|null"),
                ("sub_indication", "string|null"),
                ("integrity", "string"),
                ("modification", "string"),
                ("pdfa", "object|null"),
                ("plan", "object|null"),
                ("roster", "object|null"),
                ("register", "string"),
                ("school_identity", "string"),
                ("document_timestamp", "object|null"),
                ("signatures", "array"),
                ("problems", "array"),
            ],
        );
        assert_eq!(report["type"], "pdf");
        assert!(!report["sentence"].as_str().unwrap().is_empty());
        for problem in report["problems"].as_array().unwrap() {
            has_keys(problem, &[("code", "string"), ("where", "string"), ("vi", "string"), ("en", "string")]);
            has_keys(problem, &[("why_vi", "string"), ("why_en", "string")]);
            let (vi, en) = (problem["vi"].as_str().unwrap(), problem["en"].as_str().unwrap());
            assert!(!vi.is_empty() && !vi.contains("chưa có lời giải thích") && !en.is_empty(), "{problem}");
        }
    }
    let closed = &reports(&judged)[0];
    has_keys(&closed["pdfa"], &[("part", "number"), ("conformance", "string"), ("checked_by", "string")]);
    let plan = [("kind", "string"), ("sha256", "string"), ("complete", "bool"), ("in_order", "bool")];
    has_keys(&closed["plan"], &plan);
    has_keys(&closed["plan"], &[("missing", "array")]);
    has_keys(&closed["document_timestamp"], &[("time", "string"), ("trust", "string")]);
}

#[test]
fn the_json_of_a_signature_has_every_key_of_the_contract_with_its_type() {
    let judged = verify(&["--json", &fixture("hoc-ba.pdf")]);
    let report = &reports(&judged)[0];
    let signatures = report["signatures"].as_array().unwrap();
    assert!(signatures.len() >= 6, "three teachers of subjects, homeroom, principal, stamp: {report:#}");
    for signature in signatures {
        has_keys(
            signature,
            &[
                ("field", "string"),
                ("role", "string|null"),
                ("signer", "string"),
                ("issuer", "string"),
                ("serial", "string"),
                ("cert_sha256", "string"),
                ("signed_at", "string"),
                ("time_source", "string"),
                ("poe", "object|null"),
                ("level", "string|null"),
                ("covers", "string"),
                ("certifying", "bool"),
                ("indication", "string"),
                ("algorithm", "string"),
                ("integrity", "string"),
                ("trust", "string"),
                ("revocation", "string"),
            ],
        );
    }
    assert_eq!(signatures.iter().filter(|one| one["certifying"] == true).count(), 1, "the first certifies");
    let principal = signatures.iter().find(|one| one["field"] == "HieuTruong").expect("the principal signed");
    assert_eq!((&principal["level"], &principal["revocation"]), (&"B-LTA".into(), &"good".into()));
    has_keys(&principal["poe"], &[("time", "string"), ("source", "string")]);
}

#[test]
fn wrong_arguments_end_with_usage() {
    for arguments in [&["verify"][..], &["sign"], &[], &["verify", "--at", "hôm nay", "a.pdf"], &["register"]]
    {
        let refused = niemphong(arguments);
        assert_eq!((code(&refused), stdout(&refused).as_str()), (2, ""), "{arguments:?}");
        let said = stderr(&refused);
        for part in ["Chưa hiểu được lệnh vừa gõ.", "Có tham số", "niemphong --help", "[usage.arguments]"]
        {
            assert!(said.contains(part), "{arguments:?}: {part} is missing in:\n{said}");
        }
    }
    let help = niemphong(&["--help"]);
    assert_eq!((code(&help), stderr(&help).as_str()), (0, ""), "who asks for help made no mistake");
    let version = niemphong(&["--version"]);
    assert_eq!((code(&version), stdout(&version)), (0, format!("niemphong {}\n", env!("CARGO_PKG_VERSION"))));
}

/// A configuration over folders in `place`.
fn write_config(place: &Path, more: &str) -> String {
    let path = place.join("niemphong.toml");
    let text = format!(
        "version = 1\n[folders]\ndata = {:?}\ninbox = {:?}\n{more}\n",
        place.join("du-lieu"),
        place.join("hop-thu")
    );
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_configuration_that_is_missing_or_misspelt_ends_with_its_own_code() {
    let place = tempfile::tempdir().unwrap();
    let missing = place.path().join("none.toml").to_str().unwrap().to_owned();
    let misspelt = write_config(place.path(), "[inbox]\nsetle_seconds = 1");
    for (config, expected) in [(&missing, "[config.unreadable]"), (&misspelt, "[config.form]")] {
        for verb in [&["config", "check"][..], &["config", "show"], &["serve"], &["register", "check"]] {
            // `register` takes its configuration before the verb.
            let arguments = match verb {
                ["register", look] => vec!["register", "--config", config, *look],
                _ => [verb, &["--config", config]].concat(),
            };
            let refused = niemphong(&arguments);
            assert_eq!((code(&refused), stdout(&refused).as_str()), (8, ""), "{arguments:?}");
            assert!(stderr(&refused).contains(expected), "{arguments:?}: {}", stderr(&refused));
        }
    }
}

#[test]
fn the_test_ca_is_refused_by_serve_and_by_the_check_of_a_configuration() {
    let place = tempfile::tempdir().unwrap();
    let config = write_config(place.path(), &format!("[trust]\nfolders = [{:?}]", house("certs/test")));
    for verb in [&["config", "check"][..], &["serve"]] {
        let refused = niemphong(&[verb, &["--config", &config]].concat());
        assert_eq!(code(&refused), 8, "{verb:?}");
        assert!(stderr(&refused).contains("[config.test_anchor]"), "{}", stderr(&refused));
    }
    assert!(!place.path().join("du-lieu").exists(), "refused before anything was made");
}

#[test]
fn the_template_is_a_configuration_that_passes_its_check() {
    let template = niemphong(&["config", "template"]);
    assert_eq!(code(&template), 0);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("niemphong.toml");
    std::fs::write(&path, &template.stdout).unwrap();
    let path = path.to_str().unwrap();
    let check = niemphong(&["config", "check", "--config", path]);
    assert_eq!(code(&check), 0, "{}", stderr(&check));
    let said = stdout(&check);
    assert!(said.ends_with("\nok\n"), "{said}");
    for root in [
        "trusted root: Vietnam National Root CA, SHA-256 bac8bf609ab420a8",
        "only for signatures before 01/01/2021",
    ] {
        assert!(said.contains(root), "{root} is missing in:\n{said}");
    }
    let shown = niemphong(&["config", "show", "--config", path]);
    assert!(stdout(&shown).contains("/var/lib/niemphong"), "{}", stdout(&shown));
}

#[test]
fn words_for_people_say_what_happened_why_and_what_to_do_in_two_languages_and_name_the_code() {
    let refused = niemphong(&["config", "check", "--config", "/khong/co/tep.toml"]);
    let words = stderr(&refused);
    let in_order = [
        "Không đọc được tệp cấu hình.",
        "Đường dẫn có thể bị gõ nhầm",
        "niemphong config template",
        "cannot be read",
        "path may be mistyped",
        "[config.unreadable]",
        "/khong/co/tep.toml",
    ];
    let mut rest = words.as_str();
    for part in in_order {
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("{part} is missing after what is before it in:\n{words}"));
        rest = &rest[at..];
    }
}

#[test]
fn render_shows_every_form_of_an_export_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let export = house("tests/fixtures/exports/11A2_ca-nam.json").to_str().unwrap().to_owned();
    for kind in ["so-diem", "so-diem-gv", "bang-tong-hop", "danh-sach-xet-duyet", "so-dang-bo"] {
        let shown = niemphong(&["render", &export, "--kind", kind, "-o", &out(kind)]);
        assert_eq!(code(&shown), 0, "{kind}: {}", stderr(&shown));
        assert!(std::fs::read(out(kind)).unwrap().starts_with(b"%PDF-1.7"), "{kind}");
    }
    let transcript = ["render", &export, "--kind", "hoc-ba", "-o", &out("hoc-ba")];
    assert_eq!(code(&niemphong(&transcript)), 2, "a transcript without its pupil");
    let of_pupil = [&transcript[..], &["--student", "HS111201"]].concat();
    assert_eq!(code(&niemphong(&of_pupil)), 0);
    let before = std::fs::read(out("hoc-ba")).unwrap();
    assert_eq!(code(&niemphong(&of_pupil)), 1, "a second time over the same file");
    assert_eq!(std::fs::read(out("hoc-ba")).unwrap(), before);
    let nobody = ["render", &export, "--kind", "hoc-ba", "--student", "HS0", "-o", &out("nobody")];
    assert_eq!(code(&niemphong(&nobody)), 1);
    let decision = ["render", &export, "--kind", "quyet-dinh-khoa", "-o", &out("decision")];
    assert_eq!(code(&niemphong(&decision)), 2, "{}", stderr(&niemphong(&decision)));
    std::fs::write(out("broken.json"), b"{}").unwrap();
    let broken = niemphong(&["render", &out("broken.json"), "--kind", "so-diem", "-o", &out("broken")]);
    assert_eq!(code(&broken), 1);
    assert!(stderr(&broken).contains("Có ") && !Path::new(&out("broken")).exists(), "{}", stderr(&broken));
}

/// Both levels, both circulars, every period: nothing that is accepted is without its forms.
#[test]
fn render_shows_every_form_of_every_export_of_every_period() {
    let folder = tempfile::tempdir().unwrap();
    let mut shown = 0;
    for name in ["6A1_HK1", "6A1_ca-nam", "7A3_ca-nam", "11A2_ca-nam", "9B_ca-nam_2022"] {
        let text = std::fs::read_to_string(house(&format!("tests/fixtures/exports/{name}.json"))).unwrap();
        let mut book: serde_json::Value = serde_json::from_str(&text).unwrap();
        let pupil = book["pupils"][1]["id"].as_str().unwrap().to_owned();
        let own = book["period"].as_str().unwrap().to_owned();
        let also: &[&str] = if own == "ca-nam" { &["sau-he", "thoi-diem-1"] } else { &[] };
        for period in [own.as_str()].iter().chain(also) {
            book["period"] = (*period).into();
            let export = folder.path().join(format!("{name}_{period}.json"));
            std::fs::write(&export, book.to_string()).unwrap();
            let export = export.to_str().unwrap().to_owned();
            for kind in
                ["so-diem", "hoc-ba", "so-diem-gv", "bang-tong-hop", "danh-sach-xet-duyet", "so-dang-bo"]
            {
                let out = format!("{export}.{kind}.pdf");
                let said = niemphong(&["render", &export, "--kind", kind, "--student", &pupil, "-o", &out]);
                assert_eq!(code(&said), 0, "{name} {period} {kind}: {}", stderr(&said));
                assert!(std::fs::read(out).unwrap().starts_with(b"%PDF-1.7"));
                shown += 1;
            }
        }
    }
    assert_eq!(shown, 13 * 6);
    let report = house("tests/fixtures/spreadsheets/vnedu-ne-nep.xls");
    let named = folder.path().join("ne_nep_2025_2026.xls");
    std::fs::copy(report, &named).unwrap();
    let out = folder.path().join("none.pdf");
    let said =
        niemphong(&["render", named.to_str().unwrap(), "--kind", "so-diem", "-o", out.to_str().unwrap()]);
    assert_eq!(code(&said), 2, "a report has no marks");
    assert!(stderr(&said).contains("báo cáo không có điểm") && !out.exists(), "{}", stderr(&said));
}

/// A roster of one class of an upper secondary school: who is who does not matter for a preview.
fn roster_of_10a2(subjects: &[&str]) -> String {
    let person = |id: &str| serde_json::json!({"id": id, "name": id, "title": "Giáo viên", "certificate": "00".repeat(32)});
    let teaches = |subject: &&str| serde_json::json!({"class": "10A2", "subject": subject, "teacher": "GV01", "presiding": "GV01"});
    serde_json::json!({
        "format": "niemphong-roster/1",
        "school": {"code": "HOASEN", "name": "Trường THPT Hoa Sen", "authority": "Sở GDĐT", "place": "Hải Phòng", "sample": true},
        "year": "2025-2026", "people": [person("GV01"), person("HT01")], "principal": "HT01", "admin_board": "HT01",
        "office": "HT01", "stamp": "HT01", "homerooms": {"10A2": "GV01"},
        "assignments": subjects.iter().map(teaches).collect::<Vec<_>>(),
    })
    .to_string()
}

#[test]
fn an_upper_secondary_school_with_subjects_and_a_layout_of_its_own_needs_only_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    std::fs::create_dir(folder.path().join("rieng")).unwrap();
    put(
        "rieng/mon.toml",
        "format = \"niemphong-subjects/1\"\n[[subject]]\nid = \"NHAT\"\nname = \"Tiếng Nhật\"\nassessment = \"marks\"\naliases = [\"Nhật ngữ\"]\n\
         [[subject]]\nid = \"COVUA\"\nname = \"Cờ vua\"\nassessment = \"levels\"\n",
    );
    put(
        "rieng/mau.toml",
        "format = \"niemphong-layout/1\"\nid = \"hoa-sen\"\nname = \"Sổ của THPT Hoa Sen\"\nsource = \"this test\"\n\
         [[anchor]]\nin = \"cell\"\npatterns = [\"Lớp {class}\", \"Năm {year}\"]\n[[sheet]]\nnames = [\"*\"]\n\
         [[sheet.column]]\nfield = \"name\"\nheaders = [\"Học trò\"]\nrequired = true\n\
         [[sheet.column]]\nfield = \"tx\"\nheaders = [\"Nhật ngữ bài {n}\"]\nwhen = \"hk1\"\nsubject = \"Nhật ngữ\"\nrequired = true\n\
         [[sheet.column]]\nfield = \"gk\"\nheaders = [\"Nhật ngữ giữa kỳ\"]\nwhen = \"hk1\"\nsubject = \"Nhật ngữ\"\n\
         [[sheet.column]]\nfield = \"ck\"\nheaders = [\"Nhật ngữ cuối kỳ\"]\nwhen = \"hk1\"\nsubject = \"Nhật ngữ\"\n\
         [[sheet.column]]\nfield = \"result\"\nheaders = [\"Cờ vua\"]\nwhen = \"hk1\"\nsubject = \"Cờ vua\"\n",
    );
    let template = stdout(&niemphong(&["config", "template"]));
    let own = format!("[layouts]\nfolders = [{:?}]\n", folder.path().join("rieng"));
    let (before, after) = template.split_once("[layouts]\n").unwrap();
    let after = after.split_once("folders = []\n").unwrap().1;
    let config = put("niemphong.toml", &format!("{before}{own}{after}"));
    let roster = put("phan-cong.json", &roster_of_10a2(&["NHAT", "COVUA"]));
    let list = put(
        "ds.csv",
        "DANH SÁCH HỌC SINH LỚP 10A2;;;;\nNăm học: 2025-2026;;;;\n\nSTT;Mã định danh Bộ GD&ĐT;Họ tên;Ngày sinh;Giới tính\n\
         1;1234567890;Nguyễn Thị Ánh Dương;05/03/2010;Nữ\n2;1234567891;Đặng Quốc Bảo;12/11/2010;Nam\n",
    );
    let marks = put(
        "so.csv",
        "Lớp 10A2;Năm 2025-2026\nHọc trò;Nhật ngữ bài 1;Nhật ngữ bài 2;Nhật ngữ giữa kỳ;Nhật ngữ cuối kỳ;Cờ vua\n\
         Nguyễn Thị Ánh Dương;8,5;7;9;9,5;Đ\nĐặng Quốc Bảo;6;7,5;5,5;6;CĐ\n",
    );
    let summary = put(
        "tong-ket.csv",
        "Lớp: 10A2;;;;;\nNăm học: 2025-2026;;;;;\nHọc kỳ: I;;;;;\nSTT;Họ và tên;Học tập;Rèn luyện;Nghỉ có phép;Nghỉ không phép\n\
         1;Nguyễn Thị Ánh Dương;Tốt;Tốt;1;0\n2;Đặng Quốc Bảo;Đạt;Khá;0;2\n",
    );
    let book = folder.path().join("so-diem.pdf").to_str().unwrap().to_owned();
    let files = [&list, &marks, &summary].map(String::as_str);
    let show = ["--kind", "so-diem", "--roster", &roster, "-o", &book];
    let unknown = niemphong(&[&["render"], &files[..], &show[..]].concat());
    assert_eq!(code(&unknown), 1, "nobody told the program how this school writes: {}", stderr(&unknown));
    let shown = niemphong(&[&["render"], &files[..], &show[..], &["--config", &config]].concat());
    assert_eq!(code(&shown), 0, "{}", stderr(&shown));
    let text = Command::new("pdftotext").args(["-raw", &book, "-"]).output().unwrap();
    let text = stdout(&text).split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "CẤP TRUNG HỌC PHỔ THÔNG",
        "MÔN TIẾNG NHẬT",
        "MÔN CỜ VUA",
        "1 Nguyễn Thị Ánh Dương 8,5 7,0 9,0 9,5",
        "2 Đặng Quốc Bảo 6,0 7,5 5,5 6,0",
    ] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
}

#[test]
fn in_september_a_list_of_pupils_fills_the_empty_book_and_the_personal_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (roster, list) = (path("phan-cong.json"), path("ds.csv"));
    std::fs::write(&roster, roster_of_10a2(&["TOAN", "GDTC"])).unwrap();
    let pupils = "DANH SÁCH HỌC SINH LỚP 10A2;;;;;\nNăm học: 2025-2026;;;;;\n\nSTT;Mã định danh Bộ GD&ĐT;Họ tên;Ngày sinh;Giới tính;Dân tộc\n\
         1;1234567890;Nguyễn Thị Ánh Dương;05/03/2010;Nữ;Kinh\n2;1234567891;Đặng Quốc Bảo;12/11/2010;Nam;Tày\n";
    std::fs::write(&list, pupils).unwrap();
    let shown = |kind: &str, more: &[&str]| {
        let out = path(kind);
        let asked = ["render", &list, "--roster", &roster, "--kind", kind, "-o", &out];
        let done = niemphong(&[&asked[..], more].concat());
        assert_eq!(code(&done), 0, "{kind}: {}", stderr(&done));
        let text = Command::new("pdftotext").args(["-raw", &out, "-"]).output().unwrap();
        stdout(&text).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let book = shown("so-diem", &[]);
    assert!(book.contains("MÔN TOÁN") && book.contains("MÔN GIÁO DỤC THỂ CHẤT"), "{book}");
    assert!(
        book.contains("2 Đặng Quốc Bảo") && !book.contains("XEM TRƯỚC"),
        "to be filled in by hand: {book}"
    );
    assert!(shown("so-diem-gv", &["--subject", "TOAN"]).contains("1234567891 Đặng Quốc Bảo 12/11/2010"));
    let personal = shown("hoc-ba", &["--student", "1234567890"]);
    for part in ["HỌC BẠ TRUNG HỌC PHỔ THÔNG", "Họ và tên: Nguyễn Thị Ánh Dương", "Dân tộc: Kinh"]
    {
        assert!(personal.contains(part), "{part} is missing in {personal}");
    }
    assert!(!personal.contains("Đặng Quốc Bảo"), "a pupil's own document is about that pupil alone");
}
