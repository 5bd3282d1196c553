//! One text in the two languages of the house.

use std::fmt;

/// The same in Vietnamese and in English. On one line it reads `Vietnamese / English`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Both {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// A text in both languages.
pub fn both(vi: impl Into<String>, en: impl Into<String>) -> Both {
    Both { vi: vi.into(), en: en.into() }
}

impl Both {
    /// What reads the same in every language: names, figures, paths.
    pub fn same(text: impl Into<String>) -> Self {
        let vi = text.into();
        Self { en: vi.clone(), vi }
    }

    /// Several, one after the other.
    pub fn list(all: impl IntoIterator<Item = Self>) -> Self {
        let (vi, en): (Vec<_>, Vec<_>) = all.into_iter().map(|one| (one.vi, one.en)).unzip();
        both(vi.join(", "), en.join(", "))
    }

    /// The English, where it says something that the Vietnamese does not.
    pub fn english(&self) -> Option<&str> {
        (self.en != self.vi).then_some(self.en.as_str())
    }
}

impl fmt::Display for Both {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.vi)?;
        self.english().map_or(Ok(()), |en| write!(f, " / {en}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_the_same_in_every_language_is_said_once() {
        assert_eq!(both("đã ký", "signed").to_string(), "đã ký / signed");
        assert_eq!(Both::same("/var/lib").to_string(), "/var/lib");
        let listed = Both::list([Both::same("USB"), both("đĩa quang", "disc")]);
        assert_eq!(listed.to_string(), "USB, đĩa quang / USB, disc");
    }
}
