//! Words for enrolment: rehearsals, authorities, readers and screens.

use super::{Words, words};

pub(super) fn enrolment(code: &str) -> Option<Words> {
    Some(match code {
        "rehearsal.roca" => words(
            "Khóa của chứng thư số này thuộc loại chip bị lỗi (ROCA), người khác có thể tính ra khóa bí mật.",
            "Vui lòng ngừng dùng USB token này và đề nghị nhà cung cấp chữ ký số cấp chứng thư mới trên thiết bị mới.",
            "The key was made by a flawed chip (ROCA): others can compute it. Please have a new certificate issued on another token.",
        ),
        "rehearsal.weak_key" => words(
            "Khóa hoặc thuật toán của chứng thư số này không còn đủ mạnh.",
            "Vui lòng đề nghị nhà cung cấp chữ ký số cấp lại chứng thư với khóa RSA từ 2048 bit hoặc EC từ 256 bit.",
            "Key or algorithm is too weak. Please ask the vendor for RSA of 2048 bits or more, or EC of 256 bits or more.",
        ),
        "rehearsal.key_usage" => words(
            "Chứng thư số này không được cấp để ký tài liệu.",
            "Vui lòng kiểm tra đã chọn đúng chứng thư, hoặc đề nghị nhà cung cấp cấp chứng thư dùng để ký.",
            "The certificate was not issued for signing documents. Please choose another one or ask the vendor.",
        ),
        "rehearsal.validity" => words(
            "Chứng thư số chưa có hiệu lực hoặc đã hết hạn.",
            "Vui lòng gia hạn chứng thư với nhà cung cấp chữ ký số trước đợt ký.",
            "The certificate is not valid now. Please renew it before the round.",
        ),
        "rehearsal.authority_unknown" => words(
            "Chương trình chưa biết cơ quan đã cấp chứng thư số này.",
            "Vui lòng nạp chứng thư CA từ USB token hoặc từ tệp .p7b; ban quản trị và hiệu trưởng cùng đối chiếu dấu vân tay.",
            "The issuing authority is not known. Please load its certificate from the token or a .p7b file; admin and principal compare the fingerprint.",
        ),
        "rehearsal.revoked" => words(
            "Chứng thư số này đã bị thu hồi.",
            "Vui lòng liên hệ nhà cung cấp chữ ký số để được cấp chứng thư mới.",
            "The certificate was revoked. Please ask the vendor for a new one.",
        ),
        "rehearsal.revocation_unchecked" => words(
            "Chưa kiểm tra được chứng thư số có bị thu hồi hay không.",
            "Vui lòng kiểm tra mạng của máy chủ rồi diễn tập lại; mã PIN chưa được dùng.",
            "It could not be checked whether the certificate was revoked. Please check the network and rehearse again; the PIN was not used.",
        ),
        "enrolment.reader_of_other_screen" => words(
            "Đầu đọc này thuộc về một màn hình khác.",
            "Vui lòng ký ở đúng màn hình của đầu đọc, hoặc nhờ người quản trị chuyển đầu đọc.",
            "The reader belongs to another screen. Please sign there, or have the administrator move it.",
        ),
        "enrolment.reader_of_no_screen" => words(
            "Đầu đọc này chưa được gắn với màn hình nào.",
            "Vui lòng nhờ người quản trị gắn đầu đọc với màn hình này.",
            "The reader belongs to no screen yet. Please have the administrator assign it.",
        ),
        "enrolment.reader_unnamed" => words(
            "Đầu đọc này không có tên riêng nên không gắn được với một màn hình.",
            "Vui lòng dùng đầu đọc khác hoặc kiểm tra phần mềm của nhà cung cấp.",
            "The reader has no name of its own. Please use another one or check the vendor's software.",
        ),
        "enrolment.authority_not_proposed" => words(
            "Chưa có chứng thư CA nào như vậy được nạp.",
            "Vui lòng nạp chứng thư CA trước, rồi xác nhận.",
            "No such authority was loaded. Please load its certificate first.",
        ),
        "enrolment.authority_not_confirmed" => words(
            "Chứng thư CA này hiện không được tin cậy nhờ xác nhận trên trang.",
            "Vui lòng tải lại trang. CA đi kèm chương trình hoặc khai trong niemphong.toml thì bỏ ở tệp cấu hình.",
            "There is no confirmation to withdraw. Please reload the page; what the program brings or niemphong.toml names is removed in the configuration.",
        ),
        "enrolment.no_authority" => words(
            "Không tìm thấy chứng thư CA trong tệp hoặc trên USB token.",
            "Vui lòng lấy tệp .p7b hoặc .crt của cơ quan cấp chứng thư từ trang chính thức của họ.",
            "There is no certificate of an authority in it. Please get the .p7b or .crt from its official site.",
        ),
        "enrolment.other_fingerprint" => words(
            "Dấu vân tay vừa nhập không khớp với chứng thư CA.",
            "Vui lòng đối chiếu lại với nguồn chính thức; nếu vẫn khác, không được xác nhận.",
            "The fingerprint is not that of the certificate. Please compare again; if it stays different, do not confirm.",
        ),
        "enrolment.same_person" => words(
            "Người này đã xác nhận với tư cách khác.",
            "Vui lòng để ban quản trị và hiệu trưởng, là hai người khác nhau, cùng xác nhận.",
            "This person confirmed it already in the other capacity. Two different people are needed.",
        ),
        _ => return None,
    })
}
