//! Tokens that are pulled out, die or fail while a whole school waits, and rehearsals: through the clerk,
//! with the fault-injecting module between worker and SoftHSM.

use std::fs;
use std::path::Path;
use std::time::Duration;

use pkcs11_fault::{Fault, Faults, When, sys};
use school::digest::Sha256;
use school::identifier::ScreenId;
use school::role::Role;
use school::roster::Person;

use super::refusals::{refused, with_documents};
use super::scratch_school::{ScratchSchool, pin, recorded};
use crate::clerk::{self, ClerkFault, Rehearsing};
use crate::clock::now;
use crate::demo::school::written;
use crate::demo::staff::{HOMEROOM, LITERATURE, MATHEMATICS, PHYSICAL_EDUCATION, PRINCIPAL, StaffMember};
use crate::wording;

/// What no document, number or digest holds by chance.
const CANARY: &str = "CHIM-HOANG-YEN-7391";

fn at_sign(nth: u64, value: sys::CK_RV) -> Fault {
    Fault::Answer { function: "C_Sign".into(), when: When::Once(nth), value }
}

/// Every published revision is the one that the register names, and nothing lies between.
fn nothing_is_half_signed(school: &ScratchSchool) -> usize {
    let ledger = school.office.ledger();
    let mut signatures = 0;
    for (id, dossier) in &ledger.dossiers {
        let signed = dossier.signed_boxes().len();
        let closing = usize::from(matches!(dossier.stage, crate::lifecycle::dossier::Stage::Closed(_)));
        assert_eq!(school.signed_files(id), signed + closing, "{id}");
        let (number, latest) = dossier.latest();
        let file = school.folder().join(format!("kho/ho-so/{id}/{number:02}.pdf"));
        let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert_eq!(Sha256::of(&bytes), latest.sha256, "{id}");
        signatures += signed;
    }
    let staging = school.folder().join("kho/cho-cong-bo");
    let left = fs::read_dir(&staging).map(|folder| folder.count()).unwrap_or_default();
    assert_eq!(left, 0, "nothing waits that looks signed");
    signatures
}

