-- Which units owe which form in a period, and how each report stands. Due are the units of the form's kinds that are valid on
-- the cut-off of the form's period and not exempted; on time, late and missing are always all of them.
-- grain: one row per period, form, form's period and unit
-- reads: run_period, cat_form_period, cat_form_kind, cat_unit, stg_submission, stg_exemption
CREATE OR REPLACE TABLE fct_due AS
WITH owed AS (
    SELECT
        p.period, f.form, f.period AS form_period, f.cut_off, f.due_on, u.code AS unit, f.basis,
        -- of running values and of figures at the cut-off, the last report tells all; over a span, those of its years
        CASE WHEN p.is_span THEN f.last_month = f.year_month + 11 ELSE f.last_month = p.last_month END AS is_last
    FROM run_period AS p
    JOIN cat_form_period AS f ON f.last_month = p.last_month OR (f.first_month >= p.first_month AND f.last_month < p.last_month)
    JOIN cat_form_kind AS k ON k.form = f.form AND k.period = f.period
    JOIN cat_unit AS u ON u.kind = k.kind AND u.valid_from <= f.cut_off AND u.valid_to >= f.cut_off
    WHERE NOT EXISTS (FROM stg_exemption AS x WHERE x.unit = u.code AND x.form = f.form AND x.period = f.period)
),
received AS (
    SELECT unit, form, period, min(first_seen) AS received_at, any_value(timeliness) AS timeliness
    FROM stg_submission
    WHERE status IN ('accepted', 'superseded')
    GROUP BY ALL
),
refused AS (
    SELECT s.unit, s.form, s.period, count(*) AS refused
    FROM stg_submission AS s
    WHERE s.status = 'refused'
    GROUP BY ALL
)
SELECT
    o.*,
    coalesce(r.timeliness, 'missing') AS state,
    r.received_at,
    CASE WHEN r.unit IS NULL THEN coalesce(x.refused, 0) ELSE 0 END AS refused
FROM owed AS o
LEFT JOIN received AS r ON r.unit = o.unit AND r.form = o.form AND r.period = o.form_period
LEFT JOIN refused AS x ON x.unit = o.unit AND x.form = o.form AND x.period = o.form_period;
