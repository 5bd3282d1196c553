//! Periods of one class side by side: first term, full year, results after the summer, a snapshot, a
//! pupil who leaves; and data that are opened again. No false correction anywhere.

use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey, DossierOf, Period, TeacherBookOf};
use school::gradebook::{Gradebook, SubjectResults};
use school::moment::Moment;
use school::plan::Templates;

use super::scratch_school::{ScratchSchool, book, transcript};
use crate::clerk::{self, ClerkFault, Leaving, Reception};
use crate::demo::class_6a1;
use crate::demo::school::{CLASS, SUBJECTS, YEAR, written};
use crate::demo::staff::{HOMEROOM, LITERATURE, MATHEMATICS, OFFICE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP};
use crate::lifecycle::dossier::Stage;

/// The class with two pupils, so that few documents are signed.
pub(super) fn class(period: Period, exported: &str) -> Gradebook {
    let mut class = class_6a1::gradebook();
    class.pupils.truncate(2);
    class.period = period;
    class.exported = written::<Moment>(exported);
    class
}

fn first_term() -> Vec<u8> {
    let mut class = class(Period::FirstTerm, "2026-01-12T09:00:00+07:00");
    for pupil in &mut class.pupils {
        (pupil.conduct.hk2, pupil.conduct.year) = (None, None);
        (pupil.study.hk2, pupil.study.year) = (None, None);
        (pupil.outcome, pupil.honour) = (None, None);
        for row in pupil.subjects.values_mut() {
            match &mut row.results {
                SubjectResults::Marks(marks) => (marks.hk2, marks.year) = (None, None),
                SubjectResults::Levels(levels) => (levels.hk2, levels.year) = (None, None),
                SubjectResults::Exempt => {}
            }
        }
    }
    class_6a1::written_as_export(&class)
}

pub(super) fn full_year() -> Vec<u8> {
    class_6a1::written_as_export(&class(Period::FullYear, "2026-05-25T16:42:10+07:00"))
}

/// Only the first pupil was assessed again.
fn after_summer() -> Vec<u8> {
    let mut class = class(Period::AfterSummer, "2026-08-10T10:00:00+07:00");
    class.pupils.truncate(1);
    class_6a1::written_as_export(&class)
}

pub(super) fn accept(school: &mut ScratchSchool, export: &[u8]) -> Sha256 {
    let taken = Sha256::of(export);
    match school.drop_into_inbox(export) {
        Reception::Accepted { export, .. } => assert_eq!(export, taken),
        other => panic!("{other:?}"),
    }
    taken
}

fn of_first_pupil(period: Period) -> DossierId {
    DossierKey::new(written(YEAR), DossierOf::HocBa(written("HS0001")), period).id()
}

#[test]
fn every_period_of_a_class_walks_to_one_sealed_deposit_without_a_false_correction() {
    let mut school = ScratchSchool::open(|_, _| None);
    let term = accept(&mut school, &first_term());
    school.lock("0001", term, None);
    assert_eq!(school.make_and_sign(), 5, "class book, summary, lists and two transcripts of the first term");

    let snapshot = accept(&mut school, &class_6a1::snapshot());
    school.review(snapshot);
    let locked = clerk::propose_lock(&mut school.office, written(YEAR), written("0009"), &[snapshot], None);
    assert_eq!(locked.map_err(|fault| fault.code().to_owned()), Err("export.snapshot".to_owned()));

    // A pupil leaves before the year of the class is locked: one transcript, no class book.
    let leaver = written("HS0005");
    let hand_over = |school: &mut ScratchSchool| {
        let export = Sha256::of(&class_6a1::export());
        clerk::hand_over(&mut school.office, written(YEAR), written("0002"), export, &leaver)
            .expect("in order")
    };
    school.review(Sha256::of(&class_6a1::export()));
    assert!(matches!(hand_over(&mut school), Leaving::Deciding(_)));
    school.decided();
    assert!(matches!(hand_over(&mut school), Leaving::Signing(_)));
    assert_eq!(school.make_and_sign(), 1);
    let Leaving::Ready(taken_along) = hand_over(&mut school) else { panic!("closed") };
    assert_eq!(taken_along.len(), 1, "no other pupil's, and nothing of the class");
    assert!(taken_along[0].0.as_str().contains("HS0005") && taken_along[0].1.starts_with(b"%PDF"));

    let year = accept(&mut school, &full_year());
    school.lock("0003", year, None);
    assert_eq!(school.make_and_sign(), 5, "the full year after a signed first term");

    let summer = accept(&mut school, &after_summer());
    school.lock("0004", summer, None);
    assert_eq!(school.make_and_sign(), 2);
    let supplement = &school.office.ledger().dossiers[&of_first_pupil(Period::AfterSummer)];
    assert_eq!(supplement.supplements, Some(transcript()));
    assert_eq!(clerk::make_bases(&mut school.office).expect("nothing to do"), []);

    let deposit = school.seal();
    assert_eq!(school.office.ledger().deposits[&deposit].dossiers.len(), 5 + 1 + 5 + 2 + 4);
}

