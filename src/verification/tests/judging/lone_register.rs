//! A register outside of a deposit: lines that follow from each other prove nothing until a checkpoint that
//! somebody signed, or that the inspector kept, vouches for them.

use school::digest::Sha256;
use school::records::canonical;
use serde_json::{Value, json};
use verification::circumstances::{Circumstances, HeldCheckpoint};
use verification::register::{Beside, Checkpoint, MerkleTree, judge_alone};

use crate::rig::pki::Holder;
use crate::rig::{SCHOOL, cms};

/// The lines of a register that commissions the principal and stamp of the invented school.
fn lines(entries: usize) -> Vec<u8> {
    let commissioned = |role| Sha256::of(&SCHOOL.holder(role).der());
    let mut previous = Sha256::from_bytes([0; 32]);
    let mut lines = Vec::new();
    for seq in 0..entries {
        let (kind, body) = match seq {
            0 => (
                "commissioned",
                json!({"school": "HOAPHUONG", "principal": commissioned("HieuTruong"), "stamp": commissioned("ConDau")}),
            ),
            _ => ("export.taken", json!({"sha256": Sha256::of(&[seq as u8])})),
        };
        let entry = json!({"seq": seq, "time": "2026-05-30T08:15:00+07:00", "kind": kind, "body": body, "previous": previous});
        let line = canonical::to_bytes(&entry).unwrap();
        previous = Sha256::of(&line);
        lines.extend(line);
        lines.push(b'\n');
    }
    lines
}

fn checkpoint(lines: &[u8]) -> Checkpoint {
    let mut tree = MerkleTree::default();
    lines.split_inclusive(|byte| *byte == b'\n').for_each(|line| tree.push(&line[..line.len() - 1]));
    Checkpoint { school: "HOAPHUONG".parse().unwrap(), size: tree.size(), root: tree.root() }
}

fn signature(checkpoint: &Checkpoint, holder: &Holder) -> Vec<u8> {
    cms::detached(checkpoint.text().as_bytes(), holder, &SCHOOL.authority)
}

/// The checkpoint of these lines, signed by holders of these boxes.
fn beside(lines: &[u8], signers: &[&str]) -> Beside {
    let checkpoint = checkpoint(lines);
    Beside {
        signatures: signers.iter().map(|role| signature(&checkpoint, SCHOOL.holder(role))).collect(),
        checkpoint: Some(checkpoint.text().into_bytes()),
        ..Beside::default()
    }
}

fn inspector() -> Circumstances {
    Circumstances { roster: None, plans: None, ..SCHOOL.circumstances() }
}

fn named(box_name: &str) -> Circumstances {
    let certificate = Sha256::of(&SCHOOL.holder(box_name).der());
    Circumstances { school_certificate: Some(certificate), ..inspector() }
}

#[track_caller]
fn check(report: &Value, verdict: &str, expected: &[&str]) {
    let problems = report["problems"].as_array().unwrap();
    let codes: Vec<&str> = problems.iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!((report["verdict"].as_str().unwrap(), &codes[..]), (verdict, expected), "{report}");
}

#[test]
fn a_register_whose_whole_length_the_stamp_signed_is_valid_and_says_how_far_the_school_is_known() {
    let lines = lines(5);
    let signed = beside(&lines, &["ConDau"]);
    let report = judge_alone(&lines, &signed, &inspector());
    check(&report, "valid", &[]);
    assert_eq!((&report["vouched"], &report["school_identity"]), (&json!(5), &json!("as-declared")));
    assert_eq!(report["signatures"][0]["role"], "con-dau");
    assert_eq!(report["school"], "HOAPHUONG");
    let report = judge_alone(&lines, &signed, &named("ConDau"));
    check(&report, "valid", &[]);
    assert_eq!(report["school_identity"], "confirmed");
}

#[test]
fn lines_that_nobody_vouches_for_prove_nothing_however_well_they_follow_from_each_other() {
    let lines = lines(5);
    check(&judge_alone(&lines, &Beside::default(), &inspector()), "indeterminate", &["REGISTER_UNSIGNED"]);
    let unsigned = beside(&lines, &[]);
    check(&judge_alone(&lines, &unsigned, &inspector()), "indeterminate", &["REGISTER_UNSIGNED"]);
}

#[test]
fn entries_after_the_checkpoint_are_not_proven_yet() {
    let all = lines(7);
    let report = judge_alone(&all, &beside(&lines(5), &["HieuTruong"]), &inspector());
    check(&report, "indeterminate", &["REGISTER_TAIL"]);
    assert_eq!((&report["vouched"], &report["problems"][0]["where"]), (&json!(5), &json!("seq 5")));
}

