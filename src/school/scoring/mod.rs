//! The rules by which a gradebook is recomputed, versioned by school year and grade. What an export
//! claims is compared with what these rules give; nothing here repairs a value.
//!
//! [`check`] reads in this order: the [`Scheme`] of class and year, the results of every subject, the
//! levels over all subjects, what the year ends with. It gives [`Difference`]s (a claim that the rules
//! do not confirm) and [`Gap`]s (something that has not been entered).
//! Sources: TT 22/2021/TT-BGDĐT; TT 58/2011/TT-BGDĐT with TT 26/2020/TT-BGDĐT (DOMAIN, section 2.5).
//! Articles that were recalled and not read in the gazette say so where they are used.

mod ability;
mod average;
mod cell;
mod checked;
mod conduct_of_year;
mod core_subject;
mod difference;
mod gap;
mod grade;
mod outcome;
mod over_all;
mod passed;
mod regular;
mod scheme;
mod standing;
mod study_level;
mod subject_check;
mod title;

pub use ability::{Ability, ability};
pub use average::{mean, term_average, year_average};
pub use cell::{Cell, Value, When};
pub use checked::{Checked, FORMAT, check};
pub use conduct_of_year::conduct_of_year;
pub use difference::Difference;
pub use gap::{Entry, Gap};
pub use grade::{Grade, NoGrade};
pub use outcome::{ABSENCE_MOST, Ending, outcome};
pub use passed::{term_level, year_level};
pub use regular::{MOST_TX, regular_least};
pub use scheme::{NoScheme, Scheme};
pub use standing::{Reached, Standing};
pub use study_level::{MARKED_LEAST, study_level};
pub use title::title;
