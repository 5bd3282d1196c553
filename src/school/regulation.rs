//! What the school's own regulation asks of the archive: on which kinds of medium a deposit must lie. The
//! regulations of three schools and authorities come as presets; another one names its kinds.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::medium::MediumKind;

/// A regulation that is known by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// THCS Thiên Hương, kế hoạch 2024-2025, 2.2: disc and stick.
    ThienHuong,
    /// THCS Mạo Khê II, quy chế kèm QĐ 251/2020, Điều 9: disc and stick, both sealed.
    #[serde(rename = "mao-khe-ii")]
    MaoKheII,
    /// Sở GDĐT Kon Tum, hướng dẫn 2020-2021, II.1: dedicated disk and disc.
    KonTum,
}

/// The kinds of medium that a deposit must lie on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regulation(BTreeSet<MediumKind>);

/// A regulation that asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a regulation names at least one kind of medium")]
pub struct NoKind;

impl Regulation {
    /// How many independent things must hold a deposit, whatever the kinds: two sets, each on a medium of its
    /// own (Thông tư 05/2025/TT-BNV, Điều 26).
    pub const INDEPENDENT: usize = 2;

    /// A regulation of these kinds.
    ///
    /// Errors: none is named.
    pub fn new(kinds: impl IntoIterator<Item = MediumKind>) -> Result<Self, NoKind> {
        let kinds: BTreeSet<MediumKind> = kinds.into_iter().collect();
        if kinds.is_empty() { Err(NoKind) } else { Ok(Self(kinds)) }
    }

    /// The kinds, each once.
    pub fn kinds(&self) -> impl Iterator<Item = MediumKind> {
        self.0.iter().copied()
    }
}

impl From<Preset> for Regulation {
    fn from(preset: Preset) -> Self {
        Self(BTreeSet::from(match preset {
            Preset::ThienHuong | Preset::MaoKheII => [MediumKind::Optical, MediumKind::Stick],
            Preset::KonTum => [MediumKind::Optical, MediumKind::Disk],
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_regulations_of_the_sources_have_names() {
        for (name, kinds) in [
            ("thien-huong", [MediumKind::Optical, MediumKind::Stick]),
            ("mao-khe-ii", [MediumKind::Optical, MediumKind::Stick]),
            ("kon-tum", [MediumKind::Optical, MediumKind::Disk]),
        ] {
            let preset: Preset = serde_json::from_str(&format!("{name:?}")).expect(name);
            assert_eq!(Regulation::from(preset).kinds().collect::<Vec<_>>(), kinds, "{name}");
        }
    }

    #[test]
    fn a_regulation_without_a_kind_is_none() {
        assert_eq!(Regulation::new([]), Err(NoKind));
    }
}
