//! Which PKCS#11 mechanism signs with which key and hash, and how its raw result becomes the
//! signature value of CMS.
//!
//! RSA is RSASSA-PKCS1-v1_5 (RFC 8017, 8.2) or, where the school chose it, RSASSA-PSS (8.1): hashed on
//! the token where it lists the mechanism, else CKM_RSA_PKCS over a DigestInfo of ours or
//! CKM_RSA_PKCS_PSS over the digest; both give the same kind of signature. EC is CKM_ECDSA over the
//! digest, else the mechanism that hashes on the token.

use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism, MechanismType};
use openssl::bn::BigNum;
use openssl::ecdsa::EcdsaSig;
use openssl::hash::MessageDigest;
use openssl::rsa::Padding;
use openssl::sign::{RsaPssSaltlen, Verifier};
use school::records::token_frame::{Hash, KeyKind};

use crate::error::TokenError;
use crate::key::CertificateKey;

// DER of DigestInfo up to the digest (RFC 8017, 9.2, note 1).
const DIGEST_INFO_SHA256: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];
const DIGEST_INFO_SHA384: [u8; 19] = [
    0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00,
    0x04, 0x30,
];
const DIGEST_INFO_SHA512: [u8; 19] = [
    0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00,
    0x04, 0x40,
];

