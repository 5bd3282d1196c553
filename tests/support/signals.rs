//! Signals to processes of a test, without the program `kill`: a bare Debian does not have it.

pub use rustix::process::Signal;
use rustix::process::{Pid, kill_process};

/// Sends `signal` to a process that runs.
pub fn send(process: u32, signal: Signal) {
    let process = i32::try_from(process).ok().and_then(Pid::from_raw).expect("a process id");
    kill_process(process, signal).expect("a process that runs");
}
