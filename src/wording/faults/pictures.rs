//! Words for pictures of signatures and of the stamp that cannot be used.

use super::{Words, words};

pub(super) fn picture(code: &str) -> Option<Words> {
    Some(match code {
        "picture.too_large" => words(
            "Tệp hình chữ ký hoặc hình dấu lớn hơn 512 KB.",
            "Vui lòng lưu lại hình nhỏ hơn, khoảng 450 điểm ảnh mỗi chiều là đủ, rồi chọn lại.",
            "The file of the picture has more than 512 KB. Please save it smaller; about 450 pixels a side are enough.",
        ),
        "picture.not_png" => words(
            "Tệp này không phải hình PNG đọc được.",
            "Vui lòng lưu hình chữ ký hoặc hình dấu thành tệp .png có nền trong suốt rồi chọn lại.",
            "The file is no PNG that can be read. Please save the picture as .png with a transparent ground.",
        ),
        "picture.sides" => words(
            "Hình có chiều quá dài hoặc quá ngắn: mỗi chiều từ 16 đến 1000 điểm ảnh.",
            "Vui lòng đổi cỡ hình, khoảng 450 điểm ảnh mỗi chiều là đủ, rồi chọn lại.",
            "A side of the picture is too long or too short: 16 to 1000 pixels. Please resize it to about 450.",
        ),
        "picture.opaque" => words(
            "Nền của hình không trong suốt, hình sẽ che chữ bên dưới.",
            "Vui lòng xóa nền hình (nền trong suốt, theo Nghị định 30/2020/NĐ-CP) rồi chọn lại.",
            "The ground of the picture is not transparent and would hide what lies below. Please remove the ground.",
        ),
        "picture.empty" => words(
            "Trong hình không có nét nào.",
            "Vui lòng chọn đúng tệp hình chữ ký hoặc hình dấu.",
            "Nothing is drawn on the picture. Please choose the right file.",
        ),
        "picture.too_detailed" => words(
            "Hình có quá nhiều chi tiết, mỗi hồ sơ sẽ nặng thêm hơn 96 KB.",
            "Vui lòng làm sạch nền hình quét hoặc thu nhỏ hình, rồi chọn lại.",
            "The picture would make every document more than 96 KB larger. Please clean the scan or make it smaller.",
        ),
        "picture.size_on_paper" => words(
            "Kích thước in của hình không hợp lý: rộng từ 15 đến 50 mm, cao không quá 50 mm.",
            "Vui lòng đo lại con dấu hoặc chữ ký trên giấy và nhập chiều rộng bằng milimét.",
            "The size on paper is out of range: 15 to 50 mm wide, at most 50 mm high. Please measure again.",
        ),
        "picture.missing" => words(
            "Danh sách nhân sự ghi một hình chữ ký hoặc hình dấu chưa được lưu, hoặc khác kích thước đã lưu.",
            "Vui lòng nạp lại hình rồi lập lại danh sách nhân sự trước khi ký.",
            "The roster names a picture that is not kept, or of other sides. Please take the picture in again.",
        ),
        _ => return None,
    })
}
