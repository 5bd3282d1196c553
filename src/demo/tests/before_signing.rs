//! What is looked at right before C_Sign: the clock, the file, the signatures that stand in it, revocation.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use school::digest::Sha256;

use super::scratch_school::{ScratchSchool, book, recorded};
use crate::clerk;
use crate::clock::now;
use crate::demo::school::written;
use crate::demo::staff::{ADMIN_BOARD, HOMEROOM, LITERATURE, MATHEMATICS, PRINCIPAL, STAMP};
use crate::lifecycle::dossier::{RevocationPolicy, SignersWord};
use crate::lifecycle::event::Event;

const THREE_DAYS: i64 = 3 * 24 * 3600;

fn with_documents() -> ScratchSchool {
    let mut school = ScratchSchool::open(|_, _| None);
    school.propose_lock();
    school.decided();
    clerk::make_bases(&mut school.office).expect("made");
    school
}

#[test]
fn a_clock_that_jumped_signs_again_once_the_timestamp_authority_shows_the_same_time() {
    let mut school = with_documents();
    school.office.reckon_from(now().plus_seconds(-THREE_DAYS));
    assert_eq!(school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed"), 3);
    let folder = school.folder();
    let entries = (recorded(folder, "clock.doubted"), recorded(folder, "clock.confirmed"));
    assert_eq!(entries, (1, 1));
    let kept = fs::read_dir(folder.join("kho/dong-ho")).expect("a folder").count();
    assert_eq!(kept, 1, "the token that confirmed it is kept");
}

#[test]
fn without_any_witness_two_named_people_confirm_the_clock_before_anything_is_signed() {
    let mut school = with_documents();
    school.office.decide_on_unchecked(RevocationPolicy::Allow);
    school.loopback = None;
    let (logins, signatures) = (school.calls("C_Login"), school.calls("C_Sign"));
    school.office.reckon_from(now().plus_seconds(THREE_DAYS));
    for _ in 0..2 {
        let refused = school.sit(HOMEROOM.label, HOMEROOM.pin).expect_err("nobody says what time it is");
        assert_eq!(refused.code(), "clock.jumped");
    }
    assert_eq!(
        (school.calls("C_Login"), school.calls("C_Sign")),
        (logins, signatures),
        "no token is touched"
    );
    assert_eq!(school.recorded_refusals(), ["GVCN clock.jumped"; 2]);
    assert_eq!(recorded(school.folder(), "clock.doubted"), 1);

    let confirm = |school: &mut ScratchSchool, second: &str, told| {
        let [first, second] = [PRINCIPAL.id, second].map(written);
        clerk::confirm_clock(&mut school.office, [&first, &second], told)
            .map_err(|fault| fault.code().to_owned())
    };
    for second in [PRINCIPAL.id, STAMP.id] {
        assert_eq!(confirm(&mut school, second, now()), Err("clock.two_people".into()));
    }
    let wrong = now().plus_seconds(3600);
    assert_eq!(confirm(&mut school, ADMIN_BOARD.id, wrong), Err("clock.other_time".into()));
    assert_eq!(confirm(&mut school, ADMIN_BOARD.id, now()), Ok(()));
    assert_eq!(confirm(&mut school, ADMIN_BOARD.id, now()), Err("clock.not_doubted".into()));
    assert_eq!(school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed"), 3);
}

#[test]
fn a_clock_behind_the_latest_entry_of_the_register_signs_nothing() {
    let mut school = with_documents();
    // The clock was three days ahead, or is three days behind now: the register cannot know which.
    let refused = Event::OverwriteRefused { name: "kho/x".into(), sha256: Sha256::of(b"other bytes") };
    school.office.leave_entry_of(now().plus_seconds(THREE_DAYS), refused);
    let mut school = school.step_out(|_, _| {});
    school.office.decide_on_unchecked(RevocationPolicy::Allow);
    school.loopback = None;
    let (logins, signatures) = (school.calls("C_Login"), school.calls("C_Sign"));
    let refused = school.sit(HOMEROOM.label, HOMEROOM.pin).expect_err("the clock went back");
    assert_eq!(refused.code(), "clock.behind");
    assert_eq!(
        (school.calls("C_Login"), school.calls("C_Sign")),
        (logins, signatures),
        "no token is touched"
    );
    assert_eq!(school.recorded_refusals(), ["GVCN clock.behind"]);
    assert_eq!(recorded(school.folder(), "clock.doubted"), 1);
    // The timestamp authority is back, and shows the time that the clock shows.
    school.connect();
    let mut school = school.step_out(|_, _| {});
    assert_eq!(school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed"), 3);
    assert_eq!(recorded(school.folder(), "clock.confirmed"), 1);
}

#[test]
fn a_file_that_is_not_the_registered_revision_is_refused_and_spoils_no_other() {
    let mut school = with_documents();
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    let file = school.folder().join(format!("kho/ho-so/{}/01.pdf", book()));
    let mut bytes = fs::read(&file).expect("the revision");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("by somebody with the rights");
    fs::write(&file, bytes).expect("written over");
    let signed = school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("the other documents");
    assert!(signed > 0, "transcripts");
    let sitting = school.last_sitting.take().expect("a sitting");
    let codes: Vec<_> = sitting.not_signed.iter().map(|one| (&one.dossier, one.code.as_str())).collect();
    assert!(
        !codes.is_empty() && codes.iter().all(|one| *one == (&book(), "signing.file_differs")),
        "{codes:?}"
    );
    let recorded = school.recorded_refusals();
    assert!(recorded.iter().all(|one| one.ends_with("signing.file_differs")), "{recorded:?}");
    assert_eq!(recorded.len(), codes.len(), "each refusal is an entry");
}

#[test]
fn signatures_of_an_earlier_day_are_judged_again_before_the_next_one() {
    let mut school = with_documents();
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    let revoked = school.surroundings.authority.certificate(&HOMEROOM).expect("one of the staff").clone();
    school.surroundings.authority.revoke(&revoked, now()).expect("revoked");
    let mut school = school.the_next_day();
    school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("transcripts, which nobody has signed");
    let sitting = school.last_sitting.take().expect("a sitting");
    let codes: Vec<_> = sitting.not_signed.iter().map(|one| (&one.dossier, one.code.as_str())).collect();
    assert!(
        !codes.is_empty() && codes.iter().all(|one| *one == (&book(), "signing.earlier_signatures")),
        "{codes:?}"
    );
    assert_eq!(school.signed_files(&book()), 1);
}

#[test]
fn where_the_school_asks_the_signer_decides_about_unchecked_revocation_and_it_is_recorded() {
    let mut school = with_documents();
    school.office.decide_on_unchecked(RevocationPolicy::Ask);
    school.loopback = None;
    let logins = school.calls("C_Login");
    let undecided = school.sit(HOMEROOM.label, HOMEROOM.pin).expect_err("the signer was not asked");
    assert_eq!((undecided.code(), school.calls("C_Login")), ("signing.revocation_undecided", logins));
    school.word = SignersWord::SignAnyway;
    let left = school.sit_together(&[HOMEROOM], |_| {});
    assert_eq!(left[0].sitting.signed.len(), 3);
    assert_eq!(recorded(school.folder(), "signing.revocation-unchecked"), 1);
    // Closing waits until the data are there, and then proves that nothing was revoked.
    school.connect();
    for member in [MATHEMATICS, LITERATURE] {
        school.sit(member.label, member.pin).expect("signed");
    }
    assert_eq!(recorded(school.folder(), "signing.revocation-unchecked"), 1, "only where it was so");
}

#[test]
fn authorities_that_go_away_in_the_middle_of_a_sitting_are_an_entry_and_the_policy_decides() {
    let mut school = with_documents();
    // As in a long sitting: the certificate is looked up again before each document.
    school.office.look_again_after(0);
    let unchecked = |school: &ScratchSchool| recorded(school.folder(), "signing.revocation-unchecked");
    let sit = |school: &mut ScratchSchool| {
        if school.loopback.is_none() {
            school.connect();
        }
        let mut loopback = school.loopback.take();
        // Whoever was let in was looked up before; now nobody answers any more.
        let mut left = school.sit_together(&[HOMEROOM], |_| drop(loopback.take()));
        let one = left.pop().expect("who sat");
        assert!(one.refused.is_none(), "the authorities answered at the beginning: {:?}", one.refused);
        (one.sitting.signed.len(), one.sitting.ended_early)
    };
    for (policy, code) in [
        (RevocationPolicy::Refuse, "signing.revocation_unchecked"),
        (RevocationPolicy::Ask, "signing.revocation_undecided"),
    ] {
        school.office.decide_on_unchecked(policy);
        let signatures = school.calls("C_Sign");
        assert_eq!(sit(&mut school), (0, Some(code.to_owned())), "{policy:?}");
        let refusals = school.recorded_refusals();
        assert_eq!(refusals.last(), Some(&format!("GVCN {code}")), "{policy:?}: an entry");
        assert_eq!((unchecked(&school), school.calls("C_Sign")), (0, signatures), "nothing is signed so");
    }
    school.office.decide_on_unchecked(RevocationPolicy::Allow);
    assert_eq!(sit(&mut school), (3, None), "the sitting goes on");
    assert_eq!(unchecked(&school), 1, "recorded when the answer failed to come, and once");
}
