//! Every kind of file of DOMAIN, section 4, read from a file made here with invented pupils.

use std::collections::BTreeMap;

use crafts::export::{Layouts, Part, Taken, Value, When, Witness, take};
use school::gradebook::Assessment;
use school::report::{Report, ReportKind};

use super::sheets::{Typed, csv, sheet, xlsx};

pub fn parts(bytes: &[u8], file: &str) -> Vec<Part> {
    match take(bytes, file, &Layouts::shipped()) {
        Ok(Taken::Parts(parts)) => parts,
        other => panic!("{file}: {other:?}"),
    }
}

fn part(bytes: &[u8], file: &str, layout: &str) -> Part {
    let mut parts = parts(bytes, file);
    assert_eq!(parts.len(), 1, "{file}");
    assert_eq!(parts[0].layout, layout);
    parts.remove(0)
}

/// What the part says about a pupil, as `field.subject.when.index` with the value as printed.
fn said(part: &Part, name: &str) -> BTreeMap<String, String> {
    let is = |index: u16| part.pupils[usize::from(index)].name == name;
    part.statements
        .iter()
        .filter(|statement| is(statement.pupil))
        .map(|statement| {
            let subject = statement.subject.as_ref().map(|subject| format!(" {subject}")).unwrap_or_default();
            let when = match statement.when {
                Some(When::Hk1) => " hk1",
                Some(When::Hk2) => " hk2",
                Some(When::Year) => " year",
                Some(When::Retest) => " retest",
                None => "",
            };
            (format!("{}{subject}{when} {}", statement.field, statement.index), statement.value.shown())
        })
        .collect()
}

fn expect(part: &Part, name: &str, expected: &[(&str, &str)]) {
    let said = said(part, name);
    for (key, value) in expected {
        assert_eq!(said.get(*key).map(String::as_str), Some(*value), "{key} in {said:#?}");
    }
}

pub fn mau_1() -> Typed<'static> {
    sheet(
        "Bảng điểm",
        "STT|Lớp|Mã định danh Bộ GD&ĐT|Họ và tên|Ngày sinh|ĐĐGtx1|ĐĐGtx2|ĐĐGtx3|ĐĐGtx4|ĐĐGtx5|ĐĐGgk|ĐĐGck|Nhận xét\n\
         #1|6A1|#123456789|Nguyễn Thị Ánh Dương|05/03/2014|#8.5|8,5|#7|||8.0|#9|Chăm chỉ\n\
         #2|6A1|1234567891|Đặng Quốc Bảo|12/11/2014|#6|7||||V|#6.5|\n",
    )
}

#[test]
fn csdl_mau_1_is_read_from_xlsx_and_from_csv_with_either_separator() {
    let name = "6A1_Toán_HK1_2025-2026.xlsx";
    let files =
        [xlsx(&[mau_1()]), csv(&mau_1(), ';', true), csv(&mau_1(), ',', false), csv(&mau_1(), ';', false)];
    for bytes in files {
        let part = part(&bytes, name, "csdl-mau-1");
        assert_eq!((part.year.to_string(), part.class.as_str()), ("2025-2026".into(), "6A1"));
        assert_eq!(
            part.pupils[0].moet_id.as_deref(),
            Some("0123456789"),
            "the zero that a number lost is back"
        );
        assert_eq!(part.subjects[0].id.as_str(), "TOAN");
        expect(
            &part,
            "Nguyễn Thị Ánh Dương",
            &[
                ("tx TOAN hk1 0", "8,5"),
                ("tx TOAN hk1 1", "8,5"),
                ("tx TOAN hk1 2", "7,0"),
                ("gk TOAN hk1 0", "8,0"),
                ("ck TOAN hk1 0", "9,0"),
                ("subject-remark TOAN hk1 0", "Chăm chỉ"),
            ],
        );
        expect(&part, "Đặng Quốc Bảo", &[("gk TOAN hk1 0", "V"), ("ck TOAN hk1 0", "6,5")]);
    }
}

