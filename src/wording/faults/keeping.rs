//! Words for what is kept: register, store and images.

use super::{Words, words};

pub(super) fn keeping(code: &str) -> Option<Words> {
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
        "register.too_long" => words(
            "Việc này nêu quá nhiều hồ sơ cho một dòng của sổ theo dõi.",
            "Vui lòng chia thành nhiều lần nhỏ hơn; chưa có gì được ghi.",
            "This names too much for one line of the register. Please do it in smaller parts; nothing was written.",
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
        "register.none_there" => words(
            "Không tìm thấy sổ theo dõi ở đường dẫn này.",
            "Vui lòng chọn tệp so-theo-doi.jsonl, thư mục của bản lưu trữ, vật mang hoặc thư mục dữ liệu của trường.",
            "There is no register at this path. Please name its file, a deposit, a medium or a data folder.",
        ),
        "register.no_such_entry" => words(
            "Sổ theo dõi không có mục này, hoặc có ít mục hơn điểm chốt đã giữ.",
            "Vui lòng kiểm tra lại số mục; nếu điểm chốt là của trường mình, hãy báo ngay cho Hiệu trưởng.",
            "The register has no such entry, or fewer than the checkpoint counts. Please check the number; if the checkpoint is the school's own, tell the principal.",
        ),
        "register.proof" => words(
            "Chứng minh này không đúng với sổ theo dõi mà nó nêu.",
            "Vui lòng không dựa vào nó; hãy lấy lại chứng minh và điểm chốt từ nhà trường.",
            "The proof does not hold. Please do not rely on it and ask the school for proof and checkpoint again.",
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
            "Nội dung đọc lại khác với dữ liệu đã niêm phong.",
            "Không dùng bản này, cất riêng làm chứng cứ và ghi một bản khác; nếu là ảnh đĩa trên máy chủ, vui lòng báo người quản trị kiểm tra ổ cứng.",
            "What was read back differs from what was sealed. Do not use this copy, keep it aside and make another one; if it is the image on the server, have its disk checked.",
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
        | "medium.volume_id" => words(
            "Không tạo hoặc đọc lại được ảnh đĩa.",
            "Vui lòng kiểm tra dung lượng ổ đĩa rồi chạy lại; bản lưu trữ gốc vẫn còn nguyên.",
            "The image could not be made or read back. Please check the disk space; the deposit is safe.",
        ),
        _ => return None,
    })
}
