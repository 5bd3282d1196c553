//! Pupils whose names would like to be a script: every page that shows them shows names.

use pkcs11_fault::Faults;
use school::dossier::{DocumentKind, DossierKey, DossierOf, Period};

use super::pages::{Browser, look, module_of};
use super::periods::accept;
use super::plans::only;
use super::scratch_school::ScratchSchool;
use crate::accounts::{Account, Accounts, Role};
use crate::clerk::{self, Reception};
use crate::demo::class_6a1;
use crate::demo::school::{YEAR, written};
use crate::demo::staff::{
    ADMIN_BOARD, HOMEROOM, LITERATURE, MATHEMATICS, PHYSICAL_EDUCATION, PRINCIPAL, StaffMember,
};

const SCRIPT: &str = "<script>alert(1)</script> An";
const HANDLER: &str = "An \" onmouseover=\"alert(1)";
const PUPILS: [&str; 2] = ["HS0003", "HS0004"];

/// The export of the class with two such names; `remark`: what the first of them is told at the end of the year.
fn export(remark: &str, exported: &str) -> Vec<u8> {
    let mut book = class_6a1::gradebook();
    book.exported = written(exported);
    for pupil in &mut book.pupils {
        match pupil.id.as_str() {
            id if id == PUPILS[0] => (pupil.name, pupil.remark) = (SCRIPT.into(), remark.into()),
            id if id == PUPILS[1] => pupil.name = HANDLER.into(),
            _ => {}
        }
    }
    class_6a1::written_as_export(&book)
}

struct Visitor<'b> {
    browser: &'b Browser,
    cookies: String,
}

impl<'b> Visitor<'b> {
    fn signs_in(browser: &'b Browser, name: &str, role: Role) -> Self {
        let cookies = browser.signs_in(name, role);
        Self { browser, cookies }
    }

