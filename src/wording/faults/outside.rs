//! Words for what the program stands on: network, configuration, the surroundings of the demo.

use super::{Words, words};

pub(super) fn network(code: &str) -> Option<Words> {
    Some(match code {
        "timestamp.later" => words(
            "Dấu thời gian chưa lấy được lúc này; hồ sơ đang chờ.",
            "Dịch vụ đã cấp đủ số lượng trong thời hạn, hoặc vừa không trả lời nên chương trình đợi rồi mới hỏi lại.",
            "Không cần làm gì: hồ sơ chờ, chương trình tự đóng khi đến lượt.",
            "There is no timestamp to be had now, and the documents wait. The authority gave as many as its limit allows, or did not answer and is asked again later. Nothing needs to be done; they are closed when it is their turn.",
        ),
        "timestamp.none_configured" => words(
            "Chưa cấu hình dịch vụ dấu thời gian.",
            "Trong tệp cấu hình và ở trang Cấu hình đều chưa có địa chỉ của dịch vụ.",
            "Vui lòng nhờ người quản trị khai báo địa chỉ dịch vụ dấu thời gian.",
            "No timestamp authority is configured. Neither the configuration file nor the page Set up names one. Please have the administrator enter its address.",
        ),
        "timestamp.too_large" => words(
            "Dấu thời gian lớn hơn chỗ dành cho nó trong tệp.",
            "Dịch vụ gửi kèm nhiều chứng thư hơn thường lệ.",
            "Không cần ký lại: chương trình dành chỗ lớn hơn và xin lại; nếu vẫn không vừa, vui lòng nhờ người quản trị chọn dịch vụ dấu thời gian khác.",
            "The timestamp is larger than its room in the file. The authority sends more certificates along than is usual. Nothing needs to be signed again: the program leaves more room and asks once more; if it still does not fit, please have the administrator choose another timestamp authority.",
        ),
        "timestamp.not_asked" => words(
            "Tập tin không phải là câu trả lời cho gói lưu trữ nào của trường.",
            "Thường do chọn nhầm tập tin, hoặc tập tin trả lời cho yêu cầu của trường khác.",
            "Vui lòng lấy đúng tập tin .tsr trả lời cho yêu cầu .tsq mà chương trình đã ghi ra rồi thử lại.",
            "The file answers no request about a deposit of this school. Mostly it is the wrong file, or an answer to another school. Please take the .tsr that answers our .tsq and try again.",
        ),
        "network.no_nonce" => words(
            "Máy chủ không tạo được số ngẫu nhiên để xin dấu thời gian.",
            "Nguồn số ngẫu nhiên của hệ điều hành không trả lời, thường do hệ thống cài đặt thiếu hoặc bị giới hạn quá chặt.",
            "Vui lòng báo người quản trị kiểm tra hệ điều hành; hồ sơ vẫn giữ nguyên trạng thái.",
            "There is no random number for a timestamp request. The system's source of randomness does not answer, mostly because the system is incomplete or too tightly confined. Please have it checked; nothing has changed.",
        ),
        "network.address" => words(
            "Địa chỉ của một dịch vụ chứng thực không dùng được.",
            "Địa chỉ trong cấu hình hoặc trong chứng thư số không bắt đầu bằng http://, hoặc bị viết sai.",
            "Vui lòng nhờ người quản trị kiểm tra địa chỉ dịch vụ dấu thời gian; nếu địa chỉ nằm trong chứng thư, hãy hỏi nơi cấp.",
            "The address of a certification service cannot be used. In the configuration or the certificate it does not begin with http:// or is miswritten. Please check the address of the timestamp authority; if it stands in a certificate, ask who issued it.",
        ),
        "network.unreachable" => words(
            "Không kết nối được dịch vụ chứng thực (thu hồi chứng thư hoặc dấu thời gian).",
            "Máy chủ chưa có mạng, tường lửa chặn, tên dịch vụ không phân giải được, hoặc dịch vụ đang ngừng.",
            "Vui lòng kiểm tra kết nối mạng của máy chủ; việc đóng hồ sơ sẽ tiếp tục khi có mạng.",
            "A certification service (revocation or timestamp) cannot be reached. The server has no network, a firewall blocks it, its name is not resolved, or the service is down. Please check the network; closing goes on when it is back.",
        ),
        "network.timeout" => words(
            "Dịch vụ chứng thực không trả lời trong thời gian cho phép.",
            "Mạng rất chậm, tường lửa lặng lẽ chặn, hoặc dịch vụ đang quá tải.",
            "Vui lòng kiểm tra kết nối mạng của máy chủ; việc đóng hồ sơ sẽ tiếp tục khi có mạng.",
            "A certification service did not answer in time. The network is very slow, a firewall drops it silently, or the service is overloaded. Please check the network; closing goes on when it answers.",
        ),
        "network.status" => words(
            "Dịch vụ chứng thực đã từ chối yêu cầu.",
            "Dịch vụ có thể đang bảo trì, đã đổi địa chỉ, hoặc không nhận yêu cầu từ trường (hết hợp đồng, hết lượt).",
            "Vui lòng nhờ người quản trị kiểm tra địa chỉ và hợp đồng dịch vụ; việc đóng hồ sơ sẽ tiếp tục khi dịch vụ nhận lại.",
            "A certification service refused the request. It may be under maintenance, have moved, or not accept this school any more (contract, quota). Please have address and contract checked; closing goes on when it accepts again.",
        ),
        "network.too_large" => words(
            "Câu trả lời của dịch vụ chứng thực lớn bất thường nên không được nhận.",
            "Địa chỉ có thể dẫn đến một trang khác, hoặc danh sách thu hồi của nơi cấp quá lớn.",
            "Vui lòng nhờ người quản trị mở thử địa chỉ đó và kiểm tra; hồ sơ vẫn giữ nguyên trạng thái.",
            "The answer of a certification service is too large and was not taken. The address may lead to another page, or the revocation list is very long. Please have that address checked; nothing has changed.",
        ),
        "network.not_der" => words(
            "Câu trả lời của dịch vụ chứng thực không đúng dạng.",
            "Thường do trang đăng nhập mạng hoặc máy chủ trung gian (proxy) trả lời thay cho dịch vụ.",
            "Vui lòng nhờ người quản trị kiểm tra đường ra internet của máy chủ; việc đóng hồ sơ sẽ tiếp tục khi có câu trả lời đúng.",
            "The answer of a certification service has the wrong form. Mostly the login page of a network or a proxy answers in its place. Please have the server's way to the internet checked; closing goes on with a proper answer.",
        ),
        _ => return None,
    })
}

