-- An indicator whose figure at the roots is not the sum of the cells that units reported: what is shown against what was read.
-- Told of indicators that add and that one form, always on basis period, collects: its reports since the start of the year for a flow,
-- those at the cut-off for a figure that holds then.
-- grain: one row per fault; none is good
-- reads: stg_reading, stg_submission, cat_form_period, cat_indicator, cat_collected, run_period, dim_member, dim_unit, rpt_achievement
WITH simple AS (
    SELECT i.code AS indicator, i.time, any_value(c.form) AS form
    FROM cat_indicator AS i
    JOIN cat_collected AS c ON c.indicator = i.code
    WHERE i.kind NOT IN ('ratio', 'average')
    GROUP BY ALL
    HAVING count(*) = 1 AND NOT bool_or(c.form IN (SELECT form FROM cat_form_period WHERE basis = 'ytd'))
),
cells AS (
    SELECT p.period, s.indicator, sum(r.value) AS amount
    FROM run_period AS p
    JOIN cat_form_period AS f ON f.first_month >= 12 * p.first_year AND f.last_month <= p.last_month
    JOIN simple AS s ON s.form = f.form AND (s.time = 'flow' OR f.last_month = p.last_month)
    JOIN stg_submission AS b ON b.form = f.form AND b.period = f.period AND b.status = 'accepted'
    JOIN dim_member AS m ON m.period = p.period AND m.unit = b.unit AND (s.time = 'flow' OR m.is_valid)
    JOIN stg_reading AS r ON r.submission = b.submission AND r.indicator = s.indicator AND r.measure = 'value'
    WHERE p.published
    GROUP BY ALL
),
shown AS (
    SELECT a.period, a.indicator, sum(a.ytd) AS amount
    FROM rpt_achievement AS a
    JOIN dim_unit AS u ON u.period = a.period AND u.unit = a.unit
    LEFT JOIN dim_unit AS above ON above.period = u.period AND above.unit = u.parent
    WHERE above.unit IS NULL
    GROUP BY ALL
)
SELECT c.period, c.indicator, c.amount AS in_the_cells, s.amount AS shown
FROM cells AS c
LEFT JOIN shown AS s ON s.period = c.period AND s.indicator = c.indicator
WHERE c.amount IS DISTINCT FROM s.amount;
