-- What stands in the marked cells of accepted submissions; of those accepted despite errors, with blanks for the faulty cells. It holds
-- nearly all rows of the database: what is the same for many of them stands elsewhere, or is left out. stg_reported has it whole.
-- grain: one row per submission and place
-- reads: nothing
CREATE TABLE IF NOT EXISTS raw_fact (
    submission INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    state      ENUM ('number', 'zero', 'nil', 'blank') NOT NULL,
    value      DECIMAL(38, 10), -- of a ratio, as a ratio; empty for blank
    qualifier  ENUM ('exact', 'at_least', 'about') NOT NULL,
    raw        VARCHAR,         -- empty where it is the value, a whole number, in digits, and where there is neither
    note       VARCHAR
);
