//! `make bench`: what one signature costs outside the token, and how many documents a second are signed in
//! memory with a key of SoftHSM, beside pyHanko's quickest way with the same token in the same run.
//!
//! Processor time, because other work on the machine takes of the clock and not of that; module and token are in the
//! measured thread, on both sides. Several rounds, of each the least. Every document is a base of ours with four
//! boxes, signed by four people in turn; sizes are those of the signed file at the first box.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

#[path = "../src/crafts/tests/rig/mod.rs"]
mod rig;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crafts::document::Rendered;
use crafts::pdf::{BoxTable, Packing, SigningBase, signing_base};
use crafts::signature::{self, Appearance, Prepared, SignatureRequest};
use openssl::hash::MessageDigest;
use openssl::sign::Verifier;
use rig::paper;
use rig::pki::Pki;
use rig::steps::{Person, now, people, scratch};
use school::digest::Sha256;
use school::moment::Moment;
use school::plan::BoxName;
use school::records::token_frame::{Hash, KeyKind, RsaScheme};
use token::{LoadedModule, Login, Module, OpenKey, Pin, PinSource};
use zeroize::Zeroizing;

const ROUNDS: usize = 3;
/// Of what takes milliseconds a round: the least is then what the machine does undisturbed.
const SHORT_ROUNDS: usize = 20;
const DOCUMENTS: usize = 200;
const FILLERS_BYTES: [usize; 2] = [0, 600_000];
const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
const PIN: &str = "271828";
const LABEL: &str = "DO-TOC-DO";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [folder] = arguments.as_slice() {
        return measure_all(Path::new(folder));
    }
    let folder = scratch("bench-sign");
    // The module reads where its tokens are when it is loaded: a process of its own has that from its start.
    let mut own = Command::new(std::env::current_exe().unwrap());
    let own = own.arg(&folder).env("SOFTHSM2_CONF", folder.join("softhsm2.conf"));
    assert!(own.status().unwrap().success());
}

fn measure_all(folder: &Path) {
    let pki = Pki::new(folder);
    let people = people(&pki);
    let token = SoftToken::make(folder);
    let raw_s = least(ROUNDS, || {
        let mut key = token.open();
        let begun = processor_time();
        for _ in 0..DOCUMENTS {
            key = key.sign(Hash::Sha256, &[7; 130]).unwrap().0;
        }
        processor_time() - begun
    });
    say(&format!(
        "C_Sign alone, RSA-2048, each verified: {:.0} a second of processor time",
        DOCUMENTS as f64 / raw_s.as_secs_f64()
    ));
    for filler_bytes in FILLERS_BYTES {
        let base = base(filler_bytes);
        for signed in [0, 2] {
            measure(folder, &pki, &people, &token, &base, signed);
        }
    }
}

fn say(line: &str) {
    writeln!(std::io::stdout().lock(), "{line}").unwrap();
}

/// What this thread has used of a processor (proc(5)). The kernel counts at its ticks, 4 ms apart, and whenever the
/// thread gives way.
fn processor_time() -> Duration {
    std::thread::yield_now();
    let used = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(used.split_whitespace().next().unwrap().parse().unwrap())
}

fn least(rounds: usize, mut act: impl FnMut() -> Duration) -> Duration {
    (0..rounds).map(|_| act()).min().unwrap()
}

fn measure(
    folder: &Path,
    pki: &Pki,
    people: &[Person],
    token: &SoftToken,
    base: &SigningBase,
    signed: usize,
) {
    let mut file = base.pdf.clone();
    for (index, person) in people.iter().take(signed).enumerate() {
        file = rig::steps::sign(&file, base, pki, person, index == 0).unwrap();
    }
    let chain = pki.chain();
    let (name, _, appearance, who) = &people[signed];
    let at = now();
    let signer = Signer { at, certificate: &token.certificate, chain: &chain, name, appearance, who };
    // Outside the token: everything but C_Sign, with a value that was made before.
    let value = token
        .open()
        .sign(Hash::Sha256, &prepared(&file, &base.boxes, &signer, signed).signed_attributes)
        .unwrap()
        .1;
    // What no way of signing can do without on this machine: the octets hashed once, the token's answer checked once.
    let key = openssl::x509::X509::from_der(&token.certificate).unwrap().public_key().unwrap();
    let attributes = prepared(&file, &base.boxes, &signer, signed).signed_attributes;
    let floor = least(SHORT_ROUNDS, || {
        let begun = processor_time();
        for _ in 0..DOCUMENTS {
            std::hint::black_box(Sha256::of(&file));
            let mut verifier = Verifier::new(MessageDigest::sha256(), &key).unwrap();
            assert!(verifier.verify_oneshot(&value, &attributes).unwrap());
        }
        processor_time() - begun
    });
    let outside = least(SHORT_ROUNDS, || {
        let begun = processor_time();
        for _ in 0..DOCUMENTS {
            prepared(&file, &base.boxes, &signer, signed).embed(&value).unwrap();
        }
        processor_time() - begun
    });
    let whole = least(ROUNDS, || {
        let mut key = token.open();
        let begun = processor_time();
        for _ in 0..DOCUMENTS {
            let waiting = prepared(&file, &base.boxes, &signer, signed);
            let (open, value) = key.sign(Hash::Sha256, &waiting.signed_attributes).unwrap();
            key = open;
            waiting.embed(&value).unwrap();
        }
        processor_time() - begun
    });
    let each_ms = |all: Duration| 1000.0 * all.as_secs_f64() / DOCUMENTS as f64;
    let rate = DOCUMENTS as f64 / whole.as_secs_f64();
    let size = file.len() / 1000;
    say(&format!(
        "{size} KB, {signed} signatures before: {:.3} ms outside the token, of which SHA-256 and the check of the signature \
         alone are {:.3} ms; {rate:.0} documents a second in memory",
        each_ms(outside),
        each_ms(floor)
    ));
    match pyhanko(folder, &file, name, signed == 0) {
        Some(theirs) => say(&format!("  pyHanko {theirs:.1}: {:.1} x", rate / theirs)),
        None => say("  pyHanko is not there: `make test` prepares it"),
    }
}

