//! The rules agree with the slow way on every small input and on many drawn ones.

use school::gradebook::{Level, Mark, Study};
use school::scoring::{Reached, Standing, ability, study_level, term_average, year_average};

use crate::the_slow_way as slow;

/// Numbers that look random and are the same in every run (xorshift64*).
pub struct Drawn(u64);

impl Drawn {
    pub const fn from(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % bound
    }

    /// A mark, often one of those at which a level begins or ends.
    fn mark(&mut self) -> u16 {
        const EDGES: [u16; 14] = [19, 20, 34, 35, 49, 50, 64, 65, 79, 80, 89, 90, 0, 100];
        if self.below(2) == 0 { EDGES[self.below(14) as usize] } else { self.below(101) as u16 }
    }
}

fn mark(tenths: u16) -> Mark {
    Mark::try_from(tenths).expect("a mark")
}

#[test]
fn every_pair_of_terms_gives_the_same_year() {
    for hk1 in 0..=100 {
        for hk2 in 0..=100 {
            assert_eq!(year_average(mark(hk1), mark(hk2)).tenths(), slow::year(hk1, hk2), "{hk1} {hk2}");
        }
    }
}

#[test]
fn drawn_terms_have_the_same_average() {
    let mut drawn = Drawn::from(0x6A1);
    for _ in 0..5_000 {
        let tx: Vec<u16> = (0..=drawn.below(5)).map(|_| drawn.mark()).collect();
        let (gk, ck) = (drawn.mark(), drawn.mark());
        let marks: Vec<Mark> = tx.iter().copied().map(mark).collect();
        let found = term_average(&marks, mark(gk), mark(ck)).tenths();
        assert_eq!(found, slow::term(&tx, gk, ck), "{tx:?} {gk} {ck}");
    }
}

/// Marks that cluster around a level, with one or two that do not: what k.3 is about.
fn clustered(drawn: &mut Drawn, count: u64) -> Vec<u16> {
    let low = [20, 35, 50, 65, 80][drawn.below(5) as usize];
    let mut marks: Vec<u16> = (0..count).map(|_| low + drawn.below(20) as u16).collect();
    for _ in 0..drawn.below(3) {
        let index = drawn.below(count) as usize;
        marks[index] = drawn.mark();
    }
    marks
}

fn standing(marks: &[u16], core: usize, failed: usize, drawn: &mut Drawn) -> Standing {
    let marks = marks.iter().enumerate();
    let marks = marks.map(|(index, tenths)| Reached { mark: mark(*tenths), core: index < core }).collect();
    let mut levels = vec![Level::NotYet; failed];
    levels.extend(vec![Level::Pass; drawn.below(4) as usize]);
    Standing { marks, levels }
}

#[test]
fn drawn_classes_have_the_same_levels_of_study() {
    let mut drawn = Drawn::from(22_2021);
    let mut seen = [0; 4];
    for _ in 0..4_000 {
        let count = 6 + drawn.below(6);
        let marks = clustered(&mut drawn, count);
        let failed = drawn.below(8).saturating_sub(5) as usize;
        let expected = slow::level(&marks, failed);
        let found = study_level(&standing(&marks, 3, failed, &mut drawn)).expect("six subjects or more");
        let rank = [Study::ChuaDat, Study::Dat, Study::Kha, Study::Tot].iter().position(|one| *one == found);
        assert_eq!(rank, Some(usize::from(expected)), "{marks:?}, {failed} not passed");
        seen[usize::from(expected)] += 1;
    }
    assert!(seen.iter().all(|count| *count > 100), "every level was drawn: {seen:?}");
}

#[test]
fn drawn_classes_of_old_years_have_the_same_ability() {
    let mut drawn = Drawn::from(58_2011);
    let mut seen = [0; 5];
    for _ in 0..4_000 {
        let count = 3 + drawn.below(10);
        let marks = clustered(&mut drawn, count);
        let failed = drawn.below(8).saturating_sub(5) as usize;
        let (average, expected) = slow::ability(&marks, 3, failed);
        let found = ability(&standing(&marks, 3, failed, &mut drawn)).expect("marks");
        let levels = [Study::Kem, Study::Yeu, Study::TrungBinh, Study::Kha, Study::Gioi];
        let rank = levels.iter().position(|one| *one == found.study);
        assert_eq!(
            (found.average.tenths(), rank),
            (average, Some(usize::from(expected))),
            "{marks:?}, {failed} not passed"
        );
        seen[usize::from(expected)] += 1;
    }
    assert!(seen.iter().all(|count| *count > 50), "every level was drawn: {seen:?}");
}
