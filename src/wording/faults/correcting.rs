//! Words for corrections of data that people signed.

use super::{Words, words};

/// Words for a `correction.` code.
pub(super) fn correcting(code: &str) -> Option<Words> {
    Some(match code {
        "correction.unknown" => words(
            "Không có hồ sơ sửa chữa nào mang số này.",
            "Vui lòng kiểm tra lại số và năm học.",
            "There is no correction case with this number. Please check number and school year.",
        ),
        "correction.not_provided" => words(
            "Kế hoạch ký của năm học không có phiếu đề nghị sửa và biên bản sửa chữa.",
            "Nhà trường bổ sung hai loại này vào kế hoạch ký của năm học sau; với năm học này, vui lòng liên hệ người quản trị.",
            "The plans of this year do not say who signs a correction. Please ask the administrator.",
        ),
        "correction.under_way" => words(
            "Dữ liệu này đang có một hồ sơ sửa chữa chưa giải quyết xong.",
            "Vui lòng hoàn tất hoặc rút hồ sơ sửa chữa đó trước.",
            "Another correction case is about the same data. Please finish it or take it back first.",
        ),
        "correction.nothing_signed" => words(
            "Chưa có ai ký hồ sơ lập từ dữ liệu này, nên không cần thủ tục sửa chữa.",
            "Vui lòng dùng quyết định mở sổ để nhận dữ liệu mới.",
            "Nobody has signed what was made of these data. Please reopen the period instead.",
        ),
        "correction.witness_incomplete" => words(
            "Thông tin của một người chứng kiến ký trên giấy còn thiếu.",
            "Vui lòng ghi đủ họ tên, chức vụ và chọn tệp PNG quét tờ giấy có chữ ký; không có thì để trống cả ba ô.",
            "Name, title or scan of a witness on paper is missing. Please give all three, or leave all of them empty.",
        ),
        "correction.nothing_changed" => words(
            "Tệp này không có giá trị nào khác với dữ liệu đã khóa.",
            "Không cần sửa chữa. Vui lòng kiểm tra lại tệp đã chọn.",
            "The export changes nothing of what is locked, so there is nothing to correct.",
        ),
        "correction.not_consented" => words(
            "Phiếu đề nghị sửa chưa có đủ chữ ký, Hiệu trưởng chưa đồng ý.",
            "Người đề nghị ký trước, sau đó Hiệu trưởng ký đồng ý; rồi mới lập biên bản.",
            "The request is not signed by everyone, last by the principal. The record is made after that.",
        ),
        "correction.not_requested" => words(
            "Chưa có phiếu đề nghị sửa nào để từ chối.",
            "Nếu đưa nhầm tệp, vui lòng rút hồ sơ sửa chữa.",
            "There is no request yet that could be refused. A case that was opened by mistake can be taken back.",
        ),
        "correction.ended" => words(
            "Hồ sơ sửa chữa này đã bị từ chối hoặc đã được rút.",
            "Nếu vẫn cần sửa, vui lòng mở hồ sơ sửa chữa mới từ tệp dữ liệu đó.",
            "This case was refused or taken back. If it is still needed, please open another one.",
        ),
        "correction.carried_out" => words(
            "Biên bản sửa chữa đã có đủ chữ ký, không rút hoặc từ chối được nữa.",
            "Nếu giá trị mới chưa đúng, vui lòng đưa tệp đúng vào hộp thư để mở hồ sơ sửa chữa khác.",
            "Everybody signed the record, so it stands. Please hand in the right data to open another correction.",
        ),
        "correction.not_yours" => words(
            "Việc này không thuộc trách nhiệm của người được nêu.",
            "Người nhập điểm đề nghị sửa; Hiệu trưởng từ chối; người đề nghị hoặc Ban quản trị rút hồ sơ.",
            "It is not for this person to do. Whoever made the entry asks, the principal refuses, and those who asked or ban quản trị take back.",
        ),
        "correction.nothing_to_sum" => words(
            "Không có sửa chữa nào mới để tổng hợp.",
            "Bảng tổng hợp đã có vẫn đúng; không cần lập thêm.",
            "There is no correction that the summary at hand does not list.",
        ),
        _ => return None,
    })
}
