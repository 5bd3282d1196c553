//! Media: planned as a set, sealed, and then copy by copy written, read back, put under a paper seal,
//! checked again over the years, replaced. A deposit is *archived* when the copies that the school's
//! regulation names were read back; that is computed here and stored nowhere (invariant 9).

mod archived;
mod command;
mod content;
mod corrections;
mod decide;
mod due;
mod next;
mod planning;
mod refusal;
mod sizes;
mod stage;

pub use archived::{Standing, standing};
pub use command::Command;
pub use content::Content;
pub use corrections::corrections;
pub use decide::decide;
pub use due::{Due, due};
pub use next::{Next, next};
pub use planning::{Planning, ask_to_plan, ask_to_seal};
pub use refusal::CopyRefusal;
pub use sizes::{in_discs, room_bytes};
pub use stage::{CopyStage, Media, Medium, MediumCopy, Stage};
