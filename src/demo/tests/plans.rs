//! The plans of other regulations walk to a sealed deposit, as the default ones do; several teachers of one
//! subject, one person in several roles, and books that are shared or one's own.

use school::dossier::DocumentKind;
use school::identifier::SchoolYear;
use school::plan::Templates;
use school::plan_choice::PlanChoice;
use school::roster::{Roster, TeacherBooks};

use super::scratch_school::{ScratchSchool, book, transcript};
use crate::clerk::{self, ClerkFault};
use crate::demo::school::{YEAR, plans_of_few_kinds, written};
use crate::demo::staff::{
    DEPUTY, HOMEROOM, LITERATURE, MATHEMATICS, OFFICE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP, StaffMember,
};
use crate::lifecycle::dossier::Stage;

pub(super) fn only(kinds: &[DocumentKind]) -> Templates {
    let all = crate::demo::school::plans();
    let decided = [DocumentKind::QuyetDinhKhoa, DocumentKind::BienBanNiemPhong];
    let kept = |kind: &DocumentKind| kinds.contains(kind) || decided.contains(kind);
    Templates { templates: all.templates.iter().filter(|one| kept(&one.kind)).cloned().collect(), ..all }
}

pub(super) fn with_documents(plans: &Templates, adjust: impl FnOnce(&mut Roster)) -> ScratchSchool {
    let mut school = ScratchSchool::with(plans, |_, _| None, adjust);
    school.propose_lock();
    school.decided();
    clerk::make_bases(&mut school.office).expect("made");
    school
}

fn code(asked: Result<(), ClerkFault>) -> String {
    asked.map_or_else(|fault| fault.code().to_owned(), |()| "may sign".into())
}

#[test]
fn where_the_subject_teachers_sign_first_the_homeroom_teacher_waits_for_all_of_them() {
    let plans = plans_of_few_kinds().choose(PlanChoice::BookTeachersFirst);
    let mut school = with_documents(&plans, |_| {});
    assert_eq!(code(school.try_box(&book(), "GVCN", &HOMEROOM)), "signing.not_your_turn");
    assert_eq!(code(school.try_box(&book(), "GVBM_TOAN", &MATHEMATICS)), "may sign");
    assert!(school.make_and_sign() > 12, "twelve transcripts, the class book, its lists");
    for id in [book(), transcript()] {
        assert!(matches!(school.office.ledger().dossiers[&id].stage, Stage::Closed(_)), "{id}");
    }
    school.seal();
}

#[test]
fn transcripts_that_only_the_homeroom_teacher_signs_are_made_of_the_closed_class_book_and_cite_it() {
    let plans = only(&[DocumentKind::SoDiem, DocumentKind::HocBa]);
    let mut school = with_documents(&plans.choose(PlanChoice::TranscriptHomeroomOnly), |_| {});
    let transcripts = |school: &ScratchSchool| {
        let dossiers = school.office.ledger().dossiers.values();
        dossiers.filter(|one| one.key.kind() == DocumentKind::HocBa).count()
    };
    for member in [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP] {
        school.sit(member.label, member.pin).expect("signed");
        clerk::make_bases(&mut school.office).expect("nothing to be made yet");
        assert_eq!(transcripts(&school), 0, "{}: the book is not closed", member.label);
    }
    clerk::close_signed(&mut school.office).expect("closed");
    assert_eq!(clerk::make_bases(&mut school.office).expect("made").len(), 12);

    let dossiers = &school.office.ledger().dossiers;
    let cited = dossiers[&transcript()].plan.cites.clone().expect("it rests on the book");
    assert_eq!((cited.dossier, cited.sha256), (book(), dossiers[&book()].latest().1.sha256));
    let base = school.folder().join(format!("kho/ho-so/{}/00.pdf", transcript()));
    let text = std::process::Command::new("pdftotext").arg(base).arg("-").output().expect("poppler runs");
    let words: String = String::from_utf8(text.stdout).expect("UTF-8").split_whitespace().collect();
    assert!(words.contains(&cited.sha256.to_string()), "what its cover says");
    assert_eq!(code(school.try_box(&transcript(), "GVBM_TOAN", &MATHEMATICS)), "signing.no_such_box");
    for member in [HOMEROOM, PRINCIPAL, STAMP] {
        assert_eq!(school.sit(member.label, member.pin).expect("signed"), 12, "{}", member.label);
    }
    assert_eq!(clerk::close_signed(&mut school.office).expect("closed").len(), 12);
    school.seal();
}

#[test]
fn a_class_book_that_the_homeroom_teacher_signs_alone_is_asked_of_no_subject_teacher() {
    let plans = only(&[DocumentKind::SoDiem]).choose(PlanChoice::BookHomeroomOnly);
    let mut school = with_documents(&plans, |_| {});
    assert_eq!(code(school.try_box(&book(), "GVBM_TOAN", &MATHEMATICS)), "signing.no_such_box");
    for member in [HOMEROOM, PRINCIPAL, STAMP] {
        assert_eq!(school.sit(member.label, member.pin).expect("signed"), 1, "{}", member.label);
    }
    assert_eq!(clerk::close_signed(&mut school.office).expect("closed").len(), 1);
    school.seal();
}

