//! Judges CMS SignedData (RFC 5652): detached over text and JSON files, and the parts that PDF
//! signatures and timestamps share. Octets are judged as found, nothing is re-encoded.

use std::sync::Arc;

use openssl::hash::{Hasher, MessageDigest};
use openssl::x509::X509Ref;
use school::digest::Sha256;

use crate::asn1::{Algorithm, INTEGER, NotDer, OCTET_STRING, OID, Reader, SEQUENCE, SET, Tlv};
use crate::content::Content;
use crate::pki::certificate::{self, Certificate};
use crate::pki::checked::Checked;
use crate::report::Code;

mod algorithm;
mod signing_certificate;

const ID_DATA: &str = "1.2.840.113549.1.7.1";
const ID_SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const RSA_ENCRYPTION: &str = "1.2.840.113549.1.1.1";
const SIGNING_TIME: &str = "1.2.840.113549.1.9.5";
/// RFC 3161 over the signature value, an unsigned attribute (RFC 5126, 6.1.1).
pub(crate) const SIGNATURE_TIMESTAMP: &str = "1.2.840.113549.1.9.16.2.14";

/// A detached SignedData whose digest and signature value agree with the content. Trust is judged apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detached {
    /// SHA-256 of the signer's certificate.
    pub certificate: Sha256,
    /// DER of the signer's certificate.
    pub certificate_der: Vec<u8>,
    /// DER of the other embedded certificates.
    pub others: Vec<Vec<u8>>,
    /// The digest algorithm used: `sha256` or `sha512`.
    pub digest_algorithm: String,
}

/// Judges `signed_data` (DER) as a detached signature of one signer over `content`.
///
/// Errors: a stable SCREAMING_SNAKE_CASE code such as `CMS_DIGEST`.
pub fn judge_detached(content: &[u8], signed_data: &[u8]) -> Result<Detached, &'static str> {
    let read = SignedData::read(signed_data).map_err(Code::as_str)?;
    let checked = Checked::default();
    let signed = read.judge(Content::Pieces(&[content]), Shape::DETACHED, &checked).map_err(Code::as_str)?;
    read.is_plain(&signed, &checked).map_err(Code::as_str)?;
    // CAdES asks for a signing-time where PAdES excludes it; beside a file it does no harm.
    if let Some(weakness) = signed.remarks.iter().find(|code| **code != Code::CmsSigningTime) {
        return Err(weakness.as_str());
    }
    Ok(Detached {
        certificate: signed.certificate.sha256(),
        certificate_der: signed.certificate.der().to_vec(),
        others: signed.others,
        digest_algorithm: signed.digest_algorithm,
    })
}

/// Which rules a SignedData must follow beyond RFC 5652.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// eContentType, and with it the value of the content-type attribute.
    content_type: &'static str,
    /// The content is inside (timestamps) instead of beside.
    encapsulated: bool,
    /// signing-certificate-v2 exactly once; otherwise v1 or none is accepted too.
    baseline: bool,
    /// Signatures without signed attributes are accepted (adbe.pkcs7.detached).
    bare: bool,
}

impl Shape {
    /// Detached, with signing-certificate-v2: PAdES and CAdES baseline.
    pub const DETACHED: Self =
        Self { content_type: ID_DATA, encapsulated: false, baseline: true, bare: false };
    /// What older PAdES allows.
    pub const FOREIGN: Self = Self { baseline: false, ..Self::DETACHED };
    /// Even without signed attributes, as `adbe.pkcs7.detached` allows.
    pub const BARE: Self = Self { bare: true, ..Self::FOREIGN };
    /// A TimeStampToken; ESSCertID of either version is judged by the timestamp's own rules.
    pub const TIMESTAMP: Self =
        Self { content_type: "1.2.840.113549.1.9.16.1.4", encapsulated: true, baseline: false, bare: false };
}

/// A SignedData as found, with exactly one SignerInfo.
#[derive(Debug)]
pub(crate) struct SignedData<'a> {
    econtent_type: String,
    econtent: Option<&'a [u8]>,
    certificates: Vec<&'a [u8]>,
    signer: SignerInfo<'a>,
    version: u8,
    digests: Vec<Algorithm<'a>>,
    has_crls: bool,
}

#[derive(Debug)]
struct SignerInfo<'a> {
    version: u8,
    sid: Tlv<'a>,
    digest: Algorithm<'a>,
    /// The `[0]` element as found.
    signed_attributes: Option<Tlv<'a>>,
    algorithm: Algorithm<'a>,
    signature: &'a [u8],
    unsigned_attributes: Vec<Attribute<'a>>,
}

#[derive(Debug)]
struct Attribute<'a> {
    oid: String,
    values: Vec<Tlv<'a>>,
}

