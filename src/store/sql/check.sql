-- store_references: of each way in which rows name others, beside foreign keys: how many name one that is not there, and the first
-- takes:
-- gives: holder text, missing text, count int, first int
-- for: cli
SELECT 'finding' AS holder, 'asset' AS missing, count(*) AS count, coalesce(min(finding.id), 0) AS first FROM finding
 WHERE finding.asset <> 0 AND NOT EXISTS (SELECT 1 FROM asset WHERE asset.id = finding.asset)
 UNION ALL
SELECT 'sighting' AS holder, 'finding' AS missing, count(*) AS count, coalesce(min(sighting.finding), 0) AS first FROM sighting
 WHERE NOT EXISTS (SELECT 1 FROM finding WHERE finding.id = sighting.finding)
 UNION ALL
SELECT 'sighting' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(sighting.finding), 0) AS first FROM sighting
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = sighting.feed)
 UNION ALL
SELECT 'sighting' AS holder, 'batch' AS missing, count(*) AS count, coalesce(min(sighting.finding), 0) AS first FROM sighting
 WHERE NOT EXISTS (SELECT 1 FROM batch WHERE batch.id = sighting.batch)
 UNION ALL
SELECT 'evidence' AS holder, 'finding' AS missing, count(*) AS count, coalesce(min(evidence.finding), 0) AS first FROM evidence
 WHERE NOT EXISTS (SELECT 1 FROM finding WHERE finding.id = evidence.finding)
 UNION ALL
SELECT 'evidence' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(evidence.finding), 0) AS first FROM evidence
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = evidence.feed)
 UNION ALL
SELECT 'evidence' AS holder, 'batch' AS missing, count(*) AS count, coalesce(min(evidence.finding), 0) AS first FROM evidence
 WHERE NOT EXISTS (SELECT 1 FROM batch WHERE batch.id = evidence.batch)
 UNION ALL
SELECT 'evidence' AS holder, 'asset' AS missing, count(*) AS count, coalesce(min(evidence.finding), 0) AS first FROM evidence
 WHERE evidence.asset <> 0 AND NOT EXISTS (SELECT 1 FROM asset WHERE asset.id = evidence.asset)
 UNION ALL
SELECT 'finding_change' AS holder, 'finding' AS missing, count(*) AS count, coalesce(min(finding_change.id), 0) AS first FROM finding_change
 WHERE NOT EXISTS (SELECT 1 FROM finding WHERE finding.id = finding_change.finding)
 UNION ALL
SELECT 'finding_change' AS holder, 'batch' AS missing, count(*) AS count, coalesce(min(finding_change.id), 0) AS first FROM finding_change
 WHERE finding_change.batch <> 0 AND NOT EXISTS (SELECT 1 FROM batch WHERE batch.id = finding_change.batch)
 UNION ALL
SELECT 'finding_cve' AS holder, 'finding' AS missing, count(*) AS count, coalesce(min(finding_cve.finding), 0) AS first FROM finding_cve
 WHERE NOT EXISTS (SELECT 1 FROM finding WHERE finding.id = finding_cve.finding)
 UNION ALL
SELECT 'finding_cve' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(finding_cve.finding), 0) AS first FROM finding_cve
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = finding_cve.feed)
 UNION ALL
SELECT 'finding_cve' AS holder, 'batch' AS missing, count(*) AS count, coalesce(min(finding_cve.finding), 0) AS first FROM finding_cve
 WHERE NOT EXISTS (SELECT 1 FROM batch WHERE batch.id = finding_cve.batch)
 UNION ALL
SELECT 'exploited' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(exploited.batch), 0) AS first FROM exploited
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = exploited.feed)
 UNION ALL
SELECT 'exploited' AS holder, 'batch' AS missing, count(*) AS count, coalesce(min(exploited.batch), 0) AS first FROM exploited
 WHERE NOT EXISTS (SELECT 1 FROM batch WHERE batch.id = exploited.batch)
 UNION ALL
SELECT 'notice' AS holder, 'finding' AS missing, count(*) AS count, coalesce(min(notice.id), 0) AS first FROM notice
 WHERE NOT EXISTS (SELECT 1 FROM finding WHERE finding.id = notice.finding)
 UNION ALL
SELECT 'notice' AS holder, 'member' AS missing, count(*) AS count, coalesce(min(notice.id), 0) AS first FROM notice
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE member.id = notice.member)
 UNION ALL
SELECT 'notice' AS holder, 'breaker' AS missing, count(*) AS count, coalesce(min(notice.id), 0) AS first FROM notice
 WHERE notice.breaker <> 0 AND NOT EXISTS (SELECT 1 FROM breaker WHERE breaker.id = notice.breaker)
 UNION ALL
SELECT 'notice' AS holder, 'batch' AS missing, count(*) AS count, coalesce(min(notice.id), 0) AS first FROM notice
 WHERE notice.batch <> 0 AND NOT EXISTS (SELECT 1 FROM batch WHERE batch.id = notice.batch)
 UNION ALL
SELECT 'notice' AS holder, 'recall' AS missing, count(*) AS count, coalesce(min(notice.id), 0) AS first FROM notice
 WHERE notice.corrected <> 0 AND NOT EXISTS (SELECT 1 FROM recall WHERE recall.id = notice.corrected)
 UNION ALL