pub(super) fn config(code: &str) -> Option<Words> {
    Some(match code {
        "config.test_anchor" => words(
            "Chứng thư này không được tin cậy cho việc thật.",
            "Đây là chứng thư thử nghiệm hoặc của bản trình diễn, không có giá trị pháp lý; có thể nó được chép nhầm vào thư mục tin cậy.",
            "Vui lòng bỏ chứng thư đó khỏi thư mục tin cậy rồi khởi động lại.",
            "This certificate is never trusted in earnest. It is one of tests or of the demo, without legal value, and may have been copied into the trust folder by mistake. Please remove it and start again.",
        ),
        "config.trust_of_a_sample" => words(
            "Không niêm phong được bằng chứng thư CA tự chọn.",
            "Lệnh có --trust, mà tùy chọn này chỉ dành cho trường mẫu.",
            "Vui lòng bỏ --trust; chứng thư CA của trường được khai trong tệp cấu hình.",
            "A real school does not seal by CA certificates of its own choice. The command has --trust, which is for an invented school only. Please leave it out; the configuration names the CA certificates.",
        ),
        "config.anchor_unreadable" => words(
            "Một chứng thư CA hoặc danh sách thu hồi trong thư mục tin cậy không đọc được.",
            "Tệp có thể bị cắt cụt, không phải PEM hay DER, hoặc tài khoản niemphong không được đọc.",
            "Vui lòng kiểm tra tệp được nêu trong thư mục tin cậy rồi chạy lại.",
            "A CA certificate or revocation list of a trust folder cannot be read. The file may be cut short, neither PEM nor DER, or not readable for the account niemphong. Please check the named file and start again.",
        ),
        "config.anchor_pin" => words(
            "Một chứng thư CA đi kèm chương trình không khớp dấu vân tay đã ghim.",
            "Bản cài đặt bị thay đổi hoặc tải về không trọn vẹn.",
            "Vui lòng cài lại chương trình từ nguồn chính thức.",
            "A CA certificate that the program brings does not match its pin. The installation was altered or is incomplete. Please install the program again from its official source.",
        ),
        "config.layout" => words(
            "Một tệp mẫu bảng tính hoặc danh mục môn học của trường không dùng được.",
            "Tệp có chỗ viết sai hoặc nêu tên mà chương trình không biết; dòng sai được nêu bên dưới.",
            "Vui lòng sửa tệp được nêu; cách viết có trong docs/layouts.md.",
            "A layout or a catalogue of subjects of the school cannot be used. Something in it is miswritten or not known to the program; the line is named below. Please correct the file; docs/layouts.md says how it is written.",
        ),
        "config.unreadable" => words(
            "Không đọc được tệp cấu hình.",
            "Đường dẫn có thể bị gõ nhầm, tệp chưa được tạo, hoặc tài khoản đang dùng không được đọc.",
            "Vui lòng kiểm tra đường dẫn và quyền đọc; mẫu có chú thích: niemphong config template.",
            "The configuration cannot be read. The path may be mistyped, the file not there yet, or not readable for this account. Please check path and permissions; a commented sample: niemphong config template.",
        ),
        "config.form" => words(
            "Không hiểu được tệp cấu hình.",
            "Có mục viết sai tên, sai kiểu giá trị, thiếu mục bắt buộc, hoặc tệp dành cho phiên bản khác; chỗ sai được nêu bên dưới.",
            "Vui lòng sửa chỗ được nêu; mẫu có chú thích: niemphong config template.",
            "The configuration is not understood. A name or value in it is wrong, something required is missing, or it is for another version; the place is named below. Please correct it; a commented sample: niemphong config template.",
        ),
        _ => return None,
    })
}

