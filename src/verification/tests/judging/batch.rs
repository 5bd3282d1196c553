//! Many files judged one after the other: what one of them made the judge read and check is kept for the
//! next, and changes no verdict.

use verification::circumstances::Circumstances;
use verification::pki::Known;
use verification::report::{PdfReport, Verdict};

use crate::rig::document::Step;
use crate::rig::pki::{Authority, Holder};
use crate::rig::{BOXES, SCHOOL, judge, moment};

/// Every kind of circumstance that a path or a list can depend on, with a file that shows it.
fn batch() -> Vec<(Vec<u8>, Circumstances)> {
    let authority = &SCHOOL.authority;
    let pdf = SCHOOL.signed(&BOXES);
    let stamped = |time: &str| {
        let stamp = Step::timestamp(moment(time), &SCHOOL.tsa, authority);
        pdf.clone().dss(&authority.crls("2026-05-30", "2026-12-31", &[])).sign(stamp).bytes
    };
    let mut damaged = pdf.bytes.clone();
    damaged[200] ^= 1;
    let stranger = Authority::new("Gốc thử nghiệm");
    let alike = pdf.clone().sign(Step::timestamp(
        moment("2026-05-31T10:00:00+07:00"),
        &stranger.issue_tsa("TSA", "2035-01-01"),
        &stranger,
    ));
    let plain = SCHOOL.circumstances();
    let with = |change: &dyn Fn(&mut Circumstances)| {
        let mut circumstances = SCHOOL.circumstances();
        change(&mut circumstances);
        circumstances
    };
    let revoked = with(&|c| {
        c.at = moment("2026-08-01T08:00:00+07:00");
        c.crls = authority.crls("2026-07-15", "2026-12-31", &[(SCHOOL.holder("HieuTruong"), "2026-07-01")]);
    });
    let expired = with(&|c| {
        c.at = moment("2031-01-01T08:00:00+07:00");
        c.crls = authority.crls("2026-06-16", "2031-02-01", &[]);
    });
    let responder = authority.issue_responder("OCSP");
    let strange = stranger.issue_responder("OCSP");
    let answered = |by: &Holder, revoked: Option<&str>| {
        with(&|c| {
            // The root's list covers the issuing CA; the signers are left to OCSP.
            c.crls.truncate(1);
            let answer = |holder: &Holder| authority.ocsp(holder, by, "2026-06-01", revoked);
            c.ocsps = BOXES.iter().map(|name| answer(SCHOOL.holder(name))).collect();
        })
    };
    let with_pool = |mut circumstances: Circumstances| {
        circumstances.intermediates = vec![authority.issuing.der()];
        circumstances
    };
    vec![
        (pdf.bytes.clone(), answered(&responder, None)),
        (pdf.bytes.clone(), answered(&strange, None)),
        (pdf.bytes.clone(), with_pool(answered(&responder, None))),
        (pdf.bytes.clone(), answered(&responder, Some("2026-05-01"))),
        (pdf.bytes.clone(), plain.clone()),
        (stamped("2026-05-31T10:00:00+07:00"), plain.clone()),
        (stamped("2026-06-15T08:00:00+07:00"), revoked.clone()),
        (stamped("2026-06-15T08:00:00+07:00"), expired.clone()),
        (stamped("2026-07-02T08:00:00+07:00"), revoked.clone()),
        (pdf.bytes.clone(), revoked),
        (pdf.bytes.clone(), expired),
        (damaged, plain.clone()),
        (alike.bytes, plain),
        (pdf.bytes.clone(), with(&|c| c.anchors = vec![stranger.root.der()])),
        (pdf.bytes.clone(), with(&|c| c.crls.clear())),
        (pdf.bytes.clone(), with(&|c| c.crls = stranger.crls("2026-05-30", "2026-12-31", &[]))),
    ]
}

#[test]
fn verdicts_do_not_depend_on_what_was_judged_before() {
    let batch = batch();
    let alone: Vec<PdfReport> = batch.iter().map(|(pdf, around)| judge(pdf, around)).collect();
    for verdict in [Verdict::Valid, Verdict::Invalid, Verdict::Indeterminate] {
        assert!(alone.iter().any(|report| report.verdict == verdict), "{verdict:?}");
    }
    let known = Known::default();
    let together = |index: &usize| {
        let (pdf, around) = &batch[*index];
        let around = Circumstances { known: known.clone(), ..around.clone() };
        assert_eq!(verification::pdf::judge(pdf, &around, None), alone[*index], "file {index}");
    };
    let forwards: Vec<usize> = (0..batch.len()).collect();
    // Each after each: forwards, backwards, and in strides that pair every two of them.
    forwards.iter().for_each(together);
    forwards.iter().rev().for_each(together);
    for stride in 2..batch.len() {
        forwards.iter().map(|index| index * stride % batch.len()).for_each(|index| together(&index));
    }
}

#[test]
fn a_revoked_serial_is_found_wherever_it_stands_in_a_long_list() {
    let pdf = SCHOOL.signed(&BOXES).bytes;
    let everyone: Vec<_> = SCHOOL.holders.iter().chain([&SCHOOL.tsa]).collect();
    for revoked in 0..everyone.len() {
        let mut circumstances = SCHOOL.circumstances();
        let rows: Vec<_> = everyone.iter().map(|holder| (*holder, "2026-05-01")).collect();
        // All but one, so that the one is looked for in front of, between and behind the others.
        let others: Vec<_> =
            rows.iter().enumerate().filter(|(at, _)| *at != revoked).map(|(_, row)| *row).collect();
        circumstances.crls = SCHOOL.authority.crls("2026-05-30", "2026-12-31", &others);
        let report = judge(&pdf, &circumstances);
        let states: Vec<bool> = report
            .signatures
            .iter()
            .map(|one| one.revocation == verification::report::Revocation::Revoked)
            .collect();
        let wanted: Vec<bool> = (0..SCHOOL.holders.len()).map(|at| at != revoked).collect();
        assert_eq!(states, wanted);
    }
}
