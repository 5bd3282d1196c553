//! The head's page of a class: five transcripts drawn by lot; and what a second browser shows while somebody signs.

use std::collections::BTreeSet;

use pkcs11_fault::{Fault, Faults, When, sys};
use school::dossier::{DocumentKind, DossierId};

use super::orders::shown;
use super::pages::{Browser, gives_account, look, module_of};
use super::plans::only;
use super::scratch_school::ScratchSchool;
use super::whole_school::{OVER, gives_the_head_an_account, head_signs_in, signed_by};
use crate::accounts::Role;
use crate::clerk;
use crate::demo::staff::{
    ADMIN_BOARD, DEPUTY, HOMEROOM, LITERATURE, MATHEMATICS, PHYSICAL_EDUCATION, PRINCIPAL,
};

/// Everybody but head and stamp has signed twelve transcripts and the class book.
fn before_the_head() -> ScratchSchool {
    let plans = only(&[DocumentKind::SoDiem, DocumentKind::HocBa]);
    let mut school = ScratchSchool::with_plans(&plans, |_, _| None);
    school.propose_lock();
    school.decided();
    clerk::make_bases(&mut school.office).expect("made");
    for member in [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, HOMEROOM] {
        school.sit(member.label, member.pin).expect("signed");
    }
    gives_the_head_an_account(school.folder());
    school
}

/// The transcripts that the page offers to open.
fn drawn(browser: &Browser, cookies: &str, page: &str) -> BTreeSet<String> {
    let text = browser.get_as(cookies, page).text;
    let list = text.split("Học bạ rút ngẫu nhiên để xem").nth(1).unwrap_or_else(|| panic!("{text}"));
    let list = list.split("</ul>").next().unwrap_or_default();
    list.split("href=\"/ho-so/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_deputy_is_called_by_their_title_and_reads_what_a_decision_names_beside_its_number() {
    let mut school = ScratchSchool::open(|_, _| None);
    let decision = school.propose_lock();
    gives_account(school.folder(), "pho", Some(&DEPUTY), Role::Principal);
    gives_account(school.folder(), "ban-quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    gives_the_head_an_account(school.folder());
    shown(school, |_, browser| {
        let deputy = browser.signs_in("pho", Role::Principal);
        let head_of = |cookies: &str| {
            let text = browser.get_as(cookies, "/").text;
            text.split("<nav").next().unwrap_or_default().to_owned()
        };
        let (own, principal) = (head_of(&deputy), head_of(&head_signs_in(browser)));
        assert!(own.contains("Phó Hiệu trưởng") && own.contains("Deputy head"), "{own}");
        assert!(principal.contains("Hiệu trưởng") && !principal.contains("Phó Hiệu trưởng"), "{principal}");

        let admin = browser.signs_in("ban-quan-tri", Role::Admin);
        let accounts = browser.get_as(&admin, "/cau-hinh").text;
        let row = |name: &str| {
            let row = accounts.split(&format!("<td translate=\"no\">{name}</td>")).nth(1);
            row.and_then(|rest| rest.split("<details").next()).unwrap_or_else(|| panic!("{name}: {accounts}"))
        };
        assert!(row("pho").contains("Phó Hiệu trưởng") && !row("hieu-truong").contains("Phó Hiệu trưởng"));

        let listed = browser.get_as(&deputy, "/khoa-so").text;
        let listed = listed.split("Quyết định khóa sổ 0001").nth(1).unwrap_or_else(|| panic!("{listed}"));
        assert!(listed.split("</li>").next().is_some_and(|one| one.contains("Lớp 6A1, Cả năm")), "{listed}");
        let page = browser.get_as(&deputy, &format!("/ho-so/{decision}")).text;
        assert!(page.contains("Lớp 6A1, Cả năm"), "{page}");
        let title = page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap_or_default();
        assert!(title.contains("Decision to lock<"), "the key of a decision says no period: {title}");
    });
}

#[test]
fn five_transcripts_of_the_class_are_drawn_by_lot_at_each_look_and_open() {
    let school = before_the_head();
    let folder = school.folder().to_owned();
    let dossiers = school.office.ledger().dossiers.iter();
    let of_pupils = dossiers.filter(|(_, one)| one.key.kind() == DocumentKind::HocBa);
    let all: BTreeSet<String> = of_pupils.map(|(id, _): (&DossierId, _)| id.to_string()).collect();
    assert_eq!(all.len(), 12);
    let certificate = school.surroundings.authority.certificate(&PRINCIPAL).expect("one of the staff").sha256;
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| {
        browser.until("/ky", PRINCIPAL.name);
        let page = format!("/ky/{certificate}/lop/6A1");
        assert_eq!(browser.get(&page).status, 303, "nobody without signing in");
        let cookies = head_signs_in(&browser);
        let looks: Vec<BTreeSet<String>> = (0..20).map(|_| drawn(&browser, &cookies, &page)).collect();
        for five in &looks {
            assert!(five.len() == 5 && five.is_subset(&all), "{five:?}");
        }
        // Twenty times the same five of twelve: once in 792 to the nineteenth.
        assert!(looks.iter().any(|five| *five != looks[0]), "{looks:?}");
        let seen: BTreeSet<&String> = looks.iter().flatten().collect();
        assert!(seen.len() > 8, "no pupil is left out for good: {seen:?}");
        for id in &looks[0] {
            assert_eq!(browser.get_as(&cookies, &format!("/ho-so/{id}")).status, 200, "{id}");
            assert!(browser.get_as(&cookies, &format!("/ho-so/{id}/0.pdf")).text.contains("%PDF-"), "{id}");
        }
    });
}

#[test]
fn whoever_opened_the_list_with_the_pin_reads_before_they_type_it_again() {
    let school = before_the_head();
    let folder = school.folder().to_owned();
    let certificate = school.surroundings.authority.certificate(&PRINCIPAL).expect("one of the staff").sha256;
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| {
        browser.until("/ky", PRINCIPAL.name);
        let page = format!("/ky/{certificate}");
        let at = |text: &str, words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
        let stranger = browser.get(&page).text;
        assert!(at(&stranger, "Xem từng hồ sơ trước khi ký") < at(&stranger, "id=\"pin\""), "{stranger}");
        assert!(stranger.contains("autofocus"), "whoever comes to sign types at once: {stranger}");

        let opened = browser.types_pin(&format!("/dang-nhap/token/{certificate}/pin"), PRINCIPAL.pin);
        assert_eq!((opened.status, &opened.to), (303, &page), "{}", opened.text);
        let list = browser.get_as(&opened.cookies, &page).text;
        assert!(
            at(&list, "thì chưa ký gì") < at(&list, "/lop/6A1\"")
                && at(&list, "/lop/6A1\"") < at(&list, "id=\"pin\""),
            "{list}"
        );
        assert!(!list.contains("autofocus"), "a PIN typed once more by habit goes nowhere: {list}");

        let first = browser.get_as(&opened.cookies, "/ky").text;
        assert!(at(&first, PRINCIPAL.name) < at(&first, HOMEROOM.name), "the own card first: {first}");
        assert!(first.contains("Bấm chưa phải là ký"), "nobody wonders whether the button signs: {first}");
        let folded = at(&first, "<details><summary>USB token của người khác");
        assert!(at(&first, PRINCIPAL.name) < folded && folded < at(&first, HOMEROOM.name), "{first}");
    });
}

