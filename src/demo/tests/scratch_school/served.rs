//! The school after everybody went home, and with the daemon at work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use school::medium::MediumId;
use school::regulation::Preset;
use tempfile::TempDir;

use super::offices::{Stamped, open_office};
use super::spied_tokens::{SPY, calls_in, read_spied, spied_environment};
use super::{ScratchSchool, built_program};
use crate::accounts::Accounts;
use crate::clerk::{self, ClerkFault};
use crate::demo::loopback::Loopback;
use crate::demo::school::written;
use crate::demo::surroundings::Surroundings;
use crate::demo::tests::shelf::Lent;
use crate::process::control;
use crate::process::token_module::TokenModule;
use crate::process::token_watch::TokenWatch;
use crate::process::worker::Program;
use crate::web::{House, Listen, Pages, Settings};

/// The school, whose office nobody has open.
pub struct AtTheDesk {
    _loopback: Option<Loopback>,
    pub surroundings: Lent,
    pub folder: TempDir,
}

impl AtTheDesk {
    /// A school that was made earlier; nobody answers for its authorities.
    pub fn at(surroundings: Surroundings, folder: TempDir) -> Self {
        Self { surroundings: Lent::owned(surroundings), _loopback: None, folder }
    }

    /// Plans media for everything that waits, on discs of a size that the program does not offer.
    pub fn plan_media(&self, disc_bytes: u64) -> Result<Vec<MediumId>, ClerkFault> {
        let mut office = open_office(&self.surroundings, self.folder.path(), Stamped::Yes);
        clerk::plan_media(&mut office, &[], disc_bytes)
    }
}

/// The school, with the daemon at work.
pub struct Served {
    pub desk: AtTheDesk,
    spied: TempDir,
    stop: Arc<AtomicBool>,
    owner: Option<JoinHandle<()>>,
    _pages: Pages,
}

impl Served {
    /// How often a PKCS#11 function was called so far, by any worker.
    pub fn calls(&self, function: &str) -> usize {
        calls_in(&read_spied(self.spied.path()), function)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let ended = self.owner.take().map(JoinHandle::join);
        assert!(std::thread::panicking() || !matches!(ended, Some(Err(_))), "the owner failed");
    }
}

impl ScratchSchool {
    /// Everybody goes home: the office is closed, so that the program can open it.
    pub fn leave(self) -> AtTheDesk {
        let Self { surroundings, loopback, folder, .. } = self;
        AtTheDesk { surroundings, _loopback: loopback, folder }
    }

    /// The daemon's part of the school: owner and pages, with the tokens behind the spy.
    pub fn serve(self) -> Served {
        let arguments = ["worker".into(), "token".into(), "--module".into(), SPY.into()];
        let program = Program::at(built_program(), arguments);
        let program = program.with_environment(&spied_environment(&self.surroundings, self.spied.path()));
        self.serve_with(TokenModule::with_program(SPY.into(), program))
    }

    /// As [`Self::serve`], with the tokens behind this module.
    pub fn serve_with(self, module: TokenModule) -> Served {
        let Self { surroundings, loopback, office, spied, folder, .. } = self;
        let settings = Settings {
            names: Vec::new(),
            addresses: Vec::new(),
            network_port: None,
            own_screen: written("van-phong-1"),
            regulation: Preset::KonTum.into(),
            check_days: 365,
            control: folder.path().join(control::SOCKET),
            sample: true,
            timestamp_url: None,
            mounts: Vec::new(),
            inbox: None,
            media: None,
            folder: folder.path().join("trang"),
        };
        let tokens = Arc::new(TokenWatch::over(vec![module]));
        // What is plugged in is known before anybody asks.
        while tokens.sight().tokens.is_empty() {
            std::thread::sleep(Duration::from_millis(50));
        }
        let accounts = Accounts::open(&folder.path().join("tai-khoan.sqlite")).expect("accounts");
        let (house, mut owner) =
            House::around(office, folder.path(), accounts, tokens, settings).expect("a house");
        let own = (std::net::Ipv4Addr::LOCALHOST, 0).into();
        let pages = Pages::open(house, Listen { own, network: None }).expect("pages");
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let owner = std::thread::spawn(move || {
            while !stopped.load(Ordering::SeqCst) {
                owner.turn(Duration::from_millis(50)).expect("no fault of register or store");
            }
        });
        let desk = AtTheDesk { surroundings, _loopback: loopback, folder };
        Served { desk, spied, stop, owner: Some(owner), _pages: pages }
    }
}
