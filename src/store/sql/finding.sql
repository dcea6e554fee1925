-- finding_last: the highest number of a finding
-- takes:
-- gives: id int
-- for: cli gather watch
SELECT coalesce(max(id), 0) AS id FROM finding;

-- finding_by_key: the finding of this member about this issue of this thing
-- takes: member int, issue text, seen text
-- gives: id int, strength int, state int, first_seen int, last_seen int, sightings int, sources text,
--   held text, ended int, reopened int, since int, until int, print text, asset int
-- for: cli gather watch
SELECT id, strength, state, first_seen, last_seen, sightings, sources, held, ended, reopened, since,
       until, print, asset
  FROM finding
 WHERE member = $1 AND issue = $2 AND seen = $3;

-- finding_any: one of the findings of this member about this issue, of anything between two
-- takes: member int, issue text, low text, high text
-- gives: id int
-- for: cli gather watch
SELECT id FROM finding WHERE member = $1 AND issue = $2 AND seen BETWEEN $3 AND $4 LIMIT 1;

-- finding_add: a finding or candidate opens; nothing happens where `public` is taken
-- takes: id int, public int, member int, issue text, seen text, class int, severity int,
--   strength int, state int, first_seen int, last_seen int, found int, sightings int,
--   sources text, held text, print text, asset int, retro int
-- gives:
-- for: cli gather watch
INSERT INTO finding (id, public, member, issue, seen, class, severity, strength, state,
                     first_seen, last_seen, found, sightings, sources, held, print, asset, retro, since)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $12)
ON CONFLICT (public) DO NOTHING;

-- finding_refresh: it was seen again
-- takes: id int, strength int, state int, first_seen int, last_seen int, sightings int,
--   sources text, held text, ended int, reopened int, since int, until int, print text, asset int
-- gives:
-- for: cli gather watch
UPDATE finding SET strength = $2, state = $3, first_seen = $4, last_seen = $5, sightings = $6,
                   sources = $7, held = $8, ended = $9, reopened = $10, since = $11, until = $12,
                   print = $13, asset = $14
 WHERE id = $1;

-- sighting_any: has this feed seen the finding on this day already
-- takes: finding int, feed int, day int
-- gives: batch int
-- for: cli gather watch
SELECT batch FROM sighting WHERE finding = $1 AND feed = $2 AND day = $3 AND void = 0 LIMIT 1;

-- sighting_add: what a batch saw of a finding on one day, and where its newest record stands
-- takes: finding int, feed int, day int, batch int, events int, last int, record int, place int,
--   length int
-- gives:
-- for: cli gather watch
INSERT INTO sighting (finding, feed, day, batch, events, last, record, place, length, void)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)
ON CONFLICT (finding, feed, day, batch) DO UPDATE
   SET events = sighting.events + excluded.events,
       record = CASE WHEN excluded.last >= sighting.last THEN excluded.record ELSE sighting.record END,
       place = CASE WHEN excluded.last >= sighting.last THEN excluded.place ELSE sighting.place END,
       length = CASE WHEN excluded.last >= sighting.last THEN excluded.length ELSE sighting.length END,
       last = CASE WHEN excluded.last > sighting.last THEN excluded.last ELSE sighting.last END;

-- sighting_again: the same of a batch that is read again: what it said is not said twice
-- takes: finding int, feed int, day int, batch int, events int, last int, record int, place int,
--   length int
-- gives:
-- for: cli gather watch
INSERT INTO sighting (finding, feed, day, batch, events, last, record, place, length, void)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)
ON CONFLICT (finding, feed, day, batch) DO UPDATE
   SET events = CASE WHEN excluded.events > sighting.events THEN excluded.events ELSE sighting.events END;

-- sighting_voided: was anything that this batch said of the finding taken back
-- takes: finding int, batch int
-- gives: count int
-- for: cli gather watch
SELECT count(*) AS count FROM sighting WHERE finding = $1 AND batch = $2 AND void <> 0;

-- evidence_add: the record that shows it; the newest of each feed stays
-- takes: finding int, feed int, batch int, record int, place int, length int, time int,
--   asset int, asset_value text, enclosing text, rule int, event text, warned text, verdict int
-- gives:
-- for: cli gather watch
INSERT INTO evidence (finding, feed, batch, record, place, length, time, asset, asset_value,
                      enclosing, rule, event, warned, verdict)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (finding, feed) DO UPDATE
   SET batch = excluded.batch, record = excluded.record, place = excluded.place,
       length = excluded.length, time = excluded.time, asset = excluded.asset,
       asset_value = excluded.asset_value, enclosing = excluded.enclosing, rule = excluded.rule,
       event = excluded.event, warned = excluded.warned, verdict = excluded.verdict
 WHERE excluded.time >= evidence.time;

-- finding_list: findings, gravest first, by the index of the first filter that is given
-- takes: member text?, issue text?, state int?, severity int?, feed text?, held int?, all int
-- gives: id int, public int, slug text, issue text, seen text, class int, severity int,
--   strength int, state int, first_seen int, last_seen int, found int, sightings int, sources text,
--   name text, held text, ended int, reopened int, since int, until int, member int, print text,
--   asset int, retro int
-- for: cli
WITH RECURSIVE kinds (s) AS (
  SELECT min(sources) FROM finding
  UNION ALL
  SELECT (SELECT min(sources) FROM finding WHERE sources > kinds.s) FROM kinds
   WHERE kinds.s IS NOT NULL)
