-- retain_files_due: archive files all of whose batches are over, came before, and one after; sealed or not; of a feed alone, or '' of any
-- takes: before int, sealed int, feed text, after int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(oldest), 0) AS oldest
  FROM (SELECT archive, min(arrived) AS oldest FROM batch WHERE archive <> '' GROUP BY archive
        HAVING max(arrived) <= $1 AND max(arrived) > $4
           AND min(CASE WHEN state IN (2, 3, 4, 5) THEN 1 ELSE 0 END) = 1
           AND ($3::text = '' OR min(CASE WHEN feed = (SELECT id FROM feed WHERE name = $3::text) THEN 1 ELSE 0 END) = 1)) AS files
 WHERE (archive LIKE '%.sealed') = ($2::bigint <> 0);

-- retain_files: their paths
-- takes: before int, sealed int, feed text, after int
-- gives: archive text
-- for: cli
SELECT archive
  FROM (SELECT archive FROM batch WHERE archive <> '' GROUP BY archive
        HAVING max(arrived) <= $1 AND max(arrived) > $4
           AND min(CASE WHEN state IN (2, 3, 4, 5) THEN 1 ELSE 0 END) = 1
           AND ($3::text = '' OR min(CASE WHEN feed = (SELECT id FROM feed WHERE name = $3::text) THEN 1 ELSE 0 END) = 1)) AS files
 WHERE (archive LIKE '%.sealed') = ($2::bigint <> 0) ORDER BY archive;

-- retain_files_drop: their batches stay, and say that the bytes are gone
-- takes: before int, sealed int, feed text, after int
-- gives:
-- for: cli
UPDATE batch SET archive = ''
 WHERE (archive LIKE '%.sealed') = ($2::bigint <> 0)
   AND archive IN (SELECT archive FROM batch WHERE archive <> '' GROUP BY archive
        HAVING max(arrived) <= $1 AND max(arrived) > $4
           AND min(CASE WHEN state IN (2, 3, 4, 5) THEN 1 ELSE 0 END) = 1
           AND ($3::text = '' OR min(CASE WHEN feed = (SELECT id FROM feed WHERE name = $3::text) THEN 1 ELSE 0 END) = 1));

-- retain_evidence_due: records of findings of a class (or of all others) that are over
-- takes: before int, class int, others int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(finding.since), 0) AS oldest
  FROM evidence JOIN finding ON finding.id = evidence.finding
 WHERE finding.state IN (7, 8) AND finding.since <= $1
   AND (finding.class = $2) = ($3::bigint = 0);

-- retain_evidence_drop: the findings stay, what feeds said of them goes
-- takes: before int, class int, others int
-- gives:
-- for: cli
DELETE FROM evidence
 WHERE finding IN (SELECT id FROM finding WHERE state IN (7, 8) AND since <= $1
                      AND (class = $2) = ($3::bigint = 0));

-- retain_history_due: what officers wrote of findings that are over (act 4, 16: a recall's reason)
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(finding.since), 0) AS oldest
  FROM finding_change JOIN finding ON finding.id = finding_change.finding
 WHERE finding.state IN (7, 8) AND finding.since <= $1
   AND finding_change.reason <> '' AND (finding_change.who <> '' OR finding_change.act IN (4, 16));

-- retain_history_drop: what was done stays, not what was written of it
-- takes: before int
-- gives:
-- for: cli
UPDATE finding_change SET reason = ''
 WHERE reason <> '' AND (who <> '' OR act IN (4, 16))
   AND finding IN (SELECT id FROM finding WHERE state IN (7, 8) AND since <= $1);

-- retain_batches_due: what officers wrote of batches that are over
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(arrived), 0) AS oldest FROM batch
 WHERE reason <> '' AND arrived <= $1 AND state IN (2, 3, 4, 5);

-- retain_batches_drop: it goes
-- takes: before int
-- gives:
-- for: cli
UPDATE batch SET reason = '' WHERE reason <> '' AND arrived <= $1 AND state IN (2, 3, 4, 5);

-- retain_suppress_due: false alarms that hold no more
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count,
       coalesce(min(CASE WHEN removed > 0 THEN removed ELSE until END), 0) AS oldest FROM suppress
 WHERE (reason <> '' OR who <> '') AND CASE WHEN removed > 0 THEN removed ELSE until END <= $1;

-- retain_suppress_drop: that there was one stays, for its number stands in the history
-- takes: before int
-- gives:
-- for: cli
UPDATE suppress SET reason = '', who = ''
 WHERE (reason <> '' OR who <> '') AND CASE WHEN removed > 0 THEN removed ELSE until END <= $1;

-- retain_contacts_due: contacts of members who left
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(member.until), 0) AS oldest
  FROM contact JOIN member ON member.id = contact.member WHERE member.until <= $1;

-- retain_contacts_drop: they go
-- takes: before int
-- gives:
-- for: cli
DELETE FROM contact WHERE member IN (SELECT id FROM member WHERE until <= $1);

