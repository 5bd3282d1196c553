//! Soát trước without a password: a slip at the end of a rehearsal, a phone that stays signed in, and nothing that it
//! opens but what a teacher may see.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pkcs11_fault::Faults;
use school::digest::Sha256;

use super::orders::shown;
use super::pages::{Browser, gives_account, look, module_of};
use super::periods::{accept, full_year};
use super::scratch_school::{ScratchSchool, Stamped, book, open_office, recorded, register_entries};
use crate::accounts::{Accounts, Role};
use crate::clock;
use crate::demo::loopback::Loopback;
use crate::demo::staff::{ADMIN_BOARD, HOMEROOM, LITERATURE, MATHEMATICS, STAFF_OF_ONE_CLASS, StaffMember};
use crate::demo::surroundings::Surroundings;

/// A school with the data of a class that its teachers may look at, by the name of their export, and an administrator
/// who can sign in.
fn with_data_to_review() -> (ScratchSchool, Sha256) {
    let mut school = ScratchSchool::open(|_, _| None);
    let export = accept(&mut school, &full_year());
    gives_account(school.folder(), "quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    (school, export)
}

/// The certificate of the teacher who rehearses in these tests.
fn of_mathematics(surroundings: &Surroundings) -> Sha256 {
    surroundings.authority.certificate(&MATHEMATICS).expect("one of the staff").sha256
}

/// What is printed, on the page of a slip.
fn code(page: &str) -> String {
    let printed = page.split("<p class=\"big\"><code>").nth(1).and_then(|rest| rest.split('<').next());
    printed.unwrap_or_else(|| panic!("no slip: {page}")).to_owned()
}

fn uses(browser: &Browser, slip: &str) -> super::pages::Answer {
    browser.sends("", "/dang-nhap/phieu", &format!("ma={slip}&may=rieng"))
}

/// Has a slip drawn: the page that shows it.
#[track_caller]
fn draws(browser: &Browser, cookies: &str, path: &str, form: &str) -> String {
    let drawn = browser.sends(cookies, path, form);
    assert_eq!(drawn.status, 303, "{}", drawn.text);
    drawn.to
}

/// Rehearses at the screen that this computer is: where the page leads.
fn rehearses(browser: &Browser, certificate: Sha256, person: &StaffMember, pin: &str) -> String {
    browser.until("/dien-tap", &certificate.to_string());
    let rehearsed = browser.types_pin(&format!("/dien-tap/{certificate}/{}/pin", person.id), pin);
    assert_eq!(rehearsed.status, 303, "{}", rehearsed.text);
    rehearsed.to
}

#[test]
fn who_rehearsed_takes_a_slip_along_and_reviews_on_a_phone_for_a_month_without_a_password() {
    let (school, export) = with_data_to_review();
    let folder = school.folder().to_owned();
    let certificate = of_mathematics(&school.surroundings);
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| {
        let get = format!("/dien-tap/phieu/{}", MATHEMATICS.id);
        assert_eq!(browser.sends("", &get, "").refusal(), "web.slip_not_earned", "nobody has rehearsed here");
        let wrong = rehearses(&browser, certificate, &MATHEMATICS, "000000");
        assert!(!browser.get(&wrong).text.contains(&get), "a wrong PIN earns nothing");
        // Anybody may say that this token is a colleague's: a proposal, which opens nothing of theirs.
        let posing = rehearses(&browser, certificate, &LITERATURE, MATHEMATICS.pin);
        assert!(browser.get(&posing).text.contains("diễn tập đạt"));
        let stolen = browser.sends("", &format!("/dien-tap/phieu/{}", LITERATURE.id), "");
        assert_eq!(stolen.refusal(), "web.slip_not_earned", "{}", stolen.text);

        let own = rehearses(&browser, certificate, &MATHEMATICS, MATHEMATICS.pin);
        assert!(browser.get(&own).text.contains(&get), "the slip is offered");
        let page = draws(&browser, "", &get, "");
        let slip = code(&browser.get(&page).text);
        assert_eq!(code(&browser.get(&page).text), slip, "loaded anew it is the same");
        assert_eq!(draws(&browser, "", &get, ""), page, "one rehearsal, one slip");
        assert!(!browser.get(&own).text.contains(&get));

        let entered = uses(&browser, &slip);
        assert_eq!((entered.status, entered.to.as_str()), (303, "/soat"), "{}", entered.text);
        assert!(entered.text.contains("Max-Age=25"), "30 days: {}", entered.text);
        assert_eq!(uses(&browser, &slip).refusal(), "account.slip_refused", "it opens once");
        let used = browser.get(&page);
        assert!(used.status == 410 && !used.text.contains(&slip), "and is shown no longer: {}", used.text);
        assert!(used.text.contains("Diễn tập lại để lấy phiếu mới"), "{}", used.text);
        let earned = browser.sends("", &get, "");
        assert_eq!(earned.refusal(), "web.slip_not_earned", "another one is earned by another rehearsal");
        let part = format!("/soat/{export}/TOAN");
        let phone = entered.cookies;
        assert_eq!(browser.sends(&phone, &part, "tra_loi=dung").status, 303);
        assert_eq!(recorded(&folder, "export.reviewed"), 1, "an answer without a password");
        for others in
            [format!("/soat/{export}/VAN"), "/tra-cuu".into(), "/cau-hinh".into(), "/khoa-so".into()]
        {
            assert!([403, 404].contains(&browser.get_as(&phone, &others).status), "{others}");
        }
        let of_another = browser.sends(&phone, &format!("/soat/{export}/VAN"), "tra_loi=dung");
        assert_eq!(of_another.refusal(), "export.not_your_part");

        // A second slip takes the place of the first: a lost phone is signed out by the new one. Nobody rehearses twice
        // within a second, in which both pages would be the same.
        std::thread::sleep(Duration::from_millis(1_100));
        rehearses(&browser, certificate, &MATHEMATICS, MATHEMATICS.pin);
        let second = draws(&browser, "", &get, "");
        let second = uses(&browser, &code(&browser.get(&second).text)).cookies;
        assert_eq!(browser.get_as(&phone, "/soat").status, 303, "the first is signed out");
        assert_eq!(browser.get_as(&second, "/soat").status, 200);
    });
}

