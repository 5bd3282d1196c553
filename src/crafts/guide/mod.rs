//! What a person reads on a medium without any program of ours: the letter `DOC-TRUOC.txt`, the list
//! `MUC-LUC.html` (as paper: [`crate::document::contents_list`]) and the page `KIEM-TRA.html`, which checks
//! the medium in a browser. Whoever lays out a medium takes the bytes from here and lists them in its
//! manifests; no file here names what it cannot know (image, copy number, sticker).

mod checking_page;
mod contents;
mod contents_page;
mod name_order;
mod read_first;
mod titles;

pub use checking_page::{CHECKING_PAGE, checking_page_digest};
pub use contents::{Contents, ListedClass, ListedCorrection, ListedDeposit, ListedFile, ListedPupil, What};
pub use contents_page::contents_page;
pub use name_order::{NameKey, given_name_first};
pub use read_first::{ReadFirst, read_first};
pub use titles::{CORRECTED, CORRECTED_STAYS};

/// Names of the files on a medium, all in its root.
pub mod names {
    /// The letter.
    pub const READ_FIRST: &str = "DOC-TRUOC.txt";
    /// The list of contents for a browser.
    pub const CONTENTS_PAGE: &str = "MUC-LUC.html";
    /// The list of contents as paper.
    pub const CONTENTS_PAPER: &str = "MUC-LUC.pdf";
    /// The checking page.
    pub const CHECKING_PAGE: &str = "KIEM-TRA.html";
}
