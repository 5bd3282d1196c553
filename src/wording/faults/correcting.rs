//! Words for corrections of data that people signed.

use super::{Words, words};

/// Words for a `correction.` code.
pub(super) fn correcting(code: &str) -> Option<Words> {
    Some(match code {
        "correction.unknown" => words(
            "Không có hồ sơ sửa chữa nào mang số này.",
            "Thường do số hoặc năm học bị gõ nhầm, hoặc hồ sơ chưa được mở.",
            "Vui lòng kiểm tra lại số và năm học.",
            "There is no correction case with this number. Number or year may be mistyped, or the case was never opened. Please check both.",
        ),
        "correction.not_provided" => words(
            "Kế hoạch ký của năm học không có phiếu đề nghị sửa và biên bản sửa chữa.",
            "Kế hoạch ký được lập và ký đầu năm mà không kèm hai loại này, nên không ai được giao ký chúng.",
            "Nhà trường bổ sung hai loại này vào kế hoạch ký của năm học sau; với năm học này, vui lòng liên hệ người quản trị.",
            "The plans of this year do not provide for corrections. They were signed without the request and the record, so that nobody is named to sign them. Please ask the administrator, and add both to next year's plans.",
        ),
        "correction.under_way" => words(
            "Dữ liệu này đang có một hồ sơ sửa chữa chưa giải quyết xong.",
            "Một tệp sửa khác của cùng lớp và kỳ đã được đưa vào trước và còn chờ chữ ký.",
            "Vui lòng hoàn tất hoặc rút hồ sơ sửa chữa đó trước.",
            "Another correction case is about the same data. A corrected file of this class and period came earlier and still waits for signatures. Please finish it or take it back first.",
        ),
        "correction.nothing_signed" => words(
            "Dữ liệu này không cần thủ tục sửa chữa.",
            "Sổ đã khóa nhưng chưa ai ký hồ sơ nào lập từ dữ liệu này.",
            "Vui lòng dùng quyết định mở sổ để nhận dữ liệu mới.",
            "These data need no correction case. They are locked, but nobody has signed what was made of them. Please reopen the period instead.",
        ),
        "correction.witness_incomplete" => words(
            "Thông tin của một người chứng kiến ký trên giấy còn thiếu.",
            "Ba ô họ tên, chức vụ và tệp quét phải đi cùng nhau, nhưng có ô còn trống.",
            "Vui lòng ghi đủ họ tên, chức vụ và chọn tệp PNG quét tờ giấy có chữ ký; không có thì để trống cả ba ô.",
            "What is stated of a witness on paper is incomplete. Name, title and scan belong together, and one of them is empty. Please give all three, or leave all of them empty.",
        ),
        "correction.nothing_changed" => words(
            "Tệp này không có giá trị nào khác với dữ liệu đã khóa.",
            "Thường do chọn nhầm bản xuất cũ, hoặc phần mềm quản lý điểm chưa lưu thay đổi trước khi xuất.",
            "Không cần sửa chữa. Vui lòng kiểm tra lại tệp đã chọn.",
            "The export changes nothing of what is locked. Mostly it is an old export, or the change was not saved before exporting. There is nothing to correct; please check which file was chosen.",
        ),
        "correction.not_consented" => words(
            "Chưa lập được biên bản sửa chữa.",
            "Phiếu đề nghị sửa chưa có đủ chữ ký: người đề nghị hoặc Hiệu trưởng chưa ký.",
            "Người đề nghị ký trước, sau đó Hiệu trưởng ký đồng ý; rồi mới lập biên bản.",
            "The record cannot be made yet. The request still lacks a signature, of who asks or of the principal. Please let who asks sign first, then the principal; the record is made after that.",
        ),
        "correction.not_requested" => words(
            "Chưa có phiếu đề nghị sửa nào để từ chối.",
            "Hồ sơ mới được mở từ tệp dữ liệu, chưa ai nêu lý do đề nghị sửa.",
            "Nếu đưa nhầm tệp, vui lòng rút hồ sơ sửa chữa.",
            "There is no request yet that could be refused. The case was opened by a file, and nobody has asked for the correction. If the file was a mistake, please take the case back.",
        ),
        "correction.ended" => words(
            "Hồ sơ sửa chữa này đã kết thúc.",
            "Hiệu trưởng đã từ chối, hoặc người đề nghị hay Ban quản trị đã rút.",
            "Nếu vẫn cần sửa, vui lòng mở hồ sơ sửa chữa mới từ tệp dữ liệu đó.",
            "This case has ended. The principal refused it, or it was taken back. If it is still needed, please open another one from the same file.",
        ),
        "correction.carried_out" => words(
            "Hồ sơ sửa chữa này không rút hoặc từ chối được nữa.",
            "Biên bản sửa chữa đã có đủ chữ ký, nên giá trị mới đã có hiệu lực.",
            "Nếu giá trị mới chưa đúng, vui lòng đưa tệp đúng vào hộp thư để mở hồ sơ sửa chữa khác.",
            "This case can be neither taken back nor refused. Everybody signed its record, so the new values are in force. If they are not right, please hand in the right data to open another correction.",
        ),
        "correction.not_yours" => words(
            "Việc này không thuộc trách nhiệm của người được nêu.",
            "Người đang đăng nhập không phải người đã nhập điểm, không phải Hiệu trưởng đương nhiệm, hoặc không thuộc Ban quản trị, tùy việc đang làm.",
            "Người nhập điểm đề nghị sửa; Hiệu trưởng từ chối; người đề nghị hoặc Ban quản trị rút hồ sơ.",
            "This is not for the person named to do. They did not make the entry, are not the principal in office, or not of ban quản trị. Whoever made the entry asks, the principal refuses, those who asked or ban quản trị take back.",
        ),
        "correction.nothing_to_sum" => words(
            "Không có sửa chữa nào mới để tổng hợp.",
            "Bảng tổng hợp gần nhất đã nêu mọi hồ sơ sửa chữa của năm học, hoặc năm học chưa có sửa chữa nào.",
            "Bảng tổng hợp đã có vẫn đúng; không cần lập thêm.",
            "There is nothing new to sum up. The latest summary lists every correction of the year, or there was none. Nothing needs to be done.",
        ),
        _ => return None,
    })
}
