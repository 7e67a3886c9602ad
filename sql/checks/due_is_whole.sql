-- A report that is due and neither on time, late nor missing.
-- grain: one row per fault; none is good
-- reads: fct_due
SELECT period, form, form_period, unit, state
FROM fct_due
WHERE state IS NULL OR state NOT IN ('on_time', 'late', 'missing');
