-- How far each unit has come with each indicator.
-- rate = ytd / target; without a target, or with a target of 0, there is none. expected = target x elapsed share of the year's
-- days for added flows, the target itself for everything else; pace = ytd / expected. Nothing is capped. An indicator that is
-- better neither up nor down meets its target like one that is better up.
-- grain: one row per period, unit (of every level) and indicator; of ratios and averages the quotients are filled
-- reads: run_period, dim_unit, cat_indicator, fct_figure, fct_target, fct_plan, fct_coverage
CREATE OR REPLACE TABLE rpt_achievement AS
WITH measured AS (
    SELECT
        p.period, u.ordinal AS unit_ordinal, u.unit, i.ordinal AS indicator_ordinal, i.code AS indicator, i.better,
        f.actual, f.ytd, f.actual_quotient, f.ytd_quotient, f.qualifier, f.state,
        g.target AS plan,
        coalesce(g.target, t.target) AS target,
        g.ytd AS target_ytd, g.ytd_quotient AS target_ytd_quotient,
        coalesce(g.ytd::DOUBLE, g.ytd_quotient) AS reached,
        CASE WHEN g.is_own THEN 0 ELSE coalesce(g.units_with_target, 0) END AS target_units,
        CASE
            WHEN i.time = 'flow' AND i.kind NOT IN ('ratio', 'average')
                THEN g.target::DOUBLE * (p.cut_off - p.year_start + 1) / (p.year_end - p.year_start + 1)
            ELSE g.target::DOUBLE
        END AS expected,
        e.actual AS previous, e.actual_quotient AS previous_quotient,
        coalesce(c.reported, 0) AS reported,
        coalesce(c.due, 0) AS due,
        coalesce(c.complete, 0) AS complete
    FROM run_period AS p
    JOIN dim_unit AS u ON u.period = p.period
    CROSS JOIN cat_indicator AS i
    LEFT JOIN fct_figure AS f ON f.period = p.period AND f.unit = u.unit AND f.indicator = i.code
    LEFT JOIN fct_figure AS e ON e.period = p.previous AND e.unit = u.unit AND e.indicator = i.code
    LEFT JOIN fct_target AS t ON t.period = p.period AND t.unit = u.unit AND t.indicator = i.code
    LEFT JOIN fct_plan AS g ON g.period = p.period AND g.unit = u.unit AND g.indicator = i.code
    LEFT JOIN fct_coverage AS c ON c.period = p.period AND c.unit = u.unit AND c.indicator = i.code
    WHERE p.published
)
SELECT
    period, unit, indicator, unit_ordinal, indicator_ordinal,
    actual, ytd, actual_quotient, ytd_quotient, target,
    reached / plan::DOUBLE AS rate,
    expected,
    reached / nullif(expected, 0) AS pace,
    previous, previous_quotient,
    CASE
        WHEN plan IS NULL THEN 'no_target'
        WHEN reached IS NULL THEN 'no_data'
        WHEN better = 'down' THEN CASE WHEN coalesce(target_ytd <= plan, target_ytd_quotient <= plan::DOUBLE) THEN 'met' ELSE 'not_met' END
        WHEN coalesce(target_ytd >= plan, target_ytd_quotient >= plan::DOUBLE) THEN 'met'
        ELSE 'not_met'
    END AS status,
    reported, due, complete, target_units, target_ytd, target_ytd_quotient,
    coalesce(qualifier, 'exact') AS qualifier,
    coalesce(state, '') AS state
FROM measured;
