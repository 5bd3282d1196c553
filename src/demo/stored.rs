//! Files of the demo: written whole or not at all, so that a kill leaves the old bytes or the new ones.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::DemoFault;

/// Replaces `path` by `bytes` in one step; only the owner may read it.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), DemoFault> {
    write(path, bytes, 0o600)
}

/// Replaces `path` by `bytes` in one step; everyone may read it.
pub fn write_public(path: &Path, bytes: &[u8]) -> Result<(), DemoFault> {
    write(path, bytes, 0o644)
}

fn write(path: &Path, bytes: &[u8], mode: u32) -> Result<(), DemoFault> {
    let fault = DemoFault::file;
    // `.` + name + `.tam`: one writer per file, each file of the demo has a lock or one thread.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = path.with_file_name(format!(".{name}.tam"));
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(mode)
        .open(&unfinished)
        .map_err(fault(&unfinished))?;
    file.write_all(bytes).and_then(|()| file.sync_data()).map_err(fault(&unfinished))?;
    fs::rename(&unfinished, path).map_err(fault(path))
}

/// The bytes of `path`.
pub fn read(path: &Path) -> Result<Vec<u8>, DemoFault> {
    fs::read(path).map_err(DemoFault::file(path))
}

/// The text of `path`.
pub fn read_text(path: &Path) -> Result<String, DemoFault> {
    fs::read_to_string(path).map_err(DemoFault::file(path))
}

/// Makes a folder that everyone may enter.
pub fn folder(path: &Path) -> Result<(), DemoFault> {
    fs::DirBuilder::new().recursive(true).create(path).map_err(DemoFault::file(path))
}

/// Makes a folder that only the owner may enter.
pub fn private_folder(path: &Path) -> Result<(), DemoFault> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(DemoFault::file(path))
}
