//! `niemphong archive` by the program itself: from closed documents to a sealed deposit, and what it
//! refuses on the way. Timestamps and revocation data come from loopback.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use school::digest::Sha256;
use school::roster::Roster;
use serde_json::json;

use super::orders::last;
use super::scratch_school::{AtTheDesk, ScratchSchool, built_program, register_entries};
use crate::demo::class_6a1;
use crate::demo::school::plans_of_few_kinds;
use crate::demo::staff::{OFFICE, PRINCIPAL, STAMP, StaffMember};
use crate::demo::surroundings::Surroundings;

impl AtTheDesk {
    pub(super) fn run(&self, arguments: &[&str], pin: &str) -> Output {
        archive(self.folder.path(), &self.surroundings, arguments, pin)
    }

    pub(super) fn seal(&self, deposit: &str, member: &StaffMember, pin: &str) -> Output {
        let module = self.surroundings.tokens.module().to_str().expect("a path").to_owned();
        self.run(&["seal", deposit, "--module", &module, "--token", member.label], pin)
    }

    pub(super) fn deposit(&self, deposit: &str) -> PathBuf {
        self.folder.path().join("kho/luu-tru").join(deposit)
    }
}

/// The verb over a data folder, ready to be started.
pub(super) fn command(data: &Path, surroundings: &Surroundings, arguments: &[&str]) -> Command {
    let mut command = Command::new(built_program());
    command.args(["archive", "--data"]).arg(data).arg("--trust").arg(surroundings.authority.folder());
    command.args(["--tsa", &surroundings.authority.tsa_url()]).args(arguments);
    command.env("SOFTHSM2_CONF", surroundings.tokens.configuration());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(super) fn archive(data: &Path, surroundings: &Surroundings, arguments: &[&str], pin: &str) -> Output {
    let mut child = command(data, surroundings, arguments).spawn().expect("the program starts");
    // A PIN on standard input, which is no terminal here. A program that refuses before it asks does not
    // read it.
    let _ = writeln!(child.stdin.take().expect("a pipe"), "{pin}");
    child.wait_with_output().expect("it ends")
}

pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
pub(super) fn succeeds(output: &Output) -> (String, String) {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    (out.trim().to_owned(), err)
}

#[track_caller]
pub(super) fn refused(output: &Output, exit: i32, code: &str) -> String {
    let err = text(&output.stderr);
    assert_eq!(output.status.code(), Some(exit), "{err}");
    assert!(err.contains(&format!("[{code}]")), "{err}");
    err
}

#[test]
fn a_year_with_missing_documents_is_refused_with_the_list_and_a_second_program_is_kept_out() {
    let mut school = ScratchSchool::open(|_, _| None);
    school.propose_lock();
    school.decided();
    refused(&archive(school.folder(), &school.surroundings, &[], ""), 7, "store.busy");
    let desk = school.leave();
    let list = refused(&desk.run(&["plan", "2025-2026"], ""), 1, "deposit.incomplete");
    assert!(list.contains("6A1") && list.contains("2025-2026_ca-nam_so-diem_6A1"), "{list}");
    refused(&desk.run(&["plan", "2025-2026", "--partial"], ""), 1, "deposit.nothing");
    let (standing, _) = succeeds(&desk.run(&[], ""));
    assert!(standing.contains("Còn thiếu") && standing.contains("Việc tiếp theo"), "{standing}");
}

#[test]
fn the_office_goes_from_signed_documents_to_a_sealed_year_and_a_snapshot_by_the_program_alone() {
    let mut school = ScratchSchool::open(|_, _| None);
    school.propose_lock();
    school.decided();
    school.make_and_sign();
    school.drop_into_inbox(&class_6a1::snapshot());
    let desk = school.leave();

    let (year, _) = succeeds(&desk.run(&["plan", "2025-2026"], ""));
    assert_eq!(year, "HOAPHUONG_2025-2026_0001");
    assert_eq!(succeeds(&desk.run(&["plan", "2025-2026"], "")).0, year, "asked again it is the same");
    let other = desk.run(&["plan", "2025-2026", "--kind", "thoi-diem-1"], "");
    refused(&other, 1, "deposit.under_way");
    refused(&desk.seal(&year, &STAMP, STAMP.pin), 1, "deposit.not_built");
    let (_, next) = succeeds(&desk.run(&["build", &year], ""));
    assert!(next.contains(OFFICE.name), "it says who is next: {next}");

    let early = refused(&desk.seal(&year, &PRINCIPAL, PRINCIPAL.pin), 1, "signing.wrong_person");
    assert!(early.contains(OFFICE.name), "and says who is awaited: {early}");
    refused(&desk.seal(&year, &OFFICE, "000000"), 5, "token.pin_incorrect");
    refused(&desk.seal(&year, &OFFICE, ""), 5, "token.pin_length");
    let (_, next) = succeeds(&desk.seal(&year, &OFFICE, OFFICE.pin));
    assert!(next.contains(PRINCIPAL.name), "{next}");
    let (_, next) = succeeds(&desk.seal(&year, &PRINCIPAL, PRINCIPAL.pin));
    assert!(next.contains("Đóng dấu niêm phong"), "{next}");
    succeeds(&desk.seal(&year, &STAMP, STAMP.pin));
    succeeds(&desk.seal(&year, &STAMP, STAMP.pin));
    let info = std::fs::read_to_string(desk.deposit(&year).join("bag-info.txt")).expect("bag-info.txt");
    assert!(info.contains("Deposit-Kind: ca-nam\n") && info.contains("Completeness: hoan-tat\n"), "{info}");

    // Unlocked marks: planned, packed, sealed by the stamp alone, with no record.
    let (snapshot, _) = succeeds(&desk.run(&["plan", "2025-2026", "--kind", "thoi-diem-1"], ""));
    succeeds(&desk.run(&["build", &snapshot], ""));
    refused(&desk.seal(&snapshot, &OFFICE, OFFICE.pin), 1, "signing.wrong_person");
    let foreign = desk.surroundings.authority.certificate(&OFFICE).expect("one of the staff").sha256;
    let entries = register_entries(desk.folder.path());
    let last = |kind: &str| &entries.iter().rfind(|entry| entry["kind"] == kind).expect("an entry")["body"];
    // Whoever types the commands planned it too.
    let by = &last("deposit.planned")["record"];
    let code = "signing.wrong_person";
    let told = json!({ "deposit": snapshot, "certificate": foreign, "code": code, "record": by });
    assert_eq!(last("signing.refused"), &told, "a token that is told so before its PIN is an entry too");
    succeeds(&desk.seal(&snapshot, &STAMP, STAMP.pin));
    assert!(!desk.deposit(&snapshot).join("niem-phong/bien-ban.pdf").exists());
    let export = Sha256::of(&class_6a1::snapshot());
    assert!(desk.deposit(&snapshot).join(format!("data/ban-goc/{export}")).exists());

    the_register_can_be_proven_and_compared(&desk, &year, &snapshot);
    what_is_sealed_is_proven_again_and_the_next_medium_carries_it(&desk, &year, &snapshot);

    // Both are found valid by a verifier that starts anew, also on the command line.
    let mut verify = Command::new(built_program());
    verify.args(["verify", "--trust"]).arg(desk.surroundings.authority.folder());
    let judged = verify.arg(desk.deposit(&year)).arg(desk.deposit(&snapshot)).output().expect("it runs");
    assert!(judged.status.success(), "{}", text(&judged.stdout));
}

#[test]
fn what_is_too_large_for_one_disc_becomes_a_set_of_which_each_disc_is_sealed_and_read_alone() {
    let mut school = ScratchSchool::open(|_, _| None);
    school.propose_lock();
    school.decided();
    school.make_and_sign();
    school.drop_into_inbox(&class_6a1::snapshot());
    let desk = school.leave();
    let (year, _) = succeeds(&desk.run(&["plan", "2025-2026"], ""));
    succeeds(&desk.run(&["build", &year], ""));
    for member in [OFFICE, PRINCIPAL, STAMP] {
        succeeds(&desk.seal(&year, &member, member.pin));
    }
    let (snapshot, _) = succeeds(&desk.run(&["plan", "2025-2026", "--kind", "thoi-diem-1"], ""));
    succeeds(&desk.run(&["build", &snapshot], ""));
    succeeds(&desk.seal(&snapshot, &STAMP, STAMP.pin));
    // The smallest discs on which the larger of both fits: the other one needs a second disc.
    const STEP_BYTES: u64 = 64 * 1024;
    let planned = (1..).find_map(|steps| match desk.plan_media(steps * STEP_BYTES) {
        Err(fault) if fault.code() == "medium.too_small" => None,
        planned => Some(planned.expect("planned")),
    });
    let media = planned.expect("some disc is large enough");
    assert_eq!(media.len(), 2);
    let deposits = [year, snapshot];
    for medium in &media {
        let module = desk.surroundings.tokens.module().to_str().expect("a path").to_owned();
        let token = ["--module", &module, "--token", STAMP.label];
        succeeds(&desk.run(&[&["media", "seal", &medium.to_string()][..], &token].concat(), STAMP.pin));
    }
    for (number, (medium, deposit)) in (1..).zip(media.iter().zip(&deposits)) {
        let own = desk.folder.path().join(format!("kho/vat-mang/{medium}"));
        let info = std::fs::read_to_string(own.join("bag-info.txt")).expect("bag-info.txt");
        assert!(info.contains(&format!("Bag-Group-Identifier: {}\n", media[0])), "{info}");
        assert!(info.contains(&format!("Bag-Count: {number} of 2\n")), "{info}");
        // Another machine, which has this disc and nothing else.
        let alone = tempfile::tempdir().expect("a folder");
        let disc = alone.path().join("dia.iso");
        std::fs::rename(desk.folder.path().join(format!("kho/anh-dia/{medium}.iso")), &disc)
            .expect("its image");
        let mut verify = Command::new(built_program());
        verify.args(["verify", "--json", "--trust"]).arg(desk.surroundings.authority.folder()).arg(&disc);
        let judged = verify.output().expect("it runs");
        let said = text(&judged.stdout);
        assert!(judged.status.success(), "{said}");
        assert!(said.contains(deposit.as_str()), "{said}");
    }
}

pub(super) fn register(desk: &AtTheDesk, arguments: &[&str]) -> Output {
    let mut command = Command::new(built_program());
    command.args(["register", "--data"]).arg(desk.folder.path()).args(arguments);
    command.output().expect("it runs")
}

/// By the authority itself, and by an answer that somebody brings; then sealed on a medium with the checkpoints of
/// all sittings, which the judge found in order.
fn what_is_sealed_is_proven_again_and_the_next_medium_carries_it(
    desk: &AtTheDesk,
    year: &str,
    snapshot: &str,
) {
    let scratch = tempfile::tempdir().expect("a folder");
    let place = |name: &str| scratch.path().join(name).to_str().expect("a path").to_owned();
    let (said, _) = succeeds(&desk.run(&["prove-time", year], ""));
    assert!(said.contains(year) && !said.contains(snapshot), "{said}");
    let (asked, _) = succeeds(&desk.run(&["prove-time", snapshot, "--requests", &place("out")], ""));
    let request = std::fs::read(&asked).expect("a request");
    let answer = desk.surroundings.authority.answer_timestamp(&request).expect("an answer");
    std::fs::write(place("answer.tsr"), &answer).expect("written");
    let (said, _) = succeeds(&desk.run(&["prove-time", "--answer", &place("answer.tsr")], ""));
    assert!(said.contains(snapshot), "{said}");
    let (proven, [_, by, _]) = last(desk.folder.path(), "deposit.time-proven");
    assert_eq!(
        (proven["deposit"].as_str(), by.as_str()),
        (Some(snapshot), "dong-lenh"),
        "whose command it was"
    );
    let other =
        std::fs::read(desk.deposit(year).join("niem-phong/niem-phong.txt.p7s.tsr")).expect("an answer");
    std::fs::write(place("other.tsr"), other).expect("written");
    refused(&desk.run(&["prove-time", "--answer", &place("other.tsr")], ""), 1, "timestamp.not_asked");

    let (medium, _) = succeeds(&desk.run(&["media", "plan"], ""));
    let module = desk.surroundings.tokens.module().to_str().expect("a path").to_owned();
    succeeds(&desk.run(&["media", "seal", &medium, "--module", &module, "--token", STAMP.label], STAMP.pin));
    let (files, _) = succeeds(&desk.run(&["media", "files", &medium], ""));
    for deposit in [year, snapshot] {
        let proofs = files.lines().filter(|line| line.contains(&format!("  bang-chung/{deposit}/"))).count();
        assert_eq!(proofs, 4, "{files}");
    }
    assert!(files.contains("  niem-phong/diem-chot/"), "{files}");
}

/// The deposit of the year was sealed first: its register is the beginning of the snapshot's, and that one of
/// the school's own.
fn the_register_can_be_proven_and_compared(desk: &AtTheDesk, year: &str, snapshot: &str) {
    let path = |of: PathBuf| of.to_str().expect("a path").to_owned();
    let (year, snapshot) = (path(desk.deposit(year)), path(desk.deposit(snapshot)));
    let held = format!("{year}/niem-phong/checkpoint.txt");
    let scratch = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: &str| {
        let file = scratch.path().join(name);
        std::fs::write(&file, content).expect("written");
        path(file)
    };

    let (proof, _) = succeeds(&register(desk, &["prove", "--entry", "3"]));
    let kept = write("proof.txt", &format!("{proof}\n"));
    let (entry, _) = succeeds(&register(desk, &["check", "--proof", &kept]));
    assert!(entry.contains("\"seq\":3"), "{entry}");
    let forged = write("forged.txt", &format!("{}\n", proof.replacen("index 3", "index 4", 1)));
    refused(&register(desk, &["check", "--proof", &forged]), 3, "register.proof");

    // The state of today, to be kept on paper: what comes later is proven to continue it.
    let (today, _) = succeeds(&register(desk, &["checkpoint"]));
    let today = write("today.txt", &format!("{today}\n"));
    let (nothing_new, _) = succeeds(&register(desk, &["prove", "--since", &today]));
    let nothing_new = write("nothing-new.txt", &format!("{nothing_new}\n"));
    succeeds(&register(desk, &["check", "--proof", &nothing_new, "--checkpoint", &today]));
    let (growth, _) = succeeds(&register(desk, &["prove", "--since", &held]));
    let growth = write("growth.txt", &format!("{growth}\n"));
    succeeds(&register(desk, &["check", "--proof", &growth, "--checkpoint", &held]));
    let later = format!("{snapshot}/niem-phong/checkpoint.txt");
    refused(&register(desk, &["check", "--proof", &growth, "--checkpoint", &later]), 3, "register.proof");
    refused(&register(desk, &["prove", "--entry", "99999"]), 1, "register.no_such_entry");

    let against = |arguments: &[&str]| {
        let output = register(desk, &[&["check"], arguments].concat());
        let word = text(&output.stdout).split_whitespace().next().unwrap_or_default().to_owned();
        (word, output.status.code())
    };
    let copy = format!("{year}/niem-phong/so-theo-doi.jsonl");
    assert_eq!(against(&["--against", &year]), ("newer".into(), Some(0)));
    assert_eq!(against(&["--copy", &year, "--against", &snapshot]), ("older".into(), Some(0)));
    assert_eq!(against(&["--copy", &year, "--against", &copy]), ("equal".into(), Some(0)));
    let lines = std::fs::read_to_string(format!("{snapshot}/niem-phong/so-theo-doi.jsonl")).expect("lines");
    let rewritten = write("rewritten.jsonl", &lines.replacen("export.taken", "export.eaten", 1));
    assert_eq!(against(&["--against", &rewritten]), ("rewritten".into(), Some(3)));
    let own = text(&register(desk, &["list"]).stdout);
    let longer = write("longer.jsonl", &format!("{own}{{}}\n"));
    assert_eq!(against(&["--against", &longer]), ("shortened".into(), Some(3)));
    refused(&register(desk, &["check", "--against", &path(scratch.path().into())]), 1, "register.none_there");
}

#[test]
fn certificates_of_ones_own_choice_are_for_an_invented_school_only() {
    let real = |roster: &mut Roster| roster.school.sample = false;
    let desk = ScratchSchool::with(&plans_of_few_kinds(), |_, _| None, real).leave();
    refused(&desk.run(&[], ""), 8, "config.trust_of_a_sample");
}
