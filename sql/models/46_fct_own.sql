-- What a unit itself reported, brought to the period (actual) and to the year so far (ytd); of stocks both are the same.
-- grain: one row per period, unit and indicator
-- reads: fct_flow, fct_stock
CREATE OR REPLACE TABLE fct_own AS
SELECT period, unit, indicator, actual_amount, actual_weight, ytd_amount, ytd_weight, is_about, is_at_least, is_nil
FROM fct_flow
WHERE actual_amount IS NOT NULL OR ytd_amount IS NOT NULL
UNION ALL
SELECT period, unit, indicator, amount, weight, amount, weight, is_about, is_at_least, is_nil
FROM fct_stock;
