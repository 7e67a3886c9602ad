-- How much of its year is gone at a period's end, by indicator: what one form alone collects follows the days of that form (a school
-- year), everything else those of the calendar.
-- grain: one row per period and indicator
-- reads: run_period, cat_indicator, cat_collected, cat_form_period
CREATE OR REPLACE TABLE fct_elapsed AS
WITH alone AS (
    SELECT indicator, any_value(form) AS form
    FROM cat_collected
    GROUP BY indicator
    HAVING count(DISTINCT form) = 1
),
year AS (
    SELECT DISTINCT form, year_month, year_start, year_end FROM cat_form_period
),
told AS (
    SELECT
        p.period, i.code AS indicator,
        coalesce(y.year_start, p.year_start) AS year_start,
        coalesce(y.year_end, p.year_end) AS year_end,
        coalesce(max(f.cut_off), p.cut_off) AS cut_off
    FROM run_period AS p
    CROSS JOIN cat_indicator AS i
    LEFT JOIN alone AS a ON a.indicator = i.code
    LEFT JOIN year AS y ON y.form = a.form AND y.year_month = CASE WHEN NOT p.is_span THEN 12 * p.last_year END
    LEFT JOIN cat_form_period AS f ON f.form = y.form AND f.last_month = p.last_month
    GROUP BY p.period, i.code, y.year_start, y.year_end, p.year_start, p.year_end, p.cut_off
)
SELECT
    period, indicator,
    greatest(0, least(cut_off, year_end) - year_start + 1) AS days_gone,
    year_end - year_start + 1 AS days_of_year
FROM told;
