//! Evidence is made from the right report and from no other: each property is made wrong once.

use serde_json::json;
use verification::report::{
    DocumentTimestampReport, Indication, Integrity, Modification, PdfReport, PlanReport, Problem, Revocation,
    SignatureReport, TimeSource, Trust, Verdict,
};

use super::sample::{
    BOOK, book_signed_by, by_roster, certificate, digest, name, now, roster, roster_digest, standing,
};
use crate::lifecycle::dossier::{Permit, Unchecked, ask_to_sign};
use crate::lifecycle::evidence::{ClosedRevision, SealedDeposit, SignedRevision};

/// The permit for mathematics, after the homeroom teacher.
fn permit() -> Permit {
    let dossier = book_signed_by(&["GVCN"]);
    let asked = name("GVBM_TOAN");
    let permit = ask_to_sign(
        &dossier,
        &asked,
        (&by_roster(roster_digest(), &roster()), now()),
        (&standing(certificate("TOAN")), Unchecked::Refused),
    );
    permit.expect("it is the teachers' turn")
}

/// The permit for the homeroom teacher, whose signature certifies.
fn first_permit() -> Permit {
    let asked = name("GVCN");
    let by_holder = standing(certificate("CN"));
    let permit = ask_to_sign(
        &book_signed_by(&[]),
        &asked,
        (&by_roster(roster_digest(), &roster()), now()),
        (&by_holder, Unchecked::Refused),
    );
    permit.expect("it is the homeroom teacher's turn")
}

pub fn signature(field: &str, person: &str, certifying: bool) -> SignatureReport {
    SignatureReport {
        field: field.into(),
        role: None,
        signer: String::new(),
        signer_organization: None,
        issuer: String::new(),
        issuer_organization: None,
        serial: "01".into(),
        cert_sha256: Some(certificate(person)),
        cert_validity: None,
        act: None,
        signed_at: None,
        time_source: TimeSource::Claimed,
        poe: None,
        level: Some("B-B".into()),
        covers: "revision".into(),
        revision_end_bytes: None,
        certifying,
        indication: Indication::Indeterminate,
        sub_indication: Some("TRY_LATER".into()),
        algorithm: "sha256WithRSAEncryption".into(),
        integrity: Integrity::Intact,
        trust: Trust::Trusted,
        revocation: Revocation::Unchecked,
        revocation_sources: Vec::new(),
    }
}

fn problem(code: &str) -> Problem {
    Problem { code: code.into(), place: String::new(), vi: String::new(), en: String::new() }
}

fn last(report: &mut PdfReport) -> &mut SignatureReport {
    report.signatures.last_mut().expect("a signature")
}

fn plan_of(report: &mut PdfReport) -> &mut PlanReport {
    report.plan.as_mut().expect("a plan")
}

/// What the judge says of the candidate with two signatures.
pub fn report() -> PdfReport {
    PdfReport {
        kind: "pdf".into(),
        path: String::new(),
        sha256: digest("candidate"),
        verdict: Verdict::Indeterminate,
        sentence: String::new(),
        policy: "school".into(),
        indication: Some(Indication::Indeterminate),
        sub_indication: Some("TRY_LATER".into()),
        integrity: Integrity::Intact,
        modification: Modification::Allowed,
        pdfa: None,
        plan: Some(PlanReport {
            kind: "so-diem".into(),
            dossier: BOOK.into(),
            sha256: digest("plan"),
            complete: false,
            in_order: true,
            missing: vec!["GVBM_VAN".into(), "HieuTruong".into(), "ConDau".into()],
        }),
        pupil: None,
        roster: None,
        register: "unknown".into(),
        school_identity: "confirmed".into(),
        document_timestamp: None,
        signatures: vec![signature("GVCN", "CN", true), signature("GVBM_TOAN", "TOAN", false)],
        changed_pages: vec![],
        problems: ["BOX_MISSING", "TRY_LATER", "TRY_LATER"].map(problem).into(),
    }
}

/// One change to a report that was right.
type Spoil = fn(&mut PdfReport);

fn signed(spoil: Spoil) -> Result<SignedRevision, Vec<String>> {
    let mut report = report();
    spoil(&mut report);
    SignedRevision::from_report(&report, &permit(), digest("candidate")).map_err(|unproven| unproven.codes)
}