#[test]
fn whatever_a_token_does_in_a_batch_each_document_is_signed_or_untouched_and_the_rest_goes_on_after_a_new_pin()
 {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    assert_eq!(school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed"), 3);
    let faults = school.behind_faults(Duration::from_secs(5));
    let before = nothing_is_half_signed(&school);
    let cases = [
        (at_sign(4, sys::CKR_DEVICE_REMOVED), "token.gone", "rút ra"),
        (at_sign(3, sys::CKR_DEVICE_ERROR), "token.device", "báo lỗi"),
        (
            Fault::Abort { function: "C_Sign".into(), when: When::Once(6) },
            "token.worker_lost",
            "dừng đột ngột",
        ),
        (
            Fault::Hang { function: "C_Sign".into(), when: When::Once(2) },
            "token.worker_hung",
            "không phản hồi",
        ),
        (Fault::WrongSignatures, "token.signature", "không khớp"),
    ];
    // How many each case lets through before it strikes.
    let through = [3, 2, 5, 1, 0];
    let mut signed = before;
    for (case, ((fault, code, says), through)) in cases.into_iter().zip(through).enumerate() {
        faults.set(&[fault]);
        let before_it_struck =
            school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("a sitting that ended early");
        assert_eq!(before_it_struck, through, "{code}");
        let sitting = school.last_sitting.take().expect("a sitting");
        assert_eq!(sitting.ended_early.as_deref(), Some(code));
        assert!(wording::sitting(&sitting).contains(says), "{}", wording::sitting(&sitting));
        faults.set(&[]);
        signed += through;
        assert_eq!(nothing_is_half_signed(&school), signed, "{code}");
        assert_eq!(faults.calls("C_Login"), case + 1, "{code}: one login for each time the person typed");
    }
    let rest = school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("the same token, a new PIN");
    assert_eq!(rest, 39 - through.iter().sum::<usize>());
    assert_eq!(nothing_is_half_signed(&school), before + 39);
    assert_eq!(faults.calls("C_Login"), 6);
}

/// Every function that a sitting calls, each with one of the values that a module may answer: `token_faults` has all
/// pairs at the worker, here whole sittings are looked at.
const ANSWERS: [(&str, sys::CK_RV); 17] = [
    ("C_Login", sys::CKR_GENERAL_ERROR),
    ("C_Initialize", sys::CKR_DEVICE_ERROR),
    ("C_GetSlotList", sys::CKR_DEVICE_REMOVED),
    ("C_GetTokenInfo", sys::CKR_GENERAL_ERROR),
    ("C_GetMechanismList", sys::CKR_DEVICE_MEMORY),
    ("C_OpenSession", 0x0077_7777),
    ("C_GetSessionInfo", sys::CKR_USER_NOT_LOGGED_IN),
    ("C_FindObjectsInit", sys::CKR_OPERATION_ACTIVE),
    ("C_FindObjects", sys::CKR_VENDOR_DEFINED + 0x1234),
    ("C_FindObjectsFinal", sys::CKR_DEVICE_ERROR),
    ("C_GetAttributeValue", sys::CKR_DEVICE_REMOVED),
    ("C_Login", sys::CKR_USER_ALREADY_LOGGED_IN),
    ("C_SignInit", sys::CKR_OPERATION_ACTIVE),
    ("C_SignInit", sys::CKR_USER_NOT_LOGGED_IN),
    ("C_Sign", sys::CKR_VENDOR_DEFINED + 0x1234),
    ("C_Logout", sys::CKR_GENERAL_ERROR),
    ("C_CloseSession", sys::CKR_DEVICE_REMOVED),
];

#[test]
fn whatever_any_call_of_a_sitting_answers_nothing_is_half_signed_and_everybody_else_goes_on() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let mut signed = nothing_is_half_signed(&school);
    // The class book waits for the homeroom teacher: three boxes less.
    let mut left_to_sign = 36;
    for (function, value) in ANSWERS {
        let case = format!("{function} {value:#x}");
        let (calls, logins) = (faults.calls(function), faults.calls("C_Login"));
        let host = school.faulty_host(&faults).with_deadline(Duration::from_secs(5));
        // A call whose answer hurts nobody lets one document through, and the token is pulled in the second.
        let answer = Fault::Answer { function: function.into(), when: When::Always, value };
        faults.set(&[answer, at_sign(2, sys::CKR_DEVICE_REMOVED)]);
        let neighbour = match function {
            "C_OpenSession" => Some(LITERATURE),
            "C_Sign" => Some(PHYSICAL_EDUCATION),
            _ => None,
        };
        let at_own_reader = neighbour.map(|member| (member, school.plain_host()));
        let seats = [(MATHEMATICS, host)].into_iter().chain(at_own_reader).collect();
        for left in school.sit_with(seats, drop) {
            let sitting = &left.sitting;
            signed += sitting.signed.len();
            if neighbour.is_some_and(|one| certificate_of(&school, &one) == sitting.certificate) {
                assert!(left.refused.is_none() && sitting.ended_early.is_none(), "{case}: {sitting:?}");
                assert!(!sitting.signed.is_empty() && sitting.waiting.is_empty(), "{case}: goes on");
                assert!(sitting.checkpoint, "{case}");
                continue;
            }
            left_to_sign -= sitting.signed.len();
            assert!(sitting.signed.len() <= 1, "{case}");
            let code = left.refused.as_ref().map(ClerkFault::code).or(sitting.ended_early.as_deref());
            let code = code.unwrap_or_else(|| panic!("{case}: it ended as if nothing had happened"));
            assert!(code.starts_with("token."), "{case}: {code}");
            assert!(!wording::fault(code).do_vi.is_empty(), "{case}");
        }
        assert!(faults.calls(function) > calls, "{case}: the call is one of a sitting");
        assert!(faults.calls("C_Login") <= logins + 1, "{case}: one login for each time the person typed");
        assert_eq!(nothing_is_half_signed(&school), signed, "{case}");
        assert!(school.office.ledger().dossiers.values().all(|one| one.attempt.is_none()), "{case}");
    }
    let tried = recorded(school.folder(), "dossier.signing");
    let ended = ["dossier.signed", "dossier.attempt-lost"].map(|kind| recorded(school.folder(), kind));
    assert_eq!(tried, ended.into_iter().sum::<usize>(), "every attempt has its end in the register");
    faults.set(&[]);
    let logins = faults.calls("C_Login");
    let host = school.faulty_host(&faults);
    let rest = school.sit_with(vec![(MATHEMATICS, host)], drop);
    assert_eq!((rest[0].sitting.signed.len(), rest[0].sitting.waiting.len()), (left_to_sign, 0));
    assert_eq!(faults.calls("C_Login"), logins + 1, "the rest after one new PIN");
    nothing_is_half_signed(&school);
}

