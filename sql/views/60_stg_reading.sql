-- What submissions say of each indicator: the reported facts, and the figures that are filled from their lists where none is
-- reported or its cell is blank. Where no row passes the filters, and where the unit declares that there is nothing to list, the
-- figure is 0; a list without rows says nothing.
-- grain: one row per submission, indicator and measure
-- reads: stg_reported, raw_list_cell, stg_list_part, cat_list_figure
CREATE OR REPLACE VIEW stg_reading AS
WITH listed AS (
    SELECT
        submission, list, max(list_row) > 0 AS has_rows,
        arg_min(raw, ordinal) AS raw, arg_min(sheet, ordinal) AS sheet, arg_min(cell, ordinal) AS cell
    FROM raw_list_cell
    GROUP BY ALL
),
added AS (
    SELECT
        submission, indicator, count(cell) AS cells, count(*) FILTER (WHERE state = 'nil') AS nils, sum(value) AS value,
        bool_or(qualifier = 'about') AS is_about, bool_or(qualifier = 'at_least') AS is_at_least,
        arg_min(sheet, ordinal) AS sheet, arg_min(cell, ordinal) AS cell
    FROM stg_list_part
    GROUP BY ALL
),
figure AS (
    SELECT
        l.submission, g.indicator, 'value' AS measure, l.list,
        CASE
            WHEN NOT l.has_rows THEN 'nil'
            WHEN a.indicator IS NULL THEN 'zero'
            WHEN g.field IS NULL THEN 'number'
            WHEN a.cells = 0 THEN 'blank'
            WHEN a.cells = a.nils THEN 'nil'
            WHEN a.value = 0 THEN 'zero'
            ELSE 'number'
        END AS state,
        CASE WHEN a.indicator IS NULL THEN 0 ELSE a.value END AS value,
        CASE WHEN g.field IS NULL THEN 'exact' WHEN a.is_about THEN 'about' WHEN a.is_at_least THEN 'at_least' ELSE 'exact' END AS qualifier,
        CASE WHEN l.has_rows THEN g.wording ELSE l.raw END AS raw,
        coalesce(a.sheet, l.sheet) AS sheet,
        coalesce(a.cell, l.cell) AS cell
    FROM listed AS l
    JOIN cat_list_figure AS g ON g.list = l.list
    LEFT JOIN added AS a ON a.submission = l.submission AND a.indicator = g.indicator
)
SELECT
    r.submission, r.indicator, r.measure, r.state, r.value, r.qualifier, r.raw, r.note, r.sheet, r.cell,
    NULL::VARCHAR AS list -- that the figure is filled from
FROM stg_reported AS r
LEFT JOIN figure AS g ON g.submission = r.submission AND g.indicator = r.indicator AND g.measure = r.measure
WHERE r.state <> 'blank' OR g.state IS NULL OR g.state = 'blank'
UNION ALL
SELECT
    g.submission, g.indicator, g.measure, g.state, g.value::DECIMAL(38, 10), g.qualifier, g.raw, coalesce(r.note, ''), g.sheet, g.cell,
    g.list
FROM figure AS g
LEFT JOIN stg_reported AS r ON r.submission = g.submission AND r.indicator = g.indicator AND r.measure = g.measure
WHERE r.state IS NULL OR (r.state = 'blank' AND g.state <> 'blank');
