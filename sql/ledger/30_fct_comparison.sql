-- What is striking when a report is compared with the unit's others: a running value that falls, running values that the period's
-- own don't explain or that hold periods without a figure, two neighbouring rows that look exchanged, digits that look shifted,
-- tenfold differences from last year.
-- Warnings, never part of the verdict, and the same in every order of arrival.
--
-- History is up to eight earlier reports of the same length of time (for a stock or a running count of a stage: of any length).
-- It supports a comparison where it is steady, its largest value at most twice its smallest, and long enough: three reports for a
-- flow, which jumps by nature, one for all else. Thresholds are set so that honest growth passes: a tenfold change is no growth
-- (four fifths to five quarters of the history, moved by whole powers of ten), rows count as exchanged only where their histories
-- lie apart by half and each value is within an eighth of the other's. Values below 100 jump tenfold by chance and pass.
-- Rounded values (at least, about) prove nothing against a running total.
--
-- Figures filled from a list all stand at cells of the list, several at one, and are nobody's neighbours. A series of reports that
-- did not change since the last run keeps what was found in it.
-- grain: one row per submission, cell, indicator and code
-- reads: stg_compared, cat_indicator, fct_comparison, stg_submission, stg_series; fct_comparison as the last run left it
CREATE OR REPLACE TABLE fct_comparison AS
WITH figure AS (
    SELECT
        f.folder, f.sha256, f.unit, f.form, f.period, f.indicator, f.measure, f.basis, f.first_month, f.last_month, f.year_month,
        f.value, f.qualifier, f.raw, f.sheet, f.cell, f.list, i.kind, i.time,
        lag(f.value) OVER earlier AS earlier_value,
        lag(f.last_month) OVER earlier AS earlier_last_month,
        lag(f.year_month) OVER earlier AS earlier_year_month,
        lag(f.qualifier) OVER earlier AS earlier_qualifier,
        median(f.value::DOUBLE) FILTER (WHERE f.value > 0) OVER history AS usual,
        min(f.value::DOUBLE) FILTER (WHERE f.value > 0) OVER history AS lowest,
        max(f.value::DOUBLE) FILTER (WHERE f.value > 0) OVER history AS highest,
        count(*) FILTER (WHERE f.value > 0) OVER history AS reports,
        sum(f.value) OVER so_far AS received,
        sum(f.last_month - f.first_month + 1) OVER so_far AS months_received
    FROM stg_compared AS f
    JOIN cat_indicator AS i ON i.code = f.indicator AND i.kind <> 'ratio'
    WHERE f.value IS NOT NULL
    WINDOW
        earlier AS (PARTITION BY f.unit, f.form, f.indicator, f.measure ORDER BY f.last_month),
        so_far AS (PARTITION BY f.unit, f.form, f.indicator, f.measure, f.year_month ORDER BY f.last_month),
        history AS (
            PARTITION BY f.unit, f.form, f.indicator, f.measure, CASE WHEN i.time = 'flow' THEN f.last_month - f.first_month END
            ORDER BY f.last_month ROWS BETWEEN 8 PRECEDING AND 1 PRECEDING
        )
),
steady AS (
    SELECT
        *,
        reports >= CASE WHEN time = 'flow' THEN 3 ELSE 1 END AND highest <= 2 * lowest AND measure = 'value' AND value > 0 AS is_steady
    FROM figure
),
-- Each figure with the next one below it in its column.
neighbour AS (
    SELECT
        s.*,
        lead({'indicator': indicator, 'cell': cell, 'value': value, 'usual': usual, 'is_steady': is_steady}) OVER (
            PARTITION BY folder, sha256, sheet, regexp_extract(cell, '^[A-Z]+') ORDER BY regexp_extract(cell, '[0-9]+$')::INTEGER
        ) AS below
    FROM steady AS s
    WHERE measure = 'value' AND list IS NULL AND regexp_matches(cell, '^[A-Z]+[0-9]+$')
),
striking AS (
    SELECT folder, sha256, indicator, sheet, cell, raw, 'ytd_falls' AS code, 0 AS rank, earlier_value AS expected, '' AS other, '' AS other_cell
    FROM figure
    WHERE time = 'flow' AND kind <> 'average' AND (basis = 'ytd' OR measure = 'ytd') AND earlier_year_month = year_month
        AND qualifier = 'exact' AND earlier_qualifier = 'exact' AND value < earlier_value
    UNION ALL
    SELECT
        y.folder, y.sha256, y.indicator, y.sheet, y.cell, y.raw, 'ytd_mismatch', 0,
        v.value + CASE WHEN y.first_month = y.year_month THEN 0 ELSE y.earlier_value END, '', ''
    FROM figure AS y
    JOIN figure AS v ON v.sha256 = y.sha256 AND v.folder = y.folder AND v.indicator = y.indicator AND v.measure = 'value'
    WHERE y.measure = 'ytd' AND y.time = 'flow' AND y.kind <> 'average' AND y.qualifier = 'exact' AND v.qualifier = 'exact'
        AND (
            y.first_month = y.year_month
            OR (y.earlier_year_month = y.year_month AND y.earlier_last_month = y.first_month - 1 AND y.earlier_qualifier = 'exact')
        )
        AND y.value <> v.value + CASE WHEN y.first_month = y.year_month THEN 0 ELSE y.earlier_value END
    UNION ALL
    SELECT y.folder, y.sha256, y.indicator, y.sheet, y.cell, y.raw, 'ytd_without_earlier', 0, v.received, '', ''
    FROM figure AS y
    JOIN figure AS v ON v.sha256 = y.sha256 AND v.folder = y.folder AND v.indicator = y.indicator AND v.measure = 'value'
    WHERE y.measure = 'ytd' AND y.time = 'flow' AND y.kind <> 'average' AND y.value <> v.received
        AND v.months_received < v.last_month - v.year_month + 1
    UNION ALL
    SELECT folder, sha256, indicator, sheet, cell, raw, 'rows_exchanged', 1, round(usual, 1)::DECIMAL(38, 10), below.indicator, below.cell
    FROM neighbour
    WHERE is_steady AND below.is_steady AND greatest(value, below.value) >= 100
        AND greatest(usual, below.usual) >= 1.5 * least(usual, below.usual)
        AND value BETWEEN below.usual * 7 / 8 AND below.usual * 8 / 7
        AND below.value BETWEEN usual * 7 / 8 AND usual * 8 / 7
    UNION ALL
    SELECT DISTINCT folder, sha256, indicator, sheet, cell, raw, 'digits_shifted', 2, round(usual, 1)::DECIMAL(38, 10), '', ''
    FROM steady
    CROSS JOIN (VALUES (0.001), (0.01), (0.1), (10), (100), (1000)) AS shift (factor)
    WHERE is_steady AND greatest(value, usual) >= 100
        AND value::DOUBLE * factor BETWEEN lowest * 4 / 5 AND highest * 5 / 4
    UNION ALL
    SELECT f.folder, f.sha256, f.indicator, f.sheet, f.cell, f.raw, 'unlike_last_year', 3, p.value, '', ''
    FROM figure AS f
    JOIN figure AS p
        ON p.unit = f.unit AND p.form = f.form AND p.indicator = f.indicator AND p.measure = f.measure
        AND p.period = format('{:04d}', left(f.period, 4)::INTEGER - 1) || substr(f.period, 5)
    WHERE f.measure = 'value' AND greatest(f.value, p.value) >= 100 AND least(f.value, p.value) > 0
        AND greatest(f.value, p.value) >= 10 * least(f.value, p.value)
),
found AS (
    SELECT
        s.folder, s.sha256, i.ordinal, s.indicator, s.code, s.sheet, s.cell, s.raw AS raw_read,
        rtrim(rtrim(s.expected::VARCHAR, '0'), '.') AS expected,
        to_json([
            {'name': 'name', 'value': i.name},
            {'name': 'other_name', 'value': coalesce(o.name, '')},
            {'name': 'other_cell', 'value': s.other_cell}
        ])::VARCHAR AS args
    FROM striking AS s
    JOIN cat_indicator AS i ON i.code = s.indicator
    LEFT JOIN cat_indicator AS o ON o.code = s.other
    QUALIFY s.code LIKE 'ytd%'
        OR row_number() OVER (PARTITION BY s.folder, s.sha256, s.sheet, s.cell, s.indicator, s.code LIKE 'ytd%' ORDER BY s.rank) = 1
)
FROM found
UNION ALL
SELECT k.*
FROM fct_comparison AS k
JOIN stg_submission AS s ON s.folder = k.folder AND s.sha256 = k.sha256 AND s.status = 'accepted'
JOIN stg_series AS c ON c.unit = s.unit AND c.form = s.form AND NOT c.is_changed;
