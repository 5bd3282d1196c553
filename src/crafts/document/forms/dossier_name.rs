//! What one paper calls another: in words, with the id that stands at the foot of its pages.

use school::dossier::{DossierId, DossierKey, DossierOf};
use school::gradebook::Subject;

/// `Sổ theo dõi và đánh giá học sinh lớp 6A1 (2025-2026_ca-nam_so-diem_6A1)`; subjects by their names in `subjects`.
pub(super) fn dossier_name(id: &DossierId, subjects: &[Subject]) -> String {
    let Ok(key) = DossierKey::from_id(id.as_str()) else { return id.to_string() };
    let of = match &key.of {
        DossierOf::SoDiem(class) => format!("Sổ theo dõi và đánh giá học sinh lớp {class}"),
        DossierOf::SoDiemGv(book) => {
            let named = subjects.iter().find(|subject| subject.id == book.subject);
            let subject = named.map_or_else(|| book.subject.to_string(), |subject| subject.name.clone());
            format!("Sổ theo dõi và đánh giá của giáo viên, môn {subject} lớp {}", book.class)
        }
        DossierOf::HocBa(pupil) => format!("Học bạ của học sinh {pupil}"),
        DossierOf::BangTongHop(class) => format!("Bảng tổng hợp kết quả đánh giá giáo dục lớp {class}"),
        DossierOf::DanhSachXetDuyet(class) => format!("Danh sách xét duyệt lớp {class}"),
        DossierOf::SoDangBo(class) => format!("Sổ đăng bộ lớp {class}"),
        DossierOf::QuyetDinhKhoa(number) => format!("Quyết định khóa sổ số {number}"),
        DossierOf::QuyetDinhMo(number) => format!("Quyết định mở sổ số {number}"),
        DossierOf::BienBanNiemPhong(number) => format!("Biên bản niêm phong số {number}"),
        DossierOf::PhieuDeNghiSua(number) => format!("Phiếu đề nghị sửa số {number}"),
        DossierOf::BienBanSuaChua(number) => format!("Biên bản sửa chữa số {number}"),
        DossierOf::TongHopSuaChua(number) => format!("Bảng tổng hợp sửa chữa số {number}"),
    };
    format!("{of} ({id})")
}

/// A paper of a correction within a sentence.
pub(super) fn numbered(id: &DossierId) -> String {
    match DossierKey::from_id(id.as_str()).map(|key| key.of) {
        Ok(DossierOf::PhieuDeNghiSua(number)) => format!("phiếu đề nghị sửa số {number}"),
        Ok(DossierOf::BienBanSuaChua(number)) => format!("biên bản sửa chữa số {number}"),
        _ => format!("hồ sơ {id}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_called_by_its_kind_and_its_class_before_its_id() {
        let of = |id: &str| dossier_name(&id.parse().expect("an id"), &[]);
        assert_eq!(
            of("2025-2026_HK1_so-diem_6A1"),
            "Sổ theo dõi và đánh giá học sinh lớp 6A1 (2025-2026_HK1_so-diem_6A1)"
        );
        assert!(of("2025-2026_ca-nam_hoc-ba_HS0001_v2").starts_with("Học bạ của học sinh HS0001 ("));
        let request = "2025-2026_ca-nam_phieu-de-nghi-sua_0001".parse().expect("an id");
        assert_eq!(numbered(&request), "phiếu đề nghị sửa số 0001");
    }
}
