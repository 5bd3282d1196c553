//! Judges one PDF.

use std::collections::BTreeSet;

use school::digest::Sha256;

use crate::circumstances::Circumstances;
use crate::report::PdfReport;

/// Judges one PDF. `registered`: digests of final files in a register that is at hand and was judged.
pub fn judge(
    _pdf: &[u8],
    _circumstances: &Circumstances,
    _registered: Option<&BTreeSet<Sha256>>,
) -> PdfReport {
    todo!()
}
