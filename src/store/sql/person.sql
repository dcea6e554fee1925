-- person_contacts: contacts that have these letters in a name, an address or a number
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT member.slug AS subject, contact.id AS number, contact.role AS what,
       contact.name || ', ' || contact.mail || ', ' || contact.phone || ', ' || contact.phone2
         || ', ' || contact.hours || ', ' || contact.wishes AS value,
       member.since AS since, member.until AS ends
  FROM contact JOIN member ON member.id = contact.member
 WHERE lower(contact.name) LIKE lower($1) ESCAPE '!' OR lower(contact.mail) LIKE lower($1) ESCAPE '!'
    OR lower(contact.phone) LIKE lower($1) ESCAPE '!' OR lower(contact.phone2) LIKE lower($1) ESCAPE '!'
    OR lower(contact.wishes) LIKE lower($1) ESCAPE '!'
 ORDER BY member.slug, contact.place;

-- person_assets: assets that are such an account, or that such a one vouched for
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT coalesce(member.slug, '-') AS subject, asset.id AS number, asset.kind AS what,
       asset.value || CASE WHEN asset.vouched = '' THEN '' ELSE ', vouched for by ' || asset.vouched END
         AS value,
       asset.since AS since, asset.until AS ends
  FROM asset LEFT JOIN member ON member.id = asset.member
 WHERE lower(asset.vouched) LIKE lower($1) ESCAPE '!'
    OR (asset.kind IN ('account', 'name') AND lower(asset.value) LIKE lower($1) ESCAPE '!')
 ORDER BY 1, asset.id;

-- person_evidence: records of findings of a class (or of all others) that say it
-- takes: pattern text, class int, others int, never int
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT member.slug AS subject, finding.public AS number, feed.name AS what, evidence.event AS value,
       evidence.time AS since,
       CASE WHEN finding.state IN (7, 8) THEN finding.since ELSE $4::bigint END AS ends
  FROM evidence JOIN finding ON finding.id = evidence.finding
  JOIN member ON member.id = finding.member JOIN feed ON feed.id = evidence.feed
 WHERE (finding.class = $2) = ($3::bigint = 0)
   AND lower(evidence.event) LIKE lower($1) ESCAPE '!'
 ORDER BY member.slug, finding.id;

-- person_suppress: false alarms of such a name, reason or officer
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT member.slug AS subject, suppress.id AS number, suppress.issue AS what,
       suppress.seen || ', by ' || suppress.who || ': ' || suppress.reason AS value,
       suppress.made AS since,
       CASE WHEN suppress.removed > 0 THEN suppress.removed ELSE suppress.until END AS ends
  FROM suppress JOIN member ON member.id = suppress.member
 WHERE lower(suppress.reason) LIKE lower($1) ESCAPE '!' OR lower(suppress.who) LIKE lower($1) ESCAPE '!'
    OR lower(suppress.seen) LIKE lower($1) ESCAPE '!'
 ORDER BY suppress.id;

-- person_batches: why batches were discarded or recalled
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT feed.name AS subject, batch.id AS number, batch.file AS what, batch.reason AS value,
       batch.arrived AS since, batch.arrived AS ends
  FROM batch JOIN feed ON feed.id = batch.feed
 WHERE lower(batch.reason) LIKE lower($1) ESCAPE '!' OR lower(batch.file) LIKE lower($1) ESCAPE '!'
 ORDER BY batch.id;

-- person_history: reasons and notes of findings, and who wrote them
-- takes: pattern text, never int
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT member.slug AS subject, finding.public AS number, finding_change.who AS what,
       finding_change.reason AS value, finding_change.at AS since,
       CASE WHEN finding.state IN (7, 8) THEN finding.since ELSE $2::bigint END AS ends
  FROM finding_change JOIN finding ON finding.id = finding_change.finding
  JOIN member ON member.id = finding.member
 WHERE lower(finding_change.reason) LIKE lower($1) ESCAPE '!'
    OR lower(finding_change.who) LIKE lower($1) ESCAPE '!'
 ORDER BY finding_change.id;

-- person_audit: what was typed or changed, beside the audit
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT audit.subject AS subject, audit.id AS number, audit.verb || ', ' || audit_value.key AS what,
       audit_value.value AS value, audit.at AS since, audit.at AS ends
  FROM audit_value JOIN audit ON audit.id = audit_value.audit
 WHERE audit_value.erased = 0 AND lower(audit_value.value) LIKE lower($1) ESCAPE '!'
 ORDER BY audit.id, audit_value.place;

