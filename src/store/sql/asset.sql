-- asset_all: every asset, also those whose time is over, in the order of their arrival
-- takes:
-- gives: id int, member int, kind text, value text, since int, until int, proven int,
--   dynamic int, tell_enclosing int, care text, vouched text
-- for: cli match gather keys watch web
SELECT id, member, kind, value, since, until, proven, dynamic, tell_enclosing, care, vouched
  FROM asset ORDER BY id;

-- asset_add: something becomes a member's, or (without a member) nobody's
-- takes: member int?, kind text, value text, key text, low blob?, high blob?, since int,
--   until int, proven int, dynamic int, tell_enclosing int, care text, vouched text
-- gives: id int
-- for: cli keys web
INSERT INTO asset (member, kind, value, key, low, high, since, until, proven, dynamic,
                   tell_enclosing, care, vouched)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
RETURNING id;

-- asset_change: what is said of an asset is now this; whose it is and what never change
-- takes: id int, value text, since int, until int, proven int, dynamic int,
--   tell_enclosing int, care text, vouched text
-- gives:
-- for: cli keys web
UPDATE asset SET value = $2, since = $3, until = $4, proven = $5, dynamic = $6,
                 tell_enclosing = $7, care = $8, vouched = $9
 WHERE id = $1;

-- asset_end: from now on it is no longer anybody's by this row
-- takes: id int, until int
-- gives:
-- for: cli keys web
UPDATE asset SET until = $2 WHERE id = $1;
