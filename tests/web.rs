//! The pages as strangers meet them: `niemphong serve` on a new school, spoken to over bare sockets, so that
//! no library keeps a test from saying what a browser never would.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/signals.rs"]
mod signals;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use openssl::ssl::{SslConnector, SslMethod};
use openssl::x509::X509;
use school::digest::Sha256;
use signals::Signal;
use tempfile::TempDir;

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);
const PASSWORD: &str = "một câu đủ dài";

/// A school on its first day, with its pages.
struct School {
    folder: TempDir,
    daemon: Child,
    own: SocketAddr,
    network: SocketAddr,
}

impl School {
    fn opens() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Free a moment ago; nothing else in this test asks for one.
        let network = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let (data, inbox) = (folder.path().join("du-lieu"), folder.path().join("hop-thu"));
        fs::create_dir(&data).unwrap();
        let config = folder.path().join("niemphong.toml");
        let text = format!(
            "version = 1\n[folders]\ndata = {data:?}\ninbox = {inbox:?}\n[pages]\nport = 0\nnetwork = \"{network}\"\nnames = [\"niemphong.truong.lan\"]\n",
        );
        fs::write(&config, text).unwrap();
        let mut daemon = Command::new(env!("CARGO_BIN_EXE_niemphong"))
            .args(["serve", "--config"])
            .arg(&config)
            .env("NIEMPHONG_LOG", "info")
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(daemon.stderr.take().unwrap()).lines();
        let told = lines.by_ref().map(Result::unwrap).find(|line| line.contains("pages=")).unwrap();
        // Read on, so that the daemon never waits for whoever reads its log.
        std::thread::spawn(move || lines.for_each(drop));
        let digits = |c: char| c.is_ascii_digit() || c == '.' || c == ':';
        let own = told.split("pages=").nth(1).unwrap().trim_start_matches(|c: char| !c.is_ascii_digit());
        let own = own.chars().take_while(|c| digits(*c)).collect::<String>().parse().unwrap();
        Self { folder, daemon, own, network }
    }

    /// What the server answers to exactly these bytes; nothing more is sent.
    fn says(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.own).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // A server that refuses early may close before everything was sent.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Answer(String::from_utf8_lossy(&answer).into_owned())
    }

    fn get(&self, path: &str, cookie: &str) -> Answer {
        let host = self.own;
        let text =
            format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n");
        self.says(text.as_bytes())
    }

    /// The body of an answer as it is.
    fn bytes(&self, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.own).unwrap();
        let host = self.own;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let head = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
        answer.split_off(head + 4)
    }

    /// A form, as the browser of one of our own pages sends it, and the page that says why where it was refused: no
    /// status is that of a form that was taken then.
    fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let answer = self.sends(path, cookie, form);
        let told = answer
            .header("location")
            .is_some_and(|to| to.starts_with("/chua-thuc-hien/") || to.contains("tra-lai="));
        if told { self.follows(&answer, cookie) } else { answer }
    }

    /// What the server answers to a form, before a browser goes on.
    fn sends(&self, path: &str, cookie: &str, form: &str) -> Answer {
        self.post_from(path, cookie, form, &format!("Origin: http://{}\r\n", self.own))
    }

    fn post_from(&self, path: &str, cookie: &str, form: &str, origin: &str) -> Answer {
        let (host, length) = (self.own, form.len());
        let text = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\n{origin}Cookie: {cookie}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
        );
        self.says(text.as_bytes())
    }

    /// The page that a form leads to, as the browser that sent it loads it.
    fn follows(&self, answer: &Answer, cookie: &str) -> Answer {
        assert_eq!(answer.status(), 303, "{}", answer.0);
        self.get(answer.header("location").unwrap(), cookie)
    }

    fn upload(&self, name: &str, bytes: impl AsRef<[u8]>) -> Answer {
        let begin = format!(
            "--mep\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\
             Content-Type: application/pdf\r\n\r\n"
        );
        let body = [begin.as_bytes(), bytes.as_ref(), b"\r\n--mep--\r\n"].concat();
        let (host, length) = (self.own, body.len());
        let head = format!(
            "POST /kiem-tra HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n\
             Content-Type: multipart/form-data; boundary=mep\r\nContent-Length: {length}\r\n\r\n"
        );
        self.says(&[head.as_bytes(), &body].concat())
    }

    /// Files of so many bytes are about to come; none of them does.
    fn announces(&self, path: &str, length: u64) -> Answer {
        let host = self.own;
        let text = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n\
             Content-Type: multipart/form-data; boundary=mep\r\nContent-Length: {length}\r\n\r\n--mep\r\n"
        );
        self.says(text.as_bytes())
    }

    /// Makes the first administrator and signs in; the cookie of the session.
    fn has_an_administrator(&self) -> String {
        let made = self.post("/khoi-dau", "", &format!("ten=quan-tri&mat_khau={}", encoded(PASSWORD)));
        assert_eq!(made.status(), 303, "{}", made.0);
        self.signs_in("").cookie().unwrap()
    }

    fn signs_in(&self, cookie: &str) -> Answer {
        let form = format!("ten=quan-tri&mat_khau={}&vai_tro=quan-tri&tiep=/cau-hinh", encoded(PASSWORD));
        self.post("/dang-nhap", cookie, &form)
    }
}

