-- Targets as assigned to the unit itself, brought to the period. A period within a year has the year's target. A span's is the
-- sum of its years' for added flows, the last year's for everything else. By present units the targets of the units that are shown in
-- one add; those of ratios and averages don't: only its own stays.
-- grain: one row per period, unit and indicator
-- reads: run_period, cat_target, cat_indicator, dim_member
CREATE OR REPLACE TABLE fct_target AS
SELECT
    p.period, m.shown_in AS unit, t.indicator,
    sum(t.target) AS target
FROM run_period AS p
JOIN cat_target AS t ON t.year BETWEEN p.first_year AND p.last_year
JOIN cat_indicator AS i ON i.code = t.indicator
JOIN dim_member AS m ON m.period = p.period AND m.unit = t.unit
WHERE (t.year = p.last_year OR (i.time = 'flow' AND i.kind NOT IN ('ratio', 'average')))
    AND (m.shown_in = t.unit OR i.kind NOT IN ('ratio', 'average'))
GROUP BY ALL;
