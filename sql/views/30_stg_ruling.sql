-- What a submission's unit is told of the act that its verdict rests on, unworded.
-- grain: one row per folder and sha256
-- reads: stg_standing, raw_act
CREATE OR REPLACE VIEW stg_ruling AS
SELECT
    s.folder, s.sha256,
    CASE a.act WHEN 'withdraw' THEN 'withdrawn' WHEN 'accept' THEN 'accepted_despite' ELSE 'period_closed' END AS code,
    to_json([
        {'name': 'day', 'value': a.done_on::VARCHAR},
        {'name': 'by', 'value': a.by_whom},
        {'name': 'reason', 'value': coalesce(nullif(a.reason, ''), '–')},
        {'name': 'period', 'value': coalesce(a.period, '')}
    ])::VARCHAR AS args
FROM stg_standing AS s
JOIN raw_act AS a ON a.seq = s.act_seq;