SELECT 'notice' AS holder, 'message' AS missing, count(*) AS count, coalesce(min(notice.id), 0) AS first FROM notice
 WHERE notice.message <> 0 AND NOT EXISTS (SELECT 1 FROM message WHERE message.id = notice.message)
 UNION ALL
SELECT 'message' AS holder, 'message of its thread' AS missing, count(*) AS count, coalesce(min(message.id), 0) AS first FROM message
 WHERE NOT EXISTS (SELECT 1 FROM message t WHERE t.id = message.thread)
 UNION ALL
SELECT 'message' AS holder, 'recall' AS missing, count(*) AS count, coalesce(min(message.id), 0) AS first FROM message
 WHERE message.recall <> 0 AND NOT EXISTS (SELECT 1 FROM recall WHERE recall.id = message.recall)
 UNION ALL
SELECT 'message' AS holder, 'alert' AS missing, count(*) AS count, coalesce(min(message.id), 0) AS first FROM message
 WHERE message.alert <> 0 AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.id = message.alert)
 UNION ALL
SELECT 'message_part' AS holder, 'notice' AS missing, count(*) AS count, coalesce(min(message_part.message), 0) AS first FROM message_part
 WHERE message_part.notice <> 0 AND NOT EXISTS (SELECT 1 FROM notice WHERE notice.id = message_part.notice)
 UNION ALL
SELECT 'finding' AS holder, 'retro' AS missing, count(*) AS count, coalesce(min(finding.id), 0) AS first FROM finding
 WHERE finding.retro <> 0 AND NOT EXISTS (SELECT 1 FROM retro WHERE retro.id = finding.retro)
 UNION ALL
SELECT 'suppress' AS holder, 'member' AS missing, count(*) AS count, coalesce(min(suppress.id), 0) AS first FROM suppress
 WHERE suppress.member <> 0 AND NOT EXISTS (SELECT 1 FROM member WHERE member.id = suppress.member)
 UNION ALL
SELECT 'heard' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(heard.feed), 0) AS first FROM heard
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = heard.feed)
 UNION ALL
SELECT 'listing' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(listing.feed), 0) AS first FROM listing
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = listing.feed)
 UNION ALL
SELECT 'feed_state' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(feed_state.feed), 0) AS first FROM feed_state
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = feed_state.feed)
 UNION ALL
SELECT 'feed_item' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(feed_item.feed), 0) AS first FROM feed_item
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = feed_item.feed)
 UNION ALL
SELECT 'feed_fault' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(feed_fault.feed), 0) AS first FROM feed_fault
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = feed_fault.feed)
 UNION ALL
SELECT 'feed_columns' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(feed_columns.feed), 0) AS first FROM feed_columns
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = feed_columns.feed)
 UNION ALL
SELECT 'feed_pulse' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(feed_pulse.feed), 0) AS first FROM feed_pulse
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = feed_pulse.feed)
 UNION ALL
SELECT 'feed_certificate' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(feed_certificate.feed), 0) AS first FROM feed_certificate
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = feed_certificate.feed)
 UNION ALL
SELECT 'coverage' AS holder, 'feed' AS missing, count(*) AS count, coalesce(min(coverage.asset), 0) AS first FROM coverage
 WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.id = coverage.feed)
 UNION ALL
SELECT 'coverage' AS holder, 'asset' AS missing, count(*) AS count, coalesce(min(coverage.asset), 0) AS first FROM coverage
 WHERE NOT EXISTS (SELECT 1 FROM asset WHERE asset.id = coverage.asset)
 UNION ALL
SELECT 'audit_value' AS holder, 'audit' AS missing, count(*) AS count, coalesce(min(audit_value.audit), 0) AS first FROM audit_value
 WHERE NOT EXISTS (SELECT 1 FROM audit WHERE audit.id = audit_value.audit)
 UNION ALL
SELECT 'notice' AS holder, 'its member''s finding' AS missing, count(*) AS count, coalesce(min(notice.id), 0) AS first FROM notice
  JOIN finding ON finding.id = notice.finding WHERE finding.member <> notice.member;

-- store_jobs_wrong: jobs that are in no state that a job can be in, and the first
-- takes: kinds int, states int
-- gives: count int, first int
-- for: cli
SELECT count(*) AS count, coalesce(min(id), 0) AS first FROM job
 WHERE kind < 0 OR kind >= $1 OR state < 0 OR state >= $2
    OR (state = 1 AND worker = '') OR (state <> 1 AND worker <> '') OR (state IN (2, 4) AND ended = 0);

-- store_recalling: what a recall was about to take back, which is nothing before and after it
-- takes:
-- gives: count int
-- for: cli
SELECT count(*) AS count FROM recalling;

-- archive_rows: batches, and mails that came in (by their numbers below 0), whose file is still there
-- takes:
-- gives: id int, sha256 blob, archive text
-- for: cli
SELECT id, sha256, archive FROM batch WHERE archive <> ''
 UNION ALL
SELECT -id AS id, sum AS sha256, archive FROM mail_in WHERE archive <> ''
 ORDER BY archive, id;
