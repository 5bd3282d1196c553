//! What is wrong with a spreadsheet or with the parts of a class, in words.

use crafts::export::SheetCode;

use crate::wording::Finding;

/// Words for the stable code of a problem; codes of a newer reader have none.
pub fn of_code(code: &str) -> Option<Finding> {
    SheetCode::ALL.into_iter().find(|problem| problem.as_str() == code).map(words)
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
