-- condition_put: a trouble is there, now or still
-- takes: kind int, subject text, says text, remedy text, now int
-- gives:
-- for: cli clock
INSERT INTO condition (kind, subject, says, remedy, opened, seen, cleared, acknowledged, who, reason,
                       times)
VALUES ($1, $2, $3, $4, $5, $5, 0, 0, '', '', 1)
ON CONFLICT (kind, subject) WHERE cleared = 0 DO UPDATE
   SET says = excluded.says, remedy = excluded.remedy, seen = excluded.seen;

-- condition_again: a trouble that was over only since then is the same one, back again
-- takes: kind int, subject text, says text, remedy text, now int, since int
-- gives:
-- for: cli clock
UPDATE condition SET cleared = 0, says = $3, remedy = $4, seen = $5, times = times + 1
 WHERE id = (SELECT max(id) FROM condition WHERE kind = $1 AND subject = $2)
   AND cleared > $6;

-- condition_clear: what was not found with the last look, nor by another since, is over
-- takes: now int, before int
-- gives:
-- for: cli clock
UPDATE condition SET cleared = $1
 WHERE cleared = 0 AND seen <> $1 AND (seen <= $2 OR seen > $1);

-- condition_list: troubles, newest first; all: also those that are over
-- takes: all int, most int
-- gives: id int, kind int, subject text, says text, remedy text, opened int, seen int, cleared int,
--   acknowledged int, who text, reason text, times int
-- for: cli clock metrics
SELECT id, kind, subject, says, remedy, opened, seen, cleared, acknowledged, who, reason,
       times
  FROM condition WHERE $1::bigint <> 0 OR cleared = 0 ORDER BY id DESC LIMIT $2;

-- condition_by_id: one of them
-- takes: id int
-- gives: id int, kind int, subject text, says text, remedy text, opened int, seen int, cleared int,
--   acknowledged int, who text, reason text, times int
-- for: cli
SELECT id, kind, subject, says, remedy, opened, seen, cleared, acknowledged, who, reason,
       times
  FROM condition WHERE id = $1;

-- condition_acknowledge: a person takes it up
-- takes: id int, now int, who text, reason text
-- gives:
-- for: cli
UPDATE condition SET acknowledged = $2, who = $3, reason = $4
 WHERE id = $1;

-- condition_forget: what is over for long
-- takes: before int
-- gives:
-- for: cli clock
DELETE FROM condition WHERE cleared > 0 AND cleared <= $1;
