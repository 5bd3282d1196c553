//! The seal statement of a medium that lies there already: by it the core sees whose medium it is.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use school::limits::MEDIA_STATEMENT_SIZE_BYTES;
use school::records::media_frame::SealFound;

const PLACE: &str = "niem-phong/niem-phong.txt";

/// The statement of the bag in `folder`, which is `writing` of a disk; nothing when there is none, or it is no text.
pub(super) fn seal(folder: &Path, writing: Option<u32>) -> Option<SealFound> {
    let file = File::open(folder.join(PLACE)).ok()?;
    let mut text = String::new();
    file.take(MEDIA_STATEMENT_SIZE_BYTES).read_to_string(&mut text).ok()?;
    Some(SealFound { writing, statement: text })
}
