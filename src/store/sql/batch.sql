-- feed_id: the number of a feed, by its name
-- takes: name text
-- gives: id int
-- for: cli
SELECT id FROM feed WHERE name = $1;

-- feed_add: a feed is met for the first time
-- takes: name text
-- gives:
-- for: cli
INSERT INTO feed (name) VALUES ($1) ON CONFLICT (name) DO NOTHING;

-- batch_known: has this feed brought these bytes before (on this day, where one is given)
-- takes: feed int, sha256 blob, day int?
-- gives: id int, state int, archive text
-- for: cli
SELECT id, state, archive FROM batch
 WHERE feed = $1 AND sha256 = $2 AND ($3::bigint IS NULL OR day = $3::bigint)
 ORDER BY state DESC, id LIMIT 1;

-- batch_add: the bytes of a batch are in the archive
-- takes: feed int, type text, day int, sha256 blob, bytes int, state int, arrived int,
--   file text, archive text
-- gives:
-- for: cli
INSERT INTO batch (feed, type, day, sha256, bytes, records, hits, state, reason, arrived, file, archive)
VALUES ($1, $2, $3, $4, $5, 0, 0, $6, '', $7, $8, $9);

-- batch_state: what became of a batch
-- takes: id int, state int, reason text, records int, hits int
-- gives:
-- for: cli
UPDATE batch SET state = $2, reason = $3, records = $4, hits = $5 WHERE id = $1;

-- batch_junk_clear: nothing is counted as junk yet
-- takes: batch int
-- gives:
-- for: cli
DELETE FROM batch_junk WHERE batch = $1;

-- batch_junk_add: so many records or selectors were junk for this reason
-- takes: batch int, reason text, count int
-- gives:
-- for: cli
INSERT INTO batch_junk (batch, reason, count) VALUES ($1, $2, $3);
