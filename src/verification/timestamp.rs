//! Judges RFC 3161 tokens.

use school::moment::Moment;

use crate::asn1::{Algorithm, INTEGER, NotDer, OCTET_STRING, Reader, SEQUENCE};
use crate::circumstances::{Circumstances, LegacyAnchor};
use crate::cms::{self, Shape, Signed, SignedData};
use crate::content::Content;
use crate::pki::checked::Checked;
use crate::pki::past;
use crate::pki::path::{self, Pool};
use crate::pki::revocation::{self, Moments, RevocationData, SKEW_SECONDS};
use crate::report::{Code, Revocation, RevocationSource, Trust};

const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";

/// A token that is intact and over the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timestamp {
    /// genTime.
    pub time: Moment,
    /// Path of the TSA's certificate (critical timeStamping EKU) to an anchor.
    pub trust: Trust,
    /// What is known of that certificate's revocation.
    pub revocation: Revocation,
    /// Where what is unchecked of it could be asked.
    pub sources: Vec<RevocationSource>,
}

/// Judges a TimeStampToken or a whole TimeStampResp (DER) over `content`. `poe`: a later proof that the token
/// existed.
///
/// Errors: a stable SCREAMING_SNAKE_CASE code such as `TIMESTAMP_IMPRINT`.
pub fn judge(
    token: &[u8],
    content: &[u8],
    circumstances: &Circumstances,
    poe: Option<Moment>,
) -> Result<Timestamp, &'static str> {
    let token = token_of(token).map_err(Code::as_str)?;
    let around = circumstances.known.surroundings(circumstances);
    let checked = circumstances.known.checked();
    let intact = intact(token, Content::Pieces(&[content]), checked).map_err(Code::as_str)?;
    let when = Moments { at: circumstances.at, poe };
    // Beside a file nothing protects what nobody signed: it must be as plain as in our PDFs.
    if let Some(oddity) = intact.oddity {
        return Err(oddity.as_str());
    }
    // What is beside a file is younger than every root of the past.
    let judged = standing(&intact, &around.pool, &[], &around.data, when);
    if !judged.is_plain {
        return Err(Code::CmsUnusedCertificate.as_str());
    }
    let (trust, revocation) = (judged.trust, judged.revocation);
    let sources = sources(&intact, &around.pool, &around.data, when);
    Ok(Timestamp { time: intact.time, trust, revocation, sources })
}

/// A token whose digest, signature and imprint agree; its TSA is judged apart.
#[derive(Debug, Clone)]
pub(crate) struct Intact {
    pub time: Moment,
    pub signed: Signed,
    /// Why the token is not plain, see [`SignedData::is_plain`].
    pub oddity: Option<Code>,
}

/// The TSA of a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TsaStanding {
    pub trust: Trust,
    pub revocation: Revocation,
    pub fault: Option<Code>,
    /// The path ends in a root of the past: whether another proof or the token alone says that it is older.
    pub legacy: Option<Code>,
    /// The token embeds nothing but its own path.
    pub is_plain: bool,
}

impl TsaStanding {
    /// The token proves its time. One that rests on a root of the past does only where something else proves
    /// that it is older than the end of that root: it could have been made later and dated back.
    pub fn proves(&self) -> bool {
        self.trust == Trust::Trusted && self.legacy != Some(Code::LegacyAnchorClaimed)
    }

    /// That its authority's certificate was not revoked is known, too.
    pub fn is_checked(&self) -> bool {
        matches!(self.revocation, Revocation::Good | Revocation::RevokedAfterPoe)
    }
}

/// The token inside a TimeStampResp, or the token itself (RFC 3161, 2.4.2).
fn token_of(der: &[u8]) -> Result<&[u8], Code> {
    let read = || -> Result<(Option<u8>, &[u8]), NotDer> {
        let mut reader = Reader::single(der, SEQUENCE)?.inside();
        let first = reader.next()?;
        if first.tag != SEQUENCE {
            return Ok((None, der));
        }
        let status = first.inside().expect(INTEGER)?.content.first().copied();
        let token = if reader.is_empty() { &[] } else { reader.next()?.whole };
        reader.end()?;
        Ok((status, token))
    };
    match read().map_err(|_| Code::TimestampStructure)? {
        (None | Some(0 | 1), token) if !token.is_empty() => Ok(token),
        _ => Err(Code::TimestampRefused),
    }
}

