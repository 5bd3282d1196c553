//! What tokens and vendors' modules do to us, by the fault-injecting module around SoftHSM: pulled
//! tokens, PIN counters, slow, hanging and dying calls, and any return value. Each test also counts
//! C_Login, because an extra login is how tokens get locked.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

#[path = "../src/process/mod.rs"]
mod process;
#[path = "support/soft_token.rs"]
mod soft_token;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use openssl::hash::MessageDigest;
use openssl::rsa::Padding;
use openssl::sign::{RsaPssSaltlen, Verifier};
use openssl::x509::X509;
use pkcs11_fault::{Fault, Faults, When, sys};
use process::token_host::{PinEnvelope, TokenHost};
use process::token_module::{SurveyStep, TokenModule, survey_all};
use process::token_watch::TokenWatch;
use process::worker::Program;
use school::digest::Sha256;
use school::records::token_frame::{Hash, KeyKind, Nature, PinState, RsaScheme, TokenIdentity};
use soft_token::{Key, MODULE, SoftToken};
use tempfile::TempDir;
use zeroize::Zeroizing;

const PIN: &str = "CANARY-7391";
const LABEL: &str = "GVCN 10A1";

/// A token behind the fault-injecting module.
struct Rig {
    token: SoftToken,
    faults: Faults,
    folder: TempDir,
    host: TokenHost,
}

impl Rig {
    fn new(keys: &[Key]) -> Self {
        Self::around(SoftToken::new(LABEL, PIN, keys))
    }

    fn around(token: SoftToken) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let faults = Faults::in_folder(folder.path());
        let host = module(&token, &faults).start().unwrap();
        Self { token, faults, folder, host }
    }

    fn module(&self) -> TokenModule {
        module(&self.token, &self.faults)
    }

    fn open(&mut self, pin: PinEnvelope) -> Result<process::token_host::OpenToken<'_>, String> {
        let (identity, certificate) = (self.identity(), self.certificate());
        self.host.open(&identity, certificate, pin).map_err(|refusal| refusal.code().to_owned())
    }

    fn refused(&mut self, pin: PinEnvelope) -> String {
        self.open(pin).err().expect("refused")
    }

    fn identity(&mut self) -> TokenIdentity {
        self.host.list().unwrap()[0].identity.clone()
    }

    fn certificate(&self) -> Sha256 {
        Sha256::of(&self.token.certificates()[0])
    }

    fn logins(&self) -> usize {
        self.faults.calls("C_Login")
    }
}

fn environment(token: &SoftToken, faults: &Faults) -> Vec<(String, String)> {
    [token.environment(), faults.environment(Path::new(MODULE))].concat()
}

fn module(token: &SoftToken, faults: &Faults) -> TokenModule {
    let path = Faults::module();
    let arguments = ["worker".into(), "token".into(), "--module".into(), path.clone().into_os_string()];
    let program = Program::at(PathBuf::from(env!("CARGO_BIN_EXE_niemphong")), arguments);
    TokenModule::with_program(path, program.with_environment(&environment(token, faults)))
}

fn answers(function: &str, value: sys::CK_RV) -> Fault {
    Fault::Answer { function: function.into(), when: When::Always, value }
}

fn pin(text: &str) -> PinEnvelope {
    PinEnvelope::new(Zeroizing::new(text.as_bytes().to_vec()))
}

fn removed() -> Fault {
    Fault::Removed { label: LABEL.into() }
}

