//! The year of class 6A1 in seven subjects, and the export that a gradebook vendor would write of it.
//! Twelve invented pupils whose names use the hard letters of Vietnamese.

use std::collections::BTreeMap;

use school::dossier::Period;
use school::gradebook::{
    Absence, Assessment, Conduct, FORMAT, Gender, Gradebook, Level, LockClaim, Mark, Pupil, Results, Subject,
    SubjectResults, SubjectRow, Term, YearOf,
};
use school::identifier::SubjectId;
use school::scoring::{
    Ending, Reached, Scheme, Standing, conduct_of_year, outcome, study_level, term_average, term_level,
    title, year_average, year_level,
};

use super::school::{CLASS, SCHOOL_CODE, SUBJECTS, YEAR, written};

/// The rules of grade 6 in this year.
const RULES: Scheme = Scheme::Tt22;

/// Name of the export's file, as a vendor would call it.
pub const EXPORT_FILE: &str = "6A1_ca-nam_2025-2026.json";
/// Name of the export that was locked before somebody saw the wrong birthplace in it.
pub const FIRST_EXPORT_FILE: &str = "6A1_ca-nam_2025-2026_lan-1.json";
/// Name of the export that says a signed mark otherwise.
pub const CORRECTED_FILE: &str = "6A1_ca-nam_2025-2026_sua.json";
/// Name of the export of the first point in time of recording marks.
pub const SNAPSHOT_FILE: &str = "6A1_thoi-diem-1.json";

/// Four regular assessments, mid-term, final; in tenths.
type MarksOfTerm = [u16; 6];

