-- change_add: a finding's state was changed, or something was noted
-- takes: finding int, at int, act int, who text, was int, was_ended int, was_since int,
--   was_until int, state int, ended int, until int, reason text, batch int, made text
-- gives:
-- for: cli gather keys watch web
INSERT INTO finding_change (finding, at, act, who, was, was_ended, was_since, was_until, state,
                            ended, until, reason, batch, made, undone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0);

-- change_of: what became of a finding, oldest first
-- takes: finding int
-- gives: id int, at int, act int, who text, was int, was_ended int, was_since int, was_until int,
--   state int, ended int, until int, reason text, batch int, made text, undone int
-- for: cli
SELECT id, at, act, who, was, was_ended, was_since, was_until, state, ended, until, reason, batch,
       made, undone
  FROM finding_change WHERE finding = $1 ORDER BY id;

-- change_last: the last change of a finding's state that was not taken back
-- takes: finding int, note int, undo int, tell int
-- gives: id int, at int, act int, who text, was int, was_ended int, was_since int, was_until int,
--   state int, ended int, until int, reason text, batch int, made text, undone int
-- for: cli keys web
SELECT id, at, act, who, was, was_ended, was_since, was_until, state, ended, until, reason, batch,
       made, undone
  FROM finding_change
 WHERE finding = $1 AND undone = 0 AND act NOT IN ($2, $3, $4)
 ORDER BY id DESC LIMIT 1;

-- change_undone: it was taken back
-- takes: id int
-- gives:
-- for: cli gather keys watch web
UPDATE finding_change SET undone = 1 WHERE id = $1;

-- finding_life: a finding comes into a state
-- takes: id int, state int, ended int, reopened int, since int, until int
-- gives:
-- for: cli gather keys watch web
UPDATE finding SET state = $2, ended = $3, reopened = $4, since = $5, until = $6 WHERE id = $1;

-- ends_due: by which sources findings of a class are that nobody has seen since
-- takes: class int, last int
-- gives: sources text
-- for: cli gather watch
WITH RECURSIVE kinds (s) AS (
  SELECT min(sources) FROM finding WHERE class = $1 AND state IN (1, 2, 3, 4, 6)
  UNION ALL
  SELECT (SELECT min(sources) FROM finding
           WHERE class = $1 AND state IN (1, 2, 3, 4, 6) AND sources > kinds.s)
    FROM kinds WHERE kinds.s IS NOT NULL)
SELECT s AS sources FROM kinds
 WHERE s IS NOT NULL
   AND EXISTS (SELECT 1 FROM finding WHERE class = $1 AND state IN (1, 2, 3, 4, 6)
                  AND sources = kinds.s AND last_seen <= $2);

-- ends_note: the history of what ends_make ends
-- takes: class int, last int, sources text, udp int, at int, act int, ended int, reason text,
--   batch int, never int
-- gives:
-- for: cli gather watch
INSERT INTO finding_change (finding, at, act, who, was, was_ended, was_since, was_until, state,
                            ended, until, reason, batch, made, undone)
SELECT id, $5::bigint, $6::bigint, '', state, ended, since, until, 7, $7::bigint, $10::bigint, $8::text,
       $9::bigint, '', 0
  FROM finding
 WHERE class = $1 AND last_seen <= $2 AND state IN (1, 2, 3, 4, 6) AND sources = $3
   AND (seen LIKE '% udp/%') = ($4::bigint <> 0)
   AND asset NOT IN (SELECT asset FROM coverage WHERE until < $10::bigint)
   AND issue NOT IN (SELECT issue FROM vanished);

-- ends_make: what nobody has seen since is over; not where nobody looks, nor what vanished
-- takes: class int, last int, sources text, udp int, at int, ended int, never int
-- gives:
-- for: cli gather watch
UPDATE finding SET state = 7, ended = $6, since = $5, until = $7::bigint
 WHERE class = $1 AND last_seen <= $2 AND state IN (1, 2, 3, 4, 6) AND sources = $3
   AND (seen LIKE '% udp/%') = ($4::bigint <> 0)
   AND asset NOT IN (SELECT asset FROM coverage WHERE until < $7::bigint)
   AND issue NOT IN (SELECT issue FROM vanished);

