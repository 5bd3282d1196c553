//! Hướng dẫn sử dụng học bạ.

use super::super::super::look::Format;
use super::super::super::paper::Paper;
use super::super::regulation::Regulation;

/// The guide.
pub(super) fn draw(paper: &mut Paper, regulation: Regulation) {
    let agrees = format!(
        "Nội dung ghi trong học bạ phải khớp với {}. Việc sửa chữa thực hiện theo quy định, có xác nhận của người sửa \
         và ghi rõ số chỗ sửa chữa.",
        regulation.book()
    );
    let (results, levels) = match regulation {
        Regulation::Tt22 => (
            "Ghi điểm trung bình môn học hoặc mức đánh giá theo từng học kì, cả năm học; điểm hoặc mức đánh giá sau \
             đánh giá lại (nếu có).",
            "Ghi lý lịch học sinh, kết quả rèn luyện, kết quả học tập, tổng số buổi nghỉ học, khen thưởng, chứng chỉ, \
             kết quả rèn luyện trong kì nghỉ hè, được lên lớp hoặc không được lên lớp.",
        ),
        Regulation::Tt58 => (
            "Ghi điểm trung bình hoặc xếp loại các môn học theo từng học kì, cả năm học; điểm kiểm tra lại (nếu có).",
            "Ghi lý lịch học sinh, hạnh kiểm, học lực, tổng số buổi nghỉ học, khen thưởng, chứng chỉ nghề, kết quả \
             rèn luyện trong kì nghỉ hè, được lên lớp hoặc không được lên lớp.",
        ),
    };
    let section = paper.sheet(Format::PORTRAIT, "HƯỚNG DẪN SỬ DỤNG HỌC BẠ");
    paper.gap(10.0);
    paper.chapter(
        section,
        "1. Quy định chung",
        &[
            "Học bạ do nhà trường quản lý và bảo quản, ghi quá trình học tập, rèn luyện của học sinh trong cả cấp \
             học. Đầu năm học, nhà trường kiểm tra và xác nhận các thông tin của học sinh.",
            &agrees,
        ],
    );
    paper.chapter(
        section,
        "2. Giáo viên môn học",
        &[
            results,
            "Nhận xét sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu (nếu có) của học sinh và kí xác nhận. Môn học \
             có nhiều giáo viên cùng dạy do giáo viên chủ trì kí xác nhận.",
        ],
    );
    paper.chapter(
        section,
        "3. Giáo viên chủ nhiệm",
        &[levels, "Ghi nhận xét chung về kết quả rèn luyện và học tập của học sinh, kí xác nhận."],
    );
    paper.chapter(
        section,
        "4. Hiệu trưởng",
        &["Kiểm tra việc ghi học bạ, phê duyệt kết quả của học sinh, kí tên và đóng dấu."],
    );
}
