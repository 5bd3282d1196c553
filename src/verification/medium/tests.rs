//! The rules of a medium, one test each, and what a forger would try. The medium is made by hand here, not by
//! the program's own writers.

use std::collections::BTreeMap;
use std::slice::from_ref;

use school::act::{self, Act, Deed};
use school::digest::{Sha256, Sha512};
use school::records::canonical;
use serde_json::{Value, json};

use super::statement::Statement;
use super::{Image, Likeness, compare, judge_with};
use crate::circumstances::{Circumstances, HeldCheckpoint};
use crate::deposit::Code;
use crate::deposit::tests::sealed::{
    DEPOSIT, Folder, Making, Told, certificate, check, check_only, checkpoint, circumstances, manifests,
    problems, signature, timestamp,
};
use crate::register::Checkpoint;
use crate::report::Trust;

const MEDIUM: &str = "HOAPHUONG_VM_0001";

/// A medium that is being made; a test changes it before or after it is sealed.
pub(crate) struct MediumMaking {
    /// Deposits by folder.
    pub deposits: BTreeMap<String, Folder>,
    /// Tag files beside those that every medium has.
    pub pages: BTreeMap<String, Vec<u8>>,
    /// The register before this medium.
    pub register: Vec<u8>,
    /// Events after that and before the planning.
    pub events: Vec<(&'static str, Value)>,
    /// Body of the planning, where another than the true one.
    pub planned: Option<Value>,
    pub medium: &'static str,
    pub signers: [&'static str; 2],
}

fn seal_of(deposit: &Folder) -> Sha256 {
    Sha256::of(&deposit.0["niem-phong/niem-phong.txt"])
}

impl MediumMaking {
    pub fn new() -> Self {
        let deposit = Making::new().seal();
        let register = deposit.0["niem-phong/so-theo-doi.jsonl"].clone();
        let sealed = json!({"deposit": DEPOSIT, "seal": seal_of(&deposit)});
        let page = |name: &str| (name.to_owned(), format!("the page {name}").into_bytes());
        Self {
            deposits: BTreeMap::from([(DEPOSIT.to_owned(), deposit)]),
            pages: ["DOC-TRUOC.txt", "bagit-profile.json", "bagit-profile-medium.json"].map(page).into(),
            register,
            events: vec![("deposit.sealed", sealed)],
            planned: None,
            medium: MEDIUM,
            signers: ["con-dau"; 2],
        }
    }

    /// Makes manifests, register, checkpoint, statement, signatures and timestamp.
    pub fn seal(self) -> Folder {
        let payload: BTreeMap<String, Vec<u8>> = self
            .deposits
            .iter()
            .flat_map(|(folder, deposit)| {
                deposit.0.iter().map(move |(name, bytes)| (format!("data/{folder}/{name}"), bytes.clone()))
            })
            .collect();
        let bytes: usize = payload.values().map(Vec::len).sum();
        let info = format!(
            "Source-Organization: HOAPHUONG\nExternal-Identifier: {0}\nBagging-Date: 2026-05-30\n\
             Payload-Oxum: {bytes}.{1}\nBag-Group-Identifier: {0}\nBag-Count: 1 of 1\n\
             BagIt-Profile-Identifier: https://niemphong.example/bagit-profile/medium/1\n\
             Bag-Software-Agent: niemphong 0.1.0\n",
            self.medium,
            payload.len()
        );
        let deposits: Vec<&String> = self.deposits.keys().collect();
        let planned =
            json!({"set": [{"medium": self.medium, "deposits": deposits}], "software_agent": "niemphong"});
        let mut events = self.events.clone();
        events.push(("medium.planned", self.planned.clone().unwrap_or(planned)));
        let register = append(&self.register, &events);
        let checkpoint = checkpoint(&register);
        let mut tags = self.pages.clone();
        let text = checkpoint.text().into_bytes();
        let [sha256, sha512] = manifests(&payload);
        for (name, content) in [
            ("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_vec()),
            ("bag-info.txt", info.into_bytes()),
            ("manifest-sha256.txt", sha256),
            ("manifest-sha512.txt", sha512),
            ("niem-phong/so-theo-doi.jsonl", register),
            ("niem-phong/checkpoint.txt.p7s", signature("sha512", self.signers[1], &text)),
            ("niem-phong/checkpoint.txt", text),
        ] {
            tags.insert(name.into(), content);
        }
        let [sha256, sha512] = manifests(&tags);
        let statement = Statement {
            medium: self.medium.parse().expect("a medium"),
            tagmanifest_sha256: Sha256::of(&sha256),
            tagmanifest_sha512: Sha512::of(&sha512),
            deposits: self
                .deposits
                .iter()
                .map(|(folder, deposit)| (folder.parse().expect("a deposit"), seal_of(deposit)))
                .collect(),
            previous_medium: None,
            checkpoint,
        };
        let statement = statement.text().into_bytes();
        let signed = signature("sha512", self.signers[0], &statement);
        let mut files = payload;
        files.extend(tags);
        for (name, content) in [
            ("tagmanifest-sha256.txt", sha256),
            ("tagmanifest-sha512.txt", sha512),
            ("niem-phong/niem-phong.txt", statement),
            ("niem-phong/niem-phong.txt.p7s.tsr", timestamp(&signed)),
            ("niem-phong/niem-phong.txt.p7s", signed),
        ] {
            files.insert(name.into(), content);
        }
        Folder(files)
    }
}

/// The register with more entries.
fn append(lines: &[u8], events: &[(&str, Value)]) -> Vec<u8> {
    let mut all = lines.to_vec();
    let count = lines.iter().filter(|byte| **byte == b'\n').count();
    let last = lines.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty());
    let mut previous = last.map_or(Sha256::from_bytes([0; 32]), Sha256::of);
    for (seq, (kind, body)) in (count..).zip(events) {
        let entry = json!({"seq": seq, "time": "2026-05-30T08:15:00+07:00", "kind": kind, "body": body, "previous": previous});
        let line = canonical::to_bytes(&entry).expect("canonical");
        previous = Sha256::of(&line);
        all.extend_from_slice(&line);
        all.push(b'\n');
    }
    all
}

fn judged_in(folder: &Folder, around: &Circumstances) -> Vec<Value> {
    judge_with(folder, around, &Told::default(), Image::default())
}

fn judged(folder: &Folder) -> Vec<Value> {
    judged_in(folder, &circumstances())
}

fn payload(name: &str) -> String {
    format!("data/{DEPOSIT}/{name}")
}

#[test]
fn a_sealed_medium_is_valid_and_says_what_it_is() {
    let objects = judged(&MediumMaking::new().seal());
    assert_eq!(problems(&objects), []);
    let medium = &objects[0];
    assert_eq!((&medium["type"], &medium["verdict"]), (&json!("medium"), &json!("valid")));
    assert_eq!((&medium["medium"], &medium["school"]), (&json!(MEDIUM), &json!("HOAPHUONG")));
    assert_eq!(medium["deposits"], json!([DEPOSIT]));
    assert_eq!(medium["set"], json!({"first": MEDIUM, "part": 1, "of": 1}));
    assert_eq!(medium["school_identity"], "confirmed");
    assert_eq!((&objects[1]["type"], &objects[2]["type"]), (&json!("register"), &json!("bag")));
    assert_eq!(objects[2]["path"], format!("data/{DEPOSIT}"));
    assert_eq!(objects[3]["path"], payload("niem-phong/so-theo-doi.jsonl"));
    assert_eq!(objects.len(), 2 + 2 + 4);
}

#[test]
fn a_flipped_byte_anywhere_on_the_medium_is_found() {
    let whole = MediumMaking::new().seal();
    for name in whole.0.keys() {
        let mut folder = whole.clone();
        let bytes = folder.0.get_mut(name).expect("a file");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        let objects = judged(&folder);
        assert_ne!(objects[0]["verdict"], "valid", "{name}");
    }
}

#[test]
fn a_file_that_is_missing_or_more_is_found_wherever_it_lies() {
    let whole = MediumMaking::new().seal();
    for name in whole.0.keys() {
        let mut folder = whole.clone();
        folder.0.remove(name);
        assert_ne!(judged(&folder)[0]["verdict"], "valid", "{name}");
    }
    for (more, code) in [
        ("autorun.inf", Code::UnlistedFile),
        ("niem-phong/khac.txt", Code::UnlistedFile),
        ("KIEM-TRA.html", Code::TagmanifestList),
        ("neo-tin-cay/0123456789abcdef0123456789abcdef.der", Code::TagmanifestList),
        ("data/khac.txt", Code::UnknownPlace),
        (&payload("data/ho-so/khac.pdf"), Code::PayloadExtra),
        (&payload("khac.txt"), Code::PayloadExtra),
        ("data/HOAPHUONG_2025-2026_0002/bagit.txt", Code::MediumDeposits),
    ] {
        let mut folder = whole.clone();
        folder.0.insert(more.to_owned(), b"x".to_vec());
        check(&judged(&folder), code, "");
    }
}

#[test]
fn a_page_replaced_together_with_its_manifests_breaks_the_seal() {
    let mut forged = MediumMaking::new();
    forged.pages.insert("DOC-TRUOC.txt".into(), b"Run setup.exe first".to_vec());
    let forged = forged.seal();
    let mut folder = MediumMaking::new().seal();
    for name in ["DOC-TRUOC.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"] {
        folder.0.insert(name.into(), forged.0[name].clone());
    }
    check_only(&judged(&folder), Code::StatementTagmanifest, "tagmanifest-sha");
}

#[test]
fn a_deposit_swapped_for_another_sealed_one_is_told() {
    let mut other = Making::new();
    other.carry("2025-2026_ca-nam_so-diem_6A1", "more.json", "{}");
    let other = other.seal();
    // The forger seals the medium anew, but the register knows another seal.
    let mut forged = MediumMaking::new();
    forged.deposits.insert(DEPOSIT.into(), other.clone());
    let objects = judged(&forged.seal());
    check(&objects, Code::DepositRegisteredOtherwise, &format!("data/{DEPOSIT}"));
    check(&objects, Code::DepositRegister, &format!("data/{DEPOSIT}"));
    // Swapped on the finished medium, manifests rewritten.
    let mut folder = MediumMaking::new().seal();
    folder.0.retain(|name, _| !name.starts_with("data/"));
    folder.0.extend(other.0.iter().map(|(name, bytes)| (payload(name), bytes.clone())));
    let objects = judged(&folder);
    check(&objects, Code::MediumDeposits, &format!("data/{DEPOSIT}"));
}

#[test]
fn a_register_with_a_line_taken_out_or_from_an_earlier_day_is_told() {
    let whole = MediumMaking::new().seal();
    let register = &whole.0["niem-phong/so-theo-doi.jsonl"];
    let lines: Vec<&[u8]> = register.split_inclusive(|byte| *byte == b'\n').collect();
    let mut without = whole.clone();
    without.0.insert("niem-phong/so-theo-doi.jsonl".into(), [&lines[..2], &lines[3..]].concat().concat());
    check(&judged(&without), Code::RegisterChain, "");
    // The older register of the deposit, with its checkpoint, in the place of the medium's own.
    let mut replayed = whole.clone();
    for name in ["so-theo-doi.jsonl", "checkpoint.txt", "checkpoint.txt.p7s"] {
        let older = whole.0[&payload(&format!("niem-phong/{name}"))].clone();
        replayed.0.insert(format!("niem-phong/{name}"), older);
    }
    let objects = judged(&replayed);
    check(&objects, Code::StatementCheckpoint, "niem-phong/checkpoint.txt");
    check(&objects, Code::MediumNotPlanned, "niem-phong/so-theo-doi.jsonl");
    // A register that was rewritten and sealed anew: the deposit remembers.
    let mut rewritten = MediumMaking::new();
    rewritten.register = append(
        &[],
        &[("commissioned", json!({"principal": certificate("x"), "stamp": certificate("con-dau")}))],
    );
    check(&judged(&rewritten.seal()), Code::DepositRegister, &format!("data/{DEPOSIT}"));
}

#[test]
fn a_seal_by_another_certificate_is_refused() {
    for signers in [["ke-gian", "con-dau"], ["con-dau", "ke-gian"], ["hieu-truong", "con-dau"]] {
        let forged = MediumMaking { signers, ..MediumMaking::new() };
        check(&judged(&forged.seal()), Code::SealSigner, "niem-phong/");
    }
    let around = Circumstances { school_certificate: Some(certificate("truong-khac")), ..circumstances() };
    let objects = judged_in(&MediumMaking::new().seal(), &around);
    check(&objects, Code::SealNotTheSchool, "niem-phong/");
}

/// The medium of a school whose stamp changed after its last deposit was sealed, with the act that says so.
fn sealed_by_a_new_stamp(signers: [(&str, &str); 2], registered: bool) -> Folder {
    let at = |text: &str| text.parse().expect("a moment");
    let roster = &Making::new().roster;
    let act = Act {
        format: act::FORMAT.into(),
        school: "HOAPHUONG".parse().expect("a code"),
        roster: Sha256::of(&canonical::to_bytes(roster).expect("canonical")),
        number: "15/QĐ-THCSHP".into(),
        decided: at("2026-05-30T08:00:00+07:00"),
        deed: Deed::StampChanged {
            old: certificate("con-dau"),
            new: certificate("con-dau-moi"),
            from: at("2026-05-30T08:00:00+07:00"),
        },
    };
    let act = canonical::to_bytes(&act).expect("canonical");
    let digest = Sha256::of(&act);
    let mut making = MediumMaking { signers: ["con-dau-moi"; 2], ..MediumMaking::new() };
    let name = format!("van-kien/{:.32}.json", digest.to_string());
    for (role, word) in signers {
        making.pages.insert(format!("{name}.{role}.p7s"), signature("sha256", word, &act));
    }
    making.pages.insert(name, act);
    if registered {
        making.events.push(("act.signed", json!({"act": digest, "stamp": certificate("con-dau-moi")})));
    }
    making.seal()
}

const BOTH: [(&str, &str); 2] = [("HieuTruong", "hieu-truong"), ("ConDau", "con-dau-moi")];

#[test]
fn an_act_on_the_medium_leads_from_the_stamp_of_its_deposits_to_that_which_seals_it() {
    let folder = sealed_by_a_new_stamp(BOTH, true);
    for named in ["con-dau", "con-dau-moi"] {
        let around = Circumstances { school_certificate: Some(certificate(named)), ..circumstances() };
        let objects = judged_in(&folder, &around);
        assert_eq!(problems(&objects), [], "{named}");
        assert_eq!(
            (&objects[0]["verdict"], &objects[0]["school_identity"]),
            (&json!("valid"), &json!("confirmed"))
        );
    }
    let around = Circumstances { school_certificate: Some(certificate("truong-khac")), ..circumstances() };
    check(&judged_in(&folder, &around), Code::SealNotTheSchool, "niem-phong/");
}

#[test]
fn a_new_stamp_is_a_stranger_without_an_act_that_the_principal_and_it_have_signed_and_the_register_knows() {
    let forger = ("HieuTruong", "con-dau-moi");
    let folder = sealed_by_a_new_stamp([forger, BOTH[1]], true);
    check(&judged(&folder), Code::SealSigner, "niem-phong/");
    let unknown = judged(&sealed_by_a_new_stamp(BOTH, false));
    check(&unknown, Code::ActNotRegistered, "van-kien/");
    check(&unknown, Code::SealSigner, "niem-phong/");
    let mut without = sealed_by_a_new_stamp(BOTH, true);
    without.0.retain(|name, _| !name.starts_with("van-kien/"));
    check(&judged(&without), Code::SealSigner, "niem-phong/");
    // Whose path is not known proves nothing of the stamp that came after.
    let untrusted = Told { trust: Trust::Unknown, ..Told::default() };
    let objects =
        judge_with(&sealed_by_a_new_stamp(BOTH, true), &circumstances(), &untrusted, Image::default());
    check(&objects, Code::SealSigner, "niem-phong/");
}

#[test]
fn a_medium_without_timestamp_or_path_to_an_anchor_is_not_valid() {
    let mut folder = MediumMaking::new().seal();
    folder.0.remove("niem-phong/niem-phong.txt.p7s.tsr");
    check(&judged(&folder), Code::TimestampMissing, "");
    let untrusted = Told { trust: Trust::Unknown, timestamp_trust: Trust::Unknown, ..Told::default() };
    // Whatever anchors lie on the medium, nobody reads them.
    let mut making = MediumMaking::new();
    making.pages.insert("neo-tin-cay/0123456789abcdef0123456789abcdef.der".into(), b"con-dau".to_vec());
    let objects = judge_with(&making.seal(), &circumstances(), &untrusted, Image::default());
    assert_eq!(objects[0]["verdict"], "indeterminate");
    check(&objects, Code::CertificateNotTrusted, "niem-phong/niem-phong.txt.p7s");
}

#[test]
fn the_register_ends_with_the_planning_of_this_medium_and_its_deposits() {
    let planned =
        |medium: &str, deposits: &[&str]| json!({"set": [{"medium": medium, "deposits": deposits}]});
    for body in [
        planned("HOAPHUONG_VM_0002", &[DEPOSIT]),
        planned(MEDIUM, &[]),
        planned(MEDIUM, &[DEPOSIT, "HOAPHUONG_2025-2026_0002"]),
        json!({"set": []}),
    ] {
        let making = MediumMaking { planned: Some(body), ..MediumMaking::new() };
        check(&judged(&making.seal()), Code::MediumNotPlanned, "niem-phong/so-theo-doi.jsonl");
    }
    let mut unsealed = MediumMaking::new();
    unsealed.events.clear();
    check_only(&judged(&unsealed.seal()), Code::DepositNotRegistered, &format!("data/{DEPOSIT}"));
}

#[test]
fn a_medium_of_one_school_with_a_deposit_of_another_is_refused() {
    let making = MediumMaking { medium: "BANGLANG_VM_0001", ..MediumMaking::new() };
    let objects = judged(&making.seal());
    check(&objects, Code::MediumOtherSchool, &format!("data/{DEPOSIT}"));
    check(&objects, Code::CheckpointSchool, "niem-phong/checkpoint.txt");
}

#[test]
fn a_medium_stripped_of_everything_but_its_deposits_is_no_medium() {
    let mut folder = MediumMaking::new().seal();
    folder.0.retain(|name, _| name.starts_with("data/"));
    assert!(super::is_medium(folder.0.keys().map(String::as_str)));
    let objects = judged(&folder);
    check(&objects, Code::NotABag, "bagit.txt");
    check(&objects, Code::SealMissing, "niem-phong/niem-phong.txt");
}

#[test]
fn a_checkpoint_of_a_later_day_tells_that_the_medium_was_shortened() {
    let medium = MediumMaking::new().seal();
    let longer = append(&medium.0["niem-phong/so-theo-doi.jsonl"], &[("image.made", json!({}))]);
    let held = |lines: &[u8]| Circumstances {
        checkpoint: Some(HeldCheckpoint { checkpoint: checkpoint(lines), signature: None }),
        ..circumstances()
    };
    check_only(&judged_in(&medium, &held(&longer)), Code::RegisterShortened, "niem-phong/so-theo-doi.jsonl");
    let older = medium.0[&payload("niem-phong/so-theo-doi.jsonl")].clone();
    let objects = judged_in(&medium, &held(&older));
    assert_eq!(
        (problems(&objects), &objects[0]["register"]["held_checkpoint"]["relation"]),
        (vec![], &json!("older"))
    );
}

/// A second medium whose register continues that of the first.
fn next(first: &Folder, events: Vec<(&'static str, Value)>) -> Folder {
    let mut making = MediumMaking::new();
    making.medium = "HOAPHUONG_VM_0002";
    making.register = first.0["niem-phong/so-theo-doi.jsonl"].clone();
    making.events = events;
    making.seal()
}

#[test]
fn two_media_are_equal_older_shortened_rewritten_or_of_two_schools() {
    let first = MediumMaking::new().seal();
    let second = next(&first, Vec::new());
    let [one, two] = [&first, &second].map(|folder| judged(folder).swap_remove(0));
    assert_eq!((problems(from_ref(&one)), problems(from_ref(&two))), (vec![], vec![]));
    assert_eq!(compare(&one, &one), Some(Likeness::Equal));
    assert_eq!(compare(&one, &two), Some(Likeness::Older));
    assert_eq!(compare(&two, &one), Some(Likeness::Newer));
    let mut later = one.clone();
    later["seal"]["time"] = json!("2027-05-30T08:15:00+07:00");
    assert_eq!(compare(&later, &two), Some(Likeness::Shortened));
    // Another register of the same length, and one of another length.
    let mut making = MediumMaking::new();
    making.events.push(("image.made", json!({"note": "another history"})));
    let rewritten = judged(&making.seal()).swap_remove(0);
    assert_eq!(compare(&rewritten, &two), Some(Likeness::Rewritten));
    assert_eq!(compare(&rewritten, &one), Some(Likeness::Rewritten));
    let mut other = one.clone();
    other["school"] = json!("BANGLANG");
    assert_eq!(compare(&one, &other), Some(Likeness::OtherSchool));
    assert_eq!(compare(&one, &json!({"type": "medium"})), None);
}

const TOKEN: &str = "0123456789abcdef0123456789abcdef.tsr";

fn in_proofs(name: &str) -> String {
    format!("bang-chung/{DEPOSIT}/{name}")
}

/// A medium with a proof of time over these papers of a seal.
fn with_proof(statement: &[u8], signed: &[u8], first: &[u8], answer: &[u8]) -> Folder {
    let mut making = MediumMaking::new();
    for (name, bytes) in [
        ("niem-phong.txt", statement),
        ("niem-phong.txt.p7s", signed),
        ("niem-phong.txt.p7s.tsr", first),
        (TOKEN, answer),
    ] {
        making.pages.insert(in_proofs(name), bytes.to_vec());
    }
    making.seal()
}

#[test]
fn a_later_proof_of_time_is_judged_over_the_timestamp_of_a_seal_that_the_register_knows() {
    let deposit = Making::new().seal();
    let paper = |name: &str| deposit.0[&format!("niem-phong/{name}")].clone();
    let (statement, signed) = (paper("niem-phong.txt"), paper("niem-phong.txt.p7s"));
    let first = paper("niem-phong.txt.p7s.tsr");
    let objects = judged(&with_proof(&statement, &signed, &first, &timestamp(&first)));
    assert_eq!(problems(&objects), []);
    assert_eq!(objects[0]["proofs"][0]["deposit"], DEPOSIT);
    let other = judged(&with_proof(&statement, &signed, &first, &timestamp(&signed)));
    check_only(&other, Code::TimestampBroken, &in_proofs(TOKEN));
    let first = timestamp(b"another signature");
    let other = judged(&with_proof(&statement, &signed, &first, &timestamp(&first)));
    check_only(&other, Code::TimestampBroken, &in_proofs("niem-phong.txt.p7s.tsr"));
    let forged = signature("sha512", "con-dau", b"another statement");
    let first = timestamp(&forged);
    check_only(
        &judged(&with_proof(b"another statement", &forged, &first, &timestamp(&first))),
        Code::DepositRegisteredOtherwise,
        &in_proofs("niem-phong.txt"),
    );
}

#[test]
fn a_register_that_no_longer_begins_as_a_signer_attested_is_found() {
    let with = |size: u64, checkpoint: &Checkpoint, by: &[u8]| {
        let text = checkpoint.text().into_bytes();
        let mut making = MediumMaking::new();
        let folder = format!("niem-phong/diem-chot/{size}");
        making.pages.insert(
            format!("{folder}/{:.32}.p7s", "0123456789abcdef".repeat(2)),
            signature("sha512", "hieu-truong", by),
        );
        making.pages.insert(format!("{folder}/checkpoint.txt"), text);
        judged(&making.seal())
    };
    let sealed = MediumMaking::new().seal();
    let lines = &sealed.0["niem-phong/so-theo-doi.jsonl"];
    let two = lines.split_inclusive(|byte| *byte == b'\n').take(2).flatten().copied().collect::<Vec<u8>>();
    let honest = checkpoint(&two);
    let text = honest.text().into_bytes();
    assert_eq!(problems(&with(2, &honest, &text)), []);
    let rewritten = Checkpoint { root: Sha256::of(b"another past"), ..honest.clone() };
    let place = |size: u64| format!("niem-phong/diem-chot/{size}/checkpoint.txt");
    check_only(&with(2, &rewritten, &rewritten.text().into_bytes()), Code::SittingCheckpoint, &place(2));
    let longer = Checkpoint { size: 900, ..honest.clone() };
    check_only(&with(900, &longer, &longer.text().into_bytes()), Code::SittingCheckpoint, &place(900));
    let misplaced = with(3, &honest, &text);
    check_only(&misplaced, Code::SittingCheckpoint, &place(3));
    let unsigned = with(2, &honest, b"something else");
    let file = format!("niem-phong/diem-chot/2/{}.p7s", "0123456789abcdef".repeat(2));
    check_only(&unsigned, Code::SignatureBroken, &file);
}

#[test]
fn what_the_medium_proves_to_have_existed_needs_no_younger_lists() {
    let old = Told { timestamp_is_old: true, ..Told::default() };
    let alone = crate::deposit::judge_with(&Making::new().seal(), &circumstances(), &old, None);
    assert_eq!(alone[0]["verdict"], "indeterminate");
    let later =
        crate::deposit::judge_with(&Making::new().seal(), &circumstances(), &old, Some(circumstances().at));
    assert_eq!(later[0]["verdict"], "valid");
}
