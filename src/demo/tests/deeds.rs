//! Deeds at a token that are no visit: an act, roster and plans, a place of a sealing record, a seal. What keeps one
//! from being done is an entry, and each ends with the register's checkpoint in the same login.

use std::time::Duration;

use pkcs11_fault::{Fault, When, sys};
use school::deposit::{DepositId, DepositKind};
use school::digest::Sha256;
use school::medium::{Disc, MediumId};
use school::records::canonical;
use school::roster::Roster;
use serde_json::{Value, json};

use super::refusals::with_documents;
use super::scratch_school::{ScratchSchool, book, recorded, register_entries};
use crate::clerk::{self, ClerkFault};
use crate::clock::now;
use crate::demo::class_6a1;
use crate::demo::school::{YEAR, plans_of_few_kinds, written};
use crate::demo::staff::{HOMEROOM, MATHEMATICS, OFFICE, PRINCIPAL, STAMP, StaffMember};
use crate::lifecycle::deposit::{Late, sealing_record};
use crate::lifecycle::dossier::RevocationPolicy;

/// What no document, number or digest holds by chance.
const WRONG_PIN: &str = "CHIM-HOANG-YEN-5182";

const THREE_DAYS: i64 = 3 * 24 * 3600;

impl ScratchSchool {
    fn certificate_of(&self, member: &StaffMember) -> Sha256 {
        self.surroundings.authority.certificate(member).expect("one of the staff").sha256
    }

    fn deposit_of(&mut self, kind: DepositKind) -> DepositId {
        let planned =
            clerk::plan_deposit(&mut self.office, written(YEAR), kind, Late::Follow, Disc::Dvd.bytes());
        let deposit = planned.expect("planned");
        clerk::build_deposit(&mut self.office, &deposit).expect("built");
        deposit
    }

    /// The roster of the year after this one, which nobody has signed.
    fn next_roster(&mut self) -> Roster {
        let mut roster = self.office.year(written(YEAR)).expect("open").roster.1.clone();
        roster.year = written("2026-2027");
        roster
    }

    fn tries_record(&mut self, deposit: &DepositId, member: &StaffMember) -> Result<(), ClerkFault> {
        let next = clerk::next_signer(&mut self.office, deposit)?.expect("somebody is due");
        let place = next.signing_box.expect("a place of the record");
        let who = (member, self.certificate_of(member));
        self.at_token(who, |office, at| clerk::sign_record(office, at, &place, deposit))
    }

    fn tries_seal(&mut self, deposit: &DepositId, member: &StaffMember) -> Result<(), ClerkFault> {
        let who = (member, self.certificate_of(member));
        self.at_token(who, |office, at| clerk::seal(office, at, deposit))
    }

    fn tries_seal_of_medium(&mut self, medium: &MediumId, member: &StaffMember) -> Result<(), ClerkFault> {
        let who = (member, self.certificate_of(member));
        self.at_token(who, |office, at| clerk::seal_medium(office, at, medium))
    }

    /// The last entry of a kind, with its place in the register.
    fn last(&self, kind: &str) -> (u64, Value) {
        let mut entries = register_entries(self.folder()).into_iter().zip(0..);
        let last = entries.by_ref().filter(|(entry, _)| entry["kind"] == kind).last();
        let (entry, place) = last.unwrap_or_else(|| panic!("no {kind}"));
        (place, entry["body"].clone())
    }

    /// Does a deed for which the token makes so many signatures, and its checkpoint, in one login.
    #[track_caller]
    fn signs_once(
        &mut self,
        member: &StaffMember,
        signatures: usize,
        deed: impl FnOnce(&mut Self) -> Result<(), ClerkFault>,
    ) {
        let before = (self.calls("C_Login"), self.calls("C_Sign"));
        deed(self).expect("signed");
        self.ended_with_a_checkpoint_of(member);
        let (logins, signed) = (self.calls("C_Login") - before.0, self.calls("C_Sign") - before.1);
        assert_eq!((logins, signed), (1, signatures + 1));
    }

