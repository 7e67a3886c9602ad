-- What a unit itself reported, brought to the period and to the year so far.
-- A flow on basis period adds over the reports inside the period. A flow on basis ytd is the running value at the cut-off; of a
-- later slice of the year, the difference of two running values, and nothing where one is missing; an average can't be
-- differenced. The running value of a unit that has ended stays at its last one: what it reported stays in the flows of the year,
-- and adds nothing to slices that begin later.
-- Over a span of years the years add. A stock or cumulative figure is the one reported at the cut-off, by units that are still
-- valid then.
-- grain: one row per period, unit and indicator
-- reads: run_period, stg_amount, dim_unit
CREATE OR REPLACE TABLE fct_own AS
WITH placed AS (
    SELECT
        p.period, p.is_span, p.start_on, p.cut_off AS period_cut_off, p.year_start AS period_year_start, u.is_valid,
        a.unit, a.indicator, a.kind, a.time, a.basis, a.start_on AS start_on_of_report, a.cut_off, a.ends_year, a.amount, a.weight,
        a.qualifier, a.state,
        a.time = 'flow' AND a.basis = 'ytd' AND NOT p.is_span AS is_running,
        -- where the running values of the period's end and of the day before its start are found
        CASE
            WHEN u.is_valid THEN p.cut_off
            ELSE max(a.cut_off) OVER (PARTITION BY p.period, a.unit, a.indicator)
        END AS end_on,
        CASE
            WHEN u.valid_to >= p.start_on - 1 THEN p.start_on - 1
            ELSE max(a.cut_off) FILTER (WHERE a.cut_off < p.start_on) OVER (PARTITION BY p.period, a.unit, a.indicator)
        END AS before_on
    FROM run_period AS p
    JOIN stg_amount AS a ON a.cut_off BETWEEN p.year_start AND p.cut_off
    JOIN dim_unit AS u ON u.period = p.period AND u.unit = a.unit
),
term AS (
    SELECT
        period, unit, indicator, amount, weight, qualifier, state, is_running,
        start_on > period_year_start AS is_slice,
        CASE
            WHEN time <> 'flow' THEN cut_off = period_cut_off AND is_valid
            WHEN basis = 'period' THEN start_on_of_report >= start_on AND cut_off <= period_cut_off
            WHEN is_span THEN start_on_of_report >= start_on AND cut_off <= period_cut_off AND ends_year
            WHEN kind = 'average' THEN cut_off = end_on AND start_on = period_year_start
            ELSE cut_off = end_on AND start_on_of_report = period_year_start AND end_on >= start_on
        END AS in_actual,
        is_running AND kind <> 'average' AND start_on > period_year_start
            AND cut_off = before_on AND start_on_of_report = period_year_start AS is_subtracted,
        CASE
            WHEN time <> 'flow' THEN cut_off = period_cut_off AND is_valid
            WHEN basis = 'period' THEN start_on_of_report >= period_year_start AND cut_off <= period_cut_off
            WHEN is_span THEN start_on_of_report >= start_on AND cut_off <= period_cut_off AND ends_year
            ELSE cut_off = end_on AND start_on_of_report = period_year_start
        END AS in_ytd
    FROM placed
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