#[test]
fn a_document_names_its_class_leads_back_to_it_and_opens_where_it_is_signed() {
    let school = before_the_head();
    let folder = school.folder().to_owned();
    let certificate = school.surroundings.authority.certificate(&PRINCIPAL).expect("one of the staff").sha256;
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| {
        browser.until("/ky", PRINCIPAL.name);
        let cookies = head_signs_in(&browser);
        let class_page = format!("/ky/{certificate}/lop/6A1");
        let offered = drawn(&browser, &cookies, &class_page);
        let id = offered.first().expect("a transcript");
        let page = browser.get_as(&cookies, &format!("/ho-so/{id}")).text;
        for words in [
            "lớp 6A1",
            &format!("href=\"{class_page}\""),
            "href=\"#tu-choi\"",
            "href=\"/ho-so?lop=6A1&amp;loai=hoc-ba",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let opens_at = page.split(".pdf#page=").nth(1).and_then(|rest| rest.split('"').next());
        let opens_at: usize = opens_at.and_then(|number| number.parse().ok()).expect("a page");
        assert!(opens_at > 1, "not at its cover: {page}");

        let refused = format!("ho_so={id}&ly_do=Xin+xem+l%E1%BA%A1i");
        assert_eq!(browser.sends(&cookies, &format!("{class_page}/tu-choi"), &refused).status, 303);
        for path in [&class_page, &format!("/ky/{certificate}"), &"/".to_owned()] {
            let text = browser.get_as(&cookies, path).text;
            let line = text
                .split(&format!("href=\"/ho-so/{id}\""))
                .nth(1)
                .unwrap_or_else(|| panic!("{path}: {text}"));
            let line = line.split("</li>").next().unwrap_or_default();
            assert!(
                line.contains(PRINCIPAL.name) && line.contains("“Xin xem lại”"),
                "who and why, on {path}: {line}"
            );
        }
        // A cell of the overview leads to what stands there, and not to all of the class.
        let list = |stage: &str| {
            let stage = stage.replace(' ', "+");
            browser.get_as(&cookies, &format!("/ho-so?lop=6A1&loai=hoc-ba&noi={stage}")).text
        };
        let overview = browser.get_as(&cookies, "/").text;
        assert_eq!(
            overview.matches("loai=hoc-ba&amp;ky=ca-nam&amp;noi=").count(),
            2,
            "a stage, a way: {overview}"
        );
        let (refused, others) =
            (list("c%E1%BA%A7n+x%E1%BB%AD+l%C3%BD"), list("ch%E1%BB%9D+Hi%E1%BB%87u+tr%C6%B0%E1%BB%9Fng"));
        assert!(refused.contains("1 hồ sơ") && refused.contains(id.as_str()), "{refused}");
        assert!(others.contains("11 hồ sơ") && !others.contains(id.as_str()), "{others}");
        let stranger = browser.get(&format!("/ky/{certificate}")).text;
        assert!(stranger.contains("Không ký: <strong>1 hồ sơ"), "{stranger}");
        assert!(!stranger.contains("Xin xem lại"), "counts alone where nobody signed in: {stranger}");
    });
}

