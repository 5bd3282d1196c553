//! Soát trước without a password: a slip at the end of a rehearsal, a phone that stays signed in, and nothing that it
//! opens but what a teacher may see.

use std::time::Duration;

use pkcs11_fault::Faults;
use school::digest::Sha256;

use super::orders::shown;
use super::pages::{Browser, gives_account, look, module_of};
use super::periods::{accept, full_year};
use super::scratch_school::{ScratchSchool, book, recorded};
use crate::accounts::Role;
use crate::demo::staff::{ADMIN_BOARD, HOMEROOM, LITERATURE, MATHEMATICS, StaffMember};

/// What is printed, on the page of a slip.
fn code(page: &str) -> String {
    let printed = page.split("<p class=\"big\"><code>").nth(1).and_then(|rest| rest.split('<').next());
    printed.unwrap_or_else(|| panic!("no slip: {page}")).to_owned()
}

fn uses(browser: &Browser, slip: &str) -> super::pages::Answer {
    browser.sends("", "/dang-nhap/phieu", &format!("ma={slip}"))
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
    let mut school = ScratchSchool::open(|_, _| None);
    let export = accept(&mut school, &full_year());
    gives_account(school.folder(), "quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    let folder = school.folder().to_owned();
    let certificate =
        school.surroundings.authority.certificate(&MATHEMATICS).expect("one of the staff").sha256;
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| {
        let get = format!("/dien-tap/phieu/{}", MATHEMATICS.id);
        assert_eq!(browser.sends("", &get, "").status, 403, "nobody has rehearsed here");
        let wrong = rehearses(&browser, certificate, &MATHEMATICS, "000000");
        assert!(!browser.get(&wrong).text.contains(&get), "a wrong PIN earns nothing");
        // Anybody may say that this token is a colleague's: a proposal, which opens nothing of theirs.
        let posing = rehearses(&browser, certificate, &LITERATURE, MATHEMATICS.pin);
        assert!(browser.get(&posing).text.contains("diễn tập đạt"));
        let stolen = browser.sends("", &format!("/dien-tap/phieu/{}", LITERATURE.id), "");
        assert_eq!(stolen.status, 403, "{}", stolen.text);

        let own = rehearses(&browser, certificate, &MATHEMATICS, MATHEMATICS.pin);
        assert!(browser.get(&own).text.contains(&get), "the slip is offered");
        let page = browser.sends("", &get, "");
        assert_eq!(page.status, 200, "{}", page.text);
        let slip = code(&page.text);
        assert_eq!(browser.sends("", &get, "").status, 403, "one rehearsal, one slip");
        assert!(!browser.get(&own).text.contains(&get));

        let entered = uses(&browser, &slip);
        assert_eq!((entered.status, entered.to.as_str()), (303, "/soat"), "{}", entered.text);
        assert!(entered.text.contains("Max-Age=25"), "30 days: {}", entered.text);
        assert_eq!(uses(&browser, &slip).status, 403, "it opens once");
        let part = format!("/soat/{export}/TOAN");
        let phone = entered.cookies;
        assert_eq!(browser.sends(&phone, &part, "tra_loi=dung").status, 303);
        assert_eq!(recorded(&folder, "export.reviewed"), 1, "an answer without a password");
        for others in
            [format!("/soat/{export}/VAN"), "/tra-cuu".into(), "/cau-hinh".into(), "/khoa-so".into()]
        {
            assert!([403, 404].contains(&browser.get_as(&phone, &others).status), "{others}");
        }
        assert_eq!(browser.sends(&phone, &format!("/soat/{export}/VAN"), "tra_loi=dung").status, 409);

        // A second slip takes the place of the first: a lost phone is signed out by the new one. Nobody rehearses twice
        // within a second, in which both pages would be the same.
        std::thread::sleep(Duration::from_millis(1_100));
        rehearses(&browser, certificate, &MATHEMATICS, MATHEMATICS.pin);
        let second = uses(&browser, &code(&browser.sends("", &get, "").text)).cookies;
        assert_eq!(browser.get_as(&phone, "/soat").status, 303, "the first is signed out");
        assert_eq!(browser.get_as(&second, "/soat").status, 200);
    });
}

#[test]
fn the_phone_stays_signed_in_over_a_restart_until_an_administrator_ends_it() {
    let mut school = ScratchSchool::open(|_, _| None);
    accept(&mut school, &full_year());
    gives_account(school.folder(), "quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    let mut phone = String::new();
    let school = school.lend_office(|office, folder, surroundings| {
        let orders = tempfile::tempdir().expect("a scratch folder");
        let module = module_of(surroundings, &Faults::in_folder(orders.path()));
        phone = look(office, folder, module, |browser| {
            let admin = browser.signs_in("quan-tri", Role::Admin);
            let shown = browser.get_as(&admin, "/cau-hinh").text;
            let mark = shown.split("name=\"lan\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
            let form = format!("nguoi={}&lan={}", HOMEROOM.id, mark.expect("the form bears a mark"));
            let slip = browser.sends(&admin, "/cau-hinh/phieu", &form);
            let reloaded = browser.sends(&admin, "/cau-hinh/phieu", &form);
            assert!(reloaded.status == 409 && reloaded.text.contains("web.form_sent"), "{}", reloaded.text);
            let phone = uses(&browser, &code(&slip.text)).cookies;
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
