//! Who may sign at which reader, and tokens that will not: what a page says before and after a PIN, and that no login
//! is made that nobody asked for.

use std::path::Path;
use std::time::{Duration, Instant};

use pkcs11_fault::{Fault, Faults, When, sys};
use school::digest::Sha256;
use school::identifier::ScreenId;
use serde_json::{Value, json};

use super::pages::{gives_account, look, look_from_two, module_of};
use super::refusals::with_documents;
use super::scratch_school::{ScratchSchool, built_program, register_entries, transcript};
use crate::accounts::{Accounts, Role};
use crate::clerk;
use crate::demo::school::written;
use crate::demo::staff::{HOMEROOM, LITERATURE, MATHEMATICS, OFFICE, PRINCIPAL, STAMP, StaffMember};
use crate::process::token_module::TokenModule;
use crate::process::worker::Program;

/// A school whose teacher of mathematics has thirteen documents to sign.
fn with_work_for_mathematics() -> (ScratchSchool, Sha256) {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    let certificate = certificate(&school, &MATHEMATICS);
    (school, certificate)
}

/// What the register says of so many refused signatures: an entry follows the answer to whoever was refused.
#[track_caller]
fn refusals(folder: &Path, count: usize) -> Vec<Value> {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let entries = register_entries(folder).into_iter().filter(|entry| entry["kind"] == "signing.refused");
        let found: Vec<Value> = entries.map(|entry| entry["body"].clone()).collect();
        if found.len() >= count || Instant::now() > until {
            assert_eq!(found.len(), count, "{found:#?}");
            return found;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Who ordered what a refusal is of.
fn order_behind(folder: &Path, refused: &Value) -> Value {
    let record = refused["record"].as_str().expect("a record of who ordered it");
    let order = std::fs::read(folder.join(format!("kho/ly-do/{record}.json"))).expect("the record");
    serde_json::from_slice(&order).expect("JSON")
}

fn certificate(school: &ScratchSchool, member: &StaffMember) -> Sha256 {
    school.surroundings.authority.certificate(member).expect("one of the staff").sha256
}

#[test]
fn neither_another_screen_nor_a_browser_that_is_no_screen_uses_a_pin_at_a_reader() {
    let (mut school, certificate) = with_work_for_mathematics();
    let folder = school.folder().to_owned();
    let staff_room: ScreenId = written("phong-gv");
    let reader = school.seen(MATHEMATICS.label).reader;
    clerk::take_reader(&mut school.office, &reader, &staff_room).expect("free");
    let accounts = Accounts::open(&folder.join("tai-khoan.sqlite")).expect("accounts");
    accounts.set_screen(&Sha256::of(b"khoa-cua-man-hinh").to_string(), &staff_room).expect("a screen");
    drop(accounts);
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let modules = vec![module_of(&school.surroundings, &faults)];
    look_from_two(school.office, &folder, modules, |here, elsewhere| {
        let asking = [
            format!("/ky/{certificate}"),
            format!("/dang-nhap/token/{certificate}"),
            format!("/dien-tap/{certificate}/{}", MATHEMATICS.id),
            // Whichever act it is.
            format!("/van-ban/{certificate}/ky/{certificate}"),
        ];
        // The tokens are in sight.
        here.until("/ky", HOMEROOM.name);
        let shown = here.get("/ky").text;
        assert!(!shown.contains(MATHEMATICS.name), "a screen greets who stands at its own readers: {shown}");
        let screen = "__Host-man-hinh=khoa-cua-man-hinh";
        for asked in &asking {
            for path in [format!("{asked}/pin"), format!("{asked}/lan-cuoi")] {
                let refused = here.types_pin(&path, MATHEMATICS.pin);
                assert_eq!(refused.refusal(), "web.other_screen", "{path}: {}", refused.text);
                let refused = elsewhere.types_pin(&path, MATHEMATICS.pin);
                assert_eq!(refused.refusal(), "web.no_screen", "{path}: {}", refused.text);
            }
        }
        let refused = elsewhere.get("/ky").text;
        assert!(refused.contains("web.no_screen") && !refused.contains(HOMEROOM.name), "{refused}");
        assert_eq!(faults.calls("C_Login"), 0, "no PIN was used");
        let refused = refusals(&folder, 4);
        let told = ["van-phong-1", "man-hinh", "web.other_screen"].map(|one| json!(one));
        for one in &refused {
            let by = order_behind(&folder, one);
            assert_eq!([&by["account"], &by["role"], &one["code"]], told.each_ref(), "{one}");
            assert_eq!(one["certificate"], json!(certificate));
        }
        let (visits, acts): (Vec<_>, Vec<_>) = refused.iter().partition(|one| one["act"].is_null());
        assert_eq!(
            (visits.len(), acts.len()),
            (2, 2),
            "a rehearsal and a sign-in sign nothing of the school"
        );
        assert!(visits.iter().all(|one| one["documents"] == 13), "{visits:?}");

        let greeted = elsewhere.get_as(screen, "/ky").text;
        assert!(greeted.contains(MATHEMATICS.name) && !greeted.contains(HOMEROOM.name), "{greeted}");
        let signing = elsewhere.types_pin_as(screen, &format!("/ky/{certificate}/pin"), MATHEMATICS.pin);
        assert_eq!(signing.status, 303, "its own screen signs: {}", signing.text);
        elsewhere.until_as(screen, &signing.to, "RÚT ĐƯỢC RỒI");
        assert_eq!(faults.calls("C_Login"), 1);
    });
}

#[test]
fn a_form_that_a_page_refuses_before_it_asks_the_office_is_an_entry_and_a_form_mistake_is_none() {
    let (mut school, mathematics) = with_work_for_mathematics();
    let act = school.proposes_delegation("12/QĐ-THCSHP");
    let [head, stamp] = [&PRINCIPAL, &STAMP].map(|member| certificate(&school, member));
    for (name, member, role) in [
        ("van-phong", Some(&OFFICE), Role::Office),
        ("quan-tri", None, Role::Admin),
        ("gv-van", Some(&LITERATURE), Role::Teacher),
    ] {
        gives_account(school.folder(), name, member, role);
    }
    let folder = school.folder().to_owned();
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        let office = browser.signs_in("van-phong", Role::Office);
        let admin = browser.signs_in("quan-tri", Role::Admin);
        let teacher = browser.signs_in("gv-van", Role::Teacher);
        let (of_mathematics, of_act) = (format!("/ky/{mathematics}"), format!("/van-ban/{act}/ky/{head}"));
        let of_seal = "/luu-tru/HOAPHUONG_2025-2026_0001/niem-phong";
        browser.until(&of_mathematics, "name=\"pin\"");
        // Looked at, not filled in, not signed in: nobody was refused.
        browser.types_nothing(&format!("{of_mathematics}/pin"));
        browser.types_nothing_as(&office, &format!("{of_act}/pin"));
        browser.types_pin(&format!("{of_act}/pin"), PRINCIPAL.pin);
        browser.get_as(&admin, &of_mathematics);

        faults.set(&[&MATHEMATICS, &STAMP].map(|one| Fault::Removed { label: one.label.into() }));
        browser.until(&of_mathematics, "web.unplugged");
        assert_eq!(refusals(&folder, 0), Vec::<Value>::new());

        let transcript = transcript();
        let tries = [
            (&*office, format!("{of_mathematics}/pin"), "web.unplugged", json!({"documents": 13})),
            (
                &*office,
                format!("{of_seal}/pin"),
                "web.unplugged",
                json!({"deposit": "HOAPHUONG_2025-2026_0001"}),
            ),
            (&*admin, format!("{of_mathematics}/pin"), "web.admin_session", json!({"documents": 13})),
            (&*admin, format!("{of_act}/lan-cuoi"), "web.admin_session", json!({"act": act})),
            (&*teacher, format!("{of_act}/pin"), "web.not_allowed", json!({"act": act})),
            (&*office, format!("/ky/{stamp}/pin"), "web.unplugged", json!({"documents": 0})),
        ];
        for (nth, (who, path, code, what)) in tries.iter().enumerate() {
            let told = browser.types_pin_as(who, path, PRINCIPAL.pin).text;
            assert!(told.contains(code), "{path}: {told}");
            let entries = refusals(&folder, nth + 1);
            let entry = entries.last().expect("an entry");
            assert_eq!(entry["code"], json!(code), "{path}: {entry}");
            for (name, value) in what.as_object().expect("fields") {
                assert_eq!(&entry[name], value, "{path}: {entry}");
            }
            assert!(!order_behind(&folder, entry)["role"].is_null(), "{path}");
        }
        // Chosen documents are named as they were ticked, and nothing that the register does not know.
        let ticked = format!("ho_so={transcript}&ho_so=2025-2026_ca-nam_hoc-ba_KHONG-CO");
        browser.sends(&teacher, &format!("{of_mathematics}/chon"), &ticked);
        let entries = refusals(&folder, tries.len() + 1);
        let entry = entries.last().expect("an entry");
        assert_eq!((&entry["code"], &entry["dossiers"]), (&json!("web.unplugged"), &json!([transcript])));
        let held = json!(entries).to_string();
        assert!(!held.contains(PRINCIPAL.pin) && !held.contains(PRINCIPAL.name), "{held}");
        assert_eq!(faults.calls("C_Login"), 0);
    });
}

