-- archive_files: files that batches of this feed name that came since, and of no feed mails (their numbers below 0); with what was noted
-- takes: feed text?, since int
-- gives: path text, id int, feed text, file text, sha256 blob, digest blob, fault int
-- for: cli
SELECT named.path, named.id, named.feed, named.file, named.sha256, f.digest, f.fault
  FROM (SELECT batch.archive AS path, batch.id AS id, feed.name AS feed, batch.file AS file, batch.sha256 AS sha256
          FROM batch JOIN feed ON feed.id = batch.feed
         WHERE batch.archive <> '' AND batch.arrived >= $2 AND ($1::text IS NULL OR feed.name = $1::text)
         UNION ALL
        SELECT archive AS path, -id AS id, '' AS feed, '' AS file, sum AS sha256 FROM mail_in
         WHERE archive <> '' AND came >= $2 AND $1::text IS NULL) AS named
  LEFT JOIN archive_file f ON f.path = named.path
 ORDER BY named.path, named.id;

-- archive_note: the digest of a sealed file as it lies; one that is known stays
-- takes: path text, digest blob, now int
-- gives:
-- for: cli gather watch
INSERT INTO archive_file (path, digest, fault, looked) VALUES ($1, $2, 0, $3)
ON CONFLICT (path) DO UPDATE SET digest = CASE WHEN length(archive_file.digest) > 0 THEN archive_file.digest ELSE excluded.digest END;

-- archive_mark: what is wrong with a file, or no more; nothing: an empty digest
-- takes: path text, nothing blob, fault int, now int
-- gives:
-- for: cli
INSERT INTO archive_file (path, digest, fault, looked) VALUES ($1, $2, $3, $4)
ON CONFLICT (path) DO UPDATE SET fault = excluded.fault, looked = excluded.looked;

-- archive_forget_foreign: no file is foreign, until it is marked so again
-- takes: foreign int
-- gives:
-- for: cli
DELETE FROM archive_file WHERE fault = $1;

-- archive_forget_unnamed: files that nothing names any more
-- takes: foreign int
-- gives:
-- for: cli
DELETE FROM archive_file WHERE fault <> $1 AND path NOT IN (SELECT archive FROM batch)
   AND path NOT IN (SELECT archive FROM mail_in);

-- archive_marked: how many files have something wrong, by what it is, and the first
-- takes:
-- gives: fault int, count int, first text
-- for: cli clock metrics
SELECT fault, count(*) AS count, min(path) AS first FROM archive_file WHERE fault <> 0 GROUP BY fault ORDER BY fault;

-- archive_fault_of: what was found of a file
-- takes: path text
-- gives: fault int
-- for: cli
SELECT fault FROM archive_file WHERE path = $1;
