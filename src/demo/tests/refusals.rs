//! Every refusal comes before C_Login and C_Sign, has words, and stands in the register.

use school::records::token_frame::PinState;

use super::scratch_school::{ScratchSchool, book, transcript};
use crate::clerk::{self, ClerkFault};
use crate::clock::now;
use crate::demo::certificate::Validity;
use crate::demo::look_alike::LookAlike;
use crate::demo::school::written;
use crate::demo::staff::{
    ADMIN_BOARD, HOMEROOM, LITERATURE, MATHEMATICS, PHYSICAL_EDUCATION, PRINCIPAL, StaffMember,
};
use crate::lifecycle::review::Part;
use crate::wording;

/// A PIN that no token has: a login with it would be refused as such, and noticed by the token.
const WRONG_PIN: &str = "000000";

/// The code of a refusal, whose words must be its own.
pub fn refused<T: std::fmt::Debug>(tried: Result<T, ClerkFault>, says: &str) -> String {
    let fault = tried.expect_err("refused");
    let words = wording::fault(fault.code());
    let said = words.what_and_why_vi();
    assert!(said.contains(says), "{}: {said}", fault.code());
    fault.code().to_owned()
}

/// A school whose export is locked and whose documents wait for their first signatures.
pub fn with_documents(mut school: ScratchSchool) -> ScratchSchool {
    school.propose_lock();
    assert_eq!(school.sit(ADMIN_BOARD.label, ADMIN_BOARD.pin).expect("signed"), 1);
    assert_eq!(school.sit(PRINCIPAL.label, PRINCIPAL.pin).expect("signed"), 1);
    clerk::close_signed(&mut school.office).expect("closed");
    assert_eq!(clerk::make_bases(&mut school.office).expect("made").len(), 15);
    school
}

#[test]
fn documents_are_made_only_when_the_decision_that_locks_their_export_is_closed() {
    let mut school = ScratchSchool::open(|_, _| None);
    let none = |school: &mut ScratchSchool, when: &str| {
        assert_eq!(clerk::make_bases(&mut school.office).expect("nothing to do"), [], "{when}");
        let unknown = school.try_box(&book(), "GVCN", &HOMEROOM);
        assert_eq!(refused(unknown, "Không có hồ sơ nào mang mã này"), "dossier.unknown", "{when}");
    };
    none(&mut school, "accepted, not proposed");
    let decision = school.propose_lock();
    none(&mut school, "proposed, not signed");
    let early = school.try_box(&decision, "HieuTruong", &PRINCIPAL);
    assert_eq!(refused(early, "Chưa đến lượt ký"), "signing.not_your_turn");
    school.sit(ADMIN_BOARD.label, ADMIN_BOARD.pin).expect("signed");
    none(&mut school, "signed by ban quản trị only");
    school.sit(PRINCIPAL.label, PRINCIPAL.pin).expect("signed");
    none(&mut school, "fully signed, not closed");
    clerk::close_signed(&mut school.office).expect("closed");
    assert_eq!(clerk::make_bases(&mut school.office).expect("made").len(), 15, "closed");
    assert_eq!(clerk::make_bases(&mut school.office).expect("nothing to do"), [], "made once");
}

#[test]
fn a_decision_in_which_a_teacher_finds_something_wrong_is_signed_by_nobody_until_the_teacher_says_otherwise()
{
    let mut school = ScratchSchool::open(|_, _| None);
    let decision = school.propose_lock();
    assert_eq!(school.sit(ADMIN_BOARD.label, ADMIN_BOARD.pin).expect("nothing is wrong yet"), 1);
    let finds = |school: &mut ScratchSchool, right: bool| {
        let export = school.office.ledger().dossiers[&decision].exports[0];
        let said =
            clerk::review(&mut school.office, export, &Part::Homeroom, &written(HOMEROOM.id), right, "");
        said.expect("heard after the proposal");
    };
    finds(&mut school, false);
    let signatures = school.calls("C_Sign");
    let stopped = school.try_box(&decision, "HieuTruong", &PRINCIPAL);
    assert_eq!(refused(stopped, "báo dữ liệu có sai"), "signing.found_wrong");
    assert_eq!(school.recorded_refusals(), ["HieuTruong signing.found_wrong"]);
    assert_eq!(school.calls("C_Sign"), signatures, "the token was asked for nothing");
    finds(&mut school, true);
    assert_eq!(school.sit(PRINCIPAL.label, PRINCIPAL.pin).expect("it was a mistake"), 1);
}

