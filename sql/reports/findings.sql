-- The findings on the submissions for a period and for the periods inside it; on all where no period is asked for.
-- grain: one row per folder, sha256 and ordinal
-- reads: raw_finding, stg_submission, run_period
SELECT
    s.file, s.sha256, s.folder, coalesce(s.form, '') AS form, coalesce(s.period, '') AS period,
    f.severity, f.code, f.sheet, f.cell, f.raw_read, f.expected, f.args
FROM raw_finding AS f
JOIN stg_submission AS s ON s.folder = f.folder AND s.sha256 = f.sha256
LEFT JOIN run_period AS p ON p.period = $period
WHERE $period = '' OR s.period = $period OR (s.start_on >= p.start_on AND s.cut_off <= p.cut_off)
ORDER BY s.first_seen, s.file, s.sha256, f.ordinal;
