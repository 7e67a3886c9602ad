-- The units of a period as they were at its cut-off: all that were valid at any time in its year.
-- A unit that ended before the cut-off stands as it last was; one that begins after it, as it will first be.
-- grain: one row per period and unit
-- reads: run_period, cat_unit
CREATE OR REPLACE TABLE dim_unit AS
SELECT
    p.period, u.code AS unit, u.ordinal, u.name, u.kind, u.parent, u.valid_to,
    u.valid_from <= p.cut_off AND u.valid_to >= p.cut_off AS is_valid
FROM run_period AS p
JOIN cat_unit AS u ON u.valid_from <= p.year_end AND u.valid_to >= p.year_start
QUALIFY row_number() OVER (
    PARTITION BY p.period, u.code
    ORDER BY (u.valid_from <= p.cut_off) DESC, CASE WHEN u.valid_from <= p.cut_off THEN u.valid_from - DATE '0001-01-01' ELSE DATE '0001-01-01' - u.valid_from END DESC
) = 1;
