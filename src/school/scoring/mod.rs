//! The rules by which a gradebook is recomputed, versioned by school year and grade. What an export
//! claims is compared with what these rules give; nothing here repairs a value.
//! Sources: TT 22/2021/TT-BGDĐT; TT 58/2011/TT-BGDĐT with TT 26/2020/TT-BGDĐT (DOMAIN, section 2.5).

mod grade;
mod scheme;

pub use grade::{Grade, NoGrade};
pub use scheme::{NoScheme, Scheme};