/// What the year's books say of one pupil.
pub(super) struct SchoolYearOf {
    pub id: &'static str,
    pub name: &'static str,
    pub born: &'static str,
    pub gender: Gender,
    pub birthplace: &'static str,
    pub mathematics: [MarksOfTerm; 2],
    pub literature: [MarksOfTerm; 2],
    /// Two regular assessments, mid-term, final; `D` for Đạt, `C` for Chưa đạt.
    pub physical_education: [&'static str; 2],
    pub conduct: [Conduct; 2],
    /// Excused, unexcused.
    pub absence: [u16; 2],
    pub remark: &'static str,
}

const PUPILS: [SchoolYearOf; 12] = [
    SchoolYearOf {
        id: "HS0001",
        name: "Nguyễn Hoàng Thiên Ân",
        born: "2014-03-05",
        gender: Gender::Nam,
        birthplace: "Hải Phòng",
        mathematics: [[90, 85, 100, 90, 88, 93], [95, 100, 90, 95, 93, 98]],
        literature: [[80, 75, 80, 85, 78, 80], [85, 80, 80, 90, 83, 85]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Tot, Conduct::Tot],
        absence: [1, 0],
        remark: "Chăm ngoan, thẳng thắn, luôn sẵn sàng giúp đỡ bạn bè.",
    },
    SchoolYearOf {
        id: "HS0002",
        name: "Lương Ngọc Bích",
        born: "2014-11-20",
        gender: Gender::Nu,
        birthplace: "Hải Phòng",
        mathematics: [[70, 75, 80, 65, 73, 70], [75, 80, 80, 70, 78, 75]],
        literature: [[90, 85, 95, 90, 88, 90], [90, 95, 95, 90, 93, 95]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Tot, Conduct::Tot],
        absence: [0, 0],
        remark: "Lễ phép, viết văn giàu cảm xúc; cần mạnh dạn phát biểu hơn.",
    },
    SchoolYearOf {
        id: "HS0003",
        name: "Đặng Hữu Chiến",
        born: "2014-07-01",
        gender: Gender::Nam,
        birthplace: "Quảng Ninh",
        mathematics: [[60, 55, 70, 65, 58, 60], [65, 70, 60, 70, 63, 68]],
        literature: [[55, 60, 65, 50, 60, 58], [60, 65, 65, 60, 60, 63]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Kha, Conduct::Tot],
        absence: [2, 1],
        remark: "Năng nổ trong các hoạt động của lớp; cần giữ trật tự trong giờ học.",
    },
    SchoolYearOf {
        id: "HS0004",
        name: "Trần Ngọc Mỹ Duyên",
        born: "2014-02-14",
        gender: Gender::Nu,
        birthplace: "Hải Phòng",
        mathematics: [[80, 85, 80, 90, 83, 85], [85, 85, 90, 90, 88, 88]],
        literature: [[85, 80, 85, 90, 83, 88], [90, 85, 90, 90, 88, 90]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Tot, Conduct::Tot],
        absence: [0, 0],
        remark: "Gương mẫu, có trách nhiệm với nhiệm vụ lớp phó học tập.",
    },
    SchoolYearOf {
        id: "HS0005",
        name: "Bùi Trọng Đạt",
        born: "2014-09-30",
        gender: Gender::Nam,
        birthplace: "Thái Bình",
        mathematics: [[50, 45, 55, 60, 48, 50], [55, 60, 50, 65, 53, 55]],
        literature: [[50, 55, 60, 45, 50, 53], [55, 55, 60, 60, 55, 55]],
        physical_education: ["DCDD", "DDDD"],
        conduct: [Conduct::Dat, Conduct::Kha],
        absence: [4, 2],
        remark: "Đã có nhiều tiến bộ ở học kì II; cần đi học đầy đủ hơn.",
    },
    SchoolYearOf {
        id: "HS0006",
        name: "Phan Thị Bích Hợp",
        born: "2014-05-19",
        gender: Gender::Nu,
        birthplace: "Hải Phòng",
        mathematics: [[75, 70, 65, 80, 70, 73], [70, 75, 80, 80, 75, 78]],
        literature: [[75, 70, 80, 75, 73, 75], [80, 75, 80, 80, 78, 80]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Tot, Conduct::Tot],
        absence: [1, 0],
        remark: "Hòa nhã, biết hợp tác; tiếp tục rèn kĩ năng trình bày.",
    },
    SchoolYearOf {
        id: "HS0007",
        name: "Hồ Nguyễn Vỹ Khuê",
        born: "2014-12-08",
        gender: Gender::Nu,
        birthplace: "Hải Phòng",
        mathematics: [[100, 95, 100, 100, 98, 100], [100, 100, 100, 100, 100, 100]],
        literature: [[90, 85, 90, 95, 90, 93], [95, 90, 95, 95, 93, 95]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Tot, Conduct::Tot],
        absence: [0, 0],
        remark: "Tư duy sắc sảo, khiêm tốn, được bạn bè quý mến.",
    },
    SchoolYearOf {
        id: "HS0008",
        name: "Vương Đình Nghĩa",
        born: "2014-08-22",
        gender: Gender::Nam,
        birthplace: "Hải Dương",
        mathematics: [[65, 70, 60, 75, 68, 63], [70, 65, 75, 70, 70, 73]],
        literature: [[60, 65, 55, 70, 63, 60], [65, 70, 65, 65, 68, 65]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Kha, Conduct::Kha],
        absence: [3, 0],
        remark: "Thật thà, khỏe mạnh, tích cực rèn luyện thể thao.",
    },
    SchoolYearOf {
        id: "HS0009",
        name: "Ngô Thục Quyên",
        born: "2014-04-27",
        gender: Gender::Nu,
        birthplace: "Hải Phòng",
        mathematics: [[85, 80, 75, 90, 80, 83], [80, 85, 85, 90, 85, 85]],
        literature: [[80, 85, 80, 75, 83, 80], [85, 85, 80, 85, 85, 83]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Tot, Conduct::Tot],
        absence: [0, 0],
        remark: "Cẩn thận, tự giác; chữ viết sạch đẹp.",
    },
    SchoolYearOf {
        id: "HS0010",
        name: "Quách Hữu Thắng",
        born: "2014-01-16",
        gender: Gender::Nam,
        birthplace: "Hải Phòng",
        mathematics: [[40, 35, 50, 45, 38, 40], [45, 50, 40, 55, 43, 48]],
        literature: [[45, 50, 40, 55, 48, 45], [50, 50, 55, 50, 50, 53]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::ChuaDat, Conduct::Dat],
        absence: [6, 3],
        remark: "Đã biết sửa chữa khuyết điểm; gia đình cần phối hợp đôn đốc việc học ở nhà.",
    },
    SchoolYearOf {
        id: "HS0011",
        name: "Huỳnh Lê Ngọc Uyển",
        born: "2014-10-10",
        gender: Gender::Nu,
        birthplace: "Cần Thơ",
        mathematics: [[75, 80, 70, 85, 78, 75], [80, 80, 85, 75, 80, 83]],
        literature: [[70, 75, 80, 70, 75, 73], [75, 80, 75, 80, 78, 78]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Kha, Conduct::Tot],
        absence: [2, 0],
        remark: "Nhanh nhẹn, hòa đồng; chuyển trường từ đầu năm và đã bắt nhịp tốt.",
    },
    SchoolYearOf {
        id: "HS0012",
        name: "Lý Thị Như Ỷ",
        born: "2014-06-03",
        gender: Gender::Nu,
        birthplace: "Hải Phòng",
        mathematics: [[55, 60, 65, 70, 60, 63], [65, 60, 70, 70, 65, 68]],
        literature: [[70, 65, 75, 80, 70, 73], [75, 70, 80, 80, 75, 78]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Tot, Conduct::Tot],
        absence: [1, 0],
        remark: "Dịu dàng, chịu khó; cần luyện thêm kĩ năng tính toán.",
    },
];

/// The export of the full year, `niemphong-export/1`: indented and in the vendor's own order of keys, so
/// not the canonical form, with the claim that the period is locked.
pub fn export() -> Vec<u8> {
    written_as_export(&gradebook())
}

/// The export of the day before, in which a birthplace is wrong: locked, then opened again.
pub fn first_export() -> Vec<u8> {
    let mut first = gradebook();
    first.exported = written("2026-05-24T16:05:41+07:00");
    first.lock.at = None;
    if let Some(pupil) = first.pupils.get_mut(2) {
        pupil.birthplace = "Hải Dương".into();
    }
    written_as_export(&first)
}

/// The same after everybody signed: the last mark of a pupil in Toán was typed wrong, and with it every result
/// that follows from it.
pub fn corrected_export() -> Vec<u8> {
    written_as_export(&corrected_gradebook())
}

/// The same as data.
pub(super) fn corrected_gradebook() -> Gradebook {
    let mut corrected = gradebook();
    corrected.exported = written("2026-06-08T09:20:00+07:00");
    let mathematics = corrected.pupils[0].subjects.get_mut(&written::<SubjectId>("TOAN"));
    if let Some(SubjectRow { results: SubjectResults::Marks(results), .. }) = mathematics {
        if let Some(second) = &mut results.hk2 {
            second.ck = Some(mark(95));
        }
        average(results);
    }
    claim_levels(&mut corrected);
    corrected
}

/// What the gradebook held at a point in time of recording marks: never locked, never signed.
pub fn snapshot() -> Vec<u8> {
    let lock = LockClaim { locked: false, at: None };
    let exported = written("2026-03-30T17:10:00+07:00");
    written_as_export(&Gradebook { period: Period::Snapshot(1), exported, lock, ..gradebook() })
}

/// A gradebook as the vendor's program writes it.
pub(super) fn written_as_export(gradebook: &Gradebook) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(gradebook).expect("a gradebook holds no map keys but text");
    bytes.push(b'\n');
    bytes
}

