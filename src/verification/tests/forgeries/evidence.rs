//! What surrounds a signature, exchanged: roots, certificates, roster, plans, times. Nothing on the
//! medium is trusted, and what is only claimed proves nothing.

use std::path::Path;

use openssl::x509::X509;
use school::digest::Sha256;
use school::records::canonical;
use verification::circumstances::{Circumstances, Policy};
use verification::report::{Integrity, PdfReport, Revocation, Trust, Verdict};

use crate::file::{File, Update, stream};
use crate::foreign::{self, FIRST, Signing};
use crate::rig::document::{Pdf, Step};
use crate::rig::pki::{Authority, Holder};
use crate::rig::{BOXES, SCHOOL, codes, finds, judge, moment};

fn foreign_circumstances() -> Circumstances {
    Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() }
}

fn signed_under(authority: &Authority, holder: &Holder) -> File {
    foreign::unsigned("", &[]).sign(&Signing { authority, ..Signing::of(FIRST, holder) })
}

fn is_untrusted(report: &PdfReport) {
    assert_eq!((report.verdict, report.integrity), (Verdict::Indeterminate, Integrity::Intact));
    assert_eq!(report.signatures[0].trust, Trust::Untrusted);
    let said = report.sub_indication.as_deref();
    assert!(matches!(said, Some("NO_CERTIFICATE_CHAIN_FOUND" | "CHAIN_CONSTRAINTS_FAILURE")), "{said:?}");
}

#[test]
fn a_root_of_the_same_name_as_a_real_one_is_not_that_root() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../certs/anchors");
    let mut seen = 0;
    for name in ["mic-national-root-ca-2008", "vn-national-root-ca-2014", "bcy-rootca-g2-2018"] {
        let pem = std::fs::read(folder.join(format!("{name}.pem"))).unwrap();
        let real = X509::from_pem(&pem).unwrap();
        let look_alike = Authority::look_alike(real.subject_name());
        let holder = look_alike.issue("Người ký", "2029-01-01");
        let mut circumstances = foreign_circumstances();
        circumstances.anchors = vec![real.to_der().unwrap()];
        circumstances.crls = look_alike.crls("2026-05-30", "2026-12-31", &[]);
        let signed = signed_under(&look_alike, &holder);
        is_untrusted(&judge(&signed.bytes, &circumstances));
        // The medium brings its own root along: in a store, and among the certificates for paths.
        let number = signed.next();
        let object = (number, stream("", &look_alike.root.der()));
        let carried =
            File::read(&signed.append(&Update::of([object]))).dss(&[], &format!("/Certs [{number} 0 R]"));
        circumstances.intermediates = vec![look_alike.root.der(), look_alike.issuing.der()];
        is_untrusted(&judge(&carried.bytes, &circumstances));
        // It is whole but for the trust: with its root as anchor it would stand.
        circumstances.anchors = vec![look_alike.root.der()];
        assert_eq!(judge(&signed.bytes, &circumstances).verdict, Verdict::Valid);
        seen += 1;
    }
    assert_eq!(seen, 3);
}

#[test]
fn a_school_made_again_with_the_same_names_and_serials_is_another_school() {
    let again = Authority::new("Gốc thử nghiệm");
    let mut pdf = SCHOOL.base();
    for name in BOXES {
        let holder = again.issue(name, "2029-01-01");
        pdf = pdf.sign(Step::signature(name, &holder, &again));
    }
    let report = judge(&pdf.bytes, &SCHOOL.circumstances());
    assert_eq!((report.verdict, report.integrity), (Verdict::Invalid, Integrity::Intact));
    assert!(finds(&report, "WRONG_PERSON", "signature ConDau"));
    assert!(report.signatures.iter().all(|one| one.trust == Trust::Untrusted));
}

#[test]
fn a_signer_is_no_authority() {
    let signer = SCHOOL.holder("GVCN");
    let issuing = Holder { key: signer.key.clone(), certificate: signer.certificate.clone() };
    let root = Holder { key: signer.key.clone(), certificate: SCHOOL.authority.issuing.certificate.clone() };
    let below = Authority { root, issuing };
    let holder = below.issue("Hiệu trưởng", "2029-01-01");
    let mut circumstances = foreign_circumstances();
    circumstances.intermediates = vec![SCHOOL.authority.issuing.der()];
    is_untrusted(&judge(&signed_under(&below, &holder).bytes, &circumstances));
}

/// The principal's token was revoked on 20 May.
fn revoked_in_may() -> Circumstances {
    let mut circumstances = SCHOOL.circumstances();
    let principal = SCHOOL.holder("HieuTruong");
    circumstances.crls = SCHOOL.authority.crls("2026-05-31", "2026-12-31", &[(principal, "2026-05-20")]);
    circumstances
}

