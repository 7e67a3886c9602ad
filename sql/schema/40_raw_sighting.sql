-- The files of the inbox as last seen: what has the same size and time need not be read again.
-- grain: one row per file
-- reads: nothing
CREATE TABLE IF NOT EXISTS raw_sighting (
    file   VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    size   BIGINT NOT NULL,
    mtime  TIMESTAMP NOT NULL
);