-- ends_uncovered: of those, the ones whose publisher stopped to look at some time
-- takes: class int, last int, never int
-- gives: id int, sources text, udp int, last_seen int, asset int, state int, ended int,
--   reopened int, since int, until int
-- for: cli gather watch
SELECT id, sources, CASE WHEN seen LIKE '% udp/%' THEN 1 ELSE 0 END AS udp, last_seen, asset, state,
       ended, reopened, since, until
  FROM finding
 WHERE class = $1 AND last_seen <= $2 AND state IN (1, 2, 3, 4, 6)
   AND asset IN (SELECT asset FROM coverage WHERE until < $3::bigint);

-- vanished_clear: nothing is known to have vanished
-- takes:
-- gives:
-- for: cli gather watch
DELETE FROM vanished;

-- vanished_find: issues of a class that nobody has seen since, where many fell silent at once
-- takes: class int, since int, within int, findings int, members int
-- gives:
-- for: cli gather watch
INSERT INTO vanished (issue)
SELECT f.issue
  FROM finding f
  JOIN (SELECT issue, max(last_seen) AS newest FROM finding
         WHERE class = $1 AND state IN (1, 2, 3, 4, 6) GROUP BY issue
        HAVING max(last_seen) <= $2) AS silent ON silent.issue = f.issue
 WHERE f.class = $1 AND f.state IN (1, 2, 3, 4, 6) AND f.last_seen >= silent.newest - $3
 GROUP BY f.issue
HAVING count(*) >= $4 AND count(DISTINCT f.member) >= $5;

-- accepted_note: the history of what accepted_open opens
-- takes: now int, act int, reason text, never int
-- gives:
-- for: cli gather watch
INSERT INTO finding_change (finding, at, act, who, was, was_ended, was_since, was_until, state,
                            ended, until, reason, batch, made, undone)
SELECT id, $1::bigint, $2::bigint, '', state, ended, since, until, 1, 0, $4::bigint, $3::text, 0, '', 0
  FROM finding WHERE state = 6 AND until <= $1::bigint;

-- accepted_open: what was accepted until now is open again
-- takes: now int, never int
-- gives:
-- for: cli gather watch
UPDATE finding SET state = 1, ended = 0, since = $1, until = $2 WHERE state = 6 AND until <= $1;

-- heard_put: the publisher has spoken of this day
-- takes: feed int, type text, day int, came int, proves int
-- gives:
-- for: cli gather watch
INSERT INTO heard (feed, type, day, came, proves) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (feed, type, day) DO UPDATE SET came = excluded.came, proves = excluded.proves;

-- heard_forget: its word on this day was wrong
-- takes: feed int, type text, day int
-- gives:
-- for: cli
DELETE FROM heard WHERE feed = $1 AND type = $2 AND day = $3;

-- heard_days: on which days a publisher spoke, newest first
-- takes: name text, type text, most int
-- gives: day int, came int, proves int
-- for: cli gather watch
SELECT heard.day, heard.came, heard.proves FROM heard JOIN feed ON feed.id = heard.feed
 WHERE feed.name = $1 AND heard.type = $2 ORDER BY heard.day DESC LIMIT $3;

-- report_same: an earlier issue of the same report
-- takes: feed int, type text, day int, file text, done int, id int
-- gives: id int
-- for: cli gather watch
SELECT id FROM batch
 WHERE feed = $1 AND type = $2 AND day = $3 AND file = $4 AND state = $5 AND id <> $6;

-- sources_of: which feeds and types have seen a finding, and count
-- takes: finding int
-- gives: feed text, type text
-- for: cli gather watch
SELECT DISTINCT feed.name AS feed, batch.type
  FROM sighting JOIN batch ON batch.id = sighting.batch JOIN feed ON feed.id = sighting.feed
 WHERE sighting.finding = $1 AND sighting.void = 0;

