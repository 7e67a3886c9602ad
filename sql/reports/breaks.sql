-- Where the units behind a unit's series are others than in the same period a year before. Of what stands in units that were moved
-- with all below them, each unit is told.
-- grain: one row per unit, was and became
-- reads: dim_break, dim_unit
SELECT b.unit, b.kind, b.on_day, coalesce(b.was, '') AS was, coalesce(b.became, '') AS became, b.refused_on IS NOT NULL AS is_refused
FROM dim_break AS b
JOIN dim_unit AS u ON u.period = b.period AND u.unit = b.unit
WHERE b.period = $period
ORDER BY u.ordinal, b.unit, b.on_day, b.was, b.became;
