-- The findings on the submissions for a period and for the periods inside it, those of comparisons and the acts of staff last; on
-- all where no period is asked for.
-- grain: one row per folder, sha256 and finding
-- reads: stg_finding, fct_comparison, stg_ruling, stg_submission, run_period
WITH finding AS (
    SELECT folder, sha256, ordinal, severity, code, sheet, cell, raw_read, expected, args FROM stg_finding
    UNION ALL
    SELECT
        c.folder, c.sha256,
        1000000 + row_number() OVER (PARTITION BY c.folder, c.sha256 ORDER BY c.ordinal, c.code, c.sheet, c.cell),
        'warning', c.code, c.sheet, c.cell, c.raw_read, c.expected, c.args
    FROM fct_comparison AS c
    UNION ALL
    SELECT folder, sha256, 2000000, 'notice', code, '', '', '', '', args FROM stg_ruling
)
SELECT
    s.file, s.sha256, s.folder, coalesce(s.form, '') AS form, coalesce(s.period, '') AS period,
    f.severity, f.code, f.sheet, f.cell, f.raw_read, f.expected, f.args
FROM finding AS f
JOIN stg_submission AS s ON s.folder = f.folder AND s.sha256 = f.sha256
LEFT JOIN run_period AS p ON p.period = $period
WHERE $period = '' OR s.period = $period OR (s.first_month >= p.first_month AND s.last_month <= p.last_month)
ORDER BY s.first_seen, s.file, s.sha256, f.ordinal;
