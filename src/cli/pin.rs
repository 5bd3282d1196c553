//! Where a PIN comes from: the token's own PIN pad where it has one, else a file that is named, the terminal
//! without echo, or the first line of standard input where that is no terminal. Never an argument, never a prompt
//! that nobody sees.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use school::limits::PIN_SIZE_BYTES;
use school::records::token_frame::TokenSeen;
use zeroize::Zeroizing;

use crate::process::token_host::PinEnvelope;
use crate::{terminal, wording};

/// No PIN could be had. Nothing was sent to a token.
#[derive(Debug, thiserror::Error)]
pub enum PinFault {
    /// The file cannot be read.
    #[error("the PIN cannot be read from {0:?}")]
    File(PathBuf, #[source] io::Error),
    /// The terminal or standard input cannot be read.
    #[error("the PIN cannot be read")]
    Input(#[source] io::Error),
    /// There was nothing, or more than any token takes.
    #[error("there is no PIN of a possible length")]
    Length,
}

impl PinFault {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File(..) | Self::Input(_) => "token.pin_unreadable",
            Self::Length => "token.pin_length",
        }
    }
}

/// The PIN for one login to a token. At a PIN pad it is typed at the device: nothing is read here.
///
/// Errors: see [`PinFault`].
pub fn for_token(token: &TokenSeen, file: Option<&Path>, prompt: &str) -> Result<PinEnvelope, PinFault> {
    if token.pin_pad {
        terminal::note(&wording::tokens::pin_pad(&token.label));
        return Ok(PinEnvelope::pin_pad());
    }
    read(file, prompt)
}

/// Reads one PIN; `prompt` is shown only to a person at a terminal.
fn read(file: Option<&Path>, prompt: &str) -> Result<PinEnvelope, PinFault> {
    let line = match file {
        Some(path) => {
            let fault = |error| PinFault::File(path.to_owned(), error);
            first_line(&mut File::open(path).map_err(fault)?).map_err(fault)?
        }
        None if io::stdin().is_terminal() => {
            terminal::note(prompt);
            let _silent = Silent::begin().map_err(PinFault::Input)?;
            first_line(&mut io::stdin().lock()).map_err(PinFault::Input)?
        }
        None => first_line(&mut io::stdin().lock()).map_err(PinFault::Input)?,
    };
    if (1..=PIN_SIZE_BYTES).contains(&line.len()) {
        Ok(PinEnvelope::new(line))
    } else {
        Err(PinFault::Length)
    }
}

/// The bytes before the first line end, read one by one into a buffer that never moves: nothing behind the
/// PIN is taken from the input, and no copy of it is left anywhere.
fn first_line(input: &mut impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut line = Zeroizing::new(Vec::with_capacity(PIN_SIZE_BYTES + 1));
    let mut byte = Zeroizing::new([0]);
    while line.len() <= PIN_SIZE_BYTES {
        match input.read(byte.as_mut_slice()) {
            Ok(0) => break,
            Ok(_) if byte[0] == b'\n' => break,
            Ok(_) => line.push(byte[0]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(line)
}

/// The terminal does not show what is typed; dropped, it does again.
struct Silent(Termios);

impl Silent {
    fn begin() -> io::Result<Self> {
        let stdin = io::stdin();
        let before = tcgetattr(stdin.as_fd())?;
        let mut silent = before.clone();
        silent.local_modes.remove(LocalModes::ECHO);
        tcsetattr(stdin.as_fd(), OptionalActions::Flush, &silent)?;
        Ok(Self(before))
    }
}

impl Drop for Silent {
    fn drop(&mut self) {
        // A terminal that is gone shows nothing anyway.
        let _ = tcsetattr(io::stdin().as_fd(), OptionalActions::Now, &self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_ends_at_the_first_line_end_and_what_follows_stays_in_the_input() {
        let mut input = b"123456\r\nnext".as_slice();
        assert_eq!(first_line(&mut input).expect("read").as_slice(), b"123456");
        assert_eq!(input, b"next");
    }

    #[test]
    fn a_file_without_a_pin_or_with_a_book_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("pin");
        for content in [b"\n".to_vec(), Vec::new(), vec![b'1'; PIN_SIZE_BYTES + 1]] {
            std::fs::write(&file, content).expect("written");
            assert_eq!(read(Some(&file), "").err().map(|fault| fault.code()), Some("token.pin_length"));
        }
        let missing = read(Some(&folder.path().join("none")), "").err();
        assert_eq!(missing.map(|fault| fault.code()), Some("token.pin_unreadable"));
    }
}
