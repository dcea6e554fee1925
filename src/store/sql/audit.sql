-- audit_last: the newest row of the audit
-- takes:
-- gives: id int, hash blob
-- for: cli keys web
SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1;

-- audit_add: somebody changed something, or looked at it
-- takes: id int, at int, who text, verb text, subject text, digest blob, previous blob, hash blob
-- gives:
-- for: cli keys web
INSERT INTO audit (id, at, who, verb, subject, digest, previous, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- audit_value_add: what was typed, or what changed
-- takes: audit int, place int, key text, value text, salt blob, digest blob
-- gives:
-- for: cli keys web
INSERT INTO audit_value (audit, place, key, value, salt, digest, erased)
VALUES ($1, $2, $3, $4, $5, $6, 0);

-- audit_list: who did what, in the order of the chain, where each filter that is given holds
-- takes: subject text?, who text?, since int?
-- gives: id int, at int, who text, verb text, subject text, digest blob, previous blob, hash blob
-- for: cli
SELECT id, at, who, verb, subject, digest, previous, hash FROM audit
 WHERE ($1::text IS NULL OR subject = $1::text)
   AND ($2::text IS NULL OR who = $2::text)
   AND ($3::bigint IS NULL OR at >= $3::bigint)
 ORDER BY id;

-- audit_values: the values of a row, in their order
-- takes: audit int
-- gives: key text, value text, salt blob, digest blob, erased int
-- for: cli
SELECT key, value, salt, digest, erased FROM audit_value WHERE audit = $1 ORDER BY place;

-- audit_stray: a value of no row of the audit
-- takes:
-- gives: audit int
-- for: cli
SELECT audit FROM audit_value WHERE audit NOT IN (SELECT id FROM audit) ORDER BY audit LIMIT 1;