impl Drop for School {
    fn drop(&mut self) {
        signals::send(self.daemon.id(), Signal::TERM);
        let _ = self.daemon.wait();
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

struct Answer(String);

impl Answer {
    fn status(&self) -> u16 {
        self.0.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0)
    }

    fn header(&self, name: &str) -> Option<&str> {
        let head = self.0.split("\r\n\r\n").next()?;
        head.lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    fn cookie(&self) -> Option<String> {
        Some(self.header("set-cookie")?.split(';').next()?.to_owned())
    }

    fn has(&self, words: &str) -> bool {
        self.0.contains(words)
    }
}

#[test]
fn a_new_school_is_set_up_on_its_own_computer_and_only_then_shown_to_the_network() {
    let school = School::opens();
    assert_eq!(school.get("/", "").header("location"), Some("/khoi-dau"));
    let trust = || {
        let mut connector = SslConnector::builder(SslMethod::tls_client()).unwrap();
        connector.set_ca_file(school.folder.path().join("du-lieu/trang/ca.crt.pem")).unwrap();
        connector.build()
    };
    let connect = || {
        let stream = TcpStream::connect(school.network).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(3))).unwrap();
        trust().connect("niemphong.truong.lan", stream)
    };
    assert!(connect().is_err(), "nobody answers there yet");
    let cookie = school.has_an_administrator();
    assert_eq!(school.get("/khoi-dau", "").status(), 404, "there is a first one only once");
    assert!(school.get("/cau-hinh", &cookie).has("Tài khoản"));
    let until = Instant::now() + PATIENCE;
    let mut secure = loop {
        match connect() {
            Ok(secure) => break secure,
            Err(error) => assert!(Instant::now() < until, "{error}"),
        }
    };
    let request =
        format!("GET /tro-giup HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", "niemphong.truong.lan");
    secure.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    let _ = secure.read_to_string(&mut answer);
    let answer = Answer(answer);
    assert_eq!(answer.status(), 200);
    assert!(answer.header("strict-transport-security").is_some());
}

#[test]
fn every_answer_carries_a_policy_without_anything_unsafe() {
    let school = School::opens();
    for path in
        ["/kiem-tra", "/dang-nhap", "/tinh/trang.css", "/khong-co", "/ho-so/2025-2026_ca-nam_hoc-ba_HS0001"]
    {
        let answer = school.get(path, "");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        for name in
            ["x-content-type-options", "referrer-policy", "cross-origin-resource-policy", "cache-control"]
        {
            assert!(answer.header(name).is_some(), "{path}: {name}");
        }
    }
}

#[test]
fn a_form_of_another_page_changes_nothing() {
    let school = School::opens();
    let form = format!("ten=quan-tri&mat_khau={}", encoded(PASSWORD));
    for origin in [
        "",
        "Origin: null\r\n",
        "Origin: https://evil.example\r\n",
        "Origin: http://127.0.0.1:1\r\n",
        &format!("Origin: http://{}\r\nSec-Fetch-Site: cross-site\r\n", school.own),
    ] {
        let refused = school.post_from("/khoi-dau", "", &form, origin);
        assert_eq!(refused.status(), 403, "{origin:?}");
        assert!(refused.has("web.foreign_origin"));
    }
    assert_eq!(school.get("/khoi-dau", "").status(), 200, "nobody was made an administrator");
}

