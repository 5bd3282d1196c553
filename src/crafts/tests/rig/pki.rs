//! Root, issuing CA, four signers and a TSA, made by the openssl program in a folder of its own.

use std::path::{Path, PathBuf};

use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::sign::Signer as Signing;
use school::records::token_frame::KeyKind;

use super::content;

pub struct Pki {
    pub folder: PathBuf,
}

/// A software key with its certificate, standing for a token.
pub struct Signer {
    pub certificate: Vec<u8>,
    pub kind: KeyKind,
    key: PKey<Private>,
}

const CONFIGURATION: &str = "
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[issuing]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ca_root]
database = root.index
default_md = sha256
default_crl_days = 3650
crlnumber = root.number
[ca_issuing]
database = issuing.index
default_md = sha256
default_crl_days = 3650
crlnumber = issuing.number
[tsa_config]
serial = tsa.serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
certs = issuing.pem
";

impl Pki {
    pub fn new(folder: &Path) -> Self {
        let pki = Self { folder: folder.to_owned() };
        pki.write("pki.cnf", CONFIGURATION);
        pki.write("tsa.serial", "01\n");
        pki.issue("root", "/C=VN/O=Gốc thử nghiệm/CN=Root CA thử nghiệm", "rsa", "root", None);
        pki.issue("issuing", "/C=VN/O=Thử nghiệm/CN=Issuing CA thử nghiệm", "rsa", "issuing", Some("root"));
        pki.issue("tsa", "/C=VN/O=Thử nghiệm/CN=TSA thử nghiệm", "rsa", "tsa", Some("issuing"));
        pki
    }

    /// DER of both CAs' CRLs, root first; issued after the certificates that were made before this call.
    pub fn crls(&self) -> Vec<Vec<u8>> {
        let folder = &self.folder;
        for ca in ["root", "issuing"] {
            self.write(&format!("{ca}.index"), "");
            self.write(&format!("{ca}.number"), "01\n");
            let (name, key, pem, crl) =
                (format!("ca_{ca}"), format!("{ca}.key"), format!("{ca}.pem"), format!("{ca}.crl.pem"));
            let arguments = [
                "ca", "-gencrl", "-config", "pki.cnf", "-name", &name, "-keyfile", &key, "-cert", &pem,
                "-out", &crl,
            ];
            content(folder, "openssl", &arguments);
            content(
                folder,
                "openssl",
                &["crl", "-in", &crl, "-outform", "DER", "-out", &format!("{ca}.crl")],
            );
        }
        ["root.crl", "issuing.crl"].map(|name| self.read(name)).to_vec()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.join(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(name)).unwrap()
    }

    /// Makes `<name>.key`, `<name>.pem` and `<name>.crt` (DER).
    fn issue(&self, name: &str, subject: &str, key: &str, section: &str, issuer: Option<&str>) {
        let [key_file, request, pem, der] = ["key", "csr", "pem", "crt"].map(|end| format!("{name}.{end}"));
        let folder = &self.folder;
        let options: &[&str] = match key {
            "rsa" => &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
            _ => &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
        };
        content(folder, "openssl", &[&["genpkey", "-out", &key_file], options].concat());
        let arguments = [
            "req", "-new", "-utf8", "-config", "pki.cnf", "-key", &key_file, "-subj", subject, "-out",
            &request,
        ];
        content(folder, "openssl", &arguments);
        let common = [
            "x509",
            "-req",
            "-in",
            &request,
            "-days",
            "3000",
            "-sha256",
            "-extfile",
            "pki.cnf",
            "-extensions",
            section,
            "-out",
            &pem,
        ];
        let signed_by = issuer.map(|issuer| [format!("{issuer}.pem"), format!("{issuer}.key")]);
        match &signed_by {
            Some([ca, ca_key]) => {
                let by = ["-CA", ca.as_str(), "-CAkey", ca_key.as_str(), "-CAcreateserial"];
                content(folder, "openssl", &[&common[..], &by[..]].concat());
            }
            None => {
                content(folder, "openssl", &[&common[..], &["-signkey", &key_file]].concat());
            }
        }
        content(folder, "openssl", &["x509", "-in", &pem, "-outform", "DER", "-out", &der]);
    }

    pub fn signer(&self, name: &str, subject: &str, kind: KeyKind) -> Signer {
        let key = if kind == KeyKind::Rsa { "rsa" } else { "ec" };
        self.issue(
            name,
            &format!("/C=VN/O=Trường THCS Hoa Phượng/CN={subject}"),
            key,
            "leaf",
            Some("issuing"),
        );
        let key = PKey::private_key_from_pem(&self.read(&format!("{name}.key"))).unwrap();
        Signer { certificate: self.read(&format!("{name}.crt")), kind, key }
    }

    /// Issuing CAs without the root.
    pub fn chain(&self) -> Vec<Vec<u8>> {
        vec![self.read("issuing.crt")]
    }

    /// The TSA's answer to a request.
    pub fn stamp(&self, request: &[u8]) -> Vec<u8> {
        std::fs::write(self.folder.join("request.tsq"), request).unwrap();
        let arguments = [
            "ts",
            "-reply",
            "-config",
            "pki.cnf",
            "-section",
            "tsa_config",
            "-queryfile",
            "request.tsq",
            "-out",
            "answer.tsr",
        ];
        content(&self.folder, "openssl", &arguments);
        self.read("answer.tsr")
    }
}

impl Signer {
    pub fn sign(&self, hash: MessageDigest, bytes: &[u8]) -> Vec<u8> {
        Signing::new(hash, &self.key).unwrap().sign_oneshot_to_vec(bytes).unwrap()
    }
}
