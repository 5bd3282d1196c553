//! Everything Vietnamese that is printed on paper. Forms: TT 22/2021/TT-BGDĐT; papers: NĐ 30/2020.

use school::dossier::Period;
use school::gradebook::Gender;
use school::identifier::{ClassName, PupilId, SchoolYear};
use school::role::Role;
use school::scoring::Scheme;

pub(super) const SAMPLE: &str = "DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ";
pub(super) const REHEARSAL_NOTICE: &str = "DIỄN TẬP – KHÔNG CÓ GIÁ TRỊ";
pub(super) const REHEARSAL: &str = "DIỄN TẬP";
pub(super) const REHEARSAL_TITLE: &str = "TRANG KÝ THỬ";
pub(super) const REHEARSAL_ABOUT: &str = "Trang này chỉ dùng để thử USB token, chứng thư số và cách chữ ký hiện ra trên giấy. \
     Trang không phải là hồ sơ của nhà trường, không xác nhận điều gì và không có giá trị pháp lý.";
pub(super) const REHEARSAL_LABELS: [&str; 5] =
    ["Người ký thử", "Chức danh", "Chứng thư số (SHA-256)", "USB token", "Thời điểm"];

pub(super) const PREVIEW: &str = "BẢN XEM TRƯỚC – CHƯA CÓ CHỮ KÝ SỐ";
pub(super) const COLLECTED: &str = "BẢN IN GHÉP CÁC NĂM HỌC – CHỮ KÝ SỐ Ở HỒ SƠ CỦA TỪNG NĂM";
pub(super) const ACROSS_PAGES: [&str; 2] = ["Dấu", "giáp lai"];
pub(super) const STATE: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
pub(super) const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

pub(super) const ATTACHED_PLAN: &str = "Kế hoạch ký của hồ sơ";
pub(super) const ATTACHED_GRADEBOOK: &str = "Dữ liệu sổ điểm của lớp, dạng chuẩn";
pub(super) const ATTACHED_EXPORT: &str = "Bản gốc dữ liệu xuất từ hệ thống sổ điểm";
pub(super) const ATTACHED_PUPIL: &str = "Dữ liệu học bạ của học sinh, dạng chuẩn";
pub(super) const ATTACHED_CLASS_DOCUMENT: &str = "Dữ liệu của hồ sơ lớp, dạng chuẩn";
pub(super) const ATTACHED_SUPPLEMENT: &str = "Hồ sơ đã đóng mà hồ sơ này bổ sung, dạng chuẩn";
pub(super) const ATTACHED_CORRECTED: &str = "Bản hồ sơ mà hồ sơ này sửa, dạng chuẩn";
pub(super) const ATTACHED_CORRECTION: &str = "Danh sách giá trị được sửa, dạng chuẩn";
pub(super) const ATTACHED_SCAN: &str = "Chữ ký trên giấy của người chứng kiến, bản quét";
pub(super) const ATTACHED_SEALING: &str = "Dữ liệu biên bản niêm phong, dạng chuẩn";

pub(super) const CLASS: &str = "Lớp";
pub(super) const PERIOD: &str = "Kì đánh giá";
pub(super) const NUMBER: &str = "Số TT";

pub(super) const FIRST_TERM: &str = "HỌC KÌ I";
pub(super) const SECOND_TERM: &str = "HỌC KÌ II";

pub(super) const NO_REMARK: &str = "(Không có nhận xét)";

pub(super) const DECISION: &str = "QUYẾT ĐỊNH";
pub(super) const DECIDES: &str = "QUYẾT ĐỊNH:";
pub(super) const DATA_DIGEST: &str = "SHA-256 của bản dữ liệu xuất";
pub(super) const RECORD: &str = "BIÊN BẢN";
pub(super) const CONTENTS_OF_DEPOSIT: &str = "Nội dung gói lưu trữ";
pub(super) const ITEM: &str = "Nội dung";
pub(super) const VALUE: &str = "Giá trị";
pub(super) const DIGEST_256: &str = "SHA-256 của tagmanifest-sha256.txt";
pub(super) const DIGEST_512: &str = "SHA-512 của tagmanifest-sha512.txt";
pub(super) const DIGESTS_INTRO: &str = "Mã băm niêm phong của gói (viết liền, bỏ dấu cách khi so sánh):";
pub(super) const RECORD_CLOSING: &str = "Biên bản này được lập dưới dạng điện tử, lưu cùng gói lưu trữ. Mọi thay đổi \
     dù nhỏ nhất của gói sau thời điểm niêm phong đều làm mã băm nêu trên không còn khớp.";

