//! The ASN.1 structures that we write, as RFC 5652 and RFC 5035 name them. Where a certificate or a
//! name belongs, there is `Any`: the bytes as they came.

use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Sequence, ValueOrd};
use spki::AlgorithmIdentifierOwned;

pub(super) const ID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(super) const ID_AA_TIME_STAMP_TOKEN: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");
pub(super) const ID_SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");

/// RFC 5652, 3.
#[derive(Sequence)]
pub(super) struct ContentInfo {
    pub(super) content_type: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    pub(super) content: Any,
}

/// RFC 5652, 5.1, without CRLs: revocation data stand in the DSS.
#[derive(Sequence)]
pub(super) struct SignedData {
    pub(super) version: u8,
    pub(super) digest_algorithms: SetOfVec<AlgorithmIdentifierOwned>,
    pub(super) encap_content_info: EncapsulatedContentInfo,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT")]
    pub(super) certificates: SetOfVec<Any>,
    pub(super) signer_infos: SetOfVec<SignerInfo>,
}

/// RFC 5652, 5.2, without content: every signature of ours is detached.
#[derive(Sequence)]
pub(super) struct EncapsulatedContentInfo {
    pub(super) content_type: ObjectIdentifier,
}

/// RFC 5652, 5.3.
#[derive(Sequence, Clone, Debug, PartialEq, Eq, ValueOrd)]
pub(super) struct SignerInfo {
    pub(super) version: u8,
    pub(super) sid: Any,
    pub(super) digest_algorithm: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true")]
    pub(super) signed_attributes: SetOfVec<Attribute>,
    pub(super) signature_algorithm: AlgorithmIdentifierOwned,
    pub(super) signature: OctetString,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    pub(super) unsigned_attributes: Option<SetOfVec<Attribute>>,
}

/// RFC 5652, 5.3.
#[derive(Sequence, Clone, Debug, PartialEq, Eq, ValueOrd)]
pub(super) struct Attribute {
    pub(super) oid: ObjectIdentifier,
    pub(super) values: SetOfVec<Any>,
}

/// RFC 5035, 3. Policies are not used.
#[derive(Sequence)]
pub(super) struct SigningCertificateV2 {
    pub(super) certificates: Vec<EssCertIdV2>,
}

/// RFC 5035, 4. The hash algorithm is the default SHA-256, so DER leaves it out; issuerSerial is
/// optional and left out as well, because the digest already names one certificate.
#[derive(Sequence)]
pub(super) struct EssCertIdV2 {
    pub(super) certificate_hash: OctetString,
}
