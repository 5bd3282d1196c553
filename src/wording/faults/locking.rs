//! Words for exports, soát trước, and the decisions that lock and reopen.

use super::{Words, words};

/// Words for an `export.` or `dossier.` code that a decision or a base is refused with.
pub(super) fn locking(code: &str) -> Option<Words> {
    Some(match code {
        "export.not_accepted" => words(
            "Quyết định khóa sổ có một sổ điểm chưa được nhận, bị từ chối hoặc thuộc năm học khác.",
            "Vui lòng đưa sổ điểm hoàn chỉnh vào hộp thư trước, rồi lập lại quyết định.",
            "The decision lists an export that was not accepted or is of another year. Please hand in the complete export first.",
        ),
        "export.period_decided" => words(
            "Lớp và kỳ này đã có trong một quyết định khóa sổ.",
            "Vui lòng kiểm tra quyết định đã lập; điểm thay đổi sau khi khóa được xử lý theo thủ tục sửa chữa.",
            "A lock decision lists this class and period already. A mark that changed since is a matter of correction.",
        ),
        "export.not_locked" => words(
            "Sổ điểm này chưa có quyết định khóa sổ.",
            "Ban quản trị đề nghị và Hiệu trưởng ký quyết định khóa sổ trước.",
            "The export is in no signed lock decision yet.",
        ),
        "export.snapshot" => words(
            "Đây là bản ghi tại một thời điểm ghi điểm: chỉ lưu giữ, không khóa và không ký.",
            "Vui lòng chọn bản dữ liệu của học kì hoặc cả năm.",
            "This is a snapshot of a point in time: it is kept, never locked or signed. Please choose the export of a term or of the year.",
        ),
        "export.nothing_to_supplement" | "dossier.nothing_to_supplement" => words(
            "Kết quả sau hè bổ sung cho hồ sơ cả năm, nhưng hồ sơ cả năm chưa ký xong và đóng.",
            "Vui lòng hoàn tất ký hồ sơ cả năm trước.",
            "Results after the summer supplement the year's document, which is not closed yet. Please finish it first.",
        ),
        "dossier.nothing_to_cite" => words(
            "Học bạ theo kế hoạch ký này dẫn chiếu sổ theo dõi và đánh giá của lớp, nhưng sổ đó chưa ký xong và đóng.",
            "Vui lòng hoàn tất ký sổ của lớp trước.",
            "Transcripts of this plan cite the signed class book, which is not closed yet. Please finish it first.",
        ),
        "export.not_checked" => words(
            "Dữ liệu này chưa được kiểm tra theo quy định tính điểm của năm học.",
            "Vui lòng lập lại đề nghị khóa sổ; chương trình sẽ kiểm tra trước.",
            "The rules of the school year were not applied to these data yet. Please propose the lock again.",
        ),
        "export.incomplete" => words(
            "Giáo viên bộ môn hoặc giáo viên chủ nhiệm chưa nhập đủ, nên chưa khóa sổ được.",
            "Biên bản kiểm tra dữ liệu điểm nêu từng ô còn thiếu và người nhập. Vui lòng nhập đủ, xuất lại rồi đưa tệp mới vào hộp thư.",
            "Entries of subject teachers or of the homeroom teacher are missing. The check report lists each of them with who makes it. Please complete them and hand in a new export.",
        ),
        "export.differs" => words(
            "Có giá trị trong dữ liệu khác với kết quả tính theo quy định, nên chưa khóa sổ được.",
            "Biên bản kiểm tra dữ liệu điểm nêu từng ô. Vui lòng sửa trong phần mềm quản lý điểm và xuất lại; nếu giá trị là đúng, Hiệu trưởng ghi lý do.",
            "Values differ from what the rules give. The check report lists each cell. Please correct them and hand in a new export, or let the principal record why they stand.",
        ),
        "export.nothing_differs" => words(
            "Dữ liệu này không có giá trị nào khác với kết quả tính theo quy định.",
            "Không cần ghi lý do. Vui lòng kiểm tra lại dữ liệu đã chọn.",
            "Nothing in these data differs from what the rules give, so there is nothing to give a reason for.",
        ),
        "export.no_such_pupil" => words(
            "Dữ liệu này không có học sinh mang mã đã nêu.",
            "Vui lòng kiểm tra mã học sinh và chọn bản dữ liệu của lớp mà học sinh đang học.",
            "No pupil of this code is in these data. Please check the code and choose the export of the pupil's class.",
        ),
        "export.reviewed_wrong" => words(
            "Có giáo viên đã soát và báo dữ liệu có sai.",
            "Vui lòng sửa trong phần mềm quản lý điểm, xuất lại, rồi để giáo viên soát bản mới.",
            "A teacher looked and found something wrong. Please correct it in the gradebook system and hand in a new export.",
        ),
        "export.not_reviewed" => words(
            "Chưa đủ giáo viên soát và xác nhận dữ liệu đúng.",
            "Vui lòng nhắc các giáo viên còn thiếu soát; nếu không thể, Hiệu trưởng ghi lý do bỏ qua.",
            "Not every teacher has looked and found it right. Please remind them; otherwise the principal records why it is waived.",
        ),
        "export.not_your_part" => words(
            "Phần này do người khác phụ trách theo danh sách nhân sự đã ký.",
            "Mỗi người chỉ soát phần của mình. Nếu phân công đã thay đổi, hãy báo Ban quản trị.",
            "This part is another person's by the signed roster. Everybody answers for their own part.",
        ),
        "export.signed_already" => words(
            "Đã có người ký hồ sơ lập từ dữ liệu này, nên không mở sổ được nữa.",
            "Thay đổi sau khi đã ký được xử lý theo thủ tục sửa chữa.",
            "Somebody has signed a document made from these data. What changes now is a matter of correction.",
        ),
        _ => return None,
    })
}