    /// Who did the last sitting has signed a checkpoint over everything up to its own entry.
    #[track_caller]
    fn ended_with_a_checkpoint_of(&self, member: &StaffMember) {
        let (place, signed) = self.last("checkpoint.signed");
        let entries = register_entries(self.folder()).len() as u64;
        assert_eq!(
            (place, &signed["size"]),
            (entries - 1, &json!(entries - 1)),
            "the last thing in the register"
        );
        assert_eq!(signed["certificate"], json!(self.certificate_of(member)));
        for (name, ending) in [("checkpoint", "txt"), ("signature", "p7s")] {
            let file = format!("kho/diem-chot/{}.{ending}", signed[name].as_str().expect("a digest"));
            assert!(self.folder().join(&file).exists(), "{file}");
        }
    }
}

/// The entry that a refusal leaves.
fn refusal(what: &Value, certificate: Sha256, code: &str) -> Value {
    let mut body = what.clone();
    body["certificate"] = json!(certificate);
    body["code"] = json!(code);
    body
}

#[test]
fn whatever_keeps_an_act_from_being_signed_is_an_entry_that_names_act_certificate_and_code_and_no_pin() {
    let mut school = ScratchSchool::open(|_, _| None);
    let faults = school.behind_faults(Duration::from_secs(5));
    let act = school.proposes_delegation("12/QĐ-THCSHP");
    let (head, label) = (school.certificate_of(&PRINCIPAL), PRINCIPAL.label.to_owned());
    let (what, mut told) = (json!({ "act": act }), 0);
    let mut refused = |school: &mut ScratchSchool, member: &StaffMember, code: &str| {
        let (done, certificate) = (school.tries_act(act, member), school.certificate_of(member));
        assert_eq!(done.map_err(|fault| fault.code().to_owned()), Err(code.to_owned()), "the person is told");
        told += 1;
        assert_eq!(recorded(school.folder(), "signing.refused"), told, "{code}: once");
        assert_eq!(school.last("signing.refused").1, refusal(&what, certificate, code));
    };

    refused(&mut school, &HOMEROOM, "school.other_signers");
    let flag = |flags| Fault::TokenFlags { label: label.clone(), flags };
    let states = [
        (sys::CKF_USER_PIN_FINAL_TRY, "token.pin_final_try"),
        (sys::CKF_USER_PIN_LOCKED, "token.pin_locked"),
        (sys::CKF_USER_PIN_TO_BE_CHANGED, "token.pin_to_be_changed"),
    ];
    for (flags, code) in states {
        faults.set(&[flag(flags)]);
        refused(&mut school, &PRINCIPAL, code);
    }
    faults.set(&[]);
    school.office.decide_on_unchecked(RevocationPolicy::Allow);
    school.loopback = None;
    school.office.reckon_from(now().plus_seconds(THREE_DAYS));
    refused(&mut school, &PRINCIPAL, "clock.jumped");
    school.connect();
    let two = [PRINCIPAL.id, HOMEROOM.id].map(written);
    clerk::confirm_clock(&mut school.office, [&two[0], &two[1]], now()).expect("it shows the right time");
    assert_eq!(faults.calls("C_Login"), 0, "all of it before the token took a PIN");

    let at_login = |value| Fault::Answer { function: "C_Login".into(), when: When::Always, value };
    faults.set(&[at_login(sys::CKR_PIN_EXPIRED)]);
    refused(&mut school, &PRINCIPAL, "token.pin_expired");
    faults.set(&[Fault::Hang { function: "C_Login".into(), when: When::Always }]);
    refused(&mut school, &PRINCIPAL, "token.worker_hung");
    faults.set(&[]);
    refused(&mut school, &StaffMember { pin: WRONG_PIN, ..PRINCIPAL }, "token.pin_incorrect");
    assert_eq!(recorded(school.folder(), "checkpoint.signed"), 2, "without a login there is no sitting");

    // After the login too: whoever logged in ends the sitting as any other.
    faults.set(&[Fault::Answer {
        function: "C_Sign".into(),
        when: When::Once(1),
        value: sys::CKR_DEVICE_REMOVED,
    }]);
    refused(&mut school, &PRINCIPAL, "token.gone");
    let missed = json!({ "certificate": head, "code": "token.gone" });
    assert_eq!(school.last("checkpoint.missed").1, missed, "a token that is gone signs nothing more");
    faults.set(&[]);
    clerk::withdraw_act(&mut school.office, act, &written(PRINCIPAL.id)).expect("nobody signed it");
    refused(&mut school, &PRINCIPAL, "act.withdrawn");
    school.ended_with_a_checkpoint_of(&PRINCIPAL);

    let register = register_entries(school.folder());
    for text in [WRONG_PIN, PRINCIPAL.pin, PRINCIPAL.name] {
        assert!(!json!(register).to_string().contains(text), "{text} is in no entry");
    }
}