#[test]
fn who_sits_down_next_at_a_screen_is_told_counts_of_the_visit_before_and_its_signer_the_list() {
    let (school, mathematics) = with_work_for_mathematics();
    let literature = certificate(&school, &LITERATURE);
    gives_account(school.folder(), "gv-toan", Some(&MATHEMATICS), Role::Teacher);
    gives_account(school.folder(), "gv-van", Some(&LITERATURE), Role::Teacher);
    let folder = school.folder().to_owned();
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| {
        let signs = |certificate: Sha256, member: &StaffMember| {
            browser.until(&format!("/ky/{certificate}"), "name=\"pin\"");
            let visit = browser.types_pin(&format!("/ky/{certificate}/pin"), member.pin);
            (browser.until(&visit.to, "bắt đầu lúc"), visit.to)
        };
        let (shown, first) = signs(mathematics, &MATHEMATICS);
        assert!(shown.contains(MATHEMATICS.name) && shown.contains("HS0001"), "{shown}");
        signs(literature, &LITERATURE);

        let own = browser.signs_in("gv-toan", Role::Teacher);
        let other = browser.signs_in("gv-van", Role::Teacher);
        for cookies in ["", other.as_str()] {
            let said = browser.get_as(cookies, &first).text;
            assert!(said.contains("<strong>13</strong> hồ sơ đã ký"), "{said}");
            let main = said.split("<main").nth(1).expect("a page");
            assert!(!main.contains(MATHEMATICS.name) && !main.contains("HS0"), "{main}");
        }
        let again = browser.get_as(&own, &first).text;
        assert_eq!(again.matches("stage good").count(), 13, "{again}");
    });
}

