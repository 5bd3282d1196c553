//! A period of a school year in words: screens, notes and reports never show its code.

use school::dossier::Period;

use super::{Both, both};

/// `Cả năm`, `whole year`.
pub fn period(of: Period) -> Both {
    match of {
        Period::FirstTerm => both("Học kỳ I", "First term"),
        Period::FullYear => both("Cả năm", "Whole year"),
        Period::AfterSummer => both("Sau hè", "After the summer"),
        Period::Snapshot(number) => both(format!("Thời điểm {number}"), format!("Point in time {number}")),
    }
}

/// As [`period`] within a sentence.
pub fn period_within(of: Period) -> Both {
    let lowered = |text: String| {
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    };
    let Both { vi, en } = period(of);
    both(lowered(vi), lowered(en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_term_keeps_its_capital_within_a_sentence() {
        assert_eq!(period_within(Period::FirstTerm).vi, "học kỳ I");
        assert_eq!(period_within(Period::Snapshot(2)).en, "point in time 2");
    }
}
