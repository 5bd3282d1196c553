//! Whoever looks at pupils' data is noted, wherever the pages show them; and an inspector without a place in the roster
//! looks, verifies and prints, and changes nothing. Every path of the pages stands in the tables of this file.

use std::collections::BTreeSet;
use std::path::Path;

use school::digest::Sha256;

use super::correcting::{corrected, opened, signed};
use super::orders::shown;
use super::pages::{Browser, gives_account, gives_roles};
use super::periods::{accept, full_year};
use super::scratch_school::{ScratchSchool, book, register_entries, transcript};
use crate::accounts::{Accounts, Role};
use crate::demo::staff::{ADMIN_BOARD, DEPUTY, HOMEROOM, LITERATURE, MATHEMATICS, OFFICE, PRINCIPAL};

/// The pupil whose transcript is looked at.
const FIRST_PUPIL: &str = "Nguyễn Hoàng Thiên Ân";
const ROUTER: &str = include_str!("../../web/router.rs");

/// Every path of the pages, as the router has it.
fn routed(method: &str) -> BTreeSet<&'static str> {
    let lines = ROUTER.split(".route(").skip(1).map(|rest| rest.split("\n").next().unwrap_or_default());
    let of_method = lines.filter(|line| line.contains(&format!("{method}(")));
    of_method.map(|line| line.split('"').nth(1).expect("a path")).collect()
}

/// Pages that show no pupil by name and none of their marks, whoever looks: counts, staff, tokens, media, forms.
const WITHOUT_PUPILS: &[&str] = &[
    "/dang-nhap",
    "/dang-nhap/token/{certificate}",
    "/chung-thu-trang",
    "/chung-thu-trang/ca.crt",
    "/ky",
    "/ky/cam/{version}",
    "/ky/lan/{number}/tien-do",
    "/ky/{certificate}/da-chon/{number}/chua-kiem-tra",
    "/soat",
    "/khoa-so",
    "/sua-chua",
    "/dot-ky",
    "/dot-ky/gan-ket",
    "/van-ban",
    "/van-ban/lap/{wanted}",
    "/van-ban/nam-hoc/{year}",
    "/van-ban/nam-hoc/{year}/{file}",
    "/van-ban/{act}",
    "/van-ban/{act}/{file}",
    "/van-ban/{act}/ky/{certificate}/chua-kiem-tra",
    "/luu-tru/so-theo-doi.pdf",
    "/luu-tru/{deposit}/niem-phong",
    "/luu-tru/vat-mang/{medium}/niem-phong",
    "/luu-tru/ghi/{medium}",
    "/luu-tru/ghi/{medium}/{device}",
    "/luu-tru/doc-lai/{copy}",
    "/luu-tru/lan-ghi/{number}",
    "/luu-tru/lan-ghi/{number}/tien-do",
    "/luu-tru/ban-sao/{copy}",
    "/luu-tru/ban-sao/{copy}/{paper}",
    "/luu-tru/bang-tay/{medium}",
    // Names of files, which are codes.
    "/luu-tru/bang-tay/{medium}/danh-sach.txt",
    "/chua-thuc-hien/{code}",
    "/tro-giup",
    "/su-co",
    "/dong-ho",
    "/khoi-dau",
    "/cau-hinh",
    "/cau-hinh/nam-hoc",
    "/cau-hinh/hinh",
    "/cau-hinh/quy-che",
    "/cau-hinh/lich",
    "/cau-hinh/suc-khoe",
    "/cau-hinh/ca",
    "/cau-hinh/phieu/{person}/{mark}",
    "/dien-tap",
    "/dien-tap/phieu/{person}/{mark}",
    "/dien-tap/{certificate}",
    "/nam-hoc",
    "/nam-hoc/tep/{file}",
    "/nam-hoc/{certificate}",
    "/nam-hoc/{certificate}/chua-kiem-tra",
    // What somebody dropped there is their own; of a document of the school the check itself is noted.
    "/kiem-tra",
    "/kiem-tra/{key}",
    "/kiem-tra/{key}/bien-ban",
    "/tinh/trang.css",
    "/tinh/tien-do.js",
];

