-- How many of the units that owe an indicator's form are counted in its figure, at every level.
-- Due are the units that owe the form for a period ending at the cut-off or inside the period, and are valid at the cut-off.
-- A unit is counted where it has a figure of its own; of a ratio, where it has both parts. It is complete where, besides, every
-- report that the figure needs was accepted: of a flow on basis period each one inside the period, else the last.
-- grain: one row per period, unit (of every level) and indicator
-- reads: fct_due, dim_member, dim_tree, fct_own, cat_collected, cat_indicator, cat_ratio_part
CREATE OR REPLACE TABLE fct_coverage AS
WITH part AS (
    SELECT code AS indicator, code AS part, 'own' AS role FROM cat_indicator WHERE kind <> 'ratio'
    UNION ALL
    SELECT indicator, part, role FROM cat_ratio_part
),
due AS (
    SELECT d.period, d.unit, p.indicator,
        coalesce(bool_and(d.state <> 'missing') FILTER (WHERE d.is_last OR (d.basis = 'period' AND i.time = 'flow')), true) AS is_whole
    FROM fct_due AS d
    JOIN cat_collected AS c ON c.form = d.form
    JOIN cat_indicator AS i ON i.code = c.indicator
    JOIN part AS p ON p.part = c.indicator
    JOIN dim_member AS m ON m.period = d.period AND m.unit = d.unit AND m.is_valid
    GROUP BY ALL
),
counted AS (
    SELECT o.period, o.unit, p.indicator
    FROM fct_own AS o
    JOIN part AS p ON p.part = o.indicator
    WHERE o.actual_amount IS NOT NULL
    GROUP BY ALL
    HAVING count(DISTINCT p.role) = CASE WHEN any_value(p.role) = 'own' THEN 1 ELSE 2 END
)
SELECT
    t.period, t.above AS unit, d.indicator,
    count(*) AS due,
    count(c.unit) AS reported,
    count(c.unit) FILTER (WHERE d.is_whole) AS complete
FROM due AS d
JOIN dim_tree AS t ON t.period = d.period AND t.unit = d.unit
LEFT JOIN counted AS c ON c.period = d.period AND c.unit = d.unit AND c.indicator = d.indicator
GROUP BY ALL;
