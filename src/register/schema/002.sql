-- Version 2: hashes of the leaves of the Merkle tree, 1,024 in a row from `first`, so that a proof need not read
-- every entry. They follow from the entries and are believed only as far as a signed checkpoint confirms them.
CREATE TABLE leaf (
    first  INTEGER PRIMARY KEY,
    hashes BLOB NOT NULL
) STRICT;
