-- What a unit itself reported, brought to the period and to the year so far.
-- A flow on basis period adds over the reports inside the period. A flow on basis ytd is the running value at the cut-off; of a
-- later slice of the year, the difference of two running values, and nothing where one is missing; an average can't be
-- differenced. Over a span of years the years add. A stock or cumulative figure is the one reported at the cut-off, by units
-- that are still valid then.
-- grain: one row per period, unit and indicator
-- reads: run_period, stg_amount, dim_unit
CREATE OR REPLACE TABLE fct_own AS
WITH term AS (
    SELECT
        p.period, a.unit, a.indicator, a.amount, a.weight, a.qualifier, a.state,
        a.time = 'flow' AND a.basis = 'ytd' AND NOT p.is_span AS is_running,
        CASE
            WHEN a.time <> 'flow' THEN a.cut_off = p.cut_off AND u.is_valid
            WHEN a.basis = 'period' THEN a.start_on >= p.start_on AND a.cut_off <= p.cut_off
            WHEN p.is_span THEN a.start_on >= p.start_on AND a.cut_off <= p.cut_off AND a.cut_off = a.year_end
            WHEN a.kind = 'average' THEN a.cut_off = p.cut_off AND p.start_on = p.year_start
            ELSE a.cut_off = p.cut_off AND a.start_on = p.year_start
        END AS in_actual,
        a.time = 'flow' AND a.basis = 'ytd' AND NOT p.is_span AND a.kind <> 'average' AND p.start_on > p.year_start
            AND a.cut_off = p.start_on - 1 AND a.start_on = p.year_start AS is_subtracted,
        CASE
            WHEN a.time <> 'flow' THEN a.cut_off = p.cut_off AND u.is_valid
            WHEN a.basis = 'period' THEN a.start_on >= p.year_start AND a.cut_off <= p.cut_off
            WHEN p.is_span THEN a.start_on >= p.start_on AND a.cut_off <= p.cut_off AND a.cut_off = a.year_end
            ELSE a.cut_off = p.cut_off AND a.start_on = p.year_start
        END AS in_ytd,
        p.start_on > p.year_start AS is_slice
    FROM run_period AS p
    JOIN stg_amount AS a ON a.cut_off BETWEEN p.year_start AND p.cut_off
    JOIN dim_unit AS u ON u.period = p.period AND u.unit = a.unit
),
gathered AS (
    SELECT
        period, unit, indicator,
        sum(amount) FILTER (WHERE in_actual) AS gross_amount,
        sum(weight) FILTER (WHERE in_actual) AS actual_weight,
        sum(amount) FILTER (WHERE is_subtracted) AS subtracted_amount,
        bool_or(is_running AND is_slice) AS is_difference,
        sum(amount) FILTER (WHERE in_ytd) AS ytd_amount,
        sum(weight) FILTER (WHERE in_ytd) AS ytd_weight,
        bool_or(qualifier = 'about') FILTER (WHERE in_ytd OR in_actual OR is_subtracted) AS is_about,
        bool_or(qualifier = 'at_least') FILTER (WHERE in_ytd OR in_actual OR is_subtracted) AS is_at_least,
        bool_and(state = 'nil') FILTER (WHERE in_actual) AS is_nil
    FROM term
    GROUP BY ALL
)
SELECT
    period, unit, indicator,
    CASE WHEN is_difference THEN gross_amount - subtracted_amount ELSE gross_amount END AS actual_amount,
    actual_weight, ytd_amount, ytd_weight,
    coalesce(is_about, false) AS is_about,
    coalesce(is_at_least, false) AS is_at_least,
    coalesce(is_nil, false) AS is_nil
FROM gathered
WHERE ytd_amount IS NOT NULL OR gross_amount IS NOT NULL;
