//! What a path stands for: a deposit, an image, a PDF, or a folder of them.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use school::records::reader_frame::Subject;

/// Everything to judge under `path`, sorted by name.
pub fn subjects(path: &Path) -> io::Result<Vec<(Subject, PathBuf)>> {
    if !fs::metadata(path)?.is_dir() {
        let image =
            path.extension().and_then(OsStr::to_str).is_some_and(|end| end.eq_ignore_ascii_case("iso"));
        return Ok(vec![(if image { Subject::Image } else { Subject::Pdf }, path.to_owned())]);
    }
    // A folder without bagit.txt may be a deposit that lost it: its seal tells.
    if path.join("bagit.txt").exists() || path.join("niem-phong").exists() {
        return Ok(vec![(Subject::Folder, path.to_owned())]);
    }
    let mut entries: Vec<PathBuf> =
        fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        let kind = fs::symlink_metadata(&entry)?;
        let end = entry.extension().and_then(OsStr::to_str).unwrap_or_default().to_lowercase();
        if kind.is_dir() || (kind.is_file() && (end == "pdf" || end == "iso")) {
            found.extend(subjects(&entry)?);
        }
    }
    Ok(found)
}