#[test]
fn a_token_pulled_in_the_middle_is_gone_and_after_its_return_needs_a_new_login() {
    let mut rig = Rig::new(&[Key::P256]);
    let (identity, certificate) = (rig.identity(), rig.certificate());
    let mut open = rig.host.open(&identity, certificate, pin(PIN)).unwrap();
    open.sign(Hash::Sha256, b"first").unwrap();
    rig.faults.set(&[removed()]);
    assert_eq!(open.sign(Hash::Sha256, b"second").unwrap_err().code(), "token.gone");
    rig.faults.set(&[]);
    assert_eq!(open.sign(Hash::Sha256, b"second").unwrap_err().code(), "token.not_open");
    drop(open);
    assert_eq!(rig.logins(), 1, "its return is no reason to log in");
    let mut open = rig.host.open(&identity, certificate, pin(PIN)).unwrap();
    open.sign(Hash::Sha256, b"second").unwrap();
    drop(open);
    assert_eq!(rig.logins(), 2);
}

#[test]
fn a_token_pulled_and_put_back_between_two_documents_is_noticed() {
    let mut rig = Rig::new(&[Key::P256]);
    let (identity, certificate) = (rig.identity(), rig.certificate());
    let mut open = rig.host.open(&identity, certificate, pin(PIN)).unwrap();
    open.sign(Hash::Sha256, b"first").unwrap();
    rig.faults.set(&[removed()]);
    rig.faults.set(&[]);
    assert_eq!(open.sign(Hash::Sha256, b"second").unwrap_err().code(), "token.gone");
    drop(open);
    assert_eq!(rig.logins(), 1);
}

#[test]
fn wrong_pins_count_down_to_a_final_try_that_is_never_taken_by_itself() {
    let mut rig = Rig::new(&[Key::P256]);
    rig.faults.set(&[Fault::PinTries { tries: 3 }]);
    let (identity, certificate) = (rig.identity(), rig.certificate());
    for (state, logins) in [(PinState::CountLow, 1), (PinState::FinalTry, 2)] {
        let refused = rig.host.open(&identity, certificate, pin("wrong")).err().unwrap();
        assert_eq!(refused.code(), "token.pin_incorrect");
        assert_eq!(rig.host.list().unwrap()[0].pin, state);
        assert_eq!(rig.logins(), logins);
    }
    let refused = rig.host.open(&identity, certificate, pin(PIN)).err().unwrap();
    assert_eq!(refused.code(), "token.pin_final_try");
    assert_eq!(rig.logins(), 2, "also the right PIN waits for a decision");
}

#[test]
fn a_module_that_dies_in_a_signature_ends_the_batch_and_not_the_program() {
    let mut rig = Rig::new(&[Key::P256]);
    rig.faults.set(&[Fault::Abort { function: "C_Sign".into(), when: When::Once(2) }]);
    let (identity, certificate) = (rig.identity(), rig.certificate());
    let mut open = rig.host.open(&identity, certificate, pin(PIN)).unwrap();
    open.sign(Hash::Sha256, b"first").unwrap();
    assert_eq!(open.sign(Hash::Sha256, b"second").unwrap_err().code(), "token.worker_lost");
    drop(open);
    let mut open = rig.host.open(&identity, certificate, pin(PIN)).unwrap();
    open.sign(Hash::Sha256, b"second").unwrap();
    open.sign(Hash::Sha256, b"third").unwrap();
    drop(open);
    assert_eq!(rig.logins(), 2, "one for each decision of the person");
}

#[test]
fn a_lying_token_and_a_failing_call_hand_out_nothing() {
    let mut rig = Rig::new(&[Key::Rsa2048]);
    let (identity, certificate) = (rig.identity(), rig.certificate());
    rig.faults.set(&[Fault::WrongSignatures]);
    let mut open = rig.host.open(&identity, certificate, pin(PIN)).unwrap();
    assert_eq!(open.sign(Hash::Sha256, b"first").unwrap_err().code(), "token.signature");
    drop(open);
    let answer =
        Fault::Answer { function: "C_SignInit".into(), when: When::Once(1), value: sys::CKR_DEVICE_ERROR };
    rig.faults.set(&[answer]);
    let mut open = rig.host.open(&identity, certificate, pin(PIN)).unwrap();
    assert_eq!(open.sign(Hash::Sha256, b"first").unwrap_err().code(), "token.device");
    drop(open);
    assert_eq!(rig.logins(), 2);
}

