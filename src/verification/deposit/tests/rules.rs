//! What makes a deposit valid, and what does not.

use std::collections::BTreeSet;

use school::digest::{Sha256, Sha512};
use school::moment::Moment;
use school::records::canonical;
use serde_json::{Value, json};

use super::sealed::*;
use crate::circumstances::Circumstances;
use crate::cms::Detached;
use crate::deposit::judges::Attachments;
use crate::deposit::{Code, Judges, judge_with};
use crate::pki::Standing;
use crate::report::{PdfReport, Revocation, Trust};
use crate::timestamp::Timestamp;

fn sealed() -> Folder {
    Making::new().seal()
}

fn edit(folder: &mut Folder, name: &str, from: &str, to: &str) {
    let bytes = folder.0.get_mut(name).expect("the file");
    let text = String::from_utf8(bytes.clone()).expect("text");
    assert!(text.contains(from), "{from} in {name}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

fn bag_verdict(folder: &Folder) -> Value {
    judged(folder)[0]["verdict"].clone()
}

/// Makes manifests and tagmanifests agree with the payload again, as a forger would.
fn bag_again(folder: &mut Folder) {
    let payload = folder.0.iter().filter(|(name, _)| name.starts_with("data/"));
    let payload = payload.map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
    folder.0.extend(tag_files(&payload));
}

#[test]
fn a_sealed_deposit_is_valid_and_its_documents_are_reported() {
    let objects = judged(&sealed());
    assert_eq!(problems(&objects), []);
    let bag = &objects[0];
    assert_eq!((bag["type"].as_str(), bag["verdict"].as_str()), (Some("bag"), Some("valid")));
    assert_eq!(bag["deposit"], DEPOSIT);
    assert_eq!(bag["indication"], "TOTAL-PASSED");
    assert_eq!(bag["payload_files"], 17);
    assert_eq!(bag["school_identity"], "confirmed");
    assert_eq!(bag["roster"]["confirmed_by"], "school-certificate");
    assert_eq!(bag["seal"]["time"], SEALED_AT.to_string());
    assert_eq!(bag["seal"]["certificate"], certificate("con-dau").to_string());
    assert_eq!(bag["register"]["size"], 9);
    assert_eq!(bag["signatures"].as_array().map(Vec::len), Some(6));
    assert_eq!(
        (objects[1]["type"].as_str(), objects[1]["verdict"].as_str()),
        (Some("register"), Some("valid"))
    );
    let paths: Vec<&str> = objects[2..].iter().filter_map(|object| object["path"].as_str()).collect();
    assert_eq!(
        paths,
        [
            "niem-phong/bien-ban.pdf".to_owned(),
            format!("data/ho-so/{TRANSCRIPT}.pdf"),
            format!("data/ho-so/{LOCK}.pdf"),
            format!("data/ho-so/{CLASS_BOOK}.pdf")
        ]
    );
    assert!(objects[3..].iter().all(|pdf| pdf["register"] == "included" && pdf["policy"] == "school"));
    assert!(
        objects[2..].iter().all(|pdf| pdf["school_identity"] == "confirmed"
            && pdf["roster"]["confirmed_by"] == "school-certificate")
    );
}

#[test]
fn every_signature_of_a_deposit_names_signer_issuer_and_who_manages_the_certificate() {
    // TT 15/2025/TT-BKHCN, Điều 6, 6.4.
    for signature in judged(&sealed())[0]["signatures"].as_array().expect("signatures") {
        assert_eq!(
            (&signature["issuer"], &signature["issuer_organization"]),
            (&json!("CA"), &json!("Manager"))
        );
        assert!(signature["signer"].is_string() && signature["cert_validity"].is_array(), "{signature}");
    }
}

#[test]
fn no_file_can_be_taken_away() {
    let whole = sealed();
    for name in whole.0.keys() {
        let mut folder = whole.clone();
        folder.0.remove(name);
        assert_ne!(bag_verdict(&folder), "valid", "without {name}");
    }
}

#[test]
fn no_byte_can_be_changed() {
    let whole = sealed();
    for (name, bytes) in &whole.0 {
        for at in [0, 1, bytes.len() / 3, bytes.len() / 2, bytes.len() - 2, bytes.len() - 1] {
            let mut folder = whole.clone();
            folder.0.get_mut(name).expect("the file")[at] ^= 1;
            assert_ne!(bag_verdict(&folder), "valid", "byte {at} of {name}");
        }
    }
}

#[test]
fn no_file_can_be_cut_or_continued() {
    let whole = sealed();
    for name in whole.0.keys() {
        let mut folder = whole.clone();
        folder.0.get_mut(name).expect("the file").push(b'\n');
        assert_ne!(bag_verdict(&folder), "valid", "longer {name}");
        let mut folder = whole.clone();
        folder.0.get_mut(name).expect("the file").pop();
        assert_ne!(bag_verdict(&folder), "valid", "shorter {name}");
    }
}

// The five edits that a plain BagIt validator accepts.

#[test]
fn a_deleted_tagmanifest_is_not_valid() {
    for name in ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"] {
        let mut folder = sealed();
        folder.0.remove(name);
        check(&judged(&folder), Code::TagFileMissing, name);
    }
}

#[test]
fn an_edited_bag_info_is_not_valid_even_without_tagmanifests() {
    let mut folder = sealed();
    edit(&mut folder, "bag-info.txt", "2026-05-30", "2026-05-31");
    check(&judged(&folder), Code::TagAltered, "bag-info.txt");
    folder.0.retain(|name, _| !name.starts_with("tagmanifest"));
    check(&judged(&folder), Code::TagFileMissing, "tagmanifest-sha256.txt");
}

#[test]
fn a_payload_file_removed_with_its_manifest_lines_is_not_valid() {
    let mut folder = sealed();
    folder.0.remove(&format!("data/ho-so/{TRANSCRIPT}.pdf"));
    bag_again(&mut folder);
    check(&judged(&folder), Code::StatementTagmanifest, "tagmanifest-sha256.txt");
    check(&judged(&folder), Code::RecordData, "niem-phong/bien-ban.pdf");
    edit(&mut folder, "bag-info.txt", "Payload-Oxum", "Payload-Size");
    check(&judged(&folder), Code::BagInfo, "bag-info.txt: Payload-Oxum");
}

#[test]
fn a_file_outside_the_manifests_is_refused() {
    for name in ["notes.txt", "niem-phong/bien-ban-2.pdf", "extra/x.pdf", "fetch.txt", "Data/x.pdf"] {
        let mut folder = sealed();
        folder.0.insert(name.into(), b"x".to_vec());
        check_only(&judged(&folder), Code::UnlistedFile, name);
    }
}

#[test]
fn an_empty_folder_is_refused() {
    for name in ["extra/", "data/ho-so/2026/", "niem-phong/cu/"] {
        let mut folder = sealed();
        folder.0.insert(name.into(), Vec::new());
        check_only(&judged(&folder), Code::EmptyFolder, name.trim_end_matches('/'));
    }
}

// The payload.

#[test]
fn a_flipped_byte_names_its_file() {
    let mut folder = sealed();
    let name = format!("data/ban-goc/{}", Sha256::of(ORIGINAL.as_bytes()));
    edit(&mut folder, &name, "original", "0riginal");
    check(&judged(&folder), Code::PayloadAltered, &name);
    check(&judged(&folder), Code::ExportName, &name);
}

#[test]
fn missing_and_added_payload_files_are_named() {
    let mut folder = sealed();
    let gone = format!("data/ho-so/{TRANSCRIPT}.pdf");
    let content = folder.0.remove(&gone).expect("the file");
    let added = "data/ho-so/2025-2026_ca-nam_hoc-ba_HS0002.pdf";
    folder.0.insert(added.into(), content);
    let objects = judged(&folder);
    check(&objects, Code::PayloadMissing, &gone);
    check(&objects, Code::PayloadExtra, added);
    check(&objects, Code::NotRegistered, added);
    check(&objects, Code::DocumentName, added);
}

#[test]
fn a_manifest_in_another_spelling_is_refused() {
    for (from, to) in [("  data/", " *data/"), ("\n", "\r\n"), ("  data/", "\tdata/")] {
        let mut folder = sealed();
        edit(&mut folder, "manifest-sha256.txt", from, to);
        check(&judged(&folder), Code::ManifestMalformed, "manifest-sha256.txt");
    }
}

#[test]
fn a_payload_file_in_no_agreed_place_is_refused_even_when_sealed() {
    for name in ["data/tai-lieu.pdf", "data/ho-so/khac/x.pdf", "data/nhan-su/acts.json"] {
        let mut making = Making::new();
        making.payload.insert(name.into(), b"x".to_vec());
        check_only(&judged(&making.seal()), Code::UnknownPlace, name);
    }
}

#[test]
fn names_that_windows_takes_for_the_same_file_are_refused() {
    let mut making = Making::new();
    making.payload.insert("data/du-lieu/6a1_ca-nam.json".into(), gradebook());
    check(&judged(&making.seal()), Code::NameTwice, "data/du-lieu/6a1_ca-nam.json");
}

#[test]
fn a_name_that_leaves_the_folder_is_refused() {
    for name in ["data/../x", "data/ho-so/sổ.pdf", "../bagit.txt"] {
        let mut folder = sealed();
        folder.0.insert(name.into(), b"x".to_vec());
        check(&judged(&folder), Code::NameRefused, name);
    }
}

#[test]
fn a_folder_that_is_no_bag_of_version_1_is_malformed_and_nothing_else_is_said() {
    let mut folder = sealed();
    edit(&mut folder, "bagit.txt", "1.0", "0.97");
    let objects = judged(&folder);
    assert_eq!((objects.len(), objects[0]["verdict"].as_str()), (1, Some("malformed")));
    check(&objects, Code::NotABag, "bagit.txt");
    assert_eq!(judged(&Folder::default())[0]["verdict"], "malformed");
}

// The seal.

#[test]
fn a_deposit_bagged_again_is_not_the_sealed_one() {
    let mut folder = sealed();
    folder.0.insert("data/du-lieu/6A2_ca-nam.json".into(), gradebook());
    bag_again(&mut folder);
    let objects = judged(&folder);
    check(&objects, Code::StatementTagmanifest, "tagmanifest-sha256.txt");
    check(&objects, Code::StatementTagmanifest, "tagmanifest-sha512.txt");
    check(&objects, Code::DepositRegisteredOtherwise, DEPOSIT);
}

#[test]
fn a_seal_by_another_certificate_than_the_stamp_is_not_valid() {
    for signers in [["hieu-truong", "con-dau"], ["con-dau", "hieu-truong"], ["other", "other"]] {
        let mut making = Making::new();
        making.seal_signers = signers;
        let objects = judged(&making.seal());
        check(&objects, Code::SealSigner, "niem-phong/");
        check(&objects, Code::SealNotTheSchool, "niem-phong/");
    }
}

#[test]
fn a_deposit_of_another_school_does_not_pass_for_the_one_that_is_named() {
    let mut around = circumstances();
    around.school_certificate = Some(certificate("con-dau of another school"));
    let objects = judge_with(&sealed(), &around, &Told::default(), None);
    check_only(&objects, Code::SealNotTheSchool, "niem-phong/niem-phong.txt.p7s");
    assert_eq!(objects[0]["school_identity"], "as-declared");
    assert!(objects[2..].iter().all(|pdf| pdf["school_identity"] == "as-declared"));
}

#[test]
fn without_a_named_certificate_the_school_is_as_declared() {
    let mut around = circumstances();
    around.school_certificate = None;
    let objects = judge_with(&sealed(), &around, &Told::default(), None);
    assert_eq!(objects[0]["verdict"], "valid");
    assert_eq!(objects[0]["school_identity"], "as-declared");
    assert_eq!(objects[2]["roster"]["confirmed_by"], "declared");
}

#[test]
fn a_seal_by_a_shorter_digest_is_refused() {
    let mut making = Making::new();
    making.statement_digest = "sha256";
    check_only(&judged(&making.seal()), Code::SignatureDigest, "niem-phong/niem-phong.txt.p7s");
}

#[test]
fn without_a_timestamp_nothing_proves_the_time() {
    let mut folder = sealed();
    folder.0.remove("niem-phong/niem-phong.txt.p7s.tsr");
    let objects = judged(&folder);
    assert_eq!(objects[0]["verdict"], "indeterminate");
    assert_eq!(objects[0]["sub_indication"], "NO_POE");
    check_only(&objects, Code::TimestampMissing, "niem-phong/");
}

#[test]
fn a_timestamp_of_another_seal_is_broken() {
    let mut folder = sealed();
    folder.0.insert("niem-phong/niem-phong.txt.p7s.tsr".into(), b"TSR 00".to_vec());
    check(&judged(&folder), Code::TimestampBroken, "niem-phong/niem-phong.txt.p7s.tsr: TIMESTAMP_IMPRINT");
}

#[test]
fn the_seal_proves_when_every_document_existed_but_only_by_a_trusted_timestamp() {
    let proven = |told: &Told| -> Vec<Value> {
        let objects = judge_with(&sealed(), &circumstances(), told, None);
        objects[2..].iter().map(|pdf| pdf["signatures"][0]["poe"].clone()).collect()
    };
    let seal = json!({"time": SEALED_AT, "source": "seal"});
    assert_eq!(proven(&Told::default()), vec![seal; 4]);
    let untrusted = Told { timestamp_trust: Trust::Unknown, ..Told::default() };
    assert_eq!(proven(&untrusted), vec![Value::Null; 4]);
    check_only(
        &judge_with(&sealed(), &circumstances(), &untrusted, None),
        Code::TimestampNotTrusted,
        "niem-phong/niem-phong.txt.p7s.tsr",
    );
}

#[test]
fn signers_certificates_are_judged_at_the_proven_time() {
    struct OnlyThen(Told);
    impl Judges for OnlyThen {
        fn pdf(
            &self,
            pdf: &[u8],
            around: &Circumstances,
            registered: Option<&BTreeSet<Sha256>>,
            sealed: Option<Moment>,
        ) -> PdfReport {
            self.0.pdf(pdf, around, registered, sealed)
        }
        fn attachments(&self, pdf: &[u8]) -> Attachments {
            self.0.attachments(pdf)
        }
        fn detached(&self, content: &[u8], signed_data: &[u8]) -> Result<Detached, &'static str> {
            self.0.detached(content, signed_data)
        }
        fn timestamp(
            &self,
            token: &[u8],
            content: &[u8],
            around: &Circumstances,
            poe: Option<Moment>,
        ) -> Result<Timestamp, &'static str> {
            self.0.timestamp(token, content, around, poe)
        }
        fn standing(&self, certificate_der: &[u8], around: &Circumstances) -> Result<Standing, &'static str> {
            let standing = self.0.standing(certificate_der, around)?;
            Ok(Standing { in_validity: around.at == SEALED_AT, ..standing })
        }
    }
    let objects = judge_with(&sealed(), &circumstances(), &OnlyThen(Told::default()), None);
    assert_eq!(objects[0]["verdict"], "valid");
    let untrusted = Told { timestamp_trust: Trust::Unknown, ..Told::default() };
    let objects = judge_with(&sealed(), &circumstances(), &OnlyThen(untrusted), None);
    check(&objects, Code::CertificateNotInValidity, "niem-phong/niem-phong.txt.p7s");
}

