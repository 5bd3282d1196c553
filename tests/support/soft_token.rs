//! A SoftHSM token in a folder of its own, made with softhsm2-util and pkcs11-tool.

use std::path::PathBuf;
use std::process::Command;

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::{X509, X509NameBuilder};
use tempfile::TempDir;

/// SoftHSM 2.6 of Debian.
pub const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";

/// OpenSC's module that writes down every call to another one; its file holds PINs.
pub const SPY: &str = "/usr/lib/x86_64-linux-gnu/pkcs11-spy.so";

/// Kinds of keys that are put on a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Rsa2048,
    P256,
    P384,
    Rsa2048AlwaysAuthenticate,
    P256AlwaysAuthenticate,
}

impl Key {
    fn generate(self) -> PKey<Private> {
        let curve = match self {
            Self::Rsa2048 | Self::Rsa2048AlwaysAuthenticate => {
                return PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
            }
            Self::P256 | Self::P256AlwaysAuthenticate => Nid::X9_62_PRIME256V1,
            Self::P384 => Nid::SECP384R1,
        };
        PKey::from_ec_key(EcKey::generate(&EcGroup::from_curve_name(curve).unwrap()).unwrap()).unwrap()
    }

    fn is_always_authenticate(self) -> bool {
        matches!(self, Self::Rsa2048AlwaysAuthenticate | Self::P256AlwaysAuthenticate)
    }
}

/// A token with keys and self-signed certificates.
pub struct SoftToken {
    folder: TempDir,
    pin: String,
    keys: Vec<Key>,
    certificates: Vec<Vec<u8>>,
}

impl SoftToken {
    /// A token where key and certificate n have CKA_ID n+1.
    pub fn new(label: &str, pin: &str, keys: &[Key]) -> Self {
        let mut token = Self::empty(label, pin);
        for (index, key) in keys.iter().enumerate() {
            let id = format!("{:02x}", index + 1);
            let private = token.add_certificate(*key, &id);
            token.add_key(*key, &private, &id);
        }
        token
    }

    /// As some vendors' tools leave it: the certificate's CKA_ID is not the key's. A second key of
    /// the same kind lies beside the right one.
    pub fn with_other_certificate_id(label: &str, pin: &str, key: Key) -> Self {
        let mut token = Self::empty(label, pin);
        token.add_key(key, &key.generate(), "0a");
        let private = token.add_certificate(key, "0c");
        token.add_key(key, &private, "0b");
        token
    }

    /// Only a certificate.
    pub fn without_private_key(label: &str, pin: &str) -> Self {
        let mut token = Self::empty(label, pin);
        token.add_certificate(Key::P256, "01");
        token
    }

    /// What a process needs to see this token and no other.
    pub fn environment(&self) -> Vec<(String, String)> {
        let configuration = self.folder.path().join("softhsm2.conf");
        vec![("SOFTHSM2_CONF".into(), configuration.to_str().unwrap().into())]
    }

    /// Where [`SPY`] may write.
    pub fn spy_output(&self) -> PathBuf {
        self.folder.path().join("spy.txt")
    }

    /// The kinds of keys, in the order of [`Self::certificates`].
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// DER of the certificates.
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    fn empty(label: &str, pin: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tokens = folder.path().join("tokens");
        std::fs::create_dir(&tokens).unwrap();
        let configuration = format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display());
        std::fs::write(folder.path().join("softhsm2.conf"), configuration).unwrap();
        let token = Self { folder, pin: pin.into(), keys: Vec::new(), certificates: Vec::new() };
        token.run(
            "softhsm2-util",
            &["--init-token", "--free", "--label", label, "--so-pin", "so-pin-0", "--pin", pin],
        );
        token
    }

    fn add_certificate(&mut self, key: Key, id: &str) -> PKey<Private> {
        let private = key.generate();
        let der = certificate(&private);
        let file = self.write("certificate.der", &der);
        self.run("pkcs11-tool", &["--module", MODULE, "--write-object", &file, "--type", "cert", "--id", id]);
        self.keys.push(key);
        self.certificates.push(der);
        private
    }

    fn add_key(&self, key: Key, private: &PKey<Private>, id: &str) {
        let der = match private.rsa() {
            Ok(rsa) => rsa.private_key_to_der().unwrap(),
            Err(_) => private.ec_key().unwrap().private_key_to_der().unwrap(),
        };
        let (file, public) =
            (self.write("key.der", &der), self.write("public.der", &private.public_key_to_der().unwrap()));
        let mut words = vec![
            "--module",
            MODULE,
            "--write-object",
            &file,
            "--type",
            "privkey",
            "--id",
            id,
            "--usage-sign",
        ];
        if key.is_always_authenticate() {
            words.push("--always-auth");
        }
        self.run("pkcs11-tool", &words);
        self.run(
            "pkcs11-tool",
            &["--module", MODULE, "--write-object", &public, "--type", "pubkey", "--id", id],
        );
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().into()
    }

    fn run(&self, program: &str, words: &[&str]) {
        let mut command = Command::new(program);
        command.args(words).envs(self.environment());
        if program == "pkcs11-tool" {
            command.args(["--login", "--pin", &self.pin]);
        }
        let done = command.output().unwrap_or_else(|error| panic!("{program}: {error}"));
        assert!(done.status.success(), "{program} {words:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

fn certificate(key: &PKey<Private>) -> Vec<u8> {
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, "Trần Thị Hồng Nhung").unwrap();
    let name = name.build();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&BigNum::from_u32(7).unwrap().to_asn1_integer().unwrap()).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder.set_not_before(&Asn1Time::from_unix(1_750_000_000).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::from_unix(1_900_000_000).unwrap()).unwrap();
    builder.set_pubkey(key).unwrap();
    builder.sign(key, MessageDigest::sha256()).unwrap();
    builder.build().to_der().unwrap()
}
