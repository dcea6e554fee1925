-- answer_link_add: a mail has a link by which it is answered
-- takes: token blob, delivery int, code text, expires int
-- gives:
-- for: cli keys
INSERT INTO answer_link (token, delivery, code, expires) VALUES ($1, $2, $3, $4);

-- answer_link_find: in which mail a link stands, to whom it went, and since when it is there
-- takes: token blob, now int
-- gives: delivery int, contact int, address text, arrived int, code text, message int
-- for: cli keys web
SELECT d.id AS delivery, d.contact, d.address, CASE WHEN d.state = 3 THEN d.changed ELSE 0 END AS arrived,
       l.code, d.message
  FROM answer_link l JOIN delivery d ON d.id = l.delivery
 WHERE l.token = $1 AND l.expires > $2;

-- answer_delivery: of a mail that is answered, what answer_link_find says of one
-- takes: delivery int
-- gives: delivery int, contact int, address text, arrived int, code text, message int
-- for: cli keys web
SELECT d.id AS delivery, d.contact, d.address, CASE WHEN d.state = 3 THEN d.changed ELSE 0 END AS arrived,
       '' AS code, d.message
  FROM delivery d WHERE d.id = $1;

-- answer_head: a message as who answers it sees it
-- takes: message int, contact int
-- gives: public int, kind int, member int, made int, answer int, name text, language text
-- for: cli web
SELECT m.public, m.kind, m.member, m.made, m.answer, member.name,
       coalesce((SELECT c.language FROM contact c WHERE c.id = $2 AND c.language <> ''), member.language) AS language
  FROM message m JOIN member ON member.id = m.member
 WHERE m.id = $1;

-- delivery_part_add: a delivery tells of this finding
-- takes: delivery int, finding int
-- gives:
-- for: cli keys
INSERT INTO delivery_part (delivery, finding) VALUES ($1, $2) ON CONFLICT (delivery, finding) DO NOTHING;

-- delivery_part_drop: it is written anew
-- takes: delivery int
-- gives:
-- for: cli keys
DELETE FROM delivery_part WHERE delivery = $1;

-- answer_findings: what a delivery told of, the worst first, with the last answer to each that stands, and the last that came
-- takes: delivery int, finding int?
-- gives: finding int, public int, member int, issue text, seen text, class int, severity int, state int,
--   last_seen int, answer int, answered int, until int, change int, last int, doubted int
-- for: cli keys web
SELECT f.id AS finding, f.public, f.member, f.issue, f.seen, f.class, f.severity, f.state, f.last_seen,
       coalesce(s.answer, -1) AS answer, coalesce(s.at, 0) AS answered, coalesce(s.until, 0) AS until,
       coalesce(s.change, 0) AS change, coalesce(c.state, -1) AS last, coalesce(c.at, 0) AS doubted
  FROM delivery_part p JOIN finding f ON f.id = p.finding
       LEFT JOIN answer s ON s.id = (SELECT max(x.id) FROM answer x WHERE x.finding = f.id AND x.state IN (0, 2))
       LEFT JOIN answer c ON c.id = (SELECT max(x.id) FROM answer x WHERE x.finding = f.id)
 WHERE p.delivery = $1 AND ($2::bigint IS NULL OR f.public = $2::bigint)
 ORDER BY f.severity, f.issue, f.seen, f.id;

-- answer_receipts: how many answers by mail to this finding had a receipt since
-- takes: finding int, since int
-- gives: receipts int
-- for: cli keys web
SELECT count(*) AS receipts FROM answer
 WHERE finding = $1 AND at >= $2 AND receipt <> 0 AND way IN (0, 1);

-- answer_add: somebody answered
-- takes: finding int, message int, contact int, answer int, way int, state int, until int, at int,
--   who text, reason text, change int, receipt int
-- gives: id int
-- for: cli keys web
INSERT INTO answer (finding, message, contact, answer, way, state, until, at, who, reason, change, receipt)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
RETURNING id;

-- answer_last: the last answer to a finding that stands
-- takes: finding int
-- gives: id int, change int, answer int, at int, who text
-- for: cli web
SELECT id, change, answer, at, who FROM answer WHERE finding = $1 AND state IN (0, 2)
 ORDER BY id DESC LIMIT 1;

-- answer_undone: an answer is taken back
-- takes: id int
-- gives:
-- for: cli web
UPDATE answer SET state = 4 WHERE id = $1;

-- answer_list: answers, newest first
-- takes: member text?, finding int?, receipt int?, most int
-- gives: id int, finding int, public int, slug text, issue text, seen text, answer int, way int,
--   state int, until int, at int, who text, reason text, message int
-- for: cli keys
SELECT a.id, a.finding, f.public, m.slug, f.issue, f.seen, a.answer, a.way, a.state, a.until, a.at,
       a.who, a.reason, coalesce(x.public, -1) AS message
  FROM answer a JOIN finding f ON f.id = a.finding JOIN member m ON m.id = f.member
       LEFT JOIN message x ON x.id = a.message
 WHERE ($1::text IS NULL OR m.slug = $1::text) AND ($2::bigint IS NULL OR f.public = $2::bigint)
   AND ($3::bigint IS NULL OR a.receipt = $3::bigint)
 ORDER BY a.id DESC LIMIT $4;

-- answer_accuracy: of each feed and issue, findings told, disputed, and what officers confirmed of that
-- takes: feed text?, confirm int, false int, ours int
-- gives: feed text, issue text, told int, disputed int, wrong int, ours int
-- for: cli
SELECT feed.name AS feed, f.issue, count(DISTINCT f.id) AS told,
       count(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM answer a
                                         WHERE a.finding = f.id AND a.answer IN (3, 4) AND a.state IN (0, 4))
                             OR EXISTS (SELECT 1 FROM finding_change c
                                         WHERE c.finding = f.id AND c.act = $2 AND c.undone = 0)
                           THEN f.id END) AS disputed,
       count(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM finding_change c
                                         WHERE c.finding = f.id AND c.act = $2 AND c.ended = $3 AND c.undone = 0)
                           THEN f.id END) AS wrong,
       count(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM finding_change c
                                         WHERE c.finding = f.id AND c.act = $2 AND c.ended = $4 AND c.undone = 0)
                           THEN f.id END) AS ours
  FROM evidence v JOIN finding f ON f.id = v.finding JOIN feed ON feed.id = v.feed
 WHERE f.state NOT IN (0, 1, 8) AND ($1::text IS NULL OR feed.name = $1::text)
 GROUP BY feed.name, f.issue ORDER BY feed.name, f.issue;
