-- Facts of the submissions that count, with the days they cover and their place in the year: of the years that
-- this run computes, and of all years what is no flow, for the last earlier figure.
-- grain: one row per unit, form, period, indicator and measure
-- reads: stg_reading, stg_submission, cat_form_period, cat_indicator, run_stretch
CREATE OR REPLACE TABLE stg_fact AS
SELECT
    s.unit, s.form, s.period, f.indicator, f.measure, f.state, f.value, f.qualifier, f.raw, f.note,
    s.file, f.sheet, f.cell, s.sha256, s.folder, f.list,
    p.basis, p.start_on, p.cut_off, p.year_start, p.year_end,
    p.first_month, p.last_month, p.year_month
FROM stg_reading AS f
JOIN stg_submission AS s ON s.submission = f.submission
JOIN cat_form_period AS p ON p.form = s.form AND p.period = s.period
LEFT JOIN cat_indicator AS i ON i.code = f.indicator
WHERE s.status = 'accepted' AND (p.year_month IN (SELECT year_month FROM run_stretch) OR i.time <> 'flow');
