//! One-time slips: printed at a rehearsal, each opens one session of one person, once. 75 bits of chance
//! need no slow hash.

use school::digest::Sha256;

use super::AccountFault;
use super::password::random;

/// Letters and digits that nobody mixes up on paper.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH: usize = 15;

/// What is printed, in groups of five.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip(String);

impl Slip {
    /// A new one.
    pub(super) fn draw() -> Result<Self, AccountFault> {
        let mut bytes = [0; LENGTH];
        random(&mut bytes)?;
        let letters: Vec<char> =
            bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
        Ok(Self(letters.chunks(5).map(String::from_iter).collect::<Vec<_>>().join("-")))
    }

    /// What is printed.
    pub fn printed(&self) -> &str {
        &self.0
    }

    /// The digest under which a typed slip is known: case, blanks and hyphens do not matter.
    pub(super) fn digest(typed: &str) -> Sha256 {
        let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
        Sha256::of(plain.to_ascii_uppercase().as_bytes())
    }
}
