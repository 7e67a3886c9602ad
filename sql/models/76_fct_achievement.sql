-- How far each unit has come with each target that it is measured against. Nothing is capped.
--   rate             reached / target, a ratio; reached is the part of the year so far that the target speaks of
--   status           met, not_met or no_data; met is reached >= target, of an indicator that is better down reached <= target.
--                    One that is better neither up nor down meets its target like one that is better up.
--   expected         of added flows, target x elapsed share of the year's days (fct_elapsed); of everything else the target; in the indicator's unit
--   pace             reached / expected, a ratio
--   gap              reached - target, in the indicator's unit
--   gap_points       of ratios, the gap in percentage points (điểm phần trăm)
--   gap_expected     reached - expected, in the indicator's unit
--   needed_per_month what each month that is left must bring to reach the target at the year's end, in the indicator's unit; a month
--                    is a twelfth of the year's days. Only of added flows short of their target, in units that are still valid,
--                    while days are left; what should stay low needs nothing.
-- grain: one row per period, unit and indicator with a target
-- reads: fct_plan, fct_elapsed, cat_indicator, dim_unit
CREATE OR REPLACE TABLE fct_achievement AS
WITH measured AS (
    SELECT
        g.period, g.unit, g.indicator, i.kind, i.better, u.is_valid, g.target, g.ytd, g.ytd_quotient,
        i.time = 'flow' AND i.kind NOT IN ('ratio', 'average') AS is_added,
        coalesce(g.ytd::DOUBLE, g.ytd_quotient) AS reached,
        coalesce(g.ytd, try_cast(g.ytd_quotient AS DECIMAL(38, 14))) AS reached_exactly,
        e.days_gone, e.days_of_year
    FROM fct_plan AS g
    JOIN fct_elapsed AS e ON e.period = g.period AND e.indicator = g.indicator
    JOIN cat_indicator AS i ON i.code = g.indicator
    JOIN dim_unit AS u ON u.period = g.period AND u.unit = g.unit
),
awaited AS (
    SELECT *, CASE WHEN is_added THEN target::DOUBLE * days_gone / days_of_year ELSE target::DOUBLE END AS expected
    FROM measured
)
SELECT
    period, unit, indicator, kind, better, target,
    reached,
    reached / target::DOUBLE AS rate,
    CASE
        WHEN reached IS NULL THEN 'no_data'
        WHEN better = 'down' THEN CASE WHEN coalesce(ytd <= target, ytd_quotient <= target::DOUBLE) THEN 'met' ELSE 'not_met' END
        WHEN coalesce(ytd >= target, ytd_quotient >= target::DOUBLE) THEN 'met'
        ELSE 'not_met'
    END AS status,
    expected,
    reached / nullif(expected, 0) AS pace,
    reached_exactly - target AS gap,
    CASE WHEN kind = 'ratio' THEN (reached_exactly - target) * 100 END AS gap_points,
    reached_exactly - try_cast(expected AS DECIMAL(38, 14)) AS gap_expected,
    CASE
        WHEN is_added AND is_valid AND better <> 'down' AND ytd < target AND days_gone < days_of_year
            THEN (target - ytd)::DOUBLE / (days_of_year - days_gone) * days_of_year / 12
    END AS needed_per_month
FROM awaited;
