-- The rows of lists behind a period, cell by cell: of the reports that lie in it or end with it, and of all others that the figures
-- filled from lists rest on. use tells what these do with the report: earlier is what they hold since the start of the year only.
-- indicators are those whose figure a cell counts for.
-- grain: one row per unit, form, period, list, row and field
-- reads: raw_list_cell, stg_list_part, stg_submission, stg_fact, fct_term, cat_list_figure, cat_form_period, cat_indicator, run_period, dim_unit
WITH term AS (
    SELECT
        t.unit, t.form, t.form_period, bool_or(t.is_added) AS is_added, bool_or(t.is_subtracted) AS is_subtracted, bool_or(t.in_ytd) AS in_ytd
    FROM fct_term AS t
    JOIN cat_list_figure AS g ON g.indicator = t.indicator
    WHERE t.period = $period
    GROUP BY ALL
),
report AS (
    SELECT
        s.submission, s.sha256, s.file, s.unit, s.form, s.period, f.last_month, u.ordinal AS unit_ordinal,
        CASE
            WHEN f.last_month BETWEEN p.first_month AND p.last_month
                AND (f.basis = 'period' AND f.first_month >= p.first_month OR f.last_month = p.last_month) THEN 'added'
            WHEN t.is_added THEN 'added'
            WHEN t.is_subtracted THEN 'subtracted'
            WHEN t.in_ytd THEN 'earlier'
        END AS use
    FROM stg_submission AS s
    JOIN cat_form_period AS f ON f.form = s.form AND f.period = s.period
    JOIN run_period AS p ON p.period = $period
    LEFT JOIN term AS t ON t.unit = s.unit AND t.form = s.form AND t.form_period = s.period
    LEFT JOIN dim_unit AS u ON u.period = p.period AND u.unit = s.unit
    WHERE s.status = 'accepted'
),
counted AS (
    SELECT l.submission, l.list, l.list_row, l.field, string_agg(l.indicator, ';' ORDER BY i.ordinal) AS indicators
    FROM stg_list_part AS l
    JOIN stg_submission AS s ON s.submission = l.submission
    JOIN stg_fact AS f ON f.folder = s.folder AND f.sha256 = s.sha256 AND f.indicator = l.indicator AND f.list = l.list
    JOIN cat_indicator AS i ON i.code = l.indicator
    WHERE l.cell IS NOT NULL
    GROUP BY ALL
)
SELECT
    r.period, r.unit, r.form, c.list, c.list_row, c.field, c.type, c.state, c.content, c.day, c.value, c.qualifier,
    c.raw, r.file, c.sheet, c.cell, r.sha256, r.use, coalesce(n.indicators, '') AS indicators
FROM report AS r
JOIN raw_list_cell AS c ON c.submission = r.submission
LEFT JOIN counted AS n ON n.submission = c.submission AND n.list = c.list AND n.list_row = c.list_row AND n.field = c.field
WHERE r.use IS NOT NULL
ORDER BY r.unit_ordinal, r.unit, r.form, r.last_month, r.period, c.ordinal;
