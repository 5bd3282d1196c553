//! Pages of a scratch school, spoken to over a socket: what cannot be brought about in front of the demo's pages,
//! whose authority always answers.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pkcs11_fault::{Fault, Faults};
use school::moment::Moment;
use school::regulation::Preset;

use super::refusals::with_documents;
use super::scratch_school::{ScratchSchool, built_program, recorded, register_entries};
use super::silent_host::SilentHost;
use crate::accounts::{Account, Accounts, Role};
use crate::clerk::Office;
use crate::clock::now;
use crate::demo::school::written;
use crate::demo::staff::{ADMIN_BOARD, HOMEROOM, MATHEMATICS, PRINCIPAL, StaffMember};
use crate::demo::surroundings::Surroundings;
use crate::lifecycle::dossier::RevocationPolicy;
use crate::process::token_module::TokenModule;
use crate::process::token_watch::TokenWatch;
use crate::process::worker::Program;
use crate::web::{House, Listen, Pages, Settings};

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_secs(90);
const PASSWORD: &str = "một câu đủ dài";

/// A browser at the screen that this computer is.
pub(super) struct Browser(SocketAddr);

pub(super) struct Answer {
    pub status: u16,
    /// Where it leads on to.
    pub to: String,
    pub text: String,
    /// Cookies that it sets, as the next request sends them back.
    pub cookies: String,
}

impl Answer {
    /// Whether who asked is signed in from now on.
    pub fn begins_a_session(&self) -> bool {
        self.cookies.split("; ").any(|one| one.starts_with("__Host-phien="))
    }

    /// The code that the page gives for what was not done; nothing where it gives none.
    pub fn refusal(&self) -> &str {
        let told = self.text.split("<p class=\"code\">").nth(1).and_then(|rest| rest.split("<code>").nth(1));
        told.and_then(|rest| rest.split("</code>").next()).unwrap_or_default()
    }
}

