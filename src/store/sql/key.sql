-- key_add: a key came for an address
-- takes: address text, kind int, fingerprint text, user_id text, mails text, algorithm text,
--   made int, expires int, state int, origin int, came int, bytes blob
-- gives: id int
-- for: cli keys
INSERT INTO contact_key (address, kind, fingerprint, user_id, mails, algorithm, made, expires, state,
                         until, origin, came, bytes)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, $12)
RETURNING id;

-- key_change: the same key came anew, with another end, or revoked
-- takes: id int, user_id text, mails text, expires int, state int, bytes blob
-- gives:
-- for: cli keys
UPDATE contact_key SET user_id = $2, mails = $3, expires = $4, state = $5, bytes = $6 WHERE id = $1;

-- key_become: what an officer decided of a key
-- takes: id int, state int, until int
-- gives:
-- for: cli
UPDATE contact_key SET state = $2, until = $3 WHERE id = $1;

-- key_drop: nobody has this key any more
-- takes: id int
-- gives:
-- for: cli
DELETE FROM contact_key WHERE id = $1;

-- key_drop_checks: nor is there what made sure of it
-- takes: id int
-- gives:
-- for: cli
DELETE FROM key_check WHERE contact_key = $1;

-- key_drop_idle_checks: what made sure of keys of addresses that are nobody's any more
-- takes:
-- gives:
-- for: cli
DELETE FROM key_check
 WHERE contact_key IN (SELECT id FROM contact_key
                        WHERE address NOT IN (SELECT lower(mail) FROM contact));

-- key_drop_idle: nor are those keys kept
-- takes:
-- gives:
-- for: cli
DELETE FROM contact_key WHERE address NOT IN (SELECT lower(mail) FROM contact);

-- key_list: keys, those of an address, of the contacts of a member, or all
-- takes: address text?, member text?
-- gives: id int, address text, kind int, fingerprint text, user_id text, mails text, algorithm text,
--   made int, expires int, state int, until int, origin int, came int
-- for: cli keys
SELECT id, address, kind, fingerprint, user_id, mails, algorithm, made, expires, state, until,
       origin, came
  FROM contact_key
 WHERE ($1::text IS NULL OR address = $1::text)
   AND ($2::text IS NULL
        OR address IN (SELECT lower(contact.mail) FROM contact JOIN member ON member.id = contact.member
                        WHERE member.slug = $2::text))
 ORDER BY address, id;

-- key_bytes: what a key is
-- takes: id int
-- gives: bytes blob
-- for: cli keys
SELECT bytes FROM contact_key WHERE id = $1;

-- key_usable: the keys of an address that may be used at a time
-- takes: address text, now int
-- gives: id int, kind int, fingerprint text, bytes blob
-- for: cli keys
SELECT id, kind, fingerprint, bytes FROM contact_key
 WHERE address = $1 AND state = 1 AND expires > $2 AND until > $2
 ORDER BY id;

-- key_check_add: somebody made sure whose a key is, or refused it
-- takes: key int, at int, who text, state int, method int, evidence text, until int
-- gives:
-- for: cli
INSERT INTO key_check (contact_key, at, who, state, method, evidence, until)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- key_check_list: the ledger of a key
-- takes: key int
-- gives: at int, who text, state int, method int, evidence text, until int
-- for: cli keys
SELECT at, who, state, method, evidence, until FROM key_check WHERE contact_key = $1 ORDER BY id;

-- key_troubles: keys of contacts that end before a time, or wait for somebody to check them
-- takes: soon int
-- gives: id int, address text, fingerprint text, expires int, state int, until int, spare int
-- for: cli clock metrics
SELECT k.id, k.address, k.fingerprint, k.expires, k.state, k.until,
       (SELECT count(*) FROM contact_key o
         WHERE o.address = k.address AND o.id <> k.id AND o.state = 1 AND o.expires > $1 AND o.until > $1)
         AS spare
  FROM contact_key k
 WHERE k.state <> 2 AND (k.state <> 1 OR k.expires <= $1 OR k.until <= $1)
   AND k.address IN (SELECT lower(mail) FROM contact)
 ORDER BY k.address, k.id;

-- key_chased: keys that were checked and end before a time, or were revoked, and for which no other of their address lasts; to whom of a contact, and what was said of that end
-- takes: now int, soon int, shadow int
-- gives: id int, expires int, state int, until int, said int, member int, contact int, role text,
--   mail text, wishes text
-- for: cli watch
SELECT k.id, k.expires, k.state, k.until,
       coalesce((SELECT max(x.step) FROM key_chase x JOIN message m ON m.id = x.message
                  WHERE x.contact_key = k.id AND x.expires = k.expires
                    AND (m.state <> 6 OR $3::bigint <> 0)), 0) AS said,
       c.member, c.id AS contact, c.role, c.mail, c.wishes
  FROM contact_key k
  JOIN contact c ON c.id = (SELECT min(o.id) FROM contact o JOIN member ON member.id = o.member
                             WHERE lower(o.mail) = k.address AND member.until > $1)
 WHERE ((k.state = 1 AND k.expires <= $2)
        OR (k.state = 3 AND EXISTS (SELECT 1 FROM key_check WHERE contact_key = k.id AND key_check.state = 1)))
   AND NOT EXISTS (SELECT 1 FROM contact_key o
                    WHERE o.address = k.address AND o.id <> k.id AND o.state = 1 AND o.until > $1
                      AND o.expires > CASE WHEN k.state = 3 OR k.expires <= $1 THEN $1 ELSE $2 END)
 ORDER BY k.id;

-- key_chase_add: a message asks the owner of a key for another
-- takes: message int, key int, step int, expires int
-- gives:
-- for: cli watch
INSERT INTO key_chase (message, contact_key, step, expires) VALUES ($1, $2, $3, $4);

-- key_chase_of: of which key a message is, as that is now; other: keys of its address that last longer
-- takes: message int, now int
-- gives: fingerprint text, expires int, state int, until int, meant int, other int
-- for: keys
SELECT k.fingerprint, k.expires, k.state, k.until, x.expires AS meant,
       (SELECT count(*) FROM contact_key o
         WHERE o.address = k.address AND o.id <> k.id AND o.state = 1 AND o.until > $2
           AND o.expires > $2 AND o.expires > CASE WHEN k.state = 3 THEN $2 ELSE k.expires END) AS other
  FROM key_chase x JOIN contact_key k ON k.id = x.contact_key
 WHERE x.message = $1;

-- key_reach: addresses of contacts, and those of them without a key that may be used at a time
-- takes: now int
-- gives: lacking int, everybody int
-- for: cli
SELECT count(CASE WHEN usable = 0 THEN 1 END) AS lacking, count(*) AS everybody
  FROM (SELECT mail, (SELECT count(*) FROM contact_key k
                       WHERE k.address = mail AND k.state = 1 AND k.expires > $1 AND k.until > $1) AS usable
          FROM (SELECT DISTINCT lower(mail) AS mail FROM contact WHERE mail <> '') AS addresses) AS reach;
