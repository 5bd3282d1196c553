//! Starts a worker process and holds every call to a deadline.

use std::ffi::OsString;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{DumpableBehavior, Resource, Rlimit};
use school::limits::WORKER_LEAVE_WAIT_MS;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::frame::{Channel, Frame, FrameFault};

/// A worker that did not answer. It has been killed; the next call needs a new one.
#[derive(Debug, thiserror::Error)]
pub enum WorkerFault {
    /// The process could not be started.
    #[error("worker cannot be started")]
    NotStarted(#[source] io::Error),
    /// No answer before the deadline.
    #[error("worker did not answer in time")]
    Hung,
    /// It died, or answered with something that is no frame.
    #[error("worker was lost")]
    Lost(#[source] FrameFault),
}

impl WorkerFault {
    /// The fault with its causes, for the log.
    pub fn detail(&self) -> String {
        let causes = std::iter::successors(std::error::Error::source(self), |cause| cause.source());
        causes.fold(self.to_string(), |detail, cause| format!("{detail}: {cause}"))
    }
}

/// How to start a worker: program, arguments and what to add to the inherited environment.
#[derive(Debug, Clone)]
pub struct Program {
    path: PathBuf,
    arguments: Vec<OsString>,
    environment: Vec<(String, String)>,
    folder: Option<PathBuf>,
    apart: bool,
}

impl Program {
    /// This same program with other arguments. `/proc/self/exe` stays the running version while an
    /// upgrade replaces the file, so both sides of a channel always agree.
    pub fn this(arguments: impl IntoIterator<Item = OsString>) -> Self {
        Self::at(PathBuf::from("/proc/self/exe"), arguments)
    }

    /// The program at `path`: tests are not the program themselves.
    pub fn at(path: PathBuf, arguments: impl IntoIterator<Item = OsString>) -> Self {
        Self {
            path,
            arguments: arguments.into_iter().collect(),
            environment: Vec::new(),
            folder: None,
            apart: false,
        }
    }

    /// With these variables set. Never a secret: a process's environment can be read by others.
    #[must_use]
    pub fn with_environment(mut self, environment: &[(String, String)]) -> Self {
        self.environment.extend_from_slice(environment);
        self
    }

    /// In a process group of its own: a Ctrl-C at the terminal reaches the core alone, which has it stop in order.
    #[must_use]
    pub const fn apart(mut self) -> Self {
        self.apart = true;
        self
    }

    /// With one more argument, in a folder as its working directory.
    #[must_use]
    pub fn in_folder(mut self, argument: OsString, folder: PathBuf) -> Self {
        self.arguments.push(argument);
        self.folder = Some(folder);
        self
    }
}

/// A running worker.
pub struct Worker {
    // None for one that systemd started: it serves whoever connects, and is not ours to end.
    child: Option<Child>,
    // None after a fault or while leaving: closing it is the worker's sign to end.
    channel: Option<Channel>,
}

impl Worker {
    /// Starts `program` with one end of a socket pair as its standard input.
    pub fn start(program: &Program) -> Result<Self, WorkerFault> {
        let (ours, theirs) = UnixStream::pair().map_err(WorkerFault::NotStarted)?;
        let mut command = Command::new(&program.path);
        if let Some(folder) = &program.folder {
            command.current_dir(folder);
        }
        if program.apart {
            command.process_group(0);
        }
        let child = command
            .args(&program.arguments)
            .envs(program.environment.iter().map(|(name, value)| (name, value)))
            .stdin(OwnedFd::from(theirs))
            // What a vendor's library prints must not mix into the program's data.
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(WorkerFault::NotStarted)?;
        Ok(Self { child: Some(child), channel: Some(Channel::new(ours)) })
    }

    /// Calls the worker that listens at `socket`.
    pub fn connect(socket: &Path) -> Result<Self, WorkerFault> {
        let stream = UnixStream::connect(socket).map_err(WorkerFault::NotStarted)?;
        Ok(Self { child: None, channel: Some(Channel::new(stream)) })
    }

    /// Sends one order and waits for its answer. After any error the process is dead.
    pub fn call<A: DeserializeOwned>(
        &mut self,
        order: &impl Serialize,
        part: Option<&[u8]>,
        file: Option<BorrowedFd<'_>>,
        wait: Duration,
    ) -> Result<Frame<A>, WorkerFault> {
        let deadline = Some(Instant::now() + wait);
        let channel = self.channel.as_mut().ok_or(WorkerFault::Lost(FrameFault::Closed))?;
        let answer = channel.send(order, part, file, deadline).and_then(|()| channel.receive(deadline));
        answer.map_err(|fault| {
            self.kill();
            match fault {
                FrameFault::Late => WorkerFault::Hung,
                other => WorkerFault::Lost(other),
            }
        })
    }

    /// The process id, for the log.
    #[allow(dead_code, reason = "the tests of a worker's life ask for it")]
    pub fn id(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    fn kill(&mut self) {
        self.channel = None;
        if let Some(child) = &mut self.child {
            // Fails only for a child that has been waited for already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Worker {
    /// Lets the worker leave by itself, because it may have a token to log out of; not for long.
    fn drop(&mut self) {
        self.channel = None;
        let Some(child) = &mut self.child else { return };
        let until = Instant::now() + Duration::from_millis(WORKER_LEAVE_WAIT_MS);
        while Instant::now() < until {
            match child.try_wait() {
                Ok(Some(_)) => return,
                Ok(None) => std::thread::sleep(Duration::from_millis(2)),
                Err(_) => break,
            }
        }
        self.kill();
    }
}

/// What a worker does first: a crash must not write a PIN or a pupil's file to disk, and nobody else
/// may read its memory.
pub fn forbid_core_dumps() -> io::Result<()> {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    rustix::process::setrlimit(Resource::Core, none)?;
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    Ok(())
}

/// The worker's own end of the channel: its standard input.
pub fn own_channel() -> io::Result<Channel> {
    let input = io::stdin().as_fd().try_clone_to_owned()?;
    Ok(Channel::new(UnixStream::from(input)))
}
