//! X.509 certificates of the demo's authority, in the shape of the ones that Vietnamese schools hold
//! (DOMAIN 5.3) and as RFC 5280, RFC 6960 and RFC 3161 ask for.

use openssl::asn1::{Asn1Object, Asn1OctetString, Asn1Time};
use openssl::bn::BigNum;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{HasPublic, PKey, PKeyRef, Private};
use openssl::rand::rand_bytes;
use openssl::rsa::Rsa;
use openssl::x509::extension::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectKeyIdentifier,
};
use openssl::x509::{X509, X509Builder, X509Extension, X509Name, X509NameBuilder};
use school::moment::Moment;

use super::school::{AUTHORITY_NAME, NO_LEGAL_VALUE, SCHOOL_NAME};

/// Bits of the keys outside of tokens. Larger ones would cost the first start seconds and prove nothing here.
const KEY_BITS: u32 = 2048;

const KEY_PURPOSE_DOCUMENT_SIGNING: &str = "1.3.6.1.4.1.311.10.3.12";
const ID_PKIX_OCSP: &str = "1.3.6.1.5.5.7.48.1";
const ID_PKIX_CA_ISSUERS: &str = "1.3.6.1.5.5.7.48.2";
const ID_PKIX_OCSP_NOCHECK: &str = "1.3.6.1.5.5.7.48.1.5";
const ID_PE_AUTHORITY_INFO_ACCESS: &str = "1.3.6.1.5.5.7.1.1";
const ID_CE_CRL_DISTRIBUTION_POINTS: &str = "2.5.29.31";

/// What a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The root: issues the issuing CA only.
    RootCa,
    /// Issues everything else.
    IssuingCa,
    /// A person or the stamp.
    Signer,
    /// Answers OCSP in the issuing CA's name (RFC 6960, 4.2.2.2).
    OcspResponder,
    /// Gives timestamps (RFC 3161, 2.3).
    TimeStamping,
}

/// Between which moments a certificate is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// First moment.
    pub from: Moment,
    /// Last moment.
    pub to: Moment,
}

impl Validity {
    /// From shortly before `now`, so that clocks may differ a little, for `days`.
    pub const fn days_from(now: Moment, days: i64) -> Self {
        Self { from: now.plus_seconds(-600), to: now.plus_seconds(days * 86_400) }
    }
}

/// RSA keys outside of any token, made side by side.
pub fn rsa_keys<const N: usize>() -> Result<[PKey<Private>; N], ErrorStack> {
    let make = || PKey::from_rsa(Rsa::generate(KEY_BITS)?);
    let made = std::thread::scope(|scope| {
        let threads = [(); N].map(|()| scope.spawn(make));
        threads.map(|thread| thread.join().unwrap_or_else(|_| make()))
    });
    let keys = made.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(keys.try_into().unwrap_or_else(|_| unreachable!("there is one key for each thread")))
}

/// Subject name: country, organisation, the warning, common name and, for people, their title.
pub fn subject(organisation: &str, common_name: &str, title: Option<&str>) -> Result<X509Name, ErrorStack> {
    let mut name = X509NameBuilder::new()?;
    name.append_entry_by_nid(Nid::COUNTRYNAME, "VN")?;
    name.append_entry_by_nid(Nid::ORGANIZATIONNAME, organisation)?;
    name.append_entry_by_nid(Nid::ORGANIZATIONALUNITNAME, NO_LEGAL_VALUE)?;
    if let Some(title) = title {
        name.append_entry_by_nid(Nid::TITLE, title)?;
    }
    name.append_entry_by_nid(Nid::COMMONNAME, common_name)?;
    Ok(name.build())
}

/// Subject of a member of the invented school.
pub fn staff_subject(name: &str, title: &str) -> Result<X509Name, ErrorStack> {
    subject(SCHOOL_NAME, name, Some(title))
}

/// A certificate authority: key and certificate, and where its revocation data is asked for.
pub struct Issuer {
    /// The private key.
    pub key: PKey<Private>,
    /// Its certificate.
    pub certificate: X509,
    /// Where the authority can be reached, such as `http://127.0.0.1:20001`.
    pub address: String,
}

impl Issuer {
    /// A new self-signed root.
    pub fn root(
        key: PKey<Private>,
        common_name: &str,
        address: String,
        validity: Validity,
    ) -> Result<Self, ErrorStack> {
        let name = subject(AUTHORITY_NAME, common_name, None)?;
        let mut builder = begin(&name, validity, &key)?;
        builder.set_issuer_name(&name)?;
        extend(&mut builder, Purpose::RootCa, None, &address)?;
        builder.sign(&key, MessageDigest::sha256())?;
        Ok(Self { key, certificate: builder.build(), address })
    }

    /// A new CA below this root.
    pub fn subordinate(
        &self,
        key: PKey<Private>,
        common_name: &str,
        validity: Validity,
    ) -> Result<Self, ErrorStack> {
        let name = subject(AUTHORITY_NAME, common_name, None)?;
        let certificate = self.issue(&name, Purpose::IssuingCa, validity, &key)?;
        Ok(Self { key, certificate, address: self.address.clone() })
    }

    /// Issues a certificate for the public key.
    pub fn issue<K: HasPublic>(
        &self,
        name: &X509Name,
        purpose: Purpose,
        validity: Validity,
        public_key: &PKeyRef<K>,
    ) -> Result<X509, ErrorStack> {
        let mut builder = begin(name, validity, public_key)?;
        builder.set_issuer_name(self.certificate.subject_name())?;
        extend(&mut builder, purpose, Some(&self.certificate), &self.address)?;
        builder.sign(&self.key, MessageDigest::sha256())?;
        Ok(builder.build())
    }
}

