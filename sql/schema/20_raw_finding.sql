-- What was found in a submission, unworded: the language of the reader words it.
-- grain: one row per submission and ordinal
-- reads: nothing
CREATE TABLE IF NOT EXISTS raw_finding (
    submission INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    severity   VARCHAR NOT NULL,
    code       VARCHAR NOT NULL,
    sheet      VARCHAR NOT NULL,
    cell       VARCHAR NOT NULL,
    raw_read   VARCHAR NOT NULL,
    expected   VARCHAR NOT NULL,
    args       VARCHAR NOT NULL -- JSON: the other values that the sentence names
);
