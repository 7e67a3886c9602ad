-- What points to something that is not there: a fact, a list or a finding whose submission is not in the ledger, a figure of a unit,
-- indicator or period that this run does not know.
-- grain: one row per fault; none is good
-- reads: raw_fact, raw_list_cell, raw_finding, raw_submission, fct_figure, dim_unit, cat_indicator, run_period
SELECT 'fact' AS what, f.folder AS unit, f.sha256 AS of_submission, f.indicator
FROM raw_fact AS f
ANTI JOIN raw_submission AS s ON s.folder = f.folder AND s.sha256 = f.sha256
UNION ALL
SELECT DISTINCT 'list', c.folder, c.sha256, c.list
FROM raw_list_cell AS c
ANTI JOIN raw_submission AS s ON s.folder = c.folder AND s.sha256 = c.sha256
UNION ALL
SELECT 'finding', f.folder, f.sha256, f.code
FROM raw_finding AS f
ANTI JOIN raw_submission AS s ON s.folder = f.folder AND s.sha256 = f.sha256
UNION ALL
SELECT 'figure', f.unit, f.period, f.indicator
FROM fct_figure AS f
LEFT JOIN run_period AS p ON p.period = f.period
LEFT JOIN dim_unit AS u ON u.period = f.period AND u.unit = f.unit
LEFT JOIN cat_indicator AS i ON i.code = f.indicator
WHERE p.period IS NULL OR u.unit IS NULL OR i.code IS NULL;
