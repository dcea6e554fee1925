-- feed_id: the number of a feed, by its name
-- takes: name text
-- gives: id int
-- for: cli gather watch
SELECT id FROM feed WHERE name = $1;

-- feed_add: a feed is met for the first time
-- takes: name text
-- gives:
-- for: cli gather watch
INSERT INTO feed (name) VALUES ($1) ON CONFLICT (name) DO NOTHING;

-- batch_known: has this feed brought these bytes before (on this day, where one is given; with `let_go` also what an officer released of another)
-- takes: feed int, sha256 blob, day int?, let_go int
-- gives: id int, state int, day int, arrived int, archive text
-- for: cli gather watch
SELECT id, state, day, arrived, archive FROM batch
 WHERE feed = $1 AND sha256 = $2
   AND ($3::bigint IS NULL OR day = $3::bigint OR ($4::bigint <> 0 AND state = 6))
 ORDER BY CASE WHEN state = 2 THEN 0 WHEN state = 6 THEN 1 ELSE 2 END, id LIMIT 1;

-- batch_add: the bytes of a batch are in the archive
-- takes: feed int, type text, day int, sha256 blob, bytes int, state int, arrived int,
--   file text, archive text
-- gives: id int
-- for: cli gather watch
INSERT INTO batch (feed, type, day, sha256, bytes, records, hits, state, reason, arrived, file, archive)
VALUES ($1, $2, $3, $4, $5, 0, 0, $6, '', $7, $8, $9)
RETURNING id;

-- batch_state: what became of a batch
-- takes: id int, state int, reason text, records int, hits int
-- gives:
-- for: cli gather watch
UPDATE batch SET state = $2, reason = $3, records = $4, hits = $5 WHERE id = $1;

-- batch_junk_clear: nothing is counted as junk yet
-- takes: batch int
-- gives:
-- for: cli gather watch
DELETE FROM batch_junk WHERE batch = $1;

-- batch_junk_add: so many records or selectors were junk for this reason
-- takes: batch int, reason text, count int
-- gives:
-- for: cli gather watch
INSERT INTO batch_junk (batch, reason, count) VALUES ($1, $2, $3);

-- batch_list: batches, newest first, where each filter that is given holds
-- takes: feed text?, state int?, id int?
-- gives: id int, feed int, name text, type text, day int, arrived int, file text, archive text,
--   bytes int, state int, reason text, records int, hits int
-- for: cli
SELECT batch.id, batch.feed, feed.name, batch.type, batch.day, batch.arrived, batch.file,
       batch.archive, batch.bytes, batch.state, batch.reason, batch.records, batch.hits
  FROM batch JOIN feed ON feed.id = batch.feed
 WHERE ($1::text IS NULL OR feed.name = $1::text)
   AND ($2::bigint IS NULL OR batch.state = $2::bigint)
   AND ($3::bigint IS NULL OR batch.id = $3::bigint)
 ORDER BY batch.id DESC;

-- batch_become: an officer, or the publisher, decided about it
-- takes: id int, state int, reason text
-- gives:
-- for: cli gather watch
UPDATE batch SET state = $2, reason = $3 WHERE id = $1;

-- batch_more: what else is known of a batch: findings that it saw, of them those that it saw first, and words of it that were taken back
-- takes: id int
-- gives: sha256 blob, findings int, opened int, voided int, fault int
-- for: cli
SELECT batch.sha256,
       (SELECT count(DISTINCT finding) FROM sighting WHERE sighting.batch = $1 AND void = 0) AS findings,
       (SELECT count(DISTINCT s.finding) FROM sighting s WHERE s.batch = $1 AND s.void = 0
           AND NOT EXISTS (SELECT 1 FROM sighting o WHERE o.finding = s.finding AND o.batch < $1)) AS opened,
       (SELECT count(*) FROM sighting WHERE sighting.batch = $1 AND void <> 0) AS voided,
       coalesce((SELECT fault FROM archive_file WHERE path = batch.archive), 0) AS fault
  FROM batch WHERE id = $1;

-- batch_junk_of: what could not be read of it, and how often
-- takes: batch int
-- gives: reason text, count int
-- for: cli
SELECT reason, count FROM batch_junk WHERE batch = $1 ORDER BY reason;
