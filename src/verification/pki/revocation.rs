//! Revocation by CRLs (RFC 5280, 6.3) and OCSP responses (RFC 6960), by hand: signature, names and
//! dates of the data first, then what it says, compared with the moment that matters.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use openssl::hash::MessageDigest;
use openssl::ocsp::{OcspCertId, OcspFlag, OcspResponse, OcspResponseStatus};
use openssl::x509::{X509, X509Crl, X509Ref};
use school::moment::Moment;

use crate::asn1::{
    Algorithm, ENUMERATED, Extension, INTEGER, NotDer, OCTET_STRING, Reader, SEQUENCE, Tlv, extensions,
};
use crate::cms::hash;
use crate::pki::certificate;
use crate::pki::path::Pool;
use crate::report::{Revocation, RevocationSource};

/// How far clocks may differ.
pub(crate) const SKEW_SECONDS: i64 = 300;
const INVALIDITY_DATE: &str = "2.5.29.24";
const ISSUING_DISTRIBUTION_POINT: &str = "2.5.29.28";

/// CRLs and OCSP responses at hand, DER.
#[derive(Debug, Clone, Default)]
pub(crate) struct RevocationData {
    pub crls: Vec<Vec<u8>>,
    pub ocsps: Vec<Vec<u8>>,
}

/// The moments that a judgement of revocation is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moments {
    /// When the judgement is made.
    pub at: Moment,
    /// When the signature is proven to have existed; nothing without a proof.
    pub poe: Option<Moment>,
}

impl Moments {
    /// The moment that data must cover.
    fn control(self) -> Moment {
        self.poe.unwrap_or(self.at)
    }

    fn covers(self, this_update: Moment, next_update: Option<Moment>) -> bool {
        let control = self.control();
        let known = this_update <= self.at.plus_seconds(SKEW_SECONDS);
        let fresh = match next_update {
            Some(next) => next.plus_seconds(SKEW_SECONDS) >= control,
            None => this_update.plus_seconds(SKEW_SECONDS) >= control,
        };
        known && fresh
    }
}

enum Says {
    Good,
    /// Revoked from this moment on: the earlier of revocation and invalidity date.
    Revoked(Moment),
}

/// The status of the whole path: every certificate below the anchor, leaf first.
pub(crate) fn of_path(
    leaf: &X509Ref,
    path: &[X509],
    pool: &Pool,
    data: &RevocationData,
    when: Moments,
) -> Revocation {
    let certificates = std::iter::once(leaf).chain(path.iter().map(AsRef::as_ref));
    let mut worst = Revocation::Good;
    for (certificate, issuer) in certificates.zip(path) {
        let status = of(certificate, issuer, pool, data, when);
        if rank(status) > rank(worst) {
            worst = status;
        }
    }
    if path.is_empty() { Revocation::Unchecked } else { worst }
}

/// Where the certificates of the path whose status nothing at hand tells could be asked.
pub(crate) fn sources(
    leaf: &X509Ref,
    path: &[X509],
    pool: &Pool,
    data: &RevocationData,
    when: Moments,
) -> Vec<RevocationSource> {
    let certificates = std::iter::once(leaf).chain(path.iter().map(AsRef::as_ref));
    let unchecked = certificates
        .zip(path)
        .filter(|(certificate, issuer)| of(certificate, issuer, pool, data, when) == Revocation::Unchecked);
    let encode = |one: &X509Ref| STANDARD.encode(certificate::der(one));
    unchecked
        .map(|(certificate, issuer)| {
            let (ocsp, crl) = certificate::addresses(&certificate.to_owned());
            RevocationSource { certificate: encode(certificate), issuer: encode(issuer), ocsp, crl }
        })
        .collect()
}

const fn rank(status: Revocation) -> u8 {
    match status {
        Revocation::Good => 0,
        Revocation::RevokedAfterPoe => 1,
        Revocation::Unchecked => 2,
        Revocation::Revoked => 3,
    }
}

/// The status of one certificate. One usable "revoked" outweighs any number of "good".
fn of(
    certificate: &X509Ref,
    issuer: &X509Ref,
    pool: &Pool,
    data: &RevocationData,
    when: Moments,
) -> Revocation {
    let from_crls =
        data.crls.iter().filter_map(|der| crl_says(der, certificate, issuer, when).ok().flatten());
    let from_ocsps =
        data.ocsps.iter().filter_map(|der| ocsp_says(der, certificate, issuer, pool, when).ok().flatten());
    let mut good = false;
    let mut revoked: Option<Moment> = None;
    for says in from_crls.chain(from_ocsps) {
        match says {
            Says::Good => good = true,
            Says::Revoked(from) => revoked = Some(revoked.map_or(from, |earlier| earlier.min(from))),
        }
    }
    match revoked {
        // Later than the moment judged: not revoked yet, and that is proven.
        Some(from) if from > when.at => Revocation::Good,
        Some(from) if when.poe.is_some_and(|poe| poe < from) => Revocation::RevokedAfterPoe,
        Some(_) => Revocation::Revoked,
        None if good => Revocation::Good,
        None => Revocation::Unchecked,
    }
}