pub(super) fn page_of(page: usize, total: usize, dossier: &str) -> String {
    format!("Trang {page}/{total} – {dossier}")
}

pub(super) fn signed_on_page(page: usize) -> String {
    format!("Chữ ký số: xem trang {page}")
}

/// At a signing place of a page that is shown again.
pub(super) fn signed_in(dossier: &str) -> String {
    format!("Chữ ký số: xem hồ sơ {dossier}")
}

/// The head of a school, where it is configured as nothing else.
pub(super) const HEAD: &str = "Hiệu trưởng";

/// Caption of a place and the note below it; `head` is the title of the school's head.
pub(super) fn place_caption(role: Role, head: &str) -> (String, &'static str) {
    let caption = match role {
        Role::Gvcn => "GIÁO VIÊN CHỦ NHIỆM",
        Role::Gvbm => "GIÁO VIÊN BỘ MÔN",
        Role::GvbmChuTri => "GIÁO VIÊN MÔN HỌC",
        Role::HieuTruong => return (head.to_uppercase(), "(Ký số)"),
        Role::ConDau => return ("CON DẤU CỦA TRƯỜNG".to_owned(), "(Chữ ký số của cơ quan)"),
        Role::BanQuanTri => return ("BAN QUẢN TRỊ".to_owned(), "(Đề nghị, ký số)"),
        Role::VanPhong => "VĂN PHÒNG",
        Role::NguoiDeNghi => "NGƯỜI ĐỀ NGHỊ SỬA",
    };
    (caption.to_owned(), "(Ký số)")
}

/// The note below the caption where people sign with a pen; the stamp is put over the head's signature.
pub(super) const fn by_hand(role: Role) -> &'static str {
    match role {
        Role::HieuTruong => "(Ký, ghi rõ họ tên và đóng dấu)",
        _ => "(Ký và ghi rõ họ tên)",
    }
}

/// Spoken label of a place.
pub(super) fn place_label(role: Role, head: &str, subject: Option<&str>) -> String {
    let whose = match role {
        Role::Gvcn => "Chữ ký số của giáo viên chủ nhiệm".to_owned(),
        Role::Gvbm => "Chữ ký số của giáo viên bộ môn".to_owned(),
        Role::GvbmChuTri => "Chữ ký số của giáo viên môn học".to_owned(),
        Role::HieuTruong => format!("Chữ ký số của {head}"),
        Role::ConDau => "Con dấu: chữ ký số của nhà trường".to_owned(),
        Role::BanQuanTri => "Chữ ký số của Ban quản trị".to_owned(),
        Role::VanPhong => "Chữ ký số của Văn phòng".to_owned(),
        Role::NguoiDeNghi => "Chữ ký số của người đề nghị sửa".to_owned(),
    };
    subject.map_or_else(|| whose.clone(), |name| format!("{whose} {name}"))
}

pub(super) fn period(period: Period) -> String {
    match period {
        Period::FirstTerm => "Học kì I".into(),
        Period::FullYear => "Cả năm học".into(),
        Period::AfterSummer => "Sau kì nghỉ hè".into(),
        Period::Snapshot(n) => format!("Thời điểm ghi điểm {n}"),
    }
}

pub(super) const fn gender(gender: Gender) -> &'static str {
    match gender {
        Gender::Nam => "Nam",
        Gender::Nu => "Nữ",
    }
}

pub(super) fn book_document_title(book: &str, class: &str, year: SchoolYear, of: Period) -> String {
    let mut letters = book.chars();
    let first = letters.next().map(String::from).unwrap_or_default();
    let rest = letters.as_str().to_lowercase();
    format!("{first}{rest} lớp {class}, năm học {year}, {}", period_within(of))
}

