-- past_as_they_came: batches whose word counted when they came, oldest first
-- takes: since int, most int
-- gives: id int, feed int, name text, type text, day int, sha256 blob, bytes int, arrived int, file text,
--   archive text, fault int
-- for: cli
SELECT batch.id, batch.feed, feed.name, batch.type, batch.day, batch.sha256, batch.bytes, batch.arrived,
       batch.file, batch.archive, f.fault
  FROM batch JOIN feed ON feed.id = batch.feed LEFT JOIN archive_file f ON f.path = batch.archive
 WHERE batch.arrived >= $1 AND batch.state IN (2, 4)
 ORDER BY batch.arrived, batch.id LIMIT $2;

-- past_newest: batches whose word counts, of this feed, that came since, before a place: newest day first
-- takes: feed text?, since int, day int, batch int, most int
-- gives: id int, feed int, name text, type text, day int, sha256 blob, bytes int, arrived int, file text,
--   archive text, fault int
-- for: cli watch
SELECT batch.id, batch.feed, feed.name, batch.type, batch.day, batch.sha256, batch.bytes, batch.arrived,
       batch.file, batch.archive, f.fault
  FROM batch JOIN feed ON feed.id = batch.feed LEFT JOIN archive_file f ON f.path = batch.archive
 WHERE batch.state = 2 AND batch.arrived >= $2 AND ($1::text IS NULL OR feed.name = $1::text)
   AND (batch.day, batch.id) < ($3, $4)
 ORDER BY batch.day DESC, batch.id DESC LIMIT $5;

-- past_count: how many those are
-- takes: feed text?, since int, day int, batch int
-- gives: count int
-- for: cli watch
SELECT count(*) AS count FROM batch JOIN feed ON feed.id = batch.feed
 WHERE batch.state = 2 AND batch.arrived >= $2 AND ($1::text IS NULL OR feed.name = $1::text)
   AND (batch.day, batch.id) < ($3, $4);

-- past_feeds: of each feed the day of its first batch that can be read again, and how many that counted cannot
-- takes:
-- gives: id int, name text, first int, gone int
-- for: cli
SELECT feed.id, feed.name,
       min(CASE WHEN batch.archive <> '' AND coalesce(f.fault, 0) = 0 THEN batch.day END) AS first,
       sum(CASE WHEN batch.archive = '' OR coalesce(f.fault, 0) <> 0 THEN 1 ELSE 0 END) AS gone
  FROM batch JOIN feed ON feed.id = batch.feed LEFT JOIN archive_file f ON f.path = batch.archive
 WHERE batch.state = 2 GROUP BY feed.id, feed.name ORDER BY feed.name;

-- past_reading: a batch that is being read, where it came after this moment; 0: none
-- takes: since int
-- gives: id int
-- for: cli watch
SELECT coalesce(max(id), 0) AS id FROM batch WHERE state = 0 AND arrived >= $1;