#[test]
fn a_certificate_that_did_not_stand_is_never_success() {
    let told = Told::default;
    for (told, code) in [
        (Told { trust: Trust::Unknown, ..told() }, Code::CertificateNotTrusted),
        (Told { trust: Trust::Untrusted, ..told() }, Code::CertificateNotTrusted),
        (Told { revocation: Revocation::Unchecked, ..told() }, Code::RevocationUnchecked),
        (Told { revocation: Revocation::Revoked, ..told() }, Code::CertificateRevoked),
        (Told { in_validity: false, ..told() }, Code::CertificateNotInValidity),
        (Told { may_sign: false, ..told() }, Code::CertificateMayNotSign),
        (Told { strong: false, ..told() }, Code::CertificateWeak),
    ] {
        let objects = judge_with(&sealed(), &circumstances(), &told, None);
        check_only(&objects, code, "niem-phong/niem-phong.txt.p7s");
        assert_ne!(objects[0]["verdict"], "valid");
    }
    let later = Told { revocation: Revocation::RevokedAfterPoe, ..told() };
    assert_eq!(judge_with(&sealed(), &circumstances(), &later, None)[0]["verdict"], "valid");
}

// The sealing record.

#[test]
fn a_sealing_record_of_another_deposit_is_refused() {
    for id in ["2025-2026_ca-nam_bien-ban-niem-phong_0002", CLASS_BOOK] {
        let mut making = Making::new();
        making.record["dossier"] = id.into();
        check_only(&judged(&making.seal()), Code::RecordDeposit, "niem-phong/bien-ban.pdf");
    }
}

