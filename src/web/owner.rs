//! The one thread that owns the office: it empties the inbox, signs with whoever sits at a reader, and does
//! what pages order. Orders come over a channel of fixed size and each is done to its end, whether or not
//! the page still waits for the answer.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, channel, sync_channel};
use std::time::{Duration, Instant};

use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::limits::{ORDER_WAIT_MS, ORDERS};
use tokio::sync::oneshot;

use super::closing::ClosingReminder;
use super::fault::Fault;
use super::visits::Visits;
use crate::clerk::{self, Actor, ClerkFault, Left, Office, Room, Turns};
use crate::lifecycle::dossier::Stage;
use crate::process::token_watch::TokenWatch;

/// How long the owner waits for news of a token before it looks at orders again.
const SIGNING_WAIT: Duration = Duration::from_millis(20);
/// How soon it looks again whether something can be closed that could not be before.
const CLOSING_AGAIN: Duration = Duration::from_secs(60);

type Order = Box<dyn FnOnce(&mut Office, &mut Room) + Send>;

/// The way from pages to the owner.
#[derive(Clone)]
pub struct Orders(SyncSender<Order>);

impl Orders {
    /// Has `order` done and waits for what came of it.
    ///
    /// Errors: `web.busy` when too many orders wait, or this one takes long; it is done all the same.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        order: impl FnOnce(&mut Office, &mut Room) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let wait = Duration::from_millis(ORDER_WAIT_MS);
        tokio::time::timeout(wait, self.ask_to_the_end(order)).await.map_err(|_| Fault::busy())?
    }

    /// As [`Self::ask`], on the order of somebody, whom the entries name that come of it.
    ///
    /// Errors: as [`Self::ask`].
    pub(super) async fn ask_for<T: Send + 'static>(
        &self,
        actor: Actor,
        order: impl FnOnce(&mut Office, &mut Room) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        self.ask(for_somebody(actor, order)).await
    }

    /// Leaves `order` to the owner, on the order of somebody, and waits for nothing: it is lost where too many wait.
    pub(super) fn leave(&self, actor: Actor, order: impl FnOnce(&mut Office) + Send + 'static) {
        let left = self.0.try_send(Box::new(for_somebody(actor, |office, _| order(office))));
        if left.is_err() {
            tracing::error!("too many orders wait: one that nobody waits for is lost");
        }
    }

    /// The way for a deed of somebody that has other things to do between two steps.
    pub(super) fn steps_for(&self, actor: Actor) -> StepsFor {
        StepsFor { orders: self.clone(), actor }
    }

    /// The same for who has all the time there is: nobody waits at a browser.
    ///
    /// Errors: `web.busy` when too many orders wait.
    pub(super) async fn ask_to_the_end<T: Send + 'static>(
        &self,
        order: impl FnOnce(&mut Office, &mut Room) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let (answer, answered) = oneshot::channel();
        let order: Order = Box::new(move |office, room| {
            // Nobody hears it when the browser is gone; what was ordered is done.
            let _ = answer.send(order(office, room));
        });
        match self.0.try_send(order) {
            Ok(()) => {}
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => return Err(Fault::busy()),
        }
        answered.await.map_err(|_| Fault::busy())
    }
}

/// Steps in the office on the order of somebody, for a thread of its own, which waits as long as the owner takes.
pub struct StepsFor {
    orders: Orders,
    actor: Actor,
}

impl Turns for StepsFor {
    fn take<T: Send + 'static>(
        &mut self,
        step: impl FnOnce(&mut Office) -> Result<T, ClerkFault> + Send + 'static,
    ) -> Result<T, ClerkFault> {
        let gone = || ClerkFault::NotNow { code: "web.busy", what: "the owner of the office is gone".into() };
        let (answer, answered) = channel();
        let step = for_somebody(self.actor.clone(), move |office, _| step(office));
        // Nobody hears it when the thread is gone; what was ordered is done.
        let order: Order = Box::new(move |office, room| drop(answer.send(step(office, room))));
        self.orders.0.send(order).map_err(|_| gone())?;
        answered.recv().map_err(|_| gone())?
    }
}

/// An order of somebody. What the owner does after it is nobody's order.
pub(super) fn for_somebody<T>(
    actor: Actor,
    order: impl FnOnce(&mut Office, &mut Room) -> T,
) -> impl FnOnce(&mut Office, &mut Room) -> T {
    move |office, room| {
        office.works_for(Some(actor));
        let done = order(office, room);
        office.works_for(None);
        done
    }
}

