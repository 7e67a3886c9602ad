-- The figures whose value a year before is told of other units: a flow compares the two periods whole, everything else the two cut-offs.
-- grain: one row per period, unit and indicator with a break
-- reads: dim_break, run_period, cat_indicator
CREATE OR REPLACE TABLE fct_break AS
WITH compared AS (
    SELECT p.period, i.code, CASE WHEN i.time = 'flow' THEN q.start_on ELSE q.cut_off END AS since
    FROM run_period AS p
    JOIN run_period AS q ON q.period = p.previous
    CROSS JOIN cat_indicator AS i
)
SELECT
    b.period, b.unit, i.code AS indicator,
    CASE WHEN bool_or(b.refused_on >= i.since) THEN 'split' ELSE 'members' END AS break, -- split: not compared; members: a footnote
    coalesce(max(b.refused_on) FILTER (b.refused_on >= i.since), max(b.on_day)) AS on_day
FROM dim_break AS b
JOIN compared AS i ON i.period = b.period AND b.on_day >= i.since
GROUP BY b.period, b.unit, i.code;
