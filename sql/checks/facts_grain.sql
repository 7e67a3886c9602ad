-- A figure of a submission that stands twice, and would be added twice.
-- grain: one row per fault; none is good
-- reads: stg_fact
SELECT unit, form, period, indicator, measure, count(*) AS rows_found
FROM stg_fact
GROUP BY ALL
HAVING count(*) > 1;
