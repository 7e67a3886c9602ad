-- All facts of the series that changed: what the comparisons have to look at again.
-- grain: one row per unit, form, period, indicator and measure
-- reads: stg_reading, stg_submission, stg_series, cat_form_period
CREATE OR REPLACE TABLE stg_compared AS
SELECT
    s.folder, s.sha256, s.unit, s.form, s.period, f.indicator, f.measure, p.basis, p.first_month, p.last_month, p.year_month,
    f.value, f.qualifier, f.raw, f.sheet, f.cell, f.list
FROM stg_reading AS f
JOIN stg_submission AS s ON s.submission = f.submission AND s.status = 'accepted'
JOIN stg_series AS c ON c.unit = s.unit AND c.form = s.form AND c.is_changed
JOIN cat_form_period AS p ON p.form = s.form AND p.period = s.period;
