//! Judges one PDF. The order is that of the story: `revision_map` understands the bytes,
//! `signatures` finds what was signed, `difference` explains what came later, `plan` compares with
//! the school's plan and roster, `verdict` draws the conclusion.

use std::collections::BTreeSet;

use school::digest::Sha256;
use school::moment::Moment;

use crate::circumstances::Circumstances;
use crate::report::PdfReport;

mod archive;
mod content_gate;
mod content_stream;
mod covering;
mod decoders;
mod difference;
mod fields;
mod filters;
mod finding;
mod glyph_shapes;
mod history;
mod indirect;
mod known_shapes;
mod letters;
mod looks;
mod name;
mod object;
mod object_stream;
mod persons;
mod pictures;
mod plan;
mod printed_book;
mod printed_correction;
mod printed_data;
mod printed_name;
mod revision_map;
mod second_opinion;
mod section_chain;
mod settled;
mod signatures;
mod signer;
mod syntax;
mod tagged_text;
mod verdict;
mod xref;

pub(crate) use letters::Letters;
pub(crate) use printed_data::Printed;
pub(crate) use settled::Settled;

/// Judges one PDF. `registered`: digests of final files in a register that is at hand and was judged.
pub fn judge(pdf: &[u8], circumstances: &Circumstances, registered: Option<&BTreeSet<Sha256>>) -> PdfReport {
    judge_sealed(pdf, circumstances, registered, None)
}

/// Judges one PDF that lies under a seal. `sealed`: the time that a trusted timestamp over the seal
/// proves; it is then a proof of existence for every signature in the file.
pub fn judge_sealed(
    pdf: &[u8],
    circumstances: &Circumstances,
    registered: Option<&BTreeSet<Sha256>>,
    sealed: Option<Moment>,
) -> PdfReport {
    verdict::judge(pdf, circumstances, registered, sealed)
}
