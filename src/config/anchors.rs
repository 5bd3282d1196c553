//! Trust anchors: those shipped in `certs/anchors`, pinned by SHA-256, and those of folders that the
//! school or an inspector names. The test CA and every demo CA are refused outside `demo` and
//! `verify --trust`.

use std::path::{Path, PathBuf};

use openssl::x509::{X509, X509Ref};
use school::digest::Sha256;
use school::moment::Moment;
use serde::Deserialize;

use crate::wording;

/// SHA-256 of the DER of each certificate in `certs/test`, one per line with its file name.
const TEST_CERTIFICATES: &str = include_str!("../../certs/test/SHA256SUMS");

const PINS: &str = include_str!("../../certs/anchors/pins.toml");
const SHIPPED: [(&str, &[u8]); 5] = [
    ("vn-national-root-ca-2014.pem", include_bytes!("../../certs/anchors/vn-national-root-ca-2014.pem")),
    ("bcy-rootca-g2-2018.pem", include_bytes!("../../certs/anchors/bcy-rootca-g2-2018.pem")),
    (
        "bcy-subca-co-quan-nha-nuoc-g2-2018.pem",
        include_bytes!("../../certs/anchors/bcy-subca-co-quan-nha-nuoc-g2-2018.pem"),
    ),
    ("vnpt-ca-sha2-2024.pem", include_bytes!("../../certs/anchors/vnpt-ca-sha2-2024.pem")),
    ("mic-national-root-ca-2008.pem", include_bytes!("../../certs/anchors/mic-national-root-ca-2008.pem")),
];

/// A CA certificate or list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AnchorFault {
    /// A file or folder cannot be read or understood.
    #[error("{0:?} holds no readable certificate or revocation list")]
    Unreadable(PathBuf),
    /// A shipped certificate is not the pinned one.
    #[error("shipped certificate {0} does not match its pin")]
    Pin(String),
    /// A test or demo certificate in a production configuration.
    #[error("{0:?} is a test certificate and is never trusted in earnest")]
    TestCertificate(PathBuf),
}

impl AnchorFault {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "config.anchor_unreadable",
            Self::Pin(_) => "config.anchor_pin",
            Self::TestCertificate(_) => "config.test_anchor",
        }
    }
}

