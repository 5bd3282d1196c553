//! The PIN in the core's memory: there while it is handed on, nowhere afterwards. This test is the core. It
//! never holds the PIN but in the envelope: other programs make it up, and it is read from their file.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

#[path = "../src/process/mod.rs"]
mod process;
#[path = "support/soft_token.rs"]
mod soft_token;

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use pkcs11_fault::{Fault, Faults, When};
use process::frame::Channel;
use process::token_host::{PinEnvelope, TokenHost};
use process::token_module::TokenModule;
use process::token_worker;
use process::worker::Program;
use school::digest::Sha256;
use school::limits::PIN_SIZE_BYTES;
use school::records::token_frame::{Answer, Hash, Order, RsaScheme};
use soft_token::MODULE;
use zeroize::Zeroizing;

/// Makes a token whose PIN only its own file holds.
const MAKE: &str = r#"set -eu
cd "$1"
mkdir tokens
printf 'directories.tokendir = %s/tokens\nlog.level = ERROR\n' "$1" > softhsm2.conf
export SOFTHSM2_CONF="$1/softhsm2.conf"
printf 'CHIM-HOANG-YEN-%s' "$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')" > pin
softhsm2-util --init-token --free --label CANARY --so-pin so-pin-0 --pin "$(cat pin)"
openssl req -x509 -newkey rsa:2048 -nodes -subj '/CN=Canary' -keyout key.pem -outform DER -out certificate.der
openssl pkey -in key.pem -outform DER -out key.der
for one in certificate.der:cert key.der:privkey; do
  pkcs11-tool --module "$2" --login --pin "$(cat pin)" --write-object "${one%%:*}" --type "${one##*:}" --id 01
done
"#;

struct Canary {
    folder: tempfile::TempDir,
    faults: Faults,
}

impl Canary {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made =
            Command::new("sh").args(["-c", MAKE, "sh"]).arg(folder.path()).arg(MODULE).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let faults = Faults::in_folder(folder.path());
        Self { folder, faults }
    }

    fn module(&self) -> TokenModule {
        let path = Faults::module();
        let arguments = ["worker".into(), "token".into(), "--module".into(), path.clone().into_os_string()];
        let program = Program::at(PathBuf::from(env!("CARGO_BIN_EXE_niemphong")), arguments);
        let configuration = self.folder.path().join("softhsm2.conf");
        let mut environment = self.faults.environment(Path::new(MODULE));
        environment.push(("SOFTHSM2_CONF".into(), configuration.to_str().unwrap().into()));
        TokenModule::with_program(path, program.with_environment(&environment))
    }

    /// As the one PIN route will take it from the socket.
    fn typed(&self) -> PinEnvelope {
        PinEnvelope::new(typed(self.folder.path()))
    }

    fn certificate(&self) -> Sha256 {
        Sha256::of(&std::fs::read(self.folder.path().join("certificate.der")).unwrap())
    }

    fn open<'h>(&self, host: &'h mut TokenHost) -> process::token_host::OpenToken<'h> {
        let identity = host.list().unwrap()[0].identity.clone();
        host.open(&identity, self.certificate(), self.typed()).unwrap()
    }
}

/// The PIN in one buffer that is wiped.
fn typed(folder: &Path) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(PIN_SIZE_BYTES));
    let mut file = File::open(folder.join("pin")).unwrap();
    let length = file.metadata().unwrap().len() as usize;
    bytes.resize(length, 0);
    file.read_exact(&mut bytes).unwrap();
    bytes
}

/// The PIN with every bit turned, read byte by byte, so that looking for it does not put it there.
fn turned(folder: &Path) -> Vec<u8> {
    let mut file = File::open(folder.join("pin")).unwrap();
    let mut turned = Vec::new();
    let mut byte = [0];
    while file.read(&mut byte).unwrap() == 1 {
        turned.push(!byte[0]);
    }
    turned
}

/// How often the PIN stands in the writable memory of a process.
fn copies(process: &str, turned: &[u8]) -> usize {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let mut found = 0;
    for line in
        maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|flags| flags.starts_with("rw")))
    {
        let (from, to) = line.split(' ').next().and_then(|range| range.split_once('-')).unwrap();
        let from = u64::from_str_radix(from, 16).unwrap();
        let size = u64::from_str_radix(to, 16).unwrap() - from;
        // Guard pages and the kernel's own cannot be read.
        let mut bytes = vec![0; size as usize];
        if memory.seek(SeekFrom::Start(from)).is_err() || memory.read_exact(&mut bytes).is_err() {
            continue;
        }
        let is_pin = |window: &&[u8]| window.iter().zip(turned).all(|(byte, turned)| *byte == !turned);
        found += bytes.windows(turned.len()).filter(is_pin).count();
        // Wiped before it is freed: what this look copied must not be found by the next one.
        bytes.fill(0);
        std::hint::black_box(&bytes);
    }
    found
}

fn strays(folder: &Path, turned: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(&path).unwrap() } else { continue };
        let turned_bytes: Vec<u8> = bytes.iter().map(|byte| !byte).collect();
        if turned_bytes.windows(turned.len()).any(|window| window == turned) {
            found.push(path);
        }
    }
    found
}

