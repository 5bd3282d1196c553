//! Documents as tagged PDF/A-3a and PDF/UA-1, before any field is in them.

mod rendered;

pub use rendered::{Place, Rendered};