#[test]
fn after_a_pulled_token_the_result_counts_what_was_signed_before_it_as_well() {
    let school = before_the_head();
    let folder = school.folder().to_owned();
    let certificate = school.surroundings.authority.certificate(&PRINCIPAL).expect("one of the staff").sha256;
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        browser.until("/ky", PRINCIPAL.name);
        let signs = || {
            let visit = browser.types_pin(&format!("/ky/{certificate}/pin"), PRINCIPAL.pin);
            browser.until(&visit.to, OVER)
        };
        let (function, when) = ("C_Sign".into(), When::Once(6));
        faults.set(&[Fault::Answer { function, when, value: sys::CKR_DEVICE_REMOVED }]);
        let pulled = signs();
        assert_eq!(signed_by(&pulled), 5, "{pulled}");
        assert!(pulled.contains("8 hồ sơ chưa ký: ") && !pulled.contains("Cả ngày"), "{pulled}");
        faults.set(&[]);
        let rest = signs();
        assert_eq!(signed_by(&rest), 8, "{rest}");
        assert!(rest.contains("Cả ngày, gồm các lần trước: <strong>13 hồ sơ đã ký"), "{rest}");
    });
}

/// How far a sitting is, as its page says.
fn figures(browser: &Browser, cookies: &str, page: &str) -> (usize, bool) {
    let text = browser.get_as(cookies, page).text;
    if text.contains(OVER) {
        return (signed_by(&text), true);
    }
    let progress = text.split("<progress").nth(1);
    let value =
        progress.and_then(|rest| rest.split("value=\"").nth(1)).and_then(|rest| rest.split('"').next());
    (value.and_then(|value| value.parse().ok()).unwrap_or(0), false)
}

#[test]
fn a_second_browser_shows_the_same_sitting_while_it_goes_on_and_when_it_is_over() {
    let school = before_the_head();
    let folder = school.folder().to_owned();
    let certificate = school.surroundings.authority.certificate(&PRINCIPAL).expect("one of the staff").sha256;
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    faults.set(&[Fault::Slow { function: "C_Sign".into(), wait_ms: 300 }]);
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        browser.until("/ky", PRINCIPAL.name);
        let cookies = head_signs_in(&browser);
        let visit = browser.types_pin(&format!("/ky/{certificate}/pin"), PRINCIPAL.pin);
        assert_eq!(visit.status, 303, "{}", visit.text);
        // Another one finds the sitting from the first page of the screen.
        let other = head_signs_in(&browser);
        assert_ne!(cookies, other);
        assert!(browser.get_as(&other, "/ky").text.contains(&visit.to), "it leads to what is under way");
        let mut in_the_middle = 0;
        loop {
            let (before, _) = figures(&browser, &cookies, &visit.to);
            let (seen, _) = figures(&browser, &other, &visit.to);
            let (after, over) = figures(&browser, &cookies, &visit.to);
            assert!(before <= seen && seen <= after, "{before}, {seen}, {after}");
            in_the_middle += usize::from(0 < seen && seen < 13);
            if over {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        assert!(in_the_middle > 0, "it was seen under way");
        let (one, two) = (figures(&browser, &cookies, &visit.to), figures(&browser, &other, &visit.to));
        assert_eq!((one, two), ((13, true), (13, true)));
        for cookies in [&cookies, &other] {
            let text = browser.get_as(cookies, "/ho-so?lop=6A1&loai=hoc-ba").text;
            assert_eq!(text.matches("chờ đóng dấu").count(), 12, "{text}");
        }
    });
}
