-- The reported figures from before a period that its figures since the start of the year include: on basis period the flows of the
-- earlier parts of its year. On basis ytd the running value at the cut-off tells all and stands among the facts of the period.
-- grain: one row per unit, form, period, indicator and measure
-- reads: stg_fact, run_period, dim_unit, cat_indicator
SELECT
    f.period, f.unit, f.form, f.indicator, f.measure, f.state, f.value, f.qualifier, f.raw, f.file, f.sheet, f.cell, f.sha256, f.note,
    'added' AS use
FROM stg_fact AS f
JOIN run_period AS p ON p.period = $period
JOIN dim_unit AS u ON u.period = p.period AND u.unit = f.unit
JOIN cat_indicator AS i ON i.code = f.indicator
WHERE i.time = 'flow' AND i.kind <> 'ratio' AND f.basis = 'period' AND f.measure = 'value'
    AND f.year_month = 12 * p.last_year AND f.last_month < p.first_month
ORDER BY u.ordinal, f.unit, f.form, f.last_month, f.period, i.ordinal;