/// Owner of office and room.
pub struct Owner {
    office: Office,
    room: Room,
    orders: Receiver<Order>,
    /// An order that came while something was being closed.
    next: Option<Order>,
    visits: Arc<Visits>,
    reminder: Arc<ClosingReminder>,
    close_again: Option<Instant>,
    tokens: Arc<TokenWatch>,
    /// Certificates on the tokens in sight, and the version of that sight.
    plugged: (u64, BTreeSet<Sha256>),
}

impl Owner {
    /// Takes the office; the other end is for pages.
    pub(super) fn of(
        office: Office,
        tokens: Arc<TokenWatch>,
        visits: Arc<Visits>,
        reminder: Arc<ClosingReminder>,
    ) -> (Self, Orders) {
        let (sender, orders) = sync_channel(ORDERS);
        let room = Room::open(&office);
        let (close_again, plugged) = (Some(Instant::now()), Default::default());
        (
            Self { office, room, orders, next: None, visits, reminder, close_again, tokens, plugged },
            Orders(sender),
        )
    }

    /// The office, for steps between two turns.
    pub fn office(&mut self) -> &mut Office {
        &mut self.office
    }

    /// True while somebody sits at a reader: the owner has no time for long steps.
    pub fn is_signing(&self) -> bool {
        !self.room.is_empty()
    }

    /// Does what is ordered and moves the sittings on; waits at most `wait` where there is nothing to do.
    ///
    /// Errors: register or store failed.
    pub fn turn(&mut self, wait: Duration) -> Result<(), ClerkFault> {
        self.expect_visits();
        let has_work = self.is_signing() || self.room.is_reading_ahead();
        let wait = if has_work { Duration::ZERO } else { wait };
        match self.next.take().map_or_else(|| self.orders.recv_timeout(wait), Ok) {
            Ok(order) => {
                order(&mut self.office, &mut self.room);
                while let Ok(order) = self.orders.try_recv() {
                    order(&mut self.office, &mut self.room);
                }
                // A decision may have been made, an answer given: what follows from it is looked for.
                self.close_again = Some(Instant::now());
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
        let is_signing = self.is_signing();
        if is_signing || self.room.is_reading_ahead() {
            for Left { sitting, refused, .. } in self.room.step(&mut self.office, SIGNING_WAIT)? {
                self.visits.left(sitting, refused.as_ref().map(ClerkFault::code));
            }
            if is_signing {
                self.close_again = Some(Instant::now());
            }
        } else if self.close_again.is_some_and(|due| Instant::now() >= due) {
            self.close()?;
        }
        Ok(())
    }

    /// Has the readers read what waits for whoever plugged in since the last turn.
    fn expect_visits(&mut self) {
        if self.tokens.version() == self.plugged.0 {
            return;
        }
        let sight = self.tokens.sight();
        let tokens = sight.tokens.iter().flat_map(|one| &one.token.certificates);
        let plugged: BTreeSet<Sha256> = tokens.map(|one| one.sha256).collect();
        for certificate in plugged.difference(&self.plugged.1) {
            if let Err(fault) = self.room.expect_visit(&mut self.office, *certificate) {
                // Whoever signs without it waits longer, and is told what is wrong.
                tracing::warn!(code = fault.code(), "what waits for this token is not read ahead");
            }
        }
        self.plugged = (sight.version, plugged);
    }

    /// Closes what is signed, and makes the documents that waited for it.
    fn close(&mut self) -> Result<(), ClerkFault> {
        self.close_again = None;
        let (orders, next) = (&self.orders, &mut self.next);
        let closing = clerk::close_due(&mut self.office, || {
            *next = next.take().or_else(|| orders.try_recv().ok());
            next.is_some()
        })?;
        // What it had not come to yet is looked at again after the order.
        if !closing.stopped
            && let Some(words) = self.reminder.after(&closing)
        {
            tracing::warn!("{words}");
            self.close_again = Some(Instant::now() + CLOSING_AGAIN);
        }
        let ledger = self.office.ledger();
        // A decision locks what documents are made of, as the record of a correction does; a class book may be what
        // transcripts cite.
        let is_waited_for = |id| {
            let one = ledger.dossiers.get(id);
            one.is_some_and(|one| {
                use DocumentKind::{BienBanSuaChua, QuyetDinhKhoa, SoDiem};
                matches!(one.key.kind(), QuyetDinhKhoa | BienBanSuaChua | SoDiem)
                    && matches!(one.stage, Stage::Closed(_))
            })
        };
        if closing.closed.iter().any(is_waited_for)
            && let Err(fault) = clerk::make_bases(&mut self.office)
        {
            match fault {
                ClerkFault::Register(_) | ClerkFault::Store(_) => return Err(fault),
                // One document that cannot be made keeps nobody from signing the others.
                other => tracing::error!(%other, "documents of a lock could not be made"),
            }
        }
        Ok(())
    }
}
