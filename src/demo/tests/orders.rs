//! Whoever orders something on the pages is named by the entry that comes of it: the account in the record that lies
//! beside the register, whether or not the roster knows them.

use std::path::Path;

use openssl::x509::X509;
use pkcs11_fault::Faults;
use serde_json::Value;

use super::correcting::{corrected, opened, signed, sit};
use super::pages::{Browser, gives_account, look, module_of};
use super::periods::{accept, full_year};
use super::scratch_school::{ScratchSchool, register_entries};
use crate::accounts::Role;
use crate::demo::class_6a1;
use crate::demo::staff::{ADMIN_BOARD, DEPUTY, MATHEMATICS, OFFICE, PRINCIPAL, STAMP};

/// Shows the pages of a school with software tokens.
pub(super) fn shown<T: Send>(
    school: ScratchSchool,
    look_around: impl FnOnce(&Path, &Browser) -> T + Send,
) -> T {
    let folder = school.folder().to_owned();
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| look_around(&folder, &browser))
}

/// The body of the last entry of a kind, and who ordered it: account, role, person.
pub(super) fn last(folder: &Path, kind: &str) -> (Value, [String; 3]) {
    let entries = register_entries(folder);
    let entry = entries.iter().rfind(|entry| entry["kind"] == kind).unwrap_or_else(|| panic!("no {kind}"));
    let record =
        entry["body"]["record"].as_str().unwrap_or_else(|| panic!("{kind} names no record: {entry}"));
    let record = std::fs::read(folder.join(format!("kho/ly-do/{record}.json"))).expect("its record");
    let words: Value = serde_json::from_slice(&record).expect("JSON");
    let said = |name: &str| words[name].as_str().unwrap_or_default().to_owned();
    (entry["body"].clone(), ["account", "role", "person"].map(said))
}

#[track_caller]
pub(super) fn ordered_by(folder: &Path, kind: &str, who: [&str; 3]) {
    assert_eq!(last(folder, kind).1, who, "{kind}");
}

#[track_caller]
fn sends(browser: &Browser, cookies: &str, path: &str, form: &str) {
    let answer = browser.sends(cookies, path, form);
    assert_eq!(answer.status, 303, "{path}: {}", answer.text);
}

