//! `KIEM-TRA.html`, one page for any browser: it reads the medium and sends nothing. Built from
//! `kiem-tra/` by `make kiem-tra` and committed as it is, so that its digest is known before any medium is
//! written and stands on the label.

use school::digest::Sha256;

/// The page.
pub const CHECKING_PAGE: &[u8] = include_bytes!("kiem-tra.html");

/// The digest that the label names, so that a page found on a medium can be compared before it is believed.
pub fn checking_page_digest() -> Sha256 {
    Sha256::of(CHECKING_PAGE)
}
