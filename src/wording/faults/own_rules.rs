//! Words for rules of a school that are none.

use super::{Words, words};

pub(super) fn own_rules(code: &str) -> Option<Words> {
    Some(match code {
        "rules.no_medium" => words(
            "Quy chế lưu trữ chưa nêu loại vật mang nào.",
            "Trên biểu mẫu chưa đánh dấu loại nào, mà quy chế phải có ít nhất một.",
            "Vui lòng chọn ít nhất một loại: đĩa quang, USB hoặc ổ cứng rời chuyên dụng.",
            "The regulation names no kind of medium. None was ticked, and a regulation needs at least one. Please choose an optical disc, a stick or a dedicated disk.",
        ),
        "rules.check_days" => words(
            "Số ngày đến lần đọc lại không dùng được.",
            "Số đã nhập nhỏ hơn 30 hoặc lớn hơn 1100, tức là đọc lại quá dày hoặc gần như không bao giờ.",
            "Vui lòng nhập lại; thường là 365 ngày.",
            "The number of days until copies are read again cannot be used. It is below 30 or above 1100, which would be too often or almost never. Please type it again; usually it is 365.",
        ),
        "rules.calendar" => words(
            "Một mốc của lịch không dùng được.",
            "Mốc đó nằm ngoài năm học (01/9 đến 31/8), hoặc ngày kết thúc đứng trước ngày bắt đầu; thường do ghi nhầm năm.",
            "Vui lòng xem lại từng dòng rồi lưu lại.",
            "A day of the calendar cannot be used. It is outside the school year (1 September to 31 August), or ends before it begins; often the year is mistyped. Please look at each line again and save.",
        ),
        "rules.address" => words(
            "Địa chỉ dịch vụ dấu thời gian không dùng được.",
            "Địa chỉ phải bắt đầu bằng http:// và không có khoảng trắng; có thể đã chép thừa, chép thiếu hoặc dùng https://.",
            "Vui lòng chép đúng địa chỉ mà nhà cung cấp ghi trong hợp đồng.",
            "The address of the timestamp authority cannot be used. It must begin with http:// and hold no blanks; a part may be missing, or https:// was written. Please copy it from the contract.",
        ),
        _ => return None,
    })
}
