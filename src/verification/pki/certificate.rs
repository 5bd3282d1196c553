//! Reads what a judgement needs from one certificate (RFC 5280), kept byte for byte as found.

use std::cmp::Ordering;
use std::ops::Deref;
use std::sync::OnceLock;

use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::nid::Nid;
use openssl::pkey::{Id, PKeyRef, Public};
use openssl::x509::{X509, X509NameRef, X509Ref};
use school::digest::Sha256;
use school::moment::Moment;

use crate::asn1::{Algorithm, BIT_STRING, Extension, INTEGER, NotDer, Reader, SEQUENCE, Tlv, extensions};
use crate::pki::revocation_list::full_names;
use crate::pki::roca;
use crate::report::Code;

const KEY_USAGE: &str = "2.5.29.15";
const BASIC_CONSTRAINTS: &str = "2.5.29.19";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
const DISTRIBUTION_POINTS: &str = "2.5.29.31";

/// A certificate as found, with what is asked of it again and again.
#[derive(Debug)]
pub(crate) struct Certificate {
    x509: X509,
    der: Vec<u8>,
    sha256: Sha256,
    validity: Option<(Moment, Moment)>,
    facts: Result<Facts, Code>,
    words: OnceLock<Words>,
}

/// What people read of a certificate.
#[derive(Debug)]
pub(crate) struct Words {
    pub subject: String,
    pub organization: Option<String>,
    pub issuer: String,
    pub issuer_organization: Option<String>,
    pub serial: String,
}

/// What the signed part says.
#[derive(Debug)]
struct Facts {
    /// Whole elements.
    issuer: Vec<u8>,
    serial: Vec<u8>,
    is_weakly_signed: bool,
    usage: Result<Option<u8>, Code>,
    purposes: Result<Option<Purposes>, Code>,
    distribution_points: Vec<Vec<u8>>,
}

/// extKeyUsage with its criticality.
type Purposes = (bool, Vec<String>);

impl Certificate {
    /// The certificate, if `der` is exactly one.
    pub fn read(der: &[u8]) -> Result<Self, Code> {
        // The library ignores octets after the certificate; then two digests would name one certificate.
        Reader::single(der, SEQUENCE).map_err(|_| Code::CertificateMalformed)?;
        let x509 = X509::from_der(der).map_err(|_| Code::CertificateMalformed)?;
        let validity = validity(&x509).ok();
        let facts = tbs(der).map(|tbs| Facts::of(&tbs)).map_err(|_| Code::CertificateMalformed);
        Ok(Self { x509, der: der.to_vec(), sha256: Sha256::of(der), validity, facts, words: OnceLock::new() })
    }

    /// The octets that were read.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Digest of those octets.
    pub const fn sha256(&self) -> Sha256 {
        self.sha256
    }

    /// Valid from, valid to.
    pub fn validity(&self) -> Result<(Moment, Moment), Code> {
        self.validity.ok_or(Code::CertificateMalformed)
    }

    /// For the library's own lists of certificates.
    pub fn x509(&self) -> &X509 {
        &self.x509
    }

    /// Where `at` lies by the two ends of the validity: every comparison with them has the same outcome
    /// for all moments of the same answer.
    pub fn compare(&self, at: Moment) -> Option<(Ordering, Ordering)> {
        self.validity.map(|(from, to)| (at.cmp(&from), at.cmp(&to)))
    }

    /// Names and serial number.
    pub fn words(&self) -> &Words {
        self.words.get_or_init(|| Words {
            subject: common_name(self.x509.subject_name()),
            organization: organization(self.x509.subject_name()),
            issuer: common_name(self.x509.issuer_name()),
            issuer_organization: organization(self.x509.issuer_name()),
            serial: serial(&self.x509),
        })
    }

    fn facts(&self) -> Result<&Facts, Code> {
        self.facts.as_ref().map_err(|code| *code)
    }

    /// Issuer name and serial number, each a whole element.
    pub fn issuer_and_serial(&self) -> Result<(&[u8], &[u8]), Code> {
        self.facts().map(|facts| (facts.issuer.as_slice(), facts.serial.as_slice()))
    }

    /// The first octet of keyUsage (digitalSignature is 0x80), or nothing where there is no such extension.
    pub fn key_usage(&self) -> Result<Option<u8>, Code> {
        self.facts()?.usage
    }

    /// extKeyUsage with its criticality; nothing where there is no such extension.
    pub fn extended_key_usage(&self) -> Result<Option<&Purposes>, Code> {
        self.facts()?.purposes.as_ref().map(Option::as_ref).map_err(|code| *code)
    }

    /// The names of the distribution points of its lists, each a whole element (RFC 5280, 4.2.1.13).
    pub fn distribution_points(&self) -> &[Vec<u8>] {
        self.facts.as_ref().map_or(&[], |facts| &facts.distribution_points)
    }

