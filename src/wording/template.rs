//! What the workbook template says about itself, on its first sheet.

/// Lines of the sheet with the guidance.
pub const TEMPLATE_GUIDANCE: &[&str] = &[
    "HƯỚNG DẪN ĐIỀN SỔ TÍNH",
    "Mỗi tệp là trọn một lớp, một kỳ. Điền xong, đưa tệp vào hộp thư của niemphong hoặc chạy: niemphong import <tệp>.",
    "1. Trang Lớp: mã trường, năm học (2025-2026), lớp (6A1), kỳ (HK1, ca-nam), thời điểm xuất (2026-05-30T08:15:00+07:00).",
    "2. Trang Môn học: mỗi môn một dòng, theo thứ tự in; môn riêng của trường thì tự đặt mã (chữ không dấu, chữ số, gạch nối, tối đa 12 ký tự).",
    "3. Trang Học sinh: mỗi học sinh một dòng, theo thứ tự danh sách lớp. Mã học sinh không được trùng.",
    "4. Trang Điểm: mỗi học sinh, mỗi môn một dòng. Điểm từ 0 đến 10, một chữ số thập phân; môn nhận xét ghi Đ hoặc CĐ; ô trống là chưa có. Miễn học: ghi x ở cột Miễn học.",
    "5. Trang Xếp loại: kết quả học tập, rèn luyện từng kỳ và cả năm. Cột ĐTB chỉ dùng cho Thông tư 58.",
    "6. Trang Chuyên cần: mỗi tháng một trang, tên trang là Chuyên cần 2025-09; ghi P (có phép) hoặc K (không phép) ở ngày nghỉ.",
    "7. Trang Khóa sổ: ghi Có và thời điểm nếu phần mềm nguồn đã khóa. Đây chỉ là lời khai, Hiệu trưởng quyết định khóa sổ.",
    "Không đổi tên trang, không đổi tên cột, không dùng công thức: giá trị phải được nhập hoặc dán dưới dạng giá trị.",
    "Cách dùng này là của niemphong; mỗi ô điểm, xếp loại đều được tính và đối chiếu lại theo Thông tư của năm học.",
];