#[test]
fn a_name_that_leads_here_from_elsewhere_is_not_answered() {
    let school = School::opens();
    for host in ["evil.example", "127.0.0.1.evil.example", "niemphong.truong.lan.evil.example", "10.0.0.1"] {
        let answer =
            school.says(format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes());
        assert_eq!(answer.status(), 421, "{host}");
    }
    let none = school.says(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert_ne!(none.status(), 200);
}

#[test]
fn a_session_key_of_somebody_elses_choice_opens_nothing_and_is_never_taken_over() {
    let school = School::opens();
    school.has_an_administrator();
    let planted = "__Host-phien=0000000000000000000000000000000000000000000000000000000000000000";
    assert_eq!(school.get("/cau-hinh", planted).status(), 303, "sent to sign in");
    let answer = school.signs_in(planted);
    let fresh = answer.cookie().unwrap();
    assert_ne!(fresh, planted);
    let set = answer.header("set-cookie").unwrap();
    for attribute in ["__Host-", "Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
        assert!(set.contains(attribute), "{set}");
    }
    assert!(!set.contains("Domain"));
    assert_eq!(school.get("/cau-hinh", planted).status(), 303);
    assert_eq!(school.get("/cau-hinh", &fresh).status(), 200);
    let again = school.signs_in(&fresh).cookie().unwrap();
    assert_eq!(school.get("/cau-hinh", &fresh).status(), 303, "the old key ends with the new one");
    assert_eq!(school.post("/dang-xuat", &again, "").status(), 303);
    assert_eq!(school.get("/cau-hinh", &again).status(), 303, "signed out");
}

#[test]
fn many_wrong_passwords_cost_a_wait_and_say_nothing_about_names() {
    let school = School::opens();
    school.has_an_administrator();
    let wrong = |name: &str| {
        school.post("/dang-nhap", "", &format!("ten={name}&mat_khau=sai-mat-khau&vai_tro=quan-tri"))
    };
    let (known, unknown) = (wrong("quan-tri"), wrong("khong-ai"));
    assert!(known.has("account.refused") && unknown.has("account.refused"));
    for _ in 0..5 {
        wrong("quan-tri");
    }
    assert!(school.signs_in("").has("account.wait"), "even the right one waits");
}

#[test]
fn a_refused_sign_in_is_a_page_that_is_loaded_again_without_sending_anything_and_keeps_no_password() {
    let school = School::opens();
    school.has_an_administrator();
    let form =
        |name: &str| format!("ten={name}&mat_khau=sai-mat-khau&vai_tro=quan-tri&tiep=%2Fkiem-tra%3Fa%3Db");
    let refused = school.sends("/dang-nhap", "", &form("quan-tri"));
    let page = refused.header("location").unwrap();
    assert!(page.starts_with("/dang-nhap?tiep=/kiem-tra%3Fa%3Db&tra-lai="), "{page}");
    // More often than anybody may be wrong.
    for _ in 0..8 {
        let shown = school.follows(&refused, "");
        assert!(shown.status() == 200 && shown.has("account.refused"), "{}", shown.0);
        assert!(
            shown.has("name=\"ten\" value=\"quan-tri\"")
                && shown.has("name=\"tiep\" value=\"/kiem-tra?a=b\"")
        );
        assert!(!shown.has("sai-mat-khau"), "{}", shown.0);
    }
    let alone = school.get(page, "__Host-tieng=vi");
    assert!(
        alone.has("account.refused") && !alone.has("class=\"en\""),
        "in the language of whoever looks now"
    );
    let session = school.signs_in("");
    let session = session.cookie().expect("looking was no try");
    for (path, cookie, whose) in [
        (page, session.as_str(), "another visitor's"),
        (&format!("/dang-nhap?tra-lai={}", "0".repeat(64)), "", "a key of before the restart"),
    ] {
        let shown = school.get(path, cookie);
        assert!(
            shown.status() == 200 && !shown.has("class=\"code\"") && !shown.has("value=\"quan-tri\" auto"),
            "{whose}"
        );
    }
    let long = school.follows(&school.sends("/dang-nhap", "", &form(&"a".repeat(5_000))), "");
    assert!(long.has(&format!("value=\"{}\"", "a".repeat(40))), "no account has a longer name: {}", long.0);
    let slip = school
        .follows(&school.sends("/dang-nhap/phieu", "", "ma=AAAAA-BBBBB-CCCCC&tiep=%2F%2Fevil.example"), "");
    assert!(slip.has("account.slip_refused") && !slip.has("BBBBB") && !slip.has("evil"), "{}", slip.0);
}

#[test]
fn the_page_of_a_refusal_has_words_for_codes_alone_and_leads_to_pages_of_ours() {
    let school = School::opens();
    let refused = school.sends("/khoi-dau", "", "ten=Quan+Tri&mat_khau=x");
    assert_eq!(refused.header("location"), Some("/chua-thuc-hien/account.name?o=/khoi-dau"));
    let shown = school.follows(&refused, "");
    assert!(shown.status() == 200 && shown.has("Tên tài khoản này không dùng được."), "{}", shown.0);
    assert!(
        shown.has("name=\"tiep\" value=\"/chua-thuc-hien/account.name?o=/khoi-dau\""),
        "the switch of languages leads back"
    );
    let ours = format!("Origin: http://{0}\r\nReferer: http://{0}/khoi-dau\r\n", school.own);
    let stood = school.post_from("/khoi-dau", "", "ten=Quan+Tri&mat_khau=x", &ours);
    assert_eq!(stood.header("location"), Some("/chua-thuc-hien/account.name?o=/khoi-dau&lai=/khoi-dau"));
    assert!(school.follows(&stood, "").has("<a class=\"button\" href=\"/khoi-dau\">"), "back to the form");
    let led_astray = school.get("/chua-thuc-hien/web.form?o=/ky&lai=//evil.example", "");
    assert!(led_astray.has("web.form") && !led_astray.has("href=\"//"), "{}", led_astray.0);
    let unreadable = school.sends("/dang-nhap", "", "ten=x");
    assert_eq!(unreadable.header("location"), Some("/chua-thuc-hien/web.form?o=/dang-nhap"), "no such form");
    let led = |to: &str| school.get(&format!("/chua-thuc-hien/web.form?o={to}"), "");
    assert!(
        led("/kiem-tra").has("<a class=\"button\" href=\"/kiem-tra\">"),
        "back to where the file was chosen"
    );
    for foreign in [
        "https://evil.example/kiem-tra",
        "//evil.example/kiem-tra",
        "%5C%5Cevil.example",
        "javascript:alert(1)",
    ] {
        let shown = led(foreign);
        assert!(
            shown.has("web.form") && shown.0.matches("evil").count() <= 1 && !shown.has("href=\"//"),
            "{}",
            shown.0
        );
        assert!(!shown.has("<a class=\"button\""), "{foreign}");
    }
    for no_code in ["web.nothing_such", "x", "<script>", "account"] {
        let shown = school.get(&format!("/chua-thuc-hien/{}", encoded(no_code)), "");
        assert!(
            shown.status() == 404 && shown.has("web.not_found") && !shown.has("<script>"),
            "{no_code}: {}",
            shown.0
        );
    }
    let sent_there = school.get("/dang-xuat", "");
    assert!(sent_there.status() == 404 && sent_there.has("web.not_found"), "nothing is looked at there");
}

#[test]
fn who_tries_one_name_after_another_waits_by_address() {
    let school = School::opens();
    school.has_an_administrator();
    for number in 0..4 {
        let form = format!("ten=ai-do-{number}&mat_khau=sai-mat-khau&vai_tro=quan-tri");
        assert!(school.post("/dang-nhap", "", &form).has("account.refused"));
    }
    assert_eq!(
        school.signs_in("").status(),
        303,
        "a few mistakes cost a colleague at the same computer nothing"
    );
    for number in 4..8 {
        school.post("/dang-nhap", "", &format!("ten=ai-do-{number}&mat_khau=sai-mat-khau&vai_tro=quan-tri"));
    }
    let never_tried = school.post("/dang-nhap", "", "ten=khong-ai&mat_khau=sai-mat-khau&vai_tro=quan-tri");
    assert!(never_tried.has("account.wait"), "{}", never_tried.0);
    assert!(school.post("/dang-nhap/phieu", "", "ma=ABCDE-FGHJK-LMNPQ").has("account.wait"), "slips too");
    assert_eq!(school.get("/tro-giup", "").status(), 200, "reading goes on");
}

#[test]
fn the_guide_names_the_fingerprint_of_the_authority_that_vouches_for_the_pages() {
    let school = School::opens();
    school.has_an_administrator();
    let guide = school.get("/chung-thu-trang", "");
    let file = school.bytes("/chung-thu-trang/ca.crt");
    let digest = Sha256::of(&file).to_string();
    let shown: String = guide.0.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    assert!(shown.to_lowercase().contains(&digest), "{}", guide.0);
    // Whoever installed the file that the guide gives away is led to no warning, and to nothing but this server.
    let downloaded = school.folder.path().join("tai-ve.crt");
    fs::write(&downloaded, X509::from_der(&file).unwrap().to_pem().unwrap()).unwrap();
    let connect = |name: &str| {
        let mut connector = SslConnector::builder(SslMethod::tls_client()).unwrap();
        connector.set_ca_file(&downloaded).unwrap();
        connector.build().connect(name, TcpStream::connect(school.network).unwrap())
    };
    let until = Instant::now() + PATIENCE;
    while let Err(error) = connect("niemphong.truong.lan") {
        assert!(Instant::now() < until, "{error}");
    }
    assert!(connect("evil.example").is_err(), "another name");
}

#[test]
fn paths_and_names_lead_nowhere_outside() {
    let school = School::opens();
    let cookie = school.has_an_administrator();
    for path in [
        "/ho-so/..%2f..%2f..%2fetc%2fpasswd/0.pdf",
        "/ho-so/%2e%2e/0.pdf",
        "/tinh/..%2f..%2fniemphong.toml",
        "/../../etc/passwd",
        "/kiem-tra/..%2f..%2fca.key.pem/bien-ban",
        "/chung-thu-trang/ca.key.pem",
    ] {
        let answer = school.get(path, &cookie);
        assert!((400..500).contains(&answer.status()), "{path}: {}", answer.status());
        assert!(!answer.has("root:") && !answer.has("PRIVATE"), "{path}");
    }
    for name in ["../../ra-ngoai.pdf", "/tmp/ra-ngoai.pdf", "..\\\\ra-ngoai.pdf"] {
        let refused = school.upload(name, "%PDF-1.7");
        assert_eq!(refused.header("location"), Some("/chua-thuc-hien/web.form?o=/kiem-tra"), "{name}");
    }
    let checks = school.folder.path().join("du-lieu/trang/kiem-tra");
    assert_eq!(fs::read_dir(checks).unwrap().count(), 0, "nothing of an upload stays");
    assert!(!school.folder.path().join("du-lieu/ra-ngoai.pdf").exists());
}

#[test]
fn a_name_of_a_file_is_shown_as_a_name() {
    let school = School::opens();
    let answer = school.upload("<img src=x onerror=alert(1)>.pdf", "%PDF-1.7 broken");
    assert_eq!(answer.status(), 303, "{}", answer.0);
    let result = answer.header("location").unwrap().to_owned();
    for page in [result.clone(), format!("{result}/bien-ban")] {
        let shown = school.get(&page, "");
        assert_eq!(shown.status(), 200);
        assert!(shown.has("&lt;img src=x onerror=alert(1)&gt;") && !shown.has("<img src=x"), "{page}");
    }
}

#[test]
fn a_check_names_the_pupil_of_a_sound_transcript_and_folds_why_and_what_to_do_below_each_finding() {
    let school = School::opens();
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/signed/hoc-ba.pdf");
    let sound = fs::read(fixture).unwrap();
    let checked = |bytes: &[u8]| {
        let result = school.upload("mot-tep.pdf", bytes).header("location").unwrap().to_owned();
        school.get(&result, "")
    };
    let shown = checked(&sound);
    assert!(shown.has("Học bạ Đặng Hữu Chiến (HS0003), 2025-2026"), "{}", shown.0);
    let shown = checked(&[&sound[..], b"more"].concat());
    assert!(shown.has("Học bạ HS0003, 2025-2026") && !shown.has("Đặng Hữu Chiến"), "{}", shown.0);
    let (open, folded) = shown.0.split_once("Sau phần đã ký có thêm dữ liệu").unwrap();
    assert!(!open.contains("<details>") || open.contains("</details>"), "a finding itself is in the open");
    let folded = folded.split_once("<details>").unwrap().1.split_once("</details>").unwrap().0;
    for expected in [
        "Vì sao, và cần làm gì",
        "lần lưu bị dở dang",
        "cũng có thể do cố ý thêm nội dung sau khi ký",
        "perhaps content was added on purpose",
        "Hãy dùng bản gốc",
        "Please use the original",
        "UNSIGNED_BYTES",
    ] {
        assert!(folded.contains(expected), "{expected} in {folded}");
    }
}

#[test]
fn a_new_school_pastes_its_tables_and_a_name_that_would_be_a_script_is_shown_as_a_name() {
    let school = School::opens();
    let cookie = school.has_an_administrator();
    let page = "/cau-hinh/nam-hoc";
    assert_eq!(school.get(page, "").status(), 303, "nobody prepares a year without signing in");
    let form = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
    };
    let told = form(&[
        ("ten", "Trường <b>Hoa Phượng</b>"),
        ("ma", "HOAPHUONG"),
        ("cap_tren", "UBND PHƯỜNG PHƯỢNG VĨ"),
        ("noi", "Hải Phòng"),
        ("phuong", ""),
        ("tinh", ""),
        ("nguoi_dung_dau", ""),
        ("nam", "2026-2027"),
    ]);
    assert_eq!(school.post(&format!("{page}/truong"), &cookie, &told).status(), 303);
    let script = "<img src=x onerror=alert(1)>";
    let table = format!("HT; {script}; Hiệu trưởng; Hiệu trưởng\nGV; An; Giáo viên; Bảo vệ\n");
    let refused = school.sends(&format!("{page}/nguoi"), &cookie, &form(&[("bang", &table)]));
    let other = school.signs_in("").cookie().unwrap();
    for alone in ["", "; __Host-tieng=vi"] {
        let shown = school.follows(&refused, &format!("{cookie}{alone}"));
        assert!(shown.status() == 200 && shown.has("Dòng 2") && shown.has("Bảo vệ"), "{}", shown.0);
        assert!(
            shown.has("GV; An; Giáo viên; Bảo vệ") && !shown.has("<img src=x"),
            "to be mended: {}",
            shown.0
        );
        assert_eq!(shown.has("class=\"en\""), alone.is_empty(), "{}", shown.0);
    }
    assert!(!school.follows(&refused, &other).has("Bảo vệ"), "another session did not paste it");
    assert!(
        !school.get(page, &cookie).has("Bảo vệ"),
        "nothing of a table is kept while a line of it is wrong"
    );
    let mended = table.replace("; Bảo vệ", "");
    assert_eq!(school.post(&format!("{page}/nguoi"), &cookie, &form(&[("bang", &mended)])).status(), 303);
    let shown = school.get(page, &cookie);
    assert_eq!(shown.status(), 200);
    assert!(shown.has("&lt;img src=x onerror=alert(1)&gt;") && !shown.has("<img src=x"));
    assert!(shown.has("&lt;b&gt;Hoa Phượng&lt;/b&gt;") && !shown.has("<b>Hoa Phượng</b>"));
    assert!(shown.has("chưa ai có nhiệm vụ Con dấu"), "what is missing is said by name");
    let nobodys = school.post(&format!("{page}/xac-nhan"), &cookie, "");
    assert!(nobodys.has("account.no_person"), "by nobody's account: {}", nobodys.0);
    assert_eq!(school.get("/nam-hoc", "").status(), 409, "nothing is signed that was not confirmed");
}

