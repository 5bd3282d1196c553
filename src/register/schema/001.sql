-- The register, version 1: one row per entry, append only. `line` is the canonical JSON of the entry,
-- the bytes that the hash chain and the Merkle tree are over. `once` names what may happen only once.
CREATE TABLE entry (
    seq  INTEGER PRIMARY KEY,
    line BLOB NOT NULL,
    once TEXT UNIQUE
) STRICT;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'the register is append only'); END;

CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the register is append only'); END;
