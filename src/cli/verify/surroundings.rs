//! What an inspector brings to a judgement: anchors, moment, policy, the school's certificate, a
//! checkpoint kept from an earlier day.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::records::reader_frame::{Circumstances, HeldCheckpoint, LegacyAnchor, Policy};
use verification::register::Checkpoint;

use super::OutputFault;
use super::papers::{Papers, read};
use crate::cli::arguments::{Profile, VerifyRequest};
use crate::clock;
use crate::config::Trust;
use crate::wording::inspection::Grounds;

/// The circumstances of an inspection, and the same for its report.
///
/// Errors: a certificate or the checkpoint cannot be used.
pub fn surroundings(request: &VerifyRequest) -> Result<(Circumstances, Grounds), OutputFault> {
    let trust = match &request.trust {
        Some(folder) => {
            let mut trust = Trust::default();
            trust.add_folder(folder)?;
            trust
        }
        None => Trust::shipped()?,
    };
    let encode = |all: &[Vec<u8>]| all.iter().map(|one| STANDARD.encode(one)).collect();
    let checked = clock::now();
    let policy = match request.profile {
        Some(Profile::School) => Policy::School,
        Some(Profile::Foreign) => Policy::Foreign,
        None => Policy::ByContent,
    };
    let held = request.checkpoint.as_deref().map(held_checkpoint).transpose()?;
    let papers = request.papers.as_deref().map(Papers::read).transpose()?.unwrap_or_default();
    let circumstances = Circumstances {
        policy,
        at: request.at.unwrap_or(checked),
        anchors: encode(&trust.anchors),
        intermediates: encode(&trust.intermediates),
        crls: encode(&trust.crls),
        ocsps: Vec::new(),
        school_certificate: request.school_cert,
        roster: papers.roster,
        plans: papers.plans,
        distrusted: Vec::new(),
        legacy_anchors: trust
            .legacy
            .iter()
            .map(|(der, until)| LegacyAnchor { certificate: STANDARD.encode(der), until: *until })
            .collect(),
        acts: papers.acts,
        checkpoint: held.clone(),
        names_sources: false,
    };
    let grounds = Grounds {
        checked,
        judged: circumstances.at,
        program: concat!("niemphong ", env!("CARGO_PKG_VERSION")).to_owned(),
        policy,
        own_anchors: request.trust.is_some(),
        anchors: trust.named_anchors(),
        intermediates: trust.intermediates.len(),
        revocation_lists: trust.crls.len(),
        school_certificate: request.school_cert,
        fetched: None,
        checkpoint: held.and_then(|held| Checkpoint::parse(&STANDARD.decode(held.text).ok()?)),
    };
    Ok((circumstances, grounds))
}

/// The checkpoint in `file`, with the signature `file.p7s` where one lies beside it.
fn held_checkpoint(file: &Path) -> Result<HeldCheckpoint, OutputFault> {
    let refused = || OutputFault::Checkpoint(file.to_owned());
    let text = read(file).map_err(|error| OutputFault::Unreadable(file.to_owned(), error))?;
    Checkpoint::parse(&text).ok_or_else(refused)?;
    let mut beside = file.as_os_str().to_owned();
    beside.push(".p7s");
    let beside = Path::new(&beside);
    // Only its absence is no signature: one that cannot be read might be the one that tells.
    let signature = match fs::symlink_metadata(beside) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        _ => Some(read(beside).map_err(|error| OutputFault::Unreadable(beside.to_owned(), error))?),
    };
    Ok(HeldCheckpoint {
        text: STANDARD.encode(text),
        signature: signature.map(|signature| STANDARD.encode(signature)),
    })
}
