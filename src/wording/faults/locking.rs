//! Words for exports, soát trước, and the decisions that lock and reopen.

use super::{Words, words};

/// Words for an `export.` or `dossier.` code that a decision or a base is refused with.
pub(super) fn locking(code: &str) -> Option<Words> {
    Some(match code {
        "export.not_accepted" => words(
            "Quyết định khóa sổ có một sổ điểm chưa dùng được.",
            "Sổ điểm đó chưa được nhận, đã bị từ chối, hoặc thuộc năm học khác.",
            "Vui lòng đưa sổ điểm hoàn chỉnh vào hộp thư trước, rồi lập lại quyết định.",
            "The decision lists an export that cannot be used. It was not taken yet, was refused, or is of another year. Please hand in the complete export first, then propose again.",
        ),
        "export.period_decided" => words(
            "Lớp và kỳ này đã có trong một quyết định khóa sổ.",
            "Quyết định trước vẫn đang chờ ký hoặc đã có hiệu lực, hoặc lớp được chọn hai lần.",
            "Vui lòng kiểm tra quyết định đã lập; điểm thay đổi sau khi khóa được xử lý theo thủ tục sửa chữa.",
            "A lock decision lists this class and period already. It waits for signatures or is in force, or the class was chosen twice. Please look at that decision; a mark that changed since is a matter of correction.",
        ),
        "export.not_locked" => words(
            "Sổ điểm này chưa có quyết định khóa sổ.",
            "Quyết định khóa sổ chưa được đề nghị, hoặc Hiệu trưởng chưa ký.",
            "Vui lòng để Ban quản trị đề nghị và Hiệu trưởng ký quyết định khóa sổ trước.",
            "The export is in no signed lock decision. None was proposed, or the principal has not signed it. Please let ban quản trị propose it and the principal sign it first.",
        ),
        "export.snapshot" => words(
            "Bản dữ liệu này không khóa và không ký được.",
            "Đây là bản ghi tại một thời điểm trong năm, chỉ để lưu giữ.",
            "Vui lòng chọn bản dữ liệu của học kì hoặc cả năm.",
            "This export is neither locked nor signed. It is a snapshot of a point in the year, which is only kept. Please choose the export of a term or of the year.",
        ),
        "export.nothing_to_supplement" => words(
            "Chưa khóa được kết quả sau hè.",
            "Kết quả sau hè bổ sung cho hồ sơ cả năm, nhưng hồ sơ cả năm chưa ký xong và đóng.",
            "Vui lòng hoàn tất ký hồ sơ cả năm trước.",
            "Results after the summer cannot be locked yet. They supplement the year's class book, which is not signed and closed. Please finish that one first.",
        ),
        "dossier.nothing_to_supplement" => words(
            "Chưa lập được hồ sơ sau hè.",
            "Hồ sơ sau hè bổ sung cho hồ sơ cả năm, nhưng hồ sơ cả năm chưa ký xong và đóng.",
            "Vui lòng hoàn tất ký hồ sơ cả năm trước.",
            "The document after the summer cannot be made yet. It supplements that of the year, which is not signed and closed. Please finish that one first.",
        ),
        "dossier.nothing_to_cite" => words(
            "Chưa lập được học bạ này.",
            "Học bạ theo kế hoạch ký này dẫn chiếu sổ theo dõi và đánh giá của lớp, nhưng sổ đó chưa ký xong và đóng.",
            "Vui lòng hoàn tất ký sổ của lớp trước.",
            "The transcript cannot be made yet. By this plan it cites the signed class book, which is not signed and closed. Please finish the class book first.",
        ),
        "export.not_checked" => words(
            "Dữ liệu này chưa được kiểm tra theo quy định tính điểm của năm học.",
            "Việc kiểm tra có thể bị ngắt khi nhận tệp, hoặc chương trình chưa có quy định của năm học này.",
            "Vui lòng lập lại đề nghị khóa sổ; chương trình sẽ kiểm tra trước.",
            "The rules of the school year were not applied to these data. The check was interrupted when the file came, or there are no rules for this year. Please propose the lock again; the check runs first.",
        ),
        "export.incomplete" => words(
            "Chưa khóa sổ được vì dữ liệu còn thiếu.",
            "Giáo viên bộ môn hoặc giáo viên chủ nhiệm chưa nhập đủ; biên bản kiểm tra dữ liệu điểm nêu từng ô còn thiếu và người nhập.",
            "Vui lòng nhập đủ, xuất lại rồi đưa tệp mới vào hộp thư.",
            "The lock has to wait because entries are missing. Subject teachers or the homeroom teacher have not made them; the check report lists each with who makes it. Please complete them and hand in a new export.",
        ),
        "export.differs" => words(
            "Có giá trị trong dữ liệu khác với kết quả tính theo quy định, nên chưa khóa sổ được.",
            "Thường do phần mềm quản lý điểm làm tròn khác, chưa tính lại sau khi sửa điểm, hoặc áp dụng quy định cũ; biên bản kiểm tra dữ liệu điểm nêu từng ô.",
            "Vui lòng sửa trong phần mềm quản lý điểm và xuất lại; nếu giá trị là đúng, Hiệu trưởng ghi lý do.",
            "Values differ from what the rules give, so the lock has to wait. Mostly the gradebook system rounds otherwise, was not computed anew, or uses older rules; the check report lists each cell. Please correct them and hand in a new export, or let the principal record why they stand.",
        ),
        "export.nothing_differs" => words(
            "Dữ liệu này không có giá trị nào khác với kết quả tính theo quy định.",
            "Có thể chọn nhầm lớp, hoặc tệp mới đã sửa hết các chỗ khác.",
            "Không cần ghi lý do. Vui lòng kiểm tra lại dữ liệu đã chọn.",
            "Nothing in these data differs from what the rules give. It may be the wrong class, or a newer export has corrected everything. There is nothing to give a reason for; please check which data were chosen.",
        ),
        "export.no_such_pupil" => words(
            "Dữ liệu này không có học sinh mang mã đã nêu.",
            "Mã có thể bị gõ nhầm, hoặc học sinh đã chuyển lớp trước khi tệp này được xuất.",
            "Vui lòng kiểm tra mã học sinh và chọn bản dữ liệu của lớp mà học sinh đang học.",
            "No pupil of this code is in these data. The code may be mistyped, or the pupil changed class before the export. Please check the code and choose the export of the pupil's class.",
        ),
        "export.reviewed_wrong" => words(
            "Chưa khóa sổ được: có giáo viên báo dữ liệu có sai.",
            "Trong lúc soát, giáo viên thấy điểm trong tệp khác với điểm mình đã cho; lời báo hiện ở trang Khóa sổ.",
            "Vui lòng sửa trong phần mềm quản lý điểm, xuất lại, rồi để giáo viên soát bản mới.",
            "The lock has to wait because a teacher found the data wrong. While looking they saw marks other than those they gave; the page of the lock shows what they wrote. Please correct it in the gradebook system, hand in a new export and let the teacher look again.",
        ),
        "export.class_unknown" => words(
            "Chưa khóa sổ được: lớp này không có trong danh sách của năm học.",
            "Tên lớp trong tệp xuất khác tên trong bảng phân công đã ký, hoặc tệp của trường khác được nộp nhầm.",
            "Vui lòng sửa tên lớp trong phần mềm quản lý điểm rồi xuất lại; nếu tên lớp đúng, hãy báo ban quản trị.",
            "The lock has to wait because the school year has no class of this name. The export names it otherwise than the signed roster, or came from another school. Please correct the name and hand in a new export; if it is right, tell ban quản trị.",
        ),
        "export.not_reviewed" => words(
            "Chưa khóa sổ được: việc soát trước chưa xong.",
            "Còn giáo viên chưa trả lời, hoặc đã soát bản cũ mà chưa soát bản mới này.",
            "Vui lòng nhắc các giáo viên còn thiếu soát; nếu không thể, Hiệu trưởng ghi lý do bỏ qua.",
            "The lock has to wait for the review. Some teachers have not answered, or they looked at an older export. Please remind them; otherwise the principal records why it is waived.",
        ),
        "export.not_your_part" => words(
            "Phần này do người khác soát.",
            "Danh sách nhân sự đã ký giao lớp hoặc môn này cho người khác.",
            "Mỗi người chỉ soát phần của mình. Nếu phân công đã thay đổi, vui lòng báo Ban quản trị.",
            "This part is for somebody else to look at. The signed roster gives the class or subject to another teacher. Everybody answers for their own part; if that has changed, please tell ban quản trị.",
        ),
        "export.signed_already" => words(
            "Không mở sổ được nữa.",
            "Đã có người ký hồ sơ lập từ dữ liệu này, hoặc dữ liệu đã qua một lần sửa chữa.",
            "Thay đổi sau khi đã ký được xử lý theo thủ tục sửa chữa.",
            "The period cannot be reopened any more. Somebody has signed a document made from these data, or a correction rests on them. What changes now is a matter of correction.",
        ),
        _ => return None,
    })
}
