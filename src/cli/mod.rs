//! The command line: a contract (DESIGN, section 9). Verbs that are not built yet are absent.

mod archive;
mod arguments;
mod clock;
mod doctor;
mod exit;
mod inspect_register;
mod pin;
mod register_copy;
mod render;
mod sign;
mod sign_by_daemon;
mod sign_registered;
mod template;
mod tokens;
mod verify;

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use crate::cli::arguments::{Arguments, ConfigVerb, ExportVerb, Verb, WorkerKind};
use crate::cli::exit::Exit;
use crate::config::{Config, ConfigFault, Trust};
use crate::wording;
use crate::{daemon, demo, medium, process, terminal};

/// Parses the arguments and does what they ask.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            if !error.use_stderr() {
                return Exit::Ok.into();
            }
            explain("usage.arguments");
            return Exit::Usage.into();
        }
    };
    let filter =
        tracing_subscriber::EnvFilter::try_from_env("NIEMPHONG_LOG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match arguments.verb {
        Verb::Demo { dir, once, new_school, plan, spare_tokens, port, module } => {
            let tokens = demo::TokensShown { module, spare: spare_tokens };
            let told = match (once, new_school) {
                (true, _) => demo::tell(&dir, &plan),
                (false, true) => demo::serve(&dir, port, demo::Left::Everything, tokens),
                (false, false) => demo::serve(&dir, port, demo::Left::LastTurns(plan), tokens),
            };
            told.map_or_else(|fault| failed(fault.code(), &fault), |()| Exit::Ok)
        }
        Verb::Serve { config } => with_config(&config, |config| {
            daemon::serve(config).map_or_else(|fault| failed(fault.code(), &fault), |()| Exit::Ok)
        }),
        Verb::Import { config, files } => with_config(&config, |config| {
            daemon::import(config, &files).map_or_else(|fault| failed(fault.code(), &fault), |()| Exit::Ok)
        }),
        Verb::Render(request) => render::run(&request),
        Verb::Sign(request) => sign::run(&request),
        Verb::Verify(request) => verify::run(&request),
        Verb::Doctor { config, json } => doctor::run(config.as_deref(), json),
        Verb::Tokens(request) => tokens::run(&request),
        Verb::Register { config, data, verb } => inspect_register::run(&config, data.as_deref(), &verb),
        Verb::Archive(request) => archive::run(&request),
        Verb::Clock(request) => clock::run(&request),
        Verb::Export { verb: ExportVerb::Template { output, from } } => {
            template::run(&output, from.as_deref())
        }
        Verb::Config { verb } => configuration(&verb),
        Verb::Worker { kind: WorkerKind::Token { module } } => worker(process::token_worker::run(&module)),
        Verb::Worker { kind: WorkerKind::Media } => worker(media_worker()),
        Verb::Worker { kind: WorkerKind::SampleMedia { folder } } => {
            worker(demo::sample_devices::run(&folder))
        }
        Verb::Worker { kind: WorkerKind::Reader { folder } } => worker(process::reader_worker::run(folder)),
    }
    .into()
}

/// A signal does not end it in the middle of a disc.
fn media_worker() -> Result<(), process::frame::FrameFault> {
    let (_runtime, stop) = daemon::stop_on_signal()?;
    medium::worker::run(&stop)
}

fn worker(ended: Result<(), process::frame::FrameFault>) -> Exit {
    match ended {
        Ok(()) => Exit::Ok,
        Err(fault) => {
            tracing::error!(%fault, "worker ended");
            Exit::Failure
        }
    }
}

fn configuration(verb: &ConfigVerb) -> Exit {
    match verb {
        ConfigVerb::Template => {
            terminal::data(crate::config::TEMPLATE.trim_end());
            Exit::Ok
        }
        ConfigVerb::Show { config } => with_config(config, |config| {
            terminal::data(&format!("{config:#?}"));
            Exit::Ok
        }),
        ConfigVerb::Check { config } => with_config(config, |config| match checked(config) {
            Ok(trust) => {
                trust.named_anchors().iter().for_each(|(name, sha256)| {
                    terminal::data(&wording::trusted_root(name, *sha256, None));
                });
                trust.named_legacy().iter().for_each(|(name, sha256, until)| {
                    terminal::data(&wording::trusted_root(name, *sha256, Some(*until)));
                });
                terminal::data("ok");
                Exit::Ok
            }
            Err(fault) => failed(fault.code(), &fault),
        }),
    }
}

fn checked(config: &Config) -> Result<Trust, ConfigFault> {
    let trust = daemon::trust(config)?;
    config.own_layouts()?;
    Ok(trust)
}

fn with_config(path: &Path, act: impl FnOnce(&Config) -> Exit) -> Exit {
    match Config::read(path) {
        Ok(config) => act(&config),
        Err(fault) => failed(fault.code(), &fault),
    }
}

/// Says what happened, why it probably did, what to do now, and the stable code.
fn explain(code: &str) {
    let wording::Words { what_vi, why_vi, do_vi, en } = wording::fault(code);
    terminal::note(&format!("{what_vi}\n{why_vi}\n{do_vi}\n{en}\n[{code}]"));
}

/// Explains a fault, with what was found in this very case.
fn failed(code: &str, fault: &dyn std::error::Error) -> Exit {
    explain(code);
    let mut cause = Some(fault);
    while let Some(error) = cause {
        terminal::note(&format!("  {error}"));
        cause = error.source();
    }
    Exit::of_code(code)
}