/// What PKCS#11 calls things for one hash.
struct OfHash {
    digest: MessageDigest,
    digest_info: [u8; 19],
    pkcs1: (Mechanism<'static>, MechanismType),
    pss: (MechanismType, PkcsPssParams),
    ecdsa: (Mechanism<'static>, MechanismType),
}

impl OfHash {
    fn new(hash: Hash) -> Self {
        let pss = |hash_alg, mgf, s_len: u64| PkcsPssParams { hash_alg, mgf, s_len: s_len.into() };
        match hash {
            Hash::Sha256 => Self {
                digest: MessageDigest::sha256(),
                digest_info: DIGEST_INFO_SHA256,
                pkcs1: (Mechanism::Sha256RsaPkcs, MechanismType::SHA256_RSA_PKCS),
                pss: (
                    MechanismType::SHA256_RSA_PKCS_PSS,
                    pss(MechanismType::SHA256, PkcsMgfType::MGF1_SHA256, 32),
                ),
                ecdsa: (Mechanism::EcdsaSha256, MechanismType::ECDSA_SHA256),
            },
            Hash::Sha384 => Self {
                digest: MessageDigest::sha384(),
                digest_info: DIGEST_INFO_SHA384,
                pkcs1: (Mechanism::Sha384RsaPkcs, MechanismType::SHA384_RSA_PKCS),
                pss: (
                    MechanismType::SHA384_RSA_PKCS_PSS,
                    pss(MechanismType::SHA384, PkcsMgfType::MGF1_SHA384, 48),
                ),
                ecdsa: (Mechanism::EcdsaSha384, MechanismType::ECDSA_SHA384),
            },
            Hash::Sha512 => Self {
                digest: MessageDigest::sha512(),
                digest_info: DIGEST_INFO_SHA512,
                pkcs1: (Mechanism::Sha512RsaPkcs, MechanismType::SHA512_RSA_PKCS),
                pss: (
                    MechanismType::SHA512_RSA_PKCS_PSS,
                    pss(MechanismType::SHA512, PkcsMgfType::MGF1_SHA512, 64),
                ),
                ecdsa: (Mechanism::EcdsaSha512, MechanismType::ECDSA_SHA512),
            },
        }
    }

    /// Errors: [`TokenError::Device`], when openssl cannot hash at all.
    fn digest_of(&self, message: &[u8]) -> Result<Vec<u8>, TokenError> {
        let digest = openssl::hash::hash(self.digest, message);
        Ok(digest.map_err(|_| TokenError::Device("no digest".into()))?.to_vec())
    }

    fn hashing_pss(&self) -> Mechanism<'static> {
        let (listed_as, parameters) = self.pss;
        match listed_as {
            MechanismType::SHA384_RSA_PKCS_PSS => Mechanism::Sha384RsaPkcsPss(parameters),
            MechanismType::SHA512_RSA_PKCS_PSS => Mechanism::Sha512RsaPkcsPss(parameters),
            _ => Mechanism::Sha256RsaPkcsPss(parameters),
        }
    }
}

/// Whether a token with these mechanisms can sign with `key` at all: told before the PIN is used.
///
/// Errors: [`TokenError::Mechanism`].
pub(crate) fn check(listed: &[MechanismType], key: &CertificateKey) -> Result<(), TokenError> {
    let of = OfHash::new(Hash::Sha256);
    let either = match key.kind {
        KeyKind::Rsa => [of.pkcs1.1, MechanismType::RSA_PKCS],
        KeyKind::RsaPss => [of.pss.0, MechanismType::RSA_PKCS_PSS],
        KeyKind::Ec => [of.ecdsa.1, MechanismType::ECDSA],
    };
    if either.iter().any(|one| listed.contains(one)) { Ok(()) } else { Err(TokenError::Mechanism) }
}

/// One C_SignInit and the data of its C_Sign.
pub(crate) struct Operation {
    /// For C_SignInit.
    pub(crate) mechanism: Mechanism<'static>,
    /// For C_Sign.
    pub(crate) data: Vec<u8>,
}

impl Operation {
    /// What to ask a token with these mechanisms for, to sign `message`.
    pub(crate) fn new(
        listed: &[MechanismType],
        key: &CertificateKey,
        hash: Hash,
        message: &[u8],
    ) -> Result<Self, TokenError> {
        let of = OfHash::new(hash);
        let whole = |mechanism| Ok(Self { mechanism, data: message.to_vec() });
        match key.kind {
            KeyKind::Rsa if listed.contains(&of.pkcs1.1) => whole(of.pkcs1.0),
            KeyKind::Rsa => {
                let data = [of.digest_info.as_slice(), &of.digest_of(message)?].concat();
                Ok(Self { mechanism: Mechanism::RsaPkcs, data })
            }
            KeyKind::RsaPss if listed.contains(&of.pss.0) => whole(of.hashing_pss()),
            KeyKind::RsaPss => {
                Ok(Self { mechanism: Mechanism::RsaPkcsPss(of.pss.1), data: of.digest_of(message)? })
            }
            KeyKind::Ec if !listed.contains(&MechanismType::ECDSA) => whole(of.ecdsa.0),
            KeyKind::Ec => {
                let mut data = of.digest_of(message)?;
                // FIPS 186-5, 6.4: the leftmost bits of the digest, as many as the order has. Tokens
                // differ in whether they cut a longer digest or refuse it.
                let bits = key.public.bits() as usize;
                if bits.is_multiple_of(8) {
                    data.truncate(bits / 8);
                }
                Ok(Self { mechanism: Mechanism::Ecdsa, data })
            }
        }
    }
}

/// The signature value as CMS wants it.
///
/// Errors: [`TokenError::Device`] when the raw result has not the length that its kind demands.
pub(crate) fn signature_value(key: &CertificateKey, raw: Vec<u8>) -> Result<Vec<u8>, TokenError> {
    match key.kind {
        KeyKind::Rsa | KeyKind::RsaPss => Ok(raw),
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
    let digest = OfHash::new(hash).digest;
    let agrees = Verifier::new(digest, &key.public).and_then(|mut check| {
        if key.kind == KeyKind::RsaPss {
            check.set_rsa_padding(Padding::PKCS1_PSS)?;
            check.set_rsa_mgf1_md(digest)?;
            check.set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH)?;
        }
        check.verify_oneshot(value, message)
    });
    // openssl reports a malformed signature as an error; it is no more valid than a wrong one.
    if agrees.unwrap_or(false) { Ok(()) } else { Err(TokenError::Signature) }
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
        for hash in [Hash::Sha256, Hash::Sha384, Hash::Sha512] {
            let operation = Operation::new(&[], &key, hash, b"signed attributes").expect("an operation");
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
        for hash in [Hash::Sha256, Hash::Sha384, Hash::Sha512] {
            let operation = Operation::new(&[MechanismType::ECDSA], &key, hash, b"signed attributes")
                .expect("an operation");
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
    fn a_token_that_cannot_do_what_the_school_chose_is_told_before_the_pin() {
        let key = PKey::from_rsa(Rsa::generate(2048).expect("key")).expect("key");
        let listed = [MechanismType::RSA_PKCS];
        assert_eq!(check(&listed, &public(&key, KeyKind::Rsa)), Ok(()));
        assert_eq!(check(&listed, &public(&key, KeyKind::RsaPss)), Err(TokenError::Mechanism));
    }

    #[test]
    fn a_signature_by_another_key_is_not_handed_out() {
        let rsa = Rsa::generate(2048).expect("key");
        let other = public(&PKey::from_rsa(Rsa::generate(2048).expect("key")).expect("key"), KeyKind::Rsa);
        let operation = Operation::new(&[], &other, Hash::Sha256, b"m").expect("an operation");
        let mut value = vec![0; 256];
        rsa.private_encrypt(&operation.data, &mut value, Padding::PKCS1).expect("signs");
        assert_eq!(verify(&other, Hash::Sha256, b"m", &value), Err(TokenError::Signature));
        assert_eq!(verify(&other, Hash::Sha256, b"m", b"no signature"), Err(TokenError::Signature));
    }
}
