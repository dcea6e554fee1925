-- shadow_of: a member's findings, and what was, is or is to be told of each beside an older system
-- takes: member int, shadow int, since int, until int,
--   more int, note int, undo int, ever int
-- gives: id int, public int, issue text, seen text, state int, held text, since int, anew int,
--   moving int, made int, that_day int, plan int, severity int,
--   ended int, timing int, due int
-- for: cli
SELECT f.id, f.public, f.issue, f.seen, f.state, f.held, f.since,
       coalesce((SELECT max(c.at) FROM finding_change c
                  WHERE c.finding = f.id AND c.undone = 0 AND c.state = 1
                    AND c.act NOT IN ($6, $7) AND (c.act = $5 OR c.was NOT IN (0, 1, 2))),
                $8::bigint) AS anew,
       (SELECT count(*) FROM message_part p JOIN message m ON m.id = p.message
         WHERE p.finding = f.id AND m.kind < 4 AND m.state < 2) AS moving,
       coalesce((SELECT max(m.made) FROM message_part p JOIN message m ON m.id = p.message
                  WHERE p.finding = f.id AND m.kind < 4 AND m.state = $2), $8::bigint) AS made,
       (SELECT count(*) FROM message_part p JOIN message m ON m.id = p.message
         WHERE p.finding = f.id AND m.kind < 4 AND m.state = $2
           AND m.made >= $3 AND m.made < $4) AS that_day,
       coalesce(n.state, -1) AS plan, f.severity, f.ended, coalesce(n.timing, 0) AS timing,
       coalesce(n.due, $8::bigint) AS due
  FROM finding f LEFT JOIN notice n
       ON n.id = (SELECT max(x.id) FROM notice x
                   WHERE x.finding = f.id AND x.message = 0 AND x.state < 4)
 WHERE f.member = $1 ORDER BY f.issue, f.seen;

-- shadow_told: findings of which notices were made beside an older system, from a moment to another
-- takes: shadow int, since int, until int
-- gives: finding int, slug text, issue text, seen text
-- for: cli
SELECT DISTINCT f.id AS finding, member.slug, f.issue, f.seen
  FROM message m JOIN message_part p ON p.message = m.id JOIN finding f ON f.id = p.finding
       JOIN member ON member.id = f.member
 WHERE m.state = $1 AND m.kind < 4 AND m.made >= $2 AND m.made < $3
 ORDER BY member.slug, f.issue, f.seen, f.id;

-- shadow_take: what was planned of a finding, and is in nothing that leaves, was told by the older system
-- takes: message int, finding int, made int, shadow int
-- gives:
-- for: cli
UPDATE notice SET message = $1, due = CASE WHEN due > $3 THEN $3 ELSE due END
 WHERE finding = $2 AND state < 3
   AND (message = 0
        OR EXISTS (SELECT 1 FROM message m WHERE m.id = notice.message AND m.state = $4));

-- shadow_part: and the message of that tells of it
-- takes: message int, finding int
-- gives:
-- for: cli
INSERT INTO message_part (message, finding, notice)
SELECT $1::bigint, $2::bigint, coalesce(max(n.id), 0) FROM notice n
 WHERE n.finding = $2 AND n.message = $1;

-- shadow_left: how many findings, of how many members, nobody was told of but by notices that never left
-- takes: shadow int
-- gives: findings int, members int
-- for: cli
SELECT count(DISTINCT f.id) AS findings, count(DISTINCT f.member) AS members
  FROM notice n JOIN message m ON m.id = n.message JOIN finding f ON f.id = n.finding
 WHERE m.state = $1 AND f.state = 1 AND n.state < 3 AND n.state <> 1;
