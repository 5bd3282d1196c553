//! What a rehearsal finds in certificates that vendors sell, and how an authority that nobody knows comes to be
//! trusted: from a token, or from a file that the authority gives away.

use std::cell::RefCell;

use openssl::x509::X509;
use school::digest::Sha256;
use school::identifier::ScreenId;
use school::role::Role;
use school::roster::{Person, PersonPicture};
use verification::report::Trust;

use super::flawed_key::flawed_key;
use super::refusals::with_documents;
use super::scratch_school::{ScratchSchool, book, built_program, pin, recorded};
use crate::clerk::{self, RehearsalOutcome, Rehearsing};
use crate::clock::now;
use crate::demo::certificate::{Purpose, Validity};
use crate::demo::program::OPENSSL;
use crate::demo::school::written;
use crate::demo::staff::{ADMIN_BOARD, DEPUTY, HOMEROOM, MATHEMATICS, PRINCIPAL, STAMP, StaffMember};
use crate::demo::tokens::TokenKey;
use crate::lifecycle::event::Capacity;
use crate::process::reader_host::ReaderHost;
use crate::process::worker::Program;
use crate::wording;

fn rehearse(
    school: &mut ScratchSchool,
    member: &StaffMember,
    label: &str,
    certificate: Sha256,
) -> RehearsalOutcome {
    let screen: ScreenId = written("van-phong-1");
    let token = school.seen(label);
    let (name, title) = (member.name.into(), member.title.into());
    let person = Person { id: written(member.id), name, title, certificate, picture: None };
    let of = crate::demo::school::school();
    clerk::take_reader(&mut school.office, &token.reader, &screen).expect("free");
    let who = Rehearsing { school: &of, person: &person, role: Role::Gvbm, screen: &screen };
    let (office, host) = school.office_and_host();
    clerk::rehearse(office, host, &token, who, pin(member.pin)).expect("recorded")
}

#[test]
fn head_deputy_and_stamp_rehearse_with_the_pictures_with_which_they_are_to_sign() {
    let mut school = ScratchSchool::open(|_, _| None);
    let screen: ScreenId = written("van-phong-1");
    let of = crate::demo::school::school();
    let hand = include_bytes!("../pictures/chu-ky-hieu-truong.png");
    let stamp = include_bytes!("../pictures/con-dau.png");
    let mut page_of = |member: &StaffMember, role, file: Option<(&[u8], u16)>| {
        let token = school.seen(member.label);
        let certificate = token.certificates[0].sha256;
        clerk::take_reader(&mut school.office, &token.reader, &screen).expect("free");
        let picture = file
            .map(|(file, width_mm)| clerk::keep_picture(&mut school.office, file, width_mm).expect("kept"));
        let (name, title) = (member.name.into(), member.title.into());
        let person = Person { id: written(member.id), name, title, certificate, picture };
        let who = Rehearsing { school: &of, person: &person, role, screen: &screen };
        let (office, host) = school.office_and_host();
        let outcome = clerk::rehearse(office, host, &token, who, pin(member.pin)).expect("recorded");
        assert_eq!(outcome.codes, Vec::<String>::new(), "{}", member.id);
        let page = outcome.page.expect("a page that the judge confirmed");
        std::fs::read(school.folder().join(format!("kho/dien-tap/{page}.pdf"))).expect("kept")
    };
    for (member, role, file) in [
        (&PRINCIPAL, Role::HieuTruong, Some((&hand[..], 38))),
        // No role is a deputy's: whoever has a picture beside head and stamp signs for the head.
        (&DEPUTY, Role::Gvbm, Some((&hand[..], 38))),
        (&STAMP, Role::ConDau, Some((&stamp[..], 36))),
        (&PRINCIPAL, Role::HieuTruong, None),
        (&MATHEMATICS, Role::Gvbm, None),
    ] {
        let page = page_of(member, role, file);
        // A picture has the name of its person in the drawing of the signature.
        let drawn = format!("/{} Do", member.id).into_bytes();
        let is_drawn = page.windows(drawn.len()).any(|piece| piece == drawn);
        assert_eq!(is_drawn, file.is_some(), "{}", member.id);
    }
}

