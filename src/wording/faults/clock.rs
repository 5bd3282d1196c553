//! Words for a clock that is not believed.

use super::{Words, words};

pub(super) fn clock(code: &str) -> Option<Words> {
    Some(match code {
        "clock.behind" => words(
            "Đồng hồ máy chủ chạy lùi so với sổ theo dõi nên việc ký đang tạm dừng.",
            "Có thể vì giờ máy chủ bị chỉnh lùi, pin đồng hồ của máy đã yếu, hoặc trước đây có lúc giờ chạy nhanh hơn thật.",
            "Vui lòng báo người quản trị chỉnh giờ máy chủ; nếu giờ đã đúng, hai người có tên trong danh sách nhân sự xác nhận bằng lệnh niemphong clock confirm.",
            "The clock stands behind the register, so nothing is signed. It was set back, its battery is weak, or it ran ahead earlier. Please have it set right; where it is right already, two named people confirm it (niemphong clock confirm).",
        ),
        "clock.jumped" => words(
            "Đồng hồ máy chủ lệch hơn một ngày so với dự kiến nên việc ký đang tạm dừng.",
            "Thường do máy đã tắt hơn một ngày, hoặc có người chỉnh ngày giờ.",
            "Vui lòng kiểm tra giờ máy chủ; khi có mạng, chương trình tự hỏi máy chủ dấu thời gian, nếu không thì hai người có tên xác nhận bằng lệnh niemphong clock confirm.",
            "The clock is more than a day away from what was expected, so nothing is signed. Mostly the machine was off for longer than a day, or somebody set the clock. Please check it; a timestamp, NTP or two named people (niemphong clock confirm) confirm it.",
        ),
        "clock.not_doubted" => words(
            "Đồng hồ máy chủ đang được tin cậy.",
            "Giờ máy chủ khớp với sổ theo dõi, hoặc vừa được xác nhận xong.",
            "Không cần xác nhận.",
            "Nobody doubts the clock. It agrees with the register, or was confirmed a moment ago. Nothing needs to be done.",
        ),
        "clock.two_people" => words(
            "Cần hai người khác nhau có tên trong danh sách nhân sự của năm học để xác nhận giờ.",
            "Có thể vì một mã được nêu hai lần, hoặc một mã là của con dấu hay của người không có trong danh sách đang hiệu lực.",
            "Vui lòng nêu hai mã nhân sự khác nhau; con dấu không phải là một người.",
            "Two different people of the roster have to confirm the time. One id was given twice, or one is of the stamp or of nobody in the roster in force. Please name two different ids.",
        ),
        "clock.other_time" => words(
            "Giờ do hai người đọc lệch với đồng hồ máy chủ.",
            "Có thể vì đồng hồ máy chủ vẫn sai, hoặc giờ được gõ nhầm hay đã cũ lúc gửi đi.",
            "Vui lòng chỉnh giờ máy chủ cho đúng rồi xác nhận lại.",
            "The time that was read differs from the clock. The clock may be wrong still, or the time was mistyped or too old when it was sent. Please set the clock right and confirm again.",
        ),
        _ => return None,
    })
}
