-- An achievement that stands twice.
-- grain: one row per fault; none is good
-- reads: rpt_achievement
SELECT period, unit, indicator, count(*) AS rows_found
FROM rpt_achievement
GROUP BY ALL
HAVING count(*) > 1;
