//! Opens the office that the archive's steps work in. While the daemon works there, nobody else does.

use std::path::PathBuf;

use crate::clerk::{self, Actor, Authorities, Office};
use crate::cli::archive::ArchiveFault;
use crate::cli::archive::media::Rules;
use crate::cli::archive::request::ArchivePlace;
use crate::config::{Config, ConfigFault, Trust};
use crate::daemon;
use crate::process::reader_host::ReaderHost;

/// Where the school's data lie.
///
/// Errors: no folder is named, and the configuration that names it cannot be read.
pub fn data_folder(place: &ArchivePlace) -> Result<PathBuf, ArchiveFault> {
    match &place.data {
        Some(data) => Ok(data.clone()),
        None => Ok(Config::read(&place.config)?.data),
    }
}

/// The office, with everything published that a kill left half done.
///
/// Errors: `register.busy` while another process works there; anchors of one's own for a real school.
pub fn open(place: &ArchivePlace) -> Result<(Office, Rules), ArchiveFault> {
    let (data, configured) = match &place.data {
        Some(data) => (data.clone(), None),
        None => {
            let config = Config::read(&place.config)?;
            (config.data.clone(), Some(config))
        }
    };
    let trust = match (&place.trust, &configured) {
        (Some(folder), _) => {
            let mut trust = Trust::default();
            trust.add_folder(folder).map_err(ConfigFault::from)?;
            trust
        }
        (None, Some(config)) => daemon::trust(config)?,
        (None, None) => Trust::shipped().map_err(ConfigFault::from)?,
    };
    let rules = match &configured {
        Some(config) => Rules {
            regulation: config.regulation.clone(),
            check_days: config.check_days,
            inbox: Some(config.inbox.clone()),
        },
        None => Rules::default(),
    };
    let authorities = Authorities {
        anchors: trust.anchors,
        intermediates: trust.intermediates,
        crls: trust.crls,
        timestamp_url: place
            .tsa
            .clone()
            .or_else(|| configured.as_ref().and_then(|config| config.timestamp_url.clone())),
    };
    let mut office = Office::open(&data, ReaderHost::start(), authorities)?;
    office.works_for(Some(Actor::of_command()));
    if let Some(config) = &configured {
        office.decide_on_unchecked(daemon::on_unchecked(config));
    }
    if place.trust.is_some() && !is_invented(&mut office)? {
        return Err(ArchiveFault::TrustOfASample);
    }
    clerk::resume(&mut office)?;
    // What was typed for this once stands above what the school decided.
    if place.tsa.is_none() {
        clerk::use_own_authority(&mut office)?;
    }
    let own = &office.ledger().own_rules;
    let rules = Rules {
        regulation: own.regulation(&rules.regulation).clone(),
        check_days: own.check_days(rules.check_days),
        ..rules
    };
    Ok((office, rules))
}

/// Whether every roster of the school says that the school is invented.
fn is_invented(office: &mut Office) -> Result<bool, ArchiveFault> {
    let years: Vec<_> = office.ledger().years.keys().copied().collect();
    for year in years {
        if !office.year(year)?.roster.1.school.sample {
            return Ok(false);
        }
    }
    Ok(true)
}