#[test]
fn a_refused_roster_sealing_record_or_seal_says_which_one_was_to_be_signed() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    school.make_and_sign();
    let mistyped = |member: StaffMember| StaffMember { pin: WRONG_PIN, ..member };
    let refused =
        |school: &ScratchSchool, done: Result<(), ClerkFault>, who: &StaffMember, what: &Value, code| {
            assert_eq!(
                done.map_err(|fault| fault.code().to_owned()),
                Err(String::from(code)),
                "the person is told"
            );
            assert_eq!(school.last("signing.refused").1, refusal(what, school.certificate_of(who), code));
        };

    let (roster, plans) = (school.next_roster(), plans_of_few_kinds());
    let of_roster = Sha256::of(&canonical::to_bytes(&roster).expect("JSON"));
    let of_plans = Sha256::of(&canonical::to_bytes(&plans).expect("JSON"));
    let what = json!({ "year": roster.year, "roster": of_roster, "plans": of_plans });
    for (who, code) in [(mistyped(STAMP), "token.pin_incorrect"), (HOMEROOM, "school.other_signers")] {
        let done = school.sign_year(&who, &roster, &plans);
        refused(&school, done, &who, &what, code);
    }

    let deposit = school.deposit_of(DepositKind::Supplement);
    let record = sealing_record(&deposit).id();
    let places = school.office.ledger().dossiers[&record].open_boxes().first().expect("a place").name.clone();
    let what = json!({ "dossier": record, "box": places });
    for (who, code) in [(mistyped(OFFICE), "token.pin_incorrect"), (HOMEROOM, "signing.wrong_person")] {
        let done = school.tries_record(&deposit, &who);
        refused(&school, done, &who, &what, code);
    }

    let what = json!({ "deposit": deposit });
    let early = school.tries_seal(&deposit, &STAMP);
    refused(&school, early, &STAMP, &what, "deposit.record_open");
    school.ended_with_a_checkpoint_of(&STAMP);
    for member in [OFFICE, PRINCIPAL] {
        school.tries_record(&deposit, &member).expect("signed");
    }
    for (who, code) in [(mistyped(STAMP), "token.pin_incorrect"), (PRINCIPAL, "school.other_signers")] {
        let done = school.tries_seal(&deposit, &who);
        refused(&school, done, &who, &what, code);
    }
    school.ended_with_a_checkpoint_of(&PRINCIPAL);
    school.tries_seal(&deposit, &STAMP).expect("sealed");

    let medium = clerk::plan_media(&mut school.office, &[], Disc::Dvd.bytes()).expect("planned").remove(0);
    let done = school.tries_seal_of_medium(&medium, &mistyped(STAMP));
    refused(&school, done, &STAMP, &json!({ "medium": medium }), "token.pin_incorrect");
    let book = clerk::register_book(&mut school.office).expect("the printed book");
    assert!(book.starts_with(b"%PDF"));
    let rows = &school.office.ledger().book.rows;
    assert_eq!(rows.len(), 5, "one seal, and four that were refused");
    assert!(!json!(register_entries(school.folder())).to_string().contains(WRONG_PIN));
}

#[test]
fn a_login_that_a_token_refuses_for_a_visit_is_an_entry_with_the_documents_and_signs_no_checkpoint() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    let signed = recorded(school.folder(), "checkpoint.signed");
    let refused = school.sit(MATHEMATICS.label, WRONG_PIN).expect_err("a wrong PIN");
    assert_eq!(refused.code(), "token.pin_incorrect");
    let (_, body) = school.last("signing.refused");
    let documents = body["dossiers"].as_array().expect("documents").len();
    assert_eq!((&body["documents"], documents), (&json!(13), 13), "each of them once");
    let said = (&body["certificate"], &body["code"]);
    assert_eq!(said, (&json!(school.certificate_of(&MATHEMATICS)), &json!("token.pin_incorrect")));
    assert_eq!(recorded(school.folder(), "checkpoint.signed"), signed);
    school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("the right one signs");
}