#[test]
fn a_final_try_is_taken_only_for_the_token_that_the_person_named() {
    let mut rig = Rig::new(&[Key::P256]);
    rig.faults.set(&[Fault::PinTries { tries: 3 }]);
    assert_eq!(rig.refused(pin("wrong")), "token.pin_incorrect");
    assert_eq!(rig.refused(pin("wrong")), "token.pin_incorrect");
    assert_eq!(rig.refused(pin(PIN).at_final_try_of("0000")), "token.pin_final_try");
    assert_eq!(rig.logins(), 2, "another serial allows nothing");
    let serial = rig.identity().serial;
    drop(rig.open(pin(PIN).at_final_try_of(&serial)).expect("logged in"));
    assert_eq!(rig.logins(), 3);
    assert_eq!(rig.host.list().unwrap()[0].pin, PinState::Good);
}

#[test]
fn a_locked_token_is_not_logged_in_to_any_more() {
    let mut rig = Rig::new(&[Key::P256]);
    rig.faults.set(&[Fault::PinTries { tries: 2 }]);
    let serial = rig.identity().serial;
    assert_eq!(rig.refused(pin("wrong")), "token.pin_incorrect");
    assert_eq!(rig.refused(pin("wrong").at_final_try_of(&serial)), "token.pin_incorrect");
    for _ in 0..3 {
        assert_eq!(rig.refused(pin(PIN).at_final_try_of(&serial)), "token.pin_locked");
    }
    assert_eq!(rig.logins(), 2);
    assert_eq!(rig.host.list().unwrap()[0].pin, PinState::Locked);
}

#[test]
fn a_pin_that_is_to_be_changed_or_has_expired_is_a_persons_matter() {
    let mut rig = Rig::new(&[Key::P256]);
    let flags = sys::CKF_USER_PIN_TO_BE_CHANGED;
    rig.faults.set(&[Fault::TokenFlags { label: LABEL.into(), flags }]);
    assert_eq!(rig.refused(pin(PIN)), "token.pin_to_be_changed");
    assert_eq!(rig.logins(), 0);
    rig.faults.set(&[answers("C_Login", sys::CKR_PIN_EXPIRED)]);
    let (identity, certificate) = (rig.identity(), rig.certificate());
    let refusal = rig.host.open(&identity, certificate, pin(PIN)).err().expect("refused");
    assert_eq!((refusal.code(), refusal.nature()), ("token.pin_expired", Nature::Operator));
    assert_eq!(rig.logins(), 1);
}

#[test]
fn at_a_pin_pad_the_pin_is_typed_on_the_token_and_never_here() {
    let mut rig = Rig::new(&[Key::P256]);
    rig.faults.set(&[Fault::PinPad { label: LABEL.into(), pin: PIN.into() }]);
    assert!(rig.host.list().unwrap()[0].pin_pad);
    let mut open = rig.open(PinEnvelope::pin_pad()).expect("logged in at the pad");
    open.sign(Hash::Sha256, b"m").unwrap();
    drop(open);
    rig.faults.set(&[answers("C_Login", sys::CKR_FUNCTION_CANCELED)]);
    assert_eq!(rig.refused(PinEnvelope::pin_pad()), "token.pin_missing", "without the flag no login");
    assert_eq!(rig.logins(), 1);
}

