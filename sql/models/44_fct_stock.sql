-- Stocks and cumulative figures of a unit's own reports: the one at the period's cut-off, of units that are still valid then; never an
-- earlier one, and never added over time. Over a span of years it is the one at its end.
-- grain: one row per period, unit and indicator
-- reads: run_period, stg_amount, dim_member
CREATE OR REPLACE TABLE fct_stock AS
SELECT
    p.period, a.unit, a.indicator,
    sum(a.amount) AS amount,
    sum(a.weight) AS weight,
    coalesce(bool_or(a.qualifier = 'about'), false) AS is_about,
    coalesce(bool_or(a.qualifier = 'at_least'), false) AS is_at_least,
    coalesce(bool_and(a.state = 'nil'), false) AS is_nil
FROM run_period AS p
JOIN stg_amount AS a ON a.time <> 'flow' AND a.last_month = p.last_month
JOIN dim_member AS m ON m.period = p.period AND m.unit = a.unit AND m.is_valid
GROUP BY ALL;
