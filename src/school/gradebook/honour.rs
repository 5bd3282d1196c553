//! Danh hiệu at the end of a period.

use serde::{Deserialize, Serialize};

/// The title that the export claims: Xuất sắc and Giỏi (TT 22/2021, Đ.15), Giỏi and Tiên tiến
/// (TT 58/2011, Đ.18).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Honour {
    /// Học sinh Xuất sắc.
    XuatSac,
    /// Học sinh Giỏi.
    Gioi,
    /// Học sinh tiên tiến.
    TienTien,
}
