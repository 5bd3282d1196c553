//! A root, an issuing CA, holders of certificates and CRLs, with fixed dates.

use openssl::asn1::{Asn1Integer, Asn1Object, Asn1OctetString, Asn1Time};
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::sign::Signer;
use openssl::x509::extension::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use openssl::x509::{X509, X509Builder, X509Extension, X509Name, X509NameRef};
use school::moment::Moment;

use super::der::{integer, octets as octets_of, oid, sequence, tlv};

pub struct Holder {
    pub key: PKey<Private>,
    pub certificate: X509,
}

impl Holder {
    pub fn der(&self) -> Vec<u8> {
        self.certificate.to_der().unwrap()
    }
}

pub struct Authority {
    pub root: Holder,
    pub issuing: Holder,
}

fn time(date: &str) -> Asn1Time {
    let moment: Moment = format!("{date}T00:00:00Z").parse().unwrap();
    Asn1Time::from_unix(moment.unix()).unwrap()
}

/// UTCTime at the beginning of the day.
fn utc_time(date: &str) -> Vec<u8> {
    tlv(0x17, format!("{}000000Z", date[2..].replace('-', "")).as_bytes())
}

fn generalized_time(date: &str) -> Vec<u8> {
    tlv(0x18, format!("{}000000Z", date.replace('-', "")).as_bytes())
}

fn key() -> PKey<Private> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

fn name(common: &str) -> X509Name {
    let mut name = X509Name::builder().unwrap();
    name.append_entry_by_text("C", "VN").unwrap();
    name.append_entry_by_text("CN", common).unwrap();
    name.build()
}

fn serial(common: &str) -> Asn1Integer {
    let digest = openssl::sha::sha256(common.as_bytes());
    let mut octets = digest[..8].to_vec();
    octets[0] = octets[0] & 0x3f | 0x40;
    Asn1Integer::from_bn(&BigNum::from_slice(&octets).unwrap()).unwrap()
}

/// A certificate whose name says so is signed with SHA-1.
pub const SHA1: &str = "SHA-1";

fn issue(
    common: &str,
    until: &str,
    issuer: Option<&Holder>,
    extend: impl FnOnce(&mut X509Builder),
) -> Holder {
    issue_named(&name(common), common, until, issuer, extend)
}

fn issue_named(
    subject: &X509NameRef,
    common: &str,
    until: &str,
    issuer: Option<&Holder>,
    extend: impl FnOnce(&mut X509Builder),
) -> Holder {
    issue_for(key(), subject, common, until, issuer, extend)
}

fn issue_for(
    key: PKey<Private>,
    subject: &X509NameRef,
    common: &str,
    until: &str,
    issuer: Option<&Holder>,
    extend: impl FnOnce(&mut X509Builder),
) -> Holder {
    let mut builder = X509Builder::new().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&serial(common)).unwrap();
    builder.set_subject_name(subject).unwrap();
    builder.set_issuer_name(issuer.map_or(subject, |one| one.certificate.subject_name())).unwrap();
    builder.set_not_before(&time("2026-01-01")).unwrap();
    builder.set_not_after(&time(until)).unwrap();
    builder.set_pubkey(&key).unwrap();
    extend(&mut builder);
    let digest = if common.contains(SHA1) { MessageDigest::sha1() } else { MessageDigest::sha256() };
    builder.sign(issuer.map_or(&key, |one| &one.key), digest).unwrap();
    Holder { key, certificate: builder.build() }
}

fn ca(builder: &mut X509Builder) {
    builder.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap();
    builder.append_extension(KeyUsage::new().critical().key_cert_sign().crl_sign().build().unwrap()).unwrap();
}

fn signer(builder: &mut X509Builder) {
    let usage = KeyUsage::new().critical().digital_signature().non_repudiation().build().unwrap();
    builder.append_extension(usage).unwrap();
}

/// Appends an extension in DER.
pub fn extension(builder: &mut X509Builder, oid: &str, critical: bool, value: &[u8]) {
    let name = Asn1Object::from_str(oid).unwrap();
    let value = Asn1OctetString::new_from_bytes(value).unwrap();
    builder.append_extension(X509Extension::new_from_der(&name, critical, &value).unwrap()).unwrap();
}

