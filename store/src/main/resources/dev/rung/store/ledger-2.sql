-- Which rows of which sealed set were ever opened, by the marks that a row keeps in every set. Sets that share one share their error budget.
CREATE TABLE sealed_sets (
    id INTEGER PRIMARY KEY,
    task TEXT NOT NULL,
    sealed_hash BLOB NOT NULL,
    UNIQUE (task, sealed_hash)
) STRICT;

CREATE TABLE opened_rows (
    mark BLOB NOT NULL,
    sealed_set INTEGER NOT NULL REFERENCES sealed_sets,
    PRIMARY KEY (mark, sealed_set)
) STRICT, WITHOUT ROWID;

CREATE INDEX opened_rows_by_set ON opened_rows (sealed_set);

ALTER TABLE error_draws ADD COLUMN candidate TEXT NOT NULL DEFAULT '';

ALTER TABLE error_draws ADD COLUMN verdict TEXT;

-- 0 for draws of an older version, which did not keep what rows they opened: they count against every sealed set of their task.
ALTER TABLE error_draws ADD COLUMN rows_kept INTEGER NOT NULL DEFAULT 0;

-- Where the task was read from, so that its examples can be found again.
ALTER TABLE climbs ADD COLUMN folder TEXT;
