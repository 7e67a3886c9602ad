-- What points to something that is not there: a fact, a list or a finding whose submission is not in the ledger, a fact whose place is
-- unknown, a figure of a unit, indicator or period that this run does not know. And two submissions or places of one number.
-- grain: one row per fault; none is good
-- reads: raw_fact, raw_place, raw_list_cell, raw_finding, raw_submission, fct_figure, dim_unit, cat_indicator, run_period
SELECT DISTINCT 'fact' AS what, f.submission::VARCHAR AS of_what, NULL AS within, NULL AS indicator
FROM raw_fact AS f
ANTI JOIN raw_submission AS s ON s.submission = f.submission
UNION ALL
SELECT DISTINCT 'place', f.place::VARCHAR, f.submission::VARCHAR, NULL
FROM raw_fact AS f
ANTI JOIN raw_place AS p ON p.place = f.place
UNION ALL
SELECT DISTINCT 'list', c.submission::VARCHAR, c.list, NULL
FROM raw_list_cell AS c
ANTI JOIN raw_submission AS s ON s.submission = c.submission
UNION ALL
SELECT 'finding', f.submission::VARCHAR, f.code, NULL
FROM raw_finding AS f
ANTI JOIN raw_submission AS s ON s.submission = f.submission
UNION ALL
SELECT 'submission', submission::VARCHAR, NULL, NULL
FROM raw_submission
GROUP BY submission
HAVING count(*) > 1
UNION ALL
SELECT 'place', place::VARCHAR, NULL, NULL
FROM raw_place
GROUP BY place
HAVING count(*) > 1
UNION ALL
SELECT 'figure', f.unit, f.period, f.indicator
FROM fct_figure AS f
LEFT JOIN run_period AS p ON p.period = f.period
LEFT JOIN dim_unit AS u ON u.period = f.period AND u.unit = f.unit
LEFT JOIN cat_indicator AS i ON i.code = f.indicator
WHERE p.period IS NULL OR u.unit IS NULL OR i.code IS NULL;
