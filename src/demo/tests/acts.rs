//! Acts, signed and used without any pause between.

use school::act::{self, Act, Deed, TeachingPlace};
use school::identifier::SchoolYear;

use super::refusals::with_documents;
use super::scratch_school::{ScratchSchool, pin};
use crate::clerk::{self, Signer};
use crate::clock::now;
use crate::demo::school::{self as sample, written};
use crate::demo::staff::{HOMEROOM, LITERATURE, MATHEMATICS, PHYSICAL_EDUCATION, PRINCIPAL};

#[test]
fn a_colleague_signs_in_the_very_second_in_which_the_act_came_into_force() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("the turn of the teachers");
    let year: SchoolYear = written(sample::YEAR);
    let roster = school.office.year(year).expect("open").people().digest();
    let decided = now();
    let ky_thay = Deed::KyThay {
        absent: written(PHYSICAL_EDUCATION.id),
        colleague: written(LITERATURE.id),
        from: decided,
        until: decided.plus_seconds(24 * 3600),
        reason: "Giáo viên nghỉ ốm dài ngày.".into(),
        places: vec![TeachingPlace { class: written(sample::CLASS), subject: Some(written("GDTC")) }],
    };
    let act = Act {
        format: act::FORMAT.into(),
        school: written(sample::SCHOOL_CODE),
        roster,
        number: "13/QĐ-THCSHP".into(),
        decided,
        deed: ky_thay,
    };
    let act = clerk::propose_act(&mut school.office, year, &act).expect("proposed");
    let certificate = school.surroundings.authority.certificate(&PRINCIPAL).expect("one of the staff").sha256;
    let token = school.seen(PRINCIPAL.label);

    // What a sitting of this second was judged in must not be what the next one is judged in.
    let second = now();
    while now() == second {
        std::hint::spin_loop();
    }
    school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("signed");
    let (office, host) = school.office_and_host();
    let mut head = Signer::log_in(office, host, &token, certificate, pin(PRINCIPAL.pin)).expect("a login");
    clerk::sign_act(office, act, &mut head).expect("in force");
    head.log_out().expect("done");
    school.sit(LITERATURE.label, LITERATURE.pin).expect("signed");
    let sitting = school.last_sitting.as_ref().expect("a sitting");
    assert_eq!(sitting.not_signed.len(), 0, "{:?}", sitting.not_signed);
    assert!(sitting.signed.iter().any(|(_, name)| name.as_str() == "GVBM_GDTC"), "{:?}", sitting.signed);
}
