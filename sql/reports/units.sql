-- The units of a period, as the catalogue orders them.
-- grain: one row per unit
-- reads: dim_unit
SELECT unit, name, kind, coalesce(parent, '') AS parent, is_valid
FROM dim_unit
WHERE period = $period
ORDER BY ordinal, unit;
