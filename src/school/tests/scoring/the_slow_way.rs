//! The circular once more, slowly and in another way: fractions instead of whole tenths, every
//! condition counted out over sorted lists. It shares nothing with the rules but their input.

/// A fraction; the denominator is above zero.
#[derive(Clone, Copy)]
pub struct Fraction(pub i128, pub i128);

impl Fraction {
    fn plus(self, other: Self) -> Self {
        Self(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }

    fn times(self, factor: i128) -> Self {
        Self(self.0 * factor, self.1)
    }

    fn over(self, divisor: i128) -> Self {
        Self(self.0, self.1 * divisor)
    }

    fn at_least(self, other: Self) -> bool {
        self.0 * other.1 >= other.0 * self.1
    }
}

/// The largest number of tenths that is at most half a tenth above `value`, found by trying all.
pub fn to_tenths(value: Fraction) -> u16 {
    let reaches = |tenths: &u16| value.at_least(Fraction(2 * i128::from(*tenths) - 1, 20));
    (0..=100).rev().find(reaches).expect("no mark is below zero")
}

fn points(tenths: u16) -> Fraction {
    Fraction(i128::from(tenths), 10)
}

pub fn term(tx: &[u16], gk: u16, ck: u16) -> u16 {
    // Every mark once for each unit of its weight, then a plain mean.
    let mut weighed = tx.to_vec();
    weighed.extend([gk; 2]);
    weighed.extend([ck; 3]);
    mean(&weighed)
}

pub fn year(hk1: u16, hk2: u16) -> u16 {
    to_tenths(points(hk1).plus(points(hk2).times(2)).over(3))
}

pub fn mean(marks: &[u16]) -> u16 {
    let sum = marks.iter().fold(Fraction(0, 1), |sum, mark| sum.plus(points(*mark)));
    to_tenths(sum.over(marks.len() as i128))
}

/// TT 22: 3 Tốt, 2 Khá, 1 Đạt, 0 Chưa đạt.
fn plain_level(marks: &[u16], failed: usize) -> u8 {
    let mut sorted = marks.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let (sixth, last) = (sorted[5], sorted[sorted.len() - 1]);
    if failed == 0 && sixth >= 80 && last >= 65 {
        return 3;
    }
    if failed == 0 && sixth >= 65 && last >= 50 {
        return 2;
    }
    u8::from(failed < 2 && sixth >= 50 && last >= 35)
}

/// With Đ.9 k.3: every subject in turn is given every mark there is.
pub fn level(marks: &[u16], failed: usize) -> u8 {
    let plain = plain_level(marks, failed);
    let mut reachable = plain;
    for index in 0..marks.len() {
        for mark in 0..=100 {
            let mut other = marks.to_vec();
            other[index] = mark;
            reachable = reachable.max(plain_level(&other, failed));
        }
    }
    if failed > 0 {
        reachable = reachable.max(plain_level(marks, failed - 1));
    }
    // Only Tốt and Khá are levels that k.3 measures from.
    if reachable >= 2 && reachable - plain >= 2 { plain + 1 } else { plain }
}

/// TT 58: 4 Giỏi, 3 Khá, 2 Trung bình, 1 Yếu, 0 Kém. `core` marks stand first.
fn plain_ability(marks: &[u16], core: usize, failed: usize, average: u16) -> u8 {
    let steps = [(4, 80, 65), (3, 65, 50), (2, 50, 35)];
    for (level, from, least) in steps {
        let best_core = marks[..core].iter().max().copied().unwrap_or(0);
        let lowest = marks.iter().min().copied().unwrap_or(0);
        if failed == 0 && average >= from && best_core >= from && lowest >= least {
            return level;
        }
    }
    u8::from(average >= 35 && marks.iter().all(|mark| *mark >= 20))
}

pub fn ability(marks: &[u16], core: usize, failed: usize) -> (u16, u8) {
    let average = mean(marks);
    let plain = plain_ability(marks, core, failed, average);
    let mut reachable = plain;
    for index in 0..marks.len() {
        for mark in (0..=100).step_by(5) {
            let mut other = marks.to_vec();
            other[index] = mark;
            reachable = reachable.max(plain_ability(&other, core, failed, average));
        }
    }
    if failed > 0 {
        reachable = reachable.max(plain_ability(marks, core, failed - 1, average));
    }
    // What remains of an average of Giỏi or Khá that one subject spoils.
    let adjusted = match (reachable, plain) {
        (4, 2) => 3,
        (4, 1 | 0) | (3, 1) => 2,
        (3, 0) => 1,
        _ => plain,
    };
    (average, adjusted)
}
