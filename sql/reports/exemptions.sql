-- The reports that would be due in a period and are not, by decision of staff.
-- grain: one row per form, form's period and unit
-- reads: stg_exemption, cat_form_period, run_period, dim_unit
SELECT e.period, e.form, e.unit, f.due_on, e.done_at, e.by_whom, e.reason
FROM stg_exemption AS e
JOIN cat_form_period AS f ON f.form = e.form AND f.period = e.period
JOIN run_period AS p ON p.period = $period AND (f.last_month = p.last_month OR (f.first_month >= p.first_month AND f.last_month <= p.last_month))
LEFT JOIN dim_unit AS u ON u.period = p.period AND u.unit = e.unit
ORDER BY e.form, f.cut_off, u.ordinal, e.unit;
