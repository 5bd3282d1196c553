//! Words for enrolment: rehearsals, authorities, readers and screens.

use super::{Words, words};

pub(super) fn enrolment(code: &str) -> Option<Words> {
    Some(match code {
        "rehearsal.roca" => words(
            "Khóa của chứng thư số này không an toàn: người khác có thể tính ra khóa bí mật.",
            "Khóa được tạo bởi loại chip có lỗi đã biết (ROCA).",
            "Vui lòng ngừng dùng USB token này và đề nghị nhà cung cấp chữ ký số cấp chứng thư mới trên thiết bị mới.",
            "The key of this certificate is not safe: others can compute it. It was made by a flawed chip (ROCA). Please stop using this token and have a new certificate issued on another one.",
        ),
        "rehearsal.weak_key" => words(
            "Khóa hoặc thuật toán của chứng thư số này không còn đủ mạnh.",
            "Chứng thư được cấp từ lâu hoặc trên thiết bị cũ, với khóa RSA dưới 2048 bit, EC dưới 256 bit hoặc thuật toán băm đã lỗi thời.",
            "Vui lòng đề nghị nhà cung cấp chữ ký số cấp lại chứng thư với khóa RSA từ 2048 bit hoặc EC từ 256 bit.",
            "Key or algorithm of this certificate is too weak. It was issued long ago or on an old device, with a short key or an outdated hash. Please ask the vendor for RSA of 2048 bits or more, or EC of 256 bits or more.",
        ),
        "rehearsal.key_usage" => words(
            "Chứng thư số này không được cấp để ký tài liệu.",
            "Trên USB token có thể có nhiều chứng thư, và chứng thư đang chọn chỉ để đăng nhập hoặc mã hóa.",
            "Vui lòng kiểm tra đã chọn đúng chứng thư, hoặc đề nghị nhà cung cấp cấp chứng thư dùng để ký.",
            "The certificate was not issued for signing documents. The token may hold several, and this one is for logging in or encryption. Please choose another one or ask the vendor.",
        ),
        "rehearsal.validity" => words(
            "Chứng thư số chưa có hiệu lực hoặc đã hết hạn.",
            "Thường do gói chữ ký số chưa gia hạn, hoặc đồng hồ máy chủ sai ngày.",
            "Vui lòng gia hạn chứng thư với nhà cung cấp chữ ký số trước đợt ký.",
            "The certificate is not valid now. Mostly the subscription was not renewed, or the server's date is wrong. Please renew it before the round.",
        ),
        "rehearsal.authority_unknown" => words(
            "Chương trình chưa biết cơ quan đã cấp chứng thư số này.",
            "Chứng thư CA của tổ chức đó, hoặc CA trung gian mới của họ, chưa được nạp và xác nhận ở trường này.",
            "Vui lòng nạp chứng thư CA từ USB token hoặc từ tệp .p7b; ban quản trị và hiệu trưởng cùng đối chiếu dấu vân tay.",
            "The issuing authority is not known. Its certificate, or a new one between, was not loaded and confirmed at this school yet. Please load it from the token or a .p7b file; admin and principal compare the fingerprint.",
        ),
        "rehearsal.revoked" => words(
            "Chứng thư số này đã bị thu hồi.",
            "Tổ chức cấp đã thu hồi, thường do báo mất, do cấp lại hoặc do thông tin đơn vị thay đổi.",
            "Vui lòng liên hệ nhà cung cấp chữ ký số để được cấp chứng thư mới.",
            "The certificate was revoked. Its authority did so, mostly because it was reported lost, issued anew, or the organisation changed. Please ask the vendor for a new one.",
        ),
        "rehearsal.revocation_unchecked" => words(
            "Chưa kiểm tra được chứng thư số có bị thu hồi hay không.",
            "Thường do máy chủ không ra được internet, hoặc máy chủ của tổ chức chứng thực đang ngừng.",
            "Vui lòng kiểm tra mạng của máy chủ rồi diễn tập lại; mã PIN chưa được dùng.",
            "It could not be checked whether the certificate was revoked. Mostly the server has no internet, or that of the authority is away. Please check the network and rehearse again; the PIN was not used.",
        ),
        "enrolment.reader_of_other_screen" => words(
            "Đầu đọc này thuộc về một màn hình khác.",
            "Mỗi đầu đọc chỉ thuộc một màn hình; có thể đầu đọc đã được chuyển sang bàn khác mà chưa khai báo lại.",
            "Vui lòng ký ở đúng màn hình của đầu đọc, hoặc nhờ người quản trị chuyển đầu đọc.",
            "The reader belongs to another screen. Each reader has one screen only, and it may have been moved without being assigned anew. Please sign there, or have the administrator move it.",
        ),
        "enrolment.reader_of_no_screen" => words(
            "Đầu đọc này chưa được gắn với màn hình nào.",
            "Đầu đọc mới cắm lần đầu, hoặc vừa đổi cổng USB nên mang tên khác.",
            "Vui lòng nhờ người quản trị gắn đầu đọc với màn hình này.",
            "The reader belongs to no screen yet. It is new, or another USB port gave it another name. Please have the administrator assign it to this screen.",
        ),
        "enrolment.reader_unnamed" => words(
            "Đầu đọc này không có tên riêng nên không gắn được với một màn hình.",
            "Phần mềm của nhà cung cấp báo tên trống hoặc dài bất thường, nên không phân biệt được với đầu đọc khác.",
            "Vui lòng dùng đầu đọc khác hoặc kiểm tra phần mềm của nhà cung cấp.",
            "The reader has no name of its own and cannot be assigned. The vendor's software gives it an empty or endless name. Please use another reader or check that software.",
        ),
        "enrolment.authority_not_proposed" => words(
            "Chưa có chứng thư CA nào như vậy được nạp.",
            "Có thể chứng thư chưa được nạp trên máy chủ này, hoặc trang đang mở đã cũ.",
            "Vui lòng nạp chứng thư CA trước, rồi xác nhận.",
            "No such authority was loaded. Its certificate was never loaded at this server, or the page is an old one. Please load the certificate first, then confirm.",
        ),
        "enrolment.authority_not_confirmed" => words(
            "Chứng thư CA này hiện không được tin cậy nhờ xác nhận trên trang.",
            "Xác nhận đã được bỏ trước đó, hoặc CA này được tin cậy nhờ tệp cấu hình chứ không nhờ xác nhận.",
            "Vui lòng tải lại trang. CA đi kèm chương trình hoặc khai trong niemphong.toml thì bỏ ở tệp cấu hình.",
            "There is no confirmation to withdraw. It was withdrawn before, or this authority is trusted by the configuration. Please reload the page; what the program brings or niemphong.toml names is removed in the configuration.",
        ),
        "enrolment.no_authority" => words(
            "Không tìm thấy chứng thư CA trong tệp hoặc trên USB token.",
            "Thường do tệp chỉ chứa chứng thư của người ký, hoặc không phải tệp chứng thư.",
            "Vui lòng lấy tệp .p7b hoặc .crt của cơ quan cấp chứng thư từ trang chính thức của họ.",
            "There is no certificate of an authority in it. Mostly the file holds a signer's certificate only, or none at all. Please get the .p7b or .crt from the authority's official site.",
        ),
        "enrolment.other_fingerprint" => words(
            "Dấu vân tay vừa nhập không khớp với chứng thư CA.",
            "Có thể gõ thiếu ký tự hoặc chép dấu vân tay SHA-1 thay cho SHA-256; nếu đã chép đúng thì đây không phải chứng thư thật.",
            "Vui lòng đối chiếu lại với nguồn chính thức; nếu vẫn khác, không được xác nhận.",
            "The fingerprint is not that of the certificate. Characters may be missing, or it is a SHA-1 instead of a SHA-256; if neither, the certificate is not the true one. Please compare again; if it stays different, do not confirm.",
        ),
        "enrolment.same_person" => words(
            "Người này đã xác nhận với tư cách khác.",
            "Việc tin cậy một CA cần hai người khác nhau, mà cả hai lần xác nhận đều là người này.",
            "Vui lòng để ban quản trị và hiệu trưởng, là hai người khác nhau, cùng xác nhận.",
            "This person confirmed it already in the other capacity. Trust in an authority needs two people, and both words are of one. Please let the administrator and the principal each confirm it.",
        ),
        _ => return None,
    })
}