impl Browser {
    fn answered(&self, request: impl AsRef<[u8]>) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.0).expect("pages");
        stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
        stream.write_all(request.as_ref()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        answer
    }

    fn says(&self, request: impl AsRef<[u8]>) -> Answer {
        let answer = self.answered(request);
        // A document is no text, and nobody here reads it as such.
        let text = String::from_utf8_lossy(&answer).into_owned();
        let header = |name: &'static str| {
            let head = text.split("\r\n\r\n").next().unwrap_or_default();
            head.lines().filter_map(move |line| line.strip_prefix(name)).map(str::to_owned)
        };
        let to = header("location: ").next().unwrap_or_default();
        let set = header("set-cookie: ").map(|one| one.split(';').next().unwrap_or_default().to_owned());
        let cookies = set.collect::<Vec<_>>().join("; ");
        Answer { status: text[9..12].parse().expect("a status"), to, cookies, text }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_as("", path)
    }

    /// As whoever has these cookies.
    pub fn get_as(&self, cookies: &str, path: &str) -> Answer {
        self.says(format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n",
            self.0
        ))
    }

    /// A file, as it is.
    pub fn downloads(&self, cookies: &str, path: &str) -> Vec<u8> {
        let host = self.0;
        let answer = self.answered(format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n"
        ));
        let head = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{path}: {}", String::from_utf8_lossy(&answer));
        answer[head + 4..].to_vec()
    }

    pub fn types_pin(&self, path: &str, pin: &str) -> Answer {
        self.types_pin_as("", path, pin)
    }

    /// As whoever has these cookies.
    pub fn types_pin_as(&self, cookies: &str, path: &str, pin: &str) -> Answer {
        self.posts(cookies, path, "text/plain", format!("pin={pin}\r\n"))
    }

    /// Signs in with an account of [`gives_account`]: the cookies of the session.
    pub fn signs_in(&self, name: &str, role: Role) -> String {
        let answer = self.signs_in_as(name, role.code());
        assert_eq!(answer.status, 303, "{}", answer.text);
        answer.cookies
    }

    /// The same with whatever stands in the choice of roles, and whatever comes of it.
    pub fn signs_in_as(&self, name: &str, role: &str) -> Answer {
        let password = "m%E1%BB%99t+c%C3%A2u+%C4%91%E1%BB%A7+d%C3%A0i";
        self.sends("", "/dang-nhap", &format!("ten={name}&mat_khau={password}&vai_tro={role}"))
    }

    /// Sends a file by the only field of a form.
    pub fn uploads(&self, cookies: &str, path: &str, (name, text): (&str, &str)) -> Answer {
        let disposition = format!("Content-Disposition: form-data; name=\"tep\"; filename=\"{name}\"");
        let body = format!("--mep\r\n{disposition}\r\n\r\n{text}\r\n--mep--\r\n");
        self.posts(cookies, path, "multipart/form-data; boundary=mep", &body)
    }

    /// Sends the name of a witness of a correction and the scan of what they signed on paper.
    pub fn brings_a_witness(&self, cookies: &str, path: &str) -> Answer {
        let part = |name: &str, text: &str| {
            format!("--mep\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        };
        let scan = "Content-Disposition: form-data; name=\"tep\"; filename=\"to-ky.png\"";
        let [name, title] = [part("ten", "Lò Thị Khuyên"), part("chuc", "Đại diện cha mẹ học sinh")];
        // The eight octets of a PNG, the first of which is no text.
        let [head, tail] =
            [&b"\x89"[..], &b"PNG\r\n\x1a\n the sheet that was signed by hand\r\n--mep--\r\n"[..]];
        let body = [format!("{name}{title}--mep\r\n{scan}\r\n\r\n").as_bytes(), head, tail].concat();
        self.posts(cookies, path, "multipart/form-data; boundary=mep", body)
    }

    /// What the form of a token with a PIN pad sends.
    pub fn types_nothing(&self, path: &str) -> Answer {
        self.types_nothing_as("", path)
    }

    pub fn types_nothing_as(&self, cookies: &str, path: &str) -> Answer {
        self.posts(cookies, path, "text/plain", "")
    }

    pub fn sends(&self, cookies: &str, path: &str, form: &str) -> Answer {
        self.posts(cookies, path, "application/x-www-form-urlencoded", form)
    }

    /// Where a form was refused, the page that it leads to is loaded as a browser loads it: its status is that of a page,
    /// and never the one of a form that was taken.
    fn posts(&self, cookies: &str, path: &str, kind: &str, body: impl AsRef<[u8]>) -> Answer {
        let (host, body) = (self.0, body.as_ref());
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookies}\r\n\
             Connection: close\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let answer = self.says([head.as_bytes(), body].concat());
        if !answer.to.starts_with("/chua-thuc-hien/") && !answer.to.contains("tra-lai=") {
            return answer;
        }
        let told = self.get_as(cookies, &answer.to);
        assert_eq!(told.status, 200, "{}", told.text);
        Answer { status: told.status, text: told.text, ..answer }
    }

    /// Loads a page again until it says this.
    pub fn until(&self, path: &str, words: &str) -> String {
        self.until_as("", path, words)
    }

    pub fn until_as(&self, cookies: &str, path: &str, words: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let text = self.get_as(cookies, path).text;
            if text.contains(words) {
                return text;
            }
            assert!(Instant::now() < until, "{path} never said {words:?}: {text}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// Somebody may sign in from now on, in one role.
pub(super) fn gives_account(folder: &Path, name: &str, person: Option<&StaffMember>, role: Role) {
    gives_roles(folder, name, person, &[role]);
}

pub(super) fn gives_roles(folder: &Path, name: &str, person: Option<&StaffMember>, roles: &[Role]) {
    let accounts = Accounts::open(&folder.join("tai-khoan.sqlite")).expect("accounts");
    let person = person.map(|member| written(member.id));
    let account =
        Account { name: written(name), person, roles: roles.iter().copied().collect(), closed: false };
    accounts.create(&account, PASSWORD).expect("an account");
}

/// The tokens of a school behind the module that misbehaves as `faults` says.
pub(super) fn module_of(surroundings: &Surroundings, faults: &Faults) -> TokenModule {
    let module = Faults::module();
    let arguments = ["worker".into(), "token".into(), "--module".into(), module.clone().into_os_string()];
    let configuration = surroundings.tokens.configuration().to_string_lossy().into_owned();
    let mut environment = faults.environment(surroundings.tokens.module());
    environment.push(("SOFTHSM2_CONF".to_owned(), configuration));
    TokenModule::with_program(module, Program::at(built_program(), arguments).with_environment(&environment))
}

/// Shows the pages of an office, whose data folder this is, while somebody looks at them.
pub(super) fn look<T: Send>(
    office: Office,
    folder: &Path,
    module: TokenModule,
    look: impl FnOnce(Browser) -> T + Send,
) -> T {
    look_from_two(office, folder, vec![module], |here, _| look(here))
}

/// The address of another computer of the school.
const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 7);

/// As [`look`], by a browser at the screen of this computer and one at another computer.
pub(super) fn look_from_two<T: Send>(
    office: Office,
    folder: &Path,
    modules: Vec<TokenModule>,
    look: impl FnOnce(Browser, Browser) -> T + Send,
) -> T {
    let tokens = Arc::new(TokenWatch::over(modules));
    let accounts = Accounts::open(&folder.join("tai-khoan.sqlite")).expect("accounts");
    let settings = Settings {
        names: Vec::new(),
        addresses: Vec::new(),
        network_port: None,
        own_screen: written("van-phong-1"),
        regulation: Preset::KonTum.into(),
        check_days: 365,
        sample: true,
        timestamp_url: None,
        control: folder.join("lenh.sock"),
        mounts: Vec::new(),
        inbox: None,
        media: Some(Program::at(
            built_program(),
            [
                "worker".into(),
                "sample-media".into(),
                "--folder".into(),
                folder.join("thiet-bi").into_os_string(),
            ],
        )),
        folder: folder.join("trang"),
    };
    let (house, mut owner) = House::around(office, folder, accounts, tokens, settings).expect("a house");
    let listen = Listen { own: (Ipv4Addr::LOCALHOST, 0).into(), network: None };
    let beside = Pages::open_as_if_from(&house, listen, ELSEWHERE.into()).expect("pages");
    let pages = Pages::open(house, listen).expect("pages");
    let (here, elsewhere) = (Browser(pages.address()), Browser(beside.address()));
    std::thread::scope(|scope| {
        let looking = scope.spawn(|| look(here, elsewhere));
        while !looking.is_finished() {
            owner.turn(Duration::from_millis(20)).expect("no fault of register or store");
        }
        looking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

#[test]
fn whoever_is_told_that_revocation_cannot_be_checked_decides_before_the_pin_is_used() {
    decides_before_the_pin_is_used(|school| school.loopback = None);
}

#[test]
fn an_authority_that_takes_the_question_and_says_nothing_is_told_before_the_browser_gives_up() {
    decides_before_the_pin_is_used(|school| {
        school.loopback = None;
        SilentHost::at(school.surroundings.authority.port());
    });
}

fn decides_before_the_pin_is_used(authorities_leave: impl FnOnce(&mut ScratchSchool)) {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    // The school lets the signer decide.
    authorities_leave(&mut school);
    school.office.decide_on_unchecked(RevocationPolicy::Ask);
    let folder = school.folder().to_owned();
    let certificate =
        school.surroundings.authority.certificate(&MATHEMATICS).expect("one of the staff").sha256;
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        let unchecked = || recorded(&folder, "signing.revocation-unchecked");
        browser.until("/ky", MATHEMATICS.name);
        let asked = browser.types_pin(&format!("/ky/{certificate}/pin"), MATHEMATICS.pin);
        assert_eq!(asked.status, 303, "{}", asked.text);
        assert!(asked.to.ends_with("/chua-kiem-tra"), "{}", asked.to);
        let question = browser.get(&asked.to).text;
        for words in ["KHÔNG KIỂM TRA ĐƯỢC THU HỒI", "Mã PIN chưa được dùng", "Vẫn ký 13 hồ sơ"]
        {
            assert!(question.contains(words), "{words}: {question}");
        }
        assert_eq!((unchecked(), faults.calls("C_Login")), (0, 0), "the token was not touched");
        let signing = browser.types_pin(&format!("{}/pin", asked.to), MATHEMATICS.pin);
        let text = browser.until(&signing.to, "RÚT ĐƯỢC RỒI");
        assert!(text.contains("đã ký <strong>13</strong> hồ sơ"), "{text}");
        let listed = text.matches("stage good").count();
        assert_eq!(listed, 13, "each of them with its result: {text}");
        assert!(
            text.contains("<details><summary>") && !text.contains("<details open"),
            "many are folded up: {text}"
        );
        let entries = (unchecked(), faults.calls("C_Login"));
        assert_eq!(entries, (1, 1), "what the signer decided is an entry");
    });
}

#[test]
fn at_a_pin_pad_the_page_asks_for_no_pin_and_elsewhere_a_form_without_one_is_refused_before_any_login() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    let folder = school.folder().to_owned();
    let certificate =
        school.surroundings.authority.certificate(&MATHEMATICS).expect("one of the staff").sha256;
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        let page = format!("/ky/{certificate}");
        let (sign, rehearse) =
            (format!("{page}/pin"), format!("/dien-tap/{certificate}/{}/pin", MATHEMATICS.id));
        browser.until(&page, "name=\"pin\"");
        for path in [&sign, &rehearse] {
            let refused = browser.types_nothing(path);
            assert_eq!(refused.refusal(), "web.pin_empty", "{path}: {}", refused.text);
        }
        assert_eq!(faults.calls("C_Login"), 0, "without a PIN pad nothing is no PIN");

        let (label, pin) = (MATHEMATICS.label.to_owned(), MATHEMATICS.pin.to_owned());
        // A person at the pad takes a moment.
        let typing = Fault::Slow { function: "C_Login".into(), wait_ms: 3_000 };
        faults.set(&[Fault::Removed { label: label.clone() }]);
        browser.until(&page, "web.unplugged");
        faults.set(&[Fault::PinPad { label, pin }, typing]);
        let asked = browser.until(&page, "nhập mã PIN trên bàn phím của thiết bị");
        assert!(!asked.contains("name=\"pin\""), "nothing is typed here: {asked}");
        let signing = browser.types_nothing(&sign);
        assert_eq!(signing.status, 303, "{}", signing.text);
        browser.until(&signing.to, "NHẬP MÃ PIN TRÊN BÀN PHÍM CỦA THIẾT BỊ");
        let over = browser.until(&signing.to, "RÚT ĐƯỢC RỒI");
        assert!(over.contains("đã ký <strong>13</strong> hồ sơ"), "{over}");
        assert_eq!(faults.calls("C_Login"), 1, "one login for all of it");

        let rehearsed = browser.types_nothing(&rehearse);
        assert_eq!(rehearsed.status, 303, "{}", rehearsed.text);
        let told = browser.get(&rehearsed.to).text;
        assert!(told.contains("diễn tập đạt"), "{told}");
        assert_eq!(faults.calls("C_Login"), 2);
    });
}

