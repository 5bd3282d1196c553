//! Averages, on whole tenths: the half is rounded up exactly, which binary fractions cannot promise.

use crate::gradebook::Mark;

/// ĐTBmhk: `(ΣĐĐGtx + 2 × ĐĐGgk + 3 × ĐĐGck) / (number of ĐĐGtx + 5)`, rounded half up to tenths.
///
/// Source: TT 22/2021, Đ.9 k.1 b; the same by TT 58/2011, Đ.10 as amended by TT 26/2020.
pub fn term_average(tx: &[Mark], gk: Mark, ck: Mark) -> Mark {
    let weighted = |mark: Mark, weight: u32| u32::from(mark.tenths()) * weight;
    let sum: u32 = tx.iter().map(|mark| weighted(*mark, 1)).sum();
    rounded(sum + weighted(gk, 2) + weighted(ck, 3), tx.len() as u32 + 5)
}

/// ĐTBmcn: `(ĐTBmhkI + 2 × ĐTBmhkII) / 3` of the rounded averages of the terms.
///
/// Source: as [`term_average`].
pub fn year_average(hk1: Mark, hk2: Mark) -> Mark {
    rounded(u32::from(hk1.tenths()) + 2 * u32::from(hk2.tenths()), 3)
}

/// The mean of rounded averages; none of no mark.
pub fn mean(marks: &[Mark]) -> Option<Mark> {
    let sum: u32 = marks.iter().map(|mark| u32::from(mark.tenths())).sum();
    (!marks.is_empty()).then(|| rounded(sum, marks.len() as u32))
}

/// `sum / divisor` tenths, half up. A mean of marks is a mark.
fn rounded(sum: u32, divisor: u32) -> Mark {
    let tenths = (2 * sum + divisor) / (2 * divisor);
    let mark = u16::try_from(tenths).ok().and_then(|tenths| Mark::try_from(tenths).ok());
    mark.unwrap_or(Mark::TEN)
}