/// A SignedData whose digest and signature value agree.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub certificate: Arc<Certificate>,
    pub others: Vec<Vec<u8>>,
    pub digest_algorithm: String,
    pub signature_algorithm: String,
    /// What is intact and still not good: weak algorithms, signing-time.
    pub remarks: Vec<Code>,
    /// True when signing-certificate (either version) binds the certificate.
    pub bound: bool,
}

impl<'a> SignedData<'a> {
    /// Reads a ContentInfo that holds a SignedData.
    pub fn read(der: &'a [u8]) -> Result<Self, Code> {
        let outer = Reader::single(der, SEQUENCE).map_err(|_| Code::CmsNotDer)?;
        Self::read_parts(&outer)
    }

    fn read_parts(outer: &Tlv<'a>) -> Result<Self, Code> {
        let structure = |_: NotDer| Code::CmsStructure;
        let mut reader = outer.inside();
        if reader.next().and_then(|one| one.oid()).map_err(structure)? != ID_SIGNED_DATA {
            return Err(Code::CmsStructure);
        }
        let wrapped = reader.expect(0xa0).map_err(structure)?;
        reader.end().map_err(structure)?;
        let signed_data = Reader::single(wrapped.content, SEQUENCE).map_err(|_| Code::CmsNotDer)?;
        let mut reader = signed_data.inside();
        let version = small(&reader.expect(INTEGER).map_err(structure)?).map_err(structure)?;
        let digests = reader.expect(SET).and_then(|set| set.inside().all()).map_err(structure)?;
        let digests = digests.iter().map(Algorithm::read).collect::<Result<_, _>>().map_err(structure)?;
        let (econtent_type, econtent) =
            encapsulated(&reader.expect(SEQUENCE).map_err(structure)?).map_err(structure)?;
        let certificates = match reader.optional(0xa0).map_err(structure)? {
            Some(set) => set.inside().all().map_err(|_| Code::CmsNotDer)?,
            None => Vec::new(),
        };
        let has_crls = reader.optional(0xa1).map_err(structure)?.is_some();
        let signers = reader.expect(SET).map_err(structure)?.inside().all().map_err(structure)?;
        reader.end().map_err(structure)?;
        let [signer] = signers.as_slice() else { return Err(Code::CmsSigners) };
        Ok(Self {
            econtent_type,
            econtent,
            certificates: certificates.iter().map(|one| one.whole).collect(),
            signer: SignerInfo::read(signer).map_err(structure)?,
            version,
            digests,
            has_crls,
        })
    }

    /// Nothing stands in it that no signature protects and no rule fixes: versions and algorithms are
    /// the expected ones, nothing is unsigned, every certificate leads from the signer upwards.
    pub fn is_plain(&self, signed: &Signed, checked: &Checked) -> Result<(), Code> {
        let (version, content_version) = if self.econtent_type == ID_DATA { (1, 1) } else { (1, 3) };
        let parameters_are_plain =
            |algorithm: &Algorithm<'_>| algorithm.parameters.is_none_or(|one| one.whole == [0x05, 0x00]);
        let signer = &self.signer;
        let pss = signer.algorithm.oid == "1.2.840.113549.1.1.10";
        if signer.version != version
            || self.version != content_version
            || self.digests.len() != 1
            || self.digests.iter().any(|one| one.oid != signer.digest.oid || !parameters_are_plain(one))
            || !parameters_are_plain(&signer.digest)
            || !(pss || parameters_are_plain(&signer.algorithm))
            || self.has_crls
            || !signer.unsigned_attributes.is_empty()
        {
            return Err(Code::CmsStructure);
        }
        // The signer's own certificate once: a second copy would be bytes that anybody may add.
        if self.certificates.len() != signed.others.len() + 1 {
            return Err(Code::CmsUnusedCertificate);
        }
        // A root proves nothing here, and rsaEncryption is a second spelling of the same algorithm;
        // timestamping authorities write both, our own signatures neither.
        let is_root =
            |der: &Vec<u8>| checked.certificate(der).is_ok_and(|one| checked.is_signed_by(&one, &one));
        let ours = self.econtent_type == ID_DATA;
        // RFC 5754: digests without parameters, RSA with NULL, ECDSA without.
        let wants_null = signer.algorithm.oid.starts_with("1.2.840.113549.1.1.");
        let canonical = signer.digest.parameters.is_none()
            && self.digests.iter().all(|one| one.parameters.is_none())
            && (pss || signer.algorithm.parameters.is_some() == wants_null);
        if ours && (signer.algorithm.oid == RSA_ENCRYPTION || !canonical) {
            return Err(Code::CmsStructure);
        }
        if ours && signed.others.iter().any(is_root) {
            return Err(Code::CmsUnusedCertificate);
        }
        let mut unused = signed.others.clone();
        let mut at = signed.certificate.clone();
        loop {
            let issues =
                |der: &Vec<u8>| checked.certificate(der).is_ok_and(|one| checked.is_signed_by(&at, &one));
            let Some(position) = unused.iter().position(issues) else { break };
            at = checked.certificate(&unused.swap_remove(position))?;
        }
        if unused.is_empty() { Ok(()) } else { Err(Code::CmsUnusedCertificate) }
    }