#[test]
fn the_first_administrator_of_an_empty_school_reports_trouble_in_the_name_of_the_account() {
    let school = School::opens();
    let cookie = school.has_an_administrator();
    let words = "Màn hình trắng khi nạp danh sách, mã web.form.";
    let reported = school.post("/su-co", &cookie, &format!("ly_do={}", encoded(words)));
    assert_eq!(reported.status(), 303, "{}", reported.0);
    let page = school.get("/su-co", &cookie);
    assert!(page.has(words) && page.has("<td translate=\"no\">quan-tri</td>"), "{}", page.0);
    assert_eq!(school.post("/su-co", "", "ly_do=x").header("location"), Some("/dang-nhap?tiep=/su-co"));
}

#[test]
fn whoever_was_signed_out_over_a_form_goes_on_after_to_the_page_on_which_it_stood() {
    let school = School::opens();
    school.has_an_administrator();
    let origin = format!("Origin: http://{}\r\n", school.own);
    let led = |from: &str| {
        let sent = school.post_from("/cau-hinh/phieu", "", "nguoi=NV01&lan=x", &format!("{origin}{from}"));
        sent.header("location").unwrap().to_owned()
    };
    let page = format!("Referer: http://{}/cau-hinh\r\n", school.own);
    assert_eq!(led(&page), "/dang-nhap?tiep=/cau-hinh", "where a form is sent there is nothing to look at");
    for unknown in ["", "Referer: https://evil.example/tra-cuu\r\n", "Referer: x\r\n"] {
        assert_eq!(led(unknown), "/dang-nhap?tiep=/cau-hinh/phieu", "{unknown:?}");
    }
}

