//! What is signed of a register: its name, its size, its root (C2SP tlog-checkpoint, the note's text).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use school::identifier::SchoolCode;

/// The name of a school's register: `niemphong/HOAPHUONG`. A school code holds no line feed, so that no
/// name can add a line to a checkpoint.
pub fn origin(school: &SchoolCode) -> String {
    format!("niemphong/{school}")
}

/// The text over which checkpoints are signed: origin, number of entries, root in base64, a line each.
///
/// The signature is a detached CMS beside it: C2SP's own signature lines know no RSA, and the tokens of
/// schools hold RSA keys.
pub fn checkpoint(origin: &str, size: u64, root: &Sha256) -> String {
    format!("{origin}\n{size}\n{}\n", STANDARD.encode(root.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlog::Tree;

    #[test]
    fn a_checkpoint_is_three_lines() {
        let school = "HOAPHUONG".parse().expect("a school code");
        let tree = Tree::default();
        assert_eq!(
            checkpoint(&origin(&school), tree.size(), &tree.root()),
            "niemphong/HOAPHUONG\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
        );
    }
}