#[test]
fn the_right_report_proves_a_signed_revision() {
    let proof = signed(|_| {}).expect("proven");
    assert_eq!(proof.sha256(), digest("candidate"));
    signed(|report| report.modification = Modification::None).expect("nothing was added after it");
    signed(|report| report.problems.clear()).expect("a document without any problem");
}

#[test]
fn each_single_wrong_property_keeps_a_revision_from_being_proven() {
    let other_signature = || vec!["OTHER_SIGNATURE".to_owned()];
    let spoilt: [(&str, Spoil, Vec<String>); 16] = [
        ("another file", |r| r.sha256 = digest("another"), vec!["OTHER_FILE".into()]),
        ("field", |r| last(r).field = "GVBM_VAN".into(), other_signature()),
        ("certificate", |r| last(r).cert_sha256 = Some(certificate("VAN")), other_signature()),
        ("no certificate", |r| last(r).cert_sha256 = None, other_signature()),
        ("its integrity", |r| last(r).integrity = Integrity::Broken, other_signature()),
        ("untrusted", |r| last(r).trust = Trust::Untrusted, other_signature()),
        ("trust unknown", |r| last(r).trust = Trust::Unknown, other_signature()),
        ("certifies again", |r| last(r).certifying = true, other_signature()),
        ("one too few", |r| drop(r.signatures.remove(0)), other_signature()),
        ("one too many", |r| r.signatures.insert(0, signature("GVBM_VAN", "VAN", false)), other_signature()),
        ("none at all", |r| r.signatures.clear(), vec!["NO_SIGNATURE".into()]),
        ("out of order", |r| plan_of(r).in_order = false, vec!["WRONG_ORDER".into()]),
        ("no plan", |r| r.plan = None, vec!["WRONG_ORDER".into()]),
        ("a problem", |r| r.problems.push(problem("HIDDEN_BYTES")), vec!["HIDDEN_BYTES".into()]),
        ("wrong person", |r| r.problems.push(problem("WRONG_PERSON")), vec!["WRONG_PERSON".into()]),
        ("revoked", |r| r.problems.push(problem("REVOKED_NO_POE")), vec!["REVOKED_NO_POE".into()]),
    ];
    for (what, spoil, codes) in spoilt {
        assert_eq!(signed(spoil), Err(codes), "{what}");
    }
}

#[test]
fn broken_integrity_and_suspicious_changes_prove_nothing_even_without_a_problem_listed() {
    let spoilt: [Spoil; 3] = [
        |report| report.integrity = Integrity::Broken,
        |report| report.integrity = Integrity::None,
        |report| report.modification = Modification::Suspicious,
    ];
    for spoil in spoilt {
        signed(spoil).expect_err("unproven");
    }
}

#[test]
fn the_first_signature_must_certify() {
    let judge = |certifying| {
        let mut report = report();
        report.signatures = vec![signature("GVCN", "CN", certifying)];
        SignedRevision::from_report(&report, &first_permit(), digest("candidate"))
    };
    judge(true).expect("certifying");
    assert_eq!(judge(false).expect_err("not certifying").codes, ["OTHER_SIGNATURE"]);
}

/// What the judge says of a closed dossier.
fn closed_report() -> PdfReport {
    let mut report = report();
    report.verdict = Verdict::Valid;
    report.problems.clear();
    plan_of(&mut report).complete = true;
    let time = school::moment::Moment::from_unix(1_780_000_000);
    report.document_timestamp = Some(DocumentTimestampReport { time, trust: Trust::Trusted });
    report
}

#[test]
fn only_a_complete_valid_and_timestamped_document_proves_a_closed_revision() {
    let proof = ClosedRevision::from_report(&closed_report(), digest("candidate")).expect("proven");
    assert_eq!(proof.sha256(), digest("candidate"));
    let spoilt: [(&str, Spoil); 9] = [
        ("another file", |r| r.sha256 = digest("another")),
        ("invalid", |r| r.verdict = Verdict::Invalid),
        ("indeterminate", |r| r.verdict = Verdict::Indeterminate),
        ("unsigned", |r| r.verdict = Verdict::Unsigned),
        ("malformed", |r| r.verdict = Verdict::Malformed),
        ("open boxes", |r| plan_of(r).complete = false),
        ("out of order", |r| plan_of(r).in_order = false),
        ("no plan", |r| r.plan = None),
        ("no timestamp", |r| r.document_timestamp = None),
    ];
    for (what, spoil) in spoilt {
        let mut report = closed_report();
        spoil(&mut report);
        assert!(ClosedRevision::from_report(&report, digest("candidate")).is_err(), "{what}");
    }
}

