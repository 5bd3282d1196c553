//! Path building and validation (RFC 5280, 6.1) by OpenSSL at a given moment. Revocation is left out:
//! OpenSSL wants a CRL that is valid at that moment, which no archive has.

use openssl::stack::Stack;
use openssl::x509::store::{X509Store, X509StoreBuilder};
use openssl::x509::verify::X509VerifyParam;
use openssl::x509::{X509, X509PurposeId, X509Ref, X509StoreContext};
use school::moment::Moment;

use crate::circumstances::Circumstances;
use crate::pki::certificate;
use crate::report::{Code, Trust};

/// Longest path, anchor included.
const PATH_CERTIFICATES: i32 = 10;

/// Anchors and certificates that may complete a path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pool {
    anchors: Vec<X509>,
    others: Vec<X509>,
    /// Roots of the past with the end of their use; no path ends in one unless it is asked for.
    legacy: Vec<(X509, Moment)>,
}

impl Pool {
    /// What the asker gave. What cannot be read is left out: it can only make a path impossible.
    pub fn new(circumstances: &Circumstances) -> Self {
        let all = |ders: &[Vec<u8>]| ders.iter().filter_map(|der| certificate::read(der).ok()).collect();
        let legacy = circumstances.legacy_anchors.iter();
        let legacy = legacy.filter_map(|one| Some((certificate::read(&one.certificate).ok()?, one.until)));
        Self {
            anchors: all(&circumstances.anchors),
            others: all(&circumstances.intermediates),
            legacy: legacy.collect(),
        }
    }

    /// Adds certificates found in what is judged; they are trusted for nothing.
    pub fn with<'a>(&self, ders: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut pool = self.clone();
        pool.others.extend(ders.into_iter().filter_map(|der| certificate::read(der).ok()));
        pool
    }

    /// The same certificates with one legacy root as the only anchor; one pool and its end for each root.
    pub fn of_the_past(&self) -> impl Iterator<Item = (Self, Moment)> {
        self.legacy.iter().map(|(root, until)| {
            let pool = Self { anchors: vec![root.clone()], others: self.others.clone(), legacy: Vec::new() };
            (pool, *until)
        })
    }

    /// True when the asker gave no anchors.
    pub fn has_no_anchors(&self) -> bool {
        self.anchors.is_empty()
    }

    /// A store of the anchors that judges at `at`.
    pub fn store(&self, at: Moment) -> Result<X509Store, Code> {
        let build = || -> Result<X509Store, openssl::error::ErrorStack> {
            let mut builder = X509StoreBuilder::new()?;
            for anchor in &self.anchors {
                builder.add_cert(anchor.clone())?;
            }
            let mut parameters = X509VerifyParam::new()?;
            parameters.set_time(at.unix());
            parameters.set_depth(PATH_CERTIFICATES);
            // smimesign would demand emailProtection, which office signing certificates lack.
            parameters.set_purpose(X509PurposeId::ANY)?;
            // Strength is judged by hand, with codes of its own.
            parameters.set_auth_level(0);
            builder.set_param(&parameters)?;
            Ok(builder.build())
        };
        build().map_err(|_| Code::ChainConstraintsFailure)
    }

    /// Every certificate at hand that is no anchor, for the OCSP responder's path.
    pub fn stack(&self) -> Result<Stack<X509>, Code> {
        let build = || {
            let mut stack = Stack::new()?;
            self.others.iter().chain(&self.anchors).try_for_each(|one| stack.push(one.clone()))?;
            Ok::<_, openssl::error::ErrorStack>(stack)
        };
        build().map_err(|_| Code::ChainConstraintsFailure)
    }

    /// The path of `leaf` at `at`: its issuer first, the anchor last.
    pub fn path(&self, leaf: &X509Ref, at: Moment) -> Result<Vec<X509>, Code> {
        if self.has_no_anchors() {
            return Err(Code::NoCertificateChainFound);
        }
        let (store, others) = (self.store(at)?, self.stack()?);
        let mut context = X509StoreContext::new().map_err(|_| Code::ChainConstraintsFailure)?;
        let outcome = context.init(&store, leaf, &others, |context| {
            let good = context.verify_cert()?;
            let chain = context.chain().map(|chain| chain.iter().map(X509Ref::to_owned).collect::<Vec<_>>());
            Ok((good, context.error().as_raw(), chain.unwrap_or_default()))
        });
        match outcome {
            Ok((true, _, chain)) => Ok(chain.into_iter().skip(1).collect()),
            // X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT(_LOCALLY), DEPTH_ZERO_SELF_SIGNED_CERT,
            // SELF_SIGNED_CERT_IN_CHAIN, UNABLE_TO_VERIFY_LEAF_SIGNATURE.
            Ok((false, 2 | 18..=21, _)) => Err(Code::NoCertificateChainFound),
            _ => Err(Code::ChainConstraintsFailure),
        }
    }
}

/// A path and whether its certificates are strong.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// From the leaf's issuer to the anchor; empty without a path, and for an anchor itself.
    pub certificates: Vec<X509>,
    pub trust: Trust,
    /// Why it is not trusted.
    pub fault: Option<Code>,
}

/// Finds and weighs the path of `leaf`. It is looked for within the validity of the leaf, so that an
/// expired certificate is called expired and not unknown.
pub(crate) fn find(leaf: &X509Ref, pool: &Pool, at: Moment) -> Path {
    find_signed(leaf, pool, at, certificate::is_weakly_signed)
}

/// As [`find`], below a legacy root: SHA-1 is what it used, MD5 stays refused.
pub(crate) fn find_of_the_past(leaf: &X509Ref, pool: &Pool, at: Moment) -> Path {
    find_signed(leaf, pool, at, certificate::is_signed_with_md5)
}

fn find_signed(leaf: &X509Ref, pool: &Pool, at: Moment, is_weak: fn(&[u8]) -> bool) -> Path {
    let none = |trust, code| Path { certificates: Vec::new(), trust, fault: Some(code) };
    if pool.has_no_anchors() {
        return none(Trust::Unknown, Code::NoCertificateChainFound);
    }
    let Ok((from, to)) = certificate::validity(leaf) else {
        return none(Trust::Untrusted, Code::CertificateMalformed);
    };
    // For OpenSSL the last second of notAfter is already over.
    let last = to.plus_seconds(-1);
    let within = if from <= last { at.clamp(from, last) } else { at };
    match pool.path(leaf, within) {
        Err(code) => none(Trust::Untrusted, code),
        Ok(certificates) => {
            // The anchor's own signature proves nothing, so its digest does not matter.
            let signed = std::iter::once(leaf).chain(certificates.iter().map(AsRef::as_ref));
            let below = signed.take(certificates.len());
            let weak = below.into_iter().any(|one| is_weak(&certificate::der(one)))
                || certificates.iter().any(|one| !certificate::has_strong_key(one));
            if weak {
                return Path { certificates, trust: Trust::Untrusted, fault: Some(Code::WeakChain) };
            }
            Path { certificates, trust: Trust::Trusted, fault: None }
        }
    }
}

impl Path {
    /// Every one of `ders` stands in the path byte for byte. A certificate that only looks like its
    /// twin in the path may be damaged where no signature of the path shows it.
    pub fn holds(&self, ders: &[Vec<u8>]) -> bool {
        let path: Vec<Vec<u8>> = self.certificates.iter().map(|one| certificate::der(one)).collect();
        ders.iter().all(|der| path.contains(der))
    }
}
