//! Digest and signature algorithms that a signature may use (RFC 4055, RFC 5754).

use openssl::hash::MessageDigest;
use openssl::pkey::{Id, PKeyRef, Public};
use openssl::rsa::Padding;
use openssl::sign::{RsaPssSaltlen, Verifier};

use crate::asn1::{Algorithm, INTEGER, NotDer, Reader, SEQUENCE};
use crate::report::Code;

/// The digest with this OID and its name.
pub(crate) fn digest(oid: &str) -> Option<(MessageDigest, &'static str)> {
    Some(match oid {
        "2.16.840.1.101.3.4.2.1" => (MessageDigest::sha256(), "sha256"),
        "2.16.840.1.101.3.4.2.2" => (MessageDigest::sha384(), "sha384"),
        "2.16.840.1.101.3.4.2.3" => (MessageDigest::sha512(), "sha512"),
        "2.16.840.1.101.3.4.2.8" => (MessageDigest::sha3_256(), "sha3-256"),
        "2.16.840.1.101.3.4.2.9" => (MessageDigest::sha3_384(), "sha3-384"),
        "2.16.840.1.101.3.4.2.10" => (MessageDigest::sha3_512(), "sha3-512"),
        "1.3.14.3.2.26" => (MessageDigest::sha1(), "sha1"),
        "1.2.840.113549.2.5" => (MessageDigest::md5(), "md5"),
        _ => return None,
    })
}

/// SHA-1 and MD5 prove nothing any more.
pub(crate) fn is_weak(digest: MessageDigest) -> bool {
    digest == MessageDigest::sha1() || digest == MessageDigest::md5()
}

enum Scheme {
    Pkcs1,
    Pss(RsaPssSaltlen),
    Ecdsa,
}

/// Verifies a signature value; says which algorithm it was.
pub(crate) fn verify(
    algorithm: &Algorithm<'_>,
    digest: MessageDigest,
    key: &PKeyRef<Public>,
    pieces: &[&[u8]],
    signature: &[u8],
) -> Result<String, Code> {
    let (scheme, own_digest, name) = match algorithm.oid.as_str() {
        "1.2.840.113549.1.1.1" => (Scheme::Pkcs1, None, "rsaEncryption"),
        "1.2.840.113549.1.1.11" => (Scheme::Pkcs1, Some(MessageDigest::sha256()), "sha256WithRSAEncryption"),
        "1.2.840.113549.1.1.12" => (Scheme::Pkcs1, Some(MessageDigest::sha384()), "sha384WithRSAEncryption"),
        "1.2.840.113549.1.1.13" => (Scheme::Pkcs1, Some(MessageDigest::sha512()), "sha512WithRSAEncryption"),
        "1.2.840.113549.1.1.5" => (Scheme::Pkcs1, Some(MessageDigest::sha1()), "sha1WithRSAEncryption"),
        "1.2.840.113549.1.1.10" => {
            let (of, salt_octets) = pss(algorithm).map_err(|_| Code::CmsAlgorithm)?;
            (Scheme::Pss(RsaPssSaltlen::custom(salt_octets)), Some(of), "RSASSA-PSS")
        }
        "1.2.840.10045.4.3.2" => (Scheme::Ecdsa, Some(MessageDigest::sha256()), "ecdsa-with-SHA256"),
        "1.2.840.10045.4.3.3" => (Scheme::Ecdsa, Some(MessageDigest::sha384()), "ecdsa-with-SHA384"),
        "1.2.840.10045.4.3.4" => (Scheme::Ecdsa, Some(MessageDigest::sha512()), "ecdsa-with-SHA512"),
        _ => return Err(Code::CmsAlgorithmUnknown),
    };
    // A signature algorithm that names another digest than digestAlgorithm is refused by some readers only.
    if own_digest.is_some_and(|own| own != digest) {
        return Err(Code::CmsAlgorithm);
    }
    let fits = match scheme {
        Scheme::Pkcs1 | Scheme::Pss(_) => key.id() == Id::RSA,
        Scheme::Ecdsa => key.id() == Id::EC,
    };
    if !fits {
        return Err(Code::CmsAlgorithm);
    }
    let run = || -> Result<bool, openssl::error::ErrorStack> {
        let mut verifier = Verifier::new(digest, key)?;
        if let Scheme::Pss(salt) = scheme {
            verifier.set_rsa_padding(Padding::PKCS1_PSS)?;
            verifier.set_rsa_mgf1_md(digest)?;
            verifier.set_rsa_pss_saltlen(salt)?;
        }
        pieces.iter().try_for_each(|piece| verifier.update(piece))?;
        verifier.verify(signature)
    };
    // A signature value of the wrong shape is an error of the library; for us it is a wrong signature.
    match run() {
        Ok(true) => Ok(name.to_owned()),
        _ => Err(Code::CmsSignature),
    }
}

/// Digest and salt length of RSASSA-PSS-params; MGF1 must use the same digest (RFC 4055, 3.1).
fn pss(algorithm: &Algorithm<'_>) -> Result<(MessageDigest, i32), NotDer> {
    let mut reader = algorithm.parameters.filter(|one| one.tag == SEQUENCE).ok_or(NotDer)?.inside();
    let of = |element: crate::asn1::Tlv<'_>| -> Result<MessageDigest, NotDer> {
        digest(&Algorithm::read(&element)?.oid).map(|(one, _)| one).ok_or(NotDer)
    };
    let hash = of(Reader::single(reader.expect(0xa0)?.content, SEQUENCE)?)?;
    let mask = Algorithm::read(&Reader::single(reader.expect(0xa1)?.content, SEQUENCE)?)?;
    if mask.oid != "1.2.840.113549.1.1.8" || of(mask.parameters.ok_or(NotDer)?)? != hash {
        return Err(NotDer);
    }
    let salt_octets = match reader.optional(0xa2)? {
        None => 20,
        Some(wrapped) => match Reader::single(wrapped.content, INTEGER)?.content {
            [octets] if *octets < 0x80 => i32::from(*octets),
            // The longest salt that a key allows, OpenSSL's default, takes two octets.
            [high, low] if *high < 0x10 => i32::from(*high) << 8 | i32::from(*low),
            _ => return Err(NotDer),
        },
    };
    Ok((hash, salt_octets))
}
