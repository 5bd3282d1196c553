//! Which circular judges a class in a school year.

use serde::{Deserialize, Serialize};

use crate::identifier::{ClassName, SchoolYear};

use super::grade::{Grade, NoGrade};

/// The circular in force for a grade in a school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scheme {
    /// TT 22/2021/TT-BGDĐT.
    #[serde(rename = "TT22-2021")]
    Tt22,
    /// TT 58/2011/TT-BGDĐT as amended by TT 26/2020/TT-BGDĐT.
    #[serde(rename = "TT58-2011")]
    Tt58,
}

/// A class and year that no rules of this program judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoScheme {
    /// The class leads to no secondary grade.
    #[error(transparent)]
    Grade(#[from] NoGrade),
    /// Before TT 26/2020 a term had several tests of double weight, which the format has no place for.
    #[error("school years before 2020-2021 are out of scope")]
    TooOld,
}

/// The first school year of TT 26/2020 (in force from 11/10/2020).
const FIRST_YEAR: u16 = 2020;

impl Scheme {
    /// The circular for `class` in `year`. TT 22 was rolled out grade by grade: 6 from 2021-2022, 7 and
    /// 10 from 2022-2023, 8 and 11 from 2023-2024, 9 and 12 from 2024-2025 (TT 22/2021, Đ.22: recalled,
    /// unverified against the gazette).
    ///
    /// Errors: see [`NoScheme`].
    pub fn of(year: SchoolYear, class: &ClassName) -> Result<Self, NoScheme> {
        let first_of_tt22 = match Grade::of(class)?.number() {
            6 => 2021,
            7 | 10 => 2022,
            8 | 11 => 2023,
            _ => 2024,
        };
        match year.begins() {
            begins if begins >= first_of_tt22 => Ok(Self::Tt22),
            begins if begins >= FIRST_YEAR => Ok(Self::Tt58),
            _ => Err(NoScheme::TooOld),
        }
    }

    /// The circular in whose words the results of a class are printed and shown: where no rules judge them, a year
    /// before those rules has the older words, and a class without a secondary grade the newer ones.
    pub fn worded(year: SchoolYear, class: &ClassName) -> Self {
        match Self::of(year, class) {
            Ok(scheme) => scheme,
            Err(NoScheme::TooOld) => Self::Tt58,
            Err(NoScheme::Grade(_)) => Self::Tt22,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_without_rules_has_the_words_of_its_time() {
        let worded = |year: &str, class: &str| {
            Scheme::worded(year.parse().expect("a year"), &class.parse().expect("a class"))
        };
        assert_eq!((worded("2019-2020", "6A1"), worded("2022-2023", "9B")), (Scheme::Tt58, Scheme::Tt58));
        assert_eq!((worded("2022-2023", "6A1"), worded("2025-2026", "3B")), (Scheme::Tt22, Scheme::Tt22));
    }

    #[test]
    fn the_new_circular_came_grade_by_grade() {
        let scheme = |year: &str, class: &str| {
            Scheme::of(year.parse().expect("a year"), &class.parse().expect("a class"))
        };
        let table = [
            ("2020-2021", [Scheme::Tt58; 7]),
            (
                "2021-2022",
                [
                    Scheme::Tt22,
                    Scheme::Tt58,
                    Scheme::Tt58,
                    Scheme::Tt58,
                    Scheme::Tt58,
                    Scheme::Tt58,
                    Scheme::Tt58,
                ],
            ),
            (
                "2022-2023",
                [
                    Scheme::Tt22,
                    Scheme::Tt22,
                    Scheme::Tt58,
                    Scheme::Tt58,
                    Scheme::Tt22,
                    Scheme::Tt58,
                    Scheme::Tt58,
                ],
            ),
            (
                "2023-2024",
                [
                    Scheme::Tt22,
                    Scheme::Tt22,
                    Scheme::Tt22,
                    Scheme::Tt58,
                    Scheme::Tt22,
                    Scheme::Tt22,
                    Scheme::Tt58,
                ],
            ),
            ("2024-2025", [Scheme::Tt22; 7]),
        ];
        for (year, expected) in table {
            for (grade, expected) in (6..=12).zip(expected) {
                assert_eq!(scheme(year, &format!("{grade}A1")), Ok(expected), "{grade} in {year}");
            }
        }
        assert_eq!(scheme("2019-2020", "6A1"), Err(NoScheme::TooOld));
        assert_eq!(scheme("2025-2026", "3B"), Err(NoScheme::Grade(NoGrade::Primary)));
    }
}
