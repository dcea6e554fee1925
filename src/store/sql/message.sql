-- telling: whether anything leaves, and who decided so
-- takes:
-- gives: mode int, stopped int, who text, reason text, at int
-- for: cli clock gather keys mail metrics watch web
SELECT mode, stopped, who, reason, at FROM telling WHERE id = 1;

-- telling_set: an officer decided whether anything leaves
-- takes: mode int, stopped int, who text, reason text, at int
-- gives:
-- for: cli
UPDATE telling SET mode = $1, stopped = $2, who = $3, reason = $4, at = $5 WHERE id = 1;

-- message_due: members to be told something by now, how urgently, and the worst of it
-- takes: now int
-- gives: member int, urgency int, worst int
-- for: cli gather watch web
SELECT member, urgency, min(severity) AS worst
  FROM (SELECT n.member, n.urgency,
               (SELECT f.severity FROM finding f WHERE f.id = n.finding AND f.state IN (1, 2)) AS severity
          FROM notice n
         WHERE n.message = 0 AND n.state < 3 AND n.state <> 1 AND n.due <= $1) AS due
 WHERE severity IS NOT NULL
 GROUP BY member, urgency ORDER BY urgency, member;

-- message_add: a member is to be told this; nothing happens where `public` is taken
-- takes: public int, member int, kind int, urgency int, state int, made int, due int, answer int,
--   round int, recall int, alert int
-- gives: id int
-- for: cli gather keys watch web
INSERT INTO message (public, member, kind, urgency, state, made, due, answer, thread, round, recall,
                     alert)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11)
ON CONFLICT (public) DO NOTHING RETURNING id;

-- message_parts: what is due of a member's is told of by this message
-- takes: message int, member int, urgency int, now int
-- gives:
-- for: cli gather watch web
INSERT INTO message_part (message, finding, notice)
SELECT $1::bigint, n.finding, max(n.id) FROM notice n
 WHERE n.message = 0 AND n.member = $2 AND n.urgency = $3 AND n.state < 3 AND n.state <> 1 AND n.due <= $4
   AND EXISTS (SELECT 1 FROM finding f WHERE f.id = n.finding AND f.state IN (1, 2))
 GROUP BY n.finding;

-- message_take: and is in it from now on
-- takes: message int, member int, urgency int, now int
-- gives:
-- for: cli gather watch web
UPDATE notice SET message = $1
 WHERE message = 0 AND member = $2 AND urgency = $3 AND state < 3 AND state <> 1 AND due <= $4
   AND EXISTS (SELECT 1 FROM finding f WHERE f.id = notice.finding AND f.state IN (1, 2));

-- message_part_move: a finding is told of by another message
-- takes: from int, to int, finding int
-- gives:
-- for: keys
UPDATE message_part SET message = $2 WHERE message = $1 AND finding = $3;

-- message_notice_move: and so is what was planned of it
-- takes: from int, to int, finding int
-- gives:
-- for: keys
UPDATE notice SET message = $2 WHERE message = $1 AND finding = $3;

-- delivery_sealed_to: what waits to leave, sealed to keys of this address
-- takes: address text
-- gives: id int, urgency int
-- for: cli
SELECT delivery.id, message.urgency FROM delivery JOIN message ON message.id = delivery.message
 WHERE delivery.state = 1 AND delivery.form IN (4, 5) AND lower(delivery.address) = $1
 ORDER BY delivery.id;

-- delivery_signed: what waits to leave, signed by the team
-- takes:
-- gives: id int, urgency int
-- for: cli
SELECT delivery.id, message.urgency FROM delivery JOIN message ON message.id = delivery.message
 WHERE delivery.state = 1 AND delivery.channel = 0 AND delivery.form IN (2, 3, 4, 6)
 ORDER BY delivery.id;

-- message_part_add: a message tells of this finding
-- takes: message int, finding int, notice int
-- gives:
-- for: cli watch
INSERT INTO message_part (message, finding, notice) VALUES ($1, $2, $3)
ON CONFLICT (message, finding) DO NOTHING;

-- message_thread: the message of which it goes on with the thread; its own number: it begins one
-- takes: message int, thread int
-- gives:
-- for: cli gather keys watch web
UPDATE message SET thread = $2 WHERE id = $1;

