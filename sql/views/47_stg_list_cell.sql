-- What stands in the rows of the lists of submissions, which are named by what they are outside of this database.
-- grain: one row per folder, sha256, list, row and field
-- reads: raw_list_cell, raw_submission
CREATE OR REPLACE VIEW stg_list_cell AS
SELECT s.folder, s.sha256, c.* EXCLUDE (submission)
FROM raw_list_cell AS c
JOIN raw_submission AS s ON s.submission = c.submission;
