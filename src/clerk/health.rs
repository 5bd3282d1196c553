//! Health: whether the machine has what signing and archiving need, for `niemphong doctor` and for its page.
//! Nothing is changed, no PIN is asked for, and it works beside an office at work.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use school::digest::Sha256;
use school::limits::ROOM_LEAST_BYTES;
use school::medium::MediumKind;

use crate::clerk::own_rules::own_authority_on_file;
use crate::clerk::register_file;
use crate::lifecycle::ledger::Ledger;
use crate::network::{self, Network};
use crate::process::media_host::MediaHost;
use crate::process::worker::Program;
use crate::register::{Access, Register};
use crate::wording::{self, Both, doctor as words};
use crate::{clock, medium, store};

/// One thing that was looked at, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What, as a stable code.
    pub check: &'static str,
    /// How it stands.
    pub stands: Stands,
}

/// How a thing stands, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// In order.
    Well(Both),
    /// Nothing is known to be wrong, and nobody has seen it work.
    Untried(Both),
    /// What is wrong.
    Wrong(Both),
}

impl From<Result<Both, Both>> for Stands {
    fn from(found: Result<Both, Both>) -> Self {
        match found {
            Ok(said) => Self::Well(said),
            Err(said) => Self::Wrong(said),
        }
    }
}

/// A device, or a kind of medium, as far as it was tried on real hardware.
const fn tried(tried: bool, said: Both) -> Stands {
    if tried { Stands::Well(said) } else { Stands::Untried(said) }
}

/// What there is to look at.
#[derive(Debug, Default)]
pub struct Examined<'e> {
    /// Data folder and inbox, where it is known where they lie.
    pub folders: Option<(&'e Path, &'e Path)>,
    /// What looks at media in the place of this computer's own worker.
    pub media: Option<Program>,
    /// How many PKCS#11 modules were tried, and how many tokens they show.
    pub tokens: (usize, usize),
    /// Name and fingerprint of each trusted root, or why there is none.
    pub anchors: Option<Result<Vec<(String, Sha256)>, String>>,
    /// The timestamp authority of the configuration; one that the school chose takes its place.
    pub timestamp_url: Option<String>,
}

/// Looks at everything, and tells each finding as soon as it is there: a drive or an authority takes its time.
pub fn examine(of: Examined<'_>, tell: &mut dyn FnMut(Finding)) {
    let mut told = |check, stands| tell(Finding { check, stands });
    told("program", Stands::Well(Both::same(concat!("niemphong ", env!("CARGO_PKG_VERSION")))));
    for (program, package, version) in medium::programs() {
        let stands = version.map(|version| Both::same(format!("{program}: {version}")));
        told("tool", stands.ok_or_else(|| words::not_installed(program, package)).into());
    }
    let ledger = of.folders.map_or_else(Ledger::default, |(data, inbox)| of_data(data, inbox, &mut told));
    devices(&of, &ledger.accepted, &mut told);
    told("tokens", Stands::Well(words::tokens(of.tokens.0, of.tokens.1)));
    match of.anchors {
        Some(Ok(named)) => {
            for (name, sha256) in named {
                told("anchor", Stands::Well(Both::same(format!("{name}, SHA-256 {sha256}"))));
            }
        }
        Some(Err(said)) => told("anchor", Stands::Wrong(Both::same(said))),
        None => {}
    }
    let own = of.folders.map_or(Ok(None), |(data, _)| own_authority_on_file(data, &ledger));
    let stands = match own.map(|own| own.unwrap_or(of.timestamp_url)) {
        Ok(Some(url)) => timestamp(&url),
        Ok(None) => Ok(words::no_authority()),
        Err(fault) => Err(words::code(fault.code())),
    };
    told("timestamp", stands.into());
}

/// Where one finding goes.
type Told<'t> = dyn FnMut(&'static str, Stands) + 't;

/// Room, and the clock against the register; what the register says.
fn of_data(data: &Path, inbox: &Path, told: &mut Told<'_>) -> Ledger {
    for folder in [data, inbox] {
        let stands = store::room(folder).map_err(|fault| words::code(fault.code()));
        told("room", stands.and_then(|(free, all)| enough(folder, free, all)).into());
    }
    let mut ledger = Ledger::default();
    let path = register_file(data);
    if !path.exists() {
        told("register", Stands::Well(words::no_register()));
        return ledger;
    }
    match Register::open(&path, Access::Read) {
        Ok((_, entries)) => {
            entries.iter().for_each(|entry| ledger.apply(entry));
            told("register", Stands::Well(words::entries(entries.len())));
            let now = clock::now();
            let ahead = entries.last().is_some_and(|last| last.time > now);
            let stands = if ahead { Err(words::clock_behind(now)) } else { Ok(Both::same(now.vietnamese())) };
            told("clock", stands.into());
        }
        Err(fault) => told("register", Stands::Wrong(words::code(fault.code()))),
    }
    ledger
}

