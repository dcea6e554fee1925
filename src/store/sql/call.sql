-- call_due: messages that an officer is to call about, the gravest first
-- takes:
-- gives: message int, public int, member int, slug text, name text, kind int, made int, worst int, asked int,
--   neutral int, findings int
-- for: cli
SELECT m.id AS message, m.public, m.member, member.slug, member.name, m.kind, m.made,
       coalesce((SELECT min(f.severity) FROM message_part p JOIN finding f ON f.id = p.finding
                  WHERE p.message = m.id), 0) AS worst,
       coalesce((SELECT max(d.why) FROM delivery d WHERE d.message = m.id AND d.channel = 1), -1) AS asked,
       (SELECT count(*) FROM delivery d WHERE d.message = m.id AND d.channel = 0 AND d.state = 3 AND d.form = 6) AS neutral,
       (SELECT count(*) FROM message_part p WHERE p.message = m.id) AS findings
  FROM message m JOIN member ON member.id = m.member
 WHERE m.state = 3 ORDER BY worst, m.made, m.id;

-- call_contacts: whom a member has to be called, in that order, and what came of it for this message
-- takes: member int, message int
-- gives: id int, role text, name text, phone text, phone2 text, tested int, hours text, language text,
--   tried1 int, outcome1 int, tried2 int, outcome2 int
-- for: cli
SELECT c.id, c.role, c.name, c.phone, c.phone2, c.phone_tested AS tested, c.hours, c.language,
       coalesce(a.at, 0) AS tried1, coalesce(a.outcome, 0) AS outcome1,
       coalesce(b.at, 0) AS tried2, coalesce(b.outcome, 0) AS outcome2
  FROM contact c
  LEFT JOIN call_log a ON a.id = (SELECT max(x.id) FROM call_log x WHERE x.message = $2 AND x.contact = c.id AND x.phone = 1)
  LEFT JOIN call_log b ON b.id = (SELECT max(x.id) FROM call_log x WHERE x.message = $2 AND x.contact = c.id AND x.phone = 2)
 WHERE c.member = $1 AND (c.phone <> '' OR c.phone2 <> '')
 ORDER BY c.place, c.id;

-- call_add: an officer called
-- takes: message int, contact int, phone int, at int, who text, outcome int, said text
-- gives:
-- for: cli
INSERT INTO call_log (message, contact, phone, at, who, outcome, said) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- call_tested: a number reached them
-- takes: contact int, at int
-- gives:
-- for: cli
UPDATE contact SET phone_tested = $2 WHERE id = $1;
