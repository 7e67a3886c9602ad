-- What staff decided, as the journal has it, which nothing rewrites. Of the acts on the same thing the last one counts.
-- grain: one row per seq
-- reads: nothing; a run adds what the journal has more
CREATE TABLE IF NOT EXISTS raw_act (
    seq     INTEGER NOT NULL, -- counted from 1
    done_at TIMESTAMP NOT NULL, -- UTC
    done_on DATE NOT NULL,    -- the day of it in the workspace's zone
    act     VARCHAR NOT NULL, -- close, reopen, withdraw, accept, exempt, lift, upload
    period  VARCHAR,
    unit    VARCHAR,
    form    VARCHAR,
    folder  VARCHAR,          -- with sha256, the submission
    sha256  VARCHAR,
    by_whom VARCHAR NOT NULL,
    reason  VARCHAR NOT NULL, -- empty where none was given
    hash    VARCHAR NOT NULL  -- of the journal's line
);
