//! A name (ISO 32000-2, 7.3.5): nearly all are short and stand thousands of times in a file, so short
//! ones take no allocation of their own.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;

const SHORT_OCTETS: usize = 22;

/// The octets of a name, `#` escapes resolved.
#[derive(Clone)]
pub(crate) struct Name(Stored);

#[derive(Clone)]
enum Stored {
    Short { length: u8, octets: [u8; SHORT_OCTETS] },
    Long(Box<[u8]>),
}

impl From<&[u8]> for Name {
    fn from(name: &[u8]) -> Self {
        if name.len() > SHORT_OCTETS {
            return Self(Stored::Long(name.into()));
        }
        let mut octets = [0; SHORT_OCTETS];
        octets[..name.len()].copy_from_slice(name);
        Self(Stored::Short { length: name.len() as u8, octets })
    }
}

impl Deref for Name {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Stored::Short { length, octets } => &octets[..usize::from(*length).min(SHORT_OCTETS)],
            Stored::Long(octets) => octets,
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Name {}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", String::from_utf8_lossy(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_its_octets_however_long() {
        for length in [0, 1, 21, 22, 23, 300] {
            let octets = vec![b'x'; length];
            assert_eq!(*Name::from(octets.as_slice()), *octets);
            assert!(
                Name::from(octets.as_slice()) < Name::from([octets.as_slice(), b"a"].concat().as_slice())
            );
        }
    }
}