#[test]
fn whoever_is_refused_is_told_why_even_where_the_register_cannot_be_written() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    let act = school.proposes_delegation("12/QĐ-THCSHP");
    let folder = school.folder().to_owned();
    school.office.reads_only(&folder);
    let told = |done: Result<(), ClerkFault>| done.map_err(|fault| fault.code().to_owned());
    let mistyped = StaffMember { pin: WRONG_PIN, ..PRINCIPAL };
    assert_eq!(told(school.tries_act(act, &HOMEROOM)), Err("school.other_signers".into()));
    assert_eq!(told(school.tries_act(act, &mistyped)), Err("token.pin_incorrect".into()));
    let early = school.try_box(&book(), "HieuTruong", &PRINCIPAL);
    assert_eq!(told(early), Err("signing.not_your_turn".into()));
    assert_eq!(told(school.sit(HOMEROOM.label, WRONG_PIN).map(drop)), Err("token.pin_incorrect".into()));
    assert_eq!(school.recorded_refusals(), Vec::<String>::new());
    assert_eq!(school.signed_files(&book()), 0, "and nothing is signed");
}

#[test]
fn an_act_roster_and_plans_and_a_sealing_record_end_with_the_registers_checkpoint_in_the_same_login() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    school.make_and_sign();
    let act = school.proposes_delegation("12/QĐ-THCSHP");
    let (roster, plans) = (school.next_roster(), plans_of_few_kinds());
    // What the token signs beside the checkpoint: a text, roster and plans, a place of the record.
    school.signs_once(&PRINCIPAL, 1, |school| school.tries_act(act, &PRINCIPAL));
    for member in [PRINCIPAL, STAMP] {
        school.signs_once(&member, 2, |school| school.sign_year(&member, &roster, &plans));
    }
    let deposit = school.deposit_of(DepositKind::Supplement);
    for member in [OFFICE, PRINCIPAL] {
        school.signs_once(&member, 1, |school| school.tries_record(&deposit, &member));
    }
    // The stamp signs the checkpoint that lies with the seal; it is no entry, because it is in the deposit.
    let (entries, signed) = (recorded(school.folder(), "checkpoint.signed"), school.calls("C_Sign"));
    school.tries_seal(&deposit, &STAMP).expect("sealed");
    let sealed = school.folder().join(format!("kho/luu-tru/{deposit}/niem-phong"));
    assert!(sealed.join("checkpoint.txt").exists() && sealed.join("checkpoint.txt.p7s").exists());
    assert_eq!(recorded(school.folder(), "checkpoint.signed"), entries);
    assert_eq!(school.calls("C_Sign") - signed, 3, "its place of the record, the statement, the checkpoint");
}

#[test]
fn a_checkpoint_of_a_deed_that_fails_or_comes_too_late_is_an_entry_and_the_deed_stands() {
    let mut school = ScratchSchool::open(|_, _| None);
    school.drop_into_inbox(&class_6a1::snapshot());
    let faults = school.behind_faults(Duration::from_secs(5));
    let second = || ("C_Sign".to_owned(), When::Once(2));
    let ((function, when), (hanging, late)) = (second(), second());
    let cases = [
        ("12/QĐ-THCSHP", Fault::Answer { function, when, value: sys::CKR_DEVICE_ERROR }, "token.device"),
        ("13/QĐ-THCSHP", Fault::Hang { function: hanging, when: late }, "token.worker_hung"),
    ];
    for (number, fault, code) in cases {
        let act = school.proposes_delegation(number);
        faults.set(&[fault]);
        school.tries_act(act, &PRINCIPAL).expect("the act is signed");
        faults.set(&[]);
        assert_eq!(school.last("act.signed").1["act"], json!(act));
        let missed = json!({ "certificate": school.certificate_of(&PRINCIPAL), "code": code });
        assert_eq!(school.last("checkpoint.missed").1, missed);
        assert_eq!(recorded(school.folder(), "signing.refused"), 0, "nothing was refused");
    }
    assert_eq!(faults.calls("C_Login"), 2, "one for each act");
}
