//! Words for rounds that are not opened or closed, and classes that are not left out.

use super::{Words, words};

pub(super) fn round(code: &str) -> Option<Words> {
    Some(match code {
        "round.empty" => words(
            "Đợt ký chưa có lớp hoặc chưa có kỳ nào.",
            "Chưa đánh dấu lớp nào hoặc kỳ nào trước khi bấm nút.",
            "Vui lòng chọn ít nhất một lớp và một kỳ.",
            "The round names no class or no period. None was ticked before the button was pressed. Please choose at least one of each.",
        ),
        "round.unknown_class" => words(
            "Có lớp không nằm trong danh sách nhân sự của năm học.",
            "Tên lớp có thể bị gõ khác đi (6a1 thay cho 6A1), hoặc lớp thuộc năm học khác.",
            "Vui lòng kiểm tra lại tên lớp.",
            "A class is not in the roster of the year. Its name may be written differently (6a1 for 6A1), or it is of another year. Please check the name.",
        ),
        "round.open_already" => words(
            "Một đợt ký đang mở đã có lớp và kỳ này.",
            "Mỗi lớp và kỳ chỉ thuộc một đợt đang mở, để không ai bị mời hai lần.",
            "Vui lòng đóng đợt đó trước, hoặc bỏ lớp đã có.",
            "An open round is about one of these classes and periods already. Each belongs to one open round only, so that nobody is called twice. Please close that round first or leave the class out.",
        ),
        "round.not_open" => words(
            "Đợt ký này không mở.",
            "Đợt đã được đóng, có thể ở một cửa sổ khác, hoặc số đợt bị gõ nhầm.",
            "Vui lòng chọn một đợt đang mở.",
            "The round is not open. It was closed, perhaps in another window, or its number is mistyped. Please choose one that is open.",
        ),
        "round.not_in_it" => words(
            "Đợt ký này không có lớp đó ở kỳ đó.",
            "Lớp đã được để lại đợt sau, có thể ở một cửa sổ khác, hoặc chưa bao giờ thuộc đợt này.",
            "Vui lòng tải lại trang và chọn lớp trong danh sách.",
            "The round is not about that class and period. The class was left to a later round already, perhaps in another window, or never belonged to this one. Please reload the page and choose a class of the list.",
        ),
        _ => return None,
    })
}
