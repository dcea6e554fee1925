-- mail_add: a mail came in; nothing happens where it came before
-- takes: came int, way int, sum blob, archive text, bytes int
-- gives: id int
-- for: cli hear
INSERT INTO mail_in (came, way, sum, archive, bytes, state, kind, sender, subject, message, delivery, contact,
                     member, proof, says, read, reader)
VALUES ($1, $2, $3, $4, $5, 0, 0, '', '', '', 0, 0, 0, 0, '', 0, '')
ON CONFLICT (sum) DO NOTHING RETURNING id;

-- mail_by_sum: the one with these bytes
-- takes: sum blob
-- gives: id int
-- for: cli hear
SELECT id FROM mail_in WHERE sum = $1;

-- mail_heard: what was learnt of a mail
-- takes: id int, state int, kind int, sender text, subject text, message text, delivery int, contact int,
--   member int, proof int, says text
-- gives:
-- for: cli keys
UPDATE mail_in SET state = $2, kind = $3, sender = $4, subject = $5, message = $6, delivery = $7, contact = $8,
       member = $9, proof = $10, says = $11
 WHERE id = $1;

-- mail_signed: a signature came; nothing happens where it came before
-- takes: replay text, mail int
-- gives: mail int
-- for: keys
INSERT INTO mail_signed (replay, mail) VALUES ($1, $2) ON CONFLICT (replay) DO NOTHING RETURNING mail;

-- mail_signed_by: with which mail it came first
-- takes: replay text
-- gives: mail int
-- for: keys
SELECT mail FROM mail_signed WHERE replay = $1;

-- mail_read: an officer dealt with a mail
-- takes: id int, at int, who text, says text
-- gives:
-- for: cli
UPDATE mail_in SET state = 2, read = $2, reader = $3, says = CASE WHEN $4::text = '' THEN says ELSE $4::text END
 WHERE id = $1;

-- mail_list: mail that came in, newest first
-- takes: state int?, member text?, most int
-- gives: id int, came int, way int, archive text, bytes int, state int, kind int, sender text,
--   subject text, message text, delivery int, contact int, member int, proof int, says text, read int,
--   reader text, slug text
-- for: cli
SELECT i.id, i.came, i.way, i.archive, i.bytes, i.state, i.kind, i.sender, i.subject, i.message,
       i.delivery, i.contact, i.member, i.proof, i.says, i.read, i.reader, coalesce(m.slug, '') AS slug
  FROM mail_in i LEFT JOIN member m ON m.id = i.member
 WHERE ($1::bigint IS NULL OR i.state = $1::bigint) AND ($2::text IS NULL OR m.slug = $2::text)
 ORDER BY i.id DESC LIMIT $3;

-- mail_count: how much is in a state
-- takes: state int
-- gives: count int
-- for: cli clock metrics
SELECT count(*) AS count FROM mail_in WHERE state = $1;

-- mail_by_id: one of it
-- takes: id int
-- gives: id int, came int, way int, archive text, bytes int, state int, kind int, sender text,
--   subject text, message text, delivery int, contact int, member int, proof int, says text, read int,
--   reader text, slug text
-- for: cli hear keys
SELECT i.id, i.came, i.way, i.archive, i.bytes, i.state, i.kind, i.sender, i.subject, i.message,
       i.delivery, i.contact, i.member, i.proof, i.says, i.read, i.reader, coalesce(m.slug, '') AS slug
  FROM mail_in i LEFT JOIN member m ON m.id = i.member
 WHERE i.id = $1;

-- mail_about_tag: the delivery whose Message-ID has this tag
-- takes: tag text
-- gives: delivery int, message int, contact int, member int, address text
-- for: cli keys
SELECT d.id AS delivery, d.message, d.contact, m.member, d.address
  FROM delivery d JOIN message m ON m.id = d.message
 WHERE d.tag = $1 AND d.channel = 0;

-- mail_about_number: the last delivery of a message, to an address or to anybody
-- takes: public int, address text?
-- gives: delivery int, message int, contact int, member int, address text
-- for: cli keys
SELECT d.id AS delivery, d.message, d.contact, m.member, d.address
  FROM delivery d JOIN message m ON m.id = d.message
 WHERE m.public = $1 AND d.channel = 0 AND ($2::text IS NULL OR lower(d.address) = $2::text)
 ORDER BY d.id DESC LIMIT 1;

-- mail_writer: the contact whose address this is
-- takes: address text
-- gives: contact int, member int
-- for: cli keys
SELECT c.id AS contact, c.member FROM contact c JOIN member m ON m.id = c.member
 WHERE lower(c.mail) = $1 ORDER BY c.place, c.id LIMIT 1;

-- trouble_put: an address did not take a mail
-- takes: address text, now int, hard int, until int, code text, says text, mail int
-- gives:
-- for: cli keys
INSERT INTO mail_trouble (address, since, last, times, hard, until, code, says, mail)
VALUES ($1, $2, $2, 1, $3, $4, $5, $6, $7)
ON CONFLICT (address) DO UPDATE
   SET last = excluded.last, times = mail_trouble.times + 1, hard = excluded.hard,
       until = CASE WHEN excluded.until > mail_trouble.until THEN excluded.until ELSE mail_trouble.until END,
       code = excluded.code, says = excluded.says, mail = excluded.mail;

-- trouble_list: addresses that do not take mail, and whose they are
-- takes: now int
-- gives: address text, since int, last int, times int, hard int, until int, code text, says text,
--   mail int, slug text
-- for: cli clock metrics
SELECT t.address, t.since, t.last, t.times, t.hard, t.until, t.code, t.says, t.mail,
       coalesce((SELECT min(m.slug) FROM contact c JOIN member m ON m.id = c.member
                  WHERE lower(c.mail) = t.address), '') AS slug
  FROM mail_trouble t WHERE t.until > $1 ORDER BY t.last DESC, t.address;

-- trouble_of: whether mail goes round an address
-- takes: address text, now int
-- gives: until int, code text, says text
-- for: cli keys
SELECT until, code, says FROM mail_trouble WHERE address = $1 AND until > $2;

-- trouble_end: mail goes to an address again
-- takes: address text
-- gives:
-- for: cli
DELETE FROM mail_trouble WHERE address = $1;
