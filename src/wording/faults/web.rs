//! Words for what the pages refuse: signing in, forms, requests from elsewhere.

use super::{Words, words};

pub(super) fn web(code: &str) -> Option<Words> {
    Some(match code {
        "account.unusable" => words(
            "Không đọc hoặc ghi được danh sách tài khoản.",
            "Vui lòng báo cho người quản trị; chưa có gì bị thay đổi.",
            "The accounts cannot be read or written. Please tell the administrator; nothing was changed.",
        ),
        "account.name" => words(
            "Tên tài khoản chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối.",
            "Vui lòng chọn tên khác, ví dụ nguyen.van.an.",
            "A name of an account has small letters, digits, dots and hyphens only. Please choose another one.",
        ),
        "account.taken" => words(
            "Đã có tài khoản mang tên này.",
            "Vui lòng chọn tên khác.",
            "There is an account of this name. Please choose another one.",
        ),
        "account.password_short" => words(
            "Mật khẩu cần ít nhất 10 ký tự.",
            "Vui lòng đặt một câu ngắn dễ nhớ.",
            "A password has at least 10 characters. Please take a short sentence.",
        ),
        "account.unknown" => words(
            "Không có tài khoản này.",
            "Vui lòng chọn trong danh sách tài khoản.",
            "There is no such account. Please choose one of the list.",
        ),
        "account.last_admin" => words(
            "Đây là tài khoản quản trị cuối cùng.",
            "Vui lòng tạo một tài khoản quản trị khác trước khi đóng tài khoản này.",
            "It is the last account of an administrator. Please make another one first.",
        ),
        "account.refused" => words(
            "Tên tài khoản hoặc mật khẩu không đúng.",
            "Vui lòng kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại.",
            "Name or password is wrong. Please look at Caps Lock and the input method, then type again.",
        ),
        "account.slip_refused" => words(
            "Mã một lần này không đúng, đã dùng hoặc đã hết hạn.",
            "Vui lòng kiểm tra lại từng ký tự, hoặc xin quản trị một phiếu mới.",
            "The one-time code is wrong, was used or is too old. Please check each character or ask for a new slip.",
        ),
        "web.form_sent" => words(
            "Phiếu này đã được in từ chính lần bấm đó; tải lại trang không in phiếu mới.",
            "Phiếu đã in vẫn dùng được. Cần phiếu khác: mở lại trang Cấu hình rồi bấm In phiếu.",
            "The slip was made by that very form; loading the page again makes no other one. The printed slip still opens. For another one open Set up again.",
        ),
        "web.slip_not_earned" => words(
            "Phiếu chỉ lấy được một lần, ngay sau khi diễn tập đạt ở màn hình này bằng USB token của mình.",
            "Vui lòng diễn tập lại, hoặc xin quản trị một phiếu.",
            "A slip is given once, right after a rehearsal that passed at this screen with one's own token. Please rehearse again, or ask the administrator for a slip.",
        ),
        "account.wait" => words(
            "Đã nhập sai nhiều lần nên phải chờ một lúc.",
            "Vui lòng chờ rồi thử lại; người quản trị có thể đặt lại mật khẩu.",
            "There were too many wrong tries. Please wait and try again; the administrator can set a new password.",
        ),
        "account.role" => words(
            "Tài khoản này không có vai trò đã chọn.",
            "Vui lòng chọn vai trò khác.",
            "The account does not have this role. Please choose another one.",
        ),
        "account.no_person" => words(
            "Tài khoản này chưa gắn với người nào trong danh sách nhân sự.",
            "Vui lòng báo quản trị gắn tài khoản với người.",
            "The account is not bound to a person of the roster. Please tell the administrator.",
        ),
        "web.not_found" => words(
            "Không có trang này.",
            "Vui lòng quay lại trang tổng quan.",
            "There is no such page. Please go back to the overview.",
        ),
        "web.not_allowed" => words(
            "Vai trò đang dùng không được xem hoặc làm việc này.",
            "Vui lòng đăng nhập bằng vai trò khác, hoặc báo quản trị nếu phân công chưa đúng.",
            "The role of this session may not see or do this. Please sign in in another role.",
        ),
        "web.admin_session" => words(
            "Phiên quản trị không được ký.",
            "Vui lòng thoát khỏi phiên quản trị; cùng người đó ký trong vai trò của mình.",
            "An administrator's session does not sign. Please sign out of it first; the same person signs in their own role.",
        ),
        "web.other_screen" => words(
            "Đầu đọc USB token này thuộc về một màn hình khác.",
            "Vui lòng ký tại màn hình đặt cạnh đầu đọc đó.",
            "The reader belongs to another screen. Please sign at the screen beside it.",
        ),
        "web.no_screen" => words(
            "Máy này chưa được đặt làm màn hình ký.",
            "Vui lòng ký tại máy văn phòng có đầu đọc, hoặc nhờ quản trị đặt máy này làm màn hình ký.",
            "This computer is no screen for signing. Please sign at the office, or ask the administrator to make it one.",
        ),
        "web.unplugged" => words(
            "USB token không còn cắm ở đầu đọc.",
            "Vui lòng cắm lại USB token rồi mở lại trang ký.",
            "The token is not plugged in any more. Please plug it in again and open the page again.",
        ),
        "web.unknown_holder" => words(
            "Chứng thư trên USB token này không thuộc về ai trong danh sách nhân sự đang dùng.",
            "Vui lòng dùng USB token của chính mình, hoặc báo quản trị.",
            "The certificate on this token belongs to nobody of the roster. Please use your own token.",
        ),
        "web.nothing_waits" => words(
            "Không có hồ sơ nào đang chờ USB token này ký.",
            "Không cần làm gì thêm; nhà trường sẽ mời khi có hồ sơ.",
            "Nothing waits for this token. There is nothing to do; the school will call when there is.",
        ),
        "web.pin_empty" => words(
            "Chưa nhập mã PIN.",
            "Vui lòng nhập mã PIN của USB token; chưa có lần thử nào bị tính.",
            "No PIN was typed. Please type the PIN of the token; no try was counted.",
        ),
        "web.foreign_origin" => words(
            "Yêu cầu này đến từ một trang khác nên không được thực hiện.",
            "Vui lòng mở lại trang của nhà trường và làm lại từ đó.",
            "The request came from another page and was not carried out. Please open the school's page and do it there.",
        ),
        "web.foreign_host" => words(
            "Tên máy trong địa chỉ không phải là tên của máy chủ này.",
            "Vui lòng dùng địa chỉ ghi trên giấy hướng dẫn của nhà trường.",
            "The name in the address is none of this server. Please use the address on the school's guide.",
        ),
        "web.too_large" => words(
            "Dữ liệu gửi lên quá lớn.",
            "Vui lòng gửi ít tệp hơn trong một lần, hoặc dùng lệnh niemphong verify cho cả ổ.",
            "What was sent is too large. Please send fewer files at once, or use niemphong verify for a whole drive.",
        ),
        "web.too_slow" => words(
            "Yêu cầu gửi lên quá chậm nên đã bị ngắt.",
            "Vui lòng thử lại khi mạng ổn định hơn.",
            "The request came too slowly and was ended. Please try again over a better network.",
        ),
        "web.too_many" => words(
            "Có quá nhiều yêu cầu trong một lúc.",
            "Vui lòng chờ vài giây rồi thử lại.",
            "There are too many requests at once. Please wait a few seconds and try again.",
        ),
        "web.busy" => words(
            "Văn thư điện tử đang bận với việc khác.",
            "Vui lòng chờ một chút rồi tải lại trang; việc đang làm không bị ảnh hưởng.",
            "The program is busy with something else. Please wait a moment and load the page again.",
        ),
        "web.form" => words(
            "Biểu mẫu gửi lên thiếu hoặc sai một ô.",
            "Vui lòng quay lại, kiểm tra từng ô rồi gửi lại.",
            "A field of the form is missing or wrong. Please go back, check each field and send it again.",
        ),
        "web.day" => words(
            "Không đọc được một ngày trong biểu mẫu.",
            "Vui lòng quay lại và ghi ngày/tháng/năm, ví dụ 22/11/2026.",
            "A day of the form cannot be read. Please go back and write day/month/year, as 22/11/2026.",
        ),
        "web.year_not_ready" => words(
            "Năm học này chưa chuẩn bị xong.",
            "Vui lòng nhờ người quản trị hoàn tất trang Chuẩn bị năm học và xác nhận.",
            "The year is not prepared yet. Please have the administrator finish and confirm it.",
        ),
        "web.not_rehearsed" => words(
            "Còn người chưa diễn tập đạt trong thời gian gần đây với chứng thư của mình.",
            "Vui lòng mở trang Diễn tập để xem là ai, diễn tập rồi xác nhận lại.",
            "Somebody has no recent green rehearsal with their certificate. Please see the page of rehearsals.",
        ),
        "web.draft_unreadable" => words(
            "Không đọc hoặc ghi được bản chuẩn bị năm học.",
            "Vui lòng báo cho người quản trị hệ thống; những gì đã ký không bị ảnh hưởng.",
            "What was prepared for the year cannot be read or written. What was signed is not touched by it.",
        ),
        "web.burning" => words(
            "Đang có một lần ghi hoặc đọc lại vật mang khác.",
            "Vui lòng chờ xong rồi làm lần tiếp theo; tiến độ hiện ở trang Lưu trữ.",
            "Another medium is being written or read. Please wait for it; the page of the archive shows how far it is.",
        ),
        "web.stopping" => words(
            "Chương trình đang được dừng nên không bắt đầu ghi hay đọc vật mang mới.",
            "Vui lòng đợi chương trình chạy lại rồi làm tiếp; đĩa đang ghi dở vẫn được ghi xong.",
            "The program is being stopped, so no new medium is begun. Please go on once it runs again; the disc that is being written is finished.",
        ),
        "web.reason_missing" => words(
            "Chưa ghi lý do.",
            "Vui lòng ghi lý do bằng lời để người khác hiểu được.",
            "There is no reason. Please write one that others can understand.",
        ),
        "web.tls" => words(
            "Không tạo hoặc đọc được chứng thư của trang.",
            "Vui lòng kiểm tra quyền của thư mục dữ liệu.",
            "The certificate of the pages cannot be made or read. Please check the rights of the data folder.",
        ),
        "web.not_served" => words(
            "Không mở được cổng mạng của trang.",
            "Vui lòng kiểm tra xem chương trình khác có đang dùng cổng đó không.",
            "The port of the pages cannot be opened. Please check whether another program uses it.",
        ),
        _ => return None,
    })
}
