//! Path building and validation (RFC 5280, 6.1) by OpenSSL at a given moment. Revocation is left out:
//! OpenSSL wants a CRL that is valid at that moment, which no archive has.

use std::cmp::Ordering;
use std::sync::Arc;

use openssl::stack::Stack;
use openssl::x509::store::{X509Store, X509StoreBuilder};
use openssl::x509::verify::X509VerifyParam;
use openssl::x509::{X509, X509PurposeId, X509Ref, X509StoreContext};
use school::digest::Sha256;
use school::moment::Moment;

use crate::circumstances::Circumstances;
use crate::pki::certificate::Certificate;
use crate::pki::checked::Checked;
use crate::report::{Code, Trust};

/// Longest path, anchor included.
const PATH_CERTIFICATES: i32 = 10;

/// Anchors and certificates that may complete a path.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    anchors: Vec<Arc<Certificate>>,
    others: Vec<Arc<Certificate>>,
    /// Never part of a path.
    distrusted: Arc<[Sha256]>,
    /// Digest over all of them in their order.
    identity: Sha256,
    checked: Checked,
}

/// What a path follows from: the certificate, the pool, and where the moment lies among the ends of
/// validity of them all. Paths ask of a moment nothing but on which side of such an end it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PathKey {
    leaf: Sha256,
    pool: Sha256,
    at: Lies,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Lies {
    Among(Vec<(Ordering, Ordering)>),
    /// Where a validity cannot be read.
    At(Moment),
}

impl Pool {
    /// What the asker gave. What cannot be read is left out: it can only make a path impossible.
    pub fn new(circumstances: &Circumstances, checked: &Checked) -> Self {
        let distrusted: Arc<[Sha256]> = circumstances.distrusted.clone().into();
        let all = |ders: &[Vec<u8>]| {
            let read = ders.iter().filter_map(|der| checked.certificate(der).ok());
            read.filter(|one| !distrusted.contains(&one.sha256())).collect::<Vec<_>>()
        };
        let (anchors, others) = (all(&circumstances.anchors), all(&circumstances.intermediates));
        let identity = identity(&anchors, &others);
        Self { anchors, others, distrusted, identity, checked: checked.clone() }
    }

    /// Adds certificates found in what is judged; they are trusted for nothing.
    pub fn with<'a>(&self, ders: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut pool = self.clone();
        for der in ders {
            let Ok(new) = self.checked.certificate(der) else { continue };
            let mut all = pool.others.iter().chain(&pool.anchors);
            let is_known = all.any(|one| one.sha256() == new.sha256());
            if !is_known && !self.distrusted.contains(&new.sha256()) {
                pool.others.push(new);
            }
        }
        if pool.others.len() != self.others.len() {
            pool.identity = identity(&pool.anchors, &pool.others);
        }
        pool
    }

    /// The same certificates with a root of the past as the only anchor.
    pub fn resting_on(&self, root: &[u8]) -> Option<Self> {
        let root = self.checked.certificate(root).ok()?;
        if self.distrusted.contains(&root.sha256()) {
            return None;
        }
        let anchors = vec![root];
        Some(Self { identity: identity(&anchors, &self.others), anchors, ..self.clone() })
    }

    /// Digest over all certificates and which of them are anchors.
    pub const fn identity(&self) -> Sha256 {
        self.identity
    }

    /// True when the asker gave no anchors.
    pub fn has_no_anchors(&self) -> bool {
        self.anchors.is_empty()
    }

    /// What was read and checked before.
    pub const fn checked(&self) -> &Checked {
        &self.checked
    }

    /// A store of the anchors that judges at `at`.
    pub fn store(&self, at: Moment) -> Result<X509Store, Code> {
        let build = || -> Result<X509Store, openssl::error::ErrorStack> {
            let mut builder = X509StoreBuilder::new()?;
            for anchor in &self.anchors {
                builder.add_cert(anchor.x509().clone())?;
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
            let mut all = self.others.iter().chain(&self.anchors);
            all.try_for_each(|one| stack.push(one.x509().clone()))?;
            Ok::<_, openssl::error::ErrorStack>(stack)
        };
        build().map_err(|_| Code::ChainConstraintsFailure)
    }

    fn key(&self, leaf: &Certificate, at: Moment) -> PathKey {
        let all = self.anchors.iter().chain(&self.others).map(AsRef::as_ref).chain([leaf]);
        let sides = all.map(|one| one.compare(at)).collect::<Option<Vec<_>>>();
        PathKey { leaf: leaf.sha256(), pool: self.identity, at: sides.map_or(Lies::At(at), Lies::Among) }
    }

    /// The path of `leaf` at `at`: its issuer first, the anchor last.
    fn path(&self, leaf: &Certificate, at: Moment) -> Result<Vec<Arc<Certificate>>, Code> {
        let (store, others) = (self.store(at)?, self.stack()?);
        let mut context = X509StoreContext::new().map_err(|_| Code::ChainConstraintsFailure)?;
        let outcome = context.init(&store, leaf, &others, |context| {
            let good = context.verify_cert()?;
            let chain = context.chain().map(|chain| chain.iter().map(X509Ref::to_owned).collect::<Vec<_>>());
            Ok((good, context.error().as_raw(), chain.unwrap_or_default()))
        });
        match outcome {
            Ok((true, _, chain)) => chain.iter().skip(1).map(|one| self.found(one)).collect(),
            // X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT(_LOCALLY), DEPTH_ZERO_SELF_SIGNED_CERT,
            // SELF_SIGNED_CERT_IN_CHAIN, UNABLE_TO_VERIFY_LEAF_SIGNATURE.
            Ok((false, 2 | 18..=21, _)) => Err(Code::NoCertificateChainFound),
            _ => Err(Code::ChainConstraintsFailure),
        }
    }

    fn found(&self, one: &X509Ref) -> Result<Arc<Certificate>, Code> {
        let der = one.to_der().map_err(|_| Code::CertificateMalformed)?;
        self.checked.certificate(&der)
    }
}

