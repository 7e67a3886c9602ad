-- The assigned targets that a unit is measured against. A unit with a target of its own is measured against that one. One without,
-- for indicators that add, is measured by the units below it that have one, each the highest on its branch. A target of 0 is no
-- target.
-- grain: one row per period, unit, indicator and target_unit
-- reads: fct_target, dim_tree, cat_indicator
CREATE OR REPLACE TABLE fct_plan_part AS
WITH below AS (
    SELECT t.period, t.above AS unit, g.indicator, g.unit AS target_unit, g.target
    FROM fct_target AS g
    JOIN cat_indicator AS i ON i.code = g.indicator AND i.kind NOT IN ('ratio', 'average')
    JOIN dim_tree AS t ON t.period = g.period AND t.unit = g.unit AND t.distance > 0
    LEFT JOIN fct_target AS own ON own.period = t.period AND own.unit = t.above AND own.indicator = g.indicator
    WHERE own.unit IS NULL AND g.target > 0
),
highest AS (
    SELECT b.*
    FROM below AS b
    WHERE NOT EXISTS (
        FROM fct_target AS m
        JOIN dim_tree AS upper ON upper.period = m.period AND upper.unit = m.unit AND upper.above = b.unit AND upper.distance > 0
        JOIN dim_tree AS lower ON lower.period = m.period AND lower.above = m.unit AND lower.unit = b.target_unit AND lower.distance > 0
        WHERE m.period = b.period AND m.indicator = b.indicator AND m.target > 0
    )
)
SELECT period, unit, indicator, unit AS target_unit, target, true AS is_own FROM fct_target WHERE target > 0
UNION ALL
SELECT period, unit, indicator, target_unit, target, false FROM highest;
