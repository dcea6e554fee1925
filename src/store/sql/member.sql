-- member_all: every member, also those who left
-- takes:
-- gives: id int, slug text, name text, kind text, size text, nis2 text, service text,
--   language text, agreement text, since int, until int
-- for: cli gather keys watch web
SELECT id, slug, name, kind, size, nis2, service, language, agreement, since, until
  FROM member ORDER BY slug;

-- member_by_slug: the member that is called so, also one that left
-- takes: slug text
-- gives: id int
-- for: cli
SELECT id FROM member WHERE slug = $1;

-- member_add: an organisation becomes a member
-- takes: slug text, name text, kind text, size text, nis2 text, service text, language text,
--   agreement text, since int, until int
-- gives: id int
-- for: cli
INSERT INTO member (slug, name, kind, size, nis2, service, language, agreement, since, until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING id;

-- member_change: what is known of a member is now this
-- takes: id int, name text, kind text, size text, nis2 text, service text, language text,
--   agreement text, since int, until int
-- gives:
-- for: cli
UPDATE member SET name = $2, kind = $3, size = $4, nis2 = $5, service = $6, language = $7,
                  agreement = $8, since = $9, until = $10
 WHERE id = $1;

-- member_name_all: all names of all members, in their order
-- takes:
-- gives: member int, name text
-- for: cli gather keys watch web
SELECT member, name FROM member_name ORDER BY member, place;

-- member_name_clear: a member has no names
-- takes: member int
-- gives:
-- for: cli
DELETE FROM member_name WHERE member = $1;

-- member_name_add: a member has this name too
-- takes: member int, place int, name text
-- gives:
-- for: cli
INSERT INTO member_name (member, place, name) VALUES ($1, $2, $3);

-- umbrella_all: who is under whom
-- takes:
-- gives: member int, slug text
-- for: cli gather keys watch web
SELECT umbrella.member, member.slug FROM umbrella JOIN member ON member.id = umbrella.umbrella
 ORDER BY umbrella.member, member.slug;

-- umbrella_clear: a member is under nobody
-- takes: member int
-- gives:
-- for: cli
DELETE FROM umbrella WHERE member = $1;

-- umbrella_add: a member is under an umbrella, by its slug
-- takes: member int, umbrella text
-- gives:
-- for: cli
INSERT INTO umbrella (member, umbrella) SELECT $1::bigint, id FROM member WHERE slug = $2;
