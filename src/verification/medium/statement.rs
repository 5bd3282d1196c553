//! The statement `niem-phong.txt` of a medium.

use std::str::FromStr;

use school::digest::{Sha256, Sha512};
use school::medium::MediumId;

use crate::deposit::DepositId;
use crate::register::Checkpoint;

/// What the statement says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub medium: MediumId,
    pub tagmanifest_sha256: Sha256,
    pub tagmanifest_sha512: Sha512,
    /// Each deposit with its seal digest.
    pub deposits: Vec<(DepositId, Sha256)>,
    pub previous_medium: Option<Sha256>,
    pub checkpoint: Checkpoint,
}

impl Statement {
    /// Reads the statement. Only the one spelling that [`Statement::text`] gives is a statement.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (head, checkpoint) = text.split_once("\n\n")?;
        let lines: Vec<&str> = head.split('\n').collect();
        let [version, medium, sha256, sha512, deposits @ .., previous] = &lines[..] else { return None };
        if *version != "niemphong-medium/1" || deposits.is_empty() {
            return None;
        }
        let deposit = |line: &&str| {
            let (deposit, seal) = line.strip_prefix("deposit: ")?.split_once(' ')?;
            Some((deposit.parse().ok()?, seal.parse().ok()?))
        };
        let read = Self {
            medium: value(medium, "medium: ")?,
            tagmanifest_sha256: value(sha256, "tagmanifest-sha256: ")?,
            tagmanifest_sha512: value(sha512, "tagmanifest-sha512: ")?,
            deposits: deposits.iter().map(deposit).collect::<Option<_>>()?,
            previous_medium: match *previous {
                "previous-medium: none" => None,
                other => Some(value(other, "previous-medium: ")?),
            },
            checkpoint: Checkpoint::parse(checkpoint.as_bytes())?,
        };
        (read.text() == text).then_some(read)
    }

    /// The text as it is signed.
    pub fn text(&self) -> String {
        let previous = self.previous_medium.map_or_else(|| "none".to_owned(), |seal| seal.to_string());
        let deposits: String =
            self.deposits.iter().map(|(deposit, seal)| format!("deposit: {deposit} {seal}\n")).collect();
        format!(
            "niemphong-medium/1\nmedium: {}\ntagmanifest-sha256: {}\ntagmanifest-sha512: {}\n\
             {deposits}previous-medium: {previous}\n\n{}",
            self.medium,
            self.tagmanifest_sha256,
            self.tagmanifest_sha512,
            self.checkpoint.text()
        )
    }
}

fn value<T: FromStr>(line: &str, key: &str) -> Option<T> {
    line.strip_prefix(key)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_exactly_the_agreed_lines() {
        let (sha, sha512) = (Sha256::of(b"x"), Sha512::of(b"x"));
        let text = format!(
            "niemphong-medium/1\nmedium: HOAPHUONG_VM_0001\ntagmanifest-sha256: {sha}\n\
             tagmanifest-sha512: {sha512}\ndeposit: HOAPHUONG_2025-2026_0001 {sha}\n\
             deposit: HOAPHUONG_2025-2026_0002 {sha}\nprevious-medium: none\n\n\
             niemphong/HOAPHUONG\n8\nXcnaeacGWamtVZy3Ad7Zoqudgjqtj01gr8XnDv9GQyg=\n"
        );
        assert_eq!(Statement::parse(text.as_bytes()).map(|read| read.text()), Some(text.clone()));
        let deposits: String =
            text.lines().filter(|line| line.starts_with("deposit")).map(|line| format!("{line}\n")).collect();
        for wrong in [
            text.replace("medium/1", "medium/2"),
            text.replace("niemphong-medium/1", "niemphong-seal/1"),
            text.replace(&deposits, ""),
            text.replace("previous-medium: none\n", ""),
            text.replace("\n\n", "\nmore: 1\n\n"),
            text.replace("0002 ", "0002  "),
            format!("{text}\n"),
        ] {
            assert_eq!(Statement::parse(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
