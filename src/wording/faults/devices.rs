//! Words for what the drives, sticks and disks and their worker may refuse.

use super::{Words, words};

pub(super) fn devices(code: &str) -> Option<Words> {
    Some(match code {
        "medium.worker_start" => words(
            "Không khởi động được phần ghi đĩa của chương trình.",
            "Vui lòng báo người quản trị: dịch vụ niemphong-media chưa chạy hoặc máy thiếu bộ nhớ.",
            "The media worker cannot be started. Please tell the administrator to look at niemphong-media.",
        ),
        "medium.worker_hung" => words(
            "Thiết bị không trả lời trong thời gian cho phép, nên việc ghi hoặc đọc đã dừng.",
            "Vui lòng rút thiết bị ra, cắm lại rồi xem tình trạng bản sao. Đĩa đang ghi dở coi như hỏng.",
            "The device did not answer in time. Please unplug it, plug it in again and look at the copy's state.",
        ),
        "medium.worker_lost" => words(
            "Phần ghi đĩa của chương trình đã dừng giữa chừng.",
            "Dữ liệu trong kho vẫn nguyên. Vui lòng thử lại; đĩa đang ghi dở coi như hỏng.",
            "The media worker ended early. Nothing in the store is lost. Please try again; a disc begun is spoiled.",
        ),
        "medium.worker_answer" => words(
            "Phần ghi đĩa trả lời không đúng cách, nên kết quả không được công nhận.",
            "Vui lòng khởi động lại chương trình; nếu vẫn vậy, báo người quản trị kèm mã lỗi.",
            "The media worker answered something else than asked. Please restart the program.",
        ),
        "medium.no_device" => words(
            "Không tìm thấy đúng thiết bị đã chọn: thiết bị đã rút ra, đã đổi đĩa, hoặc có hai thiết bị giống hệt nhau.",
            "Vui lòng chỉ cắm một thiết bị cần ghi, xem lại danh sách rồi chọn lại.",
            "The chosen device is not there, its disc was changed, or two look the same. Please plug in only one.",
        ),
        "medium.system_disk" => words(
            "Đây là ổ đĩa hệ thống của máy chủ, không phải vật mang lưu trữ.",
            "Vui lòng chọn đĩa trống, USB trống hoặc ổ cứng rời chuyên dụng.",
            "This disk belongs to the machine's own system. Please choose a blank disc, an empty stick or the dedicated disk.",
        ),
        "medium.own_disk" => words(
            "Kho dữ liệu hoặc hộp thư đến của chương trình nằm trên ổ đĩa này.",
            "Vui lòng dùng một vật mang khác, độc lập với máy chủ.",
            "The data folder or the inbox lies on this disk. Please use another medium that is independent of the server.",
        ),
        "medium.in_use" => words(
            "Thiết bị đang được hệ điều hành hoặc một chương trình khác sử dụng.",
            "Vui lòng đóng cửa sổ đang mở thiết bị, tháo thiết bị an toàn (Eject) rồi cắm lại.",
            "The device is in use by the system or another program. Please eject it safely and plug it in again.",
        ),
        "medium.write_protected" => words(
            "Thiết bị đang khóa ghi.",
            "Vui lòng gạt công tắc khóa ghi trên thiết bị hoặc dùng thiết bị khác.",
            "The device is write-protected. Please move its switch or use another one.",
        ),
        "medium.device_too_small" => words(
            "Vật mang không đủ chỗ cho toàn bộ nội dung cần ghi.",
            "Vui lòng dùng vật mang có dung lượng lớn hơn; nội dung không bao giờ bị cắt đôi.",
            "The medium has not enough room for all of the content. Please use a larger one.",
        ),
        "medium.no_disc" => words(
            "Chưa có đĩa trong ổ.",
            "Vui lòng cho một đĩa trắng loại ghi một lần (CD-R, DVD-R, DVD+R, BD-R) vào ổ rồi thử lại.",
            "There is no disc in the drive. Please insert a blank disc that is written once.",
        ),
        "medium.not_blank" => words(
            "Đĩa trong ổ không còn trắng; tuyệt đối không ghi thêm hoặc ghi đè.",
            "Vui lòng cất đĩa này và cho một đĩa trắng khác vào ổ.",
            "The disc is not blank, and nothing is ever written over. Please insert another, blank disc.",
        ),
        "medium.rewritable" => words(
            "Đây là đĩa ghi lại được (RW, RE hoặc RAM), không dùng để lưu trữ lâu dài.",
            "Vui lòng dùng đĩa ghi một lần: CD-R, DVD-R, DVD+R hoặc BD-R.",
            "The disc can be rewritten and is no archive. Please use one that is written once.",
        ),
        "medium.not_closed" => words(
            "Đĩa đã ghi nhưng ổ không xác nhận đã đóng đĩa, nên bản này không được công nhận.",
            "Vui lòng ghi lại trên một đĩa trắng khác; nếu lặp lại, hãy thử ổ ghi khác.",
            "The drive does not confirm that the disc was closed. Please burn another blank disc.",
        ),
        "medium.holds_files" => words(
            "Trên USB vẫn còn tập tin nên chương trình không ghi, để không làm mất dữ liệu của ai.",
            "Vui lòng xem danh sách tập tin, sao lưu nếu cần rồi dùng một USB trống.",
            "There are files on the stick, so nothing is written. Please look at the list and use an empty stick.",
        ),
        "medium.holds_unknown" => words(
            "Không đọc được trên thiết bị có gì, nên chương trình không ghi để tránh làm mất dữ liệu.",
            "Vui lòng dùng thiết bị mới, hoặc nhờ người quản trị kiểm tra và định dạng lại thiết bị này.",
            "What is on the device cannot be read, so nothing is written. Please use a new one.",
        ),
        "medium.not_dedicated" => words(
            "Ngoài các thư mục lan-1, lan-2…, ổ cứng còn chứa thứ khác, nên đây không phải ổ chuyên dụng.",
            "Vui lòng xem danh sách, chuyển những thứ khác sang nơi khác, hoặc dùng ổ chuyên dụng của trường.",
            "The disk holds other things than folders lan-<n>. Please use the school's dedicated disk.",
        ),
        "medium.other_school" => words(
            "Trên thiết bị có vật mang lưu trữ của trường khác; tuyệt đối không ghi thêm hoặc ghi đè.",
            "Vui lòng trả lại thiết bị cho trường ghi trên nhãn và dùng một vật mang trống.",
            "There is another school's medium on the device. Please give it back and use an empty one.",
        ),
        "medium.not_in_register" => words(
            "Trên thiết bị có vật mang mang tên trường này nhưng sổ theo dõi không ghi nhận.",
            "Vui lòng cất riêng thiết bị, kiểm tra bằng lệnh niemphong verify và báo người quản trị.",
            "The device holds a medium in this school's name that the register does not know. Please keep it apart and have it verified.",
        ),
        "medium.copy_not_here" => words(
            "Trên thiết bị không phải là bản sao cần đọc lại.",
            "Vui lòng xem mã trên nhãn, cắm hoặc cho vào ổ đúng bản sao đó rồi thử lại.",
            "The device does not hold the copy that is to be read. Please look at the label and insert that copy.",
        ),
        "medium.not_kept" => words(
            "Đọc lại thấy khác nội dung đã ghi: thiết bị giả dung lượng hoặc đã hỏng. Bản sao được ghi nhận là hỏng.",
            "Vui lòng không dùng thiết bị này cho bất cứ việc gì nữa và ghi lại trên một thiết bị khác.",
            "What was read back differs: the device is counterfeit or failing. Please never use it again and write to another one.",
        ),
        "medium.interrupted" => words(
            "Trên thiết bị có một lần ghi dở của nội dung khác.",
            "Vui lòng ghi nhận bản sao đó là hỏng và dùng một thiết bị trống.",
            "A writing of other content came to no end on this device. Please record that copy as spoiled.",
        ),
        "medium.unplugged" => words(
            "Thiết bị bị rút ra hoặc mất kết nối giữa chừng; phần đang ghi chưa được công nhận.",
            "Vui lòng cắm lại thật chắc rồi ghi tiếp. Dữ liệu trong kho vẫn nguyên vẹn.",
            "The device was unplugged in the middle. Please plug it in firmly and write again; the store is intact.",
        ),
        "medium.write_error" => words(
            "Thiết bị báo lỗi khi ghi; bản này không được công nhận.",
            "Vui lòng dùng đĩa hoặc thiết bị khác. Không dùng lại thiết bị này cho lưu trữ.",
            "The device reported an error while writing. Please use another one, and this one no more.",
        ),
        "medium.read_error" => words(
            "Có phần trên vật mang không đọc được.",
            "Vui lòng thử ổ đọc khác; nếu vẫn lỗi, ghi nhận bản này hỏng và thay bằng bản sao mới.",
            "A part of the medium cannot be read. Please try another drive; else record it as spoiled and replace it.",
        ),
        "medium.no_program" => words(
            "Máy chưa cài đủ chương trình để ghi loại vật mang này.",
            "Vui lòng báo người quản trị cài gói phần mềm được nêu rồi thử lại.",
            "A program for this kind of medium is not installed. Please have the named package installed.",
        ),
        "medium.program_failed" => words(
            "Chương trình hệ thống dùng để xem, định dạng hoặc ghi thiết bị đã báo lỗi.",
            "Vui lòng thử thiết bị khác; nếu vẫn vậy, báo người quản trị kèm nhật ký.",
            "A program of the system that looks at or writes devices failed. Please try another device.",
        ),
        "medium.no_permission" => words(
            "Chương trình chưa có quyền mở thiết bị.",
            "Vui lòng báo người quản trị bật dịch vụ niemphong-media.",
            "The program may not open the device. Please have the service niemphong-media enabled.",
        ),
        "medium.source_differs" => words(
            "Nội dung trong kho không đúng như sổ theo dõi ghi nhận, nên việc ghi đã dừng.",
            "Vui lòng báo người quản trị kiểm tra kho bằng lệnh niemphong register check.",
            "What lies in the store is not what the register says, so writing stopped. Please have the store checked.",
        ),
        "medium.cancelled" => words(
            "Việc đang làm đã dừng theo yêu cầu. Đĩa đang ghi dở không dùng được nữa; đĩa đã ghi xong mà chưa đọc lại hết thì vẫn còn.",
            "Đĩa ghi dở: vui lòng ghi lại trên một đĩa trắng. Đĩa đã ghi xong: để nguyên trong ổ và đọc lại (niemphong archive check). USB và ổ cứng có thể ghi tiếp.",
            "Stopped as asked. A disc that was being written is lost; one that was closed is only not read back yet: leave it in its drive and read it again (niemphong archive check). Sticks and disks can be continued.",
        ),
        "medium.order" => words(
            "Yêu cầu gửi tới phần ghi đĩa không hợp lệ.",
            "Vui lòng xem lại loại vật mang đã chọn; nếu vẫn vậy, báo người quản trị kèm mã lỗi.",
            "The order to the media worker is not one. Please look at the chosen kind of medium again.",
        ),
        _ => return None,
    })
}
