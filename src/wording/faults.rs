//! Words for faults and refusals, by stable code.

/// What happened and what to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// What happened, Vietnamese.
    pub what_vi: &'static str,
    /// What to do now, Vietnamese.
    pub do_vi: &'static str,
    /// Both, English.
    pub en: &'static str,
}

const fn words(what_vi: &'static str, do_vi: &'static str, en: &'static str) -> Words {
    Words { what_vi, do_vi, en }
}

const UNKNOWN: Words = words(
    "Đã xảy ra một lỗi mà chương trình chưa có lời giải thích.",
    "Vui lòng ghi lại mã lỗi và báo cho người quản trị.",
    "Something happened for which the program has no words yet. Please note the code and tell the administrator.",
);

/// Words for the code of a fault or refusal.
pub fn fault(code: &str) -> Words {
    let topic = code.split('.').next().unwrap_or_default();
    let found = match topic {
        "signing" => signing(code),
        "token" => token(code),
        "register" | "store" | "medium" => keeping(code),
        "network" | "timestamp" => network(code),
        "config" => config(code),
        _ => other(code),
    };
    found.unwrap_or(UNKNOWN)
}

fn signing(code: &str) -> Option<Words> {
    Some(match code {
        "signing.not_your_turn" => words(
            "Chưa đến lượt ký: người ký trước trong trình tự chưa ký xong.",
            "Vui lòng chờ đến lượt; chương trình sẽ mời khi mọi chữ ký trước đã đủ.",
            "It is not this signer's turn yet: earlier boxes of the plan are still open.",
        ),
        "signing.wrong_person" => words(
            "Ô ký này thuộc về người khác theo danh sách nhân sự đã ký của trường.",
            "Vui lòng để đúng người ký bằng USB token của chính mình; không ai ký thay ai.",
            "The box belongs to another person by the signed roster. Only that person may sign it.",
        ),
        "signing.already_signed" => words(
            "Ô ký này đã được ký.",
            "Không cần ký lại.",
            "The box is signed already. Nothing needs to be done.",
        ),
        "signing.no_such_box" => words(
            "Hồ sơ này không có ô ký như yêu cầu.",
            "Vui lòng chọn lại hồ sơ và ô ký.",
            "The document has no such box. Please choose again.",
        ),
        "signing.other_roster" => words(
            "Hồ sơ được lập theo danh sách nhân sự khác với danh sách đang hiệu lực.",
            "Vui lòng báo người quản trị kiểm tra danh sách nhân sự của năm học.",
            "The document was made under another roster than the one in force. Please tell the administrator.",
        ),
        "signing.certificate_expired" => words(
            "Chứng thư số đã hết hạn hoặc chưa đến ngày có hiệu lực.",
            "Vui lòng liên hệ nhà cung cấp chữ ký số để gia hạn rồi ký sau.",
            "The certificate is outside its validity. Please have it renewed.",
        ),
        "signing.certificate_revoked" => words(
            "Chứng thư số đã bị thu hồi.",
            "Không được ký bằng chứng thư này; vui lòng liên hệ nhà cung cấp chữ ký số và người quản trị.",
            "The certificate is revoked and cannot be used for signing.",
        ),
        "signing.unknown_ca" => words(
            "Chứng thư số do một tổ chức mà nhà trường chưa tin cậy cấp.",
            "Vui lòng báo người quản trị kiểm tra và nạp chứng thư của tổ chức chứng thực.",
            "The certificate leads to no CA that the school trusts. Please tell the administrator.",
        ),
        "signing.certificate_may_not_sign" => words(
            "Chứng thư số này không được phép dùng để ký, hoặc khóa quá yếu.",
            "Vui lòng liên hệ nhà cung cấp chữ ký số.",
            "Key usage or key strength of the certificate do not allow signing.",
        ),
        "signing.revocation_unchecked" => words(
            "KHÔNG KIỂM TRA ĐƯỢC THU HỒI: không lấy được thông tin thu hồi chứng thư số.",
            "Vui lòng kiểm tra kết nối mạng của máy chủ rồi thử lại.",
            "Revocation of the certificate could not be checked. Please check the network and try again.",
        ),
        "signing.not_placed" | "signing.cms" => words(
            "Không đặt được chữ ký vào hồ sơ; hồ sơ vẫn giữ nguyên trạng thái trước đó.",
            "Vui lòng ghi lại mã lỗi và báo cho người quản trị.",
            "The signature could not be placed; the document is unchanged. Please tell the administrator.",
        ),
        _ => return None,
    })
}

