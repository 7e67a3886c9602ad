-- The indicators that are filled from lists.
-- grain: one row per indicator
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_list_figure (
    indicator VARCHAR NOT NULL,
    list      VARCHAR NOT NULL,
    field     VARCHAR,          -- the field that is added; none where rows are counted
    filters   INTEGER NOT NULL, -- how many filters a row must pass
    wording   VARCHAR NOT NULL  -- as the catalogue words it
);
