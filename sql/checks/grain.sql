-- A row of a model that stands twice, by the columns of the model's grain.
-- grain: one row per fault; none is good
-- reads: stg_submission, stg_series, stg_compared, stg_fact, stg_amount, dim_heir, dim_present, dim_member, dim_unit, dim_tree, dim_break,
-- fct_term, fct_flow, fct_stock, fct_own, fct_total, fct_figure, fct_last, fct_break, fct_gap,
-- fct_due, fct_coverage, fct_elapsed, fct_target, fct_plan_part, fct_plan,
-- fct_achievement, fct_standing, fct_point, fct_score, rpt_achievement, rpt_headline, fct_comparison
SELECT 'stg_submission' AS model, concat_ws(' ', folder, sha256) AS stands_twice FROM stg_submission GROUP BY folder, sha256 HAVING count(*) > 1
UNION ALL
SELECT 'stg_series', concat_ws(' ', unit, form) FROM stg_series GROUP BY unit, form HAVING count(*) > 1
UNION ALL
SELECT 'stg_compared', concat_ws(' ', unit, form, period, indicator, measure) FROM stg_compared GROUP BY unit, form, period, indicator, measure HAVING count(*) > 1
UNION ALL
SELECT 'stg_fact', concat_ws(' ', unit, form, period, indicator, measure) FROM stg_fact GROUP BY unit, form, period, indicator, measure HAVING count(*) > 1
UNION ALL
SELECT 'stg_amount', concat_ws(' ', unit, form, period, indicator) FROM stg_amount GROUP BY unit, form, period, indicator HAVING count(*) > 1
UNION ALL
SELECT 'dim_heir', concat_ws(' ', unit, heir) FROM dim_heir GROUP BY unit, heir HAVING count(*) > 1
UNION ALL
SELECT 'dim_present', unit FROM dim_present GROUP BY unit HAVING count(*) > 1
UNION ALL
SELECT 'dim_member', concat_ws(' ', period, unit) FROM dim_member GROUP BY period, unit HAVING count(*) > 1
UNION ALL
SELECT 'dim_break', concat_ws(' ', period, unit, was, became) FROM dim_break GROUP BY period, unit, was, became HAVING count(*) > 1
UNION ALL
SELECT 'dim_unit', concat_ws(' ', period, unit) FROM dim_unit GROUP BY period, unit HAVING count(*) > 1
UNION ALL
SELECT 'dim_tree', concat_ws(' ', period, above, unit) FROM dim_tree GROUP BY period, above, unit HAVING count(*) > 1
UNION ALL
SELECT 'fct_term', concat_ws(' ', period, unit, indicator, form, form_period) FROM fct_term GROUP BY period, unit, indicator, form, form_period HAVING count(*) > 1
UNION ALL
SELECT 'fct_flow', concat_ws(' ', period, unit, indicator) FROM fct_flow GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_stock', concat_ws(' ', period, unit, indicator) FROM fct_stock GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_own', concat_ws(' ', period, unit, indicator) FROM fct_own GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_total', concat_ws(' ', period, unit, indicator) FROM fct_total GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_figure', concat_ws(' ', period, unit, indicator) FROM fct_figure GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_break', concat_ws(' ', period, unit, indicator) FROM fct_break GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_last', concat_ws(' ', period, unit, indicator) FROM fct_last GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_gap', concat_ws(' ', period, unit, indicator) FROM fct_gap GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_elapsed', concat_ws(' ', period, indicator) FROM fct_elapsed GROUP BY period, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_due', concat_ws(' ', period, form, form_period, unit) FROM fct_due GROUP BY period, form, form_period, unit HAVING count(*) > 1
UNION ALL
SELECT 'fct_coverage', concat_ws(' ', period, unit, indicator) FROM fct_coverage GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_target', concat_ws(' ', period, unit, indicator) FROM fct_target GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_plan_part', concat_ws(' ', period, unit, indicator, target_unit) FROM fct_plan_part GROUP BY period, unit, indicator, target_unit HAVING count(*) > 1
UNION ALL
SELECT 'fct_plan', concat_ws(' ', period, unit, indicator) FROM fct_plan GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_achievement', concat_ws(' ', period, unit, indicator) FROM fct_achievement GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_standing', concat_ws(' ', period, unit, indicator) FROM fct_standing GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_point', concat_ws(' ', period, unit, indicator) FROM fct_point GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_score', concat_ws(' ', period, unit) FROM fct_score GROUP BY period, unit HAVING count(*) > 1
UNION ALL
SELECT 'rpt_headline', concat_ws(' ', period, unit, indicator) FROM rpt_headline GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'rpt_achievement', concat_ws(' ', period, unit, indicator) FROM rpt_achievement GROUP BY period, unit, indicator HAVING count(*) > 1
UNION ALL
SELECT 'fct_comparison', concat_ws(' ', folder, sha256, sheet, cell, indicator, code) FROM fct_comparison
GROUP BY folder, sha256, sheet, cell, indicator, code HAVING count(*) > 1;