    /// keyUsage allows digitalSignature or nonRepudiation; an older Ban Cơ yếu leaf has only the second.
    /// Without the extension any usage is allowed (RFC 5280, 4.2.1.3).
    pub fn may_sign(&self) -> bool {
        matches!(self.key_usage(), Ok(usage) if usage.is_none_or(|bits| bits & 0xc0 != 0))
    }

    /// May sign, and not as a service: a certificate whose only purpose is to timestamp or to answer for
    /// OCSP signs no document (RFC 5280, 4.2.1.12).
    pub fn may_sign_documents(&self) -> bool {
        const SERVICES: [&str; 2] = ["1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9"];
        let is_service =
            |(_, purposes): &Purposes| purposes.iter().all(|purpose| SERVICES.contains(&purpose.as_str()));
        self.may_sign() && self.extended_key_usage().is_ok_and(|purposes| !purposes.is_some_and(is_service))
    }

    /// The certificate itself is signed with MD5 or SHA-1.
    pub fn is_weakly_signed(&self) -> bool {
        self.facts.as_ref().map_or(true, |facts| facts.is_weakly_signed)
    }

    /// The certificate itself is signed with MD5.
    pub fn is_signed_with_md5(&self) -> bool {
        tbs(&self.der).map_or(true, |tbs| tbs.signature.oid == "1.2.840.113549.1.1.4")
    }

    /// RSA of 2048 bits or more that no flawed generator made, or EC of 256 bits or more.
    pub fn has_strong_key(&self) -> bool {
        let strong = |key: &PKeyRef<Public>| match key.id() {
            Id::RSA => key.bits() >= 2048 && key.rsa().is_ok_and(|key| !roca::has_fingerprint(key.n())),
            Id::RSA_PSS => key.bits() >= 2048,
            Id::EC => key.bits() >= 256,
            _ => false,
        };
        self.x509.public_key().is_ok_and(|key| strong(&key))
    }

    /// basicConstraints says that it may issue certificates (RFC 5280, 4.2.1.9).
    pub fn is_authority(&self) -> bool {
        const BOOLEAN: u8 = 0x01;
        tbs(&self.der).is_ok_and(|tbs| {
            let found = tbs.extensions.iter().find(|(oid, ..)| oid == BASIC_CONSTRAINTS);
            let said =
                found.and_then(|(_, _, value)| Reader::single(value, SEQUENCE).ok()?.inside().next().ok());
            said.is_some_and(|said| said.tag == BOOLEAN && said.content == [0xff])
        })
    }

    /// The octets of subjectPublicKey, over which OCSP names an issuer (RFC 6960, 4.1.1).
    pub fn subject_public_key(&self) -> Result<&[u8], Code> {
        let bits = || {
            let mut reader = tbs(&self.der)?.public_key_info.inside();
            reader.expect(SEQUENCE)?;
            reader.expect(BIT_STRING)
        };
        bits().ok().and_then(|bits| bits.content.get(1..)).ok_or(Code::CertificateMalformed)
    }
}

impl Deref for Certificate {
    type Target = X509Ref;

    fn deref(&self) -> &X509Ref {
        &self.x509
    }
}

struct Tbs<'a> {
    serial: Tlv<'a>,
    signature: Algorithm<'a>,
    issuer: Tlv<'a>,
    public_key_info: Tlv<'a>,
    extensions: Vec<Extension<'a>>,
}

fn tbs(der: &[u8]) -> Result<Tbs<'_>, NotDer> {
    let mut reader = Reader::single(der, SEQUENCE)?.inside().expect(SEQUENCE)?.inside();
    reader.optional(0xa0)?;
    let serial = reader.expect(INTEGER)?;
    let signature = Algorithm::read(&reader.next()?)?;
    let issuer = reader.expect(SEQUENCE)?;
    reader.expect(SEQUENCE)?;
    reader.expect(SEQUENCE)?;
    let public_key_info = reader.expect(SEQUENCE)?;
    reader.optional(0x81)?;
    reader.optional(0x82)?;
    let found = match reader.optional(0xa3)? {
        Some(wrapped) => extensions(&Reader::single(wrapped.content, SEQUENCE)?)?,
        None => Vec::new(),
    };
    reader.end()?;
    Ok(Tbs { serial, signature, issuer, public_key_info, extensions: found })
}

impl Facts {
    fn of(tbs: &Tbs<'_>) -> Self {
        const WEAK: [&str; 4] =
            ["1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1", "1.2.840.10040.4.3"];
        Self {
            issuer: tbs.issuer.whole.to_vec(),
            serial: tbs.serial.whole.to_vec(),
            is_weakly_signed: WEAK.contains(&tbs.signature.oid.as_str()),
            usage: usage(tbs),
            purposes: purposes(tbs),
            distribution_points: distribution_points(tbs).unwrap_or_default(),
        }
    }
}

