-- Every file ever taken, with the verdict on it. The ledger: rows are only added, but for a held file that is judged anew.
-- grain: one row per submission; one per folder of the inbox and content (sha256)
-- reads: nothing
CREATE TABLE IF NOT EXISTS raw_submission (
    submission  INTEGER NOT NULL, -- counted from 1 as they are loaded; only the other tables of this database name it
    folder      VARCHAR NOT NULL, -- the unit's folder; empty in the root of the inbox
    sha256      VARCHAR NOT NULL,
    file        VARCHAR NOT NULL, -- path below the inbox
    size        BIGINT NOT NULL,
    mtime       TIMESTAMP NOT NULL,
    first_seen  TIMESTAMP NOT NULL, -- UTC, the clock of the run that took it
    received_on DATE NOT NULL,      -- the day of first_seen in the workspace's zone
    unit        VARCHAR,
    form        VARCHAR,
    period      VARCHAR,
    verdict     VARCHAR NOT NULL,   -- accepted, refused, held, attachment
    errors      INTEGER NOT NULL,
    warnings    INTEGER NOT NULL,
    acts        INTEGER NOT NULL    -- how many acts of staff were on the record when it was taken
);
