//! What the reader worker gives up before it reads its first frame: a file that takes it over finds
//! no path to open, no network to call, no program to start and nothing to write to but its answer.
//!
//! - **Limits**: address space, open files, no process or thread, no core file.
//! - **Landlock** (landlock(7), Linux 5.13): no path can be opened. Descriptors that the core sends
//!   keep working, but Landlock judges every step below a folder's descriptor anew, and what is once
//!   forbidden cannot be allowed again. So a folder gets a worker of its own, started in that folder,
//!   and the one rule of its domain is "read below the working directory".
//! - **seccomp** (seccomp(2)): two filters, of which the kernel obeys the stricter. [`DEADLY`] are calls
//!   that no honest path through the reader makes: they kill it, because an answer after such an
//!   attempt is not to be believed. Of all others only [`READING`] and the calls of [`conditional`]
//!   work; the rest are answered with EPERM instead of death, because OpenSSL, the C library and a
//!   panic on its way out probe harmless ones and go on without them, each version others.
//!
//! A kernel that cannot do one of the last two is served without it, and the log says so.

use std::collections::BTreeMap;
use std::io;

use landlock::{
    ABI, Access, AccessFs, AccessNet, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetError, RulesetStatus, Scope,
};
use rustix::process::{Resource, Rlimit};
use school::limits::{READER_MEMORY_BYTES, READER_OPEN_FILES};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

/// The newest Landlock that is asked for; an older kernel enforces what it knows.
const LANDLOCK: ABI = ABI::V6;

/// What the kernel enforces from now on, besides the limits and the privileges, which every kernel can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enforced {
    /// No path can be opened, but below the folder.
    pub landlock: bool,
    /// Only the system calls of reading work.
    pub seccomp: bool,
}

impl Enforced {
    /// For the log: `sandbox: landlock yes, seccomp no`.
    pub fn words(self) -> String {
        let word = |enforced| if enforced { "yes" } else { "no" };
        format!("sandbox: landlock {}, seccomp {}", word(self.landlock), word(self.seccomp))
    }
}

/// Closes the sandbox around the calling thread, for ever. With `folder`, what lies below the working
/// directory can be opened for reading.
///
/// Errors: a limit that could not be set, or new privileges that could not be refused.
pub fn close(folder: bool) -> io::Result<Enforced> {
    // OpenSSL reads its configuration when it is first used, and could not any more.
    openssl::init();
    limit(Resource::As, READER_MEMORY_BYTES)?;
    limit(Resource::Nofile, READER_OPEN_FILES)?;
    limit(Resource::Nproc, 0)?;
    rustix::thread::set_no_new_privs(true)?;
    let landlock = close_paths(folder).unwrap_or_else(|error| {
        tracing::warn!(%error, "Landlock could not be used");
        false
    });
    let seccomp = close_calls().map(|()| true).unwrap_or_else(|error| {
        tracing::warn!(%error, "seccomp could not be used");
        false
    });
    Ok(Enforced { landlock, seccomp })
}

fn limit(resource: Resource, most: u64) -> io::Result<()> {
    Ok(rustix::process::setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?)
}

fn close_paths(folder: bool) -> Result<bool, RulesetError> {
    let rules = Ruleset::default()
        .handle_access(AccessFs::from_all(LANDLOCK))?
        .handle_access(AccessNet::from_all(LANDLOCK))?
        .scope(Scope::from_all(LANDLOCK))?
        .create()?;
    // A working directory that cannot be opened gets no rule: nothing in it can be read then.
    let folder = if folder { PathFd::new(".").ok() } else { None };
    let rules = match folder {
        Some(folder) => rules.add_rule(PathBeneath::new(folder, AccessFs::ReadFile | AccessFs::ReadDir))?,
        None => rules,
    };
    Ok(rules.restrict_self()?.ruleset != RulesetStatus::NotEnforced)
}

/// The network, other programs and other processes' memory.
const DEADLY: &[i64] = &[
    libc::SYS_socket,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_getfd,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_io_uring_setup,
    libc::SYS_userfaultfd,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_mount,
    libc::SYS_unshare,
    libc::SYS_setns,
];

