//! Many people, many documents, one PIN each; and what is left when a sitting ends early.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pkcs11_fault::{Fault, Faults, When, sys};
use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::identifier::PupilId;
use school::plan::{BoxName, Template, Templates};
use school::records::token_frame::Hash;
use school::role::Role;

use super::fickle_authority::{FickleAuthority, has_departments};
use super::refusals::with_documents;
use super::scratch_school::{ScratchSchool, Stamped, recorded, transcript};
use super::silent_host::SilentHost;
use crate::clerk::{self, ClerkFault, TimestampLimit, Watch};
use crate::demo::class_6a1;
use crate::demo::school::{YEAR, written};
use crate::demo::staff::{
    ADMIN_BOARD, HOMEROOM, LITERATURE, MATHEMATICS, OFFICE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP,
};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::Event;
use crate::lifecycle::sitting::AtReader;

#[test]
fn everyone_signs_in_one_visit_with_one_login_each_as_soon_as_those_before_have_signed() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    let (logins, signatures) = (school.calls("C_Login"), school.calls("C_Sign"));
    let already = recorded(school.folder(), "dossier.signed");
    // In the order of the plans: for the stamp nothing waits while nobody sits who signs before it.
    let everyone = [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP];
    let mut watches = Vec::<Watch>::new();
    let left = school.sit_together(&everyone, |watch| watches.push(watch));
    let mut boxes = 0;
    for one in &left {
        assert!(one.refused.is_none(), "{:?}", one.refused);
        assert_eq!((one.sitting.not_signed.len(), one.sitting.waiting.len()), (0, 0), "{:?}", one.sitting);
        assert!(one.sitting.checkpoint && one.sitting.ended_early.is_none());
        boxes += one.sitting.signed.len();
    }
    assert_eq!((left.len(), watches.len(), boxes), (6, 6, 136));
    assert!(watches.iter().all(|watch| watch.progress().at_reader == AtReader::MayUnplug));
    let dossiers = &school.office.ledger().dossiers;
    let decided = dossiers.values().filter(|one| matches!(one.stage, Stage::Closed(_))).count();
    let signed = dossiers.values().filter(|one| matches!(one.stage, Stage::Signed(_))).count();
    assert_eq!((decided, signed), (1, 15));
    assert!(dossiers.values().all(|one| one.attempt.is_none()));
    assert_eq!(school.calls("C_Login"), logins + 6, "one each");
    assert_eq!(school.calls("C_Sign"), signatures + boxes + 6, "one for each box, one for each checkpoint");
    let (begun, lost) = (recorded(school.folder(), "dossier.signing"), "dossier.attempt-lost");
    assert_eq!((begun, recorded(school.folder(), lost)), (already + boxes, 0));
    assert_eq!(school.office.ledger().checkpoints.len(), recorded(school.folder(), "checkpoint.signed"));
    for signed in clerk::checkpoint_signatures(&school.office) {
        assert!(school.folder().join("kho").join(&signed.text).exists(), "{signed:?}");
        assert!(school.folder().join("kho").join(&signed.signature).exists(), "{signed:?}");
    }
    assert_eq!(clerk::close_signed(&mut school.office).expect("closed").len(), 15);
}

#[test]
fn whoever_stops_loses_nothing_and_goes_on_after_a_new_pin() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    assert_eq!(school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed"), 3);
    let logins = school.calls("C_Login");
    let left = school.sit_together(&[MATHEMATICS], |watch| watch.cancel());
    let sitting = &left[0].sitting;
    assert_eq!(sitting.ended_early.as_deref(), Some("signing.cancelled"));
    assert_eq!(sitting.signed.len() + sitting.waiting.len(), 39);
    assert!(sitting.waiting.len() > 30, "{sitting:?}");
    let words = crate::wording::sitting(sitting);
    assert!(words.contains("Người ký đã bấm dừng"), "{words}");
    let rest = school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("the rest");
    assert_eq!(rest, 39 - sitting.signed.len());
    assert_eq!(school.calls("C_Login"), logins + 2);
    let of = |kind| recorded(school.folder(), kind);
    assert_eq!(of("dossier.signing"), of("dossier.signed") + of("dossier.attempt-lost"), "each has its end");
}

