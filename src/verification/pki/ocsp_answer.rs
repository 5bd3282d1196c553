//! One OCSP response (RFC 6960), read once: whom it is about and what it says. Its signature is checked
//! for a certificate that it speaks of.

use openssl::hash::MessageDigest;
use openssl::ocsp::{OcspCertId, OcspFlag, OcspResponse, OcspResponseStatus};
use school::digest::Sha256;
use school::moment::Moment;

use crate::asn1::{ENUMERATED, INTEGER, NotDer, OCTET_STRING, Reader, SEQUENCE, Tlv, extensions};
use crate::cms::hash;
use crate::pki::certificate::Certificate;
use crate::pki::path::Pool;
use crate::pki::revocation_list::invalidity;

/// The octets of a response, and what they say where they can be used.
#[derive(Debug)]
pub(crate) struct OcspAnswer {
    der: Vec<u8>,
    sha256: Sha256,
    content: Option<Content>,
}

/// producedAt, which the library hides, and the single responses.
#[derive(Debug)]
struct Content {
    produced: Moment,
    singles: Vec<Single>,
}

#[derive(Debug)]
struct Single {
    issuer_key: Vec<u8>,
    serial: Vec<u8>,
    /// Nothing for "unknown".
    answered: Option<Answered>,
}

/// What one single response says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answered {
    /// Revoked from this moment on: the earlier of revocation and invalidity date.
    Revoked(Moment),
    /// Not revoked, by an answer of these dates.
    Good { this_update: Moment, next_update: Option<Moment> },
}

impl OcspAnswer {
    /// Reads the response.
    pub fn read(der: &[u8]) -> Self {
        Self { der: der.to_vec(), sha256: Sha256::of(der), content: Content::read(der).ok() }
    }

    /// The octets that were read.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// What it says of `certificate`, up to a revocation; nothing where it is not about it or not usable.
    pub fn says(&self, certificate: &Certificate, issuer: &Certificate, pool: &Pool) -> Vec<Answered> {
        let Some(content) = &self.content else { return Vec::new() };
        let Ok((_, serial)) = certificate.issuer_and_serial() else { return Vec::new() };
        let named: Vec<&Single> = content.singles.iter().filter(|single| single.serial == serial).collect();
        if named.is_empty() {
            return Vec::new();
        }
        let Ok(issuer_key) = issuer_key_digests(issuer) else { return Vec::new() };
        let is_about = |single: &&Single| issuer_key.contains(&single.issuer_key);
        let mut said: Vec<Answered> =
            named.into_iter().filter(is_about).filter_map(|single| single.answered).collect();
        if let Some(revoked) = said.iter().position(|one| matches!(one, Answered::Revoked(_))) {
            said.swap(0, revoked);
            said.truncate(1);
        }
        if said.is_empty() {
            return said;
        }
        // The response with its moment, the two certificates and the pool: nothing else is asked.
        let named = [self.sha256, certificate.sha256(), issuer.sha256()].map(|one| *one.as_bytes()).concat();
        let is_signed = pool.checked().signature((Sha256::of(&named), pool.identity()), || {
            self.is_signed(content, certificate, issuer, pool)
        });
        if is_signed { said } else { Vec::new() }
    }

    /// About this certificate for the library too, and signed by the issuer or a responder of the issuer.
    fn is_signed(
        &self,
        content: &Content,
        certificate: &Certificate,
        issuer: &Certificate,
        pool: &Pool,
    ) -> bool {
        let Ok(response) = OcspResponse::from_der(&self.der) else { return false };
        if response.status() != OcspResponseStatus::SUCCESSFUL {
            return false;
        }
        let Ok(basic) = response.basic() else { return false };
        // Responders answer for SHA-1 ids; some now for SHA-256.
        let about = [MessageDigest::sha1(), MessageDigest::sha256()]
            .into_iter()
            .filter_map(|digest| OcspCertId::from_cert(digest, certificate, issuer).ok())
            .any(|id| basic.find_status(&id).is_some());
        // The responder's certificate lives for weeks: it is judged when it answered.
        let (true, Ok(store), Ok(mut stack)) = (about, pool.store(content.produced), pool.stack()) else {
            return false;
        };
        stack.push(issuer.x509().clone()).is_ok() && basic.verify(&stack, &store, OcspFlag::empty()).is_ok()
    }
}

/// True for the DER of an OCSPResponse and nothing behind it.
pub(crate) fn is_answer(der: &[u8]) -> bool {
    Reader::single(der, SEQUENCE).is_ok() && OcspResponse::from_der(der).is_ok()
}

fn issuer_key_digests(issuer: &Certificate) -> Result<[Vec<u8>; 2], NotDer> {
    let key = issuer.subject_public_key().map_err(|_| NotDer)?;
    let digest = |kind| hash(kind, &[key]).map_err(|_| NotDer);
    Ok([digest(MessageDigest::sha1())?, digest(MessageDigest::sha256())?])
}

impl Content {
    /// RFC 6960, 4.2.1.
    fn read(der: &[u8]) -> Result<Self, NotDer> {
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
            singles.push(Single::read(&element)?);
        }
        Ok(Self { produced, singles })
    }
}

impl Single {
    fn read(element: &Tlv<'_>) -> Result<Self, NotDer> {
        let mut reader = element.inside();
        let mut id = reader.expect(SEQUENCE)?.inside();
        id.expect(SEQUENCE)?;
        id.expect(OCTET_STRING)?;
        let issuer_key = id.expect(OCTET_STRING)?.content.to_vec();
        let serial = id.expect(INTEGER)?.whole.to_vec();
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
        let answered = match status.tag {
            0x80 => Some(Answered::Good { this_update, next_update }),
            0xa1 => {
                let from = status.inside().expect(0x18)?.time()?;
                Some(Answered::Revoked(invalid.map_or(from, |date| date.min(from))))
            }
            _ => None,
        };
        Ok(Self { issuer_key, serial, answered })
    }
}