#[test]
fn a_sealing_record_without_all_signatures_is_refused() {
    for key in ["complete", "in_order"] {
        let mut making = Making::new();
        making.record[key] = false.into();
        check_only(&judged(&making.seal()), Code::RecordIncomplete, "niem-phong/bien-ban.pdf");
    }
}

#[test]
fn a_sealing_record_that_states_something_else_is_refused() {
    for (key, value) in [
        ("files", json!(13)),
        ("bytes", json!(1)),
        ("deposit", json!("HOAPHUONG_2025-2026_0002")),
        ("tagmanifest_sha256", json!(Sha256::of(b"other"))),
        ("tagmanifest_sha512", json!(Sha512::of(b"other"))),
    ] {
        let mut making = Making::new();
        making.record_data = json!({key: value});
        check_only(&judged(&making.seal()), Code::RecordData, "niem-phong/bien-ban.pdf");
    }
    let mut making = Making::new();
    making.record_data = json!({"more": 1});
    check_only(&judged(&making.seal()), Code::DocumentData, "niem-phong/bien-ban.pdf");
}

#[test]
fn a_sealing_record_exchanged_after_sealing_is_not_the_sealed_one() {
    let mut folder = sealed();
    edit(&mut folder, "niem-phong/bien-ban.pdf", "true", " true");
    check_only(&judged(&folder), Code::StatementRecord, "niem-phong/bien-ban.pdf");
}