-- message_contacts: whom a member has to be told, in the order in which they are called, but those to whom this message went
-- takes: member int, message int
-- gives: id int, role text, mail text, wishes text
-- for: cli gather keys mail watch web
SELECT id, role, mail, wishes FROM contact
 WHERE member = $1
   AND id NOT IN (SELECT contact FROM delivery WHERE message = $2 AND channel = 0)
 ORDER BY place, id;

-- message_told_of: what a message tells of, as mandates of suppliers name it
-- takes: message int
-- gives: issue text, seen text, asset text
-- for: cli gather keys watch web
SELECT f.issue, f.seen, coalesce(asset.value, '') AS asset
  FROM message_part p JOIN finding f ON f.id = p.finding LEFT JOIN asset ON asset.id = f.asset
 WHERE p.message = $1 ORDER BY f.id;

-- wish_all: the contacts of members of whom one wishes something, in the order in which they are called
-- takes:
-- gives: member int, id int, role text, mail text, wishes text
-- for: cli gather watch web
SELECT member, id, role, mail, wishes FROM contact
 WHERE member IN (SELECT member FROM contact WHERE wishes <> '')
 ORDER BY member, place, id;

-- wish_of: what one contact wishes
-- takes: contact int
-- gives: wishes text
-- for: cli mail
SELECT wishes FROM contact WHERE id = $1;

-- delivery_add: a message is to go to this contact
-- takes: message int, contact int, channel int, address text, why int, form int, state int,
--   made int, tag text
-- gives: id int
-- for: cli gather keys mail watch web
INSERT INTO delivery (message, contact, channel, address, why, form, state, made, changed, tries,
                      doubts, code, said, tag)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 0, 0, 0, '', $9)
RETURNING id;

-- message_list: messages, newest first
-- takes: member text?, state int?, alert int?, most int
-- gives: id int, public int, member int, kind int, urgency int, state int, made int, due int,
--   answer int, thread int, round int, recall int, alert int, slug text, parts int, worst int, arrived int, deliveries int,
--   least int, until int
-- for: cli clock metrics
SELECT m.id, m.public, m.member, m.kind, m.urgency, m.state, m.made, m.due, m.answer, m.thread,
       m.round, m.recall, m.alert, member.slug,
       (SELECT count(*) FROM message_part p WHERE p.message = m.id) AS parts,
       coalesce((SELECT min(f.severity) FROM message_part p JOIN finding f ON f.id = p.finding
                  WHERE p.message = m.id), 0) AS worst,
       coalesce((SELECT min(d.changed) FROM delivery d
                  WHERE d.message = m.id AND d.state = 3 AND d.form <> 6 AND d.why <> 3
                    AND d.channel IN (0, 1, 6)), 0) AS arrived,
       (SELECT count(*) FROM delivery d WHERE d.message = m.id) AS deliveries,
       coalesce((SELECT min(f.state) FROM message_part p JOIN finding f ON f.id = p.finding
                  WHERE p.message = m.id), 7) AS least,
       coalesce((SELECT min(f.until) FROM message_part p JOIN finding f ON f.id = p.finding
                  WHERE p.message = m.id AND f.state = 3), 9223372036854775807) AS until
  FROM message m JOIN member ON member.id = m.member
 WHERE ($1::text IS NULL OR member.slug = $1::text)
   AND ($2::bigint IS NULL OR m.state = $2::bigint)
   AND ($3::bigint IS NULL OR m.alert = $3::bigint)
 ORDER BY m.id DESC LIMIT $4;

-- message_one: the message of a public number, or of its own
-- takes: public int?, id int?
-- gives: id int, public int, member int, kind int, urgency int, state int, made int, due int,
--   answer int, thread int, round int, recall int, alert int, slug text, parts int, worst int, arrived int, deliveries int,
--   least int, until int
-- for: cli keys mail web
SELECT m.id, m.public, m.member, m.kind, m.urgency, m.state, m.made, m.due, m.answer, m.thread,
       m.round, m.recall, m.alert, member.slug,
       (SELECT count(*) FROM message_part p WHERE p.message = m.id) AS parts,
       coalesce((SELECT min(f.severity) FROM message_part p JOIN finding f ON f.id = p.finding
                  WHERE p.message = m.id), 0) AS worst,
       coalesce((SELECT min(d.changed) FROM delivery d
                  WHERE d.message = m.id AND d.state = 3 AND d.form <> 6 AND d.why <> 3
                    AND d.channel IN (0, 1, 6)), 0) AS arrived,
       (SELECT count(*) FROM delivery d WHERE d.message = m.id) AS deliveries,
       coalesce((SELECT min(f.state) FROM message_part p JOIN finding f ON f.id = p.finding
                  WHERE p.message = m.id), 7) AS least,
       coalesce((SELECT min(f.until) FROM message_part p JOIN finding f ON f.id = p.finding
                  WHERE p.message = m.id AND f.state = 3), 9223372036854775807) AS until
  FROM message m JOIN member ON member.id = m.member
 WHERE m.public = $1::bigint OR m.id = $2::bigint;