#[test]
fn one_damaged_document_does_not_keep_the_others_from_being_signed() {
    one_damaged_document_alone_is_not_signed(|_| ());
}

#[test]
fn nor_does_it_when_what_waits_is_read_while_the_person_types_the_pin() {
    one_damaged_document_alone_is_not_signed(|school| {
        let logins = school.calls("C_Login");
        let certificate = school.seen(LITERATURE.label).certificates[0].sha256;
        clerk::read_ahead(&mut school.office, certificate).expect("what can be read is");
        assert_eq!(school.calls("C_Login"), logins, "reading is no reason to log in");
    });
}

/// Of everything that waits for the literature teacher, who does `before` and then signs.
fn one_damaged_document_alone_is_not_signed(before: impl FnOnce(&mut ScratchSchool)) {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    let base = school.folder().join(format!("kho/ho-so/{}/00.pdf", transcript()));
    fs::remove_file(&base).expect("removed");
    fs::write(&base, b"%PDF-1.7 damaged").expect("written");
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    before(&mut school);
    let left = school.sit_together(&[LITERATURE], drop);
    let sitting = &left[0].sitting;
    let failed: Vec<_> = sitting.not_signed.iter().map(|one| (&one.dossier, one.code.as_str())).collect();
    let damaged = transcript();
    assert!(
        !failed.is_empty() && failed.iter().all(|one| *one == (&damaged, "signing.file_differs")),
        "{failed:?}"
    );
    assert_eq!(sitting.signed.len() + failed.len(), 39);
    assert!(sitting.signed.len() >= 36 && sitting.waiting.is_empty() && sitting.checkpoint, "{sitting:?}");
}

#[test]
fn a_kill_between_signature_and_register_keeps_a_whole_candidate_and_tells_a_lost_one() {
    let mut school = ScratchSchool::open(|_, _| None);
    let decision = school.propose_lock();
    let copies = tempfile::tempdir().expect("a scratch folder");
    let (kept, gone) = (copies.path().join("kept"), copies.path().join("gone"));
    for copy in [&kept, &gone] {
        copy_folder(school.folder(), copy);
    }
    school.sit(ADMIN_BOARD.label, ADMIN_BOARD.pin).expect("signed");
    let candidate = fs::read(school.folder().join(format!("kho/ho-so/{decision}/01.pdf"))).expect("signed");
    let known = &school.office.ledger().dossiers[&decision];
    let signing_box: BoxName = known.revisions[1].signed.clone().expect("signed").0;
    let (certificate, over) = (known.signers()[0], known.revisions[0].sha256);
    let begun = || Event::SigningBegun {
        dossier: decision.clone(),
        signing_box: signing_box.clone(),
        certificate,
        over,
    };

    let mut cut = candidate.clone();
    cut.truncate(candidate.len() - 1);
    for (folder, left_behind, survives) in
        [(&kept, Some(candidate.as_slice()), true), (&gone, Some(cut.as_slice()), false)]
    {
        let mut office = school.office_of_copy(folder, Stamped::Yes);
        clerk::leave_attempt(&mut office, begun(), left_behind);
        drop(office);
        let mut office = school.office_of_copy(folder, Stamped::Yes);
        for _again in 0..2 {
            clerk::resume(&mut office).expect("a start after a kill");
        }
        let known = &office.ledger().dossiers[&decision];
        assert_eq!((known.attempt.clone(), known.signers().len()), (None, usize::from(survives)));
        let published = folder.join(format!("kho/ho-so/{decision}/01.pdf"));
        assert_eq!(fs::read(&published).ok(), survives.then(|| candidate.clone()));
        drop(office);
        let expected = (1, usize::from(survives), usize::from(!survives));
        let of = |kind| recorded(folder, kind);
        let found = (of("dossier.signing"), of("dossier.signed"), of("dossier.attempt-lost"));
        assert_eq!(found, expected, "{}", folder.display());
    }
}