#[test]
fn the_page_of_a_wrong_pin_is_loaded_again_without_another_try() {
    let school = ScratchSchool::open(|_, _| None);
    let folder = school.folder().to_owned();
    let certificate = school.surroundings.authority.certificate(&HOMEROOM).expect("one of the staff").sha256;
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        browser.until("/dang-nhap", HOMEROOM.name);
        let refused = browser.types_pin(&format!("/dang-nhap/token/{certificate}/pin"), "000000");
        assert_eq!(refused.refusal(), "token.pin_incorrect", "{}", refused.text);
        assert_eq!(faults.calls("C_Login"), 1);
        assert!(!refused.to.contains("000000") && !refused.text.contains("000000"), "{}", refused.to);
        for _ in 0..3 {
            let again = browser.get(&refused.to);
            assert_eq!((again.status, again.refusal()), (200, "token.pin_incorrect"), "{}", again.text);
        }
        assert_eq!(faults.calls("C_Login"), 1, "the token has as many tries left as before");
    });
}

/// What the form of the clock sends at this moment.
fn read_from_a_watch(shown: Moment) -> String {
    let (hour, minute, _) = shown.time_of_day();
    format!("ngay={}&gio={hour}:{minute:02}", shown.date().vietnamese())
}

#[test]
fn while_nobody_believes_the_clock_two_people_write_the_time_each_in_their_own_session_and_signing_goes_on() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    // Neither timestamp nor revocation data can be had.
    school.loopback = None;
    school.office.decide_on_unchecked(RevocationPolicy::Allow);
    school.office.reckon_from(now().plus_seconds(-3 * 24 * 3600));
    let folder = school.folder().to_owned();
    gives_account(&folder, "hieu-truong", Some(&PRINCIPAL), Role::Principal);
    gives_account(&folder, "quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    gives_account(&folder, "may-chu", None, Role::Admin);
    gives_account(&folder, "thanh-tra", None, Role::Inspector);
    let certificate = school.surroundings.authority.certificate(&HOMEROOM).expect("one of the staff").sha256;
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        let page = "/dong-ho";
        let sign = || browser.types_pin(&format!("/ky/{certificate}/pin"), HOMEROOM.pin);
        let head = browser.signs_in("hieu-truong", Role::Principal);
        let board = browser.signs_in("quan-tri", Role::Admin);
        let right = || read_from_a_watch(now());
        let refused = |cookies: &str, form: &str, code: &str| {
            let answer = browser.sends(cookies, page, form);
            assert!(answer.text.contains(code), "{code}: {}", answer.text);
        };
        let believed = |cookies: &str| !browser.get_as(cookies, page).text.contains("việc ký tạm dừng");
        assert!(believed(&head));
        refused(&head, &right(), "clock.not_doubted");

        browser.until("/ky", HOMEROOM.name);
        let waits = sign();
        assert_eq!(waits.refusal(), "clock.jumped", "{}", waits.text);
        assert!(waits.text.contains(page), "{}", waits.text);
        assert!(browser.get("/ky").text.contains("việc ký tạm dừng"), "the way there stands at the reader");
        assert!(browser.get_as(&board, "/cau-hinh/suc-khoe").text.contains("việc ký tạm dừng"));

        let asked = browser.get_as(&head, page).text;
        assert!(asked.contains("Chưa có ai ghi giờ") && asked.contains("name=\"gio\""), "{asked}");
        assert!(!asked.contains("(UTC+7)"), "nobody copies what the server shows: {asked}");
        refused(&head, "ngay=x&gio=8:00", "web.day");
        refused(&head, "ngay=25/05/2026&gio=x", "web.time_of_day");
        let wrote = browser.sends(&head, page, &right());
        assert_eq!((wrote.status, wrote.to.as_str()), (303, page), "{}", wrote.text);
        refused(&head, &right(), "clock.two_people");
        let waits = browser.get_as(&head, page).text;
        assert!(waits.contains("thầy/cô đã ghi giờ") && !waits.contains("name=\"gio\""), "{waits}");
        assert!(sign().text.contains("clock.jumped"), "one person is not enough");

        let told = browser.get_as(&board, page).text;
        assert!(told.contains(PRINCIPAL.name) && told.contains("name=\"gio\""), "{told}");
        let elsewhere = read_from_a_watch(now().plus_seconds(3600));
        refused(&board, &elsewhere, "clock.other_time");
        refused(&browser.signs_in("may-chu", Role::Admin), &right(), "account.no_person");
        let inspector = browser.signs_in("thanh-tra", Role::Inspector);
        refused(&inspector, &right(), "web.not_allowed");
        assert_eq!((recorded(&folder, "clock.read"), recorded(&folder, "clock.confirmed")), (1, 0));
        assert_eq!(faults.calls("C_Login"), 0, "no token was touched");

        assert_eq!(browser.sends(&board, page, &right()).status, 303);
        let said = |kind: &str| {
            let entries = register_entries(&folder);
            entries.into_iter().rfind(|entry| entry["kind"] == kind).expect("an entry")["body"]["by"].clone()
        };
        assert_eq!(said("clock.read"), PRINCIPAL.id);
        let people = serde_json::json!({"witness": "people", "people": [PRINCIPAL.id, ADMIN_BOARD.id]});
        assert_eq!(said("clock.confirmed"), people);
        assert!(believed(&board));
        let signing = sign();
        let text = browser.until(&signing.to, "RÚT ĐƯỢC RỒI");
        assert!(text.contains("đã ký <strong>3</strong> hồ sơ"), "{text}");
    });
}

#[test]
fn a_clock_that_was_set_is_looked_at_on_the_page_before_anybody_wants_to_sign() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    school.loopback = None;
    school.office.reckon_from(now().plus_seconds(-3 * 24 * 3600));
    let folder = school.folder().to_owned();
    gives_account(&folder, "quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| {
        let board = browser.signs_in("quan-tri", Role::Admin);
        let looked = browser.sends(&board, "/dong-ho/xem", "");
        assert_eq!((looked.status, looked.to.as_str()), (303, "/dong-ho"), "{}", looked.text);
        assert!(browser.get_as(&board, "/dong-ho").text.contains("việc ký tạm dừng"));
        assert_eq!(recorded(&folder, "clock.doubted"), 1);
    });
}
