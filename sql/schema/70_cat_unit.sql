-- The units of the catalogue.
-- grain: one row per code and validity
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_unit (
    ordinal    INTEGER NOT NULL,
    code       VARCHAR NOT NULL,
    name       VARCHAR NOT NULL,
    kind       VARCHAR NOT NULL,
    parent     VARCHAR,
    valid_from DATE NOT NULL,
    valid_to   DATE NOT NULL -- inclusive; 9999-12-31 while open
);
