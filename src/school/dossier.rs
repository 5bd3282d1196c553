//! What names a document of the school: year, whose it is, kind and period (DESIGN, section 2).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::identifier::{ClassName, DecisionNumber, NotAnIdentifier, PupilId, SchoolYear, SubjectId};

/// The part of the school year that an export and its documents cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// First term, `HK1`.
    FirstTerm,
    /// The whole year, `ca-nam`.
    FullYear,
    /// After the summer re-tests, `sau-he`.
    AfterSummer,
    /// The n-th point in time of recording marks, `thoi-diem-<n>`: taken unlocked, never signed.
    Snapshot(u16),
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FirstTerm => f.write_str("HK1"),
            Self::FullYear => f.write_str("ca-nam"),
            Self::AfterSummer => f.write_str("sau-he"),
            Self::Snapshot(n) => write!(f, "thoi-diem-{n}"),
        }
    }
}

/// Text that is none of `HK1`, `ca-nam`, `sau-he`, `thoi-diem-<n>`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a period: {text:?}")]
pub struct NotAPeriod {
    text: String,
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        match text {
            "HK1" => Ok(Self::FirstTerm),
            "ca-nam" => Ok(Self::FullYear),
            "sau-he" => Ok(Self::AfterSummer),
            _ => text
                .strip_prefix("thoi-diem-")
                .and_then(|n| n.parse().ok())
                .filter(|n| format!("thoi-diem-{n}") == text)
                .map(Self::Snapshot)
                .ok_or_else(|| NotAPeriod { text: text.to_owned() }),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// Sổ theo dõi và đánh giá học sinh (theo lớp): the class book.
    SoDiem,
    /// Học bạ: the transcript of one pupil.
    HocBa,
    /// Quyết định khóa sổ: the lock decision.
    QuyetDinhKhoa,
    /// Quyết định mở sổ: the decision that opens what a lock decision locked.
    QuyetDinhMo,
    /// Biên bản niêm phong: the sealing record of a deposit.
    BienBanNiemPhong,
    /// Sổ theo dõi và đánh giá học sinh của giáo viên: the teacher's book.
    SoDiemGv,
    /// Bảng tổng hợp kết quả đánh giá giáo dục: the summary of results of a class.
    BangTongHop,
    /// Danh sách xét duyệt: who moves up, who does not, honours, re-tests, training in the summer.
    DanhSachXetDuyet,
    /// Sổ đăng bộ: the enrolment register of the pupils who entered with a class.
    SoDangBo,
    /// Phiếu đề nghị sửa: the request to correct data that people signed.
    PhieuDeNghiSua,
    /// Biên bản sửa chữa: the record of a correction, which locks the corrected data.
    BienBanSuaChua,
    /// Bảng tổng hợp sửa chữa: the summary of the corrections of a year.
    TongHopSuaChua,
}

impl DocumentKind {
    /// Every kind there is.
    pub const ALL: [Self; 12] = [
        Self::SoDiem,
        Self::HocBa,
        Self::QuyetDinhKhoa,
        Self::QuyetDinhMo,
        Self::BienBanNiemPhong,
        Self::SoDiemGv,
        Self::BangTongHop,
        Self::DanhSachXetDuyet,
        Self::SoDangBo,
        Self::PhieuDeNghiSua,
        Self::BienBanSuaChua,
        Self::TongHopSuaChua,
    ];

    /// Whether it speaks about exports that it is not made of: it decides over them, or corrects them.
    pub const fn names_exports(self) -> bool {
        matches!(self, Self::QuyetDinhKhoa | Self::QuyetDinhMo | Self::PhieuDeNghiSua | Self::BienBanSuaChua)
    }

