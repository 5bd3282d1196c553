//! Tokens through the token worker, against SoftHSM, which is required (packages softhsm2, opensc).
//! The program is a binary, so its folder `process` is compiled in here and drives the built program.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

#[path = "../src/process/mod.rs"]
mod process;
#[path = "support/signals.rs"]
mod signals;
#[path = "support/soft_token.rs"]
mod soft_token;

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use openssl::hash::MessageDigest;
use openssl::sign::Verifier;
use process::token_host::{PinEnvelope, TokenHost};
use process::worker::Program;
use school::digest::Sha256;
use school::records::token_frame::{Hash, KeyKind, PinState};
use signals::Signal;
use soft_token::{Key, MODULE, SPY, SoftToken};
use zeroize::Zeroizing;

const PIN: &str = "CANARY-7391";

fn host(token: &SoftToken) -> TokenHost {
    let arguments = ["worker", "token", "--module", MODULE].map(Into::into);
    let program = Program::at(PathBuf::from(env!("CARGO_BIN_EXE_niemphong")), arguments);
    TokenHost::start_program(program.with_environment(&token.environment())).expect("the worker starts")
}

/// With every PKCS#11 call written down by OpenSC's pkcs11-spy.
fn watched_host(token: &SoftToken) -> TokenHost {
    let arguments = ["worker", "token", "--module", SPY].map(Into::into);
    let program = Program::at(PathBuf::from(env!("CARGO_BIN_EXE_niemphong")), arguments);
    let mut environment = token.environment();
    environment.push(("PKCS11SPY".into(), MODULE.into()));
    environment.push(("PKCS11SPY_OUTPUT".into(), token.spy_output().to_str().unwrap().into()));
    TokenHost::start_program(program.with_environment(&environment)).expect("the worker starts")
}

/// How often a function was called.
fn calls(token: &SoftToken, function: &str) -> usize {
    let written = std::fs::read(token.spy_output()).unwrap();
    String::from_utf8_lossy(&written).lines().filter(|line| line.ends_with(&format!(": {function}"))).count()
}

/// Copies bytes between two sockets until both ends have closed, and keeps what came from each side in a file.
const RELAY: &str = r#"
import pathlib, socket, subprocess, sys, threading

def pump(source, sink, kept):
    with open(kept, "wb") as record:
        while data := source.recv(65536):
            record.write(data)
            sink.sendall(data)
    sink.shutdown(socket.SHUT_WR)

def relay(one, other, folder):
    there = threading.Thread(target=pump, args=(one, other, folder / "to-worker"))
    there.start()
    pump(other, one, folder / "to-core")
    there.join()

def near(folder, port):
    relay(socket.socket(fileno=0), socket.create_connection(("127.0.0.1", int(port))), pathlib.Path(folder))

def far(folder, *command):
    door = socket.create_server(("127.0.0.1", 0))
    print(door.getsockname()[1], flush=True)
    core, _ = door.accept()
    ours, theirs = socket.socketpair()
    worker = subprocess.Popen(command, stdin=theirs, cwd=folder)
    theirs.close()
    relay(core, ours, pathlib.Path(folder))
    worker.wait()

{"near": near, "far": far}[sys.argv[1]](*sys.argv[2:])
"#;

fn pin(text: &str) -> PinEnvelope {
    PinEnvelope::new(Zeroizing::new(text.as_bytes().to_vec()))
}

#[test]
fn a_token_is_listed_with_its_certificates_and_without_a_login() {
    let token = SoftToken::new("GVCN 10A1", PIN, &[Key::Rsa2048, Key::P256]);
    let seen = host(&token).list().expect("a list");
    assert_eq!(seen.len(), 1, "the uninitialized token of SoftHSM is no token of ours");
    assert_eq!((seen[0].label.as_str(), seen[0].pin), ("GVCN 10A1", PinState::Good));
    let mut found: Vec<Sha256> = seen[0].certificates.iter().map(|c| c.sha256).collect();
    let mut made: Vec<Sha256> = token.certificates().iter().map(|c| Sha256::of(c)).collect();
    found.sort();
    made.sort();
    assert_eq!(found, made);
}

