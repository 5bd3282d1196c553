//! Which PKCS#11 mechanism signs with which key and hash, and how its raw result becomes the
//! signature value of CMS.
//!
//! RSA is RSASSA-PKCS1-v1_5 (RFC 8017, 8.2): hashed on the token where it lists the mechanism, else
//! CKM_RSA_PKCS over a DigestInfo of ours; both give the same bytes. EC is CKM_ECDSA over the
//! digest, which every EC token has.

use cryptoki::mechanism::{Mechanism, MechanismType};
use openssl::bn::BigNum;
use openssl::ecdsa::EcdsaSig;
use openssl::hash::MessageDigest;
use openssl::sign::Verifier;
use school::digest::{Sha256, Sha512};
use school::records::token_frame::{Hash, KeyKind};

use crate::error::TokenError;
use crate::key::CertificateKey;

// DER of DigestInfo up to the digest (RFC 8017, 9.2, note 1).
const DIGEST_INFO_SHA256: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];
const DIGEST_INFO_SHA512: [u8; 19] = [
    0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00,
    0x04, 0x40,
];

/// One C_SignInit and the data of its C_Sign.
pub(crate) struct Operation {
    /// For C_SignInit.
    pub(crate) mechanism: Mechanism<'static>,
    /// For C_Sign.
    pub(crate) data: Vec<u8>,
}

impl Operation {
    /// What to ask a token with these mechanisms for, to sign `message`.
    pub(crate) fn new(listed: &[MechanismType], key: &CertificateKey, hash: Hash, message: &[u8]) -> Self {
        let (whole, of_hash) = match hash {
            Hash::Sha256 => (Mechanism::Sha256RsaPkcs, MechanismType::SHA256_RSA_PKCS),
            Hash::Sha512 => (Mechanism::Sha512RsaPkcs, MechanismType::SHA512_RSA_PKCS),
        };
        match key.kind {
            KeyKind::Rsa if listed.contains(&of_hash) => Self { mechanism: whole, data: message.to_vec() },
            KeyKind::Rsa => {
                let prefix = match hash {
                    Hash::Sha256 => DIGEST_INFO_SHA256,
                    Hash::Sha512 => DIGEST_INFO_SHA512,
                };
                let data = [prefix.as_slice(), &digest(hash, message)].concat();
                Self { mechanism: Mechanism::RsaPkcs, data }
            }
            KeyKind::Ec => {
                let mut data = digest(hash, message);
                // FIPS 186-5, 6.4: the leftmost bits of the digest, as many as the order has. Tokens
                // differ in whether they cut a longer digest or refuse it.
                let bits = key.public.bits() as usize;
                if bits.is_multiple_of(8) {
                    data.truncate(bits / 8);
                }
                Self { mechanism: Mechanism::Ecdsa, data }
            }
        }
    }
}

/// The signature value as CMS wants it.
///
/// Errors: [`TokenError::Device`] when the raw result has not the length that its kind demands.
pub(crate) fn signature_value(key: &CertificateKey, raw: Vec<u8>) -> Result<Vec<u8>, TokenError> {
    match key.kind {
        KeyKind::Rsa => Ok(raw),
        KeyKind::Ec => {
            let half = (key.public.bits() as usize).div_ceil(8);
            if raw.len() != 2 * half {
                return Err(TokenError::Device("C_Sign: not r and s of the curve's length".into()));
            }
            let (r, s) = raw.split_at(half);
            BigNum::from_slice(r)
                .and_then(|r| EcdsaSig::from_private_components(r, BigNum::from_slice(s)?))
                .and_then(|signature| signature.to_der())
                .map_err(|_| TokenError::Device("C_Sign: r and s cannot be encoded".into()))
        }
    }
}

/// Verifies a fresh signature with the certificate's key.
///
/// Errors: [`TokenError::Signature`].
pub(crate) fn verify(
    key: &CertificateKey,
    hash: Hash,
    message: &[u8],
    value: &[u8],
) -> Result<(), TokenError> {
    let digest = match hash {
        Hash::Sha256 => MessageDigest::sha256(),
        Hash::Sha512 => MessageDigest::sha512(),
    };
    let agrees =
        Verifier::new(digest, &key.public).and_then(|mut check| check.verify_oneshot(value, message));
    // openssl reports a malformed signature as an error; it is no more valid than a wrong one.
    if agrees.unwrap_or(false) { Ok(()) } else { Err(TokenError::Signature) }
}

fn digest(hash: Hash, message: &[u8]) -> Vec<u8> {
    match hash {
        Hash::Sha256 => Sha256::of(message).as_bytes().to_vec(),
        Hash::Sha512 => Sha512::of(message).as_bytes().to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use openssl::ec::{EcGroup, EcKey};
    use openssl::nid::Nid;
    use openssl::pkey::{PKey, Private};
    use openssl::rsa::{Padding, Rsa};

    use super::*;

    fn public(key: &PKey<Private>, kind: KeyKind) -> CertificateKey {
        let der = key.public_key_to_der().expect("encodes");
        CertificateKey { public: PKey::public_key_from_der(&der).expect("decodes"), kind }
    }

    #[test]
    fn an_rsa_token_without_hashing_mechanisms_signs_a_digest_info_of_ours() {
        let rsa = Rsa::generate(2048).expect("key");
        let key = public(&PKey::from_rsa(rsa.clone()).expect("key"), KeyKind::Rsa);
        for hash in [Hash::Sha256, Hash::Sha512] {
            let operation = Operation::new(&[], &key, hash, b"signed attributes");
            let mut value = vec![0; 256];
            rsa.private_encrypt(&operation.data, &mut value, Padding::PKCS1).expect("signs");
            assert_eq!(verify(&key, hash, b"signed attributes", &value), Ok(()));
        }
    }

    #[test]
    fn r_and_s_of_an_ec_token_become_der_and_a_long_digest_is_cut_to_the_order() {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).expect("curve");
        let ec = EcKey::generate(&group).expect("key");
        let key = public(&PKey::from_ec_key(ec.clone()).expect("key"), KeyKind::Ec);
        for hash in [Hash::Sha256, Hash::Sha512] {
            let operation = Operation::new(&[], &key, hash, b"signed attributes");
            assert_eq!(operation.data.len(), 32);
            let signature = EcdsaSig::sign(&operation.data, &ec).expect("signs");
            let padded = |number: &openssl::bn::BigNumRef| number.to_vec_padded(32).expect("fits");
            let raw = [padded(signature.r()), padded(signature.s())].concat();
            let value = signature_value(&key, raw).expect("encodes");
            assert_eq!(verify(&key, hash, b"signed attributes", &value), Ok(()));
        }
        assert!(signature_value(&key, vec![1; 63]).is_err());
    }

    #[test]
    fn a_signature_by_another_key_is_not_handed_out() {
        let rsa = Rsa::generate(2048).expect("key");
        let other = public(&PKey::from_rsa(Rsa::generate(2048).expect("key")).expect("key"), KeyKind::Rsa);
        let operation = Operation::new(&[], &other, Hash::Sha256, b"m");
        let mut value = vec![0; 256];
        rsa.private_encrypt(&operation.data, &mut value, Padding::PKCS1).expect("signs");
        assert_eq!(verify(&other, Hash::Sha256, b"m", &value), Err(TokenError::Signature));
        assert_eq!(verify(&other, Hash::Sha256, b"m", b"no signature"), Err(TokenError::Signature));
    }
}