fn time(element: &Tlv<'_>) -> Result<Moment, NotDer> {
    element.time()
}

fn optional_time(reader: &mut Reader<'_>) -> Result<Option<Moment>, NotDer> {
    for tag in [0x17, 0x18] {
        if let Some(element) = reader.optional(tag)? {
            return time(&element).map(Some);
        }
    }
    Ok(None)
}

/// What a CRL says of `certificate`; nothing where it is not about it or not usable.
fn crl_says(
    der: &[u8],
    certificate: &X509Ref,
    issuer: &X509Ref,
    when: Moments,
) -> Result<Option<Says>, NotDer> {
    let (mut list, outer_algorithm) = {
        let mut reader = Reader::single(der, SEQUENCE)?.inside();
        (reader.expect(SEQUENCE)?.inside(), Algorithm::read(&reader.next()?)?)
    };
    list.optional(INTEGER)?;
    if Algorithm::read(&list.expect(SEQUENCE)?)? != outer_algorithm {
        return Err(NotDer);
    }
    list.expect(SEQUENCE)?;
    let this_update = time(&list.next()?)?;
    let next_update = optional_time(&mut list)?;
    let entries = list.optional(SEQUENCE)?;
    let limits = match list.optional(0xa0)? {
        Some(wrapped) => extensions(&Reader::single(wrapped.content, SEQUENCE)?)?,
        None => Vec::new(),
    };
    list.end()?;
    if !is_for(certificate, &limits)? || !is_issued_by(der, issuer) {
        return Ok(None);
    }
    let certificate_der = certificate::der(certificate);
    let (_, serial) = certificate::issuer_and_serial(&certificate_der).map_err(|_| NotDer)?;
    let mut entries = entries.map(|one| one.inside()).unwrap_or_else(|| Reader::new(&[]));
    while !entries.is_empty() {
        let mut entry = entries.expect(SEQUENCE)?.inside();
        if entry.expect(INTEGER)?.whole != serial {
            continue;
        }
        let revoked = time(&entry.next()?)?;
        let invalid = match entry.optional(SEQUENCE)? {
            Some(list) => invalidity(&extensions(&list)?)?,
            None => None,
        };
        // A list that is too old to prove "good" still proves "revoked".
        return Ok(Some(Says::Revoked(invalid.map_or(revoked, |date| date.min(revoked)))));
    }
    Ok(when.covers(this_update, next_update).then_some(Says::Good))
}

