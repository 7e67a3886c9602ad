-- What was striking in the reports of each series, as the last run found it (sql/ledger).
-- grain: one row per submission, cell, indicator and code
-- reads: nothing; rebuilt at each load
CREATE TABLE IF NOT EXISTS fct_comparison (
    folder    VARCHAR,
    sha256    VARCHAR,
    ordinal   INTEGER, -- of the indicator
    indicator VARCHAR,
    code      VARCHAR,
    sheet     VARCHAR,
    cell      VARCHAR,
    raw_read  VARCHAR,
    expected  VARCHAR,
    args      VARCHAR
);
