-- contact_all: every contact, each member's in the order in which they are called
-- takes:
-- gives: id int, member int, place int, role text, name text, mail text, phone text,
--   phone2 text, phone_tested int, hours text, language text, expertise text, key text, wishes text
-- for: cli gather keys watch web
SELECT id, member, place, role, name, mail, phone, phone2, phone_tested, hours, language,
       expertise, key, wishes
  FROM contact ORDER BY member, place, id;

-- contact_add: a member can be reached by this contact
-- takes: member int, place int, role text, name text, mail text, phone text, phone2 text,
--   phone_tested int, hours text, language text, expertise text, key text, wishes text
-- gives: id int
-- for: cli
INSERT INTO contact (member, place, role, name, mail, phone, phone2, phone_tested, hours,
                     language, expertise, key, wishes)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
RETURNING id;

-- contact_change: what is known of a contact is now this
-- takes: id int, place int, role text, name text, mail text, phone text, phone2 text,
--   phone_tested int, hours text, language text, expertise text, key text, wishes text
-- gives:
-- for: cli
UPDATE contact SET place = $2, role = $3, name = $4, mail = $5, phone = $6, phone2 = $7,
                   phone_tested = $8, hours = $9, language = $10, expertise = $11, key = $12,
                   wishes = $13
 WHERE id = $1;

-- contact_drop: a person's data are kept no longer than they are used
-- takes: id int
-- gives:
-- for: cli
DELETE FROM contact WHERE id = $1;

-- contact_whose: whose address this is, for who is told about whom something is proven
-- takes: address text
-- gives: contact int, member int, name text, role text, slug text, member_name text
-- for: cli keys
SELECT c.id AS contact, c.member, c.name, c.role, m.slug, m.name AS member_name
  FROM contact c JOIN member m ON m.id = c.member
 WHERE lower(c.mail) = $1 ORDER BY c.place, c.id LIMIT 1;
