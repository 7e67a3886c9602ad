-- Facts of the submissions that count, with the days they cover. ends_year marks the report that tells the whole year on basis
-- ytd: the one at the year's end, or the last one of a unit that was not valid any more then.
-- grain: one row per unit, form, period, indicator and measure
-- reads: raw_fact, stg_submission, cat_form_period, cat_unit
CREATE OR REPLACE TABLE stg_fact AS
SELECT
    s.unit, s.form, s.period, f.indicator, f.measure, f.state, f.value, f.qualifier, f.raw, f.note,
    s.file, f.sheet, f.cell, s.sha256, s.folder,
    p.basis, p.start_on, p.cut_off, p.year_start, p.year_end,
    p.cut_off = p.year_end OR (
        p.cut_off = max(p.cut_off) OVER (PARTITION BY s.unit, f.indicator, f.measure, p.year_start)
        AND NOT EXISTS (FROM cat_unit AS u WHERE u.code = s.unit AND u.valid_from <= p.year_end AND u.valid_to >= p.year_end)
    ) AS ends_year
FROM raw_fact AS f
JOIN stg_submission AS s ON s.folder = f.folder AND s.sha256 = f.sha256
JOIN cat_form_period AS p ON p.form = s.form AND p.period = s.period
WHERE s.status = 'accepted';
