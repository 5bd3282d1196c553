//! Học tập, before TT 22 học lực.

use serde::{Deserialize, Serialize};

/// Level of study over all subjects. Which of them a school year knows is a rule of
/// [`crate::scoring`]: Tốt, Khá, Đạt, Chưa đạt (TT 22/2021, Đ.9) or Giỏi, Khá, Trung bình, Yếu, Kém
/// (TT 58/2011, Đ.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Study {
    /// Tốt.
    Tot,
    /// Khá.
    Kha,
    /// Đạt.
    Dat,
    /// Chưa đạt.
    ChuaDat,
    /// Giỏi.
    Gioi,
    /// Trung bình.
    TrungBinh,
    /// Yếu.
    Yeu,
    /// Kém.
    Kem,
}
