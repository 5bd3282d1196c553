//! A head signs a whole school in one sitting: 1,200 transcripts and 30 class books at the pages, with a token that
//! takes 50 ms, one refusal and one pulled plug.

use std::path::Path;
use std::time::{Duration, Instant};

use pkcs11_fault::{Fault, Faults, When, sys};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierKey, DossierOf, Period};
use school::identifier::{ClassName, PupilId};
use school::plan::{Template, Templates};
use school::role::Role;

use super::pages::{Browser, gives_account, look, module_of};
use super::scratch_school::{ScratchSchool, recorded};
use crate::accounts::Role as Way;
use crate::clerk::{self, ClerkFault};
use crate::demo::class_6a1;
use crate::demo::school::{CLASS, YEAR, written};
use crate::demo::staff::{HOMEROOM, PRINCIPAL};

const CLASSES: usize = 30;
const PUPILS: usize = 40;
/// Its transcripts and its class book.
pub(super) const DOCUMENTS_OF_A_CLASS: usize = PUPILS + 1;
const DOCUMENTS: usize = CLASSES * DOCUMENTS_OF_A_CLASS;
/// The pulled plug comes with this signature.
const PULLED_AT: u64 = 700;
/// What stands on the page of a visit once it is over, however it ended.
pub(super) const OVER: &str = "bắt đầu lúc";

pub(super) fn class(number: usize) -> ClassName {
    written(&format!("6B{number}"))
}

pub(super) fn pupil(class: usize, number: usize) -> PupilId {
    written(&format!("HS{class:02}{number:02}"))
}

fn export(number: usize) -> Vec<u8> {
    let mut book = class_6a1::gradebook();
    book.class = class(number);
    // Without the pupil who came in mid-term, whose marks the head has to explain.
    let known: Vec<_> = book.pupils.drain(..2).collect();
    book.pupils = (1..=PUPILS)
        .map(|at| {
            let mut one = known[at % known.len()].clone();
            one.id = pupil(number, at);
            one
        })
        .collect();
    class_6a1::written_as_export(&book)
}

/// A school of so many classes, whose homeroom teacher has signed everything.
pub(super) fn school_of(classes: usize) -> ScratchSchool {
    let turns = || vec![Role::Gvcn, Role::HieuTruong, Role::ConDau];
    let default = Templates::default_for(written(YEAR));
    let decided = [DocumentKind::QuyetDinhKhoa, DocumentKind::BienBanNiemPhong];
    let kept = default.templates.iter().filter(|one| decided.contains(&one.kind)).cloned();
    let signed = [DocumentKind::HocBa, DocumentKind::SoDiem].map(|kind| Template {
        kind,
        turns: turns(),
        cites: None,
        signed_elsewhere: false,
    });
    let plans = Templates { templates: kept.chain(signed).collect(), ..default };
    let mut school = ScratchSchool::with(
        &plans,
        |_, _| None,
        |roster| {
            let of_one: Vec<_> =
                roster.assignments.iter().filter(|one| one.class == written(CLASS)).cloned().collect();
            for number in 1..=classes {
                roster.homerooms.insert(class(number), written(HOMEROOM.id));
                roster.assignments.extend(of_one.iter().cloned().map(|mut one| {
                    one.class = class(number);
                    one
                }));
            }
        },
    );
    let mut locked = Vec::new();
    for number in 1..=classes {
        let bytes = export(number);
        school.drop_into_inbox(&bytes);
        let export = Sha256::of(&bytes);
        school.review(export);
        let differs = clerk::accept_differences(&mut school.office, export, class_6a1::WHY_IT_STANDS);
        assert!(differs.is_ok() || matches!(differs, Err(ClerkFault::Lock(_))));
        locked.push(export);
    }
    clerk::propose_lock(&mut school.office, written(YEAR), written("0001"), &locked, None).expect("proposed");
    school.decided();
    assert_eq!(clerk::make_bases(&mut school.office).expect("made").len(), classes * DOCUMENTS_OF_A_CLASS);
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    school
}

