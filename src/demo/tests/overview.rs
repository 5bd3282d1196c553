//! What the overview says at each stage of a class, whom it waits for, and which days it reminds of.

use school::dossier::DocumentKind;
use school::identifier::SchoolYear;
use school::moment::Moment;
use school::roster::Roster;

use super::plans::only;
use super::scratch_school::{ScratchSchool, book};
use super::whole_school::{gives_the_head_an_account, head_signs_in};
use crate::clerk;
use crate::clock;
use crate::demo::school::{YEAR, plans_of_few_kinds, written};
use crate::demo::staff::{
    ADMIN_BOARD, HOMEROOM, LITERATURE, MATHEMATICS, PHYSICAL_EDUCATION, PRINCIPAL, STAMP, StaffMember,
};
use crate::lifecycle::calendar::{self, Due, Rhythm};
use crate::lifecycle::review::Part;
use crate::wording;

/// The overview as the head reads it now.
fn overview(school: ScratchSchool) -> (ScratchSchool, String) {
    school.looked_at(|browser| {
        let cookies = head_signs_in(&browser);
        let answer = browser.get_as(&cookies, "/");
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.text
    })
}

/// The word in the cell of the class book, or of the data that it will be made of.
fn stage(page: &str) -> &str {
    let cell = page.split("scope=\"row\">6A1</th>").nth(1).expect("the row of the class");
    let label = cell.split("<span class=\"stage").nth(1).expect("a stage");
    label.split('>').nth(1).and_then(|words| words.split('<').next()).expect("words").trim()
}

/// Who is waited for: name, how many to sign, how many of them others wait for too, since when, what to review.
fn waited_for(page: &str) -> Vec<Vec<String>> {
    let Some(table) = page.split("Đang chờ ai").nth(1) else { return Vec::new() };
    let rows = table.split("</table>").next().unwrap_or_default().split("<tr>").skip(2);
    let cells = |row: &str| -> Vec<String> {
        let cells = row.split("<td").skip(1);
        let text = |cell: &str| cell.split('>').nth(1)?.split('<').next().map(str::to_owned);
        cells.filter_map(text).map(|text| text.trim().to_owned()).collect()
    };
    rows.map(cells).collect()
}

fn row(member: &StaffMember, blocks: usize, since: Moment) -> Vec<String> {
    vec![member.name.to_owned(), "1".into(), blocks.to_string(), since.vietnamese(), String::new()]
}

fn reviewer(member: &StaffMember, since: Moment) -> Vec<String> {
    vec![member.name.to_owned(), "0".into(), "0".into(), since.vietnamese(), "1 lớp: 6A1".into()]
}

fn last_signed(school: &ScratchSchool) -> Moment {
    school.office.ledger().dossiers[&book()].latest().1.recorded
}

