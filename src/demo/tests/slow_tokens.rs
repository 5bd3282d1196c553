//! Rehearsing, sealing and signing acts while somebody takes a long time at a PIN pad, or a module never answers:
//! nobody else waits, and what was being done is done or untouched.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use pkcs11_fault::{Fault, Faults, When};
use school::act::{self, Act, Deed};
use school::deposit::{DepositId, DepositKind};
use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::identifier::SchoolYear;
use school::medium::Disc;
use school::records::token_frame::RsaScheme;

use super::pages::{Answer, Browser, look, module_of};
use super::scratch_school::{ScratchSchool, recorded};
use crate::clerk;
use crate::clock::now;
use crate::demo::school::{SCHOOL_CODE, YEAR, written};
use crate::demo::staff::{DEPUTY, MATHEMATICS, OFFICE, PRINCIPAL, STAMP, StaffMember};
use crate::lifecycle::deposit::Late;

/// How long the person takes, or the module hangs before it is given up.
const SLOW: Duration = Duration::from_secs(5);
/// What a page may take meanwhile: some milliseconds on a machine at rest, more beside all other tests, and far less
/// than the token takes.
const A_MOMENT: Duration = Duration::from_millis(1_500);

/// A school whose act waits for the principal and whose deposit waits for the stamp.
fn with_much_to_sign() -> (ScratchSchool, Sha256, DepositId) {
    let mut school = ScratchSchool::open(|_, _| None);
    school.propose_lock();
    school.decided();
    school.make_and_sign();
    let (year, decided) = (written::<SchoolYear>(YEAR), now());
    let act = Act {
        format: act::FORMAT.into(),
        school: written(SCHOOL_CODE),
        roster: school.office.year(year).expect("open").people().digest(),
        number: "12/QĐ-THCSHP".into(),
        decided,
        deed: Deed::Delegation {
            to: written(DEPUTY.id),
            from: decided,
            until: decided.plus_seconds(24 * 3600),
            scope: vec![DocumentKind::HocBa],
        },
    };
    let act = clerk::propose_act(&mut school.office, year, &act).expect("proposed");
    let kind = DepositKind::Supplement;
    let deposit = clerk::plan_deposit(&mut school.office, year, kind, Late::Follow, Disc::Dvd.bytes());
    let deposit = deposit.expect("planned");
    clerk::build_deposit(&mut school.office, &deposit).expect("built");
    for member in [OFFICE, PRINCIPAL] {
        school.sit(member.label, member.pin).expect("signed");
    }
    (school, act, deposit)
}

/// What somebody at a token sends, and what everybody else gets meanwhile.
struct Bystanders<'a> {
    browser: &'a Browser,
    /// Of the office.
    cookies: &'a str,
    faults: &'a Faults,
}

