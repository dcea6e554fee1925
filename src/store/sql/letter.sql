-- letter_to: a member and one of its contacts, as a letter names them
-- takes: member int, contact int
-- gives: name text, slug text, member_language text, contact text, role text, language text,
--   expertise text, wishes text
-- for: cli keys
SELECT member.name, member.slug, member.language AS member_language, coalesce(contact.name, '') AS contact,
       coalesce(contact.role, '') AS role, coalesce(contact.language, '') AS language,
       coalesce(contact.expertise, '') AS expertise, coalesce(contact.wishes, '') AS wishes
  FROM member LEFT JOIN contact ON contact.id = $2 AND contact.member = member.id
 WHERE member.id = $1;

-- letter_others: how many other members have an issue open, and since when anybody has it
-- takes: issue text, member int
-- gives: others int, since int
-- for: cli keys
SELECT count(DISTINCT CASE WHEN member <> $2 THEN member END) AS others, coalesce(min(found), 0) AS since
  FROM finding WHERE issue = $1 AND state IN (1, 2, 3, 4, 5, 6);

-- letter_told: was this finding told by a message before this one, and since when is it open
-- takes: finding int, message int
-- gives: told int, since int, untrue int
-- for: cli keys
SELECT (SELECT count(*) FROM message_part p JOIN message m ON m.id = p.message
         WHERE p.finding = f.id AND m.id < $2 AND m.state IN (0, 2)) AS told,
       f.since,
       (SELECT count(*) FROM finding_change c
         WHERE c.finding = f.id AND c.was = 4 AND c.state = 1 AND c.at >= f.since) AS untrue
  FROM finding f WHERE f.id = $1;
