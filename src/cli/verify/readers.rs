//! Judges many files with up to two reader workers at once. What comes out, and in which order, does not
//! depend on how many there are: results are handed on in the order of the jobs.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use school::records::reader_frame::{Circumstances, Subject};
use serde_json::Value;

use super::OutputFault;
use super::beside::beside;
use crate::process::reader_host::{ReaderFault, ReaderHost};

/// Two cores are what the appliance has; each reader may take 512 MiB.
const READERS: usize = 2;
/// How long one PDF may take.
const PDF_WAIT_MS: u64 = school::limits::READER_WAIT_MS;
/// How long a deposit, an image or a register may take: every byte of it is read.
const MEDIUM_WAIT_MS: u64 = 4 * 3600 * 1000;

/// One thing to judge.
pub struct Job {
    /// Index of the argument that named it.
    pub argument: usize,
    /// What it is; `None` for a folder in which nothing can be judged.
    pub subject: Option<Subject>,
    /// Where it lies.
    pub path: PathBuf,
}

/// Why a file has no verdict.
pub enum NoAnswer {
    /// The folder holds nothing that can be judged: no success either.
    Nothing,
    /// It could not be opened.
    Unopened(OutputFault),
    /// The reader gave no answer.
    Reader(ReaderFault),
}

/// The reports on one thing, without words.
pub type Outcome = Result<Vec<Value>, NoAnswer>;

/// Judges `jobs`; `each` gets every outcome with its index, in order, and `done` how many are ready.
pub fn judge_all(
    jobs: &[Job],
    circumstances: &Circumstances,
    mut done: impl FnMut(usize),
    mut each: impl FnMut(usize, Outcome),
) {
    let next = AtomicUsize::new(0);
    let (sender, outcomes) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..READERS.min(jobs.len()) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                let mut reader = ReaderHost::start();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = jobs.get(index) else { return };
                    let outcome = judge(&mut reader, job, circumstances);
                    if sender.send((index, outcome)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let (mut ready, mut handed_on) = (0, 0);
        for (index, outcome) in outcomes {
            ready += 1;
            done(ready);
            waiting.insert(index, outcome);
            while let Some(outcome) = waiting.remove(&handed_on) {
                each(handed_on, outcome);
                handed_on += 1;
            }
        }
    });
}

fn judge(reader: &mut ReaderHost, job: &Job, circumstances: &Circumstances) -> Outcome {
    let subject = job.subject.ok_or(NoAnswer::Nothing)?;
    let wait_ms = match subject {
        Subject::Pdf => PDF_WAIT_MS,
        Subject::Folder | Subject::Image | Subject::Register => MEDIUM_WAIT_MS,
    };
    let unopened = |error| NoAnswer::Unopened(OutputFault::Unreadable(job.path.clone(), error));
    let file = File::open(Path::new(&job.path)).map_err(unopened)?;
    match subject {
        Subject::Register => {
            let beside = beside(&job.path).map_err(unopened)?;
            reader.judge_register(circumstances, beside, &file, wait_ms)
        }
        _ => reader.judge_file(subject, circumstances, &file, wait_ms),
    }
    .map_err(NoAnswer::Reader)
}