/// A sitting of the mathematics teacher in which the module does this.
fn with_fault(fault: Fault, code: &str, signed: usize) {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    let folder = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(folder.path());
    let host = school.faulty_host(&faults);
    faults.set(&[fault]);
    let mut left = school.sit_with(vec![(MATHEMATICS, host)], drop);
    let left = left.pop().expect("one");
    let sitting = &left.sitting;
    assert_eq!(sitting.ended_early.as_deref(), Some(code), "{sitting:?}");
    assert_eq!(
        (sitting.signed.len(), sitting.waiting.len(), sitting.not_signed.len()),
        (signed, 39 - signed, 0)
    );
    assert!(!sitting.checkpoint);
    assert_eq!((recorded(school.folder(), "checkpoint.missed"), faults.calls("C_Login")), (1, 1));
    let of = |school: &ScratchSchool, kind| recorded(school.folder(), kind);
    assert_eq!(
        of(&school, "dossier.signing"),
        of(&school, "dossier.signed") + of(&school, "dossier.attempt-lost")
    );
    assert!(school.office.ledger().dossiers.values().all(|one| one.attempt.is_none()));
    let staged = fs::read_dir(school.folder().join("kho/cho-cong-bo")).expect("the folder").count();
    assert_eq!(staged, 0, "nothing half signed lies about");
    let words = crate::wording::sitting(sitting);
    assert!(words.starts_with(&format!("{signed}/39 đã ký, {} chưa: ", 39 - signed)), "{words}");

    // The same token again, with a PIN of its own: one more login, and the rest is signed.
    faults.set(&[]);
    let again = school.sit_with(vec![(MATHEMATICS, left.host)], drop);
    assert_eq!(
        (again[0].sitting.signed.len(), again[0].sitting.waiting.len()),
        (39 - signed, 0),
        "{:?}",
        again[0].sitting
    );
    assert_eq!(faults.calls("C_Login"), 2);
}

#[test]
fn a_token_pulled_in_the_middle_leaves_each_document_signed_or_untouched() {
    let (function, when) = ("C_Sign".into(), When::Once(6));
    with_fault(Fault::Answer { function, when, value: sys::CKR_DEVICE_REMOVED }, "token.gone", 5);
}

#[test]
fn a_module_that_dies_in_the_middle_takes_only_its_own_sitting_along() {
    with_fault(Fault::Abort { function: "C_Sign".into(), when: When::Once(4) }, "token.worker_lost", 3);
}

#[test]
fn a_checkpoint_that_fails_or_comes_too_late_is_an_entry_and_takes_no_signature_back() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    let folder = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(folder.path());
    let at = |nth| ("C_Sign".to_owned(), When::Once(nth));
    let ((function, when), (hanging, late)) = (at(4), at(40));
    // The one after the last document is the checkpoint's.
    let cases = [
        (HOMEROOM, 3, Fault::Answer { function, when, value: sys::CKR_DEVICE_ERROR }, "token.device"),
        (MATHEMATICS, 39, Fault::Hang { function: hanging, when: late }, "token.worker_hung"),
    ];
    for (missed, (member, boxes, fault, code)) in cases.into_iter().enumerate() {
        let host = school.faulty_host(&faults).with_deadline(Duration::from_secs(5));
        faults.set(&[fault]);
        let left = school.sit_with(vec![(member, host)], drop);
        let sitting = &left[0].sitting;
        assert_eq!(
            (sitting.signed.len(), sitting.waiting.len(), sitting.not_signed.len()),
            (boxes, 0, 0),
            "{code}"
        );
        assert!(!sitting.checkpoint && left[0].refused.is_none(), "{sitting:?}");
        assert_eq!(recorded(school.folder(), "checkpoint.missed"), missed + 1, "{code}");
        let register = school.folder().join("so-theo-doi.sqlite");
        let register = fs::read(register).expect("the register");
        let log = fs::read(school.folder().join("so-theo-doi.sqlite-wal")).unwrap_or_default();
        let said = [register, log].concat();
        assert!(
            said.windows(code.len()).any(|part| part == code.as_bytes()),
            "{code} stands in the register"
        );
        faults.set(&[]);
    }
    let next = school.sit_together(&[LITERATURE], drop);
    assert!(
        next[0].sitting.checkpoint && next[0].sitting.waiting.is_empty(),
        "the next sitting signs its own"
    );
}