/// The same export as a careless export makes it: a mark of 8.5 where tenths are asked for, and a pupil
/// without a subject. The inbox refuses it with both places named.
pub fn flawed_export() -> Vec<u8> {
    let mut flawed = serde_json::to_value(gradebook()).expect("a gradebook holds no map keys but text");
    flawed["pupils"][0]["subjects"]["TOAN"]["results"]["marks"]["hk1"]["gk"] = 8.5.into();
    if let Some(subjects) = flawed["pupils"][1]["subjects"].as_object_mut() {
        subjects.remove("VAN");
    }
    serde_json::to_vec_pretty(&flawed).expect("a JSON value has a text")
}

/// Why the only difference stands, in the principal's words.
pub const WHY_IT_STANDS: &str =
    "HS0011 chuyển đến giữa học kì I; điểm thường xuyên của trường cũ được tính theo học bạ.";

/// The pupil who came from another school in the first term.
const NEWCOMER: usize = 10;

/// The full year as data.
pub(super) fn gradebook() -> Gradebook {
    let mut book = bare_gradebook(CLASS, &PUPILS);
    // The old school's regular marks count too: one more in Toán than the periods of the subject give,
    // which the rules tell and the principal lets stand.
    let mathematics = book.pupils[NEWCOMER].subjects.get_mut(&written::<SubjectId>("TOAN"));
    if let Some(SubjectRow { results: SubjectResults::Marks(results), .. }) = mathematics {
        results.hk1.tx.push(mark(80));
        average(results);
    }
    claim_levels(&mut book);
    book
}