/// Pages that name the pupils of documents in a list, which is noted as `danh-sach/…` by what lists them.
const LISTS: &[&str] = &[
    "/",
    "/ky/{certificate}",
    "/ky/{certificate}/da-chon/{number}",
    "/ky/lan/{number}",
    "/luu-tru",
    "/tra-cuu/trich-xuat",
    "/tra-cuu/trich-xuat/{entry}",
    // Who looked at what: documents in words, and what somebody typed to search.
    "/luot-xem",
];

/// Everything that is asked for below, by its path in the router.
const WITH_PUPILS: &[&str] = &[
    "/ho-so",
    "/ho-so/{id}",
    "/ho-so/{id}/{file}",
    "/ky/{certificate}/lop/{class}",
    "/soat/{export}/{part}",
    "/khoa-so/{export}",
    "/khoa-so/{export}/bao-cao.pdf",
    "/khoa-so/{export}/chuyen-di",
    "/bien-ban-giao/{entry}",
    "/sua-chua/{year}/{number}",
    "/tra-cuu",
    "/tra-cuu/in/{entry}",
    "/tra-cuu/in/{entry}/ban-in.pdf",
];

#[test]
fn every_page_stands_in_a_table_of_what_it_shows_of_pupils() {
    let listed: Vec<&str> = [WITHOUT_PUPILS, LISTS, WITH_PUPILS].concat();
    let distinct: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(distinct.len(), listed.len(), "each once");
    assert_eq!(distinct, routed("get"), "a page that is added says here whether it shows pupils");
}

/// What was noted since the last time, oldest first: who, what, of what.
fn noted(folder: &Path, seen: &mut usize) -> Vec<[String; 3]> {
    let accounts = Accounts::open(&folder.join("tai-khoan.sqlite")).expect("accounts");
    let mut all = accounts.accesses(10_000).expect("accesses");
    all.retain(|one| ["view", "check", "download", "print"].contains(&one.what.as_str()));
    all.reverse();
    let new = all.split_off(*seen);
    *seen += new.len();
    new.into_iter().map(|one| [one.who, one.what, one.of]).collect()
}

/// A school whose class is signed, with a correction under way and two exports beside the locked one.
fn school_with_everything() -> (ScratchSchool, Sha256, String) {
    let mut school = signed();
    let locked = Sha256::of(&full_year());
    let case = opened(&mut school, &corrected("2026-06-01T08:00:00+07:00"));
    for (name, person, role) in [
        ("van-phong", Some(&OFFICE), Role::Office),
        ("hieu-truong", Some(&PRINCIPAL), Role::Principal),
        ("gvcn", Some(&HOMEROOM), Role::Teacher),
        ("gv-toan", Some(&MATHEMATICS), Role::Teacher),
        ("gv-van", Some(&LITERATURE), Role::Teacher),
        ("thanh-tra", None, Role::Inspector),
    ] {
        gives_account(school.folder(), name, person, role);
    }
    (school, locked, format!("/sua-chua/{}/{}", case.year, case.number))
}

/// Asks for a page as somebody: what was noted of it.
struct Looking<'l> {
    folder: &'l Path,
    browser: &'l Browser,
    seen: usize,
}

impl Looking<'_> {
    #[track_caller]
    fn at(&mut self, (cookies, who): (&str, &str), path: &str, expected: &[(&str, &str)]) {
        let answer = self.browser.get_as(cookies, path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        let expected: Vec<[String; 3]> =
            expected.iter().map(|(what, of)| [who, what, of].map(str::to_owned)).collect();
        assert_eq!(noted(self.folder, &mut self.seen), expected, "{path}");
    }
}

