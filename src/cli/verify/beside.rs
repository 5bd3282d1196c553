//! What lies beside a register that is judged alone: a checkpoint with the signatures over it, revocation data. A
//! deposit keeps them so in `niem-phong/`; whoever copied the register from there mostly copied them too.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::limits::{DEPOSIT_ACTS, DEPOSIT_REVOCATION_FILES};
use school::records::reader_frame::BesideRegister;

use super::papers::read;

/// The name of a register outside of a deposit.
pub(super) const REGISTER: &str = "so-theo-doi.jsonl";
const CHECKPOINT: &str = "checkpoint.txt";
const REVOCATION_DATA: &str = "thu-hoi";

/// Reads what lies beside `register`.
///
/// Errors: something that is there cannot be read; it might be what tells.
pub(super) fn beside(register: &Path) -> io::Result<BesideRegister> {
    let folder = register.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let encoded = |path: &PathBuf| read(path).map(|bytes| STANDARD.encode(bytes));
    let all = |paths: Vec<PathBuf>| paths.iter().map(encoded).collect::<io::Result<Vec<_>>>();
    let checkpoint = match encoded(&folder.join(CHECKPOINT)) {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        read => Some(read?),
    };
    let is_over = |name: &str| name.starts_with(CHECKPOINT) && name.ends_with(".p7s");
    let data = folder.join(REVOCATION_DATA);
    Ok(BesideRegister {
        checkpoint,
        signatures: all(files(folder, DEPOSIT_ACTS, is_over)?)?,
        crls: all(files(&data, DEPOSIT_REVOCATION_FILES, |name| name.ends_with(".crl"))?)?,
        ocsps: all(files(&data, DEPOSIT_REVOCATION_FILES, |name| name.ends_with(".ocsp"))?)?,
    })
}

/// Files of `folder`, which need not be there, by their names.
fn files(folder: &Path, most: usize, wanted: impl Fn(&str) -> bool) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    found.retain(|path| path.file_name().and_then(OsStr::to_str).is_some_and(&wanted) && path.is_file());
    found.sort();
    found.truncate(most);
    Ok(found)
}
