-- The last earlier figure of what is empty: shown beside it with its age, never added and never carried (DESIGN 3, Time). Of a stock
-- the one at the last cut-off before, in whatever year; of a running value the one of an earlier span of the same year. Totals add
-- what was reported then. Ratios and averages have none: their parts have.
-- grain: one row per period, unit (of every level) and indicator without a figure
-- reads: run_period, stg_amount, cat_form_period, dim_tree, fct_total
CREATE OR REPLACE TABLE fct_last AS
WITH earlier AS (
    SELECT
        p.period, t.above AS unit, a.indicator, a.amount, a.last_month, f.cut_off, p.cut_off AS period_cut_off,
        max(a.last_month) OVER (PARTITION BY p.period, t.above, a.indicator) AS newest
    FROM run_period AS p
    JOIN stg_amount AS a ON a.last_month < p.last_month AND a.kind <> 'average'
        AND (a.time <> 'flow' OR (a.basis = 'ytd' AND a.year_month = 12 * p.last_year))
    JOIN cat_form_period AS f ON f.form = a.form AND f.period = a.period
    JOIN dim_tree AS t ON t.period = p.period AND t.unit = a.unit
    ANTI JOIN fct_total AS x
        ON x.period = p.period AND x.unit = t.above AND x.indicator = a.indicator AND x.ytd_amount IS NOT NULL
)
SELECT
    period, unit, indicator,
    sum(amount) AS value,
    max(cut_off) AS cut_off,
    any_value(period_cut_off) - max(cut_off) AS age_days
FROM earlier
WHERE last_month = newest
GROUP BY ALL;
