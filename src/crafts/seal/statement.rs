//! `niem-phong.txt`, version 1.

use school::digest::{Sha256, Sha512};

use crate::tlog;
use school::deposit::DepositId;

/// What a seal states. Its text is fixed to the byte: the judge reads it back by the same words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The deposit that is closed.
    pub deposit: DepositId,
    /// SHA-256 of the bytes of `tagmanifest-sha256.txt`.
    pub tagmanifest_sha256: Sha256,
    /// SHA-512 of the bytes of `tagmanifest-sha512.txt`.
    pub tagmanifest_sha512: Sha512,
    /// SHA-512 of `niem-phong/bien-ban.pdf`, signed; none where the stamp seals alone.
    pub bien_ban_sha512: Option<Sha512>,
    /// SHA-256 of `data/nhan-su/roster.json`.
    pub roster_sha256: Sha256,
    /// SHA-256 of `data/nhan-su/plans.json`.
    pub plans_sha256: Sha256,
    /// Seal digest of the deposit sealed before this one; none for the school's first.
    pub previous_seal: Option<Sha256>,
    /// Number of register entries in `niem-phong/so-theo-doi.jsonl`.
    pub register_size: u64,
    /// Their RFC 6962 root.
    pub register_root: Sha256,
}

impl Statement {
    /// The content of `checkpoint.txt`, which is also the end of [`Statement::text`].
    pub fn checkpoint(&self) -> String {
        let origin = tlog::origin(self.deposit.school());
        tlog::checkpoint(&origin, self.register_size, &self.register_root)
    }

    /// The content of `niem-phong.txt`.
    pub fn text(&self) -> String {
        let record = self.bien_ban_sha512.map_or_else(|| "none".to_owned(), |record| record.to_string());
        let previous = self.previous_seal.map_or_else(|| "none".to_owned(), |seal| seal.to_string());
        format!(
            "niemphong-seal/1\n\
             deposit: {}\n\
             tagmanifest-sha256: {}\n\
             tagmanifest-sha512: {}\n\
             bien-ban-sha512: {record}\n\
             roster-sha256: {}\n\
             plans-sha256: {}\n\
             previous-seal: {previous}\n\
             \n\
             {}",
            self.deposit,
            self.tagmanifest_sha256,
            self.tagmanifest_sha512,
            self.roster_sha256,
            self.plans_sha256,
            self.checkpoint(),
        )
    }

    /// The seal digest: SHA-256 of [`Statement::text`]. It stands on papers, labels and in the next seal.
    pub fn digest(&self) -> Sha256 {
        Sha256::of(self.text().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement() -> Statement {
        Statement {
            deposit: "HOAPHUONG_2025-2026_0001".parse().expect("a deposit"),
            tagmanifest_sha256: Sha256::of(b"1"),
            tagmanifest_sha512: Sha512::of(b"2"),
            bien_ban_sha512: Some(Sha512::of(b"3")),
            roster_sha256: Sha256::of(b"4"),
            plans_sha256: Sha256::of(b"5"),
            previous_seal: None,
            register_size: 41,
            register_root: Sha256::of(b""),
        }
    }

    #[test]
    fn the_statement_is_fixed_to_the_byte() {
        let expected = format!(
            "niemphong-seal/1\ndeposit: HOAPHUONG_2025-2026_0001\n\
             tagmanifest-sha256: 6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b\n\
             tagmanifest-sha512: {}\nbien-ban-sha512: {}\n\
             roster-sha256: 4b227777d4dd1fc61c6f884f48641d02b4d121d3fd328cb08b5531fcacdabf8a\n\
             plans-sha256: ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d\n\
             previous-seal: none\n\nniemphong/HOAPHUONG\n41\n\
             47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
            Sha512::of(b"2"),
            Sha512::of(b"3"),
        );
        assert_eq!(statement().text(), expected);
        assert_eq!(statement().digest(), Sha256::of(expected.as_bytes()));
    }

    #[test]
    fn a_seal_of_the_stamp_alone_says_that_there_is_no_record() {
        let alone = Statement { bien_ban_sha512: None, ..statement() };
        assert!(alone.text().contains("\nbien-ban-sha512: none\nroster-sha256: "));
    }

    #[test]
    fn a_later_seal_names_the_one_before() {
        let first = statement();
        let second = Statement { previous_seal: Some(first.digest()), ..statement() };
        assert!(second.text().contains(&format!("\nprevious-seal: {}\n\n", first.digest())));
        assert_ne!(second.digest(), first.digest());
    }
}
