//! The invented school of the tests: one class of 12 pupils, its roster and plans.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crafts::document::{
    ClassBook, DocumentFault, FromGradebook, LockDecision, LockedExport, Rendered, SealingRecord, class_book,
    enrolment_register, lock_decision, results_summary, review_lists, sealing_record, teacher_book,
    transcript,
};
use school::digest::{Sha256, Sha512};
use school::dossier::DossierKey;
use school::gradebook::Gradebook;
use school::moment::Moment;
use school::plan::{Plan, Templates};
use school::roster::Roster;
use serde_json::json;

pub const FULL_YEAR: &[u8] = include_bytes!("../../../../tests/fixtures/exports/6A1_ca-nam.json");
pub const FIRST_TERM: &[u8] = include_bytes!("../../../../tests/fixtures/exports/6A1_HK1.json");
/// THCS with all subjects, particulars and attendance.
pub const LOWER_SECONDARY: &[u8] = include_bytes!("../../../../tests/fixtures/exports/7A3_ca-nam.json");
/// THPT with subjects of its own.
pub const UPPER_SECONDARY: &[u8] = include_bytes!("../../../../tests/fixtures/exports/11A2_ca-nam.json");
/// A class of 2022-2023 still under TT 58/2011.
pub const OLD_FORM: &[u8] = include_bytes!("../../../../tests/fixtures/exports/9B_ca-nam_2022.json");

/// 30/05/2026 08:15:00 (UTC+7).
pub const DECIDED: Moment = Moment::from_unix(1_780_103_700);

pub fn gradebook(export: &[u8]) -> Gradebook {
    serde_json::from_slice(export).expect("the fixture is a gradebook")
}

/// The fixture's class with `count` pupils, the first of them repeated under other codes.
pub fn class_of(count: usize) -> Gradebook {
    let mut book = gradebook(FULL_YEAR);
    for index in book.pupils.len()..count {
        let mut pupil = book.pupils[index % 12].clone();
        pupil.id = format!("HP{}", 7000 + index).parse().expect("an id");
        book.pupils.push(pupil);
    }
    book
}

pub fn roster(book: &Gradebook) -> Roster {
    let staff = [
        ("GV01", "Trịnh Thị Thu Hường", "Giáo viên"),
        ("GV02", "Phan Đình Quý", "Giáo viên"),
        ("GV03", "Nguyễn Hữu Nghĩa", "Giáo viên"),
        ("QT01", "Tạ Minh Đức", "Ban quản trị"),
        ("VP01", "Lý Thị Mỹ Uyên", "Văn thư"),
        ("HT01", "Vương Thị Ngọc Bích", "Hiệu trưởng"),
        ("DAU", "Trường THCS Hoa Phượng", "Con dấu"),
    ];
    let people: Vec<_> = staff
        .iter()
        .map(|(id, name, title)| {
            json!({"id": id, "name": name, "title": title, "certificate": Sha256::of(id.as_bytes())})
        })
        .collect();
    let assignments: Vec<_> = book
        .subjects
        .iter()
        .enumerate()
        .map(|(index, subject)| {
            let teacher = staff[index % 3].0;
            json!({"class": book.class, "subject": subject.id, "teacher": teacher, "presiding": teacher})
        })
        .collect();
    let roster = json!({
        "format": "niemphong-roster/1",
        "school": {
            "code": "HOAPHUONG",
            "name": "Trường THCS Hoa Phượng",
            "authority": "Ủy ban nhân dân phường Hoa Phượng",
            "place": "Hải Phòng",
            "sample": true,
        },
        "year": book.year,
        "people": people,
        "principal": "HT01",
        "admin_board": "QT01",
        "office": "VP01",
        "stamp": "DAU",
        "homerooms": {book.class.as_str(): "GV01"},
        "assignments": assignments,
    });
    let roster: Roster = serde_json::from_value(roster).expect("a roster");
    roster.check().expect("a roster that can be used");
    roster
}

