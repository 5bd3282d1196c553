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
    let (what, todo, english) = words(refusal);
    format!(
        "TỆP KHÔNG ĐƯỢC NHẬN: {file}\n{what}\nViệc cần làm: {todo}\nTệp vẫn nằm trong thư mục này, không mất gì. \
         [{}]\n\n{english}\n",
        refusal.code()
    )
}

fn words(refusal: &Refusal) -> (String, &'static str, &'static str) {
    match refusal {
        Refusal::Name => (
            "Tên tệp không cho biết đây là học bạ của ai.".into(),
            "đặt tên tệp là mã hồ sơ, ví dụ 2025-2026_ca-nam_hoc-ba_HS0001.pdf (năm học, kỳ, mã học sinh), rồi đưa lại vào thư mục.",
            "The file was not taken: name it by its dossier, such as 2025-2026_ca-nam_hoc-ba_HS0001.pdf.",
        ),
        Refusal::NotByPlan(year) => (
            format!(
                "Kế hoạch ký năm học {year} không nhận học bạ đã ký ở nơi khác: học bạ của năm ấy được lập và ký tại đây."
            ),
            "kiểm tra năm học trong tên tệp; nếu trường ký học bạ bằng phần mềm khác, chọn kế hoạch ấy khi chuẩn bị năm học.",
            "The file was not taken: by the plans of that year transcripts are made and signed here.",
        ),
        Refusal::NotLocked(dossier) => (
            format!("Chưa có sổ điểm đã khóa nào của kỳ này có học sinh của {dossier}."),
            "kiểm tra mã học sinh và kỳ trong tên tệp; khóa sổ điểm của lớp trước, rồi đưa tệp lại.",
            "The file was not taken: no locked gradebook of that period names the pupil.",
        ),
        Refusal::Standing(dossier) => (
            format!("Hồ sơ {dossier} đã có tệp khác, hoặc tệp này không phải phiên bản đang chờ."),
            "không làm gì nếu đưa nhầm; bản thay thế chỉ nhận sau khi biên bản sửa chữa đã ký, với đuôi _v2.",
            "The file was not taken: another file stands for this dossier, or it is not the version that is due.",
        ),
        Refusal::NotConfirmed(codes) => (
            format!("Bộ kiểm tra không xác nhận tệp này hợp lệ: {}.", codes.join(", ")),
            "chạy niemphong verify TỆP để xem từng chữ ký; nếu CA của người ký chưa được tin cậy thì nạp chứng thư CA; nếu không kiểm tra được thu hồi thì thử lại khi có mạng.",
            "The file was not taken: the judge does not find it valid. Run niemphong verify on it.",
        ),
        Refusal::SignatureMissing(name) => (
            format!(
                "Thiếu chữ ký {name} bằng chứng thư có trong danh sách nhân sự, hoặc chữ ký không theo thứ tự của kế hoạch."
            ),
            "kiểm tra chứng thư mà phần mềm kia dùng có đúng chứng thư trong danh sách nhân sự; ký lại ở phần mềm ấy rồi đưa tệp mới.",
            "The file was not taken: a signature that the plan asks for is missing, by another certificate, or out of order.",
        ),
    }
}