-- person_breakers: why officers let go, or never told, what was held
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT breaker.issue AS subject, breaker.id AS number, breaker.who AS what, breaker.reason AS value,
       breaker.at AS since, breaker.decided AS ends
  FROM breaker
 WHERE lower(breaker.reason) LIKE lower($1) ESCAPE '!' OR lower(breaker.who) LIKE lower($1) ESCAPE '!'
 ORDER BY breaker.id;

-- person_keys: keys of contacts that name them, or lie under their address
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT coalesce((SELECT min(member.slug) FROM contact JOIN member ON member.id = contact.member
                  WHERE lower(contact.mail) = k.address), '-') AS subject,
       k.id AS number, k.fingerprint AS what, k.address || ', ' || k.user_id || ', ' || k.mails AS value,
       k.came AS since, k.came AS ends
  FROM contact_key k
 WHERE k.address LIKE lower($1) ESCAPE '!' OR lower(k.user_id) LIKE lower($1) ESCAPE '!'
    OR lower(k.mails) LIKE lower($1) ESCAPE '!'
 ORDER BY k.id;

-- person_checks: how somebody made sure whose a key is, and who
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT k.address AS subject, k.id AS number, c.who AS what, c.evidence AS value, c.at AS since, c.at AS ends
  FROM key_check c JOIN contact_key k ON k.id = c.contact_key
 WHERE lower(c.evidence) LIKE lower($1) ESCAPE '!' OR lower(c.who) LIKE lower($1) ESCAPE '!'
 ORDER BY c.id;

-- person_team_keys: who made keys of the team, made their master known, and did the steps of their years
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT 'team' AS subject, id AS number, fingerprint AS what, who AS value, made AS since, made AS ends
  FROM team_key WHERE lower(who) LIKE lower($1) ESCAPE '!'
 UNION ALL
SELECT 'team' AS subject, id AS number, fingerprint AS what, who AS value, at AS since, at AS ends
  FROM key_master WHERE lower(who) LIKE lower($1) ESCAPE '!'
 UNION ALL
SELECT 'team' AS subject, year AS number, 'step ' || step AS what, who AS value, at AS since, at AS ends
  FROM key_step WHERE lower(who) LIKE lower($1) ESCAPE '!'
 ORDER BY number;

-- person_deliveries: where messages went, what the other side said, and which contact tests were confirmed; over when all is that they tell of
-- takes: pattern text, never int
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT member.slug AS subject, m.public AS number,
       'delivery ' || d.id || CASE WHEN t.confirmed > 0 THEN ', confirmed' ELSE '' END AS what,
       d.address || CASE WHEN d.said = '' THEN '' ELSE ', ' || d.said END AS value, d.made AS since,
       CASE WHEN m.state IN (0, 1)
              OR EXISTS (SELECT 1 FROM message_part p JOIN finding f ON f.id = p.finding
                          WHERE p.message = m.id AND f.state NOT IN (7, 8)) THEN $2::bigint
            WHEN (SELECT max(f.since) FROM message_part p JOIN finding f ON f.id = p.finding
                   WHERE p.message = m.id) > m.made
            THEN (SELECT max(f.since) FROM message_part p JOIN finding f ON f.id = p.finding
                   WHERE p.message = m.id)
            ELSE m.made END AS ends
  FROM delivery d JOIN message m ON m.id = d.message JOIN member ON member.id = m.member
       LEFT JOIN contact_test t ON t.delivery = d.id
 WHERE lower(d.address) LIKE lower($1) ESCAPE '!' OR lower(d.said) LIKE lower($1) ESCAPE '!'
 ORDER BY d.id;

-- person_alerts: what officers wrote to members
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT audience AS subject, id AS number, who AS what,
       title || ', ' || title_nl || ', ' || body || ', ' || body_nl AS value, made AS since, made AS ends
  FROM alert
 WHERE lower(title) LIKE lower($1) ESCAPE '!' OR lower(title_nl) LIKE lower($1) ESCAPE '!'
    OR lower(body) LIKE lower($1) ESCAPE '!' OR lower(body_nl) LIKE lower($1) ESCAPE '!'
    OR lower(who) LIKE lower($1) ESCAPE '!'
 ORDER BY id;

