//! The order in which people list names that hold numbers: 6A2 before 6A10.

use std::cmp::Ordering;

/// A part of a name: digits, which count, or what stands between them.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Run<'t> {
    /// Without its leading zeros; the longer one is the greater.
    Number(usize, &'t str),
    Letters(&'t str),
}

/// Numbers by what they count, everything else by its letters.
pub fn compare(one: &str, other: &str) -> Ordering {
    // Names that count the same and are written differently, as 6A1 and 6A01, are still two.
    runs(one).cmp(runs(other)).then_with(|| one.cmp(other))
}

fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let parts = text.as_bytes().chunk_by(|one, next| one.is_ascii_digit() == next.is_ascii_digit());
    parts.scan(0, |begins, part| {
        let run = &text[*begins..*begins + part.len()];
        *begins += part.len();
        let number = run.trim_start_matches('0');
        Some(if part[0].is_ascii_digit() { Run::Number(number.len(), number) } else { Run::Letters(run) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_listed_as_people_count_them() {
        let wanted = ["6-1", "6A01", "6A1", "6A2", "6A9", "6A10", "6A11", "6B", "6B1", "9A1", "10A1", "12C2"];
        let mut mixed = wanted;
        mixed.sort_unstable();
        assert_ne!(mixed, wanted, "the order of letters is another one");
        mixed.sort_by(|one, other| compare(one, other));
        assert_eq!(mixed, wanted);
    }
}