#[test]
fn a_session_that_was_revoked_opens_nothing() {
    let school = School::opens();
    let (first, second) = (school.has_an_administrator(), school.signs_in("").cookie().unwrap());
    let list = school.get("/cau-hinh", &second);
    let number = list.0.split("/cau-hinh/phien/").nth(2).and_then(|rest| rest.split('/').next()).unwrap();
    assert_eq!(school.post(&format!("/cau-hinh/phien/{number}/thu-hoi"), &second, "").status(), 303);
    assert_eq!(school.get("/cau-hinh", &first).status(), 303, "the older of the two is signed out");
    assert_eq!(school.get("/cau-hinh", &second).status(), 200);
}

#[test]
fn a_browser_that_chose_vietnamese_alone_is_shown_it_until_it_chooses_both() {
    let school = School::opens();
    let both = school.get("/dang-nhap?tiep=/tro-giup", "");
    assert!(both.has("<html lang=\"vi\">") && both.has("<span class=\"en\" lang=\"en\">Sign in</span>"));
    assert!(both.has("name=\"tiep\" value=\"/dang-nhap?tiep=/tro-giup\""), "the switch leads back");
    let chosen = school.post("/ngon-ngu", "", "hien=vi&tiep=%2Fdang-nhap%3Ftiep%3D%2Ftro-giup");
    assert_eq!((chosen.status(), chosen.header("location")), (303, Some("/dang-nhap?tiep=/tro-giup")));
    let cookie = chosen.cookie().unwrap();
    assert_eq!(cookie, "__Host-tieng=vi", "it says nothing else");
    let alone = school.get("/dang-nhap", &cookie);
    assert!(
        alone.has("Đăng nhập") && !alone.has("class=\"en\""),
        "English is not sent, so that nothing reads it aloud"
    );
    let again = school.post("/ngon-ngu", &cookie, "hien=vi-en&tiep=https://evil.example/");
    assert_eq!(again.header("location"), Some("/"), "nobody is led to another site");
    assert!(again.header("set-cookie").unwrap().contains("Max-Age=0"));
    let other = school.sends("/ngon-ngu", "", "hien=fr&tiep=/");
    assert_eq!(other.header("location"), Some("/chua-thuc-hien/web.form?o=/ngon-ngu"));
}

