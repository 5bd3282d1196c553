//! Lên lớp: who moves up.

use super::Scheme;
use crate::gradebook::{Conduct, Outcome, Study};

/// Most days of absence in a school year with which a pupil moves up.
pub const ABSENCE_MOST: u32 = 45;

/// What the year of a pupil ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// Study of the year.
    pub study: Study,
    /// Conduct of the year.
    pub conduct: Conduct,
    /// Days of absence in the year.
    pub absent: u32,
    /// Study and conduct after the summer; none while the summer has not been.
    pub after_summer: Option<(Study, Conduct)>,
}

/// Whether the pupil moves up.
///
/// TT 22/2021, Đ.12: conduct and study Đạt or better, at most 45 days absent; Đ.13: conduct Chưa đạt is
/// trained in the summer; Đ.14: only who has conduct Đạt or better in the year is assessed again.
/// So who has Chưa đạt in both stays. TT 58/2011, Đ.15 and Đ.16 (recalled) read alike with Trung bình
/// in the place of Đạt; Kém cannot be assessed again.
pub fn outcome(scheme: Scheme, ending: &Ending) -> Outcome {
    let enough = |study: Study, conduct: Conduct| studied(scheme, study) && behaved(scheme, conduct);
    if ending.absent > ABSENCE_MOST {
        return Outcome::Retained;
    }
    if enough(ending.study, ending.conduct) {
        return Outcome::Promoted;
    }
    let one_only = studied(scheme, ending.study) || behaved(scheme, ending.conduct);
    if !one_only || ending.study == Study::Kem {
        return Outcome::Retained;
    }
    match ending.after_summer {
        None => Outcome::ToRetest,
        Some((study, conduct)) if enough(study, conduct) => Outcome::PromotedAfterSummer,
        Some(_) => Outcome::Retained,
    }
}

const fn studied(scheme: Scheme, study: Study) -> bool {
    match scheme {
        Scheme::Tt22 => matches!(study, Study::Tot | Study::Kha | Study::Dat),
        Scheme::Tt58 => matches!(study, Study::Gioi | Study::Kha | Study::TrungBinh),
    }
}

const fn behaved(scheme: Scheme, conduct: Conduct) -> bool {
    match scheme {
        Scheme::Tt22 => matches!(conduct, Conduct::Tot | Conduct::Kha | Conduct::Dat),
        Scheme::Tt58 => matches!(conduct, Conduct::Tot | Conduct::Kha | Conduct::TrungBinh),
    }
}
