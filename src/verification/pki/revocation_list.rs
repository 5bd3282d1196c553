//! One CRL (RFC 5280, 5), read once: whom it is for, its dates, and its entries sorted by serial number,
//! because lists of public authorities have tens of thousands.

use std::ops::Range;

use openssl::x509::X509Crl;
use school::digest::Sha256;
use school::moment::Moment;

use crate::asn1::{Algorithm, Extension, INTEGER, NotDer, Reader, SEQUENCE, Tlv, extensions};
use crate::pki::certificate::Certificate;
use crate::pki::checked::Checked;

const INVALIDITY_DATE: &str = "2.5.29.24";
const ISSUING_DISTRIBUTION_POINT: &str = "2.5.29.28";
const DELTA: &str = "2.5.29.27";

/// The octets of a CRL, and what they say where they can be used.
#[derive(Debug)]
pub(crate) struct RevocationList {
    der: Vec<u8>,
    sha256: Sha256,
    is_list: bool,
    content: Option<Content>,
}

#[derive(Debug)]
struct Content {
    this_update: Moment,
    next_update: Option<Moment>,
    scope: Scope,
    /// Where the entries stand in the DER, by serial number; of equal ones the first stays first.
    entries: Vec<Range<u32>>,
}

/// What a list is about (5.2.5).
#[derive(Debug)]
struct Scope {
    for_authorities: bool,
    for_others: bool,
    /// The names of its distribution point, each a whole element: a list of one part says nothing of the others.
    points: Option<Vec<Vec<u8>>>,
}

impl Scope {
    const NOTHING: Self = Self { for_authorities: false, for_others: false, points: None };

    fn covers(&self, certificate: &Certificate) -> bool {
        let is_authority =
            certificate.key_usage().is_ok_and(|usage| usage.is_some_and(|bits| bits & 0x04 != 0));
        let is_kind = if is_authority { self.for_authorities } else { self.for_others };
        let is_part = |points: &Vec<Vec<u8>>| {
            certificate.distribution_points().iter().any(|point| points.contains(point))
        };
        is_kind && self.points.as_ref().is_none_or(is_part)
    }
}

/// What a list says of one certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listed {
    /// From this moment on: the earlier of revocation and invalidity date.
    Revoked(Moment),
    /// Not there, by a list of these dates.
    Absent { this_update: Moment, next_update: Option<Moment> },
}

impl RevocationList {
    /// Reads the list.
    pub fn read(der: &[u8]) -> Self {
        let is_list = Reader::single(der, SEQUENCE).is_ok() && X509Crl::from_der(der).is_ok();
        let content = if is_list { Content::read(der).ok() } else { None };
        Self { der: der.to_vec(), sha256: Sha256::of(der), is_list, content }
    }

    /// The octets that were read.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// True for a CRL and nothing behind it.
    pub const fn is_list(&self) -> bool {
        self.is_list
    }

    /// What it says of `certificate`; nothing where it is not about it or not usable.
    pub fn says(&self, certificate: &Certificate, issuer: &Certificate, checked: &Checked) -> Option<Listed> {
        let content = self.content.as_ref()?;
        if !content.scope.covers(certificate) || !self.is_issued_by(issuer, checked) {
            return None;
        }
        let (_, serial) = certificate.issuer_and_serial().ok()?;
        match content.entry(&self.der, serial) {
            Some(entry) => Some(Listed::Revoked(revoked_from(entry).ok()?)),
            None => {
                Some(Listed::Absent { this_update: content.this_update, next_update: content.next_update })
            }
        }
    }

    fn is_issued_by(&self, issuer: &Certificate, checked: &Checked) -> bool {
        let may_sign_lists = issuer.key_usage().is_ok_and(|usage| usage.is_none_or(|bits| bits & 0x02 != 0));
        let run = || -> Result<bool, openssl::error::ErrorStack> {
            let crl = X509Crl::from_der(&self.der)?;
            let named = crl.issuer_name().to_der()? == issuer.subject_name().to_der()?;
            Ok(named && crl.verify(issuer.public_key()?.as_ref())?)
        };
        may_sign_lists && checked.signature((self.sha256, issuer.sha256()), || run().unwrap_or(false))
    }
}

