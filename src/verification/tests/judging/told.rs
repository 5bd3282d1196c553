//! What is told about a file without changing its verdict: clocks that were wrong, one person in several
//! boxes, code and layers in foreign files, CMS in BER.

use school::digest::Sha256;
use verification::circumstances::{Circumstances, Policy};
use verification::report::{PdfReport, Trust, Verdict};

use crate::rig::document::{Pdf, Step};
use crate::rig::{BOXES, SCHOOL, codes, finds, judge, moment};

/// Our dossier, stamped at `time`; its signers claim 08:15 of the 30th of May.
fn stamped(time: &str) -> Pdf {
    SCHOOL.signed(&BOXES).sign(Step::timestamp(moment(time), &SCHOOL.tsa, &SCHOOL.authority))
}

fn told(report: &PdfReport, code: &str) {
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.problems);
    assert_eq!(codes(report), [code; 4], "each of four signatures");
}

#[test]
fn a_timestamp_older_than_the_times_claimed_is_told() {
    let around = SCHOOL.circumstances();
    let report = judge(&stamped("2026-05-29T10:00:00+07:00").bytes, &around);
    told(&report, "SIGNING_TIME_AFTER_PROOF");
    assert_eq!(judge(&stamped("2026-05-30T08:20:00+07:00").bytes, &around).problems, []);
}

#[test]
fn a_clock_that_is_seven_hours_ahead_of_the_proof_is_told_as_a_time_zone() {
    let report = judge(&stamped("2026-05-30T01:15:30+07:00").bytes, &SCHOOL.circumstances());
    told(&report, "SIGNING_TIME_ZONE");
}

#[test]
fn from_six_to_eight_hours_ahead_a_claimed_time_reads_as_a_time_zone() {
    for (ahead, code) in [
        ("2026-05-30T14:19:00+07:00", "SIGNING_TIME_AFTER_PROOF"),
        ("2026-05-30T14:21:00+07:00", "SIGNING_TIME_ZONE"),
        ("2026-05-30T16:19:00+07:00", "SIGNING_TIME_ZONE"),
        ("2026-05-30T16:21:00+07:00", "SIGNING_TIME_AFTER_PROOF"),
    ] {
        let claims = BOXES.iter().fold(SCHOOL.base(), |pdf, name| {
            let step = Step::signature(name, SCHOOL.holder(name), &SCHOOL.authority);
            pdf.sign(step.claiming(moment(ahead)))
        });
        let proven = moment("2026-05-30T08:20:00+07:00");
        let pdf = claims.sign(Step::timestamp(proven, &SCHOOL.tsa, &SCHOOL.authority));
        told(&judge(&pdf.bytes, &SCHOOL.circumstances()), code);
    }
}

#[test]
fn a_claimed_time_that_has_not_come_is_told() {
    let mut around = SCHOOL.circumstances();
    around.crls = SCHOOL.authority.crls("2026-05-20", "2026-12-31", &[]);
    around.at = moment("2026-05-30T08:00:00+07:00");
    told(&judge(&SCHOOL.signed(&BOXES).bytes, &around), "SIGNING_TIME_FUTURE");
    around.at = moment("2026-05-30T08:12:00+07:00");
    assert_eq!(judge(&SCHOOL.signed(&BOXES).bytes, &around).problems, [], "clocks may differ a little");
}

#[test]
fn without_a_roster_one_signer_in_several_boxes_is_told() {
    let pdf = BOXES.iter().fold(SCHOOL.base(), |pdf, name| {
        let signer = SCHOOL.holder(if *name == "GVCN" { "GVBM_TOAN" } else { name });
        pdf.sign(Step::signature(name, signer, &SCHOOL.authority))
    });
    let around = Circumstances { roster: None, plans: None, ..SCHOOL.circumstances() };
    let report = judge(&pdf.bytes, &around);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec!["SAME_SIGNER_SEVERAL_BOXES"]));
    assert!(finds(&report, "SAME_SIGNER_SEVERAL_BOXES", "GVBM_TOAN, GVCN"));
    assert_eq!(report.school_identity, "as-declared");
}

fn foreign() -> Circumstances {
    Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() }
}

#[test]
fn what_a_foreign_file_can_do_or_hide_is_told_and_in_ours_it_is_refused() {
    for (object, code) in [
        ("<< /S /JavaScript /JS (app.alert) >>", "JAVASCRIPT"),
        ("[ << /Next << /S /Launch /F (a.exe) >> >> ]", "LAUNCH_ACTION"),
        ("<< /XFA [] >>", "XFA_FORM"),
        ("<< /OCProperties << >> >>", "OPTIONAL_CONTENT"),
    ] {
        let mut base = SCHOOL.base();
        base.append(&[(base.next_number(), object.as_bytes().to_vec())]);
        let pdf = BOXES
            .iter()
            .fold(base, |pdf, name| pdf.sign(Step::signature(name, SCHOOL.holder(name), &SCHOOL.authority)));
        let report = judge(&pdf.bytes, &foreign());
        assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec![code]));
        let ours = judge(&pdf.bytes, &SCHOOL.circumstances());
        assert_eq!(ours.verdict, Verdict::Invalid);
        assert!(finds(&ours, code, "object"));
    }
}

#[test]
fn a_foreign_signature_in_ber_is_judged_and_told_and_in_ours_it_is_refused() {
    let mut bytes = SCHOOL.signed(&BOXES).bytes;
    let needle = b"/Contents <3082";
    // The last signature: nothing after it is signed over its octets.
    let at = bytes.windows(needle.len()).rposition(|window| window == needle).unwrap() + b"/Contents <".len();
    let length = usize::from_str_radix(std::str::from_utf8(&bytes[at + 4..at + 8]).unwrap(), 16).unwrap();
    let content = bytes[at + 8..at + 8 + 2 * length].to_vec();
    // The same element with its end marked: two octets less in front, two zeros behind.
    let ber = [&b"3080"[..], &content, b"0000"].concat();
    bytes[at..at + ber.len()].copy_from_slice(&ber);
    let report = judge(&bytes, &foreign());
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec!["CMS_BER"]));
    let ours = judge(&bytes, &SCHOOL.circumstances());
    assert_eq!(ours.verdict, Verdict::Invalid);
    assert!(finds(&ours, "CMS_NOT_DER", "signature ConDau"));
}

#[test]
fn a_ca_that_is_trusted_no_longer_completes_no_path_though_the_file_carries_it() {
    let signed = SCHOOL.signed(&BOXES).bytes;
    let around = SCHOOL.circumstances();
    assert_eq!(judge(&signed, &around).verdict, Verdict::Valid);
    for authority in [&SCHOOL.authority.issuing, &SCHOOL.authority.root] {
        let withdrawn = Circumstances { distrusted: vec![Sha256::of(&authority.der())], ..around.clone() };
        let report = judge(&signed, &withdrawn);
        assert_eq!(report.verdict, Verdict::Indeterminate, "{:?}", codes(&report));
        assert!(report.signatures.iter().all(|one| one.trust != Trust::Trusted));
    }
}
