-- The series of reports as the last run found them: the comparisons of those that are the same are kept (sql/ledger).
-- grain: one row per unit and form
-- reads: nothing; rebuilt at each load
CREATE TABLE IF NOT EXISTS stg_series (
    unit       VARCHAR,
    form       VARCHAR,
    reports    VARCHAR, -- a hash of which reports count
    is_changed BOOLEAN
);