/// What may be trusted, as DER.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Roots that a path may end in.
    pub anchors: Vec<Vec<u8>>,
    /// Certificates that complete paths.
    pub intermediates: Vec<Vec<u8>>,
    /// Revocation lists at hand.
    pub crls: Vec<Vec<u8>>,
    /// Roots of the past, each with the moment from which on it proves nothing. For the inspector alone:
    /// nobody signs by them.
    pub legacy: Vec<(Vec<u8>, Moment)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pins {
    certificate: Vec<Pin>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pin {
    file: String,
    sha256: Sha256,
    #[serde(rename = "use")]
    purpose: Purpose,
    /// Of a legacy root: nothing signed from then on rests on it.
    until: Option<Moment>,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Purpose {
    Anchor,
    Intermediate,
    // Its chain uses SHA-1: kept for documents of the past, an anchor for nothing new.
    Legacy,
}

impl Trust {
    /// The certificates shipped with the program.
    pub fn shipped() -> Result<Self, AnchorFault> {
        let pins: Pins = toml::from_str(PINS).map_err(|_| AnchorFault::Pin("pins.toml".into()))?;
        let mut trust = Self::default();
        for (file, pem) in SHIPPED {
            let unpinned = || AnchorFault::Pin(file.into());
            let pin = pins.certificate.iter().find(|pin| pin.file == file).ok_or_else(unpinned)?;
            let der =
                X509::from_pem(pem).and_then(|certificate| certificate.to_der()).map_err(|_| unpinned())?;
            if Sha256::of(&der) != pin.sha256 {
                return Err(unpinned());
            }
            match pin.purpose {
                Purpose::Anchor => trust.anchors.push(der),
                Purpose::Intermediate => trust.intermediates.push(der),
                Purpose::Legacy => trust.legacy.push((der, pin.until.ok_or_else(unpinned)?)),
            }
        }
        Ok(trust)
    }

    /// Adds what lies in `folder`: self-signed certificates become anchors, others complete paths,
    /// `.crl` files are lists. For `demo` and `verify --trust`.
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), AnchorFault> {
        self.add(folder, |_, _| Ok(()))
    }

    /// As [`Self::add_folder`], but refuses test and demo certificates.
    pub fn add_confirmed_folder(&mut self, folder: &Path) -> Result<(), AnchorFault> {
        self.add(folder, refuse_test_certificate)
    }

    /// Common name and SHA-256 of each anchor: what an inspector's report says it rests on.
    pub fn named_anchors(&self) -> Vec<(String, Sha256)> {
        self.anchors.iter().map(|der| (common_name(der), Sha256::of(der))).collect()
    }

    /// Common name, SHA-256 and end of each root of the past.
    pub fn named_legacy(&self) -> Vec<(String, Sha256, Moment)> {
        self.legacy.iter().map(|(der, until)| (common_name(der), Sha256::of(der), *until)).collect()
    }

    fn add(
        &mut self,
        folder: &Path,
        check: impl Fn(&Path, &X509Ref) -> Result<(), AnchorFault>,
    ) -> Result<(), AnchorFault> {
        let unreadable = |path: &Path| AnchorFault::Unreadable(path.to_owned());
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|_| unreadable(folder))? {
            paths.push(entry.map_err(|_| unreadable(folder))?.path());
        }
        paths.sort();
        for path in paths {
            let bytes = || std::fs::read(&path).map_err(|_| unreadable(&path));
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("pem" | "crt" | "cer") => {
                    for certificate in certificates(&bytes()?).ok_or_else(|| unreadable(&path))? {
                        check(&path, &certificate)?;
                        let der = certificate.to_der().map_err(|_| unreadable(&path))?;
                        let self_signed = certificate.issuer_name().to_der().ok()
                            == certificate.subject_name().to_der().ok();
                        if self_signed { self.anchors.push(der) } else { self.intermediates.push(der) }
                    }
                }
                Some("crl") => self.crls.push(bytes()?),
                _ => {}
            }
        }
        Ok(())
    }
}

fn common_name(der: &[u8]) -> String {
    let name = || {
        let certificate = X509::from_der(der).ok()?;
        let entry = certificate.subject_name().entries_by_nid(openssl::nid::Nid::COMMONNAME).last()?;
        entry.data().to_string().ok()
    };
    name().unwrap_or_default()
}

fn certificates(bytes: &[u8]) -> Option<Vec<X509>> {
    if bytes.starts_with(b"-----") {
        X509::stack_from_pem(bytes).ok().filter(|found| !found.is_empty())
    } else {
        X509::from_der(bytes).ok().map(|one| vec![one])
    }
}

fn refuse_test_certificate(path: &Path, certificate: &X509Ref) -> Result<(), AnchorFault> {
    let refused = || AnchorFault::TestCertificate(path.to_owned());
    let der = certificate.to_der().map_err(|_| refused())?;
    let digest = Sha256::of(&der).to_string();
    let listed = TEST_CERTIFICATES.lines().any(|line| line.split_whitespace().next() == Some(&digest));
    let names = [certificate.subject_name(), certificate.issuer_name()];
    let marked = names
        .iter()
        .flat_map(|name| name.entries())
        .any(|entry| entry.data().to_string().is_ok_and(|text| text.contains(wording::NO_LEGAL_VALUE)));
    if listed || marked { Err(refused()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_certificates_match_their_pins_and_the_sha1_root_is_no_anchor() {
        let trust = Trust::shipped().expect("the shipped certificates");
        assert_eq!((trust.anchors.len(), trust.intermediates.len(), trust.legacy.len()), (2, 2, 1));
        let until: Vec<String> = trust.legacy.iter().map(|(_, until)| until.to_string()).collect();
        assert_eq!(until, ["2021-01-01T00:00:00+07:00"]);
    }

    #[test]
    fn the_test_ca_is_never_confirmed_for_a_school() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("certs/test");
        let mut trust = Trust::default();
        let refused = trust.add_confirmed_folder(&folder).map_err(|fault| fault.code());
        assert_eq!(refused, Err("config.test_anchor"));
        trust.add_folder(&folder).expect("verify --trust may name it");
        assert!(!trust.anchors.is_empty());
    }
}