/// As [`period`] within a sentence.
pub(super) fn period_within(of: Period) -> String {
    let text = period(of);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

pub(super) fn subject_title(name: &str) -> String {
    format!("MÔN {}", name.to_uppercase())
}

/// The line below the heading of a sheet.
pub(super) fn sheet_line(class: &str, year: SchoolYear, of: Period) -> String {
    format!("Lớp {class} – Năm học {year} – {}", period(of))
}

pub(super) fn continued(title: &str) -> String {
    format!("{title} (tiếp theo)")
}

pub(super) fn headcount(pupils: usize) -> String {
    format!("{pupils} học sinh")
}

pub(super) fn transcript_document_title(name: &str, id: &str, year: SchoolYear) -> String {
    format!("Học bạ của {name} ({id}), năm học {year}")
}

pub(super) fn whole_transcript_title(name: &str, id: &str) -> String {
    format!("Học bạ cả cấp học của {name} ({id})")
}

/// `Năm học 2025-2026`, `Các năm học 2024-2025 đến 2025-2026`.
pub(super) fn school_years(first: SchoolYear, last: SchoolYear) -> String {
    if first == last {
        format!("Năm học {last}")
    } else {
        format!("Các năm học {first} đến {last}")
    }
}

/// At the foot of every page of a transcript over several years, which is no dossier.
pub(super) fn whole_transcript_id(id: &str, years: &str) -> String {
    format!("Học bạ {id} – {years}")
}

/// `Hải Phòng, ngày 05 tháng 02 năm 2026`: days below 10 and months below 3 take a zero (NĐ 30).
pub(super) fn place_and_date(place: &str, date: (i32, u8, u8)) -> String {
    format!("{place}, {}", date_in_words(date))
}

/// As [`place_and_date`], to be filled in.
pub(super) fn place_and_open_date(place: &str) -> String {
    format!("{place}, ngày …… tháng …… năm 20……")
}

pub(super) fn date_in_words((year, month, day): (i32, u8, u8)) -> String {
    let month = if month < 3 { format!("0{month}") } else { month.to_string() };
    format!("ngày {day:02} tháng {month} năm {year}")
}

pub(super) fn decision_number(number: &str, school: &str) -> String {
    format!("Số: {number}/QĐ-{school}")
}

pub(super) fn record_number(number: &str, school: &str) -> String {
    format!("Số: {number}/BB-{school}")
}

pub(super) const SENT_TO: &str = "Nơi nhận:";
pub(super) const RECIPIENTS: [&str; 2] = ["- Như Điều 3;", "- Lưu: VT, hồ sơ lưu trữ điện tử."];

pub(super) fn school_year(year: SchoolYear) -> String {
    format!("NĂM HỌC {year}")
}

/// What a decision over exports says, whether it locks them or opens them again.
pub(super) struct Decision {
    /// `khóa sổ`, `mở sổ`.
    does: &'static str,
    /// Heading of the table of exports.
    pub named: &'static str,
    /// Description of the attached data.
    pub attached: &'static str,
    /// First and second article; `{year}` stands for the school year.
    articles: [&'static str; 2],
}

pub(super) const LOCKING: Decision = Decision {
    does: "khóa sổ",
    named: "Các bản dữ liệu được khóa",
    attached: "Dữ liệu quyết định khóa sổ, dạng chuẩn",
    articles: [
        "Khóa các bản dữ liệu sổ theo dõi và đánh giá học sinh năm học {year} nêu trong bảng dưới đây. Mỗi bản dữ \
         liệu được xác định bằng mã băm SHA-256; bản dữ liệu có mã băm khác không thuộc phạm vi Quyết định này.",
        "Kể từ thời điểm Quyết định này được ký số, dữ liệu đã khóa là căn cứ để lập, ký số sổ theo dõi và đánh giá học \
         sinh và học bạ. Việc mở sổ, sửa chữa dữ liệu đã khóa chỉ thực hiện khi có quyết định của Hiệu trưởng.",
    ],
};

pub(super) const REOPENING: Decision = Decision {
    does: "mở sổ",
    named: "Các bản dữ liệu được mở lại",
    attached: "Dữ liệu quyết định mở sổ, dạng chuẩn",
    articles: [
        "Mở lại các bản dữ liệu sổ theo dõi và đánh giá học sinh năm học {year} nêu trong bảng dưới đây, đã khóa mà \
         chưa có ai ký hồ sơ lập từ dữ liệu đó. Các hồ sơ đã lập, chưa ký được thu hồi; bản đã lập vẫn được lưu giữ.",
        "Dữ liệu sau khi sửa được xuất lại, giáo viên soát lại và khóa ngay bằng quyết định khóa sổ mới. Bản dữ liệu \
         trước khi mở sổ vẫn được lưu giữ nguyên vẹn, không ghi đè.",
    ],
};

impl Decision {
    pub(super) fn title(&self, number: &str, year: SchoolYear) -> String {
        format!("Quyết định {} số {number}, năm học {year}", self.does)
    }

    pub(super) fn about(&self, year: SchoolYear) -> String {
        format!("Về việc {} theo dõi và đánh giá học sinh năm học {year}", self.does)
    }

    pub(super) fn articles(&self, year: SchoolYear) -> [String; 3] {
        let [first, second] = self.articles.map(|text| text.replace("{year}", &year.to_string()));
        let third = "Ban quản trị, Văn phòng, giáo viên chủ nhiệm, giáo viên bộ môn các lớp có tên trong bảng và các \
             cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này.";
        [first, second, third.into()]
    }
}

/// Why it is proposed, among the legal bases.
pub(super) fn reason(reason: &str) -> String {
    format!("Lý do: {reason}")
}

/// `6A1`, or `6A1, học sinh HS0001`.
pub(super) fn class_or_pupil(class: &ClassName, pupil: Option<&PupilId>) -> String {
    pupil.map_or_else(|| class.to_string(), |pupil| format!("{class}, học sinh {pupil}"))
}

pub(super) fn issuer(head: &str, school: &str) -> String {
    format!("{} {}", head.to_uppercase(), school.to_uppercase())
}

/// Cover of a corrected version: which version it corrects, and by which record.
pub(super) fn corrects(dossier: &str, record: &str) -> String {
    format!("Bản sửa của bản trước (mã hồ sơ {dossier}), theo {record}. Bản cũ vẫn được lưu giữ.")
}

/// Cover of a supplement: which closed document it belongs to.
pub(super) fn supplements(dossier: &str, sha256: &str) -> String {
    format!(
        "Bổ sung kết quả sau hè cho hồ sơ của năm học (mã hồ sơ {dossier}), SHA-256: {}",
        grouped_hex(sha256)
    )
}

/// Cover of a transcript that no subject teacher signs: which class book holds their signatures.
pub(super) fn cites(dossier: &str, sha256: &str) -> String {
    format!(
        "Theo sổ theo dõi và đánh giá học sinh đã ký số (mã hồ sơ {dossier}), SHA-256: {}",
        grouped_hex(sha256)
    )
}

/// Legal bases: the circulars by which the classes are assessed, the older one first.
pub(super) fn bases(schemes: &[Scheme]) -> Vec<&'static str> {
    let circulars = [
        (
            Scheme::Tt58,
            "Căn cứ Thông tư số 58/2011/TT-BGDĐT ngày 12 tháng 12 năm 2011 của Bộ trưởng Bộ Giáo dục và Đào tạo ban hành \
             Quy chế đánh giá, xếp loại học sinh trung học cơ sở và học sinh trung học phổ thông, được sửa đổi, bổ sung \
             bởi Thông tư số 26/2020/TT-BGDĐT ngày 26 tháng 8 năm 2020;",
        ),
        (
            Scheme::Tt22,
            "Căn cứ Thông tư số 22/2021/TT-BGDĐT ngày 20 tháng 7 năm 2021 của Bộ trưởng Bộ Giáo dục và Đào tạo quy \
             định về đánh giá học sinh trung học cơ sở và học sinh trung học phổ thông;",
        ),
    ];
    let in_force = circulars.into_iter().filter(|(scheme, _)| schemes.contains(scheme));
    let mut bases: Vec<_> = in_force.map(|(_, text)| text).collect();
    bases.push("Căn cứ quy chế quản lý, sử dụng sổ điểm điện tử, học bạ điện tử của nhà trường;");
    bases.push("Theo đề nghị của Ban quản trị hệ thống sổ điểm điện tử.");
    bases
}

pub(super) fn article(number: usize) -> String {
    format!("Điều {number}. ")
}

/// Blocks of eight digits, so that two people can compare a digest aloud.
pub(super) fn grouped_hex(hex: &str) -> String {
    let blocks: Vec<&str> =
        (0..hex.len()).step_by(8).filter_map(|at| hex.get(at..hex.len().min(at + 8))).collect();
    blocks.join(" ")
}

pub(super) fn record_document_title(deposit: &str) -> String {
    format!("Biên bản niêm phong gói lưu trữ {deposit}")
}

pub(super) fn record_about(year: SchoolYear) -> String {
    format!("Niêm phong gói lưu trữ hồ sơ điện tử năm học {year}")
}

pub(super) fn record_opening(time: (u8, u8, u8), date: (i32, u8, u8), school: &str) -> String {
    let (hour, minute, _) = time;
    format!(
        "Hôm nay, hồi {hour} giờ {minute:02} phút, {}, tại {school}, đại diện Văn phòng và Hiệu trưởng nhà trường, có \
         chữ ký số tại phần cuối biên bản này, đã tiến hành niêm phong gói lưu trữ hồ sơ điện tử sau đây:",
        date_in_words(date)
    )
}

pub(super) const DEPOSIT_ID: &str = "Mã gói lưu trữ";
pub(super) const CLASS_BOOKS: &str = "Sổ theo dõi và đánh giá học sinh (theo lớp)";
pub(super) const TRANSCRIPTS: &str = "Học bạ";
pub(super) const LOCK_DECISIONS: &str = "Quyết định khóa sổ, mở sổ";
pub(super) const CORRECTIONS: &str = "Phiếu đề nghị sửa, biên bản sửa chữa, bảng tổng hợp sửa chữa";
pub(super) const FURTHER_DOCUMENTS: &str = "Sổ của giáo viên, bảng tổng hợp, danh sách xét duyệt, sổ đăng bộ";
pub(super) const FILES: &str = "Tổng số tệp trong gói";
pub(super) const BYTES: &str = "Tổng dung lượng";
pub(super) const SEALED_AT: &str = "Thời điểm lập biên bản";

pub(super) const INSPECTION_TITLE: &str = "BIÊN BẢN KIỂM TRA CHỮ KÝ SỐ";
pub(super) const INSPECTION_ANNEX: &str = "PHỤ LỤC: CHI TIẾT TỪNG ĐỐI TƯỢNG";
pub(super) const INSPECTED_OBJECTS: &str = "Đối tượng đã kiểm tra";
pub(super) const INSPECTED_OBJECT: &str = "Đối tượng";
pub(super) const CONCLUSION: &str = "Kết luận";
pub(super) const INSPECTION_GROUNDS: &str = "Căn cứ kiểm tra";
pub(super) const INSPECTION_ANCHORS: &str = "Chứng thư gốc được tin cậy khi kiểm tra";
pub(super) const ANCHOR: &str = "Chứng thư gốc";
pub(super) const ANCHOR_DIGEST: &str = "SHA-256 của chứng thư";
pub(super) const NO_ANCHORS: &str = "Không có chứng thư gốc nào được tin cậy khi kiểm tra.";
pub(super) const ATTACHED_INSPECTION: &str = "Kết quả kiểm tra đầy đủ, dạng chuẩn";
pub(super) const INSPECTION_CLOSING: &str = "Biên bản này do chương trình lập từ chính nội dung các đối tượng nêu trên. \
     Kết quả đầy đủ được đính kèm trong tệp PDF này với tên ket-qua.json. Bất kỳ ai cũng có thể kiểm tra lại bằng \
     phần mềm độc lập khác.";
pub(super) const INSPECTION_SIGNERS: [&str; 2] = ["NGƯỜI KIỂM TRA", "ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA"];
pub(super) const SIGN_BY_HAND: &str = "(Ký, ghi rõ họ tên)";
pub(super) const SIGNATURES: &str = "Chữ ký";
pub(super) const TECHNIQUES: &str = "Chi tiết kỹ thuật của từng chữ ký";
pub(super) const PROBLEMS: &str = "Vấn đề phát hiện";
pub(super) const SIGNATURE_HEADS: [&str; 10] = [
    "Ô ký",
    "Chủ thể ký",
    "Cơ quan cấp chứng thư",
    "Đơn vị quản lý chứng thư",
    "Thời điểm ký hoặc dấu thời gian",
    "Toàn vẹn",
    "Hợp lệ tại thời điểm ký",
    "Thời hạn hiệu lực chứng thư",
    "Số chứng thư (serial)",
    "Kết luận",
];
pub(super) const TECHNIQUE_HEADS: [&str; 4] =
    ["Ô ký", "Thuật toán và mức PAdES", "Phạm vi chữ ký", "SHA-256 của chứng thư người ký"];
pub(super) const PROBLEM_HEADS: [&str; 5] =
    ["Nơi", "Điều phát hiện", "Nguyên nhân có thể có", "Việc cần làm", "Mã"];

pub(super) const CHECK_TITLE: &str = "BIÊN BẢN KIỂM TRA DỮ LIỆU ĐIỂM";
pub(super) const CHECK_DIFFERENCES: &str = "Giá trị khác với kết quả tính theo quy định";
pub(super) const CHECK_GAPS: &str = "Nội dung chưa nhập";
pub(super) const DIFFERENCE_HEADS: [&str; 6] =
    ["STT", "Học sinh", "Môn học", "Ô", "Theo quy định", "Trong dữ liệu"];
pub(super) const GAP_HEADS: [&str; 5] = ["STT", "Học sinh", "Môn học", "Ô còn thiếu", "Người nhập"];
pub(super) const ATTACHED_CHECK: &str = "Toàn bộ kết quả kiểm tra dữ liệu điểm, dạng chuẩn";
pub(super) const CHECK_CLOSING: &str = "Biên bản này do chương trình lập từ chính dữ liệu nêu trên; danh sách đầy đủ \
     được đính kèm trong tệp PDF này với tên kiem-tra.json. Chương trình không sửa dữ liệu.";

pub(super) fn check_heading(title: &str, rows: usize) -> String {
    format!("{title} ({rows})")
}

pub(super) fn check_more(rows: usize) -> String {
    format!("Còn {rows} dòng trong tệp đính kèm kiem-tra.json.")
}

pub(super) fn check_document_title(checked: &str) -> String {
    format!("Biên bản kiểm tra dữ liệu điểm, lập lúc {checked}")
}

/// Names the report by its attachment, so that a loose page can be matched with its file.
pub(super) fn check_id(sha256_of_list: &str) -> String {
    format!("Kiểm tra dữ liệu điểm – {}", sha256_of_list.get(..16).unwrap_or(sha256_of_list))
}

pub(super) fn inspection_opening(time: (u8, u8, u8), date: (i32, u8, u8)) -> String {
    let (hour, minute, _) = time;
    format!(
        "Hồi {hour} giờ {minute:02} phút, {}, đã kiểm tra chữ ký số trên các đối tượng nêu trong biên bản này bằng \
         chương trình niemphong, với kết quả như sau:",
        date_in_words(date)
    )
}

pub(super) fn inspection_conclusion(sentence: &str) -> String {
    format!("Kết luận: {sentence}")
}

pub(super) fn inspection_document_title(checked: &str) -> String {
    format!("Biên bản kiểm tra chữ ký số, lập lúc {checked}")
}

/// Names the record by its attachment, so that a loose page can be matched with its file.
pub(super) fn inspection_id(sha256_of_report: &str) -> String {
    format!("Kiểm tra chữ ký số – {}", sha256_of_report.get(..16).unwrap_or(sha256_of_report))
}

/// `1.234.567`, with the Vietnamese thousands separator.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

pub(super) fn books(number: u64) -> String {
    format!("{} quyển", count(number))
}

pub(super) fn volumes(number: u64) -> String {
    format!("{} học bạ", count(number))
}

pub(super) fn decisions(number: u64) -> String {
    format!("{} quyết định", count(number))
}

pub(super) fn papers(number: u64) -> String {
    format!("{} văn bản", count(number))
}

pub(super) fn files(number: u64) -> String {
    format!("{} tệp", count(number))
}

pub(super) fn bytes(number: u64) -> String {
    format!("{} byte", count(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_take_a_zero_below_day_ten_and_month_three() {
        assert_eq!(place_and_date("Hải Phòng", (2026, 2, 5)), "Hải Phòng, ngày 05 tháng 02 năm 2026");
        assert_eq!(date_in_words((2026, 5, 30)), "ngày 30 tháng 5 năm 2026");
    }

    #[test]
    fn thousands_are_separated_by_full_stops() {
        assert_eq!(count(999), "999");
        assert_eq!(count(12_345_678), "12.345.678");
    }
}
