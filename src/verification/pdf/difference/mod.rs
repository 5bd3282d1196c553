//! What later revisions did to what was signed. The *school* policy explains every object of our own
//! three kinds of revision; the *foreign* policy follows ISO 32000-2, 12.8.2 with an allow-list.
//! What neither explains is suspicious (invariant 8).

pub(crate) mod dss;
pub(crate) mod foreign;
mod references;
pub(crate) mod school;