-- sources_put: they are these now
-- takes: id int, sources text
-- gives:
-- for: cli gather watch
UPDATE finding SET sources = $2 WHERE id = $1;

-- held_things: what a member is found with and not over, to ask whether it is still theirs
-- takes: after int, most int
-- gives: id int, member int, seen text, class int, asset int, state int, ended int, reopened int,
--   since int, until int
-- for: cli keys web
SELECT id, member, seen, class, asset, state, ended, reopened, since, until FROM finding
 WHERE state < 7 AND id > $1 ORDER BY id LIMIT $2;

-- roster_ended: what the roster ended at this time, and is over by that still
-- takes: ended int, at int
-- gives: id int, member int, seen text, class int, asset int, state int, ended int, reopened int,
--   since int, until int, change int, was int, was_ended int, was_since int, was_until int
-- for: cli keys web
SELECT f.id, f.member, f.seen, f.class, f.asset, f.state, f.ended, f.reopened, f.since, f.until,
       c.id AS change, c.was, c.was_ended, c.was_since, c.was_until
  FROM finding f JOIN finding_change c ON c.finding = f.id
 WHERE f.state = 7 AND f.ended = $1 AND f.since = $2
   AND c.act = 3 AND c.at = $2 AND c.undone = 0 AND c.ended = $1
 ORDER BY f.id;

-- finding_asset: it is held by this asset now
-- takes: id int, asset int
-- gives:
-- for: cli keys web
UPDATE finding SET asset = $2 WHERE id = $1;

-- suppress_add: a false alarm was confirmed
-- takes: member int, issue text, seen text, print text, until int, made int, who text, reason text
-- gives: id int
-- for: cli keys web
INSERT INTO suppress (member, issue, seen, print, until, made, who, reason, removed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
RETURNING id;

-- suppress_all: what is suppressed, newest first; all: also what is over
-- takes: now int, all int
-- gives: id int, member int, slug text, issue text, seen text, print text, until int, made int,
--   who text, reason text, removed int
-- for: cli gather watch
SELECT suppress.id, suppress.member, member.slug, suppress.issue, suppress.seen, suppress.print,
       suppress.until, suppress.made, suppress.who, suppress.reason, suppress.removed
  FROM suppress JOIN member ON member.id = suppress.member
 WHERE $2::bigint <> 0 OR (suppress.removed = 0 AND suppress.until > $1::bigint)
 ORDER BY suppress.id DESC;

-- suppress_remove: it is suppressed no more
-- takes: id int, now int
-- gives:
-- for: cli keys web
UPDATE suppress SET removed = $2 WHERE id = $1 AND removed = 0;

-- coverage_put: a publisher looks at this asset for us, from and until
-- takes: feed int, asset int, since int, until int
-- gives:
-- for: cli
INSERT INTO coverage (feed, asset, since, until) VALUES ($1, $2, $3, $4)
ON CONFLICT (feed, asset) DO UPDATE SET since = excluded.since, until = excluded.until;

-- coverage_all: what a publisher is known to look at
-- takes: name text
-- gives: asset int, since int, until int
-- for: cli gather watch
SELECT coverage.asset, coverage.since, coverage.until
  FROM coverage JOIN feed ON feed.id = coverage.feed
 WHERE feed.name = $1 ORDER BY coverage.asset;

-- coverage_until: until when a publisher looks at an asset
-- takes: name text, asset int
-- gives: until int
-- for: cli gather watch
SELECT coverage.until FROM coverage JOIN feed ON feed.id = coverage.feed
 WHERE feed.name = $1 AND coverage.asset = $2;

-- heard_last: when a publisher was heard last, of anything
-- takes: name text
-- gives: came int
-- for: cli gather watch
SELECT heard.came FROM heard JOIN feed ON feed.id = heard.feed
 WHERE feed.name = $1 ORDER BY heard.came DESC LIMIT 1;

-- coverage_ended: is there an asset that a publisher stopped to look at
-- takes: never int
-- gives: asset int
-- for: cli gather watch
SELECT asset FROM coverage WHERE until < $1 LIMIT 1;
