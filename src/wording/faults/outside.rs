//! Words for what the program stands on: network, configuration, the surroundings of the demo.

use super::{Words, words};

pub(super) fn network(code: &str) -> Option<Words> {
    Some(match code {
        "timestamp.later" => words(
            "Dịch vụ cấp dấu thời gian đã cấp đủ số lượng trong thời hạn, hoặc đang không trả lời.",
            "Không cần làm gì: hồ sơ chờ, chương trình tự đóng khi đến lượt.",
            "The timestamp authority has given as many as its limit allows, or is away. The documents wait and are closed later.",
        ),
        "timestamp.none_configured" => words(
            "Chưa cấu hình dịch vụ dấu thời gian.",
            "Người quản trị khai báo địa chỉ dịch vụ dấu thời gian.",
            "No timestamping authority is configured.",
        ),
        "timestamp.not_asked" => words(
            "Tập tin không phải là câu trả lời cho gói lưu trữ nào của trường.",
            "Vui lòng lấy đúng tập tin .tsr trả lời cho yêu cầu .tsq mà chương trình đã ghi ra rồi thử lại.",
            "The file answers no request about a deposit of this school. Please take the .tsr that answers our .tsq.",
        ),
        "network.no_nonce" => words(
            "Máy chủ không tạo được số ngẫu nhiên để xin dấu thời gian.",
            "Vui lòng báo người quản trị kiểm tra hệ điều hành; hồ sơ vẫn giữ nguyên trạng thái.",
            "The system gives no random numbers for a timestamp request. Please have it checked; nothing has changed.",
        ),
        "network.address"
        | "network.unreachable"
        | "network.timeout"
        | "network.status"
        | "network.too_large"
        | "network.not_der" => words(
            "Không kết nối được dịch vụ chứng thực (thu hồi chứng thư hoặc dấu thời gian).",
            "Vui lòng kiểm tra kết nối mạng của máy chủ; việc đóng hồ sơ sẽ tiếp tục khi có mạng.",
            "A certification service cannot be reached. Please check the network; closing goes on when it is back.",
        ),
        _ => return None,
    })
}

pub(super) fn config(code: &str) -> Option<Words> {
    Some(match code {
        "config.test_anchor" => words(
            "Cấu hình chứa chứng thư thử nghiệm, không có giá trị pháp lý.",
            "Bỏ chứng thư đó khỏi thư mục tin cậy rồi khởi động lại.",
            "The configuration trusts a test certificate. Remove it and start again.",
        ),
        "config.trust_of_a_sample" => words(
            "Chỉ trường mẫu mới được dùng chứng thư CA tự chọn khi niêm phong.",
            "Bỏ --trust; chứng thư CA của trường được khai trong tệp cấu hình.",
            "Only an invented school may seal by CA certificates of its own choice. Please leave out --trust.",
        ),
        "config.anchor_unreadable" | "config.anchor_pin" => words(
            "Một chứng thư CA trong cấu hình không đọc được hoặc không khớp dấu vân tay đã ghim.",
            "Kiểm tra lại các tệp trong thư mục tin cậy.",
            "A CA certificate cannot be read or does not match its pin. Please check the trust folders.",
        ),
        "config.layout" => words(
            "Một tệp mẫu bảng tính hoặc danh mục môn học của trường có chỗ viết sai.",
            "Sửa tệp được nêu bên dưới; cách viết có trong docs/layouts.md.",
            "A layout or a catalogue of subjects of the school cannot be used. Please correct the file named below.",
        ),
        "config.unreadable" | "config.form" => words(
            "Không đọc được tệp cấu hình.",
            "Kiểm tra đường dẫn và nội dung tệp; mẫu có chú thích: niemphong config template.",
            "The configuration cannot be read. A commented sample: niemphong config template.",
        ),
        _ => return None,
    })
}

pub(super) fn demo(code: &str) -> Option<Words> {
    Some(match code {
        "demo.program_missing" | "demo.module_missing" => words(
            "Máy này chưa cài đủ chương trình mà bản trình diễn cần.",
            "Vui lòng cài gói được nêu bên dưới, hoặc chạy: make demo.",
            "A program that the demo needs is not installed. Please install the package named below, or run: make demo.",
        ),
        "demo.damaged" | "demo.certificate" | "demo.not_issued_here" => words(
            "Thư mục của bản trình diễn đã bị thay đổi nên không dùng tiếp được.",
            "Vui lòng chạy lại trong một thư mục mới: niemphong demo --once --dir <thư mục>.",
            "The folder of the demo was changed and cannot be used. Please run it again in a new folder.",
        ),
        "demo.port_taken" => words(
            "Một chương trình khác đang dùng cổng mạng của bản trình diễn.",
            "Vui lòng dừng chương trình đó, hoặc chạy bản trình diễn trong một thư mục mới.",
            "Another program uses the port of the demo. Please stop it, or run the demo in a new folder.",
        ),
        "demo.file" | "demo.program_failed" | "demo.stuck" => words(
            "Bản trình diễn chưa chạy được đến cuối.",
            "Vui lòng chạy lại trong cùng thư mục: bản trình diễn sẽ đi tiếp từ chỗ dừng.",
            "The demo could not be told to its end. Please start it again in the same folder; it goes on where it stopped.",
        ),
        _ => return None,
    })
}