#[test]
fn rounds_readers_authorities_acts_and_decisions_name_the_account_that_ordered_them() {
    let mut school = ScratchSchool::open(|_, _| None);
    let export = accept(&mut school, &full_year());
    school.review(export);
    gives_account(school.folder(), "may-chu", None, Role::Admin);
    gives_account(school.folder(), "ban-quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    let der = school.surroundings.authority.issuing().expect("a CA").der;
    let pem = X509::from_der(&der).and_then(|authority| authority.to_pem()).expect("a certificate");
    let authority = String::from_utf8(pem).expect("text");
    shown(school, |folder, browser| {
        let nobodys = ["may-chu", "quan-tri", ""];
        let admin = browser.signs_in("may-chu", Role::Admin);
        sends(browser, &admin, "/dot-ky", "lop=6A1&ky=ca-nam");
        ordered_by(folder, "round.opened", nobodys);
        let page = browser.get_as(&admin, "/dot-ky").text;
        assert!(page.contains("6A1, Cả năm: chưa khóa sổ") && page.contains("Chưa mời ai"), "{page}");
        let nothing = browser.sends(&admin, "/dot-ky/1/de-lai", "");
        assert!(nothing.status != 303 && nothing.text.contains("round.empty"), "{}", nothing.text);
        sends(browser, &admin, "/dot-ky/1/de-lai", "phan=ca-nam_6A1");
        ordered_by(folder, "round.class-left-out", nobodys);
        let page = browser.get_as(&admin, "/dot-ky").text;
        assert!(page.contains("Đã để lại đợt sau: 6A1 (Cả năm)") && !page.contains("chưa khóa sổ"), "{page}");
        sends(browser, &admin, "/dot-ky/1/dong", "");
        ordered_by(folder, "round.closed", nobodys);
        sends(browser, &admin, "/cau-hinh/dau-doc", "dau_doc=Reader+00+00&man_hinh=van-phong-1");
        ordered_by(folder, "reader.assigned", nobodys);
        let loaded = browser.uploads(&admin, "/cau-hinh/ca", ("ca.pem", &authority));
        assert_eq!(loaded.status, 303, "{}", loaded.text);
        ordered_by(folder, "enrolment.authority-proposed", nobodys);

        let board = browser.signs_in("ban-quan-tri", Role::Admin);
        let boards = ["ban-quan-tri", "quan-tri", ADMIN_BOARD.id];
        sends(browser, &board, "/khoa-so/de-nghi", &format!("tep={export}&so=0001"));
        ordered_by(folder, "dossier.base", boards);
        let delegation = format!("so=01%2FUQ&nguoi={}&tu=01/01/2026&den=31/12/2027&loai=so-diem", DEPUTY.id);
        let proposed = browser.sends(&board, "/van-ban/lap/uy-quyen", &delegation);
        assert_eq!(proposed.status, 303, "{}", proposed.text);
        ordered_by(folder, "act.proposed", boards);
        let register: String = register_entries(folder).iter().map(Value::to_string).collect();
        assert!(!register.contains("may-chu"), "the name of an account stands in no entry");
    });
}

/// Plans a medium and seals it with the stamp.
#[track_caller]
pub(super) fn seals_a_medium(folder: &Path, browser: &Browser, office: &str) -> String {
    sends(browser, office, "/luu-tru/vat-mang", "");
    let planned = last(folder, "medium.planned").0;
    let medium = planned["set"][0]["medium"].as_str().expect("a medium").to_owned();
    browser.until("/ky", STAMP.name);
    let sealing = format!("/luu-tru/vat-mang/{medium}/niem-phong/pin");
    let sealed = browser.types_pin_as(office, &sealing, STAMP.pin);
    assert_eq!(sealed.status, 303, "{}", sealed.text);
    medium
}

/// The first device that the page of a medium offers, and where it is ordered to write.
#[track_caller]
pub(super) fn first_device(browser: &Browser, office: &str, medium: &str) -> String {
    let choose = format!("/luu-tru/ghi/{medium}");
    let devices = browser.get_as(office, &choose).text;
    let found = devices.split(&format!("href=\"{choose}/")).nth(1).and_then(|rest| rest.split('"').next());
    format!("{choose}/{}", found.unwrap_or_else(|| panic!("a burner: {devices}")))
}

#[test]
fn deposits_and_media_name_the_account_that_ordered_them() {
    let mut school = signed();
    gives_account(school.folder(), "van-phong", Some(&OFFICE), Role::Office);
    gives_account(school.folder(), "van-phong-2", Some(&PRINCIPAL), Role::Office);
    school.seal();
    shown(school, |folder, browser| {
        let office = browser.signs_in("van-phong", Role::Office);
        let by = ["van-phong", "van-phong", OFFICE.id];
        let medium = seals_a_medium(folder, browser, &office);
        ordered_by(folder, "medium.planned", by);
        ordered_by(folder, "medium.sealed", by);
        sends(browser, &office, &format!("/luu-tru/bang-tay/{medium}"), "loai=stick&thiet_bi=Kingston+1");
        ordered_by(folder, "medium.writing", by);
        sends(browser, &office, &format!("/luu-tru/ban-sao/{medium}-1"), "viec=hong");
        ordered_by(folder, "medium.spoiled", by);

        // A disc is spoiled by whoever stops its burning, not by who began it.
        let colleague = browser.signs_in("van-phong-2", Role::Office);
        let burner = first_device(browser, &office, &medium);
        let burning = browser.sends(&office, &burner, "dinh_dang=udf");
        assert_eq!(burning.status, 303, "{}", burning.text);
        browser.until_as(&office, &burning.to, "Đang ghi");
        sends(browser, &colleague, &format!("{}/dung", burning.to), "");
        browser.until_as(&office, &burning.to, "medium.cancelled");
        ordered_by(folder, "medium.writing", by);
        ordered_by(folder, "medium.spoiled", ["van-phong-2", "van-phong", PRINCIPAL.id]);
        let kinds = register_entries(folder);
        assert_eq!(kinds.iter().filter(|entry| entry["kind"] == "medium.spoiled").count(), 2);
    });
}

#[test]
fn a_deposit_is_sealed_on_the_order_of_whoever_types_the_pin_of_the_stamp() {
    let mut school = ScratchSchool::open(|_, _| None);
    school.drop_into_inbox(&class_6a1::snapshot());
    gives_account(school.folder(), "van-phong", Some(&OFFICE), Role::Office);
    shown(school, |folder, browser| {
        let office = browser.signs_in("van-phong", Role::Office);
        sends(browser, &office, "/luu-tru/lap", "loai=thoi-diem-1");
        let deposit = last(folder, "deposit.planned").0["deposit"].as_str().expect("a deposit").to_owned();
        sends(browser, &office, &format!("/luu-tru/{deposit}/dong-goi"), "");
        browser.until("/ky", STAMP.name);
        let sealed = browser.types_pin_as(&office, &format!("/luu-tru/{deposit}/niem-phong/pin"), STAMP.pin);
        assert_eq!(sealed.status, 303, "{}", sealed.text);
        ordered_by(folder, "deposit.sealed", ["van-phong", "van-phong", OFFICE.id]);
    });
}

#[test]
fn a_correction_names_who_asked_took_back_and_opened_it_and_who_brought_its_witnesses() {
    let mut school = signed();
    let case = opened(&mut school, &corrected("2026-06-08T09:20:00+07:00"));
    gives_account(school.folder(), "gv-toan", Some(&MATHEMATICS), Role::Teacher);
    gives_account(school.folder(), "ban-quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    let path = |number: &str| format!("/sua-chua/{}/{number}", case.year);
    let reason = "ly_do=Nh%E1%BA%ADp+nh%E1%BA%A7m+%C4%91i%E1%BB%83m.";
    let (mut school, asked) = school.looked_at(|browser| {
        let teacher = browser.signs_in("gv-toan", Role::Teacher);
        let board = browser.signs_in("ban-quan-tri", Role::Admin);
        let steps = [
            (&teacher, "0001", "de-nghi"),
            (&teacher, "0001", "rut"),
            (&board, "0001", "mo-lai"),
            (&teacher, "0002", "de-nghi"),
        ];
        steps.map(|(who, number, step)| {
            (step, browser.sends(who, &format!("{}/{step}", path(number)), reason))
        })
    });
    for (step, answer) in asked {
        assert_eq!(answer.status, 303, "{step}: {}", answer.text);
    }
    let folder = school.folder().to_owned();
    let boards = ["ban-quan-tri", "quan-tri", ADMIN_BOARD.id];
    ordered_by(&folder, "correction.opened", boards);
    ordered_by(&folder, "dossier.base", ["gv-toan", "giao-vien", MATHEMATICS.id]);
    for kind in ["correction.requested", "correction.withdrawn"] {
        assert_eq!(last(&folder, kind).0["person"], MATHEMATICS.id, "{kind}");
    }

    sit(&mut school, &[MATHEMATICS, PRINCIPAL]);
    shown(school, |folder, browser| {
        let board = browser.signs_in("ban-quan-tri", Role::Admin);
        let recorded = browser.brings_a_witness(&board, &format!("{}/bien-ban", path("0002")));
        assert_eq!(recorded.status, 303, "{}", recorded.text);
        let (body, who) = last(folder, "dossier.base");
        assert!(body["dossier"].as_str().is_some_and(|id| id.contains("bien-ban-sua-chua")), "{body}");
        assert_eq!(who, boards);
    });
}

#[test]
fn a_deposit_is_planned_and_packed_by_the_office_in_its_own_name() {
    let school = signed();
    gives_account(school.folder(), "van-phong", Some(&OFFICE), Role::Office);
    shown(school, |folder, browser| {
        let office = browser.signs_in("van-phong", Role::Office);
        let by = ["van-phong", "van-phong", OFFICE.id];
        sends(browser, &office, "/luu-tru/lap", "loai=ca-nam");
        ordered_by(folder, "deposit.planned", by);
        let deposit = last(folder, "deposit.planned").0["deposit"].as_str().expect("a deposit").to_owned();
        sends(browser, &office, &format!("/luu-tru/{deposit}/dong-goi"), "");
        ordered_by(folder, "deposit.built", by);
    });
}

#[test]
fn a_session_that_somebody_else_ends_is_an_entry_that_names_both() {
    let school = ScratchSchool::open(|_, _| None);
    gives_account(school.folder(), "quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    gives_account(school.folder(), "giao-vien", Some(&MATHEMATICS), Role::Teacher);
    shown(school, |folder, browser| {
        let (teacher, admin) =
            (browser.signs_in("giao-vien", Role::Teacher), browser.signs_in("quan-tri", Role::Admin));
        sends(browser, &admin, "/cau-hinh/phien/1/thu-hoi", "");
        assert_eq!(browser.get_as(&teacher, "/soat").status, 303, "signed out");
        let (body, _) = last(folder, "account.changed");
        assert_eq!((&body["change"], &body["by"]), (&"session-ended".into(), &ADMIN_BOARD.id.into()));
        assert_eq!(body["person"], MATHEMATICS.id);
        let record =
            std::fs::read(folder.join(format!("kho/ly-do/{}.json", body["record"].as_str().expect("it"))));
        let words: Value = serde_json::from_slice(&record.expect("its record")).expect("JSON");
        assert_eq!((&words["account"], &words["actor"]), (&"giao-vien".into(), &"quan-tri".into()));
        let entries = register_entries(folder).len();
        sends(browser, &admin, "/cau-hinh/phien/1/thu-hoi", "");
        assert_eq!(register_entries(folder).len(), entries, "what has ended is ended by nobody");
    });
}