#[test]
fn a_sitting_that_ended_early_names_every_document_that_is_not_signed_and_says_why() {
    let (school, certificate) = with_work_for_mathematics();
    let folder = school.folder().to_owned();
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        let page = format!("/ky/{certificate}");
        let signs = || {
            browser.until(&page, "name=\"pin\"");
            let visit = browser.types_pin(&format!("{page}/pin"), MATHEMATICS.pin);
            browser.until(&visit.to, "bắt đầu lúc")
        };
        let (function, when) = ("C_Sign".into(), When::Once(6));
        faults.set(&[Fault::Answer { function, when, value: sys::CKR_DEVICE_REMOVED }]);
        let pulled = signs();
        assert!(pulled.contains("5/39 chữ ký đã ký, 34 chưa"), "{pulled}");
        assert!(pulled.contains("PHIÊN KÝ ĐÃ DỪNG") && !pulled.contains("signing over"), "{pulled}");
        assert!(pulled.contains("Đã thấy USB token của thầy/cô"), "nobody types a PIN in doubt: {pulled}");
        assert!(pulled.contains("data-cam="), "and the page follows what is plugged in: {pulled}");
        let (signed, open) = pulled.split_once("<h2>Chưa ký").expect("a list of what is not signed");
        assert!(
            open.contains("hồ sơ chưa ký xong: USB token không còn phản hồi. USB token bị rút ra"),
            "{open}"
        );
        assert_eq!(open_boxes_listed(open), 34, "{open}");
        assert!(!signed.contains("Sổ điểm lớp 6A1") && open.contains("Sổ điểm lớp 6A1"), "by name: {pulled}");

        faults.set(&[]);
        let rest = signs();
        assert!(!rest.contains("chưa.") && !rest.contains("<h2>Chưa ký"), "nothing is left: {rest}");
    });
}

/// How many boxes the lists name: one for each line, and more where the line says so.
fn open_boxes_listed(page: &str) -> usize {
    let lines = page.split("<li>").skip(1).map(|line| line.split("</li>").next().unwrap_or_default());
    let boxes = |line: &str| {
        let said = line.split(" (").nth(1).and_then(|rest| rest.split(" chữ ký").next()?.parse().ok());
        said.unwrap_or(1)
    };
    lines.map(boxes).sum()
}