#[test]
fn csdl_mau_2_has_its_regular_marks_in_one_cell() {
    let typed = sheet(
        "Sheet1",
        "Bảng điểm môn Ngữ văn - Lớp 6A1 - Học kỳ II - Năm học 2025-2026\n\n\
         STT|Mã định danh Bộ GD&ĐT|Họ và tên|Ngày sinh|ĐĐGtx|ĐĐGgk|ĐĐGck|ĐTBmhk|Mã nhận xét|Nội dung nhận xét\n\
         1|1234567890|Nguyễn Thị Ánh Dương|2014-03-05|8 7,5  9|#8|#8.5|=ROUND(1,1)~8.3|NX01|Đọc tốt\n",
    );
    let part = part(&xlsx(&[typed]), "mau-2-bang-diem-6A1.xlsx", "csdl-mau-2");
    expect(
        &part,
        "Nguyễn Thị Ánh Dương",
        &[
            ("tx VAN hk2 1", "7,5"),
            ("tx VAN hk2 2", "9,0"),
            ("result VAN hk2 0", "8,3"),
            ("subject-remark VAN year 0", "Đọc tốt"),
        ],
    );
}

#[test]
fn csdl_remarks_hold_levels_or_averages() {
    let levels = sheet(
        "GDTC_6A1_HK1",
        "STT|Mã định danh Bộ GD&ĐT|Họ và tên|Ngày sinh|Đánh giá|Nội dung nhận xét\n\
         1|1234567890|Nguyễn Thị Ánh Dương|05/03/2014|Đạt|Nhanh nhẹn\n2|1234567891|Đặng Quốc Bảo|12/11/2014|Chưa đạt|Cần luyện thêm\n\
         3|1234567892|Bùi Hoàng Khánh Chi|01/01/2014|Miễn|\n",
    );
    let part = part(&xlsx(&[levels]), "mau-nhan-xet_6A1_2025-2026.xlsx", "csdl-nhan-xet");
    assert_eq!(part.subjects[0].assessment, Some(Assessment::Levels));
    expect(&part, "Nguyễn Thị Ánh Dương", &[("result GDTC hk1 0", "Đ")]);
    expect(&part, "Đặng Quốc Bảo", &[("result GDTC hk1 0", "CĐ")]);
    assert!(part.statements.iter().any(|statement| statement.value == Value::Exempt));
}

pub fn class_list() -> Typed<'static> {
    sheet(
        "DSHS",
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO HẢI PHÒNG\nDANH SÁCH HỌC SINH LỚP 12.6\n\n\
         STT|Mã định danh Bộ GD&ĐT|Họ tên|Ngày sinh|Giới tính|Dân tộc|Trạng thái|SĐT|Lớp học|Khối học|Số định danh cá nhân\n\
         #1|#1234567890|Nguyễn Thị Ánh Dương|05/03/2008|Nữ|Kinh|Đang học|0912|12.6|Khối 12|031308001234\n\
         #2|#1234567891|Đặng Quốc Bảo|12/11/2008|Nam|Kinh|Đang học||12.6|Khối 12|\n",
    )
}

#[test]
fn the_class_list_of_csdl_has_a_class_with_a_dot() {
    let part = part(&xlsx(&[class_list()]), "Danh sach_2025-2026.xlsx", "csdl-danh-sach-lop");
    assert_eq!(part.class.as_str(), "12-6");
    assert_eq!(part.pupils.len(), 2);
    expect(
        &part,
        "Nguyễn Thị Ánh Dương",
        &[("gender 0", "nu"), ("ethnicity 0", "Kinh"), ("national-id 0", "031308001234")],
    );
}

#[test]
fn the_list_of_a_whole_school_becomes_one_part_for_each_class() {
    let typed = sheet(
        "Sheet1",
        "PHÒNG GD&ĐT HOA PHƯỢNG\nTRƯỜNG THCS HOA PHƯỢNG\nDANH SÁCH HỌC SINH\n\nNăm học 2025-2026\n\n\
         STT|Lớp học|Mã học sinh|Mã MOET|Mã VEMIS|Sổ đăng bộ|Sổ định danh cá nhân|Họ tên|Ngày sinh|Giới tính|Chỗ ở hiện nay|Hộ khẩu thường trú|Nơi sinh|Tên cha|Nghề nghiệp cha\n\
         1|6A1|HP6001|1234567890||12/2025|031314000001|Nguyễn Thị Ánh Dương|05/03/2014|Nữ|Hoa Phượng||Hải Phòng|Nguyễn Văn Bình|Thợ điện\n\
         2|6A2|HP6101|1234567899||13/2025||Trần Minh Khôi|06/03/2014|Nam|||||\n",
    );
    let parts = parts(&xlsx(&[typed]), "ds.xlsx");
    assert_eq!(parts.iter().map(|part| part.class.as_str()).collect::<Vec<_>>(), ["6A1", "6A2"]);
    expect(
        &parts[0],
        "Nguyễn Thị Ánh Dương",
        &[("father.name 0", "Nguyễn Văn Bình"), ("register-number 0", "12/2025")],
    );
}

