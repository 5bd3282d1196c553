//! The name that Windows and Linux show for a disc.

use std::fmt;
use std::str::FromStr;

use school::medium::MediumId;

use super::MediumRefusal;

/// Joliet keeps 16 characters of a volume id; ISO 9660 allows these letters only (ECMA-119, 7.4.1).
const LENGTH: usize = 16;

/// A volume id that reads the same in every tree of the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolumeId(String);

impl VolumeId {
    /// The volume id of a medium: `NP_VM_0001`.
    pub fn of(medium: &MediumId) -> Self {
        Self(format!("NP_VM_{:04}", medium.number()))
    }
}

impl FromStr for VolumeId {
    type Err = MediumRefusal;

    fn from_str(text: &str) -> Result<Self, MediumRefusal> {
        let plain = |c: u8| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'_';
        if (1..=LENGTH).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(MediumRefusal::VolumeId { text: text.to_owned() })
        }
    }
}

impl fmt::Display for VolumeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_volume_id_of_every_medium_is_one() {
        let medium: MediumId = "HOAPHUONG_VM_0001".parse().expect("a medium");
        let id = VolumeId::of(&medium).to_string();
        assert_eq!(id, "NP_VM_0001");
        assert!(id.parse::<VolumeId>().is_ok());
        for wrong in ["", "np", "NP-1", "NP 1", "NP_2025_2026_0001"] {
            assert_eq!(wrong.parse::<VolumeId>().expect_err(wrong).code(), "medium.volume_id");
        }
    }
}
