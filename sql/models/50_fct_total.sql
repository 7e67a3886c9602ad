-- Amounts added up the hierarchy: a unit's own report and all those below it.
-- grain: one row per period, unit (of every level) and indicator
-- reads: fct_own, dim_tree
CREATE OR REPLACE TABLE fct_total AS
SELECT
    t.period, t.above AS unit, o.indicator,
    sum(o.actual_amount) AS actual_amount,
    sum(o.actual_weight) AS actual_weight,
    sum(o.ytd_amount) AS ytd_amount,
    sum(o.ytd_weight) AS ytd_weight,
    bool_or(o.is_about) AS is_about,
    bool_or(o.is_at_least) AS is_at_least,
    bool_and(o.is_nil) AS is_nil
FROM fct_own AS o
JOIN dim_tree AS t ON t.period = o.period AND t.unit = o.unit
GROUP BY ALL;
