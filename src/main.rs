//! .
#[allow(dead_code, unused_imports)]
mod medium;
#[allow(dead_code, unused_imports)]
mod store;
fn main() {}