// Documents.

#[test]
fn a_document_that_is_not_valid_decides_over_the_deposit() {
    for (verdict, code) in [
        ("invalid", Code::DocumentInvalid),
        ("unsigned", Code::DocumentInvalid),
        ("malformed", Code::DocumentInvalid),
        ("indeterminate", Code::DocumentIndeterminate),
    ] {
        let mut making = Making::new();
        making.documents.get_mut(TRANSCRIPT).expect("a document")["verdict"] = verdict.into();
        let objects = judged(&making.seal());
        check_only(&objects, code, &format!("data/ho-so/{TRANSCRIPT}.pdf"));
        assert_ne!(objects[0]["verdict"], "valid");
    }
}

#[test]
fn a_document_that_the_register_never_closed_is_refused() {
    let mut making = Making::new();
    making.unclosed = TRANSCRIPT;
    let objects = judged(&making.seal());
    check_only(&objects, Code::NotRegistered, &format!("data/ho-so/{TRANSCRIPT}.pdf"));
}

#[test]
fn a_document_without_all_signatures_of_its_plan_is_refused() {
    for key in ["complete", "in_order"] {
        let mut making = Making::new();
        making.documents.get_mut(CLASS_BOOK).expect("a document")[key] = false.into();
        check_only(
            &judged(&making.seal()),
            Code::DocumentIncomplete,
            &format!("data/ho-so/{CLASS_BOOK}.pdf"),
        );
    }
}