-- person_hooks: machines of members whose address says it, and who set them up
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT member.slug AS subject, hook.id AS number, hook.who AS what, hook.address AS value,
       hook.made AS since, hook.made AS ends
  FROM hook JOIN member ON member.id = hook.member
 WHERE lower(hook.address) LIKE lower($1) ESCAPE '!' OR lower(hook.who) LIKE lower($1) ESCAPE '!'
 ORDER BY hook.id;

-- person_telling: why all sending was held or let go, and by whom
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT 'notice' AS subject, id AS number, who AS what, reason AS value, at AS since, at AS ends
  FROM telling
 WHERE lower(reason) LIKE lower($1) ESCAPE '!' OR lower(who) LIKE lower($1) ESCAPE '!'
 ORDER BY id;

-- person_answers: who answered for a member, and in which words; over when the finding is
-- takes: pattern text, never int
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT member.slug AS subject, f.public AS number, 'answer ' || a.id AS what,
       a.who || CASE WHEN a.reason = '' THEN '' ELSE ': ' || a.reason END AS value, a.at AS since,
       CASE WHEN f.state IN (7, 8) THEN f.since ELSE $2::bigint END AS ends
  FROM answer a JOIN finding f ON f.id = a.finding JOIN member ON member.id = f.member
 WHERE lower(a.who) LIKE lower($1) ESCAPE '!' OR lower(a.reason) LIKE lower($1) ESCAPE '!'
 ORDER BY a.id;

-- person_mail: mail that came in, by who wrote it and its subject; its bytes are not looked through
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT coalesce(member.slug, '') AS subject, i.id AS number, 'mail' AS what,
       i.sender || ': ' || i.subject AS value, i.came AS since, i.came AS ends
  FROM mail_in i LEFT JOIN member ON member.id = i.member
 WHERE lower(i.sender) LIKE lower($1) ESCAPE '!' OR lower(i.subject) LIKE lower($1) ESCAPE '!'
    OR lower(i.says) LIKE lower($1) ESCAPE '!' OR lower(i.message) LIKE lower($1) ESCAPE '!'
 ORDER BY i.id;

-- person_bounces: addresses that did not take mail, and what was said of them
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT '' AS subject, mail AS number, 'bounce' AS what, address || ': ' || says AS value, since,
       until AS ends
  FROM mail_trouble
 WHERE lower(address) LIKE lower($1) ESCAPE '!' OR lower(says) LIKE lower($1) ESCAPE '!'
 ORDER BY address;

-- person_calls: who called, and what was said
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT member.slug AS subject, m.public AS number, 'call ' || c.id AS what,
       c.who || ': ' || c.said AS value, c.at AS since, c.at AS ends
  FROM call_log c JOIN message m ON m.id = c.message JOIN member ON member.id = m.member
 WHERE lower(c.who) LIKE lower($1) ESCAPE '!' OR lower(c.said) LIKE lower($1) ESCAPE '!'
 ORDER BY c.id;

-- person_officers: officers, and by what they are woken
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT '' AS subject, o.id AS number, 'officer' AS what,
       o.name || CASE WHEN c.id IS NULL THEN '' ELSE ': ' || c.address END AS value, o.made AS since,
       9223372036854775807 AS ends
  FROM officer o LEFT JOIN officer_channel c ON c.officer = o.id
 WHERE lower(o.name) LIKE lower($1) ESCAPE '!' OR lower(c.address) LIKE lower($1) ESCAPE '!'
 ORDER BY o.id, c.place;

-- person_pages: who took pages
-- takes: pattern text
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT '' AS subject, id AS number, 'page' AS what, taker AS value, made AS since, ended AS ends
  FROM page WHERE lower(taker) LIKE lower($1) ESCAPE '!' ORDER BY id;

-- person_archive: batches, sealed or not, that have shown a finding whose records say it
-- takes: pattern text, sealed int
-- gives: subject text, number int, what text, value text, since int, ends int
-- for: cli
SELECT feed.name AS subject, batch.id AS number, batch.file AS what, batch.archive AS value,
       batch.arrived AS since, batch.arrived AS ends
  FROM batch JOIN feed ON feed.id = batch.feed
 WHERE batch.archive <> '' AND (batch.archive LIKE '%.sealed') = ($2::bigint <> 0)
   AND batch.id IN (SELECT sighting.batch FROM sighting JOIN evidence
                        ON evidence.finding = sighting.finding AND evidence.feed = sighting.feed
                     WHERE lower(evidence.event) LIKE lower($1) ESCAPE '!')
 ORDER BY batch.id;