fn begin<K: HasPublic>(
    name: &X509Name,
    validity: Validity,
    public_key: &PKeyRef<K>,
) -> Result<X509Builder, ErrorStack> {
    // 127 bits with the upper ones 01: positive, never a leading zero octet (RFC 5280, 4.1.2.2).
    let mut serial = [0; 16];
    rand_bytes(&mut serial)?;
    serial[0] = serial[0] & 0x3f | 0x40;
    let mut builder = X509Builder::new()?;
    builder.set_version(2)?;
    let serial = BigNum::from_slice(&serial)?.to_asn1_integer()?;
    builder.set_serial_number(&serial)?;
    let [from, to] = [validity.from, validity.to].map(|moment| Asn1Time::from_unix(moment.unix()));
    builder.set_not_before(from?.as_ref())?;
    builder.set_not_after(to?.as_ref())?;
    builder.set_subject_name(name)?;
    builder.set_pubkey(public_key)?;
    Ok(builder)
}

fn extend(
    builder: &mut X509Builder,
    purpose: Purpose,
    issuer: Option<&X509>,
    address: &str,
) -> Result<(), ErrorStack> {
    let mut extensions = usage(purpose)?;
    let context = builder.x509v3_context(issuer.map(|issuer| &**issuer), None);
    extensions.push(SubjectKeyIdentifier::new().build(&context)?);
    if issuer.is_some() {
        extensions.push(AuthorityKeyIdentifier::new().keyid(true).build(&context)?);
    }
    let from = match purpose {
        Purpose::RootCa => None,
        Purpose::IssuingCa => Some(("root", false)),
        Purpose::Signer | Purpose::TimeStamping => Some(("issuing", true)),
        // A responder with ocsp-nocheck is not itself checked (RFC 6960, 4.2.2.2.1).
        Purpose::OcspResponder => None,
    };
    if let Some((ca, by_ocsp)) = from {
        extensions.push(crl_distribution_point(&format!("{address}/{ca}.crl"))?);
        let ocsp = by_ocsp.then(|| format!("{address}/ocsp"));
        extensions.push(authority_information(ocsp.as_deref(), &format!("{address}/{ca}.crt"))?);
    }
    extensions.into_iter().try_for_each(|extension| builder.append_extension(extension))
}

fn usage(purpose: Purpose) -> Result<Vec<X509Extension>, ErrorStack> {
    let end_entity = || BasicConstraints::new().critical().build();
    let ca_usage = || KeyUsage::new().critical().key_cert_sign().crl_sign().build();
    let signing = || KeyUsage::new().critical().digital_signature().non_repudiation().build();
    Ok(match purpose {
        Purpose::RootCa => vec![BasicConstraints::new().critical().ca().build()?, ca_usage()?],
        Purpose::IssuingCa => {
            vec![BasicConstraints::new().critical().ca().pathlen(0).build()?, ca_usage()?]
        }
        Purpose::Signer => vec![
            end_entity()?,
            signing()?,
            ExtendedKeyUsage::new()
                .client_auth()
                .email_protection()
                .other(KEY_PURPOSE_DOCUMENT_SIGNING)
                .build()?,
        ],
        Purpose::OcspResponder => vec![
            end_entity()?,
            KeyUsage::new().critical().digital_signature().build()?,
            ExtendedKeyUsage::new().other("OCSPSigning").build()?,
            extension(ID_PKIX_OCSP_NOCHECK, &[0x05, 0x00])?,
        ],
        Purpose::TimeStamping => {
            vec![end_entity()?, signing()?, ExtendedKeyUsage::new().critical().time_stamping().build()?]
        }
    })
}

/// RFC 5280, 4.2.1.13: one distribution point, one URI.
fn crl_distribution_point(uri: &str) -> Result<X509Extension, ErrorStack> {
    let full_name = tlv(0xa0, &general_name_uri(uri));
    let point = tlv(0x30, &tlv(0xa0, &full_name));
    extension(ID_CE_CRL_DISTRIBUTION_POINTS, &tlv(0x30, &point))
}

/// RFC 5280, 4.2.2.1: the OCSP responder, where there is one, and the issuer's certificate.
fn authority_information(ocsp: Option<&str>, ca_issuers: &str) -> Result<X509Extension, ErrorStack> {
    let mut descriptions = Vec::new();
    for (method, uri) in [(ID_PKIX_OCSP, ocsp), (ID_PKIX_CA_ISSUERS, Some(ca_issuers))] {
        let Some(uri) = uri else { continue };
        let method = Asn1Object::from_str(method)?;
        let description = [tlv(0x06, method.as_slice()), general_name_uri(uri)].concat();
        descriptions.extend(tlv(0x30, &description));
    }
    extension(ID_PE_AUTHORITY_INFO_ACCESS, &tlv(0x30, &descriptions))
}

/// GeneralName, choice uniformResourceIdentifier `[6]`.
fn general_name_uri(uri: &str) -> Vec<u8> {
    tlv(0x86, uri.as_bytes())
}

fn extension(oid: &str, der: &[u8]) -> Result<X509Extension, ErrorStack> {
    let oid = Asn1Object::from_str(oid)?;
    let value = Asn1OctetString::new_from_bytes(der)?;
    X509Extension::new_from_der(&oid, false, &value)
}

/// Tag, length and value in DER; the crate builds no extension with a URI from safe parts.
fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len();
    let mut bytes = vec![tag];
    match length {
        0..0x80 => bytes.push(length as u8),
        0x80..0x100 => bytes.extend([0x81, length as u8]),
        _ => bytes.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    bytes.extend(value);
    bytes
}
