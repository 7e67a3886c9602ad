-- The hierarchy of a period: each unit, under the unit that it is shown in and under every unit above that.
-- grain: one row per period, unit above and unit
-- reads: dim_unit, dim_member
CREATE OR REPLACE TABLE dim_tree AS
WITH RECURSIVE tree AS (
    SELECT period, above, unit, 0 AS distance
    FROM (
        SELECT period, shown_in AS above, unit FROM dim_member
        UNION
        SELECT period, unit, unit FROM dim_unit
    )
    UNION ALL
    SELECT t.period, u.parent, t.unit, t.distance + 1
    FROM tree AS t
    JOIN dim_unit AS u ON u.period = t.period AND u.unit = t.above
    JOIN dim_unit AS p ON p.period = u.period AND p.unit = u.parent
    WHERE t.distance < 20 -- deeper is a cycle, which the catalogue refuses
)
SELECT * FROM tree;
