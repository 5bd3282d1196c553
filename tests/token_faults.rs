//! What tokens and vendors' modules do to us, by the fault-injecting module around SoftHSM: pulled
//! tokens, PIN counters, slow, hanging and dying calls, and any return value. Each test also counts
//! C_Login, because an extra login is how tokens get locked.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

#[path = "../src/process/mod.rs"]
mod process;
#[path = "support/soft_token.rs"]
mod soft_token;

use std::path::{Path, PathBuf};

use pkcs11_fault::{Fault, Faults, When, sys};
use process::token_host::{PinEnvelope, TokenHost};
use process::worker::Program;
use school::digest::Sha256;
use school::records::token_frame::{Hash, PinState, TokenIdentity};
use soft_token::{Key, MODULE, SoftToken};
use tempfile::TempDir;
use zeroize::Zeroizing;

const PIN: &str = "CANARY-7391";
const LABEL: &str = "GVCN 10A1";

/// A token behind the fault-injecting module.
struct Rig {
    token: SoftToken,
    faults: Faults,
    _folder: TempDir,
    host: TokenHost,
}

impl Rig {
    fn new(keys: &[Key]) -> Self {
        Self::around(SoftToken::new(LABEL, PIN, keys))
    }

    fn around(token: SoftToken) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let faults = Faults::in_folder(folder.path());
        let arguments =
            ["worker".into(), "token".into(), "--module".into(), Faults::module().into_os_string()];
        let environment = [token.environment(), faults.environment(Path::new(MODULE))].concat();
        let program = Program::at(PathBuf::from(env!("CARGO_BIN_EXE_niemphong")), arguments);
        let host = TokenHost::start_program(program.with_environment(&environment)).unwrap();
        Self { token, faults, _folder: folder, host }
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
