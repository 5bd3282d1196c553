//! `niemphong sign --data`: a document of the register is signed by its plan and nowhere else.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use pkcs11_fault::{Fault, Faults};
use school::dossier::DossierId;
use serde_json::Value;

use super::pages::module_of;
use super::scratch_school::{AtTheDesk, SPY, ScratchSchool, book, built_program, recorded};
use crate::clerk;
use crate::clock::now;
use crate::demo::staff::{HOMEROOM, MATHEMATICS, PRINCIPAL, StaffMember};
use crate::process::control::{self, Daemon};

impl AtTheDesk {
    fn revision(&self, dossier: &DossierId, number: u8) -> PathBuf {
        self.folder.path().join(format!("kho/ho-so/{dossier}/{number:02}.pdf"))
    }

    fn sign_file(&self, file: &Path, out: &str, member: &StaffMember) -> Output {
        self.sign_file_with(self.surroundings.tokens.module(), file, out, member)
    }

    fn sign_file_with(&self, module: &Path, file: &Path, out: &str, member: &StaffMember) -> Output {
        let pin = self.folder.path().join("pin");
        std::fs::write(&pin, format!("{}\n", member.pin)).expect("written");
        let mut command = self.signs(module, file, out, member);
        command.arg("--pin-file").arg(pin).output().expect("the program runs")
    }

    fn signs(&self, module: &Path, file: &Path, out: &str, member: &StaffMember) -> Command {
        let out = self.folder.path().join(out);
        let mut command = Command::new(built_program());
        command.env("SOFTHSM2_CONF", self.surroundings.tokens.configuration());
        command.args(["sign", "--json", "--data"]).arg(self.folder.path()).arg("--out-dir").arg(out);
        command.arg("--trust").arg(self.surroundings.authority.folder());
        command.arg("--module").arg(module);
        command.args(["--token", member.label]).arg(file);
        command
    }
}

fn line(done: &Output) -> Value {
    let said = String::from_utf8_lossy(&done.stderr);
    serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("one JSON object: {said}"))
}

fn with_documents() -> ScratchSchool {
    let mut school = ScratchSchool::open(|_, _| None);
    school.propose_lock();
    school.decided();
    clerk::make_bases(&mut school.office).expect("made");
    school
}

#[test]
fn a_document_of_the_register_is_signed_in_its_order_and_recorded() {
    let desk = with_documents().leave();
    let base = desk.revision(&book(), 0);
    let early = desk.sign_file(&base, "a", &PRINCIPAL);
    assert_eq!(line(&early)["code"], "signing.not_your_turn");
    let done = desk.sign_file(&base, "b", &HOMEROOM);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(
        (&line(&done)["field"], &line(&done)["dossier"]),
        (&"GVCN".into(), &book().to_string().into())
    );
    let published = std::fs::read(desk.revision(&book(), 1)).expect("published");
    assert_eq!(std::fs::read(desk.folder.path().join("b/01.pdf")).ok(), None, "under its own name");
    assert_eq!(std::fs::read(desk.folder.path().join("b/00.pdf")).expect("written"), published);
    let folder = desk.folder.path();
    assert_eq!(recorded(folder, "signing.refused"), 1);
    // The base is no longer the latest revision; the next one signs over what stands.
    assert_eq!(line(&desk.sign_file(&base, "c", &MATHEMATICS))["code"], "signing.not_registered");
    let next = desk.sign_file(&desk.revision(&book(), 1), "d", &MATHEMATICS);
    assert_eq!(line(&next)["signed"], true);
}

#[test]
fn at_a_pin_pad_the_command_reads_no_pin_and_elsewhere_none_is_no_login() {
    let desk = with_documents().leave();
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let sign = |out: &str| {
        let mut command = desk.signs(&Faults::module(), &desk.revision(&book(), 0), out, &HOMEROOM);
        command.envs(faults.environment(desk.surroundings.tokens.module())).stdin(Stdio::null());
        command.output().expect("the program runs")
    };
    let none = sign("a");
    assert!(String::from_utf8_lossy(&none.stderr).contains("[token.pin_length]"));
    assert_eq!(faults.calls("C_Login"), 0);
    faults.set(&[Fault::PinPad { label: HOMEROOM.label.into(), pin: HOMEROOM.pin.into() }]);
    let done = sign("b");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("Nhập mã PIN trên bàn phím"), "{said}");
    assert_eq!((&line(&done)["signed"], faults.calls("C_Login")), (&true.into(), 1));
}

