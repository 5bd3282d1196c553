//! How a certificate stands now: its path, and fresh revocation data for every certificate of it.
//! Asked before C_Sign (invariant 4), and again when a dossier is closed.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crafts::signature::RevocationEvidence;
use school::digest::Sha256;
use school::records::reader_frame::Circumstances;
use verification::pki::Standing;
use verification::report::PdfReport;

use crate::clerk::timestamps::stamp_time;
use crate::clerk::{ClerkFault, Office};
use crate::network::Network;
use crate::process::reader_host::{ReaderFault, ReaderHost};

/// A standing with the data it rests on.
pub struct Looked {
    /// The judge's answer.
    pub standing: Standing,
    /// Certificates of the path, OCSP answers and CRLs, as they go into a DSS.
    pub evidence: RevocationEvidence,
}

/// Looks up `certificate` (DER).
///
/// A responder that does not answer is no error here: the standing then says that revocation is
/// unchecked, and the rules refuse with words of their own.
pub(super) fn look_up(office: &mut Office, certificate: &[u8]) -> Result<Looked, ClerkFault> {
    let circumstances = office.circumstances(None)?;
    Ok(inquire(&mut office.reader, &office.network, circumstances, certificate)?)
}

/// As [`look_up`], without an office.
pub(super) fn inquire(
    reader: &mut ReaderHost,
    network: &Network,
    mut circumstances: Circumstances,
    certificate: &[u8],
) -> Result<Looked, ReaderFault> {
    let first = reader.standing(&circumstances, certificate)?;
    let path: Vec<Vec<u8>> = first.path.iter().filter_map(|one| STANDARD.decode(one).ok()).collect();
    let mut evidence = RevocationEvidence::default();
    evidence.certificates.push(certificate.to_vec());
    // The anchor itself is trusted by choice, it has no revocation data and no place in a DSS.
    evidence.certificates.extend(path.iter().take(path.len().saturating_sub(1)).cloned());
    let mut subject = (certificate.to_vec(), first);
    for issuer in &path {
        collect(network, &subject.1, &subject.0, issuer, &mut evidence);
        let next = reader.standing(&circumstances, issuer)?;
        subject = (issuer.clone(), next);
    }
    circumstances.ocsps.extend(evidence.ocsps.iter().map(|one| STANDARD.encode(one)));
    circumstances.crls.extend(evidence.crls.iter().map(|one| STANDARD.encode(one)));
    let standing = reader.standing(&circumstances, certificate)?;
    Ok(Looked { standing, evidence })
}

/// What the judge misses in a file, where it was asked to name the sources: for each certificate an answer of its
/// responder, else its list.
pub(super) fn missing_evidence(network: &Network, report: &PdfReport) -> RevocationEvidence {
    let mut evidence = RevocationEvidence::default();
    for source in report.signatures.iter().flat_map(|one| &one.revocation_sources) {
        let decoded = |text: &String| STANDARD.decode(text).ok();
        let Some((certificate, issuer)) = decoded(&source.certificate).zip(decoded(&source.issuer)) else {
            continue;
        };
        let answer = crafts::cms::ocsp_request(&certificate, &issuer)
            .ok()
            .and_then(|request| source.ocsp.iter().find_map(|url| network.ocsp(url, &request).ok()));
        let mut more = RevocationEvidence { certificates: vec![certificate], ..Default::default() };
        match answer {
            Some(answer) => more.ocsps.push(answer),
            None => more.crls.extend(source.crl.iter().find_map(|url| network.crl(url).ok())),
        }
        evidence.add(&more);
    }
    evidence
}

/// Certificates and revocation data of the timestamp authority. A DSS stands before the timestamp that
/// needs them, so an authority that has stamped nothing since the start is asked once to know its certificate.
pub(super) fn of_timestamp_authority(office: &mut Office) -> Result<RevocationEvidence, ClerkFault> {
    let certificate = match office.timestamps.signer.clone() {
        Some(known) => known,
        None => crafts::cms::timestamp_signer(&stamp_time(office, &Sha256::of(b""))?.0)?,
    };
    Ok(look_up(office, &certificate)?.evidence)
}

/// Revocation data as files below a folder `thu-hoi/`, each once, named by half a digest: with the extension a
/// whole one is longer than a Joliet name.
pub(super) fn revocation_files(all: &[RevocationEvidence]) -> BTreeMap<String, Vec<u8>> {
    let answers = all.iter().flat_map(|one| one.ocsps.iter().map(|answer| (answer, "ocsp")));
    let lists = all.iter().flat_map(|one| one.crls.iter().map(|list| (list, "crl")));
    let name = |bytes: &[u8], kind| format!("thu-hoi/{:.32}.{kind}", Sha256::of(bytes).to_string());
    answers.chain(lists).map(|(bytes, kind)| (name(bytes, kind), bytes.clone())).collect()
}

/// Fetches OCSP where the certificate names a responder, else its CRL.
fn collect(
    network: &Network,
    standing: &Standing,
    certificate: &[u8],
    issuer: &[u8],
    evidence: &mut RevocationEvidence,
) {
    for url in &standing.ocsp_urls {
        let Ok(request) = crafts::cms::ocsp_request(certificate, issuer) else { continue };
        match network.ocsp(url, &request) {
            Ok(answer) => {
                evidence.ocsps.push(answer);
                return;
            }
            Err(error) => tracing::warn!(%error, url, "no OCSP answer"),
        }
    }
    for url in &standing.crl_urls {
        match network.crl(url) {
            Ok(list) if evidence.crls.contains(&list) => return,
            Ok(list) => {
                evidence.crls.push(list);
                return;
            }
            Err(error) => tracing::warn!(%error, url, "no revocation list"),
        }
    }
}