#[test]
fn every_stage_of_a_class_book_is_called_by_its_word_and_whoever_it_waits_for_by_name() {
    let school = ScratchSchool::with_plans(&only(&[DocumentKind::SoDiem]), |_, _| None);
    gives_the_head_an_account(school.folder());
    let (mut school, page) = overview(school);
    assert_eq!(stage(&page), "chờ soát");
    let (_, data) = school.office.ledger().exports.accepted().next().expect("one export");
    let came = data.at;
    let mut waiting = waited_for(&page);
    waiting.sort();
    let all = [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION];
    let mut expected = all.map(|one| reviewer(&one, came));
    expected.sort();
    assert_eq!(waiting, expected, "each once, however many subjects are theirs");
    let people = page.split("name=\"nguoi\"").nth(1).and_then(|rest| rest.split("</select>").next());
    let last = people.and_then(|people| people.rsplit("<option").next()).expect("people to choose from");
    assert!(last.contains(STAMP.name), "the stamp, which is nobody, stands last: {last}");
    let past = |page: &str| page.contains("đã quá ngày 30/05/2026, còn 1/1 lớp chưa khóa (6A1).");
    assert!(past(&page), "{page}");
    school.propose_lock();
    let (mut school, page) = overview(school);
    assert_eq!(stage(&page), "chờ khóa sổ");
    assert!(!page.contains("1 lớp: 6A1"), "everybody has looked: {page}");
    school.decided();
    clerk::make_bases(&mut school.office).expect("made");
    let since = last_signed(&school);
    let (mut school, page) = overview(school);
    assert_eq!(stage(&page), "chờ GVCN");
    assert_eq!(waited_for(&page), [row(&HOMEROOM, 1, since)]);
    assert!(!past(&page), "the class is locked: {page}");

    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("signed");
    let since = last_signed(&school);
    let (mut school, page) = overview(school);
    assert_eq!(stage(&page), "chờ GVBM 0/7");
    let mut waiting = waited_for(&page);
    waiting.sort();
    let mut expected = [MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION].map(|one| row(&one, 1, since));
    expected.sort();
    assert_eq!(waiting, expected);

    school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("signed");
    let (mut school, page) = overview(school);
    assert_eq!(stage(&page), "chờ GVBM 3/7", "three subjects are hers");
    assert!(!waited_for(&page).iter().any(|row| row[0] == MATHEMATICS.name), "{page}");

    for member in [LITERATURE, PHYSICAL_EDUCATION] {
        school.sit(member.label, member.pin).expect("signed");
    }
    let (mut school, page) = overview(school);
    assert_eq!(stage(&page), "chờ Hiệu trưởng");
    let why = "Xin đối chiếu lại.";
    clerk::refuse(&mut school.office, &book(), &written(PRINCIPAL.id), why).expect("refused");
    let (mut school, page) = overview(school);
    assert_eq!(stage(&page), "cần xử lý");
    assert!(page.contains("1 hồ sơ cần xử lý"), "{page}");
    assert_eq!(waited_for(&page), Vec::<Vec<String>>::new(), "nobody signs it before it is answered");
    clerk::resume_refused(&mut school.office, &book(), &written(ADMIN_BOARD.id), "Đúng.").expect("answered");

    school.sit(PRINCIPAL.label, PRINCIPAL.pin).expect("signed");
    let since = last_signed(&school);
    let (mut school, page) = overview(school);
    assert_eq!(stage(&page), "chờ đóng dấu");
    assert_eq!(waited_for(&page), [row(&STAMP, 0, since)], "nobody comes after the stamp");
    school.sit(STAMP.label, STAMP.pin).expect("signed");
    school.loopback = None;
    let (mut school, page) = overview(school);
    assert_eq!(stage(&page), "đã ký, chờ đóng", "no authority answers");
    school.connect();
    clerk::close_signed(&mut school.office).expect("closed");
    let (mut school, page) = overview(school);
    assert_eq!(stage(&page), "đã ký");
    school.seal();
    let (_, page) = overview(school);
    assert_eq!(stage(&page), "đã niêm phong");
}

/// The stage of the class in the overview of each of these choices; nothing where it has none there.
fn chosen<const N: usize>(
    school: ScratchSchool,
    choices: [String; N],
) -> (ScratchSchool, [Option<String>; N]) {
    school.looked_at(|browser| {
        let cookies = head_signs_in(&browser);
        choices.map(|choice| {
            let answer = browser.get_as(&cookies, &format!("/?{choice}"));
            assert_eq!(answer.status, 200, "{choice}: {}", answer.text);
            answer.text.contains("scope=\"row\">6A1</th>").then(|| stage(&answer.text).to_owned())
        })
    })
}

