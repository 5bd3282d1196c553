//! The seal statement `niem-phong.txt`: what the stamp's detached signature covers. It names by
//! digest everything that the deposit stands on.

use std::str::FromStr;

use school::digest::{Sha256, Sha512};

use super::identity::DepositId;
use crate::register::Checkpoint;

/// What the statement says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The deposit.
    pub deposit: DepositId,
    /// SHA-256 of `tagmanifest-sha256.txt`.
    pub tagmanifest_sha256: Sha256,
    /// SHA-512 of `tagmanifest-sha512.txt`.
    pub tagmanifest_sha512: Sha512,
    /// SHA-512 of the sealing record; `None` where the stamp sealed alone.
    pub record_sha512: Option<Sha512>,
    /// SHA-256 of the roster.
    pub roster_sha256: Sha256,
    /// SHA-256 of the plans.
    pub plans_sha256: Sha256,
    /// SHA-256 of the previous deposit's statement, `None` for the first.
    pub previous_seal: Option<Sha256>,
    /// The register at the moment of sealing.
    pub checkpoint: Checkpoint,
}

impl Statement {
    /// Reads the statement. Only the one spelling that [`Statement::text`] gives is a statement.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (head, checkpoint) = text.split_once("\n\n")?;
        let mut lines = head.split('\n');
        if lines.next()? != "niemphong-seal/1" {
            return None;
        }
        let read = Self {
            deposit: line(lines.next()?, "deposit: ")?,
            tagmanifest_sha256: line(lines.next()?, "tagmanifest-sha256: ")?,
            tagmanifest_sha512: line(lines.next()?, "tagmanifest-sha512: ")?,
            record_sha512: match lines.next()? {
                "bien-ban-sha512: none" => None,
                other => Some(line(other, "bien-ban-sha512: ")?),
            },
            roster_sha256: line(lines.next()?, "roster-sha256: ")?,
            plans_sha256: line(lines.next()?, "plans-sha256: ")?,
            previous_seal: match lines.next()? {
                "previous-seal: none" => None,
                other => Some(line(other, "previous-seal: ")?),
            },
            checkpoint: Checkpoint::parse(checkpoint.as_bytes())?,
        };
        (read.text() == text).then_some(read)
    }

    /// The text as it is signed.
    pub fn text(&self) -> String {
        let record = self.record_sha512.map_or_else(|| "none".to_owned(), |record| record.to_string());
        let previous = self.previous_seal.map_or_else(|| "none".to_owned(), |seal| seal.to_string());
        format!(
            "niemphong-seal/1\ndeposit: {}\ntagmanifest-sha256: {}\ntagmanifest-sha512: {}\n\
             bien-ban-sha512: {record}\nroster-sha256: {}\nplans-sha256: {}\nprevious-seal: {previous}\n\n{}",
            self.deposit,
            self.tagmanifest_sha256,
            self.tagmanifest_sha512,
            self.roster_sha256,
            self.plans_sha256,
            self.checkpoint.text()
        )
    }
}

fn line<T: FromStr>(line: &str, key: &str) -> Option<T> {
    line.strip_prefix(key)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_exactly_the_agreed_lines() {
        let sha = Sha256::of(b"x");
        let sha512 = Sha512::of(b"x");
        let text = format!(
            "niemphong-seal/1\ndeposit: HOAPHUONG_2025-2026_0001\ntagmanifest-sha256: {sha}\n\
             tagmanifest-sha512: {sha512}\nbien-ban-sha512: {sha512}\nroster-sha256: {sha}\nplans-sha256: {sha}\n\
             previous-seal: none\n\nniemphong/HOAPHUONG\n8\nXcnaeacGWamtVZy3Ad7Zoqudgjqtj01gr8XnDv9GQyg=\n"
        );
        assert_eq!(Statement::parse(text.as_bytes()).map(|read| read.text()), Some(text.clone()));
        for wrong in [
            text.replace("seal/1", "seal/2"),
            text.replace("previous-seal: none", "previous-seal: None"),
            text.replace("\n\n", "\nmore: 1\n\n"),
            text.replace("\n\n", "\n"),
            text.replace("roster-sha256", "plans-sha256"),
            text.replace("deposit: ", "deposit:  "),
            format!("{text}\n"),
            text.trim_end().into(),
        ] {
            assert_eq!(Statement::parse(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