#[test]
fn a_document_under_the_name_of_another_is_refused() {
    let mut making = Making::new();
    making.documents.get_mut(CLASS_BOOK).expect("a document")["dossier"] = TRANSCRIPT.into();
    check_only(&judged(&making.seal()), Code::DocumentName, &format!("data/ho-so/{CLASS_BOOK}.pdf"));
}

#[test]
fn an_export_that_no_lock_decision_names_is_refused() {
    let other = Sha256::of(b"another export");
    let mut making = Making::new();
    making.payload.insert(format!("data/ban-goc/{other}"), b"another export".to_vec());
    check_only(&judged(&making.seal()), Code::ExportNotLocked, &format!("data/ban-goc/{other}"));
}

/// A deposit whose locked export was put together here: its bytes are its canonical gradebook, which names
/// its parts. `locked`: whether the decision names that gradebook.
fn put_together(locked: bool) -> (Making, String) {
    let file = Sha256::of(b"a file of the vendor");
    let mut book: Value = serde_json::from_slice(&gradebook()).expect("JSON");
    book["parts"] = json!([file]);
    let book = canonical::to_bytes(&book).expect("canonical");
    let export = Sha256::of(&book);
    let text = String::from_utf8(book.clone()).expect("text");
    let mut making = Making::new();
    let part = format!("data/ban-goc/{file}");
    making.payload.insert(part.clone(), b"a file of the vendor".to_vec());
    making.payload.insert("data/du-lieu/6A1_ca-nam.json".into(), book.clone());
    making.carry(CLASS_BOOK, "du-lieu.json", &text);
    if locked {
        making.payload.retain(|name, _| *name != format!("data/ban-goc/{}", Sha256::of(ORIGINAL.as_bytes())));
        making.payload.insert(format!("data/ban-goc/{export}"), book);
        making.carry(CLASS_BOOK, "ban-goc.json", &text);
        for document in [TRANSCRIPT, LOCK] {
            let data = making.documents[document]["carried"]["du-lieu.json"].as_str().expect("text");
            let data = data.replace(&Sha256::of(ORIGINAL.as_bytes()).to_string(), &export.to_string());
            making.carry(document, "du-lieu.json", &data);
        }
    }
    (making, part)
}

