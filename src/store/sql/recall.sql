-- void_clear: nothing is chosen to be taken back
-- takes:
-- gives:
-- for: cli gather watch
DELETE FROM recalling;

-- void_batch: all that a batch saw is to be taken back
-- takes: batch int
-- gives:
-- for: cli gather watch
INSERT INTO recalling (finding, feed, day, batch)
SELECT finding, feed, day, batch FROM sighting WHERE batch = $1 AND void = 0
ON CONFLICT (finding, feed, day, batch) DO NOTHING;

-- void_told: so are the findings that it had told again
-- takes: batch int, act int
-- gives:
-- for: cli gather watch
INSERT INTO recalling (finding, feed, day, batch)
SELECT c.finding, b.feed, b.day, b.id FROM batch b JOIN finding_change c ON c.batch = b.id
 WHERE b.id = $1 AND c.act = $2 AND c.undone = 0
ON CONFLICT (finding, feed, day, batch) DO NOTHING;

-- void_choose: what fits each filter that is given is to be taken back
-- takes: batch int?, feed text?, type text?, issue text?, member text?, since int, until int
-- gives:
-- for: cli
INSERT INTO recalling (finding, feed, day, batch)
SELECT s.finding, s.feed, s.day, s.batch
  FROM sighting s JOIN finding ON finding.id = s.finding
       JOIN member ON member.id = finding.member
 WHERE s.batch IN (SELECT batch.id FROM batch JOIN feed ON feed.id = batch.feed
                    WHERE ($1::bigint IS NULL OR batch.id = $1::bigint)
                      AND ($2::text IS NULL OR feed.name = $2::text)
                      AND ($3::text IS NULL OR batch.type = $3::text))
   AND s.void = 0 AND s.day >= $6 AND s.day <= $7
   AND ($4::text IS NULL OR finding.issue = $4::text)
   AND ($5::text IS NULL OR member.slug = $5::text)
ON CONFLICT (finding, feed, day, batch) DO NOTHING;

-- void_chosen: of which findings something is to be taken back, and what was seen
-- takes:
-- gives: id int, seen text
-- for: cli
SELECT id, seen FROM finding WHERE id IN (SELECT finding FROM recalling) ORDER BY id;

-- void_spare: nothing of this finding is
-- takes: finding int
-- gives:
-- for: cli
DELETE FROM recalling WHERE finding = $1;

-- void_reach: how many findings and members it is about
-- takes:
-- gives: findings int, members int
-- for: cli
SELECT count(*) AS findings, count(DISTINCT member) AS members
  FROM finding WHERE id IN (SELECT finding FROM recalling);

-- void_sightings: what was chosen counts no more
-- takes:
-- gives:
-- for: cli gather watch
UPDATE sighting SET void = 1
 WHERE (finding, feed, day, batch) IN (SELECT finding, feed, day, batch FROM recalling);

-- void_evidence: nor is its record shown
-- takes:
-- gives:
-- for: cli gather watch
DELETE FROM evidence
 WHERE finding IN (SELECT finding FROM recalling)
   AND batch IN (SELECT batch FROM recalling)
   AND NOT EXISTS (SELECT 1 FROM sighting s
                    WHERE s.finding = evidence.finding AND s.feed = evidence.feed
                      AND s.batch = evidence.batch AND s.void = 0 AND s.last >= evidence.time);

-- void_count: what is left of the findings
-- takes: ever int
-- gives:
-- for: cli gather watch
UPDATE finding
   SET sightings = (SELECT count(*) FROM (SELECT DISTINCT s.feed, s.day FROM sighting s
                                           WHERE s.finding = finding.id AND s.void = 0) AS days),
       first_seen = coalesce((SELECT CASE WHEN min(s.day) > finding.first_seen THEN min(s.day)
                                          ELSE finding.first_seen END
                                FROM sighting s WHERE s.finding = finding.id AND s.void = 0),
                             finding.first_seen),
       last_seen = coalesce((SELECT max(s.last) FROM sighting s
                              WHERE s.finding = finding.id AND s.void = 0), $1::bigint)
 WHERE id IN (SELECT finding FROM recalling);

-- void_note: the history of what void_make takes back
-- takes: at int, act int, reason text, never int
-- gives:
-- for: cli gather watch
INSERT INTO finding_change (finding, at, act, who, was, was_ended, was_since, was_until, state,
                            ended, until, reason, batch, made, undone)