pub fn teachers_book(warning: bool) -> Vec<u8> {
    let warning = if warning {
        "Nhà trường chưa Hoàn thành tổng kết, kết quả có thể sẽ không được chính xác và đầy đủ."
    } else {
        ""
    };
    let cover = sheet(
        "Bia",
        "\nTRƯỜNG: THCS Hoa Phượng\n\nSỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH\n|||Môn học: |||||Toán\nNĂM HỌC 2025-2026\n",
    );
    let scores = sheet(
        "Toán_6A1_HKI",
        &format!(
            "{warning}\nLỚP: 6A1|||Môn: Toán||||||HKI\nSố TT|Mã học sinh|Họ và tên học sinh|Ngày sinh|ĐĐGtx||||ĐĐG\\ngk|ĐĐG\\nck|ĐTB\\nmhk\n\
             #1|HP6001|Nguyễn Thị Ánh Dương|05/03/2014|#8|#8.5|#9||#8|#9|#8.6\n#2|HP6002|Đặng Quốc Bảo|12/11/2014|#6|#7|||#6|#6.5|#6.4\n\
             Số học sinh đạt \\n( Số học sinh - tỷ lệ %)|||- Đạt||SL: 2|||TL: 100%\n|||- Chưa đạt||SL: 0|||TL: 0%\n"
        ),
    )
    .merged(&[(2, 4, 2, 7), (5, 0, 6, 2)]);
    xlsx(&[cover, sheet("Huong Dan", "HƯỚNG DẪN\n1. Sổ theo dõi"), sheet("Bia Lot", "x"), scores])
}

#[test]
fn the_teachers_book_is_read_below_its_covers_and_above_its_footer() {
    let part =
        part(&teachers_book(false), "SO_DIEM_BO_MON__NguyenVanA_HKI_2025-2026.xlsx", "so-cua-giao-vien");
    assert_eq!((part.witness, part.is_final, part.pupils.len()), (Witness::TeacherBook, true, 2));
    expect(
        &part,
        "Nguyễn Thị Ánh Dương",
        &[("tx TOAN hk1 2", "9,0"), ("gk TOAN hk1 0", "8,0"), ("result TOAN hk1 0", "8,6")],
    );
    assert_eq!(part.statements.iter().filter(|statement| statement.field == "tx").count(), 5);
}

#[test]
fn the_red_row_of_a_school_that_has_not_closed_marks_the_part_as_not_final() {
    let part =
        part(&teachers_book(true), "SO_DIEM_BO_MON__NguyenVanA_HKI_2025-2026.xlsx", "so-cua-giao-vien");
    assert!(!part.is_final);
}

