//! Algorithm identifiers with exactly the parameters that the standards ask for.

use const_oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ECDSA_WITH_SHA_384, ECDSA_WITH_SHA_512, ID_MGF_1, ID_RSASSA_PSS, ID_SHA_256,
    ID_SHA_384, ID_SHA_512, SHA_256_WITH_RSA_ENCRYPTION, SHA_384_WITH_RSA_ENCRYPTION,
    SHA_512_WITH_RSA_ENCRYPTION,
};
use der::asn1::ObjectIdentifier;
use der::{Any, Sequence};
use school::records::token_frame::{Hash, KeyKind};
use spki::AlgorithmIdentifierOwned;

/// RSASSA-PSS-params (RFC 4055, 3.1). The trailer field is always its default, so absent in DER.
#[derive(Sequence)]
struct PssParameters {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    hash: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT")]
    mask_generation: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "2", tag_mode = "EXPLICIT")]
    salt_octets: u8,
}

/// The digest algorithm, parameters absent (RFC 5754, 2).
pub(super) fn digest(hash: Hash) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: digest_oid(hash), parameters: None }
}

/// The signature algorithm: NULL parameters for RSA (RFC 4055, 5), none for ECDSA (RFC 5758, 3.2).
///
/// Errors: DER that cannot be written.
pub(super) fn signature(key: KeyKind, hash: Hash) -> Result<AlgorithmIdentifierOwned, der::Error> {
    let (oid, parameters): (ObjectIdentifier, Option<Any>) = match (key, hash) {
        (KeyKind::Rsa, Hash::Sha256) => (SHA_256_WITH_RSA_ENCRYPTION, Some(Any::null())),
        (KeyKind::Rsa, Hash::Sha384) => (SHA_384_WITH_RSA_ENCRYPTION, Some(Any::null())),
        (KeyKind::Rsa, Hash::Sha512) => (SHA_512_WITH_RSA_ENCRYPTION, Some(Any::null())),
        (KeyKind::RsaPss, _) => (ID_RSASSA_PSS, Some(pss(hash)?)),
        (KeyKind::Ec, Hash::Sha256) => (ECDSA_WITH_SHA_256, None),
        (KeyKind::Ec, Hash::Sha384) => (ECDSA_WITH_SHA_384, None),
        (KeyKind::Ec, Hash::Sha512) => (ECDSA_WITH_SHA_512, None),
    };
    Ok(AlgorithmIdentifierOwned { oid, parameters })
}

/// Mask generation by the same hash, and a salt as long as it, as the token was asked for.
fn pss(hash: Hash) -> Result<Any, der::Error> {
    let salt_octets = match hash {
        Hash::Sha256 => 32,
        Hash::Sha384 => 48,
        Hash::Sha512 => 64,
    };
    // Inside these parameters the digest has NULL, other than in digestAlgorithm (RFC 4055, 2.1).
    let hash = AlgorithmIdentifierOwned { oid: digest_oid(hash), parameters: Some(Any::null()) };
    let mask_generation =
        AlgorithmIdentifierOwned { oid: ID_MGF_1, parameters: Some(Any::encode_from(&hash)?) };
    Any::encode_from(&PssParameters { hash, mask_generation, salt_octets })
}

const fn digest_oid(hash: Hash) -> ObjectIdentifier {
    match hash {
        Hash::Sha256 => ID_SHA_256,
        Hash::Sha384 => ID_SHA_384,
        Hash::Sha512 => ID_SHA_512,
    }
}
