//! The seal statement of a deposit: the one small text that the stamp signs last. It names everything that
//! was closed, and the register as it stood then.

mod statement;

pub use statement::Statement;
