//! The one file that prints: stdout carries data, stderr progress (DESIGN, section 9).

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// A line of progress stands on the terminal and is wiped before anything else is printed.
static PROGRESS: AtomicBool = AtomicBool::new(false);

/// A line of data.
pub fn data(line: &str) {
    progress_end();
    // A closed pipe is the reader's choice, not a failure of ours.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// Whether somebody reads the data as it comes, and not a file or another program.
pub fn is_read() -> bool {
    std::io::stdout().is_terminal()
}

/// A line of progress or an error, for people.
pub fn note(line: &str) {
    progress_end();
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Says on one line, written over again and again, how far a long work is; only where a person looks.
pub fn progress(line: &str) {
    let mut stderr = std::io::stderr().lock();
    if stderr.is_terminal() {
        PROGRESS.store(true, Ordering::Relaxed);
        let _ = write!(stderr, "\r{line}\x1b[K").and_then(|()| stderr.flush());
    }
}

fn progress_end() {
    if PROGRESS.swap(false, Ordering::Relaxed) {
        let mut stderr = std::io::stderr().lock();
        let _ = write!(stderr, "\r\x1b[K").and_then(|()| stderr.flush());
    }
}
