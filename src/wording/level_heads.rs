//! Heads over the results of a class, in the words of the circular that assesses it, as its forms have them.

use school::scoring::Scheme;

/// Vietnamese and English words at the head of a column.
type Head = (&'static str, &'static str);

/// What a circular calls levels, and what is done again after the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelHeads {
    /// The level of study.
    pub study: Head,
    /// The level of conduct.
    pub conduct: Head,
    /// Both terms of the level of study.
    pub study_by_term: Head,
    /// Both terms of the level of conduct.
    pub conduct_by_term: Head,
    /// A subject assessed again.
    pub again: Head,
    /// The level of study after that.
    pub study_again: Head,
    /// The level of conduct after the summer.
    pub conduct_again: Head,
    /// What the pupil has of certificates.
    pub certificates: Head,
}

/// The words of a circular.
pub const fn level_heads(by: Scheme) -> LevelHeads {
    match by {
        Scheme::Tt22 => LevelHeads {
            study: ("Học tập", "Study"),
            conduct: ("Rèn luyện", "Conduct"),
            study_by_term: ("Học tập HK1 / HK2", "Study by term"),
            conduct_by_term: ("Rèn luyện HK1 / HK2", "Conduct by term"),
            again: ("Đánh giá lại", "Re-assessed"),
            study_again: ("Học tập đánh giá lại", "Study, re-assessed"),
            conduct_again: ("Rèn luyện sau hè", "Conduct, re-assessed"),
            certificates: ("Chứng chỉ", "Certificates"),
        },
        Scheme::Tt58 => LevelHeads {
            study: ("Học lực", "Study"),
            conduct: ("Hạnh kiểm", "Conduct"),
            study_by_term: ("Học lực HK1 / HK2", "Study by term"),
            conduct_by_term: ("Hạnh kiểm HK1 / HK2", "Conduct by term"),
            again: ("Kiểm tra lại", "Tested again"),
            study_again: ("Học lực sau kiểm tra lại", "Study, tested again"),
            conduct_again: ("Hạnh kiểm sau hè", "Conduct, after the summer"),
            certificates: ("Chứng chỉ nghề", "Vocational certificates"),
        },
    }
}
