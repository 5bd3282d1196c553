//! `niemphong doctor`: whether the machine has what the archive needs. Nothing is changed, no PIN is asked for, and
//! it works beside the daemon.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use school::digest::Sha256;
use school::medium::MediumKind;
use serde_json::json;

use crate::clerk::register_file;
use crate::cli::exit::Exit;
use crate::cli::tokens::configuration;
use crate::config::{Config, Trust};
use crate::lifecycle::ledger::Ledger;
use crate::network::{self, Network};
use crate::process::media_host::MediaHost;
use crate::process::token_module::{TokenModule, survey_all};
use crate::register::{Access, Register};
use crate::wording::doctor as words;
use crate::{clock, daemon, medium, store, terminal, wording};

/// What was looked at, and how it stands.
struct Findings {
    json: bool,
    exit: Exit,
}

impl Findings {
    fn tell(&mut self, check: &str, stands: Result<String, String>) {
        let (ok, said) = match &stands {
            Ok(said) => (true, said),
            Err(said) => (false, said),
        };
        if !ok {
            self.exit = Exit::Failure;
        }
        if self.json {
            terminal::data(&json!({"check": check, "ok": ok, "says": said}).to_string());
        } else {
            terminal::data(&words::line(check, ok, said));
        }
    }
}

/// Looks at everything and prints it.
pub fn run(config: Option<&Path>, json: bool) -> Exit {
    let config = match configuration(config) {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let mut findings = Findings { json, exit: Exit::Ok };
    findings.tell("program", Ok(format!("niemphong {}", env!("CARGO_PKG_VERSION"))));
    for (program, package, version) in medium::programs() {
        let stands = version.map(|version| format!("{program}: {version}"));
        findings.tell("tool", stands.ok_or_else(|| words::not_installed(program, package)));
    }
    let accepted = config.as_ref().map_or_else(BTreeSet::new, |config| of_data(config, &mut findings));
    devices(config.as_ref(), &accepted, &mut findings);
    modules(config.as_ref(), &mut findings);
    let trust = config.as_ref().map_or_else(|| Ok(Trust::shipped()?), daemon::trust);
    match trust {
        Ok(trust) => {
            for (name, sha256) in trust.named_anchors() {
                findings.tell("anchor", Ok(format!("{name}, SHA-256 {sha256}")));
            }
        }
        Err(fault) => findings.tell("anchor", Err(format!("[{}] {fault}", fault.code()))),
    }
    let url = config.as_ref().and_then(|config| config.timestamp_url.clone());
    let stands = url.map_or_else(|| Ok(words::NO_AUTHORITY.to_owned()), |url| timestamp_authority(&url));
    findings.tell("timestamp", stands);
    findings.exit
}

/// Room, and the clock against the register; what was tried on real hardware.
fn of_data(config: &Config, findings: &mut Findings) -> BTreeSet<(MediumKind, Sha256)> {
    for folder in [&config.data, &config.inbox] {
        let stands = store::room(folder).map(|(free, all)| words::room(folder, free, all));
        findings.tell("room", stands.map_err(|fault| format!("[{}] {fault}", fault.code())));
    }
    let mut ledger = Ledger::default();
    let path = register_file(&config.data);
    if !path.exists() {
        findings.tell("register", Ok(words::NO_REGISTER.to_owned()));
        return ledger.accepted;
    }
    match Register::open(&path, Access::Read) {
        Ok((_, entries)) => {
            entries.iter().for_each(|entry| ledger.apply(entry));
            findings.tell("register", Ok(words::entries(entries.len())));
            let now = clock::now();
            let ahead = entries.last().is_some_and(|last| last.time > now);
            let stands = if ahead { Err(words::clock_behind(now)) } else { Ok(now.vietnamese()) };
            findings.tell("clock", stands);
        }
        Err(fault) => findings.tell("register", Err(format!("[{}] {fault}", fault.code()))),
    }
    ledger.accepted
}

fn devices(config: Option<&Config>, accepted: &BTreeSet<(MediumKind, Sha256)>, findings: &mut Findings) {
    let own =
        config.map_or_else(Vec::new, |config| vec![File::open(&config.data), File::open(&config.inbox)]);
    let own: Vec<File> = own.into_iter().flatten().collect();
    let own: Vec<&File> = own.iter().collect();
    let seen = MediaHost::start(&own).and_then(|mut host| host.devices());
    match seen {
        Ok(devices) if devices.is_empty() => {
            findings.tell("device", Ok(wording::burning::NO_DEVICES.to_owned()));
        }
        Ok(devices) => {
            for device in devices {
                let tried = accepted.contains(&(device.kind, device.identity.of_model()));
                findings.tell("device", Ok(words::device(&device, tried)));
            }
        }
        Err(fault) => findings.tell("device", Err(words::code(fault.code()))),
    }
    for kind in MediumKind::ALL {
        let tried = accepted.iter().any(|(on, _)| *on == kind);
        findings.tell("acceptance", Ok(words::acceptance(kind, tried)));
    }
}

fn modules(config: Option<&Config>, findings: &mut Findings) {
    let modules = config.map_or_else(TokenModule::known, Config::modules);
    let surveys = survey_all(&modules);
    let tokens: usize = surveys.iter().map(|survey| survey.tokens.len()).sum();
    findings.tell("tokens", Ok(words::tokens(surveys.len(), tokens)));
}

/// Asks for one timestamp: whether the authority answers and grants. Who it is tells the judge at every signature.
fn timestamp_authority(url: &str) -> Result<String, String> {
    let imprint = Sha256::of(b"niemphong doctor");
    let asked = || -> Result<(), String> {
        let nonce = network::nonce().map_err(|fault| words::code(fault.code()))?;
        let request = crafts::cms::timestamp_request(&imprint, nonce).map_err(|fault| fault.to_string())?;
        let answer = Network::new().timestamp(url, &request).map_err(|fault| words::code(fault.code()))?;
        crafts::cms::timestamp_token(&answer, &imprint, nonce).map_err(|fault| fault.to_string())?;
        Ok(())
    };
    asked().map(|()| words::authority_answers(url)).map_err(|said| format!("{url}: {said}"))
}
