//! Words for rules of a school that are none.

use super::{Words, words};

pub(super) fn own_rules(code: &str) -> Option<Words> {
    Some(match code {
        "rules.no_medium" => words(
            "Quy chế lưu trữ chưa nêu loại vật mang nào.",
            "Vui lòng chọn ít nhất một loại: đĩa quang, USB hoặc ổ cứng rời chuyên dụng.",
            "The regulation names no kind of medium. Please choose at least one.",
        ),
        "rules.check_days" => words(
            "Số ngày đến lần đọc lại không hợp lý: từ 30 đến 1100 ngày.",
            "Vui lòng nhập lại; thường là 365 ngày.",
            "Copies are read again after 30 to 1100 days. Usually it is 365.",
        ),
        "rules.calendar" => words(
            "Một mốc của lịch nằm ngoài năm học (01/9 đến 31/8), hoặc kết thúc trước khi bắt đầu.",
            "Vui lòng xem lại từng dòng rồi lưu lại.",
            "A day of the calendar is outside the school year, or ends before it begins. Please look at each line again.",
        ),
        "rules.address" => words(
            "Địa chỉ dịch vụ dấu thời gian không dùng được: phải bắt đầu bằng http:// và không có khoảng trắng.",
            "Vui lòng chép đúng địa chỉ mà nhà cung cấp ghi trong hợp đồng.",
            "This is no address of a timestamp authority: it begins with http:// and has no blanks. Please copy it from the contract.",
        ),
        _ => return None,
    })
}