-- erase_contacts: whoever has these letters in a name, an address or a number is no contact
-- takes: pattern text
-- gives:
-- for: cli
DELETE FROM contact
 WHERE lower(name) LIKE lower($1) ESCAPE '!' OR lower(mail) LIKE lower($1) ESCAPE '!'
    OR lower(phone) LIKE lower($1) ESCAPE '!' OR lower(phone2) LIKE lower($1) ESCAPE '!'
    OR lower(wishes) LIKE lower($1) ESCAPE '!';

-- erase_accounts: such an account is nobody's any more, and is not named
-- takes: pattern text, now int
-- gives:
-- for: cli
UPDATE asset SET value = 'erased-' || id, key = 'erased-' || id,
                 until = CASE WHEN until > $2 THEN $2 ELSE until END
 WHERE kind = 'account' AND lower(value) LIKE lower($1) ESCAPE '!';

-- erase_vouched: nobody of that name vouched
-- takes: pattern text
-- gives:
-- for: cli
UPDATE asset SET vouched = '' WHERE lower(vouched) LIKE lower($1) ESCAPE '!';

-- erase_evidence_of: records of findings of a class (or of all others) that say it
-- takes: pattern text, class int, others int
-- gives: finding int, feed int, event text
-- for: cli
SELECT evidence.finding, evidence.feed, evidence.event
  FROM evidence JOIN finding ON finding.id = evidence.finding
 WHERE (finding.class = $2) = ($3::bigint = 0)
   AND (lower(evidence.event) LIKE lower($1) ESCAPE '!'
        OR lower(evidence.asset_value) LIKE lower($1) ESCAPE '!');

-- erase_evidence: a record without it
-- takes: finding int, feed int, event text
-- gives:
-- for: cli
UPDATE evidence SET event = $3 WHERE finding = $1 AND feed = $2;

-- erase_evidence_asset: nor does the asset by which it was met say it
-- takes: pattern text
-- gives:
-- for: cli
UPDATE evidence SET asset_value = 'erased' WHERE lower(asset_value) LIKE lower($1) ESCAPE '!';

-- erase_answers: that it was answered stays
-- takes: pattern text
-- gives:
-- for: cli
UPDATE answer SET who = '', reason = ''
 WHERE lower(who) LIKE lower($1) ESCAPE '!' OR lower(reason) LIKE lower($1) ESCAPE '!';

-- erase_mail: that one came stays, and its bytes until their term
-- takes: pattern text
-- gives:
-- for: cli
UPDATE mail_in SET sender = '', subject = '', message = '', says = ''
 WHERE lower(sender) LIKE lower($1) ESCAPE '!' OR lower(subject) LIKE lower($1) ESCAPE '!'
    OR lower(says) LIKE lower($1) ESCAPE '!' OR lower(message) LIKE lower($1) ESCAPE '!';

-- erase_bounces: nothing goes round an address that nobody has
-- takes: pattern text
-- gives:
-- for: cli
DELETE FROM mail_trouble
 WHERE lower(address) LIKE lower($1) ESCAPE '!' OR lower(says) LIKE lower($1) ESCAPE '!';

-- erase_calls: what was said of a call; who called is the accountability, and stays
-- takes: pattern text
-- gives:
-- for: cli
UPDATE call_log SET said = '' WHERE lower(said) LIKE lower($1) ESCAPE '!';

-- erase_officers: by such an address nobody is woken; who is an officer is the team's to say
-- takes: pattern text
-- gives:
-- for: cli
DELETE FROM officer_channel WHERE lower(address) LIKE lower($1) ESCAPE '!';

-- erase_suppress: the reason of a false alarm
-- takes: pattern text
-- gives:
-- for: cli
UPDATE suppress SET reason = '' WHERE lower(reason) LIKE lower($1) ESCAPE '!';

-- erase_batches: the reason of what became of a batch
-- takes: pattern text
-- gives:
-- for: cli
UPDATE batch SET reason = '' WHERE lower(reason) LIKE lower($1) ESCAPE '!';

-- erase_breakers: the reason of what became of a held issue
-- takes: pattern text
-- gives:
-- for: cli
UPDATE breaker SET reason = '' WHERE lower(reason) LIKE lower($1) ESCAPE '!';