fn token(code: &str) -> Option<Words> {
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
        _ if code.starts_with("token.") => words(
            "USB token báo lỗi.",
            "Vui lòng rút ra, cắm lại và thử lại; nếu vẫn lỗi, hãy báo người quản trị kèm mã lỗi.",
            "The token reports an error. Please plug it in again; if it stays, tell the administrator.",
        ),
        _ => return None,
    })
}

fn keeping(code: &str) -> Option<Words> {
    Some(match code {
        "register.busy" => words(
            "Một tiến trình niemphong khác đang làm việc với sổ theo dõi này.",
            "Vui lòng chờ tiến trình kia kết thúc rồi thử lại.",
            "Another niemphong process works with this register. Please wait until it has ended.",
        ),
        "register.damaged" => words(
            "Sổ theo dõi đã bị thay đổi từ bên ngoài: chuỗi ghi nhận không còn liền mạch.",
            "Không ghi thêm gì; giữ nguyên hiện trạng và báo ngay cho Hiệu trưởng và người quản trị.",
            "The register was altered from outside. Leave everything as it is and tell the principal.",
        ),
        "store.other_bytes" | "medium.exists" | "medium.not_blank" => words(
            "Đã có dữ liệu khác dưới tên này; tuyệt đối không ghi đè.",
            "Không cần làm gì với bản đã lưu; vui lòng báo người quản trị kiểm tra nguyên nhân.",
            "Other data lies under this name; nothing is ever overwritten. Please have the cause looked into.",
        ),
        "medium.no_xorriso" => words(
            "Máy chủ chưa cài chương trình xorriso để tạo ảnh đĩa.",
            "Người quản trị cài gói xorriso rồi chạy lại.",
            "The program xorriso is not installed. Please install the package xorriso.",
        ),
        "medium.differs" => words(
            "Ảnh đĩa đọc lại khác với dữ liệu đã lưu.",
            "Không dùng ảnh này; vui lòng báo người quản trị kiểm tra ổ cứng của máy chủ.",
            "The image read back differs from what was stored. Do not use it; have the disk checked.",
        ),
        _ if code.starts_with("register.") || code.starts_with("store.") => words(
            "Không đọc hoặc ghi được kho lưu trữ.",
            "Vui lòng kiểm tra dung lượng và quyền truy cập ổ đĩa, rồi khởi động lại; những gì đã xác nhận vẫn còn.",
            "The store could not be read or written. Please check the disk and start again; what was acknowledged is safe.",
        ),
        _ if code.starts_with("medium.") => words(
            "Không tạo hoặc đọc lại được ảnh đĩa.",
            "Vui lòng kiểm tra dung lượng ổ đĩa rồi chạy lại; bản lưu trữ gốc vẫn còn nguyên.",
            "The image could not be made or read back. Please check the disk space; the deposit is safe.",
        ),
        _ => return None,
    })
}

fn network(code: &str) -> Option<Words> {
    Some(match code {
        "timestamp.none_configured" => words(
            "Chưa cấu hình dịch vụ dấu thời gian.",
            "Người quản trị khai báo địa chỉ dịch vụ dấu thời gian.",
            "No timestamping authority is configured.",
        ),
        _ if code.starts_with("network.") => words(
            "Không kết nối được dịch vụ chứng thực (thu hồi chứng thư hoặc dấu thời gian).",
            "Vui lòng kiểm tra kết nối mạng của máy chủ; việc đóng hồ sơ sẽ tiếp tục khi có mạng.",
            "A certification service cannot be reached. Please check the network; closing goes on when it is back.",
        ),
        _ => return None,
    })
}

