//! Terms of law that pages show as the forms have them, in Vietnamese alone, and what they mean: said once, where
//! people look for help, so that no row of a table says everything twice.

use school::gradebook::{Honour, Study};

use super::check::{honour_word, study_word};
use super::{Both, both};

/// Levels of study and conduct, from the highest, of TT 22/2021 and of the older circulars.
const LEVELS: [Study; 8] = [
    Study::Gioi,
    Study::Tot,
    Study::Kha,
    Study::TrungBinh,
    Study::Dat,
    Study::Yeu,
    Study::ChuaDat,
    Study::Kem,
];
const HONOURS: [Honour; 3] = [Honour::XuatSac, Honour::Gioi, Honour::TienTien];

/// What the words of a form mean.
pub fn terms() -> Vec<Both> {
    let levels = LEVELS.into_iter().map(|one| both(study_word(one), level_en(one)));
    let honours = HONOURS.into_iter().map(|one| both(honour_word(one), honour_en(one)));
    let abbreviations = [
        both("GVCN: giáo viên chủ nhiệm", "homeroom teacher"),
        both("GVBM: giáo viên bộ môn", "subject teacher"),
        both(
            "ĐĐGtx, GK, CK: thường xuyên, giữa kỳ, cuối kỳ",
            "marks during, in the middle and at the end of a term",
        ),
    ];
    levels.chain(honours).chain(abbreviations).collect()
}

const fn level_en(level: Study) -> &'static str {
    match level {
        Study::Gioi => "excellent (older years)",
        Study::Tot => "good, the highest level",
        Study::Kha => "fair",
        Study::TrungBinh => "average (older years)",
        Study::Dat => "satisfactory",
        Study::Yeu => "weak (older years)",
        Study::ChuaDat => "not satisfactory",
        Study::Kem => "poor (older years)",
    }
}

const fn honour_en(honour: Honour) -> &'static str {
    match honour {
        Honour::XuatSac => "outstanding pupil",
        Honour::Gioi => "excellent pupil",
        Honour::TienTien => "advanced pupil (older years)",
    }
}
