-- A month multiplied into a year. {stride} is the highest number of an item of the month, {copies}
-- how many there are of it in all. Number n of a copy is added as n * {stride}, so that rows find
-- each other; the higher an item's number, the later it came, over 365 days until now.

CREATE FUNCTION pg_temp.moment(item bigint) RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT now() - 365 * interval '1 day' * (1 - item::float8 / ({stride} * {copies})) $$;

CREATE FUNCTION pg_temp.chance(number bigint, which bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashint8extended(number, which) & 1048575) / 1048576.0::float8 $$;

-- No two texts are the same.
CREATE FUNCTION pg_temp.ending(item bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT (ARRAY['今天', '昨天', '本周', '周末', '月底', '上午', '下午', '晚上', '刚刚', '稍后',
                 '老地方', '新地方'])[1 + item % 12] || (item % 99991)::text $$;

-- As `bigrams` of the intake numbers them.
CREATE FUNCTION pg_temp.pairs(words text) RETURNS integer[] LANGUAGE sql IMMUTABLE AS
$$ SELECT array_agg((ascii(substr(words, n, 1)) << 16) # ascii(substr(words, n + 1, 1)))
   FROM generate_series(1, length(words) - 1) n $$;

-- In each fifth copy items that say the same share an alert, as they did in the month; in the others
-- each has its own, for a year says more than a month.
CREATE TEMP TABLE raised AS
SELECT alert_id AS old, CASE WHEN n % 5 = 0 THEN alert_id ELSE item_id END + n * {stride} AS alert,
       item_id + n * {stride} AS item, id + n * {stride} AS occurrence
FROM generate_series(1, {copies} - 1) n, alerts_occurrence;

INSERT INTO intake_item ({item_columns})
SELECT {item_values}
FROM generate_series(1, {copies} - 1) n,
     LATERAL (SELECT * FROM intake_item WHERE id <= {stride} + 0 * n ORDER BY id) old;

INSERT INTO alerts_alert ({alert_columns})
SELECT {alert_values}
FROM (SELECT old, alert, min(item) AS item, count(*) AS count FROM raised GROUP BY 1, 2) new
JOIN alerts_alert old ON old.id = new.old
JOIN intake_item item ON item.id = new.item
ORDER BY new.alert;

INSERT INTO alerts_occurrence (id, purpose, alert_id, item_id)
SELECT occurrence, purpose, alert, item FROM raised JOIN alerts_alert a ON a.id = old ORDER BY 1;

INSERT INTO trials_firing (purpose, alert_id, feature)
SELECT f.purpose, new.alert, f.feature
FROM (SELECT DISTINCT old, alert FROM raised) new JOIN trials_firing f ON f.alert_id = new.old;

UPDATE intake_item SET made_at = pg_temp.moment(id) WHERE id <= {stride};
UPDATE alerts_alert SET made_at = pg_temp.moment(item_id) WHERE id <= {stride};

-- Of the last thirty days most are open, of those before few.
CREATE TEMP TABLE decided AS
SELECT id, purpose, made_at + pg_temp.chance(id, 2) * interval '3 days' AS at,
       CASE WHEN chance < 0.55 THEN 'confirmed' WHEN chance < 0.92 THEN 'rejected' ELSE 'unsure' END
           AS state,
       (SELECT array_agg(id ORDER BY id) FROM institution_user WHERE role = 'analyst')
           [1 + id % 4] AS by
FROM (SELECT id, purpose, made_at, pg_temp.chance(id, 1) AS chance,
             pg_temp.chance(id, 3) < CASE WHEN made_at > now() - interval '30 days' THEN 0.6
                                          ELSE 0.06 END AS open
      FROM alerts_alert) every
WHERE NOT open;

UPDATE alerts_alert a
SET state = d.state, decided_at = least(at, now()), decided_by_id = d.by, version = 1,
    reason = CASE d.state WHEN 'rejected' THEN '合法广告' ELSE '' END
FROM decided d WHERE d.id = a.id;

INSERT INTO alerts_decision
    (purpose, alert_id, deed, before, reason_before, after, reason, by_id, at)
SELECT purpose, id, 'decide', 'open', '', state, reason, decided_by_id, decided_at
FROM alerts_alert WHERE decided_at IS NOT NULL ORDER BY decided_at;

UPDATE alerts_alert a
SET assigned_to_id = (SELECT u.id FROM institution_user u WHERE username = 'analyst' || a.id % 4),
    snoozed_until = CASE WHEN pg_temp.chance(id, 4) < 0.1 THEN now() + interval '3 days' END
WHERE state IN ('open', 'unsure') AND pg_temp.chance(id, 5) < 0.3;

INSERT INTO alerts_sketch (purpose, alert_id, band)
SELECT a.purpose, a.id, s.band
FROM (SELECT DISTINCT alert, old FROM raised UNION SELECT alert, alert FROM month_sketch) new
JOIN alerts_alert a ON a.id = new.alert
JOIN month_sketch s ON s.alert = new.old
WHERE a.state IN ('confirmed', 'rejected');

INSERT INTO dashboard_sighting
    (alert_id, purpose, queue, activity, platform, made_at, told, published_at)
SELECT a.id, a.purpose, a.queue, a.activity, a.platform, a.made_at, s.told,
       a.made_at - pg_temp.chance(a.id, 6) * interval '36 hours'
FROM (SELECT DISTINCT alert, old FROM raised) new
JOIN alerts_alert a ON a.id = new.alert
JOIN dashboard_sighting s ON s.alert_id = new.old;

UPDATE dashboard_sighting s SET made_at = a.made_at,
    published_at = a.made_at - pg_temp.chance(a.id, 6) * interval '36 hours'
FROM alerts_alert a WHERE a.id = s.alert_id AND a.id <= {stride};

SELECT setval(pg_get_serial_sequence(name, 'id'), {stride} * {copies})
FROM unnest(ARRAY['intake_item', 'alerts_alert', 'alerts_occurrence']) name;