#[test]
fn vnedu_templates_have_two_header_rows_or_a_year() {
    let term = sheet(
        "Sheet1",
        "Môn Toán Lớp 6A1\n\nLoại điểm: Cuối học kỳ 1\n\nSTT|Mã học sinh|Họ và tên|Thường xuyên|||Giữa kì|Cuối kì\n\
         |||Lần 1|Lần 2|Lần 3||\n1|HP6001|Nguyễn Thị Ánh Dương|8|8,5|9|8|9\n",
    );
    let merged = [(4, 0, 5, 0), (4, 1, 5, 1), (4, 2, 5, 2), (4, 3, 4, 5), (4, 6, 5, 6), (4, 7, 5, 7)];
    let plain = xlsx(std::slice::from_ref(&term));
    for bytes in [plain, csv(&term, ',', true), xlsx(&[term.merged(&merged)])] {
        let part = part(&bytes, "Toan 6A1 2025-2026.xls", "vnedu-hoc-ky");
        expect(
            &part,
            "Nguyễn Thị Ánh Dương",
            &[("tx TOAN hk1 2", "9,0"), ("gk TOAN hk1 0", "8,0"), ("ck TOAN hk1 0", "9,0")],
        );
    }
    let year = sheet(
        "Sheet1",
        "Môn Vật lí Lớp 10A1\n\nLoại điểm: Cả năm\n\nSTT|Họ và tên|Điểm học kì 1|Điểm học kì 2|Điểm cả năm|Nhận xét sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu\n\
         1|Nguyễn Thị Ánh Dương|8,6|8|8,2|Tiến bộ\n",
    );
    let part = part(&xlsx(&[year]), "x_2025-2026.xlsx", "vnedu-ca-nam");
    expect(
        &part,
        "Nguyễn Thị Ánh Dương",
        &[("result LI hk1 0", "8,6"), ("result LI hk2 0", "8,0"), ("result LI year 0", "8,2")],
    );
}

const CONDUCT_XLS: &[u8] = include_bytes!("../../../../tests/fixtures/spreadsheets/vnedu-ne-nep.xls");
const CONDUCT: &str =
    "Bao_cao_ne_nep_chi_tiet_hs_tu_ngay_2025-9-8__den_2025-9-14_lop_Tat_ca_khoi_12_2025_2026.xls";

fn conduct() -> Typed<'static> {
    sheet(
        "hs_chi_tiet",
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO HẢI PHÒNG|||||CỘNG HÒA XÃ HỒI CHỦ NGHĨA VIỆT NAM\nTRƯỜNG THPT HOA SEN|||||Độc lập - Tự do - Hạnh phúc\n\n\
         BÁO CÁO NỀ NẾP CHI TIẾT HỌC SINH\n\n\n\n\
         STT|Mã học sinh|Họ và tên|Lớp|Hình thức|Ghi chú|Ngày||Tổng|Điểm Thi đua\n\
         #1|#1234567890|Nguyễn Thị Ánh Dương|12A1|Đi học muộn||08/09/2025||#2|#-4\n\
         ||||Không đồng phục|Quên phù hiệu|10/09/2025|||\n\
         #2|#1234567891|Đặng Quốc Bảo|12A2|Việc tốt|Trả lại của rơi|09/09/2025||=SUM(1)~1|#5\n",
    )
}

#[test]
fn the_weekly_report_of_conduct_is_told_as_a_report_without_marks() {
    let merged = [(7, 6, 7, 7), (8, 0, 9, 0), (8, 1, 9, 1), (8, 2, 9, 2), (8, 3, 9, 3), (8, 8, 9, 8)];
    let expected =
        Taken::Report(Report { kind: ReportKind::Conduct, year: "2025-2026".parse().expect("a year") });
    for bytes in [
        CONDUCT_XLS.to_vec(),
        xlsx(&[conduct()]),
        xlsx(&[conduct().merged(&merged)]),
        csv(&conduct(), ',', true),
    ] {
        assert_eq!(take(&bytes, CONDUCT, &Layouts::shipped()).as_ref(), Ok(&expected));
    }
    let refused = |bytes: &[u8], file: &str| {
        let problems = take(bytes, file, &Layouts::shipped()).expect_err("refused");
        problems.into_iter().map(|one| (one.code, one.path, one.found)).collect::<Vec<_>>()
    };
    let nameless = [("sheet.fact_missing".to_owned(), String::new(), "{year}".to_owned())];
    assert_eq!(refused(CONDUCT_XLS, "output.xls"), nameless);
    let mut another_year = conduct();
    another_year.rows[4] = vec!["Năm học: 2024-2025".into()];
    assert_eq!(
        refused(&xlsx(&[another_year]), CONDUCT)[0],
        ("sheet.fact_contradicts".to_owned(), String::new(), "2024-2025 / 2025-2026".to_owned())
    );
    // A report with a column of marks would be kept as one without.
    let mut marks = conduct();
    marks.rows[7].push("ĐĐGgk".into());
    marks.rows[8].push("#8".into());
    let (code, path, found) = refused(&xlsx(&[marks]), CONDUCT).remove(0);
    assert_eq!(
        (code.as_str(), path.as_str(), found.as_str()),
        ("sheet.unknown_column", "'hs_chi_tiet'!K8", "ĐĐGgk")
    );
}

