//! Media being written and read back. A burn takes minutes, so it is carried out beside the owner of the
//! office, which only records how it begins and ends: people go on signing meanwhile. Closing the page stops
//! nothing, and every browser sees the same.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use school::identifier::PersonId;
use school::limits::VISITS_KEPT;
use school::medium::{CopyId, MediumId, MediumKind};
use school::moment::Moment;
use school::records::media_frame::{Device, Format, Progress};

use super::fault::Fault;
use super::house::House;
use super::owner::for_somebody;
use crate::clerk::{self, Actor, ClerkFault, Office, Reading, Room, Writing};
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
    /// On whose order it is done: of who began it, then of who stopped it.
    actor: Mutex<Actor>,
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

    /// A disc that is being written cannot be gone on with: what is stopped is lost. Sticks and disks go on, and a
    /// reading is begun again.
    fn is_lost_by_stopping(&self) -> bool {
        matches!(self.task, Task::Write(..)) && self.device.kind == MediumKind::Optical
    }

    /// Stops it at the next piece, on the order of somebody. A disc that is being written is lost by it.
    pub fn stop(&self, actor: Actor) {
        *self.actor.lock().unwrap_or_else(PoisonError::into_inner) = actor;
        self.cancel();
    }

    fn actor(&self) -> Actor {
        self.actor.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn cancel(&self) {
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
pub struct Burns(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    all: BTreeMap<u64, Arc<Burn>>,
    is_winding_down: bool,
}

impl Burns {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One of them.
    pub fn get(&self, number: u64) -> Option<Arc<Burn>> {
        self.lock().all.get(&number).cloned()
    }

    /// The one that is under way.
    pub fn under_way(&self) -> Option<u64> {
        self.lock().all.iter().find(|(_, one)| one.outcome().is_none()).map(|(number, _)| *number)
    }

    /// The program is told to stop: nothing new begins, what can go on another time is stopped, and a disc that
    /// would be lost is finished. True as long as one is under way.
    pub fn wind_down(&self) -> bool {
        let mut kept = self.lock();
        kept.is_winding_down = true;
        let mut under_way = kept.all.values().filter(|one| one.outcome().is_none()).peekable();
        let any = under_way.peek().is_some();
        under_way.filter(|one| !one.is_lost_by_stopping()).for_each(|one| one.cancel());
        any
    }

    /// Begins one, unless one is under way: drives share the bus, and people the table.
    fn begin(&self, task: Task, device: Device, actor: Actor) -> Result<(u64, Arc<Burn>), Fault> {
        let mut kept = self.lock();
        if kept.is_winding_down {
            return Err(Fault::of(StatusCode::SERVICE_UNAVAILABLE, "web.stopping"));
        }
        let all = &mut kept.all;
        if all.values().any(|one| one.outcome().is_none()) {
            return Err(Fault::of(StatusCode::CONFLICT, "web.burning"));
        }
        let number = all.last_key_value().map_or(1, |(last, _)| last + 1);
        let burn = Arc::new(Burn {
            task,
            device,
            begun: clock::now(),
            progress: Mutex::default(),
            outcome: Mutex::default(),
            cancelled: AtomicBool::new(false),
            actor: Mutex::new(actor),
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

    /// Begins to write or to read on the order of somebody: its number.
    ///
    /// Errors: `web.burning` while another one is under way; `web.stopping`.
    pub(super) fn begin_burn(
        self: &Arc<Self>,
        task: Task,
        device: Device,
        actor: Actor,
    ) -> Result<u64, Fault> {
        let (number, burn) = self.burns.begin(task, device, actor)?;
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

/// Has the owner do a step of it, on the order of whoever it is done for.
async fn step<T: Send + 'static>(
    house: &House,
    burn: &Burn,
    step: impl FnOnce(&mut Office, &mut Room) -> T + Send + 'static,
) -> Result<T, Fault> {
    house.orders.ask_to_the_end(for_somebody(burn.actor(), step)).await
}

async fn write(
    house: &Arc<House>,
    burn: &Arc<Burn>,
    medium: MediumId,
    (format, by): (Format, Option<PersonId>),
) -> Result<CopyId, Stopped> {
    let device = burn.device.clone();
    let planned = step(house, burn, move |office, _| Writing::plan(office, &medium, (&device, format), by));
    let mut writing = planned.await??;
    let mut host = host(house).await?;
    for reading in writing.take_earlier() {
        host = read(house, burn, host, reading).await?;
    }
    let begun = step(house, burn, move |office, _| {
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
    Ok(step(house, burn, move |office, _| writing.end(office, carried)).await??)
}

async fn check(
    house: &Arc<House>,
    burn: &Arc<Burn>,
    copy: CopyId,
    by: Option<PersonId>,
) -> Result<CopyId, Stopped> {
    let (device, of) = (burn.device.clone(), copy.clone());
    let planned = step(house, burn, move |office, _| Reading::plan(office, &of, &device, by));
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
    let settled = step(house, burn, move |office, _| {
        let found = found?;
        reading.end(office, &found)
    });
    settled.await??;
    Ok(host)
}

#[cfg(test)]
mod tests {
    use school::records::media_frame::{DeviceIdentity, Holds};

    use super::*;

    fn office() -> Actor {
        Actor::new("van.phong", "van-phong", None)
    }

    fn device(kind: MediumKind) -> Device {
        let identity = DeviceIdentity {
            vendor: String::new(),
            model: String::new(),
            serial: String::new(),
            size_bytes: 0,
            disc: String::new(),
        };
        Device { kind, identity, node: String::new(), room_bytes: 0, holds: Holds::default(), unusable: None }
    }

    #[test]
    fn whoever_stops_the_program_stops_what_can_go_on_and_waits_for_a_disc() {
        let medium: MediumId = "HOAPHUONG_VM_0001".parse().expect("a medium");
        let writes = || Task::Write(medium.clone(), Format::Udf, None);
        let reads = Task::Check("HOAPHUONG_VM_0001-1".parse().expect("a copy"), None);
        let under_way = [
            (writes(), MediumKind::Optical, false),
            (writes(), MediumKind::Stick, true),
            (writes(), MediumKind::Disk, true),
            (reads, MediumKind::Optical, true),
        ];
        for (task, kind, is_stopped) in under_way {
            let burns = Burns::default();
            let (_, burn) = burns.begin(task, device(kind), office()).expect("begun");
            assert!(burns.wind_down(), "it is under way");
            assert_eq!(burn.cancelled.load(Ordering::Relaxed), is_stopped, "{kind:?}");
            let next =
                burns.begin(writes(), device(kind), office()).err().map(|fault| fault.code().to_owned());
            assert_eq!(next.as_deref(), Some("web.stopping"));
            burn.end(Err(Stopped { code: "medium.cancelled".into(), names: Vec::new() }));
            assert!(!burns.wind_down(), "nothing is waited for any more");
        }
    }
}
