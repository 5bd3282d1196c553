//! Kết quả học tập by TT 22/2021, Đ.9.

use super::standing::Standing;
use crate::gradebook::Study;

/// How many subjects assessed by marks every level asks for (Đ.9 k.2).
pub const MARKED_LEAST: usize = 6;

/// The level of study of a term or the year.
///
/// None for a standing of fewer than six subjects assessed by marks. The circular counts "ít nhất 06 môn
/// học" among the eight or more of the general programme; for fewer it has no answer (read to the
/// letter, nobody could be Đạt), and an export with fewer does not hold the whole programme of a class.
/// So nothing is guessed: [`super::check`] lists the class as incomplete.
///
/// Đ.9 k.3: a level that is two or more below Tốt or Khá only because of one subject is lifted by one.
/// "Only because of" is read as: with a sufficient result in this subject alone, and everything else
/// as it is, the pupil would have Tốt or Khá. The circular says "một môn học", so a subject assessed by
/// comments can be that one too.
pub fn study_level(standing: &Standing) -> Option<Study> {
    if standing.marks.len() < MARKED_LEAST {
        return None;
    }
    let plain = by_thresholds(standing);
    let best = standing.but_for_one().map(|other| by_thresholds(&other)).max_by_key(|study| rank(*study));
    let lost = best.map_or(0, |best| rank(best).saturating_sub(rank(plain)));
    Some(match plain {
        Study::ChuaDat if lost >= 2 => Study::Dat,
        Study::Dat if lost >= 2 => Study::Kha,
        other => other,
    })
}

/// Đ.9 k.2 a to d.
fn by_thresholds(standing: &Standing) -> Study {
    let all_from = |tenths| standing.all_from(tenths);
    let six_from = |tenths| standing.count_from(tenths) >= MARKED_LEAST;
    match standing.not_yet() {
        0 if all_from(65) && six_from(80) => Study::Tot,
        0 if all_from(50) && six_from(65) => Study::Kha,
        0 | 1 if six_from(50) && all_from(35) => Study::Dat,
        _ => Study::ChuaDat,
    }
}

const fn rank(study: Study) -> u8 {
    match study {
        Study::Tot => 3,
        Study::Kha => 2,
        Study::Dat => 1,
        _ => 0,
    }
}
