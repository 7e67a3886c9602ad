-- The target a unit is measured against and the part of its figure that the target speaks of: its own figure against its own
-- target, or the figures of the units below it that have one against the sum of their targets.
-- grain: one row per period, unit and indicator
-- reads: fct_plan_part, fct_figure
CREATE OR REPLACE TABLE fct_plan AS
SELECT
    m.period, m.unit, m.indicator,
    sum(m.target) AS target,
    sum(f.ytd) AS ytd,
    sum(f.ytd_quotient) AS ytd_quotient, -- of one unit: ratios and averages have targets of their own only
    bool_and(m.is_own) AS is_own,
    count(*) AS units_with_target
FROM fct_plan_part AS m
LEFT JOIN fct_figure AS f ON f.period = m.period AND f.unit = m.target_unit AND f.indicator = m.indicator
GROUP BY ALL;
