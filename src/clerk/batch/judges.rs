//! Readers that judge what is signed, beside each other: a judgement costs as much as a quick token's
//! signature, and nobody should wait for it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use school::digest::Sha256;
use school::dossier::DossierId;
use school::limits::{BATCH_READERS, READER_WAIT_MS};
use school::records::reader_frame::Circumstances;
use verification::report::PdfReport;

use super::room::News;
use crate::clerk::ClerkFault;
use crate::process::reader_host::ReaderHost;
use crate::store::{Store, Unsettled};

/// What the readers are handed.
pub(super) enum Task {
    /// What the candidates to come are judged in: a process is started and reads it while a person enters a PIN.
    Surround(Arc<Circumstances>),
    /// A candidate to be staged and judged.
    Candidate {
        /// The ticket of its attempt.
        ticket: u64,
        /// The whole file, and its digest.
        file: (Vec<u8>, Sha256),
        /// What it is judged in.
        circumstances: Arc<Circumstances>,
    },
    /// A published revision to be judged once more, before the next signature is put over it.
    Earlier {
        /// Its dossier.
        id: DossierId,
        /// The whole file.
        bytes: Vec<u8>,
        /// What it is judged in.
        circumstances: Arc<Circumstances>,
    },
}

/// What became of a candidate.
pub(super) type Judged = Result<(Unsettled, Box<PdfReport>), ClerkFault>;

/// The readers, each with a thread. Dropped, they end after what they have in hand.
pub(super) struct Judges {
    // Empty while ending.
    work: Vec<Sender<Task>>,
    threads: Vec<JoinHandle<()>>,
}

impl Judges {
    /// Readers like `reader`. Their processes start with the first task.
    pub(super) fn like(reader: &ReaderHost, store: &Arc<Store>, room: &Sender<News>) -> Self {
        let thread = |_| {
            let (work, tasks) = channel();
            let (reader, store, room) = (reader.beside(), Arc::clone(store), room.clone());
            (work, std::thread::spawn(move || judge_all(reader, &store, &tasks, &room)))
        };
        let (work, threads) = (0..BATCH_READERS).map(thread).unzip();
        Self { work, threads }
    }

    /// Has every reader made ready.
    pub(super) fn surround(&self, circumstances: &Arc<Circumstances>) {
        for reader in &self.work {
            // As in `judge`.
            let _ = reader.send(Task::Surround(Arc::clone(circumstances)));
        }
    }

    /// Hands over a task about a document with this base, always to the same reader: it knows what it understood of
    /// the document. There are never more tasks than the tokens have documents before them.
    pub(super) fn judge(&self, base: Sha256, task: Task) {
        let chosen = usize::from(base.as_bytes()[0]) % BATCH_READERS;
        if let Some(reader) = self.work.get(chosen) {
            // The threads end only with this; a thread that panicked is told by its missing answer.
            let _ = reader.send(task);
        }
    }
}

impl Drop for Judges {
    fn drop(&mut self) {
        self.work.clear();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn judge_all(mut reader: ReaderHost, store: &Store, tasks: &Receiver<Task>, room: &Sender<News>) {
    for task in tasks {
        let news = match task {
            Task::Surround(circumstances) => {
                // What fails now fails with the first candidate again, and is told there.
                let _ = reader.surround(&circumstances, READER_WAIT_MS);
                continue;
            }
            Task::Candidate { ticket, file: (bytes, digest), circumstances } => {
                News::Judged(ticket, judge(&mut reader, store, (&bytes, digest), &circumstances))
            }
            Task::Earlier { id, bytes, circumstances } => {
                let judged = reader.judge_pdf(&circumstances, &bytes);
                News::Earlier(id, judged.map_err(ClerkFault::from))
            }
        };
        // A room that is gone wants no answer.
        let _ = room.send(news);
    }
}

/// Stages a candidate and has it judged as it lies there (invariant 6).
fn judge(
    reader: &mut ReaderHost,
    store: &Store,
    (bytes, digest): (&[u8], Sha256),
    circumstances: &Circumstances,
) -> Judged {
    let staged = store.stage_unsettled(bytes, digest)?;
    match reader.judge_open_pdf(circumstances, staged.file()) {
        Ok(report) => Ok((staged, report)),
        Err(fault) => {
            store.discard_staged(staged.digest());
            Err(fault.into())
        }
    }
}