#[test]
fn while_another_process_writes_the_register_nothing_is_signed() {
    let school = with_documents();
    let base = school.folder().join(format!("kho/ho-so/{}/00.pdf", book()));
    let mut command = Command::new(built_program());
    command.args(["sign", "--data"]).arg(school.folder()).args(["--module", "/none.so"]);
    command.arg("--out-dir").arg(school.folder().join("a")).arg(base);
    let done = command.output().expect("the program runs");
    assert_eq!(done.status.code(), Some(7), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(school.signed_files(&book()), 0);
}

#[test]
fn while_the_daemon_works_there_it_signs_for_the_command_by_the_same_rules_and_with_one_login() {
    let served = with_documents().serve();
    let (desk, spy) = (&served.desk, Path::new(SPY));
    let base = desk.revision(&book(), 0);
    let logins = served.calls("C_Login");
    let sign = |file: &Path, out: &str, member: &StaffMember| desk.sign_file_with(spy, file, out, member);

    assert_eq!(line(&sign(&base, "a", &PRINCIPAL))["code"], "signing.not_your_turn");
    let mistyped = StaffMember { pin: "000000", ..HOMEROOM };
    let refused = sign(&base, "b", &mistyped);
    assert_eq!(refused.status.code(), Some(5), "{}", String::from_utf8_lossy(&refused.stderr));
    assert_eq!(served.calls("C_Login"), logins + 1, "no login for another's turn, one for a mistyped PIN");
    let other = desk.sign_file(&base, "c", &HOMEROOM);
    assert!(String::from_utf8_lossy(&other.stderr).contains("[daemon.other_module]"));

    let done = sign(&base, "d", &HOMEROOM);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(
        (&line(&done)["field"], &line(&done)["dossier"]),
        (&"GVCN".into(), &book().to_string().into())
    );
    assert_eq!(served.calls("C_Login"), logins + 2);
    let published = std::fs::read(desk.revision(&book(), 1)).expect("published");
    assert_eq!(std::fs::read(desk.folder.path().join("d/00.pdf")).expect("written"), published);
    assert_eq!(line(&sign(&base, "e", &MATHEMATICS))["code"], "signing.not_registered");
    assert_eq!(line(&sign(&desk.revision(&book(), 1), "f", &MATHEMATICS))["signed"], true);
    assert_eq!(recorded(desk.folder.path(), "checkpoint.signed"), 2 + BEFORE, "each visit ends with one");
}

#[test]
fn at_a_pin_pad_the_command_that_talks_to_the_daemon_reads_no_pin_and_the_device_takes_one() {
    let school = with_documents();
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    faults.set(&[Fault::PinPad { label: HOMEROOM.label.into(), pin: HOMEROOM.pin.into() }]);
    let module = module_of(&school.surroundings, &faults);
    let served = school.serve_with(module);
    let desk = &served.desk;
    let sign = |member: &StaffMember, revision: u8, out: &str| {
        let mut command = desk.signs(&Faults::module(), &desk.revision(&book(), revision), out, member);
        command.stdin(Stdio::null()).output().expect("the program runs")
    };
    let done = sign(&HOMEROOM, 0, "a");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("Nhập mã PIN trên bàn phím"), "{said}");
    assert_eq!((&line(&done)["signed"], faults.calls("C_Login")), (&true.into(), 1));
    // Without a pad nothing is no PIN.
    let none = sign(&MATHEMATICS, 1, "b");
    let said = String::from_utf8_lossy(&none.stderr);
    assert!(said.contains("[token.pin_length]"), "{said}");
    assert_eq!(faults.calls("C_Login"), 1);
}

/// Checkpoints of the two who opened the year, and of the two who signed the decision.
const BEFORE: usize = 4;

#[test]
fn the_socket_of_the_daemon_is_for_its_own_account_and_takes_the_place_of_one_left_behind() {
    let school = with_documents();
    let socket = school.folder().join(control::SOCKET);
    drop(UnixListener::bind(&socket).expect("a socket that nobody listens at"));
    let desk = school.serve();
    let mode = std::fs::metadata(&socket).expect("a socket").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(Daemon::of(desk.desk.folder.path()).expect("allowed").is_some());
    drop(desk);
}

#[test]
fn two_people_confirm_by_command_the_clock_that_the_daemon_signs_by() {
    let mut school = with_documents();
    school.loopback = None;
    school.office.reckon_from(now().plus_seconds(-3 * 24 * 3600));
    let served = school.serve();
    let folder = served.desk.folder.path();
    let clock = |arguments: &[&str]| {
        let mut command = Command::new(built_program());
        let done = command.args(["clock", "--data"]).arg(folder).args(arguments).output();
        let done = done.expect("the program runs");
        (done.status.success(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
    };
    let (believed, said) = clock(&["show"]);
    assert!(!believed && said.contains("[clock.jumped]"), "{said}");
    let right = now().to_string();
    let confirm =
        |first: &str, second: &str, at: &str| clock(&["confirm", "--by", first, "--by", second, "--at", at]);
    let (_, said) = confirm(PRINCIPAL.id, PRINCIPAL.id, &right);
    assert!(said.contains("[clock.two_people]"), "{said}");
    let (_, said) = confirm(PRINCIPAL.id, HOMEROOM.id, &now().plus_seconds(3600).to_string());
    assert!(said.contains("[clock.other_time]"), "{said}");
    assert_eq!(recorded(folder, "clock.confirmed"), 0);
    let (believed, said) = confirm(PRINCIPAL.id, HOMEROOM.id, &right);
    assert!(believed, "{said}");
    assert!(clock(&["show"]).0);
    assert_eq!(recorded(folder, "clock.confirmed"), 1);
}
