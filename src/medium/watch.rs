//! Tells the core how far the worker is and waits for its word to go on: a core that is gone, or a person
//! who cancels, stops the work at the next piece.

use std::time::{Duration, Instant};

use school::limits::{MEDIA_PROGRESS_MS, MEDIA_WAIT_MS};
use school::records::media_frame::{Answer, Order, Phase, Progress, Refused};

use super::refusing::refused;
use crate::process::frame::Channel;

/// The progress of one order.
pub(super) struct Watch<'a> {
    channel: &'a mut Channel,
    phase: Phase,
    done_bytes: u64,
    of_bytes: u64,
    begun: Instant,
    told: Instant,
}

impl<'a> Watch<'a> {
    /// Of an order that has just come in.
    pub(super) fn new(channel: &'a mut Channel) -> Self {
        let now = Instant::now();
        Self { channel, phase: Phase::Checking, done_bytes: 0, of_bytes: 0, begun: now, told: now }
    }

    /// Another phase begins.
    pub(super) fn enter(&mut self, phase: Phase, of_bytes: u64) -> Result<(), Refused> {
        (self.phase, self.done_bytes, self.of_bytes, self.begun) = (phase, 0, of_bytes, Instant::now());
        self.tell()
    }

    /// So many bytes more, or just the passing of time.
    pub(super) fn advance(&mut self, bytes: u64) -> Result<(), Refused> {
        self.done_bytes += bytes;
        if self.told.elapsed() < Duration::from_millis(MEDIA_PROGRESS_MS) { Ok(()) } else { self.tell() }
    }

    fn tell(&mut self) -> Result<(), Refused> {
        let elapsed_ms = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let progress = Progress {
            phase: self.phase,
            done_bytes: self.done_bytes,
            of_bytes: self.of_bytes,
            bytes_per_second: self.done_bytes.saturating_mul(1_000) / elapsed_ms,
        };
        let deadline = Some(Instant::now() + Duration::from_millis(MEDIA_WAIT_MS));
        let sent = self.channel.send(&Answer::Progress(progress), None, None, deadline);
        let next = sent.and_then(|()| self.channel.receive::<Order>(deadline));
        self.told = Instant::now();
        match next.map(|frame| frame.message) {
            Ok(Order::Go) => Ok(()),
            Ok(_) => Err(refused("medium.cancelled", "the core says so")),
            Err(fault) => Err(refused("medium.cancelled", fault)),
        }
    }
}
