//! Words for a clock that is not believed.

use super::{Words, words};

pub(super) fn clock(code: &str) -> Option<Words> {
    Some(match code {
        "clock.behind" => words(
            "Đồng hồ máy chủ chạy lùi so với sổ theo dõi nên việc ký đang tạm dừng.",
            "Vui lòng báo người quản trị chỉnh giờ máy chủ; nếu giờ đã đúng, hai người có tên trong danh sách nhân sự xác nhận bằng lệnh niemphong clock confirm.",
            "The clock stands behind the register, so nothing is signed. Set it right; two named people can confirm it.",
        ),
        "clock.jumped" => words(
            "Đồng hồ máy chủ lệch hơn một ngày so với dự kiến nên việc ký đang tạm dừng.",
            "Vui lòng kiểm tra giờ máy chủ; khi có mạng, chương trình tự hỏi máy chủ dấu thời gian, nếu không thì hai người có tên xác nhận bằng lệnh niemphong clock confirm.",
            "The clock is more than a day away from what was expected, so nothing is signed until a timestamp, NTP or two named people confirm it.",
        ),
        "clock.not_doubted" => words(
            "Đồng hồ máy chủ đang được tin cậy.",
            "Không cần xác nhận.",
            "Nobody doubts the clock. Nothing needs to be confirmed.",
        ),
        "clock.two_people" => words(
            "Cần hai người khác nhau có tên trong danh sách nhân sự của năm học để xác nhận giờ.",
            "Vui lòng nêu hai mã nhân sự khác nhau; con dấu không phải là một người.",
            "Two different people of the roster have to confirm the time. The stamp is no person.",
        ),
        "clock.other_time" => words(
            "Giờ do hai người đọc lệch với đồng hồ máy chủ.",
            "Vui lòng chỉnh giờ máy chủ cho đúng rồi xác nhận lại.",
            "The time that was read differs from the clock. Please set the clock right and confirm again.",
        ),
        _ => return None,
    })
}