/// DESIGN, section 4: the worker can later stand on the signer's own computer.
#[test]
fn core_and_worker_exchange_nothing_but_bytes_and_no_path_is_among_them() {
    let token = SoftToken::new("Hieu truong", PIN, &[Key::Rsa2048]);
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut far = Command::new("python3")
        .args(["-c", RELAY, "far"])
        .arg(there.path())
        .args([env!("CARGO_BIN_EXE_niemphong"), "worker", "token", "--module", MODULE])
        .envs(token.environment())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3");
    let mut port = String::new();
    BufReader::new(far.stdout.take().unwrap()).read_line(&mut port).unwrap();
    // A network connection carries neither an open file nor shared memory, and only the far side knows the token.
    let relay = ["-c", RELAY, "near", here.path().to_str().unwrap(), port.trim()].map(Into::into);
    let mut host = TokenHost::start_program(Program::at("/usr/bin/python3".into(), relay)).unwrap();
    let identity = host.list().expect("a list")[0].identity.clone();
    let certificate = &token.certificates()[0];
    let mut open = host.open(&identity, Sha256::of(certificate), pin(PIN)).expect("logged in");
    let value = open.sign(Hash::Sha256, b"signed attributes").expect("a signature");
    open.close().expect("logged out");
    drop(host);
    assert!(far.wait().unwrap().success());

    let public = openssl::x509::X509::from_der(certificate).unwrap().public_key().unwrap();
    let mut check = Verifier::new(MessageDigest::sha256(), &public).unwrap();
    assert!(check.verify_oneshot(&value, b"signed attributes").unwrap());
    let root = |path: &Path| path.components().take(2).collect::<PathBuf>().to_str().unwrap().to_owned();
    let roots =
        [root(&std::env::current_dir().unwrap()), root(&std::env::temp_dir()), root(Path::new(MODULE))];
    for side in ["to-worker", "to-core"] {
        let carried = std::fs::read(here.path().join(side)).unwrap();
        assert_eq!(carried, std::fs::read(there.path().join(side)).unwrap(), "{side}");
        assert!(carried.len() > 200, "{side}: {} bytes", carried.len());
        let carried = String::from_utf8_lossy(&carried);
        for root in &roots {
            assert!(!carried.contains(&format!("{root}/")), "{side} holds a path below {root}: {carried}");
        }
    }
}

#[test]
fn rsa_and_ec_keys_sign_what_openssl_accepts_with_both_hashes() {
    let token = SoftToken::new("Hieu truong", PIN, &[Key::Rsa2048, Key::P256, Key::P384]);
    let mut host = host(&token);
    let identity = host.list().expect("a list")[0].identity.clone();
    for (key, certificate) in token.keys().iter().zip(token.certificates()) {
        let mut open = host.open(&identity, Sha256::of(certificate), pin(PIN)).expect("logged in");
        assert_eq!(open.key(), if *key == Key::Rsa2048 { KeyKind::Rsa } else { KeyKind::Ec });
        for (hash, digest) in
            [(Hash::Sha256, MessageDigest::sha256()), (Hash::Sha512, MessageDigest::sha512())]
        {
            let value = open.sign(hash, b"signed attributes").expect("a signature");
            let public = openssl::x509::X509::from_der(certificate).unwrap().public_key().unwrap();
            let mut check = Verifier::new(digest, &public).unwrap();
            assert!(check.verify_oneshot(&value, b"signed attributes").unwrap());
        }
        open.close().expect("logged out");
    }
}

#[test]
fn a_key_that_asks_for_the_pin_at_every_signature_signs_a_batch_after_one_human_action() {
    for key in [Key::P256AlwaysAuthenticate, Key::Rsa2048AlwaysAuthenticate] {
        let token = SoftToken::new("Con dau", PIN, &[key]);
        let mut host = host(&token);
        let identity = host.list().expect("a list")[0].identity.clone();
        let certificate = Sha256::of(&token.certificates()[0]);
        let mut open = host.open(&identity, certificate, pin(PIN)).expect("logged in");
        for turn in 0..3_u8 {
            open.sign(Hash::Sha256, &[turn]).expect("a signature");
        }
    }
}

#[test]
fn key_and_certificate_with_different_ids_are_paired_by_the_public_key() {
    for key in [Key::Rsa2048, Key::P256] {
        let token = SoftToken::with_other_certificate_id("GVBM", PIN, key);
        let mut host = host(&token);
        let identity = host.list().expect("a list")[0].identity.clone();
        let mut open =
            host.open(&identity, Sha256::of(&token.certificates()[0]), pin(PIN)).expect("the key is found");
        open.sign(Hash::Sha256, b"signed attributes").expect("a signature");
    }
}