/// One test, because all tests of a file share one memory.
#[test]
fn a_pin_is_in_the_cores_memory_only_while_it_is_handed_on() {
    let canary = Canary::new();
    let turned = turned(canary.folder.path());
    assert_eq!(copies("self", &turned), 0, "nothing knows it yet");

    // The look finds what is there: an envelope that nobody consumed.
    let held = canary.typed();
    assert!(copies("self", &turned) >= 1, "a PIN in an envelope is found");
    drop(held);
    assert_eq!(copies("self", &turned), 0, "an envelope that is thrown away is wiped");

    let mut host = canary.module().start().unwrap();
    let mut open = canary.open(&mut host);
    assert_eq!(copies("self", &turned), 0, "after the login");
    for turn in 0..20_u8 {
        open.sign(Hash::Sha256, &[turn]).unwrap();
    }
    open.close().unwrap();
    assert_eq!(copies("self", &turned), 0, "after the batch");

    // A worker that dies in the middle, and one that hangs at the login.
    canary.faults.set(&[Fault::Abort { function: "C_Sign".into(), when: When::Once(1) }]);
    assert!(canary.open(&mut host).sign(Hash::Sha256, b"m").is_err());
    canary.faults.set(&[Fault::Hang { function: "C_Login".into(), when: When::Always }]);
    let mut host = canary.module().start().unwrap().with_deadline(Duration::from_secs(2));
    let identity = host.list().unwrap()[0].identity.clone();
    assert!(host.open(&identity, canary.certificate(), canary.typed()).is_err());
    assert_eq!(copies("self", &turned), 0, "after faults");

    // What the worker shows of itself, while it is logged in.
    canary.faults.set(&[]);
    let mut host = canary.module().start().unwrap();
    let open = canary.open(&mut host);
    drop(open);
    let worker = host.worker_id().unwrap();
    for shown in ["environ", "cmdline"] {
        // The memory of the worker itself is closed to everyone (it is not dumpable), also against core files.
        if let Ok(bytes) = std::fs::read(format!("/proc/{worker}/{shown}")) {
            let bytes: Vec<u8> = bytes.iter().map(|byte| !byte).collect();
            assert!(!bytes.windows(turned.len()).any(|window| window == turned), "{shown}");
        }
    }
    let limits = std::fs::read_to_string(format!("/proc/{worker}/limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().nth(4), Some("0"), "no core file: {core}");
    assert_eq!(strays(canary.folder.path(), &turned), [canary.folder.path().join("pin")]);
}

/// The folder of the token, for the process in which a worker is watched.
const WATCHED: &str = "NIEMPHONG_TEST_CANARY";

/// The worker closes its memory to everybody, so that here its desk serves in a process that watches itself.
#[test]
fn a_pin_is_in_the_workers_memory_at_most_until_the_batch_ends() {
    let canary = Canary::new();
    let watched = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "inside_a_worker", "--ignored", "--nocapture"])
        .env(WATCHED, canary.folder.path())
        .env("SOFTHSM2_CONF", canary.folder.path().join("softhsm2.conf"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&watched.stdout);
    assert!(watched.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "run by a_pin_is_in_the_workers_memory_at_most_until_the_batch_ends, in a process of its own"]
fn inside_a_worker() {
    let folder = PathBuf::from(std::env::var_os(WATCHED).expect("the folder of the token"));
    let turned = turned(&folder);
    let (ours, theirs) = UnixStream::pair().unwrap();
    let worker = std::thread::spawn(|| token_worker::serve(Path::new(MODULE), Channel::new(theirs)));
    let mut core = Channel::new(ours);
    let mut ask = |order: &Order, part: Option<&[u8]>| {
        core.send(order, part, None, None).unwrap();
        core.receive::<Answer>(None).unwrap().message
    };

    let Answer::Tokens { tokens } = ask(&Order::List, None) else { panic!("a list") };
    let certificate = Sha256::of(&std::fs::read(folder.join("certificate.der")).unwrap());
    let token = tokens[0].identity.clone();
    let open = Order::Open { token, certificate, rsa: RsaScheme::Pkcs1, final_try_of: None };
    for way_out in [Some(Order::Close), None] {
        let pin = typed(&folder);
        assert!(copies("self", &turned) >= 1, "what is there is found");
        assert!(matches!(ask(&open, Some(&pin)), Answer::Opened { .. }));
        drop(pin);
        assert!(matches!(ask(&Order::Sign { hash: Hash::Sha256 }, Some(b"m")), Answer::Signed));
        match way_out {
            Some(order) => assert!(matches!(ask(&order, None), Answer::Closed)),
            // Whatever is refused ends the batch too.
            None => {
                let other = Sha256::of(b"a certificate that no token holds");
                let Order::Open { token, .. } = open.clone() else { unreachable!("an Open") };
                let order =
                    Order::Open { token, certificate: other, rsa: RsaScheme::Pkcs1, final_try_of: None };
                let pin = typed(&folder);
                assert!(matches!(ask(&order, Some(&pin)), Answer::Refused { .. }));
            }
        }
        assert_eq!(copies("self", &turned), 0, "after the batch");
    }
    drop(core);
    worker.join().unwrap().unwrap();
}

/// The daemon's memory holds a PIN while it is handed on: a core file would too.
#[test]
fn the_services_leave_no_core_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("systemd");
    let units = std::fs::read_dir(&folder).expect("the units").map(|entry| entry.expect("an entry").path());
    let services: Vec<_> =
        units.filter(|path| path.extension().is_some_and(|end| end == "service")).collect();
    assert!(!services.is_empty());
    for service in services {
        let unit = std::fs::read_to_string(&service).expect("a unit");
        assert!(unit.lines().any(|line| line == "LimitCORE=0"), "{}", service.display());
    }
}
