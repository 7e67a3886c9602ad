-- A unit, form and period for which two submissions count.
-- grain: one row per fault; none is good
-- reads: stg_submission
SELECT unit, form, period, count(*) AS counted
FROM stg_submission
WHERE status = 'accepted'
GROUP BY ALL
HAVING count(*) > 1;