/// DOMAIN, section 4, rows E9 to E11: what else schools have lying about is no export of a class, and is told so.
#[test]
fn pages_lists_of_partners_and_answers_of_a_portal_are_refused_by_what_they_are() {
    let partners = "\u{FEFF}id,maTruongHoc,tenTruongHoc,maDonVi,tenDonVi,maDoiTac,tenDoiTac,ngayCapNhat\n\
                    1,31000001,THCS Hoa Phượng,31,Hải Phòng,9,Đối tác A,2025-09-01\n";
    let portal = r#"{"success":true,"data":[{"mon":"Toán","diem":["8","9"]}]}"#;
    let desktop = "<!DOCTYPE html>\n<html><body><div class=\"x-grid\">Sổ điểm</div></body></html>";
    for (file, bytes, code) in [
        ("doi-tac_2025-2026.csv", partners, "sheet.no_layout"),
        ("diem_2025-2026.json", portal, "export.missing"),
        ("so_diem_2025-2026.html", desktop, "sheet.other_kind"),
    ] {
        let problems = take(bytes.as_bytes(), file, &Layouts::shipped()).expect_err(file);
        assert!(problems.iter().any(|problem| problem.code == code), "{file}: {problems:?}");
    }
}

/// The class book as a public generator of the form arranges it, 12 sheets.
pub fn class_book() -> Vec<u8> {
    let subject = |name: &str, rows: &str, header: &str| format!("HỌC KÌ II\nMôn {name}\n{header}{rows}\n\n");
    let marks = "Số TT|Họ và tên|ĐĐGtx||||ĐĐG\\ngk|ĐĐG\\nck|ĐTB\\nmhkII|ĐTB\\nmcn|Đánh giá lại|Ghi chú\n\n";
    let mathematics = subject(
        "Toán",
        "1|Nguyễn Thị Ánh Dương|#8|8,5|#9||#8|#9|#8.6|#8.5||\n2|Đặng Quốc Bảo|#6|#7|||#6|#6.5|#6.4|#6.2||chuyển đến",
        marks,
    );
    let literature = subject(
        "Ngữ văn",
        "1|Nguyễn Thị Ánh Dương|#7|7,5|#8||#7|#8|#7.6|#7.5||\n2|Đặng Quốc Bảo|#6|#5|||#5|#4.5|#4.9|#4.8|#6|",
        marks,
    );
    let scores = Typed {
        name: "Diem_HKII_MonTinhDiem",
        rows: super::sheets::rows(&(mathematics + &literature)),
        merges: Vec::new(),
    };
    let block = |top: u32| {
        [
            (top, 2, top, 5),
            (top, 6, top + 1, 6),
            (top, 7, top + 1, 7),
            (top, 0, top + 1, 0),
            (top, 1, top + 1, 1),
        ]
    };
    let scores = scores.merged(&block(2)).merged(&block(10));
    let levels = sheet(
        "Diem_HKII_MonNX",
        "HỌC KÌ II\nMôn Giáo dục thể chất\nSố \\nTT|Họ và tên|Mức đánh giá\\nĐạt (Đ), Chưa đạt (CĐ)||||||||Mức đánh giá lại |Ghi chú\n\
         ||Thường xuyên||||Giữa kì|Cuối kì|Học\\n kì|Cả năm\n1|Nguyễn Thị Ánh Dương|Đ|Đ|||Đ|Đ|Đ|Đ||\n2|Đặng Quốc Bảo|Đ|CĐ|||Đ|CĐ|CĐ|CĐ|Đ|\n",
    )
    .merged(&[(2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 9), (2, 10, 3, 10), (2, 11, 3, 11)]);
    let attendance = sheet(
        "Diem_Danh_HK2",
        "Tháng 1 năm 2026||||||Tổng số học sinh của lớp 6A1: 2\nSố \\nTT|Ngày\\n\\nHọ và tên                Thứ|#1|#2|#3|#4|Tổng số \\nbuổi nghỉ|TS |P|K\n\
         ||CN|2|3|4\n1|Nguyễn Thị Ánh Dương||P|||#1|#1|#1|#0\n2|Đặng Quốc Bảo|||K|K|#2|#2|#0|#2\n",
    )
    .merged(&[(1, 0, 2, 0), (1, 1, 2, 1), (1, 6, 2, 6), (1, 7, 2, 7), (1, 8, 2, 8), (1, 9, 2, 9)]);
    let summary =
        "|Môn học đánh giá bằng\\n nhận xét|Môn học đánh giá bằng nhận xét kết hợp đánh giá bằng điểm số|";
    let merged = [(1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 1, 4), (1, 5, 2, 5), (1, 6, 2, 6)];
    xlsx(&[
        sheet("Bia", "\n||TRƯỜNG: THCS Hoa Phượng\n||Tỉnh/Thành phố: Hải Phòng\nSỔ GỌI TÊN VÀ GHI ĐIỂM\n||||Lớp: 6A1\n||||Giáo viên chủ nhiệm: Trịnh Thị Thu Hường\nNĂM HỌC 2025-2026\n"),
        sheet("Huong_Dan", "HƯỚNG DẪN SỬ DỤNG\n5. Khi sửa chữa dùng bút đỏ\n"),
        sheet("Bia lot", "||Lớp: 6A1||Sĩ số: 2\n||Ngữ văn:\nNĂM HỌC 2025-2026\n"),
        sheet(
            "So_Yeu_Ly_Lich",
            "||||||SƠ YẾU LÝ LỊCH|||HỌC SINH\nSố \\nTT|Họ và tên học sinh|Ngày, tháng, năm sinh|Nơi sinh|Nam\\n nữ|Dân tộc|Đối tượng\\n ưu tiên|Địa chỉ gia đình||Số \\nTT|Họ và tên cha, nghề nghiệp, \\nđiện thoại, email\\n(hoặc người giám hộ)|Họ và tên mẹ, nghề nghiệp, \\nđiện thoại, email\\n(hoặc người giám hộ)|Những thay đổi cần chú ý trong năm học\\n(gia đình, sức khỏe, nơi ở…)\n\
             1|Nguyễn Thị Ánh Dương|05/03/2014|Hải Phòng|Nữ|Kinh||12 phố Hoa Phượng||1|Nguyễn Văn Bình - Thợ điện - 0912000001|Trần Thị Cúc - Giáo viên - 0912000002|\n\
             2|Đặng Quốc Bảo|12/11/2014|Hải Phòng|Nam|Kinh||||2|Đặng Văn Cường - Nông dân - |Lê Thị Dung -  - |Chuyển nhà tháng 10\n",
        ),
        attendance,
        sheet("BiaPhanGhiDiem_HKII", "PHẦN II\nGHI ĐIỂM HỌC KỲ II\nLớp: 6A1\n"),
        levels,
        scores,
        sheet("DiemTongKet_HKII", &format!("TỔNG HỢP HỌC KỲ II\nSố \\nTT|Họ và tên{summary}|Kết quả học tập|Kết quả rèn luyện\n||Giáo dục thể chất|Ngữ văn|Toán\n1|Nguyễn Thị Ánh Dương|Đ|#7.6|#8.6|Tốt|Tốt\n2|Đặng Quốc Bảo|CĐ|#4.9|#6.4|Đạt|Khá\n"))
            .merged(&merged),
        sheet("TongHopCaNam", &format!("TỔNG HỢP CẢ NĂM HỌC\nSố \\nTT|Họ và tên{summary}\n||Giáo dục thể chất|Ngữ văn|Toán\n1|Nguyễn Thị Ánh Dương|Đ|#7.5|#8.5\n2|Đặng Quốc Bảo|CĐ|#4.8|#6.2\n")).merged(&merged[..3]),
        sheet(
            "DanhGiaXepLoai",
            "XẾP LOẠI CẢ NĂM HỌC\nSố \\nTT|Họ và tên|Mức đánh giá||Mức đánh giá sau khi rèn luyện trong kì nghỉ hè; kiểm tra, đánh giá lại||Tổng số buổi nghỉ học|Được lên lớp|Không được lên lớp|Khen thưởng|Tổng hợp chung\n\
             ||Kết quả rèn luyện|Kết quả học tập|Kết quả rèn luyện|Kết quả học tập\n1|Nguyễn Thị Ánh Dương|Tốt|Tốt|||#1|x||Học sinh Giỏi|Tổng số học sinh: 2\n2|Đặng Quốc Bảo|Khá|Chưa đạt||Đạt|#2|x|||Được lên lớp: 2\n",
        )
        .merged(&[(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 2, 6), (1, 7, 2, 7), (1, 8, 2, 8), (1, 9, 2, 9), (1, 10, 2, 10)]),
        sheet("NhanXetCuaHT", "NHẬN XÉT CỦA HIỆU TRƯỞNG VỀ SỬ DỤNG SỔ\nTháng|Nhận xét|Ký tên, đóng dấu\n9|Ghi đầy đủ|\n10||\n1|Vào điểm đúng tiến độ|\n"),
    ])
}

