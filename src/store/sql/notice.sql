-- notice_marks: up to where all is planned, and the newest of each thing
-- takes:
-- gives: finding int, change int, newest_finding int, newest_change int, feed int, member int,
--   asset int
-- for: cli gather watch web
SELECT finding, change, coalesce((SELECT max(id) FROM finding), 0) AS newest_finding,
       coalesce((SELECT max(id) FROM finding_change), 0) AS newest_change,
       coalesce((SELECT max(id) FROM feed), 0) AS feed,
       coalesce((SELECT max(id) FROM member), 0) AS member,
       coalesce((SELECT max(id) FROM asset), 0) AS asset
  FROM notice_mark WHERE id = 1;

-- notice_marked: all is planned up to here
-- takes: finding int, change int
-- gives:
-- for: cli gather watch web
UPDATE notice_mark SET finding = $1, change = $2 WHERE id = 1;

-- watched_put: what has a number up to this one, and is not known yet, is watched since now
-- takes: kind int, last int, since int
-- gives:
-- for: cli gather watch web
INSERT INTO watched (kind, last, since)
SELECT $1::bigint, $2::bigint, $3::bigint
 WHERE $2::bigint > coalesce((SELECT max(last) FROM watched WHERE kind = $1::bigint), 0);

-- watched_since: since when the thing of this number is watched
-- takes: kind int, thing int
-- gives: since int
-- for: cli gather watch web
SELECT since FROM watched WHERE kind = $1 AND last >= $2 ORDER BY last LIMIT 1;

-- watched_all: since when things are watched, in the order of their numbers
-- takes: kind int
-- gives: last int, since int
-- for: cli gather watch web
SELECT last, since FROM watched WHERE kind = $1 ORDER BY last;

-- notice_new: findings that came since, and may be told
-- takes: after int
-- gives: id int, member int, issue text, class int, severity int, strength int, state int,
--   last_seen int, held text, asset int, care text, act int, was int, said int
-- for: cli gather watch web
SELECT finding.id, finding.member, finding.issue, finding.class, finding.severity,
       finding.strength, finding.state, finding.last_seen, finding.held, finding.asset,
       coalesce(asset.care, '') AS care, 0 AS act, 0 AS was, 2 AS said
  FROM finding LEFT JOIN asset ON asset.id = finding.asset
 WHERE finding.id > $1 AND finding.state IN (1, 2);

-- notice_changed: earlier findings that changed since, and how urgently that was said (2: not)
-- takes: finding int, change int, note int, tell int
-- gives: id int, member int, issue text, class int, severity int, strength int, state int,
--   last_seen int, held text, asset int, care text, act int, was int, said int
-- for: cli gather watch web
SELECT finding.id, finding.member, finding.issue, finding.class, finding.severity,
       finding.strength, finding.state, finding.last_seen, finding.held, finding.asset,
       coalesce(asset.care, '') AS care, c.act, c.was,
       coalesce((SELECT min(n.urgency) FROM notice n
                  WHERE n.finding = finding.id AND n.state <> 4 AND n.made >= finding.since), 2) AS said
  FROM finding_change c JOIN finding ON finding.id = c.finding
       LEFT JOIN asset ON asset.id = finding.asset
 WHERE c.id > $2 AND c.act NOT IN ($3, $4) AND c.finding <= $1 AND finding.state IN (1, 2)
   AND c.id = (SELECT max(x.id) FROM finding_change x
                WHERE x.finding = c.finding AND x.act NOT IN ($3, $4));

-- notice_void: what changed since and is not to be told any more, or is told anew, is taken out
-- takes: change int, now int, never int
-- gives:
-- for: cli gather watch web
UPDATE notice
   SET state = 4, due = CASE WHEN due > $2::bigint THEN $3::bigint ELSE due END
 WHERE state < 3 AND finding IN (SELECT c.finding FROM finding_change c WHERE c.id > $1)
   AND EXISTS (SELECT 1 FROM finding
                WHERE finding.id = notice.finding
                  AND (finding.state NOT IN (1, 2)
                       OR (notice.made < finding.since AND notice.due > $2::bigint)));

-- notice_drop: what was planned of a finding is taken out
-- takes: finding int, now int, never int
-- gives:
-- for: cli gather watch web
UPDATE notice
   SET state = 4, due = CASE WHEN due > $2::bigint THEN $3::bigint ELSE due END
 WHERE finding = $1 AND state < 3;

-- notice_unsay: what was planned of a finding for the news of one batch is taken out
-- takes: finding int, batch int, now int, never int
-- gives:
-- for: cli gather watch
UPDATE notice SET state = 4, due = $4
 WHERE finding = $1 AND batch = $2 AND state < 3 AND due > $3;

-- notice_add: this is to be told
-- takes: finding int, member int, issue text, urgency int, why int, timing int, due int,
--   batch int, made int
-- gives:
-- for: cli gather watch web
INSERT INTO notice (finding, member, issue, urgency, why, timing, due, breaker, batch, made, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, 0);