/// Calls that work with whatever arguments: on descriptors that are there, on memory, on time.
const READING: &[i64] = &[
    // The answer and the log line leave by descriptors that the core gave; no other can be had.
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_pread64,
    libc::SYS_preadv,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    libc::SYS_sendmsg,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_dup,
    libc::SYS_lseek,
    libc::SYS_fstat,
    libc::SYS_getdents64,
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    // Signals end a call that is stopped and go on with it; a stack overflow is told and dies.
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// Calls that work only with some arguments; each inner list is one way that is allowed.
fn conditional() -> Result<BTreeMap<i64, Vec<SeccompRule>>, seccompiler::Error> {
    let not_executable = || masked(2, libc::PROT_EXEC, 0);
    // AT_FDCWD: names count from a descriptor that the core sent, never from where the process stands.
    // An absolute name would pass here, a pointer being all that a filter sees; Landlock stops it.
    let below_a_descriptor = || is_not(0, libc::AT_FDCWD);
    let ways: [(i64, Vec<Vec<Condition>>); 9] = [
        (libc::SYS_mmap, vec![vec![not_executable()]]),
        (libc::SYS_mprotect, vec![vec![not_executable()]]),
        (
            libc::SYS_openat,
            vec![vec![
                below_a_descriptor(),
                masked(2, libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC, libc::O_RDONLY),
            ]],
        ),
        (libc::SYS_newfstatat, vec![vec![below_a_descriptor()]]),
        (libc::SYS_statx, vec![vec![below_a_descriptor()]]),
        (
            libc::SYS_fcntl,
            [libc::F_GETFD, libc::F_SETFD, libc::F_GETFL, libc::F_DUPFD_CLOEXEC]
                .map(|command| vec![is(1, command)])
                .into(),
        ),
        (
            libc::SYS_setsockopt,
            [libc::SO_RCVTIMEO, libc::SO_SNDTIMEO]
                .map(|option| vec![is(1, libc::SOL_SOCKET), is(2, option)])
                .into(),
        ),
        // To the other end of the channel, never to an address.
        (libc::SYS_sendto, vec![vec![no_address(4)]]),
        // abort() of this process.
        (libc::SYS_tgkill, vec![vec![is_number(0, std::process::id())]]),
    ];
    let mut rules = BTreeMap::new();
    for (call, ways) in ways {
        let ways: Result<Vec<SeccompRule>, seccompiler::Error> = ways
            .into_iter()
            .map(|way| Ok(SeccompRule::new(way.into_iter().collect::<Result<_, _>>()?)?))
            .collect();
        rules.insert(call, ways?);
    }
    Ok(rules)
}

type Condition = Result<SeccompCondition, seccompiler::BackendError>;

/// Flags and descriptors are 32 bits wide; the upper half of their register means nothing.
fn is_number(argument: u8, value: u32) -> Condition {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value.into())
}

fn is(argument: u8, value: i32) -> Condition {
    is_number(argument, value.cast_unsigned())
}

fn is_not(argument: u8, value: i32) -> Condition {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, value.cast_unsigned().into())
}

fn masked(argument: u8, mask: i32, value: i32) -> Condition {
    let mask = SeccompCmpOp::MaskedEq(mask.cast_unsigned().into());
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, mask, value.cast_unsigned().into())
}

fn no_address(argument: u8) -> Condition {
    SeccompCondition::new(argument, SeccompCmpArgLen::Qword, SeccompCmpOp::Eq, 0)
}

fn close_calls() -> Result<(), seccompiler::Error> {
    let deadly = DEADLY.iter().map(|call| (*call, Vec::new())).collect();
    let mut reading = conditional()?;
    reading.extend(READING.iter().map(|call| (*call, Vec::new())));
    let refused = SeccompAction::Errno(libc::EPERM.cast_unsigned());
    let deadly = compiled(deadly, SeccompAction::Allow, SeccompAction::KillProcess)?;
    let reading = compiled(reading, refused, SeccompAction::Allow)?;
    // The second filter leaves no call by which the first could still be installed.
    seccompiler::apply_filter(&deadly)?;
    seccompiler::apply_filter(&reading)
}

fn compiled(
    rules: BTreeMap<i64, Vec<SeccompRule>>,
    otherwise: SeccompAction,
    on_match: SeccompAction,
) -> Result<BpfProgram, seccompiler::Error> {
    // Fails on a processor that the compiler of filters does not know.
    let processor = std::env::consts::ARCH.try_into()?;
    Ok(SeccompFilter::new(rules, otherwise, on_match, processor)?.try_into()?)
}
