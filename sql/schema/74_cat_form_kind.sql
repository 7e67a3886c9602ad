-- The kinds of unit that owe a form in a period.
-- grain: one row per form, period and kind of unit
-- reads: nothing; replaced whole at each load
CREATE TABLE IF NOT EXISTS cat_form_kind (
    form   VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    kind   VARCHAR NOT NULL
);
