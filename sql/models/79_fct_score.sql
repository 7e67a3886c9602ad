-- What each unit's targets come to: how many are met, and its score.
--   targets        indicators with a target = met + not_met + no_data
--   score          the sum of its points; max_score what it could be at most; share = score / max_score, a ratio. There is no score
--                  where no scored indicator has a target or none of them has data yet: that is not known to be 0.
--   grade          the grade with the highest min_score that the score reaches, by the scale that is valid at the end of the period's
--                  year, however late that scale was decided. Before the year's end it is provisional, like the score.
--   rank, rank_of  its place by score among the valid units of its kind under the same parent that have a score, and how many these
--                  are: 1, 2, 2, 4
-- grain: one row per period and unit
-- reads: run_period, dim_unit, fct_achievement, fct_point, cat_grade
CREATE OR REPLACE TABLE fct_score AS
WITH counted AS (
    SELECT
        period, unit, count(*) AS targets,
        count(*) FILTER (WHERE status = 'met') AS met,
        count(*) FILTER (WHERE status = 'not_met') AS not_met,
        count(*) FILTER (WHERE status = 'no_data') AS no_data
    FROM fct_achievement
    GROUP BY ALL
),
scored AS (
    SELECT
        period, unit,
        CASE WHEN bool_or(status <> 'no_data') THEN sum(points) END AS score,
        sum(max_points) AS max_score
    FROM fct_point
    GROUP BY ALL
),
graded AS (
    SELECT s.period, s.unit, g.name AS grade
    FROM scored AS s
    JOIN run_period AS p ON p.period = s.period
    JOIN cat_grade AS g ON g.min_score <= s.score AND p.year_end BETWEEN g.valid_from AND g.valid_to
    QUALIFY row_number() OVER (PARTITION BY s.period, s.unit ORDER BY g.min_score DESC) = 1
)
SELECT
    u.period, u.unit, s.score, s.max_score, (s.score / nullif(s.max_score, 0))::DECIMAL(38, 14) AS share, g.grade,
    CASE WHEN u.is_valid AND s.score IS NOT NULL
        THEN rank() OVER (PARTITION BY u.period, u.parent, u.kind, u.is_valid AND s.score IS NOT NULL ORDER BY s.score DESC)
    END AS rank,
    CASE WHEN u.is_valid AND s.score IS NOT NULL
        THEN count(*) OVER (PARTITION BY u.period, u.parent, u.kind, u.is_valid AND s.score IS NOT NULL)
    END AS rank_of,
    coalesce(c.met, 0) AS met, coalesce(c.not_met, 0) AS not_met, coalesce(c.no_data, 0) AS no_data, coalesce(c.targets, 0) AS targets
FROM dim_unit AS u
LEFT JOIN counted AS c ON c.period = u.period AND c.unit = u.unit
LEFT JOIN scored AS s ON s.period = u.period AND s.unit = u.unit
LEFT JOIN graded AS g ON g.period = u.period AND g.unit = u.unit;