#[test]
fn what_is_over_the_limit_of_the_timestamp_authority_waits_and_is_closed_later() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    let everyone = [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP];
    school.sit_together(&everyone, drop);
    // The closed decision and the question for the authority's certificate have been counted.
    school.office.limit_timestamps(TimestampLimit { count: 7, window_s: 600 });
    let closing = clerk::close_due(&mut school.office, || false).expect("no fault of register or store");
    assert_eq!((closing.closed.len(), closing.waiting.len()), (5, 10));
    assert!(closing.waiting.iter().all(|(_, fault)| fault.code() == "timestamp.later"));
    let again = closing.again_at.expect("a moment");
    let reminder = crate::wording::closing_waits(10, "timestamp.later", Some(again));
    assert!(
        reminder.vi.starts_with("10 hồ sơ đã đủ chữ ký đang chờ đóng")
            && reminder.vi.contains("Sẽ thử lại lúc")
    );
    assert_eq!(clerk::close_due(&mut school.office, || false).expect("nothing new").closed.len(), 0);
    school.office.limit_timestamps(TimestampLimit { count: 1_000, window_s: 600 });
    assert_eq!(clerk::close_due(&mut school.office, || false).expect("closed").closed.len(), 10);
}

#[test]
fn a_timestamp_that_is_larger_than_its_room_costs_one_question_and_the_next_one_has_room() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    let everyone = [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP];
    school.sit_together(&everyone, drop);
    // The authority is known by its usual tokens: the decision was closed by one of them.
    let close = |school: &mut ScratchSchool| {
        let closing = clerk::close_due(&mut school.office, || false).expect("no fault of register or store");
        let codes: Vec<_> = closing.waiting.iter().map(|(_, fault)| fault.code().to_owned()).collect();
        (closing.closed.len(), codes)
    };
    has_departments(&school.surroundings.authority, 900);
    let (closed, codes) = close(&mut school);
    assert_eq!((closed, codes.len(), codes[0].as_str()), (0, 15, "timestamp.too_large"));
    assert!(
        codes[1..].iter().all(|code| code == "timestamp.later"),
        "it is left alone for a while: {codes:?}"
    );

    school.office.limit_timestamps(TimestampLimit { count: 1_000, window_s: 600 });
    has_departments(&school.surroundings.authority, 200);
    assert_eq!(close(&mut school), (15, vec![]), "there is as much room as a file may have by now");
}

#[test]
fn documents_are_closed_by_an_authority_with_large_timestamps_from_the_first_one_on() {
    let mut school = ScratchSchool::open(|_, _| None);
    let decision = school.propose_lock();
    for member in [ADMIN_BOARD, PRINCIPAL] {
        school.sit(member.label, member.pin).expect("signed");
    }
    has_departments(&school.surroundings.authority, 200);
    let many = FickleAuthority::leaving_after(Arc::clone(&school.surroundings.authority), usize::MAX);
    let mut school = school.stamped_by(many.url.clone());
    let closing = clerk::close_due(&mut school.office, || false).expect("no fault of register or store");
    assert_eq!((closing.closed, closing.waiting.len()), (vec![decision], 0));
    // The question for its certificate told how much room its tokens need.
    assert_eq!(many.statuses(), [200, 200]);
}

#[test]
fn while_authorities_are_away_documents_wait_and_nothing_is_lost() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    let everyone = [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP];
    school.sit_together(&everyone, drop);
    school.loopback = None;
    let closing = clerk::close_due(&mut school.office, || false).expect("no fault of register or store");
    assert_eq!((closing.closed.len(), closing.waiting.len()), (0, 15));
    let codes: Vec<&str> = closing.waiting.iter().map(|(_, fault)| fault.code()).collect();
    assert!(codes.iter().all(|code| *code == "signing.revocation_unchecked"), "{codes:?}");
    school.connect();
    assert_eq!(clerk::close_signed(&mut school.office).expect("closed").len(), 15);
}

#[test]
fn an_authority_that_says_nothing_is_asked_once_for_all_documents_and_whoever_has_an_order_is_let_in() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    let everyone = [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP];
    school.sit_together(&everyone, drop);
    let mut looks = 0;
    let closing = clerk::close_due(&mut school.office, || {
        looks += 1;
        looks > 2
    });
    let closing = closing.expect("no fault of register or store");
    assert_eq!((closing.closed.len(), closing.waiting.len(), closing.stopped), (2, 0, true));

    school.loopback = None;
    let silent = SilentHost::at(school.surroundings.authority.port());
    let closing = clerk::close_due(&mut school.office, || false).expect("no fault of register or store");
    assert_eq!((closing.closed.len(), closing.waiting.len()), (0, 13));
    let asked = silent.asked();
    assert!((1..=4).contains(&asked), "each address once for thirteen documents, not {asked} times");
}

