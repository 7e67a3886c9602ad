-- The reported figures behind a period: on basis period all inside it; on basis ytd the running values at its cut-off (of a unit
-- that has ended, its last), those that are subtracted for a slice of the year, and the years of a span. use tells what the
-- period's figure does with each.
-- grain: one row per unit, form, period, indicator and measure
-- reads: stg_fact, run_period, dim_unit, cat_indicator
WITH placed AS (
    SELECT
        f.*, i.kind, i.time, i.ordinal AS indicator_ordinal, u.ordinal AS unit_ordinal, u.is_valid,
        p.is_span, p.start_on AS period_start_on, p.cut_off AS period_cut_off, p.year_start AS period_year_start,
        CASE
            WHEN coalesce(u.is_valid, true) THEN p.cut_off
            ELSE max(f.cut_off) OVER (PARTITION BY f.unit, f.indicator, f.measure)
        END AS end_on,
        CASE
            WHEN coalesce(u.valid_to >= p.start_on - 1, true) THEN p.start_on - 1
            ELSE max(f.cut_off) FILTER (WHERE f.cut_off < p.start_on) OVER (PARTITION BY f.unit, f.indicator, f.measure)
        END AS before_on
    FROM stg_fact AS f
    JOIN run_period AS p ON p.period = $period AND f.cut_off BETWEEN p.year_start AND p.cut_off
    LEFT JOIN dim_unit AS u ON u.period = p.period AND u.unit = f.unit
    LEFT JOIN cat_indicator AS i ON i.code = f.indicator
)
SELECT
    period, unit, form, indicator, measure, state, value, qualifier, raw, file, sheet, cell, sha256, note,
    CASE
        WHEN measure <> 'value' OR value IS NULL OR kind = 'ratio' OR is_valid IS NULL THEN 'aside'
        WHEN time <> 'flow' THEN CASE WHEN cut_off = period_cut_off AND is_valid THEN 'added' ELSE 'aside' END
        WHEN basis = 'period' OR is_span OR cut_off = end_on THEN 'added'
        ELSE 'subtracted'
    END AS use
FROM placed
WHERE CASE
    WHEN basis = 'period' THEN start_on >= period_start_on AND cut_off <= period_cut_off
    WHEN is_span THEN start_on >= period_start_on AND cut_off <= period_cut_off AND ends_year
    ELSE start_on = period_year_start AND (cut_off = end_on OR (period_start_on > period_year_start AND cut_off = before_on))
END
ORDER BY unit_ordinal, unit, form, cut_off, period, indicator_ordinal, indicator, measure;
