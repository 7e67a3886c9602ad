-- What became of the units that ended, through all steps: of one that was split, and whose heir was merged into another, both.
-- grain: one row per unit and heir
-- reads: cat_successor
CREATE OR REPLACE TABLE dim_heir AS
WITH RECURSIVE way AS (
    SELECT unit, successor AS heir, ended_on, count(*) OVER (PARTITION BY unit) > 1 AS is_split, 1 AS steps
    FROM cat_successor
    UNION ALL
    SELECT w.unit, s.successor, greatest(w.ended_on, s.ended_on), w.is_split OR s.is_split, w.steps + 1
    FROM way AS w
    JOIN (SELECT *, count(*) OVER (PARTITION BY unit) > 1 AS is_split FROM cat_successor) AS s ON s.unit = w.heir
    WHERE w.steps < 20 -- single heirs in a circle are refused by the catalogue
)
SELECT
    unit, heir,
    min(ended_on) AS ended_on, -- of the last unit on the way: since then the heir has its part
    bool_or(is_split) AS is_split
FROM way
WHERE heir <> unit
GROUP BY ALL;
