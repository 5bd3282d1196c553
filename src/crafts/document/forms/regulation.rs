//! Which circular a class is assessed by, as far as the forms differ: their columns and their words.

use school::identifier::{ClassName, SchoolYear};
use school::scoring::{Grade, Scheme};

/// The circular in force for a class in a school year (DOMAIN, 2.5: it came grade by grade).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Regulation {
    /// TT 22/2021: học tập, rèn luyện.
    Tt22,
    /// TT 58/2011 with TT 26/2020: học lực, hạnh kiểm, ĐTB các môn.
    Tt58,
}

/// The level of a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Trung học cơ sở, grades 6 to 9.
    Lower,
    /// Trung học phổ thông, grades 10 to 12.
    Upper,
}

impl Stage {
    /// Level of the class; a name without a grade counts as lower secondary.
    pub(super) fn of(class: &ClassName) -> Self {
        if Grade::of(class).is_ok_and(Grade::is_upper) { Self::Upper } else { Self::Lower }
    }

    /// `TRUNG HỌC CƠ SỞ`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Lower => "TRUNG HỌC CƠ SỞ",
            Self::Upper => "TRUNG HỌC PHỔ THÔNG",
        }
    }

    /// Short form in numbers of transcripts.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Lower => "THCS",
            Self::Upper => "THPT",
        }
    }
}

impl Regulation {
    /// The circular for a class.
    pub(super) fn of(year: SchoolYear, class: &ClassName) -> Self {
        match Scheme::worded(year, class) {
            Scheme::Tt58 => Self::Tt58,
            Scheme::Tt22 => Self::Tt22,
        }
    }

    /// Title of the class book.
    pub(super) const fn book_title(self) -> &'static str {
        match self {
            Self::Tt22 => "SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH",
            Self::Tt58 => "SỔ GỌI TÊN VÀ GHI ĐIỂM",
        }
    }

    /// The class book by name within a sentence.
    pub(super) const fn book(self) -> &'static str {
        match self {
            Self::Tt22 => "sổ theo dõi và đánh giá học sinh (theo lớp học)",
            Self::Tt58 => "sổ gọi tên và ghi điểm",
        }
    }

    /// A new assessment of one subject.
    pub(super) const fn again(self) -> &'static str {
        match self {
            Self::Tt22 => "đánh giá lại",
            Self::Tt58 => "kiểm tra lại",
        }
    }

    /// Head of the level of study.
    pub(super) const fn study(self) -> &'static str {
        match self {
            Self::Tt22 => "Kết quả học tập",
            Self::Tt58 => "Học lực",
        }
    }

    /// Head of the level of conduct.
    pub(super) const fn conduct(self) -> &'static str {
        match self {
            Self::Tt22 => "Kết quả rèn luyện",
            Self::Tt58 => "Hạnh kiểm",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_circular_came_grade_by_grade() {
        let of = |year: &str, class: &str| {
            Regulation::of(year.parse().expect("a year"), &class.parse().expect("a class"))
        };
        assert_eq!((of("2021-2022", "6A1"), of("2021-2022", "7A1")), (Regulation::Tt22, Regulation::Tt58));
        assert_eq!((of("2023-2024", "12A3"), of("2024-2025", "12A3")), (Regulation::Tt58, Regulation::Tt22));
        assert_eq!(Stage::of(&"10C2".parse().expect("a class")), Stage::Upper);
    }
}
