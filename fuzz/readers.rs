//! What the fuzz targets and the stable tests of their seeds call: readers of strangers' bytes, each
//! under the one condition that holds for any input. It returns, and without trust nothing is valid.
#![allow(dead_code)]

use std::io;

use verification::circumstances::{Circumstances, Policy};
use verification::files::ReadAt;
use verification::report::Verdict;

fn circumstances(policy: Policy) -> Circumstances {
    Circumstances::alone(policy, "2026-06-01T07:02:00+07:00".parse().expect("a moment"))
}

/// Revisions, fields and differences of a foreign PDF.
pub fn revision_map(bytes: &[u8]) {
    let report = verification::pdf::judge(bytes, &circumstances(Policy::Foreign), None);
    assert_ne!(report.verdict, Verdict::Valid);
}

/// The whole judgement of a PDF by both policies and by its content.
pub fn verify(bytes: &[u8]) {
    for policy in [Policy::School, Policy::Foreign, Policy::ByContent] {
        let report = verification::pdf::judge(bytes, &circumstances(policy), None);
        assert_ne!(report.verdict, Verdict::Valid);
        assert!(!report.problems.is_empty(), "what is not valid says why");
    }
}

/// A detached signature, a timestamp, a certificate, a revocation list and an answer about one.
pub fn cms(bytes: &[u8]) {
    let mut around = circumstances(Policy::Foreign);
    (around.crls, around.ocsps) = (vec![bytes.to_vec()], vec![bytes.to_vec()]);
    // The seeds are over other content.
    assert!(verification::cms::judge_detached(b"fuzz", bytes).is_err());
    assert!(verification::timestamp::judge(bytes, b"fuzz", &around, None).is_err());
    let _ = verification::pki::standing(bytes, &around);
}

/// An export of a gradebook.
pub fn export(bytes: &[u8]) {
    if let Err(problems) = crafts::export::parse(bytes) {
        assert!(!problems.is_empty(), "what is refused says why");
    }
}

struct Image<'a>(&'a [u8]);

impl ReadAt for Image<'_> {
    fn len(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<()> {
        let end = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let start = usize::try_from(offset_bytes).map_err(|_| end())?;
        let piece = self.0.get(start..).and_then(|rest| rest.get(..buffer.len())).ok_or_else(end)?;
        buffer.copy_from_slice(piece);
        Ok(())
    }
}

/// An image of a medium.
pub fn image(bytes: &[u8]) {
    let objects = verification::image::judge(&Image(bytes), &circumstances(Policy::School));
    assert_ne!(objects[0]["verdict"], "valid");
}
