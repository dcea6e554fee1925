-- hook_add: a machine of a member's is told too
-- takes: member int, channel int, address text, made int, who text
-- gives: id int
-- for: cli
INSERT INTO hook (member, channel, address, made, who, off) VALUES ($1, $2, $3, $4, $5, 0)
RETURNING id;

-- hook_list: machines that are told, those of one member or of all; all: also those that were
-- takes: member text?, all int
-- gives: id int, member int, slug text, channel int, address text, made int, who text, off int,
--   arrived int, refused int
-- for: cli
SELECT hook.id, hook.member, member.slug, hook.channel, hook.address, hook.made, hook.who, hook.off,
       coalesce((SELECT max(d.changed) FROM delivery d
                  WHERE d.contact = hook.id AND d.channel = hook.channel AND d.state = 3), 0) AS arrived,
       (SELECT count(*) FROM delivery d
         WHERE d.contact = hook.id AND d.channel = hook.channel AND d.state = 4) AS refused
  FROM hook JOIN member ON member.id = hook.member
 WHERE ($1::text IS NULL OR member.slug = $1::text) AND ($2::bigint <> 0 OR hook.off = 0)
 ORDER BY member.slug, hook.id;

-- hook_of: the machines of a member that are told
-- takes: member int
-- gives: id int, channel int, address text
-- for: cli gather keys watch web
SELECT id, channel, address FROM hook WHERE member = $1 AND off = 0 ORDER BY id;

-- hook_off: one is not told any more
-- takes: id int, off int
-- gives:
-- for: cli
UPDATE hook SET off = $2 WHERE id = $1 AND off = 0;
