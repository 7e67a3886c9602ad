-- A submission that counts and whose facts were lost or doubled on the way from read to staged.
-- grain: one row per fault; none is good
-- reads: stg_submission, stg_reading, stg_fact, cat_form_period, run_stretch
SELECT s.folder, s.sha256, count(r.cell) AS read_facts, any_value(g.staged) AS staged_facts
FROM stg_submission AS s
JOIN cat_form_period AS p ON p.form = s.form AND p.period = s.period AND p.year_month IN (SELECT year_month FROM run_stretch)
JOIN stg_reading AS r ON r.submission = s.submission
LEFT JOIN (
    SELECT unit, form, period, count(*) AS staged FROM stg_fact GROUP BY ALL
) AS g ON g.unit = s.unit AND g.form = s.form AND g.period = s.period
WHERE s.status = 'accepted'
GROUP BY s.folder, s.sha256
HAVING count(r.cell) IS DISTINCT FROM any_value(g.staged);
