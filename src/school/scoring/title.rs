//! Danh hiệu: who is honoured.

use super::Scheme;
use super::standing::Standing;
use crate::gradebook::{Conduct, Honour, Study};

/// How many subjects at 9,0 or better make Học sinh Xuất sắc.
const EXCELLENT_SUBJECTS: usize = 6;

/// The title of a pupil for the year; by TT 58 also for a term.
///
/// TT 22/2021, Đ.15 k.1 a: Xuất sắc with conduct and study Tốt and six subjects at 9,0 or better; Giỏi
/// with conduct and study Tốt. TT 58/2011, Đ.18 (recalled): Giỏi with study Giỏi and conduct Tốt, Tiên
/// tiến with study and conduct Khá or better.
pub fn title(scheme: Scheme, study: Study, conduct: Conduct, standing: &Standing) -> Option<Honour> {
    match (scheme, study, conduct) {
        (Scheme::Tt22, Study::Tot, Conduct::Tot) => {
            let excellent = standing.count_from(90) >= EXCELLENT_SUBJECTS;
            Some(if excellent { Honour::XuatSac } else { Honour::Gioi })
        }
        (Scheme::Tt58, Study::Gioi, Conduct::Tot) => Some(Honour::Gioi),
        (Scheme::Tt58, Study::Gioi | Study::Kha, Conduct::Tot | Conduct::Kha) => Some(Honour::TienTien),
        _ => None,
    }
}
