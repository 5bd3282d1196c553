//! Proofs as text that travels by itself: C2SP tlog-proof for one entry, the lines of C2SP tlog-witness for
//! growth. Each ends with the checkpoint whose root it leads to.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;

/// The first line of a proof of one entry.
const INCLUSION: &str = "c2sp.org/tlog-proof@v1";

/// A proof of entry `index`, whose line travels in it as `extra`.
pub fn inclusion_proof(index: u64, line: &[u8], path: &[Sha256], checkpoint: &str) -> String {
    let extra = STANDARD.encode(line);
    format!("{INCLUSION}\nextra {extra}\nindex {index}\n{}\n{checkpoint}", hashes(path))
}

/// A proof that the register of `old` entries is the beginning of the one of the checkpoint.
pub fn consistency_proof(old: u64, path: &[Sha256], checkpoint: &str) -> String {
    format!("old {old}\n{}\n{checkpoint}", hashes(path))
}

fn hashes(path: &[Sha256]) -> String {
    path.iter().map(|hash| format!("{}\n", STANDARD.encode(hash.as_bytes()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_lines_then_an_empty_one_then_the_checkpoint() {
        let (checkpoint, hash) = ("niemphong/HOAPHUONG\n2\nROOT\n", Sha256::of(b""));
        let encoded = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert_eq!(
            inclusion_proof(1, b"{}", &[hash], checkpoint),
            format!("c2sp.org/tlog-proof@v1\nextra e30=\nindex 1\n{encoded}\n\n{checkpoint}")
        );
        assert_eq!(consistency_proof(2, &[], checkpoint), format!("old 2\n\n{checkpoint}"));
    }
}
