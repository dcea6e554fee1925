-- desk_list: all that needs a person, of these kinds (bits), with who has it and until when it rests
-- takes: now int, silent int, kinds int, tested int
-- gives: kind int, thing int, number int, slug text, severity int, since int, says text, owner text, until int
-- for: cli page
SELECT d.kind, d.thing, d.number, d.slug, d.severity, d.since, d.says, coalesce(i.owner, '') AS owner,
       coalesce(i.until, 0) AS until
  FROM (SELECT 0 AS kind, m.id AS thing, m.public AS number, member.slug,
               coalesce((SELECT min(f.severity) FROM message_part p JOIN finding f ON f.id = p.finding
                          WHERE p.message = m.id), 0) AS severity, m.made AS since,
               coalesce((SELECT f.issue || ' ' || f.seen FROM message_part p JOIN finding f ON f.id = p.finding
                          WHERE p.message = m.id ORDER BY f.severity, f.issue, f.seen LIMIT 1), '') AS says
          FROM message m JOIN member ON member.id = m.member WHERE m.state = 3 AND ($3::bigint & 1) <> 0
        UNION ALL
        SELECT 1, b.id, b.id, '', 0, b.at, b.issue FROM breaker b
         WHERE b.decided = 0 AND ($3::bigint & 2) <> 0
        UNION ALL
        SELECT 2, b.id, b.id, feed.name, 0, b.arrived, b.reason
          FROM batch b JOIN feed ON feed.id = b.feed WHERE b.state = 1 AND ($3::bigint & 4) <> 0
        UNION ALL
        SELECT CASE WHEN f.state = 5 THEN 3 ELSE 4 END, f.id, f.public, member.slug, f.severity, f.since,
               f.issue || ' ' || f.seen
          FROM finding f JOIN member ON member.id = f.member
         WHERE f.state IN (0, 5) AND f.held = '' AND ($3::bigint & 24) <> 0
        UNION ALL
        SELECT 5, i.id, i.id, coalesce(member.slug, ''), 0, i.came, i.says
          FROM mail_in i LEFT JOIN member ON member.id = i.member WHERE i.state = 1 AND ($3::bigint & 32) <> 0
        UNION ALL
        SELECT 6, member.id, count(*), member.slug, min(f.severity), min(f.since), ''
          FROM finding f JOIN member ON member.id = f.member
         WHERE f.state = 2 AND f.since <= $1::bigint - $2::bigint AND ($3::bigint & 64) <> 0 GROUP BY member.id, member.slug
        UNION ALL
        SELECT 7, c.id, c.id, '', CASE WHEN c.kind IN (5, 6) THEN 1 ELSE 0 END, c.opened, c.says
          FROM condition c WHERE c.cleared = 0 AND c.acknowledged = 0 AND c.kind NOT IN (2, 4, 21, 26)
           AND ($3::bigint & 128) <> 0
        UNION ALL
        SELECT 8, k.id, k.id,
               coalesce((SELECT min(member.slug) FROM contact JOIN member ON member.id = contact.member
                          WHERE lower(contact.mail) = k.address), ''), 0, k.came, 'a key of ' || k.address || ': whose is it?'
          FROM contact_key k WHERE k.state = 0 AND ($3::bigint & 256) <> 0
        UNION ALL
        SELECT 9, c.member, count(c.silent), c.slug, 0, min(c.silent) + $4::bigint, ''
          FROM (SELECT contact.member, member.slug,
                       (SELECT max(t.confirmed) FROM contact_test t JOIN delivery ON delivery.id = t.delivery
                         WHERE t.member = contact.member AND lower(delivery.address) = lower(contact.mail)) AS reached,
                       (SELECT min(delivery.changed) FROM contact_test t JOIN delivery ON delivery.id = t.delivery
                         WHERE t.member = contact.member AND lower(delivery.address) = lower(contact.mail)
                           AND delivery.state IN (3, 4) AND delivery.changed <= $1::bigint - $4::bigint
                           AND t.delivery > coalesce((SELECT max(x.delivery) FROM contact_test x JOIN delivery y ON y.id = x.delivery
                                                       WHERE x.member = contact.member AND x.confirmed > 0
                                                         AND lower(y.address) = lower(contact.mail)), 0)) AS silent
                  FROM contact JOIN member ON member.id = contact.member
                 WHERE contact.role = 'security' AND contact.mail <> '' AND member.until > $1::bigint
                   AND ($3::bigint & 512) <> 0) AS c
         GROUP BY c.member, c.slug
        HAVING count(c.silent) > 0
           AND sum(CASE WHEN c.silent IS NULL AND c.reached > 0 THEN 1 ELSE 0 END) = 0) AS d
  LEFT JOIN desk_item i ON i.kind = d.kind AND i.thing = d.thing
 ORDER BY d.kind, d.since, d.thing;

-- desk_put: an officer has it, gives it back, or lets it rest
-- takes: kind int, thing int, owner text, until int, at int
-- gives:
-- for: cli web
INSERT INTO desk_item (kind, thing, owner, until, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (kind, thing) DO UPDATE SET owner = excluded.owner, until = excluded.until, at = excluded.at;
