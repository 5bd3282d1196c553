//! What the rules say of an export, in words: the printed report and the note beside the file.

use std::fmt::Write as _;

use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::{Conduct, Gradebook, Honour, LockClaim, Outcome, Study};
use school::identifier::{PupilId, SubjectId};
use school::role::Role;
use school::scoring::{Cell, Checked, Difference, Entry, Gap, Scheme, Value, When};

use super::{Both, both, period, period_within};

/// Lines of each kind in a note; the printed report has all of them.
const LINES: usize = 200;

/// A check as rows in Vietnamese, for the printed report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckWords {
    /// One sentence.
    pub conclusion: Both,
    /// What was checked and by which rules: label and value.
    pub grounds: Vec<(String, String)>,
    /// Per difference: pupil, subject, cell, expected, found.
    pub differences: Vec<[String; 5]>,
    /// Per missing entry: pupil, subject, cell, who enters it.
    pub gaps: Vec<[String; 4]>,
}

/// The words of a check.
pub fn check_words(checked: &Checked, book: &Gradebook) -> CheckWords {
    let names = Names(book);
    let difference = |one: &Difference| {
        [
            names.pupil(Some(&one.pupil)),
            names.subject(one.subject.as_ref()),
            cell(one.at).vi,
            one.expected.map_or_else(|| NOTHING.vi(), |value| value_of(value).vi),
            one.found.map_or_else(|| NOTHING.vi(), |value| value_of(value).vi),
        ]
    };
    let gap = |one: &Gap| {
        let (pupil, subject) = (names.pupil(one.pupil.as_ref()), names.subject(one.subject.as_ref()));
        [pupil, subject, missing(&one.missing).vi, role(one.by).vi]
    };
    CheckWords {
        conclusion: conclusion(checked),
        grounds: vec![
            ("Lớp".into(), checked.class.to_string()),
            ("Năm học".into(), checked.year.to_string()),
            ("Kỳ".into(), period(checked.period).vi),
            ("Quy định".into(), rules(checked.rules).vi),
            ("SHA-256 của tệp".into(), in_eights(&checked.export)),
            ("Phần mềm khai báo".into(), claim(&book.lock, checked.period)),
        ],
        differences: checked.differences.iter().map(difference).collect(),
        gaps: checked.gaps.iter().map(gap).collect(),
    }
}

/// In blocks of eight, as every paper prints it, so that two people can compare a digest aloud.
fn in_eights(digest: &Sha256) -> String {
    let hex = digest.to_string();
    let blocks: Vec<&str> = (0..hex.len()).step_by(8).filter_map(|at| hex.get(at..at + 8)).collect();
    blocks.join(" ")
}

/// What the file says of its lock. A claim is no lock: only a signed decision is one.
fn claim(claim: &LockClaim, of: Period) -> String {
    match (claim.locked, claim.at) {
        (true, Some(at)) => {
            format!("đã khóa lúc {}; chỉ có giá trị khi có quyết định khóa sổ", at.vietnamese())
        }
        (true, None) => "đã khóa, không ghi thời điểm; chỉ có giá trị khi có quyết định khóa sổ".into(),
        (false, _) if matches!(of, Period::Snapshot(_)) => {
            "chưa khóa; chỉ lưu giữ, không khóa sổ, không ký".into()
        }
        (false, _) => "chưa khóa; chờ khóa sổ".into(),
    }
}

/// The note beside a file that is in order and claims no lock.
pub fn inbox_waits(book: &Gradebook) -> String {
    format!(
        "ĐÃ NHẬN TỆP, ĐANG CHỜ KHÓA SỔ.\nLớp {}, năm học {}, {}: điểm khớp quy định và đã nhập đủ; tệp không khai báo đã khóa sổ.\n\
         Việc cần làm: giáo viên soát lại, ban quản trị đề nghị, Hiệu trưởng ký quyết định khóa sổ.\n\n\
         The file was taken and waits for the lock: its marks are complete and as the rules have them, and it claims no lock.\n",
        book.class,
        book.year,
        period_within(book.period).vi
    )
}

