//! The seal statement of a medium that lies there already: by it the core sees whose medium it is.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use school::limits::MEDIA_STATEMENT_SIZE_BYTES;

const PLACE: &str = "niem-phong/niem-phong.txt";

/// The statement of the bag in `folder`; nothing when there is none, or it is no text.
pub(super) fn statement(folder: &Path) -> Option<String> {
    let file = File::open(folder.join(PLACE)).ok()?;
    let mut text = String::new();
    file.take(MEDIA_STATEMENT_SIZE_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}