/// The extension of a certificate that names one distribution point (RFC 5280, 4.2.1.13).
pub fn distribution_point(url: &str) -> Vec<u8> {
    sequence(&[sequence(&[tlv(0xa0, &tlv(0xa0, &tlv(0x86, url.as_bytes())))])])
}

impl Authority {
    pub fn new(common: &str) -> Self {
        let root = issue(common, "2045-01-01", None, ca);
        let issuing = issue(&format!("{common}: cấp phát"), "2040-01-01", Some(&root), ca);
        Self { root, issuing }
    }

    /// A root that bears the name of another one, and an issuing CA below it.
    #[allow(dead_code, reason = "for the test program that forges")]
    pub fn look_alike(subject: &X509NameRef) -> Self {
        let root = issue_named(subject, "look-alike", "2045-01-01", None, ca);
        let issuing = issue("look-alike: issuing", "2040-01-01", Some(&root), ca);
        Self { root, issuing }
    }

    /// An authority whose issuing CA stands below this one's, with what `extend` says of it.
    #[allow(dead_code, reason = "for the test program that forges")]
    pub fn below(&self, common: &str, until: &str, extend: impl FnOnce(&mut X509Builder)) -> Self {
        let root = Holder { key: self.issuing.key.clone(), certificate: self.issuing.certificate.clone() };
        Self { issuing: issue(common, until, Some(&root), extend), root }
    }

    /// A signer's certificate, valid from 2026-01-01.
    pub fn issue(&self, common: &str, until: &str) -> Holder {
        issue(common, until, Some(&self.issuing), signer)
    }

    /// A signer's certificate for a key that somebody else made.
    #[allow(dead_code, reason = "for the test program that forges")]
    pub fn issue_for(&self, key: PKey<Private>, common: &str) -> Holder {
        issue_for(key, &name(common), common, "2029-01-01", Some(&self.issuing), signer)
    }

    /// A signer's certificate with one extension more, in DER.
    #[allow(dead_code, reason = "for the test program that forges")]
    pub fn issue_with(&self, common: &str, oid: &str, critical: bool, value: &[u8]) -> Holder {
        issue(common, "2029-01-01", Some(&self.issuing), |builder| {
            signer(builder);
            extension(builder, oid, critical, value);
        })
    }

    /// A signer's certificate that names a responder and a distribution point.
    #[allow(dead_code, reason = "for the test program that fetches")]
    pub fn issue_with_addresses(&self, common: &str, ocsp: &str, crl: &str) -> Holder {
        issue(common, "2029-01-01", Some(&self.issuing), |builder| {
            signer(builder);
            let responder = sequence(&[sequence(&[oid("1.3.6.1.5.5.7.48.1"), tlv(0x86, ocsp.as_bytes())])]);
            extension(builder, "2.5.29.31", false, &distribution_point(crl));
            extension(builder, "1.3.6.1.5.5.7.1.1", false, &responder);
        })
    }

    /// A certificate that is not for signing.
    pub fn issue_encryption(&self, common: &str) -> Holder {
        issue(common, "2029-01-01", Some(&self.issuing), |builder| {
            builder.append_extension(KeyUsage::new().critical().key_encipherment().build().unwrap()).unwrap();
        })
    }

    pub fn issue_tsa(&self, common: &str, until: &str) -> Holder {
        issue(common, until, Some(&self.issuing), |builder| {
            builder
                .append_extension(KeyUsage::new().critical().digital_signature().build().unwrap())
                .unwrap();
            builder
                .append_extension(ExtendedKeyUsage::new().critical().time_stamping().build().unwrap())
                .unwrap();
        })
    }

    /// A responder to which the issuing CA delegates.
    pub fn issue_responder(&self, common: &str) -> Holder {
        issue(common, "2029-01-01", Some(&self.issuing), |builder| {
            builder
                .append_extension(KeyUsage::new().critical().digital_signature().build().unwrap())
                .unwrap();
            builder.append_extension(ExtendedKeyUsage::new().other("OCSPSigning").build().unwrap()).unwrap();
        })
    }

