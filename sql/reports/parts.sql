-- What each figure of a period, and of the year so far, is made of: the unit's own report, the units below it, the parts of a
-- ratio, the weights of an average; and of the targets that it is measured against. Facts stand behind the own parts.
-- grain: one row per unit, indicator, role, part's unit and part's indicator
-- reads: fct_own, fct_total, fct_plan_part, dim_unit, cat_indicator, cat_ratio_part
WITH part AS (
    SELECT o.unit, o.indicator, 1 AS step, 'own' AS role, o.unit AS part_unit, o.indicator AS part_indicator,
        CASE WHEN i.kind = 'average' THEN try_cast(o.actual_amount::DOUBLE / nullif(o.actual_weight, 0)::DOUBLE AS DECIMAL(38, 14)) ELSE o.actual_amount END AS value,
        CASE WHEN i.kind = 'average' THEN try_cast(o.ytd_amount::DOUBLE / nullif(o.ytd_weight, 0)::DOUBLE AS DECIMAL(38, 14)) ELSE o.ytd_amount END AS ytd
    FROM fct_own AS o
    JOIN cat_indicator AS i ON i.code = o.indicator
    WHERE o.period = $period
    UNION ALL
    SELECT u.parent, t.indicator, 2, 'child', t.unit, t.indicator,
        CASE WHEN i.kind = 'average' THEN try_cast(t.actual_amount::DOUBLE / nullif(t.actual_weight, 0)::DOUBLE AS DECIMAL(38, 14)) ELSE t.actual_amount END,
        CASE WHEN i.kind = 'average' THEN try_cast(t.ytd_amount::DOUBLE / nullif(t.ytd_weight, 0)::DOUBLE AS DECIMAL(38, 14)) ELSE t.ytd_amount END
    FROM fct_total AS t
    JOIN cat_indicator AS i ON i.code = t.indicator
    JOIN dim_unit AS u ON u.period = t.period AND u.unit = t.unit
    JOIN dim_unit AS p ON p.period = u.period AND p.unit = u.parent
    WHERE t.period = $period
    UNION ALL
    SELECT t.unit, r.indicator, CASE r.role WHEN 'numerator' THEN 3 ELSE 4 END, r.role, t.unit, r.part, t.actual_amount, t.ytd_amount
    FROM fct_total AS t
    JOIN cat_ratio_part AS r ON r.part = t.indicator
    WHERE t.period = $period
    UNION ALL
    SELECT t.unit, i.code, 5, 'weight', t.unit, t.indicator, t.actual_amount, t.ytd_amount
    FROM fct_total AS t
    JOIN cat_indicator AS i ON i.kind = 'average' AND i.weight_by = t.indicator
    WHERE t.period = $period
    UNION ALL
    SELECT unit, indicator, 6, 'target', target_unit, indicator, target, NULL
    FROM fct_plan_part
    WHERE period = $period
)
SELECT p.unit, p.indicator, p.role, p.part_unit, p.part_indicator, p.value, p.ytd
FROM part AS p
LEFT JOIN dim_unit AS u ON u.period = $period AND u.unit = p.unit
LEFT JOIN dim_unit AS w ON w.period = $period AND w.unit = p.part_unit
LEFT JOIN cat_indicator AS i ON i.code = p.indicator
LEFT JOIN cat_indicator AS j ON j.code = p.part_indicator
WHERE p.value IS NOT NULL OR p.ytd IS NOT NULL
ORDER BY u.ordinal, p.unit, i.ordinal, p.step, w.ordinal, p.part_unit, j.ordinal;
