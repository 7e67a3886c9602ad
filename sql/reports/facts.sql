-- The reported figures behind a period: on basis period all inside it; on basis ytd the running values at its cut-off, those
-- that are subtracted for a slice of the year, and the years of a span. use tells what the period's figure does with each.
-- grain: one row per unit, form, period, indicator and measure
-- reads: stg_fact, run_period, dim_unit, cat_indicator
SELECT
    f.period, f.unit, f.form, f.indicator, f.measure, f.state, f.value, f.qualifier, f.raw, f.file, f.sheet, f.cell, f.sha256, f.note,
    CASE
        WHEN f.measure <> 'value' OR f.value IS NULL OR i.kind = 'ratio' THEN 'aside'
        WHEN i.time <> 'flow' THEN CASE WHEN f.cut_off = p.cut_off AND u.is_valid THEN 'added' ELSE 'aside' END
        WHEN f.basis = 'period' OR p.is_span OR f.cut_off = p.cut_off THEN 'added'
        ELSE 'subtracted'
    END AS use
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