#[test]
fn a_module_that_hangs_is_given_up_at_its_deadline_and_started_again() {
    let mut rig = Rig::new(&[Key::P256]);
    rig.faults.set(&[Fault::Hang { function: "C_Initialize".into(), when: When::Always }]);
    rig.host = rig.module().start().unwrap().with_deadline(Duration::from_millis(500));
    let begun = Instant::now();
    let refusal = rig.host.list().unwrap_err();
    assert_eq!((refusal.code(), refusal.nature()), ("token.worker_hung", Nature::Broken));
    assert!(begun.elapsed() < Duration::from_secs(3));
    rig.faults.set(&[]);
    drop(rig.open(pin(PIN)).expect("the next worker reaches the token"));
    rig.faults.set(&[Fault::Hang { function: "C_Sign".into(), when: When::From(2) }]);
    let mut open = rig.open(pin(PIN)).unwrap();
    open.sign(Hash::Sha256, b"first").unwrap();
    assert_eq!(open.sign(Hash::Sha256, b"second").unwrap_err().code(), "token.worker_hung");
    drop(open);
    assert_eq!(rig.logins(), 2, "no login by itself after a hang");
}

#[test]
fn whatever_any_call_answers_nothing_is_tried_again_and_the_worker_stays() {
    let functions = [
        "C_GetSlotList",
        "C_GetSlotInfo",
        "C_GetTokenInfo",
        "C_GetMechanismList",
        "C_OpenSession",
        "C_GetSessionInfo",
        "C_FindObjectsInit",
        "C_FindObjects",
        "C_FindObjectsFinal",
        "C_GetAttributeValue",
        "C_Login",
        "C_SignInit",
        "C_Sign",
        "C_Logout",
        "C_CloseSession",
    ];
    let values = [
        sys::CKR_DEVICE_REMOVED,
        sys::CKR_DEVICE_ERROR,
        sys::CKR_GENERAL_ERROR,
        sys::CKR_DEVICE_MEMORY,
        sys::CKR_OPERATION_ACTIVE,
        sys::CKR_USER_NOT_LOGGED_IN,
        sys::CKR_USER_ALREADY_LOGGED_IN,
        sys::CKR_VENDOR_DEFINED + 0x1234,
        0x0077_7777,
    ];
    let mut rig = Rig::new(&[Key::P256]);
    let (identity, certificate) = (rig.identity(), rig.certificate());
    let worker = rig.host.worker_id();
    for function in functions {
        for value in values {
            rig.faults.set(&[answers(function, value)]);
            let before = rig.logins();
            let outcome = rig.host.open(&identity, certificate, pin(PIN)).and_then(|mut open| {
                let value = open.sign(Hash::Sha256, b"m")?;
                open.close()?;
                Ok(value)
            });
            let logins = rig.logins() - before;
            assert!(logins <= 1, "{function} {value:#x}: {logins} logins");
            if let Err(refusal) = outcome {
                assert!(refusal.code().starts_with("token."), "{function} {value:#x}: {refusal}");
            }
            rig.faults.set(&[]);
            assert_eq!(rig.host.list().map(|tokens| tokens.len()), Ok(1), "{function} {value:#x}");
        }
    }
    assert_eq!(rig.host.worker_id(), worker, "no answer is a reason to die");
}

#[test]
fn a_token_that_hashes_nothing_itself_signs_a_digest_info() {
    let mut rig = Rig::new(&[Key::Rsa2048]);
    rig.faults.set(&[Fault::WithoutMechanism { mechanism: sys::CKM_SHA256_RSA_PKCS }]);
    let public = X509::from_der(&rig.token.certificates()[0]).unwrap().public_key().unwrap();
    let mut open = rig.open(pin(PIN)).unwrap();
    let value = open.sign(Hash::Sha256, b"m").unwrap();
    assert!(Verifier::new(MessageDigest::sha256(), &public).unwrap().verify_oneshot(&value, b"m").unwrap());
}

