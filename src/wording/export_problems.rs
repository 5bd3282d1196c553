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

/// The probable cause and what to do about it, for the same codes.
pub fn why_of_code(code: &str) -> Option<Finding> {
    match code {
        "export.locked_value_changed" => Some((
            "Giá trị được sửa trong phần mềm quản lý điểm sau khi khóa sổ. Nếu giá trị mới là đúng, vui lòng đề nghị mở sổ; nếu không, sửa lại như cũ rồi xuất lại.",
            "The value was changed in the gradebook system after the lock. If the new one is right, please propose to reopen the period; else change it back and export again.",
        )),
        "export.signed_value_changed" => Some((
            "Giá trị được sửa trong phần mềm quản lý điểm sau khi đã có người ký. Nếu giá trị mới là đúng, vui lòng mở hồ sơ sửa chữa; nếu không, sửa lại như cũ rồi xuất lại.",
            "The value was changed in the gradebook system after somebody had signed it. If the new one is right, please open a correction case; else change it back and export again.",
        )),
        "export.correction_under_way" => Some((
            "Tệp sửa trước của lớp này còn chờ chữ ký. Vui lòng ký xong hoặc rút hồ sơ đó, rồi đưa tệp này lại.",
            "An earlier corrected file of this class still waits for signatures. Please finish or take back that case, then bring this file again.",
        )),
        _ => ProblemCode::ALL.into_iter().find(|problem| problem.as_str() == code).map(why),
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

fn why(problem: ProblemCode) -> Finding {
    use ProblemCode as P;
    match problem {
        P::TooLarge => (
            "Thường do xuất nhiều lớp vào một tệp. Vui lòng xuất từng lớp.",
            "Mostly several classes are in one file. Please export one class at a time.",
        ),
        P::NotUtf8 => (
            "Tệp được lưu bằng bảng mã khác, thường sau khi mở và lưu lại bằng chương trình soạn thảo. Vui lòng xuất lại và đưa thẳng vào thư mục.",
            "The file was saved in another encoding, mostly by an editor. Please export it again and bring it as it is.",
        ),
        P::NotJson => (
            "Tệp bị cắt cụt khi chép, hoặc bị sửa tay. Vui lòng xuất lại.",
            "The file was cut short while it was copied, or edited by hand. Please export it again.",
        ),
        P::TooDeep => (
            "Không phần mềm quản lý điểm nào ghi như vậy, có thể đã chọn nhầm tệp. Vui lòng kiểm tra lại tệp.",
            "No gradebook system writes like that, so it may be another file. Please check which file it is.",
        ),
        P::TooManyProblems => (
            "Tệp có lẽ theo một mẫu khác nên nhiều chỗ sai cùng một cách. Vui lòng sửa những chỗ đã nêu, xuất lại rồi xem phần còn lại.",
            "The file may be of another format, so that many places are wrong in one way. Please correct those listed, export again and see what is left.",
        ),
        P::DuplicateKey => (
            "Phần mềm xuất hoặc người sửa tay đã ghi mục này hai lần. Vui lòng xuất lại; nếu vẫn vậy, báo nhà cung cấp phần mềm.",
            "The exporting software, or somebody by hand, wrote this key twice. Please export again; if it stays, tell the vendor.",
        ),
        P::UnknownKey => (
            "Tên mục bị viết sai, hoặc phần mềm xuất thêm dữ liệu ngoài mẫu. Vui lòng báo nhà cung cấp phần mềm viết đúng tên hoặc bỏ mục này.",
            "The key is misspelt, or the software exports more than the format has. Please ask the vendor to correct or leave it out.",
        ),
        P::Missing => (
            "Dữ liệu chưa được nhập trong phần mềm quản lý điểm, hoặc phần mềm không xuất mục này. Vui lòng nhập rồi xuất lại.",
            "It was not entered in the gradebook system, or the software does not export it. Please enter it and export again.",
        ),
        P::WrongType => (
            "Phần mềm xuất ghi chữ ở chỗ cần số, hoặc ngược lại. Vui lòng báo nhà cung cấp phần mềm.",
            "The software writes text where a number belongs, or the other way round. Please tell the vendor.",
        ),
        P::OtherFormat => (
            "Tệp do phần mềm hoặc phiên bản khác ghi, hay đã chọn nhầm tệp. Vui lòng chọn tệp xuất đúng mẫu.",
            "Another program or version wrote the file, or it is another one. Please choose a file of this format.",
        ),
        P::NotAnIdentifier => (
            "Mã có dấu, khoảng trắng hoặc ký hiệu, thường vì lấy tên làm mã. Vui lòng sửa mã trong phần mềm quản lý điểm rồi xuất lại.",
            "The code has marks, blanks or signs, mostly because a name was taken for it. Please correct it in the gradebook system and export again.",
        ),
        P::NotASchoolYear => (
            "Năm học được viết theo cách khác, hoặc hai năm không liền nhau. Vui lòng sửa rồi xuất lại.",
            "The year is written in another way, or its two years do not follow each other. Please correct it and export again.",
        ),
        P::NotAPeriod => (
            "Kỳ được viết theo cách khác; học kỳ II nằm trong bản cả năm. Vui lòng chọn đúng kỳ rồi xuất lại.",
            "The period is written in another way; the second term is part of the year. Please choose the period and export again.",
        ),
        P::NotADate => (
            "Ngày được viết theo kiểu 05/03/2014, hoặc không có ngày đó. Vui lòng sửa trong phần mềm quản lý điểm rồi xuất lại.",
            "The date is written as 05/03/2014, or there is no such day. Please correct it in the gradebook system and export again.",
        ),
        P::NotAMoment => (
            "Thời điểm thiếu múi giờ hoặc được viết theo cách khác. Vui lòng báo nhà cung cấp phần mềm.",
            "The moment lacks its offset or is written in another way. Please tell the vendor.",
        ),
        P::NotAChoice => (
            "Phần mềm dùng từ hoặc chữ viết tắt khác với mẫu. Vui lòng sửa theo danh sách của mẫu rồi xuất lại.",
            "The software uses another word or abbreviation than the format. Please take one of those allowed and export again.",
        ),
        P::MarkNotTenths => (
            "Điểm được ghi với dấu phẩy hay dấu chấm, hoặc nằm ngoài thang điểm 10. Vui lòng kiểm tra điểm rồi xuất lại theo mẫu.",
            "The mark is written with a comma or point, or lies outside of 0 to 10. Please check it and export again.",
        ),
        P::NotACount => (
            "Số bị nhập có phần lẻ, âm, hoặc là chữ. Vui lòng sửa rồi xuất lại.",
            "The count has a fraction, is negative or is text. Please correct it and export again.",
        ),
        P::NotAMonth => (
            "Tháng được viết theo cách khác, ví dụ 9/2025. Vui lòng sửa rồi xuất lại.",
            "The month is written in another way, such as 9/2025. Please correct it and export again.",
        ),
        P::NotADay => (
            "Ngày bị nhập nhầm, ví dụ ngày 31 của tháng có 30 ngày. Vui lòng sửa rồi xuất lại.",
            "The day is mistyped, such as the 31st of a month of 30 days. Please correct it and export again.",
        ),
        P::PrimaryLevel => (
            "Tệp là của lớp tiểu học, hoặc tên lớp bị ghi nhầm. Vui lòng chỉ đưa sổ của lớp 6 đến lớp 12.",
            "The file is of a primary class, or the name of the class is mistyped. Please bring books of grades 6 to 12 only.",
        ),
        P::NoGrade => (
            "Tên lớp được đặt theo cách khác, ví dụ Lớp 6A1 hay A1-6. Vui lòng sửa tên lớp rồi xuất lại.",
            "The class is named in another way, such as A1-6. Please correct its name and export again.",
        ),
        P::YearTooOld => (
            "Tệp thuộc một năm học cũ hơn, hoặc năm học bị ghi nhầm. Vui lòng kiểm tra năm học trong tệp.",
            "The file is of an older year, or the year is mistyped. Please check the year in the file.",
        ),
        P::TxCount => (
            "Có thể nhập thừa cột, hoặc điểm của hai học kỳ nằm chung một chỗ. Vui lòng kiểm tra rồi xuất lại.",
            "A column too many may have been filled, or marks of two terms stand in one. Please check and export again.",
        ),
        P::TermSurplus => (
            "Tệp được xuất là HK1 sau khi đã có dữ liệu của học kỳ II. Vui lòng xuất lại với đúng kỳ, thường là ca-nam.",
            "The file was exported as HK1 when the second term had begun. Please export it with the right period, mostly ca-nam.",
        ),
        P::ListTooLong => (
            "Dữ liệu bị lặp, hoặc nhiều lớp nằm trong một tệp. Vui lòng kiểm tra rồi xuất lại.",
            "Entries are repeated, or several classes are in one file. Please check and export again.",
        ),
        P::AssessmentMismatch => (
            "Môn được khai là đánh giá bằng điểm nhưng ghi mức Đạt, hoặc ngược lại. Vui lòng sửa cách đánh giá của môn rồi xuất lại.",
            "The subject is said to have marks but has levels, or the other way round. Please correct how it is assessed and export again.",
        ),
        P::SubjectMissing => (
            "Giáo viên chưa nhập môn này, học sinh mới vào lớp, hoặc được miễn mà chưa ghi là miễn. Vui lòng nhập đủ rồi xuất lại.",
            "The teacher has not entered it, the pupil is new, or is exempt and not marked so. Please complete it and export again.",
        ),
        P::SubjectUnknown => (
            "Mã môn được viết khác với danh sách môn của lớp, hoặc học sinh mang kết quả từ lớp khác sang. Vui lòng sửa danh sách môn hoặc mã môn.",
            "The code of the subject differs from the list of the class, or the pupil brings results of another class. Please correct list or code.",
        ),
        P::DuplicateSubject => (
            "Môn được khai hai lần, thường do hai giáo viên cùng dạy. Vui lòng để môn một lần rồi xuất lại.",
            "The subject is listed twice, mostly because two teachers share it. Please list it once and export again.",
        ),
        P::DuplicatePupil => (
            "Học sinh được nhập hai lần, thường sau khi chuyển lớp. Vui lòng bỏ một dòng trong phần mềm quản lý điểm rồi xuất lại.",
            "The pupil was entered twice, mostly after a change of class. Please remove one in the gradebook system and export again.",
        ),
        P::NoSubjects => (
            "Lớp chưa được phân môn trong phần mềm quản lý điểm, hoặc chọn nhầm lớp khi xuất. Vui lòng kiểm tra rồi xuất lại.",
            "The class has no subjects in the gradebook system yet, or another class was chosen. Please check and export again.",
        ),
        P::NoPupils => (
            "Lớp chưa có học sinh trong phần mềm quản lý điểm, hoặc chọn nhầm lớp khi xuất. Vui lòng kiểm tra rồi xuất lại.",
            "The class has no pupils in the gradebook system yet, or another class was chosen. Please check and export again.",
        ),
        P::TooManySubjects => (
            "Môn học của nhiều lớp hoặc nhiều khối nằm chung một tệp. Vui lòng xuất từng lớp.",
            "Subjects of several classes or grades are in one file. Please export one class at a time.",
        ),
        P::TooManyPupils => (
            "Học sinh của nhiều lớp nằm chung một tệp. Vui lòng xuất từng lớp.",
            "Pupils of several classes are in one file. Please export one class at a time.",
        ),
        P::TextEmpty => (
            "Ô chưa được nhập, hoặc chỉ có khoảng trắng. Vui lòng nhập rồi xuất lại.",
            "The field was not filled, or holds blanks only. Please fill it and export again.",
        ),
        P::TextTooLong => (
            "Có thể một đoạn văn bị dán nhầm vào ô này. Vui lòng rút ngắn rồi xuất lại.",
            "A whole paragraph may have been pasted there. Please shorten it and export again.",
        ),
        P::ControlCharacter => (
            "Chữ được chép từ trang mạng hoặc tài liệu khác, mang theo ký tự không thấy được. Vui lòng gõ lại ô này rồi xuất lại.",
            "The text was copied from a web page or document with characters that are not seen. Please type it again and export.",
        ),
        P::Unprintable => (
            "Có biểu tượng hoặc chữ của ngôn ngữ khác mà hồ sơ không in được. Vui lòng bỏ ký tự đó rồi xuất lại.",
            "There is a symbol or a letter of another script. Please remove it and export again.",
        ),
    }
}
