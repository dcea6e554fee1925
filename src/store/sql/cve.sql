-- cve_add: a batch names a vulnerability of a finding, on one day
-- takes: finding int, cve text, feed int, day int, batch int, fresh int
-- gives:
-- for: cli gather watch
INSERT INTO finding_cve (finding, cve, feed, day, batch, fresh) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (finding, cve, feed, day, batch) DO NOTHING;

-- cve_known: is it named already; also by what a report that is issued anew takes back just now
-- takes: finding int, cve text
-- gives: batch int
-- for: cli gather watch
SELECT v.batch FROM finding_cve v
  JOIN sighting s ON s.finding = v.finding AND s.feed = v.feed AND s.day = v.day AND s.batch = v.batch
 WHERE v.finding = $1 AND v.cve = $2
   AND (s.void = 0 OR EXISTS (SELECT 1 FROM recalling r
                               WHERE r.finding = s.finding AND r.feed = s.feed AND r.day = s.day
                                 AND r.batch = s.batch))
 LIMIT 1;

-- cve_of: the vulnerabilities of a finding, since which day each is named, and exploited
-- takes: finding int, never int
-- gives: cve text, day int, exploited int
-- for: cli keys web
SELECT v.cve, min(v.day) AS day,
       coalesce((SELECT min(x.since) FROM exploited x WHERE x.cve = v.cve), $2::bigint) AS exploited
  FROM finding_cve v
  JOIN sighting s ON s.finding = v.finding AND s.feed = v.feed AND s.day = v.day AND s.batch = v.batch
 WHERE v.finding = $1 AND s.void = 0
 GROUP BY v.cve ORDER BY v.cve;

-- exploited_add: a feed says that attackers use it; nothing happens where it did before
-- takes: cve text, feed int, batch int, since int, fresh int
-- gives:
-- for: cli gather watch
INSERT INTO exploited (cve, feed, batch, since, fresh) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (cve, feed) DO NOTHING;

-- exploited_forget: a batch was wrong about what attackers use
-- takes: batch int
-- gives:
-- for: cli gather watch
DELETE FROM exploited WHERE batch = $1;

-- exploited_new: findings to be told again, for a batch says that attackers use what they have
-- takes: batch int
-- gives: id int, state int, ended int, reopened int, since int, until int, cve text
-- for: cli gather watch
SELECT f.id, f.state, f.ended, f.reopened, f.since, f.until, x.cve
  FROM exploited x JOIN finding_cve v ON v.cve = x.cve
  JOIN sighting s ON s.finding = v.finding AND s.feed = v.feed AND s.day = v.day AND s.batch = v.batch
  JOIN finding f ON f.id = v.finding
 WHERE x.batch = $1 AND x.fresh = 1 AND s.void = 0 AND f.state IN (1, 2, 3, 6)
   AND NOT EXISTS (SELECT 1 FROM exploited o WHERE o.cve = x.cve AND o.batch < x.batch)
 GROUP BY f.id, f.state, f.ended, f.reopened, f.since, f.until, x.cve
 ORDER BY f.id, x.cve;

-- cve_unfounded: where something is taken back, changes for a new vulnerability that nobody names now
-- takes: act int
-- gives: id int, finding int, batch int, at int, was int, was_ended int, was_since int,
--   was_until int, state int, ended int, reopened int, since int, until int
-- for: cli gather watch
SELECT c.id, c.finding, c.batch, c.at, c.was, c.was_ended, c.was_since, c.was_until,
       f.state, f.ended, f.reopened, f.since, f.until
  FROM finding_change c JOIN finding f ON f.id = c.finding
 WHERE c.finding IN (SELECT finding FROM recalling) AND f.sightings > 0
   AND c.act = $1 AND c.undone = 0
   AND NOT EXISTS (
     SELECT 1 FROM finding_cve v
       JOIN finding_cve o ON o.finding = v.finding AND o.cve = v.cve
       JOIN sighting s ON s.finding = o.finding AND s.feed = o.feed AND s.day = o.day
                      AND s.batch = o.batch
      WHERE v.finding = c.finding AND v.batch = c.batch AND v.fresh = 1 AND s.void = 0)
   AND NOT EXISTS (
     SELECT 1 FROM exploited x JOIN finding_cve o ON o.cve = x.cve
       JOIN sighting s ON s.finding = o.finding AND s.feed = o.feed AND s.day = o.day
                      AND s.batch = o.batch
      WHERE x.batch = c.batch AND o.finding = c.finding AND s.void = 0)
 ORDER BY c.finding, c.id DESC;