#[test]
fn a_timestamp_authority_that_is_too_busy_for_a_moment_is_asked_again_and_the_document_is_closed() {
    let mut school = ScratchSchool::open(|_, _| None);
    let decision = school.propose_lock();
    for member in [ADMIN_BOARD, PRINCIPAL] {
        school.sit(member.label, member.pin).expect("signed");
    }
    let busy = FickleAuthority::busy_once(Arc::clone(&school.surroundings.authority));
    let mut school = school.stamped_by(busy.url.clone());
    let closing = clerk::close_due(&mut school.office, || false).expect("no fault of register or store");
    assert_eq!((closing.closed, closing.waiting.len()), (vec![decision.clone()], 0));
    // The question for its certificate was put twice, that for the timestamp once.
    assert_eq!(busy.statuses(), [503, 200, 200]);
    assert!(!school.office.ledger().untimed.contains(&decision));
}

#[test]
fn without_a_timestamp_authority_a_document_is_closed_by_its_dss_and_the_register_says_so() {
    let mut school = ScratchSchool::open(|_, _| None);
    let decision = school.propose_lock();
    for member in [ADMIN_BOARD, PRINCIPAL] {
        school.sit(member.label, member.pin).expect("signed");
    }
    let copies = tempfile::tempdir().expect("a scratch folder");
    copy_folder(school.folder(), copies.path());
    let mut office = school.office_of_copy(copies.path(), Stamped::No);
    assert_eq!(clerk::close_signed(&mut office).expect("closed"), std::slice::from_ref(&decision));
    assert!(office.ledger().untimed.contains(&decision));
    drop(office);
    assert_eq!(recorded(copies.path(), "dossier.timestamp-missing"), 1);
    assert_eq!(clerk::close_signed(&mut school.office).expect("closed"), std::slice::from_ref(&decision));
    assert!(!school.office.ledger().untimed.contains(&decision));
}

/// A class of so many pupils whose transcripts homeroom teacher, office, principal and stamp sign.
fn large(pupils: usize) -> ScratchSchool {
    let default = Templates::default_for(written(YEAR));
    let decided = [DocumentKind::QuyetDinhKhoa, DocumentKind::BienBanNiemPhong];
    let kept = default.templates.iter().filter(|one| decided.contains(&one.kind)).cloned();
    let turns = vec![Role::Gvcn, Role::VanPhong, Role::HieuTruong, Role::ConDau];
    let templates = kept
        .chain([Template { kind: DocumentKind::HocBa, turns, cites: None, signed_elsewhere: false }])
        .collect();
    let mut school = ScratchSchool::with_plans(&Templates { templates, ..default }, |_, _| None);
    let mut class = class_6a1::gradebook();
    let of = class.pupils.len();
    class.pupils = (0..pupils)
        .map(|index| {
            let mut pupil = class.pupils[index % of].clone();
            pupil.id = written::<PupilId>(&format!("HS1{index:03}"));
            pupil
        })
        .collect();
    let export = class_6a1::written_as_export(&class);
    school.drop_into_inbox(&export);
    let export = Sha256::of(&export);
    school.review(export);
    // The pupil whose marks differ is in the class several times now.
    let differs = clerk::accept_differences(&mut school.office, export, class_6a1::WHY_IT_STANDS);
    assert!(differs.is_ok() || matches!(differs, Err(ClerkFault::Lock(_))));
    clerk::propose_lock(&mut school.office, written(YEAR), written("0001"), &[export], None)
        .expect("proposed");
    school.decided();
    assert_eq!(clerk::make_bases(&mut school.office).expect("made").len(), pupils);
    school
}

