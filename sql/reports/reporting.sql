-- The reporting board of a period: every report that is due and how it stands.
-- grain: one row per form, form's period and unit
-- reads: fct_due, dim_unit
SELECT d.form_period, d.form, d.unit, d.due_on, d.state, d.received_at, d.refused
FROM fct_due AS d
LEFT JOIN dim_unit AS u ON u.period = d.period AND u.unit = d.unit
WHERE d.period = $period
ORDER BY d.form, d.cut_off, u.ordinal, d.unit;
