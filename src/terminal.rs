//! The one file that prints: stdout carries data, stderr progress (DESIGN, section 9).

use std::io::Write;

/// A line of data.
pub fn data(line: &str) {
    // A closed pipe is the reader's choice, not a failure of ours.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A line of progress or an error, for people.
pub fn note(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