#[test]
fn the_phone_stays_signed_in_over_a_restart_until_an_administrator_ends_it() {
    let (school, _) = with_data_to_review();
    let mut phone = String::new();
    let school = school.lend_office(|office, folder, surroundings| {
        let orders = tempfile::tempdir().expect("a scratch folder");
        let module = module_of(surroundings, &Faults::in_folder(orders.path()));
        phone = look(office, folder, module, |browser| {
            let admin = browser.signs_in("quan-tri", Role::Admin);
            let form = form_for_a_slip(&browser, &admin);
            let page = draws(&browser, &admin, "/cau-hinh/phieu", &form);
            let slip = code(&browser.get_as(&admin, &page).text);
            assert_eq!(draws(&browser, &admin, "/cau-hinh/phieu", &form), page, "sent twice, drawn once");
            assert_eq!(code(&browser.get_as(&admin, &page).text), slip);
            let other = browser.get_as(&browser.signs_in("quan-tri", Role::Admin), &page);
            assert!(other.status == 410 && !other.text.contains(&slip), "another session is not shown it");
            assert_eq!(browser.get(&page).status, 303, "and whoever is nobody even less");
            let phone = uses(&browser, &slip).cookies;
            let gone = browser.get_as(&admin, &page);
            assert!(gone.status == 410 && gone.text.contains("Lấy phiếu mới của"), "{}", gone.text);
            assert_eq!(browser.get_as(&phone, "/soat").status, 200);
            phone
        });
    });
    shown(school, |_, browser| {
        assert_eq!(browser.get_as(&phone, "/soat").status, 200, "the server was started anew");
        let book = browser.get_as(&phone, &format!("/ho-so/{}", book())).status;
        assert_eq!(book, 404, "there is no such document yet");
        let admin = browser.signs_in("quan-tri", Role::Admin);
        let list = browser.get_as(&admin, "/cau-hinh").text;
        assert!(list.contains("phiếu một lần") && list.contains(HOMEROOM.name), "{list}");
        assert_eq!(browser.sends(&admin, "/cau-hinh/phien/1/thu-hoi", "").status, 303);
        assert_eq!(browser.get_as(&phone, "/soat").status, 303, "it is signed out");
    });
}

