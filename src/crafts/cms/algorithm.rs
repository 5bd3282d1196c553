//! Algorithm identifiers with exactly the parameters that the standards ask for.

use der::Any;
use der::asn1::ObjectIdentifier;
use school::records::token_frame::{Hash, KeyKind};
use spki::AlgorithmIdentifierOwned;

use const_oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ECDSA_WITH_SHA_512, ID_SHA_256, ID_SHA_512, SHA_256_WITH_RSA_ENCRYPTION,
    SHA_512_WITH_RSA_ENCRYPTION,
};

/// The digest algorithm, parameters absent (RFC 5754, 2).
pub(super) fn digest(hash: Hash) -> AlgorithmIdentifierOwned {
    let oid = match hash {
        Hash::Sha256 => ID_SHA_256,
        Hash::Sha512 => ID_SHA_512,
    };
    AlgorithmIdentifierOwned { oid, parameters: None }
}

/// The signature algorithm: NULL parameters for RSA (RFC 4055, 5), none for ECDSA (RFC 5758, 3.2).
pub(super) fn signature(key: KeyKind, hash: Hash) -> AlgorithmIdentifierOwned {
    let (oid, parameters): (ObjectIdentifier, Option<Any>) = match (key, hash) {
        (KeyKind::Rsa, Hash::Sha256) => (SHA_256_WITH_RSA_ENCRYPTION, Some(Any::null())),
        (KeyKind::Rsa, Hash::Sha512) => (SHA_512_WITH_RSA_ENCRYPTION, Some(Any::null())),
        (KeyKind::Ec, Hash::Sha256) => (ECDSA_WITH_SHA_256, None),
        (KeyKind::Ec, Hash::Sha512) => (ECDSA_WITH_SHA_512, None),
    };
    AlgorithmIdentifierOwned { oid, parameters }
}
