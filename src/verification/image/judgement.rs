//! The judgement of an image: its volume, and the medium that its root is.

use serde_json::Value;

use super::volume::Volume;
use crate::circumstances::Circumstances;
use crate::deposit::{Code, Findings, Judges, Real};
use crate::files::{Files, ReadAt};
use crate::medium;

/// Judges an image: the objects of the medium on it, of which the first also tells what is wrong with the
/// image itself.
///
/// Source: ECMA-119; Joliet; IEEE P1282; DESIGN, section 8.
pub fn judge(image: &dyn ReadAt, circumstances: &Circumstances) -> Vec<Value> {
    judge_with(image, circumstances, &Real)
}

/// As [`judge`], with chosen judges of PDFs, signatures, timestamps and certificates.
pub(crate) fn judge_with(
    image: &dyn ReadAt,
    circumstances: &Circumstances,
    judges: &dyn Judges,
) -> Vec<Value> {
    let mut findings = Findings::default();
    let bytes = Some(image.len());
    match Volume::open(image) {
        Ok(volume) => {
            judge_volume(&volume, &mut findings);
            let found = medium::Image { volume: Some(volume.id().to_owned()), bytes, findings };
            medium::judge_with(&volume.root(), circumstances, judges, found)
        }
        Err(fault) => {
            findings.add(fault.code(), "");
            let found = medium::Image { volume: None, bytes, findings };
            medium::judge_with(&NoFiles, circumstances, judges, found)
        }
    }
}

/// What can be read of an image that is none.
struct NoFiles;

impl Files for NoFiles {
    fn list(&self) -> std::io::Result<Vec<(String, u64)>> {
        Err(std::io::ErrorKind::InvalidData.into())
    }

    fn read(&self, _: &str, _: u64) -> std::io::Result<Vec<u8>> {
        Err(std::io::ErrorKind::InvalidData.into())
    }

    fn stream(&self, _: &str, _: &mut dyn FnMut(&[u8])) -> std::io::Result<()> {
        Err(std::io::ErrorKind::InvalidData.into())
    }
}

fn judge_volume(volume: &Volume, findings: &mut Findings) {
    if volume.is_truncated() {
        findings.add(Code::ImageTruncated, "");
    }
    if !volume.slack_is_empty() {
        findings.add(Code::ImageSlack, "");
    }
    if let Some(block) = volume.unused_block() {
        findings.add(Code::ImageUnused, format!("block {block}"));
    }
    if !volume.tail_is_empty() {
        findings.add(Code::ImageTail, "");
    }
    if !volume.shows_one_tree() {
        findings.add(Code::ImageTreesDiffer, "");
    }
    for name in volume.outside() {
        findings.add(Code::ImageExtent, name);
    }
}
