-- job_add: something is to be done; nothing happens where the same is not over yet
-- takes: kind int, place text, key text, due int, made int
-- gives:
-- for: cli clock gather hear keys mail page watch web
INSERT INTO job (kind, place, key, state, due, lease, worker, tries, made, ended, failed, error, result)
VALUES ($1, $2, $3, 0, $4, 0, '', 0, $5, 0, 0, '', '')
ON CONFLICT (kind, place, key) WHERE state IN (0, 1, 3) DO NOTHING;

-- job_last: what became of the newest of this kind and key
-- takes: kind int, place text, key text
-- gives: state int
-- for: cli clock metrics
SELECT state FROM job WHERE kind = $1 AND place = $2 AND key = $3 ORDER BY id DESC LIMIT 1;

-- job_claim: the first that are due, or whose lease is over, are somebody's now
-- takes: kind int, place text, now int, lease int, worker text, most int
-- gives: id int, kind int, place text, key text, state int, due int, lease int, worker text, tries int,
--   made int, ended int, failed int, error text, result text
-- for: cli gather hear keys mail page watch
UPDATE job SET state = 1, lease = $4, worker = $5, tries = tries + 1
 WHERE id IN (SELECT id FROM job WHERE kind = $1 AND place = $2 AND state = 0 AND due <= $3
               ORDER BY due, id LIMIT $6)
RETURNING id, kind, place, key, state, due, lease, worker, tries, made, ended, failed, error,
          result;
