//! Signed files given out of the archive at the pages: on an order that is an entry before anybody sees a file.

use school::digest::Sha256;

use super::correcting::signed;
use super::leaver::value;
use super::orders::{first_device, last, seals_a_medium, shown};
use super::pages::gives_account;
use super::scratch_school::{book, recorded, transcript};
use crate::accounts::{Accounts, Role};
use crate::demo::staff::{ADMIN_BOARD, MATHEMATICS, OFFICE, PRINCIPAL};

const PUPIL: &str = "Nguyễn Hoàng Thiên Ân";

#[test]
fn the_office_gives_signed_files_out_of_the_archive_on_an_order_that_is_recorded_first() {
    let mut school = signed();
    for (name, person, role) in [
        ("van-phong", Some(&OFFICE), Role::Office),
        ("van-phong-khach", None, Role::Office),
        ("hieu-truong", Some(&PRINCIPAL), Role::Principal),
        ("quan-tri", Some(&ADMIN_BOARD), Role::Admin),
        ("gv-toan", Some(&MATHEMATICS), Role::Teacher),
        ("thanh-tra", None, Role::Inspector),
    ] {
        gives_account(school.folder(), name, person, role);
    }
    school.seal();
    shown(school, |folder, browser| {
        let office = browser.signs_in("van-phong", Role::Office);
        let medium = seals_a_medium(folder, browser, &office);
        let (wanted, other) = (transcript(), book());
        let ask = format!("/tra-cuu/trich-xuat?ho_so={wanted}&ho_so={other}&muc_dich=Chuyen+truong");
        let early = browser.get_as(&office, &ask).text;
        assert!(
            early.contains("extract.not_on_copy") && !early.contains("name=\"lenh\""),
            "no copy yet: {early}"
        );
        let burning = browser.sends(&office, &first_device(browser, &office, &medium), "dinh_dang=udf");
        assert_eq!(burning.status, 303, "{}", burning.text);
        let read_back = browser.until_as(&office, &burning.to, "RÚT ĐƯỢC RỒI");
        assert!(read_back.contains("đã đọc lại khớp"), "{read_back}");

        let found = browser.get_as(&office, "/tra-cuu?lop=2025-2026/6A1").text;
        assert!(found.contains("formaction=\"/tra-cuu/trich-xuat\""), "{found}");
        let page = browser.get_as(&office, &ask).text;
        let copy = format!("{medium}-1");
        assert!(page.contains(&copy) && page.contains(PUPIL), "{page}");
        assert!(
            page.contains("name=\"muc-dich\" value=\"Chuyen truong\""),
            "what was typed goes along: {page}"
        );
        let mark = value(&page, "lan");
        let order = |documents: &str, purpose: &str| {
            format!(
                "lan={mark}&{documents}&ban_sao={copy}&lenh=Hieu+truong+so+12&muc-dich={purpose}\
                 &nhan=Truong+Sao+Mai&den=&chung_kien={}",
                PRINCIPAL.id
            )
        };
        let documents = format!("ho_so={wanted}&ho_so={other}");
        let give = "/tra-cuu/trich-xuat";
        let whole = order(&documents, "Chuyen+truong");
        for (form, code) in [
            (order(&documents, "+"), "web.reason_missing"),
            (order("", "Chuyen+truong"), "web.form"),
            (order("ho_so=2025-2026_ca-nam_hoc-ba_HS9999", "Chuyen+truong"), "extract.not_on_copy"),
        ] {
            let refused = browser.sends(&office, give, &form);
            assert_eq!(refused.refusal(), code, "{}", refused.text);
        }
        for (name, role, code) in [
            ("hieu-truong", Role::Principal, "web.not_allowed"),
            ("quan-tri", Role::Admin, "web.not_allowed"),
            ("gv-toan", Role::Teacher, "web.not_allowed"),
            ("thanh-tra", Role::Inspector, "web.not_allowed"),
            ("van-phong-khach", Role::Office, "account.no_person"),
        ] {
            let cookies = browser.signs_in(name, role);
            assert_eq!(browser.get_as(&cookies, &ask).status, 403, "{name}");
            assert_eq!(browser.sends(&cookies, give, &whole).refusal(), code, "{name}");
            let found = browser.get_as(&cookies, "/tra-cuu?lop=2025-2026/6A1").text;
            assert!(!found.contains("trich-xuat"), "{name} is offered none: {found}");
        }
        assert_eq!(recorded(folder, "medium.handed-over"), 0, "nothing was given");

        let given = browser.sends(&office, give, &whole);
        assert_eq!(given.status, 303, "{}", given.text);
        assert_eq!(browser.sends(&office, give, &whole).to, given.to, "sent twice");
        assert_eq!(recorded(folder, "medium.handed-over"), 1, "it was ordered once");
        let (entry, _) = last(folder, "medium.handed-over");
        assert_eq!(entry["people"], serde_json::json!([OFFICE.id, PRINCIPAL.id]), "who gave it, who watched");
        assert!(!entry.to_string().contains("Sao Mai"), "the entry names nobody: {entry}");

        let shown = browser.get_as(&office, &given.to).text;
        for words in [PUPIL, OFFICE.name, PRINCIPAL.name, "Hieu truong so 12", "Truong Sao Mai", &copy] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let link = |begins: &str, ends: &str| {
            let links = shown.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
            let mut found = links.filter(|one| one.starts_with(begins) && one.ends_with(ends));
            found.next().unwrap_or_else(|| panic!("no {begins}…{ends}: {shown}")).to_owned()
        };
        let file = browser.downloads(&office, &link(&format!("/ho-so/{wanted}/"), ".pdf?tai=1"));
        assert!(shown.contains(&Sha256::of(&file).to_string()), "the file that the order names");
        let record = browser.downloads(&office, &link(&format!("/luu-tru/ban-sao/{copy}/"), "giao-nhan"));
        assert!(record.starts_with(b"%PDF-"), "the record for both sides");
        let printed = format!("{documents}&muc_dich={}&lan=another", "Trich");
        assert_eq!(browser.sends(&office, "/tra-cuu/in", &printed).status, 303);
        assert!(browser.get_as(&office, "/tra-cuu").text.contains(&given.to), "it is found again");

        let inspector = browser.signs_in("thanh-tra", Role::Inspector);
        assert_eq!(browser.get_as(&inspector, &given.to).status, 200);
        let accounts = Accounts::open(&folder.join("tai-khoan.sqlite")).expect("accounts");
        let looks = accounts.accesses(10).expect("accesses");
        let noted = |one: &crate::accounts::Access| one.who == "thanh-tra" && one.of == "danh-sach/1 hoc-ba";
        assert!(looks.iter().any(noted), "whoever reads the pupil's name is noted: {looks:?}");
        for (name, role) in [("quan-tri", Role::Admin), ("gv-toan", Role::Teacher)] {
            assert_eq!(browser.get_as(&browser.signs_in(name, role), &given.to).status, 403, "{name}");
        }
        assert_eq!(browser.get_as(&office, "/tra-cuu/trich-xuat/1").status, 404, "another entry");
    });
}
