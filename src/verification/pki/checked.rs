//! What was read and checked and stays true whatever is judged next: certificates, who signed whom,
//! paths, revocation lists. Everything is kept by the whole content that it follows from.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use school::digest::Sha256;

use crate::pki::certificate::{self, Certificate};
use crate::pki::ocsp_answer::OcspAnswer;
use crate::pki::path::{Path, PathKey};
use crate::pki::revocation_list::RevocationList;
use crate::report::Code;

/// Most certificates that are kept, and the largest of them: what strangers can make us hold.
const CERTIFICATES: usize = 512;
const CERTIFICATE_SIZE_BYTES: usize = 8 * 1024;
const TAIL: usize = 16;
/// Most outcomes of a signature check, and most paths.
const SIGNATURES: usize = 8 * 1024;
const PATHS: usize = 4 * 1024;
/// Most octets of lists, and of answers.
const LISTS_SIZE_BYTES: usize = 4 * 1024 * 1024;

/// Empty at first, bounded, shared by its clones.
#[derive(Clone, Default)]
pub(crate) struct Checked(Arc<Mutex<Kept>>);

impl std::fmt::Debug for Checked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Checked")
    }
}

#[derive(Default)]
struct Kept {
    /// By their last octets, which are those of a signature; compared whole.
    certificates: HashMap<[u8; TAIL], Vec<Arc<Certificate>>>,
    certificates_count: usize,
    /// By the digests of what is signed and of the issuer's certificate.
    signatures: HashMap<(Sha256, Sha256), bool>,
    paths: HashMap<PathKey, Path>,
    lists: ByContent<RevocationList>,
    answers: ByContent<OcspAnswer>,
}

/// What was read of octets, by their digest, and how many octets that were.
struct ByContent<T> {
    read: HashMap<Sha256, Arc<T>>,
    size_bytes: usize,
}

impl<T> Default for ByContent<T> {
    fn default() -> Self {
        Self { read: HashMap::new(), size_bytes: 0 }
    }
}

impl<T> ByContent<T> {
    fn keep(&mut self, sha256: Sha256, size_bytes: usize, read: &Arc<T>) {
        if size_bytes > LISTS_SIZE_BYTES {
            return;
        }
        if self.size_bytes + size_bytes > LISTS_SIZE_BYTES {
            self.read.clear();
            self.size_bytes = 0;
        }
        self.size_bytes += size_bytes;
        self.read.insert(sha256, read.clone());
    }
}

impl Checked {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing is left half done in there: each change is one insertion.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The certificate, if `der` is exactly one. OpenSSL 3 spends a quarter of a millisecond on each.
    pub fn certificate(&self, der: &[u8]) -> Result<Arc<Certificate>, Code> {
        let tail = der.last_chunk().copied().unwrap_or_default();
        if let Some(alike) = self.kept().certificates.get(&tail)
            && let Some(known) = alike.iter().find(|one| one.der() == der)
        {
            return Ok(known.clone());
        }
        let certificate = Arc::new(Certificate::read(der)?);
        if der.len() <= CERTIFICATE_SIZE_BYTES {
            let mut kept = self.kept();
            if kept.certificates_count == CERTIFICATES {
                kept.certificates.clear();
                kept.certificates_count = 0;
            }
            kept.certificates_count += 1;
            kept.certificates.entry(tail).or_default().push(certificate.clone());
        }
        Ok(certificate)
    }

    /// The revocation list with these octets, usable or not.
    pub fn list(&self, der: &[u8]) -> Arc<RevocationList> {
        let sha256 = Sha256::of(der);
        if let Some(known) = self.kept().lists.read.get(&sha256) {
            return known.clone();
        }
        let list = Arc::new(RevocationList::read(der));
        self.kept().lists.keep(sha256, der.len(), &list);
        list
    }

    /// The OCSP response with these octets, usable or not.
    pub fn answer(&self, der: &[u8]) -> Arc<OcspAnswer> {
        let sha256 = Sha256::of(der);
        if let Some(known) = self.kept().answers.read.get(&sha256) {
            return known.clone();
        }
        let answer = Arc::new(OcspAnswer::read(der));
        self.kept().answers.keep(sha256, der.len(), &answer);
        answer
    }

    /// Names and signature of `certificate` lead to `issuer`.
    pub fn is_signed_by(&self, certificate: &Certificate, issuer: &Certificate) -> bool {
        certificate::is_named_by(certificate, issuer)
            && self.signature((certificate.sha256(), issuer.sha256()), || {
                certificate::is_signed_with(certificate, issuer)
            })
    }

    /// Whether a signature is good that follows from these two alone; looked at once.
    pub fn signature(&self, of: (Sha256, Sha256), check: impl FnOnce() -> bool) -> bool {
        if let Some(known) = self.kept().signatures.get(&of) {
            return *known;
        }
        let outcome = check();
        keep(&mut self.kept().signatures, SIGNATURES, of, outcome);
        outcome
    }

    /// The path with this key; looked for once.
    pub fn path(&self, key: PathKey, find: impl FnOnce() -> Path) -> Path {
        if let Some(known) = self.kept().paths.get(&key) {
            return known.clone();
        }
        let path = find();
        keep(&mut self.kept().paths, PATHS, key, path.clone());
        path
    }
}

fn keep<K: Eq + Hash, V>(map: &mut HashMap<K, V>, most: usize, key: K, value: V) {
    if map.len() == most {
        map.clear();
    }
    map.insert(key, value);
}