#[test]
fn what_was_opened_again_before_anybody_signed_is_made_anew_as_the_next_version() {
    let mut school = ScratchSchool::open(|_, _| None);
    let first = accept(&mut school, &full_year());
    school.lock("0001", first, None);
    assert_eq!(clerk::make_bases(&mut school.office).expect("made").len(), 5);
    let propose = |school: &mut ScratchSchool, number: &str, export: Sha256| {
        let reason = "Nơi sinh ghi sai.";
        clerk::propose_reopening(&mut school.office, written(YEAR), written(number), &[export], reason)
    };
    propose(&mut school, "0002", first).expect("proposed");
    school.decided();
    let withdrawn = &school.office.ledger().dossiers[&book()];
    assert!(matches!(withdrawn.stage, Stage::Withdrawn(_)));
    let refused = school.try_box(&book(), "GVCN", &HOMEROOM);
    assert!(matches!(refused, Err(ClerkFault::Signing(refusal)) if refusal.code() == "signing.withdrawn"));

    let mut corrected = class(Period::FullYear, "2026-05-26T08:00:00+07:00");
    corrected.pupils[0].birthplace = "Hải Dương".into();
    let second = accept(&mut school, &class_6a1::written_as_export(&corrected));
    school.lock("0003", second, None);
    let made = clerk::make_bases(&mut school.office).expect("made");
    assert!(made.len() == 5 && made.iter().all(|id| id.as_str().ends_with("_v2")), "{made:?}");
    assert_eq!(school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("signed"), 6, "three subjects each");
    let late = propose(&mut school, "0004", second);
    assert_eq!(late.map_err(|fault| fault.code().to_owned()), Err("export.signed_already".to_owned()));
    assert!(school.folder().join(format!("kho/ho-so/{}/00.pdf", book())).exists(), "nothing is deleted");
    school.make_and_sign();
    let deposit = school.seal();
    let held = &school.office.ledger().deposits[&deposit].dossiers;
    assert_eq!(held.len(), 3 + 5, "three decisions, five documents; nothing that was withdrawn");
}

#[test]
fn a_value_of_locked_data_that_comes_otherwise_is_refused_before_the_first_signature_and_a_case_after_it() {
    let mut school = ScratchSchool::open(|_, _| None);
    let first = accept(&mut school, &full_year());
    school.lock("0001", first, None);
    clerk::make_bases(&mut school.office).expect("made");
    let changed = |birthplace: &str| {
        let mut changed = class(Period::FullYear, "2026-05-26T08:00:00+07:00");
        changed.pupils[0].birthplace = birthplace.into();
        class_6a1::written_as_export(&changed)
    };
    let refused = |school: &mut ScratchSchool, export: &[u8]| match school.drop_into_inbox(export) {
        Reception::Refused { problems, export } => {
            assert!(school.folder().join(format!("kho/goc/{export}.json")).exists(), "the file is kept");
            let problem = problems.first().expect("one").clone();
            assert_eq!(
                (problems.len(), problem.path.as_str()),
                (1, "Nguyễn Hoàng Thiên Ân (HS0001) – Nơi sinh")
            );
            (problem.code, problem.found)
        }
        other => panic!("{other:?}"),
    };
    let locked = refused(&mut school, &changed("Vinh"));
    assert_eq!(locked, ("export.locked_value_changed".into(), "Hải Phòng → Vinh".into()));
    school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("signed");
    match school.drop_into_inbox(&changed("Huế")) {
        Reception::Correction { changes, .. } => {
            let changes: Vec<_> = changes.into_iter().map(|one| (one.what, one.old, one.new)).collect();
            assert_eq!(changes, [("Nơi sinh".into(), "Hải Phòng".into(), "Huế".into())]);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn teachers_books_are_made_signed_and_sealed_where_the_plans_of_the_year_name_them() {
    let default = Templates::default_for(written(YEAR));
    let kept = [DocumentKind::SoDiemGv, DocumentKind::SoDangBo];
    let decided = [DocumentKind::QuyetDinhKhoa, DocumentKind::BienBanNiemPhong];
    let templates =
        default.templates.iter().filter(|one| kept.iter().chain(&decided).any(|kind| *kind == one.kind));
    let plans = Templates { templates: templates.cloned().collect(), ..default.clone() };
    let mut school = ScratchSchool::with_plans(&plans, |_, _| None);
    let year = accept(&mut school, &full_year());
    school.lock("0001", year, None);
    let made = clerk::make_bases(&mut school.office).expect("made");
    let of = |kind: DocumentKind| {
        made.iter().filter(|id| DossierKey::from_id(id.as_str()).is_ok_and(|key| key.kind() == kind)).count()
    };
    assert_eq!((made.len(), of(kept[0]), of(kept[1])), (SUBJECTS.len() + 1, SUBJECTS.len(), 1), "{made:?}");

    let of_mathematics = TeacherBookOf { class: written(CLASS), subject: written("TOAN"), teacher: None };
    let book = DossierKey::new(written(YEAR), DossierOf::SoDiemGv(of_mathematics), Period::FullYear).id();
    let early = school.try_box(&book, "HieuTruong", &PRINCIPAL);
    assert!(matches!(early, Err(ClerkFault::Signing(refusal)) if refusal.code() == "signing.not_your_turn"));
    let other = school.try_box(&book, "GVBM_TOAN", &LITERATURE);
    assert!(matches!(other, Err(ClerkFault::Signing(_))), "nobody signs the book of another");
    for member in [OFFICE, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP] {
        school.sit(member.label, member.pin).expect("signed");
    }
    assert_eq!(clerk::close_signed(&mut school.office).expect("closed").len(), made.len());
    let deposit = school.seal();
    assert_eq!(school.office.ledger().deposits[&deposit].dossiers.len(), made.len() + 1);
}