impl Content {
    fn read(der: &[u8]) -> Result<Self, NotDer> {
        let (mut list, outer_algorithm) = {
            let mut reader = Reader::single(der, SEQUENCE)?.inside();
            (reader.expect(SEQUENCE)?.inside(), Algorithm::read(&reader.next()?)?)
        };
        list.optional(INTEGER)?;
        if Algorithm::read(&list.expect(SEQUENCE)?)? != outer_algorithm {
            return Err(NotDer);
        }
        list.expect(SEQUENCE)?;
        let this_update = list.next()?.time()?;
        let next_update = optional_time(&mut list)?;
        let entries = list.optional(SEQUENCE)?;
        let limits = match list.optional(0xa0)? {
            Some(wrapped) => extensions(&Reader::single(wrapped.content, SEQUENCE)?)?,
            None => Vec::new(),
        };
        list.end()?;
        let scope = scope(&limits)?;
        let entries = match entries {
            Some(entries) => sorted(der, &entries)?,
            None => Vec::new(),
        };
        Ok(Self { this_update, next_update, scope, entries })
    }

    fn entry<'a>(&self, der: &'a [u8], serial: &[u8]) -> Option<Reader<'a>> {
        let at = self.entries.partition_point(|span| serial_of(der, span) < serial);
        let span = self.entries.get(at).filter(|span| serial_of(der, span) == serial)?;
        Some(Reader::new(entry_of(der, span)))
    }
}

fn entry_of<'a>(der: &'a [u8], span: &Range<u32>) -> &'a [u8] {
    der.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// The serial number at the beginning of an entry, a whole element.
fn serial_of<'a>(der: &'a [u8], span: &Range<u32>) -> &'a [u8] {
    Reader::new(entry_of(der, span)).next().map(|serial| serial.whole).unwrap_or_default()
}

/// Where the contents of the entries stand, in the order of their serial numbers.
fn sorted(der: &[u8], entries: &Tlv<'_>) -> Result<Vec<Range<u32>>, NotDer> {
    let place = |part: &[u8]| -> Result<Range<u32>, NotDer> {
        let start = part.as_ptr().addr() - der.as_ptr().addr();
        let number = |at: usize| u32::try_from(at).map_err(|_| NotDer);
        Ok(number(start)?..number(start + part.len())?)
    };
    let mut spans = Vec::new();
    let mut reader = entries.inside();
    while !reader.is_empty() {
        let entry = reader.expect(SEQUENCE)?;
        entry.inside().expect(INTEGER)?;
        spans.push(place(entry.content)?);
    }
    // A stable sort: two entries of one serial number are read as they stand.
    spans.sort_by(|one, other| serial_of(der, one).cmp(serial_of(der, other)));
    spans.shrink_to_fit();
    Ok(spans)
}

fn revoked_from(mut entry: Reader<'_>) -> Result<Moment, NotDer> {
    entry.expect(INTEGER)?;
    let revoked = entry.next()?.time()?;
    let invalid = match entry.optional(SEQUENCE)? {
        Some(list) => invalidity(&extensions(&list)?)?,
        None => None,
    };
    // A list that is too old to prove "good" still proves "revoked".
    Ok(invalid.map_or(revoked, |date| date.min(revoked)))
}

/// The invalidity date among the extensions of an entry.
pub(crate) fn invalidity(entries: &[Extension<'_>]) -> Result<Option<Moment>, NotDer> {
    let Some((.., value)) = entries.iter().find(|(oid, ..)| oid == INVALIDITY_DATE) else { return Ok(None) };
    Reader::single(value, 0x18)?.time().map(Some)
}

fn optional_time(reader: &mut Reader<'_>) -> Result<Option<Moment>, NotDer> {
    for tag in [0x17, 0x18] {
        if let Some(element) = reader.optional(tag)? {
            return element.time().map(Some);
        }
    }
    Ok(None)
}

/// Delta and indirect CRLs, CRLs for other certificates or for some reasons, and unknown critical extensions are
/// not usable.
fn scope(limits: &[Extension<'_>]) -> Result<Scope, NotDer> {
    let mut scope = Scope { for_authorities: true, for_others: true, points: None };
    for (oid, critical, value) in limits {
        if oid != ISSUING_DISTRIBUTION_POINT {
            if *critical || oid == DELTA {
                return Ok(Scope::NOTHING);
            }
            continue;
        }
        for part in Reader::single(value, SEQUENCE)?.inside().all()? {
            match part.tag {
                0xa0 => scope.points = Some(full_names(&part)?),
                0x81 => scope.for_authorities = false,
                0x82 => scope.for_others = false,
                _ => return Ok(Scope::NOTHING),
            }
        }
    }
    Ok(scope)
}

/// The names of a distribution point, each a whole element; none where it is named relative to an issuer.
pub(crate) fn full_names(point: &Tlv<'_>) -> Result<Vec<Vec<u8>>, NotDer> {
    let name = point.inside().next()?;
    if name.tag != 0xa0 {
        return Ok(Vec::new());
    }
    Ok(name.inside().all()?.iter().map(|one| one.whole.to_vec()).collect())
}
