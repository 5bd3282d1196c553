//! Words for what the drives, sticks and disks and their worker may refuse.

use super::{Words, words};

pub(super) fn devices(code: &str) -> Option<Words> {
    Some(match code {
        "medium.worker_start" => words(
            "Không khởi động được phần ghi đĩa của chương trình.",
            "Vui lòng báo người quản trị: dịch vụ niemphong-media chưa chạy hoặc máy thiếu bộ nhớ.",
            "The media worker cannot be started. Please tell the administrator to look at niemphong-media.",
        ),
        "medium.worker_hung" => words(
            "Thiết bị không trả lời trong thời gian cho phép, nên việc ghi hoặc đọc đã dừng.",
            "Vui lòng rút thiết bị ra, cắm lại rồi xem tình trạng bản sao. Đĩa đang ghi dở coi như hỏng.",
            "The device did not answer in time. Please unplug it, plug it in again and look at the copy's state.",
        ),
        "medium.worker_lost" => words(
            "Phần ghi đĩa của chương trình đã dừng giữa chừng.",
            "Dữ liệu trong kho vẫn nguyên. Vui lòng thử lại; đĩa đang ghi dở coi như hỏng.",
            "The media worker ended early. Nothing in the store is lost. Please try again; a disc begun is spoiled.",
        ),
        "medium.worker_answer" => words(
            "Phần ghi đĩa trả lời không đúng cách, nên kết quả không được công nhận.",
            "Vui lòng khởi động lại chương trình; nếu vẫn vậy, báo người quản trị kèm mã lỗi.",
            "The media worker answered something else than asked. Please restart the program.",
        ),
        _ => return None,
    })
}
