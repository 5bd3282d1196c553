//! Soát trước shows what a signature will vouch for: whatever the forms print of a teacher's part stands in its table.

use school::dossier::Period;
use school::gradebook::{
    Conduct, Gradebook, Honour, Level, Mark, Outcome, Results, Study, SubjectResults, SubjectRow, Term,
};
use school::plan::Templates;
use school::roster::Assignment;

use super::orders::shown;
use super::pages::gives_account;
use super::periods::{accept, class, full_year};
use super::refusals::with_documents;
use super::scratch_school::{ScratchSchool, recorded};
use crate::accounts::Role;
use crate::demo::class_6a1;
use crate::demo::school::{CLASS, YEAR, written};
use crate::demo::staff::{HOMEROOM, LITERATURE, MATHEMATICS, PHYSICAL_EDUCATION, PRINCIPAL, StaffMember};

fn row<'b>(book: &'b mut Gradebook, subject: &str) -> &'b mut SubjectRow {
    book.pupils[0].subjects.get_mut(&written(subject)).expect("a row")
}

/// What `member` sees of `part` of an export that says of the class what `said` makes of it.
fn reviewed(period: Period, said: impl FnOnce(&mut Gradebook), member: &StaffMember, part: &str) -> String {
    let mut school = ScratchSchool::open(|_, _| None);
    let mut book = class(period, "2026-08-10T10:00:00+07:00");
    said(&mut book);
    let export = accept(&mut school, &class_6a1::written_as_export(&book));
    gives_account(school.folder(), "giao-vien", Some(member), Role::Teacher);
    let mut page = String::new();
    shown(school, |_, browser| {
        let teacher = browser.signs_in("giao-vien", Role::Teacher);
        let answer = browser.get_as(&teacher, &format!("/soat/{export}/{part}"));
        assert_eq!(answer.status, 200, "{}", answer.text);
        page = answer.text;
    });
    page
}

/// Whether a cell named `head` holds `text`, below a head of that name.
fn has(page: &str, head: &str, text: &str) -> bool {
    page.contains(&format!("scope=\"col\">{head}"))
        && page.contains(&format!("data-as=\"{head}\">{text}</td>"))
}

#[test]
fn the_mark_of_the_assessment_in_the_summer_stands_in_the_subjects_table() {
    let again = |book: &mut Gradebook| match &mut row(book, "TOAN").results {
        SubjectResults::Marks(marks) => marks.retest = Some(Mark::try_from(37).expect("a mark")),
        _ => panic!("mathematics has marks"),
    };
    let page = reviewed(Period::AfterSummer, again, &MATHEMATICS, "TOAN");
    assert!(has(&page, "Đánh giá lại", "3,7"), "{page}");
    let again = |book: &mut Gradebook| match &mut row(book, "GDTC").results {
        SubjectResults::Levels(levels) => levels.retest = Some(Level::Pass),
        _ => panic!("physical education has levels"),
    };
    let page = reviewed(Period::AfterSummer, again, &PHYSICAL_EDUCATION, "GDTC");
    assert!(has(&page, "Đánh giá lại", &Level::Pass.to_string()), "{page}");
}

#[test]
fn marks_of_a_part_of_the_subject_and_the_remark_stand_below_and_beside_its_marks() {
    let mark = |tenths: u16| Mark::try_from(tenths).expect("a mark");
    let told = |book: &mut Gradebook| {
        let subject = book.subjects.iter_mut().find(|one| one.id == written("LSDL")).expect("taught");
        subject.parts = vec!["Lịch sử".into(), "Địa lí".into()];
        let hk1 = Term { tx: vec![mark(13)], gk: Some(mark(24)), ..Term::default() };
        let history = SubjectResults::Marks(Results { hk1, ..Results::default() });
        let row = row(book, "LSDL");
        row.parts.insert("Lịch sử".into(), history);
        row.remark = "Thuộc bài, hay hỏi.".into();
    };
    let page = reviewed(Period::FullYear, told, &LITERATURE, "LSDL");
    assert!(page.contains("scope=\"col\">Nhận xét") && page.contains(">Thuộc bài, hay hỏi.</td>"), "{page}");
    let (_, history) = page.split_once("Phân môn Lịch sử").expect("a table of its own");
    assert!(history.contains(">1,3</td>") && history.contains(">2,4</td>"), "{history}");
    assert!(!history.contains("Nhận xét"), "the remark is the subject's: {history}");
    assert!(!page.contains("Phân môn Địa lí"), "nothing is recorded of it: {page}");
}

