//! Passwords as they are kept: Argon2id with the least that OWASP asks (19 MiB, two passes), a salt each.

use argon2::{Algorithm, Argon2, Params, Version};
use openssl::memcmp;
use openssl::rand::rand_bytes;

use super::AccountFault;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LENGTH_BYTES: usize = 32;

/// A password that was hashed.
#[derive(Clone)]
pub(super) struct Hashed {
    pub salt: Vec<u8>,
    pub hash: Vec<u8>,
}

impl Hashed {
    /// With a salt of its own.
    pub fn of(password: &str) -> Result<Self, AccountFault> {
        let mut salt = vec![0; 16];
        random(&mut salt)?;
        let hash = hash(password, &salt)?;
        Ok(Self { salt, hash })
    }

    /// Whether it is the same password; takes as long for a wrong one.
    pub fn is(&self, password: &str) -> Result<bool, AccountFault> {
        let hash = hash(password, &self.salt)?;
        Ok(hash.len() == self.hash.len() && memcmp::eq(&hash, &self.hash))
    }
}

/// Fills `bytes` with randomness that nobody can guess.
pub(super) fn random(bytes: &mut [u8]) -> Result<(), AccountFault> {
    rand_bytes(bytes).map_err(|error| AccountFault::Secret(error.to_string()))
}

fn hash(password: &str, salt: &[u8]) -> Result<Vec<u8>, AccountFault> {
    let secret = |error: argon2::Error| AccountFault::Secret(error.to_string());
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(LENGTH_BYTES)).map_err(secret)?;
    let mut hash = vec![0; LENGTH_BYTES];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, &mut hash)
        .map_err(secret)?;
    Ok(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What argon2-cffi (the reference implementation in C) makes of it: Argon2id, version 19, 19,456 KiB, two
    /// passes, one lane, 32 octets. Another parameter is another hash, and no password of a school opens any more.
    const REFERENCE: &str = "86ed69c4879e4a2adcd3ca456e479fe9cbadd409783aa527b7fdfa7cf2220afb";

    #[test]
    fn a_password_is_hashed_as_the_reference_does_it_with_the_least_that_owasp_asks() {
        let salt: Vec<u8> = (0..16).collect();
        let hash = hash("một câu đủ dài", &salt).expect("hashed");
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, REFERENCE);
        let kept = Hashed { salt, hash };
        assert!(kept.is("một câu đủ dài").expect("asked"));
        assert!(!kept.is("một câu đủ dài ").expect("asked"));
        let (one, other) = (Hashed::of("như nhau").expect("made"), Hashed::of("như nhau").expect("made"));
        assert!(one.salt.len() == 16 && one.salt != other.salt && one.hash != other.hash, "a salt each");
    }
}