fn invalidity(entries: &[Extension<'_>]) -> Result<Option<Moment>, NotDer> {
    let Some((.., value)) = entries.iter().find(|(oid, ..)| oid == INVALIDITY_DATE) else { return Ok(None) };
    Reader::single(value, 0x18)?.time().map(Some)
}

/// Delta and indirect CRLs, CRLs for other certificates, and unknown critical extensions are not usable.
fn is_for(certificate: &X509Ref, limits: &[Extension<'_>]) -> Result<bool, NotDer> {
    for (oid, critical, value) in limits {
        if oid != ISSUING_DISTRIBUTION_POINT {
            if *critical {
                return Ok(false);
            }
            continue;
        }
        let is_ca = certificate::key_usage(&certificate::der(certificate))
            .is_ok_and(|usage| usage.is_some_and(|bits| bits & 0x04 != 0));
        for part in Reader::single(value, SEQUENCE)?.inside().all()? {
            let fits = match part.tag {
                0xa0 => true,
                0x81 => !is_ca,
                0x82 => is_ca,
                _ => false,
            };
            if !fits {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// True for the DER of a CRL and nothing behind it.
pub(crate) fn is_list(der: &[u8]) -> bool {
    Reader::single(der, SEQUENCE).is_ok() && X509Crl::from_der(der).is_ok()
}

/// True for the DER of an OCSPResponse and nothing behind it.
pub(crate) fn is_answer(der: &[u8]) -> bool {
    Reader::single(der, SEQUENCE).is_ok() && OcspResponse::from_der(der).is_ok()
}

fn is_issued_by(der: &[u8], issuer: &X509Ref) -> bool {
    let may_sign_crls = certificate::key_usage(&certificate::der(issuer))
        .is_ok_and(|usage| usage.is_none_or(|bits| bits & 0x02 != 0));
    let run = || -> Result<bool, openssl::error::ErrorStack> {
        let crl = X509Crl::from_der(der)?;
        let named = crl.issuer_name().to_der()? == issuer.subject_name().to_der()?;
        Ok(named && crl.verify(issuer.public_key()?.as_ref())?)
    };
    may_sign_crls && run().unwrap_or(false)
}

/// What an OCSP response says of `certificate`; nothing where it is not about it or not usable.
fn ocsp_says(
    der: &[u8],
    certificate: &X509Ref,
    issuer: &X509Ref,
    pool: &Pool,
    when: Moments,
) -> Result<Option<Says>, NotDer> {
    let (produced, singles) = single_responses(der)?;
    let id = |digest| OcspCertId::from_cert(digest, certificate, issuer);
    // Responders answer for SHA-1 ids; some now for SHA-256.
    let asked = [MessageDigest::sha1(), MessageDigest::sha256()];
    let Ok(response) = OcspResponse::from_der(der) else { return Ok(None) };
    if response.status() != OcspResponseStatus::SUCCESSFUL {
        return Ok(None);
    }
    let Ok(basic) = response.basic() else { return Ok(None) };
    let about =
        asked.into_iter().filter_map(|digest| id(digest).ok()).any(|id| basic.find_status(&id).is_some());
    if !about {
        return Ok(None);
    }
    // The responder's certificate lives for weeks: it is judged when it answered.
    let (Ok(store), Ok(mut stack)) = (pool.store(produced), pool.stack()) else { return Ok(None) };
    if stack.push(issuer.to_owned()).is_err() || basic.verify(&stack, &store, OcspFlag::empty()).is_err() {
        return Ok(None);
    }
    let certificate_der = certificate::der(certificate);
    let (_, serial) = certificate::issuer_and_serial(&certificate_der).map_err(|_| NotDer)?;
    let issuer_key = issuer_key_digests(issuer)?;
    let mut answer = None;
    for single in &singles {
        if single.serial != serial || !issuer_key.iter().any(|digest| digest == single.issuer_key) {
            continue;
        }
        match single.status {
            Status::Revoked(from) => return Ok(Some(Says::Revoked(from))),
            Status::Good if when.covers(single.this_update, single.next_update) => answer = Some(Says::Good),
            _ => {}
        }
    }
    Ok(answer)
}

fn issuer_key_digests(issuer: &X509Ref) -> Result<[Vec<u8>; 2], NotDer> {
    let issuer_der = certificate::der(issuer);
    let key = certificate::subject_public_key(&issuer_der).map_err(|_| NotDer)?;
    let digest = |kind| hash(kind, &[key]).map_err(|_| NotDer);
    Ok([digest(MessageDigest::sha1())?, digest(MessageDigest::sha256())?])
}

enum Status {
    Good,
    Revoked(Moment),
    Unknown,
}

struct Single<'a> {
    issuer_key: &'a [u8],
    serial: &'a [u8],
    status: Status,
    this_update: Moment,
    next_update: Option<Moment>,
}

/// producedAt and the single responses (RFC 6960, 4.2.1); the library hides producedAt.
fn single_responses(der: &[u8]) -> Result<(Moment, Vec<Single<'_>>), NotDer> {
    let mut outer = Reader::single(der, SEQUENCE)?.inside();
    outer.expect(ENUMERATED)?;
    let bytes = Reader::single(outer.expect(0xa0)?.content, SEQUENCE)?;
    let mut bytes = bytes.inside();
    if bytes.next()?.oid()? != "1.3.6.1.5.5.7.48.1.1" {
        return Err(NotDer);
    }
    let basic = Reader::single(bytes.expect(OCTET_STRING)?.content, SEQUENCE)?;
    let mut data = basic.inside().expect(SEQUENCE)?.inside();
    data.optional(0xa0)?;
    let responder = data.next()?;
    if responder.tag != 0xa1 && responder.tag != 0xa2 {
        return Err(NotDer);
    }
    let produced = data.next()?.time()?;
    let mut singles = Vec::new();
    for element in data.expect(SEQUENCE)?.inside().all()? {
        singles.push(single(&element)?);
    }
    Ok((produced, singles))
}

fn single<'a>(element: &Tlv<'a>) -> Result<Single<'a>, NotDer> {
    let mut reader = element.inside();
    let mut id = reader.expect(SEQUENCE)?.inside();
    id.expect(SEQUENCE)?;
    id.expect(OCTET_STRING)?;
    let issuer_key = id.expect(OCTET_STRING)?.content;
    let serial = id.expect(INTEGER)?.whole;
    let status = reader.next()?;
    let this_update = reader.expect(0x18)?.time()?;
    let next_update = match reader.optional(0xa0)? {
        Some(wrapped) => Some(Reader::single(wrapped.content, 0x18)?.time()?),
        None => None,
    };
    let invalid = match reader.optional(0xa1)? {
        Some(wrapped) => invalidity(&extensions(&Reader::single(wrapped.content, SEQUENCE)?)?)?,
        None => None,
    };
    let status = match status.tag {
        0x80 => Status::Good,
        0xa1 => {
            let from = status.inside().expect(0x18)?.time()?;
            Status::Revoked(invalid.map_or(from, |date| date.min(from)))
        }
        _ => Status::Unknown,
    };
    Ok(Single { issuer_key, serial, status, this_update, next_update })
}
