//! `verify --extract`: the file as each signer left it, so that an inspector sees what was signed. A
//! revision is the beginning of the file up to the last byte that its signature covers.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use school::limits::PDF_SIZE_BYTES;
use school::records::reader_frame::Subject;
use serde_json::Value;

use super::OutputFault;
use super::outputs::write_new;
use super::readers::Job;

/// Longest part of a file name that comes from a field.
const FIELD_CHARACTERS: usize = 64;

/// Writes every signed revision of the PDF of `report` into `folder`. Returns the files, those of an
/// earlier run with the same bytes included.
///
/// Errors: the PDF cannot be read, or a file of that name holds other bytes.
pub fn extract(folder: &Path, job: &Job, report: &Value) -> Result<Vec<PathBuf>, OutputFault> {
    let path = report.get("path").and_then(Value::as_str).map(PathBuf::from).unwrap_or_default();
    let signatures = report.get("signatures").and_then(Value::as_array);
    let Some(signatures) = signatures.filter(|all| !all.is_empty() && lies_in(job, &path)) else {
        return Ok(Vec::new());
    };
    let unreadable = |error| OutputFault::Unreadable(path.clone(), error);
    let mut bytes = Vec::new();
    File::open(&path)
        .and_then(|file| file.take(PDF_SIZE_BYTES).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    fs::create_dir_all(folder).map_err(|error| OutputFault::Unwritable(folder.to_owned(), error))?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut written = Vec::new();
    for (index, signature) in signatures.iter().enumerate() {
        let end = signature.get("revision_end_bytes").and_then(Value::as_u64);
        let end = end.and_then(|end| usize::try_from(end).ok()).and_then(|end| bytes.get(..end));
        let (Some(revision), Some(field)) = (end, signature.get("field").and_then(Value::as_str)) else {
            continue;
        };
        let target = folder.join(format!("{stem}.rev{}.{}.pdf", index + 1, name_of(field)));
        match write_new(&target, revision) {
            Err(OutputFault::Exists(_)) if fs::read(&target).is_ok_and(|there| there == revision) => {}
            done => done?,
        }
        written.push(target);
    }
    Ok(written)
}

/// The path of a report inside a deposit was told by the reader, which has read hostile bytes: it must
/// lie in the folder that the inspector named. What lies in an image has no path of its own.
pub fn lies_in(job: &Job, path: &Path) -> bool {
    match job.subject {
        Some(Subject::Pdf) => path == job.path,
        Some(Subject::Image | Subject::Register) | None => false,
        Some(Subject::Folder) => {
            let whole = (fs::canonicalize(&job.path), fs::canonicalize(path));
            matches!(whole, (Ok(folder), Ok(path)) if path.starts_with(&folder))
        }
    }
}

/// A field's name as part of a file name: letters and digits of ASCII, `_` and `-`.
fn name_of(field: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '_' };
    field.chars().take(FIELD_CHARACTERS).map(kept).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn job(path: PathBuf, subject: Subject) -> Job {
        Job { argument: 0, subject: Some(subject), path }
    }

    #[test]
    fn revisions_are_beginnings_of_the_file_and_field_names_cannot_leave_the_folder() {
        let place = tempfile::tempdir().expect("folder");
        let pdf = place.path().join("a.pdf");
        fs::write(&pdf, b"0123456789").expect("writes");
        let report = json!({"path": pdf, "signatures": [
            {"field": "../../x", "revision_end_bytes": 4}, {"field": "B", "revision_end_bytes": 99}, {"field": "C"},
        ]});
        let job = job(pdf, Subject::Pdf);
        let out = place.path().join("out");
        let written = extract(&out, &job, &report).expect("extracts");
        assert_eq!(written, [out.join("a.rev1.______x.pdf")]);
        assert_eq!(fs::read(&written[0]).expect("reads"), b"0123");
        extract(&out, &job, &report).expect("the same bytes again are a success");
        fs::write(&written[0], b"other").expect("writes");
        assert!(matches!(extract(&out, &job, &report), Err(OutputFault::Exists(_))));
    }

    #[test]
    fn a_report_cannot_point_outside_of_what_was_named() {
        let place = tempfile::tempdir().expect("folder");
        let bag = place.path().join("bag");
        fs::create_dir(&bag).expect("folder");
        let secret = place.path().join("secret.pdf");
        fs::write(&secret, b"secret").expect("writes");
        let report = json!({"path": bag.join("../secret.pdf"), "signatures": [{"field": "A", "revision_end_bytes": 3}]});
        let written =
            extract(&place.path().join("out"), &job(bag, Subject::Folder), &report).expect("extracts");
        assert!(written.is_empty());
    }
}
