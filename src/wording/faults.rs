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
        "demo" => demo(code),
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
        _ => return None,
    })
}

fn keeping(code: &str) -> Option<Words> {
    Some(match code {
        "register.busy" | "store.busy" => words(
            "Một tiến trình niemphong khác đang làm việc với kho lưu trữ này.",
            "Vui lòng chờ tiến trình kia kết thúc rồi thử lại.",
            "Another niemphong process works with this store. Please wait until it has ended.",
        ),
        "register.happened_already" => words(
            "Việc này đã được ghi trong sổ theo dõi trước đó nên không ghi lần thứ hai.",
            "Vui lòng tải lại để xem tình trạng mới nhất; dữ liệu đã ghi vẫn còn nguyên.",
            "This was recorded before and is not recorded twice. Please look at the current state again.",
        ),
        "register.newer" => words(
            "Sổ theo dõi do một phiên bản niemphong mới hơn tạo ra.",
            "Vui lòng cài phiên bản mới nhất rồi chạy lại; không có gì bị thay đổi.",
            "The register was written by a newer version. Please install that version; nothing was changed.",
        ),
        "register.damaged" => words(
            "Sổ theo dõi đã bị thay đổi từ bên ngoài: chuỗi ghi nhận không còn liền mạch.",
            "Không ghi thêm gì; giữ nguyên hiện trạng và báo ngay cho Hiệu trưởng và người quản trị.",
            "The register was altered from outside. Leave everything as it is and tell the principal.",
        ),
        "store.other_bytes" | "medium.exists" => words(
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
        "store.missing" | "store.damaged" | "store.not_a_file" | "store.form" => words(
            "Một tệp trong kho lưu trữ bị thiếu hoặc không còn đúng như lúc được lưu.",
            "Vui lòng không sửa gì trong kho, giữ nguyên hiện trạng và báo ngay cho người quản trị.",
            "A file of the store is missing or is not what was stored. Please leave everything as it is and tell the administrator.",
        ),
        "store.full" => words(
            "Ổ đĩa của máy chủ đã hết chỗ; chưa có gì được ghi dở dang.",
            "Vui lòng giải phóng dung lượng hoặc thêm ổ đĩa rồi chạy lại; những gì đã xác nhận vẫn còn.",
            "The disk is full; nothing was half written. Please make room and start again; what was acknowledged is safe.",
        ),
        "store.name" | "store.closed" | "store.too_large" => words(
            "Kho lưu trữ không nhận tệp này vì tên, vị trí hoặc dung lượng không phù hợp.",
            "Vui lòng ghi lại mã lỗi và báo cho người quản trị; dữ liệu đã lưu vẫn còn nguyên.",
            "The store does not take this file for its name, place or size. Please tell the administrator; what is stored is safe.",
        ),
        "register.store" | "store.io" => words(
            "Không đọc hoặc ghi được kho lưu trữ.",
            "Vui lòng kiểm tra dung lượng và quyền truy cập ổ đĩa, rồi khởi động lại; những gì đã xác nhận vẫn còn.",
            "The store could not be read or written. Please check the disk and start again; what was acknowledged is safe.",
        ),
        "medium.xorriso_failed"
        | "medium.xorriso_too_slow"
        | "medium.xorriso_not_run"
        | "medium.volume_id"
        | "medium.name_beside" => words(
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
        "config.unreadable" | "config.form" => words(
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
        "reader.worker_hung" | "reader.worker_lost" | "reader.worker_answer" | "reader.result" => words(
            "Không đọc được tệp trong giới hạn cho phép.",
            "Tệp có thể bị hỏng; vui lòng lấy lại hoặc xuất lại tệp từ phần mềm nguồn.",
            "The file could not be read within its limits; it may be damaged. Please fetch or export it again.",
        ),
        "reader.file" => words(
            "Không mở được tệp hoặc thư mục cần kiểm tra.",
            "Vui lòng kiểm tra đường dẫn, quyền đọc và thiết bị chứa tệp.",
            "The file or folder cannot be opened. Please check its path, its permissions and the device it is on.",
        ),
        "reader.certificate" => words(
            "Không đọc được chứng thư số.",
            "Vui lòng kiểm tra USB token hoặc xin lại chứng thư từ nhà cung cấp chữ ký số.",
            "A certificate cannot be read. Please check the token or ask the vendor for the certificate again.",
        ),
        "reader.worker_start" | "reader.order" => words(
            "Tiến trình đọc tệp của chương trình không làm việc.",
            "Vui lòng khởi động lại chương trình; nếu vẫn lỗi, hãy báo người quản trị kèm mã lỗi.",
            "The program's reading process does not work. Please start the program again; if it stays, tell the administrator.",
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
        "school.commissioned" => words(
            "Trường đã xác nhận chứng thư số của Hiệu trưởng và con dấu trước đó, với chứng thư khác.",
            "Vui lòng dùng USB token đã được xác nhận; nếu đã đổi chứng thư, hãy báo người quản trị.",
            "The school confirmed other certificates of principal and stamp before. Please use those tokens, or tell the administrator.",
        ),
        "school.other_signers" => words(
            "Danh sách nhân sự và kế hoạch ký phải do đúng Hiệu trưởng và con dấu đã được xác nhận ký.",
            "Vui lòng dùng USB token của Hiệu trưởng và của con dấu đã được xác nhận.",
            "Roster and plans are signed by the confirmed principal and stamp only. Please use their tokens.",
        ),
        "plan.unusable" | "roster.unusable" => words(
            "Danh sách nhân sự hoặc kế hoạch ký của năm học chưa phù hợp với hồ sơ này.",
            "Vui lòng kiểm tra phân công giáo viên của lớp và kế hoạch ký, rồi thử lại.",
            "Roster or plans of the year do not fit this document. Please check the assignments of the class.",
        ),
        "dossier.unknown" => words(
            "Không có hồ sơ nào mang mã này.",
            "Vui lòng kiểm tra lại mã hồ sơ.",
            "There is no document with this id. Please check the id.",
        ),
        "document.not_rendered" | "document.not_written" => words(
            "Không lập được hồ sơ PDF từ dữ liệu đã nhận; chưa có gì được công bố.",
            "Vui lòng ghi lại mã lỗi và báo cho người quản trị; dữ liệu gốc vẫn còn nguyên.",
            "The PDF could not be made from the data; nothing was published. Please tell the administrator; the data is safe.",
        ),
        "deposit.unknown" | "deposit.number" => words(
            "Không có bản lưu trữ nào mang mã này, hoặc số bản lưu trữ của năm học đã hết.",
            "Vui lòng kiểm tra lại mã của bản lưu trữ.",
            "There is no deposit with this id, or the year has no number left. Please check the id.",
        ),
        "deposit.not_sealed" => words(
            "Bản lưu trữ này chưa được niêm phong nên chưa thể tạo ảnh đĩa.",
            "Vui lòng hoàn tất niêm phong trước.",
            "The deposit is not sealed yet. Please seal it first.",
        ),
        "deposit.changed" | "deposit.not_packed" => words(
            "Bản lưu trữ không đóng gói được giống như lần đầu; chưa có gì được niêm phong.",
            "Vui lòng giữ nguyên hiện trạng và báo người quản trị kiểm tra kho lưu trữ.",
            "The deposit could not be packed as it was recorded; nothing was sealed. Please have the store checked.",
        ),
        "inbox.unusable" => words(
            "Không đọc hoặc ghi được thư mục hộp thư.",
            "Vui lòng kiểm tra đường dẫn và quyền truy cập thư mục hộp thư rồi khởi động lại.",
            "The inbox folder cannot be used. Please check its path and permissions, then start again.",
        ),
        "inbox.import" => words(
            "Không đưa được tệp vào hộp thư: tệp không đọc được, hoặc trong hộp thư đang có tệp cùng tên.",
            "Vui lòng kiểm tra tệp, chờ hộp thư xử lý xong tệp cùng tên, rồi thử lại.",
            "The file could not be put into the inbox: it cannot be read, or a file of the same name waits there. Please try again later.",
        ),
        "daemon.runtime" => words(
            "Máy chủ không cho chương trình khởi động đầy đủ.",
            "Vui lòng báo người quản trị kiểm tra tài nguyên của máy chủ rồi khởi động lại.",
            "The system does not let the program start. Please have its resources checked, then start again.",
        ),
        "export.not_accepted" => words(
            "Quyết định khóa sổ có một sổ điểm chưa được nhận, bị từ chối hoặc thuộc năm học khác.",
            "Vui lòng đưa sổ điểm hoàn chỉnh vào hộp thư trước, rồi lập lại quyết định.",
            "The decision lists an export that was not accepted or is of another year. Please hand in the complete export first.",
        ),
        "export.not_locked" => words(
            "Sổ điểm này chưa có quyết định khóa sổ.",
            "Ban quản trị đề nghị và Hiệu trưởng ký quyết định khóa sổ trước.",
            "The export is in no signed lock decision yet.",
        ),
        _ => return None,
    })
}

fn demo(code: &str) -> Option<Words> {
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// Topics of codes that reach a person through [`fault`].
    const TOPICS: [&str; 20] = [
        "signing",
        "token",
        "register",
        "store",
        "medium",
        "network",
        "timestamp",
        "config",
        "judge",
        "reader",
        "deposit",
        "year",
        "export",
        "inbox",
        "demo",
        "daemon",
        "school",
        "plan",
        "roster",
        "dossier",
    ];

    /// Sources whose texts look like codes and are none of a fault: stored names of events, problems of
    /// an export (they have words of their own), faults inside a document (they arrive as `document.*` of
    /// the clerk), names of files.
    const NO_FAULTS: [&str; 4] = ["src/lifecycle/event.rs", "src/crafts", "src/verification", "src/wording"];
    const FILES: [&str; 1] = ["roster.json"];

    fn collect(folder: &Path, found: &mut BTreeSet<String>) {
        let house = Path::new(env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            let inside = path.strip_prefix(house).expect("in the house").to_string_lossy().into_owned();
            if NO_FAULTS.iter().any(|none| inside.starts_with(none)) || inside.contains("tests") {
                continue;
            }
            if path.is_dir() {
                collect(&path, found);
            } else if inside.ends_with(".rs") {
                let source = std::fs::read_to_string(&path).expect("a source");
                found.extend(codes_in(source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()));
            }
        }
    }

    fn codes_in(source: &str) -> impl Iterator<Item = String> {
        // What stands between any two quotes: prose there never looks like a code.
        let texts = source.split('"');
        let is_code = |text: &&str| {
            let parts = text.split_once('.');
            parts.is_some_and(|(topic, rest)| {
                let plain = !rest.is_empty() && rest.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
                plain && (TOPICS.contains(&topic) || topic == "document")
            })
        };
        texts.filter(is_code).map(str::to_owned)
    }

    /// Every code that a fault of the program can carry, read from its own source.
    fn codes_of_the_program() -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        found.retain(|code| !FILES.contains(&code.as_str()));
        found
    }

    #[test]
    fn every_code_of_a_fault_has_words_of_its_own() {
        let codes = codes_of_the_program();
        for sample in ["signing.not_your_turn", "token.pin_locked", "store.busy", "reader.file", "demo.stuck"]
        {
            assert!(codes.contains(sample), "the scan misses {sample}");
        }
        let without: Vec<&String> = codes.iter().filter(|code| fault(code) == UNKNOWN).collect();
        assert!(without.is_empty(), "no words for {without:#?}");
    }

    #[test]
    fn no_words_wait_for_a_code_that_nothing_returns() {
        let source = include_str!("faults.rs").split("#[cfg(test)]").next().expect("before the tests");
        let worded: BTreeSet<String> = codes_in(source).collect();
        assert!(worded.len() > 60, "the scan found only {} codes", worded.len());
        let known = codes_of_the_program();
        let dead: Vec<&String> = worded.difference(&known).collect();
        assert!(dead.is_empty(), "nothing returns {dead:#?}");
    }

    #[test]
    fn every_fault_says_what_happened_and_what_to_do_in_whole_sentences() {
        for code in codes_of_the_program() {
            let words = fault(&code);
            for text in [words.what_vi, words.do_vi, words.en] {
                assert!(text.ends_with('.') && text.len() > 15, "{code}: {text:?}");
            }
            assert_ne!(words.what_vi, words.do_vi, "{code}");
        }
    }

    #[test]
    fn a_code_without_words_is_admitted_as_such() {
        assert_eq!(fault("signing.of_another_version"), UNKNOWN);
        assert_eq!(fault(""), UNKNOWN);
    }
}