-- message_findings: what a message tells of, the worst first
-- takes: message int
-- gives: finding int, public int, issue text, seen text, class int, severity int, state int,
--   first_seen int, last_seen int, why int, care text, ended int, until int, retro int
-- for: cli keys
SELECT f.id AS finding, f.public, f.issue, f.seen, f.class, f.severity, f.state, f.first_seen,
       f.last_seen, coalesce(n.why, 0) AS why, coalesce(asset.care, '') AS care, f.ended, f.until,
       f.retro
  FROM message_part p JOIN finding f ON f.id = p.finding LEFT JOIN notice n ON n.id = p.notice
       LEFT JOIN asset ON asset.id = f.asset
 WHERE p.message = $1 ORDER BY f.severity, f.issue, f.seen, f.id;

-- message_become: a message comes into a state
-- takes: id int, state int, due int
-- gives:
-- for: cli gather keys mail watch web
UPDATE message SET state = $2, due = $3 WHERE id = $1;

-- message_counts: what became of the deliveries of a message to people; a word that it waits is no telling, nor is what a supplier has
-- takes: message int
-- gives: live int, arrived int, officer int, cancelled int, total int
-- for: cli keys mail
SELECT count(CASE WHEN state < 3 THEN 1 END) AS live,
       count(CASE WHEN state = 3 AND form <> 6 AND why <> 3 THEN 1 END) AS arrived,
       count(CASE WHEN state = 6 THEN 1 END) AS officer,
       count(CASE WHEN state = 5 AND why <> 3 THEN 1 END) AS cancelled,
       count(CASE WHEN why <> 3 THEN 1 END) AS total
  FROM delivery WHERE message = $1 AND channel IN (0, 1, 6);

-- message_tell_note: the open findings of a message down to a severity are told: the history of each
-- takes: message int, at int, act int, until int, reason text, lowest int
-- gives:
-- for: cli mail
INSERT INTO finding_change (finding, at, act, who, was, was_ended, was_since, was_until, state,
                            ended, until, reason, batch, made, undone)
SELECT f.id, $2::bigint, $3::bigint, '', f.state, f.ended, f.since, f.until, 2, f.ended, $4::bigint, $5::text, 0, '', 0
  FROM message_part p JOIN finding f ON f.id = p.finding
 WHERE p.message = $1 AND f.state = 1 AND f.severity <= $6;

-- message_tell: the open findings of a message down to a severity are told
-- takes: message int, lowest int
-- gives:
-- for: cli mail
UPDATE finding SET state = 2
 WHERE state = 1 AND severity <= $2 AND id IN (SELECT finding FROM message_part WHERE message = $1);

-- delivery_of: the deliveries of a message, in the order in which they were made
-- takes: message int
-- gives: id int, message int, contact int, channel int, address text, why int, form int, state int,
--   made int, changed int, tries int, doubts int, code int, said text, tag text
-- for: cli
SELECT id, message, contact, channel, address, why, form, state, made, changed, tries, doubts, code,
       said, tag
  FROM delivery WHERE message = $1 ORDER BY id;

-- delivery_by_id: one delivery
-- takes: id int
-- gives: id int, message int, contact int, channel int, address text, why int, form int, state int,
--   made int, changed int, tries int, doubts int, code int, said text, tag text
-- for: cli keys mail
SELECT id, message, contact, channel, address, why, form, state, made, changed, tries, doubts, code,
       said, tag
  FROM delivery WHERE id = $1;

-- delivery_become: a delivery comes into a state, in this form
-- takes: id int, state int, form int, changed int, tries int, doubts int, code int, said text
-- gives:
-- for: cli keys mail
UPDATE delivery SET state = $2, form = $3, changed = $4, tries = $5, doubts = $6, code = $7, said = $8
 WHERE id = $1;

-- delivery_cancel: what has not arrived of a message does not leave, but what is being given away
-- takes: message int, changed int
-- gives:
-- for: cli keys
UPDATE delivery SET state = 5, changed = $2 WHERE message = $1 AND state IN (0, 1, 4, 6);

