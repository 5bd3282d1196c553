//! One person's visit as others see it: how far it is, and what it brought. Values only; who shows them
//! says it in words.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::dossier::DossierId;
use school::plan::BoxName;

/// What a person at the reader may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtReader {
    /// The PIN is on its way to the token.
    LoggingIn,
    /// The token waits for the PIN at its own PIN pad.
    AtPinPad,
    /// The token signs. It must not be pulled.
    Signing,
    /// Others sign here what comes before. The token must not be pulled either: it is logged in.
    WaitingForOthers,
    /// It is over, the token may be pulled.
    MayUnplug,
}

/// How far a sitting is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What the person may do.
    pub at_reader: AtReader,
    /// Boxes that are signed and recorded.
    pub signed: usize,
    /// Boxes that could not be signed now.
    pub not_signed: usize,
    /// All boxes of this sitting, those included that others here sign for first.
    pub of: usize,
    /// Boxes a minute, once two are signed.
    pub per_minute: Option<usize>,
    /// Seconds until the last one at this rate.
    pub left_s: Option<u64>,
}

impl Progress {
    /// Before anything was signed.
    pub const fn at_first(of: usize) -> Self {
        let (signed, not_signed) = (0, 0);
        Self { at_reader: AtReader::LoggingIn, signed, not_signed, of, per_minute: None, left_s: None }
    }

    /// The same after `elapsed_ms` since the login.
    #[must_use]
    pub fn paced(self, elapsed_ms: u64) -> Self {
        let (signed, done) = (self.signed as u64, self.signed + self.not_signed);
        if signed < 2 || elapsed_ms == 0 {
            return Self { per_minute: None, left_s: None, ..self };
        }
        let per_minute = usize::try_from(signed * 60_000 / elapsed_ms).ok();
        let open = self.of.saturating_sub(done) as u64;
        Self { per_minute, left_s: Some((open * elapsed_ms).div_ceil(signed * 1000)), ..self }
    }
}

/// A box that was not signed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSigned {
    /// The dossier.
    pub dossier: DossierId,
    /// The box.
    pub signing_box: BoxName,
    /// Why, as a stable code.
    pub code: String,
}

/// What one visit brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// Whose it was.
    pub certificate: Sha256,
    /// Boxes that were signed, in order.
    pub signed: Vec<(DossierId, BoxName)>,
    /// Boxes that could not be signed, each with its reason. They do not keep the others from being signed.
    pub not_signed: Vec<NotSigned>,
    /// Boxes that wait for the next visit because this one ended before them.
    pub waiting: Vec<(DossierId, BoxName)>,
    /// Why it ended before everything was signed, as a stable code: the token was pulled, the person
    /// stopped. The rest goes on after a new PIN.
    pub ended_early: Option<String>,
    /// True when the signer's token signed the register's checkpoint at the end.
    pub checkpoint: bool,
    /// How long the token signed, all documents together, and how long it took from the first to the last:
    /// what lies between the two it waited for us or for those who sign before.
    pub token_ms: u64,
    /// See [`Self::token_ms`].
    pub span_ms: u64,
    /// How long it took from the login until the last box was recorded and its file had its name.
    pub recorded_ms: u64,
}

impl Sitting {
    /// A sitting that has not begun.
    pub const fn of(certificate: Sha256) -> Self {
        Self {
            certificate,
            signed: Vec::new(),
            not_signed: Vec::new(),
            waiting: Vec::new(),
            ended_early: None,
            checkpoint: false,
            token_ms: 0,
            span_ms: 0,
            recorded_ms: 0,
        }
    }

    /// How many boxes this sitting left open.
    pub fn open(&self) -> usize {
        self.not_signed.len() + self.waiting.len()
    }

    /// What became of each document of this sitting: each stands in one place, however many boxes of it the same
    /// person signs.
    pub fn documents(&self) -> Documents<'_> {
        let signed: BTreeSet<_> = self.signed.iter().map(|(dossier, _)| dossier).collect();
        let open: BTreeSet<_> = self.open_by_reason().into_values().flatten().collect();
        Documents {
            signed: signed.difference(&open).copied().collect(),
            in_part: signed.intersection(&open).copied().collect(),
            open: open.difference(&signed).copied().collect(),
        }
    }

    /// The dossier of every box that is still open, by the code that says why.
    pub fn open_by_reason(&self) -> BTreeMap<&str, Vec<&DossierId>> {
        let mut open: BTreeMap<&str, Vec<&DossierId>> = BTreeMap::new();
        for one in &self.not_signed {
            open.entry(&one.code).or_default().push(&one.dossier);
        }
        if let Some(code) = self.ended_early.as_deref().filter(|_| !self.waiting.is_empty()) {
            open.entry(code).or_default().extend(self.waiting.iter().map(|(dossier, _)| dossier));
        }
        open
    }
}

/// The documents of a sitting by what became of them.
#[derive(Debug, PartialEq, Eq)]
pub struct Documents<'a> {
    /// In every place that was this person's.
    pub signed: BTreeSet<&'a DossierId>,
    /// In some of them.
    pub in_part: BTreeSet<&'a DossierId>,
    /// In none.
    pub open: BTreeSet<&'a DossierId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_is_signed_in_part_is_counted_once_and_as_such() {
        let id =
            |class: &str| format!("2025-2026_ca-nam_so-diem_{class}").parse::<DossierId>().expect("an id");
        let of = |class: &str, place: &str| (id(class), place.parse::<BoxName>().expect("a name"));
        let refused = |class: &str, place: &str| {
            let (dossier, signing_box) = of(class, place);
            NotSigned { dossier, signing_box, code: "judge.unproven".into() }
        };
        let sitting = Sitting {
            signed: vec![
                of("6A1", "GVBM_TOAN"),
                of("6A1", "GVCN"),
                of("6A2", "GVBM_TOAN"),
                of("6A3", "GVCN"),
            ],
            not_signed: vec![refused("6A3", "GVBM_TOAN")],
            waiting: vec![of("6A2", "GVCN"), of("6A4", "GVBM_TOAN")],
            ended_early: Some("signing.cancelled".into()),
            ..Sitting::of(Sha256::of(b"certificate"))
        };
        let all = ["6A1", "6A2", "6A3", "6A4"].map(id);
        let expected = Documents {
            signed: BTreeSet::from([&all[0]]),
            in_part: BTreeSet::from([&all[1], &all[2]]),
            open: BTreeSet::from([&all[3]]),
        };
        assert_eq!(sitting.documents(), expected);
    }

    #[test]
    fn the_time_left_follows_from_what_was_signed_so_far() {
        let signed = |signed| Progress { signed, not_signed: 1, ..Progress::at_first(45) };
        assert_eq!(signed(1).paced(500).left_s, None, "one says nothing yet");
        let paced = signed(20).paced(10_000);
        assert_eq!((paced.per_minute, paced.left_s), (Some(120), Some(12)));
        assert_eq!(signed(44).paced(22_000).left_s, Some(0));
    }
}