#[test]
fn data_that_wait_for_review_or_lock_stay_with_their_class_their_subjects_and_whom_they_wait_for() {
    let school = ScratchSchool::with_plans(&only(&[DocumentKind::SoDiem]), |_, _| None);
    gives_the_head_an_account(school.folder());
    let of = |member: &StaffMember| format!("nguoi={}", member.id);
    let choices = || {
        [
            "mon=TOAN".to_owned(),
            "mon=GDCD".to_owned(),
            "khoi=6&lop=6A1".to_owned(),
            "khoi=7".to_owned(),
            "ky=hk1".to_owned(),
            of(&MATHEMATICS),
            of(&HOMEROOM),
            of(&ADMIN_BOARD),
            of(&PRINCIPAL),
        ]
    };
    let in_words = |found: [Option<&str>; 9]| found.map(|one| one.map(str::to_owned));
    let review = Some("chờ soát");
    let (mut school, seen) = chosen(school, choices());
    assert_eq!(seen, in_words([review, None, review, None, None, review, review, None, None]));
    let export = school.office.ledger().exports.accepted().next().map(|(export, _)| *export).expect("one");
    clerk::review(&mut school.office, export, &Part::Homeroom, &written(HOMEROOM.id), true, "")
        .expect("recorded");
    let (mut school, seen) = chosen(school, choices());
    assert_eq!(
        seen,
        in_words([review, None, review, None, None, review, None, None, None]),
        "she has answered"
    );
    school.review(export);
    let lock = Some("chờ khóa sổ");
    let proposing = [lock, None, lock, None, None, None, None, lock, None];
    let (mut school, seen) = chosen(school, choices());
    assert_eq!(seen, in_words(proposing), "ban quản trị proposes the lock");
    school.propose_lock();
    let (mut school, seen) = chosen(school, choices());
    assert_eq!(seen, in_words(proposing), "and signs the decision first");
    school.sit(ADMIN_BOARD.label, ADMIN_BOARD.pin).expect("signed");
    let (_, seen) = chosen(school, choices());
    assert_eq!(
        seen,
        in_words([lock, None, lock, None, None, None, None, None, lock]),
        "the principal after it"
    );
}

#[test]
fn a_school_that_enters_regular_marks_twice_a_month_says_so_and_reads_those_days() {
    let school = ScratchSchool::open(|_, _| None);
    gives_the_head_an_account(school.folder());
    let (four, twice) =
        ("Điểm đánh giá thường xuyên lần 1", "Điểm đánh giá thường xuyên, cuối tuần 2 tháng 10");
    let (school, ()) = school.looked_at(|browser| {
        let cookies = head_signs_in(&browser);
        let shows = |wanted: &str, unwanted: &str| {
            let page = browser.get_as(&cookies, "/cau-hinh/lich").text;
            assert!(page.contains(wanted) && !page.contains(unwanted), "{page}");
        };
        shows(four, twice);
        let unknown = browser.sends(&cookies, "/cau-hinh/lich", "nhip=hang-ngay");
        assert_ne!(unknown.status, 303, "no such rhythm");
        shows(four, twice);
        let form = "nhip=twice-a-month&tu-signing=30/05/2026&den-signing=20/06/2026";
        assert_eq!(browser.sends(&cookies, "/cau-hinh/lich", form).status, 303);
        shows(twice, four);
    });
    let rules = &school.office.ledger().own_rules;
    let year: SchoolYear = written(YEAR);
    let signing = rules.deadlines(year).into_iter().find(|one| one.due == Due::Signing).expect("listed");
    assert_eq!(
        (rules.rhythm(year), signing.until.vietnamese()),
        (Rhythm::TwiceAMonth, "20/06/2026".to_owned())
    );
}

#[test]
fn the_overview_reminds_of_what_is_due_next_by_the_calendar_of_the_school() {
    let mut school = ScratchSchool::open(|_, _| None);
    gives_the_head_an_account(school.folder());
    let today = clock::now().date();
    // The year in which this test runs; the days of the sample year are past.
    let known: SchoolYear = written(YEAR);
    let of_now = std::iter::successors(Some(known), |year| Some(SchoolYear::after(*year)))
        .skip(1)
        .take(30)
        .find(|year| {
            calendar::deadlines(*year, Rhythm::FourTimes, &[]).last().is_some_and(|last| last.until >= today)
        });
    let year = of_now.expect("a year of this decade");
    let roster = school.office.year(known).expect("open").roster.1.clone();
    school.open_year(&Roster { year, ..roster }, &plans_of_few_kinds());
    let next = calendar::next(&calendar::deadlines(year, Rhythm::FourTimes, &[]), today, 4);
    let (_, page) = overview(school);
    assert!(!next.is_empty() && page.contains(&format!("Lịch năm học {year}")), "{page}");
    for one in next {
        let line = format!("{}: {}", one.until.vietnamese(), wording::calendar::due(one.due).vi);
        assert!(page.contains(&line), "{line}: {page}");
    }
}