#[test]
fn an_original_that_a_locked_gradebook_names_as_its_part_belongs_to_the_deposit() {
    assert_eq!(problems(&judged(&put_together(true).0.seal())), []);
}

#[test]
fn a_part_that_the_register_knows_to_have_come_in_is_missed_and_one_that_never_came_is_not() {
    let without = || {
        let (mut making, part) = put_together(true);
        making.payload.remove(&part);
        (making, part)
    };
    // What another program wrote into its export about where it came from.
    assert_eq!(problems(&judged(&without().0.seal())), []);
    let (mut making, part) = without();
    let file = part.trim_start_matches("data/ban-goc/").to_owned();
    making.events.push(("export.parts", json!({"export": file, "parts": []})));
    check_only(&judged(&making.seal()), Code::ExportMissing, &part);
}

#[test]
fn a_part_that_only_a_gradebook_without_a_lock_of_its_own_names_is_refused() {
    let (making, part) = put_together(false);
    check_only(&judged(&making.seal()), Code::ExportNotLocked, &part);
}

#[test]
fn a_refused_lock_decision_locks_nothing() {
    let mut making = Making::new();
    making.documents.get_mut(LOCK).expect("a document")["verdict"] = "invalid".into();
    let objects = judged(&making.seal());
    check(&objects, Code::ExportNotLocked, "data/ban-goc/");
    check(&objects, Code::ExportNotLocked, &format!("data/ho-so/{CLASS_BOOK}.pdf"));
    check(&objects, Code::ExportNotLocked, &format!("data/ho-so/{TRANSCRIPT}.pdf"));
}

#[test]
fn a_lock_of_another_class_or_period_does_not_lock_this_document() {
    let export = Sha256::of(ORIGINAL.as_bytes());
    for (class, period) in [("6A2", "ca-nam"), ("6A1", "HK1")] {
        let mut making = Making::new();
        let lock = json!({"format": "niemphong-lock/1", "number": "0001", "year": "2025-2026",
            "exports": [{"class": class, "period": period, "sha256": export}]});
        making.carry(LOCK, "du-lieu.json", &lock.to_string());
        check_only(&judged(&making.seal()), Code::ExportNotLocked, "data/ho-so/");
    }
}

#[test]
fn a_document_made_from_an_export_that_is_not_here_is_refused() {
    let mut making = Making::new();
    making.carry(CLASS_BOOK, "ban-goc.json", "another export");
    let objects = judged(&making.seal());
    check(&objects, Code::ExportMissing, &format!("data/ho-so/{CLASS_BOOK}.pdf"));
    check(&objects, Code::ExportNotLocked, &format!("data/ho-so/{CLASS_BOOK}.pdf"));
}

