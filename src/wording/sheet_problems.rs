//! What is wrong with a spreadsheet or with the parts of a class, in words.

use crafts::export::SheetCode;

use crate::wording::Finding;

/// Words for the stable code of a problem; codes of a newer reader have none.
pub fn of_code(code: &str) -> Option<Finding> {
    SheetCode::ALL.into_iter().find(|problem| problem.as_str() == code).map(words)
}

/// The probable cause and what to do about it, for the same codes.
pub fn why_of_code(code: &str) -> Option<Finding> {
    SheetCode::ALL.into_iter().find(|problem| problem.as_str() == code).map(why)
}

fn words(problem: SheetCode) -> Finding {
    use SheetCode as P;
    match problem {
        P::OtherKind => (
            "tệp không phải là JSON, Excel (xlsx, xls), OpenDocument (ods) hay CSV; hãy mở bằng phần mềm bảng tính và lưu lại thành .xlsx",
            "the file is not JSON, Excel, OpenDocument or CSV; please open it in a spreadsheet program and save it as .xlsx",
        ),
        P::NotUtf8 => (
            "văn bản không phải UTF-8; hãy lưu lại dạng \"CSV UTF-8\" hoặc .xlsx",
            "the text is not UTF-8; please save it as \"CSV UTF-8\" or .xlsx",
        ),
        P::Damaged => (
            "tệp bị cắt cụt hoặc hỏng; hãy xuất lại",
            "the file is cut short or damaged; please export it again",
        ),
        P::Encrypted => (
            "tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi lưu lại",
            "the file is protected by a password; please remove it and save again",
        ),
        P::Bomb => (
            "tệp nén giãn ra lớn bất thường, không thể là sổ điểm",
            "the file unpacks to far more than a gradebook can be",
        ),
        P::NestedArchive => ("bên trong tệp có tệp nén khác", "there is another archive inside of the file"),
        P::Declaration => (
            "tệp khai báo DTD hoặc thực thể XML, phần mềm bảng tính không bao giờ ghi như vậy",
            "the file declares a DTD or entities, which no spreadsheet program writes",
        ),
        P::TooDeep => ("dữ liệu lồng quá nhiều tầng", "the data is nested too deeply"),
        P::TooManyCells => ("bảng tính có quá nhiều ô", "the spreadsheet has too many cells"),
        P::CellFarAway => (
            "có ô dữ liệu nằm quá xa bảng; hãy xóa ô này",
            "there is a cell far away from the table; please clear it",
        ),
        P::CellTooLong => ("nội dung ô quá dài", "the text of the cell is too long"),
        P::Tcvn3 => (
            "chữ theo bảng mã cũ TCVN3 (phông .VnTime); hãy chuyển sang Unicode rồi xuất lại",
            "the letters are in the old encoding TCVN3; please convert them to Unicode",
        ),
        P::Vni => (
            "chữ theo bảng mã cũ VNI (phông VNI-Times); hãy chuyển sang Unicode rồi xuất lại",
            "the letters are in the old encoding VNI; please convert them to Unicode",
        ),
        P::Formula => (
            "ô này được tính bằng công thức nên giá trị thấy được có thể khác giá trị lưu; hãy dán lại dưới dạng giá trị",
            "the cell is computed by a formula, what is seen may differ from what is stored; please paste it as a value",
        ),
        P::CellError => ("ô này báo lỗi của bảng tính", "the cell holds an error of the spreadsheet"),
        P::NoLayout => (
            "không nhận ra mẫu của tệp; mẫu gần nhất và cột còn thiếu được nêu bên cạnh",
            "no known layout fits the file; the nearest and what it lacks stand beside",
        ),
        P::LayoutAmbiguous => {
            ("tệp khớp với nhiều mẫu như nhau", "several layouts fit the file equally well")
        }
        P::UnknownColumn => (
            "cột này không có trong mẫu; không được bỏ qua mà không rõ ý nghĩa",
            "the layout does not know this column, and it is not left out in silence",
        ),
        P::DuplicateColumn => ("hai cột cùng một nội dung", "two columns stand for the same thing"),
        P::RowWithoutName => ("dòng này có giá trị nhưng không có họ tên", "the row has values but no name"),
        P::FactMissing => (
            "không tìm thấy năm học, lớp, môn hoặc học kỳ trong tệp, tên trang tính và tên tệp",
            "school year, class, subject or term stand neither in the file, the sheet names nor the file name",
        ),
        P::FactContradicts => (
            "hai chỗ trong tệp ghi năm học, lớp, môn hoặc học kỳ khác nhau",
            "two places of the file name another school year, class, subject or term",
        ),
        P::NotAMark => (
            "không phải điểm từ 0 đến 10 với một chữ số thập phân, cũng không phải Đ/CĐ",
            "neither a mark from 0 to 10 with one decimal nor a level",
        ),
        P::NotADate => ("không phải ngày như 05/03/2014", "not a date such as 05/03/2014"),
        P::NotAWord => ("không phải từ được dùng ở cột này", "none of the words that this column allows"),
        P::NotACode => ("không phải mã học sinh, lớp hoặc môn", "not the code of a pupil, class or subject"),
        P::TooManyMarks => {
            ("quá nhiều điểm đánh giá thường xuyên", "there are more regular marks than a term can have")
        }
        P::DuplicatePupil => ("học sinh bị lặp trong bảng", "the pupil stands twice in the table"),
        P::UnknownPupil => {
            ("học sinh này không có trong danh sách lớp", "the pupil is not in the class list")
        }
        P::AmbiguousPupil => (
            "nhiều học sinh cùng họ tên mà không có mã hay ngày sinh để phân biệt",
            "several pupils have this name, and neither code nor date of birth tells them apart",
        ),
        P::Contradiction => {
            ("hai tệp ghi khác nhau ở cùng một mục", "two files state different values for the same thing")
        }
        P::BothKinds => ("một môn vừa có điểm số vừa có mức Đ/CĐ", "one subject has both marks and levels"),
    }
}