#[test]
fn pss_is_made_where_the_school_configured_it_and_refused_before_the_pin_where_the_token_cannot() {
    let mut rig = Rig::new(&[Key::Rsa2048]);
    let public = X509::from_der(&rig.token.certificates()[0]).unwrap().public_key().unwrap();
    let hashing = Fault::WithoutMechanism { mechanism: sys::CKM_SHA256_RSA_PKCS_PSS };
    let at_all = Fault::WithoutMechanism { mechanism: sys::CKM_RSA_PKCS_PSS };
    for faults in [vec![], vec![hashing.clone()]] {
        rig.faults.set(&faults);
        rig.host = rig.module().configured(RsaScheme::Pss, Duration::from_secs(20)).start().unwrap();
        let mut open = rig.open(pin(PIN)).unwrap();
        assert_eq!(open.key(), KeyKind::RsaPss);
        let value = open.sign(Hash::Sha256, b"m").unwrap();
        let mut check = Verifier::new(MessageDigest::sha256(), &public).unwrap();
        check.set_rsa_padding(Padding::PKCS1_PSS).unwrap();
        check.set_rsa_pss_saltlen(RsaPssSaltlen::custom(32)).unwrap();
        assert!(check.verify_oneshot(&value, b"m").unwrap());
    }
    rig.faults.set(&[hashing, at_all]);
    assert_eq!(rig.refused(pin(PIN)), "token.mechanism");
    assert_eq!(rig.logins(), 2);
}

#[test]
fn a_p384_key_signs_with_sha384() {
    let mut rig = Rig::new(&[Key::P384]);
    let public = X509::from_der(&rig.token.certificates()[0]).unwrap().public_key().unwrap();
    let mut open = rig.open(pin(PIN)).unwrap();
    let value = open.sign(Hash::Sha384, b"m").unwrap();
    assert!(Verifier::new(MessageDigest::sha384(), &public).unwrap().verify_oneshot(&value, b"m").unwrap());
}

#[test]
fn a_module_that_says_already_logged_in_does_not_get_a_pin_past_unlooked_at() {
    let rig = Rig::new(&[Key::P256]);
    let module = rig.module();
    let mut first = module.start().unwrap();
    let seen = first.list().unwrap().remove(0);
    let certificate = rig.certificate();
    // The session is left behind logged in: its C_Logout and C_CloseSession do nothing.
    rig.faults.set(&[answers("C_Logout", sys::CKR_OK), answers("C_CloseSession", sys::CKR_OK)]);
    drop(first.open(&seen.identity, certificate, pin(PIN)).unwrap());
    rig.faults.set(&[]);
    let refusal = first.open(&seen.identity, certificate, pin("not it")).err().expect("refused");
    assert_eq!(refusal.code(), "token.pin_incorrect");
}

#[test]
fn a_plug_and_a_pull_are_known_within_two_seconds_while_another_token_signs() {
    let rig = Rig::new(&[Key::P256]);
    let reader = Fault::Reader { label: LABEL.into(), name: "Dau doc so 2".into() };
    let slow = Fault::Slow { function: "C_Sign".into(), wait_ms: 700 };
    rig.faults.set(&[slow.clone(), reader.clone()]);
    let watch = TokenWatch::over(vec![rig.module()]);
    let identity = watch.after(0, Duration::from_secs(10)).tokens[0].token.identity.clone();
    assert_eq!(watch.sight().tokens[0].token.reader, "Dau doc so 2");
    let module = rig.module();
    let (certificate, wanted) = (rig.certificate(), identity.clone());
    let batch = std::thread::spawn(move || {
        let mut host = module.start().unwrap();
        let mut open = host.open(&wanted, certificate, pin(PIN)).unwrap();
        let mut signed = 0_u8;
        while open.sign(Hash::Sha256, &[signed]).is_ok() {
            signed += 1;
        }
        signed
    });
    std::thread::sleep(Duration::from_secs(2));
    for _ in 0..3 {
        let version = watch.sight().version;
        rig.faults.set(&[slow.clone(), reader.clone(), removed()]);
        let pulled = Instant::now();
        assert!(watch.after(version, Duration::from_secs(5)).tokens.is_empty());
        assert!(pulled.elapsed() < Duration::from_secs(2), "{:?}", pulled.elapsed());
        rig.faults.set(&[slow.clone(), reader.clone()]);
        let plugged = Instant::now();
        assert!(watch.wait_for(&identity, Duration::from_secs(5)).is_some());
        assert!(plugged.elapsed() < Duration::from_secs(2), "{:?}", plugged.elapsed());
    }
    assert!(batch.join().unwrap() >= 1);
    assert_eq!(rig.logins(), 1, "who watches never logs in");
}