#[test]
fn a_picture_that_is_not_kept_is_told_before_the_pin_is_used() {
    let mut school = ScratchSchool::open(|_, _| None);
    let screen: ScreenId = written("van-phong-1");
    let token = school.seen(PRINCIPAL.label);
    clerk::take_reader(&mut school.office, &token.reader, &screen).expect("free");
    let picture = PersonPicture { sha256: Sha256::of(b"lost"), width: 400, height: 200, width_mm: 38 };
    let person = Person {
        id: written(PRINCIPAL.id),
        name: PRINCIPAL.name.into(),
        title: PRINCIPAL.title.into(),
        certificate: token.certificates[0].sha256,
        picture: Some(picture),
    };
    let of = crate::demo::school::school();
    let who = Rehearsing { school: &of, person: &person, role: Role::HieuTruong, screen: &screen };
    let logins = school.calls("C_Login");
    let (office, host) = school.office_and_host();
    let refused = clerk::rehearse(office, host, &token, who, pin(PRINCIPAL.pin)).expect_err("it is gone");
    assert_eq!((refused.code(), school.calls("C_Login")), ("picture.missing", logins));
}

#[test]
fn a_certificate_that_could_not_sign_is_told_at_the_rehearsal_before_the_pin_is_used() {
    let (good, past) = (
        Validity::days_from(now(), 365),
        Validity { from: now().plus_seconds(-9 * 86_400), to: now().plus_seconds(-60) },
    );
    let flawed = flawed_key().expect("a key");
    let inside = TokenKey::MadeInside;
    let unfit = [
        ("ROCA", TokenKey::Brought(&flawed), Purpose::Signer, good, "rehearsal.roca"),
        ("YEU", inside("rsa:1024"), Purpose::Signer, good, "rehearsal.weak_key"),
        ("SAI-MUC-DICH", inside("rsa:2048"), Purpose::TimeStamping, good, "rehearsal.key_usage"),
        ("HET-HAN", inside("rsa:2048"), Purpose::Signer, past, "rehearsal.validity"),
    ];
    // SoftHSM shows a process the tokens that were there when it began.
    let made = RefCell::new(Vec::new());
    let mut school = ScratchSchool::open(|surroundings, member| {
        for (label, key, purpose, validity, _) in unfit.iter().filter(|_| member.id == MATHEMATICS.id) {
            let (tokens, of) = (&surroundings.tokens, (&MATHEMATICS, *label));
            let issued = surroundings.authority.issue_unfit(tokens, of, *key, (*purpose, *validity));
            made.borrow_mut().push(issued.expect("a token").sha256);
        }
        None
    });
    let logins = school.calls("C_Login");
    for ((label, _, _, _, code), certificate) in unfit.into_iter().zip(made.into_inner()) {
        let outcome = rehearse(&mut school, &MATHEMATICS, label, certificate);
        assert!(outcome.codes.iter().any(|found| found == code), "{label}: {:?}", outcome.codes);
        assert_eq!(outcome.page, None, "{label}");
        assert!(!wording::fault(code).do_vi.is_empty());
    }
    assert_eq!(school.calls("C_Login"), logins, "no PIN was used");
}