#[test]
fn a_deposit_is_sealed_only_when_every_object_of_it_is_valid() {
    let valid = json!({"type": "pdf", "verdict": "valid", "problems": []});
    let open = json!({"type": "bag", "verdict": "indeterminate", "problems": [{"code": "NOT_A_BAG"}]});
    let silent = json!({"type": "register"});
    let judge = |reports: &[serde_json::Value]| {
        SealedDeposit::from_reports(reports, digest("seal")).map_err(|unproven| unproven.codes)
    };
    assert_eq!(judge(&[valid.clone(), valid.clone()]).expect("proven").seal(), digest("seal"));
    assert_eq!(judge(&[valid.clone(), open]), Err(vec!["NOT_A_BAG".into()]));
    assert_eq!(judge(&[]), Err(vec!["NOTHING_JUDGED".into()]));
    judge(&[valid, silent]).expect_err("an object without a verdict is not valid");
}

mod sealed_medium {
    use serde_json::{Value, json};

    use super::*;
    use crate::lifecycle::evidence::SealedMedium;
    use crate::lifecycle::medium::Content;

    fn image(of: &str) -> Content {
        Content::Image { sha256: digest(of), bytes: 32_768 }
    }

    fn reports(medium: &str, problems: &[&str], deposit: &str) -> Vec<Value> {
        let problems: Vec<Value> = problems.iter().map(|code| json!({"code": code})).collect();
        vec![
            json!({"type": "medium", "verdict": medium, "seal": {"digest": digest("seal")}, "problems": problems}),
            json!({"type": "bag", "verdict": deposit, "problems": []}),
        ]
    }

    fn weigh(reports: &[Value], read_back: &Content) -> Result<SealedMedium, Vec<String>> {
        SealedMedium::from_reports(reports, digest("seal"), &image("image"), read_back)
            .map_err(|unproven| unproven.codes)
    }

    #[test]
    fn a_medium_is_sealed_when_the_judge_says_so_and_the_image_was_read_back() {
        let sealed = weigh(&reports("valid", &[], "valid"), &image("image")).expect("sealed");
        assert_eq!((sealed.seal(), sealed.image()), (digest("seal"), &image("image")));
        assert_eq!(
            weigh(&reports("valid", &[], "valid"), &image("flipped")),
            Err(vec!["READ_BACK_DIFFERS".into()])
        );
    }

    #[test]
    fn an_old_deposit_that_can_no_longer_be_proven_may_be_copied_and_a_wrong_one_may_not() {
        let old = reports("indeterminate", &["DEPOSIT_INDETERMINATE"], "indeterminate");
        assert!(weigh(&old, &image("image")).is_ok());
        for (medium, codes, deposit) in [
            ("invalid", vec!["DEPOSIT_INVALID"], "invalid"),
            ("indeterminate", vec!["TIMESTAMP_MISSING"], "valid"),
            ("valid", vec![], "malformed"),
            ("unsigned", vec![], "valid"),
        ] {
            assert!(weigh(&reports(medium, &codes, deposit), &image("image")).is_err(), "{medium} {deposit}");
        }
    }

    #[test]
    fn another_seal_or_no_medium_at_all_is_no_evidence() {
        assert!(weigh(&[], &image("image")).is_err());
        let mut other = reports("valid", &[], "valid");
        other[0]["seal"]["digest"] = json!(digest("another"));
        assert_eq!(weigh(&other, &image("image")), Err(vec!["OTHER_MEDIUM".into()]));
        let mut bag = reports("valid", &[], "valid");
        bag[0]["type"] = json!("bag");
        assert_eq!(weigh(&bag, &image("image")), Err(vec!["OTHER_MEDIUM".into()]));
    }
}