#[test]
fn a_module_that_hangs_hides_no_token_of_another() {
    let (good, bad) = (Rig::new(&[Key::P256]), Rig::new(&[Key::P256]));
    bad.faults.set(&[Fault::Hang { function: "C_Initialize".into(), when: When::Always }]);
    let modules = vec![bad.module().configured(RsaScheme::Pkcs1, Duration::from_secs(3)), good.module()];
    let watch = TokenWatch::over(modules.clone());
    let begun = Instant::now();
    assert_eq!(watch.after(0, Duration::from_secs(10)).tokens.len(), 1);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    let sight = watch.after(1, Duration::from_secs(10));
    assert_eq!(sight.faults[0].1.code(), "token.worker_hung");
    let surveys = survey_all(&modules);
    let (step, outcome) = surveys[0].steps.last().unwrap();
    assert_eq!(*step, SurveyStep::Initialize);
    assert_eq!(outcome.as_ref().unwrap_err().code(), "token.worker_hung");
    assert_eq!(surveys[1].tokens.len(), 1);
}

#[test]
fn a_survey_names_the_step_that_failed() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let paths = [
        (folder.path().join("none.so"), SurveyStep::File, "token.module_missing"),
        (file("narrow.so", b"\x7fELF\x01\x01\x01"), SurveyStep::File, "token.module_word_size"),
        (file("text.so", b"INPUT(libreal.so)"), SurveyStep::File, "token.module_form"),
        (file("broken.so", b"\x7fELF\x02 and nothing"), SurveyStep::Load, "token.module"),
    ];
    for (path, expected, code) in paths {
        let arguments = ["worker".into(), "token".into(), "--module".into(), path.clone().into_os_string()];
        let program = Program::at(PathBuf::from(env!("CARGO_BIN_EXE_niemphong")), arguments);
        let survey = TokenModule::with_program(path, program).survey();
        let (step, outcome) = survey.steps.last().unwrap();
        assert_eq!((*step, outcome.as_ref().unwrap_err().code()), (expected, code));
    }
}

#[test]
fn the_command_tokens_shows_every_module_also_those_that_fail() {
    let rig = Rig::new(&[Key::P256]);
    rig.faults.set(&[Fault::PinTries { tries: 3 }]);
    let run = |arguments: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_niemphong"))
            .arg("tokens")
            .args(arguments)
            .envs(environment(&rig.token, &rig.faults))
            .output()
            .unwrap();
        (done.status.code(), String::from_utf8(done.stdout).unwrap())
    };
    let module = Faults::module();
    let module = module.to_str().unwrap();
    let (code, text) = run(&["--module", "/nowhere/lib.so", "--module", module]);
    assert_eq!(code, Some(0), "{text}");
    let sha256 = rig.certificate().to_string();
    for expected in ["/nowhere/lib.so", module, "✗", "token.module_missing", "Trần Thị Hồng Nhung", &sha256]
    {
        assert!(text.contains(expected), "{expected} is missing in:\n{text}");
    }
    let (code, text) = run(&["--module", module, "--json"]);
    let object: serde_json::Value = serde_json::from_str(text.trim()).unwrap();
    assert_eq!((code, &object["tokens"][0]["pin"]), (Some(0), &serde_json::json!("good")));
    assert_eq!(object["tokens"][0]["certificates"][0]["sha256"], serde_json::json!(sha256));
    let (code, _) = run(&["--module", "/nowhere/lib.so"]);
    assert_eq!(code, Some(5));
    assert_eq!(rig.logins(), 0);
}
