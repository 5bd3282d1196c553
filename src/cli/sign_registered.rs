//! `niemphong sign --data`: documents of the school's own register. While the daemon works there it is asked to
//! sign; else this process is the one writer.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use serde_json::json;

use crate::clerk::{self, AtToken, ClerkFault};
use crate::cli::archive::{ArchivePlace, open};
use crate::cli::arguments::{CONFIG, SignRequest};
use crate::cli::exit::Exit;
use crate::cli::sign::{Job, SignFault, host_of, job, not_signed, the_certificate, the_token};
use crate::cli::verify::{OutputFault, outputs};
use crate::cli::{pin, sign_by_daemon};
use crate::lifecycle::dossier::SignersWord;
use crate::process::control::Daemon;
use crate::{terminal, wording};

/// Signs the boxes that wait for the holder of the token, in the register and into the output folder.
pub(super) fn run(request: &SignRequest, data: &Path) -> Result<Exit, SignFault> {
    match Daemon::of(data)? {
        Some(mut daemon) => sign_by_daemon::run(request, &mut daemon),
        None => alone(request, data),
    }
}

fn alone(request: &SignRequest, data: &Path) -> Result<Exit, SignFault> {
    let (config, data) = (CONFIG.into(), Some(data.to_owned()));
    let (trust, tsa) = (request.trust.clone(), request.tsa.clone());
    let (mut office, _) = open(&ArchivePlace { config, data, trust, tsa })?;
    fs::create_dir_all(&request.out_dir)
        .map_err(|error| OutputFault::Unwritable(request.out_dir.clone(), error))?;
    let mut host = host_of(request)?;
    let token = the_token(host.list().map_err(ClerkFault::from)?, request)?;
    let certificate = the_certificate(&token, request.cert)?;
    let der = STANDARD.decode(&certificate.der).map_err(|_| ClerkFault::Form { what: "certificate" })?;
    let (mut worst, mut jobs) = (Exit::Ok, Vec::new());
    for path in &request.files {
        // Looked at before anybody types a PIN.
        let asked = job(path, request).and_then(|job| {
            let id = clerk::dossier_of(&office, &Sha256::of(&job.bytes))?;
            let name = clerk::box_for(&mut office, &id, &der)?;
            Ok((job, (id, name)))
        });
        match asked {
            Ok(asked) => jobs.push(asked),
            Err(fault) => worst = worst.worst(not_signed(request, path, &fault)),
        }
    }
    if jobs.is_empty() {
        return Ok(worst);
    }
    let prompt = wording::asks_with_checkpoint(&wording::single::ask_pin(&token.label, jobs.len()));
    let pin = pin::for_token(&token, request.pin_file.as_deref(), &prompt)?;
    let word = if request.without_revocation { SignersWord::SignAnyway } else { SignersWord::None };
    let boxes: Vec<_> = jobs.iter().map(|(_, one)| one.clone()).collect();
    let at = AtToken { host: &mut host, seen: &token, certificate: certificate.sha256, pin, word };
    let mut outcome = clerk::sign_registered(&mut office, at, &boxes)?;
    for (job, (id, name)) in &jobs {
        let signed = outcome
            .remove(id)
            .unwrap_or_else(|| Err(ClerkFault::NotNow { code: "signing.interrupted", what: id.to_string() }));
        let written = signed.map_err(SignFault::from).and_then(|pdf| {
            outputs::write_new(&job.out, &pdf)?;
            Ok(Sha256::of(&pdf))
        });
        match written {
            Ok(sha256) => say(request, job, (id.as_str(), name.as_str()), sha256),
            Err(fault) => worst = worst.worst(not_signed(request, &job.path, &fault)),
        }
    }
    Ok(worst)
}

pub(super) fn say(request: &SignRequest, job: &Job, (dossier, field): (&str, &str), sha256: Sha256) {
    if request.json {
        let line = json!({
            "path": job.path, "out": job.out, "signed": true, "dossier": dossier, "field": field,
            "level": "B-B", "sha256": sha256,
        });
        return terminal::data(&line.to_string());
    }
    terminal::data(&wording::single::signed(&job.out.to_string_lossy(), "B-B"));
}
