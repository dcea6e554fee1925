-- team_key_add: the team has a key; it signs from a time on
-- takes: kind int, fingerprint text, user_id text, algorithm text, made int, expires int, who text,
--   since int, armored text
-- gives: id int
-- for: cli
INSERT INTO team_key (kind, fingerprint, user_id, algorithm, made, expires, who, ended, armored, since)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $9, $8)
RETURNING id;

-- team_key_end: the keys of a kind that sign, or were to, sign no more from a time on, but one
-- takes: kind int, at int, but int
-- gives:
-- for: cli
UPDATE team_key SET ended = $2 WHERE kind = $1 AND id <> $3 AND (ended = 0 OR ended > $2);

-- team_key_signs: from when a key signs
-- takes: id int, since int
-- gives:
-- for: cli
UPDATE team_key SET since = $2 WHERE id = $1;

-- team_key_change: others certified it
-- takes: id int, armored text
-- gives:
-- for: cli
UPDATE team_key SET armored = $2 WHERE id = $1;

-- team_key_revoke: it is revoked, and signs no more
-- takes: id int, at int, armored text
-- gives:
-- for: cli
UPDATE team_key SET revoked = $2, ended = $2, armored = $3 WHERE id = $1;

-- team_key_goes_on: the keys of a kind that were to end, for one that is not to come any more, do not
-- takes: kind int, now int
-- gives:
-- for: cli
UPDATE team_key SET ended = 0 WHERE kind = $1 AND ended > $2 AND revoked = 0;

-- team_key_hurries: one that is published, and was to sign later, signs from now on
-- takes: kind int, now int, never int
-- gives:
-- for: cli
UPDATE team_key SET since = $2 WHERE kind = $1 AND since > $2 AND since < $3 AND revoked = 0 AND ended = 0;

-- team_key_list: the team's keys, newest first
-- takes:
-- gives: id int, kind int, fingerprint text, user_id text, algorithm text, made int, expires int,
--   who text, ended int, armored text, since int, revoked int
-- for: cli
SELECT id, kind, fingerprint, user_id, algorithm, made, expires, who, ended, armored, since, revoked
  FROM team_key ORDER BY id DESC;

-- team_key_now: with what the team signs at a time
-- takes: kind int, now int
-- gives: id int, fingerprint text, expires int
-- for: cli clock keys metrics
SELECT id, fingerprint, expires FROM team_key
 WHERE kind = $1 AND since <= $2 AND (ended = 0 OR ended > $2) AND revoked = 0
 ORDER BY since DESC, id DESC LIMIT 1;

-- team_key_next: when the next one begins to sign (never: nobody decided that), and whether the newest was revoked
-- takes: kind int, now int
-- gives: since int, revoked int
-- for: cli clock metrics
SELECT coalesce((SELECT min(since) FROM team_key WHERE kind = $1 AND since > $2 AND ended = 0 AND revoked = 0), 0) AS since,
       coalesce((SELECT max(revoked) FROM team_key WHERE kind = $1), 0) AS revoked;

-- key_master_add: the master key that certifies the team's
-- takes: fingerprint text, user_id text, at int, who text, armored text
-- gives: id int
-- for: cli
INSERT INTO key_master (fingerprint, user_id, at, who, ended, armored) VALUES ($1, $2, $3, $4, 0, $5) RETURNING id;

-- key_master_end: the one before certifies no more
-- takes: at int
-- gives:
-- for: cli
UPDATE key_master SET ended = $1 WHERE ended = 0;

-- key_master_now: the one that does
-- takes:
-- gives: fingerprint text, user_id text, at int, who text, armored text
-- for: cli keys
SELECT fingerprint, user_id, at, who, armored FROM key_master WHERE ended = 0;

-- key_year_put: the key of a year, with what belongs to it
-- takes: year int, team_key int, former int, statement text
-- gives:
-- for: cli
INSERT INTO key_year (year, team_key, former, statement) VALUES ($1, $2, $3, $4)
    ON CONFLICT (year) DO UPDATE SET team_key = excluded.team_key, former = excluded.former, statement = excluded.statement;

-- key_year_of: that of a year
-- takes: year int
-- gives: team_key int, former int, statement text
-- for: cli
SELECT team_key, former, statement FROM key_year WHERE year = $1;

-- key_year_list: the years that have a key, newest first
-- takes:
-- gives: year int, team_key int, former int, statement text
-- for: cli
SELECT year, team_key, former, statement FROM key_year ORDER BY year DESC;

-- key_step_drop: a year begins anew: nothing of it is done
-- takes: year int
-- gives:
-- for: cli
DELETE FROM key_step WHERE year = $1;

-- key_told_drop: nor was anybody told
-- takes: year int
-- gives:
-- for: cli
DELETE FROM key_told WHERE year = $1;

-- key_step_add: a step of a year was done; when it was first is kept
-- takes: year int, step int, at int, who text
-- gives:
-- for: cli
INSERT INTO key_step (year, step, at, who) VALUES ($1, $2, $3, $4) ON CONFLICT (year, step) DO NOTHING;

-- key_steps: those of a year that were done
-- takes: year int
-- gives: step int, at int, who text
-- for: cli
SELECT step, at, who FROM key_step WHERE year = $1 ORDER BY step;

-- key_correspondents: to whom mail is encrypted, or was since a time: the first contact of each address that was not told of a year's key
-- takes: year int, now int, since int
-- gives: member int, contact int, role text, mail text, wishes text
-- for: cli
SELECT c.member, c.id AS contact, c.role, c.mail, c.wishes FROM contact c
 WHERE c.id IN (SELECT min(o.id) FROM contact o JOIN member ON member.id = o.member
                 WHERE o.mail <> '' AND member.until > $2 GROUP BY lower(o.mail))
   AND lower(c.mail) IN (SELECT k.address FROM contact_key k
                          WHERE k.state = 1 AND k.expires > $2 AND k.until > $2
                          UNION
                         SELECT lower(d.address) FROM delivery d
                          WHERE d.channel = 0 AND d.form IN (4, 5) AND d.state IN (1, 2, 3) AND d.made >= $3)
   AND lower(c.mail) NOT IN (SELECT lower(d.address) FROM key_told t JOIN delivery d ON d.message = t.message
                              WHERE t.year = $1)
 ORDER BY c.id;

-- key_told_add: a message tells of a year's key
-- takes: message int, year int
-- gives:
-- for: cli
INSERT INTO key_told (message, year) VALUES ($1, $2);

-- key_told_count: how many were told of a year's key, and of how many of them it arrived
-- takes: year int
-- gives: told int, arrived int
-- for: cli
SELECT count(*) AS told, count(CASE WHEN m.state = 2 THEN 1 END) AS arrived
  FROM key_told t JOIN message m ON m.id = t.message WHERE t.year = $1;

-- key_told_of: of which year's key a message tells, and the one before
-- takes: message int
-- gives: year int, fingerprint text, armored text, since int, revoked int, former text, statement text
-- for: cli keys
SELECT y.year, n.fingerprint, n.armored, n.since, n.revoked,
       coalesce((SELECT f.fingerprint FROM team_key f WHERE f.id = y.former), '') AS former, y.statement
  FROM key_told t JOIN key_year y ON y.year = t.year JOIN team_key n ON n.id = y.team_key
 WHERE t.message = $1;