fn why(problem: SheetCode) -> Finding {
    use SheetCode as P;
    match problem {
        P::OtherKind => (
            "Tệp thuộc loại khác (PDF, ảnh, Word) hoặc bị đổi tên. Vui lòng xuất lại hoặc lưu lại thành .xlsx.",
            "It is of another kind (PDF, picture, Word) or was renamed. Please export it again or save it as .xlsx.",
        ),
        P::NotUtf8 => (
            "CSV được lưu bằng bảng mã cũ của máy, thường từ Excel. Vui lòng lưu lại theo cách đã nêu.",
            "The CSV was saved in an old encoding, mostly by Excel. Please save it as said.",
        ),
        P::Damaged => (
            "Việc chép hoặc tải về bị ngắt giữa chừng. Vui lòng xuất lại từ phần mềm quản lý điểm.",
            "Copying or downloading was interrupted. Please export it again from the gradebook system.",
        ),
        P::Encrypted => (
            "Phần mềm hoặc người gửi đã đặt mật khẩu để bảo vệ tệp. Vui lòng mở, bỏ mật khẩu rồi lưu lại.",
            "The software or the sender protected the file. Please open it, remove the password and save.",
        ),
        P::Bomb => (
            "Tệp bị hỏng hoặc được làm ra để gây hại. Vui lòng không mở tệp này và hỏi lại nơi gửi.",
            "The file is damaged or made to do harm. Please do not open it and ask whoever sent it.",
        ),
        P::NestedArchive => (
            "Một tệp khác được đính vào bảng tính, hoặc tệp được nén hai lần. Vui lòng bỏ tệp đính kèm rồi lưu lại.",
            "Another file is embedded in the spreadsheet, or it was packed twice. Please remove it and save again.",
        ),
        P::Declaration => (
            "Tệp không do phần mềm bảng tính ghi, có thể được làm ra để gây hại. Vui lòng xuất lại từ phần mềm quản lý điểm.",
            "No spreadsheet program wrote this file; it may be made to do harm. Please export it again from the gradebook system.",
        ),
        P::TooDeep => (
            "Tệp không do phần mềm bảng tính ghi, hoặc đã hỏng. Vui lòng xuất lại từ phần mềm quản lý điểm.",
            "No spreadsheet program wrote this file, or it is damaged. Please export it again from the gradebook system.",
        ),
        P::TooManyCells => (
            "Nhiều lớp nằm trong một tệp, hoặc định dạng được kéo đến cuối trang tính. Vui lòng xuất từng lớp, hoặc xóa các dòng cột trống rồi lưu lại.",
            "Several classes are in one file, or formats reach to the end of the sheet. Please export one class at a time, or delete empty rows and columns.",
        ),
        P::CellFarAway => (
            "Có người gõ nhầm vào một ô ở xa, hoặc ghi chú bên ngoài bảng. Vui lòng xóa ô đó rồi lưu lại.",
            "Something was typed far away by mistake, or as a note. Please clear that cell and save.",
        ),
        P::CellTooLong => (
            "Có thể một đoạn văn bị dán nhầm vào ô này. Vui lòng rút ngắn rồi lưu lại.",
            "A whole paragraph may have been pasted there. Please shorten it and save.",
        ),
        P::Tcvn3 => (
            "Tệp được soạn bằng bộ gõ và phông chữ cũ. Vui lòng chuyển mã rồi lưu lại.",
            "The file was typed with an old input method and font. Please convert it and save.",
        ),
        P::Vni => (
            "Tệp được soạn bằng bộ gõ và phông chữ cũ. Vui lòng chuyển mã rồi lưu lại.",
            "The file was typed with an old input method and font. Please convert it and save.",
        ),
        P::Formula => (
            "Ô được tính ngay trong bảng tính, thường ở mẫu do giáo viên tự làm. Vui lòng chép rồi dán đặc biệt thành giá trị.",
            "The cell is computed in the sheet, mostly in a teacher's own template. Please copy it and paste it as a value.",
        ),
        P::CellError => (
            "Một công thức không tính được, ví dụ chia cho 0 hoặc trỏ đến ô đã xóa. Vui lòng nhập lại giá trị của ô.",
            "A formula could not be computed, such as a division by 0. Please type the value.",
        ),
        P::NoLayout => (
            "Tệp từ phần mềm chưa có mẫu ở đây, hoặc tên cột đã bị sửa. Vui lòng xuất lại, không đổi tên cột; nếu vẫn vậy, nhờ người quản trị thêm mẫu (docs/layouts.md).",
            "The software's layout is not known here, or heads were renamed. Please export again without renaming; if it stays, have the administrator add a layout (docs/layouts.md).",
        ),
        P::LayoutAmbiguous => (
            "Tệp có quá ít cột để phân biệt các mẫu với nhau. Vui lòng xuất lại với đủ cột.",
            "The file has too few columns to tell the layouts apart. Please export it with all columns.",
        ),
        P::UnknownColumn => (
            "Cột do người dùng thêm vào, hoặc phần mềm vừa đổi mẫu. Vui lòng bỏ cột đó, hoặc nhờ người quản trị thêm vào mẫu.",
            "Somebody added the column, or the software changed its layout. Please remove it, or have the administrator add it to the layout.",
        ),
        P::DuplicateColumn => (
            "Cột bị chép hai lần hoặc bị đổi tên nhầm. Vui lòng để lại một cột rồi lưu lại.",
            "The column was copied or renamed by mistake. Please leave one of them and save.",
        ),
        P::RowWithoutName => (
            "Dòng ghi chú hoặc dòng tổng nằm lẫn trong bảng, hay ô họ tên bị xóa. Vui lòng điền họ tên hoặc xóa dòng.",
            "A note or a sum stands in the table, or the name was deleted. Please fill in the name or delete the row.",
        ),
        P::FactMissing => (
            "Phần đầu của trang tính bị xóa, hoặc tệp bị đổi tên. Vui lòng giữ nguyên phần đầu, hoặc ghi năm học, lớp, môn và học kỳ vào tên tệp.",
            "The head of the sheet was deleted, or the file renamed. Please keep the head, or put year, class, subject and term into the file's name.",
        ),
        P::FactContradicts => (
            "Tệp được chép từ lớp hoặc học kỳ khác mà chưa sửa hết phần đầu. Vui lòng sửa cho thống nhất rồi lưu lại.",
            "The file was copied from another class or term, and its head was not changed everywhere. Please make it agree and save.",
        ),
        P::NotAMark => (
            "Điểm bị gõ nhầm, thừa chữ số thập phân, hoặc là ghi chú. Vui lòng sửa ô này rồi lưu lại.",
            "The mark is mistyped, has too many decimals, or is a note. Please correct the cell and save.",
        ),
        P::NotADate => (
            "Ngày được viết theo cách khác, hoặc không có ngày đó. Vui lòng sửa ô này rồi lưu lại.",
            "The date is written in another way, or there is no such day. Please correct the cell and save.",
        ),
        P::NotAWord => (
            "Từ bị gõ nhầm hoặc viết tắt theo cách khác. Vui lòng dùng đúng từ của mẫu.",
            "The word is mistyped or abbreviated in another way. Please use a word of the layout.",
        ),
        P::NotACode => (
            "Mã có dấu, khoảng trắng, hoặc tên nằm ở cột mã. Vui lòng sửa ô này rồi lưu lại.",
            "The code has marks or blanks, or a name stands in its column. Please correct the cell and save.",
        ),
        P::TooManyMarks => (
            "Điểm của hai học kỳ nằm chung một chỗ, hoặc nhập thừa cột. Vui lòng kiểm tra rồi lưu lại.",
            "Marks of two terms stand in one, or a column too many was filled. Please check and save.",
        ),
        P::DuplicatePupil => (
            "Học sinh được nhập hai lần, thường sau khi chuyển lớp. Vui lòng bỏ một dòng rồi lưu lại.",
            "The pupil was entered twice, mostly after a change of class. Please remove one row and save.",
        ),
        P::UnknownPupil => (
            "Tên được viết khác với danh sách lớp, hoặc học sinh đã chuyển đi hay mới vào. Vui lòng sửa tên hoặc đưa danh sách lớp mới.",
            "The name differs from the class list, or the pupil left or is new. Please correct the name or bring a new class list.",
        ),
        P::AmbiguousPupil => (
            "Lớp có học sinh trùng họ tên. Vui lòng thêm cột mã học sinh hoặc ngày sinh.",
            "Pupils of the class share a name. Please add a column with codes or dates of birth.",
        ),
        P::Contradiction => (
            "Một trong hai tệp được xuất trước khi điểm được sửa. Vui lòng xuất lại tệp cũ hơn.",
            "One of the files was exported before a mark was changed. Please export the older one again.",
        ),
        P::BothKinds => (
            "Cách đánh giá của môn được đổi giữa chừng, hoặc nhập nhầm cột. Vui lòng chọn một cách rồi sửa các ô còn lại.",
            "How the subject is assessed was changed, or another column was filled. Please choose one way and correct the rest.",
        ),
    }
}
