-- What stands in the rows of the lists of submissions that may count. A row 0 says that the unit declares to have nothing to list.
-- grain: one row per submission, list, row and field
-- reads: nothing
CREATE TABLE IF NOT EXISTS raw_list_cell (
    submission INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL, -- of the cell among those of the submission
    list       VARCHAR NOT NULL,
    list_row   INTEGER NOT NULL,
    field      VARCHAR NOT NULL,
    type       VARCHAR NOT NULL, -- text, date, number
    state      VARCHAR NOT NULL, -- filled (a text, a date), number, zero, nil
    content    VARCHAR,          -- of a text
    day        DATE,             -- of a date
    value      DECIMAL(38, 10),  -- of a number
    qualifier  VARCHAR NOT NULL, -- exact, at_least, about
    key        VARCHAR NOT NULL, -- the value as filters compare it
    raw        VARCHAR NOT NULL,
    sheet      VARCHAR NOT NULL,
    cell       VARCHAR NOT NULL
);
