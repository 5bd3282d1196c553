//! What a pupil reached in all subjects at one time: what levels over all subjects are made from.

use crate::gradebook::{Level, Mark};

/// A pupil's results in all subjects that the pupil is not excused from, for a term or the year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Subjects assessed by marks, in the order of the class.
    pub marks: Vec<Reached>,
    /// Subjects assessed by comments.
    pub levels: Vec<Level>,
}

/// The average of a pupil in one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// ĐTBmhk or ĐTBmcn.
    pub mark: Mark,
    /// Whether the subject is one of those of which TT 58 asks more: Toán, Ngữ văn, Ngoại ngữ.
    pub core: bool,
}

impl Standing {
    /// Marks without their subjects.
    pub fn plain(&self) -> Vec<Mark> {
        self.marks.iter().map(|reached| reached.mark).collect()
    }

    /// This standing once for each subject, in which that one subject is as good as can be: what the pupil
    /// would have if it were not for this subject.
    pub fn but_for_one(&self) -> impl Iterator<Item = Self> {
        let marks = (0..self.marks.len()).map(|index| {
            let mut other = self.clone();
            other.marks[index].mark = Mark::TEN;
            other
        });
        let levels = (0..self.levels.len()).map(|index| {
            let mut other = self.clone();
            other.levels[index] = Level::Pass;
            other
        });
        marks.chain(levels)
    }

    pub(super) fn not_yet(&self) -> usize {
        self.levels.iter().filter(|level| **level == Level::NotYet).count()
    }

    pub(super) fn all_from(&self, tenths: u16) -> bool {
        self.marks.iter().all(|reached| reached.mark.tenths() >= tenths)
    }

    pub(super) fn count_from(&self, tenths: u16) -> usize {
        self.marks.iter().filter(|reached| reached.mark.tenths() >= tenths).count()
    }
}
