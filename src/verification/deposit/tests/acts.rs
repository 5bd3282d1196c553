//! Acts in a deposit: sealed with the roster, signed by whom they must be, known to the register.

use school::act::{Act, Deed, FORMAT, TeachingPlace};
use school::digest::Sha256;
use school::records::canonical;
use serde_json::json;

use super::sealed::*;
use crate::acts::Acts;
use crate::deposit::{Code, judge_with};

fn roster_digest(making: &Making) -> Sha256 {
    Sha256::of(&canonical::to_bytes(&making.roster).expect("canonical"))
}

fn ky_thay(roster: Sha256) -> Act {
    let at = |text: &str| text.parse().expect("a moment");
    let id = |text: &str| text.parse().expect("an id");
    let places = vec![TeachingPlace { class: "6A1".parse().expect("a class"), subject: None }];
    Act {
        format: FORMAT.into(),
        school: "HOAPHUONG".parse().expect("a code"),
        roster,
        number: "12/QĐ-THCSHP".into(),
        decided: at("2026-05-02T08:00:00+07:00"),
        deed: Deed::KyThay {
            absent: id("BQT"),
            colleague: id("VP"),
            from: at("2026-05-03T00:00:00+07:00"),
            until: at("2026-06-03T00:00:00+07:00"),
            reason: "nghỉ ốm".into(),
            places,
        },
    }
}

/// Lays an act into the payload, signed by the certificates with these words, and says its digest.
fn lay(making: &mut Making, act: &Act, signers: &[(&str, &str)]) -> Sha256 {
    let bytes = canonical::to_bytes(act).expect("canonical");
    let sha256 = Sha256::of(&bytes);
    let name = format!("data/van-kien/{}.json", &sha256.to_string()[..32]);
    for (role, word) in signers {
        making.payload.insert(format!("{name}.{role}.p7s"), signature("sha256", word, &bytes));
    }
    making.payload.insert(name, bytes);
    sha256
}

fn with_act(signers: &[(&str, &str)]) -> (Making, Sha256) {
    let mut making = Making::new();
    let act = ky_thay(roster_digest(&making));
    let sha256 = lay(&mut making, &act, signers);
    (making, sha256)
}

fn register_it(making: &mut Making, act: Sha256) {
    making.events.push(("act.signed", json!({"act": act})));
}

const PRINCIPAL: [(&str, &str); 1] = [("HieuTruong", "hieu-truong")];

#[test]
fn an_act_signed_by_the_principal_and_registered_is_part_of_a_valid_deposit() {
    let (mut making, act) = with_act(&PRINCIPAL);
    register_it(&mut making, act);
    let objects = judged(&making.seal());
    assert_eq!(problems(&objects), []);
    let files: Vec<&str> = objects[0]["signatures"]
        .as_array()
        .expect("signatures")
        .iter()
        .filter_map(|one| one["file"].as_str())
        .collect();
    assert!(files.iter().any(|file| file.starts_with("data/van-kien/")), "{files:?}");
}

#[test]
fn an_act_that_the_principal_in_office_did_not_sign_is_refused() {
    for signers in [&[("HieuTruong", "van-phong")][..], &[], &[("ConDau", "con-dau")]] {
        let (mut making, act) = with_act(signers);
        register_it(&mut making, act);
        check_only(&judged(&making.seal()), Code::ActSigner, "data/van-kien/");
    }
}

#[test]
fn an_act_that_the_register_does_not_know_is_refused() {
    let (making, _) = with_act(&PRINCIPAL);
    check_only(&judged(&making.seal()), Code::ActNotRegistered, "data/van-kien/");
}

#[test]
fn an_act_exchanged_under_its_signature_is_refused() {
    let (mut making, act) = with_act(&PRINCIPAL);
    register_it(&mut making, act);
    let name = format!("data/van-kien/{}.json", &act.to_string()[..32]);
    let bytes = making.payload[&name].clone();
    let text = String::from_utf8(bytes).expect("text").replace("\"VP\"", "\"HT\"");
    making.payload.insert(name, text.into_bytes());
    let objects = judged(&making.seal());
    check(&objects, Code::ActName, "");
    check(&objects, Code::SignatureBroken, "data/van-kien/");
}

#[test]
fn an_act_of_another_roster_or_about_strangers_is_refused() {
    let mut making = Making::new();
    let other = ky_thay(Sha256::of(b"another roster"));
    let act = lay(&mut making, &other, &PRINCIPAL);
    register_it(&mut making, act);
    check_only(&judged(&making.seal()), Code::ActOtherRoster, "data/van-kien/");

    let mut making = Making::new();
    let mut strange = ky_thay(roster_digest(&making));
    if let Deed::KyThay { colleague, .. } = &mut strange.deed {
        *colleague = "XX".parse().expect("an id");
    }
    let act = lay(&mut making, &strange, &PRINCIPAL);
    register_it(&mut making, act);
    check_only(&judged(&making.seal()), Code::ActMalformed, "data/van-kien/");
}

#[test]
fn a_signature_without_its_act_is_refused() {
    let (mut making, act) = with_act(&PRINCIPAL);
    making.payload.remove(&format!("data/van-kien/{}.json", &act.to_string()[..32]));
    check_only(&judged(&making.seal()), Code::ActName, "");
}

#[test]
fn a_roster_with_a_new_stamp_needs_the_act_that_leads_to_it() {
    let commissioned = |making: &mut Making| {
        making.events[0].1 =
            json!({"principal": certificate("hieu-truong"), "stamp": certificate("old stamp")});
    };
    let mut without = Making::new();
    commissioned(&mut without);
    check_only(&judged(&without.seal()), Code::NotCommissioned, "niem-phong/so-theo-doi.jsonl");

    let mut making = Making::new();
    commissioned(&mut making);
    let change = Act {
        deed: Deed::StampChanged {
            old: certificate("old stamp"),
            new: certificate("con-dau"),
            from: "2026-05-03T00:00:00+07:00".parse().expect("a moment"),
        },
        ..ky_thay(Sha256::of(b"the roster of the year before"))
    };
    let act = lay(&mut making, &change, &[("HieuTruong", "hieu-truong"), ("ConDau", "con-dau")]);
    register_it(&mut making, act);
    assert_eq!(problems(&judged(&making.seal())), []);
}

#[test]
fn documents_are_judged_with_the_acts_and_with_the_times_of_the_register() {
    let (mut making, act) = with_act(&PRINCIPAL);
    register_it(&mut making, act);
    let told = Told::default();
    judge_with(&making.seal(), &circumstances(), &told, None);
    let judged_with = told.acts.into_inner();
    assert_eq!(judged_with.len(), 4, "three documents and the record");
    for acts in judged_with {
        let Acts::Judged(in_force) = acts else { panic!("judged anew for each document") };
        assert_eq!(in_force.signings.as_ref().map(std::collections::BTreeMap::len), Some(3));
    }
}