#[test]
fn a_wrong_pin_is_tried_once_and_the_next_login_is_a_new_decision() {
    let token = SoftToken::new("GVCN 10A1", PIN, &[Key::P256]);
    let mut host = host(&token);
    let identity = host.list().expect("a list")[0].identity.clone();
    let certificate = Sha256::of(&token.certificates()[0]);
    let refused = host.open(&identity, certificate, pin("not it")).err().expect("refused");
    assert_eq!(refused.code(), "token.pin_incorrect");
    assert_eq!(host.list().expect("a list")[0].pin, PinState::CountLow);
    host.open(&identity, certificate, pin(PIN)).expect("the right PIN still works").close().unwrap();
    assert_eq!(host.list().expect("a list")[0].pin, PinState::Good);
}

#[test]
fn one_human_action_is_one_login_and_each_signature_one_call() {
    let token = SoftToken::new("GVCN 10A1", PIN, &[Key::P256]);
    let mut host = watched_host(&token);
    let identity = host.list().expect("a list")[0].identity.clone();
    let certificate = Sha256::of(&token.certificates()[0]);
    assert_eq!(calls(&token, "C_Login"), 0, "a list needs no login");
    assert!(host.open(&identity, Sha256::of(b"a stranger's"), pin(PIN)).is_err());
    assert_eq!(calls(&token, "C_Login"), 0, "another person's token is refused before");
    assert!(host.open(&identity, certificate, pin("not it")).is_err());
    assert_eq!(calls(&token, "C_Login"), 1, "a wrong PIN is tried once");
    let mut open = host.open(&identity, certificate, pin(PIN)).expect("logged in");
    for turn in 0..5_u8 {
        open.sign(Hash::Sha256, &[turn]).expect("a signature");
    }
    open.close().expect("logged out");
    assert_eq!(calls(&token, "C_Login"), 2, "five signatures, one login");
    assert_eq!(calls(&token, "C_Sign"), 5, "the size is not asked for");
    assert_eq!(calls(&token, "C_Logout"), 1);
}

#[test]
fn another_persons_token_is_refused_before_its_pin_is_touched() {
    let token = SoftToken::new("GVCN 10A1", PIN, &[Key::P256]);
    let mut host = host(&token);
    let identity = host.list().expect("a list")[0].identity.clone();
    let stranger = Sha256::of(b"another certificate");
    let refused = host.open(&identity, stranger, pin("not it")).err().expect("refused");
    assert_eq!(refused.code(), "token.not_found");
    assert_eq!(host.list().expect("a list")[0].pin, PinState::Good, "no login was tried");

    let mut elsewhere = identity;
    elsewhere.serial = "0000000000000000".into();
    let refused = host.open(&elsewhere, stranger, pin("not it")).err().expect("refused");
    assert_eq!(refused.code(), "token.not_found");
}

#[test]
fn a_certificate_without_its_private_key_is_told_as_such() {
    let token = SoftToken::without_private_key("GVCN 10A1", PIN);
    let mut host = host(&token);
    let identity = host.list().expect("a list")[0].identity.clone();
    let refused =
        host.open(&identity, Sha256::of(&token.certificates()[0]), pin(PIN)).err().expect("refused");
    assert_eq!(refused.code(), "token.no_key");
}

#[test]
fn closing_logs_out_so_that_the_next_action_needs_the_pin_again() {
    let token = SoftToken::new("GVCN 10A1", PIN, &[Key::P256]);
    let mut host = host(&token);
    let identity = host.list().expect("a list")[0].identity.clone();
    let certificate = Sha256::of(&token.certificates()[0]);
    drop(host.open(&identity, certificate, pin(PIN)).expect("logged in"));
    let refused = host.open(&identity, certificate, pin("not it")).err().expect("refused");
    assert_eq!(refused.code(), "token.pin_incorrect");
}

#[test]
fn without_a_pin_pad_a_login_without_a_pin_is_refused() {
    let token = SoftToken::new("GVCN 10A1", PIN, &[Key::P256]);
    let mut host = host(&token);
    let identity = host.list().expect("a list")[0].identity.clone();
    let certificate = Sha256::of(&token.certificates()[0]);
    let refused = host.open(&identity, certificate, PinEnvelope::pin_pad()).err().expect("refused");
    assert_eq!(refused.code(), "token.pin_missing");
    let refused = host.open(&identity, certificate, pin("")).err().expect("refused");
    assert_eq!(refused.code(), "token.pin_form");
}