/// A class as its vendor's program holds it.
pub(super) fn gradebook_of(class: &str, pupils: &[SchoolYearOf]) -> Gradebook {
    let mut book = bare_gradebook(class, pupils);
    claim_levels(&mut book);
    book
}

fn bare_gradebook(class: &str, pupils: &[SchoolYearOf]) -> Gradebook {
    let subjects = SUBJECTS.map(|(id, name, _)| Subject {
        id: written(id),
        name: name.into(),
        assessment: if id == "GDTC" { Assessment::Levels } else { Assessment::Marks },
        periods: Some(periods(id)),
        parts: Vec::new(),
    });
    Gradebook {
        head_remarks: Vec::new(),
        parts: Vec::new(),
        format: FORMAT.into(),
        school: written(SCHOOL_CODE),
        year: written(YEAR),
        period: Period::FullYear,
        class: written(class),
        exported: written("2026-05-25T16:42:10+07:00"),
        lock: LockClaim { locked: true, at: Some(written("2026-05-25T16:30:00+07:00")) },
        subjects: subjects.into(),
        pupils: pupils.iter().map(pupil).collect(),
    }
}

/// Periods in the year by the general programme.
fn periods(subject: &str) -> u16 {
    match subject {
        "TIN" => 35,
        "GDTC" => 70,
        "ANH" | "LSDL" => 105,
        _ => 140,
    }
}

fn pupil(year: &SchoolYearOf) -> Pupil {
    let (mathematics, literature) = (&year.mathematics, &year.literature);
    let by_marks = |terms: &[MarksOfTerm; 2], count: usize, remarks: [&str; 4]| {
        let results = marks(terms, count);
        let remark = remark_on(remarks, &results);
        SubjectRow { remark, results: SubjectResults::Marks(results), parts: BTreeMap::new() }
    };
    let rows = [
        ("TOAN", by_marks(mathematics, 4, MATHEMATICS_REMARKS)),
        ("VAN", by_marks(literature, 4, LITERATURE_REMARKS)),
        ("ANH", by_marks(&other_subject(literature, 3), 4, OTHER_REMARKS)),
        ("KHTN", by_marks(&other_subject(mathematics, 1), 4, OTHER_REMARKS)),
        ("LSDL", by_marks(&other_subject(literature, 6), 4, OTHER_REMARKS)),
        ("TIN", by_marks(&other_subject(mathematics, 7), 2, OTHER_REMARKS)),
    ];
    let physical_education = SubjectRow {
        results: SubjectResults::Levels(levels(year.physical_education)),
        remark: "Hoàn thành tốt các bài tập, có ý thức rèn luyện sức khỏe.".into(),
        parts: BTreeMap::new(),
    };
    let rows = rows.into_iter().chain([("GDTC", physical_education)]);
    let subjects: BTreeMap<SubjectId, SubjectRow> = rows.map(|(id, row)| (written(id), row)).collect();
    let [hk1, hk2] = year.conduct;
    let [excused, unexcused] = year.absence;
    Pupil {
        id: written(year.id),
        name: year.name.into(),
        born: written(year.born),
        gender: year.gender,
        birthplace: year.birthplace.into(),
        subjects,
        personal: None,
        study: YearOf::EMPTY,
        conduct: YearOf {
            hk1: Some(hk1),
            hk2: Some(hk2),
            year: conduct_of_year(RULES, hk1, hk2),
            retest: None,
        },
        averages: YearOf::EMPTY,
        attendance: Vec::new(),
        outcome: None,
        honour: None,
        awards: String::new(),
        certificates: String::new(),
        summer: String::new(),
        absence: Absence { excused, unexcused },
        remark: year.remark.into(),
    }
}