/// The note beside a file that was taken, in which something differs or is missing.
pub fn inbox_checked(checked: &Checked, book: &Gradebook) -> String {
    let names = Names(book);
    let conclusion = conclusion(checked);
    let mut note = format!(
        "ĐÃ NHẬN TỆP, NHƯNG CHƯA KHÓA SỔ ĐƯỢC.\n{}\nViệc cần làm: sửa, nhập đủ trong phần mềm quản lý điểm rồi xuất lại; \
         nếu giá trị khác quy định là đúng, Hiệu trưởng ghi lý do.\n\n\
         The file was taken but cannot be locked like this. {}\n\n",
        conclusion.vi, conclusion.en
    );
    for one in checked.differences.iter().take(LINES) {
        let (at, nothing) = (cell(one.at), both(NOTHING.0, NOTHING.1));
        let expected = one.expected.map_or_else(|| nothing.clone(), value_of);
        let found = one.found.map_or_else(|| nothing.clone(), value_of);
        let (pupil, subject) = (names.pupil(Some(&one.pupil)), names.subject(one.subject.as_ref()));
        let _ = writeln!(
            note,
            "- {pupil}; {subject}; {}: theo quy định {}, trong dữ liệu {} / {}: expected {}, found {}",
            at.vi, expected.vi, found.vi, at.en, expected.en, found.en
        );
    }
    for one in checked.gaps.iter().take(LINES) {
        let (what, by) = (missing(&one.missing), role(one.by));
        let (pupil, subject) = (names.pupil(one.pupil.as_ref()), names.subject(one.subject.as_ref()));
        let _ = writeln!(
            note,
            "- {pupil}; {subject}; {}: chưa nhập ({}) / {}: missing ({})",
            what.vi, by.vi, what.en, by.en
        );
    }
    let left_out = checked.differences.len().saturating_sub(LINES) + checked.gaps.len().saturating_sub(LINES);
    if left_out > 0 {
        let _ = writeln!(note, "- … và {left_out} dòng khác trong biên bản kiểm tra / and {left_out} more");
    }
    note
}

/// Stands where there is no value.
struct Nothing(&'static str, &'static str);

const NOTHING: Nothing = Nothing("không có", "none");

impl Nothing {
    fn vi(&self) -> String {
        self.0.into()
    }
}

/// Names of pupils and subjects as the book has them.
struct Names<'a>(&'a Gradebook);

impl Names<'_> {
    fn pupil(&self, id: Option<&PupilId>) -> String {
        let Some(id) = id else { return "Cả lớp".into() };
        let pupil = self.0.pupils.iter().find(|pupil| pupil.id == *id);
        pupil.map_or_else(|| id.to_string(), |pupil| format!("{} ({id})", pupil.name))
    }

    fn subject(&self, id: Option<&SubjectId>) -> String {
        let Some(id) = id else { return String::new() };
        let subject = self.0.subjects.iter().find(|subject| subject.id == *id);
        subject.map_or_else(|| id.to_string(), |subject| subject.name.clone())
    }
}

fn conclusion(checked: &Checked) -> Both {
    let (differences, gaps) = (checked.differences.len(), checked.gaps.len());
    if checked.is_clean() {
        return both(
            "Dữ liệu đầy đủ và khớp với kết quả tính theo quy định.",
            "The data are complete and agree with the rules.",
        );
    }
    both(
        format!("Có {differences} giá trị khác quy định và {gaps} nội dung chưa nhập."),
        format!("Values that differ from the rules: {differences}; missing entries: {gaps}."),
    )
}

fn rules(rules: Scheme) -> Both {
    match rules {
        Scheme::Tt22 => both("Thông tư 22/2021/TT-BGDĐT", "Circular 22/2021/TT-BGDDT"),
        Scheme::Tt58 => both(
            "Thông tư 58/2011/TT-BGDĐT, sửa đổi bởi Thông tư 26/2020/TT-BGDĐT",
            "Circular 58/2011/TT-BGDDT as amended by 26/2020/TT-BGDDT",
        ),
    }
}

/// Roles of a plan in their order.
pub fn turns(of: &[Role]) -> Both {
    let (vi, en): (Vec<_>, Vec<_>) = of.iter().map(|one| role(*one)).map(|one| (one.vi, one.en)).unzip();
    both(vi.join(" → "), en.join(" → "))
}

fn role(role: Role) -> Both {
    match role {
        Role::Gvcn => both("Giáo viên chủ nhiệm", "homeroom teacher"),
        Role::Gvbm | Role::GvbmChuTri => both("Giáo viên bộ môn", "subject teacher"),
        Role::BanQuanTri => both("Ban quản trị", "administration"),
        Role::HieuTruong => both("Hiệu trưởng", "principal"),
        Role::ConDau => both("Con dấu", "stamp"),
        Role::VanPhong => both("Văn phòng", "office"),
        Role::NguoiDeNghi => both("Người đề nghị sửa", "who proposes a correction"),
    }
}

fn when(when: When) -> Both {
    match when {
        When::Hk1 => both("học kì I", "first term"),
        When::Hk2 => both("học kì II", "second term"),
        When::Year => both("cả năm", "year"),
        When::Retest => both("sau đánh giá lại", "after the summer"),
    }
}

fn of_time(vi: &str, en: &str, time: When) -> Both {
    let time = when(time);
    both(format!("{vi} {}", time.vi), format!("{en}, {}", time.en))
}