#[test]
fn a_killed_worker_ends_the_batch_and_the_next_order_finds_a_new_one() {
    let token = SoftToken::new("GVCN 10A1", PIN, &[Key::P256]);
    let mut host = host(&token);
    let identity = host.list().expect("a list")[0].identity.clone();
    let certificate = Sha256::of(&token.certificates()[0]);
    let worker = host.worker_id().expect("a worker runs");
    let mut open = host.open(&identity, certificate, pin(PIN)).expect("logged in");
    open.sign(Hash::Sha256, b"first").expect("a signature");
    kill(worker);
    assert_eq!(open.sign(Hash::Sha256, b"second").unwrap_err().code(), "token.worker_lost");
    assert_eq!(
        open.sign(Hash::Sha256, b"second").unwrap_err().code(),
        "token.not_open",
        "no login by itself"
    );
    drop(open);
    let mut open = host.open(&identity, certificate, pin(PIN)).expect("a new worker, a new login");
    open.sign(Hash::Sha256, b"second").expect("a signature");
    drop(open);
    let second = host.worker_id().expect("a worker runs");
    assert_ne!(second, worker);
    drop(host);
    assert!(!PathBuf::from(format!("/proc/{second}")).exists(), "nothing stays behind");
}

#[test]
fn a_stopped_worker_is_given_up_at_the_deadline() {
    use process::worker::{Worker, WorkerFault};
    use school::records::token_frame::{Answer, Order};
    let arguments = ["worker", "token", "--module", MODULE].map(Into::into);
    let program = Program::at(PathBuf::from(env!("CARGO_BIN_EXE_niemphong")), arguments);
    let mut worker = Worker::start(&program).expect("starts");
    signals::send(worker.id().expect("it was started here"), Signal::STOP);
    let answer = worker.call::<Answer>(&Order::List, None, None, std::time::Duration::from_millis(200));
    assert!(matches!(answer, Err(WorkerFault::Hung)));
}

#[test]
fn a_module_that_cannot_be_loaded_is_a_refusal_and_not_a_crash() {
    let arguments = ["worker", "token", "--module", "/nowhere/lib.so"].map(Into::into);
    let program = Program::at(PathBuf::from(env!("CARGO_BIN_EXE_niemphong")), arguments);
    let mut host = TokenHost::start_program(program).expect("starts");
    assert_eq!(host.list().unwrap_err().code(), "token.module");
    assert_eq!(host.list().unwrap_err().code(), "token.module", "the worker still answers");
}

/// The worker is started by hand here, so that everything it prints can be read.
#[test]
fn a_pin_appears_in_nothing_that_the_worker_prints_or_shows() {
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    use std::time::{Duration, Instant};

    use process::frame::{Channel, Frame};
    use school::records::token_frame::{Answer, Order, RsaScheme};

    let token = SoftToken::new("GVCN 10A1", PIN, &[Key::P256AlwaysAuthenticate]);
    let (ours, theirs) = UnixStream::pair().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_niemphong"))
        .args(["worker", "token", "--module", MODULE])
        .envs(token.environment())
        .env("RUST_LOG", "trace")
        .stdin(OwnedFd::from(theirs))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut channel = Channel::new(ours);
    let mut answers = String::new();
    let mut call = |order: &Order, part: Option<&[u8]>| {
        let deadline = Some(Instant::now() + Duration::from_secs(20));
        channel.send(order, part, None, deadline).unwrap();
        let frame: Frame<Answer> = channel.receive(deadline).unwrap();
        answers.push_str(&format!("{:?}", frame.message));
        frame.message
    };
    let Answer::Tokens { tokens } = call(&Order::List, None) else { panic!("no list") };
    let open = |certificate| Order::Open {
        token: tokens[0].identity.clone(),
        certificate,
        rsa: RsaScheme::Pkcs1,
        final_try_of: None,
    };
    let certificate = Sha256::of(&token.certificates()[0]);
    let wrong = format!("{PIN}-wrong");
    assert!(matches!(call(&open(certificate), Some(wrong.as_bytes())), Answer::Refused { .. }));
    assert!(matches!(call(&open(Sha256::of(b"none")), Some(PIN.as_bytes())), Answer::Refused { .. }));
    assert!(matches!(call(&open(certificate), Some(PIN.as_bytes())), Answer::Opened { .. }));
    assert!(matches!(call(&Order::Sign { hash: Hash::Sha256 }, Some(b"m")), Answer::Signed));
    assert!(matches!(call(&Order::Close, None), Answer::Closed));
    drop(channel);
    let mut printed = String::new();
    child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut printed).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(!printed.contains(PIN) && !answers.contains(PIN), "{printed}");
}

fn kill(process: u32) {
    signals::send(process, Signal::KILL);
}