/// Mathematics has two teachers with a book of their own each, literature two who share one; the office also
/// teaches, and somebody else presides.
fn several(roster: &mut Roster) {
    let id = |member: StaffMember| written(member.id);
    for taught in &mut roster.assignments {
        match taught.subject.as_str() {
            "TOAN" => {
                taught.colleagues = vec![id(OFFICE)];
                taught.books = TeacherBooks::Own;
                taught.presiding = id(OFFICE);
            }
            "VAN" => taught.colleagues = vec![id(DEPUTY)],
            _ => {}
        }
    }
}

#[test]
fn several_teachers_of_a_subject_all_sign_the_class_book_and_the_presiding_one_the_transcripts() {
    let kinds = [DocumentKind::SoDiem, DocumentKind::HocBa, DocumentKind::SoDiemGv];
    let mut school = with_documents(&only(&kinds), several);
    let dossiers = &school.office.ledger().dossiers;
    let boxes = |id: &str| -> Vec<String> {
        let id = dossiers.keys().find(|known| known.as_str() == id).unwrap_or_else(|| panic!("{id}"));
        dossiers[id].plan.turns[0].boxes.iter().map(|one| one.name.to_string()).collect()
    };
    assert_eq!(boxes("2025-2026_ca-nam_so-diem-gv_6A1_TOAN_1"), ["GVBM_TOAN"]);
    assert_eq!(boxes("2025-2026_ca-nam_so-diem-gv_6A1_TOAN_2"), ["GVBM_TOAN_2"]);
    assert_eq!(boxes("2025-2026_ca-nam_so-diem-gv_6A1_VAN"), ["GVBM_VAN", "GVBM_VAN_2"], "one for both");
    // Who presides signs the transcript, and is at the same time the second teacher and the office.
    assert_eq!(code(school.try_box(&transcript(), "GVBM_TOAN", &MATHEMATICS)), "signing.wrong_person");
    assert_eq!(code(school.try_box(&transcript(), "GVBM_TOAN", &OFFICE)), "may sign");
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    assert_eq!(code(school.try_box(&book(), "GVBM_TOAN_2", &MATHEMATICS)), "signing.wrong_person");
    assert_eq!(code(school.try_box(&book(), "GVBM_TOAN_2", &OFFICE)), "may sign");
    let visits = [MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, OFFICE, DEPUTY, HOMEROOM, PRINCIPAL, STAMP];
    for member in visits {
        assert!(school.sit(member.label, member.pin).expect("signed") > 0, "{}", member.label);
    }
    let closed = clerk::close_signed(&mut school.office).expect("closed").len();
    assert_eq!(closed, 1 + 12 + 8, "class book, transcripts, teachers' books");
    school.seal();
}

/// Stronger than who signs what asks for: no plan comes into force without the principal, whoever changed it.
#[test]
fn a_plan_that_somebody_changes_who_signs_by_it_is_in_force_only_when_the_principal_has_signed_that_very_plan()
 {
    let mut school = ScratchSchool::open(|_, _| None);
    let this_year: SchoolYear = written(YEAR);
    let next = SchoolYear::after(this_year);
    let in_force = school.office.year(this_year).expect("open");
    let roster = Roster { year: next, ..in_force.roster.1.clone() };
    let (proposed, changed) =
        (plans_of_few_kinds(), plans_of_few_kinds().choose(PlanChoice::BookTeachersFirst));
    let stands = |school: &ScratchSchool, plans: &Templates| {
        let signed = clerk::year_signed(&school.office, &roster, plans).expect("they have a form");
        (signed.principal, signed.stamp)
    };
    school.sign_year(&PRINCIPAL, &roster, &proposed).expect("the principal approves of what was proposed");
    assert_eq!(stands(&school, &proposed), (true, false));

    // The homeroom teacher, who signs the class book by it, changes the order of the turns.
    assert_eq!(stands(&school, &changed), (false, false), "nobody has approved of the change");
    assert_eq!(code(school.sign_year(&HOMEROOM, &roster, &changed)), "school.other_signers");
    school.sign_year(&STAMP, &roster, &changed).expect("the stamp alone may sign");
    assert_eq!(stands(&school, &changed), (false, true));
    assert!(school.office.year(next).is_err(), "and opens no year with it");

    school.sign_year(&PRINCIPAL, &roster, &changed).expect("the principal approves of the change");
    let plans = school.office.year(next).expect("the year is open").plans.1.clone();
    assert_eq!(plans, changed);
    // What is in force is not changed any more, even by those two.
    for member in [&PRINCIPAL, &STAMP] {
        assert_eq!(code(school.sign_year(member, &roster, &proposed)), "year.open_already");
    }
}