#[test]
fn the_class_book_of_twelve_sheets_is_read_whole() {
    let part = part(&class_book(), "SO_GOI_TEN_GHI_DIEM_6A1_2025-2026_HKII.xlsx", "so-theo-lop-hoc");
    assert_eq!(
        part.head_remarks,
        [("2025-09".into(), "Ghi đầy đủ".into()), ("2026-01".into(), "Vào điểm đúng tiến độ".into())]
    );
    expect(
        &part,
        "Nguyễn Thị Ánh Dương",
        &[
            ("tx TOAN hk2 1", "8,5"),
            ("result TOAN hk2 0", "8,6"),
            ("result TOAN year 0", "8,5"),
            ("result VAN year 0", "7,5"),
            ("tx GDTC hk2 1", "Đ"),
            ("result GDTC year 0", "Đ"),
            ("study hk2 0", "tot"),
            ("conduct year 0", "tot"),
            ("day 20260102", "p"),
            ("father 0", "Nguyễn Văn Bình - Thợ điện - 0912000001"),
            ("absence.total 0", "1"),
            ("promoted 0", "x"),
            ("awards 0", "Học sinh Giỏi"),
            ("gender 0", "nu"),
            ("birthplace 0", "Hải Phòng"),
        ],
    );
    expect(
        &part,
        "Đặng Quốc Bảo",
        &[
            ("result VAN retest 0", "6,0"),
            ("result GDTC retest 0", "Đ"),
            ("study retest 0", "dat"),
            ("day 20260104", "k"),
            ("notes 0", "Chuyển nhà tháng 10"),
        ],
    );
}