/// Remarks by the year's mark: from 8,0, from 6,5, from 5,0, below.
const MATHEMATICS_REMARKS: [&str; 4] = [
    "Nắm vững kiến thức, vận dụng linh hoạt, lập luận chặt chẽ.",
    "Hiểu bài, tính toán khá tốt; cần trình bày lời giải gọn hơn.",
    "Nắm được kiến thức cơ bản; cần luyện tập thêm phần phân số.",
    "Còn lúng túng khi tính toán; cần ôn lại kiến thức cơ bản trong hè.",
];
/// As for mathematics.
const LITERATURE_REMARKS: [&str; 4] = [
    "Cảm thụ tốt, diễn đạt trôi chảy, dùng từ chuẩn xác.",
    "Đọc hiểu khá, bố cục rõ; cần mở rộng vốn từ ngữ.",
    "Biết viết đoạn văn; cần chú ý lỗi chính tả và dấu câu.",
    "Diễn đạt còn vụng; cần đọc sách thường xuyên hơn.",
];

/// For the other subjects.
const OTHER_REMARKS: [&str; 4] = [
    "Tiếp thu nhanh, tích cực tham gia các hoạt động học tập.",
    "Hiểu bài, hoàn thành tốt nhiệm vụ; cần mạnh dạn trao đổi hơn.",
    "Nắm được nội dung chính; cần đọc thêm tài liệu ở nhà.",
    "Còn hổng kiến thức; cần ôn tập thường xuyên hơn.",
];

fn remark_on(remarks: [&str; 4], results: &Results<Mark>) -> String {
    let band = match results.year.map_or(0, Mark::tenths) {
        80.. => 0,
        65.. => 1,
        50.. => 2,
        _ => 3,
    };
    remarks[band].to_owned()
}

fn mark(tenths: u16) -> Mark {
    Mark::try_from(tenths).expect("the demo's own marks lie between 0 and 10")
}

/// The marks of a kindred subject: another order, a little more or less.
fn other_subject(terms: &[MarksOfTerm; 2], shift: u16) -> [MarksOfTerm; 2] {
    terms.map(|[a, b, c, d, gk, ck]| {
        let [first, second] = [shift, shift / 2];
        let raised = |tenths: u16, by: u16| (tenths + by).min(100);
        [raised(c, first), d, raised(a, second), b, raised(ck, second), gk.saturating_sub(second)]
    })
}

/// Both terms with `count` regular marks each, and their averages.
fn marks(terms: &[MarksOfTerm; 2], count: usize) -> Results<Mark> {
    let term = |[a, b, c, d, gk, ck]: MarksOfTerm| Term {
        tx: [a, b, c, d].into_iter().take(count).map(mark).collect(),
        gk: Some(mark(gk)),
        ck: Some(mark(ck)),
        result: None,
    };
    let (hk1, hk2) = (term(terms[0]), term(terms[1]));
    let mut results = Results { hk1, hk2: Some(hk2), year: None, retest: None };
    average(&mut results);
    results
}

/// The averages that the vendor's program makes of the marks.
fn average(results: &mut Results<Mark>) {
    for term in [Some(&mut results.hk1), results.hk2.as_mut()].into_iter().flatten() {
        if let (Some(gk), Some(ck)) = (term.gk, term.ck) {
            term.result = Some(term_average(&term.tx, gk, ck));
        }
    }
    let second = results.hk2.as_ref().and_then(|term| term.result);
    results.year = results.hk1.result.zip(second).map(|(hk1, hk2)| year_average(hk1, hk2));
}

/// Levels of study, outcome and title as the vendor's program claims them; our own rules agree.
fn claim_levels(book: &mut Gradebook) {
    for pupil in &mut book.pupils {
        let [hk1, hk2, year] = standings(pupil);
        let study =
            YearOf { hk1: study_level(&hk1), hk2: study_level(&hk2), year: study_level(&year), retest: None };
        pupil.study = study;
        let (Some(study), Some(conduct)) = (study.year, pupil.conduct.year) else { continue };
        let ending = Ending { study, conduct, absent: pupil.absence.total(), after_summer: None };
        pupil.outcome = Some(outcome(RULES, &ending));
        pupil.honour = title(RULES, study, conduct, &year);
    }
}

