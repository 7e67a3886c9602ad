-- The unit in which each unit stands today: itself, or of one that has ended its single successor, followed to the last (theo đơn vị
-- hiện nay, DESIGN 3, Units). A unit that was split, or ended without a successor, stays itself.
-- grain: one row per unit
-- reads: run_period, cat_unit, cat_successor
CREATE OR REPLACE TABLE dim_present AS
WITH RECURSIVE merged AS (
    SELECT unit, any_value(successor) AS successor
    FROM cat_successor
    WHERE ended_on < (SELECT max(today) FROM run_period)
    GROUP BY unit
    HAVING count(*) = 1
),
way AS (
    SELECT code AS unit, code AS present, 0 AS steps
    FROM cat_unit
    GROUP BY code
    UNION ALL
    SELECT w.unit, m.successor, w.steps + 1
    FROM way AS w
    JOIN merged AS m ON m.unit = w.present
    WHERE w.steps < 50 -- more is a circle, which the catalogue refuses
)
SELECT unit, max_by(present, steps) AS present
FROM way
GROUP BY unit;
