//! What is wrong with an export, in words: for each kind of problem a Vietnamese and an English phrase
//! that stands behind the place it is about.

use crafts::export::ProblemCode;

use crate::wording::Finding;

/// Words for the stable code of a problem; codes of a newer reader have none.
pub fn of_code(code: &str) -> Option<Finding> {
    match code {
        "export.locked_value_changed" => Some((
            "khác với dữ liệu đã khóa mà chưa ai ký: cần quyết định mở sổ trước khi nhận bản mới",
            "differs from locked data that nobody signed for yet: reopen the period first",
        )),
        "export.signed_value_changed" => Some((
            "khác với dữ liệu đã khóa và đã có người ký: chỉ sửa được theo thủ tục sửa chữa",
            "differs from locked data that somebody signed for: only a correction changes it",
        )),
        "export.correction_under_way" => Some((
            "khác với dữ liệu đang được sửa chữa: cần giải quyết xong hồ sơ sửa chữa đó trước",
            "differs from data that a correction is about: finish that correction first",
        )),
        _ => ProblemCode::ALL.into_iter().find(|problem| problem.as_str() == code).map(words),
    }
}

fn words(problem: ProblemCode) -> Finding {
    use ProblemCode as P;
    match problem {
        P::TooLarge => ("tệp quá lớn so với sổ điểm của một lớp", "the file is larger than one class can be"),
        P::NotUtf8 => ("tệp không phải văn bản UTF-8", "the file is not UTF-8 text"),
        P::NotJson => ("tệp không đúng cấu trúc JSON", "the file is not JSON"),
        P::TooDeep => ("dữ liệu lồng quá nhiều tầng", "the data is nested too deeply"),
        P::TooManyProblems => ("còn nhiều lỗi khác chưa liệt kê", "there are more problems than are listed"),
        P::DuplicateKey => ("mục này xuất hiện hai lần", "this key stands twice"),
        P::UnknownKey => ("mục này không có trong mẫu xuất", "the format does not know this key"),
        P::Missing => ("thiếu mục bắt buộc này", "this required key is missing"),
        P::WrongType => ("giá trị sai kiểu dữ liệu", "the value has the wrong type"),
        P::OtherFormat => {
            ("tệp không theo mẫu niemphong-export/1", "the file is not of format niemphong-export/1")
        }
        P::NotAnIdentifier => (
            "mã chỉ được gồm chữ không dấu, chữ số và dấu gạch nối",
            "a code holds only letters without marks, digits and hyphens",
        ),
        P::NotASchoolYear => ("năm học phải có dạng 2025-2026", "a school year looks like 2025-2026"),
        P::NotAPeriod => (
            "kỳ phải là HK1, ca-nam, sau-he hoặc thoi-diem-<số>",
            "a period is HK1, ca-nam, sau-he or thoi-diem-<n>",
        ),
        P::NotADate => ("ngày phải có dạng 2014-03-05", "a date looks like 2014-03-05"),
        P::NotAMoment => (
            "thời điểm phải có dạng 2026-05-30T08:15:00+07:00",
            "a moment looks like 2026-05-30T08:15:00+07:00",
        ),
        P::NotAChoice => ("giá trị không nằm trong danh sách cho phép", "the value is none of those allowed"),
        P::MarkNotTenths => (
            "điểm phải là số nguyên phần mười từ 0 đến 100 (8,5 ghi là 85)",
            "a mark is a whole number of tenths from 0 to 100 (8.5 is written 85)",
        ),
        P::NotACount => ("phải là số nguyên không âm", "a count is a whole number that is not negative"),
        P::NotAMonth => ("tháng phải có dạng 2025-09", "a month looks like 2025-09"),
        P::NotADay => ("ngày này không có trong tháng", "the month has no such day"),
        P::PrimaryLevel => (
            "lớp tiểu học (khối 1 đến 5) được đánh giá theo năng lực và phẩm chất; chương trình này chỉ nhận sổ của              trung học cơ sở và trung học phổ thông",
            "primary classes (grades 1 to 5) are assessed by competences and qualities; this program takes              gradebooks of secondary classes only",
        ),
        P::NoGrade => (
            "tên lớp phải bắt đầu bằng số khối từ 6 đến 12, ví dụ 6A1",
            "the name of a class begins with its grade from 6 to 12, for instance 6A1",
        ),
        P::YearTooOld => (
            "chương trình chỉ có quy tắc tính điểm từ năm học 2020-2021",
            "there are rules for school years from 2020-2021 on only",
        ),
        P::TxCount => (
            "mỗi học kỳ có nhiều nhất 5 điểm đánh giá thường xuyên",
            "a term has at most five regular assessments",
        ),
        P::TermSurplus => (
            "có kết quả học kỳ II, cả năm hoặc đánh giá lại trong khi kỳ là HK1",
            "second term, year or retest is there although the period is HK1",
        ),
        P::ListTooLong => ("danh sách này có quá nhiều mục", "this list has too many entries"),
        P::AssessmentMismatch => (
            "cách ghi (điểm hay mức đạt) không khớp với môn học",
            "marks or levels do not fit how the subject is assessed",
        ),
        P::SubjectMissing => ("học sinh thiếu kết quả môn này", "the pupil has no results in this subject"),
        P::SubjectUnknown => {
            ("môn này không có trong danh sách môn của lớp", "the class does not have this subject")
        }
        P::DuplicateSubject => ("môn học bị lặp", "the subject is listed twice"),
        P::DuplicatePupil => ("học sinh bị lặp", "the pupil is listed twice"),
        P::NoSubjects => ("không có môn học nào", "there is no subject"),
        P::NoPupils => ("không có học sinh nào", "there is no pupil"),
        P::TooManySubjects => ("quá nhiều môn học cho một lớp", "there are too many subjects for one class"),
        P::TooManyPupils => ("quá nhiều học sinh cho một lớp", "there are too many pupils for one class"),
        P::TextEmpty => ("tên bị để trống", "the name is empty"),
        P::TextTooLong => ("nội dung quá dài", "the text is too long"),
        P::ControlCharacter => {
            ("có ký tự điều khiển hoặc ký tự ẩn", "there is a control or invisible character")
        }
        P::Unprintable => (
            "có ký tự không in được bằng phông chữ của hồ sơ",
            "there is a character that the font cannot print",
        ),
    }
}
