//! Words for what a medium or one of its copies may not do.

use super::{Words, words};

pub(super) fn media(code: &str) -> Option<Words> {
    Some(match code {
        "medium.unknown" => words(
            "Sổ theo dõi chưa ghi nhận vật mang này.",
            "Thường do mã bị gõ nhầm, hoặc vật mang thuộc trường khác.",
            "Vui lòng xem lại mã ghi trên nhãn, ví dụ HOAPHUONG_VM_0001-2, rồi thử lại.",
            "The register knows no such medium. Its name may be mistyped, or it is another school's. Please look at the name on the label again, for instance HOAPHUONG_VM_0001-2.",
        ),
        "medium.no_copy" => words(
            "Sổ theo dõi chưa ghi nhận bản sao này.",
            "Thường do số thứ tự sau dấu gạch nối bị gõ nhầm, hoặc bản sao đó chưa bao giờ được ghi.",
            "Vui lòng xem lại mã ghi trên nhãn, ví dụ HOAPHUONG_VM_0001-2, rồi thử lại.",
            "The register knows no such copy. The number behind the hyphen may be mistyped, or that copy was never written. Please look at the name on the label again, for instance HOAPHUONG_VM_0001-2.",
        ),
        "medium.nothing" => words(
            "Chưa có gói lưu trữ đã niêm phong nào chờ ghi ra vật mang.",
            "Có thể vì các gói đã niêm phong đều đã được ghi, hoặc gói mới chưa niêm phong xong.",
            "Vui lòng niêm phong gói lưu trữ trước, hoặc nêu rõ gói cần ghi lại.",
            "No sealed deposit waits for a medium. All sealed ones are on a medium already, or the new one is not sealed yet. Please seal one first, or name those to be copied again.",
        ),
        "medium.not_sealed" => words(
            "Chưa ghi được bản sao của vật mang này.",
            "Vật mang mới được lập kế hoạch, con dấu chưa ký niêm phong.",
            "Vui lòng niêm phong vật mang trước khi ghi bản sao.",
            "No copy of this medium can be written yet. It is only planned, and the stamp has not sealed it. Please seal it first.",
        ),
        "medium.not_next" => words(
            "Số thứ tự bản sao không đúng.",
            "Các bản sao được đánh số liền nhau; có thể một bản khác vừa được ghi ở cửa sổ khác, hoặc vật mang đã có số bản sao nhiều nhất.",
            "Vui lòng tải lại để xem số của bản sao tiếp theo.",
            "The number is not that of the next copy. Copies are numbered without gaps, and another one may just have been begun elsewhere, or there are as many as can be. Please look at the current state again.",
        ),
        "extract.not_on_copy" => words(
            "Hồ sơ này không có trên vật mang đã nêu, nên không trích xuất từ đó được.",
            "Hồ sơ có thể nằm trên vật mang của năm khác, hoặc được hoàn tất sau khi vật mang này được ghi.",
            "Vui lòng tra MUC-LUC.html của vật mang, hoặc nêu vật mang có hồ sơ này; chưa có gì được ghi sổ hay xuất ra.",
            "This document does not lie on the medium that was named. It may be on another year's, or was finished after this one was written. Please look it up in MUC-LUC.html; nothing was recorded or written.",
        ),
        "extract.no_order" => words(
            "Chưa trích xuất được vì chưa đủ căn cứ.",
            "Một trong các mục còn trống: ai quyết định (số, ngày), mục đích, người nhận, giao những gì; tài liệu lưu trữ chỉ ra khỏi trường khi có đủ.",
            "Vui lòng điền đủ các mục trên rồi làm lại; chưa có gì được ghi sổ hay xuất ra.",
            "Nothing was taken out of the archive. One of these is empty: who ordered it, what for, for whom, what; all are needed before anything leaves the school. Please fill in all of them.",
        ),
        "medium.wrong_stage" => words(
            "Bản sao này đang ở giai đoạn không cho phép việc vừa yêu cầu.",
            "Có thể bước trước chưa xong (chưa đọc lại, chưa dán tem), hoặc người khác vừa làm bước này ở cửa sổ khác.",
            "Vui lòng tải lại để xem tình trạng mới nhất của bản sao và bước tiếp theo.",
            "The copy does not stand where this can be done. The step before may be open (not read back, no sticker), or somebody has just done this one. Please look at its current state.",
        ),
        "medium.device_known" => words(
            "Sổ theo dõi đã có bản lưu trên thiết bị này; tuyệt đối không ghi đè.",
            "Mã riêng của thiết bị, hoặc con dấu niêm phong nằm trên nó, khớp với một bản sao mà trường đã ghi.",
            "Vui lòng cất thiết bị này về nơi lưu trữ và dùng một thiết bị trống khác.",
            "The register knows a copy on this device, and nothing is ever written over it. Its serial number, or the seal on it, is that of a copy that the school wrote. Please put it back into the archive and use an empty one.",
        ),
        "medium.sticker_used" => words(
            "Số tem niêm phong này đã dùng cho một bản sao khác.",
            "Có thể đọc nhầm số trên tem, hoặc một tem bị ghi cho hai bản sao.",
            "Vui lòng dùng tem có số mới và kiểm tra lại tem trên bản sao kia.",
            "This sticker number was used on another copy. It may be misread, or one sticker was recorded for two copies. Please use a new sticker and look at that of the other copy.",
        ),
        "medium.nobody" => words(
            "Chưa nêu người thực hiện và người chứng kiến.",
            "Ô người thực hiện và người chứng kiến còn trống, mà sổ theo dõi cần biết ai đã làm.",
            "Vui lòng ghi mã của ít nhất một người trong danh sách nhân sự.",
            "Nobody is named who did it or witnessed it. Both fields are empty, and the register has to say who it was. Please name at least one person of the roster.",
        ),
        "medium.no_replacement" => words(
            "Bản sao này chưa thay thế được bản cũ.",
            "Bản sao thay thế thiếu một gói lưu trữ của bản cũ, hoặc chưa được ghi xong và đọc lại; cũng có thể đã nêu chính bản cũ.",
            "Vui lòng ghi và đọc lại bản sao mới trước, rồi mới ghi nhận việc thay thế; bản cũ vẫn giữ.",
            "This copy cannot take the place of the old one. It lacks a deposit of the old copy, was not read back, or is the old copy itself. Please write and read back the new one first; the old one is kept.",
        ),
        "medium.too_small" => words(
            "Một gói lưu trữ lớn hơn dung lượng của vật mang.",
            "Gói lưu trữ không bao giờ bị cắt nhỏ, mà loại vật mang đã chọn nhỏ hơn gói này.",
            "Vui lòng dùng loại đĩa hoặc thiết bị có dung lượng lớn hơn.",
            "A deposit has more bytes than the medium. A deposit is never cut, and the chosen kind is smaller than this one. Please use a larger kind.",
        ),
        "medium.reported_damaged" => words(
            "Bản sao được ghi nhận là hỏng.",
            "Người kiểm tra đã báo như vậy: đĩa xước, vỡ, hoặc thiết bị không đọc được nữa.",
            "Vui lòng giữ lại bản sao này và ghi một bản mới từ kho lưu trữ.",
            "The copy is recorded as damaged. Whoever looked at it reported so: scratched, broken or unreadable. Please keep it and write another one from the store.",
        ),
        "medium.needs_drive" => words(
            "Bản sao trên đĩa quang không xác nhận được bằng thư mục.",
            "Thư mục chỉ cho thấy từng tệp, còn đĩa quang phải được đọc trực tiếp từ byte đầu đến byte cuối.",
            "Vui lòng dùng bước ghi và đọc lại đĩa của chương trình.",
            "A disc is not confirmed through a folder. A folder shows single files only, and a disc is read from its first byte to its last. Please use the program's own step that burns and reads discs.",
        ),
        _ => return None,
    })
}
