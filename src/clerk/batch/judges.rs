//! Readers that judge what is signed, beside each other: a judgement costs as much as a quick token's
//! signature, and nobody should wait for it.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use school::limits::{BATCH_READERS, READER_WAIT_MS};
use school::records::reader_frame::{Circumstances, Subject};
use verification::report::PdfReport;

use super::room::News;
use crate::clerk::ClerkFault;
use crate::process::reader_host::ReaderHost;
use crate::store::{Store, Unsettled};

/// A candidate to be staged and judged.
pub(super) struct Candidate {
    /// The ticket of its attempt.
    pub ticket: u64,
    /// The whole file.
    pub bytes: Vec<u8>,
    /// What it is judged in.
    pub circumstances: Arc<Circumstances>,
}

/// What became of a candidate.
pub(super) type Judged = Result<(Unsettled, Box<PdfReport>), ClerkFault>;

/// The readers, each with a thread. Dropped, they end after what they have in hand.
pub(super) struct Judges {
    // None while ending.
    work: Option<Sender<Candidate>>,
    threads: Vec<JoinHandle<()>>,
}

impl Judges {
    /// Readers like `reader`. Their processes start with the first candidate.
    pub(super) fn like(reader: &ReaderHost, store: &Arc<Store>, room: &Sender<News>) -> Self {
        let (work, candidates) = channel();
        let candidates = Arc::new(Mutex::new(candidates));
        let thread = |_| {
            let (reader, store, room) = (reader.beside(), Arc::clone(store), room.clone());
            let candidates = Arc::clone(&candidates);
            std::thread::spawn(move || judge_all(reader, &store, &candidates, &room))
        };
        let threads = (0..BATCH_READERS).map(thread).collect();
        Self { work: Some(work), threads }
    }

    /// Hands over a candidate. There are never more than the tokens have documents before them.
    pub(super) fn judge(&self, candidate: Candidate) {
        if let Some(work) = &self.work {
            // The threads end only with this; a thread that panicked is told by its missing answer.
            let _ = work.send(candidate);
        }
    }
}

impl Drop for Judges {
    fn drop(&mut self) {
        self.work = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn judge_all(
    mut reader: ReaderHost,
    store: &Store,
    candidates: &Mutex<Receiver<Candidate>>,
    room: &Sender<News>,
) {
    loop {
        let next = candidates.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(candidate) = next else { return };
        let ticket = candidate.ticket;
        let judged = judge(&mut reader, store, &candidate);
        // A room that is gone wants no answer.
        let _ = room.send(News::Judged(ticket, judged));
    }
}

/// Stages a candidate and has it judged as it lies there (invariant 6).
fn judge(reader: &mut ReaderHost, store: &Store, candidate: &Candidate) -> Judged {
    let staged = store.stage_unsettled(&candidate.bytes)?;
    let (circumstances, file) = (&candidate.circumstances, staged.file());
    let judged = reader.judge_file(Subject::Pdf, circumstances, file, READER_WAIT_MS);
    let report = judged.map_err(ClerkFault::from).and_then(|reports| {
        let report = reports.into_iter().next().ok_or(ClerkFault::Form { what: "report" })?;
        serde_json::from_value(report).map_err(|_| ClerkFault::Form { what: "report" })
    });
    match report {
        Ok(report) => Ok((staged, Box::new(report))),
        Err(fault) => {
            store.discard_staged(staged.digest());
            Err(fault)
        }
    }
}