    /// An OCSP response about `holder` (RFC 6960, 4.2.1) by `responder`, produced and updated on `date`;
    /// `revoked`: since when.
    pub fn ocsp(&self, holder: &Holder, responder: &Holder, date: &str, revoked: Option<&str>) -> Vec<u8> {
        let sha1 = |octets: &[u8]| octets_of(&openssl::sha::sha1(octets));
        let issuer = &self.issuing.certificate;
        let key = issuer.public_key().unwrap().ec_key().unwrap();
        let mut context = openssl::bn::BigNumContext::new().unwrap();
        let form = openssl::ec::PointConversionForm::UNCOMPRESSED;
        let point = key.public_key().to_bytes(key.group(), form, &mut context).unwrap();
        let id = sequence(&[
            sequence(&[oid("1.3.14.3.2.26"), vec![0x05, 0x00]]),
            sha1(&issuer.subject_name().to_der().unwrap()),
            sha1(&point),
            tlv(0x02, &holder.certificate.serial_number().to_bn().unwrap().to_vec()),
        ]);
        let status = match revoked {
            None => vec![0x80, 0x00],
            Some(since) => tlv(0xa1, &generalized_time(since)),
        };
        let single = sequence(&[id, status, generalized_time(date)]);
        let data = sequence(&[
            tlv(0xa1, &responder.certificate.subject_name().to_der().unwrap()),
            generalized_time(date),
            sequence(&[single]),
        ]);
        let mut signer = Signer::new(MessageDigest::sha256(), &responder.key).unwrap();
        signer.update(&data).unwrap();
        let signature = [vec![0], signer.sign_to_vec().unwrap()].concat();
        let basic = sequence(&[
            data,
            sequence(&[oid("1.2.840.10045.4.3.2")]),
            tlv(0x03, &signature),
            tlv(0xa0, &sequence(&[responder.der()])),
        ]);
        let bytes = sequence(&[oid("1.3.6.1.5.5.7.48.1.1"), octets_of(&basic)]);
        sequence(&[tlv(0x0a, &[0]), tlv(0xa0, &bytes)])
    }

    /// CRLs of both CAs; `revoked`: certificates of the issuing CA with their dates.
    pub fn crls(&self, from: &str, to: &str, revoked: &[(&Holder, &str)]) -> Vec<Vec<u8>> {
        vec![list(&self.root, from, to, &[], &[]), list(&self.issuing, from, to, revoked, &[])]
    }

    /// The CRL of the issuing CA with these extensions: OID, critical, DER.
    #[allow(dead_code, reason = "for the test program that forges")]
    pub fn limited_crl(&self, revoked: &[(&Holder, &str)], extensions: &[(&str, bool, Vec<u8>)]) -> Vec<u8> {
        list(&self.issuing, "2026-05-30", "2026-12-31", revoked, extensions)
    }
}

fn list(
    issuer: &Holder,
    from: &str,
    to: &str,
    revoked: &[(&Holder, &str)],
    extensions: &[(&str, bool, Vec<u8>)],
) -> Vec<u8> {
    let algorithm = sequence(&[oid("1.2.840.10045.4.3.2")]);
    let entry = |(holder, date): &(&Holder, &str)| {
        let serial = holder.certificate.serial_number().to_bn().unwrap().to_vec();
        sequence(&[tlv(0x02, &serial), utc_time(date)])
    };
    let mut fields = vec![
        integer(1),
        algorithm.clone(),
        issuer.certificate.subject_name().to_der().unwrap(),
        utc_time(from),
        utc_time(to),
    ];
    if !revoked.is_empty() {
        fields.push(sequence(&revoked.iter().map(entry).collect::<Vec<_>>()));
    }
    if !extensions.is_empty() {
        let written = |(name, critical, value): &(&str, bool, Vec<u8>)| {
            let truth = if *critical { tlv(0x01, &[0xff]) } else { Vec::new() };
            sequence(&[oid(name), truth, octets_of(value)])
        };
        fields.push(tlv(0xa0, &sequence(&extensions.iter().map(written).collect::<Vec<_>>())));
    }
    let signed = sequence(&fields);
    let mut signer = Signer::new(MessageDigest::sha256(), &issuer.key).unwrap();
    signer.update(&signed).unwrap();
    let signature = [vec![0], signer.sign_to_vec().unwrap()].concat();
    sequence(&[signed, algorithm, tlv(0x03, &signature)])
}
