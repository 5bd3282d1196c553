//! Words for what a USB token or its module says.

use super::{Words, words};

pub(super) fn token(code: &str) -> Option<Words> {
    Some(match code {
        "token.pin_incorrect" => words(
            "Mã PIN không đúng.",
            "Vui lòng nhập lại cẩn thận; nhập sai nhiều lần sẽ khóa USB token.",
            "The PIN is not right. Please be careful: repeated wrong tries lock the token.",
        ),
        "token.pin_final_try" => words(
            "USB token chỉ còn một lần nhập mã PIN trước khi bị khóa.",
            "Vui lòng không thử tiếp ở đây; hãy dùng công cụ của nhà cung cấp chữ ký số.",
            "The token has one PIN try left. Please do not try here; use the vendor's tool.",
        ),
        "token.pin_locked" => words(
            "USB token đã bị khóa do nhập sai mã PIN nhiều lần.",
            "Vui lòng không thử lại; hãy liên hệ nhà cung cấp chữ ký số để mở khóa.",
            "The token is locked after wrong PINs. Please ask the vendor to unlock it.",
        ),
        "token.pin_to_be_changed" => words(
            "USB token yêu cầu đổi mã PIN trước khi dùng.",
            "Vui lòng đổi mã PIN bằng công cụ của nhà cung cấp rồi ký lại.",
            "The PIN must be changed with the vendor's tool first.",
        ),
        "token.gone" => words(
            "USB token đã bị rút ra hoặc không còn phản hồi.",
            "Vui lòng cắm lại USB token; những hồ sơ đã ký vẫn còn nguyên.",
            "The token was removed or does not answer. Please plug it in again; what was signed is safe.",
        ),
        "token.not_found" | "token.no_key" | "token.no_such_certificate" => words(
            "Không thấy chứng thư số hoặc khóa ký tương ứng trên USB token.",
            "Vui lòng kiểm tra đã cắm đúng USB token của mình.",
            "The certificate or its key is not on the token. Please check that it is the right token.",
        ),
        "token.module" => words(
            "Không mở được phần mềm điều khiển USB token.",
            "Vui lòng báo người quản trị kiểm tra việc cài đặt phần mềm của nhà cung cấp.",
            "The PKCS#11 module cannot be opened. Please have its installation checked.",
        ),
        "token.module_missing" => words(
            "Không có tệp phần mềm điều khiển USB token ở nơi này.",
            "Vui lòng cài đặt phần mềm của nhà cung cấp, hoặc sửa đường dẫn trong tệp cấu hình.",
            "The PKCS#11 module is not at this place. Please install the vendor's software or correct the path.",
        ),
        "token.module_unreadable" => words(
            "Chương trình không được phép đọc tệp phần mềm điều khiển USB token.",
            "Vui lòng cho tài khoản niemphong quyền đọc tệp này.",
            "The PKCS#11 module may not be read. Please let the account niemphong read it.",
        ),
        "token.module_word_size" => words(
            "Phần mềm điều khiển USB token này là bản 32-bit, máy chủ cần bản 64-bit.",
            "Vui lòng xin nhà cung cấp chữ ký số bản 64-bit dành cho Linux.",
            "The PKCS#11 module is for 32 bits. Please ask the vendor for the 64-bit version for Linux.",
        ),
        "token.module_form" => words(
            "Tệp này không phải là phần mềm điều khiển USB token.",
            "Vui lòng kiểm tra đường dẫn; tệp cần có đuôi .so của nhà cung cấp.",
            "This file is no PKCS#11 module. Please check the path.",
        ),
        "token.memory" => words(
            "Bộ nhớ của USB token đã đầy.",
            "Vui lòng mang USB token đến nhà cung cấp chữ ký số.",
            "The token's memory is full. Please take it to the vendor.",
        ),
        "token.unexpected" => words(
            "USB token trả lời theo cách mà chương trình không lường trước.",
            "Vui lòng ghi lại mã lỗi và báo người quản trị; những hồ sơ đã ký vẫn còn nguyên.",
            "The token answered in an unexpected way. Please note the code and tell the administrator; what was signed is safe.",
        ),
        "token.pin_form" => words(
            "USB token không nhận mã PIN có độ dài hoặc ký tự như vừa nhập.",
            "Vui lòng kiểm tra bàn phím, bộ gõ tiếng Việt và chữ hoa, rồi nhập lại.",
            "The token does not take a PIN of this length or with these characters. Please check the keyboard and try again.",
        ),
        "token.pin_missing" => words(
            "Chưa có mã PIN, và USB token này không có bàn phím riêng.",
            "Vui lòng nhập mã PIN rồi ký lại.",
            "No PIN was given, and the token has no PIN pad. Please enter the PIN.",
        ),
        "token.pin_expired" => words(
            "Mã PIN của USB token đã hết hạn sử dụng.",
            "Vui lòng đổi mã PIN bằng công cụ của nhà cung cấp rồi ký lại.",
            "The PIN has expired. Please change it with the vendor's tool, then sign again.",
        ),
        "token.pin_cancelled" => words(
            "Việc nhập mã PIN đã được hủy trên USB token.",
            "Khi sẵn sàng, vui lòng bắt đầu ký lại; chưa có hồ sơ nào thay đổi.",
            "The PIN entry was cancelled on the token. Please start again when ready; nothing has changed.",
        ),
        "token.certificate" | "token.mechanism" => words(
            "Chứng thư số hoặc USB token này không hỗ trợ loại chữ ký mà hồ sơ cần.",
            "Vui lòng liên hệ nhà cung cấp chữ ký số để đổi sang loại phù hợp.",
            "The certificate or the token does not support the kind of signature needed. Please ask the vendor.",
        ),
        "token.signature" => words(
            "Chữ ký mà USB token vừa tạo không khớp với chứng thư số; chữ ký đó đã bị loại bỏ.",
            "Vui lòng không ký tiếp bằng USB token này và báo người quản trị.",
            "The signature that the token made does not belong to its certificate and was discarded. Please stop using it and tell the administrator.",
        ),
        "token.not_open" => words(
            "Phiên làm việc với USB token đã kết thúc trước khi ký.",
            "Vui lòng bắt đầu ký lại; những hồ sơ đã ký vẫn còn nguyên.",
            "The session with the token ended before signing. Please start again; what was signed is safe.",
        ),
        "token.device" => words(
            "USB token báo lỗi.",
            "Vui lòng rút ra, cắm lại và thử lại; nếu vẫn lỗi, hãy báo người quản trị kèm mã lỗi.",
            "The token reports an error. Please plug it in again; if it stays, tell the administrator.",
        ),
        "token.worker_start" | "token.worker_hung" | "token.worker_lost" | "token.worker_answer" => words(
            "Phần mềm điều khiển USB token không phản hồi nên đã được dừng lại.",
            "Vui lòng rút USB token ra, cắm lại rồi ký lại; những hồ sơ đã ký vẫn còn nguyên.",
            "The token's software did not answer and was stopped. Please plug the token in again; what was signed is safe.",
        ),
        "token.several" => words(
            "Có nhiều USB token đang cắm ứng với yêu cầu.",
            "Vui lòng nêu số sê-ri hoặc nhãn của USB token sau --token.",
            "Several tokens answer. Please name one by its serial number or label with --token.",
        ),
        "token.several_certificates" => words(
            "USB token có nhiều chứng thư số.",
            "Vui lòng nêu SHA-256 của chứng thư cần dùng sau --cert (lệnh tokens cho biết).",
            "The token holds several certificates. Please name one by its SHA-256 with --cert.",
        ),
        "token.pin_unreadable" | "token.pin_length" => words(
            "Không đọc được mã PIN, hoặc mã PIN trống hay dài quá mức; USB token chưa bị chạm tới.",
            "Vui lòng nhập lại mã PIN, hoặc kiểm tra tệp nêu sau --pin-file (mã PIN ở dòng đầu).",
            "No PIN could be read; the token was not touched. Please type it again or look at the file after --pin-file.",
        ),
        _ => return None,
    })
}
