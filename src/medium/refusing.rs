//! How the media worker says that something was not done.

use std::io;

use rustix::io::Errno;
use school::limits::MEDIA_NAMES;
use school::records::media_frame::Refused;

/// With a code, for the log the rest.
pub(super) fn refused(code: &str, detail: impl ToString) -> Refused {
    Refused { code: code.to_owned(), names: Vec::new(), detail: detail.to_string() }
}

/// With the first of many names.
pub(super) fn about(code: &str, names: impl IntoIterator<Item = String>) -> Refused {
    Refused {
        code: code.to_owned(),
        names: names.into_iter().take(MEDIA_NAMES).collect(),
        detail: String::new(),
    }
}

/// What the kernel says when a medium can no longer be written; `name` is a name on the medium.
pub(super) fn not_written(error: &io::Error, name: &str) -> Refused {
    let code = match error.raw_os_error().map(Errno::from_raw_os_error) {
        Some(Errno::NOSPC | Errno::FBIG) => "medium.device_too_small",
        Some(Errno::ROFS) => "medium.write_protected",
        Some(Errno::NODEV | Errno::NXIO) => "medium.unplugged",
        Some(Errno::PERM | Errno::ACCESS) => "medium.no_permission",
        _ => "medium.write_error",
    };
    Refused { code: code.to_owned(), names: vec![name.to_owned()], detail: error.to_string() }
}

/// As [`not_written`], for reading.
pub(super) fn not_read(error: &io::Error, name: &str) -> Refused {
    let code = match error.raw_os_error().map(Errno::from_raw_os_error) {
        Some(Errno::NODEV | Errno::NXIO) => "medium.unplugged",
        Some(Errno::PERM | Errno::ACCESS) => "medium.no_permission",
        _ => "medium.read_error",
    };
    Refused { code: code.to_owned(), names: vec![name.to_owned()], detail: error.to_string() }
}
