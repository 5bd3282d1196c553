//! `niem-phong.txt` of a medium, version 1.

use school::deposit::DepositId;
use school::digest::{Sha256, Sha512};
use school::medium::MediumId;

use crate::tlog;

/// What the seal of a medium states. Its text is fixed to the byte, as that of a deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediumStatement {
    /// The medium that is closed.
    pub medium: MediumId,
    /// SHA-256 of the bytes of `tagmanifest-sha256.txt`.
    pub tagmanifest_sha256: Sha256,
    /// SHA-512 of the bytes of `tagmanifest-sha512.txt`.
    pub tagmanifest_sha512: Sha512,
    /// The deposits on it, each with its seal digest.
    pub deposits: Vec<(DepositId, Sha256)>,
    /// Seal digest of the medium sealed before this one; none for the school's first.
    pub previous_medium: Option<Sha256>,
    /// Number of register entries in `niem-phong/so-theo-doi.jsonl`; the last is the planning of this medium.
    pub register_size: u64,
    /// Their RFC 6962 root.
    pub register_root: Sha256,
}

impl MediumStatement {
    /// The content of `checkpoint.txt`, which is also the end of [`MediumStatement::text`].
    pub fn checkpoint(&self) -> String {
        tlog::checkpoint(&tlog::origin(self.medium.school()), self.register_size, &self.register_root)
    }

    /// The content of `niem-phong.txt`.
    pub fn text(&self) -> String {
        let previous = self.previous_medium.map_or_else(|| "none".to_owned(), |seal| seal.to_string());
        let deposits: String =
            self.deposits.iter().map(|(deposit, seal)| format!("deposit: {deposit} {seal}\n")).collect();
        format!(
            "niemphong-medium/1\n\
             medium: {}\n\
             tagmanifest-sha256: {}\n\
             tagmanifest-sha512: {}\n\
             {deposits}\
             previous-medium: {previous}\n\
             \n\
             {}",
            self.medium,
            self.tagmanifest_sha256,
            self.tagmanifest_sha512,
            self.checkpoint(),
        )
    }

    /// The seal digest: SHA-256 of [`MediumStatement::text`]. It stands on label and papers.
    pub fn digest(&self) -> Sha256 {
        Sha256::of(self.text().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_is_fixed_to_the_byte() {
        let statement = MediumStatement {
            medium: "HOAPHUONG_VM_0001".parse().expect("a medium"),
            tagmanifest_sha256: Sha256::of(b"1"),
            tagmanifest_sha512: Sha512::of(b"2"),
            deposits: vec![("HOAPHUONG_2025-2026_0001".parse().expect("a deposit"), Sha256::of(b"4"))],
            previous_medium: None,
            register_size: 41,
            register_root: Sha256::of(b""),
        };
        let expected = format!(
            "niemphong-medium/1\nmedium: HOAPHUONG_VM_0001\n\
             tagmanifest-sha256: 6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b\n\
             tagmanifest-sha512: {}\n\
             deposit: HOAPHUONG_2025-2026_0001 4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a\n\
             previous-medium: none\n\nniemphong/HOAPHUONG\n41\n\
             47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
            Sha512::of(b"2"),
        );
        assert_eq!(statement.text(), expected);
        assert_eq!(statement.digest(), Sha256::of(expected.as_bytes()));
        let later = MediumStatement { previous_medium: Some(statement.digest()), ..statement.clone() };
        assert!(later.text().contains(&format!("\nprevious-medium: {}\n\n", statement.digest())));
    }
}
