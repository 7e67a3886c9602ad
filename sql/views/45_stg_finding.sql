-- The findings on submissions, which are named by what they are outside of this database.
-- grain: one row per folder, sha256 and ordinal
-- reads: raw_finding, raw_submission
CREATE OR REPLACE VIEW stg_finding AS
SELECT s.folder, s.sha256, f.ordinal, f.severity, f.code, f.sheet, f.cell, f.raw_read, f.expected, f.args
FROM raw_finding AS f
JOIN raw_submission AS s ON s.submission = f.submission;
