-- The submissions for a period and for the periods inside it; of every period, and of none, where no period is asked for.
-- grain: one row per folder and sha256
-- reads: stg_submission, fct_comparison, run_period
SELECT
    s.folder, coalesce(s.form, '') AS form, coalesce(s.period, '') AS period, s.file, s.sha256, s.first_seen, s.status,
    coalesce(s.timeliness, '') AS timeliness, s.errors,
    s.warnings + (SELECT count(*) FROM fct_comparison AS c WHERE c.folder = s.folder AND c.sha256 = s.sha256) AS warnings,
    coalesce(s.unit, '') AS owner
FROM stg_submission AS s
LEFT JOIN run_period AS p ON p.period = $period
WHERE $period = '' OR s.period = $period OR (s.first_month >= p.first_month AND s.last_month <= p.last_month)
ORDER BY s.first_seen, s.file, s.sha256;
