//! Many people, many documents, one PIN each; and what is left when a sitting ends early.

use std::fs;
use std::path::Path;

use school::plan::BoxName;

use super::refusals::with_documents;
use super::scratch_school::{ScratchSchool, recorded, transcript};
use crate::clerk::{self, Watch};
use crate::demo::staff::{
    ADMIN_BOARD, HOMEROOM, LITERATURE, MATHEMATICS, PHYSICAL_EDUCATION, PRINCIPAL, STAMP,
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
        assert_eq!((one.sitting.not_signed.len(), one.sitting.waiting), (0, 0), "{:?}", one.sitting);
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
    assert_eq!(sitting.signed.len() + sitting.waiting, 39);
    assert!(sitting.waiting > 30, "{sitting:?}");
    let words = crate::wording::sitting(sitting);
    assert!(words.contains("Người ký đã dừng phiên ký"), "{words}");
    let rest = school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("the rest");
    assert_eq!(rest, 39 - sitting.signed.len());
    assert_eq!(school.calls("C_Login"), logins + 2);
    let of = |kind| recorded(school.folder(), kind);
    assert_eq!(of("dossier.signing"), of("dossier.signed") + of("dossier.attempt-lost"), "each has its end");
}

#[test]
fn one_damaged_document_does_not_keep_the_others_from_being_signed() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    let base = school.folder().join(format!("kho/ho-so/{}/00.pdf", transcript()));
    fs::remove_file(&base).expect("removed");
    fs::write(&base, b"%PDF-1.7 damaged").expect("written");
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    let left = school.sit_together(&[LITERATURE], drop);
    let sitting = &left[0].sitting;
    let failed: Vec<_> = sitting.not_signed.iter().map(|one| (&one.dossier, one.code.as_str())).collect();
    let damaged = transcript();
    assert!(!failed.is_empty() && failed.iter().all(|one| *one == (&damaged, "store.damaged")), "{failed:?}");
    assert_eq!(sitting.signed.len() + failed.len(), 39);
    assert!(sitting.signed.len() >= 36 && sitting.waiting == 0 && sitting.checkpoint, "{sitting:?}");
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
        let mut office = school.office_of_copy(folder);
        clerk::leave_attempt(&mut office, begun(), left_behind);
        drop(office);
        let mut office = school.office_of_copy(folder);
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
