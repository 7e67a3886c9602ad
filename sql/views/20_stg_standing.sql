-- Submissions with what staff decided about them. Of withdraw and accept the last one counts. Held is what would count and was
-- taken after a period around its own was closed: by the order of the journal, never by clocks.
-- grain: one row per folder and sha256
-- reads: raw_submission, raw_act, stg_closing, cat_period
CREATE OR REPLACE VIEW stg_standing AS
WITH decision AS (
    SELECT folder, sha256, act, seq
    FROM raw_act
    WHERE act IN ('withdraw', 'accept')
    QUALIFY row_number() OVER (PARTITION BY folder, sha256 ORDER BY seq DESC) = 1
),
barred AS (
    SELECT s.folder, s.sha256, min(c.seq) AS seq
    FROM raw_submission AS s
    JOIN cat_period AS p ON p.period = s.period
    JOIN stg_closing AS c ON c.seq <= s.acts AND c.first_month <= p.first_month AND c.last_month >= p.last_month
    GROUP BY ALL
)
SELECT
    s.submission, s.folder, s.sha256, s.file, s.size, s.mtime, s.first_seen, s.received_on, s.unit, s.form, s.period, s.errors, s.warnings,
    s.verdict AS judged,
    CASE
        WHEN d.act = 'withdraw' THEN 'withdrawn'
        WHEN s.verdict <> 'accepted' AND d.act IS DISTINCT FROM 'accept' THEN s.verdict
        WHEN b.seq IS NOT NULL THEN 'held'
        ELSE 'accepted'
    END AS verdict, -- accepted, refused, held, attachment, withdrawn
    CASE
        WHEN d.act = 'withdraw' OR (d.act = 'accept' AND s.verdict = 'refused') THEN d.seq
        WHEN s.verdict = 'accepted' THEN b.seq
    END AS act_seq -- of the act that the verdict rests on
FROM raw_submission AS s
LEFT JOIN decision AS d ON d.folder = s.folder AND d.sha256 = s.sha256
LEFT JOIN barred AS b ON b.folder = s.folder AND b.sha256 = s.sha256;