#[test]
fn a_final_try_on_a_page_is_taken_once_by_whoever_names_it_and_a_locked_token_by_nobody() {
    let (school, certificate) = with_work_for_mathematics();
    let folder = school.folder().to_owned();
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    faults.set(&[Fault::PinTries { tries: 3 }]);
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        let page = format!("/ky/{certificate}");
        let (pin, last) = (format!("{page}/pin"), format!("{page}/lan-cuoi"));
        let tried = |path: &str, typed: &str, code: &str| {
            let logins = faults.calls("C_Login");
            let visit = browser.types_pin(path, typed);
            assert_eq!(visit.status, 303, "{}", visit.text);
            browser.until(&visit.to, code);
            faults.calls("C_Login") - logins
        };
        browser.until(&page, "name=\"pin\"");
        assert_eq!(tried(&pin, "000000", "token.pin_incorrect"), 1);
        browser.until(&page, "Đã có lần nhập sai mã PIN");
        assert_eq!(tried(&pin, "000000", "token.pin_incorrect"), 1);

        let warned = browser.until(&page, "token.pin_final_try");
        assert!(warned.contains("Tôi biết đây là lần thử cuối cùng"), "{warned}");
        assert!(warned.contains(&format!("action=\"{last}\"")) && !warned.contains(&pin), "{warned}");
        assert_eq!(
            tried(&pin, MATHEMATICS.pin, "token.pin_final_try"),
            0,
            "who does not name it uses no try"
        );
        assert_eq!(tried(&last, MATHEMATICS.pin, "RÚT ĐƯỢC RỒI"), 1, "who names it uses one");
        browser.until(&page, "Không có hồ sơ nào đang chờ");

        // The right PIN gave all tries back; three wrong ones lock the token.
        let sign_in = format!("/dang-nhap/token/{certificate}");
        let wrong = |path: &str| browser.types_pin(&format!("{sign_in}/{path}"), "000000").text;
        browser.until(&sign_in, "name=\"pin\"");
        for path in ["pin", "pin", "lan-cuoi"] {
            let said = wrong(path);
            assert!(said.contains("token.pin_incorrect") || said.contains("token.pin_locked"), "{said}");
        }
        let locked = browser.until(&sign_in, "token.pin_locked");
        assert!(!locked.contains("name=\"pin\""), "nothing can be typed: {locked}");
        assert!(locked.contains("USB token đã bị khóa") && locked.contains("nhà cung cấp"), "{locked}");
        let logins = faults.calls("C_Login");
        let rehearse = format!("/dien-tap/{certificate}/{}", MATHEMATICS.id);
        for path in ["pin", "lan-cuoi"] {
            assert!(wrong(path).contains("token.pin_locked"));
            let rehearsed = browser.types_pin(&format!("{rehearse}/{path}"), MATHEMATICS.pin);
            assert!(browser.get(&rehearsed.to).text.contains("token.pin_locked"));
        }
        assert_eq!(faults.calls("C_Login"), logins, "a locked token is asked by nobody");
    });
}

#[test]
fn a_module_that_answers_its_start_with_an_error_is_named_and_keeps_nobody_from_signing_with_another() {
    let (school, certificate) = with_work_for_mathematics();
    let head = self::certificate(&school, &PRINCIPAL);
    let folder = school.folder().to_owned();
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let broken = |value| Fault::Answer { function: "C_Initialize".into(), when: When::Always, value };
    let tokens = &school.surroundings.tokens;
    let configuration = ("SOFTHSM2_CONF".to_owned(), tokens.configuration().to_string_lossy().into_owned());
    let (sound, faulty) = (tokens.module().to_owned(), Faults::module());
    let environment = [faults.environment(&sound), vec![configuration.clone()]].concat();
    let survey = || {
        let mut command = std::process::Command::new(built_program());
        command.args(["tokens", "--json", "--module"]).arg(&faulty).arg("--module").arg(&sound);
        let done = command.envs(environment.clone()).output().expect("the program runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("text")
    };
    for value in [sys::CKR_GENERAL_ERROR, sys::CKR_HOST_MEMORY, sys::CKR_CANT_LOCK, 0x8000_0001] {
        faults.set(&[broken(value)]);
        let said = survey();
        assert!(said.contains("\"initialize\"") && said.contains("token."), "{value:#x}: {said}");
        assert!(said.contains(MATHEMATICS.label), "the other module shows its tokens: {said}");
    }
    let worker = ["worker".into(), "token".into(), "--module".into(), sound.clone().into_os_string()];
    let program = Program::at(built_program(), worker).with_environment(&[configuration]);
    let modules = vec![module_of(&school.surroundings, &faults), TokenModule::with_program(sound, program)];
    look_from_two(school.office, &folder, modules, |browser, _| {
        browser.until(&format!("/dang-nhap/token/{head}"), "name=\"pin\"");
        let cookies = browser.types_pin(&format!("/dang-nhap/token/{head}/pin"), PRINCIPAL.pin).cookies;
        let health = browser.until_as(&cookies, "/cau-hinh/suc-khoe", "libpkcs11_fault.so");
        assert!(health.contains("token.") && health.contains("mục cần xem"), "{health}");
        let signing = browser.types_pin(&format!("/ky/{certificate}/pin"), MATHEMATICS.pin);
        let text = browser.until(&signing.to, "RÚT ĐƯỢC RỒI");
        assert!(text.contains("đã ký <strong>13</strong> hồ sơ"), "{text}");
    });
}
