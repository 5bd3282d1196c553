//! The seal statements of deposits and media: the one small text that the stamp signs last. It names
//! everything that was closed, and the register as it stood then.

mod medium_statement;
mod statement;

pub use medium_statement::MediumStatement;
pub use statement::Statement;
