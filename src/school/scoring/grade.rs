//! Khối: the grade that a class belongs to.

use crate::identifier::ClassName;

/// A grade of the lower (6 to 9) or upper (10 to 12) secondary level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Grade(u8);

/// A class whose name does not lead to a secondary grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoGrade {
    /// Grades 1 to 5: năng lực and phẩm chất (TT 27/2020) are assessed there, for which this program
    /// has no rules and no forms.
    #[error("grades 1 to 5 are out of scope")]
    Primary,
    /// The name does not begin with a grade between 1 and 12.
    #[error("the class name does not begin with a grade")]
    Unknown,
}

impl Grade {
    /// The grade of a class: the digits that its name begins with, `10A2` is grade 10.
    pub fn of(class: &ClassName) -> Result<Self, NoGrade> {
        let name = class.as_str();
        let digits = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
        match name[..digits].parse() {
            Ok(1..=5) => Err(NoGrade::Primary),
            Ok(grade @ 6..=12) => Ok(Self(grade)),
            _ => Err(NoGrade::Unknown),
        }
    }

    /// The number of the grade, 6 to 12.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Whether the grade belongs to the upper secondary level (THPT).
    pub const fn is_upper(self) -> bool {
        self.0 >= 10
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_before_the_first_letter_are_the_grade() {
        let grade = |name: &str| Grade::of(&name.parse().expect("a class name")).map(Grade::number);
        for (name, expected) in [("6A1", Ok(6)), ("9", Ok(9)), ("10A2", Ok(10)), ("12-6", Ok(12))] {
            assert_eq!(grade(name), expected, "{name}");
        }
        for name in ["1A", "5B2"] {
            assert_eq!(grade(name), Err(NoGrade::Primary), "{name}");
        }
        for name in ["A1", "13B", "0A", "61A", "99999"] {
            assert_eq!(grade(name), Err(NoGrade::Unknown), "{name}");
        }
    }
}