#[test]
fn an_export_without_them_has_the_table_of_the_marks_alone() {
    let silent = |book: &mut Gradebook| {
        book.pupils.iter_mut().for_each(|pupil| {
            pupil.subjects.values_mut().for_each(|row| row.remark.clear());
        });
    };
    let page = reviewed(Period::FullYear, silent, &MATHEMATICS, "TOAN");
    for further in ["Đánh giá lại", "Nhận xét", "Phân môn"] {
        assert!(!page.contains(further), "{further}: {page}");
    }
}

/// What a page says first of what was just done.
fn notice(page: &str) -> &str {
    let told = page.split("role=\"status\">").nth(1).unwrap_or_else(|| panic!("nothing is told: {page}"));
    told.split("</div>").next().unwrap_or_default()
}

#[test]
fn parts_stand_by_subject_and_the_answer_leads_on_within_the_subject_until_it_is_finished() {
    let default = Templates::default_for(written(YEAR));
    let mut school = ScratchSchool::with(
        &default,
        |_, _| None,
        |roster| {
            roster.homerooms.insert(written("6B1"), written(HOMEROOM.id));
            let here = roster.assignments.iter().filter(|one| one.class == written(CLASS)).cloned();
            let there: Vec<_> = here.map(|one| Assignment { class: written("6B1"), ..one }).collect();
            roster.assignments.extend(there);
        },
    );
    let mut other = class(Period::FullYear, "2026-05-25T16:42:10+07:00");
    other.class = written("6B1");
    let replaced = *school.office.ledger().exports.accepted().next().expect("the school has one").0;
    let (first, second) =
        (accept(&mut school, &full_year()), accept(&mut school, &class_6a1::written_as_export(&other)));
    gives_account(school.folder(), "giao-vien", Some(&LITERATURE), Role::Teacher);
    shown(school, |_, browser| {
        let teacher = browser.signs_in("giao-vien", Role::Teacher);
        let list = browser.get_as(&teacher, "/soat").text;
        let literature = list.split("<h2 id=\"VAN\">").nth(1).unwrap_or_else(|| panic!("{list}"));
        let literature = literature.split("<h2").next().unwrap_or_default();
        assert!(literature.starts_with("Ngữ văn: còn 2 trong 2 lớp chưa trả lời"), "{literature}");
        let place = |export| literature.find(&format!("href=\"/soat/{export}/VAN\""));
        assert!(place(first).is_some() && place(first) < place(second), "class by class: {literature}");
        assert_eq!(place(replaced), None, "a newer export of the class came: {literature}");
        // Begun at the last class: back to the first, and only then to another subject.
        let page = browser.get_as(&teacher, &format!("/soat/{second}/VAN")).text;
        assert!(
            ["Đúng", "Có sai"]
                .iter()
                .all(|word| page.contains(&format!("{word} – 6B1, <span translate=\"no\">Ngữ văn"))),
            "{page}"
        );
        assert!(page.contains(&format!("Tiếp theo: {CLASS}, Ngữ văn")), "{page}");
        let answer = browser.sends(&teacher, &format!("/soat/{second}/VAN"), "tra_loi=dung");
        assert!(answer.to.starts_with(&format!("/soat/{first}/VAN?")), "{}", answer.to);
        let answer = browser.sends(&teacher, &format!("/soat/{first}/VAN"), "tra_loi=dung");
        assert!(!answer.to.contains("/VAN?"), "{}", answer.to);
        let after = browser.get_as(&teacher, &answer.to).text;
        assert!(notice(&after).contains("Ngữ văn: đã trả lời cả 2 lớp"), "{}", notice(&after));
    });
}

