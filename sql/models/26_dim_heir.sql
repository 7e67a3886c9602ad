-- What became of the units that ended, through all steps: of one that was split, and whose heir was merged into another, both.
-- grain: one row per unit and heir
-- reads: cat_successor
CREATE OR REPLACE TABLE dim_heir AS
WITH RECURSIVE step AS (
    SELECT *, CASE WHEN count(*) OVER (PARTITION BY unit) > 1 THEN ended_on END AS split_on
    FROM cat_successor
),
way AS (
    SELECT unit, successor AS heir, ended_on, split_on, 1 AS steps
    FROM step
    UNION ALL
    SELECT w.unit, s.successor, greatest(w.ended_on, s.ended_on), greatest(w.split_on, s.split_on), w.steps + 1
    FROM way AS w
    JOIN step AS s ON s.unit = w.heir
    WHERE w.steps < 20 -- single heirs in a circle are refused by the catalogue
)
SELECT
    unit, heir,
    min(ended_on) AS ended_on, -- of the last unit on the way: since then the heir has its part
    max(split_on) AS split_on -- the last day before the last split on the way; none where units were merged only
FROM way
WHERE heir <> unit
GROUP BY ALL;
