-- metric_feeds: what each feed brought, and how far its fetching is
-- takes: held int, done int
-- gives: name text, batches int, records int, hits int, held int, last_records int, last_junk int,
--   last_arrived int, good int, failures int
-- for: cli metrics
SELECT f.name, coalesce(c.batches, 0) AS batches, coalesce(c.records, 0) AS records,
       coalesce(c.hits, 0) AS hits, coalesce(c.held, 0) AS held,
       coalesce(l.records, 0) AS last_records,
       coalesce((SELECT CAST(sum(j.count) AS bigint) FROM batch_junk j WHERE j.batch = l.id), 0) AS last_junk,
       coalesce(l.arrived, 0) AS last_arrived, coalesce(s.good, 0) AS good, coalesce(s.failures, 0) AS failures
  FROM feed f
  LEFT JOIN (SELECT feed, count(*) AS batches, CAST(sum(records) AS bigint) AS records,
                    CAST(sum(hits) AS bigint) AS hits, count(CASE WHEN state = $1 THEN 1 END) AS held
               FROM batch GROUP BY feed) c ON c.feed = f.id
  LEFT JOIN batch l ON l.id = (SELECT n.id FROM batch n WHERE n.feed = f.id AND n.state = $2
                                ORDER BY n.arrived DESC LIMIT 1)
  LEFT JOIN feed_state s ON s.feed = f.id
 ORDER BY f.name;

-- metric_jobs: of each kind, how many are due, since when the first, how many run, are parked, and wait for later
-- takes: now int
-- gives: kind int, due int, oldest int, running int, parked int, later int
-- for: cli metrics web
SELECT kind, count(CASE WHEN state = 0 AND due <= $1 THEN 1 END) AS due,
       coalesce(min(CASE WHEN state = 0 AND due <= $1 THEN due END), 0) AS oldest,
       count(CASE WHEN state = 1 THEN 1 END) AS running,
       count(CASE WHEN state = 3 THEN 1 END) AS parked,
       count(CASE WHEN state = 0 AND due > $1 THEN 1 END) AS later
  FROM job WHERE state IN (0, 1, 3) GROUP BY kind ORDER BY kind;

-- metric_findings: how many are in a state, of a severity
-- takes: state int, severity int
-- gives: count int
-- for: cli metrics
SELECT count(*) AS count FROM finding WHERE state = $1 AND severity = $2;

-- metric_unanswered: since when the first of a severity is told without an answer
-- takes: severity int
-- gives: since int
-- for: cli metrics
SELECT coalesce(min(since), 0) AS since FROM finding WHERE state = 2 AND severity = $1;

-- metric_numbers: the newest finding and notice, and since when the first is due that was to be told at once
-- takes: now int, planned int, released int
-- gives: finding int, notice int, due int
-- for: cli metrics web
SELECT coalesce((SELECT max(id) FROM finding), 0) AS finding,
       coalesce((SELECT max(id) FROM notice), 0) AS notice,
       coalesce((SELECT min(due) FROM notice WHERE urgency = 0 AND state IN ($2, $3) AND due <= $1), 0) AS due;

-- metric_conditions: how many troubles of each kind are there, and since when the first
-- takes:
-- gives: kind int, count int, opened int
-- for: cli metrics
SELECT kind, count(*) AS count, min(opened) AS opened FROM condition WHERE cleared = 0
 GROUP BY kind ORDER BY kind;