impl Bystanders<'_> {
    /// Does `deed`, whose token does not come back from `function` for a while; the pages of others answer at once
    /// all that time.
    fn are_served_while(&self, function: &str, deed: &(dyn Fn() -> Answer + Sync)) -> Answer {
        let (before, logins) = (self.faults.calls(function), self.faults.calls("C_Login"));
        let over = AtomicBool::new(false);
        let done = std::thread::scope(|scope| {
            let acting = scope.spawn(|| {
                let done = deed();
                over.store(true, Ordering::SeqCst);
                done
            });
            while self.faults.calls(function) == before {
                assert!(!over.load(Ordering::SeqCst), "it never came to {function}");
                std::thread::sleep(Duration::from_millis(20));
            }
            let waits = Instant::now();
            let mut looks = 0;
            while waits.elapsed() < SLOW - Duration::from_secs(1) {
                assert!(!over.load(Ordering::SeqCst), "the token was not slow");
                // The second one is made by the owner of the register, whatever that has at hand.
                for path in ["/", "/luu-tru"] {
                    let asked = Instant::now();
                    let shown = self.browser.get_as(self.cookies, path);
                    assert_eq!(shown.status, 200, "{path}: {}", shown.text);
                    assert!(asked.elapsed() < A_MOMENT, "{path} took {:?}", asked.elapsed());
                    looks += 1;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            assert!(looks >= 4, "the pages were looked at {looks} times");
            acting.join().expect("an answer")
        });
        assert_eq!(self.faults.calls("C_Login"), logins + 1, "one human action is one login");
        done
    }
}

#[test]
fn while_a_token_takes_long_or_hangs_in_a_rehearsal_an_act_or_a_seal_the_pages_of_others_answer_at_once() {
    let (school, act, deposit) = with_much_to_sign();
    let folder = school.folder().to_owned();
    let certificate = |member: &StaffMember| {
        school.surroundings.authority.certificate(member).expect("one of the staff").sha256
    };
    let (teacher, head, stamp) = (certificate(&MATHEMATICS), certificate(&PRINCIPAL), certificate(&STAMP));
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let module = module_of(&school.surroundings, &faults).configured(RsaScheme::Pkcs1, SLOW);
    look(school.office, &folder, module, |browser| {
        let signs_in = |member: &StaffMember, certificate: Sha256| {
            browser.until(&format!("/dang-nhap/token/{certificate}"), "name=\"pin\"");
            browser.types_pin(&format!("/dang-nhap/token/{certificate}/pin"), member.pin).cookies
        };
        let (of_head, of_stamp) = (signs_in(&PRINCIPAL, head), signs_in(&STAMP, stamp));
        let others = Bystanders { browser: &browser, cookies: &of_stamp, faults: &faults };
        let rehearse_at = format!("/dien-tap/{teacher}/{}/pin", MATHEMATICS.id);
        let rehearse = || browser.types_pin(&rehearse_at, MATHEMATICS.pin);
        let sign_at = format!("/van-ban/{act}/ky/{head}/pin");
        let sign_act = || browser.types_pin_as(&of_head, &sign_at, PRINCIPAL.pin);
        let seal_at = format!("/luu-tru/{deposit}/niem-phong/pin");
        let seal = || browser.types_pin_as(&of_stamp, &seal_at, STAMP.pin);
        let entries = || {
            let of = |kind| recorded(&folder, kind);
            (of("enrolment.rehearsed"), of("act.signed"), of("deposit.sealed"))
        };

        for function in ["C_Login", "C_Sign"] {
            faults.set(&[Fault::Hang { function: function.into(), when: When::Always }]);
            for deed in [&sign_act as &(dyn Fn() -> Answer + Sync), &seal] {
                let refused = others.are_served_while(function, deed);
                assert_eq!(refused.refusal(), "token.worker_hung", "{function}: {}", refused.text);
            }
            let rehearsed = others.are_served_while(function, &rehearse);
            let told = browser.get(&rehearsed.to).text;
            assert!(told.contains("diễn tập chưa đạt") && told.contains("token.worker_hung"), "{told}");
        }
        assert_eq!(entries(), (2, 0, 0), "an act and a deposit whose token hung are untouched");

        // At a PIN pad, where a person takes their time. Whoever asks meanwhile, at the same token, waits for nothing.
        let members = [MATHEMATICS, PRINCIPAL, STAMP];
        faults.set(&members.map(|one| Fault::Removed { label: one.label.into() }));
        browser.until(&format!("/ky/{teacher}"), "web.unplugged");
        let pads = members.map(|one| Fault::PinPad { label: one.label.into(), pin: one.pin.into() });
        let slow = Fault::Slow { function: "C_Login".into(), wait_ms: SLOW.as_millis() as u64 };
        faults.set(&pads.into_iter().chain([slow]).collect::<Vec<_>>());
        for certificate in [teacher, head, stamp] {
            browser.until(&format!("/dang-nhap/token/{certificate}"), "nhập mã PIN trên bàn phím");
        }
        let logins = faults.calls("C_Login");
        let twice = || {
            std::thread::scope(|scope| {
                let first = scope.spawn(|| browser.types_nothing_as(&of_head, &sign_at));
                while faults.calls("C_Login") == logins && !first.is_finished() {
                    std::thread::sleep(Duration::from_millis(20));
                }
                let second = browser.types_nothing_as(&of_head, &sign_at);
                assert!(second.text.contains("signing.sits_already"), "{}", second.text);
                first.join().expect("an answer")
            })
        };
        let refused = recorded(&folder, "signing.refused");
        let signed = others.are_served_while("C_Login", &twice);
        assert_eq!(recorded(&folder, "signing.refused"), refused + 1, "who came second is an entry");
        assert_eq!(signed.status, 303, "{}", signed.text);
        let sealed = others.are_served_while("C_Login", &|| browser.types_nothing_as(&of_stamp, &seal_at));
        assert_eq!(sealed.status, 303, "{}", sealed.text);
        let rehearsed = others.are_served_while("C_Login", &|| browser.types_nothing(&rehearse_at));
        let told = browser.get(&rehearsed.to).text;
        assert!(told.contains("diễn tập đạt"), "{told}");
        assert_eq!(entries(), (3, 1, 1), "each is done");
    });
}
