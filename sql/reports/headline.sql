-- How many of the units below each unit meet their targets.
-- grain: one row per unit above and indicator
-- reads: rpt_headline
SELECT unit, indicator, met, not_met, no_data, targets
FROM rpt_headline
WHERE period = $period
ORDER BY unit_ordinal, unit, indicator_ordinal;