struct Signer<'a> {
    at: Moment,
    certificate: &'a [u8],
    chain: &'a [Vec<u8>],
    name: &'a BoxName,
    appearance: &'a Appearance,
    who: &'a str,
}

fn prepared(file: &[u8], boxes: &BoxTable, signer: &Signer<'_>, signed: usize) -> Prepared {
    let request = SignatureRequest {
        box_name: signer.name,
        at: signer.at,
        appearance: signer.appearance,
        signer_name: signer.who,
        reason: None,
        certificate: signer.certificate,
        chain: signer.chain,
        key: KeyKind::Rsa,
        certifies: signed == 0,
    };
    signature::prepare(file, boxes, &request).unwrap()
}

/// With a stream that nothing can make smaller, as a scanned picture would be.
fn base(filler_bytes: usize) -> SigningBase {
    let plan = paper::plan();
    let mut rendered = paper::transcript(&plan);
    if filler_bytes > 0 {
        let mut document = lopdf::Document::load_mem(&rendered.pdf).unwrap();
        let mut filler = vec![0; filler_bytes.saturating_sub(rendered.pdf.len())];
        openssl::rand::rand_bytes(&mut filler).unwrap();
        let filler = document.add_object(lopdf::Stream::new(lopdf::Dictionary::new(), filler));
        document.catalog_mut().unwrap().set("Filler", filler);
        let mut pdf = Vec::new();
        document.save_to(&mut pdf).unwrap();
        rendered = Rendered { pdf, places: rendered.places };
    }
    signing_base(&rendered, &plan, Packing::ObjectStreams).unwrap()
}

/// pyHanko's quickest way, in one process that has loaded everything before its clock starts.
fn pyhanko(folder: &Path, file: &[u8], name: &BoxName, certifies: bool) -> Option<f64> {
    let path = folder.join("for-pyhanko.pdf");
    fs::write(&path, file).unwrap();
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
    let mut python = Command::new(target.join("judges/venv/bin/python"));
    python.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/pyhanko_token.py"));
    python.arg(MODULE).args([LABEL, PIN]).arg(folder).arg(&path).arg(name.as_str());
    python.arg(if certifies { "certify" } else { "approve" });
    let done = python.output().ok()?;
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    said.trim().parse().ok()
}

/// Makes a token of SoftHSM with the key and certificate of the rig's first signer.
fn make_token(folder: &Path) {
    let configuration = folder.join("softhsm2.conf");
    let store = folder.join("tokens");
    fs::create_dir_all(&store).unwrap();
    let text = format!("directories.tokendir = {}\nobjectstore.backend = file\n", store.display());
    fs::write(&configuration, text).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let done = command.args(arguments).env("SOFTHSM2_CONF", &configuration).output().unwrap();
        assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    };
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let init = ["--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", "10293847"];
    run("softhsm2-util", &init);
    let (key, plain, der) = (path("GVBM_TOAN.key"), path("plain.key"), path("GVBM_TOAN.crt"));
    run("openssl", &["pkcs8", "-topk8", "-nocrypt", "-in", &key, "-out", &plain]);
    run(
        "softhsm2-util",
        &["--import", &plain, "--token", LABEL, "--label", LABEL, "--id", "01", "--pin", PIN],
    );
    let tool = ["--module", MODULE, "--token-label", LABEL, "--login", "--pin", PIN];
    let write = ["--write-object", &der, "--type", "cert", "--id", "01", "--label", LABEL];
    run("pkcs11-tool", &[&tool[..], &write].concat());
}

struct SoftToken {
    certificate: Vec<u8>,
    module: Module,
}

impl SoftToken {
    fn make(folder: &Path) -> Self {
        make_token(folder);
        let certificate = fs::read(folder.join("GVBM_TOAN.crt")).unwrap();
        Self { certificate, module: LoadedModule::load(Path::new(MODULE)).unwrap().initialize().unwrap() }
    }

    fn open(&self) -> OpenKey {
        let seen = self.module.tokens().unwrap().into_iter().find(|one| one.label == LABEL).unwrap();
        let pin = Pin::new(Zeroizing::new(PIN.as_bytes().to_vec())).unwrap();
        let login = Login { pin: PinSource::Typed(pin), final_try_of: None, rsa: RsaScheme::Pkcs1 };
        self.module.open(&seen.identity, &Sha256::of(&self.certificate), login).unwrap()
    }
}
