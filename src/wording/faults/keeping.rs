//! Words for what is kept: register, store and images.

use super::{Words, words};

pub(super) fn keeping(code: &str) -> Option<Words> {
    Some(match code {
        "register.busy" => words(
            "Một tiến trình niemphong khác đang ghi vào sổ theo dõi này.",
            "Thường do chương trình chạy nền đang hoạt động, hoặc một lệnh khác chưa kết thúc.",
            "Vui lòng chờ tiến trình kia kết thúc rồi thử lại.",
            "Another niemphong process writes to this register. Mostly the daemon runs, or another command has not ended. Please wait until it has and try again.",
        ),
        "store.busy" => words(
            "Một tiến trình niemphong khác đang làm việc với kho lưu trữ này.",
            "Thường do chương trình chạy nền đang hoạt động, hoặc một lệnh khác chưa kết thúc.",
            "Vui lòng chờ tiến trình kia kết thúc rồi thử lại.",
            "Another niemphong process works with this store. Mostly the daemon runs, or another command has not ended. Please wait until it has and try again.",
        ),
        "register.happened_already" => words(
            "Việc này đã được ghi trong sổ theo dõi trước đó nên không ghi lần thứ hai.",
            "Thường do bấm hai lần, hoặc người khác vừa làm xong việc này ở cửa sổ khác.",
            "Vui lòng tải lại để xem tình trạng mới nhất; dữ liệu đã ghi vẫn còn nguyên.",
            "This was recorded before and is not recorded twice. Mostly somebody pressed twice, or another person did it just before. Please look at the current state again.",
        ),
        "register.too_long" => words(
            "Việc này nêu quá nhiều hồ sơ cho một dòng của sổ theo dõi.",
            "Mỗi dòng của sổ theo dõi có giới hạn độ dài, để mọi công cụ kiểm tra đều đọc được.",
            "Vui lòng chia thành nhiều lần nhỏ hơn; chưa có gì được ghi.",
            "This names too much for one line of the register. A line has a limit, so that every verifier can read it. Please do it in smaller parts; nothing was written.",
        ),
        "register.newer" => words(
            "Sổ theo dõi do một phiên bản niemphong mới hơn tạo ra.",
            "Thường do chương trình bị hạ về phiên bản cũ, hoặc thư mục dữ liệu được chép từ máy khác sang.",
            "Vui lòng cài phiên bản mới nhất rồi chạy lại; không có gì bị thay đổi.",
            "The register was written by a newer version. Mostly the program was set back to an older one, or the data came from another machine. Please install the latest version; nothing was changed.",
        ),
        "register.damaged" => words(
            "Sổ theo dõi không còn liền mạch: một dòng không nối tiếp dòng trước.",
            "Có người hoặc chương trình khác đã sửa tệp, hoặc ổ cứng của máy chủ bị lỗi; niemphong không bao giờ tự làm vậy.",
            "Vui lòng không ghi thêm gì, giữ nguyên hiện trạng và báo ngay cho Hiệu trưởng và người quản trị.",
            "The register does not hold together: a line does not continue the one before. Somebody or another program altered the file, or the disk failed; niemphong itself never does that. Please leave everything as it is and tell the principal and the administrator at once.",
        ),
        "register.none_there" => words(
            "Không tìm thấy sổ theo dõi ở đường dẫn này.",
            "Đường dẫn có thể bị gõ nhầm, hoặc thư mục đó chưa từng được dùng với niemphong.",
            "Vui lòng chọn tệp so-theo-doi.jsonl, thư mục của bản lưu trữ, vật mang hoặc thư mục dữ liệu của trường.",
            "There is no register at this path. It may be mistyped, or that folder was never used by niemphong. Please name so-theo-doi.jsonl, a deposit, a medium or a data folder.",
        ),
        "register.no_such_entry" => words(
            "Sổ theo dõi không có mục này, hoặc có ít mục hơn điểm chốt đã giữ.",
            "Số mục bị gõ nhầm, sổ này là bản chép cũ hơn, hoặc đã mất các dòng cuối.",
            "Vui lòng kiểm tra lại số mục; nếu điểm chốt là của trường mình, hãy báo ngay cho Hiệu trưởng.",
            "The register has no such entry, or fewer than the checkpoint counts. The number may be mistyped, this copy is an older one, or its last lines were lost. Please check the number; if the checkpoint is the school's own, tell the principal at once.",
        ),
        "register.proof" => words(
            "Chứng minh này không đúng với sổ theo dõi mà nó nêu.",
            "Chứng minh và điểm chốt có thể thuộc hai sổ hay hai thời điểm khác nhau, hoặc một trong hai đã bị sửa.",
            "Vui lòng không dựa vào nó; hãy lấy lại chứng minh và điểm chốt từ nhà trường.",
            "The proof does not hold. Proof and checkpoint may be of two registers or two moments, or one of them was altered. Please do not rely on it and ask the school for both again.",
        ),
        "store.other_bytes" => words(
            "Đã có dữ liệu khác dưới tên này; tuyệt đối không ghi đè.",
            "Tệp trong kho có thể đã bị thay từ bên ngoài, hoặc hai máy chủ cùng dùng chung một thư mục dữ liệu.",
            "Vui lòng không đụng đến bản đã lưu và báo người quản trị kiểm tra.",
            "Other data lies under this name; nothing is ever overwritten. A file may have been replaced from outside, or two servers share one data folder. Please leave what is stored as it is and have the administrator look.",
        ),
        "medium.exists" => words(
            "Đã có một ảnh đĩa khác dưới tên này; tuyệt đối không ghi đè.",
            "Ảnh có thể được làm từ một phiên bản chương trình khác, hoặc tệp trong kho đã bị thay từ bên ngoài.",
            "Vui lòng không đụng đến ảnh đã lưu và báo người quản trị kiểm tra.",
            "Another image lies under this name; nothing is ever overwritten. Another version of the program may have made it, or the file was replaced from outside. Please leave it as it is and have the administrator look.",
        ),
        "medium.no_xorriso" => words(
            "Không tạo được ảnh đĩa.",
            "Máy chủ chưa cài chương trình xorriso.",
            "Vui lòng nhờ người quản trị cài gói xorriso rồi chạy lại.",
            "The image cannot be made. The program xorriso is not installed on the server. Please have the package xorriso installed.",
        ),
        "medium.differs" => words(
            "Nội dung đọc lại khác với dữ liệu đã niêm phong.",
            "Đĩa hoặc thiết bị đã xuống cấp, ghi lỗi, hoặc nội dung bị sửa; với ảnh đĩa trên máy chủ, ổ cứng có thể đang hỏng.",
            "Không dùng bản này, cất riêng làm chứng cứ và ghi một bản khác; nếu là ảnh đĩa trên máy chủ, vui lòng báo người quản trị kiểm tra ổ cứng.",
            "What was read back differs from what was sealed. The medium has aged, was written badly or was altered; for the image on the server, its disk may be failing. Do not use this copy, keep it aside and make another one; for an image, have the disk checked.",
        ),
        "store.missing" => words(
            "Một tệp trong kho lưu trữ không còn ở chỗ của nó.",
            "Có người đã xóa hay dời tệp, hoặc thư mục dữ liệu được khôi phục không trọn vẹn từ bản sao lưu.",
            "Vui lòng không sửa gì trong kho, giữ nguyên hiện trạng và báo ngay cho người quản trị.",
            "A file of the store is not in its place. Somebody removed or moved it, or the data folder was restored in part only. Please leave everything as it is and tell the administrator.",
        ),
        "store.damaged" => words(
            "Một tệp trong kho lưu trữ không còn đúng như lúc được lưu.",
            "Tệp đã bị sửa từ bên ngoài, hoặc ổ cứng của máy chủ bị lỗi.",
            "Vui lòng không sửa gì trong kho, giữ nguyên hiện trạng và báo ngay cho người quản trị.",
            "A file of the store is not what was stored. It was altered from outside, or the server's disk failed. Please leave everything as it is and tell the administrator.",
        ),
        "store.not_a_file" => words(
            "Trong kho lưu trữ có thứ khác nằm ở chỗ của một tệp.",
            "Có người đã thay tệp bằng lối tắt, thư mục hoặc thiết bị; niemphong không đi theo những thứ đó.",
            "Vui lòng không sửa gì trong kho, giữ nguyên hiện trạng và báo ngay cho người quản trị.",
            "Something else lies where a file of the store belongs. Somebody put a link, folder or device there, which niemphong never follows. Please leave everything as it is and tell the administrator.",
        ),
        "store.form" => words(
            "Một bản ghi trong kho lưu trữ không đọc được theo dạng của chương trình.",
            "Bản ghi có thể do phiên bản mới hơn tạo ra, hoặc đã bị sửa từ bên ngoài.",
            "Vui lòng không sửa gì trong kho, giữ nguyên hiện trạng và báo ngay cho người quản trị.",
            "A stored record cannot be read in the form that the program knows. A newer version may have written it, or it was altered from outside. Please leave everything as it is and tell the administrator.",
        ),
        "store.full" => words(
            "Chương trình không lưu được nữa; chưa có gì được ghi dở dang.",
            "Ổ đĩa của máy chủ đã hết chỗ.",
            "Vui lòng giải phóng dung lượng hoặc thêm ổ đĩa rồi chạy lại; những gì đã xác nhận vẫn còn.",
            "Nothing more can be stored; nothing was half written. The server's disk is full. Please make room or add a disk and start again; what was acknowledged is safe.",
        ),
        "store.name" => words(
            "Kho lưu trữ không nhận tệp mang tên này.",
            "Tên trống, chỉ ra ngoài kho, hoặc nằm trong khu vực tạm; đây thường là lỗi của chương trình.",
            "Vui lòng ghi lại mã lỗi và báo cho người quản trị; dữ liệu đã lưu vẫn còn nguyên.",
            "The store takes no file of this name. The name is empty, leads out of the store or lies among its temporaries; mostly this is a fault of the program. Please tell the administrator the code; what is stored is safe.",
        ),
        "store.closed" => words(
            "Kho lưu trữ không nhận thêm tệp ở chỗ này.",
            "Thư mục đó đã được công bố trọn vẹn và khóa lại, ví dụ một gói lưu trữ đã niêm phong.",
            "Vui lòng ghi lại mã lỗi và báo cho người quản trị; dữ liệu đã lưu vẫn còn nguyên.",
            "The store takes no more files in this place. That folder was published as a whole and is closed, as a sealed deposit is. Please tell the administrator the code; what is stored is safe.",
        ),
        "store.too_large" => words(
            "Kho lưu trữ không nhận tệp lớn như vậy.",
            "Tệp vượt mức mà chương trình đọc trọn trong một lần; một tệp bình thường của trường không lớn đến thế.",
            "Vui lòng ghi lại mã lỗi và báo cho người quản trị; dữ liệu đã lưu vẫn còn nguyên.",
            "The store takes no file of this size. It is larger than what is read as a whole; ordinary files of a school are not. Please tell the administrator the code; what is stored is safe.",
        ),
        "register.store" => words(
            "Không đọc hoặc ghi được sổ theo dõi.",
            "Ổ đĩa của máy chủ có thể đã đầy, bị lỗi, chuyển sang chỉ đọc, hoặc tài khoản niemphong mất quyền.",
            "Vui lòng kiểm tra dung lượng và quyền truy cập ổ đĩa, rồi khởi động lại; những gì đã xác nhận vẫn còn.",
            "The register could not be read or written. The disk may be full, failing or read-only, or the account niemphong lost its rights. Please check the disk and start again; what was acknowledged is safe.",
        ),
        "store.io" => words(
            "Không đọc hoặc ghi được kho lưu trữ.",
            "Ổ đĩa của máy chủ có thể bị lỗi, chuyển sang chỉ đọc, hoặc tài khoản niemphong mất quyền.",
            "Vui lòng kiểm tra dung lượng và quyền truy cập ổ đĩa, rồi khởi động lại; những gì đã xác nhận vẫn còn.",
            "The store could not be read or written. The disk may be failing or read-only, or the account niemphong lost its rights. Please check the disk and start again; what was acknowledged is safe.",
        ),
        "medium.xorriso_failed" => words(
            "Không tạo hoặc đọc lại được ảnh đĩa.",
            "Chương trình xorriso báo lỗi, thường do ổ đĩa tạm hết chỗ hoặc không ghi được.",
            "Vui lòng kiểm tra dung lượng ổ đĩa rồi chạy lại; bản lưu trữ gốc vẫn còn nguyên.",
            "The image could not be made or read back. The program xorriso failed, mostly because there is no room for temporary files. Please check the disk space and try again; the deposit is safe.",
        ),
        "medium.xorriso_too_slow" => words(
            "Việc tạo hoặc đọc lại ảnh đĩa mất quá lâu nên đã dừng.",
            "Thường do ổ đĩa rất chậm, đang bận việc khác hoặc sắp hỏng.",
            "Vui lòng chạy lại khi máy rảnh; nếu vẫn vậy, nhờ người quản trị kiểm tra ổ đĩa. Bản lưu trữ gốc vẫn còn nguyên.",
            "Making or reading back the image took too long and was ended. Mostly the disk is very slow, busy or failing. Please try again when the machine is idle; if it stays, have the disk checked. The deposit is safe.",
        ),
        "medium.xorriso_not_run" => words(
            "Không chạy được chương trình tạo ảnh đĩa xorriso.",
            "Máy có thể thiếu bộ nhớ, hoặc tài khoản niemphong không được phép chạy xorriso.",
            "Vui lòng nhờ người quản trị kiểm tra rồi chạy lại; bản lưu trữ gốc vẫn còn nguyên.",
            "The program xorriso could not be run. Memory may be short, or the account niemphong may not run it. Please have it checked and try again; the deposit is safe.",
        ),
        "medium.volume_id" => words(
            "Tên này không đặt được cho đĩa.",
            "Tên đĩa chỉ gồm 1 đến 16 chữ cái hoa không dấu, chữ số và gạch dưới; mã trường có thể quá dài.",
            "Vui lòng báo người quản trị kiểm tra mã trường; bản lưu trữ gốc vẫn còn nguyên.",
            "This cannot be the name of a disc. Such a name has 1 to 16 capital letters, digits and underscores, and the code of the school may be too long. Please have that code checked; the deposit is safe.",
        ),
        _ => return None,
    })
}