pub fn plan(book: &Gradebook, dossier: &str) -> Plan {
    let key = DossierKey::from_id(dossier).expect("an id");
    let digest = Sha256::of(b"roster");
    Templates::default_for(book.year)
        .expand(&key, Some(&book.class), &book.subject_ids(), digest, digest)
        .expect("the default plan")
}

pub fn render_class_book(book: &Gradebook, export: &[u8]) -> Rendered {
    let plan = plan(book, &format!("{}_{}_so-diem_{}", book.year, book.period, book.class));
    let roster = roster(book);
    let supplements = None;
    class_book(&ClassBook {
        gradebook: book,
        export,
        roster: &roster,
        plan: &plan,
        decided: DECIDED,
        supplements,
        corrects: None,
    })
    .expect("a class book")
}

pub fn render_transcript(book: &Gradebook, pupil: usize) -> Rendered {
    let id = &book.pupils[pupil].id;
    let plan = plan(book, &format!("{}_{}_hoc-ba_{id}", book.year, book.period));
    let roster = roster(book);
    let export = Sha256::of(FULL_YEAR);
    let supplements = None;
    transcript(&FromGradebook {
        gradebook: book,
        export,
        roster: &roster,
        plan: &plan,
        decided: DECIDED,
        supplements,
        corrects: None,
    })
    .expect("a transcript")
}

/// Renders a document of the class: `owner` is the end of its id.
pub fn render_of_class(book: &Gradebook, roster: &Roster, kind: &str, owner: &str) -> Rendered {
    let key = DossierKey::from_id(&format!("{}_{}_{kind}_{owner}", book.year, book.period)).expect("an id");
    let subjects = roster.signing_subjects(&key.of, &book.class, &book.subject_ids());
    let digest = Sha256::of(b"roster");
    let plan = Templates::default_for(book.year)
        .expand(&key, Some(&book.class), &subjects, digest, digest)
        .expect("the default plan");
    let export = Sha256::of(FULL_YEAR);
    let input = FromGradebook {
        gradebook: book,
        export,
        roster,
        plan: &plan,
        decided: DECIDED,
        supplements: None,
        corrects: None,
    };
    let render: fn(&FromGradebook) -> Result<Rendered, DocumentFault> = match kind {
        "so-diem-gv" => teacher_book,
        "bang-tong-hop" => results_summary,
        "danh-sach-xet-duyet" => review_lists,
        _ => enrolment_register,
    };
    render(&input).expect("a document of the class")
}

pub fn render_reopening_decision() -> Rendered {
    let book = gradebook(FULL_YEAR);
    let plan = plan(&book, "2025-2026_ca-nam_quyet-dinh-mo_0002");
    let sha256 = Sha256::of(FULL_YEAR);
    let exports = [LockedExport { class: book.class.clone(), period: book.period, pupil: None, sha256 }];
    let roster = roster(&book);
    let reason = Some("Bổ sung điểm kiểm tra bù cuối kì môn Toán của một học sinh.");
    let decision = LockDecision { exports: &exports, reason, roster: &roster, plan: &plan, decided: DECIDED };
    lock_decision(&decision).expect("a reopening decision")
}

pub fn render_lock_decision() -> Rendered {
    let book = gradebook(FULL_YEAR);
    let plan = plan(&book, "2025-2026_ca-nam_quyet-dinh-khoa_0001");
    let sha256 = Sha256::of(FULL_YEAR);
    let exports = [LockedExport { class: book.class.clone(), period: book.period, pupil: None, sha256 }];
    let roster = roster(&book);
    let decision =
        LockDecision { exports: &exports, reason: None, roster: &roster, plan: &plan, decided: DECIDED };
    lock_decision(&decision).expect("a lock decision")
}