#[test]
fn whoever_looks_at_pupils_downloads_verifies_or_prints_is_noted_once_for_each_look() {
    let (school, locked, case) = school_with_everything();
    let (year, number) = case.trim_start_matches("/sua-chua/").split_once('/').expect("year and number");
    let case_name = format!("{number}/{year}");
    let (book, transcript) = (book().to_string(), transcript().to_string());
    let principal = school.surroundings.authority.certificate(&PRINCIPAL).expect("one of the staff").sha256;
    shown(school, |folder, browser| {
        let inspector = browser.signs_in("thanh-tra", Role::Inspector);
        let by = (inspector.as_str(), "thanh-tra");
        let mut looking = Looking { folder, browser, seen: 0 };
        looking.at(by, "/ho-so?loai=hoc-ba", &[("view", "danh-sach/2 hoc-ba")]);
        looking.at(by, &format!("/ho-so/{transcript}"), &[("view", &transcript)]);
        // The frame of the page is what the browser itself asks for.
        looking.at(by, &format!("/ho-so/{transcript}/1.pdf"), &[]);
        looking.at(by, &format!("/ho-so/{transcript}/1.pdf?tai=1"), &[("download", &transcript)]);
        looking.at(by, &format!("/ho-so/{book}/0.pdf"), &[("view", &book)]);
        let export = format!("tep-xuat/{locked}");
        looking.at(by, &format!("/khoa-so/{locked}"), &[("view", &export)]);
        looking.at(by, &case, &[("view", &case_name)]);
        looking.at(by, "/tra-cuu?ten=an", &[("view", "tra-cuu/an")]);
        let head = browser.signs_in("hieu-truong", Role::Principal);
        browser.until("/dien-tap", &principal.to_string());
        let class = format!("/ky/{principal}/lop/6A1");
        looking.at((&head, "hieu-truong"), &class, &[("view", "lop/6A1")]);

        let form = format!("ho_so={transcript}&muc_dich=thanh+tra&lan=form-1");
        let printed = browser.sends(&inspector, "/tra-cuu/in", &form);
        assert_eq!(printed.status, 303, "{}", printed.text);
        looking.at(by, &printed.to, &[("view", "danh-sach/1 hoc-ba")]);
        looking.at(by, &format!("{}/ban-in.pdf", printed.to), &[("print", &transcript)]);
        let verified = browser.sends(&inspector, &format!("/kiem-tra/ho-so/{transcript}"), "");
        assert_eq!(verified.status, 303, "{}", verified.text);
        looking.at(by, &verified.to, &[("check", &transcript)]);
    });
}

#[test]
fn whoever_reviews_prints_a_check_report_or_lets_a_pupil_leave_is_noted() {
    let mut school = ScratchSchool::open(|_, _| None);
    let export = accept(&mut school, &full_year());
    gives_account(school.folder(), "gv-toan", Some(&MATHEMATICS), Role::Teacher);
    gives_account(school.folder(), "van-phong", Some(&OFFICE), Role::Office);
    gives_account(school.folder(), "thanh-tra", None, Role::Inspector);
    shown(school, |folder, browser| {
        let mut looking = Looking { folder, browser, seen: 0 };
        let teacher = browser.signs_in("gv-toan", Role::Teacher);
        let part = format!("tep-xuat/{export}/TOAN");
        looking.at((&teacher, "gv-toan"), &format!("/soat/{export}/TOAN"), &[("view", &part)]);
        let data = format!("tep-xuat/{export}");
        let office = browser.signs_in("van-phong", Role::Office);
        looking.at((&office, "van-phong"), &format!("/khoa-so/{export}/chuyen-di"), &[("view", &data)]);
        let inspector = browser.signs_in("thanh-tra", Role::Inspector);
        looking.at((&inspector, "thanh-tra"), &format!("/khoa-so/{export}/bao-cao.pdf"), &[("view", &data)]);
    });
}