fn identity(anchors: &[Arc<Certificate>], others: &[Arc<Certificate>]) -> Sha256 {
    let mut listed = anchors.len().to_be_bytes().to_vec();
    for one in anchors.iter().chain(others) {
        listed.extend_from_slice(one.sha256().as_bytes());
    }
    Sha256::of(&listed)
}

/// A path and whether its certificates are strong.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// From the leaf's issuer to the anchor; empty without a path, and for an anchor itself.
    pub certificates: Vec<Arc<Certificate>>,
    pub trust: Trust,
    /// Why it is not trusted.
    pub fault: Option<Code>,
}

/// Finds and weighs the path of `leaf`. It is looked for within the validity of the leaf, so that an
/// expired certificate is called expired and not unknown.
pub(crate) fn find(leaf: &Certificate, pool: &Pool, at: Moment) -> Path {
    if pool.has_no_anchors() {
        return none(Trust::Unknown, Code::NoCertificateChainFound);
    }
    let Ok((from, to)) = leaf.validity() else {
        return none(Trust::Untrusted, Code::CertificateMalformed);
    };
    // For OpenSSL the last second of notAfter is already over.
    let last = to.plus_seconds(-1);
    let within = if from <= last { at.clamp(from, last) } else { at };
    pool.checked
        .path(pool.key(leaf, within), || weigh(leaf, pool.path(leaf, within), Certificate::is_weakly_signed))
}

/// As [`find`], below a root of the past: SHA-1 is what it used, MD5 stays refused. Never kept: the same
/// certificates under the same root as a present anchor weigh otherwise.
pub(crate) fn find_of_the_past(leaf: &Certificate, pool: &Pool, at: Moment) -> Path {
    let Ok((from, to)) = leaf.validity() else {
        return none(Trust::Untrusted, Code::CertificateMalformed);
    };
    let last = to.plus_seconds(-1);
    let within = if from <= last { at.clamp(from, last) } else { at };
    weigh(leaf, pool.path(leaf, within), Certificate::is_signed_with_md5)
}

const fn none(trust: Trust, code: Code) -> Path {
    Path { certificates: Vec::new(), trust, fault: Some(code) }
}

fn weigh(
    leaf: &Certificate,
    path: Result<Vec<Arc<Certificate>>, Code>,
    is_weak: fn(&Certificate) -> bool,
) -> Path {
    let certificates = match path {
        Err(code) => return none(Trust::Untrusted, code),
        Ok(certificates) => certificates,
    };
    // The anchor's own signature proves nothing, so its digest does not matter.
    let signed = std::iter::once(leaf).chain(certificates.iter().map(AsRef::as_ref));
    let weak =
        signed.take(certificates.len()).any(is_weak) || certificates.iter().any(|one| !one.has_strong_key());
    if weak {
        return Path { certificates, trust: Trust::Untrusted, fault: Some(Code::WeakChain) };
    }
    Path { certificates, trust: Trust::Trusted, fault: None }
}

impl Path {
    /// Every one of `ders` stands in the path byte for byte. A certificate that only looks like its
    /// twin in the path may be damaged where no signature of the path shows it.
    pub fn holds(&self, ders: &[Vec<u8>]) -> bool {
        ders.iter().all(|der| self.certificates.iter().any(|one| one.der() == der))
    }
}