#[test]
fn an_unknown_authority_comes_from_a_token_or_a_p7b_and_is_trusted_when_two_people_typed_its_fingerprint() {
    let mut school = ScratchSchool::open(|_, _| None).knowing_the_root_alone();
    let authority = &school.surroundings.authority;
    let issuing = authority.issuing().expect("the issuing CA");
    let certificate = |member: &StaffMember| authority.certificate(member).expect("one of the staff").sha256;
    let (of_homeroom, of_mathematics) = (certificate(&HOMEROOM), certificate(&MATHEMATICS));
    let folder = tempfile::tempdir().expect("a scratch folder");
    let file = folder.path().join("ca.der");
    std::fs::write(&file, &issuing.der).expect("written");
    let tokens = &school.surroundings.tokens;
    tokens.add_authority(HOMEROOM.label, HOMEROOM.pin, &file).expect("written to the token");
    let pem = X509::from_der(&issuing.der).and_then(|ca| ca.to_pem()).expect("PEM");
    let p7b = OPENSSL.run(&pem, |command| {
        command.args(["crl2pkcs7", "-nocrl", "-certfile", "/dev/stdin", "-outform", "DER"]);
    });

    let from_token = rehearse(&mut school, &HOMEROOM, HOMEROOM.label, of_homeroom);
    assert_eq!((from_token.codes, from_token.proposed), (unknown(), vec![issuing.sha256]));
    let bare = rehearse(&mut school, &MATHEMATICS, MATHEMATICS.label, of_mathematics);
    assert_eq!((bare.codes, bare.proposed), (unknown(), Vec::new()), "nothing on the token");
    let from_file = clerk::propose_authorities(&mut school.office, &p7b.expect("a p7b"));
    assert_eq!(from_file.expect("read"), [issuing.sha256], "the same one");

    let typed = issuing.sha256.to_string();
    for (member, capacity) in [(ADMIN_BOARD, Capacity::Admin), (PRINCIPAL, Capacity::Principal)] {
        let early = rehearse(&mut school, &MATHEMATICS, MATHEMATICS.label, of_mathematics);
        assert_eq!(early.codes, unknown(), "before {}", member.label);
        let by = (&written(member.id), capacity);
        clerk::confirm_authority(&mut school.office, issuing.sha256, &typed, by).expect("compared");
    }
    let green = rehearse(&mut school, &MATHEMATICS, MATHEMATICS.label, of_mathematics);
    assert_eq!(green.codes, Vec::<String>::new());
    assert!(green.page.is_some());
}

#[test]
fn an_authority_that_one_of_two_withdraws_counts_no_more_in_the_same_second_and_after_a_restart() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None)).knowing_the_root_alone();
    let issuing = school.surroundings.authority.issuing().expect("the issuing CA").clone();
    clerk::propose_authorities(&mut school.office, &issuing.der).expect("read");
    for (member, capacity) in [(ADMIN_BOARD, Capacity::Admin), (PRINCIPAL, Capacity::Principal)] {
        let (typed, by) = (issuing.sha256.to_string(), written(member.id));
        clerk::confirm_authority(&mut school.office, issuing.sha256, &typed, (&by, capacity))
            .expect("compared");
    }
    assert!(school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed") > 0);
    let signed =
        std::fs::read(school.folder().join(format!("kho/ho-so/{}/01.pdf", book()))).expect("a revision");
    let judged = |school: &mut ScratchSchool| {
        let circumstances = school.office.circumstances_of_inspection().expect("the school's");
        reader().judge_pdf(&circumstances, &signed).expect("judged").signatures[0].trust
    };
    assert_eq!(judged(&mut school), Trust::Trusted);

    let by = (&written(PRINCIPAL.id), Capacity::Principal);
    let why = "Cơ quan báo khóa CA bị lộ.";
    clerk::withdraw_authority(&mut school.office, issuing.sha256, by, why).expect("withdrawn");
    let logins = school.calls("C_Login");
    let refused = school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect_err("nobody knows the authority");
    assert_eq!(refused.code(), "signing.unknown_ca");
    assert_eq!(school.calls("C_Login"), logins, "no PIN was used");
    assert_ne!(judged(&mut school), Trust::Trusted);
    let again = clerk::withdraw_authority(&mut school.office, issuing.sha256, by, why);
    assert_eq!(again.expect_err("once").code(), "enrolment.authority_not_confirmed");

    let mut school = school.knowing_the_root_alone();
    assert_ne!(judged(&mut school), Trust::Trusted, "after a restart");
    assert_eq!(recorded(school.folder(), "enrolment.authority-withdrawn"), 1);
    let mut school = school.the_next_day();
    assert_ne!(judged(&mut school), Trust::Trusted, "also where the configuration names it");
}

fn reader() -> ReaderHost {
    ReaderHost::start_program(Program::at(built_program(), ["worker", "reader"].map(Into::into)))
}

fn unknown() -> Vec<String> {
    vec!["rehearsal.authority_unknown".to_owned()]
}
