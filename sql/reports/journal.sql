-- What staff decided, in order.
-- grain: one row per act
-- reads: raw_act
SELECT
    seq, done_at, act, coalesce(period, '') AS period, coalesce(unit, '') AS unit, coalesce(form, '') AS form, coalesce(sha256, '') AS sha256,
    by_whom, reason
FROM raw_act
ORDER BY seq;