fn usage(tbs: &Tbs<'_>) -> Result<Option<u8>, Code> {
    let Some((_, _, value)) = tbs.extensions.iter().find(|(oid, ..)| oid == KEY_USAGE) else {
        return Ok(None);
    };
    let bits = Reader::single(value, BIT_STRING).map_err(|_| Code::CertificateMalformed)?;
    Ok(Some(bits.content.get(1).copied().unwrap_or(0)))
}

fn purposes(tbs: &Tbs<'_>) -> Result<Option<Purposes>, Code> {
    let malformed = |_| Code::CertificateMalformed;
    let Some((_, critical, value)) = tbs.extensions.iter().find(|(oid, ..)| oid == EXTENDED_KEY_USAGE) else {
        return Ok(None);
    };
    let purposes = Reader::single(value, SEQUENCE).and_then(|list| list.inside().all()).map_err(malformed)?;
    let oids = purposes.iter().map(Tlv::oid).collect::<Result<Vec<_>, _>>().map_err(malformed)?;
    Ok(Some((*critical, oids)))
}

fn distribution_points(tbs: &Tbs<'_>) -> Result<Vec<Vec<u8>>, NotDer> {
    let Some((.., value)) = tbs.extensions.iter().find(|(oid, ..)| oid == DISTRIBUTION_POINTS) else {
        return Ok(Vec::new());
    };
    let mut names = Vec::new();
    for point in Reader::single(value, SEQUENCE)?.inside().all()? {
        if let Some(name) = point.inside().optional(0xa0)? {
            names.extend(full_names(&name)?);
        }
    }
    Ok(names)
}

/// Issuer name and serial number, each a whole element, of what may be no certificate for the library.
pub(crate) fn issuer_and_serial(der: &[u8]) -> Result<(&[u8], &[u8]), Code> {
    let tbs = tbs(der).map_err(|_| Code::CertificateMalformed)?;
    Ok((tbs.issuer.whole, tbs.serial.whole))
}

/// The signature of `certificate` is by the key of `issuer`, whatever their names are.
pub(crate) fn is_signed_with(certificate: &X509Ref, issuer: &X509Ref) -> bool {
    issuer.public_key().and_then(|key| certificate.verify(&key)).unwrap_or(false)
}

/// `issuer` has the name that `certificate` gives its issuer.
pub(crate) fn is_named_by(certificate: &X509Ref, issuer: &X509Ref) -> bool {
    let names = || certificate.issuer_name().to_der().ok().zip(issuer.subject_name().to_der().ok());
    names().is_some_and(|(named, name)| named == name)
}

/// Common name, or the whole of what names it where there is none.
fn common_name(name: &X509NameRef) -> String {
    let text = |nid| {
        let entry = name.entries_by_nid(nid).last()?;
        entry.data().to_string().ok().filter(|text| !text.is_empty())
    };
    [Nid::COMMONNAME, Nid::ORGANIZATIONALUNITNAME, Nid::ORGANIZATIONNAME]
        .into_iter()
        .find_map(text)
        .unwrap_or_default()
}

/// The organization of a name, where it has one.
fn organization(name: &X509NameRef) -> Option<String> {
    let entry = name.entries_by_nid(Nid::ORGANIZATIONNAME).last()?;
    entry.data().to_string().ok().filter(|text| !text.is_empty())
}

/// Serial number in upper-case hexadecimal.
fn serial(certificate: &X509Ref) -> String {
    let hex = certificate.serial_number().to_bn().and_then(|number| number.to_hex_str());
    hex.map(|text| text.to_string()).unwrap_or_default()
}

fn validity(certificate: &X509Ref) -> Result<(Moment, Moment), Code> {
    let moment = |time: &Asn1TimeRef| -> Result<Moment, Code> {
        let epoch = Asn1Time::from_unix(0).map_err(|_| Code::CertificateMalformed)?;
        let since = epoch.diff(time).map_err(|_| Code::CertificateMalformed)?;
        Ok(Moment::from_unix(i64::from(since.days) * 86_400 + i64::from(since.secs)))
    };
    Ok((moment(certificate.not_before())?, moment(certificate.not_after())?))
}

/// Addresses of OCSP responders and CRL distribution points.
pub(crate) fn addresses(certificate: &X509) -> (Vec<String>, Vec<String>) {
    let mut ocsp = Vec::new();
    if let Ok(stack) = certificate.ocsp_responders() {
        ocsp.extend(stack.iter().map(|url| url.to_string()));
    }
    let mut crl = Vec::new();
    for point in certificate.crl_distribution_points().iter().flatten() {
        let names = point.distpoint().and_then(|name| name.fullname());
        crl.extend(names.into_iter().flatten().filter_map(|name| name.uri().map(str::to_owned)));
    }
    (ocsp, crl)
}
