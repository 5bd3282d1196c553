//! `niemphong sign` as its user calls it: files of any origin, a SoftHSM token, OCSP, CRL and TSA on
//! loopback. What the program says is what the judge finds in the file that it wrote.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use openssl::ec::{EcGroup, EcKey};
use openssl::nid::Nid;
use openssl::pkey::PKey;
use pkcs11_fault::Faults;
use serde_json::Value;
use tempfile::TempDir;

use super::fickle_authority::{FickleAuthority, has_departments};
use super::scratch_school::built_program;
use super::shelf::Lent;
use crate::clock;
use crate::demo::certificate::Validity;
use crate::demo::loopback::Loopback;
use crate::demo::staff::{OFFICE, STAFF};
use crate::demo::tokens::TokenKey;

pub(super) struct Desk {
    loopback: Option<Loopback>,
    surroundings: Lent,
    folder: TempDir,
    module: PathBuf,
    environment: Vec<(String, String)>,
}

impl Desk {
    pub fn open() -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let surroundings = Lent::to(folder.path(), &STAFF);
        let loopback = Loopback::start(Arc::clone(&surroundings.authority), clock::now).expect("a responder");
        let module = surroundings.tokens.module().to_owned();
        Self { surroundings, loopback: Some(loopback), folder, module, environment: Vec::new() }
    }

    /// Calls to the token are counted from now on.
    pub fn counting(&mut self) -> Faults {
        let folder = self.path("calls");
        std::fs::create_dir(&folder).expect("a folder");
        let faults = Faults::in_folder(&folder);
        self.environment = faults.environment(&self.module);
        self.module = Faults::module();
        faults
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A preview of a transcript: PDF/A-3a without a plan.
    pub fn preview(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        let export = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports/6A1_ca-nam.json");
        let shown = Command::new(built_program())
            .args(["render", "--kind", "bang-tong-hop", "-o"])
            .args([&path, &export])
            .output()
            .expect("the program runs");
        assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
        path
    }

    pub fn run(&self, out: &str, arguments: &[&str], files: &[&Path]) -> Output {
        self.run_with(OFFICE.label, out, arguments, files)
    }

    fn run_with(&self, label: &str, out: &str, arguments: &[&str], files: &[&Path]) -> Output {
        let (pin, out) = (self.path("pin"), self.path(out));
        std::fs::write(&pin, format!("{}\n", OFFICE.pin)).expect("written");
        let mut command = Command::new(built_program());
        command.env("SOFTHSM2_CONF", self.surroundings.tokens.configuration());
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.arg("sign").arg("--json").arg("--out-dir").arg(out).arg("--trust").arg(self.path("pki"));
        if !arguments.contains(&"--extend") {
            command.arg("--module").arg(&self.module);
            command.args(["--token", label]).arg("--pin-file").arg(pin);
        }
        command.args(arguments).args(files).output().expect("the program runs")
    }

    pub fn signed(&self, out: &str, arguments: &[&str], file: &Path) -> (PathBuf, Value) {
        let done = self.run(out, arguments, &[file]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let line: Value = serde_json::from_slice(&done.stdout).expect("one JSON object");
        (PathBuf::from(line["out"].as_str().expect("a path")), line)
    }

    pub fn verified(&self, file: &Path) -> Value {
        let done = Command::new(built_program())
            .args(["verify", "--json", "--trust"])
            .args([&self.path("pki"), file])
            .output()
            .expect("the program runs");
        serde_json::from_slice(&done.stdout).expect("one JSON object")
    }

    pub fn tsa(&self) -> String {
        self.surroundings.authority.tsa_url()
    }
}

pub(super) fn code(done: &Output) -> (Option<i32>, String) {
    let line: Value = serde_json::from_slice(&done.stdout).expect("one JSON object");
    (done.status.code(), line["code"].as_str().expect("a code").to_owned())
}

#[test]
fn each_level_is_reached_and_the_level_that_is_said_is_the_one_that_the_judge_finds() {
    let desk = Desk::open();
    let file = desk.preview("bang.pdf");
    let tsa = desk.tsa();
    for (asked, level) in [("b-b", "B-B"), ("b-t", "B-T"), ("b-lt", "B-LT"), ("b-lta", "B-LTA")] {
        let mut arguments = vec!["--level", asked];
        if asked != "b-b" {
            arguments.extend(["--tsa", &tsa]);
        }
        let (out, line) = desk.signed(asked, &arguments, &file);
        assert_eq!(line["level"], level);
        let report = desk.verified(&out);
        assert_eq!(report["signatures"][0]["level"], level);
        assert_ne!(report["modification"], "suspicious", "{report:#}");
        assert_eq!(report["integrity"], "intact");
        assert!(std::fs::read(&out).expect("kept").starts_with(&std::fs::read(&file).expect("kept")));
    }
}

/// A token with a key on an elliptic curve.
fn elliptic(desk: &Desk, label: &'static str, key: TokenKey<'_>) -> &'static str {
    let issue = |key: &_| {
        desk.surroundings.authority.issue_signer(&OFFICE, Validity::days_from(clock::now(), 365), key)
    };
    desk.surroundings.tokens.make_with(key, label, OFFICE.pin, issue).expect("a token");
    label
}

