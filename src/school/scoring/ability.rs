//! Học lực by TT 58/2011, Đ.13 as amended by TT 26/2020.

use super::average::mean;
use super::standing::Standing;
use crate::gradebook::{Mark, Study};

/// ĐTB các môn and the level made from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ability {
    /// ĐTBhk or ĐTBcn.
    pub average: Mark,
    /// Học lực.
    pub study: Study,
}

/// ĐTB các môn and học lực of a term or the year; none without a subject assessed by marks.
///
/// The average is the mean of the rounded averages of the subjects assessed by marks, for the year of
/// their averages of the year (Đ.11: recalled, unverified; DOMAIN recalls `(I + 2 × II) / 3`, which was
/// the rule before 2011). Giỏi, Khá and Trung bình ask for one of Toán, Ngữ văn and, since TT 26/2020,
/// Ngoại ngữ (that amendment: recalled, unverified). The condition of classes for the gifted (môn
/// chuyên) is not judged: an export does not say which subject that is.
///
/// Adjustment (Đ.13 k.6, recalled): an average of Giỏi or Khá that one single subject spoils costs less:
/// Giỏi to Trung bình becomes Khá, Giỏi to Yếu or Kém becomes Trung bình, Khá to Yếu becomes Trung bình,
/// Khá to Kém becomes Yếu.
pub fn ability(standing: &Standing) -> Option<Ability> {
    let average = mean(&standing.plain())?;
    let plain = by_thresholds(standing, average);
    let but_for_one = standing.but_for_one().map(|other| by_thresholds(&other, average));
    let best = but_for_one.max_by_key(|study| rank(*study)).unwrap_or(plain);
    let study = match (best, plain) {
        (Study::Gioi, Study::TrungBinh) => Study::Kha,
        (Study::Gioi, Study::Yeu | Study::Kem) | (Study::Kha, Study::Yeu) => Study::TrungBinh,
        (Study::Kha, Study::Kem) => Study::Yeu,
        (_, plain) => plain,
    };
    Some(Ability { average, study })
}

fn by_thresholds(standing: &Standing, average: Mark) -> Study {
    let passed = standing.not_yet() == 0;
    let reaches = |average_from: u16, least: u16| {
        let core = standing.marks.iter().any(|one| one.core && one.mark.tenths() >= average_from);
        passed && core && average.tenths() >= average_from && standing.all_from(least)
    };
    if reaches(80, 65) {
        Study::Gioi
    } else if reaches(65, 50) {
        Study::Kha
    } else if reaches(50, 35) {
        Study::TrungBinh
    } else if average.tenths() >= 35 && standing.all_from(20) {
        Study::Yeu
    } else {
        Study::Kem
    }
}

const fn rank(study: Study) -> u8 {
    match study {
        Study::Gioi => 4,
        Study::Kha => 3,
        Study::TrungBinh => 2,
        Study::Yeu => 1,
        _ => 0,
    }
}