    /// The stable code, part of every dossier id.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SoDiem => "so-diem",
            Self::HocBa => "hoc-ba",
            Self::QuyetDinhKhoa => "quyet-dinh-khoa",
            Self::QuyetDinhMo => "quyet-dinh-mo",
            Self::BienBanNiemPhong => "bien-ban-niem-phong",
            Self::SoDiemGv => "so-diem-gv",
            Self::BangTongHop => "bang-tong-hop",
            Self::DanhSachXetDuyet => "danh-sach-xet-duyet",
            Self::SoDangBo => "so-dang-bo",
            Self::PhieuDeNghiSua => "phieu-de-nghi-sua",
            Self::BienBanSuaChua => "bien-ban-sua-chua",
            Self::TongHopSuaChua => "tong-hop-sua-chua",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A teacher's book: of one subject in one class. Teachers who share the subject share the book, or each
/// has one of their own and it is numbered by their place in the roster (S0, 4.1), from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeacherBookOf {
    /// The class.
    pub class: ClassName,
    /// The subject.
    pub subject: SubjectId,
    /// Whose of several teachers' own books; absent for a shared book.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub teacher: Option<u8>,
}

/// Whose document it is, and with it its kind: a transcript without a pupil cannot be expressed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DossierOf {
    /// The class book of a class.
    SoDiem(ClassName),
    /// The transcript of a pupil.
    HocBa(PupilId),
    /// The lock decision with this number.
    QuyetDinhKhoa(DecisionNumber),
    /// The reopening decision with this number.
    QuyetDinhMo(DecisionNumber),
    /// The sealing record of the deposit with this number.
    BienBanNiemPhong(DecisionNumber),
    /// The teacher's book of a subject in a class.
    SoDiemGv(TeacherBookOf),
    /// The summary of results of a class.
    BangTongHop(ClassName),
    /// The lists of a class at the end of a period.
    DanhSachXetDuyet(ClassName),
    /// The enrolment register of the pupils who entered with a class.
    SoDangBo(ClassName),
    /// The request of the correction with this number.
    PhieuDeNghiSua(DecisionNumber),
    /// The record of the correction with this number.
    BienBanSuaChua(DecisionNumber),
    /// The summary of corrections with this number; a later one lists all that an earlier one did.
    TongHopSuaChua(DecisionNumber),
}

