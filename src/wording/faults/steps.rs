//! Words for the steps of the chain and the processes that take them.

use super::{Words, words};

pub(super) fn other(code: &str) -> Option<Words> {
    Some(match code {
        "judge.unproven" => words(
            "Bộ kiểm tra độc lập không xác nhận kết quả vừa tạo, nên không có gì được công bố.",
            "Vui lòng ghi lại thời điểm và báo người quản trị; hồ sơ trước đó vẫn còn nguyên.",
            "The judge does not confirm what was made, so nothing was published. Please tell the administrator.",
        ),
        "inspection.exists" => words(
            "Tệp kết quả đã có sẵn; chương trình không ghi đè lên tệp nào.",
            "Vui lòng chọn tên khác hoặc chuyển tệp cũ đi nơi khác rồi chạy lại.",
            "The file for the result exists already and nothing is overwritten. Please choose another name.",
        ),
        "inspection.checkpoint" => words(
            "Không đọc được điểm chốt của sổ theo dõi.",
            "Vui lòng chọn đúng tệp điểm chốt (ba dòng: trường, số mục, mã gốc) và chữ ký .p7s bên cạnh nếu có.",
            "The checkpoint cannot be read. Please name the file with its three lines: school, entries, root.",
        ),
        "inspection.nothing" => words(
            "Không tìm thấy tệp PDF, gói lưu trữ hoặc ảnh đĩa nào để kiểm tra.",
            "Vui lòng kiểm tra lại đường dẫn hoặc vật mang tin rồi chạy lại.",
            "No PDF, deposit or image was found to check. Please make sure of path and medium.",
        ),
        "inspection.unwritable" => words(
            "Không ghi được tệp kết quả.",
            "Vui lòng kiểm tra thư mục, quyền ghi và dung lượng trống rồi chạy lại.",
            "The file for the result cannot be written. Please check folder, permissions and space.",
        ),
        "inspection.unreadable" => words(
            "Không mở hoặc không đọc được tệp này.",
            "Vui lòng kiểm tra đường dẫn, quyền đọc và vật mang tin rồi chạy lại.",
            "The file cannot be opened or read. Please check path, permissions and medium.",
        ),
        "reader.worker_hung"
        | "reader.worker_lost"
        | "reader.worker_answer"
        | "reader.result"
        | "reader.timestamp" => words(
            "Không đọc được tệp trong giới hạn cho phép.",
            "Tệp có thể bị hỏng; vui lòng lấy lại hoặc xuất lại tệp từ phần mềm nguồn.",
            "The file could not be read within its limits; it may be damaged. Please fetch or export it again.",
        ),
        "reader.file" => words(
            "Không mở được tệp hoặc thư mục cần kiểm tra.",
            "Vui lòng kiểm tra đường dẫn, quyền đọc và thiết bị chứa tệp.",
            "The file or folder cannot be opened. Please check its path, its permissions and the device it is on.",
        ),
        "reader.certificate" => words(
            "Không đọc được chứng thư số.",
            "Vui lòng kiểm tra USB token hoặc xin lại chứng thư từ nhà cung cấp chữ ký số.",
            "A certificate cannot be read. Please check the token or ask the vendor for the certificate again.",
        ),
        "reader.worker_start" | "reader.order" => words(
            "Tiến trình đọc tệp của chương trình không làm việc.",
            "Vui lòng khởi động lại chương trình; nếu vẫn lỗi, hãy báo người quản trị kèm mã lỗi.",
            "The program's reading process does not work. Please start the program again; if it stays, tell the administrator.",
        ),
        "deposit.record_open" => words(
            "Biên bản niêm phong chưa đủ chữ ký của văn phòng và Hiệu trưởng.",
            "Vui lòng hoàn tất các chữ ký đó trước khi niêm phong.",
            "The sealing record still waits for văn phòng or the principal.",
        ),
        "deposit.nothing" => words(
            "Chưa có hồ sơ đã hoàn tất nào chờ lưu trữ.",
            "Hoàn tất ký và đóng hồ sơ trước.",
            "No closed dossier waits for a deposit.",
        ),
        "deposit.no_room" => words(
            "Không văn bản nào vừa với loại đĩa đã chọn.",
            "Vui lòng chọn loại đĩa có dung lượng lớn hơn (--disc dvd hoặc bd).",
            "Not one document fits on a disc of this kind. Please choose a larger one (--disc dvd or bd).",
        ),
        "deposit.incomplete" => words(
            "Năm học hoặc học kỳ này còn hồ sơ chưa hoàn tất nên chưa thể lưu trữ là \"hoàn tất\".",
            "Hoàn tất các hồ sơ được liệt kê; hoặc dùng --partial để lưu trữ các lớp đã đủ, lớp thiếu bổ sung sau.",
            "Documents of this period are missing. Please complete those listed, or archive the complete classes with --partial.",
        ),
        "deposit.under_way" => words(
            "Một bản lưu trữ khác của năm học chưa niêm phong xong.",
            "Vui lòng niêm phong bản đó trước rồi lập bản mới.",
            "Another deposit of the year is not sealed yet. Please seal that one first.",
        ),
        "deposit.not_built" => words(
            "Bản lưu trữ này chưa được đóng gói.",
            "Vui lòng đóng gói trước: niemphong archive build.",
            "The deposit is not packed yet. Please run: niemphong archive build.",
        ),
        "school.not_commissioned" => words(
            "Sổ theo dõi này chưa ghi nhận trường nào được đưa vào sử dụng.",
            "Vui lòng hoàn tất bước xác nhận chứng thư của Hiệu trưởng và con dấu trước.",
            "No school is commissioned in this register yet. Please confirm the certificates of principal and stamp first.",
        ),
        "dossier.not_signed" => words(
            "Hồ sơ này còn chờ chữ ký nên chưa in bản giấy được.",
            "Vui lòng in sau khi mọi người đã ký; nơi đang chờ hiện ở trang hồ sơ.",
            "The document still waits for signatures and is not printed yet. Please print it once everybody has signed.",
        ),
        "year.open_already" => words(
            "Năm học này đã mở với danh sách nhân sự và kế hoạch ký khác.",
            "Danh sách đã có hiệu lực giữ nguyên; thay đổi trong năm được ghi bằng quyết định của Hiệu trưởng.",
            "Another roster or other plans are in force for this year. They stay; later changes are acts of the principal.",
        ),
        "year.not_open" => words(
            "Danh sách nhân sự và kế hoạch ký của năm học chưa có hiệu lực.",
            "Hiệu trưởng và con dấu ký danh sách nhân sự và kế hoạch ký của năm học.",
            "Roster and plans of the school year are not in force yet.",
        ),
        "school.commissioned" => words(
            "Trường đã xác nhận chứng thư số của Hiệu trưởng và con dấu trước đó, với chứng thư khác.",
            "Vui lòng dùng USB token đã được xác nhận; nếu đã đổi chứng thư, hãy báo người quản trị.",
            "The school confirmed other certificates of principal and stamp before. Please use those tokens, or tell the administrator.",
        ),
        "school.other_signers" => words(
            "Danh sách nhân sự và kế hoạch ký phải do đúng Hiệu trưởng và con dấu đã được xác nhận ký.",
            "Vui lòng dùng USB token của Hiệu trưởng và của con dấu đã được xác nhận.",
            "Roster and plans are signed by the confirmed principal and stamp only. Please use their tokens.",
        ),
        "plan.unusable" | "roster.unusable" => words(
            "Danh sách nhân sự hoặc kế hoạch ký của năm học chưa phù hợp với hồ sơ này.",
            "Vui lòng kiểm tra phân công giáo viên của lớp và kế hoạch ký, rồi thử lại.",
            "Roster or plans of the year do not fit this document. Please check the assignments of the class.",
        ),
        "dossier.unknown" => words(
            "Không có hồ sơ nào mang mã này.",
            "Vui lòng kiểm tra lại mã hồ sơ.",
            "There is no document with this id. Please check the id.",
        ),
        "document.not_rendered" | "document.not_written" => words(
            "Không lập được hồ sơ PDF từ dữ liệu đã nhận; chưa có gì được công bố.",
            "Vui lòng ghi lại mã lỗi và báo cho người quản trị; dữ liệu gốc vẫn còn nguyên.",
            "The PDF could not be made from the data; nothing was published. Please tell the administrator; the data is safe.",
        ),
        "document.scan" => words(
            "Bản quét chữ ký trên giấy không phải tệp PNG, lớn hơn 4 MB, hoặc có hơn bốn người chứng kiến.",
            "Vui lòng quét lại tờ giấy thành tệp PNG nhỏ hơn rồi chọn lại tệp.",
            "The scan of a signature on paper is no PNG or larger than 4 MB, or there are more than four witnesses. Please scan the sheet again as a smaller PNG.",
        ),
        "document.unreadable" => words(
            "Không đọc được tệp đã nêu, hoặc tệp lớn hơn mức cho phép của một bản dữ liệu xuất.",
            "Vui lòng kiểm tra đường dẫn, quyền đọc và dung lượng của tệp.",
            "The file cannot be read or is larger than an export may be. Please check path, permissions and size.",
        ),
        "document.parts_without_roster" => words(
            "Các tệp này chỉ chứa từng phần của một lớp, nên cần danh sách phân công của năm học.",
            "Vui lòng thêm --roster với danh sách nhân sự của trường.",
            "These files hold parts of a class only. Please add --roster, which says which subjects the class has.",
        ),
        "document.parts_missing" => words(
            "Các tệp đã cho chưa đủ cho một lớp và một kỳ.",
            "Vui lòng đưa đủ danh sách lớp và điểm của mọi môn.",
            "The files given do not make one whole class for a period. Please give the class list and every subject.",
        ),
        "document.nothing_given" => words(
            "Chưa có dữ liệu để lập biểu mẫu.",
            "Vui lòng nêu bản dữ liệu xuất; để in sổ trắng, nêu --roster và --class.",
            "There is nothing to fill the form. Please name an export, or --roster and --class for an empty book.",
        ),
        "document.needs_student" => words(
            "Học bạ là hồ sơ của một học sinh nhưng chưa nêu học sinh nào.",
            "Vui lòng thêm --student và mã học sinh.",
            "A transcript belongs to one pupil. Please add --student with the pupil's code.",
        ),
        "document.needs_subject" => words(
            "Sổ của giáo viên thuộc về một môn học nhưng dữ liệu không có môn học nào.",
            "Vui lòng thêm --subject và mã môn học.",
            "A teacher's book belongs to a subject. Please add --subject with its code.",
        ),
        "document.not_of_an_export" => words(
            "Biểu mẫu này không lập được từ bản dữ liệu xuất.",
            "Vui lòng chọn: so-diem, hoc-ba, so-diem-gv, bang-tong-hop, danh-sach-xet-duyet hoặc so-dang-bo.",
            "This form is not made from an export. Please choose so-diem, hoc-ba, so-diem-gv, bang-tong-hop, danh-sach-xet-duyet or so-dang-bo.",
        ),
        "export.refused" => words(
            "Bản dữ liệu xuất có chỗ chưa đúng nên không lập được biểu mẫu.",
            "Vui lòng sửa các chỗ được liệt kê trong hệ thống nguồn rồi xuất lại.",
            "The export has mistakes. Please correct what is listed in the source system and export again.",
        ),
        "deposit.unknown" | "deposit.number" => words(
            "Không có bản lưu trữ nào mang mã này, hoặc số bản lưu trữ của năm học đã hết.",
            "Vui lòng kiểm tra lại mã của bản lưu trữ.",
            "There is no deposit with this id, or the year has no number left. Please check the id.",
        ),
        "deposit.not_sealed" => words(
            "Bản lưu trữ này chưa được niêm phong nên chưa thể tạo ảnh đĩa.",
            "Vui lòng hoàn tất niêm phong trước.",
            "The deposit is not sealed yet. Please seal it first.",
        ),
        "deposit.changed" | "deposit.not_packed" => words(
            "Bản lưu trữ không đóng gói được giống như lần đầu; chưa có gì được niêm phong.",
            "Vui lòng giữ nguyên hiện trạng và báo người quản trị kiểm tra kho lưu trữ.",
            "The deposit could not be packed as it was recorded; nothing was sealed. Please have the store checked.",
        ),
        "inbox.unusable" => words(
            "Không đọc hoặc ghi được thư mục hộp thư.",
            "Vui lòng kiểm tra đường dẫn và quyền truy cập thư mục hộp thư rồi khởi động lại.",
            "The inbox folder cannot be used. Please check its path and permissions, then start again.",
        ),
        "export.template" => words(
            "Không ghi được sổ tính mẫu: tệp đã có sẵn, hoặc thư mục không cho ghi.",
            "Vui lòng chọn tên tệp khác rồi chạy lại.",
            "The workbook template could not be written: the file exists already, or its folder cannot be written to.",
        ),
        "export.not_whole" => words(
            "Tệp này chỉ là một phần của lớp, không phải trọn sổ điểm.",
            "Vui lòng chọn tệp JSON niemphong-export/1 hoặc sổ tính mẫu đã điền đủ.",
            "The file is only a part of a class. Please choose a whole gradebook.",
        ),
        "export.no_marks" => words(
            "Tệp này là báo cáo không có điểm môn học (ví dụ báo cáo nề nếp), nên không lập được sổ hay học bạ.",
            "Vui lòng chọn tệp xuất sổ điểm của lớp.",
            "The file is a report without marks, so no form can be made of it. Please choose an export of the class's gradebook.",
        ),
        "inbox.import" => words(
            "Không đưa được tệp vào hộp thư: tệp không đọc được, hoặc trong hộp thư đang có tệp cùng tên.",
            "Vui lòng kiểm tra tệp, chờ hộp thư xử lý xong tệp cùng tên, rồi thử lại.",
            "The file could not be put into the inbox: it cannot be read, or a file of the same name waits there. Please try again later.",
        ),
        "daemon.not_allowed" => words(
            "Chương trình chạy nền đang giữ sổ theo dõi, và tài khoản này không được ra lệnh cho nó.",
            "Vui lòng chạy lệnh bằng tài khoản của chương trình chạy nền (sudo -u niemphong …).",
            "The daemon holds the register, and this account may not give it orders. Please run the command as the daemon's account.",
        ),
        "daemon.lost" => words(
            "Chương trình chạy nền đã ngừng trả lời giữa chừng.",
            "Những hồ sơ đã ký vẫn nằm trong sổ theo dõi. Vui lòng kiểm tra chương trình chạy nền rồi chạy lại lệnh.",
            "The daemon stopped answering. What it signed is in the register. Please look at the daemon, then try again.",
        ),
        "daemon.other_module" => words(
            "Chương trình chạy nền không dùng phần mềm điều khiển USB token này.",
            "Vui lòng nêu một module trong [tokens] modules của tệp cấu hình, hoặc thêm nó vào đó.",
            "The daemon does not use this module. Please name one of those in [tokens] modules, or add it there.",
        ),
        "daemon.runtime" => words(
            "Máy chủ không cho chương trình khởi động đầy đủ.",
            "Vui lòng báo người quản trị kiểm tra tài nguyên của máy chủ rồi khởi động lại.",
            "The system does not let the program start. Please have its resources checked, then start again.",
        ),
        _ => return None,
    })
}