#[test]
fn pupils_are_numbered_as_in_the_books_on_paper() {
    for (member, part) in [(&MATHEMATICS, "TOAN"), (&HOMEROOM, "chu-nhiem")] {
        let page = reviewed(Period::FullYear, |_| (), member, part);
        let book = class(Period::FullYear, "2026-08-10T10:00:00+07:00");
        for (number, pupil) in (1..).zip(&book.pupils) {
            assert!(
                page.contains(&format!("scope=\"row\">{number}. {}</th>", pupil.name)),
                "{number}: {page}"
            );
        }
    }
}

#[test]
fn the_answer_leads_straight_to_the_next_part_and_the_page_after_it_says_what_was_recorded() {
    let mut school = ScratchSchool::open(|_, _| None);
    accept(&mut school, &full_year());
    gives_account(school.folder(), "giao-vien", Some(&LITERATURE), Role::Teacher);
    shown(school, |_, browser| {
        let teacher = browser.signs_in("giao-vien", Role::Teacher);
        let parts: Vec<String> = {
            let list = browser.get_as(&teacher, "/soat").text;
            let paths = list
                .split("href=\"/soat/")
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap_or_default().to_owned());
            paths.collect()
        };
        assert!(parts.len() > 2, "{parts:?}");
        // Begun in the middle, it goes on from there, and comes to the first at the end.
        let from_second = parts.iter().skip(1).chain(&parts[..1]);
        for (part, next) in from_second.clone().zip(from_second.skip(1)) {
            let page = browser.get_as(&teacher, &format!("/soat/{part}")).text;
            let follows = page.split("Tiếp theo: ").nth(1).unwrap_or_else(|| panic!("{page}"));
            assert!(follows.starts_with(CLASS), "{follows}");
            assert!(page.contains("Soát chưa phải là ký"), "it is no signature: {page}");
            let answer = browser.sends(&teacher, &format!("/soat/{part}"), "tra_loi=dung");
            let (export, name) = part.split_once('/').expect("an export and a part of it");
            let to = format!("/soat/{next}?ghi={export}&phan={name}");
            assert_eq!((answer.status, answer.to.as_str()), (303, to.as_str()), "{}", answer.text);
            let after = browser.get_as(&teacher, &answer.to).text;
            let told = notice(&after);
            assert!(told.contains(&format!("Đã ghi: lớp {CLASS}")) && told.contains("– đúng."), "{told}");
            assert!(told.contains(&format!("href=\"/soat/{part}\"")), "it may be changed: {told}");
        }
        let last = browser.get_as(&teacher, &format!("/soat/{}", parts[0])).text;
        assert!(!last.contains("Tiếp theo"), "nothing comes after it: {last}");
        let last = browser.sends(&teacher, &format!("/soat/{}", parts[0]), "tra_loi=sai");
        assert!(last.to.starts_with("/soat?ghi="), "{}", last.to);
        let told = notice(&browser.get_as(&teacher, &last.to).text).to_owned();
        assert!(told.contains("– có sai.") && told.contains("báo văn phòng xuất lại"), "{told}");
        let nobody = browser.get_as(&teacher, "/soat?ghi=kein-tep&phan=TOAN");
        assert_ne!(nobody.status, 500, "{}", nobody.text);
        let others = browser.get_as(&teacher, &format!("/soat?ghi={}&phan=TOAN", &parts[0][..64])).text;
        assert!(!others.contains("role=\"status\""), "nothing is told of a part of somebody else: {others}");
    });
}

