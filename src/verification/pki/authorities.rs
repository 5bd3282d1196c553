//! Certificates of authorities in a file that a person brings, or on a token: what may be proposed to be
//! trusted when nobody knows who issued a signer's certificate.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use openssl::pkcs7::Pkcs7;
use openssl::x509::X509;
use serde::{Deserialize, Serialize};

use crate::pki::certificate::Certificate;

/// A certificate that may issue others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authority {
    /// Its DER, Base64.
    pub certificate: String,
    /// It names itself as its issuer: a path may end there.
    pub self_issued: bool,
}

/// The authorities among the certificates of a file.
///
/// Shape: one certificate as DER, any number as PEM, or a PKCS #7 without content (.p7b), DER or PEM.
/// What is none of these, and certificates of people, give nothing.
pub fn authorities(file: &[u8]) -> Vec<Authority> {
    let certificates = certificates(file);
    let read = certificates.iter().filter_map(|der| Certificate::read(der).ok());
    let issuing = read.filter(Certificate::is_authority).map(|certificate| {
        let x509 = certificate.x509();
        let names = (x509.subject_name().to_der(), x509.issuer_name().to_der());
        Authority {
            certificate: STANDARD.encode(certificate.der()),
            self_issued: matches!(names, (Ok(subject), Ok(issuer)) if subject == issuer),
        }
    });
    issuing.collect()
}

fn certificates(file: &[u8]) -> Vec<Vec<u8>> {
    let der = |all: Vec<X509>| all.iter().filter_map(|one| one.to_der().ok()).collect();
    if X509::from_der(file).is_ok() {
        return vec![file.to_vec()];
    }
    if let Ok(bag) = Pkcs7::from_der(file).or_else(|_| Pkcs7::from_pem(file)) {
        let held = bag.signed().and_then(|signed| signed.certificates());
        return held.into_iter().flatten().filter_map(|one| one.to_der().ok()).collect();
    }
    X509::stack_from_pem(file).map(der).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &[u8] = include_bytes!("../../../certs/anchors/vn-national-root-ca-2014.pem");

    #[test]
    fn a_root_is_found_as_pem_and_as_der_and_other_bytes_give_nothing() {
        let found = authorities(ROOT);
        assert_eq!(found.len(), 1);
        assert!(found[0].self_issued);
        let der = STANDARD.decode(&found[0].certificate).expect("Base64");
        assert_eq!(authorities(&der), found);
        for nothing in [&b""[..], b"no certificate", &der[..der.len() - 1]] {
            assert_eq!(authorities(nothing), []);
        }
    }
}
