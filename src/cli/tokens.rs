//! `niemphong tokens`: every module with the result of each step, and what stands on the tokens. Nothing
//! is logged in to, and no PIN is asked for.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use school::records::reader_frame::{Circumstances, Policy};
use school::records::token_frame::{CertificateOnToken, TokenSeen};
use serde_json::{Value, json};
use verification::pki::Standing;

use crate::clerk::{StaffOnFile, staff_on_file};
use crate::cli::arguments::{CONFIG, TokensRequest};
use crate::cli::exit::Exit;
use crate::cli::failed;
use crate::config::{Config, Trust};
use crate::process::reader_host::ReaderHost;
use crate::process::token_host::TokenRefusal;
use crate::process::token_module::{Survey, SurveyStep, TokenModule, survey_all};
use crate::wording::tokens::{self as words, CertificateSeen};
use crate::{clock, daemon, terminal};

/// What is known beside the tokens themselves.
struct Known {
    staff: BTreeMap<Sha256, Vec<StaffOnFile>>,
    circumstances: Circumstances,
    reader: ReaderHost,
}

/// Looks at the modules and prints what came of each.
pub fn run(request: &TokensRequest) -> Exit {
    let config = match configuration(request.config.as_deref()) {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let trust = match config.as_ref().map_or_else(|| Ok(Trust::shipped()?), daemon::trust) {
        Ok(trust) => trust,
        Err(fault) => return failed(fault.code(), &fault),
    };
    let staff = match config.as_ref().map(|config| staff_on_file(&config.data)).transpose() {
        Ok(staff) => staff.unwrap_or_default(),
        Err(fault) => {
            // A school that was not commissioned yet still wants to know whether its tokens are seen.
            terminal::note(&format!("[{}] {fault}", fault.code()));
            BTreeMap::new()
        }
    };
    let mut known = Known { staff, circumstances: circumstances(&trust), reader: ReaderHost::start() };
    let surveys = survey_all(&modules(request, config.as_ref()));
    for survey in &surveys {
        if request.json {
            terminal::data(&known.json(survey).to_string());
        } else {
            known.print(survey);
        }
    }
    if surveys.iter().all(|survey| survey.tokens.is_empty()) {
        if !request.json {
            terminal::note(words::NO_TOKEN);
        }
        return Exit::Token;
    }
    Exit::Ok
}

/// The configuration asked for, or the usual one where it is there.
pub(super) fn configuration(asked: Option<&Path>) -> Result<Option<Config>, Exit> {
    let path = asked.unwrap_or(Path::new(CONFIG));
    if asked.is_none() && !path.exists() {
        return Ok(None);
    }
    Config::read(path).map(Some).map_err(|fault| failed(fault.code(), &fault))
}

fn modules(request: &TokensRequest, config: Option<&Config>) -> Vec<TokenModule> {
    let all = match config {
        _ if !request.modules.is_empty() => request.modules.iter().cloned().map(TokenModule::at).collect(),
        Some(config) => return config.modules(),
        None => TokenModule::known(),
    };
    match config {
        Some(config) => config.modules_configured(all),
        None => all,
    }
}

fn circumstances(trust: &Trust) -> Circumstances {
    let encode = |all: &[Vec<u8>]| all.iter().map(|one| STANDARD.encode(one)).collect();
    Circumstances {
        anchors: encode(&trust.anchors),
        intermediates: encode(&trust.intermediates),
        crls: encode(&trust.crls),
        ..Circumstances::alone(Policy::School, clock::now())
    }
}

impl Known {
    fn print(&mut self, survey: &Survey) {
        terminal::data(&survey.module.display().to_string());
        for (step, outcome) in &survey.steps {
            terminal::data(&format!("  {}", words::step(*step, outcome.as_ref())));
        }
        for token in &survey.tokens {
            terminal::data(&format!("  {}", words::token(token)));
            for certificate in &token.certificates {
                for line in words::certificate(&self.seen(certificate)) {
                    terminal::data(&format!("    {line}"));
                }
            }
        }
    }

    fn seen(&mut self, certificate: &CertificateOnToken) -> CertificateSeen {
        // What stands on a token is a stranger's bytes: the reader looks at it, in its sandbox.
        let der = STANDARD.decode(&certificate.der).unwrap_or_default();
        let standing = self.reader.standing(&self.circumstances, &der).ok();
        let bound = self.staff.get(&certificate.sha256).into_iter().flatten();
        let bound = bound.map(|one| (one.year, one.name.clone(), one.title.clone())).collect();
        CertificateSeen { sha256: certificate.sha256, standing, bound }
    }

    fn json(&mut self, survey: &Survey) -> Value {
        let steps: Vec<Value> =
            survey.steps.iter().map(|(step, outcome)| step_json(*step, outcome)).collect();
        let tokens: Vec<Value> = survey.tokens.iter().map(|token| self.token_json(token)).collect();
        json!({ "module": survey.module, "steps": steps, "tokens": tokens })
    }

    fn token_json(&mut self, token: &TokenSeen) -> Value {
        let certificates: Vec<Value> = token
            .certificates
            .iter()
            .map(|certificate| {
                let CertificateSeen { sha256, standing, bound } = self.seen(certificate);
                let bound: Vec<Value> = bound
                    .iter()
                    .map(|(year, name, title)| json!({ "year": year, "name": name, "title": title }))
                    .collect();
                json!({
                    "sha256": sha256,
                    "id": certificate.id,
                    "standing": standing.as_ref().map(standing_json),
                    "bound": bound,
                })
            })
            .collect();
        json!({
            "manufacturer": token.identity.manufacturer,
            "model": token.identity.model,
            "serial": token.identity.serial,
            "label": token.label,
            "reader": token.reader,
            "pin": token.pin,
            "pin_pad": token.pin_pad,
            "certificates": certificates,
        })
    }
}

fn step_json(step: SurveyStep, outcome: &Result<Option<u32>, TokenRefusal>) -> Value {
    match outcome {
        Ok(slots) => json!({ "step": step.code(), "ok": true, "slots": slots }),
        Err(refusal) => {
            json!({ "step": step.code(), "ok": false, "code": refusal.code(), "detail": refusal.detail() })
        }
    }
}

fn standing_json(standing: &Standing) -> Value {
    json!({
        "subject": standing.subject,
        "issuer": standing.issuer,
        "serial": standing.serial,
        "not_before": standing.not_before,
        "not_after": standing.not_after,
        "in_validity": standing.in_validity,
        "may_sign": standing.may_sign,
        "strong": standing.strong,
        "trust": standing.trust,
    })
}
