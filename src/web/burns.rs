//! Media being written and read back. A burn takes minutes, so it is carried out beside the owner of the
//! office, which only records how it begins and ends: people go on signing meanwhile. Closing the page stops
//! nothing, and every browser sees the same.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use school::identifier::PersonId;
use school::limits::VISITS_KEPT;
use school::medium::{CopyId, MediumId};
use school::moment::Moment;
use school::records::media_frame::{Device, Format, Progress};

use super::fault::Fault;
use super::house::House;
use crate::clerk::{self, ClerkFault, Reading, Writing};
use crate::clock;
use crate::process::media_host::MediaHost;

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// The next copy of a medium is written and read back, by this person or by the office.
    Write(MediumId, Format, Option<PersonId>),
    /// A copy is read again, by whom.
    Check(CopyId, Option<PersonId>),
}

/// Why it came to no good end, as a stable code, with the files that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    /// The code.
    pub code: String,
    /// Files on a stick, files that cannot be read.
    pub names: Vec<String>,
}

impl From<ClerkFault> for Stopped {
    fn from(fault: ClerkFault) -> Self {
        let names = match &fault {
            ClerkFault::Media(media) => media.names().to_vec(),
            _ => Vec::new(),
        };
        tracing::warn!(%fault, code = fault.code(), "a medium");
        Self { code: fault.code().to_owned(), names }
    }
}

impl From<Fault> for Stopped {
    fn from(_: Fault) -> Self {
        Self { code: "web.busy".into(), names: Vec::new() }
    }
}

/// One of them.
#[derive(Debug)]
pub struct Burn {
    /// What is done.
    pub task: Task,
    /// With which device.
    pub device: Device,
    /// Since when.
    pub begun: Moment,
    progress: Mutex<Option<Progress>>,
    outcome: Mutex<Option<Result<CopyId, Stopped>>>,
    cancelled: AtomicBool,
}

impl Burn {
    /// How far it is.
    pub fn progress(&self) -> Option<Progress> {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What came of it, once it is over.
    pub fn outcome(&self) -> Option<Result<CopyId, Stopped>> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Stops it at the next piece. A disc that is being written is lost by it.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    fn tell(&self, progress: Progress) -> ControlFlow<()> {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
        if self.cancelled.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    fn end(&self, outcome: Result<CopyId, Stopped>) {
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
    }
}

/// The latest ones by number.
#[derive(Debug, Default)]
pub struct Burns(Mutex<BTreeMap<u64, Arc<Burn>>>);

impl Burns {
    /// One of them.
    pub fn get(&self, number: u64) -> Option<Arc<Burn>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&number).cloned()
    }

    /// The one that is under way.
    pub fn under_way(&self) -> Option<u64> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(_, one)| one.outcome().is_none()).map(|(number, _)| *number)
    }

    /// Begins one, unless one is under way: drives share the bus, and people the table.
    fn begin(&self, task: Task, device: Device) -> Result<(u64, Arc<Burn>), Fault> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.values().any(|one| one.outcome().is_none()) {
            return Err(Fault::of(axum::http::StatusCode::CONFLICT, "web.burning"));
        }
        let number = all.last_key_value().map_or(1, |(last, _)| last + 1);
        let burn = Arc::new(Burn {
            task,
            device,
            begun: clock::now(),
            progress: Mutex::default(),
            outcome: Mutex::default(),
            cancelled: AtomicBool::new(false),
        });
        all.insert(number, Arc::clone(&burn));
        while all.len() > VISITS_KEPT {
            all.pop_first();
        }
        Ok((number, burn))
    }
}

impl House {
    /// Every drive, stick and disk, and why one cannot be used.
    pub(super) async fn devices(&self) -> Result<Vec<Device>, Fault> {
        let (inbox, program) = (self.settings.inbox.clone(), self.settings.media.clone());
        let host = self.orders.ask(move |office, _| clerk::media_host(office, inbox.as_deref(), program));
        let mut host = host.await??;
        // A drive takes seconds to say what lies in it.
        let seen = tokio::task::spawn_blocking(move || host.devices()).await.map_err(|_| Fault::busy())?;
        let seen = seen.map_err(ClerkFault::from)?;
        self.orders.ask(move |office, _| clerk::devices_known(office, seen)).await
    }

    /// Begins to write or to read: its number.
    ///
    /// Errors: `web.burning` while another one is under way.
    pub(super) fn begin_burn(self: &Arc<Self>, task: Task, device: Device) -> Result<u64, Fault> {
        let (number, burn) = self.burns.begin(task, device)?;
        let house = Arc::clone(self);
        tokio::spawn(async move {
            let outcome = match burn.task.clone() {
                Task::Write(medium, format, by) => write(&house, &burn, medium, (format, by)).await,
                Task::Check(copy, by) => check(&house, &burn, copy, by).await,
            };
            burn.end(outcome);
        });
        Ok(number)
    }
}

async fn write(
    house: &Arc<House>,
    burn: &Arc<Burn>,
    medium: MediumId,
    (format, by): (Format, Option<PersonId>),
) -> Result<CopyId, Stopped> {
    let device = burn.device.clone();
    let planned =
        house.orders.ask_to_the_end(move |office, _| Writing::plan(office, &medium, (&device, format), by));
    let mut writing = planned.await??;
    let mut host = host(house).await?;
    for reading in writing.take_earlier() {
        host = read(house, burn, host, reading).await?;
    }
    let begun = house.orders.ask_to_the_end(move |office, _| {
        writing.begin(office)?;
        Ok::<_, ClerkFault>(writing)
    });
    let writing = begun.await??;
    let watched = Arc::clone(burn);
    let carried = tokio::task::spawn_blocking(move || {
        let carried = writing.carry_out(&mut host, &mut |progress| watched.tell(progress));
        (writing, carried)
    });
    let (writing, carried) = carried.await.map_err(|_| Fault::busy())?;
    Ok(house.orders.ask_to_the_end(move |office, _| writing.end(office, carried)).await??)
}

async fn check(
    house: &Arc<House>,
    burn: &Arc<Burn>,
    copy: CopyId,
    by: Option<PersonId>,
) -> Result<CopyId, Stopped> {
    let (device, of) = (burn.device.clone(), copy.clone());
    let planned = house.orders.ask_to_the_end(move |office, _| Reading::plan(office, &of, &device, by));
    let reading = planned.await??;
    let host = host(house).await?;
    read(house, burn, host, reading).await?;
    Ok(copy)
}

async fn host(house: &Arc<House>) -> Result<MediaHost, Stopped> {
    let (inbox, program) = (house.settings.inbox.clone(), house.settings.media.clone());
    let host =
        house.orders.ask_to_the_end(move |office, _| clerk::media_host(office, inbox.as_deref(), program));
    Ok(host.await??)
}

async fn read(
    house: &Arc<House>,
    burn: &Arc<Burn>,
    mut host: MediaHost,
    reading: Reading,
) -> Result<MediaHost, Stopped> {
    let watched = Arc::clone(burn);
    let carried = tokio::task::spawn_blocking(move || {
        let found = reading.carry_out(&mut host, &mut |progress| watched.tell(progress));
        (host, reading, found)
    });
    let (host, reading, found) = carried.await.map_err(|_| Fault::busy())?;
    let settled = house.orders.ask_to_the_end(move |office, _| {
        let found = found?;
        reading.end(office, &found)
    });
    settled.await??;
    Ok(host)
}
