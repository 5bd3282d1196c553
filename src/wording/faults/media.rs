//! Words for what a medium or one of its copies may not do.

use super::{Words, words};

pub(super) fn media(code: &str) -> Option<Words> {
    Some(match code {
        "medium.unknown" | "medium.no_copy" => words(
            "Sổ theo dõi chưa ghi nhận vật mang hoặc bản sao này.",
            "Vui lòng xem lại mã ghi trên nhãn, ví dụ HOAPHUONG_VM_0001-2, rồi thử lại.",
            "The register knows no such medium or copy. Please look at the name on the label again.",
        ),
        "medium.nothing" => words(
            "Chưa có gói lưu trữ đã niêm phong nào chờ ghi ra vật mang.",
            "Niêm phong gói lưu trữ trước, hoặc nêu rõ gói cần ghi lại.",
            "No sealed deposit waits for a medium. Seal one first, or name those to be copied again.",
        ),
        "medium.not_sealed" => words(
            "Vật mang này chưa được niêm phong bằng con dấu nên chưa ghi được.",
            "Niêm phong vật mang trước khi ghi bản sao.",
            "The medium is not sealed yet, so no copy of it can be written. Seal it first.",
        ),
        "medium.not_next" => words(
            "Số thứ tự bản sao không đúng: các bản sao được đánh số liền nhau.",
            "Vui lòng tải lại để xem số của bản sao tiếp theo.",
            "The number is not that of the next copy. Please look at the current state again.",
        ),
        "extract.not_on_copy" => words(
            "Hồ sơ này không có trên vật mang đã nêu, nên không trích xuất từ đó được.",
            "Vui lòng tra MUC-LUC.html của vật mang, hoặc nêu vật mang có hồ sơ này; chưa có gì được ghi sổ hay xuất ra.",
            "This document does not lie on the medium that was named. Please look it up in its MUC-LUC.html; nothing was recorded or written.",
        ),
        "extract.no_order" => words(
            "Chưa đủ căn cứ: phải ghi ai quyết định (số, ngày), mục đích, người nhận và giao những gì.",
            "Vui lòng điền đủ các mục trên rồi làm lại; chưa có gì được ghi sổ hay xuất ra.",
            "Nothing of the archive leaves the school without an order: who ordered it, what for, for whom and what. Please fill in all of them.",
        ),
        "medium.wrong_stage" => words(
            "Bản sao này đang ở giai đoạn không cho phép việc vừa yêu cầu.",
            "Vui lòng tải lại để xem tình trạng mới nhất của bản sao và bước tiếp theo.",
            "The copy does not stand where this can be done. Please look at its current state.",
        ),
        "medium.device_known" => words(
            "Sổ theo dõi đã có bản lưu trên thiết bị này; tuyệt đối không ghi đè.",
            "Vui lòng cất thiết bị này về nơi lưu trữ và dùng một thiết bị trống khác.",
            "The register knows a copy on this device; nothing is ever written over it. Please use an empty one.",
        ),
        "medium.sticker_used" => words(
            "Số tem niêm phong này đã dùng cho một bản sao khác.",
            "Vui lòng dùng tem có số mới và kiểm tra lại tem trên bản sao kia.",
            "This sticker number was used on another copy. Please use a new sticker.",
        ),
        "medium.nobody" => words(
            "Chưa nêu người thực hiện và người chứng kiến.",
            "Vui lòng ghi mã của ít nhất một người trong danh sách nhân sự.",
            "Nobody is named who did it or witnessed it. Please name at least one person of the roster.",
        ),
        "medium.no_replacement" => words(
            "Bản sao thay thế phải chứa đủ các gói lưu trữ cũ và đã được đọc lại.",
            "Ghi và đọc lại bản sao mới trước, rồi mới ghi nhận việc thay thế; bản cũ vẫn giữ.",
            "What replaces a copy must hold all of its deposits and be read back. The old copy is kept.",
        ),
        "medium.too_small" => words(
            "Một gói lưu trữ lớn hơn dung lượng của vật mang.",
            "Vui lòng dùng loại đĩa hoặc thiết bị có dung lượng lớn hơn; gói lưu trữ không bị cắt nhỏ.",
            "A deposit has more bytes than the medium. Please use a larger kind; a deposit is never cut.",
        ),
        "medium.reported_damaged" => words(
            "Bản sao được ghi nhận là hỏng theo lời người kiểm tra.",
            "Vui lòng giữ lại bản sao này và ghi một bản mới từ kho lưu trữ.",
            "The copy was reported as damaged. Please keep it and write another one from the store.",
        ),
        "medium.needs_drive" => words(
            "Đĩa quang phải được đọc lại trực tiếp qua ổ đĩa, từ byte đầu đến byte cuối.",
            "Vui lòng dùng bước ghi và đọc lại đĩa của chương trình.",
            "A disc is read back through its drive, from the first byte to the last. Please use the program's own step for discs.",
        ),
        _ => return None,
    })
}
