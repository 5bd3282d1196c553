//! Words beside signed files from other programs in the inbox.

use school::dossier::DossierId;

use crate::lifecycle::elsewhere::ElsewhereRefusal as Refusal;

/// Beside a transcript that was taken in.
pub fn inbox_signed_elsewhere(dossier: &DossierId) -> String {
    format!(
        "ĐÃ NHẬN HỌC BẠ ĐÃ KÝ: {dossier}\n\
         Các chữ ký đã được kiểm tra và học bạ đã ghi vào sổ theo dõi. Tệp được giữ nguyên từng byte: không ký thêm, \
         chỉ niêm phong cùng lần lưu trữ tới.\n\
         Nội dung học bạ do phần mềm khác lập nên không được so với sổ điểm; nhà trường chịu trách nhiệm rằng tệp mang \
         đúng mã của học sinh.\n\n\
         The signed transcript was verified and registered. Nothing is added to it; it is sealed with the next deposit. \
         What it prints is not compared with the gradebook.\n"
    )
}

/// Beside a signed file that was not taken in.
pub fn inbox_not_taken(file: &str, refusal: &Refusal) -> String {
    let Words { what, why, todo, english } = words(refusal);
    format!(
        "TỆP KHÔNG ĐƯỢC NHẬN: {file}\n{what}\nNguyên nhân: {why}\nViệc cần làm: {todo}\n\
         Tệp vẫn nằm trong thư mục này, không mất gì. [{}]\n\nThe file was not taken. {english}\n",
        refusal.code()
    )
}

struct Words {
    what: String,
    why: &'static str,
    todo: &'static str,
    english: &'static str,
}

fn words(refusal: &Refusal) -> Words {
    match refusal {
        Refusal::Name => Words {
            what: "Tên tệp không cho biết đây là học bạ của ai.".into(),
            why: "tên không phải là mã hồ sơ, thường vì phần mềm ký đã đặt tên theo cách của nó.",
            todo: "đặt tên tệp là mã hồ sơ, ví dụ 2025-2026_ca-nam_hoc-ba_HS0001.pdf (năm học, kỳ, mã học sinh), rồi đưa lại vào thư mục.",
            english: "Its name is not the id of a dossier; mostly the other program named it. Please name it such as 2025-2026_ca-nam_hoc-ba_HS0001.pdf.",
        },
        Refusal::NotByPlan(year) => Words {
            what: format!("Học bạ năm học {year} không nhận bản đã ký ở nơi khác."),
            why: "theo kế hoạch ký của năm ấy, học bạ được lập và ký tại đây.",
            todo: "kiểm tra năm học trong tên tệp; nếu trường ký học bạ bằng phần mềm khác, chọn kế hoạch ấy khi chuẩn bị năm học.",
            english: "By the plans of that year transcripts are made and signed here. Please check the year in its name, or choose the other plan when a year is prepared.",
        },
        Refusal::NotLocked(dossier) => Words {
            what: format!("Chưa có sổ điểm đã khóa nào của kỳ này có học sinh của {dossier}."),
            why: "mã học sinh hoặc kỳ trong tên tệp bị ghi nhầm, hoặc sổ điểm của lớp chưa khóa.",
            todo: "kiểm tra mã học sinh và kỳ trong tên tệp; khóa sổ điểm của lớp trước, rồi đưa tệp lại.",
            english: "No locked gradebook of that period names the pupil: code or period is mistyped, or the class is not locked yet. Please check the name, lock the class and bring the file again.",
        },
        Refusal::Standing(dossier) => Words {
            what: format!("Hồ sơ {dossier} không nhận tệp này."),
            why: "hồ sơ đã có tệp khác, hoặc tệp này không phải phiên bản đang chờ.",
            todo: "không làm gì nếu đưa nhầm; bản thay thế chỉ nhận sau khi biên bản sửa chữa đã ký, với đuôi _v2.",
            english: "Another file stands for this dossier, or it is not the version that is due. A replacement is taken after the record of a correction is signed, named with _v2.",
        },
        Refusal::NotConfirmed(codes) => Words {
            what: format!("Bộ kiểm tra không xác nhận tệp này hợp lệ: {}.", codes.join(", ")),
            why: "tệp đã đổi sau khi ký, CA của người ký chưa được tin cậy, hoặc lúc này không kiểm tra được thu hồi.",
            todo: "chạy niemphong verify TỆP để xem từng chữ ký; nếu CA của người ký chưa được tin cậy thì nạp chứng thư CA; nếu không kiểm tra được thu hồi thì thử lại khi có mạng.",
            english: "The judge does not find it valid: it was changed after signing, a CA is not trusted, or revocation cannot be checked now. Please run niemphong verify on it.",
        },
        Refusal::SignatureMissing(name) => Words {
            what: format!("Thiếu chữ ký {name} đúng theo kế hoạch ký."),
            why: "chưa ai ký ô này, chữ ký dùng chứng thư khác với danh sách nhân sự, hoặc không theo thứ tự của kế hoạch.",
            todo: "kiểm tra chứng thư mà phần mềm kia dùng có đúng chứng thư trong danh sách nhân sự; ký lại ở phần mềm ấy rồi đưa tệp mới.",
            english: "A signature that the plan asks for is missing, by another certificate than the roster's, or out of order. Please sign it again in the other program and bring the new file.",
        },
    }
}
