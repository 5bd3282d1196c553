//! What a path stands for: a deposit, an image, a register, a PDF, or a folder of them.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use school::deposit::DepositId;
use school::records::reader_frame::Subject;

use super::beside::REGISTER;
use crate::{terminal, wording};

/// Everything to judge under `path`, sorted by name.
pub fn subjects(path: &Path) -> io::Result<Vec<(Subject, PathBuf)>> {
    let kind = fs::metadata(path)?.file_type();
    if !kind.is_dir() {
        let ends = path.extension().and_then(OsStr::to_str).unwrap_or_default().to_lowercase();
        // A disc in its drive has no name of its own.
        let subject = match ends.as_str() {
            _ if kind.is_block_device() => Subject::Image,
            "iso" => Subject::Image,
            "jsonl" => Subject::Register,
            _ => Subject::Pdf,
        };
        return Ok(vec![(subject, path.to_owned())]);
    }
    if is_sealed_or_was(path)? {
        return Ok(vec![(Subject::Folder, path.to_owned())]);
    }
    let mut entries: Vec<PathBuf> =
        fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        let kind = fs::symlink_metadata(&entry)?;
        let end = entry.extension().and_then(OsStr::to_str).unwrap_or_default().to_lowercase();
        let is_register = entry.file_name().is_some_and(|name| name == REGISTER);
        if kind.is_symlink() {
            // A link could lead out of what is under judgement; it is named, so that nobody misses it.
            terminal::note(&wording::link_not_checked(&entry));
        }
        if kind.is_dir() || (kind.is_file() && (end == "pdf" || end == "iso" || is_register)) {
            found.extend(subjects(&entry)?);
        }
    }
    Ok(found)
}

/// True for a deposit or a medium, and for one that was stripped of its seal or tag files: its loose PDFs would
/// all be valid, and nothing would say what is missing.
fn is_sealed_or_was(folder: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        let tag_file = ["bagit.txt", "bag-info.txt", "niem-phong"].contains(&name.as_ref())
            || name.starts_with("manifest-")
            || name.starts_with("tagmanifest-");
        let payload = name == "nhan-su" || name == "kiem-tra" || name == "ban-goc";
        if tag_file || (payload && folder.join("ho-so").is_dir()) {
            return Ok(true);
        }
    }
    if folder.join("data/ho-so").is_dir() {
        return Ok(true);
    }
    // Whole deposits below data/: a medium, whatever else was taken from it.
    let inside = folder.join("data");
    let deposit = |entry: io::Result<fs::DirEntry>| {
        entry.is_ok_and(|entry| entry.file_name().to_string_lossy().parse::<DepositId>().is_ok())
    };
    Ok(inside.is_dir() && fs::read_dir(inside)?.any(deposit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, b"%PDF-1.7").expect("a file");
        }
        folder
    }

    #[test]
    fn a_deposit_stripped_of_its_seal_is_judged_as_a_deposit() {
        for left in ["bagit.txt", "manifest-sha256.txt", "niem-phong/x", "data/ho-so/a.pdf"] {
            let deposit = folder(&[left, "data/ho-so/a.pdf"]);
            let found = subjects(deposit.path()).expect("subjects");
            assert_eq!(found, [(Subject::Folder, deposit.path().to_owned())], "{left}");
        }
        let medium = folder(&["data/HOAPHUONG_2025-2026_0001/niem-phong/x", "MUC-LUC.html"]);
        assert_eq!(subjects(medium.path()).expect("subjects").len(), 1, "the medium as a whole");
        let disk = folder(&["lan-1/bagit.txt", "lan-2/bagit.txt"]);
        assert_eq!(subjects(disk.path()).expect("subjects").len(), 2, "each writing of a disk");
        let payload = folder(&["ho-so/a.pdf", "nhan-su/roster.json"]);
        assert_eq!(subjects(payload.path()).expect("subjects")[0].0, Subject::Folder);
    }

    #[test]
    fn a_file_is_an_image_by_its_name_alone() {
        // The first 32 KiB of a volume are free: a PDF can stand there, and must be judged as what it shows.
        let place = folder(&["a.pdf", "b.ISO"]);
        let mut bytes = b"%PDF-1.7".to_vec();
        bytes.resize(32_769, 0);
        bytes.extend(b"CD001");
        for (name, subject) in [("a.pdf", Subject::Pdf), ("b.ISO", Subject::Image)] {
            let path = place.path().join(name);
            fs::write(&path, &bytes).expect("a file");
            assert_eq!(subjects(&path).expect("subjects"), [(subject, path)]);
        }
    }

    #[test]
    fn a_folder_of_loose_pdfs_is_its_pdfs_and_links_are_left_out() {
        let loose = folder(&["a.pdf", "b/c.PDF", "d.txt"]);
        std::os::unix::fs::symlink("/etc/passwd", loose.path().join("e.pdf")).expect("a link");
        let found: Vec<PathBuf> =
            subjects(loose.path()).expect("subjects").into_iter().map(|(_, path)| path).collect();
        assert_eq!(found, [loose.path().join("a.pdf"), loose.path().join("b/c.PDF")]);
    }
}
