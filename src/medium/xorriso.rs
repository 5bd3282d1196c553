//! The ISO program, run with a deadline and in an environment of our own.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use school::limits::{IMAGE_WAIT_MS, PROGRAM_WORDS_SIZE_BYTES};
use school::moment::Moment;

use super::MediumRefusal;

/// How often a running program is looked at.
const POLL: Duration = Duration::from_millis(10);

/// Which program to run, and how long it may take.
#[derive(Debug, Clone)]
pub struct Xorriso {
    program: PathBuf,
    wait: Duration,
}

/// `xorriso` as found on the search path, with the limit of [`IMAGE_WAIT_MS`].
impl Default for Xorriso {
    fn default() -> Self {
        Self { program: "xorriso".into(), wait: Duration::from_millis(IMAGE_WAIT_MS) }
    }
}

impl Xorriso {
    /// Runs the program to its end. `clock` is what it takes for the present: without it the moment of
    /// making would stand in the image, and no two images would be equal.
    pub(super) fn run(
        &self,
        clock: Option<Moment>,
        arguments: &[impl AsRef<OsStr>],
    ) -> Result<(), MediumRefusal> {
        let mut command = Command::new(&self.program);
        command.args(arguments).env_clear().env("LC_ALL", "C").env("TZ", "UTC");
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        if let Some(clock) = clock {
            command.env("SOURCE_DATE_EPOCH", clock.unix().to_string());
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let child = child.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => MediumRefusal::NoXorriso { program: self.program.clone() },
            _ => MediumRefusal::NotRun(error),
        })?;
        self.watch(child)
    }

    fn watch(&self, mut child: Child) -> Result<(), MediumRefusal> {
        let listener = child.stderr.take().map(|words| thread::spawn(move || end_of(words)));
        let ended = wait(&mut child, self.wait);
        if !matches!(ended, Ok(Some(_))) {
            // Nothing can be done about a child that can be neither ended nor waited for.
            let _ = child.kill();
            let _ = child.wait();
        }
        let words = listener.and_then(|listener| listener.join().ok()).unwrap_or_default();
        match ended.map_err(MediumRefusal::NotRun)? {
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(MediumRefusal::Failed { status: status.to_string(), words }),
            None => Err(MediumRefusal::TooSlow { wait_ms: self.wait.as_millis(), words }),
        }
    }
}

/// None when the child is still running at the end of `limit`.
fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() >= limit {
            return Ok(None);
        }
        thread::sleep(POLL);
    }
}

/// Reads until the end and keeps the last words, where programs say why they failed.
fn end_of(mut words: impl Read) -> String {
    let mut kept = Vec::new();
    let mut piece = [0; 1024];
    while let Ok(length @ 1..) = words.read(&mut piece) {
        kept.extend_from_slice(&piece[..length]);
        let surplus = kept.len().saturating_sub(PROGRAM_WORDS_SIZE_BYTES);
        kept.drain(..surplus);
    }
    String::from_utf8_lossy(&kept).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(name: &str, wait_ms: u64) -> Xorriso {
        Xorriso { program: name.into(), wait: Duration::from_millis(wait_ms) }
    }

    #[test]
    fn a_missing_program_is_named_with_its_package() {
        let refused = program("/nonexistent/xorriso", 1_000).run(None, &["-version"]).expect_err("missing");
        assert_eq!(refused.code(), "medium.no_xorriso");
        assert!(refused.to_string().contains("install the package xorriso"), "{refused}");
    }

    #[test]
    fn a_failing_program_is_quoted_from_the_end() {
        let script =
            "i=0; while [ $i -lt 2000 ]; do echo chatter $i >&2; i=$((i+1)); done; echo why >&2; exit 32";
        let refused = program("sh", 30_000).run(None, &["-c", script]).expect_err("it failed");
        let MediumRefusal::Failed { status, words } = refused else { panic!("{refused}") };
        assert!(status.contains("32") && words.ends_with("why"), "{status}: {words}");
        assert!(words.len() <= PROGRAM_WORDS_SIZE_BYTES);
    }

    #[test]
    fn a_hanging_program_is_ended() {
        let start = Instant::now();
        let refused = program("sleep", 100).run(None, &["60"]).expect_err("it hangs");
        assert_eq!(refused.code(), "medium.xorriso_too_slow");
        assert!(start.elapsed() < Duration::from_secs(30));
    }
}
