-- The series of a unit's reports on a form, and whether the reports that count in it are others than the last run found.
-- grain: one row per unit and form
-- reads: stg_submission, stg_series; the latter as the last run left it
CREATE OR REPLACE TABLE stg_series AS
WITH current AS (
    SELECT unit, form, md5(string_agg(concat_ws(' ', period, folder, sha256), ';' ORDER BY period)) AS reports
    FROM stg_submission
    WHERE status = 'accepted'
    GROUP BY unit, form
)
SELECT c.unit, c.form, c.reports, c.reports IS DISTINCT FROM l.reports AS is_changed
FROM current AS c
LEFT JOIN stg_series AS l ON l.unit = c.unit AND l.form = c.form;