fn certificate_of(school: &ScratchSchool, member: &StaffMember) -> Sha256 {
    school.surroundings.authority.certificate(member).expect("one of the staff").sha256
}

fn person(school: &ScratchSchool, member: &StaffMember) -> Person {
    Person {
        id: written(member.id),
        name: member.name.into(),
        title: member.title.into(),
        certificate: school.surroundings.authority.certificate(member).expect("one of the eight").sha256,
        picture: None,
    }
}

fn rehearse(
    school: &mut ScratchSchool,
    member: &StaffMember,
    screen: &ScreenId,
    with_pin: &str,
) -> Result<Vec<String>, ClerkFault> {
    let (token, person) = (school.seen(member.label), person(school, member));
    let of = crate::demo::school::school();
    let who = Rehearsing { school: &of, person: &person, role: Role::Gvbm, screen };
    let (office, host) = school.office_and_host();
    clerk::rehearse(office, host, &token, who, pin(with_pin)).map(|outcome| outcome.codes)
}

#[test]
fn a_rehearsal_goes_the_whole_way_with_one_pin_and_what_is_wrong_is_found_before_it_is_used() {
    let mut school = ScratchSchool::open(|_, _| None);
    let faults = school.behind_faults(Duration::from_secs(20));
    let (office, elsewhere): (ScreenId, ScreenId) = (written("van-phong-1"), written("phong-gv"));
    for member in [&MATHEMATICS, &PRINCIPAL, &HOMEROOM] {
        let reader = school.seen(member.label).reader;
        clerk::take_reader(&mut school.office, &reader, &office).expect("free");
        let other = clerk::take_reader(&mut school.office, &reader, &elsewhere);
        assert_eq!(refused(other, "màn hình khác"), "enrolment.reader_of_other_screen");
    }
    let other = rehearse(&mut school, &MATHEMATICS, &elsewhere, MATHEMATICS.pin);
    assert_eq!(refused(other, "màn hình khác"), "enrolment.reader_of_other_screen");
    assert_eq!(faults.calls("C_Login"), 0, "another screen takes no PIN");

    let all = [person(&school, &MATHEMATICS), person(&school, &HOMEROOM)];
    let green = rehearse(&mut school, &MATHEMATICS, &office, MATHEMATICS.pin).expect("rehearsed");
    assert_eq!(green, Vec::<String>::new());
    assert_eq!((faults.calls("C_Login"), faults.calls("C_Sign")), (1, 2), "one PIN: binding and page");
    let missing = school.office.ledger().enrolment.without_green_rehearsal(&all, now());
    assert_eq!(missing.iter().map(|person| person.id.as_str()).collect::<Vec<_>>(), [HOMEROOM.id]);
    let pages = fs::read_dir(school.folder().join("kho/dien-tap")).expect("pages").count();
    assert_eq!(pages, 3, "the page, what was bound, its signature");

    let wrong = rehearse(&mut school, &HOMEROOM, &office, CANARY).expect("recorded");
    assert_eq!(wrong, ["token.pin_incorrect"]);
    assert_eq!(faults.calls("C_Login"), 2, "tried once");
    faults.set(&[at_sign(2, sys::CKR_DEVICE_REMOVED)]);
    let pulled = rehearse(&mut school, &HOMEROOM, &office, HOMEROOM.pin).expect("recorded");
    assert_eq!(pulled, ["token.gone"]);
    let revoked = school.surroundings.authority.certificate(&PRINCIPAL).expect("one of the eight").clone();
    school.surroundings.authority.revoke(&revoked, now()).expect("revoked");
    let withdrawn = rehearse(&mut school, &PRINCIPAL, &office, CANARY).expect("recorded");
    assert_eq!(withdrawn, ["rehearsal.revoked"]);
    assert!(wording::fault(&withdrawn[0]).what_vi.contains("thu hồi"));
    assert_eq!(faults.calls("C_Login"), 3, "a revoked certificate is told before the PIN is used");

    assert_eq!(holding(school.folder(), CANARY), Vec::<String>::new(), "a PIN is kept nowhere");
}

/// Files below `folder` that hold the text, in any of the encodings in which a PDF or a database would.
fn holding(folder: &Path, text: &str) -> Vec<String> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex: Vec<u8> = text.bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(holding(&path, text));
            continue;
        }
        let bytes = fs::read(&path).expect("a file");
        let has =
            |needle: &[u8]| bytes.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle));
        if has(text.as_bytes()) || has(&wide) || has(&hex) {
            found.push(path.display().to_string());
        }
    }
    found
}
