//! What a listed file is called, on page and paper alike.

use school::dossier::{DocumentKind, DossierKey, Owner, Period};

use super::What;

/// Above the older versions that are corrected.
pub const CORRECTED: &str = "Hồ sơ đã được sửa chữa";
/// What that means.
pub const CORRECTED_STAYS: &str = "Bản sửa thay cho bản cũ; bản cũ vẫn được lưu, không bị xóa hay ghi đè.";

impl What {
    /// As people call it: `Học bạ – cả năm học`.
    pub fn title(&self) -> String {
        match self {
            Self::Dossier(id) => match DossierKey::from_id(id.as_str()) {
                Ok(key) => format!("{}{} – {}", kind(key.kind()), which(&key), period(key.period)),
                Err(_) => id.to_string(),
            },
            Self::SealingRecord => "Biên bản niêm phong gói".into(),
            Self::Register => "Sổ theo dõi lưu trữ (dữ liệu)".into(),
            Self::Act => "Văn kiện (ủy quyền, ký thay, đổi chứng thư)".into(),
            Self::Staff => "Danh sách nhân sự, kế hoạch ký".into(),
        }
    }

    /// Which version of its document it is, when an earlier one was corrected by it.
    pub fn correction(&self) -> Option<String> {
        let Self::Dossier(id) = self else { return None };
        let version = DossierKey::from_id(id.as_str()).ok()?.version;
        (version > 1).then(|| format!("Bản sửa, phiên bản {version}"))
    }
}

/// What tells documents of one kind in one class or school apart.
fn which(key: &DossierKey) -> String {
    match key.owner() {
        Owner::Book(book) => match book.teacher {
            Some(teacher) => format!(", môn {}, quyển {teacher}", book.subject),
            None => format!(", môn {}", book.subject),
        },
        Owner::Number(number) => format!(" số {number}"),
        Owner::Class(_) | Owner::Pupil(_) => String::new(),
    }
}

const fn kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::SoDiem => "Sổ theo dõi và đánh giá học sinh",
        DocumentKind::HocBa => "Học bạ",
        DocumentKind::QuyetDinhKhoa => "Quyết định khóa sổ",
        DocumentKind::QuyetDinhMo => "Quyết định mở sổ",
        DocumentKind::BienBanNiemPhong => "Biên bản niêm phong",
        DocumentKind::SoDiemGv => "Sổ theo dõi và đánh giá của giáo viên",
        DocumentKind::BangTongHop => "Bảng tổng hợp kết quả",
        DocumentKind::DanhSachXetDuyet => "Danh sách xét duyệt",
        DocumentKind::SoDangBo => "Sổ đăng bộ",
        DocumentKind::PhieuDeNghiSua => "Phiếu đề nghị sửa",
        DocumentKind::BienBanSuaChua => "Biên bản sửa chữa",
        DocumentKind::TongHopSuaChua => "Bảng tổng hợp sửa chữa",
    }
}

fn period(period: Period) -> String {
    match period {
        Period::FirstTerm => "học kì I".into(),
        Period::FullYear => "cả năm học".into(),
        Period::AfterSummer => "sau kì nghỉ hè".into(),
        Period::Snapshot(n) => format!("thời điểm ghi điểm {n}"),
    }
}