#[test]
fn a_teacher_learns_which_of_their_classes_have_no_data_yet_and_what_follows_a_wrong_one() {
    let default = Templates::default_for(written(YEAR));
    let mut school = ScratchSchool::with(
        &default,
        |_, _| None,
        |roster| {
            roster.homerooms.insert(written("6B1"), written(HOMEROOM.id));
            let here = roster.assignments.iter().find(|one| one.subject == written("VAN")).cloned();
            roster.assignments.extend(here.map(|one| Assignment { class: written("6B1"), ..one }));
        },
    );
    let export = accept(&mut school, &full_year());
    gives_account(school.folder(), "giao-vien", Some(&LITERATURE), Role::Teacher);
    shown(school, |_, browser| {
        let teacher = browser.signs_in("giao-vien", Role::Teacher);
        let list = browser.get_as(&teacher, "/soat").text;
        let missing = list.split("Chưa có dữ liệu của lớp").nth(1).unwrap_or_else(|| panic!("{list}"));
        let missing = missing.split("</p>").next().unwrap_or_default();
        assert!(missing.contains("6B1") && !missing.contains(CLASS), "{missing}");
        assert!(!list.contains("báo văn phòng xuất lại"), "nothing is wrong yet: {list}");
        assert_eq!(browser.sends(&teacher, &format!("/soat/{export}/VAN"), "tra_loi=sai").status, 303);
        let list = browser.get_as(&teacher, "/soat").text;
        assert!(list.contains("báo văn phòng xuất lại"), "{list}");
    });
}

#[test]
fn whoever_is_to_sign_the_lock_reads_what_was_found_wrong_since() {
    let mut school = ScratchSchool::open(|_, _| None);
    let decision = school.propose_lock();
    let export = school.office.ledger().dossiers[&decision].exports[0];
    gives_account(school.folder(), "giao-vien", Some(&MATHEMATICS), Role::Teacher);
    gives_account(school.folder(), "hieu-truong", Some(&PRINCIPAL), Role::Principal);
    shown(school, |_, browser| {
        let principal = browser.signs_in("hieu-truong", Role::Principal);
        let paper = format!("/ho-so/{decision}");
        let before = browser.get_as(&principal, &paper).text;
        assert!(!before.contains("signing.found_wrong"), "{before}");
        let teacher = browser.signs_in("giao-vien", Role::Teacher);
        assert_eq!(browser.sends(&teacher, &format!("/soat/{export}/TOAN"), "tra_loi=sai").status, 303);
        let after = browser.get_as(&principal, &paper).text;
        assert!(after.contains("signing.found_wrong") && after.contains("có sai, chưa ký được"), "{after}");
        assert!(
            after.contains(&format!("Toán ({})", MATHEMATICS.name)),
            "class, subject and teacher: {after}"
        );
        let list = browser.get_as(&principal, "/khoa-so").text;
        assert!(list.contains("có sai, chưa ký được"), "{list}");
    });
}

#[test]
fn honours_terms_and_what_the_summer_changed_stand_in_the_homeroom_teachers_table() {
    let told = |book: &mut Gradebook| {
        let pupil = &mut book.pupils[0];
        (pupil.study.hk1, pupil.study.hk2) = (Some(Study::Dat), Some(Study::Kha));
        (pupil.study.retest, pupil.conduct.retest) = (Some(Study::Dat), Some(Conduct::Kha));
        (pupil.outcome, pupil.honour) = (Some(Outcome::PromotedAfterSummer), Some(Honour::Gioi));
        (pupil.awards, pupil.summer) = ("Giải Ba cờ vua".into(), "Đã hoàn thành.".into());
    };
    let page = reviewed(Period::AfterSummer, told, &HOMEROOM, "chu-nhiem");
    for (head, text) in [
        ("Học tập HK1 / HK2", "Đạt / Khá"),
        ("Học tập đánh giá lại", "Đạt"),
        ("Rèn luyện sau hè", "Khá"),
        ("Lên lớp", "Được lên lớp sau hè"),
        ("Danh hiệu", "Học sinh Giỏi"),
        ("Khen thưởng", "Giải Ba cờ vua"),
        ("Rèn luyện trong hè", "Đã hoàn thành."),
    ] {
        assert!(has(&page, head, text), "{head}: {text}: {page}");
    }
    assert!(!page.contains("Chứng chỉ"), "nobody has one: {page}");
}