#[test]
fn a_document_without_readable_data_is_refused() {
    for (document, name) in [
        (CLASS_BOOK, "du-lieu.json"),
        (CLASS_BOOK, "ban-goc.json"),
        (TRANSCRIPT, "du-lieu.json"),
        (LOCK, "du-lieu.json"),
    ] {
        let mut making = Making::new();
        making.documents.get_mut(document).expect("a document")["carried"]
            .as_object_mut()
            .expect("an object")
            .remove(name);
        check(&judged(&making.seal()), Code::DocumentData, &format!("data/ho-so/{document}.pdf"));
    }
}

#[test]
fn a_transcript_with_the_data_of_another_pupil_is_refused() {
    let mut making = Making::new();
    let data = making.documents[TRANSCRIPT]["carried"]["du-lieu.json"].as_str().expect("text").to_owned();
    making.carry(TRANSCRIPT, "du-lieu.json", &data.replace("HS0001", "HS0002"));
    check_only(&judged(&making.seal()), Code::DocumentData, &format!("data/ho-so/{TRANSCRIPT}.pdf"));
}

#[test]
fn a_transcript_with_other_marks_than_the_gradebook_is_refused() {
    let name = &format!("data/ho-so/{TRANSCRIPT}.pdf");
    let written =
        Making::new().documents[TRANSCRIPT]["carried"]["du-lieu.json"].as_str().expect("text").to_owned();
    for (from, to) in [
        (":84}", ":94}"),
        ("\"tot\"", "\"kha\""),
        ("Lan Chi", "Lan Anh"),
        ("\"assessment\":\"marks\"", "\"assessment\":\"levels\""),
        ("HOAPHUONG", "HOASEN"),
    ] {
        assert!(written.contains(from), "{from} in {written}");
        let mut making = Making::new();
        making.carry(TRANSCRIPT, "du-lieu.json", &written.replacen(from, to, 1));
        check_only(&judged(&making.seal()), Code::TranscriptMarks, name);
    }
    // A key that nobody reads could carry a mark that nobody compares.
    let mut making = Making::new();
    making.carry(TRANSCRIPT, "du-lieu.json", &written.replacen("\"pupil\":{", "\"pupil\":{\"extra\":1,", 1));
    check_only(&judged(&making.seal()), Code::DocumentData, name);
}

#[test]
fn a_gradebook_that_differs_from_the_class_book_is_refused() {
    let mut making = Making::new();
    let name = "data/du-lieu/6A1_ca-nam.json";
    let book_name = &format!("data/ho-so/{CLASS_BOOK}.pdf");
    let mut book: Value = serde_json::from_slice(&making.payload[name]).expect("JSON");
    book["lock"]["locked"] = false.into();
    making.payload.insert(name.into(), canonical::to_bytes(&book).expect("canonical"));
    check_only(&judged(&making.seal()), Code::Gradebook, book_name);
    let mut making = Making::new();
    making.payload.remove(name);
    check_only(&judged(&making.seal()), Code::Gradebook, book_name);
    let mut making = Making::new();
    making.payload.insert("data/du-lieu/6A2_ca-nam.json".into(), gradebook());
    check_only(&judged(&making.seal()), Code::Gradebook, "data/du-lieu/6A2_ca-nam.json");
}

#[test]
fn each_document_has_the_report_of_its_closing() {
    for report in [&b"{}"[..], br#"{"type":"pdf","sha256":"00"}"#] {
        let mut making = Making::new();
        making.payload.insert(format!("data/kiem-tra/{LOCK}.json"), report.to_vec());
        check_only(&judged(&making.seal()), Code::ClosingReport, &format!("data/kiem-tra/{LOCK}.json"));
    }
    let mut making = Making::new();
    let stray = "data/kiem-tra/2025-2026_ca-nam_hoc-ba_HS0009.json";
    making
        .payload
        .insert(stray.into(), json!({"type": "pdf", "sha256": Sha256::of(b"")}).to_string().into_bytes());
    check_only(&judged(&making.seal()), Code::ClosingReport, stray);
}

#[test]
fn a_deposit_without_documents_is_refused() {
    let mut making = Making::new();
    making.documents.clear();
    check(&judged(&making.seal()), Code::NoDossier, "data/ho-so");
}

// Roster and plans.

