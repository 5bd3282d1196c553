//! A year that waits for the signatures of principal and stamp: its staff and plans are nobody else's to read at a
//! screen.

use pkcs11_fault::{Fault, Faults};

use super::pages::{gives_account, look, module_of};
use super::scratch_school::ScratchSchool;
use crate::accounts::Role;
use crate::clerk;
use crate::demo::school::{YEAR, written};
use crate::demo::staff::{ADMIN_BOARD, HOMEROOM, MATHEMATICS, PRINCIPAL, STAMP};

#[test]
fn what_principal_and_stamp_are_to_sign_is_read_by_them_and_by_nobody_who_only_stands_at_the_screen() {
    let mut school = ScratchSchool::open(|_, _| None);
    let roster = school.office.year(written(YEAR)).expect("open").roster.1.clone();
    clerk::confirm_bindings(&mut school.office, &roster, &roster.admin_board).expect("confirmed");
    for (name, person, role) in [
        ("quan-tri", &ADMIN_BOARD, Role::Admin),
        ("gv-toan", &MATHEMATICS, Role::Teacher),
        ("hieu-truong", &PRINCIPAL, Role::Principal),
    ] {
        gives_account(school.folder(), name, Some(person), role);
    }
    let folder = school.folder().to_owned();
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let pulled = [PRINCIPAL, STAMP].map(|one| Fault::Removed { label: one.label.to_owned() });
    faults.set(&pulled);
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        let admin = browser.signs_in("quan-tri", Role::Admin);
        assert_eq!(browser.sends(&admin, "/cau-hinh/nam-hoc/sau", "nam=2026-2027").status, 303);
        let (page, file) = ("/nam-hoc", "/nam-hoc/tep/roster.json");
        let reads = |cookies: &str| browser.get_as(cookies, page).text.contains(HOMEROOM.name);
        let asked = browser.get(page);
        assert!(
            asked.status == 200 && asked.text.contains("Cắm USB token của Hiệu trưởng"),
            "{}",
            asked.text
        );
        assert!(!reads(""), "{}", asked.text);
        let sent = browser.get(file);
        assert!(sent.status == 303 && sent.to.starts_with("/dang-nhap"), "{}", sent.text);
        let teacher = browser.signs_in("gv-toan", Role::Teacher);
        assert!(!reads(&teacher));
        assert_eq!(browser.get_as(&teacher, file).status, 403);
        let principal = browser.signs_in("hieu-truong", Role::Principal);
        assert!(reads(&principal));
        assert_eq!(browser.get_as(&principal, file).status, 200);

        faults.set(&pulled[1..]);
        browser.until(page, HOMEROOM.name);
        assert_eq!(browser.get(file).status, 200, "whoever plugged the token in reads what it is to sign");
    });
}