-- delivery_seal: the bytes of a delivery, on their way
-- takes: delivery int, bytes blob
-- gives:
-- for: cli keys
INSERT INTO delivery_bytes (delivery, bytes) VALUES ($1, $2)
ON CONFLICT (delivery) DO UPDATE SET bytes = excluded.bytes;

-- delivery_sealed: those bytes
-- takes: delivery int
-- gives: bytes blob
-- for: cli mail
SELECT bytes FROM delivery_bytes WHERE delivery = $1;

-- delivery_unseal: nobody needs them any more
-- takes: delivery int
-- gives:
-- for: cli keys mail
DELETE FROM delivery_bytes WHERE delivery = $1;

-- message_unanswered: findings that were told without an answer, or whose promised day is over: how often since they were last told as new or worse, and when last; not what is a false alarm
-- takes: now int
-- gives: finding int, member int, severity int, until int, last int, round int, thread int
-- for: cli watch
SELECT f.id AS finding, f.member, f.severity, f.until, max(m.made) AS last, max(m.round) AS round,
       max(m.thread) AS thread
  FROM finding f JOIN message_part p ON p.finding = f.id JOIN message m ON m.id = p.message
 WHERE ((f.state = 2 AND m.made >= f.since) OR (f.state = 3 AND f.until <= $1)) AND m.kind < 4 AND m.state < 4
   AND m.id >= coalesce((SELECT max(x.id) FROM message_part q JOIN message x ON x.id = q.message
                          WHERE q.finding = f.id AND x.kind < 2 AND x.state < 4), 0)
   AND NOT EXISTS (SELECT 1 FROM suppress s
                    WHERE s.member = f.member AND s.issue = f.issue AND s.seen = f.seen
                      AND s.print = f.print AND s.removed = 0 AND s.until > $1)
 GROUP BY f.id, f.member, f.severity, f.until
 ORDER BY f.member, f.severity, f.id;

-- message_over: findings that were told, are over since then, and of which that was not said
-- takes: after int
-- gives: finding int, member int, ended int, thread int
-- for: cli watch
SELECT f.id AS finding, f.member, f.since AS ended, max(m.thread) AS thread
  FROM finding f JOIN message_part p ON p.finding = f.id JOIN message m ON m.id = p.message
 WHERE f.state = 7 AND f.since > $1 AND m.kind < 4 AND m.state = 2
   AND NOT EXISTS (SELECT 1 FROM message_part q JOIN message x ON x.id = q.message
                    WHERE q.finding = f.id AND x.kind IN (4, 5) AND x.made >= f.since)
 GROUP BY f.id, f.member, f.since ORDER BY f.member, f.id;

-- message_wrong: findings that were told and that a recall took back, of which that was not said
-- takes:
-- gives: finding int, member int, recall int, thread int
-- for: cli watch
SELECT n.finding, n.member, n.corrected AS recall, max(m.thread) AS thread
  FROM notice n JOIN message m ON m.id = n.message
 WHERE n.corrected > 0 AND m.state IN (2, 3)
   AND NOT EXISTS (SELECT 1 FROM message_part q JOIN message x ON x.id = q.message
                    WHERE q.finding = n.finding AND x.kind = 5 AND x.recall = n.corrected)
 GROUP BY n.finding, n.member, n.corrected ORDER BY n.member, n.corrected, n.finding;

-- notice_soonest: when the next is due of what is to be told
-- takes: never int
-- gives: due int
-- for: cli watch
SELECT due FROM notice WHERE message = 0 AND state < 3 AND due < $1 ORDER BY due LIMIT 1;

-- delivery_thread: what went to a contact before in the thread of a message, oldest first
-- takes: delivery int, thread int, contact int
-- gives: public int, tag text
-- for: cli keys
SELECT m.public, d.tag FROM delivery d JOIN message m ON m.id = d.message
 WHERE m.thread = $2 AND d.contact = $3 AND d.channel = 0 AND d.id < $1 AND d.state = 3
 ORDER BY d.id;

-- message_shadow_let: what was made in the shadow of another system, and is open and untold, is to be told
-- takes: shadow int
-- gives:
-- for: cli
UPDATE notice SET message = 0
 WHERE message IN (SELECT id FROM message WHERE state = $1)
   AND EXISTS (SELECT 1 FROM finding WHERE finding.id = notice.finding AND finding.state = 1);
