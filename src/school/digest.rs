//! SHA-256 and SHA-512 values, printed as lower-case hex everywhere (FIPS 180-4).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Text that is not the lower-case hex form of a digest of the expected length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a lower-case hex digest of {expected_bytes} bytes")]
pub struct NotADigest {
    expected_bytes: usize,
}

macro_rules! digest {
    ($name:ident, $bytes:literal, $hash:path, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// Digest of `bytes`.
            pub fn of(bytes: &[u8]) -> Self {
                Self($hash(bytes))
            }

            /// A digest computed elsewhere, for instance while a file was streamed.
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }

            /// The raw octets.
            pub const fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotADigest;

            fn from_str(text: &str) -> Result<Self, NotADigest> {
                let refused = NotADigest { expected_bytes: $bytes };
                let hex = text.as_bytes();
                if hex.len() != 2 * $bytes {
                    return Err(refused);
                }
                let mut bytes = [0; $bytes];
                for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
                    *byte = match (nibble(pair[0]), nibble(pair[1])) {
                        (Some(high), Some(low)) => high << 4 | low,
                        _ => return Err(refused),
                    };
                }
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

digest!(
    Sha256,
    32,
    openssl::sha::sha256,
    "A SHA-256 digest; the identity of stored bytes and of certificates (over their DER)."
);
digest!(Sha512, 64, openssl::sha::sha512, "A SHA-512 digest; second payload manifest and seal statement.");

impl Sha256 {
    /// Digest of several pieces, one after the other.
    pub fn of_parts(parts: &[&[u8]]) -> Self {
        let mut hash = openssl::sha::Sha256::new();
        parts.iter().for_each(|part| hash.update(part));
        Self(hash.finish())
    }
}

/// The SHA-256 of octets that others will follow, which are hashed on from here.
#[derive(Clone)]
pub struct Prefix {
    state: openssl::sha::Sha256,
    len_bytes: usize,
}

impl Prefix {
    /// Hashes `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let mut state = openssl::sha::Sha256::new();
        state.update(bytes);
        Self { state, len_bytes: bytes.len() }
    }

    /// How many octets were hashed.
    pub const fn len_bytes(&self) -> usize {
        self.len_bytes
    }

    /// Digest of these octets alone.
    pub fn digest(&self) -> Sha256 {
        self.followed_by(&[])
    }

    /// Digest of these octets with several pieces behind them.
    pub fn followed_by(&self, parts: &[&[u8]]) -> Sha256 {
        let mut hash = self.state.clone();
        parts.iter().for_each(|part| hash.update(part));
        Sha256(hash.finish())
    }
}

impl fmt::Debug for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} bytes", self.digest(), self.len_bytes)
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// A running SHA-256 and SHA-512 over bytes that are read once.
#[derive(Clone, Default)]
pub struct Digests {
    sha256: openssl::sha::Sha256,
    sha512: openssl::sha::Sha512,
}

impl Digests {
    /// Adds the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        self.sha512.update(bytes);
    }

    /// Both digests of everything added.
    pub fn finish(self) -> (Sha256, Sha512) {
        (Sha256(self.sha256.finish()), Sha512(self.sha512.finish()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_a_prefix_is_hashed_as_if_it_had_been_there() {
        let prefix = Prefix::of(b"ab");
        assert_eq!(prefix.digest(), Sha256::of(b"ab"));
        assert_eq!(prefix.followed_by(&[b"c", b"d"]), Sha256::of(b"abcd"));
        assert_eq!(prefix.followed_by(&[b"c"]), Sha256::of(b"abc"), "it can be followed by something else");
    }

    #[test]
    fn digests_print_as_lower_case_hex_and_come_back() {
        let digest = Sha256::of(b"abc");
        assert_eq!(digest.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest.to_string().parse(), Ok(digest));
    }

    #[test]
    fn upper_case_or_short_hex_is_refused() {
        assert!(
            "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD".parse::<Sha256>().is_err()
        );
        assert!("ba".parse::<Sha256>().is_err());
    }
}
