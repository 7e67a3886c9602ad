-- Reported figures as amounts that add: a number as it is, an average as value times weight beside its weight.
-- A declared nil and a zero are amounts of 0; a blank is no amount. An average without its weight can't be added and is left out.
-- Printed ratios are left out: they are recomputed from their parts. Averages and weights below 10^12 keep 7 decimals, larger ones 2
-- of their product. An average whose product is 10^21 or more would overflow the totals and is left out; judging refuses it where
-- both stand in one workbook.
-- grain: one row per unit, form, period and indicator
-- reads: stg_fact, cat_indicator
CREATE OR REPLACE TABLE stg_amount AS
WITH summand AS ( -- the weight is named by equality alone: a condition beside it would compare every fact with every other
    SELECT code, kind, time, CASE WHEN kind = 'average' THEN weight_by END AS weight_by
    FROM cat_indicator
    WHERE kind <> 'ratio'
)
SELECT
    f.unit, f.form, f.period, f.indicator, i.kind, i.time, f.basis, f.first_month, f.last_month, f.year_month,
    CASE
        WHEN i.kind = 'average' THEN coalesce(
            try_cast(f.value AS DECIMAL(19, 7)) * try_cast(w.value AS DECIMAL(19, 7)),
            (f.value::DOUBLE * w.value::DOUBLE)::DECIMAL(38, 2)::DECIMAL(38, 14) -- else all amounts would have 2 decimals
        )
        ELSE f.value::DECIMAL(38, 14)
    END::DECIMAL(38, 14) AS amount,
    w.value AS weight,
    f.qualifier,
    f.state
FROM stg_fact AS f
JOIN summand AS i ON i.code = f.indicator
LEFT JOIN stg_fact AS w
    ON w.indicator = i.weight_by AND w.measure = 'value' AND w.value IS NOT NULL
    AND w.unit = f.unit AND w.first_month = f.first_month AND w.last_month = f.last_month
WHERE f.measure = 'value' AND f.value IS NOT NULL AND (i.kind <> 'average' OR abs(f.value::DOUBLE * w.value::DOUBLE) < 1e21);