#[test]
fn a_register_written_anew_or_shortened_is_not_the_one_that_was_signed() {
    let signed = beside(&lines(5), &["ConDau"]);
    check(
        &judge_alone(&lines(4), &signed, &inspector()),
        "invalid",
        &["CHECKPOINT_SIZE", "REGISTER_UNSIGNED"],
    );
    let mut other = lines(5);
    let text = String::from_utf8(other.clone()).unwrap().replace("08:15:00", "08:16:00");
    other = text.into_bytes();
    let report = judge_alone(&other, &signed, &inspector());
    let codes = report["problems"].to_string();
    assert_eq!(report["verdict"], "invalid");
    assert!(codes.contains("CHECKPOINT_ROOT") && codes.contains("REGISTER_CHAIN"), "{codes}");
}

#[test]
fn a_broken_signature_vouches_for_nothing() {
    let lines = lines(3);
    let mut signed = beside(&lines, &["ConDau"]);
    signed.signatures[0] = signature(&checkpoint(&self::lines(2)), SCHOOL.holder("ConDau"));
    check(&judge_alone(&lines, &signed, &inspector()), "invalid", &["SIGNATURE_BROKEN", "REGISTER_UNSIGNED"]);
}

#[test]
fn a_signer_whom_the_register_does_not_name_vouches_only_where_the_inspectors_roster_does() {
    let lines = lines(3);
    let signed = beside(&lines, &["GVCN"]);
    check(
        &judge_alone(&lines, &signed, &inspector()),
        "indeterminate",
        &["CHECKPOINT_SIGNER", "REGISTER_UNSIGNED"],
    );
    check(&judge_alone(&lines, &signed, &SCHOOL.circumstances()), "valid", &[]);
}

#[test]
fn a_signature_by_another_certificate_than_the_inspector_names_does_not_confirm_the_school() {
    let lines = lines(3);
    let report = judge_alone(&lines, &beside(&lines, &["HieuTruong"]), &named("ConDau"));
    check(&report, "indeterminate", &["REGISTER_NOT_CONFIRMED"]);
    check(&judge_alone(&lines, &beside(&lines, &["HieuTruong", "ConDau"]), &named("ConDau")), "valid", &[]);
}

#[test]
fn a_certificate_that_no_anchor_knows_or_whose_revocation_is_unchecked_leaves_the_register_undetermined() {
    let lines = lines(3);
    let signed = beside(&lines, &["ConDau"]);
    let strangers = Circumstances { anchors: Vec::new(), ..inspector() };
    let report = judge_alone(&lines, &signed, &strangers);
    assert_eq!(report["verdict"], "indeterminate");
    assert_eq!(report["sub_indication"], "NO_CERTIFICATE_CHAIN_FOUND");
    let offline = Circumstances { crls: Vec::new(), ..inspector() };
    let report = judge_alone(&lines, &signed, &offline);
    check(&report, "indeterminate", &["REVOCATION_UNCHECKED"]);
    // The lists that lie beside it are as good as any.
    let carried = Beside { crls: inspector().crls, ..signed };
    check(&judge_alone(&lines, &carried, &offline), "valid", &[]);
}

#[test]
fn a_checkpoint_from_the_inspectors_own_keeping_vouches_and_accuses() {
    let held = |lines: &[u8], signature| {
        let checkpoint = Some(HeldCheckpoint { checkpoint: checkpoint(lines), signature });
        Circumstances { checkpoint, ..inspector() }
    };
    let own = lines(5);
    let report = judge_alone(&own, &Beside::default(), &held(&own, None));
    check(&report, "valid", &[]);
    check(
        &judge_alone(&own, &Beside::default(), &held(&lines(3), None)),
        "indeterminate",
        &["REGISTER_TAIL"],
    );
    check(
        &judge_alone(&lines(4), &beside(&lines(4), &["ConDau"]), &held(&own, None)),
        "invalid",
        &["REGISTER_SHORTENED"],
    );
    let by_stranger = signature(&checkpoint(&own), SCHOOL.holder("GVBM_TOAN"));
    check(
        &judge_alone(&own, &Beside::default(), &held(&own, Some(by_stranger))),
        "indeterminate",
        &["HELD_CHECKPOINT_SIGNER", "REGISTER_UNSIGNED"],
    );
}

#[test]
fn what_is_no_register_at_all_is_invalid() {
    for bytes in [&b""[..], b"{}\n", b"%PDF-1.7\n", b"no line feed"] {
        let report = judge_alone(bytes, &Beside::default(), &inspector());
        assert_eq!(report["verdict"], "invalid", "{report}");
    }
}