#[test]
fn a_signature_that_claims_to_be_older_than_the_revocation_proves_nothing() {
    // Whoever has the revoked token signs what he likes, also that it was the 1st of May.
    let back_dated = BOXES.iter().fold(SCHOOL.base(), |pdf, name| {
        let step = Step::signature(name, SCHOOL.holder(name), &SCHOOL.authority);
        pdf.sign(step.claiming(moment("2026-05-01T08:15:00+07:00")))
    });
    let report = judge(&back_dated.bytes, &revoked_in_may());
    assert_eq!(report.integrity, Integrity::Intact);
    assert_eq!(
        (report.verdict, report.sub_indication.as_deref()),
        (Verdict::Indeterminate, Some("REVOKED_NO_POE"))
    );
    let claimed = report.signatures[2].signed_at.expect("a claimed time");
    assert_eq!(claimed, moment("2026-05-01T08:15:00+07:00"));
    assert_eq!(report.signatures[2].revocation, Revocation::Revoked);
    assert!(finds(&report, "REVOKED_NO_POE", "signature HieuTruong"));
}

#[test]
fn only_a_trusted_timestamp_from_before_the_revocation_lets_it_stand() {
    let pdf = SCHOOL.signed(&BOXES);
    let stamped = |time: &str, tsa: &Holder, authority: &Authority| {
        judge(&pdf.sign(Step::timestamp(moment(time), tsa, authority)).bytes, &revoked_in_may())
    };
    let honest = stamped("2026-05-10T10:00:00+07:00", &SCHOOL.tsa, &SCHOOL.authority);
    // The signers claim the end of May: their clocks are told, and the proof stands.
    assert_eq!((honest.verdict, codes(&honest)), (Verdict::Valid, vec!["SIGNING_TIME_AFTER_PROOF"; 4]));
    assert_eq!(honest.signatures[2].revocation, Revocation::RevokedAfterPoe);
    let stranger = Authority::new("Gốc khác");
    let own = stranger.issue_tsa("TSA", "2035-01-01");
    for report in [
        stamped("2026-05-25T10:00:00+07:00", &SCHOOL.tsa, &SCHOOL.authority),
        stamped("2026-05-10T10:00:00+07:00", &own, &stranger),
    ] {
        assert_eq!(report.verdict, Verdict::Indeterminate);
        assert!(finds(&report, "REVOKED_NO_POE", "signature HieuTruong"));
    }
    // The revoked token itself, as if it were a timestamping authority.
    let report = stamped("2026-05-10T10:00:00+07:00", SCHOOL.holder("HieuTruong"), &SCHOOL.authority);
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(codes(&report).contains(&"TIMESTAMP_KEY_USAGE"));
}

#[test]
fn an_expired_certificate_without_proof_of_time_is_undetermined() {
    let mut circumstances = SCHOOL.circumstances();
    circumstances.at = moment("2030-01-01T08:00:00+07:00");
    circumstances.crls = SCHOOL.authority.crls("2026-05-31", "2030-12-31", &[]);
    let report = judge(&SCHOOL.signed(&BOXES).bytes, &circumstances);
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert_eq!(report.sub_indication.as_deref(), Some("OUT_OF_BOUNDS_NO_POE"));
}

#[test]
fn another_roster_makes_a_dossier_of_the_first_one_invalid() {
    let mut circumstances = SCHOOL.circumstances();
    let (_, mut roster) = circumstances.roster.take().unwrap();
    let (thief, principal) = (roster.people[0].certificate, roster.people[2].certificate);
    roster.people[0].certificate = principal;
    roster.people[2].certificate = thief;
    let bytes = canonical::to_bytes(&roster).unwrap();
    circumstances.roster = Some((Sha256::of(&bytes), roster));
    let report = judge(&SCHOOL.signed(&BOXES).bytes, &circumstances);
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(codes(&report).contains(&"ROSTER_OTHER"));
    assert!(finds(&report, "WRONG_PERSON", "signature HieuTruong"));
}

#[test]
fn a_plan_exchanged_before_or_after_signing_is_invalid() {
    // After: the attachment is replaced by an update.
    let closed = SCHOOL.signed(&BOXES);
    let mut plan = SCHOOL.plan.clone();
    plan.turns.swap(0, 1);
    let json = canonical::to_bytes(&plan).unwrap();
    let mut exchanged: Pdf = closed.clone();
    exchanged.append(&[(6, stream("/Type /EmbeddedFile", &json))]);
    let report = judge(&exchanged.bytes, &SCHOOL.circumstances());
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(codes(&report).contains(&"REVISION_KIND"), "{:?}", report.problems);
    // Before: the dossier is signed by a plan that the school's plans do not give.
    let mut pdf = Pdf::base(&plan);
    for (_, one) in plan.boxes() {
        pdf =
            pdf.sign(Step::signature(one.name.as_str(), SCHOOL.holder(one.name.as_str()), &SCHOOL.authority));
    }
    let report = judge(&pdf.bytes, &SCHOOL.circumstances());
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(codes(&report).contains(&"PLAN_OTHER"), "{:?}", report.problems);
}

#[test]
fn an_older_register_does_not_know_what_was_closed_later() {
    let (early, late) = (SCHOOL.signed(&BOXES), SCHOOL.signed(&BOXES));
    let older = [Sha256::of(&early.bytes)].into();
    let circumstances = SCHOOL.circumstances();
    let judged = |pdf: &Pdf| verification::pdf::judge(&pdf.bytes, &circumstances, Some(&older));
    assert_eq!(judged(&early).verdict, Verdict::Valid);
    let replayed = judged(&late);
    assert_eq!((replayed.verdict, replayed.register.as_str()), (Verdict::Invalid, "absent"));
    assert!(codes(&replayed).contains(&"NOT_REGISTERED"));
}
