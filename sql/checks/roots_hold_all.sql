-- An indicator whose figures at the roots are not the sum of what the units themselves reported.
-- grain: one row per fault; none is good
-- reads: fct_own, fct_total, dim_unit
SELECT o.period, o.indicator, o.amount AS reported, r.amount AS at_the_roots
FROM (SELECT period, indicator, sum(ytd_amount) AS amount FROM fct_own GROUP BY ALL) AS o
LEFT JOIN (
    SELECT t.period, t.indicator, sum(t.ytd_amount) AS amount
    FROM fct_total AS t
    JOIN dim_unit AS u ON u.period = t.period AND u.unit = t.unit
    LEFT JOIN dim_unit AS p ON p.period = u.period AND p.unit = u.parent
    WHERE p.unit IS NULL
    GROUP BY ALL
) AS r ON r.period = o.period AND r.indicator = o.indicator
WHERE o.amount IS DISTINCT FROM r.amount;
