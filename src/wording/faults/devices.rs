//! Words for what the drives, sticks and disks and their worker may refuse.

use super::{Words, words};

pub(super) fn devices(code: &str) -> Option<Words> {
    Some(match code {
        "medium.worker_start" => words(
            "Không khởi động được phần ghi đĩa của chương trình.",
            "Dịch vụ niemphong-media chưa chạy, chương trình bị thay khi đang mở, hoặc máy thiếu bộ nhớ.",
            "Vui lòng báo người quản trị kiểm tra dịch vụ niemphong-media rồi thử lại.",
            "The media worker cannot be started. Its service niemphong-media does not run, the program was replaced, or memory is short. Please tell the administrator to look at niemphong-media.",
        ),
        "medium.worker_hung" => words(
            "Thiết bị không trả lời trong thời gian cho phép, nên việc ghi hoặc đọc đã dừng.",
            "Thường do ổ hoặc USB đang hỏng, dây cáp lỏng, hoặc ổ cứng vừa ngủ và không tỉnh lại.",
            "Vui lòng rút thiết bị ra, cắm lại rồi xem tình trạng bản sao. Đĩa đang ghi dở coi như hỏng.",
            "The device did not answer in time. Mostly a drive or stick is failing, a cable is loose, or a disk did not wake up. Please unplug it, plug it in again and look at the copy's state; a disc that was being written is spoiled.",
        ),
        "medium.worker_lost" => words(
            "Phần ghi đĩa của chương trình đã dừng giữa chừng.",
            "Dịch vụ ghi đĩa có thể vừa được khởi động lại, bị hệ điều hành kết thúc, hoặc gặp lỗi của chính nó.",
            "Dữ liệu trong kho vẫn nguyên. Vui lòng thử lại; đĩa đang ghi dở coi như hỏng.",
            "The media worker ended early. Its service may have been restarted, ended by the system, or it failed. Nothing in the store is lost: please try again; a disc begun is spoiled.",
        ),
        "medium.worker_answer" => words(
            "Phần ghi đĩa trả lời không đúng cách, nên kết quả không được công nhận.",
            "Thường do dịch vụ niemphong-media còn là phiên bản cũ sau khi chương trình được cập nhật.",
            "Vui lòng khởi động lại chương trình; nếu vẫn vậy, báo người quản trị kèm mã lỗi.",
            "The media worker answered something else than asked, so the result does not count. Mostly niemphong-media is still of an older version after an update. Please restart the program; if it stays, tell the administrator the code.",
        ),
        "medium.no_device" => words(
            "Không tìm thấy đúng thiết bị đã chọn.",
            "Có thể thiết bị đã rút ra, đã đổi đĩa, hoặc có hai thiết bị giống hệt nhau.",
            "Vui lòng chỉ cắm một thiết bị cần ghi, xem lại danh sách rồi chọn lại.",
            "The chosen device is not there. It was unplugged, its disc was changed, or two devices look the same. Please plug in only the one that is meant, look at the list again and choose.",
        ),
        "medium.system_disk" => words(
            "Ổ này không dùng làm vật mang lưu trữ được.",
            "Đây là ổ chứa hệ điều hành hoặc vùng nhớ tạm của máy chủ.",
            "Vui lòng chọn đĩa trống, USB trống hoặc ổ cứng rời chuyên dụng.",
            "This disk cannot be a medium of the archive. The machine's own system or its swap lies on it. Please choose a blank disc, an empty stick or the dedicated disk.",
        ),
        "medium.own_disk" => words(
            "Ổ này không dùng làm vật mang lưu trữ được.",
            "Kho dữ liệu hoặc hộp thư đến của chương trình nằm trên ổ đĩa này; một ổ hỏng sẽ làm mất cả hai.",
            "Vui lòng dùng một vật mang khác, độc lập với máy chủ.",
            "This disk cannot be a medium of the archive. The data folder or the inbox lies on it, and one failure would take both. Please use another medium that is independent of the server.",
        ),
        "medium.in_use" => words(
            "Thiết bị đang được dùng cho việc khác.",
            "Thường do máy tự mở thiết bị khi cắm vào, hoặc một cửa sổ hay chương trình khác còn mở nó.",
            "Vui lòng đóng cửa sổ đang mở thiết bị, tháo thiết bị an toàn (Eject) rồi cắm lại.",
            "The device is in use. Mostly the desktop mounted it when it was plugged in, or another program still has it open. Please close that, eject it safely and plug it in again.",
        ),
        "medium.write_protected" => words(
            "Thiết bị đang khóa ghi.",
            "Thường do công tắc khóa ghi trên thiết bị; USB sắp hỏng cũng tự khóa ghi.",
            "Vui lòng gạt công tắc khóa ghi trên thiết bị hoặc dùng thiết bị khác.",
            "The device is write-protected. Mostly its switch is on; a stick that is failing locks itself too. Please move the switch or use another one.",
        ),
        "medium.device_too_small" => words(
            "Vật mang không đủ chỗ cho toàn bộ nội dung cần ghi.",
            "Dung lượng trống nhỏ hơn nội dung, mà nội dung không bao giờ bị cắt đôi; ổ cứng chuyên dụng có thể đã đầy các lần ghi trước.",
            "Vui lòng dùng vật mang có dung lượng lớn hơn.",
            "The medium has not enough room for all of the content. Content is never cut in two, and earlier writings may fill a dedicated disk. Please use a larger one.",
        ),
        "medium.no_disc" => words(
            "Chưa có đĩa trong ổ.",
            "Khay trống, đĩa đặt lệch, hoặc ổ chưa nhận xong đĩa vừa cho vào.",
            "Vui lòng cho một đĩa trắng loại ghi một lần (CD-R, DVD-R, DVD+R, BD-R) vào ổ rồi thử lại.",
            "There is no disc in the drive. The tray is empty, the disc lies askew, or the drive has not recognised it yet. Please insert a blank disc that is written once (CD-R, DVD-R, DVD+R, BD-R) and try again.",
        ),
        "medium.not_blank" => words(
            "Đĩa trong ổ không còn trắng; tuyệt đối không ghi thêm hoặc ghi đè.",
            "Đĩa đã được ghi trước đó, kể cả một lần ghi dở hoặc bằng chương trình khác.",
            "Vui lòng cất đĩa này và cho một đĩa trắng khác vào ổ.",
            "The disc is not blank, and nothing is ever written over. It was written before, if only in part or by another program. Please insert another, blank disc.",
        ),
        "medium.rewritable" => words(
            "Đĩa này không dùng để lưu trữ lâu dài được.",
            "Đây là đĩa ghi lại được (RW, RE hoặc RAM), nội dung có thể bị xóa hay thay.",
            "Vui lòng dùng đĩa ghi một lần: CD-R, DVD-R, DVD+R hoặc BD-R.",
            "This disc is no archive. It can be rewritten (RW, RE or RAM), so what is on it could be erased or replaced. Please use a disc that is written once: CD-R, DVD-R, DVD+R or BD-R.",
        ),
        "medium.not_closed" => words(
            "Bản này trên đĩa không được công nhận.",
            "Ổ không xác nhận đã đóng đĩa sau khi ghi, thường do đĩa kém chất lượng hoặc ổ ghi đã yếu.",
            "Vui lòng ghi lại trên một đĩa trắng khác; nếu lặp lại, hãy thử ổ ghi khác.",
            "This copy does not count. The drive does not confirm that the disc was closed, mostly because of a poor disc or a worn drive. Please burn another blank disc; if it happens again, try another drive.",
        ),
        "medium.holds_files" => words(
            "Chương trình không ghi lên USB này.",
            "Trên USB vẫn còn tập tin, có thể của ai đó đang cần.",
            "Vui lòng xem danh sách tập tin, sao lưu nếu cần rồi dùng một USB trống.",
            "Nothing is written to this stick. There are files on it that somebody may need. Please look at the list, keep what is needed and use an empty stick.",
        ),
        "medium.holds_unknown" => words(
            "Chương trình không ghi lên thiết bị này.",
            "Không đọc được trên thiết bị có gì: có thể nó được định dạng theo cách hệ thống không biết, được mã hóa, hoặc đã hỏng.",
            "Vui lòng dùng thiết bị mới, hoặc nhờ người quản trị kiểm tra và định dạng lại thiết bị này.",
            "Nothing is written to this device. What is on it cannot be read: its format is not known here, it is encrypted, or it is damaged. Please use a new one, or have the administrator check and format it.",
        ),
        "medium.not_dedicated" => words(
            "Đây không phải ổ cứng chuyên dụng cho lưu trữ.",
            "Ngoài các thư mục lan-1, lan-2…, ổ còn chứa thứ khác.",
            "Vui lòng xem danh sách, chuyển những thứ khác sang nơi khác, hoặc dùng ổ chuyên dụng của trường.",
            "This is not a disk dedicated to the archive. It holds other things than folders lan-<n>. Please look at the list, move the rest elsewhere, or use the school's dedicated disk.",
        ),
        "medium.other_school" => words(
            "Trên thiết bị có vật mang lưu trữ của trường khác; tuyệt đối không ghi thêm hoặc ghi đè.",
            "Con dấu niêm phong nằm trên thiết bị mang tên trường khác.",
            "Vui lòng trả lại thiết bị cho trường ghi trên nhãn và dùng một vật mang trống.",
            "There is another school's medium on the device, and nothing is ever written over it. The seal on it names that school. Please give it back and use an empty one.",
        ),
        "medium.not_in_register" => words(
            "Trên thiết bị có vật mang mang tên trường này nhưng sổ theo dõi không ghi nhận.",
            "Có thể sổ theo dõi được khôi phục từ bản sao lưu cũ hơn, hoặc vật mang do người khác làm ra.",
            "Vui lòng cất riêng thiết bị, kiểm tra bằng lệnh niemphong verify và báo người quản trị.",
            "The device holds a medium in this school's name that the register does not know. The register may have been restored from an older backup, or somebody else made the medium. Please keep it apart, run niemphong verify and tell the administrator.",
        ),
        "medium.copy_not_here" => words(
            "Trên thiết bị không phải là bản sao cần đọc lại.",
            "Thường do cắm nhầm một bản sao khác của cùng vật mang, hoặc cho nhầm đĩa vào ổ.",
            "Vui lòng xem mã trên nhãn, cắm hoặc cho vào ổ đúng bản sao đó rồi thử lại.",
            "The device does not hold the copy that is to be read. Mostly another copy of the same medium was plugged in, or another disc inserted. Please look at the label and insert that copy.",
        ),
        "medium.not_kept" => words(
            "Đọc lại thấy khác nội dung vừa ghi; bản sao được ghi nhận là hỏng.",
            "Thiết bị giả dung lượng (nhận nhiều hơn mức nó giữ được) hoặc đã hỏng.",
            "Vui lòng không dùng thiết bị này cho bất cứ việc gì nữa và ghi lại trên một thiết bị khác.",
            "What was read back differs from what was written, and the copy is recorded as spoiled. The device claims more room than it has, or is failing. Please never use it again and write to another one.",
        ),
        "medium.interrupted" => words(
            "Trên thiết bị có một lần ghi dở của nội dung khác.",
            "Lần ghi trước bị ngắt (rút thiết bị, mất điện, dừng chương trình) và chưa được ghi tiếp đến hết.",
            "Vui lòng ghi nhận bản sao đó là hỏng và dùng một thiết bị trống.",
            "A writing of other content came to no end on this device. It was interrupted by unplugging, a power cut or a stop, and was never continued. Please record that copy as spoiled and use an empty device.",
        ),
        "medium.unplugged" => words(
            "Thiết bị mất kết nối giữa chừng; phần đang ghi chưa được công nhận.",
            "Thường do rút thiết bị sớm, cổng USB lỏng hoặc không đủ điện cho ổ.",
            "Vui lòng cắm lại thật chắc rồi ghi tiếp. Dữ liệu trong kho vẫn nguyên vẹn.",
            "The device was lost in the middle, and what was being written does not count. Mostly it was unplugged, or its port is loose or gives too little power. Please plug it in firmly and write again; the store is intact.",
        ),
        "medium.write_error" => words(
            "Thiết bị báo lỗi khi ghi; bản này không được công nhận.",
            "Thường do đĩa hoặc bộ nhớ của thiết bị đã hỏng, hoặc ổ ghi đã yếu.",
            "Vui lòng dùng đĩa hoặc thiết bị khác. Không dùng lại thiết bị này cho lưu trữ.",
            "The device reported an error while writing, so the copy does not count. Mostly the disc or its memory is bad, or the drive is worn. Please use another one, and this one no more.",
        ),
        "medium.read_error" => words(
            "Có phần trên vật mang không đọc được.",
            "Có thể đĩa xước hay bẩn, thiết bị đã xuống cấp theo thời gian, hoặc ổ đọc yếu.",
            "Vui lòng thử ổ đọc khác; nếu vẫn lỗi, ghi nhận bản này hỏng và thay bằng bản sao mới.",
            "A part of the medium cannot be read. The disc may be scratched or dirty, the device aged, or the drive weak. Please try another drive; else record the copy as spoiled and replace it.",
        ),
        "medium.no_program" => words(
            "Máy chưa cài đủ chương trình để ghi loại vật mang này.",
            "Gói phần mềm nêu bên cạnh không đi kèm hệ điều hành và chưa được cài.",
            "Vui lòng báo người quản trị cài gói phần mềm được nêu rồi thử lại.",
            "A program for this kind of medium is missing. The package named beside this is not part of the system and was not installed. Please have it installed and try again.",
        ),
        "medium.program_failed" => words(
            "Chương trình hệ thống dùng để xem, định dạng hoặc ghi thiết bị đã báo lỗi.",
            "Thường do thiết bị trả lời lỗi hoặc quá chậm; chi tiết có trong nhật ký.",
            "Vui lòng thử thiết bị khác; nếu vẫn vậy, báo người quản trị kèm nhật ký.",
            "A program of the system that looks at, formats or writes devices failed. Mostly the device answered with errors or too slowly; the log has the details. Please try another device; if it stays, tell the administrator.",
        ),
        "medium.no_permission" => words(
            "Chương trình chưa có quyền mở thiết bị.",
            "Chương trình đang chạy ngoài dịch vụ niemphong-media, hoặc tài khoản của nó không thuộc nhóm được mở ổ đĩa.",
            "Vui lòng báo người quản trị bật dịch vụ niemphong-media.",
            "The program may not open the device. It runs outside of the service niemphong-media, or its account is not in the group that may. Please have the service enabled.",
        ),
        "medium.source_differs" => words(
            "Việc ghi đã dừng vì nội dung trong kho không đúng như sổ theo dõi ghi nhận.",
            "Có thể một tệp trong kho bị sửa, bị xóa hoặc ổ cứng của máy chủ đang hỏng.",
            "Vui lòng báo người quản trị kiểm tra kho bằng lệnh niemphong register check.",
            "Writing stopped: what lies in the store is not what the register says. A file was changed or removed there, or the server's disk is failing. Please have the store checked (niemphong register check).",
        ),
        "medium.cancelled" => words(
            "Việc đang làm đã dừng. Đĩa đang ghi dở không dùng được nữa; đĩa đã ghi xong mà chưa đọc lại hết thì vẫn còn.",
            "Có người bấm dừng, hoặc chương trình được yêu cầu tắt.",
            "Đĩa ghi dở: vui lòng ghi lại trên một đĩa trắng. Đĩa đã ghi xong: để nguyên trong ổ và đọc lại (niemphong archive check). USB và ổ cứng có thể ghi tiếp.",
            "The work was stopped. Somebody asked for it, or the program was told to end. A disc that was being written is lost: burn another one. One that was closed is only not read back yet: leave it in its drive and read it again (niemphong archive check). Sticks and disks can be continued.",
        ),
        "medium.order" => words(
            "Yêu cầu gửi tới phần ghi đĩa không hợp lệ.",
            "Thường do loại vật mang đã chọn không khớp với thiết bị đang cắm, hoặc hai phần của chương trình khác phiên bản.",
            "Vui lòng xem lại loại vật mang đã chọn; nếu vẫn vậy, báo người quản trị kèm mã lỗi.",
            "The order to the media worker is not one that it takes. Mostly the chosen kind does not fit the device, or two parts of the program are of different versions. Please look at the chosen kind again; if it stays, tell the administrator the code.",
        ),
        _ => return None,
    })
}
