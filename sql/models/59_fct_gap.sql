-- Where running values are missing that a figure needs: the one at the end of the period, and for a later slice of the year the one
-- before it ("thiếu số lũy kế 6 tháng"). The gap is shown, never interpolated. Needed are those of the forms that the unit owes.
-- grain: one row per period, unit (of every level) and indicator with a gap
-- reads: run_stretch, cat_form_period, cat_form_kind, cat_unit, cat_collected, cat_indicator, stg_amount, fct_own, dim_tree
CREATE OR REPLACE TABLE fct_gap AS
WITH needed AS (
    SELECT s.period, f.last_month < s.first_month AS is_before, f.form, f.period AS form_period, u.code AS unit, i.code AS indicator
    FROM run_stretch AS s
    JOIN cat_form_period AS f
        ON f.basis = 'ytd' AND f.year_month = s.year_month AND f.last_month IN (s.last_month, s.first_month - 1)
    JOIN cat_form_kind AS k ON k.form = f.form AND k.period = f.period
    JOIN cat_unit AS u ON u.kind = k.kind AND f.cut_off BETWEEN u.valid_from AND u.valid_to
    JOIN cat_collected AS c ON c.form = f.form
    JOIN cat_indicator AS i ON i.code = c.indicator AND i.time = 'flow' AND i.kind <> 'ratio'
),
missing AS (
    SELECT n.*
    FROM needed AS n
    ANTI JOIN stg_amount AS a ON a.unit = n.unit AND a.form = n.form AND a.period = n.form_period AND a.indicator = n.indicator
    LEFT JOIN fct_own AS o ON o.period = n.period AND o.unit = n.unit AND o.indicator = n.indicator
    WHERE NOT n.is_before OR o.actual_amount IS NULL -- a slice may be known without what was before it
)
SELECT
    t.period, t.above AS unit, m.indicator,
    string_agg(DISTINCT m.form_period, ';' ORDER BY m.form_period) AS spans,
    count(DISTINCT m.unit) AS units
FROM missing AS m
JOIN dim_tree AS t ON t.period = m.period AND t.unit = m.unit
GROUP BY ALL;
