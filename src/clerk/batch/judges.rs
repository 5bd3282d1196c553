//! Readers that judge what is signed, beside each other: a judgement costs as much as a quick token's
//! signature, and nobody should wait for it.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use school::dossier::DossierId;
use school::limits::{BATCH_READERS, READER_WAIT_MS};
use school::records::reader_frame::{Circumstances, Subject};
use verification::report::PdfReport;

use super::room::News;
use crate::clerk::ClerkFault;
use crate::process::reader_host::{ReaderFault, ReaderHost};
use crate::store::{Store, Unsettled};

/// What the readers are handed.
pub(super) enum Task {
    /// What the candidates to come are judged in: a process is started and reads it while a person enters a PIN.
    Surround(Arc<Circumstances>),
    /// A candidate to be staged and judged.
    Candidate {
        /// The ticket of its attempt.
        ticket: u64,
        /// The whole file.
        bytes: Vec<u8>,
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
    // None while ending.
    work: Option<Sender<Task>>,
    threads: Vec<JoinHandle<()>>,
}

impl Judges {
    /// Readers like `reader`. Their processes start with the first task.
    pub(super) fn like(reader: &ReaderHost, store: &Arc<Store>, room: &Sender<News>) -> Self {
        let (work, tasks) = channel();
        let tasks = Arc::new(Mutex::new(tasks));
        let thread = |_| {
            let (reader, store, room) = (reader.beside(), Arc::clone(store), room.clone());
            let tasks = Arc::clone(&tasks);
            std::thread::spawn(move || judge_all(reader, &store, &tasks, &room))
        };
        let threads = (0..BATCH_READERS).map(thread).collect();
        Self { work: Some(work), threads }
    }

    /// Has every reader made ready.
    pub(super) fn surround(&self, circumstances: &Arc<Circumstances>) {
        (0..BATCH_READERS).for_each(|_| self.judge(Task::Surround(Arc::clone(circumstances))));
    }

    /// Hands over a task. There are never more than the tokens have documents before them.
    pub(super) fn judge(&self, task: Task) {
        if let Some(work) = &self.work {
            // The threads end only with this; a thread that panicked is told by its missing answer.
            let _ = work.send(task);
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

fn judge_all(mut reader: ReaderHost, store: &Store, tasks: &Mutex<Receiver<Task>>, room: &Sender<News>) {
    loop {
        let next = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let news = match next {
            Ok(Task::Surround(circumstances)) => {
                // What fails now fails with the first candidate again, and is told there.
                let _ = reader.surround(&circumstances, READER_WAIT_MS);
                continue;
            }
            Ok(Task::Candidate { ticket, bytes, circumstances }) => {
                News::Judged(ticket, judge(&mut reader, store, &bytes, &circumstances))
            }
            Ok(Task::Earlier { id, bytes, circumstances }) => {
                let judged = reader.judge_bytes(Subject::Pdf, &circumstances, &bytes);
                News::Earlier(id, report(judged))
            }
            Err(_) => return,
        };
        // A room that is gone wants no answer.
        let _ = room.send(news);
    }
}

fn report(judged: Result<Vec<serde_json::Value>, ReaderFault>) -> Result<Box<PdfReport>, ClerkFault> {
    let report = judged?.into_iter().next().ok_or(ClerkFault::Form { what: "report" })?;
    serde_json::from_value(report).map_err(|_| ClerkFault::Form { what: "report" })
}

/// Stages a candidate and has it judged as it lies there (invariant 6).
fn judge(reader: &mut ReaderHost, store: &Store, bytes: &[u8], circumstances: &Circumstances) -> Judged {
    let staged = store.stage_unsettled(bytes)?;
    let judged = reader.judge_file(Subject::Pdf, circumstances, staged.file(), READER_WAIT_MS);
    match report(judged) {
        Ok(report) => Ok((staged, report)),
        Err(fault) => {
            store.discard_staged(staged.digest());
            Err(fault)
        }
    }
}