#[test]
fn at_a_shared_computer_a_slip_keeps_nobody_signed_in_when_the_browser_is_closed() {
    let (school, _) = with_data_to_review();
    shown(school, |folder, browser| {
        let form = browser.get("/dang-nhap").text;
        assert!(
            form.contains("name=\"may\" value=\"chung\" checked"),
            "it is what nobody has to choose: {form}"
        );
        let admin = browser.signs_in("quan-tri", Role::Admin);
        let drawn = |said: &str| {
            let slip = drawn_by_administrator(browser, &admin);
            browser.sends("", "/dang-nhap/phieu", &format!("ma={slip}{said}"))
        };
        for said in ["", "&may=chung"] {
            let entered = drawn(said);
            assert_eq!((entered.status, entered.to.as_str()), (303, "/soat"), "{}", entered.text);
            assert!(!entered.text.contains("Max-Age"), "the cookie ends with the browser: {}", entered.text);
            assert_eq!(browser.get_as(&entered.cookies, "/soat").status, 200);
        }
        let kept = || {
            let accounts = Accounts::open(&folder.join("tai-khoan.sqlite")).expect("accounts");
            accounts.kept_sessions(clock::now()).expect("sessions").len()
        };
        assert_eq!(kept(), 0, "and nothing of it outlives the server");
        assert!(drawn("&may=rieng").text.contains("Max-Age=25"), "one's own stays signed in");
        assert_eq!(kept(), 1);
    });
}

