-- How far each unit has come with each indicator.
-- rate = ytd / target; without a target, or with a target of 0, there is none. expected = target x elapsed share of the year's
-- days for added flows, the target itself for everything else; pace = ytd / expected. Nothing is capped.
-- grain: one row per period, unit (of every level) and indicator
-- reads: run_period, dim_unit, cat_indicator, fct_figure, fct_plan, fct_coverage
CREATE OR REPLACE TABLE rpt_achievement AS
WITH measured AS (
    SELECT
        p.period, u.ordinal AS unit_ordinal, u.unit, i.ordinal AS indicator_ordinal, i.code AS indicator, i.better,
        f.actual, f.ytd, f.qualifier, f.state,
        g.target, g.ytd AS target_ytd,
        CASE WHEN g.is_own THEN 0 ELSE coalesce(g.units_with_target, 0) END AS target_units,
        CASE
            WHEN i.time = 'flow' AND i.kind NOT IN ('ratio', 'average')
                THEN g.target::DOUBLE * (p.cut_off - p.year_start + 1) / (p.year_end - p.year_start + 1)
            ELSE g.target::DOUBLE
        END AS expected,
        e.actual AS previous,
        coalesce(c.reported, 0) AS reported,
        coalesce(c.due, 0) AS due,
        coalesce(c.complete, 0) AS complete
    FROM run_period AS p
    JOIN dim_unit AS u ON u.period = p.period
    CROSS JOIN cat_indicator AS i
    LEFT JOIN fct_figure AS f ON f.period = p.period AND f.unit = u.unit AND f.indicator = i.code
    LEFT JOIN fct_figure AS e ON e.period = p.previous AND e.unit = u.unit AND e.indicator = i.code
    LEFT JOIN fct_plan AS g ON g.period = p.period AND g.unit = u.unit AND g.indicator = i.code
    LEFT JOIN fct_coverage AS c ON c.period = p.period AND c.unit = u.unit AND c.indicator = i.code
    WHERE p.published
)
SELECT
    period, unit, indicator, unit_ordinal, indicator_ordinal,
    actual, ytd, target,
    target_ytd::DOUBLE / target::DOUBLE AS rate,
    expected,
    target_ytd::DOUBLE / nullif(expected, 0) AS pace,
    previous,
    CASE
        WHEN target IS NULL THEN 'no_target'
        WHEN target_ytd IS NULL THEN 'no_data'
        WHEN better = 'down' THEN CASE WHEN target_ytd <= target THEN 'met' ELSE 'not_met' END
        WHEN target_ytd >= target THEN 'met'
        ELSE 'not_met'
    END AS status,
    reported, due, complete, target_units, target_ytd,
    coalesce(qualifier, 'exact') AS qualifier,
    coalesce(state, '') AS state
FROM measured;
