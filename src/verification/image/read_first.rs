//! `DOC-TRUOC.txt`, the letter beside the deposits of a medium. No seal covers it, so the judge carries its
//! own copy of every text that there ever was: other words would send a reader astray.

/// The texts by version, oldest first; the name of the deposit stands for [`DEPOSIT`].
pub const TEXTS: [&str; 1] = [include_str!("doc-truoc.1.txt")];

/// What stands in a text in the place of the deposit's name.
pub const DEPOSIT: &str = "{deposit}";

/// True for a text that this program or an earlier one writes beside one of these deposits.
pub(super) fn is_known(found: &[u8], deposits: &[String]) -> bool {
    let mut texts = deposits.iter().flat_map(|name| TEXTS.iter().map(|text| text.replace(DEPOSIT, name)));
    texts.any(|text| text.as_bytes() == found)
}
