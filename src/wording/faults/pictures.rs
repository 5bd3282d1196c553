//! Words for pictures of signatures and of the stamp that cannot be used.

use super::{Words, words};

pub(super) fn picture(code: &str) -> Option<Words> {
    Some(match code {
        "picture.too_large" => words(
            "Tệp hình chữ ký hoặc hình dấu lớn hơn 512 KB.",
            "Thường do hình được quét ở độ phân giải rất cao hoặc quét cả trang giấy.",
            "Vui lòng lưu lại hình nhỏ hơn, khoảng 450 điểm ảnh mỗi chiều là đủ, rồi chọn lại.",
            "The file of the picture has more than 512 KB. Mostly it was scanned at a very high resolution, or as a whole page. Please save it smaller; about 450 pixels a side are enough.",
        ),
        "picture.not_png" => words(
            "Tệp này không phải hình PNG đọc được.",
            "Có thể là ảnh JPG được đổi tên, tệp tải lên không trọn vẹn, hoặc PNG không có kênh trong suốt.",
            "Vui lòng lưu hình chữ ký hoặc hình dấu thành tệp .png có nền trong suốt rồi chọn lại.",
            "The file is no PNG that can be used. It may be a renamed JPG, cut short, or a PNG without transparency. Please save the picture as .png with a transparent ground.",
        ),
        "picture.sides" => words(
            "Kích thước hình không dùng được.",
            "Có chiều ngắn hơn 16 hoặc dài hơn 1000 điểm ảnh; ảnh chụp bằng điện thoại thường lớn hơn nhiều.",
            "Vui lòng đổi cỡ hình, khoảng 450 điểm ảnh mỗi chiều là đủ, rồi chọn lại.",
            "The sides of the picture cannot be used. One has fewer than 16 or more than 1000 pixels; photos of a phone are mostly far larger. Please resize it to about 450 pixels.",
        ),
        "picture.opaque" => words(
            "Hình này sẽ che chữ bên dưới.",
            "Nền của hình không trong suốt, thường vì còn nguyên màu trắng của tờ giấy được quét.",
            "Vui lòng xóa nền hình (nền trong suốt, theo Nghị định 30/2020/NĐ-CP) rồi chọn lại.",
            "The picture would hide what lies below. Its ground is not transparent, mostly because the white of the scanned paper is still there. Please remove the ground (Nghị định 30/2020/NĐ-CP).",
        ),
        "picture.empty" => words(
            "Trong hình không có nét nào.",
            "Toàn bộ hình là trong suốt: có thể chọn nhầm tệp, hoặc nét chữ bị xóa cùng với nền.",
            "Vui lòng chọn đúng tệp hình chữ ký hoặc hình dấu.",
            "Nothing is drawn on the picture. All of it is transparent: it may be the wrong file, or the strokes were removed with the ground. Please choose the right file.",
        ),
        "picture.too_detailed" => words(
            "Hình làm mỗi hồ sơ nặng thêm hơn 96 KB.",
            "Hình có quá nhiều chi tiết, thường do vết bẩn và bóng mờ của tờ giấy quét còn lại quanh nét.",
            "Vui lòng làm sạch nền hình quét hoặc thu nhỏ hình, rồi chọn lại.",
            "The picture would make every document more than 96 KB larger. It has too much detail, mostly specks and shadows of the scanned paper. Please clean the scan or make it smaller.",
        ),
        "picture.size_on_paper" => words(
            "Kích thước in của hình không dùng được.",
            "Chiều rộng đã nhập không nằm trong khoảng 15 đến 50 mm, hoặc với chiều rộng đó hình cao hơn 50 mm; có thể đã nhập bằng cm.",
            "Vui lòng đo lại con dấu hoặc chữ ký trên giấy và nhập chiều rộng bằng milimét.",
            "The size on paper cannot be used. The width is not between 15 and 50 mm, or makes the picture higher than 50 mm; it may have been given in cm. Please measure again and give millimetres.",
        ),
        "picture.missing" => words(
            "Danh sách nhân sự ghi một hình chữ ký hoặc hình dấu chưa được lưu, hoặc khác kích thước đã lưu.",
            "Danh sách có thể đến từ máy khác, hoặc hình đã được nạp lại với cỡ khác sau khi danh sách được lập.",
            "Vui lòng nạp lại hình rồi lập lại danh sách nhân sự trước khi ký.",
            "The roster names a picture that is not kept, or of other sides. The roster may come from another machine, or the picture was taken in anew afterwards. Please take the picture in again and draw up the roster before it is signed.",
        ),
        _ => return None,
    })
}
