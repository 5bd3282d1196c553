//! The register as a transparency log: the lines themselves, their RFC 6962 Merkle tree, and the
//! checkpoint that the stamp signs. Chain and tree are both kept: the chain is what a clerk can follow
//! by hand, the tree proves one entry without showing the others.

mod checkpoint;
mod consistency;
mod inclusion;
mod line;
mod proof;
mod tree;

pub use checkpoint::{checkpoint, origin};
pub use consistency::prove_consistency;
pub use inclusion::{NotInTree, ProvenPath, prove};
pub use line::{FIRST_PREVIOUS, chain_line, continues, lines};
pub use proof::{consistency_proof, inclusion_proof};
pub use tree::{Tree, leaf_hash, leaf_hashes, root};
