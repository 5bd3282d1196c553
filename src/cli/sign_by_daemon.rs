//! `niemphong sign --data` while the daemon works there: the same files, token and PIN, but the daemon signs, by
//! the same rules as at its pages, and hands the new revisions back.

use std::collections::BTreeMap;
use std::fs;

use school::digest::Sha256;
use school::dossier::DossierId;
use school::records::control_frame::Waits;

use crate::cli::arguments::SignRequest;
use crate::cli::exit::Exit;
use crate::cli::pin;
use crate::cli::sign::{Job, SignFault, job, not_signed, the_certificate, the_token};
use crate::cli::sign_registered::say;
use crate::cli::verify::{OutputFault, outputs};
use crate::process::control::{ControlFault, Daemon, Signing};
use crate::{terminal, wording};

/// Has the daemon sign what waits for the holder of the token.
pub(super) fn run(request: &SignRequest, daemon: &mut Daemon) -> Result<Exit, SignFault> {
    fs::create_dir_all(&request.out_dir)
        .map_err(|error| OutputFault::Unwritable(request.out_dir.clone(), error))?;
    let module = request.module.clone().unwrap_or_default();
    let token = the_token(daemon.tokens(&module)?, request)?;
    let certificate = the_certificate(&token, request.cert)?.sha256;
    let (mut worst, mut jobs) = (Exit::Ok, Vec::new());
    for path in &request.files {
        match job(path, request) {
            Ok(job) => jobs.push(job),
            Err(fault) => worst = worst.worst(not_signed(request, path, &fault)),
        }
    }
    // Looked at before anybody types a PIN.
    let looked = daemon.look(certificate, jobs.iter().map(|job| Sha256::of(&job.bytes)).collect())?;
    let mut asked = BTreeMap::<DossierId, Job>::new();
    for (job, waits) in jobs.into_iter().zip(looked) {
        match waits {
            Waits::For(dossier) => drop(asked.insert(dossier, job)),
            Waits::Not(code) => {
                let fault = ControlFault::Refused(code).into();
                worst = worst.worst(not_signed(request, &job.path, &fault));
            }
        }
    }
    if asked.is_empty() {
        return Ok(worst);
    }
    let prompt = wording::asks_with_checkpoint(&wording::single::ask_pin(&token.label, asked.len()));
    let pin = pin::for_token(&token, request.pin_file.as_deref(), &prompt)?;
    let dossiers = asked.keys().cloned().collect();
    daemon.sign(certificate, dossiers, request.without_revocation, pin, |told| {
        let (dossier, signed) = match told {
            Signing::Progress { signed, of } => {
                return terminal::progress(&wording::single::progress((signed + 1).min(of), of));
            }
            Signing::Signed { dossier, field, pdf } => (dossier, Ok((field, pdf))),
            Signing::NotSigned { dossier, code } => (dossier, Err(ControlFault::Refused(code))),
        };
        let Some(job) = asked.get(&dossier) else { return };
        let written = signed.map_err(SignFault::from).and_then(|(field, pdf)| {
            outputs::write_new(&job.out, &pdf)?;
            Ok((field, Sha256::of(&pdf)))
        });
        match written {
            Ok((field, sha256)) => say(request, job, (dossier.as_str(), &field), sha256),
            Err(fault) => worst = worst.worst(not_signed(request, &job.path, &fault)),
        }
    })?;
    Ok(worst)
}
