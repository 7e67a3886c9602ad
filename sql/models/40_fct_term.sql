-- What each reported flow does in a period (DESIGN 3, Time). Reports for parts of the year add. A report since the start of the year
-- (basis ytd) is a running value: it holds all that was before it, so that only the last one counts, and reports for later parts of
-- the year add to it; so a form whose basis changes within a year counts nothing twice.
-- A running value counts where the period ends, never an earlier one instead. Only of a unit that has ended the last one stays.
-- The figure of a later slice of the year is what was there at its end less what was there before it: is_added less is_subtracted. An
-- average can't be differenced.
-- grain: one row per period, unit, indicator, form and form's period that the period's year holds
-- reads: run_stretch, stg_amount, dim_member, cat_unit
CREATE OR REPLACE TABLE fct_term AS
WITH placed AS (
    SELECT
        s.period, s.year_month, s.first_month AS starts,
        a.unit, a.indicator, a.form, a.period AS form_period, a.kind, a.first_month, a.last_month, a.basis = 'ytd' AS is_running,
        CASE WHEN v.code IS NULL THEN max(a.last_month) OVER reports ELSE s.last_month END AS ends,
        max(a.last_month) FILTER (a.basis = 'ytd') OVER reports AS running_to,
        max(a.last_month) FILTER (a.basis = 'ytd' AND a.last_month < s.first_month) OVER reports AS running_before
    FROM run_stretch AS s
    JOIN stg_amount AS a ON a.time = 'flow' AND a.year_month = s.year_month AND a.last_month <= s.last_month
    JOIN dim_member AS m ON m.period = s.period AND m.unit = a.unit
    LEFT JOIN cat_unit AS v ON v.code = a.unit AND s.cut_off BETWEEN v.valid_from AND v.valid_to
    WINDOW reports AS (PARTITION BY s.period, s.year_month, a.unit, a.indicator)
),
told AS (
    SELECT
        *,
        NOT is_running AND first_month > coalesce(running_to, -1) AS is_on_top,
        coalesce(running_to >= starts AND starts > year_month, false) AS is_difference
    FROM placed
),
counted AS (
    SELECT
        *,
        is_on_top OR (
            is_running AND last_month = running_to AND (last_month = ends OR bool_or(is_on_top) OVER reports)
        ) AS in_ytd
    FROM told
    WINDOW reports AS (PARTITION BY period, year_month, unit, indicator)
)
SELECT
    period, year_month, starts, unit, indicator, form, form_period, is_difference, in_ytd,
    in_ytd AND CASE
        WHEN starts = year_month THEN true
        WHEN is_difference THEN kind <> 'average'
        ELSE first_month >= starts
    END AS is_added,
    is_difference AND kind <> 'average' AND last_month < starts AND CASE
        WHEN is_running THEN last_month = running_before
        ELSE first_month > coalesce(running_before, -1)
    END AS is_subtracted,
    last_month - first_month + 1 AS months
FROM counted;
