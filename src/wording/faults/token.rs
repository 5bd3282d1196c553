//! Words for what a USB token or its module says.

use super::{Words, words};

pub(super) fn token(code: &str) -> Option<Words> {
    Some(match code {
        "token.pin_incorrect" => words(
            "Mã PIN không đúng.",
            "Thường do phím Caps Lock, Num Lock, bộ gõ tiếng Việt, hoặc nhầm với mã PIN của USB token khác.",
            "Vui lòng nhập lại cẩn thận; nhập sai nhiều lần sẽ khóa USB token.",
            "The PIN is not right. Mostly it is Caps Lock, Num Lock, the input method, or the PIN of another token. Please type it again carefully: repeated wrong tries lock the token.",
        ),
        "token.pin_final_try" => words(
            "USB token chỉ còn một lần nhập mã PIN trước khi bị khóa.",
            "Mã PIN đã bị nhập sai nhiều lần, có thể ở máy khác.",
            "Vui lòng không thử tiếp ở đây; hãy dùng công cụ của nhà cung cấp chữ ký số.",
            "The token has one PIN try left before it is locked. Wrong PINs were typed before, perhaps at another computer. Please do not try here; use the vendor's tool.",
        ),
        "token.pin_locked" => words(
            "USB token đã bị khóa.",
            "Mã PIN bị nhập sai quá số lần mà USB token cho phép, có thể ở máy khác.",
            "Vui lòng không thử lại; hãy liên hệ nhà cung cấp chữ ký số để mở khóa.",
            "The token is locked. Wrong PINs were typed more often than it allows, perhaps at another computer. Please do not try again; ask the vendor to unlock it.",
        ),
        "token.pin_to_be_changed" => words(
            "USB token yêu cầu đổi mã PIN trước khi dùng.",
            "USB token mới cấp hoặc vừa mở khóa còn mang mã PIN ban đầu.",
            "Vui lòng đổi mã PIN bằng công cụ của nhà cung cấp rồi ký lại.",
            "The PIN must be changed before the token can be used. It is new or was just unlocked, and still has its first PIN. Please change it with the vendor's tool, then sign again.",
        ),
        "token.gone" => words(
            "USB token không còn phản hồi.",
            "USB token bị rút ra, tiếp xúc lỏng, hoặc máy vừa ngủ.",
            "Vui lòng cắm lại USB token; những hồ sơ đã ký vẫn còn nguyên.",
            "The token does not answer any more. It was pulled out, its contact is loose, or the computer slept. Please plug it in again; what was signed is safe.",
        ),
        "token.not_found" => words(
            "Không thấy USB token cần dùng.",
            "USB token chưa cắm, đang cắm một USB token khác, hoặc máy chưa nhận ra nó.",
            "Vui lòng kiểm tra đã cắm đúng USB token của mình.",
            "The token asked for is not there. It is not plugged in, another one is, or the computer has not recognised it. Please check that it is the right token.",
        ),
        "token.no_key" => words(
            "Không thấy khóa ký ứng với chứng thư số trên USB token.",
            "Chứng thư được chép sang USB token này mà không có khóa, hoặc khóa đã bị xóa khi gia hạn.",
            "Vui lòng kiểm tra đã cắm đúng USB token của mình; nếu đúng, hãy liên hệ nhà cung cấp chữ ký số.",
            "There is no signing key for the certificate on the token. The certificate was copied there without its key, or the key was removed at a renewal. Please check that it is the right token; if it is, ask the vendor.",
        ),
        "token.no_such_certificate" => words(
            "Trên USB token không có chứng thư số được yêu cầu.",
            "Có thể cắm nhầm USB token, hoặc chứng thư đã được gia hạn nên có mã khác.",
            "Vui lòng kiểm tra đã cắm đúng USB token của mình.",
            "The certificate asked for is not on the token. It may be the wrong token, or the certificate was renewed and has another digest. Please check that it is the right token.",
        ),
        "token.module" => words(
            "Không mở được phần mềm điều khiển USB token.",
            "Phần mềm của nhà cung cấp cài chưa trọn, thiếu thư viện đi kèm, hoặc dịch vụ đọc thẻ (pcscd) chưa chạy.",
            "Vui lòng báo người quản trị kiểm tra việc cài đặt phần mềm của nhà cung cấp.",
            "The PKCS#11 module cannot be opened. It is not fully installed, a library that it needs is missing, or the card service (pcscd) does not run. Please have its installation checked.",
        ),
        "token.module_missing" => words(
            "Không có tệp phần mềm điều khiển USB token ở nơi này.",
            "Phần mềm của nhà cung cấp chưa được cài, hoặc đường dẫn trong tệp cấu hình đã cũ.",
            "Vui lòng cài đặt phần mềm của nhà cung cấp, hoặc sửa đường dẫn trong tệp cấu hình.",
            "The PKCS#11 module is not at this place. The vendor's software is not installed, or the path in the configuration is outdated. Please install it or correct the path.",
        ),
        "token.module_unreadable" => words(
            "Chương trình không đọc được tệp phần mềm điều khiển USB token.",
            "Quyền của tệp hoặc của thư mục chứa nó không cho tài khoản niemphong đọc.",
            "Vui lòng cho tài khoản niemphong quyền đọc tệp này.",
            "The PKCS#11 module cannot be read. The permissions of the file or of its folder do not let the account niemphong read it. Please allow that.",
        ),
        "token.module_word_size" => words(
            "Phần mềm điều khiển USB token này không chạy được trên máy chủ.",
            "Đây là bản 32-bit, mà máy chủ cần bản 64-bit.",
            "Vui lòng xin nhà cung cấp chữ ký số bản 64-bit dành cho Linux.",
            "The PKCS#11 module cannot run on this server. It is for 32 bits, and the server needs 64. Please ask the vendor for the 64-bit version for Linux.",
        ),
        "token.module_form" => words(
            "Tệp này không phải là phần mềm điều khiển USB token.",
            "Đường dẫn có thể chỉ nhầm sang tệp khác, bản dành cho Windows, hoặc tệp tải về không trọn vẹn.",
            "Vui lòng kiểm tra đường dẫn; tệp cần có đuôi .so của nhà cung cấp.",
            "This file is no PKCS#11 module. The path may name another file, a version for Windows, or an incomplete download. Please check the path; it should be the vendor's .so file.",
        ),
        "token.memory" => words(
            "Bộ nhớ của USB token đã đầy.",
            "Trên USB token còn nhiều chứng thư và khóa cũ.",
            "Vui lòng mang USB token đến nhà cung cấp chữ ký số.",
            "The token's memory is full. Old certificates and keys are still on it. Please take it to the vendor.",
        ),
        "token.unexpected" => words(
            "USB token trả lời theo cách mà chương trình không lường trước.",
            "Phần mềm của nhà cung cấp có lỗi hoặc là phiên bản chưa được thử với chương trình này.",
            "Vui lòng ghi lại mã lỗi và báo người quản trị; những hồ sơ đã ký vẫn còn nguyên.",
            "The token answered in an unexpected way. The vendor's software has a fault, or is a version not yet tried with this program. Please tell the administrator the code; what was signed is safe.",
        ),
        "token.pin_form" => words(
            "USB token không nhận mã PIN có độ dài hoặc ký tự như vừa nhập.",
            "Mã PIN ngắn hoặc dài hơn mức cho phép, hoặc bộ gõ tiếng Việt đã thêm dấu.",
            "Vui lòng kiểm tra bàn phím, bộ gõ tiếng Việt và chữ hoa, rồi nhập lại.",
            "The token does not take a PIN of this length or with these characters. It is too short or too long, or the input method added marks. Please check the keyboard and try again.",
        ),
        "token.pin_missing" => words(
            "Chưa có mã PIN.",
            "Không có mã PIN nào được nhập, và USB token này không có bàn phím riêng để nhập.",
            "Vui lòng nhập mã PIN rồi ký lại.",
            "No PIN was given. None was typed, and the token has no PIN pad of its own. Please enter the PIN and sign again.",
        ),
        "token.pin_expired" => words(
            "Mã PIN của USB token đã hết hạn sử dụng.",
            "Nhà cung cấp đặt hạn cho mã PIN, và hạn đó đã qua.",
            "Vui lòng đổi mã PIN bằng công cụ của nhà cung cấp rồi ký lại.",
            "The PIN has expired. The vendor set a last day for it, which has passed. Please change it with the vendor's tool, then sign again.",
        ),
        "token.pin_cancelled" => words(
            "Việc nhập mã PIN đã được hủy trên USB token.",
            "Có người bấm hủy trên bàn phím của USB token, hoặc hết thời gian chờ nhập.",
            "Khi sẵn sàng, vui lòng bắt đầu ký lại; chưa có hồ sơ nào thay đổi.",
            "The PIN entry was cancelled on the token. Somebody pressed cancel at its PIN pad, or its time ran out. Please start again when ready; nothing has changed.",
        ),
        "token.certificate" => words(
            "Chứng thư số này không dùng được để ký hồ sơ.",
            "Khóa của chứng thư là loại khác, hoặc ngắn hơn RSA 2048 bit và EC 256 bit.",
            "Vui lòng liên hệ nhà cung cấp chữ ký số để đổi sang loại phù hợp.",
            "The certificate cannot be used for these documents. Its key is of another kind, or shorter than RSA of 2048 and EC of 256 bits. Please ask the vendor for a fitting one.",
        ),
        "token.mechanism" => words(
            "USB token này không tạo được loại chữ ký mà hồ sơ cần.",
            "Thiết bị hoặc phần mềm cũ chưa có thuật toán (SHA-256 trở lên, hoặc RSA-PSS nếu trường đã chọn).",
            "Vui lòng liên hệ nhà cung cấp chữ ký số để đổi sang loại phù hợp.",
            "The token cannot make the kind of signature needed. An old device or software lacks the algorithm: SHA-256 or more, or RSA-PSS where the school chose it. Please ask the vendor.",
        ),
        "token.signature" => words(
            "Chữ ký mà USB token vừa tạo không đúng và đã bị loại bỏ.",
            "Chữ ký không khớp với chứng thư số: khóa trên USB token là khóa khác, hoặc thiết bị hay phần mềm của nó bị lỗi.",
            "Vui lòng không ký tiếp bằng USB token này và báo người quản trị.",
            "The signature that the token made is wrong and was discarded. It does not belong to the certificate: the key on the token is another one, or device or software is faulty. Please stop using this token and tell the administrator.",
        ),
        "token.not_open" => words(
            "Phiên làm việc với USB token đã kết thúc trước khi ký.",
            "USB token đã được rút ra hoặc phiên đã đóng sau một lỗi trước đó.",
            "Vui lòng bắt đầu ký lại; những hồ sơ đã ký vẫn còn nguyên.",
            "The session with the token ended before signing. The token was pulled out, or the session was closed after an earlier fault. Please start again; what was signed is safe.",
        ),
        "token.device" => words(
            "USB token báo lỗi.",
            "Thường do tiếp xúc lỏng, đầu đọc mất điện, máy vừa ngủ, hoặc thiết bị sắp hỏng.",
            "Vui lòng rút ra, cắm lại và thử lại; nếu vẫn lỗi, hãy báo người quản trị kèm mã lỗi.",
            "The token reports an error. Mostly its contact is loose, the reader lost power, the computer slept, or the device is failing. Please plug it in again; if it stays, tell the administrator the code.",
        ),
        "token.worker_start" => words(
            "Không khởi động được phần mềm điều khiển USB token.",
            "Máy thiếu bộ nhớ hoặc tài nguyên, hoặc chương trình vừa bị thay khi đang chạy.",
            "Vui lòng thử lại; nếu vẫn vậy, báo người quản trị khởi động lại chương trình. Những hồ sơ đã ký vẫn còn nguyên.",
            "The token's software could not be started. Memory or other resources are short, or the program was replaced while it ran. Please try again; if it stays, have the program restarted. What was signed is safe.",
        ),
        "token.worker_hung" => words(
            "Phần mềm điều khiển USB token không phản hồi nên đã được dừng lại.",
            "Phần mềm của nhà cung cấp bị treo, thường vì đầu đọc hay USB token không trả lời.",
            "Vui lòng rút USB token ra, cắm lại rồi ký lại; những hồ sơ đã ký vẫn còn nguyên.",
            "The token's software did not answer and was stopped. It hung, mostly because reader or token do not answer. Please plug the token in again and sign again; what was signed is safe.",
        ),
        "token.worker_lost" => words(
            "Phần mềm điều khiển USB token đã dừng đột ngột.",
            "Thường do lỗi trong phần mềm của nhà cung cấp, hay gặp khi USB token bị rút đúng lúc đang dùng.",
            "Vui lòng rút USB token ra, cắm lại rồi ký lại; những hồ sơ đã ký vẫn còn nguyên.",
            "The token's software ended suddenly. Mostly it has a fault that shows when the token is pulled out while in use. Please plug the token in again and sign again; what was signed is safe.",
        ),
        "token.worker_answer" => words(
            "Phần mềm điều khiển USB token trả lời không đúng cách nên đã được dừng lại.",
            "Thường do chương trình vừa được cập nhật trong lúc chạy, nên hai phần khác phiên bản.",
            "Vui lòng rút USB token ra, cắm lại rồi ký lại; những hồ sơ đã ký vẫn còn nguyên.",
            "The token's software answered something else than asked and was stopped. Mostly the program was updated while it ran, so that two parts differ. Please plug the token in again and sign again; what was signed is safe.",
        ),
        "token.several" => words(
            "Có nhiều USB token đang cắm ứng với yêu cầu.",
            "Khi cắm nhiều USB token cùng lúc, chương trình không tự đoán cần dùng cái nào.",
            "Vui lòng nêu số sê-ri hoặc nhãn của USB token sau --token.",
            "Several tokens answer. With several plugged in, the program does not guess which one is meant. Please name one by its serial number or label with --token.",
        ),
        "token.several_certificates" => words(
            "USB token có nhiều chứng thư số.",
            "Thường do còn chứng thư cũ sau khi gia hạn, và chương trình không tự đoán cần dùng cái nào.",
            "Vui lòng nêu SHA-256 của chứng thư cần dùng sau --cert (lệnh tokens cho biết).",
            "The token holds several certificates. Mostly an old one is left after a renewal, and the program does not guess. Please name one by its SHA-256 with --cert (niemphong tokens shows it).",
        ),
        "token.pin_unreadable" => words(
            "Không đọc được mã PIN; USB token chưa bị chạm tới.",
            "Tệp nêu sau --pin-file không có hoặc không được đọc, hay cửa sổ dòng lệnh đã đóng.",
            "Vui lòng nhập lại mã PIN, hoặc kiểm tra tệp nêu sau --pin-file (mã PIN ở dòng đầu).",
            "The PIN could not be read; the token was not touched. The file after --pin-file is missing or not readable, or the terminal was closed. Please type the PIN again or look at that file (its first line).",
        ),
        "token.pin_length" => words(
            "Mã PIN trống hoặc dài quá mức; USB token chưa bị chạm tới.",
            "Chưa gõ gì trước khi bấm Enter, hoặc dòng đầu của tệp sau --pin-file trống hay không phải mã PIN.",
            "Vui lòng nhập lại mã PIN, hoặc kiểm tra tệp nêu sau --pin-file (mã PIN ở dòng đầu).",
            "The PIN is empty or too long; the token was not touched. Nothing was typed before Enter, or the first line of the file after --pin-file is no PIN. Please type it again or look at that file.",
        ),
        _ => return None,
    })
}
