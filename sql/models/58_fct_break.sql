-- The figures whose value a year before is told of other units: a flow compares the two periods whole, everything else the two cut-offs.
-- grain: one row per period, unit and indicator with a break
-- reads: dim_break, run_period, cat_indicator
CREATE OR REPLACE TABLE fct_break AS
SELECT
    b.period, b.unit, i.code AS indicator,
    CASE WHEN bool_or(b.is_refused) THEN 'split' ELSE 'members' END AS break, -- split: not compared; members: a footnote
    coalesce(max(b.on_day) FILTER (b.is_refused), max(b.on_day)) AS on_day
FROM dim_break AS b
JOIN run_period AS p ON p.period = b.period
JOIN run_period AS q ON q.period = p.previous
JOIN cat_indicator AS i ON b.on_day >= CASE WHEN i.time = 'flow' THEN q.start_on ELSE q.cut_off END
GROUP BY b.period, b.unit, i.code;