pub(super) fn timed(browser: &Browser, cookies: &str, path: &str) -> (Duration, String) {
    let begun = Instant::now();
    let answer = browser.get_as(cookies, path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    (begun.elapsed(), answer.text)
}

#[test]
#[ignore = "a measure of minutes, which wants a quiet machine: make bench runs it"]
fn a_head_signs_a_whole_school_in_one_sitting_with_one_refusal_and_one_pulled_token() {
    let begun = Instant::now();
    let school = school_of(CLASSES);
    say(&format!("{DOCUMENTS} documents made and signed by one: {:.0} s", begun.elapsed().as_secs_f64()));
    let folder = school.folder().to_owned();
    gives_the_head_an_account(&folder);
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let slow = || Fault::Slow { function: "C_Sign".into(), wait_ms: 50 };
    let (function, when) = ("C_Sign".into(), When::Once(PULLED_AT));
    faults.set(&[slow(), Fault::Answer { function, when, value: sys::CKR_DEVICE_REMOVED }]);
    let certificate = school.surroundings.authority.certificate(&PRINCIPAL).expect("one of the staff").sha256;
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        browser.until("/ky", PRINCIPAL.name);
        let cookies = head_signs_in(&browser);
        let at_reader = format!("/ky/{certificate}");
        let class_page = format!("{at_reader}/lop/{}", class(7));
        for path in ["/", "/ky", &at_reader, &class_page] {
            let (first, _) = timed(&browser, &cookies, path);
            let (again, text) = timed(&browser, &cookies, path);
            let place = path.replace(&certificate.to_string(), "…");
            say(&format!(
                "{place}: {} ms, again {} ms, {} KB",
                first.as_millis(),
                again.as_millis(),
                text.len() / 1024
            ));
        }
        let refused = DossierKey::new(written(YEAR), DossierOf::HocBa(pupil(7, 3)), Period::FullYear).id();
        let form = format!("ho_so={refused}&ly_do=Xin+%C4%91%E1%BB%91i+chi%E1%BA%BFu");
        let stays = browser.sends(&cookies, &format!("{class_page}/tu-choi"), &form);
        assert_eq!((stays.status, &stays.to), (303, &class_page), "{}", stays.text);
        let (_, text) = timed(&browser, &cookies, &class_page);
        assert!(text.contains("Ký lớp này: 39 học bạ, 1 ") && text.contains("Xin đối chiếu"), "{text}");

        let mut signed = 0;
        for expected in [["PHIÊN KÝ ĐÃ DỪNG", "token.gone"], ["RÚT ĐƯỢC RỒI", "điểm chốt"]]
        {
            let sitting = Instant::now();
            let visit = browser.types_pin(&format!("{at_reader}/pin"), PRINCIPAL.pin);
            assert_eq!(visit.status, 303, "{}", visit.text);
            let mut slowest = Duration::ZERO;
            let text = loop {
                std::thread::sleep(Duration::from_millis(500));
                let (took, text) = timed(&browser, "", &visit.to);
                slowest = slowest.max(took);
                if text.contains(OVER) {
                    break text;
                }
                assert!(sitting.elapsed() < Duration::from_secs(1800), "{text}");
            };
            assert!(expected.iter().all(|words| text.contains(words)), "{text}");
            let many = signed_by(&text);
            let seconds = sitting.elapsed().as_secs_f64();
            say(&format!(
                "{many} signed in {seconds:.1} s, {:.1} ms each; slowest page {} ms",
                seconds * 1000.0 / many as f64,
                slowest.as_millis()
            ));
            signed += many;
        }
        assert_eq!(signed, DOCUMENTS - 1, "all but the refused one");
        assert_eq!(faults.calls("C_Login"), 2, "one for each PIN");
        assert_eq!(recorded(&folder, "dossier.refused"), 1);
    });
}

pub(super) fn gives_the_head_an_account(folder: &Path) {
    gives_account(folder, "hieu-truong", Some(&PRINCIPAL), Way::Principal);
}

/// The cookies of the session.
pub(super) fn head_signs_in(browser: &Browser) -> String {
    browser.signs_in("hieu-truong", Way::Principal)
}

/// How many documents a visit brought, as its page says.
pub(super) fn signed_by(text: &str) -> usize {
    let many = text.split("đã ký <strong>").nth(1).and_then(|rest| rest.split('<').next());
    many.and_then(|many| many.parse().ok()).expect("a count")
}

#[expect(clippy::disallowed_macros, reason = "a measure is read by whoever runs it")]
pub(super) fn say(line: &str) {
    println!("{line}");
}