#[test]
fn roster_and_plans_need_principal_and_stamp() {
    for signers in [["con-dau", "con-dau"], ["hieu-truong", "hieu-truong"], ["other", "con-dau"]] {
        let mut making = Making::new();
        making.roster_signers = signers;
        let objects = judged(&making.seal());
        check(&objects, Code::StaffSigner, "data/nhan-su/roster.json.");
        check(&objects, Code::StaffSigner, "data/nhan-su/plans.json.");
        assert_eq!(objects[0]["school_identity"], "unknown");
        assert!(objects[2..].iter().all(|pdf| pdf["school_identity"] != "confirmed"));
    }
}

#[test]
fn a_roster_signed_before_it_was_changed_is_refused() {
    let mut folder = sealed();
    edit(&mut folder, "data/nhan-su/roster.json", "Mỹ Hạnh", "Mỹ Hằng");
    let objects = judged(&folder);
    check(&objects, Code::SignatureBroken, "data/nhan-su/roster.json.HieuTruong.p7s: CMS_DIGEST");
    check(&objects, Code::StatementRoster, "data/nhan-su/roster.json");
    check(&objects, Code::PayloadAltered, "data/nhan-su/roster.json");
}

#[test]
fn a_roster_of_another_school_or_year_is_refused() {
    for (pointer, value) in
        [("/year", "2024-2025"), ("/school/code", "PHUONGVI"), ("/format", "niemphong-roster/2")]
    {
        let mut making = Making::new();
        *making.roster.pointer_mut(pointer).expect("the key") = value.into();
        check(&judged(&making.seal()), Code::RosterMalformed, "data/nhan-su/roster.json");
    }
    let mut making = Making::new();
    making.plans["year"] = "2024-2025".into();
    check_only(&judged(&making.seal()), Code::PlansMalformed, "data/nhan-su/plans.json");
}

#[test]
fn certificates_that_were_never_commissioned_are_refused() {
    let mut making = Making::new();
    making.events[0].1["stamp"] = json!(certificate("another stamp"));
    check_only(&judged(&making.seal()), Code::NotCommissioned, "niem-phong/so-theo-doi.jsonl");
}

#[test]
fn the_roster_that_the_inspector_brought_must_be_the_one_in_the_deposit() {
    let mut around = circumstances();
    around.roster = Some((Sha256::of(b"another roster"), parsed_roster()));
    let objects = judge_with(&sealed(), &around, &Told::default(), None);
    check_only(&objects, Code::OtherRoster, "data/nhan-su/roster.json");
}

// The register.

#[test]
fn a_rewritten_register_is_not_the_sealed_one() {
    let mut folder = sealed();
    let rewritten =
        register(&[("commissioned", json!({"principal": certificate("x"), "stamp": certificate("x")}))]);
    folder.0.insert("niem-phong/checkpoint.txt".into(), checkpoint(&rewritten).text().into_bytes());
    folder.0.insert("niem-phong/so-theo-doi.jsonl".into(), rewritten);
    let objects = judged(&folder);
    check(&objects, Code::StatementCheckpoint, "niem-phong/checkpoint.txt");
    check(&objects, Code::SignatureBroken, "niem-phong/checkpoint.txt.p7s");
    check(&objects, Code::DepositNotRegistered, DEPOSIT);
}

#[test]
fn a_register_that_differs_from_its_checkpoint_proves_nothing() {
    let mut folder = sealed();
    edit(&mut folder, "niem-phong/so-theo-doi.jsonl", "\"revision\":7", "\"revision\":8");
    let objects = judged(&folder);
    check(&objects, Code::CheckpointRoot, "niem-phong/so-theo-doi.jsonl");
    assert_eq!(objects[1]["verdict"], "invalid");
    assert!(objects[3..].iter().all(|pdf| pdf["register"] == "unknown"));
}

#[test]
fn a_deposit_registered_with_other_digests_is_refused() {
    let mut making = Making::new();
    making.built = Some(
        json!({"deposit": DEPOSIT, "tagmanifest_sha256": Sha256::of(b"x"), "tagmanifest_sha512": Sha512::of(b"x")}),
    );
    check_only(&judged(&making.seal()), Code::DepositRegisteredOtherwise, DEPOSIT);
}
