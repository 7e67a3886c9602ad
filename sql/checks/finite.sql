-- A quotient that is no number: a division by zero that nothing guarded.
-- grain: one row per fault; none is good
-- reads: rpt_achievement
SELECT period, unit, indicator, actual_quotient, ytd_quotient, rate, expected, pace, previous_quotient
FROM rpt_achievement
WHERE NOT (
    isfinite(coalesce(actual_quotient, 0)) AND isfinite(coalesce(ytd_quotient, 0)) AND isfinite(coalesce(rate, 0))
    AND isfinite(coalesce(expected, 0)) AND isfinite(coalesce(pace, 0)) AND isfinite(coalesce(previous_quotient, 0))
);
