-- Times are milliseconds since 1970-01-01 UTC; hashes are 32 bytes.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    task TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (task, name)
) STRICT;

CREATE TABLE calls (
    id INTEGER PRIMARY KEY,
    call_key BLOB NOT NULL UNIQUE,
    run INTEGER NOT NULL REFERENCES runs,
    model TEXT NOT NULL,
    request TEXT NOT NULL,
    answer TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE INDEX calls_by_run ON calls (run, model);

CREATE TABLE encoders (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE
) STRICT;

-- Vectors are float32, little-endian.
CREATE TABLE embeddings (
    id INTEGER PRIMARY KEY,
    encoder INTEGER NOT NULL REFERENCES encoders,
    text_hash BLOB NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (encoder, text_hash)
) STRICT;

CREATE TABLE sealed_purposes (
    id INTEGER PRIMARY KEY,
    task TEXT NOT NULL,
    data_hash BLOB NOT NULL,
    purpose TEXT NOT NULL,
    UNIQUE (task, data_hash, purpose)
) STRICT;

CREATE TABLE sealed_accesses (
    id INTEGER PRIMARY KEY,
    purpose INTEGER NOT NULL REFERENCES sealed_purposes,
    row_index INTEGER NOT NULL,
    example TEXT NOT NULL,
    opened_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sealed_accesses_by_purpose ON sealed_accesses (purpose, row_index);

CREATE TABLE error_draws (
    id INTEGER PRIMARY KEY,
    task TEXT NOT NULL,
    sealed_hash BLOB NOT NULL,
    test TEXT NOT NULL,
    amount REAL NOT NULL,
    drawn_at INTEGER NOT NULL,
    UNIQUE (task, sealed_hash, test)
) STRICT;

CREATE TABLE climbs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task TEXT NOT NULL,
    inputs BLOB NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    verdict TEXT,
    summary TEXT
) STRICT;

CREATE INDEX climbs_by_task ON climbs (task, inputs);

-- The numbers given to releases, whether or not the release came to be.
CREATE TABLE release_numbers (
    task TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (task, number)
) STRICT;

CREATE TABLE releases (
    id TEXT PRIMARY KEY,
    task TEXT NOT NULL,
    number INTEGER NOT NULL,
    solution TEXT NOT NULL,
    certificate BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (task, number)
) STRICT;

-- A stack for each task: the newest promotion that was not rolled back is in force.
CREATE TABLE promotions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task TEXT NOT NULL,
    release TEXT NOT NULL REFERENCES releases,
    rolled_back INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX promotions_by_task ON promotions (task, rolled_back, id);

CREATE TABLE release_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task TEXT NOT NULL,
    kind TEXT NOT NULL,
    release TEXT NOT NULL,
    before TEXT,
    happened_at INTEGER NOT NULL
) STRICT;

CREATE INDEX release_events_by_task ON release_events (task, id);
