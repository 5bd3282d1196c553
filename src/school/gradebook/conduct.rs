//! Rèn luyện, before TT 22 hạnh kiểm.

use serde::{Deserialize, Serialize};

/// Level of conduct. Which of them a school year knows is a rule of [`crate::scoring`]:
/// Tốt, Khá, Đạt, Chưa đạt (TT 22/2021, Đ.8) or Tốt, Khá, Trung bình, Yếu (TT 58/2011, Đ.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conduct {
    /// Tốt.
    Tot,
    /// Khá.
    Kha,
    /// Đạt.
    Dat,
    /// Chưa đạt.
    ChuaDat,
    /// Trung bình.
    TrungBinh,
    /// Yếu.
    Yeu,
}