-- notice_rising: issues that would tell members at once who have not got their time yet
-- takes: never int
-- gives: issue text
-- for: cli gather watch web
SELECT DISTINCT issue FROM notice WHERE urgency = 0 AND state = 0 AND due = $1;

-- notice_reach: how many members an issue tells at once since then, gone or not
-- takes: issue text, since int
-- gives: members int
-- for: cli gather watch web
SELECT count(DISTINCT member) AS members FROM notice
 WHERE urgency = 0 AND issue = $1 AND made > $2 AND state < 3;

-- notice_usual: the most members that it told at once on one day
-- takes: issue text, since int, until int, day int, never int
-- gives: members int
-- for: cli gather watch web
SELECT coalesce(max(members), 0) AS members
  FROM (SELECT count(DISTINCT member) AS members FROM notice
         WHERE urgency = 0 AND issue = $1 AND made > $2 AND made <= $3::bigint AND due < $5
           AND state <> 3
         GROUP BY ($3::bigint - made) / $4) AS days;

-- member_count: how many members there are at this time
-- takes: now int
-- gives: count int
-- for: cli gather watch web
SELECT count(*) AS count FROM member WHERE since <= $1 AND until > $1;

-- notice_hold: what an issue would tell at once and has not told yet waits for an officer
-- takes: issue text, breaker int, now int, timing int, never int
-- gives:
-- for: cli gather watch web
UPDATE notice SET state = 1, breaker = $2, timing = $4, due = $5
 WHERE urgency = 0 AND issue = $1 AND state = 0 AND due > $3;

-- notice_let: what a breaker held is released, or discarded
-- takes: breaker int, state int
-- gives:
-- for: cli
UPDATE notice SET state = $2 WHERE breaker = $1 AND breaker > 0 AND state = 1;

-- notice_undated: members to be told at once, without a time yet, and when their last goes or went
-- takes: never int, ever int
-- gives: member int, last int
-- for: cli gather watch web
SELECT n.member,
       coalesce((SELECT max(x.due) FROM notice x
                  WHERE x.urgency = 0 AND x.member = n.member AND x.due < $1 AND x.state <> 3),
                $2::bigint) AS last
  FROM notice n
 WHERE n.urgency = 0 AND n.state IN (0, 2) AND n.due = $1
 GROUP BY n.member;

-- notice_date: a member's message at once goes then
-- takes: member int, due int, timing int, never int
-- gives:
-- for: cli gather watch web
UPDATE notice SET due = $2, timing = $3
 WHERE urgency = 0 AND member = $1 AND due = $4 AND state IN (0, 2);

-- notice_list: what is to be told, in the order in which it goes; all: also what was taken out
-- takes: member text?, all int
-- gives: id int, finding int, member int, issue text, urgency int, why int, timing int, due int,
--   breaker int, batch int, made int, state int, slug text, public int, seen text, severity int,
--   broke int, members int, everybody int, usual int, corrected int
-- for: cli
SELECT notice.id, notice.finding, notice.member, notice.issue, notice.urgency, notice.why,
       notice.timing, notice.due, notice.breaker, notice.batch, notice.made,
       CASE WHEN notice.state < 3 AND finding.state NOT IN (1, 2) THEN 4 ELSE notice.state END AS state,
       member.slug, finding.public, finding.seen, finding.severity,
       coalesce(breaker.why, 0) AS broke, coalesce(breaker.members, 0) AS members,
       coalesce(breaker.everybody, 0) AS everybody, coalesce(breaker.usual, 0) AS usual,
       notice.corrected
  FROM notice JOIN finding ON finding.id = notice.finding
       JOIN member ON member.id = notice.member
       LEFT JOIN breaker ON breaker.id = notice.breaker
 WHERE ($1::text IS NULL OR member.slug = $1::text)
   AND ($2::bigint <> 0
        OR (notice.state < 3 AND notice.message = 0 AND finding.state IN (1, 2)))
 ORDER BY notice.due, member.slug, notice.urgency, notice.issue, finding.seen, notice.id;

-- breaker_add: an issue is held
-- takes: issue text, at int, members int, everybody int, usual int, why int
-- gives: id int
-- for: cli gather watch web
INSERT INTO breaker (issue, at, members, everybody, usual, why, state, decided, who, reason)
VALUES ($1, $2, $3, $4, $5, $6, 0, 0, '', '')
RETURNING id;

-- breaker_last: the last time that an issue was held
-- takes: issue text
-- gives: id int, issue text, at int, members int, everybody int, usual int, why int, state int,
--   decided int, who text, reason text
-- for: cli gather watch web
SELECT id, issue, at, members, everybody, usual, why, state, decided, who, reason
  FROM breaker WHERE issue = $1 ORDER BY id DESC LIMIT 1;

-- breaker_reach: it holds more members by now
-- takes: id int, members int
-- gives:
-- for: cli gather watch web
UPDATE breaker SET members = $2 WHERE id = $1;

-- breaker_decide: an officer released or discarded what it held
-- takes: id int, state int, decided int, who text, reason text
-- gives:
-- for: cli
UPDATE breaker SET state = $2, decided = $3, who = $4, reason = $5 WHERE id = $1;