#[test]
fn everything_that_a_page_loads_is_small() {
    let school = School::opens();
    let paths = ["/dang-nhap", "/tinh/trang.css", "/tinh/tien-do.js"];
    let bytes: usize = paths.iter().map(|path| school.get(path, "").0.len()).sum();
    assert!(bytes < 200 * 1024, "{bytes}");
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let school = School::opens();
    let form = format!("ten={}", "a".repeat(300 * 1024));
    assert_eq!(school.post("/dang-nhap", "", &form).status(), 413);
    let begun = Instant::now();
    assert_eq!(school.announces("/kiem-tra", 9_000_000_000).status(), 413);
    assert!(begun.elapsed() < PATIENCE / 2);
}

/// Nobody is signed in here: a size that is taken leads to the page for that.
#[test]
fn a_form_takes_files_as_large_as_it_says_and_names_what_was_too_large() {
    const WITNESSES: &str = "/sua-chua/2025-2026/0001/bien-ban";
    const KB: u64 = 1024;
    let school = School::opens();
    school.has_an_administrator();
    for (path, bytes, refused) in [
        (WITNESSES, 4 * 4 * 1024 * KB, None),
        (WITNESSES, 17 * 1024 * KB, Some("document.scan")),
        ("/cau-hinh/hinh", 512 * KB, None),
        ("/cau-hinh/hinh", 1024 * KB, Some("picture.too_large")),
        ("/cau-hinh/ca", 512 * KB, Some("web.too_large")),
    ] {
        let answer = school.announces(path, bytes);
        let expected = if refused.is_some() { 413 } else { 303 };
        assert_eq!(answer.status(), expected, "{path}, {bytes} bytes: {}", answer.0);
        assert_eq!(
            answer.header("location").is_some_and(|to| to.starts_with("/dang-nhap")),
            refused.is_none()
        );
        assert!(refused.is_none_or(|code| answer.has(code)), "{path}: {}", answer.0);
    }
}

