-- What is striking when a report is compared with the unit's others: a running value that falls, running values that the period's
-- own don't explain, tenfold differences from last year, digits that look shifted. Warnings, never part of the verdict, and the
-- same in every order of arrival.
-- grain: one row per submission, cell and code
-- reads: stg_fact, cat_indicator
CREATE OR REPLACE TABLE fct_comparison AS
WITH figure AS (
    SELECT
        f.*, i.kind, i.time,
        lag(f.value) OVER earlier AS earlier_value,
        lag(f.raw) OVER earlier AS earlier_raw,
        lag(f.last_month) OVER earlier AS earlier_last_month,
        lag(f.year_month) OVER earlier AS earlier_year_month
    FROM stg_fact AS f
    JOIN cat_indicator AS i ON i.code = f.indicator AND i.kind NOT IN ('ratio', 'average')
    WHERE f.value IS NOT NULL
    WINDOW earlier AS (PARTITION BY f.unit, f.form, f.indicator, f.measure ORDER BY f.last_month)
),
striking AS (
    SELECT *, 'ytd_falls' AS code, earlier_value AS expected
    FROM figure
    WHERE time = 'flow' AND (basis = 'ytd' OR measure = 'ytd') AND earlier_year_month = year_month AND value < earlier_value
    UNION ALL
    SELECT y.*, 'ytd_mismatch', v.value + CASE WHEN y.first_month = y.year_month THEN 0 ELSE y.earlier_value END
    FROM figure AS y
    JOIN figure AS v ON v.sha256 = y.sha256 AND v.folder = y.folder AND v.indicator = y.indicator AND v.measure = 'value'
    WHERE y.measure = 'ytd' AND y.time = 'flow'
        AND (y.first_month = y.year_month OR (y.earlier_year_month = y.year_month AND y.earlier_last_month = y.first_month - 1))
        AND y.value <> v.value + CASE WHEN y.first_month = y.year_month THEN 0 ELSE y.earlier_value END
    UNION ALL
    SELECT f.*, 'unlike_last_year', p.value
    FROM figure AS f
    JOIN figure AS p
        ON p.unit = f.unit AND p.form = f.form AND p.indicator = f.indicator AND p.measure = f.measure
        AND p.period = format('{:04d}', left(f.period, 4)::INTEGER - 1) || substr(f.period, 5)
    WHERE f.measure = 'value' AND greatest(f.value, p.value) >= 100 AND least(f.value, p.value) > 0
        AND greatest(f.value, p.value) >= 10 * least(f.value, p.value)
    UNION ALL
    SELECT *, 'digits_shifted', earlier_value
    FROM figure
    WHERE measure = 'value' AND time <> 'flow' AND least(value, earlier_value) > 0 AND greatest(value, earlier_value) >= 100
        AND (
            value IN (earlier_value * 10, earlier_value * 100, earlier_value * 1000)
            OR earlier_value IN (value * 10, value * 100, value * 1000)
        )
)
SELECT folder, sha256, indicator, code, sheet, cell, raw AS raw_read, expected
FROM striking
QUALIFY row_number() OVER (PARTITION BY folder, sha256, sheet, cell ORDER BY code) = 1 OR code LIKE 'ytd%';
