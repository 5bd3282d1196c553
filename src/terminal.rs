//! The one file that prints: stdout carries data, stderr progress (DESIGN, section 9).

use std::io::{IsTerminal, Write};

/// A line of data.
pub fn data(line: &str) {
    // A closed pipe is the reader's choice, not a failure of ours.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A line of progress or an error, for people.
pub fn note(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Says on one line, written over again and again, how far a long work is; only where a person looks.
pub fn progress(line: &str) {
    let mut stderr = std::io::stderr().lock();
    if stderr.is_terminal() {
        let _ = write!(stderr, "\r{line}\x1b[K").and_then(|()| stderr.flush());
    }
}

/// Wipes the line of progress, before anything else is printed.
pub fn progress_end() {
    let mut stderr = std::io::stderr().lock();
    if stderr.is_terminal() {
        let _ = write!(stderr, "\r\x1b[K").and_then(|()| stderr.flush());
    }
}
