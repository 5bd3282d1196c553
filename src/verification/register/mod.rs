//! Judges a copy of the register: hash chain, Merkle root, checkpoint.
