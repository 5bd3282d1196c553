CREATE TABLE account (
    name TEXT PRIMARY KEY,
    person TEXT,
    roles TEXT NOT NULL,
    salt BLOB NOT NULL,
    hash BLOB NOT NULL,
    closed INTEGER NOT NULL
) STRICT;
CREATE TABLE slip (
    digest TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    until INTEGER NOT NULL,
    used INTEGER
) STRICT;
CREATE TABLE screen (
    key TEXT PRIMARY KEY,
    screen TEXT NOT NULL
) STRICT;
CREATE TABLE access (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    role TEXT NOT NULL,
    what TEXT NOT NULL,
    of TEXT NOT NULL
) STRICT;