    /// Looks at a page on which both stand, or one of them.
    fn sees(&self, path: &str, shown: &[&str]) -> String {
        let answer = self.browser.get_as(&self.cookies, path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        let text = answer.text;
        assert!(!text.contains("<script>alert") && !text.contains("\" onmouseover="), "{path}: {text}");
        for name in shown {
            let escaped = name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let escaped = escaped.replace('"', "&quot;");
            assert!(text.contains(&escaped), "{path} shows {name}: {text}");
        }
        text
    }
}

fn account(accounts: &Accounts, name: &str, member: &StaffMember, role: Role) {
    let (name, person) = (name.parse().expect("a name"), Some(written(member.id)));
    let account = Account { name, person, roles: [role].into(), closed: false };
    accounts.create(&account, "một câu đủ dài").expect("made");
}

fn id_of(pupil: &str) -> String {
    DossierKey::new(written(YEAR), DossierOf::HocBa(written(pupil)), Period::FullYear).id().to_string()
}

#[test]
fn a_pupil_whose_name_is_a_script_is_a_name_on_every_page() {
    use DocumentKind::{BienBanSuaChua, HocBa, PhieuDeNghiSua, SoDiem};
    let plans = only(&[SoDiem, HocBa, PhieuDeNghiSua, BienBanSuaChua]);
    let mut school = ScratchSchool::with_plans(&plans, |_, _| None);
    let taken = accept(&mut school, &export("Chăm ngoan.", "2026-05-29T08:00:00+07:00"));
    school.review(taken);
    clerk::accept_differences(&mut school.office, taken, class_6a1::WHY_IT_STANDS).expect("recorded");
    let accounts = Accounts::open(&school.folder().join("tai-khoan.sqlite")).expect("accounts");
    account(&accounts, "hieu-truong", &PRINCIPAL, Role::Principal);
    account(&accounts, "gvcn", &HOMEROOM, Role::Teacher);
    account(&accounts, "ban-quan-tri", &ADMIN_BOARD, Role::Office);
    let both = [SCRIPT, HANDLER];
    let (mut school, ()) = school.looked_at(|browser| {
        let teacher = Visitor::signs_in(&browser, "gvcn", Role::Teacher);
        teacher.sees(&format!("/soat/{taken}/chu-nhiem"), &both);
        let head = Visitor::signs_in(&browser, "hieu-truong", Role::Principal);
        head.sees("/khoa-so", &[]);
        head.sees(&format!("/khoa-so/{taken}"), &[]);
        let board = Visitor::signs_in(&browser, "ban-quan-tri", Role::Office);
        board.sees(&format!("/khoa-so/{taken}/chuyen-di"), &both);
    });
    clerk::propose_lock(&mut school.office, written(YEAR), written("0001"), &[taken], None)
        .expect("proposed");
    school.decided();
    clerk::make_bases(&mut school.office).expect("made");
    let doubted = written(&id_of(PUPILS[0]));
    clerk::refuse(&mut school.office, &doubted, &written(MATHEMATICS.id), "Xin đối chiếu.").expect("refused");
    let (mut school, ()) = school.looked_at(|browser| {
        let head = Visitor::signs_in(&browser, "hieu-truong", Role::Principal);
        head.sees("/", &[SCRIPT]);
        head.sees("/ho-so?lop=6A1&loai=hoc-ba", &both);
        head.sees(&format!("/ho-so/{}", id_of(PUPILS[0])), &[SCRIPT]);
        head.sees(&format!("/ho-so/{}", id_of(PUPILS[1])), &[HANDLER]);
        // What is typed stands on the page again.
        head.sees("/tra-cuu?ten=%3Cscript%3Ealert", &[SCRIPT]);
        head.sees("/tra-cuu?ten=%22+onmouseover%3D", &[HANDLER]);
        head.sees("/tra-cuu?ten=%22+onmouseover%3D%22alert(2)", &[]);
        head.sees("/tra-cuu?ten=n", &both);
        head.sees(&format!("/tra-cuu?ma={}", PUPILS[1]), &[HANDLER]);
        head.sees(&format!("/tra-cuu?lop={YEAR}/6A1"), &both);
    });
    clerk::resume_refused(&mut school.office, &doubted, &written(ADMIN_BOARD.id), "Đúng.").expect("answered");
    head_and_office_look_at_what_waits_and_what_is_closed(school);
}

fn head_and_office_look_at_what_waits_and_what_is_closed(mut school: ScratchSchool) {
    for member in [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, HOMEROOM] {
        school.sit(member.label, member.pin).expect("signed");
    }
    let certificate = school.surroundings.authority.certificate(&PRINCIPAL).expect("one of the staff").sha256;
    let both = [SCRIPT, HANDLER];
    let (mut school, ()) = school.looked_at(|browser| {
        browser.until("/ky", PRINCIPAL.name);
        let head = Visitor::signs_in(&browser, "hieu-truong", Role::Principal);
        head.sees(&format!("/ky/{certificate}"), &both);
        head.sees(&format!("/ky/{certificate}/lop/6A1"), &both);
        let chosen = PUPILS.map(|pupil| format!("ho_so={}", id_of(pupil))).join("&");
        let choice = browser.sends(&head.cookies, &format!("/ky/{certificate}/chon"), &chosen);
        assert_eq!(choice.status, 303, "{}", choice.text);
        head.sees(&choice.to, &both);
    });
    school.make_and_sign();
    let changed = export("Chăm ngoan, có tiến bộ.", "2026-06-08T08:00:00+07:00");
    let case = match school.drop_into_inbox(&changed) {
        Reception::Correction { case, .. } => case,
        other => panic!("{other:?}"),
    };
    let folder = school.folder().to_owned();
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| {
        let office = Visitor::signs_in(&browser, "ban-quan-tri", Role::Office);
        let head = Visitor::signs_in(&browser, "hieu-truong", Role::Principal);
        head.sees("/sua-chua", &[]);
        head.sees(&format!("/sua-chua/{YEAR}/{}", case.number), &[SCRIPT]);
        let chosen = PUPILS.map(|pupil| format!("ho_so={}", id_of(pupil))).join("&");
        let print =
            browser.sends(&office.cookies, "/tra-cuu/in", &format!("{chosen}&muc_dich=L%C6%B0u&lan=form"));
        assert_eq!(print.status, 303, "{}", print.text);
        office.sees(&print.to, &both);
        office.sees("/tra-cuu", &[]);
    });
}
