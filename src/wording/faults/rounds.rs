//! Words for rounds that are not opened or closed.

use super::{Words, words};

pub(super) fn round(code: &str) -> Option<Words> {
    Some(match code {
        "round.empty" => words(
            "Đợt ký chưa có lớp hoặc chưa có kỳ nào.",
            "Vui lòng chọn ít nhất một lớp và một kỳ.",
            "The round names no class or no period. Please choose at least one of each.",
        ),
        "round.unknown_class" => words(
            "Có lớp không nằm trong danh sách nhân sự của năm học.",
            "Vui lòng kiểm tra lại tên lớp.",
            "A class is not in the roster of the year. Please check its name.",
        ),
        "round.open_already" => words(
            "Một đợt ký đang mở đã có lớp và kỳ này.",
            "Vui lòng đóng đợt đó trước, hoặc bỏ lớp đã có.",
            "An open round is about one of these classes already. Please close it first or leave that class out.",
        ),
        "round.not_open" => words(
            "Đợt ký này không mở.",
            "Vui lòng chọn một đợt đang mở.",
            "The round is not open. Please choose one that is.",
        ),
        _ => return None,
    })
}
