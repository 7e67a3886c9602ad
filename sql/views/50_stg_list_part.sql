-- The rows of lists that count for an indicator which is filled from them, each with the cell that is added, or where rows are
-- counted, with its first. A row whose added field is blank has no cell.
-- grain: one row per submission, indicator and list_row
-- reads: raw_list_cell, cat_list_figure, cat_list_filter
CREATE OR REPLACE VIEW stg_list_part AS
WITH judged AS (
    SELECT
        c.*, g.indicator, g.filters, f.indicator IS NOT NULL AS passes,
        CASE WHEN g.field IS NULL THEN 1 ELSE c.value END AS amount,
        g.field IS NULL OR c.field = g.field AS is_added
    FROM cat_list_figure AS g
    JOIN raw_list_cell AS c ON c.list = g.list AND c.list_row > 0
    LEFT JOIN cat_list_filter AS f ON f.indicator = g.indicator AND f.field = c.field AND f.key = c.key
)
SELECT
    submission, indicator, list, list_row,
    min(ordinal) FILTER (is_added) AS ordinal,
    arg_min(field, ordinal) FILTER (is_added) AS field,
    arg_min(amount, ordinal) FILTER (is_added) AS value,
    arg_min(state, ordinal) FILTER (is_added) AS state,
    arg_min(qualifier, ordinal) FILTER (is_added) AS qualifier,
    arg_min(sheet, ordinal) FILTER (is_added) AS sheet,
    arg_min(cell, ordinal) FILTER (is_added) AS cell
FROM judged
GROUP BY submission, indicator, list, list_row
HAVING count(*) FILTER (passes) = any_value(filters);
