-- Flows of a unit's own reports: the terms of each stretch of a year, and the stretches of a span, added. A difference needs all
-- months before the slice; where one is missing there is no figure.
-- grain: one row per period, unit and indicator
-- reads: fct_term, stg_amount
CREATE OR REPLACE TABLE fct_flow AS
WITH stretch AS (
    SELECT
        t.period, t.unit, t.indicator,
        sum(a.amount) FILTER (t.is_added) AS added,
        sum(a.amount) FILTER (t.is_subtracted) AS subtracted,
        any_value(t.is_difference) AS is_difference,
        coalesce(sum(t.months) FILTER (t.is_subtracted), 0) = any_value(t.starts - t.year_month) AS is_whole_before,
        sum(a.weight) FILTER (t.is_added) AS weight,
        sum(a.amount) FILTER (t.in_ytd) AS ytd_amount,
        sum(a.weight) FILTER (t.in_ytd) AS ytd_weight,
        bool_or(a.qualifier = 'about') AS is_about,
        bool_or(a.qualifier = 'at_least') AS is_at_least,
        bool_and(a.state = 'nil') FILTER (t.is_added) AS is_nil
    FROM fct_term AS t
    JOIN stg_amount AS a ON a.unit = t.unit AND a.form = t.form AND a.period = t.form_period AND a.indicator = t.indicator
    WHERE t.is_added OR t.is_subtracted OR t.in_ytd
    GROUP BY t.period, t.year_month, t.unit, t.indicator
)
SELECT
    period, unit, indicator,
    sum(CASE WHEN NOT is_difference THEN added WHEN is_whole_before THEN added - subtracted END) AS actual_amount,
    sum(weight) AS actual_weight,
    sum(ytd_amount) AS ytd_amount,
    sum(ytd_weight) AS ytd_weight,
    coalesce(bool_or(is_about), false) AS is_about,
    coalesce(bool_or(is_at_least), false) AS is_at_least,
    coalesce(bool_and(is_nil), false) AS is_nil
FROM stretch
GROUP BY ALL;
