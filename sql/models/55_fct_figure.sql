-- Figures of every kind: added amounts as they are, averages divided by their weights, ratios recomputed from the totals of
-- their parts. No ratio or average is ever averaged. Quotients keep 15 decimals; everything else is exact.
-- grain: one row per period, unit and indicator
-- reads: fct_total, cat_indicator, cat_ratio_part
CREATE OR REPLACE TABLE fct_figure AS
WITH ratio AS (
    SELECT
        t.period, t.unit, r.indicator,
        sum(t.actual_amount) FILTER (WHERE r.role = 'numerator') AS actual_numerator,
        sum(t.actual_amount) FILTER (WHERE r.role = 'denominator') AS actual_denominator,
        sum(t.ytd_amount) FILTER (WHERE r.role = 'numerator') AS ytd_numerator,
        sum(t.ytd_amount) FILTER (WHERE r.role = 'denominator') AS ytd_denominator,
        bool_or(t.is_about) OR bool_or(t.is_at_least AND r.role = 'denominator') AS is_about,
        bool_or(t.is_at_least) AS is_at_least
    FROM fct_total AS t
    JOIN cat_ratio_part AS r ON r.part = t.indicator
    GROUP BY ALL
),
quotient AS (
    SELECT
        period, unit, indicator, is_about, is_at_least,
        actual_numerator::DOUBLE / nullif(actual_denominator, 0)::DOUBLE AS actual,
        ytd_numerator::DOUBLE / nullif(ytd_denominator, 0)::DOUBLE AS ytd
    FROM ratio
    UNION ALL
    SELECT
        t.period, t.unit, t.indicator, t.is_about, t.is_at_least,
        t.actual_amount::DOUBLE / nullif(t.actual_weight, 0)::DOUBLE,
        t.ytd_amount::DOUBLE / nullif(t.ytd_weight, 0)::DOUBLE
    FROM fct_total AS t
    JOIN cat_indicator AS i ON i.code = t.indicator
    WHERE i.kind = 'average'
),
figure AS (
    SELECT
        period, unit, indicator, is_about, is_at_least, false AS is_nil,
        round(actual::DECIMAL(38, 18), 15)::DECIMAL(38, 18) AS actual,
        round(ytd::DECIMAL(38, 18), 15)::DECIMAL(38, 18) AS ytd
    FROM quotient
    UNION ALL
    SELECT
        t.period, t.unit, t.indicator, t.is_about, t.is_at_least, t.is_nil,
        t.actual_amount::DECIMAL(38, 18), t.ytd_amount::DECIMAL(38, 18)
    FROM fct_total AS t
    JOIN cat_indicator AS i ON i.code = t.indicator
    WHERE i.kind <> 'average'
)
SELECT
    period, unit, indicator, actual, ytd,
    CASE WHEN is_about THEN 'about' WHEN is_at_least THEN 'at_least' ELSE 'exact' END AS qualifier,
    CASE WHEN is_nil THEN 'nil' ELSE 'number' END AS state
FROM figure
WHERE actual IS NOT NULL OR ytd IS NOT NULL;