fn enough(folder: &Path, free: u64, all: u64) -> Result<Both, Both> {
    if free < ROOM_LEAST_BYTES {
        return Err(words::little_room(folder, free, all));
    }
    Ok(words::room(folder, free, all))
}

fn devices(of: &Examined<'_>, accepted: &BTreeSet<(MediumKind, Sha256)>, told: &mut Told<'_>) {
    let own = of.folders.map_or_else(Vec::new, |(data, inbox)| vec![File::open(data), File::open(inbox)]);
    let own: Vec<File> = own.into_iter().flatten().collect();
    let own: Vec<&File> = own.iter().collect();
    let host = match of.media.clone() {
        Some(program) => MediaHost::start_program(program, &own),
        None => MediaHost::start(&own),
    };
    match host.and_then(|mut host| host.devices()) {
        Ok(devices) if devices.is_empty() => told("device", Stands::Well(wording::burning::no_devices())),
        Ok(devices) => {
            for device in devices {
                let accepted = accepted.contains(&(device.kind, device.identity.of_model()));
                told("device", tried(accepted, words::device(&device, accepted)));
            }
        }
        Err(fault) => told("device", Stands::Wrong(words::code(fault.code()))),
    }
    for kind in MediumKind::ALL {
        let accepted = accepted.iter().any(|(on, _)| *on == kind);
        told("acceptance", tried(accepted, words::acceptance(kind, accepted)));
    }
}

/// Asks for one timestamp: whether the authority answers and grants. Who it is tells the judge at every signature.
fn timestamp(url: &str) -> Result<Both, Both> {
    let asked = || -> Result<(), Both> {
        let imprint = Sha256::of(b"niemphong doctor");
        let nonce = network::nonce().map_err(|fault| words::code(fault.code()))?;
        let unasked = |fault: &dyn std::error::Error| Both::same(fault.to_string());
        let request = crafts::cms::timestamp_request(&imprint, nonce).map_err(|fault| unasked(&fault))?;
        let answer = Network::new().timestamp(url, &request).map_err(|fault| words::code(fault.code()))?;
        crafts::cms::timestamp_token(&answer, &imprint, nonce).map_err(|fault| unasked(&fault))?;
        Ok(())
    };
    let silent = |said: Both| wording::both(format!("{url}: {}", said.vi), said.en);
    asked().map(|()| words::authority_answers(url)).map_err(silent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(of: Examined<'_>) -> Vec<Finding> {
        let mut all = Vec::new();
        examine(of, &mut |finding| all.push(finding));
        all
    }

    fn of<'f>(all: &'f [Finding], check: &str) -> Vec<&'f Stands> {
        all.iter().filter(|one| one.check == check).map(|one| &one.stands).collect()
    }

    #[test]
    fn a_disk_with_little_room_is_not_well() {
        let (folder, all) = (Path::new("/kho"), 200 * ROOM_LEAST_BYTES);
        assert_eq!(
            enough(folder, ROOM_LEAST_BYTES - 1, all).unwrap_err(),
            words::little_room(folder, ROOM_LEAST_BYTES - 1, all)
        );
        assert_eq!(
            enough(folder, ROOM_LEAST_BYTES, all).expect("enough"),
            words::room(folder, ROOM_LEAST_BYTES, all)
        );
    }

    #[test]
    fn a_machine_without_a_register_is_told_so_and_an_authority_that_is_silent_is_wrong() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        // Nobody listens on the port of discard.
        let url = Some("http://127.0.0.1:9/".to_owned());
        let all = findings(Examined {
            folders: Some((folder.path(), folder.path())),
            tokens: (2, 1),
            timestamp_url: url,
            ..Examined::default()
        });
        assert_eq!(of(&all, "room").len(), 2);
        assert_eq!(of(&all, "register"), [&Stands::Well(words::no_register())]);
        let silent = of(&all, "timestamp")[0];
        assert!(matches!(silent, Stands::Wrong(said) if said.vi.starts_with("http://127.0.0.1:9/")));
    }

    #[test]
    fn what_nobody_tried_on_real_hardware_is_never_called_well() {
        let all = findings(Examined::default());
        let untried = of(&all, "acceptance");
        assert_eq!(untried.len(), MediumKind::ALL.len());
        assert!(untried.iter().all(|one| matches!(one, Stands::Untried(_))), "{untried:?}");
        let said = words::acceptance(MediumKind::Stick, true);
        assert_eq!(tried(true, said.clone()), Stands::Well(said));
    }

    #[test]
    fn a_folder_that_is_not_there_is_wrong() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let gone = folder.path().join("khong-co");
        let all = findings(Examined { folders: Some((&gone, folder.path())), ..Examined::default() });
        let rooms = of(&all, "room");
        assert!(matches!(rooms[..], [Stands::Wrong(_), Stands::Well(_)]), "{rooms:?}");
    }
}