/// First term, second term, year.
fn standings(pupil: &Pupil) -> [Standing; 3] {
    let mut all = <[Standing; 3]>::default();
    for row in pupil.subjects.values() {
        match &row.results {
            SubjectResults::Marks(one) => {
                let second = one.hk2.as_ref().and_then(|term| term.result);
                for (standing, mark) in all.iter_mut().zip([one.hk1.result, second, one.year]) {
                    standing.marks.extend(mark.map(|mark| Reached { mark, core: false }));
                }
            }
            SubjectResults::Levels(one) => {
                let second = one.hk2.as_ref().and_then(|term| term.result);
                for (standing, level) in all.iter_mut().zip([one.hk1.result, second, one.year]) {
                    standing.levels.extend(level);
                }
            }
            SubjectResults::Exempt => {}
        }
    }
    all
}

fn levels(terms: [&str; 2]) -> Results<Level> {
    let term = |letters: &str| {
        let one = |letter| if letter == 'D' { Level::Pass } else { Level::NotYet };
        let mut all: Vec<Level> = letters.chars().map(one).collect();
        let mut next = || all.pop().unwrap_or(Level::NotYet);
        let (ck, gk) = (next(), next());
        let mut term = Term { tx: all, gk: Some(gk), ck: Some(ck), result: None };
        term.result = term_level(RULES, &term);
        term
    };
    let (hk1, hk2) = (term(terms[0]), term(terms[1]));
    let year = hk2.result.map(year_level);
    Results { hk1, hk2: Some(hk2), year, retest: None }
}

#[cfg(test)]
mod tests {
    use school::digest::Sha256;
    use school::gradebook::{Honour, Study};
    use school::records::canonical;
    use school::scoring::{Cell, When, check};

    use super::*;

    #[test]
    fn the_export_is_a_gradebook_but_not_in_canonical_form() {
        let bytes = export();
        let read: Gradebook = serde_json::from_slice(&bytes).expect("an export in order");
        assert_eq!(read, gradebook());
        assert!(!canonical::is_canonical(&bytes), "a vendor writes as it likes");
        assert!(canonical::is_canonical(&canonical::to_bytes(&read).expect("no fractions")));
    }

    #[test]
    fn the_rules_agree_with_every_claim_but_the_one_that_the_principal_lets_stand() {
        for bytes in [export(), first_export()] {
            let read: Gradebook = serde_json::from_slice(&bytes).expect("an export in order");
            let checked = check(&read, Sha256::of(&bytes)).expect("a class with rules");
            assert_eq!(checked.gaps, []);
            assert_eq!(checked.differences.len(), 1, "{:#?}", checked.differences);
            assert_eq!(checked.differences[0].at, Cell::RegularCount(When::Hk1));
            assert_eq!(checked.differences[0].pupil, read.pupils[NEWCOMER].id);
        }
    }

    #[test]
    fn every_level_of_study_but_the_lowest_and_both_titles_are_seen() {
        let book = gradebook();
        let studies: Vec<_> = book.pupils.iter().filter_map(|pupil| pupil.study.year).collect();
        for study in [Study::Tot, Study::Kha, Study::Dat] {
            assert!(studies.contains(&study), "{studies:?}");
        }
        let honours: Vec<_> = book.pupils.iter().filter_map(|pupil| pupil.honour).collect();
        assert!(honours.contains(&Honour::XuatSac) && honours.contains(&Honour::Gioi), "{honours:?}");
    }

    #[test]
    fn every_pupil_has_every_subject_and_names_are_composed() {
        let book = gradebook();
        assert_eq!(book.pupils.len(), 12);
        for pupil in &book.pupils {
            assert!(book.subject_ids().iter().all(|id| pupil.subjects.contains_key(id)), "{}", pupil.id);
            let combining = |letter: char| ('\u{300}'..'\u{370}').contains(&letter);
            assert!(!pupil.name.contains(combining), "{} is not NFC", pupil.name);
            assert!(!pupil.remark.is_empty());
        }
    }

    #[test]
    fn a_level_not_reached_in_one_assessment_marks_the_term_and_not_the_year() {
        let results = levels(["DCDD", "DDDD"]);
        assert_eq!(results.hk1.result, Some(Level::NotYet));
        assert_eq!(
            (results.hk1.tx.len(), results.hk1.gk, results.hk1.ck),
            (2, Some(Level::Pass), Some(Level::Pass))
        );
        assert_eq!(results.year, Some(Level::Pass));
    }
}