/// Judges the token over the content.
pub(crate) fn intact(token: &[u8], content: Content<'_>, checked: &Checked) -> Result<Intact, Code> {
    let signed_data = SignedData::read(token).map_err(|_| Code::TimestampStructure)?;
    let info = signed_data.econtent().ok_or(Code::TimestampStructure)?;
    let (oid, imprint, time) = tst_info(info).map_err(|_| Code::TimestampStructure)?;
    let (digest, _) = cms::digest_by_oid(&oid).ok_or(Code::CmsAlgorithmUnknown)?;
    if cms::is_weak(digest) {
        return Err(Code::WeakDigest);
    }
    if content.digest(digest)? != imprint {
        return Err(Code::TimestampImprint);
    }
    let signed =
        signed_data.judge(Content::Pieces(&[]), Shape::TIMESTAMP, checked).map_err(|code| match code {
            Code::CmsSignature | Code::CmsDigest => Code::TimestampSignature,
            other => other,
        })?;
    // Which key stamped is only bound by ESSCertID (RFC 3161, 2.4.2; RFC 5816).
    if !signed.bound {
        return Err(Code::CmsSigningCertificate);
    }
    if let Some(weakness) = signed.remarks.first() {
        return Err(*weakness);
    }
    let purposes = signed.certificate.extended_key_usage()?;
    if !purposes.is_some_and(|(critical, oids)| *critical && *oids == [TIME_STAMPING]) {
        return Err(Code::TimestampKeyUsage);
    }
    if !signed.certificate.may_sign() {
        return Err(Code::TimestampKeyUsage);
    }
    let oddity = signed_data.is_plain(&signed, checked).err();
    Ok(Intact { time, signed, oddity })
}

fn tst_info(der: &[u8]) -> Result<(String, &[u8], Moment), NotDer> {
    let mut reader = Reader::single(der, SEQUENCE)?.inside();
    if reader.expect(INTEGER)?.content != [1] {
        return Err(NotDer);
    }
    reader.next()?.oid()?;
    let mut imprint = reader.expect(SEQUENCE)?.inside();
    let algorithm = Algorithm::read(&imprint.next()?)?;
    let digest = imprint.expect(OCTET_STRING)?.content;
    imprint.end()?;
    reader.expect(INTEGER)?;
    let time = reader.expect(0x18)?.time()?;
    Ok((algorithm.oid, digest, time))
}

/// Where it may be asked whether certificates of the TSA were revoked; nothing without a path.
pub(crate) fn sources(
    intact: &Intact,
    pool: &Pool,
    data: &RevocationData,
    when: Moments,
) -> Vec<RevocationSource> {
    let pool = pool.with(intact.signed.others.iter().map(Vec::as_slice));
    let leaf = &intact.signed.certificate;
    let path = path::find(leaf, &pool, when.poe.unwrap_or(when.at));
    revocation::sources(leaf, &path.certificates, &pool, data, when)
}

/// Judges the TSA's certificate. `when.poe`: a later proof that this token existed; `legacy`: roots of the
/// past.
pub(crate) fn standing(
    intact: &Intact,
    pool: &Pool,
    legacy: &[LegacyAnchor],
    data: &RevocationData,
    when: Moments,
) -> TsaStanding {
    let mut pool = pool.with(intact.signed.others.iter().map(Vec::as_slice));
    let refused = |trust, fault| TsaStanding {
        trust,
        revocation: Revocation::Unchecked,
        fault: Some(fault),
        legacy: None,
        is_plain: true,
    };
    let leaf = &intact.signed.certificate;
    let control = when.poe.unwrap_or(when.at);
    let mut path = path::find(leaf, &pool, control);
    let mut told = None;
    if let Some(past) = past::find(leaf, &path, &pool, legacy, control, Some(intact.time))
        && intact.time < past.until
    {
        let proven = when.poe.is_some_and(|poe| poe < past.until);
        told = Some(if proven { Code::LegacyAnchor } else { Code::LegacyAnchorClaimed });
        (path, pool) = (past.path, past.pool);
    }
    if path.trust != Trust::Trusted {
        return refused(path.trust, Code::TimestampUntrusted);
    }
    let has_happened = intact.time <= when.at.plus_seconds(SKEW_SECONDS);
    let in_validity = leaf
        .validity()
        .is_ok_and(|(from, to)| (from..=to).contains(&intact.time) && (from..=to).contains(&control));
    if !has_happened || !in_validity {
        return refused(Trust::Untrusted, Code::TimestampUntrusted);
    }
    let revocation = revocation::of_path(leaf, &path.certificates, &pool, data, when);
    let is_plain = path.holds(&intact.signed.others);
    let (trust, fault) = match revocation {
        Revocation::Revoked => (Trust::Untrusted, Some(Code::TimestampUntrusted)),
        Revocation::Unchecked => (Trust::Trusted, Some(Code::TimestampRevocationUnchecked)),
        Revocation::Good | Revocation::RevokedAfterPoe => (Trust::Trusted, None),
    };
    TsaStanding { trust, revocation, fault, legacy: told, is_plain }
}
