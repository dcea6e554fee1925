-- feed_state_of: how far the fetching of a feed is
-- takes: name text
-- gives: etag text, modified text, upto int, tried int, good int, next int, failures int,
--   reason text, failed int
-- for: cli clock gather metrics
SELECT s.etag, s.modified, s.upto, s.tried, s.good, s.next, s.failures, s.reason, s.failed
  FROM feed_state s JOIN feed f ON f.id = s.feed WHERE f.name = $1;

-- feed_state_put: it is so far now
-- takes: feed int, etag text, modified text, upto int, tried int, good int, next int,
--   failures int, reason text, failed int
-- gives:
-- for: cli gather
INSERT INTO feed_state (feed, etag, modified, upto, tried, good, next, failures, reason, failed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (feed) DO UPDATE SET etag = excluded.etag, modified = excluded.modified,
  upto = excluded.upto, tried = excluded.tried, good = excluded.good, next = excluded.next,
  failures = excluded.failures, reason = excluded.reason, failed = excluded.failed;

-- store_made: when the store was
-- takes:
-- gives: made int
-- for: cli clock gather metrics
SELECT coalesce(min(applied), 0) AS made FROM schema_version;

-- host_take: a host is this worker's to ask, where it is free and nobody's who lives
-- takes: name text, worker text, now int, most int
-- gives:
-- for: cli gather
INSERT INTO publisher_host AS h (name, free, worker) VALUES ($1, 0, $2)
ON CONFLICT (name) DO UPDATE SET worker = excluded.worker
 WHERE (h.free <= $3 OR h.free > $4)
   AND NOT EXISTS (SELECT 1 FROM job j WHERE j.state = 1 AND j.worker = h.worker AND h.worker <> $2);

-- host_free: when a host may be asked, as far as that is known
-- takes: name text
-- gives: free int
-- for: cli gather
SELECT free FROM publisher_host WHERE name = $1;

-- host_leave: it was asked, and is left alone until then
-- takes: name text, worker text, free int
-- gives:
-- for: cli gather
UPDATE publisher_host SET free = $3, worker = '' WHERE name = $1 AND worker = $2;

-- feed_item_version: which version of this file of a publisher is done
-- takes: name text, item text
-- gives: version text
-- for: cli gather
SELECT i.version FROM feed_item i JOIN feed f ON f.id = i.feed WHERE f.name = $1 AND i.item = $2;

-- feed_item_put: this version of a file is done
-- takes: feed int, item text, version text, seen int
-- gives:
-- for: cli gather
INSERT INTO feed_item (feed, item, version, seen) VALUES ($1, $2, $3, $4)
ON CONFLICT (feed, item) DO UPDATE SET version = excluded.version, seen = excluded.seen;

-- feed_item_forget: what was done so long ago is not listed again
-- takes: feed int, before int
-- gives:
-- for: cli gather
DELETE FROM feed_item WHERE feed = $1 AND seen < $2;

-- listing_put: what the publisher lists for a day
-- takes: feed int, day int, complete int, types text, seen int
-- gives:
-- for: cli gather
INSERT INTO listing (feed, day, complete, types, seen) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (feed, day) DO UPDATE SET complete = excluded.complete, types = excluded.types,
  seen = excluded.seen;

-- listing_failed: the listing of a day did not come; one that came before still holds
-- takes: feed int, day int, seen int
-- gives:
-- for: cli gather
INSERT INTO listing (feed, day, complete, types, seen) VALUES ($1, $2, 0, '[]', $3)
ON CONFLICT (feed, day) DO NOTHING;

-- listing_of: what is known of a day's listing
-- takes: name text, day int
-- gives: complete int, types text, seen int
-- for: cli
SELECT l.complete, l.types, l.seen FROM listing l JOIN feed f ON f.id = l.feed
 WHERE f.name = $1 AND l.day = $2;
