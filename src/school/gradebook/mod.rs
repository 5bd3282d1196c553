//! The gradebook of one class for one period, as data: sổ điểm. Marks are integers in tenths
//! (8,5 is 85), names are NFC. Read from exports by `crafts::export`; judged by [`crate::scoring`];
//! printed by `crafts::document`. Every value of a pupil may be missing, because a snapshot or an
//! export in the middle of the year has gaps: what must be there is asked by the lock, not by the form.
//! Source: TT 22/2021/TT-BGDĐT, Đ.5 to Đ.15, and its forms (DOMAIN, section 2).

mod attendance;
mod book;
mod changes;
mod conduct;
mod honour;
mod level;
mod mark;
mod month;
mod outcome;
mod personal;
mod pupil;
mod results;
mod study;
mod subject;
mod year_of;

pub use attendance::{Absence, AbsenceKind, Day, MonthAttendance, NotADay};
pub use book::{FORMAT, Gradebook, HeadRemark, LockClaim};
pub use changes::{Change, changes};
pub use conduct::Conduct;
pub use honour::Honour;
pub use level::Level;
pub use mark::{Mark, NotAMark};
pub use month::{Month, NotAMonth};
pub use outcome::Outcome;
pub use personal::{Guardian, Personal, Schooling};
pub use pupil::{Gender, Pupil, SubjectRow};
pub use results::{Results, SubjectResults, Term};
pub use study::Study;
pub use subject::{Assessment, Subject};
pub use year_of::YearOf;