SELECT id, $1::bigint, $2::bigint, '', state, ended, since, until, 8, 0, $4::bigint, $3::text,
       (SELECT max(r.batch) FROM recalling r WHERE r.finding = finding.id), '', 0
  FROM finding
 WHERE sightings = 0 AND state <> 8 AND id IN (SELECT finding FROM recalling);

-- void_make: findings of which nothing is left were never ones
-- takes: at int, never int
-- gives:
-- for: cli gather watch
UPDATE finding SET state = 8, ended = 0, since = $1, until = $2
 WHERE sightings = 0 AND state <> 8 AND id IN (SELECT finding FROM recalling);

-- void_mixed: those that are left and have other sources besides
-- takes:
-- gives: id int
-- for: cli gather watch
SELECT id FROM finding
 WHERE sightings > 0 AND sources LIKE '% %' AND id IN (SELECT finding FROM recalling);

-- demote_note: open by nothing but what is taken back, and what nothing came after: candidates
-- takes: at int, act int, reason text, never int
-- gives:
-- for: cli gather watch
INSERT INTO finding_change (finding, at, act, who, was, was_ended, was_since, was_until, state,
                            ended, until, reason, batch, made, undone)
SELECT f.id, $1::bigint, $2::bigint, '', f.state, f.ended, f.since, f.until, 0, 0, $4::bigint,
       $3::text, c.batch, '', 0
  FROM finding f JOIN finding_change c ON c.finding = f.id
 WHERE f.id IN (SELECT finding FROM recalling) AND f.sightings > 0 AND f.state = 1
   AND c.act = 0 AND c.was = 0 AND c.state = 1 AND c.undone = 0
   AND EXISTS (SELECT 1 FROM recalling r WHERE r.finding = f.id AND r.batch = c.batch)
   AND NOT EXISTS (SELECT 1 FROM sighting s
                    WHERE s.finding = f.id AND s.void = 0 AND s.batch >= c.batch)
   AND NOT EXISTS (SELECT 1 FROM finding_change x
                    WHERE x.finding = f.id AND x.id > c.id AND x.undone = 0 AND x.state <> x.was);

-- demote_make: they are candidates again
-- takes: at int, act int, never int, weak int
-- gives:
-- for: cli gather watch
UPDATE finding SET state = 0, ended = 0, since = $1, until = $3, strength = $4
 WHERE state = 1 AND id IN (SELECT finding FROM recalling)
   AND id IN (SELECT finding FROM finding_change WHERE act = $2 AND at = $1 AND undone = 0);

-- demote_undo: what had made them findings did not
-- takes:
-- gives:
-- for: cli gather watch
UPDATE finding_change SET undone = 1
 WHERE act = 0 AND was = 0 AND undone = 0
   AND (finding, batch) IN (SELECT finding, batch FROM recalling)
   AND finding IN (SELECT id FROM finding WHERE state = 0);

-- recall_add: something was taken back
-- takes: at int, sightings int
-- gives: id int
-- for: cli
INSERT INTO recall (at, sightings, findings) VALUES ($1, $2, 0)
RETURNING id;

-- recall_done: of so many findings nothing is left
-- takes: id int, findings int
-- gives:
-- for: cli
UPDATE recall SET findings = $2 WHERE id = $1;

-- recall_correct: who was told of what is none now, or of a vulnerability that nobody names, is owed a correction, once for each notice
-- takes: recall int, now int, more int
-- gives:
-- for: cli
UPDATE notice SET corrected = $1
 WHERE corrected = 0 AND due <= $2 AND finding IN (SELECT finding FROM recalling)
   AND (finding IN (SELECT id FROM finding WHERE state IN (0, 8))
        OR EXISTS (SELECT 1 FROM finding_change c
                    WHERE c.finding = notice.finding AND c.batch = notice.batch
                      AND c.act = $3 AND c.undone = 1));

-- recall_notices: how many notices do not go any more, and how many members are owed a correction
-- takes: recall int, now int
-- gives: stopped int, corrections int
-- for: cli
SELECT coalesce(sum(CASE WHEN n.state < 3 AND n.due > $2 AND finding.state IN (0, 8)
                         THEN 1 ELSE 0 END), 0) AS stopped,
       count(DISTINCT CASE WHEN n.corrected = $1 THEN n.member END) AS corrections
  FROM notice n JOIN finding ON finding.id = n.finding
 WHERE n.finding IN (SELECT finding FROM recalling);
