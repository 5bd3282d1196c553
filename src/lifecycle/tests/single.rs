//! Files of any origin: what the judge says of one decides whether it is signed or extended, and which level it has.

use verification::report::{Integrity, Modification, PdfReport, Revocation, SignatureReport, Trust, Verdict};

use super::evidence::{report, signature};
use crate::lifecycle::single::{
    Lack, Level, SingleRefusal, ask_to_extend, ask_to_sign, lacks_revocation_data,
};

/// A file of no plan in which these people signed.
fn file(signatures: Vec<SignatureReport>) -> PdfReport {
    PdfReport { plan: None, signatures, ..report() }
}

#[test]
fn everything_that_the_judge_may_find_in_a_file_is_an_answer_to_signing_and_extending() {
    use SingleRefusal::{Broken, HasPlan, Malformed, Unsigned};

    let signed = || file(vec![signature("KeToan", "VP", false)]);
    let empty = || PdfReport { verdict: Verdict::Unsigned, integrity: Integrity::None, ..file(Vec::new()) };
    let verdict = |verdict| PdfReport { verdict, ..signed() };
    let modified = |modification| PdfReport { modification, ..signed() };
    for (case, found, signing, extending) in [
        ("valid", verdict(Verdict::Valid), Ok(()), Ok(())),
        ("somebody whom nobody here trusts", verdict(Verdict::Indeterminate), Ok(()), Ok(())),
        // Wrong by the rules of a plan or of a form, and every byte of what was signed is there.
        ("invalid and intact", verdict(Verdict::Invalid), Ok(()), Ok(())),
        ("not understood", verdict(Verdict::Malformed), Err(Malformed), Err(Malformed)),
        ("without a signature", empty(), Ok(()), Err(Unsigned)),
        (
            "a broken signature",
            PdfReport { integrity: Integrity::Broken, ..signed() },
            Err(Broken),
            Err(Broken),
        ),
        ("nothing added", modified(Modification::None), Ok(()), Ok(())),
        ("what is allowed was added", modified(Modification::Allowed), Ok(()), Ok(())),
        ("something else was added", modified(Modification::Suspicious), Err(Broken), Err(Broken)),
        ("a plan of ours", PdfReport { plan: report().plan, ..signed() }, Err(HasPlan), Err(HasPlan)),
        ("a plan and no signature", PdfReport { plan: report().plan, ..empty() }, Err(HasPlan), Err(HasPlan)),
        (
            "not understood, with a plan",
            PdfReport { plan: report().plan, ..verdict(Verdict::Malformed) },
            Err(Malformed),
            Err(Malformed),
        ),
    ] {
        assert_eq!(ask_to_sign(&found), signing, "{case}");
        assert_eq!(ask_to_extend(&found), extending, "{case}");
    }
}

#[test]
fn a_file_lacks_what_stands_between_the_level_it_reached_and_the_level_asked_for() {
    use Lack::{ArchiveTime, Revocation as NoRevocation, Time};

    let by = |level: Option<&str>, trust, revocation| SignatureReport {
        level: level.map(str::to_owned),
        trust,
        revocation,
        ..signature("KeToan", "VP", false)
    };
    let (good, unchecked) = ((Trust::Trusted, Revocation::Good), (Trust::Trusted, Revocation::Unchecked));
    let stranger = (Trust::Untrusted, Revocation::Unchecked);
    // Asked for: B-B, B-T, B-LT, B-LTA.
    let all_of = |lack| [None, None, None, lack];
    for (level, (trust, revocation), reached, lacks) in [
        ("B-B", good, Level::BB, [None, Some(Time), Some(Time), Some(Time)]),
        ("B-T", good, Level::BT, [None, None, Some(NoRevocation), Some(NoRevocation)]),
        ("B-LT", good, Level::BLt, all_of(Some(ArchiveTime))),
        ("B-LTA", good, Level::BLta, all_of(None)),
        // A store without the data of this signature.
        ("B-B", unchecked, Level::BB, [None, Some(Time), Some(Time), Some(Time)]),
        ("B-LT", unchecked, Level::BT, [None, None, Some(NoRevocation), Some(NoRevocation)]),
        ("B-LTA", unchecked, Level::BT, [None, None, Some(NoRevocation), Some(NoRevocation)]),
        // There is nobody to be asked.
        ("B-LT", stranger, Level::BLt, all_of(Some(ArchiveTime))),
    ] {
        // Who signed before, and the document timestamps around, do not decide.
        let found = file(vec![
            by(Some("B-LTA"), Trust::Trusted, Revocation::Good),
            by(Some(level), trust, revocation),
            by(None, Trust::Trusted, Revocation::Unchecked),
        ]);
        assert_eq!(Level::reached(&found), Some(reached), "{level} {trust:?} {revocation:?}");
        assert_eq!(
            Level::ALL.map(|asked| Lack::of(&found, asked)),
            lacks,
            "{level} {trust:?} {revocation:?}"
        );
        assert_eq!(lacks_revocation_data(&found), (trust, revocation) == unchecked);
    }
    for without in [file(Vec::new()), file(vec![by(None, Trust::Trusted, Revocation::Good)])] {
        assert_eq!(Level::reached(&without), None, "no level of the standard");
        assert_eq!(Level::ALL.map(|asked| Lack::of(&without, asked)), [None; 4]);
    }
}
