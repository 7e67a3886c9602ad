-- The reports that a unit does not owe, by decision of staff.
-- grain: one row per unit, form and period
-- reads: raw_act
CREATE OR REPLACE VIEW stg_exemption AS
SELECT unit, form, period, done_at, by_whom, reason
FROM raw_act
WHERE act IN ('exempt', 'lift')
QUALIFY act = 'exempt' AND row_number() OVER (PARTITION BY unit, form, period ORDER BY seq DESC) = 1;