/// What tells a document from others of its kind, whatever its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner<'a> {
    /// The class that it is of.
    Class(&'a ClassName),
    /// The pupil that it is of.
    Pupil(&'a PupilId),
    /// The teacher's book that it is.
    Book(&'a TeacherBookOf),
    /// Its number: it is of the school.
    Number(&'a DecisionNumber),
}

/// The key of a dossier. Keys that differ only in their version are versions of the same document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DossierKey {
    /// School year.
    pub year: SchoolYear,
    /// Kind and owner.
    pub of: DossierOf,
    /// Period covered.
    pub period: Period,
    /// From 1. A later version takes the place of an earlier one, which stays where it is.
    pub version: u16,
}

impl DossierKey {
    /// The key of the first version.
    pub const fn new(year: SchoolYear, of: DossierOf, period: Period) -> Self {
        Self { year, of, period, version: 1 }
    }

    /// The key of the version after this one.
    pub fn next_version(&self) -> Self {
        Self { version: self.version.saturating_add(1), ..self.clone() }
    }

    /// The kind of document.
    pub const fn kind(&self) -> DocumentKind {
        match self.of {
            DossierOf::SoDiem(_) => DocumentKind::SoDiem,
            DossierOf::HocBa(_) => DocumentKind::HocBa,
            DossierOf::QuyetDinhKhoa(_) => DocumentKind::QuyetDinhKhoa,
            DossierOf::QuyetDinhMo(_) => DocumentKind::QuyetDinhMo,
            DossierOf::BienBanNiemPhong(_) => DocumentKind::BienBanNiemPhong,
            DossierOf::SoDiemGv(_) => DocumentKind::SoDiemGv,
            DossierOf::BangTongHop(_) => DocumentKind::BangTongHop,
            DossierOf::DanhSachXetDuyet(_) => DocumentKind::DanhSachXetDuyet,
            DossierOf::SoDangBo(_) => DocumentKind::SoDangBo,
            DossierOf::PhieuDeNghiSua(_) => DocumentKind::PhieuDeNghiSua,
            DossierOf::BienBanSuaChua(_) => DocumentKind::BienBanSuaChua,
            DossierOf::TongHopSuaChua(_) => DocumentKind::TongHopSuaChua,
        }
    }

    /// What tells it from other documents of its kind.
    pub const fn owner(&self) -> Owner<'_> {
        match &self.of {
            DossierOf::SoDiem(class)
            | DossierOf::BangTongHop(class)
            | DossierOf::DanhSachXetDuyet(class)
            | DossierOf::SoDangBo(class) => Owner::Class(class),
            DossierOf::HocBa(pupil) => Owner::Pupil(pupil),
            DossierOf::SoDiemGv(book) => Owner::Book(book),
            DossierOf::QuyetDinhKhoa(number)
            | DossierOf::QuyetDinhMo(number)
            | DossierOf::BienBanNiemPhong(number)
            | DossierOf::PhieuDeNghiSua(number)
            | DossierOf::BienBanSuaChua(number)
            | DossierOf::TongHopSuaChua(number) => Owner::Number(number),
        }
    }

    /// The id derived from the key: `2025-2026_ca-nam_hoc-ba_HS0001`, from the second version on with
    /// `_v2` behind it. ASCII, at most 60 characters, so that with `.pdf` it stays within the 64 that a
    /// Joliet name holds.
    pub fn id(&self) -> DossierId {
        let owner = match self.owner() {
            Owner::Class(class) => class.to_string(),
            Owner::Pupil(pupil) => pupil.to_string(),
            Owner::Number(number) => number.to_string(),
            Owner::Book(book) => match book.teacher {
                None => format!("{}_{}", book.class, book.subject),
                Some(teacher) => format!("{}_{}_{teacher}", book.class, book.subject),
            },
        };
        let first = format!("{}_{}_{}_{owner}", self.year, self.period, self.kind().code());
        DossierId(if self.version == 1 { first } else { format!("{first}_v{}", self.version) })
    }
}

/// The name of a dossier in files, register and on paper ("mã hồ sơ").
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct DossierId(String);

impl DossierId {
    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when it is the id of any version of this document.
    pub fn is_version_of(&self, key: &DossierKey) -> bool {
        DossierKey::from_id(&self.0).is_ok_and(|own| DossierKey { version: key.version, ..own } == *key)
    }
}

impl fmt::Display for DossierId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for DossierId {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, NotAnIdentifier> {
        DossierKey::from_id(text).map(|key| key.id())
    }
}

impl<'de> Deserialize<'de> for DossierId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl DossierKey {
    /// Reads an id back into its key.
    pub fn from_id(text: &str) -> Result<Self, NotAnIdentifier> {
        let refused = |_| NotAnIdentifier::new("dossier id", text);
        let unknown = || NotAnIdentifier::new("dossier id", text);
        let parts: Vec<&str> = text.split('_').collect();
        let (&[year, period, kind, owner], further) = parts.split_first_chunk().ok_or_else(unknown)?;
        // What follows its class directly is the subject of a teacher's book, also where it looks like a version.
        let subject_alone = kind == DocumentKind::SoDiemGv.code() && further.len() == 1;
        let (further, version) = match further {
            [before @ .., last] if !subject_alone && last.starts_with('v') => {
                let number: Option<u16> = last.strip_prefix('v').and_then(|number| number.parse().ok());
                let written_once = number.filter(|number| *number > 1 && *last == format!("v{number}"));
                (before, written_once.ok_or_else(unknown)?)
            }
            further => (further, 1),
        };
        let of = match (kind, further) {
            ("so-diem", []) => DossierOf::SoDiem(owner.parse().map_err(refused)?),
            ("hoc-ba", []) => DossierOf::HocBa(owner.parse().map_err(refused)?),
            ("quyet-dinh-khoa", []) => DossierOf::QuyetDinhKhoa(owner.parse().map_err(refused)?),
            ("quyet-dinh-mo", []) => DossierOf::QuyetDinhMo(owner.parse().map_err(refused)?),
            ("bien-ban-niem-phong", []) => DossierOf::BienBanNiemPhong(owner.parse().map_err(refused)?),
            ("so-diem-gv", [subject]) => DossierOf::SoDiemGv(TeacherBookOf {
                class: owner.parse().map_err(refused)?,
                subject: subject.parse().map_err(refused)?,
                teacher: None,
            }),
            ("so-diem-gv", [subject, teacher]) => {
                let number =
                    teacher.parse().ok().filter(|n: &u8| (1..=9).contains(n) && n.to_string() == *teacher);
                DossierOf::SoDiemGv(TeacherBookOf {
                    class: owner.parse().map_err(refused)?,
                    subject: subject.parse().map_err(refused)?,
                    teacher: Some(number.ok_or_else(unknown)?),
                })
            }
            ("bang-tong-hop", []) => DossierOf::BangTongHop(owner.parse().map_err(refused)?),
            ("danh-sach-xet-duyet", []) => DossierOf::DanhSachXetDuyet(owner.parse().map_err(refused)?),
            ("so-dang-bo", []) => DossierOf::SoDangBo(owner.parse().map_err(refused)?),
            ("phieu-de-nghi-sua", []) => DossierOf::PhieuDeNghiSua(owner.parse().map_err(refused)?),
            ("bien-ban-sua-chua", []) => DossierOf::BienBanSuaChua(owner.parse().map_err(refused)?),
            ("tong-hop-sua-chua", []) => DossierOf::TongHopSuaChua(owner.parse().map_err(refused)?),
            _ => return Err(unknown()),
        };
        let year = year.parse().map_err(refused)?;
        let period = period.parse().map_err(|_| NotAnIdentifier::new("dossier id", text))?;
        Ok(Self { year, of, period, version })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_derived_from_the_key_and_leads_back_to_it() {
        for id in [
            "2025-2026_ca-nam_so-diem_6A1",
            "2025-2026_HK1_hoc-ba_HS0001",
            "2025-2026_thoi-diem-3_so-diem_6A1",
            "2025-2026_ca-nam_hoc-ba_HS0001_v2",
            "2025-2026_ca-nam_so-diem-gv_6A1_TOAN",
            "2025-2026_ca-nam_so-diem-gv_6A1_LSDL_2",
            "2025-2026_ca-nam_so-diem-gv_6A1_LSDL_2_v3",
            "2025-2026_ca-nam_so-diem-gv_6A1_v2",
            "2025-2026_ca-nam_so-diem-gv_6A1_v2_v2",
            "2025-2026_ca-nam_so-dang-bo_6A1",
            "2025-2026_ca-nam_quyet-dinh-mo_0002",
            "2025-2026_ca-nam_phieu-de-nghi-sua_0001",
            "2025-2026_ca-nam_bien-ban-sua-chua_0001",
            "2025-2026_ca-nam_tong-hop-sua-chua_0001",
        ] {
            let key = DossierKey::from_id(id).expect("a well-formed id");
            assert_eq!(key.id().as_str(), id);
        }
        for wrong in [
            "2025-2026_ca-nam_so-diem",
            "2025-2026_ca-nam_so-diem_6A1_x",
            "2025-2026_ca-nam_thu_6A1",
            "2025-2026_thoi-diem-03_so-diem_6A1",
            "2025-2026_ca-nam_hoc-ba_HS0001_v1",
            "2025-2026_ca-nam_hoc-ba_HS0001_v02",
            "2025-2026_ca-nam_hoc-ba_HS0001_v2_v3",
            "2025-2026_ca-nam_so-diem-gv_6A1",
            "2025-2026_ca-nam_so-diem-gv_6A1_LSDL_02",
            "2025-2026_ca-nam_so-diem-gv_6A1_LSDL_0",
            "2025-2026_ca-nam_so-diem-gv_6A1_LSDL_1_x",
        ] {
            assert!(DossierKey::from_id(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_longest_id_fits_a_joliet_name() {
        let pupil = "H".repeat(20).parse().expect("a pupil id");
        let (year, period) = ("2025-2026".parse().expect("a year"), Period::Snapshot(u16::MAX));
        let key = DossierKey { year, of: DossierOf::HocBa(pupil), period, version: u16::MAX };
        assert!(key.id().as_str().len() <= 60, "{}", key.id());
        let book = TeacherBookOf {
            class: "12345678".parse().expect("a class"),
            subject: "123456789012".parse().expect("a subject"),
            teacher: Some(9),
        };
        let of = DossierOf::SoDiemGv(book);
        let key = DossierKey::new("2025-2026".parse().expect("a year"), of, Period::Snapshot(u16::MAX));
        assert!(key.id().as_str().len() <= 60, "{}", key.id());
    }
}