fn cell(cell: Cell) -> Both {
    match cell {
        Cell::Regular(time, n) => of_time(&format!("ĐĐGtx lần {n}"), &format!("regular mark {n}"), time),
        Cell::RegularCount(time) => of_time("Số ĐĐGtx", "number of regular marks", time),
        Cell::Mid(time) => of_time("ĐĐGgk", "mid-term mark", time),
        Cell::Final(time) => of_time("ĐĐGck", "final mark", time),
        Cell::Result(time) => of_time("Kết quả môn học", "result of the subject", time),
        Cell::Study(time) => of_time("Kết quả học tập", "level of study", time),
        Cell::Average(time) => of_time("ĐTB các môn", "average of all subjects", time),
        Cell::Conduct(time) => of_time("Kết quả rèn luyện", "conduct", time),
        Cell::Outcome => both("Lên lớp", "outcome of the year"),
        Cell::Honour => both("Danh hiệu", "title"),
        Cell::Excused => both("Số buổi nghỉ có phép", "days absent with leave"),
        Cell::Unexcused => both("Số buổi nghỉ không phép", "days absent without leave"),
    }
}

fn missing(entry: &Entry) -> Both {
    match entry {
        Entry::Cell(at) => cell(*at),
        Entry::Subjects { found } => both(
            format!("Chỉ có {found} môn đánh giá bằng điểm số, quy định xếp mức cần ít nhất 6"),
            format!("only {found} subjects with marks; the levels need at least 6"),
        ),
    }
}

fn value_of(value: Value) -> Both {
    let same = |text: String| both(text.clone(), text);
    match value {
        Value::Mark(mark) => same(mark.to_string()),
        Value::Level(level) => same(level.to_string()),
        Value::Count(count) => same(count.to_string()),
        Value::Study(study) => same(study_word(study).into()),
        Value::Conduct(conduct) => same(conduct_word(conduct).into()),
        Value::Honour(honour) => same(honour_word(honour).into()),
        Value::Outcome(outcome) => outcome_words(outcome),
    }
}

/// A level of study.
pub const fn study_word(study: Study) -> &'static str {
    match study {
        Study::Tot => "Tốt",
        Study::Kha => "Khá",
        Study::Dat => "Đạt",
        Study::ChuaDat => "Chưa đạt",
        Study::Gioi => "Giỏi",
        Study::TrungBinh => "Trung bình",
        Study::Yeu => "Yếu",
        Study::Kem => "Kém",
    }
}

/// Conduct.
pub const fn conduct_word(conduct: Conduct) -> &'static str {
    match conduct {
        Conduct::Tot => "Tốt",
        Conduct::Kha => "Khá",
        Conduct::Dat => "Đạt",
        Conduct::ChuaDat => "Chưa đạt",
        Conduct::TrungBinh => "Trung bình",
        Conduct::Yeu => "Yếu",
    }
}

/// A title.
pub const fn honour_word(honour: Honour) -> &'static str {
    match honour {
        Honour::XuatSac => "Học sinh Xuất sắc",
        Honour::Gioi => "Học sinh Giỏi",
        Honour::TienTien => "Học sinh tiên tiến",
    }
}

/// The outcome of the year.
pub fn outcome_words(outcome: Outcome) -> Both {
    match outcome {
        Outcome::Promoted => both("Được lên lớp", "moves up"),
        Outcome::PromotedAfterSummer => both("Được lên lớp sau hè", "moves up after the summer"),
        Outcome::Retained => both("Không được lên lớp", "stays in the grade"),
        Outcome::ToRetest => both("Rèn luyện, đánh giá lại trong hè", "training or assessment in the summer"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_in_the_file_is_told_as_a_claim_and_none_as_waiting() {
        let at = "2026-05-25T16:42:10+07:00".parse().expect("a moment");
        let year = Period::FullYear;
        let told = claim(&LockClaim { locked: true, at: Some(at) }, year);
        assert!(told.starts_with("đã khóa lúc ") && told.contains("2026"), "{told}");
        assert!(told.ends_with("chỉ có giá trị khi có quyết định khóa sổ"), "{told}");
        let unlocked = LockClaim { locked: false, at: None };
        assert_eq!(claim(&unlocked, year), "chưa khóa; chờ khóa sổ");
        assert!(claim(&unlocked, Period::Snapshot(1)).ends_with("không khóa sổ, không ký"));
    }

    #[test]
    fn grounds_are_words_and_a_digest_that_can_be_read_aloud() {
        let book: Gradebook =
            serde_json::from_slice(include_bytes!("../../tests/fixtures/exports/6A1_ca-nam.json"))
                .expect("the fixture is a gradebook");
        let export = Sha256::of(b"export");
        let words = check_words(&school::scoring::check(&book, export).expect("rules"), &book);
        let told = |label: &str| {
            words
                .grounds
                .iter()
                .find(|(one, _)| one == label)
                .map(|(_, value)| value.as_str())
                .unwrap_or_default()
        };
        assert_eq!((told("Năm học"), told("Kỳ")), ("2025-2026", "Cả năm"));
        let digest = told("SHA-256 của tệp");
        assert_eq!(digest.split(' ').map(str::len).collect::<Vec<_>>(), [8; 8]);
        assert_eq!(digest.replace(' ', ""), export.to_string());
    }
}
