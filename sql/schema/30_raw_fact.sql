-- What stands in the marked cells of accepted submissions; of those accepted despite errors, with blanks for the faulty cells.
-- grain: one row per folder, sha256, indicator and measure
-- reads: nothing
CREATE TABLE IF NOT EXISTS raw_fact (
    folder    VARCHAR NOT NULL,
    sha256    VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    measure   VARCHAR NOT NULL, -- value, ytd
    state     VARCHAR NOT NULL, -- number, zero, nil, blank
    value     DECIMAL(38, 10),  -- of a ratio, as a ratio; empty for blank
    qualifier VARCHAR NOT NULL, -- exact, at_least, about
    raw       VARCHAR NOT NULL,
    note      VARCHAR NOT NULL,
    sheet     VARCHAR NOT NULL,
    cell      VARCHAR NOT NULL
);