/// Every level, RSASSA-PSS and ECDSA. Where the gate names a folder, the files go there, to outside judges.
#[test]
fn every_level_and_algorithm_is_made_for_outside_judges() {
    let desk = Desk::open();
    let (file, tsa) = (desk.preview("bang.pdf"), desk.tsa());
    let label = OFFICE.label;
    let p256 = elliptic(&desk, "P256", TokenKey::MadeInside("EC:prime256v1"));
    // OpenSC 0.23 cannot read a key on this curve back, so it is brought.
    let on_p384 = EcGroup::from_curve_name(Nid::SECP384R1).and_then(|group| EcKey::generate(&group));
    let on_p384 = on_p384.and_then(PKey::from_ec_key).expect("a key");
    let p384 = elliptic(&desk, "P384", TokenKey::Brought(&on_p384));
    let signed = [
        ("b-b", label, vec!["--level", "b-b"]),
        ("b-t", label, vec!["--level", "b-t", "--tsa", &tsa]),
        ("b-lt", label, vec!["--level", "b-lt", "--tsa", &tsa]),
        ("b-lta", label, vec!["--level", "b-lta", "--tsa", &tsa]),
        ("pss", label, vec!["--rsa", "pss"]),
        ("ecdsa", p256, vec![]),
        ("p384", p384, vec![]),
    ];
    let kept = std::env::var_os("NIEMPHONG_SIGNED_FILES").map(PathBuf::from);
    let algorithms =
        ["pss", "ecdsa", "p384"].into_iter().zip(["RSASSA-PSS", "ECDSA", "ECDSA"]).collect::<Vec<_>>();
    for (name, label, arguments) in signed {
        let done = desk.run_with(label, name, &arguments, &[&file]);
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        let out = desk.path(name).join("bang.pdf");
        let report = desk.verified(&out);
        let said = report["signatures"][0]["algorithm"].as_str().expect("an algorithm").to_uppercase();
        for (_, algorithm) in algorithms.iter().filter(|(of, _)| *of == name) {
            let short = algorithm.trim_start_matches("RSASSA-");
            assert!(said.contains(short), "{name}: {said}");
        }
        if let Some(folder) = &kept {
            std::fs::create_dir_all(folder).expect("a folder");
            std::fs::copy(&out, folder.join(format!("{name}.pdf"))).expect("copied");
        }
    }
    if let Some(folder) = kept {
        let pki = folder.join("pki");
        std::fs::create_dir_all(&pki).expect("a folder");
        for entry in std::fs::read_dir(desk.surroundings.authority.folder()).expect("the authority") {
            let path = entry.expect("an entry").path();
            let public = path.extension().is_some_and(|one| one == "pem" || one == "crl");
            if public && path.is_file() {
                std::fs::copy(&path, pki.join(path.file_name().expect("a name"))).expect("copied");
            }
        }
    }
}

