-- How many of the units directly below a unit meet their targets, by indicator: "6/6 đơn vị". Counted are the units that are valid at
-- the cut-off and have a target of their own or below them; targets = met + not_met + no_data.
-- grain: one row per period, unit above and indicator
-- reads: run_period, dim_unit, fct_achievement, cat_indicator
CREATE OR REPLACE TABLE rpt_headline AS
SELECT
    u.period, u.parent AS unit, a.indicator,
    any_value(p.ordinal) AS unit_ordinal, any_value(i.ordinal) AS indicator_ordinal,
    count(*) FILTER (WHERE a.status = 'met') AS met,
    count(*) FILTER (WHERE a.status = 'not_met') AS not_met,
    count(*) FILTER (WHERE a.status = 'no_data') AS no_data,
    count(*) AS targets
FROM fct_achievement AS a
JOIN run_period AS r ON r.period = a.period AND r.published
JOIN dim_unit AS u ON u.period = a.period AND u.unit = a.unit AND u.is_valid
JOIN dim_unit AS p ON p.period = u.period AND p.unit = u.parent
JOIN cat_indicator AS i ON i.code = a.indicator
GROUP BY u.period, u.parent, a.indicator;
