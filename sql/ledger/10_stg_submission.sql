-- Submissions with what became of them: which one counts, and whether it came in time.
-- The newest accepted one counts for its unit, form and period (first seen, then the file's time, then hash). Late is by the
-- first accepted one, so that a correction keeps its time; a refused file is timed by itself. A report whose unit, form or period
-- has left the catalogue is held: staff must decide. What is withdrawn, or held for its closed period, is as if it had not come.
-- grain: one row per folder and sha256
-- reads: stg_standing, cat_form_period, cat_unit
CREATE OR REPLACE TABLE stg_submission AS
WITH judged AS (
    SELECT
        s.*,
        f.due_on,
        f.first_month,
        f.last_month,
        s.verdict = 'accepted' AND f.form IS NOT NULL AND s.unit IN (SELECT code FROM cat_unit) AS stands
    FROM stg_standing AS s
    LEFT JOIN cat_form_period AS f ON f.form = s.form AND f.period = s.period
),
ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY unit, form, period, stands ORDER BY first_seen DESC, mtime DESC, sha256 DESC) AS age,
        min(received_on) FILTER (WHERE stands) OVER (PARTITION BY unit, form, period) AS first_accepted_on
    FROM judged
)
SELECT
    submission, folder, sha256, file, unit, form, period, first_seen, received_on, errors, warnings, due_on, first_month, last_month,
    CASE
        WHEN verdict = 'accepted' AND NOT stands THEN 'held'
        WHEN NOT stands THEN verdict
        WHEN age = 1 THEN 'accepted'
        ELSE 'superseded'
    END AS status,
    CASE
        WHEN due_on IS NULL THEN NULL
        WHEN CASE WHEN stands THEN first_accepted_on ELSE received_on END <= due_on THEN 'on_time'
        ELSE 'late'
    END AS timeliness
FROM ranked;
