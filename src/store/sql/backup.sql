-- backup_add: a backup was made, or one that was made elsewhere is proven here
-- takes: at int, place text, files int, bytes int
-- gives:
-- for: cli
INSERT INTO backup (at, place, files, bytes, proven) VALUES ($1, $2, $3, $4, 0)
ON CONFLICT (place, at) DO NOTHING;

-- backup_proven: it was restored into a scratch place, and is whole
-- takes: at int, place text, now int
-- gives:
-- for: cli
UPDATE backup SET proven = $3 WHERE at = $1 AND place = $2;

-- backup_last: how many are known, the first and the newest, the last proof, and where the newest lies
-- takes:
-- gives: count int, first int, made int, proven int, place text
-- for: cli clock metrics
SELECT count(*) AS count, coalesce(min(at), 0) AS first, coalesce(max(at), 0) AS made,
       coalesce(max(proven), 0) AS proven,
       coalesce((SELECT place FROM backup ORDER BY at DESC, id DESC LIMIT 1), '') AS place
  FROM backup;

-- backup_proof: the newest backup in a folder that was proven
-- takes: place text
-- gives: at int
-- for: cli
SELECT coalesce(max(at), 0) AS at FROM backup WHERE place = $1 AND proven > 0;

-- backup_forget: what was made long ago, and is not the last that was proven
-- takes: before int
-- gives:
-- for: cli
DELETE FROM backup
 WHERE at <= $1
   AND id <> coalesce((SELECT id FROM backup WHERE proven > 0 ORDER BY proven DESC, id DESC LIMIT 1), 0);

-- archive_paths: the files of the archive that batches name
-- takes:
-- gives: archive text
-- for: cli
SELECT DISTINCT archive FROM batch WHERE archive <> '' ORDER BY archive;

-- store_bytes: how large the store is
-- takes:
-- gives: bytes int
-- for: cli
SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size;
-- postgresql:
SELECT pg_database_size(current_database()) AS bytes;

-- restored_twins: of jobs that will be the same work in one home, all but the newest are given up
-- takes: was text, place text, now int
-- gives:
-- for: cli
UPDATE job SET state = 4, worker = '', lease = 0, ended = $3
 WHERE state IN (0, 1, 3) AND place <> '' AND ($1 = '' OR place IN ($1, $2))
   AND EXISTS (SELECT 1 FROM job newer
                WHERE newer.kind = job.kind AND newer.key = job.key AND newer.id > job.id
                  AND newer.state IN (0, 1, 3) AND newer.place <> ''
                  AND ($1 = '' OR newer.place IN ($1, $2)));

-- restored_jobs: jobs that could be done in one home alone ('': in whichever) are of another
-- takes: was text, place text
-- gives:
-- for: cli
UPDATE job SET place = $2 WHERE place <> '' AND ($1 = '' OR place = $1);
