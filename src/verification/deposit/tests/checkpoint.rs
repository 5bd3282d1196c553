//! The register of a deposit compared with a checkpoint that the inspector kept.

use school::digest::Sha256;
use serde_json::{Value, json};

use super::sealed::*;
use crate::circumstances::{Circumstances, HeldCheckpoint};
use crate::deposit::{Code, judge_with};
use crate::register::Checkpoint;

const REGISTER: &str = "niem-phong/so-theo-doi.jsonl";

fn lines(folder: &Folder) -> Vec<u8> {
    folder.0[REGISTER].clone()
}

/// The register of `folder` after its first `count` entries.
fn kept(folder: &Folder, count: usize) -> Checkpoint {
    let first: Vec<&[u8]> = folder.0[REGISTER].split_inclusive(|byte| *byte == b'\n').take(count).collect();
    checkpoint(&first.concat())
}

fn holding(checkpoint: Checkpoint, signature: Option<Vec<u8>>) -> Circumstances {
    Circumstances { checkpoint: Some(HeldCheckpoint { checkpoint, signature }), ..circumstances() }
}

fn compared(folder: &Folder, around: &Circumstances) -> Vec<Value> {
    judge_with(folder, around, &Told::default(), None)
}

fn signed(held: &Checkpoint, word: &str) -> Option<Vec<u8>> {
    Some(signature("sha512", word, held.text().as_bytes()))
}

#[test]
fn a_deposit_whose_register_continues_the_checkpoint_is_valid_and_says_so() {
    let folder = Making::new().seal();
    for (count, relation) in [(3, "older"), (9, "equal")] {
        let held = kept(&folder, count);
        for signature in [None, signed(&held, "con-dau"), signed(&held, "van-phong")] {
            let objects = compared(&folder, &holding(held.clone(), signature));
            assert_eq!(problems(&objects), []);
            let found = &objects[0]["register"]["held_checkpoint"];
            assert_eq!((&found["relation"], &found["size"]), (&json!(relation), &json!(count)));
            assert_eq!(&objects[1]["held_checkpoint"], found);
        }
    }
}

#[test]
fn an_older_deposit_shown_in_the_place_of_the_last_is_told_by_the_checkpoint() {
    let older = Making::new().seal();
    let mut later = Making::new();
    later.events.push(("export.taken", json!({"sha256": Sha256::of(b"one more")})));
    let held = checkpoint(&lines(&later.seal()));
    check_only(&compared(&older, &holding(held, None)), Code::RegisterShortened, REGISTER);
}

#[test]
fn a_register_written_anew_and_sealed_again_is_told_by_the_checkpoint() {
    let held = kept(&Making::new().seal(), 4);
    let mut anew = Making::new();
    anew.events.insert(1, ("export.taken", json!({"sha256": Sha256::of(b"slipped in")})));
    check_only(&compared(&anew.seal(), &holding(held, None)), Code::RegisterRewritten, REGISTER);
}

#[test]
fn the_checkpoint_of_another_school_is_refused() {
    let folder = Making::new().seal();
    let held = Checkpoint { school: "PHUONGVI".parse().expect("a code"), ..kept(&folder, 3) };
    check_only(&compared(&folder, &holding(held, None)), Code::HeldCheckpointSchool, REGISTER);
}

#[test]
fn a_signature_kept_with_the_checkpoint_must_be_over_it_and_by_somebody_of_the_school() {
    let folder = Making::new().seal();
    let held = kept(&folder, 3);
    let of_another = signed(&kept(&folder, 2), "con-dau");
    let objects = compared(&folder, &holding(held.clone(), of_another));
    check_only(&objects, Code::HeldCheckpointSignature, "CMS_DIGEST");
    let by_a_stranger = signed(&held, "stranger");
    let objects = compared(&folder, &holding(held, by_a_stranger));
    check_only(&objects, Code::HeldCheckpointSigner, "");
    assert_eq!(objects[0]["verdict"], "indeterminate");
}
