-- scratch_member: a member of the store that is rehearsed for, under its own number
-- takes: id int, slug text, since int, until int
-- gives:
-- for: cli
INSERT INTO member (id, slug, name, kind, size, nis2, service, language, agreement, since, until)
VALUES ($1, $2, '', '', '', '', '', '', '', $3, $4);

-- scratch_asset: an asset of it, under its own number; asset_change says what more is known
-- takes: id int, member int?, kind text, value text, key text, since int, until int
-- gives:
-- for: cli
INSERT INTO asset (id, member, kind, value, key, low, high, since, until, proven, dynamic,
                   tell_enclosing, care, vouched)
VALUES ($1, $2, $3, $4, $5, NULL, NULL, $6, $7, 0, 0, 0, '', '');

-- scratch_feed: a feed of it, under its own number
-- takes: id int, name text
-- gives:
-- for: cli
INSERT INTO feed (id, name) VALUES ($1, $2);

-- feed_all: the feeds that have brought anything
-- takes:
-- gives: id int, name text
-- for: cli
SELECT id, name FROM feed ORDER BY id;

-- heard_between: what publishers said after one moment and up to another
-- takes: after int, until int
-- gives: feed int, type text, day int, came int, proves int
-- for: cli
SELECT feed, type, day, came, proves FROM heard WHERE came > $1 AND came <= $2
 ORDER BY came, feed, type, day;

-- scratch_heard: a publisher has spoken of this day, where the rehearsal did not note it itself
-- takes: feed int, type text, day int, came int, proves int
-- gives:
-- for: cli
INSERT INTO heard (feed, type, day, came, proves) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (feed, type, day) DO NOTHING;

-- scratch_findings: what came of it all, and what would be told: rows of notices that go
-- takes:
-- gives: slug text, issue text, seen text, severity int, state int, held text, first_seen int,
--   last_seen int, at_once int, digest int
-- for: cli
SELECT member.slug, f.issue, f.seen, f.severity, f.state, f.held, f.first_seen, f.last_seen,
       (SELECT count(*) FROM notice n WHERE n.finding = f.id AND n.state < 3 AND n.urgency = 0) AS at_once,
       (SELECT count(*) FROM notice n WHERE n.finding = f.id AND n.state < 3 AND n.urgency = 1) AS digest
  FROM finding f JOIN member ON member.id = f.member
 ORDER BY member.slug, f.issue, f.seen;