pub(super) fn demo(code: &str) -> Option<Words> {
    Some(match code {
        "demo.program_missing" => words(
            "Bản trình diễn chưa chạy được trên máy này.",
            "Một chương trình mà bản trình diễn cần chưa được cài; tên gói ở bên dưới.",
            "Vui lòng cài gói được nêu bên dưới, hoặc chạy: make demo.",
            "The demo cannot run on this machine yet. A program that it needs is not installed; its package is named below. Please install it, or run: make demo.",
        ),
        "demo.module_missing" => words(
            "Bản trình diễn chưa chạy được trên máy này.",
            "Phần mềm USB token giả lập (SoftHSM) chưa được cài.",
            "Vui lòng cài gói được nêu bên dưới, hoặc chạy: make demo.",
            "The demo cannot run on this machine yet. The software tokens (SoftHSM) are not installed. Please install the package named below, or run: make demo.",
        ),
        "demo.damaged" => words(
            "Thư mục của bản trình diễn đã bị thay đổi nên không dùng tiếp được.",
            "Một tệp của lần chạy trước bị sửa, bị xóa hoặc ghi dở; tên tệp ở bên dưới.",
            "Vui lòng chạy lại trong một thư mục mới: niemphong demo --once --dir <thư mục>.",
            "The folder of the demo cannot be used any more. A file of an earlier run was altered, removed or only half written; it is named below. Please run the demo in a new folder: niemphong demo --once --dir <folder>.",
        ),
        "demo.certificate" => words(
            "Không tạo hoặc đọc được khóa hay chứng thư của bản trình diễn.",
            "Tệp khóa của lần chạy trước có thể đã hỏng, hoặc thư viện mật mã của máy từ chối.",
            "Vui lòng chạy lại trong một thư mục mới: niemphong demo --once --dir <thư mục>.",
            "A key or certificate of the demo cannot be made or read. A key file of an earlier run may be damaged, or the system's cryptography refuses. Please run the demo in a new folder: niemphong demo --once --dir <folder>.",
        ),
        "demo.not_issued_here" => words(
            "Một chứng thư trong thư mục này không do bản trình diễn cấp.",
            "Thư mục có lẫn tệp của một lần trình diễn khác.",
            "Vui lòng chạy lại trong một thư mục mới: niemphong demo --once --dir <thư mục>.",
            "A certificate in this folder was not issued by this demo. Files of another demo are mixed in. Please run the demo in a new folder: niemphong demo --once --dir <folder>.",
        ),
        "demo.port_taken" => words(
            "Bản trình diễn không mở được cổng mạng của nó.",
            "Một chương trình khác, thường là một bản trình diễn còn đang chạy, đang dùng cổng đó.",
            "Vui lòng dừng chương trình đó, hoặc chạy bản trình diễn trong một thư mục mới.",
            "The demo cannot open its port. Another program uses it, mostly a demo that still runs. Please stop that one, or run the demo in a new folder.",
        ),
        "demo.file" => words(
            "Bản trình diễn chưa chạy được đến cuối.",
            "Một tệp không đọc hoặc ghi được: ổ đĩa đầy, thư mục không cho ghi, hoặc đường dẫn sai.",
            "Vui lòng chạy lại trong cùng thư mục: bản trình diễn sẽ đi tiếp từ chỗ dừng.",
            "The demo could not be told to its end. A file cannot be read or written: the disk is full, the folder is not writable, or the path is wrong. Please mend that and start it again in the same folder; it goes on where it stopped.",
        ),
        "demo.program_failed" => words(
            "Bản trình diễn chưa chạy được đến cuối.",
            "Một chương trình đi kèm báo lỗi; lời của nó ở bên dưới.",
            "Vui lòng chạy lại trong cùng thư mục: bản trình diễn sẽ đi tiếp từ chỗ dừng.",
            "The demo could not be told to its end. A program beside it failed; what it said is below. Please start it again in the same folder; it goes on where it stopped.",
        ),
        "demo.stuck" => words(
            "Bản trình diễn chưa chạy được đến cuối.",
            "Một bước không xong trong thời gian chờ, thường do máy quá bận; bước đó được nêu bên dưới.",
            "Vui lòng chạy lại trong cùng thư mục: bản trình diễn sẽ đi tiếp từ chỗ dừng.",
            "The demo could not be told to its end. A step did not come about in its time, mostly because the machine is very busy; it is named below. Please start it again in the same folder; it goes on where it stopped.",
        ),
        _ => return None,
    })
}
