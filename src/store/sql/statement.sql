-- statement_members: members with a contact by mail who have not had the statement of a week; not who came within it, nor before anybody was told of anything
-- takes: round int, since int, until int
-- gives: member int
-- for: cli watch
SELECT m.id AS member FROM member m
 WHERE m.since <= $2 AND m.until > $3
   AND EXISTS (SELECT 1 FROM message x WHERE x.made < $3 AND x.state <> 6)
   AND EXISTS (SELECT 1 FROM contact c WHERE c.member = m.id AND c.mail <> '')
   AND NOT EXISTS (SELECT 1 FROM message x WHERE x.member = m.id AND x.kind = 9 AND x.round = $1)
 ORDER BY m.id;

-- statement_told: what went to a member in a week
-- takes: member int, since int, until int
-- gives: public int, kind int, at int, arrived int
-- for: cli keys
SELECT m.public, m.kind, m.made AS at,
       (SELECT count(*) FROM delivery d WHERE d.message = m.id AND d.state = 3) AS arrived
  FROM message m
 WHERE m.member = $1 AND m.made >= $2 AND m.made < $3 AND m.state NOT IN (4, 5, 6) AND m.kind <> 9
 ORDER BY m.made, m.id;

-- statement_covered: what was looked at for a member in a week, and what is open at its end
-- takes: member int, since int, until int
-- gives: feeds int, assets int, open int
-- for: cli keys
SELECT (SELECT count(DISTINCT b.feed) FROM batch b
         WHERE b.state = 2 AND b.arrived >= $2 AND b.arrived < $3) AS feeds,
       (SELECT count(*) FROM asset a WHERE a.member = $1 AND a.until > $3) AS assets,
       (SELECT count(*) FROM finding f WHERE f.member = $1 AND f.state BETWEEN 1 AND 6) AS open;