    /// The encapsulated content.
    pub fn econtent(&self) -> Option<&'a [u8]> {
        self.econtent
    }

    /// The signature value, over which a signature timestamp is made.
    pub fn signature(&self) -> &'a [u8] {
        self.signer.signature
    }

    /// The only value of an unsigned attribute.
    pub fn unsigned_attribute(&self, oid: &str) -> Option<&'a [u8]> {
        let attribute = self.signer.unsigned_attributes.iter().find(|one| one.oid == oid)?;
        attribute.values.first().map(|value| value.whole)
    }

    /// Judges digest, attributes and signature value. `content` is ignored where it is encapsulated.
    pub fn judge(&self, content: Content<'_>, shape: Shape, checked: &Checked) -> Result<Signed, Code> {
        if self.econtent_type != shape.content_type {
            return Err(Code::CmsContentType);
        }
        let inside;
        let content = match (shape.encapsulated, self.econtent) {
            (true, Some(content)) => {
                inside = [content];
                Content::Pieces(&inside)
            }
            (false, None) => content,
            _ => return Err(Code::CmsEcontent),
        };
        let mut remarks = Vec::new();
        let (digest, digest_name) =
            algorithm::digest(&self.signer.digest.oid).ok_or(Code::CmsAlgorithmUnknown)?;
        if algorithm::is_weak(digest) {
            remarks.push(Code::WeakDigest);
        }
        let certificate = self.signer_certificate(checked)?;
        let leaf = checked.certificate(certificate)?;
        let (bound, signature_algorithm) = match self.signer.signed_attributes {
            Some(attributes) => {
                let content_digest = content.digest(digest)?;
                let bound = self.judge_attributes(&attributes, &content_digest, &leaf, shape)?;
                // RFC 5652, 5.4: the signature is over the SET OF, whose tag is 0x31 and not [0].
                let mut signed = attributes.whole.to_vec();
                signed[0] = SET;
                if self.attributes()?.iter().any(|one| one.oid == SIGNING_TIME) && shape.baseline {
                    remarks.push(Code::CmsSigningTime);
                }
                (bound, self.verify(&leaf, digest, &[&signed])?)
            }
            None if shape.bare => (false, self.verify(&leaf, digest, &content.pieces())?),
            None => return Err(Code::CmsAttribute),
        };
        if !leaf.has_strong_key() {
            remarks.push(Code::WeakKey);
        }
        let others = self.certificates.iter().filter(|one| **one != certificate);
        Ok(Signed {
            certificate: leaf,
            others: others.map(|one| one.to_vec()).collect(),
            digest_algorithm: digest_name.to_owned(),
            signature_algorithm,
            remarks,
            bound,
        })
    }

    fn verify(&self, leaf: &X509Ref, digest: MessageDigest, pieces: &[&[u8]]) -> Result<String, Code> {
        let key = leaf.public_key().map_err(|_| Code::CertificateMalformed)?;
        algorithm::verify(&self.signer.algorithm, digest, &key, pieces, self.signer.signature)
    }

    fn attributes(&self) -> Result<Vec<Attribute<'a>>, Code> {
        match self.signer.signed_attributes {
            Some(set) => attributes(&set).map_err(|_| Code::CmsAttribute),
            None => Ok(Vec::new()),
        }
    }

    fn judge_attributes(
        &self,
        set: &Tlv<'a>,
        content_digest: &[u8],
        certificate: &Certificate,
        shape: Shape,
    ) -> Result<bool, Code> {
        let attributes = attributes(set).map_err(|_| Code::CmsAttribute)?;
        // DER sorts a SET OF; an unsorted one is read differently by different readers.
        let wholes: Vec<&[u8]> =
            set.inside().all().map_err(|_| Code::CmsNotDer)?.iter().map(|one| one.whole).collect();
        if shape.baseline && !wholes.is_sorted() {
            return Err(Code::CmsNotDer);
        }
        let one = |oid: &str| single_value(&attributes, oid);
        let content_type = one(CONTENT_TYPE)?.ok_or(Code::CmsAttribute)?;
        if content_type.oid().map_err(|_| Code::CmsAttribute)? != shape.content_type {
            return Err(Code::CmsContentType);
        }
        let message_digest = one(MESSAGE_DIGEST)?.ok_or(Code::CmsAttribute)?;
        if message_digest.tag != OCTET_STRING {
            return Err(Code::CmsAttribute);
        }
        if message_digest.content != content_digest {
            return Err(Code::CmsDigest);
        }
        let (v2, v1) = (one(signing_certificate::V2)?, one(signing_certificate::V1)?);
        match (v2, v1) {
            (Some(_), Some(_)) if shape.baseline => Err(Code::CmsAttribute),
            (Some(value), _) => signing_certificate::names(&value, certificate).map(|()| true),
            (None, Some(value)) if !shape.baseline => {
                signing_certificate::names_v1(&value, certificate).map(|()| true)
            }
            _ if shape.baseline => Err(Code::CmsAttribute),
            _ => Ok(false),
        }
    }

    /// The embedded certificate that the sid names; byte for byte as found.
    fn signer_certificate(&self, checked: &Checked) -> Result<&'a [u8], Code> {
        let names = |(issuer, serial): (&[u8], &[u8])| {
            let mut reader = self.signer.sid.inside();
            reader.next().is_ok_and(|name| name.whole == issuer)
                && reader.next().is_ok_and(|number| number.whole == serial)
                && reader.is_empty()
        };
        let matches = |der: &&&'a [u8]| match self.signer.sid.tag {
            SEQUENCE => match checked.certificate(der) {
                Ok(read) => read.issuer_and_serial().is_ok_and(names),
                // It is the one that is named, and refused for what it is.
                Err(_) => certificate::issuer_and_serial(der).is_ok_and(names),
            },
            0x80 => checked.certificate(der).is_ok_and(|x509| {
                x509.subject_key_id().is_some_and(|id| id.as_slice() == self.signer.sid.content)
            }),
            _ => false,
        };
        self.certificates.iter().find(matches).copied().ok_or(Code::CmsCertificateMissing)
    }
}