pub fn render_sealing_record() -> Rendered {
    let book = gradebook(FULL_YEAR);
    let plan = plan(&book, "2025-2026_ca-nam_bien-ban-niem-phong_0001");
    sealing_record(&SealingRecord {
        deposit: "HOAPHUONG_2025-2026_0001",
        tagmanifest_sha256: Sha256::of(b"tagmanifest"),
        tagmanifest_sha512: Sha512::of(b"tagmanifest"),
        files: 47,
        bytes: 12_345_678,
        class_books: 1,
        transcripts: 12,
        corrections: 0,
        lock_decisions: 1,
        further: 2,
        roster: &roster(&book),
        plan: &plan,
        decided: DECIDED,
    })
    .expect("a sealing record")
}

/// The fixture's class with `count` subjects of usual names, alternating in how they are assessed.
pub fn class_with_subjects(count: usize) -> Gradebook {
    const NAMES: [&str; 14] = [
        "Ngữ văn",
        "Âm nhạc",
        "Toán",
        "Mĩ thuật",
        "Ngoại ngữ 1 (Tiếng Anh)",
        "Giáo dục thể chất",
        "Lịch sử và Địa lí",
        "Hoạt động trải nghiệm, hướng nghiệp",
        "Khoa học tự nhiên",
        "Nội dung giáo dục của địa phương",
        "Giáo dục công dân",
        "Tự chọn",
        "Công nghệ",
        "Tin học",
    ];
    let mut book = gradebook(FULL_YEAR);
    let (marks, levels) = (book.subjects[0].clone(), book.subjects[2].clone());
    let pattern = |index: usize| if index.is_multiple_of(2) { &marks } else { &levels };
    book.subjects = (0..count)
        .map(|index| school::gradebook::Subject {
            id: format!("M{index}").parse().expect("an id"),
            name: NAMES[index % 14].to_owned(),
            assessment: pattern(index).assessment,
            periods: None,
            parts: Vec::new(),
        })
        .collect();
    for pupil in &mut book.pupils {
        let rows = (0..count)
            .map(|index| (book.subjects[index].id.clone(), pupil.subjects[&pattern(index).id].clone()))
            .collect();
        pupil.subjects = rows;
    }
    book
}

/// A word of the text layer: left, top, right, bottom in points from the upper left.
#[derive(Debug)]
pub struct Word {
    pub text: String,
    pub rect: [f32; 4],
}

/// Width and height of each page, and its words.
pub fn words_of(pdf: &[u8]) -> Vec<([f32; 2], Vec<Word>)> {
    let xml = poppler(pdf, &["-bbox"]);
    let attribute = |line: &str, name: &str| -> f32 {
        let value = line.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.and_then(|number| number.parse().ok()).expect("a coordinate")
    };
    let mut pages = Vec::new();
    for line in xml.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push((["width", "height"].map(|name| attribute(line, name)), Vec::new()));
        } else if line.starts_with("<word ") {
            let text = line.split('>').nth(1).and_then(|rest| rest.split('<').next());
            let rect = ["xMin", "yMin", "xMax", "yMax"].map(|name| attribute(line, name));
            let word = Word { text: text.expect("a word").to_owned(), rect };
            pages.last_mut().expect("a page").1.push(word);
        }
    }
    pages
}

/// The text layer of a PDF as poppler reads it, in the order of the content streams.
pub fn text_of(pdf: &[u8]) -> String {
    poppler(pdf, &["-raw"])
}

fn poppler(pdf: &[u8], options: &[&str]) -> String {
    let mut poppler = Command::new("pdftotext")
        .args(options)
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext of poppler-utils is required");
    let mut input = poppler.stdin.take().expect("a pipe");
    let bytes = pdf.to_vec();
    let feeder = std::thread::spawn(move || input.write_all(&bytes));
    let output = poppler.wait_with_output().expect("pdftotext ends");
    feeder.join().expect("the feeder ends").expect("pdftotext reads everything");
    assert!(output.status.success(), "pdftotext failed");
    String::from_utf8(output.stdout).expect("UTF-8")
}
