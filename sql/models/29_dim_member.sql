-- The units that report in the year of a period, all that are valid at any time in it, and the unit in which each is shown: itself, or
-- by present units the one in which it stands today.
-- grain: one row per period and unit
-- reads: run_period, cat_unit, dim_present
CREATE OR REPLACE TABLE dim_member AS
SELECT
    p.period, u.code AS unit,
    CASE WHEN p.is_present THEN d.present ELSE u.code END AS shown_in,
    bool_or(p.cut_off BETWEEN u.valid_from AND u.valid_to) AS is_valid -- at the cut-off
FROM run_period AS p
JOIN cat_unit AS u ON u.valid_from <= p.year_end AND u.valid_to >= p.year_start
JOIN dim_present AS d ON d.unit = u.code
GROUP BY ALL;