#[test]
fn a_signed_file_is_signed_again_and_extended_later_without_a_token() {
    let desk = Desk::open();
    let (first, _) = desk.signed("mot", &[], &desk.preview("bang.pdf"));
    let (second, _) = desk.signed("hai", &["--field", "KeToan"], &first);
    let (extended, line) =
        desk.signed("ba", &["--extend", "--level", "b-lta", "--tsa", &desk.tsa()], &second);
    assert_eq!(line["level"], "B-LTA");
    let report = desk.verified(&extended);
    assert_eq!(report["verdict"], "valid", "{report:#}");
    let people =
        report["signatures"].as_array().expect("a list").iter().filter(|one| !one["level"].is_null());
    let fields: Vec<_> = people.map(|one| &one["field"]).collect();
    assert_eq!(fields, ["ChuKySo", "KeToan"]);
}

#[test]
fn nothing_is_overwritten_and_one_bad_file_does_not_spoil_the_others() {
    let desk = Desk::open();
    let (good, bad) = (desk.preview("tot.pdf"), desk.path("hong.pdf"));
    std::fs::write(&bad, b"%PDF-1.7\nnothing").expect("written");
    let done = desk.run("ra", &[], &[&bad, &good]);
    assert_eq!(done.status.code(), Some(3), "the worst of the set");
    let lines = String::from_utf8(done.stdout).expect("text");
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.iter().filter(|line| line["signed"] == true).count(), 1);
    assert!(desk.path("ra/tot.pdf").exists() && !desk.path("ra/hong.pdf").exists());
    let again = desk.run("ra", &[], &[&good]);
    assert_eq!(code(&again), (Some(1), "inspection.exists".into()));
}

#[test]
fn documents_with_a_plan_and_changed_files_are_refused_before_the_pin() {
    let desk = Desk::open();
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let planned = house.join("tests/fixtures/signed/hoc-ba__waits-for-principal.pdf");
    assert_eq!(code(&desk.run("a", &[], &[&planned])), (Some(3), "signing.file_has_plan".into()));
    let (signed, _) = desk.signed("b", &[], &desk.preview("bang.pdf"));
    let mut bytes = std::fs::read(&signed).expect("kept");
    bytes[3000] ^= 1;
    let flipped = desk.path("flipped.pdf");
    std::fs::write(&flipped, bytes).expect("written");
    let (exit, said) = code(&desk.run("c", &[], &[&flipped]));
    assert_eq!(exit, Some(3));
    assert!(["signing.file_broken", "signing.file_malformed"].contains(&said.as_str()), "{said}");
    let unsigned =
        desk.run("d", &["--extend", "--level", "b-lt", "--tsa", &desk.tsa()], &[&desk.preview("tron.pdf")]);
    assert_eq!(code(&unsigned), (Some(3), "signing.file_unsigned".into()));
}

#[test]
fn without_an_answer_about_revocation_nothing_is_signed_unless_its_holder_says_so() {
    let mut desk = Desk::open();
    let file = desk.preview("bang.pdf");
    desk.loopback = None;
    let refused = desk.run("a", &[], &[&file]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("signing.revocation_unchecked"));
    let done = desk.run("b", &["--without-revocation"], &[&file]);
    assert!(done.status.success() && desk.path("b/bang.pdf").exists());
    assert!(String::from_utf8_lossy(&done.stderr).contains("KHÔNG KIỂM TRA ĐƯỢC THU HỒI"), "said aloud");
}

