//! Two copies of a register, as two media or the school's own: a register only grows, so that one of them is
//! the beginning of the other, or somebody wrote history anew.

use serde::Serialize;
use serde_json::Value;

/// How one copy stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CopyRelation {
    /// The same entries.
    Equal,
    /// The first copy is the beginning of the other.
    Older,
    /// The other copy is the beginning of the first.
    Newer,
    /// They part: what follows the common entries is different.
    Rewritten,
    /// They are of different schools.
    OtherSchool,
}

/// Two copies compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CopiesCompared {
    /// How the first stands to the other.
    pub relation: CopyRelation,
    /// Entries of the first.
    pub size: u64,
    /// Entries of the other.
    pub other_size: u64,
    /// How many entries from the beginning are alike; the next one is the first that differs.
    pub common: u64,
}

/// Compares two copies, each one entry per line. Bytes decide: equal lines have equal hashes.
pub fn compare_copies(one: &[u8], other: &[u8]) -> CopiesCompared {
    let alike = alike(one, other);
    // Only whole lines are entries.
    let common_bytes = one[..alike].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let common = entries(&one[..common_bytes]);
    let (rest, other_rest) = (&one[common_bytes..], &other[common_bytes..]);
    let relation = match (rest.is_empty(), other_rest.is_empty()) {
        (true, true) => CopyRelation::Equal,
        (true, false) => CopyRelation::Older,
        (false, true) => CopyRelation::Newer,
        (false, false) if common == 0 && school(one) != school(other) => CopyRelation::OtherSchool,
        (false, false) => CopyRelation::Rewritten,
    };
    let (size, other_size) = (common + entries(rest), common + entries(other_rest));
    CopiesCompared { relation, size, other_size, common }
}

/// How many bytes from the beginning are the same; large pieces first, because mostly all are.
fn alike(one: &[u8], other: &[u8]) -> usize {
    const PIECE: usize = 1 << 16;
    let pieces = one.chunks(PIECE).zip(other.chunks(PIECE));
    let same = pieces.take_while(|(one, other)| one == other).map(|(one, _)| one.len()).sum::<usize>();
    let rest = one[same..].iter().zip(&other[same..]);
    same + rest.take_while(|(one, other)| one == other).count()
}

fn entries(lines: &[u8]) -> u64 {
    let ended = lines.iter().filter(|byte| **byte == b'\n').count() as u64;
    ended + u64::from(lines.last().is_some_and(|last| *last != b'\n'))
}

/// The school that the first entry names.
fn school(lines: &[u8]) -> Option<String> {
    let first = lines.split(|byte| *byte == b'\n').next()?;
    let entry: Value = serde_json::from_slice(first).ok()?;
    Some(entry.pointer("/body/school")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(one: &str, other: &str) -> (CopyRelation, u64, u64, u64) {
        let found = compare_copies(one.as_bytes(), other.as_bytes());
        (found.relation, found.size, found.other_size, found.common)
    }

    #[test]
    fn a_copy_is_equal_older_newer_or_parts_at_an_entry() {
        assert_eq!(compared("a\nb\n", "a\nb\n"), (CopyRelation::Equal, 2, 2, 2));
        assert_eq!(compared("a\n", "a\nb\n"), (CopyRelation::Older, 1, 2, 1));
        assert_eq!(compared("a\nb\nc\n", "a\n"), (CopyRelation::Newer, 3, 1, 1));
        assert_eq!(compared("a\nbx\nc\n", "a\nby\n"), (CopyRelation::Rewritten, 3, 2, 1));
        assert_eq!(compared("", "a\n"), (CopyRelation::Older, 0, 1, 0));
    }

    #[test]
    fn a_line_that_is_only_the_beginning_of_another_is_another_entry() {
        assert_eq!(compared("a\nb", "a\nbc\n"), (CopyRelation::Rewritten, 2, 2, 1));
        assert_eq!(compared("a\nb", "a\nb\n"), (CopyRelation::Rewritten, 2, 2, 1));
    }

    #[test]
    fn copies_of_two_schools_are_told_as_such() {
        let of = |school: &str| format!("{{\"body\":{{\"school\":\"{school}\"}}}}\n");
        assert_eq!(compared(&of("A"), &of("B")).0, CopyRelation::OtherSchool);
        let long = "x".repeat(200_000);
        assert_eq!(
            compared(&format!("{long}\ny\n"), &format!("{long}\nz\n")),
            (CopyRelation::Rewritten, 2, 2, 1)
        );
    }
}
