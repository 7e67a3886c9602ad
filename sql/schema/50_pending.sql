-- Work that a committed load has promised and no output bears yet: periods to publish, feedback to write.
-- A run that is killed in between leaves it to the next one.
-- grain: one row per kind and key
-- reads: nothing
CREATE TABLE IF NOT EXISTS pending (
    kind VARCHAR NOT NULL, -- period, feedback, feedback_page, ledger
    key  VARCHAR NOT NULL  -- a period code; folder and sha256 with a slash between
);