-- postgresql:
UPDATE job SET state = 1, lease = $4, worker = $5, tries = tries + 1
 WHERE id IN (SELECT id FROM job WHERE kind = $1 AND place = $2 AND state = 0 AND due <= $3
               ORDER BY due, id LIMIT $6 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, place, key, state, due, lease, worker, tries, made, ended, failed, error,
          result;

-- job_over: it is done, parked, or waits for another try; not where somebody else has it by now
-- takes: id int, worker text, state int, due int, ended int, failed int, error text, result text
-- gives:
-- for: cli gather hear keys mail page watch
UPDATE job SET state = $3, due = $4, ended = $5, failed = $6, error = $7, result = $8, lease = 0,
               worker = ''
 WHERE id = $1 AND worker = $2 AND state = 1;

-- job_renew: who has them works on
-- takes: worker text, lease int
-- gives:
-- for: cli
UPDATE job SET lease = $2 WHERE worker = $1 AND state = 1;

-- job_lapse: nobody is known to work on these any more: they wait
-- takes: now int, most int
-- gives:
-- for: cli
UPDATE job SET state = 0, lease = 0, worker = '' WHERE state = 1 AND (lease <= $1 OR lease > $2);

-- job_leave: who had them has died
-- takes: worker text
-- gives:
-- for: cli
UPDATE job SET state = 0, lease = 0, worker = '' WHERE state = 1 AND worker = $1;

-- job_untouched: who has them did not begin them, and lives on: that was no try
-- takes: worker text
-- gives:
-- for: cli gather hear keys mail page watch
UPDATE job SET state = 0, lease = 0, worker = '', tries = tries - 1 WHERE state = 1 AND worker = $1;

-- job_leave_all: nobody has any
-- takes:
-- gives:
-- for: cli
UPDATE job SET state = 0, lease = 0, worker = '' WHERE state = 1;

-- job_soonest: when the next of this kind is due
-- takes: kind int, place text
-- gives: due int
-- for: cli gather hear keys mail page watch
SELECT due FROM job WHERE kind = $1 AND place = $2 AND state = 0 ORDER BY due LIMIT 1;

-- job_list: jobs, newest first
-- takes: state int?, kind int?, all int, most int
-- gives: id int, kind int, place text, key text, state int, due int, lease int, worker text, tries int,
--   made int, ended int, failed int, error text, result text
-- for: cli
SELECT id, kind, place, key, state, due, lease, worker, tries, made, ended, failed, error, result FROM job
 WHERE ($1::bigint IS NULL OR state = $1::bigint) AND ($2::bigint IS NULL OR kind = $2::bigint)
   AND ($3::bigint <> 0 OR state IN (0, 1, 3))
 ORDER BY id DESC LIMIT $4;

-- job_by_id: one of them
-- takes: id int
-- gives: id int, kind int, place text, key text, state int, due int, lease int, worker text, tries int,
--   made int, ended int, failed int, error text, result text
-- for: cli
SELECT id, kind, place, key, state, due, lease, worker, tries, made, ended, failed, error, result FROM job
 WHERE id = $1;

-- job_retry: a person says that it is to be tried again
-- takes: id int, now int
-- gives:
-- for: cli
UPDATE job SET state = 0, due = $2, tries = 0 WHERE id = $1 AND state IN (0, 3);

-- job_retry_drop: what a person decided on a batch is asked again by the job of its file
-- takes: kind int, file text, now int
-- gives:
-- for: cli
UPDATE job SET state = 0, due = $3, tries = 0
 WHERE kind = $1 AND state = 3 AND substr(key, 1, length($2)) = $2;

-- job_cancel: a person says that it is not to be done
-- takes: id int, now int
-- gives:
-- for: cli
UPDATE job SET state = 4, ended = $2 WHERE id = $1 AND state IN (0, 3);

-- job_forget: what is over for long
-- takes: before int
-- gives:
-- for: cli watch
DELETE FROM job WHERE state IN (2, 4) AND ended <= $1;

-- job_depth: how many are due, since when the first, how many run, are parked, and wait for later
-- takes: now int
-- gives: due int, oldest int, running int, parked int, later int
-- for: cli clock metrics
SELECT count(CASE WHEN state = 0 AND due <= $1 THEN 1 END) AS due,
       coalesce(min(CASE WHEN state = 0 AND due <= $1 THEN due END), 0) AS oldest,
       count(CASE WHEN state = 1 THEN 1 END) AS running,
       count(CASE WHEN state = 3 THEN 1 END) AS parked,
       count(CASE WHEN state = 0 AND due > $1 THEN 1 END) AS later
  FROM job WHERE state IN (0, 1, 3);

-- job_next: what is due next
-- takes: now int
-- gives: id int, kind int, place text, key text, state int, due int, lease int, worker text, tries int,
--   made int, ended int, failed int, error text, result text
-- for: cli clock metrics
SELECT id, kind, place, key, state, due, lease, worker, tries, made, ended, failed, error, result FROM job
 WHERE state = 0 AND due > $1 ORDER BY due, id LIMIT 1;

-- status_last: the newest batch, the newest that hit, the newest finding, and what is held
-- takes: parked int
-- gives: batch int, hit int, finding int, held int, unread int, stuck int, breakers int,
--   candidates int
-- for: cli clock metrics
SELECT coalesce((SELECT max(arrived) FROM batch WHERE state = 2), 0) AS batch,
       coalesce((SELECT max(arrived) FROM batch WHERE state = 2 AND hits > 0), 0) AS hit,
       coalesce((SELECT found FROM finding ORDER BY id DESC LIMIT 1), 0) AS finding,
       (SELECT count(*) FROM batch WHERE state = 1) AS held,
       (SELECT count(*) FROM batch
         WHERE state = 1
           AND NOT EXISTS (SELECT 1 FROM feed_fault
                            WHERE feed_fault.batch = batch.id AND holds <> 0)) AS unread,
       (SELECT count(*) FROM job
         WHERE state = $1
           AND NOT EXISTS (SELECT 1 FROM batch JOIN feed ON feed.id = batch.feed
                            WHERE batch.state = 1
                              AND substr(job.key, 1, length(feed.name) + length(batch.file) + 2) =
                                  feed.name || '/' || batch.file || ' ')) AS stuck,
       (SELECT count(*) FROM breaker WHERE state = 0) AS breakers,
       (SELECT count(*) FROM finding WHERE state = 0) AS candidates;

-- worker_put: a process of `waker run`, as it is now
-- takes: node text, role text, pid int, since int, restarts int, beat int, said text
-- gives:
-- for: cli
INSERT INTO worker (node, role, pid, since, restarts, beat, said) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (node, role) DO UPDATE
   SET pid = excluded.pid, since = excluded.since, restarts = excluded.restarts,
       beat = excluded.beat, said = excluded.said;

-- worker_forget: a node has stopped, or was not heard for long
-- takes: node text, before int
-- gives:
-- for: cli
DELETE FROM worker WHERE node = $1 OR beat <= $2;

-- worker_all: the processes of all nodes
-- takes:
-- gives: node text, role text, pid int, since int, restarts int, beat int, said text
-- for: cli clock metrics
SELECT node, role, pid, since, restarts, beat, said FROM worker ORDER BY node, role;

-- job_cancel_key: the same by its kind and key: it is not to be done any more, or is asked for anew
-- takes: kind int, key text, now int
-- gives:
-- for: cli
UPDATE job SET state = 4, ended = $3 WHERE kind = $1 AND key = $2 AND state IN (0, 3);

-- job_pause: what waits of a kind is not done until it is resumed
-- takes: kind int, never int
-- gives:
-- for: cli
UPDATE job SET due = $2 WHERE kind = $1 AND state = 0;

-- job_resume: what was paused of a kind is due
-- takes: kind int, never int, now int
-- gives:
-- for: cli
UPDATE job SET due = $3 WHERE kind = $1 AND state = 0 AND due = $2;
