-- officer_add: another officer, behind the others
-- takes: name text, made int
-- gives: id int
-- for: cli
INSERT INTO officer (name, place, made)
SELECT $1::text, coalesce(max(place), 0) + 1, $2::bigint FROM officer RETURNING id;

-- officer_list: officers, in the order in which they are asked
-- takes:
-- gives: id int, name text, made int
-- for: cli page
SELECT id, name, made FROM officer ORDER BY place, id;

-- officer_drop: one less
-- takes: id int
-- gives:
-- for: cli
DELETE FROM officer WHERE id = $1;

-- channel_add: by what an officer is woken
-- takes: officer int, place int, way int, address text
-- gives:
-- for: cli
INSERT INTO officer_channel (officer, place, way, address, tested) VALUES ($1, $2, $3, $4, 0);

-- channel_list: by what officers are woken, in that order
-- takes:
-- gives: id int, officer int, way int, address text, tested int
-- for: cli page
SELECT id, officer, way, address, tested FROM officer_channel ORDER BY officer, place, id;

-- channel_tested: a page by it was taken
-- takes: id int, at int
-- gives:
-- for: cli web
UPDATE officer_channel SET tested = $2 WHERE id = $1;

-- channel_drop: an officer is woken by none of these any more
-- takes: officer int
-- gives:
-- for: cli
DELETE FROM officer_channel WHERE officer = $1;

-- duty_add: a time on duty
-- takes: officer int, backup int, since int, until int
-- gives: id int
-- for: cli
INSERT INTO duty (officer, backup, since, until, tested) VALUES ($1, $2, $3, $4, 0) RETURNING id;

-- duty_list: times on duty that are not over by a moment, the next first
-- takes: now int
-- gives: id int, officer int, backup int, since int, until int, tested int, name text, backup_name text
-- for: cli page
SELECT d.id, d.officer, d.backup, d.since, d.until, d.tested, o.name, coalesce(b.name, '') AS backup_name
  FROM duty d JOIN officer o ON o.id = d.officer LEFT JOIN officer b ON b.id = d.backup
 WHERE d.until > $1 ORDER BY d.since, d.id;

-- duty_drop: somebody is not on duty then
-- takes: id int
-- gives:
-- for: cli
DELETE FROM duty WHERE id = $1;

-- duty_drop_officer: who is no officer is on no duty
-- takes: officer int
-- gives:
-- for: cli
DELETE FROM duty WHERE officer = $1;

-- duty_drop_backup: nor a backup
-- takes: officer int
-- gives:
-- for: cli
UPDATE duty SET backup = 0 WHERE backup = $1;

-- duty_tested: its test page was made
-- takes: id int, at int
-- gives:
-- for: cli page
UPDATE duty SET tested = $2 WHERE id = $1;

-- page_add: something wakes an officer; nothing happens where it does already
-- takes: kind int, thing int, severity int, made int, duty int
-- gives: id int
-- for: cli page
INSERT INTO page (kind, thing, severity, made, duty, tries, next, ended, taker)
VALUES ($1, $2, $3, $4, $5, 0, $4, 0, '')
ON CONFLICT (kind, thing) WHERE ended = 0 DO NOTHING RETURNING id;

-- page_list: pages, the newest first; those that nobody took, or all
-- takes: all int, most int
-- gives: id int, kind int, thing int, severity int, made int, duty int, tries int, next int, ended int, taker text
-- for: cli page
SELECT id, kind, thing, severity, made, duty, tries, next, ended, taker
  FROM page WHERE $1::bigint <> 0 OR ended = 0 ORDER BY id DESC LIMIT $2;

-- page_tried: so many tries were made, and when the next one is
-- takes: id int, duty int, tries int, next int
-- gives:
-- for: cli page
UPDATE page SET duty = $2, tries = $3, next = $4 WHERE id = $1;

-- page_hurry: the way of its last try did not take it: the next one is due, as long as not all were tried
-- takes: id int, now int
-- gives:
-- for: cli page
UPDATE page SET next = $2
 WHERE id = $1 AND ended = 0 AND tries < (SELECT count(*) FROM officer_channel);

-- page_end: somebody took it, or nothing is to be taken any more
-- takes: id int, at int, taker text
-- gives:
-- for: cli page web
UPDATE page SET ended = $2, taker = $3 WHERE id = $1 AND ended = 0;

-- try_add: an officer is to be woken by one of their channels
-- takes: page int, officer int, channel int, token blob, made int
-- gives:
-- for: cli page
INSERT INTO page_try (page, officer, channel, token, made, state, says) VALUES ($1, $2, $3, $4, $5, 0, '');

-- try_waiting: those that are to be sent now
-- takes: most int
-- gives: id int, page int, severity int, kind int, way int, address text
-- for: cli page
SELECT t.id, t.page, p.severity, p.kind, c.way, c.address
  FROM page_try t JOIN page p ON p.id = t.page JOIN officer_channel c ON c.id = t.channel
 WHERE t.state = 0 AND p.ended = 0 ORDER BY t.id LIMIT $1;

-- try_begun: what stands in its link
-- takes: id int, token blob
-- gives:
-- for: cli page
UPDATE page_try SET token = $2 WHERE id = $1;

-- try_over: what came of it
-- takes: id int, state int, says text
-- gives:
-- for: cli page
UPDATE page_try SET state = $2, says = $3 WHERE id = $1;

-- try_list: who was woken for a page, by what, and what came of it
-- takes: page int
-- gives: id int, made int, state int, says text, name text, way int, address text
-- for: cli
SELECT t.id, t.made, t.state, t.says, coalesce(o.name, '') AS name, coalesce(c.way, -1) AS way,
       coalesce(c.address, '') AS address
  FROM page_try t LEFT JOIN officer o ON o.id = t.officer LEFT JOIN officer_channel c ON c.id = t.channel
 WHERE t.page = $1 ORDER BY t.id;

-- try_by_token: the page of a link, and whose that is
-- takes: token blob
-- gives: page int, kind int, thing int, severity int, made int, ended int, taker text, name text, channel int
-- for: cli web
SELECT t.page, p.kind, p.thing, p.severity, p.made, p.ended, p.taker, o.name, t.channel
  FROM page_try t JOIN page p ON p.id = t.page JOIN officer o ON o.id = t.officer
 WHERE t.token = $1;