-- retain_messages_due: where messages went, of which all is over that they tell of
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(m.made), 0) AS oldest
  FROM delivery d JOIN message m ON m.id = d.message
 WHERE (d.address <> '' OR d.said <> '') AND m.state NOT IN (0, 1) AND m.made <= $1
   AND NOT EXISTS (SELECT 1 FROM message_part p JOIN finding f ON f.id = p.finding
                    WHERE p.message = m.id AND (f.state NOT IN (7, 8) OR f.since > $1));

-- retain_messages_drop: that they were told stays, where it went goes
-- takes: before int
-- gives:
-- for: cli
UPDATE delivery SET address = '', said = ''
 WHERE (address <> '' OR said <> '') AND message IN (SELECT m.id FROM message m
 WHERE m.state NOT IN (0, 1) AND m.made <= $1
   AND NOT EXISTS (SELECT 1 FROM message_part p JOIN finding f ON f.id = p.finding
                    WHERE p.message = m.id AND (f.state NOT IN (7, 8) OR f.since > $1)));

-- retain_alerts_due: what officers wrote to members
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(a.made), 0) AS oldest FROM alert a
 WHERE (a.who <> '' OR a.title <> '' OR a.title_nl <> '') AND a.made <= $1
   AND NOT EXISTS (SELECT 1 FROM message m WHERE m.alert = a.id AND m.state IN (0, 1));

-- retain_alerts_drop: it goes
-- takes: before int
-- gives:
-- for: cli
UPDATE alert SET who = '', title = '', title_nl = '', body = '', body_nl = ''
 WHERE (who <> '' OR title <> '' OR title_nl <> '') AND made <= $1
   AND NOT EXISTS (SELECT 1 FROM message m WHERE m.alert = alert.id AND m.state IN (0, 1));

-- retain_mail_due: mail that came in before
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(came), 0) AS oldest FROM mail_in
 WHERE came <= $1 AND (archive <> '' OR sender <> '' OR subject <> '' OR says <> '');

-- retain_mail_files: where its bytes are
-- takes: before int
-- gives: archive text
-- for: cli
SELECT archive FROM mail_in WHERE came <= $1 AND archive <> '' ORDER BY archive;

-- retain_mail_drop: that one came stays, and what became of it in one word
-- takes: before int
-- gives:
-- for: cli
UPDATE mail_in SET archive = '', sender = '', subject = '', message = '', says = '', reader = ''
 WHERE came <= $1 AND (archive <> '' OR sender <> '' OR subject <> '' OR says <> '');

-- retain_answers_due: answers to findings that are over
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(f.since), 0) AS oldest FROM answer a JOIN finding f ON f.id = a.finding
 WHERE (a.who <> '' OR a.reason <> '') AND f.state IN (7, 8) AND f.since <= $1;

-- retain_answers_drop: what was answered stays, who did so and in which words goes
-- takes: before int
-- gives:
-- for: cli
UPDATE answer SET who = '', reason = ''
 WHERE (who <> '' OR reason <> '')
   AND finding IN (SELECT id FROM finding WHERE state IN (7, 8) AND since <= $1);

-- retain_calls_due: calls before
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(at), 0) AS oldest FROM call_log
 WHERE at <= $1 AND (who <> '' OR said <> '');

-- retain_calls_drop: that one was made stays
-- takes: before int
-- gives:
-- for: cli
UPDATE call_log SET who = '', said = '' WHERE at <= $1 AND (who <> '' OR said <> '');

-- retain_pages_due: pages taken before
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(ended), 0) AS oldest FROM page
 WHERE ended > 0 AND ended <= $1 AND taker <> '';

-- retain_pages_drop: that somebody was woken stays
-- takes: before int
-- gives:
-- for: cli
UPDATE page SET taker = '' WHERE ended > 0 AND ended <= $1 AND taker <> '';

-- retain_junk_due: what could not be read of batches that are over
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(batch.arrived), 0) AS oldest
  FROM batch_junk JOIN batch ON batch.id = batch_junk.batch
 WHERE batch.arrived <= $1 AND batch.state IN (2, 3, 4, 5);

-- retain_junk_drop: it goes
-- takes: before int
-- gives:
-- for: cli
DELETE FROM batch_junk
 WHERE batch IN (SELECT id FROM batch WHERE arrived <= $1 AND state IN (2, 3, 4, 5));

-- retain_audit_due: values of the audit that are not erased yet
-- takes: before int
-- gives: count int, oldest int
-- for: cli
SELECT count(*) AS count, coalesce(min(audit.at), 0) AS oldest
  FROM audit_value JOIN audit ON audit.id = audit_value.audit
 WHERE audit_value.erased = 0 AND audit.at <= $1;

-- retain_audit_drop: value and salt go, the digest stays
-- takes: before int, now int, nothing blob
-- gives:
-- for: cli
UPDATE audit_value SET value = '', salt = $3, erased = $2
 WHERE erased = 0 AND audit IN (SELECT id FROM audit WHERE at <= $1);
