-- How each unit with a target stands among the others.
--   rank, rank_of  its place by rate among the valid units of its kind under the same parent that have a rate, and how many these
--                  are: 1, 2, 2, 4. The highest rate is first; of an indicator that is better down, the lowest. Rates that agree
--                  to 12 decimals tie.
--   contribution   its share, a ratio, of what the units under the same parent lack together: of an indicator that adds, the
--                  shortfall of the unit over the sum of the shortfalls. The shortfall is target - reached, of an indicator that is
--                  better down reached - target, and never below 0: one unit's surplus does not make up for another's shortfall. A
--                  unit without data has reached nothing, as in the parent's total. None where nothing is lacking.
-- grain: one row per period, unit and indicator with a target
-- reads: fct_achievement, dim_unit
CREATE OR REPLACE TABLE fct_standing AS
WITH placed AS (
    SELECT
        a.period, a.unit, a.indicator, u.parent, u.kind,
        u.is_valid AND a.rate IS NOT NULL AS is_ranked,
        round(a.rate, 12) * CASE WHEN a.better = 'down' THEN 1 ELSE -1 END AS sort_key,
        CASE
            WHEN u.parent IS NULL OR a.kind IN ('ratio', 'average') THEN NULL
            WHEN a.status = 'no_data' AND a.better = 'down' THEN 0
            WHEN a.status = 'no_data' THEN a.target
            WHEN a.better = 'down' THEN greatest(a.gap, 0)
            ELSE greatest(-a.gap, 0)
        END AS shortfall
    FROM fct_achievement AS a
    JOIN dim_unit AS u ON u.period = a.period AND u.unit = a.unit
)
SELECT
    period, unit, indicator,
    CASE WHEN is_ranked THEN rank() OVER (PARTITION BY period, indicator, parent, kind, is_ranked ORDER BY sort_key) END AS rank,
    CASE WHEN is_ranked THEN count(*) OVER (PARTITION BY period, indicator, parent, kind, is_ranked) END AS rank_of,
    shortfall / nullif(sum(shortfall) OVER (PARTITION BY period, indicator, parent), 0) AS contribution
FROM placed;