-- erase_key_checks: nobody made sure of a key of theirs
-- takes: pattern text
-- gives:
-- for: cli
DELETE FROM key_check
 WHERE contact_key IN (SELECT id FROM contact_key
                        WHERE address LIKE lower($1) ESCAPE '!' OR lower(user_id) LIKE lower($1) ESCAPE '!'
                           OR lower(mails) LIKE lower($1) ESCAPE '!');

-- erase_keys: and it is kept no more
-- takes: pattern text
-- gives:
-- for: cli
DELETE FROM contact_key
 WHERE address LIKE lower($1) ESCAPE '!' OR lower(user_id) LIKE lower($1) ESCAPE '!'
    OR lower(mails) LIKE lower($1) ESCAPE '!';

-- erase_evidence_of_keys: what there was to look at, of keys of others
-- takes: pattern text
-- gives:
-- for: cli
UPDATE key_check SET evidence = 'erased' WHERE lower(evidence) LIKE lower($1) ESCAPE '!';

-- erase_bytes: what is on its way to them does not wait there with their name
-- takes: pattern text
-- gives:
-- for: cli
DELETE FROM delivery_bytes
 WHERE delivery IN (SELECT id FROM delivery WHERE lower(address) LIKE lower($1) ESCAPE '!');

-- erase_tests: nobody knows any more whether a contact test reached it
-- takes: pattern text
-- gives:
-- for: cli
DELETE FROM contact_test
 WHERE delivery IN (SELECT id FROM delivery WHERE lower(address) LIKE lower($1) ESCAPE '!');

-- erase_deliveries: something went there, but nobody knows where
-- takes: pattern text
-- gives:
-- for: cli
UPDATE delivery
   SET address = CASE WHEN lower(address) LIKE lower($1) ESCAPE '!' THEN 'erased' ELSE address END,
       said = CASE WHEN lower(said) LIKE lower($1) ESCAPE '!' THEN 'erased' ELSE said END
 WHERE lower(address) LIKE lower($1) ESCAPE '!' OR lower(said) LIKE lower($1) ESCAPE '!';

-- erase_alerts: that something was written stays, each text that says it goes
-- takes: pattern text
-- gives:
-- for: cli
UPDATE alert
   SET title = CASE WHEN lower(title) LIKE lower($1) ESCAPE '!' THEN 'erased' ELSE title END,
       title_nl = CASE WHEN lower(title_nl) LIKE lower($1) ESCAPE '!' THEN 'erased' ELSE title_nl END,
       body = CASE WHEN lower(body) LIKE lower($1) ESCAPE '!' THEN 'erased' ELSE body END,
       body_nl = CASE WHEN lower(body_nl) LIKE lower($1) ESCAPE '!' THEN 'erased' ELSE body_nl END
 WHERE lower(title) LIKE lower($1) ESCAPE '!' OR lower(title_nl) LIKE lower($1) ESCAPE '!'
    OR lower(body) LIKE lower($1) ESCAPE '!' OR lower(body_nl) LIKE lower($1) ESCAPE '!';

-- erase_hooks: a machine of that address is told no more
-- takes: pattern text, now int
-- gives:
-- for: cli
UPDATE hook SET address = 'erased', off = CASE WHEN off = 0 THEN $2 ELSE off END
 WHERE lower(address) LIKE lower($1) ESCAPE '!';

-- erase_telling: the reason of what became of all sending
-- takes: pattern text
-- gives:
-- for: cli
UPDATE telling SET reason = '' WHERE lower(reason) LIKE lower($1) ESCAPE '!';

-- person_waiting: deliveries to them that nobody has begun to give away
-- takes: pattern text
-- gives: id int
-- for: cli
SELECT id FROM delivery WHERE state IN (0, 1) AND lower(address) LIKE lower($1) ESCAPE '!' ORDER BY id;

-- erase_history: the reason of a change, or a note
-- takes: pattern text
-- gives:
-- for: cli
UPDATE finding_change SET reason = '' WHERE lower(reason) LIKE lower($1) ESCAPE '!';

-- erase_audit: value and salt go, the digest stays
-- takes: pattern text, now int, nothing blob
-- gives:
-- for: cli
UPDATE audit_value SET value = '', salt = $3, erased = $2
 WHERE erased = 0 AND lower(value) LIKE lower($1) ESCAPE '!';
