-- The units that a period shows, as they were at its cut-off; by present units, as they are today, with the units above them.
-- A unit that ended before that day stands as it last was; one that begins after it, as it will first be.
-- grain: one row per period and unit
-- reads: run_period, cat_unit, dim_member, dim_present
CREATE OR REPLACE TABLE dim_unit AS
WITH RECURSIVE version AS (
    SELECT
        p.period, p.is_present, u.code AS unit, u.ordinal, u.name, u.kind,
        CASE WHEN p.is_present THEN d.present ELSE u.parent END AS parent,
        u.valid_to, CASE WHEN p.is_present THEN p.today ELSE p.cut_off END AS day,
        day BETWEEN u.valid_from AND u.valid_to AS is_valid
    FROM run_period AS p
    JOIN cat_unit AS u ON p.is_present OR (u.valid_from <= p.year_end AND u.valid_to >= p.year_start)
    LEFT JOIN dim_present AS d ON d.unit = u.parent
    QUALIFY row_number() OVER (
        PARTITION BY p.period, u.code
        ORDER BY
            (u.valid_from <= day) DESC,
            CASE WHEN u.valid_from <= day THEN u.valid_from - DATE '0001-01-01' ELSE DATE '0001-01-01' - u.valid_from END DESC
    ) = 1
),
shown AS (
    SELECT period, shown_in AS unit
    FROM dim_member
    UNION
    SELECT v.period, v.parent
    FROM shown AS s
    JOIN version AS v ON v.period = s.period AND v.unit = s.unit
    WHERE v.is_present AND v.parent IS NOT NULL
)
SELECT v.period, v.unit, v.ordinal, v.name, v.kind, v.parent, v.valid_to, v.is_valid
FROM shown AS s
JOIN version AS v ON v.period = s.period AND v.unit = s.unit;
