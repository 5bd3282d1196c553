//! Programs of the system that look at a device, format it or burn: run in an environment of our own, held
//! to a deadline, heard to the end.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use school::limits::{MEDIA_PROGRAM_WAIT_MS, PROGRAM_WORDS_SIZE_BYTES};
use school::records::media_frame::Refused;

use super::refusing::{about, refused};

/// How often a running program is looked at.
const POLL: Duration = Duration::from_millis(20);
/// Where system programs lie that are on no user's search path.
const PATH: &str = "/usr/sbin:/usr/bin:/sbin:/bin";
/// How much of what a program says is kept.
const SAID_SIZE_BYTES: usize = 16 * PROGRAM_WORDS_SIZE_BYTES;

/// A program and the Debian package that it comes in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tool {
    pub(super) program: &'static str,
    pub(super) package: &'static str,
}

/// Burns from standard input and closes the disc.
pub(super) const CDRSKIN: Tool = Tool { program: "cdrskin", package: "cdrskin" };
/// Tells what disc lies in a drive, and reads through SG_IO, past the kernel's idea of its size.
pub(super) const XORRISO: Tool = Tool { program: "xorriso", package: "xorriso" };
/// Formats with UDF.
pub(super) const MKUDFFS: Tool = Tool { program: "mkudffs", package: "udftools" };
/// Formats with FAT32.
pub(super) const MKFS_VFAT: Tool = Tool { program: "mkfs.vfat", package: "dosfstools" };
/// Tells what file system is on a device.
pub(super) const BLKID: Tool = Tool { program: "blkid", package: "util-linux" };
/// Has the kernel read a partition table again.
pub(super) const BLOCKDEV: Tool = Tool { program: "blockdev", package: "util-linux" };

/// Every program, the package that it comes in, and what it says of its version; nothing where it is not installed.
pub fn programs() -> Vec<(&'static str, &'static str, Option<String>)> {
    let asked = [
        (XORRISO, "-version"),
        (CDRSKIN, "--version"),
        (MKUDFFS, "--help"),
        (MKFS_VFAT, "--help"),
        (BLKID, "-V"),
        (BLOCKDEV, "-V"),
    ];
    let version = |tool: Tool, argument: &str| {
        let (_, said) = tool.run(&[argument]).ok()?;
        let named = said.lines().map(str::trim).find(|line| line.bytes().any(|byte| byte.is_ascii_digit()));
        Some(named.unwrap_or_default().to_owned())
    };
    asked.map(|(tool, argument)| (tool.program, tool.package, version(tool, argument))).into()
}

impl Tool {
    /// Starts it with pipes as named; it is killed when the guard is dropped before its end.
    pub(super) fn start(
        self,
        arguments: &[impl AsRef<OsStr>],
        stdin: Stdio,
        stdout: Stdio,
    ) -> Result<Running, Refused> {
        let mut command = Command::new(self.program);
        command.args(arguments).env_clear().env("LC_ALL", "C").env("PATH", PATH);
        let child = command.stdin(stdin).stdout(stdout).stderr(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => about("medium.no_program", [self.package.to_owned()]),
            _ => refused("medium.program_failed", format!("{}: {error}", self.program)),
        })?;
        let listener = child.stderr.take().map(|said| std::thread::spawn(move || end_of(said)));
        Ok(Running { tool: self, child, listener })
    }

    /// Runs it to its end and returns how it ended and what it said on both channels.
    pub(super) fn run(self, arguments: &[impl AsRef<OsStr>]) -> Result<(ExitStatus, String), Refused> {
        let mut running = self.start(arguments, Stdio::null(), Stdio::piped())?;
        let stdout = running.child.stdout.take();
        let stdout = stdout.map(|said| std::thread::spawn(move || end_of(said)));
        let until = Instant::now() + Duration::from_millis(MEDIA_PROGRAM_WAIT_MS);
        let (status, words) = running.wait(&mut || {
            if Instant::now() < until { Ok(()) } else { Err(refused("medium.program_failed", "too slow")) }
        })?;
        let data = stdout.and_then(|listener| listener.join().ok()).unwrap_or_default();
        Ok((status, format!("{data}\n{words}")))
    }

    /// As [`Self::run`], and it must succeed.
    pub(super) fn must(self, arguments: &[impl AsRef<OsStr>]) -> Result<String, Refused> {
        match self.run(arguments)? {
            (status, words) if status.success() => Ok(words),
            (status, words) => {
                Err(refused("medium.program_failed", format!("{}: {status}: {}", self.program, words.trim())))
            }
        }
    }
}

/// A program that runs.
pub(super) struct Running {
    tool: Tool,
    pub(super) child: Child,
    listener: Option<JoinHandle<String>>,
}

impl Running {
    /// Waits for its end; `meanwhile` is asked again and again and ends it with an error.
    pub(super) fn wait(
        &mut self,
        meanwhile: &mut dyn FnMut() -> Result<(), Refused>,
    ) -> Result<(ExitStatus, String), Refused> {
        let failed = |error| refused("medium.program_failed", format!("{}: {error}", self.tool.program));
        let status = loop {
            if let Some(status) = self.child.try_wait().map_err(failed)? {
                break status;
            }
            meanwhile()?;
            std::thread::sleep(POLL);
        };
        let words = self.listener.take().and_then(|listener| listener.join().ok()).unwrap_or_default();
        Ok((status, words))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Fails only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads until the end and keeps the last words.
fn end_of(mut said: impl Read) -> String {
    let mut kept = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(length @ 1..) = said.read(&mut piece) {
        kept.extend_from_slice(&piece[..length]);
        let surplus = kept.len().saturating_sub(SAID_SIZE_BYTES);
        kept.drain(..surplus);
    }
    String::from_utf8_lossy(&kept).into_owned()
}
