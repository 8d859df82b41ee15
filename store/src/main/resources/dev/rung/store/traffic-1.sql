-- Times are milliseconds since 1970-01-01 UTC; money is in millionths of a millionth of a dollar.
CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    salt BLOB NOT NULL,
    hash BLOB NOT NULL,
    team TEXT,
    person TEXT,
    tags TEXT NOT NULL,
    administrator INTEGER NOT NULL,
    created INTEGER NOT NULL,
    ends INTEGER
) STRICT;

-- What holds for a scope: global, key:NAME, team:NAME, user:NAME or tag:NAME.
CREATE TABLE rules (
    scope TEXT PRIMARY KEY,
    rules TEXT NOT NULL
) STRICT;

-- One row: counts changes of the two tables above, so that a running server sees them.
CREATE TABLE changes (
    count INTEGER NOT NULL
) STRICT;

INSERT INTO changes (count) VALUES (0);

CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    request TEXT NOT NULL,
    trace TEXT,
    key_name TEXT,
    team TEXT,
    person TEXT,
    tags TEXT,
    dialect TEXT NOT NULL,
    operation TEXT NOT NULL,
    model TEXT NOT NULL,
    target TEXT,
    upstream TEXT,
    tried TEXT,
    attempts INTEGER NOT NULL,
    streamed INTEGER NOT NULL,
    status INTEGER NOT NULL,
    error TEXT,
    ending TEXT NOT NULL,
    input_tokens INTEGER,
    cached_tokens INTEGER,
    written_tokens INTEGER,
    output_tokens INTEGER,
    reasoning_tokens INTEGER,
    price INTEGER,
    price_note TEXT,
    cache TEXT,
    first_byte_us INTEGER,
    total_us INTEGER NOT NULL,
    asked BLOB,
    answered BLOB
) STRICT;

CREATE INDEX requests_by_time ON requests (at);

CREATE TABLE replies (
    key BLOB PRIMARY KEY,
    stored INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX replies_by_end ON replies (ends);
