-- Where the units that stand behind a unit are others than a year before, so that its series breaks (DESIGN 3, Units). A unit that was
-- split, and those in which its heirs are shown, can't be compared across the day; of all others it is a footnote. What stays below
-- the same unit, such as a split within a district, changes nothing for it.
--   kind       split, merged, ended, moved, began;  was, became: the units that it happened to
--   on_day     the last day of what was before
--   refused_on the last day before the split, where nothing can be compared across it; none for a footnote
-- grain: one row per period, unit, was and became
-- reads: run_period, cat_unit, dim_member, dim_tree, dim_heir
CREATE OR REPLACE TABLE dim_break AS
WITH pair AS (
    SELECT p.period, p.previous, q.start_on AS previous_start, q.cut_off AS previous_cut_off, p.cut_off
    FROM run_period AS p
    JOIN run_period AS q ON q.period = p.previous
),
life AS (
    SELECT code AS unit, min(valid_from) AS began_on, max(valid_to) AS ended_on
    FROM cat_unit
    GROUP BY code
),
heir AS (
    SELECT h.*, l.ended_on AS heir_ended_on
    FROM dim_heir AS h
    JOIN life AS l ON l.unit = h.heir
),
turned AS (
    -- what became, by the cut-off, of the units of the period a year before
    SELECT r.*, m.unit AS was, n.unit AS became, m.shown_in AS was_in, s.shown_in AS became_in, h.split_on,
        CASE WHEN h.heir IS NOT NULL THEN h.ended_on WHEN l.ended_on < r.cut_off THEN l.ended_on ELSE r.previous_cut_off END AS on_day,
        CASE WHEN h.split_on IS NOT NULL THEN 'split' WHEN h.heir IS NOT NULL THEN 'merged' WHEN l.ended_on < r.cut_off THEN 'ended' ELSE 'moved' END AS kind
    FROM pair AS r
    JOIN dim_member AS m ON m.period = r.previous
    JOIN life AS l ON l.unit = m.unit AND l.began_on <= r.previous_cut_off AND l.ended_on >= r.previous_start
    LEFT JOIN heir AS h ON h.unit = m.unit AND h.ended_on < r.cut_off AND h.heir_ended_on >= r.cut_off
    LEFT JOIN life AS n ON n.unit = coalesce(h.heir, m.unit) AND n.ended_on >= r.cut_off
    LEFT JOIN dim_member AS s ON s.period = r.period AND s.unit = n.unit
    UNION ALL
    SELECT r.*, NULL, l.unit, NULL, NULL, NULL, l.began_on - 1, 'began'
    FROM pair AS r
    JOIN life AS l ON l.began_on > r.previous_start AND l.began_on <= r.cut_off
    WHERE l.unit NOT IN (SELECT heir FROM dim_heir)
),
changed AS (
    SELECT t.period, a.above AS unit, t.kind, t.on_day, t.was, t.became, t.was_in, t.became_in, t.split_on
    FROM turned AS t
    JOIN dim_tree AS a ON a.period = t.previous AND a.unit = t.was
    ANTI JOIN dim_tree AS b ON b.period = t.period AND b.unit = t.became AND b.above = a.above
    UNION
    SELECT t.period, b.above, t.kind, t.on_day, t.was, t.became, t.was_in, t.became_in, t.split_on
    FROM turned AS t
    JOIN dim_tree AS b ON b.period = t.period AND b.unit = t.became
    ANTI JOIN dim_tree AS a ON a.period = t.previous AND a.unit = t.was AND a.above = b.above
)
SELECT c.period, c.unit, c.kind, c.on_day, c.was, c.became,
    -- of a unit that merged into one that was split later, its own figures end before the split
    CASE WHEN c.unit = c.became_in OR (c.unit = c.was_in AND w.ended_on = c.split_on) THEN c.split_on END AS refused_on
FROM changed AS c
LEFT JOIN life AS w ON w.unit = c.was_in;
