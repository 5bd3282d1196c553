//! Programs of others that play vendor and authority: `openssl`, `softhsm2-util`, `pkcs11-tool`.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

use super::DemoFault;

/// Longest quotation of a program's complaint, in characters.
const SAID_CHARACTERS: usize = 500;

/// A program found on the path, with the Debian package to name when it is not.
pub struct Program {
    name: &'static str,
    package: &'static str,
}

/// Certificates, CRLs, OCSP answers and timestamps.
pub const OPENSSL: Program = Program { name: "openssl", package: "openssl" };
/// Initialises software tokens.
pub const SOFTHSM2_UTIL: Program = Program { name: "softhsm2-util", package: "softhsm2" };
/// Makes keys in tokens and writes certificates to them.
pub const PKCS11_TOOL: Program = Program { name: "pkcs11-tool", package: "opensc" };

impl Program {
    /// Runs the program with what `prepare` adds, hands it `input` and returns what it wrote to stdout.
    ///
    /// `input` must be small: it is written in full before the answer is read.
    /// Errors: the program is missing, or ended with another status than 0.
    pub fn run(&self, input: &[u8], prepare: impl FnOnce(&mut Command)) -> Result<Vec<u8>, DemoFault> {
        let mut command = Command::new(self.name);
        // The answers must not depend on the machine's own OpenSSL configuration or language.
        command.env_remove("OPENSSL_CONF").env("LC_ALL", "C");
        prepare(&mut command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            ErrorKind::NotFound => DemoFault::ProgramMissing { program: self.name, package: self.package },
            _ => self.failed(&error.to_string()),
        })?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that ends before it has read everything is judged by its status.
            let _ = stdin.write_all(input);
        }
        let output = child.wait_with_output().map_err(|error| self.failed(&error.to_string()))?;
        if output.status.success() {
            Ok(output.stdout)
        } else {
            Err(self.failed(&String::from_utf8_lossy(&output.stderr)))
        }
    }

    fn failed(&self, said: &str) -> DemoFault {
        let said = said.trim().chars().take(SAID_CHARACTERS).collect();
        DemoFault::ProgramFailed { program: self.name, said }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named_with_the_package_that_holds_it() {
        let missing = Program { name: "niemphong-no-such-program", package: "some-package" };
        let said = missing.run(b"", |_| {}).map_err(|fault| (fault.code(), fault.to_string()));
        let (code, said) = said.expect_err("nothing of this name");
        assert_eq!(code, "demo.program_missing");
        assert!(said.contains("apt-get install some-package"), "{said}");
    }

    #[test]
    fn a_refusal_quotes_what_the_program_said() {
        let said = OPENSSL.run(b"nonsense", |command| {
            command.args(["x509", "-noout"]);
        });
        assert!(said.is_err_and(
            |fault| fault.code() == "demo.program_failed" && fault.to_string().contains("certificate")
        ));
    }
}
