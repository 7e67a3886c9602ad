-- The points of each unit for each scored indicator that it has a target for.
--   points      weight x min(cap, achievement), to 10 decimals. The achievement is the rate; of an indicator that is better down its
--               inverse, target / reached, and the cap where nothing was reached. It is never below 0, and 0 without data.
--   max_points  weight x cap
-- An indicator without a target is not scored: it adds neither points nor to the maximum.
-- grain: one row per period, unit and scored indicator with a target
-- reads: fct_achievement, cat_score
CREATE OR REPLACE TABLE fct_point AS
WITH achieved AS (
    SELECT
        a.period, a.unit, a.indicator, a.status, s.weight::DOUBLE AS weight, s.cap::DOUBLE AS cap,
        CASE
            WHEN a.status = 'no_data' THEN 0
            WHEN a.better = 'down' AND a.reached <= 0 THEN s.cap::DOUBLE
            WHEN a.better = 'down' THEN a.target::DOUBLE / a.reached
            ELSE a.rate
        END AS achievement
    FROM fct_achievement AS a
    JOIN cat_score AS s ON s.indicator = a.indicator
)
SELECT
    period, unit, indicator, status,
    (weight * greatest(0, least(cap, achievement)))::DECIMAL(38, 10) AS points,
    (weight * cap)::DECIMAL(38, 10) AS max_points
FROM achieved;
