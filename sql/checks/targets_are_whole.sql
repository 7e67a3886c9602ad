-- A unit whose targets met, not met and without data are not those of its achievements.
-- grain: one row per fault; none is good
-- reads: fct_score, rpt_achievement
SELECT a.period, a.unit, a.targets AS targets_shown, s.met + s.not_met + s.no_data AS targets_counted
FROM (SELECT period, unit, count(*) FILTER (WHERE status <> 'no_target') AS targets FROM rpt_achievement GROUP BY ALL) AS a
LEFT JOIN fct_score AS s ON s.period = a.period AND s.unit = a.unit
WHERE a.targets IS DISTINCT FROM s.met + s.not_met + s.no_data OR s.targets IS DISTINCT FROM a.targets;
