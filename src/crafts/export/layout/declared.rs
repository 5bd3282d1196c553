//! The period that people declare in front of a file's name. What a vendor writes is always what stands there
//! now; that it is kept as a point in time, or came after the summer, only people know.

use school::dossier::Period;

use super::pattern::folded;

/// `thoi-diem-3_…`, `Thời điểm 3 - …`, `sau-he_…`: the period, and the name that the vendor gave.
pub(super) fn period(file: &str) -> Option<(Period, &str)> {
    let (first, rest) = word(file)?;
    let (second, rest) = word(rest)?;
    match (folded(first).as_str(), folded(second).as_str()) {
        ("sau", "he") => Some((Period::AfterSummer, rest)),
        ("thoi", "diem") => {
            let (number, rest) = word(rest)?;
            let number = number.parse().ok().filter(|number| *number > 0)?;
            Some((Period::Snapshot(number), rest))
        }
        _ => None,
    }
}

/// The first word of a name, and what comes behind it.
fn word(name: &str) -> Option<(&str, &str)> {
    let between = |letter: char| matches!(letter, ' ' | '_' | '-' | '–');
    let name = name.trim_start_matches(between);
    let (word, rest) = name.split_once(between)?;
    Some((word, rest.trim_start_matches(between)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_declared_before_the_name_and_nowhere_else() {
        assert_eq!(
            period("sau-he_6A1_Toán_2025-2026.csv"),
            Some((Period::AfterSummer, "6A1_Toán_2025-2026.csv"))
        );
        for name in ["thoi-diem-12_so.xlsx", "Thời điểm 12 - so.xlsx", "THOI_DIEM_12 so.xlsx"] {
            assert_eq!(period(name), Some((Period::Snapshot(12), "so.xlsx")), "{name}");
        }
        for name in ["so_sau-he.xlsx", "thoi-diem-0_so.xlsx", "thoi-diem-mot_so.xlsx", "sauhe.xlsx", ""] {
            assert_eq!(period(name), None, "{name}");
        }
    }
}
