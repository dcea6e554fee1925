-- guardian_batches: the newest batches of a feed and type that were read and believed
-- takes: feed int, type text, state int, most int
-- gives: records int, hits int, junk int, arrived int
-- for: cli gather watch
SELECT batch.records, batch.hits,
       coalesce((SELECT sum(count) FROM batch_junk WHERE batch_junk.batch = batch.id), 0) AS junk,
       batch.arrived
  FROM batch WHERE feed = $1 AND type = $2 AND state = $3 ORDER BY id DESC LIMIT $4;
-- postgresql:
SELECT batch.records, batch.hits,
       coalesce((SELECT sum(count) FROM batch_junk WHERE batch_junk.batch = batch.id), 0)::bigint AS junk,
       batch.arrived
  FROM batch WHERE feed = $1 AND type = $2 AND state = $3 ORDER BY id DESC LIMIT $4;

-- guardian_arrivals: when a feed brought something, oldest first
-- takes: feed int, since int, most int
-- gives: arrived int
-- for: cli gather watch
SELECT arrived FROM (SELECT arrived FROM batch WHERE feed = $1 AND arrived > $2
                      ORDER BY arrived DESC LIMIT $3) AS newest
 ORDER BY arrived;

-- guardian_columns: the columns that batches of a feed and type had
-- takes: feed int, type text
-- gives: columns text
-- for: cli gather watch
SELECT columns FROM feed_columns WHERE feed = $1 AND type = $2;

-- guardian_columns_put: they had these
-- takes: feed int, type text, columns text
-- gives:
-- for: cli gather watch
INSERT INTO feed_columns (feed, type, columns) VALUES ($1, $2, $3)
ON CONFLICT (feed, type) DO UPDATE SET columns = excluded.columns;

-- fault_clear: what was wrong with a feed and type; but of this kind, where it was since
-- takes: feed int, type text, stays int, since int
-- gives:
-- for: cli gather watch
DELETE FROM feed_fault WHERE feed = $1 AND type = $2 AND (kind <> $3 OR seen <= $4);

-- fault_drop: this is well again
-- takes: feed int, type text, kind int
-- gives:
-- for: cli gather watch
DELETE FROM feed_fault WHERE feed = $1 AND type = $2 AND kind = $3;

-- fault_put: something is wrong with a feed and type
-- takes: feed int, type text, kind int, holds int, batch int, says text, seen int
-- gives:
-- for: cli gather watch
INSERT INTO feed_fault (feed, type, kind, holds, batch, says, seen) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (feed, type, kind) DO UPDATE
   SET holds = excluded.holds, batch = excluded.batch, says = excluded.says, seen = excluded.seen;

-- fault_all: what is wrong with feeds, and not decided yet
-- takes: held int
-- gives: feed text, type text, kind int, holds int, batch int, says text, seen int
-- for: cli clock metrics
SELECT feed.name AS feed, feed_fault.type, feed_fault.kind, feed_fault.holds, feed_fault.batch,
       feed_fault.says, feed_fault.seen
  FROM feed_fault JOIN feed ON feed.id = feed_fault.feed
 WHERE feed_fault.holds = 0
    OR EXISTS (SELECT 1 FROM batch WHERE batch.id = feed_fault.batch AND batch.state = $1)
 ORDER BY feed.name, feed_fault.kind, feed_fault.type;

-- pulse_put: a feed brought something
-- takes: feed int, last int, patience int, learnt int
-- gives:
-- for: cli gather watch
INSERT INTO feed_pulse (feed, last, patience, learnt) VALUES ($1, $2, $3, $4)
ON CONFLICT (feed) DO UPDATE
   SET last = excluded.last, patience = excluded.patience, learnt = excluded.learnt;

-- pulse_of: when it did so last, and how long nothing may come
-- takes: name text
-- gives: last int, patience int, learnt int
-- for: cli clock gather metrics watch
SELECT feed_pulse.last, feed_pulse.patience, feed_pulse.learnt
  FROM feed_pulse JOIN feed ON feed.id = feed_pulse.feed WHERE feed.name = $1;

-- certificate_put: a publisher showed this certificate
-- takes: feed int, since int, until int
-- gives:
-- for: cli gather
INSERT INTO feed_certificate (feed, since, until) VALUES ($1, $2, $3)
ON CONFLICT (feed) DO UPDATE SET since = excluded.since, until = excluded.until;

-- certificate_of: which it showed last
-- takes: name text
-- gives: since int, until int
-- for: cli clock metrics
SELECT feed_certificate.since, feed_certificate.until
  FROM feed_certificate JOIN feed ON feed.id = feed_certificate.feed WHERE feed.name = $1;

-- guardian_types: of which types a feed brought batches
-- takes: name text
-- gives: feed int, type text
-- for: cli
SELECT DISTINCT batch.feed, batch.type
  FROM batch JOIN feed ON feed.id = batch.feed WHERE feed.name = $1 ORDER BY batch.type;

-- fault_of: what is wrong with a feed and type, and not decided yet
-- takes: feed int, type text, held int
-- gives: kind int, holds int, says text
-- for: cli
SELECT kind, holds, says FROM feed_fault
 WHERE feed = $1 AND type = $2
   AND (holds = 0 OR EXISTS (SELECT 1 FROM batch WHERE batch.id = feed_fault.batch AND state = $3))
 ORDER BY kind;
