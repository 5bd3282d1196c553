//! Words for a clock that is not believed.

use super::{Words, words};

pub(super) fn clock(code: &str) -> Option<Words> {
    Some(match code {
        "clock.behind" => words(
            "Đồng hồ máy chủ chạy lùi so với sổ theo dõi nên việc ký đang tạm dừng.",
            "Có thể vì giờ máy chủ bị chỉnh lùi, pin đồng hồ của máy đã yếu, hoặc trước đây có lúc giờ chạy nhanh hơn thật.",
            "Vui lòng báo người quản trị chỉnh giờ máy chủ; nếu giờ đã đúng, hai người có tên trong danh sách nhân sự ghi giờ của mình ở trang Đồng hồ máy chủ (/dong-ho), hoặc bằng lệnh niemphong clock confirm.",
            "The clock stands behind the register, so nothing is signed. It was set back, its battery is weak, or it ran ahead earlier. Please have it set right; where it is right already, two named people confirm it (at /dong-ho, or niemphong clock confirm).",
        ),
        "clock.jumped" => words(
            "Đồng hồ máy chủ lệch hơn một ngày so với dự kiến nên việc ký đang tạm dừng.",
            "Thường do máy đã tắt hơn một ngày, hoặc có người chỉnh ngày giờ.",
            "Vui lòng kiểm tra giờ máy chủ; khi có mạng, chương trình tự hỏi máy chủ dấu thời gian, nếu không thì hai người có tên ghi giờ của mình ở trang Đồng hồ máy chủ (/dong-ho), hoặc bằng lệnh niemphong clock confirm.",
            "The clock is more than a day away from what was expected, so nothing is signed. Mostly the machine was off for longer than a day, or somebody set the clock. Please check it; a timestamp, NTP or two named people (at /dong-ho, or niemphong clock confirm) confirm it.",
        ),
        "clock.not_doubted" => words(
            "Đồng hồ máy chủ đang được tin cậy.",
            "Giờ máy chủ khớp với sổ theo dõi, hoặc vừa được xác nhận xong.",
            "Không cần xác nhận.",
            "Nobody doubts the clock. It agrees with the register, or was confirmed a moment ago. Nothing needs to be done.",
        ),
        "clock.two_people" => words(
            "Cần hai người khác nhau có tên trong danh sách nhân sự của năm học để xác nhận giờ.",
            "Có thể vì một người xác nhận hai lần, hoặc người xác nhận là con dấu hay không có trong danh sách đang hiệu lực.",
            "Vui lòng nhờ một người khác ghi giờ trong phiên của họ; ở dòng lệnh, nêu hai mã nhân sự khác nhau.",
            "Two different people of the roster have to confirm the time. One of them said it twice, or is the stamp or nobody of the roster in force. Please ask another person to write the time in their own session; at the command line name two different ids.",
        ),
        "clock.other_time" => words(
            "Giờ đã ghi lệch với đồng hồ máy chủ.",
            "Có thể vì đồng hồ máy chủ vẫn sai, hoặc giờ được gõ nhầm hay đã cũ lúc gửi đi.",
            "Vui lòng xem lại giờ đã ghi; nếu đúng, nhờ người quản trị chỉnh giờ máy chủ rồi xác nhận lại.",
            "The time that was read differs from the clock. The clock may be wrong still, or the time was mistyped or too old when it was sent. Please look at it again; if it is right, have the clock set and confirm again.",
        ),
        _ => return None,
    })
}
