//! How much room the disk of a folder has.

use std::path::Path;

use rustix::fs::statvfs;

use super::StoreRefusal;

/// Free bytes, and all, of the file system on which `folder` lies.
///
/// Errors: the folder cannot be looked at.
pub fn room(folder: &Path) -> Result<(u64, u64), StoreRefusal> {
    let told = statvfs(folder).map_err(|error| StoreRefusal::at(folder)(error.into()))?;
    Ok((told.f_bavail.saturating_mul(told.f_frsize), told.f_blocks.saturating_mul(told.f_frsize)))
}