#[test]
fn a_layout_from_a_text_reads_a_file_that_no_shipped_layout_knows() {
    let typed = sheet(
        "Trang 1",
        "Trường THPT Hoa Sen|Lớp 10A2|2025-2026\nMã|Tên|Nhật kỳ I\nHS1|Nguyễn Thị Ánh Dương|8,5\n",
    );
    let bytes = xlsx(&[typed]);
    let refused = take(&bytes, "a.xlsx", &Layouts::shipped()).expect_err("no layout knows it");
    assert_eq!(refused[0].code, "sheet.no_layout");
    let mut layouts = Layouts::shipped();
    layouts
        .add(
            r#"
format = "niemphong-layout/1"
id = "hoa-sen"
name = "THPT Hoa Sen"
source = "this test"
[[anchor]]
in = "cell"
patterns = ["Lớp {class}", "{year}"]
[[sheet]]
names = ["Trang*"]
[[sheet.column]]
field = "pupil-id"
headers = ["Mã"]
required = true
[[sheet.column]]
field = "name"
headers = ["Tên"]
[[sheet.column]]
field = "result"
headers = ["Nhật kỳ {term}"]
when = "hk1"
subject = "Tiếng Nhật"
required = true
"#,
        )
        .expect("a layout");
    let Ok(Taken::Parts(parts)) = take(&bytes, "a.xlsx", &layouts) else { panic!("read") };
    assert_eq!(parts[0].class.as_str(), "10A2");
    assert_eq!((parts[0].subjects[0].id.as_str(), parts[0].subjects[0].assessment), ("TIENG-NHAT", None));
    expect(&parts[0], "Nguyễn Thị Ánh Dương", &[("result TIENG-NHAT hk1 0", "8,5")]);
}
