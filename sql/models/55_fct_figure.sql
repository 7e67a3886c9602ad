-- Figures of every kind: added amounts as they are, exact; averages divided by their weights and ratios recomputed from the totals
-- of their parts, as quotients. No ratio or average is ever averaged. A blank among several codes of a part adds nothing.
-- grain: one row per period, unit and indicator; either the amounts or the quotients are filled
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
figure AS (
    SELECT
        period, unit, indicator, is_about, is_at_least, false AS is_nil,
        NULL::DECIMAL(38, 14) AS actual,
        NULL::DECIMAL(38, 14) AS ytd,
        actual_numerator::DOUBLE / nullif(actual_denominator, 0)::DOUBLE AS actual_quotient,
        ytd_numerator::DOUBLE / nullif(ytd_denominator, 0)::DOUBLE AS ytd_quotient
    FROM ratio
    UNION ALL
    SELECT
        t.period, t.unit, t.indicator, t.is_about, t.is_at_least, false,
        NULL, NULL,
        t.actual_amount::DOUBLE / nullif(t.actual_weight, 0)::DOUBLE,
        t.ytd_amount::DOUBLE / nullif(t.ytd_weight, 0)::DOUBLE
    FROM fct_total AS t
    JOIN cat_indicator AS i ON i.code = t.indicator
    WHERE i.kind = 'average'
    UNION ALL
    SELECT
        t.period, t.unit, t.indicator, t.is_about, t.is_at_least, t.is_nil,
        t.actual_amount, t.ytd_amount, NULL, NULL
    FROM fct_total AS t
    JOIN cat_indicator AS i ON i.code = t.indicator
    WHERE i.kind <> 'average'
)
SELECT
    period, unit, indicator, actual, ytd, actual_quotient, ytd_quotient,
    CASE WHEN is_about THEN 'about' WHEN is_at_least THEN 'at_least' ELSE 'exact' END AS qualifier,
    CASE WHEN is_nil THEN 'nil' ELSE 'number' END AS state
FROM figure
WHERE coalesce(actual, ytd) IS NOT NULL OR coalesce(actual_quotient, ytd_quotient) IS NOT NULL;
