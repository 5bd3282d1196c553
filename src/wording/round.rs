//! The message that calls a person to sign, to be copied into whatever the school writes with: no marks, no
//! name of a pupil, nothing that a stranger could use.

use school::dossier::DocumentKind;

use crate::lifecycle::round::Remaining;

/// What people call a kind of document.
const fn kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::SoDiem => "sổ điểm lớp",
        DocumentKind::HocBa => "học bạ",
        DocumentKind::QuyetDinhKhoa => "quyết định khóa sổ",
        DocumentKind::QuyetDinhMo => "quyết định mở sổ",
        DocumentKind::BienBanNiemPhong => "biên bản niêm phong",
        DocumentKind::SoDiemGv => "sổ điểm giáo viên",
        DocumentKind::BangTongHop => "bảng tổng hợp",
        DocumentKind::DanhSachXetDuyet => "danh sách xét duyệt",
        DocumentKind::SoDangBo => "sổ đăng bộ",
        DocumentKind::PhieuDeNghiSua => "phiếu đề nghị sửa",
        DocumentKind::BienBanSuaChua => "biên bản sửa chữa",
        DocumentKind::TongHopSuaChua => "bảng tổng hợp sửa chữa",
    }
}

/// The message to somebody for whom everything of this visit is ready.
pub fn ready_message(name: &str, remaining: &Remaining) -> String {
    let parts = remaining.ready.iter().map(|(of, count)| format!("{count} {}", kind(*of)));
    let later = match remaining.later {
        0 => "Sau lần này thầy/cô không còn hồ sơ nào trong đợt.".to_owned(),
        later => format!("Còn {later} hồ sơ chờ người khác ký trước; nhà trường sẽ mời sau."),
    };
    format!(
        "Kính gửi thầy/cô {name}: {} hồ sơ đã sẵn sàng để ký ({}). \
         Xin mời thầy/cô mang USB token đến văn phòng, chỉ cần nhập mã PIN một lần. {later}",
        remaining.ready(),
        parts.collect::<Vec<_>>().join(", "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_says_how_many_of_what_and_whether_there_is_more() {
        let mut remaining = Remaining::default();
        remaining.ready.insert(DocumentKind::HocBa, 45);
        remaining.ready.insert(DocumentKind::SoDiem, 1);
        let message = ready_message("Vũ Ngọc Diễm Hằng", &remaining);
        assert!(message.starts_with("Kính gửi thầy/cô Vũ Ngọc Diễm Hằng: 46 hồ sơ đã sẵn sàng"), "{message}");
        assert!(message.contains("(1 sổ điểm lớp, 45 học bạ)") && message.contains("không còn"), "{message}");
        remaining.later = 3;
        assert!(ready_message("Vũ Ngọc Diễm Hằng", &remaining).contains("Còn 3 hồ sơ"));
    }
}
