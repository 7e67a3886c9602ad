-- The rows of lists that count for an indicator which is filled from them, each with the cell that is added, or where rows are
-- counted, with its first. A row whose added field is blank has no cell.
-- grain: one row per folder, sha256, indicator and list_row
-- reads: raw_list_cell, cat_list_figure, cat_list_filter
CREATE OR REPLACE VIEW stg_list_part AS
WITH kept AS (
    SELECT c.folder, c.sha256, g.indicator, g.list, g.field, c.list_row
    FROM cat_list_figure AS g
    JOIN raw_list_cell AS c ON c.list = g.list AND c.list_row > 0
    LEFT JOIN cat_list_filter AS f ON f.indicator = g.indicator AND f.field = c.field AND f.key = c.key
    GROUP BY ALL
    HAVING count(f.ordinal) = any_value(g.filters)
)
SELECT
    k.folder, k.sha256, k.indicator, k.list, k.list_row, c.ordinal, c.field,
    CASE WHEN k.field IS NULL THEN 1 ELSE c.value END AS value,
    c.state, c.qualifier, c.sheet, c.cell
FROM kept AS k
LEFT JOIN raw_list_cell AS c
    ON c.folder = k.folder AND c.sha256 = k.sha256 AND c.list = k.list AND c.list_row = k.list_row
    AND (k.field IS NULL OR c.field = k.field)
QUALIFY row_number() OVER (PARTITION BY k.folder, k.sha256, k.indicator, k.list_row ORDER BY c.ordinal) = 1;
