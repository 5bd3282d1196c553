CREATE TABLE kept_session (
    person TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    begun INTEGER NOT NULL,
    until INTEGER NOT NULL,
    address TEXT NOT NULL
) STRICT;