fn single_value<'a>(attributes: &[Attribute<'a>], oid: &str) -> Result<Option<Tlv<'a>>, Code> {
    let mut matching = attributes.iter().filter(|one| one.oid == oid);
    match (matching.next(), matching.next()) {
        (None, _) => Ok(None),
        (Some(attribute), None) => match attribute.values.as_slice() {
            [value] => Ok(Some(*value)),
            _ => Err(Code::CmsAttribute),
        },
        _ => Err(Code::CmsAttribute),
    }
}

/// A version number.
fn small(element: &Tlv<'_>) -> Result<u8, NotDer> {
    match element.content {
        [number] => Ok(*number),
        _ => Err(NotDer),
    }
}

fn encapsulated<'a>(element: &Tlv<'a>) -> Result<(String, Option<&'a [u8]>), NotDer> {
    let mut reader = element.inside();
    let oid = reader.expect(OID)?.oid()?;
    let content = match reader.optional(0xa0)? {
        Some(wrapped) => Some(Reader::single(wrapped.content, OCTET_STRING)?.content),
        None => None,
    };
    reader.end()?;
    Ok((oid, content))
}

fn attributes<'a>(set: &Tlv<'a>) -> Result<Vec<Attribute<'a>>, NotDer> {
    let mut found = Vec::new();
    for element in set.inside().all()? {
        let mut reader = element.inside();
        let oid = reader.expect(OID)?.oid()?;
        let values = reader.expect(SET)?.inside().all()?;
        reader.end()?;
        found.push(Attribute { oid, values });
    }
    Ok(found)
}

impl<'a> SignerInfo<'a> {
    fn read(element: &Tlv<'a>) -> Result<Self, NotDer> {
        if element.tag != SEQUENCE {
            return Err(NotDer);
        }
        let mut reader = element.inside();
        let version = small(&reader.expect(INTEGER)?)?;
        let sid = reader.next()?;
        let digest = Algorithm::read(&reader.next()?)?;
        let signed_attributes = reader.optional(0xa0)?;
        let algorithm = Algorithm::read(&reader.next()?)?;
        let signature = reader.expect(OCTET_STRING)?.content;
        let unsigned_attributes = match reader.optional(0xa1)? {
            Some(set) => attributes(&set)?,
            None => Vec::new(),
        };
        reader.end()?;
        Ok(Self { version, sid, digest, signed_attributes, algorithm, signature, unsigned_attributes })
    }
}

/// Digest over the pieces in order.
pub(crate) fn hash(digest: MessageDigest, pieces: &[&[u8]]) -> Result<Vec<u8>, Code> {
    let run = || {
        let mut hasher = Hasher::new(digest)?;
        pieces.iter().try_for_each(|piece| hasher.update(piece))?;
        hasher.finish()
    };
    run().map(|octets| octets.to_vec()).map_err(|_| Code::CmsAlgorithm)
}

pub(crate) use algorithm::{digest as digest_by_oid, is_weak};
