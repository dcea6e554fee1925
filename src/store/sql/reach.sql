-- reach_due: contacts who were not asked since whether mail to their address reaches them; an address of a member's once
-- takes: since int, now int, member text?
-- gives: member int, slug text, id int, role text, mail text, wishes text
-- for: cli watch
SELECT c.member, m.slug, c.id, c.role, c.mail, c.wishes FROM contact c JOIN member m ON m.id = c.member
 WHERE c.mail <> '' AND m.since <= $2 AND m.until > $2 AND ($3::text IS NULL OR m.slug = $3::text)
   AND NOT EXISTS (SELECT 1 FROM contact o
                    WHERE o.member = c.member AND lower(o.mail) = lower(c.mail)
                      AND (o.place < c.place OR (o.place = c.place AND o.id < c.id)))
   AND NOT EXISTS (SELECT 1 FROM contact_test t JOIN delivery d ON d.id = t.delivery
                    WHERE t.member = c.member AND d.made >= $1 AND lower(d.address) = lower(c.mail))
 ORDER BY c.member, c.place, c.id;

-- reach_add: the deliveries of this message ask so
-- takes: message int
-- gives:
-- for: cli watch
INSERT INTO contact_test (delivery, member, confirmed, way, doubted)
SELECT d.id, m.member, 0, 0, 0 FROM delivery d JOIN message m ON m.id = d.message WHERE m.id = $1;

-- reach_last: of each contact that was asked, the last time, and when it was last confirmed
-- takes:
-- gives: contact int, made int, state int, changed int, confirmed int, way int, reached int
-- for: cli
SELECT c.id AS contact, d.made, d.state, d.changed, t.confirmed, t.way,
       (SELECT max(x.confirmed) FROM contact_test x JOIN delivery y ON y.id = x.delivery
         WHERE x.member = c.member AND lower(y.address) = lower(c.mail)) AS reached
  FROM contact c JOIN contact_test t
    ON t.delivery = (SELECT max(x.delivery) FROM contact_test x JOIN delivery y ON y.id = x.delivery
                      WHERE x.member = c.member AND y.state <> 5 AND lower(y.address) = lower(c.mail))
       JOIN delivery d ON d.id = t.delivery
 WHERE c.mail <> '' ORDER BY c.id;

-- reach_of: what is known of a delivery that asks so
-- takes: delivery int
-- gives: confirmed int, doubted int
-- for: cli keys web
SELECT confirmed, doubted FROM contact_test WHERE delivery = $1;

-- reach_confirm: it reached them; the first word of it stands
-- takes: delivery int, at int, way int
-- gives:
-- for: cli keys web
UPDATE contact_test SET confirmed = $2, way = $3 WHERE delivery = $1 AND confirmed = 0;

-- reach_doubt: probably a machine said so
-- takes: delivery int, at int
-- gives:
-- for: cli web
UPDATE contact_test SET doubted = $2 WHERE delivery = $1;

-- reach_drop: where it went is not known any more
-- takes:
-- gives:
-- for: cli
DELETE FROM contact_test WHERE delivery IN (SELECT id FROM delivery WHERE address = '');
