-- alert_add: an officer wrote something to members
-- takes: made int, who text, tlp text, title text, title_nl text, body text, body_nl text, audience text
-- gives: id int
-- for: cli
INSERT INTO alert (made, who, tlp, title, title_nl, body, body_nl, audience)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
RETURNING id;

-- alert_list: what officers wrote, newest first, and what became of it
-- takes: id int?
-- gives: id int, made int, who text, tlp text, title text, title_nl text, body text, body_nl text,
--   audience text, members int, told int, failed int
-- for: cli keys
SELECT a.id, a.made, a.who, a.tlp, a.title, a.title_nl, a.body, a.body_nl, a.audience,
       (SELECT count(*) FROM message m WHERE m.alert = a.id) AS members,
       (SELECT count(*) FROM message m WHERE m.alert = a.id AND m.state = 2) AS told,
       (SELECT count(*) FROM message m WHERE m.alert = a.id AND m.state = 3) AS failed
  FROM alert a WHERE $1::bigint IS NULL OR a.id = $1::bigint ORDER BY a.id DESC;

-- alert_members: members who have an open finding of an issue, or of its family
-- takes: issue text, family text?
-- gives: member int
-- for: cli
SELECT DISTINCT member FROM finding
 WHERE state IN (1, 2, 3, 4, 5, 6)
   AND (issue = $1::text OR substr(issue, 1, length($2::text)) = $2::text)
 ORDER BY member;
