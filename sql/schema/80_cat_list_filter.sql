-- The filters that the rows of lists must pass to count for an indicator.
-- grain: one row per indicator and ordinal
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_list_filter (
    indicator VARCHAR NOT NULL,
    ordinal   INTEGER NOT NULL,
    field     VARCHAR NOT NULL,
    key       VARCHAR NOT NULL
);
