//! A refusal and its answer on the pages: whoever refused waits, ban quản trị answers.

use super::pages::{gives_account, look, module_of};
use super::refusals::with_documents;
use super::scratch_school::{ScratchSchool, book};
use crate::accounts::Role;
use crate::demo::staff::{ADMIN_BOARD, HOMEROOM};

#[test]
fn whoever_refused_is_told_that_ban_quan_tri_answers_and_answers_nothing_herself() {
    let school = with_documents(ScratchSchool::open(|_, _| None));
    gives_account(school.folder(), "gvcn", Some(&HOMEROOM), Role::Teacher);
    gives_account(school.folder(), "gvcn-vp", Some(&HOMEROOM), Role::Office);
    gives_account(school.folder(), "ban-quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    let folder = school.folder().to_owned();
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &pkcs11_fault::Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| {
        let page = format!("/ho-so/{}", book());
        let (refuse, answer) = (format!("{page}/tu-choi"), format!("{page}/tra-loi"));
        let teacher = browser.signs_in("gvcn", Role::Teacher);
        assert!(browser.get_as(&teacher, &page).text.contains(&refuse));
        let refused = browser.sends(&teacher, &refuse, "ly_do=Xin+xem+l%E1%BA%A1i.");
        assert_eq!(refused.status, 303, "{}", refused.text);
        for cookies in [teacher, browser.signs_in("gvcn-vp", Role::Office)] {
            let shown = browser.get_as(&cookies, &page).text;
            assert!(shown.contains("chờ ban quản trị trả lời") && !shown.contains(&answer), "{shown}");
            let refused = browser.sends(&cookies, &answer, "ly_do=T%C3%B4i+tr%E1%BA%A3+l%E1%BB%9Di.");
            assert_eq!(refused.refusal(), "web.not_allowed", "{}", refused.text);
        }

        let admin = browser.signs_in("ban-quan-tri", Role::Admin);
        assert!(browser.get_as(&admin, &page).text.contains(&answer));
        let answered = browser.sends(&admin, &answer, "ly_do=%C4%90%C3%BAng.");
        assert_eq!(answered.status, 303, "{}", answered.text);
        assert!(!browser.get_as(&admin, &page).text.contains("cần xử lý"), "it goes on");
    });
}
