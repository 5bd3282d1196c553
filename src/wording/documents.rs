//! What documents are called: by their kind, and by the class, pupil or subject that they are about.

use school::dossier::{DocumentKind, DossierId, DossierKey, Owner, Period};

use super::period;

/// A kind of document in words.
pub const fn kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::SoDiem => "Sổ điểm lớp",
        DocumentKind::HocBa => "Học bạ",
        DocumentKind::QuyetDinhKhoa => "Quyết định khóa sổ",
        DocumentKind::QuyetDinhMo => "Quyết định mở sổ",
        DocumentKind::BienBanNiemPhong => "Biên bản niêm phong",
        DocumentKind::SoDiemGv => "Sổ điểm giáo viên",
        DocumentKind::BangTongHop => "Bảng tổng hợp",
        DocumentKind::DanhSachXetDuyet => "Danh sách xét duyệt",
        DocumentKind::SoDangBo => "Sổ đăng bộ",
        DocumentKind::PhieuDeNghiSua => "Phiếu đề nghị sửa",
        DocumentKind::BienBanSuaChua => "Biên bản sửa chữa",
        DocumentKind::TongHopSuaChua => "Tổng hợp sửa chữa",
    }
}

/// The same in English.
pub const fn kind_en(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::SoDiem => "Class gradebook",
        DocumentKind::HocBa => "Transcript",
        DocumentKind::QuyetDinhKhoa => "Decision to lock",
        DocumentKind::QuyetDinhMo => "Decision to open",
        DocumentKind::BienBanNiemPhong => "Sealing record",
        DocumentKind::SoDiemGv => "Teacher's gradebook",
        DocumentKind::BangTongHop => "Summary table",
        DocumentKind::DanhSachXetDuyet => "List for approval",
        DocumentKind::SoDangBo => "Register of pupils",
        DocumentKind::PhieuDeNghiSua => "Request to correct",
        DocumentKind::BienBanSuaChua => "Record of corrections",
        DocumentKind::TongHopSuaChua => "Summary of corrections",
    }
}

/// What a document is called in a list: with its period, where that is not the whole year.
pub fn named(key: &DossierKey, of: Option<&str>) -> String {
    match key.period {
        Period::FullYear => called(key, of),
        other => format!("{}, {}", called(key, of), period(other).vi),
    }
}

/// The same by its id, which is no word for people.
pub fn named_by(id: &DossierId) -> String {
    DossierKey::from_id(id.as_str()).map_or_else(|_| id.to_string(), |key| named(&key, None))
}

/// What a document is called, and where its pupil or subject is known by name, by that: `Học bạ HS0001`,
/// `Sổ điểm lớp 6A1`.
pub fn called(key: &DossierKey, of: Option<&str>) -> String {
    let of = match key.owner() {
        Owner::Pupil(id) => of.map_or_else(|| id.to_string(), |name| format!("{name} ({id})")),
        Owner::Class(class) => class.to_string(),
        Owner::Book(book) => {
            let own = book.teacher.map(|number| format!(", quyển {number}")).unwrap_or_default();
            format!("{} {}{own}", book.class, of.unwrap_or(book.subject.as_str()))
        }
        Owner::Number(number) => number.to_string(),
    };
    let version = if key.version > 1 { format!(", bản {}", key.version) } else { String::new() };
    format!("{} {of}{version}", kind(key.kind()))
}