#[test]
fn a_client_that_never_ends_its_request_is_sent_away_and_holds_up_nobody() {
    let school = School::opens();
    let mut slow: Vec<TcpStream> = (0..40).map(|_| TcpStream::connect(school.own).unwrap()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    }
    let begun = Instant::now();
    assert_eq!(school.get("/tro-giup", "").status(), 200);
    assert!(begun.elapsed() < Duration::from_secs(5), "others are answered meanwhile");
    let first = &mut slow[0];
    first.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut answer = Vec::new();
    let _ = first.read_to_end(&mut answer);
    assert!(begun.elapsed() < Duration::from_secs(30), "its connection is closed");
}

/// What says nothing of its length beforehand, in pieces, as any client may send it.
fn in_chunks(path: &str, host: SocketAddr, kind: &str, pieces: usize) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n\
         Content-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let piece = "a".repeat(16 * 1024);
    let mut request = head.into_bytes();
    for _ in 0..pieces {
        request.extend(format!("{:x}\r\n{piece}\r\n", piece.len()).bytes());
    }
    request.extend(b"0\r\n\r\n");
    request
}

#[test]
fn what_does_not_say_how_large_it_is_ends_where_it_grows_too_large() {
    const FORM: &str = "application/x-www-form-urlencoded";
    let school = School::opens();
    school.has_an_administrator();
    let (small, large) = (1, 32);
    for path in ["/dang-nhap", "/dang-nhap/phieu"] {
        for (pieces, code) in [(small, "web.form"), (large, "web.too_large")] {
            let refused = school.says(&in_chunks(path, school.own, FORM, pieces));
            assert_eq!(
                refused.header("location"),
                Some(&*format!("/chua-thuc-hien/{code}?o={path}")),
                "{}",
                refused.0
            );
        }
    }
    // A file to be judged is as large as a disc holds; what is larger than that is not kept either.
    let kind = "multipart/form-data; boundary=mep";
    let mut stream = TcpStream::connect(school.own).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let host = school.own;
    let head = format!(
        "POST /kiem-tra HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\n\
         Content-Type: {kind}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let part = "--mep\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"lon.pdf\"\r\n\r\n";
    stream.write_all(format!("{:x}\r\n{part}\r\n", part.len()).as_bytes()).unwrap();
    let piece = format!("{:x}\r\n{}\r\n", 1 << 20, "a".repeat(1 << 20));
    let mut sent_mb = 0;
    // The server stops reading and closes.
    while sent_mb < 600 && stream.write_all(piece.as_bytes()).is_ok() {
        sent_mb += 1;
    }
    assert!((512..600).contains(&sent_mb), "{sent_mb} MB were taken");
    let checks = school.folder.path().join("du-lieu/trang/kiem-tra");
    let until = Instant::now() + PATIENCE;
    while fs::read_dir(&checks).unwrap().count() > 0 {
        assert!(Instant::now() < until, "nothing of it stays");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_body_that_never_ends_is_cut_off_and_others_are_served_meanwhile() {
    let school = School::opens();
    let host = school.own;
    let head = format!(
        "POST /dang-nhap HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nten="
    );
    let mut slow: Vec<TcpStream> = (0..40).map(|_| TcpStream::connect(host).unwrap()).collect();
    slow.iter_mut().for_each(|stream| stream.write_all(head.as_bytes()).unwrap());
    let begun = Instant::now();
    // Another letter every second, so that the connection never rests.
    let dripping = slow.pop().unwrap();
    let mut drip = dripping.try_clone().unwrap();
    let dripped = std::thread::spawn(move || {
        let mut letters = 0;
        while letters < 200 && drip.write_all(b"a").is_ok() {
            letters += 1;
            std::thread::sleep(Duration::from_secs(1));
        }
        letters
    });
    for _ in 0..5 {
        let asked = Instant::now();
        assert_eq!(school.get("/tro-giup", "").status(), 200);
        assert!(asked.elapsed() < Duration::from_secs(5), "others are answered meanwhile");
    }
    for mut stream in slow.into_iter().take(3).chain([dripping]) {
        stream.set_read_timeout(Some(2 * PATIENCE)).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = Answer(String::from_utf8_lossy(&answer).into_owned());
        assert_eq!(
            answer.header("location"),
            Some("/chua-thuc-hien/web.too_slow?o=/dang-nhap"),
            "{}",
            answer.0
        );
    }
    assert!(begun.elapsed() < 2 * PATIENCE);
    assert!(dripped.join().unwrap() < 200, "nobody goes on listening to it");
}
