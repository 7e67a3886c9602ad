-- The reported figures behind a period: on basis period all inside it; on basis ytd the running values at its cut-off, those
-- that are subtracted for a slice of the year, and the years of a span.
-- grain: one row per unit, form, period, indicator and measure
-- reads: stg_fact, run_period, dim_unit, cat_indicator
SELECT
    f.period, f.unit, f.form, f.indicator, f.measure, f.state, f.value, f.qualifier, f.raw, f.file, f.sheet, f.cell, f.sha256, f.note
FROM stg_fact AS f
JOIN run_period AS p ON p.period = $period
LEFT JOIN dim_unit AS u ON u.period = p.period AND u.unit = f.unit
LEFT JOIN cat_indicator AS i ON i.code = f.indicator
WHERE CASE
    WHEN f.basis = 'period' THEN f.start_on >= p.start_on AND f.cut_off <= p.cut_off
    WHEN p.is_span THEN f.start_on >= p.start_on AND f.cut_off <= p.cut_off AND f.cut_off = f.year_end
    ELSE f.start_on = p.year_start AND (f.cut_off = p.cut_off OR (p.start_on > p.year_start AND f.cut_off = p.start_on - 1))
END
ORDER BY u.ordinal, f.unit, f.form, f.cut_off, f.period, i.ordinal, f.indicator, f.measure;