/// The lines that the program said, one for each file.
fn lines(done: &Output) -> Vec<Value> {
    let said = str::from_utf8(&done.stdout).expect("text");
    said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn where_authorities_go_away_after_the_signature_it_is_kept_at_the_level_it_reached_and_extended_later() {
    const TIME: &str = "signing.level_without_time";
    const REVOCATION: &str = "signing.level_without_revocation";
    const ARCHIVE_TIME: &str = "signing.level_without_archive_time";
    let mut desk = Desk::open();
    let faults = desk.counting();
    let (file, tsa) = (desk.preview("bang.pdf"), desk.tsa());
    for (signatures, (asked, answers, reached, missing)) in [
        ("b-t", 0, "B-B", TIME),
        ("b-lta", 0, "B-B", TIME),
        ("b-lt", 1, "B-T", REVOCATION),
        ("b-lta", 1, "B-T", REVOCATION),
        ("b-lta", 2, "B-LT", ARCHIVE_TIME),
    ]
    .into_iter()
    .enumerate()
    {
        let case = format!("{asked} after {answers} answers");
        let authority = FickleAuthority::leaving_after(Arc::clone(&desk.surroundings.authority), answers);
        let out = format!("{asked}-{answers}");
        let done = desk.run(&out, &["--level", asked, "--tsa", &authority.url], &[&file]);
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(4), "{case}: {said}");
        let [line] = &lines(&done)[..] else { panic!("{case}: one line for one file") };
        assert_eq!(line["signed"], true, "{case}");
        assert_eq!((&line["level"], &line["missing"]), (&reached.into(), &missing.into()), "{case}");
        assert_eq!(line["cause"], "network.unreachable", "{case}");
        assert!(said.contains("--extend --level"), "{case}: what to do is said: {said}");
        let kept = PathBuf::from(line["out"].as_str().expect("a path"));
        assert_eq!(desk.verified(&kept)["signatures"][0]["level"], reached, "{case}");
        assert_eq!((faults.calls("C_Login"), faults.calls("C_Sign")), (signatures + 1, signatures + 1));

        let later = format!("{out}-sau");
        let (extended, line) = desk.signed(&later, &["--extend", "--level", asked, "--tsa", &tsa], &kept);
        assert_eq!((&line["level"], &line["missing"]), (&asked.to_uppercase().into(), &Value::Null));
        let report = desk.verified(&extended);
        assert_eq!(report["signatures"][0]["level"], asked.to_uppercase(), "{case}");
        assert_eq!(report["integrity"], "intact", "{case}");
    }
}

#[test]
fn where_nobody_answers_about_revocation_a_file_is_kept_with_its_timestamp_and_not_called_b_lt() {
    let mut desk = Desk::open();
    let file = desk.preview("bang.pdf");
    let authority = FickleAuthority::leaving_after(Arc::clone(&desk.surroundings.authority), usize::MAX);
    desk.loopback = None;
    let arguments = ["--level", "b-lta", "--tsa", &authority.url];
    let done = desk.run("ra", &[&arguments[..], &["--without-revocation"]].concat(), &[&file]);
    assert_eq!(done.status.code(), Some(4), "{}", String::from_utf8_lossy(&done.stderr));
    let [line] = &lines(&done)[..] else { panic!("one line for one file") };
    assert_eq!(line["level"], "B-T");
    assert_eq!(line["missing"], "signing.level_without_revocation");
    assert_eq!(line["cause"], "signing.revocation_unchecked");
    // Nothing can be added to it now: no second file that is the same, and no success.
    let kept = desk.path("ra/bang.pdf");
    let again = desk.run("sau", &[&arguments[..], &["--extend"]].concat(), &[&kept]);
    assert_eq!(code(&again), (Some(1), "signing.revocation_unchecked".into()));
    assert!(!desk.path("sau/bang.pdf").exists());
}

