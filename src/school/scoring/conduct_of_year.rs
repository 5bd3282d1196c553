//! Rèn luyện or hạnh kiểm of the year.

use super::Scheme;
use crate::gradebook::Conduct;

impl Scheme {
    /// Whether the circular knows this level of conduct.
    pub const fn knows_conduct(self, conduct: Conduct) -> bool {
        match self {
            Self::Tt22 => matches!(conduct, Conduct::Tot | Conduct::Kha | Conduct::Dat | Conduct::ChuaDat),
            Self::Tt58 => matches!(conduct, Conduct::Tot | Conduct::Kha | Conduct::TrungBinh | Conduct::Yeu),
        }
    }
}

/// The conduct of the year from both terms (TT 22/2021, Đ.8). By TT 58/2011, Đ.3 (recalled) the homeroom
/// teacher judges the year "chủ yếu căn cứ" the second term, which leaves nothing to recompute.
pub const fn conduct_of_year(scheme: Scheme, hk1: Conduct, hk2: Conduct) -> Option<Conduct> {
    use Conduct::{ChuaDat, Dat, Kha, Tot};
    if matches!(scheme, Scheme::Tt58) {
        return None;
    }
    match (hk1, hk2) {
        (Tot | Kha, Tot) => Some(Tot),
        (Tot | Kha | Dat, Kha) | (Tot, Dat) | (Dat | ChuaDat, Tot) => Some(Kha),
        (Kha | Dat | ChuaDat, Dat) | (ChuaDat, Kha) => Some(Dat),
        (_, ChuaDat) => Some(ChuaDat),
        _ => None,
    }
}