/// What an administrator sends for a slip of the homeroom teacher, with the mark of the form that they were shown.
fn form_for_a_slip(browser: &Browser, admin: &str) -> String {
    let shown = browser.get_as(admin, "/cau-hinh").text;
    let mark = shown.split("name=\"lan\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    format!("nguoi={}&lan={}", HOMEROOM.id, mark.expect("the form bears a mark"))
}

/// Has a slip of the homeroom teacher drawn by an administrator: what is printed.
fn drawn_by_administrator(browser: &Browser, admin: &str) -> String {
    let page = draws(browser, admin, "/cau-hinh/phieu", &form_for_a_slip(browser, admin));
    code(&browser.get_as(admin, &page).text)
}

/// Nothing can be kept beside the register while this goes on.
fn while_nothing_is_recorded<T>(folder: &Path, goes_on: impl FnOnce() -> T) -> T {
    let (records, aside) = (folder.join("kho/ly-do"), folder.join("kho/ly-do-khac"));
    fs::rename(&records, &aside).expect("set aside");
    fs::write(&records, "in the place of a folder").expect("a file");
    let went = goes_on();
    fs::remove_file(&records).expect("away");
    fs::rename(&aside, &records).expect("back");
    went
}

#[test]
fn what_could_not_be_recorded_takes_no_slip_from_anybody() {
    let (school, _) = with_data_to_review();
    let certificate = of_mathematics(&school.surroundings);
    shown(school, |folder, browser| {
        let admin = browser.signs_in("quan-tri", Role::Admin);
        let slip = drawn_by_administrator(browser, &admin);
        let unrecorded = while_nothing_is_recorded(folder, || uses(browser, &slip));
        assert!(
            unrecorded.refusal() == "store.not_a_file" && !unrecorded.begins_a_session(),
            "{}",
            unrecorded.text
        );
        let entered = uses(browser, &slip);
        assert_eq!((entered.status, entered.to.as_str()), (303, "/soat"), "it still opens: {}", entered.text);

        let mark = format!("nguoi={}&lan={}", HOMEROOM.id, "a".repeat(64));
        let undrawn = while_nothing_is_recorded(folder, || browser.sends(&admin, "/cau-hinh/phieu", &mark));
        assert_eq!(undrawn.refusal(), "store.not_a_file", "{}", undrawn.text);
        let page = draws(browser, &admin, "/cau-hinh/phieu", &mark);
        assert_eq!(uses(browser, &code(&browser.get_as(&admin, &page).text)).status, 303, "the same form");

        rehearses(browser, certificate, &MATHEMATICS, MATHEMATICS.pin);
        let get = format!("/dien-tap/phieu/{}", MATHEMATICS.id);
        let undrawn = while_nothing_is_recorded(folder, || browser.sends("", &get, ""));
        assert_eq!(undrawn.refusal(), "store.not_a_file", "{}", undrawn.text);
        let page = draws(browser, "", &get, "");
        assert_eq!(uses(browser, &code(&browser.get(&page).text)).status, 303, "no rehearsal is lost");
    });
}

#[test]
fn of_browsers_that_use_or_draw_one_slip_at_once_one_gets_in_and_all_are_shown_the_same() {
    let (school, _) = with_data_to_review();
    let certificate = of_mathematics(&school.surroundings);
    shown(school, |folder, browser| {
        let at_once = |sends: &(dyn Fn() -> String + Sync)| -> Vec<String> {
            std::thread::scope(|scope| {
                let all: Vec<_> = (0..4).map(|_| scope.spawn(sends)).collect();
                all.into_iter().map(|one| one.join().expect("an answer")).collect()
            })
        };
        let changed = |change: &str| {
            let entries = register_entries(folder);
            let of_accounts = entries.iter().filter(|one| one["kind"] == "account.changed");
            of_accounts.filter(|one| one["body"]["change"] == change).count()
        };
        let admin = browser.signs_in("quan-tri", Role::Admin);
        let slip = drawn_by_administrator(browser, &admin);
        let mut tried = at_once(&|| {
            let answer = uses(browser, &slip);
            assert_eq!(answer.begins_a_session(), answer.refusal().is_empty(), "{}", answer.text);
            answer.refusal().to_owned()
        });
        tried.sort();
        assert_eq!(tried, ["", "account.slip_refused", "account.slip_refused", "account.slip_refused"]);
        assert_eq!(changed("slip-used"), 1, "nobody is recorded who did not get in");

        rehearses(browser, certificate, &MATHEMATICS, MATHEMATICS.pin);
        let before = changed("slip-drawn");
        let get = format!("/dien-tap/phieu/{}", MATHEMATICS.id);
        let drawn = at_once(&|| {
            let answer = browser.sends("", &get, "");
            assert_eq!(answer.status, 303, "{}", answer.text);
            answer.to
        });
        assert!(drawn.iter().all(|page| *page == drawn[0]), "{drawn:?}");
        assert_eq!(changed("slip-drawn"), before + 1);
    });
}

#[test]
fn while_the_first_roster_is_drawn_up_the_certificate_says_whose_slip_it_is() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let surroundings =
        Surroundings::found_for(folder.path(), clock::now(), &STAFF_OF_ONE_CLASS).expect("surroundings");
    let _loopback = Loopback::start(Arc::clone(&surroundings.authority), clock::now).expect("a responder");
    let office = open_office(&surroundings, folder.path(), Stamped::No);
    gives_account(folder.path(), "quan-tri", None, Role::Admin);
    let certificate = of_mathematics(&surroundings);
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&surroundings, &Faults::in_folder(orders.path()));
    look(office, folder.path(), module, |browser| {
        let admin = browser.signs_in("quan-tri", Role::Admin);
        let typed = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let school = "ten=Hoa+Phuong&ma=HOAPHUONG&cap_tren=UBND&noi=Hai+Phong&phuong=&tinh=&nguoi_dung_dau=&nam=2025-2026";
        let people =
            [MATHEMATICS, LITERATURE].map(|one| format!("{}; {}; {}; ", one.id, one.name, one.title));
        let people = format!("bang={}", typed(&people.join("\n")));
        for (path, form) in [("truong", school), ("nguoi", &people)] {
            let kept = browser.sends(&admin, &format!("/cau-hinh/nam-hoc/{path}"), form);
            assert_eq!(kept.status, 303, "{}", kept.text);
        }
        let slip_of = |person: &StaffMember| format!("/dien-tap/phieu/{}", person.id);
        let posing = rehearses(&browser, certificate, &LITERATURE, MATHEMATICS.pin);
        assert!(browser.get(&posing).text.contains("diễn tập đạt"));
        let stolen = browser.sends("", &slip_of(&LITERATURE), "");
        assert_eq!(
            stolen.refusal(),
            "web.slip_not_earned",
            "the certificate names somebody else: {}",
            stolen.text
        );

        let own = rehearses(&browser, certificate, &MATHEMATICS, MATHEMATICS.pin);
        assert!(browser.get(&own).text.contains(&slip_of(&MATHEMATICS)), "the slip is offered");
        let page = draws(&browser, "", &slip_of(&MATHEMATICS), "");
        let slip = code(&browser.get(&page).text);
        // Whoever comes to the screen next finds it put away.
        assert_eq!(browser.sends("", &format!("{page}/cat"), "").to, "/dien-tap");
        assert_eq!(browser.get(&page).status, 410);
        let entered = uses(&browser, &slip);
        assert_eq!((entered.status, entered.to.as_str()), (303, "/soat"), "{}", entered.text);
        let review = browser.get_as(&entered.cookies, "/soat");
        assert!(
            review.status == 200 && review.text.contains("Chưa có năm học nào được mở"),
            "{}",
            review.text
        );
    });
}
