-- The reported figures behind a period: of forms on basis period all inside it; of running values those at its end, and all others
-- that its figures rest on. use tells what the period's figure does with each, ytd_use what the year so far does.
-- grain: one row per unit, form, period, indicator and measure
-- reads: stg_fact, run_period, fct_term, fct_stock, dim_unit, cat_indicator
SELECT
    f.period, f.unit, f.form, f.indicator, f.measure, f.state, f.value, f.qualifier, f.raw, f.file, f.sheet, f.cell, f.sha256, f.note,
    CASE
        WHEN f.measure <> 'value' OR f.value IS NULL THEN 'aside'
        WHEN t.is_subtracted THEN 'subtracted'
        WHEN t.is_added OR (s.unit IS NOT NULL AND f.last_month = p.last_month) THEN 'added'
        ELSE 'aside'
    END AS use,
    CASE WHEN f.measure = 'value' AND f.value IS NOT NULL AND (t.in_ytd OR s.unit IS NOT NULL) THEN 'added' ELSE 'aside' END AS ytd_use,
    coalesce(f.list, '') AS list
FROM stg_fact AS f
JOIN run_period AS p ON p.period = $period
LEFT JOIN fct_term AS t
    ON t.period = p.period AND t.unit = f.unit AND t.form = f.form AND t.form_period = f.period AND t.indicator = f.indicator
LEFT JOIN fct_stock AS s ON s.period = p.period AND s.unit = f.unit AND s.indicator = f.indicator
LEFT JOIN dim_unit AS u ON u.period = p.period AND u.unit = f.unit
LEFT JOIN cat_indicator AS i ON i.code = f.indicator
WHERE f.last_month BETWEEN p.first_month AND p.last_month
    AND (f.basis = 'period' AND f.first_month >= p.first_month OR f.last_month = p.last_month)
    OR t.is_added OR t.is_subtracted OR (t.in_ytd AND f.basis = 'ytd')
ORDER BY u.ordinal, f.unit, f.form, f.last_month, f.period, i.ordinal, f.indicator, f.measure;
