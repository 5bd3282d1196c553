//! Sheet 2: hướng dẫn sử dụng.

use super::super::super::look::Format;
use super::super::super::paper::Paper;
use super::super::regulation::Regulation;

/// The guide of the class book.
pub(super) fn draw(paper: &mut Paper, regulation: Regulation) {
    let section = paper.sheet(Format::BOOK, &format!("HƯỚNG DẪN SỬ DỤNG {}", regulation.book_title()));
    let book = match regulation {
        Regulation::Tt22 => "Sổ theo dõi và đánh giá học sinh (theo lớp học)",
        Regulation::Tt58 => "Sổ gọi tên và ghi điểm",
    };
    let first = format!(
        "{book} là hồ sơ quản lý hoạt động giáo dục của nhà trường theo quy định tại Điều lệ trường trung học cơ sở, \
         trường trung học phổ thông và trường phổ thông có nhiều cấp học."
    );
    paper.gap(14.0);
    paper.points(
        section,
        13.0,
        &[
            &first,
            "Sổ do nhà trường quản lý.",
            "Giáo viên bộ môn ghi đầy đủ kết quả đánh giá của từng học sinh, khớp với sổ theo dõi và đánh giá học \
             sinh của giáo viên; kí tên và ghi rõ họ tên vào cuối danh sách của từng môn học (môn học có nhiều \
             giáo viên cùng dạy thì các giáo viên cùng kí tên, ghi rõ họ tên). Giáo viên chủ nhiệm ghi các nội \
             dung thuộc phần của mình.",
            "Không ghi bằng mực đỏ (trừ trường hợp sửa chữa), không ghi bằng loại mực có thể tẩy xóa được; ghi \
             đúng tiến độ.",
            "Khi sửa chữa, dùng bút mực đỏ gạch ngang nội dung cũ, ghi nội dung mới vào phía trên bên phải vị trí \
             ghi nội dung cũ, kí xác nhận về sự sửa chữa bên cạnh nội dung mới hoặc ở cột Ghi chú.",
            "Kết quả đánh giá chỉ cung cấp cho riêng từng học sinh và cha mẹ hoặc người giám hộ của học sinh đó.",
        ],
    );
}