#[test]
#[ignore = "a measure, which wants a quiet machine: make bench runs it"]
fn tokens_that_take_200_ms_are_idle_at_most_a_tenth_of_their_time() {
    let mut school = large(24);
    let folder = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(folder.path());
    faults.set(&[Fault::Slow { function: "C_Sign".into(), wait_ms: 200 }]);
    let hosts = [HOMEROOM, OFFICE, PRINCIPAL, STAMP].map(|member| (member, school.faulty_host(&faults)));
    let begun = Instant::now();
    let left = school.sit_with(hosts.into(), drop);
    say(&format!("24 documents, four signatures each: {:.1} s", begun.elapsed().as_secs_f64()));
    for one in &left {
        let (busy, span) = (one.sitting.token_ms, one.sitting.span_ms);
        say(&format!(
            "token busy {busy} ms of {span} ms: idle {:.1} %",
            100.0 * (1.0 - busy as f64 / span as f64)
        ));
        assert_eq!(one.sitting.signed.len(), 24);
    }
    assert!(left.iter().all(|one| one.sitting.token_ms * 10 >= one.sitting.span_ms * 9));
}

#[test]
#[ignore = "a measure, which wants a quiet machine: make bench runs it"]
fn files_to_files_and_durable_a_quick_token_is_used_at_three_fifths_of_its_rate() {
    let rounds: [[f64; 4]; 5] = std::array::from_fn(|_| shares_of_a_token(&mut large(100), 100));
    let status = fs::read_to_string("/proc/self/status").expect("its own status");
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    say(&format!("peak of the core, its test included: {peak}"));
    let peak_kib = peak.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok());
    assert!(peak_kib.is_some_and(|kib| kib < 64 * 1024), "{peak}");
    // A flush of the disk that comes late is a tenth of a visit: the median of five for each signer.
    let median = |signer: usize| {
        let mut shares = rounds.map(|round| round[signer]);
        shares.sort_by(f64::total_cmp);
        shares[2]
    };
    let medians = [0, 1, 2, 3].map(median);
    assert!(medians.iter().all(|share| *share >= 0.6), "{medians:?} of {rounds:?}");
}

/// For four people one after the other, the rate of their visit as a share of the rate of C_Sign alone: from the
/// login until the last signed file is on the disk, recorded, and has its name. What waits for them is read before,
/// as while they look at the list and type the PIN. The whole visit, with login and checkpoint, is told too. C_Sign
/// alone is measured before and after each visit: a machine that has other guests is at times half as quick.
fn shares_of_a_token(school: &mut ScratchSchool, documents: usize) -> [f64; 4] {
    [HOMEROOM, OFFICE, PRINCIPAL, STAMP].map(|member| {
        let host = school.plain_host();
        let certificate = school.seen(member.label).certificates[0].sha256;
        let begun = Instant::now();
        clerk::read_ahead(&mut school.office, certificate).expect("read");
        let reading = begun.elapsed();
        let before = takes_alone(school, documents);
        let begun = Instant::now();
        let left = school.sit_with(vec![(member, host)], drop);
        let visit = begun.elapsed();
        let alone = (before + takes_alone(school, documents)) / 2;
        let sitting = &left[0].sitting;
        assert_eq!(sitting.signed.len(), documents);
        let [recorded, token] = [sitting.recorded_ms, sitting.span_ms].map(Duration::from_millis);
        let share = |time: Duration| alone.as_secs_f64() / time.as_secs_f64();
        let percent = |time| 100.0 * share(time);
        say(&format!(
            "{}: {documents} documents in {} ms, {:.0} % of {:.0} signatures/s; until the token's last answer \
             {:.0} %, whole visit {:.0} %; read ahead in {} ms",
            member.label,
            recorded.as_millis(),
            percent(recorded),
            documents as f64 / alone.as_secs_f64(),
            percent(token),
            percent(visit),
            reading.as_millis()
        ));
        share(recorded)
    })
}

/// How long so many signatures take that nobody waits for but us.
fn takes_alone(school: &mut ScratchSchool, signatures: usize) -> Duration {
    let token = school.seen(HOMEROOM.label);
    let certificate = token.certificates[0].sha256;
    let pin = school.pin_of(&HOMEROOM);
    let mut host = school.plain_host();
    let mut open = host.open(&token.identity, certificate, pin).expect("logged in");
    let begun = Instant::now();
    for _ in 0..signatures {
        open.sign(Hash::Sha256, &[7; 130]).expect("signed");
    }
    let taken = begun.elapsed();
    open.close().expect("logged out");
    taken
}

#[expect(clippy::disallowed_macros, reason = "a measure is read by whoever runs it")]
fn say(line: &str) {
    println!("{line}");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}