#[test]
fn the_list_of_looks_names_people_and_documents_and_no_pupil_to_an_administrator() {
    let (school, locked, case) = school_with_everything();
    gives_account(school.folder(), "quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    let transcript = transcript().to_string();
    shown(school, |_, browser| {
        let office = browser.signs_in("van-phong", Role::Office);
        let paths = [
            &format!("/ho-so/{transcript}"),
            &format!("/khoa-so/{locked}"),
            &case,
            "/tra-cuu?ten=nguyen+thi+bi+mat",
        ];
        for path in paths {
            assert_eq!(browser.get_as(&office, path).status, 200, "{path}");
        }
        let inspector = browser.signs_in("thanh-tra", Role::Inspector);
        let read = browser.get_as(&inspector, "/luot-xem").text;
        let of_office = format!("{} – {}", OFFICE.name, OFFICE.title);
        for words in [
            of_office.as_str(),
            "<small translate=\"no\">van-phong</small>",
            &format!("href=\"/ho-so/{transcript}\">Học bạ {FIRST_PUPIL} (HS0001)</a>"),
            &format!("href=\"/khoa-so/{locked}\">số liệu lớp 6A1"),
            &format!("href=\"{case}\">vụ sửa chữa số "),
            "nguyen thi bi mat",
            "127.0.0.1",
        ] {
            assert!(read.contains(words), "{words}: {read}");
        }
        let admin = browser.get_as(&browser.signs_in("quan-tri", Role::Admin), "/cau-hinh").text;
        assert!(admin.contains(&of_office) && admin.contains("Học bạ HS0001</a>"), "{admin}");
        let no_person = "<small translate=\"no\">thanh-tra</small>";
        assert!(admin.contains(no_person), "what the account is for stands before its name: {admin}");
        assert!(!admin.contains(FIRST_PUPIL) && !admin.contains("bi mat"), "{admin}");
    });
}

/// What was noted of signing in and out, oldest first: what, who, how, how many times.
fn noted_at_the_door(folder: &Path) -> Vec<(String, String, String, u32)> {
    let accounts = Accounts::open(&folder.join("tai-khoan.sqlite")).expect("accounts");
    let mut all = accounts.accesses(1_000).expect("accesses");
    all.reverse();
    assert!(all.iter().all(|one| one.address == "127.0.0.1"), "{all:?}");
    all.into_iter().map(|one| (one.what, one.who, one.of, one.times)).collect()
}

#[test]
fn a_role_is_chosen_only_by_whoever_has_several() {
    let school = ScratchSchool::open(|_, _| None);
    gives_account(school.folder(), "gv-toan", Some(&MATHEMATICS), Role::Teacher);
    gives_roles(school.folder(), "pho", Some(&DEPUTY), &[Role::Teacher, Role::Principal]);
    shown(school, |_, browser| {
        let who = |cookies: &str| {
            let text = browser.get_as(cookies, "/").text;
            text.split("class=\"who\"")
                .nth(1)
                .and_then(|rest| rest.split("</div>").next())
                .unwrap_or_default()
                .to_owned()
        };
        let teacher = browser.signs_in_as("gv-toan", "");
        assert!(who(&teacher.cookies).contains("Teacher"), "{}", teacher.text);
        let asked = browser.signs_in_as("pho", "");
        assert_eq!(asked.refusal(), "account.several_roles");
        assert!(!who(&asked.cookies).contains("Thoát"), "nobody works in a role that they did not choose");
        assert!(who(&browser.signs_in("pho", Role::Principal)).contains("Deputy head"));
        assert!(who(&browser.signs_in("pho", Role::Teacher)).contains("Teacher"));
    });
}

#[test]
fn whoever_signs_in_or_out_or_cannot_is_noted_with_the_way_and_the_computer() {
    let school = ScratchSchool::open(|_, _| None);
    gives_account(school.folder(), "quan-tri", Some(&ADMIN_BOARD), Role::Admin);
    gives_account(school.folder(), "van-phong", Some(&OFFICE), Role::Office);
    shown(school, |folder, browser| {
        let admin = browser.signs_in("quan-tri", Role::Admin);
        let office = browser.signs_in("van-phong", Role::Office);
        assert_eq!(browser.sends(&office, "/dang-xuat", "").status, 303);
        browser.signs_in("van-phong", Role::Office);
        assert_eq!(browser.sends(&admin, "/cau-hinh/phien/3/thu-hoi", "").status, 303);
        let wrong = |name: &str| {
            let form = format!("ten={name}&mat_khau=sai+mat+khau&vai_tro=van-phong");
            browser.sends("", "/dang-nhap", &form).refusal().to_owned()
        };
        // Some type their password where the name belongs.
        let typed = ["van-phong", "van-phong", "mat-khau-cua-toi", "van-phong", "van-phong"];
        assert_eq!(typed.map(wrong), ["account.refused"; 5]);
        assert_eq!(["van-phong"; 3].map(wrong), ["account.wait"; 3], "who comes now has to wait");
        let expected = [
            ("sign-in", "quan-tri", "password", 1),
            ("sign-in", "van-phong", "password", 1),
            ("sign-out", "van-phong", "password", 1),
            ("sign-in", "van-phong", "password", 1),
            ("session-ended", "van-phong", "revoked", 1),
            ("sign-in-failed", "van-phong", "password", 4),
            ("sign-in-failed", "", "password", 1),
            ("sign-in-waits", "van-phong", "password", 1),
        ];
        let expected = expected.map(|(what, who, of, times)| (what.into(), who.into(), of.into(), times));
        assert_eq!(noted_at_the_door(folder), expected);
        let shown = browser.get_as(&admin, "/cau-hinh").text;
        for words in [
            "đăng nhập bằng mật khẩu",
            "đăng xuất",
            "phiên bị quản trị kết thúc",
            "đăng nhập bằng mật khẩu: không được",
            ", 4 lần trong một giờ",
            "không rõ ai",
            "đăng nhập sai nhiều lần, phải chờ",
        ] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let kept = ["tai-khoan.sqlite", "tai-khoan.sqlite-wal"].map(|name| std::fs::read(folder.join(name)));
        for bytes in kept.into_iter().flatten() {
            assert!(
                !bytes.windows(16).any(|window| window == b"mat-khau-cua-toi"),
                "what was typed is not kept"
            );
        }
    });
}

/// What an inspector sends: signing out, a check of files, words about a fault, a print, which is an entry.
const OF_AN_INSPECTOR: &[&str] =
    &["/dang-xuat", "/ngon-ngu", "/kiem-tra", "/kiem-tra/ho-so/{id}", "/su-co", "/tra-cuu/in"];
/// What anybody at a screen or at the door sends, where a token's PIN, a password or a slip says who it is.
const OF_WHOEVER_PROVES_IT: &[&str] = &["/dang-nhap", "/khoi-dau", "/ky/", "/dien-tap/", "/nam-hoc/"];

#[test]
fn an_inspector_without_a_place_in_the_roster_looks_verifies_and_prints_and_changes_nothing() {
    let (school, locked, case) = school_with_everything();
    let (book, transcript) = (book().to_string(), transcript().to_string());
    shown(school, |folder, browser| {
        let inspector = browser.signs_in("thanh-tra", Role::Inspector);
        let export = format!("/khoa-so/{locked}");
        for path in [
            "/",
            "/ho-so",
            &format!("/ho-so/{book}"),
            &format!("/ho-so/{transcript}/1.pdf"),
            "/khoa-so",
            &export,
            &format!("{export}/bao-cao.pdf"),
            &format!("{export}/chuyen-di"),
            "/van-ban",
            "/sua-chua",
            &case,
            "/luu-tru",
            "/luu-tru/so-theo-doi.pdf",
            "/tra-cuu?ten=an",
            "/tra-cuu?lop=2025-2026/6A1",
            "/kiem-tra",
            "/cau-hinh/lich",
            "/tro-giup",
            "/su-co",
        ] {
            let answer = browser.get_as(&inspector, path);
            assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        }
        let days = browser.get_as(&inspector, "/cau-hinh/lich").text;
        assert!(
            !days.contains("action=\"/cau-hinh/lich\"") && days.contains("30/05/2026 – 07/06/2026"),
            "{days}"
        );
        let before = register_entries(folder).len();
        let mut refused = 0;
        for path in routed("post") {
            let others = OF_WHOEVER_PROVES_IT.iter().any(|one| path.starts_with(one));
            if OF_AN_INSPECTOR.contains(&path) || others {
                continue;
            }
            let asked = filled(path, (&book, locked, case.as_str()));
            // A form that could not be read for anybody says nothing about who may send it.
            let form = "ly_do=x&lop=6A1&ky=ca-nam&so=9&tep=x&viec=hong&loai=ca-nam&tra_loi=dung&thu_muc=/&ban_sao=HOAPHUONG_VM_0001-1\
                &dinh_dang=udf&thiet_bi=x&hoc_sinh=HS0001&nguoi=NV01&ten=x&mat_khau=x&man_hinh=x&dau_doc=x&dau=x";
            let answer = browser.sends(&inspector, &asked, form);
            let met_with = answer.refusal();
            let for_who_asks = ["web.not_allowed", "account.no_person"].contains(&met_with);
            assert!(
                for_who_asks || ["web.not_found", "web.form"].contains(&met_with),
                "{asked}: {}",
                answer.text
            );
            refused += usize::from(for_who_asks);
        }
        assert!(refused > 25, "{refused} refused for who asks");
        assert_eq!(register_entries(folder).len(), before, "nothing became an entry");

        let print =
            browser.sends(&inspector, "/tra-cuu/in", &format!("ho_so={book}&muc_dich=thanh+tra&lan=form-2"));
        assert_eq!(print.status, 303, "{}", print.text);
        let text = browser.get_as(&inspector, &print.to).text;
        assert!(text.contains("do <span translate=\"no\">thanh-tra</span> in"), "{text}");
        let entry = register_entries(folder).pop().expect("an entry");
        assert_eq!(
            (&entry["kind"], &entry["body"]["by"]),
            (&"dossier.printed".into(), &serde_json::Value::Null)
        );
        let record = format!("kho/ly-do/{}.json", entry["body"]["record"].as_str().expect("a record"));
        let words = std::fs::read_to_string(folder.join(record)).expect("its words");
        assert!(words.contains("\"account\":\"thanh-tra\"") && !words.contains("\"person\""), "{words}");
    });
}

/// A path of the router as it is asked for.
fn filled(path: &str, (book, export, case): (&str, Sha256, &str)) -> String {
    let digest = Sha256::of(b"nothing").to_string();
    let (year, number) = case.trim_start_matches("/sua-chua/").split_once('/').expect("year and number");
    [
        ("{id}", book),
        ("{export}", &export.to_string()),
        ("{part}", "TOAN"),
        ("{year}", year),
        ("{number}", if path.starts_with("/sua-chua") { number } else { "1" }),
        ("{step}", "rut"),
        ("{wanted}", "uy-quyen"),
        ("{act}", &digest),
        ("{certificate}", &digest),
        ("{device}", &digest),
        ("{deposit}", "HOAPHUONG_2025-2026_0001"),
        ("{medium}", "HOAPHUONG_VM_0001"),
        ("{copy}", "HOAPHUONG_VM_0001-1"),
        ("{mark}", &digest),
        ("{entry}", "1"),
        ("{person}", MATHEMATICS.id),
        ("{name}", "van-phong"),
    ]
    .into_iter()
    .fold(path.to_owned(), |path, (place, value)| path.replace(place, value))
}

#[test]
fn a_teacher_reads_of_a_correction_case_the_values_of_their_own_subjects_alone() {
    let (school, _, case) = school_with_everything();
    let shows = |browser: &Browser, who: &str, role: Role| {
        let answer = browser.get_as(&browser.signs_in(who, role), &case);
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.text.contains("Toán, ")
    };
    shown(school, |_, browser| {
        for (who, role, reads) in [
            ("gv-toan", Role::Teacher, true),
            ("gv-van", Role::Teacher, false),
            ("gvcn", Role::Teacher, true),
            ("van-phong", Role::Office, true),
            ("hieu-truong", Role::Principal, true),
            ("thanh-tra", Role::Inspector, true),
        ] {
            assert_eq!(shows(browser, who, role), reads, "{who}");
        }
        let other = browser.get_as(&browser.signs_in("gv-van", Role::Teacher), &case).text;
        assert!(other.contains("chỉ hiện 0 giá trị thuộc môn"), "{other}");
    });
}
