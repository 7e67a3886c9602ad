-- The target a unit is measured against and the part of its figure that the target speaks of. A unit with a target of its own is
-- measured against it, whole. One without, for indicators that add, is measured by the units below it that have one, each the
-- highest on its branch: their figures against the sum of their targets. A target of 0 is no target.
-- grain: one row per period, unit and indicator
-- reads: fct_target, fct_figure, dim_tree, cat_indicator
CREATE OR REPLACE TABLE fct_plan AS
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
),
measured AS (
    SELECT period, unit, indicator, unit AS target_unit, target, true AS is_own FROM fct_target WHERE target > 0
    UNION ALL
    SELECT period, unit, indicator, target_unit, target, false FROM highest
)
SELECT
    m.period, m.unit, m.indicator,
    sum(m.target) AS target,
    sum(f.ytd) AS ytd,
    sum(f.ytd_quotient) AS ytd_quotient, -- of one unit: ratios and averages have targets of their own only
    bool_and(m.is_own) AS is_own,
    count(*) AS units_with_target
FROM measured AS m
LEFT JOIN fct_figure AS f ON f.period = m.period AND f.unit = m.target_unit AND f.indicator = m.indicator
GROUP BY ALL;
