//! Algorithms that this judge does not know: of such a signature nothing is said, neither good nor bad.

use verification::circumstances::{Circumstances, Policy};
use verification::report::{Integrity, PdfReport, Verdict};

use crate::rig::{BOXES, SCHOOL, finds, judge};

/// ecdsa-with-SHA256 as its OID stands in a SignerInfo, and an OID beside it that nobody has given out.
const KNOWN: &[u8] = b"06082a8648ce3d040302";
const UNKNOWN: &[u8] = b"06082a8648ce3d04037f";

/// The last signature names an algorithm that nobody knows; no signature protects that name.
fn with_unknown_algorithm() -> Vec<u8> {
    let mut pdf = SCHOOL.signed(&BOXES).bytes;
    let at = pdf.windows(KNOWN.len()).rposition(|part| part == KNOWN).unwrap();
    pdf[at..at + UNKNOWN.len()].copy_from_slice(UNKNOWN);
    pdf
}

fn judged(policy: Policy, pdf: &[u8]) -> PdfReport {
    judge(pdf, &Circumstances { policy, ..SCHOOL.circumstances() })
}

#[test]
fn a_signature_by_an_unknown_algorithm_is_not_determined_in_a_file_of_strangers() {
    let report = judged(Policy::Foreign, &with_unknown_algorithm());
    assert_eq!((report.verdict, report.integrity), (Verdict::Indeterminate, Integrity::None));
    assert!(finds(&report, "CMS_ALGORITHM_UNKNOWN", "signature ConDau"));
    assert_eq!(report.sub_indication.as_deref(), Some("GENERIC"));
    assert_eq!(report.signatures[3].integrity, Integrity::None);
    assert!(report.signatures[..3].iter().all(|one| one.integrity == Integrity::Intact));
}

#[test]
fn a_change_of_the_signed_bytes_is_told_before_an_unknown_algorithm_is() {
    let mut pdf = with_unknown_algorithm();
    let at = pdf.windows(6).position(|part| part == b"/Pages").unwrap();
    pdf[at + 1] ^= 0x20;
    assert_ne!(judged(Policy::Foreign, &pdf).verdict, Verdict::Indeterminate);
}

#[test]
fn our_own_files_have_no_unknown_algorithm() {
    let report = judged(Policy::School, &with_unknown_algorithm());
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(finds(&report, "CMS_ALGORITHM_UNKNOWN", "signature ConDau"));
}
