//! Exit codes of the command line.

use std::process::ExitCode;

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Ok,
    /// Failed.
    Failure,
    /// The arguments are wrong.
    Usage,
    /// A document is invalid, unsigned or malformed.
    Invalid,
    /// A document cannot be verified: no trust path, no revocation data, no proof of time.
    NotVerifiable,
    /// Token or PIN.
    Token,
    /// Device or medium.
    Medium,
    /// Another process is at work, or something is locked.
    Busy,
    /// The configuration.
    Configuration,
}

impl Exit {
    /// The number.
    pub const fn number(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Failure => 1,
            Self::Usage => 2,
            Self::Invalid => 3,
            Self::NotVerifiable => 4,
            Self::Token => 5,
            Self::Medium => 6,
            Self::Busy => 7,
            Self::Configuration => 8,
        }
    }

    /// The exit that belongs to the code of a fault.
    pub fn of_code(code: &str) -> Self {
        match code.split('.').next().unwrap_or_default() {
            "token" => Self::Token,
            "medium" => Self::Medium,
            "config" => Self::Configuration,
            "signing" if code.strip_prefix("signing.").is_some_and(|what| what.starts_with("file_")) => {
                Self::Invalid
            }
            "register" | "store" if code.ends_with(".busy") => Self::Busy,
            _ => Self::Failure,
        }
    }

    /// The worse of two results over a set: 1, 3, 4, 0.
    pub fn worst(self, other: Self) -> Self {
        let rank = |exit| match exit {
            Self::Failure => 3,
            Self::Invalid => 2,
            Self::NotVerifiable => 1,
            _ => 0,
        };
        if rank(other) > rank(self) { other } else { self }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.number().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_fault_decides_the_exit() {
        let exit = |code| Exit::of_code(code).number();
        assert_eq!(["register.busy", "store.busy"].map(exit), [7, 7]);
        assert_eq!(["token.pin_locked", "medium.differs", "config.form"].map(exit), [5, 6, 8]);
        assert_eq!(["register.damaged", "store.full", "judge.unproven"].map(exit), [1, 1, 1]);
    }

    #[test]
    fn over_a_set_the_worst_result_wins() {
        let over = |all: &[Exit]| all.iter().fold(Exit::Ok, |worst, next| worst.worst(*next)).number();
        assert_eq!(over(&[Exit::Ok, Exit::NotVerifiable, Exit::Ok]), 4);
        assert_eq!(over(&[Exit::NotVerifiable, Exit::Invalid, Exit::Ok]), 3);
        assert_eq!(over(&[Exit::Invalid, Exit::Failure, Exit::NotVerifiable]), 1);
    }
}