#[test]
fn nobody_signs_before_the_turn_and_nobody_signs_for_another() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    let (logins, signatures) = (school.calls("C_Login"), school.calls("C_Sign"));

    let too_early = school.try_box(&book(), "HieuTruong", &PRINCIPAL);
    assert_eq!(refused(too_early, "Chưa đến lượt ký"), "signing.not_your_turn");
    let stamp_too_early = school.try_box(&transcript(), "ConDau", &PRINCIPAL);
    assert_eq!(refused(stamp_too_early, "Chưa đến lượt ký"), "signing.not_your_turn");
    let for_a_colleague = school.try_box(&transcript(), "GVBM_VAN", &MATHEMATICS);
    assert_eq!(refused(for_a_colleague, "thuộc về người khác"), "signing.wrong_person");
    let head_for_homeroom = school.try_box(&book(), "GVCN", &PRINCIPAL);
    assert_eq!(refused(head_for_homeroom, "thuộc về người khác"), "signing.wrong_person");
    // Without anything that waits there is no login, so the wrong PIN is never tried.
    assert_eq!(school.sit(PRINCIPAL.label, WRONG_PIN).expect("nothing waits"), 0);

    assert_eq!((school.calls("C_Login"), school.calls("C_Sign")), (logins, signatures));
    assert_eq!((school.signed_files(&book()), school.signed_files(&transcript())), (0, 0));
    assert_eq!(
        school.recorded_refusals(),
        [
            "HieuTruong signing.not_your_turn",
            "ConDau signing.not_your_turn",
            "GVBM_VAN signing.wrong_person",
            "GVCN signing.wrong_person",
        ]
    );

    // The same wrong PIN is noticed as soon as there is a login.
    let wrong = school.sit(HOMEROOM.label, WRONG_PIN);
    assert_eq!(refused(wrong, "Mã PIN không đúng"), "token.pin_incorrect");
    assert_eq!(school.calls("C_Login"), logins + 1, "tried exactly once");
    assert_eq!(school.seen(HOMEROOM.label).pin, PinState::CountLow, "the token noticed");
    assert_eq!(school.signed_files(&book()), 0);
    // Class book, summary of results, review lists.
    assert_eq!(school.sit(HOMEROOM.label, HOMEROOM.pin).expect("the right one signs"), 3);
    assert_eq!(school.signed_files(&book()), 1);
}

#[test]
fn a_certificate_that_may_not_sign_is_refused_before_the_token_is_asked_for_anything() {
    let (expired, other) = ("HET-HAN", "GIA-MAO");
    let mut school = with_documents(ScratchSchool::open(|surroundings, member| {
        let (authority, tokens) = (&surroundings.authority, &surroundings.tokens);
        let certificate = match *member {
            HOMEROOM => authority.issue_expired(tokens, member, expired, now()),
            LITERATURE => {
                let look_alike = LookAlike::of(authority, now()).expect("a look-alike");
                look_alike.issue_other(tokens, member, other, now())
            }
            _ => return None,
        };
        Some(certificate.expect("a token").sha256)
    }));
    let (logins, signatures) = (school.calls("C_Login"), school.calls("C_Sign"));

    let outside = school.sit(expired, WRONG_PIN);
    assert_eq!(refused(outside, "đã hết hạn"), "signing.certificate_expired");
    let unknown = school.sit(other, WRONG_PIN);
    assert_eq!(refused(unknown, "chưa tin cậy"), "signing.unknown_ca");
    let revoked = school.surroundings.authority.certificate(&MATHEMATICS).expect("one of the staff").clone();
    school.surroundings.authority.revoke(&revoked, now()).expect("revoked");
    let withdrawn = school.sit(MATHEMATICS.label, WRONG_PIN);
    assert_eq!(refused(withdrawn, "đã bị thu hồi"), "signing.certificate_revoked");
    school.loopback = None;
    let silent = school.sit(PHYSICAL_EDUCATION.label, WRONG_PIN);
    assert_eq!(refused(silent, "KHÔNG KIỂM TRA ĐƯỢC THU HỒI"), "signing.revocation_unchecked");

    assert_eq!((school.calls("C_Login"), school.calls("C_Sign")), (logins, signatures));
    for label in [expired, other, MATHEMATICS.label, PHYSICAL_EDUCATION.label] {
        assert_eq!(school.seen(label).pin, PinState::Good, "{label}");
    }
    assert_eq!((school.signed_files(&book()), school.signed_files(&transcript())), (0, 0));
    assert_eq!(
        school.recorded_refusals(),
        [
            "GVCN signing.certificate_expired",
            "GVBM_VAN signing.unknown_ca",
            "GVBM_TOAN signing.certificate_revoked",
            "GVBM_GDTC signing.revocation_unchecked",
        ]
    );
}

#[test]
fn a_pin_is_in_no_file_of_the_school_and_in_no_error() {
    const CANARY: &str = "HOANG-YEN-7391";
    let with_canary = StaffMember { label: "HOANG-YEN", pin: CANARY, ..ADMIN_BOARD };
    let mut school = ScratchSchool::open(|surroundings, member| {
        let (authority, tokens) = (&surroundings.authority, &surroundings.tokens);
        let issue = |key: &_| authority.issue_signer(member, Validity::days_from(now(), 365), key);
        let make = || tokens.make(with_canary.label, with_canary.pin, issue).expect("a token");
        let sha256 = |der: Vec<u8>| school::digest::Sha256::of(&der);
        (*member == ADMIN_BOARD).then(|| sha256(make().to_der().expect("DER")))
    });
    let decision = school.propose_lock();
    let wrong = school.sit(with_canary.label, &format!("{CANARY}-x")).expect_err("refused");
    assert_eq!(wrong.code(), "token.pin_incorrect");
    assert!(!format!("{wrong:?} {wrong}").contains(CANARY));
    assert_eq!(school.sit(with_canary.label, CANARY).expect("signed"), 1);
    assert_eq!(school.signed_files(&decision), 1);
    // The spy stands between worker and token, outside the school's folder: this PIN was really used.
    assert!(school.spied().contains(CANARY));

    let mut looked_at = 0;
    let mut folders = vec![school.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).expect("a file");
            let found = bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes());
            assert!(!found, "the PIN is in {}", path.display());
            looked_at += 1;
        }
    }
    assert!(looked_at > 20, "only {looked_at} files");
}
