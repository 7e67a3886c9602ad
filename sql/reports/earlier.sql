-- The reported flows from before a period on which its figures since the start of the year rest: the reports for the earlier parts of
-- its year. ytd_use tells which of them add. The facts of the period itself are not among them.
-- grain: one row per unit, form, period, indicator and measure
-- reads: stg_fact, run_period, fct_term, dim_unit, cat_indicator
SELECT
    f.period, f.unit, f.form, f.indicator, f.measure, f.state, f.value, f.qualifier, f.raw, f.file, f.sheet, f.cell, f.sha256, f.note,
    'aside' AS use,
    CASE WHEN t.in_ytd THEN 'added' ELSE 'aside' END AS ytd_use,
    coalesce(f.list, '') AS list
FROM stg_fact AS f
JOIN run_period AS p ON p.period = $period AND f.year_month = p.last_year * 12 AND f.last_month < p.first_month
JOIN dim_unit AS u ON u.period = p.period AND u.unit = f.unit
JOIN cat_indicator AS i ON i.code = f.indicator AND i.time = 'flow' AND i.kind <> 'ratio'
LEFT JOIN fct_term AS t
    ON t.period = p.period AND t.unit = f.unit AND t.form = f.form AND t.form_period = f.period AND t.indicator = f.indicator
WHERE f.basis = 'period' AND f.measure = 'value'
ORDER BY u.ordinal, f.unit, f.form, f.last_month, f.period, i.ordinal;
