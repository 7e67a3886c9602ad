-- What stands in the marked cells of submissions, whole: where raw is left out, it is the value in digits.
-- grain: one row per submission, indicator and measure
-- reads: raw_fact, raw_place
CREATE OR REPLACE VIEW stg_reported AS
SELECT
    f.submission, f.rowid AS ordinal, -- in the order of the form
    p.indicator, p.measure, f.state::VARCHAR AS state, f.value, f.qualifier::VARCHAR AS qualifier,
    coalesce(f.raw, f.value::DECIMAL(38, 0)::VARCHAR, '') AS raw, coalesce(f.note, '') AS note, p.sheet, p.cell
FROM raw_fact AS f
JOIN raw_place AS p ON p.place = f.place;