#[test]
fn each_answer_changes_a_cookie_that_no_script_reads_so_that_back_loads_the_list_anew() {
    let mut school = ScratchSchool::open(|_, _| None);
    let export = accept(&mut school, &full_year());
    gives_account(school.folder(), "giao-vien", Some(&LITERATURE), Role::Teacher);
    shown(school, |_, browser| {
        let teacher = browser.signs_in("giao-vien", Role::Teacher);
        let set = |part: &str| {
            let answer = browser.sends(&teacher, &format!("/soat/{export}/{part}"), "tra_loi=dung");
            let cookie = answer.text.lines().find(|line| line.starts_with("set-cookie: __Host-lan-gui="));
            let cookie = cookie.unwrap_or_else(|| panic!("{}", answer.text)).to_owned();
            assert!(cookie.contains("HttpOnly") && !cookie.contains("Max-Age"), "{cookie}");
            cookie
        };
        assert_ne!(set("VAN"), set("ANH"), "the same value would be no change");
        let looked = browser.get_as(&teacher, "/soat");
        assert_eq!(looked.cookies, "", "nothing was sent, nothing is old");
    });
}

#[test]
fn a_note_beside_an_answer_comes_back_to_the_teacher_and_stands_on_the_page_of_the_export() {
    let mut school = ScratchSchool::open(|_, _| None);
    let export = accept(&mut school, &full_year());
    let folder = school.folder().to_owned();
    for (name, member, role) in [
        ("giao-vien", &LITERATURE, Role::Teacher),
        ("hieu-truong", &PRINCIPAL, Role::Principal),
        ("quan-tri", &PRINCIPAL, Role::Admin),
    ] {
        gives_account(&folder, name, Some(member), role);
    }
    shown(school, |_, browser| {
        let teacher = browser.signs_in("giao-vien", Role::Teacher);
        let (part, note) =
            (format!("/soat/{export}/VAN"), "Em thứ 2: ĐĐG giữa kì là 8,0 <b>chứ không phải 6,0");
        let shown = "ĐĐG giữa kì là 8,0 &lt;b&gt;chứ";
        let head = || {
            let head = browser.signs_in("hieu-truong", Role::Principal);
            browser.get_as(&head, &format!("/khoa-so/{export}")).text
        };
        assert!(!head().contains("Giáo viên ghi chú"), "nobody wrote anything");
        let form = format!("tra_loi=sai&ghi_chu={note}");
        let answer = browser.sends(&teacher, &part, &form);
        let next = browser.get_as(&teacher, &answer.to).text;
        assert!(notice(&next).contains("có sai") && notice(&next).contains(shown), "{}", notice(&next));
        let again = browser.get_as(&teacher, &part).text;
        let field = again.split("<textarea").nth(1).and_then(|rest| rest.split("</textarea>").next());
        assert!(
            field.is_some_and(|field| field.contains(shown)),
            "what was written may be changed: {field:?}"
        );
        let told = head();
        let by = format!("Ngữ văn, {} (có sai): Em thứ 2", LITERATURE.name);
        assert!(told.contains(&by) && told.contains(shown), "{told}");
        let board = browser.signs_in("quan-tri", Role::Admin);
        let seen = browser.get_as(&board, &format!("/khoa-so/{export}")).text;
        assert!(seen.contains("có sai") && !seen.contains("ĐĐG giữa kì là"), "no marks there: {seen}");
        // Right after all: what was wrong once is no note to it, and the register keeps both answers.
        browser.sends(&teacher, &part, &format!("tra_loi=dung&ghi_chu={note}"));
        assert!(!head().contains("Giáo viên ghi chú"));
        assert_eq!(recorded(&folder, "export.reviewed"), 2);
    });
}

#[test]
fn classes_that_are_locked_are_named_where_nothing_is_left_to_review() {
    for locked in [false, true] {
        let school = ScratchSchool::open(|_, _| None);
        let school = if locked { with_documents(school) } else { school };
        gives_account(school.folder(), "giao-vien", Some(&LITERATURE), Role::Teacher);
        shown(school, |_, browser| {
            let teacher = browser.signs_in("giao-vien", Role::Teacher);
            let list = browser.get_as(&teacher, "/soat").text;
            let told = format!("Đã khóa sổ, không còn gì phải soát: lớp <strong>{CLASS}</strong>");
            assert_eq!(list.contains(&told), locked, "{list}");
            assert_eq!(
                list.contains("href=\"/sua-chua\""),
                locked,
                "what is locked can be corrected: {list}"
            );
            assert_eq!(list.contains("<h2 id=\"VAN\">"), !locked, "{list}");
        });
    }
}
