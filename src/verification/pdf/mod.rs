//! Judges one PDF. The order is that of the story: [`revision_map`] understands the bytes,
//! `signatures` finds what was signed, `difference` explains what came later, `plan` compares with
//! the school's plan and roster, `verdict` draws the conclusion.

use std::collections::BTreeSet;

use school::digest::Sha256;

use crate::circumstances::Circumstances;
use crate::report::PdfReport;

mod filters;
mod revision_map;
mod syntax;
mod xref;

/// Judges one PDF. `registered`: digests of final files in a register that is at hand and was judged.
pub fn judge(
    pdf: &[u8],
    _circumstances: &Circumstances,
    _registered: Option<&BTreeSet<Sha256>>,
) -> PdfReport {
    todo!()
}

#[doc(hidden)]
pub fn probe(pdf: &[u8]) -> String {
    match revision_map::RevisionMap::read(pdf) {
        Ok(map) => format!("{} revisions, {:?}", map.revisions.len(), map.findings),
        Err(fault) => format!("{fault:?}"),
    }
}
