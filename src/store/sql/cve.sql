-- cve_add: a batch names a vulnerability of a finding, on one day
-- takes: finding int, cve text, feed int, day int, batch int, fresh int
-- gives:
-- for: cli
INSERT INTO finding_cve (finding, cve, feed, day, batch, fresh) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (finding, cve, feed, day, batch) DO NOTHING;

-- cve_known: is it named already; also by what a report that is issued anew takes back just now
-- takes: finding int, cve text
-- gives: batch int
-- for: cli
SELECT v.batch FROM finding_cve v
  JOIN sighting s ON s.finding = v.finding AND s.feed = v.feed AND s.day = v.day AND s.batch = v.batch
 WHERE v.finding = $1 AND v.cve = $2
   AND (s.void = 0 OR EXISTS (SELECT 1 FROM recalling r
                               WHERE r.finding = s.finding AND r.feed = s.feed AND r.day = s.day
                                 AND r.batch = s.batch))
 LIMIT 1;

-- cve_of: the vulnerabilities of a finding, and since which day each is named
-- takes: finding int
-- gives: cve text, day int
-- for: cli
SELECT v.cve, min(v.day) AS day FROM finding_cve v
  JOIN sighting s ON s.finding = v.finding AND s.feed = v.feed AND s.day = v.day AND s.batch = v.batch
 WHERE v.finding = $1 AND s.void = 0
 GROUP BY v.cve ORDER BY v.cve;

-- cve_unfounded: where something is taken back, changes for a new vulnerability that nobody names now
-- takes: act int
-- gives: id int, finding int, batch int, at int, was int, was_ended int, was_since int,
--   was_until int, state int, ended int, reopened int, since int, until int
-- for: cli
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
 ORDER BY c.finding, c.id DESC;
