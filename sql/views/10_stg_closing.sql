-- The periods that are closed, with the act that closed them.
-- grain: one row per closed period
-- reads: raw_act, cat_period
CREATE OR REPLACE VIEW stg_closing AS
SELECT a.period, p.first_month, p.last_month, a.seq, a.done_on, a.by_whom
FROM raw_act AS a
JOIN cat_period AS p ON p.period = a.period
WHERE a.act IN ('close', 'reopen')
QUALIFY a.act = 'close' AND row_number() OVER (PARTITION BY a.period ORDER BY a.seq DESC) = 1;