#[test]
fn an_authority_that_goes_away_in_the_middle_costs_no_file_its_signature() {
    let mut desk = Desk::open();
    let faults = desk.counting();
    let files = ["mot.pdf", "hai.pdf", "ba.pdf"].map(|name| desk.preview(name));
    let files = files.each_ref().map(PathBuf::as_path);
    let authority = FickleAuthority::leaving_after(Arc::clone(&desk.surroundings.authority), 1);
    let done = desk.run("ra", &["--level", "b-t", "--tsa", &authority.url], &files);
    assert_eq!(done.status.code(), Some(4), "{}", String::from_utf8_lossy(&done.stderr));
    let said = lines(&done);
    let levels: Vec<_> = said.iter().map(|line| (&line["signed"], &line["level"])).collect();
    let [yes, bt, bb] = [Value::Bool(true), "B-T".into(), "B-B".into()];
    assert_eq!(levels, [(&yes, &bt), (&yes, &bb), (&yes, &bb)]);
    assert_eq!((faults.calls("C_Login"), faults.calls("C_Sign")), (1, 3));

    let kept = std::fs::read(desk.path("ra/hai.pdf")).expect("kept");
    let again = desk.run("ra", &["--level", "b-t", "--tsa", &desk.tsa()], &[files[1]]);
    assert_eq!(code(&again), (Some(1), "inspection.exists".into()), "a file of a lower level is one too");
    assert_eq!(std::fs::read(desk.path("ra/hai.pdf")).expect("kept"), kept);
}

#[test]
fn a_timestamp_that_is_larger_than_its_room_is_put_over_the_document_and_the_next_file_has_room_for_it() {
    let mut desk = Desk::open();
    let faults = desk.counting();
    let files = ["mot.pdf", "hai.pdf"].map(|name| desk.preview(name));
    let files = files.each_ref().map(PathBuf::as_path);
    has_departments(&desk.surroundings.authority, 200);
    let mut signatures = 0;
    // How often the authority is asked for each file: for a timestamp over the signature, which does not fit at first,
    // for its certificate where revocation data are wanted, and for a timestamp over the document where there is one.
    for (asked, questions) in [("b-t", 2 + 1), ("b-lta", 3 + 3)] {
        let authority = FickleAuthority::leaving_after(Arc::clone(&desk.surroundings.authority), usize::MAX);
        let done = desk.run(asked, &["--level", asked, "--tsa", &authority.url], &files);
        assert!(done.status.success(), "{asked}: {}", String::from_utf8_lossy(&done.stderr));
        for line in lines(&done) {
            assert_eq!(line["level"], asked.to_uppercase());
            let kept = PathBuf::from(line["out"].as_str().expect("a path"));
            let report = desk.verified(&kept);
            assert_eq!(report["signatures"][0]["level"], asked.to_uppercase(), "{report:#}");
            assert_eq!(report["integrity"], "intact", "{report:#}");
        }
        assert_eq!(authority.statuses().len(), questions, "{asked}");
        signatures += files.len();
        assert_eq!(faults.calls("C_Sign"), signatures, "no signature is lost or made twice");
    }
}

#[test]
fn a_timestamp_that_no_file_has_room_for_leaves_the_signature_and_says_how_large_it_was() {
    let mut desk = Desk::open();
    let faults = desk.counting();
    let file = desk.preview("bang.pdf");
    has_departments(&desk.surroundings.authority, 900);
    let done = desk.run("ra", &["--level", "b-t", "--tsa", &desk.tsa()], &[&file]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(4), "{said}");
    let [line] = &lines(&done)[..] else { panic!("one line for one file") };
    assert_eq!((&line["level"], &line["missing"]), (&"B-B".into(), &"signing.level_without_time".into()));
    assert_eq!(line["cause"], "timestamp.too_large");
    assert!(said.contains("room for 65536") && said.contains("--extend --level"), "{said}");
    assert_eq!(faults.calls("C_Sign"), 1);

    has_departments(&desk.surroundings.authority, 1);
    let kept = desk.path("ra/bang.pdf");
    let (_, line) = desk.signed("sau", &["--extend", "--level", "b-t", "--tsa", &desk.tsa()], &kept);
    assert_eq!(line["level"], "B-T", "another day it is smaller");
}
