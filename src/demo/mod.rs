//! The invented school and what surrounds it, for `niemphong demo` and its tests: people with software
//! tokens, a test authority that answers OCSP, CRL and timestamp requests on loopback, one export.
//! Nothing here has legal value, and the product accepts this authority only in `demo` and `verify --trust`.
//!
//! The story itself uses the doors that every school uses. What a vendor or an authority would do
//! (fill tokens, issue and revoke certificates) is done here, by programs that are not ours.

pub mod authority;
mod certificate;
pub mod class_6a1;
mod class_6a2;
mod correction;
mod elsewhere;
// For tests only, as are revoking and expired certificates: the story has no villain.
#[cfg(test)]
pub mod look_alike;
pub mod loopback;
mod pages;
mod pictures;
mod program;
mod revocation;
pub mod sample_devices;
pub mod school;
pub mod staff;
mod stored;
mod story;
pub mod surroundings;
#[cfg(test)]
mod tests;
pub mod tokens;

use std::io;
use std::path::{Path, PathBuf};

pub use pages::{Left, TokensShown, serve};
pub use story::tell;

/// Why the surroundings of the demo cannot be made or used.
#[derive(Debug, thiserror::Error)]
pub enum DemoFault {
    /// A program of the surroundings is not installed.
    #[error("program {program} is missing; it comes with: apt-get install {package}")]
    ProgramMissing {
        /// The program.
        program: &'static str,
        /// The Debian package that holds it.
        package: &'static str,
    },
    /// A program of the surroundings refused.
    #[error("{program} failed: {said}")]
    ProgramFailed {
        /// The program.
        program: &'static str,
        /// What it wrote to stderr, shortened.
        said: String,
    },
    /// The module of the software tokens is not installed.
    #[error("libsofthsm2.so is in none of {tried}; it comes with: apt-get install softhsm2")]
    ModuleMissing {
        /// The folders that were looked into.
        tried: String,
    },
    /// A file or folder of the demo cannot be used.
    #[error("cannot use {}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// What an earlier start left is not what it should be.
    #[error("{} is damaged; remove the folder `pki` beside it to begin anew", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// Another program listens on the port that stands in the certificates.
    #[error("port {port} of 127.0.0.1 stands in the demo's certificates but cannot be used")]
    PortTaken {
        /// The port.
        port: u16,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A key, certificate or CRL could not be made or read.
    #[error("a key or certificate of the demo cannot be made or read")]
    Certificate(#[from] openssl::error::ErrorStack),
    /// The certificate is none of this authority.
    #[error("the demo's authority never issued this certificate")]
    NotIssuedHere,
}

impl DemoFault {
    /// The stable code, whose words for people stand in `wording`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ProgramMissing { .. } => "demo.program_missing",
            Self::ProgramFailed { .. } => "demo.program_failed",
            Self::ModuleMissing { .. } => "demo.module_missing",
            Self::File { .. } => "demo.file",
            Self::Damaged { .. } => "demo.damaged",
            Self::PortTaken { .. } => "demo.port_taken",
            Self::Certificate(_) => "demo.certificate",
            Self::NotIssuedHere => "demo.not_issued_here",
        }
    }

    fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::File { path, source }
    }

    fn damaged(path: &Path) -> Self {
        Self::Damaged { path: path.to_owned() }
    }
}