SELECT finding.id, finding.public, member.slug, finding.issue, finding.seen, finding.class,
       finding.severity, finding.strength, finding.state, finding.first_seen, finding.last_seen,
       finding.found, finding.sightings, finding.sources, member.name, finding.held, finding.ended,
       finding.reopened, finding.since, finding.until, finding.member, finding.print, finding.asset,
       finding.retro
  FROM (SELECT id FROM finding
         WHERE $1::text IS NOT NULL AND member = (SELECT id FROM member WHERE slug = $1::text)
        UNION ALL
        SELECT id FROM finding WHERE $1::text IS NULL AND $2::text IS NOT NULL AND issue = $2::text
        UNION ALL
        SELECT id FROM finding
         WHERE coalesce($1::text, $2::text) IS NULL AND $3::bigint IS NOT NULL AND state = $3::bigint
        UNION ALL
        SELECT id FROM finding
         WHERE coalesce($1::text, $2::text) IS NULL AND $3::bigint IS NULL
           AND $4::bigint IS NOT NULL AND state IN (0, 1, 2, 3, 4, 5, 6, 7, 8)
           AND severity = $4::bigint
        UNION ALL
        SELECT id FROM finding
         WHERE coalesce($1::text, $2::text) IS NULL AND coalesce($3::bigint, $4::bigint) IS NULL
           AND $5::text IS NOT NULL
           AND sources IN (SELECT s FROM kinds WHERE ' ' || s LIKE '% ' || $5::text || '/%')
        UNION ALL
        SELECT id FROM finding
         WHERE coalesce($1::text, $2::text, $5::text) IS NULL
           AND coalesce($3::bigint, $4::bigint) IS NULL) AS chosen
       JOIN finding ON finding.id = chosen.id JOIN member ON member.id = finding.member
 WHERE ($1::text IS NULL OR member.slug = $1::text)
   AND ($2::text IS NULL OR finding.issue = $2::text)
   AND (($3::bigint IS NULL AND (finding.state < 7 OR $7::bigint <> 0)) OR finding.state = $3::bigint)
   AND ($4::bigint IS NULL OR finding.severity = $4::bigint)
   AND ($5::text IS NULL OR ' ' || finding.sources LIKE '% ' || $5::text || '/%')
   AND ($6::bigint IS NULL OR (finding.held <> '') = ($6::bigint <> 0))
 ORDER BY finding.severity, member.slug, finding.issue, finding.seen;

-- finding_held: how many findings warninglists hold back, by the filters of finding_list
-- takes: member text?, issue text?, state int?, severity int?, feed text?
-- gives: count int
-- for: cli
SELECT count(*) AS count FROM finding JOIN member ON member.id = finding.member
 WHERE ($1::text IS NULL OR member.slug = $1::text)
   AND ($2::text IS NULL OR finding.issue = $2::text)
   AND ($3::bigint IS NULL OR finding.state = $3::bigint)
   AND ($4::bigint IS NULL OR finding.severity = $4::bigint)
   AND ($5::text IS NULL OR ' ' || finding.sources LIKE '% ' || $5::text || '/%')
   AND finding.held <> '';

-- finding_public: the finding behind a public number
-- takes: public int
-- gives: id int, public int, slug text, issue text, seen text, class int, severity int,
--   strength int, state int, first_seen int, last_seen int, found int, sightings int, sources text,
--   name text, held text, ended int, reopened int, since int, until int, member int, print text,
--   asset int, retro int
-- for: cli keys web
SELECT finding.id, finding.public, member.slug, finding.issue, finding.seen, finding.class,
       finding.severity, finding.strength, finding.state, finding.first_seen, finding.last_seen,
       finding.found, finding.sightings, finding.sources, member.name, finding.held, finding.ended,
       finding.reopened, finding.since, finding.until, finding.member, finding.print, finding.asset,
       finding.retro
  FROM finding JOIN member ON member.id = finding.member
 WHERE finding.public = $1;

-- evidence_of: the evidence of a finding, newest first, with its batch
-- takes: finding int
-- gives: feed text, type text, file text, archive text, arrived int, record int, place int,
--   length int, time int, asset int, asset_value text, enclosing text, rule int, event text,
--   kind text, since int, until int, warned text, verdict int
-- for: cli keys
SELECT feed.name AS feed, batch.type, batch.file, batch.archive, batch.arrived, evidence.record,
       evidence.place, evidence.length, evidence.time, evidence.asset, evidence.asset_value,
       evidence.enclosing, evidence.rule, evidence.event, asset.kind, asset.since, asset.until,
       evidence.warned, evidence.verdict
  FROM evidence JOIN batch ON batch.id = evidence.batch JOIN feed ON feed.id = evidence.feed
       LEFT JOIN asset ON asset.id = evidence.asset
 WHERE evidence.finding = $1
 ORDER BY evidence.time DESC, feed.name;

-- sighting_days: on which days a finding was seen, newest first
-- takes: finding int
-- gives: feed text, day int, events int
-- for: cli
SELECT feed.name AS feed, sighting.day, CAST(sum(sighting.events) AS bigint) AS events
  FROM sighting JOIN feed ON feed.id = sighting.feed
 WHERE sighting.finding = $1 AND sighting.void = 0
 GROUP BY feed.name, sighting.day
 ORDER BY sighting.day DESC, feed.name;

-- sighting_all: the newest words of batches on a finding, newest first, also what is void
-- takes: finding int, most int
-- gives: feed text, day int, type text, file text, archive text, batch int, events int,
--   record int, place int, length int, void int
-- for: cli
SELECT feed.name AS feed, sighting.day, batch.type, batch.file, batch.archive, sighting.batch,
       sighting.events, sighting.record, sighting.place, sighting.length, sighting.void
  FROM sighting JOIN feed ON feed.id = sighting.feed JOIN batch ON batch.id = sighting.batch
 WHERE sighting.finding = $1
 ORDER BY sighting.day DESC, sighting.batch DESC
 LIMIT $2;