fn config(code: &str) -> Option<Words> {
    Some(match code {
        "config.test_anchor" => words(
            "Cấu hình chứa chứng thư thử nghiệm, không có giá trị pháp lý.",
            "Bỏ chứng thư đó khỏi thư mục tin cậy rồi khởi động lại.",
            "The configuration trusts a test certificate. Remove it and start again.",
        ),
        "config.anchor_unreadable" | "config.anchor_pin" => words(
            "Một chứng thư CA trong cấu hình không đọc được hoặc không khớp dấu vân tay đã ghim.",
            "Kiểm tra lại các tệp trong thư mục tin cậy.",
            "A CA certificate cannot be read or does not match its pin. Please check the trust folders.",
        ),
        _ if code.starts_with("config.") => words(
            "Không đọc được tệp cấu hình.",
            "Kiểm tra đường dẫn và nội dung tệp; mẫu có chú thích: niemphong config template.",
            "The configuration cannot be read. A commented sample: niemphong config template.",
        ),
        _ => return None,
    })
}

fn other(code: &str) -> Option<Words> {
    Some(match code {
        "judge.unproven" => words(
            "Bộ kiểm tra độc lập không xác nhận kết quả vừa tạo, nên không có gì được công bố.",
            "Vui lòng ghi lại thời điểm và báo người quản trị; hồ sơ trước đó vẫn còn nguyên.",
            "The judge does not confirm what was made, so nothing was published. Please tell the administrator.",
        ),
        "inspection.exists" => words(
            "Tệp kết quả đã có sẵn; chương trình không ghi đè lên tệp nào.",
            "Vui lòng chọn tên khác hoặc chuyển tệp cũ đi nơi khác rồi chạy lại.",
            "The file for the result exists already and nothing is overwritten. Please choose another name.",
        ),
        "inspection.nothing" => words(
            "Không tìm thấy tệp PDF, gói lưu trữ hoặc ảnh đĩa nào để kiểm tra.",
            "Vui lòng kiểm tra lại đường dẫn hoặc vật mang tin rồi chạy lại.",
            "No PDF, deposit or image was found to check. Please make sure of path and medium.",
        ),
        "inspection.unwritable" => words(
            "Không ghi được tệp kết quả.",
            "Vui lòng kiểm tra thư mục, quyền ghi và dung lượng trống rồi chạy lại.",
            "The file for the result cannot be written. Please check folder, permissions and space.",
        ),
        "reader.file" | "inspection.unreadable" => words(
            "Không mở hoặc không đọc được tệp này.",
            "Vui lòng kiểm tra đường dẫn, quyền đọc và vật mang tin rồi chạy lại.",
            "The file cannot be opened or read. Please check path, permissions and medium.",
        ),
        _ if code.starts_with("reader.") => words(
            "Không đọc được tệp trong giới hạn cho phép.",
            "Tệp có thể bị hỏng; vui lòng xuất lại từ phần mềm nguồn.",
            "The file could not be read within its limits; it may be damaged.",
        ),
        "deposit.record_open" => words(
            "Biên bản niêm phong chưa đủ chữ ký của văn phòng và Hiệu trưởng.",
            "Vui lòng hoàn tất các chữ ký đó trước khi niêm phong.",
            "The sealing record still waits for văn phòng or the principal.",
        ),
        "deposit.nothing" => words(
            "Chưa có hồ sơ đã hoàn tất nào chờ lưu trữ.",
            "Hoàn tất ký và đóng hồ sơ trước.",
            "No closed dossier waits for a deposit.",
        ),
        "year.not_open" => words(
            "Danh sách nhân sự và kế hoạch ký của năm học chưa có hiệu lực.",
            "Hiệu trưởng và con dấu ký danh sách nhân sự và kế hoạch ký của năm học.",
            "Roster and plans of the school year are not in force yet.",
        ),
        "export.not_locked" => words(
            "Sổ điểm này chưa có quyết định khóa sổ.",
            "Ban quản trị đề nghị và Hiệu trưởng ký quyết định khóa sổ trước.",
            "The export is in no signed lock decision yet.",
        ),
        _ => return None,
    })
}
