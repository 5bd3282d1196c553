//! `niemphong doctor`: whether the machine has what the archive needs, line by line.

use std::path::Path;

use serde_json::json;

use crate::clerk::{Examined, Finding, Stands, examine};
use crate::cli::exit::Exit;
use crate::cli::tokens::configuration;
use crate::config::{Config, Trust};
use crate::process::token_module::{TokenModule, survey_all};
use crate::wording::doctor as words;
use crate::{daemon, terminal};

/// Looks at everything and prints it.
pub fn run(config: Option<&Path>, json: bool) -> Exit {
    let config = match configuration(config) {
        Ok(config) => config,
        Err(exit) => return exit,
    };
    let modules = config.as_ref().map_or_else(TokenModule::known, Config::modules);
    let surveys = survey_all(&modules);
    let trust = config.as_ref().map_or_else(|| Ok(Trust::shipped()?), daemon::trust);
    let anchors = trust.map(|trust| trust.named_anchors());
    let of = Examined {
        folders: config.as_ref().map(|config| (config.data.as_path(), config.inbox.as_path())),
        media: None,
        tokens: (surveys.len(), surveys.iter().map(|survey| survey.tokens.len()).sum()),
        anchors: Some(anchors.map_err(|fault| format!("[{}] {fault}", fault.code()))),
        timestamp_url: config.as_ref().and_then(|config| config.timestamp_url.clone()),
    };
    let mut exit = Exit::Ok;
    examine(of, &mut |Finding { check, stands }| {
        let ok = !matches!(stands, Stands::Wrong(_));
        let (Stands::Well(said) | Stands::Untried(said) | Stands::Wrong(said)) = stands;
        if !ok {
            exit = Exit::Failure;
        }
        if json {
            terminal::data(&json!({"check": check, "ok": ok, "says": said.to_string()}).to_string());
        } else {
            terminal::data(&words::line(check, ok, &said));
        }
    });
    exit
}
